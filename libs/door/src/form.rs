//! What a form sent: fields by name, kept as typed so that the page can show them again.

use crate::house::House;
use crate::trouble::Trouble;
use crate::visit::Visit;
use poem::http::header;
use poem::web::Multipart;
use poem::{FromRequest, Request, RequestBody};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt};

/// Bytes of a form without files.
pub const FORM_BYTES: usize = 128 * 1024;
/// Bytes of a form with files: read on to the end, so that what was typed is not lost, even where
/// a file is refused.
pub const UPLOAD_BYTES: usize = 128 * 1024 * 1024;
/// Bytes of one file that are kept; of a heavier one, one byte more, which tells.
pub const FILE_BYTES: usize = 12 * 1024 * 1024;
/// Files of one form, and its other parts.
const FILES: usize = 6;
const PARTS: usize = 200;
/// How long a form may take to come in, and one with files.
const FORM_PATIENCE: Duration = Duration::from_secs(30);
const UPLOAD_PATIENCE: Duration = Duration::from_mins(10);
/// The field that proves where a form comes from.
pub const TOKEN: &str = "csrf_token";

/// The fields of a form, in order, a name possibly several times.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// What was typed in this field, trimmed; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// What was typed, as it was: for passwords.
    pub fn raw(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// All values of a name: boxes that were ticked.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
            .collect()
    }

    /// All names with their values, as they were sent.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether this box was ticked.
    pub fn ticked(&self, name: &str, value: &str) -> bool {
        self.0
            .iter()
            .any(|(key, typed)| key == name && typed == value)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Sets a field that a page fills in before it is typed.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Fields {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// Puts this in the place of what the field held.
    pub fn instead(mut self, name: &str, value: impl Into<String>) -> Fields {
        self.0.retain(|(key, _)| key != name);
        self.with(name, value)
    }

    /// An id, where the field holds one.
    pub fn id(&self, name: &str) -> Option<uuid::Uuid> {
        self.get(name).parse().ok()
    }

    pub fn parse(body: &[u8]) -> Fields {
        form_urlencoded::parse(body)
            .map(|(name, value)| (name.into_owned(), readable(&value)))
            .collect()
    }

    fn check(&self, request: &Request) -> Result<(), Trouble> {
        let house = request.extensions().get::<Arc<House>>();
        let visit = request.extensions().get::<Visit>();
        let ours = house.zip(visit).is_some_and(|(house, visit)| {
            house.keys.is_form_token(&visit.visitor, self.raw(TOKEN))
        });
        if ours {
            Ok(())
        } else {
            Err(Trouble::ForeignForm)
        }
    }
}

impl FromIterator<(String, String)> for Fields {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(fields: I) -> Fields {
        Fields(fields.into_iter().collect())
    }
}

/// Marks, overrides and isolates of the direction of writing (Unicode, annex 9).
const TURNS: [char; 11] = [
    '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}',
    '\u{2067}', '\u{2068}', '\u{2069}',
];

/// A text without the signs that nobody types: those that the database does not keep (U+0000 and
/// the like), and those that turn the direction of the words around them. Ends of lines and tabs
/// stay.
fn readable(text: &str) -> String {
    let kept = |letter: &char| {
        let control = letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
        !control && !TURNS.contains(letter)
    };
    text.chars().filter(kept).collect()
}

/// Waits for a body for a while. No connection of the database is held meanwhile: handlers take
/// the form first.
async fn in_time<T>(
    patience: Duration,
    body: impl Future<Output = poem::Result<T>>,
) -> poem::Result<T> {
    let come = tokio::time::timeout(patience, body).await;
    come.unwrap_or_else(|_| Err(Trouble::UnknownBody.into()))
}

impl<'a> FromRequest<'a> for Fields {
    /// Reads a form of at most [`FORM_BYTES`] that one of our pages showed to this visitor.
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Fields> {
        let reader = body.take()?.into_async_read();
        let read = async { Ok(read_capped(reader, FORM_BYTES).await?) };
        let (bytes, whole) = in_time(FORM_PATIENCE, read).await?;
        if !whole {
            return Err(Trouble::TooLarge.into());
        }
        let fields = Fields::parse(&bytes);
        fields.check(request)?;
        Ok(fields)
    }
}

/// The query of a page, read like a form.
#[derive(Clone, Debug, Default)]
pub struct Query(pub Fields);

impl<'a> FromRequest<'a> for Query {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Query> {
        Ok(Query(Fields::parse(
            request.uri().query().unwrap_or_default().as_bytes(),
        )))
    }
}

/// A file as it came. `bytes` longer than [`FILE_BYTES`] means that it was heavier.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub bytes: Vec<u8>,
}

/// A form with files.
#[derive(Clone, Debug, Default)]
pub struct Parcel {
    pub fields: Fields,
    pub files: Vec<Upload>,
}

impl<'a> FromRequest<'a> for Parcel {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Parcel> {
        let multipart = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("multipart/form-data"));
        if !multipart {
            let fields = Fields::from_request(request, body).await?;
            return Ok(Parcel {
                fields,
                files: Vec::new(),
            });
        }
        let multipart = Multipart::from_request(request, body).await?;
        let parcel = in_time(UPLOAD_PATIENCE, unpacked(multipart)).await?;
        parcel.fields.check(request)?;
        Ok(parcel)
    }
}

async fn unpacked(mut multipart: Multipart) -> poem::Result<Parcel> {
    let mut parcel = Parcel::default();
    let (mut left, mut room) = (UPLOAD_BYTES, FORM_BYTES);
    while let Some(part) = multipart.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let keep = if is_file { FILE_BYTES + 1 } else { room };
        let (bytes, read) = drain(part.into_async_read(), keep, left).await?;
        left -= read;
        if is_file {
            if !bytes.is_empty() && parcel.files.len() < FILES {
                parcel.files.push(Upload { field: name, bytes });
            }
        } else if read > room || parcel.fields.0.len() >= PARTS {
            return Err(Trouble::TooLarge.into());
        } else {
            room -= read;
            let text = readable(&String::from_utf8_lossy(&bytes));
            parcel.fields.0.push((name, text));
        }
    }
    Ok(parcel)
}

/// Reads at most `most` bytes; false where there were more.
async fn read_capped(reader: impl AsyncRead, most: usize) -> Result<(Vec<u8>, bool), Trouble> {
    let mut bytes = Vec::new();
    let mut reader = std::pin::pin!(reader.take(most as u64 + 1));
    reader
        .read_to_end(&mut bytes)
        .await
        .map_err(|_| Trouble::UnknownBody)?;
    let whole = bytes.len() <= most;
    bytes.truncate(most);
    Ok((bytes, whole))
}

/// Reads to the end, keeps the first `keep` bytes, and answers how many there were. More than
/// `left` is too large.
async fn drain(
    reader: impl AsyncRead,
    keep: usize,
    left: usize,
) -> Result<(Vec<u8>, usize), Trouble> {
    let mut reader = std::pin::pin!(reader);
    let (mut kept, mut read, mut chunk) = (Vec::new(), 0, vec![0; 64 * 1024]);
    loop {
        let count = reader
            .read(&mut chunk)
            .await
            .map_err(|_| Trouble::UnknownBody)?;
        if count == 0 {
            return Ok((kept, read));
        }
        read += count;
        if read > left {
            return Err(Trouble::TooLarge);
        }
        let room = keep.saturating_sub(kept.len()).min(count);
        kept.extend_from_slice(&chunk[..room]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_types_is_not_read() {
        let fields = Fields::parse("a=un%00deux&b=x%E2%80%AEy&c=l1%0D%0Al2%09fin".as_bytes());
        assert_eq!((fields.get("a"), fields.get("b")), ("undeux", "xy"));
        assert_eq!(fields.get("c"), "l1\r\nl2\tfin");
    }

    #[test]
    fn fields_are_read_by_name_and_kept_in_order() {
        let fields = Fields::parse(b"name=+SEL+de+Mars+&rubric=01&rubric=02&empty=");
        assert_eq!(fields.get("name"), "SEL de Mars");
        assert_eq!(fields.raw("name"), " SEL de Mars ");
        assert_eq!(fields.all("rubric"), ["01", "02"]);
        assert_eq!(fields.get("nothing"), "");
        assert!(fields.has("empty") && !fields.has("nothing"));
    }

    #[tokio::test]
    async fn a_form_ends_at_its_limit_and_one_byte_more_is_too_much() {
        let on = vec![b'a'; 10];
        assert_eq!(read_capped(&on[..], 10).await.unwrap(), (on.clone(), true));
        assert!(!read_capped(&[b'a'; 11][..], 10).await.unwrap().1);
        assert_eq!(drain(&on[..], 4, 10).await.unwrap(), (vec![b'a'; 4], 10));
        assert!(drain(&[b'a'; 11][..], 4, 10).await.is_err());
    }
}
