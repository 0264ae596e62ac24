//! A browser of a few lines, for chores that act as a person does: it keeps cookies, reads a form
//! and sends it. It shares no code with the server.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) body: String,
}

/// One visitor of one host.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    port: u16,
    host: String,
    cookies: BTreeMap<String, String>,
}

impl Client {
    /// A visitor of `<label>.localhost` on this machine.
    pub(crate) fn new(label: &str, port: u16) -> Client {
        let host = format!("{label}.localhost:{port}");
        Client {
            port,
            host,
            cookies: BTreeMap::new(),
        }
    }

    pub(crate) fn get(&mut self, path: &str) -> Option<Answer> {
        self.send("GET", path, "")
    }

    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        self.send("POST", path, &pairs.join("&"))
    }

    /// Nothing where the server went away before the whole answer came.
    fn send(&mut self, method: &str, path: &str, body: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Accept-Language: fr\r\nCookie: {cookies}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {length}\r\n\r\n{body}",
            host = self.host,
            cookies = cookies.join("; "),
            length = body.len(),
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut raw = Vec::new();
        stream.read_to_end(&mut raw).ok()?;
        self.read(&String::from_utf8_lossy(&raw))
    }

    fn read(&mut self, raw: &str) -> Option<Answer> {
        let (head, body) = raw.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let mut answer = Answer {
            status,
            location: String::new(),
            body: body.to_owned(),
        };
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            match name.to_ascii_lowercase().as_str() {
                "location" => value.clone_into(&mut answer.location),
                "set-cookie" => self.keep(value),
                _ => {}
            }
        }
        Some(answer)
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

/// The value of a form's hidden field.
pub(crate) fn hidden<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

fn encoded(text: &str) -> String {
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

    #[test]
    fn cookies_are_kept_and_taken_away() {
        let mut client = Client::new("mars", 1);
        let raw = "HTTP/1.1 303 See Other\r\nLocation: /releve\r\nSet-Cookie: a=1; Path=/\r\n\
                   set-cookie: b=2\r\n\r\nbody";
        let answer = client.read(raw).unwrap();
        assert_eq!((answer.status, answer.location.as_str()), (303, "/releve"));
        assert_eq!(client.cookies.len(), 2);
        client.read("HTTP/1.1 200 OK\r\nSet-Cookie: a=; Max-Age=0\r\n\r\n");
        assert_eq!(client.cookies.len(), 1);
        assert!(client.read("HTTP/1.1 200").is_none());
    }

    #[test]
    fn a_hidden_field_is_found_and_a_value_is_encoded() {
        let page = r#"<input type="hidden" name="form" value="abc"><input name="x">"#;
        assert_eq!(hidden(page, "form"), Some("abc"));
        assert_eq!(hidden(page, "id"), None);
        assert_eq!(encoded("n° 30"), "n%C2%B0%2030");
    }
}
