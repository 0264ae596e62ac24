//! Asking other servers over HTTP. Addresses that the host configured are asked as they are;
//! addresses that people typed lead to the public internet only, whatever their names resolve to.

mod guard;

use crate::Failure;
use guard::{Guarded, Private};
use ipnet::IpNet;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Url, redirect};
use std::sync::Arc;
use std::time::Duration;

/// How long one answer may take, and getting through to who gives it.
const PATIENCE: Duration = Duration::from_secs(10);
const REACHING: Duration = Duration::from_secs(5);
/// Bytes of an answer that are read.
const LONGEST: usize = 1 << 20;

/// Who named the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// The host, in the configuration.
    ByHost,
    /// Somebody, in a form.
    BySomebody,
}

/// The way to other servers. Follows no redirection.
#[derive(Clone, Debug)]
pub struct Outside {
    trusting: Client,
    guarded: Client,
    guard: Arc<Private>,
}

/// What another server answered.
#[derive(Clone, Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// A question to another server, for who knows nothing of HTTP's types.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    address: &'a str,
    headers: &'a [(&'static str, &'a str)],
    body: Vec<u8>,
}

impl<'a> Request<'a> {
    pub fn post(
        address: &'a str,
        headers: &'a [(&'static str, &'a str)],
        body: Vec<u8>,
    ) -> Request<'a> {
        Request {
            address,
            headers,
            body,
        }
    }
}

impl Outside {
    /// `allowed` are networks that are not public and may be asked all the same, without TLS too:
    /// for a platform that stands in a private network, and for tests.
    ///
    /// # Errors
    /// Where the system's certificates cannot be read.
    pub fn new(allowed: &[IpNet]) -> Result<Outside, Failure> {
        let guard = Arc::new(Private::beside(allowed));
        let client = || {
            Client::builder()
                .user_agent("Saline")
                .redirect(redirect::Policy::none())
                .timeout(PATIENCE)
                .connect_timeout(REACHING)
        };
        let never = |error: reqwest::Error| Failure::Never(told(&error));
        let guarded = client()
            .no_proxy()
            .dns_resolver(Guarded(Arc::clone(&guard)));
        Ok(Outside {
            trusting: client().build().map_err(never)?,
            guarded: guarded.build().map_err(never)?,
            guard,
        })
    }

    /// Whether somebody may name this address at all: by HTTPS, and to nowhere private. A name that
    /// resolves to somewhere private is found out when it is asked.
    pub fn admits(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|url| self.guard.admits(&url))
    }

    /// Posts once: see [`Outside::ask`].
    ///
    /// # Errors
    /// As there; [`Failure::Never`] where a header cannot be written.
    pub async fn send(&self, named: Named, request: Request<'_>) -> Result<Answered, Failure> {
        let mut headers = HeaderMap::new();
        for (name, value) in request.headers {
            let value = HeaderValue::from_str(value);
            let value = value.map_err(|error| Failure::Never(error.to_string()))?;
            headers.insert(HeaderName::from_static(name), value);
        }
        let asked = (Method::POST, request.address);
        self.ask(named, asked, headers, request.body).await
    }

    /// Asks once.
    ///
    /// # Errors
    /// [`Failure::Later`] where nobody answers, [`Failure::Never`] where the address is none, is
    /// not admitted, or answers without end. Whatever status comes is an answer.
    pub async fn ask(
        &self,
        named: Named,
        (method, address): (Method, &str),
        headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Answered, Failure> {
        let url = Url::parse(address).map_err(|error| Failure::Never(error.to_string()))?;
        let client = match named {
            Named::ByHost => &self.trusting,
            Named::BySomebody if self.guard.admits(&url) => &self.guarded,
            Named::BySomebody => {
                return Err(Failure::Never(format!("not admitted: {}", place(&url))));
            }
        };
        let asked = client.request(method, url).headers(headers).body(body);
        let mut answer = asked.send().await.map_err(|error| failure(&error))?;
        let mut read = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| failure(&error))? {
            read.extend_from_slice(&piece);
            if read.len() > LONGEST {
                return Err(Failure::Never("an answer of over a megabyte".into()));
            }
        }
        Ok(Answered {
            status: answer.status().as_u16(),
            headers: std::mem::take(answer.headers_mut()),
            body: read,
        })
    }
}

fn failure(error: &reqwest::Error) -> Failure {
    let said = told(error);
    if said.contains(guard::REFUSED) {
        Failure::Never(said)
    } else {
        Failure::Later(said)
    }
}

/// Host and path of an address: what else it holds may be secret.
fn place(url: &Url) -> String {
    format!("{}{}", url.host_str().unwrap_or_default(), url.path())
}

/// The error with its causes: reqwest's own text names none. Without the query of its address,
/// which may hold a secret.
fn told(error: &reqwest::Error) -> String {
    let mut said = error
        .url()
        .map_or_else(String::new, |url| format!("{}: ", place(url)));
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut causes = Vec::new();
    while let Some(it) = cause {
        causes.push(it.to_string());
        cause = it.source();
    }
    if causes.is_empty() {
        causes.push("no answer".into());
    }
    said.push_str(&causes.join(": "));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// A server that answers everybody the same, once.
    fn server(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(answer.as_bytes());
        });
        format!("http://{address}/secret")
    }

    const FOUND: &str = "HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 2\r\n\r\nok";

    async fn get(outside: &Outside, named: Named, address: &str) -> Result<Answered, Failure> {
        let request = (Method::GET, address);
        outside
            .ask(named, request, HeaderMap::new(), Vec::new())
            .await
    }

    #[tokio::test]
    async fn what_somebody_typed_does_not_reach_this_machine() {
        let outside = Outside::new(&[]).unwrap();
        let address = server(FOUND);
        // A name passes the first look, and is found out when it resolves.
        let named = "https://localhost";
        for typed in [address.as_str(), named] {
            let answer = get(&outside, Named::BySomebody, typed).await;
            assert!(
                matches!(answer, Err(Failure::Never(_))),
                "{typed}: {answer:?}"
            );
        }
        let answer = get(&outside, Named::ByHost, &address).await.unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (302, &b"ok"[..]));
    }

    #[tokio::test]
    async fn a_network_that_is_allowed_is_reached() {
        let outside = Outside::new(&["127.0.0.0/8".parse().unwrap()]).unwrap();
        let address = server(FOUND);
        let answer = get(&outside, Named::BySomebody, &address).await.unwrap();
        assert_eq!(answer.status, 302);
    }

    #[tokio::test]
    async fn nobody_there_may_be_there_later() {
        let outside = Outside::new(&[]).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        drop(listener);
        let answer = get(&outside, Named::ByHost, &address).await;
        assert!(matches!(answer, Err(Failure::Later(_))), "{answer:?}");
    }
}
