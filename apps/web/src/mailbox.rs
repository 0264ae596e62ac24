//! `/courriels`: where a demonstration's letters stop, to read them and follow their links. Only on
//! the platform's host, only from this machine, only where letters do not really go out.

use crate::Rooms;
use askama::Template;
use door::site::{Host, Site};
use door::{Answer, Frame, House, Trouble, Visit, page};
use gateways::mail::{Address, Letter, MAX_LISTED, Mailbox};
use poem::http::Uri;
use poem::web::{Data, Path, Query};
use poem::{Route, get, handler};
use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;
use words::Words;

/// Where the machine of a demonstration is taken to be.
const ZONE: &str = "Europe/Paris";

pub(crate) fn routes(route: Route) -> Route {
    route
        .at("/courriels", get(list))
        .at("/courriels/:id", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// The beginning of an address, or any part of it.
    #[serde(default)]
    a: String,
}

struct Row {
    id: Uuid,
    subject: String,
    to: String,
    /// When it was written, in words and for programs.
    at: String,
    instant: String,
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct ListPage {
    frame: Frame,
    heading: String,
    address: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "mailbox_letter.html")]
struct LetterPage {
    frame: Frame,
    row: Row,
    from: String,
    /// Paragraphs of lines of pieces.
    paragraphs: Vec<Vec<Vec<Piece>>>,
}

#[handler]
async fn list(Data(rooms): Data<&Arc<Rooms>>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let mailbox = mailbox(rooms, &visit)?;
    let letters = mailbox.list(MAX_LISTED).await.map_err(unreadable)?;
    let address = asked.a.trim().to_lowercase();
    let rows = letters
        .iter()
        .filter(|letter| letter.to.address.to_lowercase().contains(&address))
        .map(|letter| row(letter, visit.words))
        .collect();
    let frame = Frame::platform(&visit, "mailbox-title");
    let heading = match address.as_str() {
        "" => frame.title.clone(),
        address => frame.t1("mailbox-of", "address", address),
    };
    Ok(page(&ListPage {
        frame,
        heading,
        address,
        rows,
    })?)
}

#[handler]
async fn show(
    Data(house): Data<&Arc<House>>,
    Data(rooms): Data<&Arc<Rooms>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Answer {
    let mailbox = mailbox(rooms, &visit)?;
    let id = id.parse().map_err(|_| Trouble::NotFound)?;
    let letter = mailbox
        .read(id)
        .await
        .map_err(unreadable)?
        .ok_or(Trouble::NotFound)?;
    let frame = Frame::platform(&visit, "mailbox-title").titled(letter.subject.clone());
    let row = row(&letter, visit.words);
    let from = frame.t1("mailbox-from", "from", person(&letter.from));
    let paragraphs = paragraphs(&letter.text, &house.site);
    Ok(page(&LetterPage {
        frame,
        row,
        from,
        paragraphs,
    })?)
}

fn mailbox<'a>(rooms: &'a Rooms, visit: &Visit) -> Result<&'a Mailbox, Trouble> {
    rooms
        .mailbox
        .as_ref()
        .filter(|_| visit.from_loopback)
        .ok_or(Trouble::NotFound)
}

#[expect(clippy::needless_pass_by_value, reason = "map_err gives it away")]
fn unreadable(error: std::io::Error) -> Trouble {
    Trouble::Broken(format!("the mailbox cannot be read: {error}"))
}

fn row(letter: &Letter, words: Words) -> Row {
    let zone = ZONE.parse().unwrap_or(chrono_tz::Tz::UTC);
    let local = letter.at.with_timezone(&zone);
    let at = [
        ("day", words.weekday(local.date_naive()).into()),
        ("time", local.format("%H:%M").to_string().into()),
    ];
    Row {
        id: letter.letter_id,
        subject: letter.subject.clone(),
        to: words.say_with("mailbox-to", &[("to", person(&letter.to).into())]),
        at: words.say_with("mailbox-at", &at),
        instant: letter.at.to_rfc3339(),
    }
}

fn person(address: &Address) -> String {
    match address.name.as_str() {
        "" => address.address.clone(),
        name => format!("{name}, {}", address.address),
    }
}

/// A part of a line, and whether it leads to one of our pages.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    text: String,
    leads: bool,
}

fn paragraphs(text: &str, site: &Site) -> Vec<Vec<Vec<Piece>>> {
    text.trim()
        .split("\n\n")
        .map(|paragraph| {
            paragraph
                .trim()
                .lines()
                .map(|line| pieces(line, site))
                .collect()
        })
        .collect()
}

/// Cuts a line at its addresses. Only those of our own pages become links: whoever wrote the text
/// of a letter cannot lead anybody elsewhere.
fn pieces(line: &str, site: &Site) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end();
        let leads = is_ours(bare, site);
        let (text, rest) = if leads {
            (bare, &word[bare.len()..])
        } else {
            ("", word)
        };
        if leads {
            pieces.push(Piece {
                text: text.to_owned(),
                leads,
            });
        }
        match pieces.last_mut() {
            Some(last) if !last.leads => last.text.push_str(rest),
            _ if rest.is_empty() => {}
            _ => pieces.push(Piece {
                text: rest.to_owned(),
                leads: false,
            }),
        }
    }
    pieces
}

fn is_ours(word: &str, site: &Site) -> bool {
    let Ok(uri) = word.parse::<Uri>() else {
        return false;
    };
    let Some(authority) = uri.authority() else {
        return false;
    };
    uri.scheme_str() == Some(site.scheme.as_str())
        && !authority.as_str().contains('@')
        && authority.port_u16() == site.port
        && matches!(
            site.read_host(authority.as_str()),
            Host::Platform | Host::Association(_)
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(line: &str) -> Vec<String> {
        let pieces = pieces(line, &Site::local(8080));
        assert_eq!(
            pieces
                .iter()
                .map(|piece| piece.text.as_str())
                .collect::<String>(),
            line
        );
        pieces
            .into_iter()
            .filter(|piece| piece.leads)
            .map(|piece| piece.text)
            .collect()
    }

    #[test]
    fn only_our_own_addresses_lead_somewhere() {
        assert_eq!(
            links("http://mars.localhost:8080/entrer/a-b_c"),
            ["http://mars.localhost:8080/entrer/a-b_c"]
        );
        assert_eq!(
            links("Voir http://localhost:8080/ouvrir/x ici"),
            ["http://localhost:8080/ouvrir/x"]
        );
        for foreign in [
            "https://mars.localhost:8080/x",
            "http://mars.localhost:9090/x",
            "http://other.example:8080/x",
            "http://localhost:8080@other.example:8080/",
            "http://mars.localhost:8080.other.example/",
            "javascript:alert(1)",
            "> Bonjour, à demain",
            "",
        ] {
            assert!(links(foreign).is_empty(), "{foreign}");
        }
    }

    #[test]
    fn an_empty_line_begins_a_paragraph() {
        let cut = paragraphs("Bonjour\n\n> a\n> b\n", &Site::local(8080));
        assert_eq!(cut.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    }
}
