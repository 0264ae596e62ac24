//! Somebody in front of a browser, and what they see.

use super::{App, PORT};
use poem::Response;
use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderMap, header};
use poem::test::{TestForm, TestFormField, TestRequestBuilder};
use std::collections::BTreeMap;

/// A browser: a host, its cookies, and the token of the forms it was shown.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    host: String,
    cookies: BTreeMap<String, String>,
    form: String,
}

/// A file to send along.
pub(crate) type File<'a> = (&'a str, &'a str, Vec<u8>);

impl Person {
    /// Somebody on the host of this SEL, or on the platform's own.
    pub(crate) fn on(slug: &str) -> Person {
        let dot = if slug.is_empty() { "" } else { "." };
        Person {
            host: format!("{slug}{dot}localhost:{PORT}"),
            cookies: BTreeMap::new(),
            form: String::new(),
        }
    }

    /// Somebody on a host of a SEL's own.
    pub(crate) fn at(host: &str) -> Person {
        Person {
            host: format!("{host}:{PORT}"),
            ..Person::on("")
        }
    }

    /// Who has this one's cookies, at the host of this SEL on the platform.
    pub(crate) fn replayed_on(&self, slug: &str) -> Person {
        Person {
            host: Person::on(slug).host,
            ..self.clone()
        }
    }

    pub(crate) async fn get(&mut self, app: &App, path: &str) -> Shown {
        let request = app.client.get(path).header(header::HOST, &self.host);
        let request = request.header(header::COOKIE, self.cookie());
        let answer = request.send().await;
        self.read(answer.0).await
    }

    /// Sends a form, as a page that was shown before would.
    pub(crate) async fn post(&mut self, app: &App, path: &str, typed: &[(&str, &str)]) -> Shown {
        let token = ("csrf_token", self.form.clone());
        let typed = typed
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()));
        let all: Vec<(&str, String)> = std::iter::once(token).chain(typed).collect();
        let request = self.posting(app, path);
        let answer = request.form(&all).send().await;
        self.read(answer.0).await
    }

    /// Sends a form with files.
    pub(crate) async fn post_files(
        &mut self,
        app: &App,
        path: &str,
        typed: &[(&str, &str)],
        files: Vec<File<'_>>,
    ) -> Shown {
        let mut form = TestForm::new().text("csrf_token", self.form.clone());
        for (name, value) in typed {
            form = form.text(*name, *value);
        }
        for (field, name, bytes) in files {
            let part = TestFormField::bytes(bytes).name(field).filename(name);
            form = form.field(part);
        }
        let answer = self.posting(app, path).multipart(form).send().await;
        self.read(answer.0).await
    }

    /// Sends the form of a page as it stands, with one field otherwise.
    pub(crate) async fn sets(&mut self, app: &App, path: &str, field: (&str, &str)) -> Shown {
        let mut typed = self.get(app, path).await.typed();
        typed.retain(|(name, _)| name != field.0);
        typed.push((field.0.to_owned(), field.1.to_owned()));
        let typed: Vec<_> = typed
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.post(app, path, &typed).await
    }

    /// A request that nobody has finished: for bodies that no browser sends.
    pub(crate) fn posting<'a>(
        &self,
        app: &'a App,
        path: &str,
    ) -> TestRequestBuilder<'a, BoxEndpoint<'static, Response>> {
        let request = self.dressed(app.client.post(path));
        request.header(header::ORIGIN, format!("{}://{}", self.scheme(), self.host))
    }

    /// A request of this browser's, from nobody knows which page.
    pub(crate) fn dressed<'a>(
        &self,
        request: TestRequestBuilder<'a, BoxEndpoint<'static, Response>>,
    ) -> TestRequestBuilder<'a, BoxEndpoint<'static, Response>> {
        let request = request.header(header::HOST, &self.host);
        request.header(header::COOKIE, self.cookie())
    }

    /// Which browser it is, as its forms are tied to it.
    pub(crate) fn visitor(&self) -> &str {
        &self.cookies["saline_visit"]
    }

    /// How they came: where TLS is, cookies have names that say so.
    fn scheme(&self) -> &'static str {
        let is_secure = self.cookies.keys().any(|it| it.starts_with("__Host-"));
        if is_secure { "https" } else { "http" }
    }

    fn cookie(&self) -> String {
        let pairs = self.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    pub(crate) async fn read(&mut self, response: Response) -> Shown {
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let text = |name| {
            let value = response.headers().get(name);
            value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
        };
        let (status, location) = (response.status().as_u16(), text(header::LOCATION));
        let headers = response.headers().clone();
        let html = response.into_body().into_string().await.unwrap_or_default();
        let shown = Shown {
            status,
            location,
            headers,
            html,
        };
        if let Some(form) = shown.value("csrf_token") {
            self.form = form;
        }
        shown
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Shown {
    /// The words of the page, its marks taken out.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for piece in self.html.split('<') {
            let words = piece.split_once('>').map_or(piece, |(_, words)| words);
            text.push_str(words);
            text.push(' ');
        }
        let text = text.replace("&#39;", "'").replace("&#38;", "&");
        let text = text.replace('\u{a0}', " ").replace("&nbsp;", " ");
        text.split([' ', '\n'])
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Shown {
        let text = self.text();
        assert!(
            text.contains(words),
            "{words:?} is not said ({}): {text}",
            self.status
        );
        self
    }

    /// What the field of this name holds.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        let mark = format!("name=\"{name}\"");
        let tag = self.html.split('<').find(|tag| tag.contains(&mark))?;
        attribute(tag, "value")
    }

    #[track_caller]
    pub(crate) fn hidden(&self, name: &str) -> String {
        self.value(name)
            .unwrap_or_else(|| panic!("no field {name}: {}", self.text()))
    }

    /// Where the first form of the page is sent whose address holds this.
    #[track_caller]
    pub(crate) fn action(&self, part: &str) -> String {
        let forms = self.html.split('<').filter(|tag| tag.starts_with("form "));
        let mut actions = forms.filter_map(|tag| attribute(tag, "action"));
        let found = actions.find(|action| action.contains(part));
        found.unwrap_or_else(|| panic!("no form to {part}: {}", self.text()))
    }

    /// The first value of this list that is one.
    pub(crate) fn link(&self, start: &str) -> String {
        let mark = format!("href=\"{start}");
        let (_, rest) = self.html.split_once(&mark).expect("no such link");
        format!("{start}{}", rest.split('"').next().unwrap())
    }

    pub(crate) fn first_choice(&self, name: &str) -> String {
        let (_, list) = self.html.split_once(&format!("name=\"{name}\"")).unwrap();
        let mut values = list.split("<option value=\"").skip(1);
        let value = values.find(|value| !value.starts_with('"')).unwrap();
        value.split('"').next().unwrap().to_owned()
    }

    /// The fields of the page's forms as they stand: what a browser would send.
    pub(crate) fn typed(&self) -> Vec<(String, String)> {
        let (_, main) = self.html.split_once("<main").unwrap_or(("", &self.html));
        let main = main.split("</main>").next().unwrap_or_default();
        let tags = main.split('<').filter(|tag| tag.starts_with("input "));
        let kept = tags.filter(|tag| {
            let choice = ["radio", "checkbox"]
                .iter()
                .any(|kind| tag.contains(&format!("type=\"{kind}\"")));
            !choice || tag.contains(" checked")
        });
        kept.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
            .filter(|(name, _)| name != "csrf_token")
            .collect()
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let value = rest.split('"').next()?;
    Some(value.replace("&#39;", "'").replace("&#38;", "&"))
}
