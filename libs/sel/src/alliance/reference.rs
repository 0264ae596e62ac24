//! How a member is named outside their SEL: `MARS-0042`.

use std::fmt;

/// The short word of a SEL: 3 to 10 capitals and digits, a letter first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Reads a code however it is typed: "mars", " MARS ".
    pub fn parse(typed: &str) -> Option<Code> {
        let code = typed.trim().to_ascii_uppercase();
        let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let fits = (3..=10).contains(&code.len())
            && code.bytes().all(plain)
            && code.starts_with(|first: char| first.is_ascii_uppercase());
        fits.then_some(Code(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A member of another SEL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub code: Code,
    pub number: i32,
}

impl Reference {
    /// Reads "MARS-0042", "mars 42", "MARS0042", "Bob (MARS-0042)"; nothing where it is no
    /// reference. A code that ends in digits needs something between it and the number.
    pub fn parse(typed: &str) -> Option<Reference> {
        let typed = typed.trim();
        let inner = match typed.rsplit_once('(') {
            Some((_, inner)) => inner.trim_end_matches(')'),
            None => typed,
        };
        let inner = inner.trim();
        let apart = inner.rsplit_once(['-', '\u{2011}', ' ', '\u{a0}', '/']);
        let joined = || {
            let rest = inner.trim_end_matches(|letter: char| letter.is_ascii_digit());
            Some((rest, inner.get(rest.len()..)?))
        };
        let (code, digits) = apart.or_else(joined)?;
        let digits = digits.trim();
        let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = all.then(|| digits.parse().ok()).flatten()?;
        let code = Code::parse(code)?;
        (number > 0).then_some(Reference { code, number })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&named(&self.code.0, Some(self.number)))
    }
}

/// How a person of the SEL with this code is named: by their number where it is known.
pub fn named(code: &str, number: Option<i32>) -> String {
    number.map_or_else(|| code.to_owned(), |number| format!("{code}-{number:04}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_however_it_is_written() {
        for typed in [
            "MARS-0042",
            "mars-42",
            " Mars 42 ",
            "MARS0042",
            "Bob (MARS-0042)",
            "MARS/42",
        ] {
            let it = Reference::parse(typed).unwrap();
            assert_eq!(it.to_string(), "MARS-0042", "{typed}");
        }
        assert_eq!(
            Reference::parse("MARS2-7").unwrap().to_string(),
            "MARS2-0007"
        );
    }

    #[test]
    fn what_names_somebody_at_home_is_no_reference() {
        for typed in [
            "",
            "42",
            "n° 42",
            "Jean",
            "Jean Morel",
            "MARS-",
            "-42",
            "n-0",
            "MARS-0",
        ] {
            assert_eq!(Reference::parse(typed), None, "{typed}");
        }
    }
}
