//! How a letter looks: the SEL's name in its colour, a greeting, sentences, one button.

use crate::{Unwritten, Worker};
use askama::Template;
use gateways::mail::{Address, Letter};
use sel::colour::{Rgb, accent};
use store::association::Association;
use uuid::Uuid;
use words::{Language, Value, Words};

/// The colour of Saline's own letters.
const PLUM: &str = "#7c3f63";

/// What a letter says.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) subject: String,
    pub(crate) greeting: String,
    pub(crate) lines: Vec<String>,
    /// What somebody else wrote, line by line.
    pub(crate) quote: Vec<String>,
    pub(crate) button: String,
    pub(crate) url: String,
    /// What to know about the button.
    pub(crate) small: String,
    /// Where one says that no more such letters shall come.
    pub(crate) stop: Option<Stop>,
    pub(crate) foot: String,
}

/// A link that stops something: its words, and where it leads.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) words: String,
    pub(crate) url: String,
}

/// In whose name it is written.
#[derive(Debug)]
pub(crate) struct Sender {
    pub(crate) name: String,
    accent: String,
    wash: String,
}

impl Sender {
    pub(crate) fn saline() -> Sender {
        Sender::new("Saline", PLUM)
    }

    pub(crate) fn of(association: &Association) -> Sender {
        Sender::new(&association.name, &association.colour)
    }

    fn new(name: &str, colour: &str) -> Sender {
        let chosen = colour.parse::<Rgb>().or_else(|_| PLUM.parse());
        let (accent, wash) = chosen.map_or_else(
            |_| (PLUM.to_owned(), "#ffffff".to_owned()),
            |chosen| {
                let accent = accent(chosen);
                (accent.accent.to_string(), accent.wash.to_string())
            },
        );
        Sender {
            name: name.to_owned(),
            accent,
            wash,
        }
    }
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Page<'a> {
    language: &'static str,
    sender: &'a Sender,
    said: &'a Said,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Plain<'a> {
    said: &'a Said,
}

/// Writes the letter `id` to `to`.
pub(crate) fn letter(
    worker: &Worker,
    id: Uuid,
    to: Address,
    language: Language,
    sender: &Sender,
    said: &Said,
) -> Result<Letter, Unwritten> {
    let html = Page {
        language: language.as_str(),
        sender,
        said,
    }
    .render()?;
    let text = Plain { said }.render()?;
    Ok(Letter {
        letter_id: id,
        from: Address {
            name: sender.name.clone(),
            address: worker.from.clone(),
        },
        to,
        reply_to: None,
        stop_url: said.stop.as_ref().map(|stop| stop.url.clone()),
        subject: said.subject.clone(),
        text,
        html,
        at: worker.clock.now(),
    })
}

/// The words of a member; French where their language is unknown.
pub(crate) fn words(language: &str) -> Words {
    Words::new(Language::parse(language).unwrap_or_default())
}

/// "Bonjour Claire", or "Bonjour" to somebody whose name is not known.
pub(crate) fn greeting(words: Words, first_name: &str) -> String {
    if first_name.is_empty() {
        return words.say("mail-hello-nobody");
    }
    words.say_with("mail-hello", &[("name", first_name.into())])
}

/// Where one is or goes: "au SEL de Mars", "à la Source", "aux Abeilles", "to SEL de Mars".
pub(crate) fn to_sel(words: Words, name: &str) -> Value {
    if words.language != Language::French {
        return Value::Text(format!("to {name}"));
    }
    let said = match name.split_once(' ') {
        Some(("Le" | "le", rest)) => format!("au {rest}"),
        Some(("Les" | "les", rest)) => format!("aux {rest}"),
        Some(("La" | "la", rest)) => format!("à la {rest}"),
        _ if name.starts_with("SEL") => format!("au {name}"),
        _ => format!("à {name}"),
    };
    Value::Text(said)
}

/// What somebody wrote, as lines; empty ones keep their place.
pub(crate) fn quoted(text: &str) -> Vec<String> {
    text.trim()
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_to_a_sel_as_french_says_it() {
        let french = Words::new(Language::French);
        for (name, said) in [
            ("SEL de Mars", "au SEL de Mars"),
            ("Le Clos des Échanges", "au Clos des Échanges"),
            ("La Source", "à la Source"),
            ("Les Abeilles", "aux Abeilles"),
            ("Troc", "à Troc"),
        ] {
            let Value::Text(text) = to_sel(french, name) else {
                panic!("a number")
            };
            assert_eq!(text, said);
        }
    }

    #[test]
    fn what_somebody_wrote_is_escaped_in_the_page_and_plain_in_the_text() {
        let said = Said {
            quote: quoted("<b>Oui</b> & non"),
            ..Said::default()
        };
        let sender = Sender::saline();
        let page = Page {
            language: "fr",
            sender: &sender,
            said: &said,
        }
        .render()
        .unwrap();
        assert!(!page.contains("<b>Oui"));
        assert!(
            Plain { said: &said }
                .render()
                .unwrap()
                .contains("> <b>Oui</b> & non")
        );
    }

    #[test]
    fn a_letter_has_one_button_and_no_picture() {
        let said = Said {
            url: "https://a.example/x".into(),
            ..Said::default()
        };
        let sender = Sender::new("SEL", "no colour");
        let page = Page {
            language: "fr",
            sender: &sender,
            said: &said,
        }
        .render()
        .unwrap();
        assert_eq!(page.matches("https://a.example/x").count(), 1);
        assert!(!page.contains("<img"));
    }
}
