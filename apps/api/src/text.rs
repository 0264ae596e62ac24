//! A text in a request: a string and nothing else, without NUL, which the database does not keep.
//! The library would take numbers for texts, too.

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type};
use serde_json::Value;
use std::borrow::Cow;

#[derive(Clone, Debug, Default)]
pub(crate) struct Text(pub(crate) String);

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Type for Text {
    const IS_REQUIRED: bool = true;
    type RawValueType = Text;
    type RawElementValueType = Text;

    fn name() -> Cow<'static, str> {
        "string".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            pattern: Some("^[^\\u0000]*$".to_owned()),
            ..MetaSchema::new("string")
        }))
    }

    fn as_raw_value(&self) -> Option<&Text> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Text> + 'a> {
        Box::new(std::iter::once(self))
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl ParseFromJSON for Text {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Text> {
        match value.unwrap_or_default() {
            Value::String(text) if !text.contains('\0') => Ok(Text(text)),
            Value::String(_) => Err(ParseError::custom("it holds a NUL")),
            other => Err(ParseError::expected_type(other)),
        }
    }
}

impl ToJSON for Text {
    fn to_json(&self) -> Option<Value> {
        Some(Value::String(self.0.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_is_a_string_without_nul() {
        let read = |it: Value| Text::parse_from_json(Some(it)).map(|it| it.0).ok();
        assert_eq!(read(json!("été")), Some("été".into()));
        for not in [json!(1), json!(true), json!(null), json!("a\0b"), json!([])] {
            assert_eq!(read(not), None);
        }
    }
}
