//! A browser of a few lines, for chores that act as a person does: it keeps cookies and its
//! connection, reads a form and sends it. It shares no code with the server.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came back.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: String,
}

/// One visitor of one host.
#[derive(Debug)]
pub(crate) struct Client {
    port: u16,
    host: String,
    cookies: BTreeMap<String, String>,
    connection: Option<BufReader<TcpStream>>,
}

/// How the end of a body is known.
enum Length {
    Bytes(usize),
    Chunks,
    Rest,
}

impl Client {
    /// A visitor of `<label>.localhost` on this machine; of `localhost` itself without a label.
    pub(crate) fn new(label: &str, port: u16) -> Client {
        let dot = if label.is_empty() { "" } else { "." };
        Client {
            port,
            host: format!("{label}{dot}localhost:{port}"),
            cookies: BTreeMap::new(),
            connection: None,
        }
    }

    /// Carries a cookie that it was not handed by a page.
    pub(crate) fn hold(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Those that it carries now, as a header has them.
    pub(crate) fn cookies(&self) -> String {
        let cookies = self.cookies.iter();
        let cookies: Vec<String> = cookies.map(|(name, it)| format!("{name}={it}")).collect();
        cookies.join("; ")
    }

    /// Asking changes nothing: where a kept connection has ended meanwhile, it asks once more.
    pub(crate) fn get(&mut self, path: &str) -> Option<Answer> {
        let kept = self.connection.is_some();
        let answer = self.send("GET", path, "");
        if answer.is_none() && kept {
            return self.send("GET", path, "");
        }
        answer
    }

    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        self.send("POST", path, &pairs.join("&"))
    }

    /// Sends a form and hangs up before the answer, as a phone in a tunnel does. Whether it went
    /// out.
    pub(crate) fn post_and_hang_up(&mut self, path: &str, fields: &[(&str, &str)]) -> bool {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let request = self.request("POST", path, &pairs.join("&"));
        let kept = self.connection.take().or_else(|| self.connect());
        // Whether it was done is just what nobody knows.
        kept.is_some_and(|mut it| it.get_mut().write_all(request.as_bytes()).is_ok())
    }

    /// Nothing where the server went away before the whole answer came: nobody knows then whether
    /// it did what it was asked. The next request takes a new connection.
    fn send(&mut self, method: &str, path: &str, body: &str) -> Option<Answer> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        let request = self.request(method, path, body);
        connection.get_mut().write_all(request.as_bytes()).ok()?;
        let (answer, stays) = self.read(&mut connection)?;
        self.connection = stays.then_some(connection);
        Some(answer)
    }

    fn request(&self, method: &str, path: &str, body: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Accept-Language: fr\r\nCookie: {cookies}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {length}\r\n\r\n{body}",
            host = self.host,
            cookies = self.cookies(),
            length = body.len(),
        )
    }

    fn connect(&self) -> Option<BufReader<TcpStream>> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.set_nodelay(true).ok()?;
        Some(BufReader::with_capacity(64 * 1024, stream))
    }

    /// One answer, and whether the connection may be used again.
    fn read(&mut self, from: &mut impl BufRead) -> Option<(Answer, bool)> {
        let mut answer = Answer {
            status: line(from)?.split(' ').nth(1)?.parse().ok()?,
            ..Answer::default()
        };
        let (mut length, mut stays) = (Length::Rest, true);
        loop {
            let header = line(from)?;
            let Some((name, value)) = header.split_once(": ") else {
                break;
            };
            match name.to_ascii_lowercase().as_str() {
                "location" => value.clone_into(&mut answer.location),
                "set-cookie" => self.keep(value),
                "content-length" => length = Length::Bytes(value.parse().ok()?),
                "transfer-encoding" => length = Length::Chunks,
                "connection" => stays = !value.eq_ignore_ascii_case("close"),
                _ => {}
            }
        }
        stays &= !matches!(length, Length::Rest);
        answer.body = String::from_utf8_lossy(&body(from, &length)?).into_owned();
        Some((answer, stays))
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=') {
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// A line without its end.
fn line(from: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    from.read_line(&mut line)
        .ok()
        .filter(|length| *length > 0)?;
    Some(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn body(from: &mut impl BufRead, length: &Length) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    match length {
        Length::Bytes(length) => {
            bytes.resize(*length, 0);
            from.read_exact(&mut bytes).ok()?;
        }
        Length::Chunks => loop {
            let size = usize::from_str_radix(line(from)?.trim(), 16).ok()?;
            let begun = bytes.len();
            bytes.resize(begun + size, 0);
            from.read_exact(&mut bytes[begun..]).ok()?;
            line(from)?;
            if size == 0 {
                break;
            }
        },
        Length::Rest => {
            from.read_to_end(&mut bytes).ok()?;
        }
    }
    Some(bytes)
}

/// The value of a form's hidden field.
pub(crate) fn hidden<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// A text as it stands in an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(client: &mut Client, raw: &str) -> Option<(Answer, bool)> {
        client.read(&mut raw.as_bytes())
    }

    #[test]
    fn cookies_are_kept_and_taken_away() {
        let mut client = Client::new("mars", 1);
        let raw = "HTTP/1.1 303 See Other\r\nLocation: /releve\r\nSet-Cookie: a=1; Path=/\r\n\
                   set-cookie: b=2\r\ncontent-length: 4\r\n\r\nbody";
        let (answer, stays) = read(&mut client, raw).unwrap();
        assert_eq!(
            (
                answer.status,
                answer.location.as_str(),
                answer.body.as_str()
            ),
            (303, "/releve", "body")
        );
        assert!(stays);
        assert_eq!(client.cookies.len(), 2);
        read(
            &mut client,
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=; Max-Age=0\r\n\r\n",
        );
        assert_eq!(client.cookies.len(), 1);
        assert!(read(&mut client, "HTTP/1.1 200").is_none());
    }

    #[test]
    fn a_body_ends_where_it_says() {
        let mut client = Client::new("", 1);
        assert_eq!(client.host, "localhost:1");
        let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                       3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        let (answer, stays) = read(&mut client, chunked).unwrap();
        assert_eq!((answer.body.as_str(), stays), ("abcd", true));
        let (answer, stays) = read(&mut client, "HTTP/1.1 200 OK\r\n\r\nrest").unwrap();
        assert_eq!((answer.body.as_str(), stays), ("rest", false));
        let last = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        assert!(!read(&mut client, last).unwrap().1);
        let short = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort";
        assert!(read(&mut client, short).is_none());
    }

    #[test]
    fn a_hidden_field_is_found_and_a_value_is_encoded() {
        let page = r#"<input type="hidden" name="csrf_token" value="abc"><input name="x">"#;
        assert_eq!(hidden(page, "csrf_token"), Some("abc"));
        assert_eq!(hidden(page, "id"), None);
        assert_eq!(encoded("n° 30"), "n%C2%B0%2030");
    }
}
