//! A program that asks a SEL, and what it is told.

use super::{App, PORT, Person};
use poem::http::{HeaderMap, Method, header};
use serde_json::Value;

/// A program with an access, on the host of a SEL.
pub(crate) struct Program {
    host: String,
    secret: String,
}

pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Told {
    #[track_caller]
    pub(crate) fn is(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }
}

impl Program {
    pub(crate) fn at(slug: &str, secret: &str) -> Program {
        Program {
            host: format!("{slug}.localhost:{PORT}"),
            secret: secret.to_owned(),
        }
    }

    pub(crate) async fn ask(
        &self,
        app: &App,
        (method, path): (Method, &str),
        body: Option<Value>,
        headers: &[(&'static str, &str)],
    ) -> Told {
        let path = format!("/api/v1{path}");
        let mut request = app.client.request(method, path);
        request = request.header(header::HOST, &self.host);
        if !self.secret.is_empty() {
            let bearer = format!("Bearer {}", self.secret);
            request = request.header(header::AUTHORIZATION, bearer);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body_json(&body);
        }
        let response = request.send().await.0;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.into_body().into_string().await.unwrap();
        Told {
            status,
            headers,
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
        }
    }

    pub(crate) async fn get(&self, app: &App, path: &str) -> Told {
        self.ask(app, (Method::GET, path), None, &[]).await
    }

    pub(crate) async fn post(&self, app: &App, path: &str, body: Value) -> Told {
        let asked = (Method::POST, path);
        self.ask(app, asked, Some(body), &[]).await
    }
}

/// Gives access to a program, with these permissions.
pub(crate) async fn gives(
    app: &App,
    person: &mut Person,
    slug: &str,
    permissions: &[&str],
) -> Program {
    person.get(app, "/compte/acces").await;
    let mut typed = vec![("name", "Mon tableur"), ("days", "30")];
    typed.extend(permissions.iter().map(|it| ("permissions", *it)));
    let given = person.post(app, "/compte/acces", &typed).await;
    assert_eq!(given.status, 200, "{}", given.text());
    let text = given.text();
    let secret = text.split(' ').find(|it| it.starts_with("saline_"));
    Program::at(slug, secret.unwrap())
}
