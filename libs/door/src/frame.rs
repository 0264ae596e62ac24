//! The frame of every page: head, navigation, what happened just now, foot.

use crate::trouble::{Trouble, html};
use crate::visit::{Guest, Present, Visit};
use askama::Template;
use askama::filters::{Html, Safe, escape};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poem::Response;
use sel::member::Right;
use std::sync::Arc;
use store::association::Association;
use words::{Value, Words};

/// What a page shows on top: how something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Warn,
    Bad,
}

/// A sentence for the next page. It is shown once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    pub tone: Tone,
    pub text: String,
}

impl Flash {
    pub fn good(text: impl Into<String>) -> Flash {
        Flash {
            tone: Tone::Good,
            text: text.into(),
        }
    }

    pub fn bad(text: impl Into<String>) -> Flash {
        Flash {
            tone: Tone::Bad,
            text: text.into(),
        }
    }

    pub fn class(&self) -> &'static str {
        match self.tone {
            Tone::Good => "good",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
        }
    }

    pub fn icon(&self) -> &'static str {
        match self.tone {
            Tone::Good => "check",
            Tone::Warn => "warn",
            Tone::Bad => "error",
        }
    }

    /// For a cookie.
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}{}", &self.class()[..1], self.text))
    }

    pub fn decode(text: &str) -> Option<Flash> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (tone, text) = text.split_at_checked(1)?;
        let tone = match tone {
            "g" => Tone::Good,
            "w" => Tone::Warn,
            _ => Tone::Bad,
        };
        Some(Flash {
            tone,
            text: text.to_owned(),
        })
    }
}

/// Who looks, as the head shows them.
#[derive(Clone, Debug)]
pub struct Me {
    pub name: String,
    pub number: i32,
    pub initials: String,
    pub tint: u8,
    pub sits_on_the_board: bool,
    pub may_members: bool,
    pub may_enter: bool,
    /// Lets newcomers in without sitting on the board.
    pub welcomes: bool,
    pub may_settings: bool,
}

/// What the base template needs.
#[derive(Clone, Debug)]
pub struct Frame {
    pub words: Words,
    pub title: String,
    pub association: Option<Arc<Association>>,
    pub me: Option<Me>,
    /// Whether this is a page of the console.
    pub is_console: bool,
    /// Who is in at the console; nobody elsewhere.
    pub who: String,
    /// Which of the places this page belongs to: "home", "notices", …
    pub place: &'static str,
    pub form_token: String,
    pub flash: Option<Flash>,
    pub path: String,
    pub platform_url: String,
}

impl Frame {
    fn new(visit: &Visit, title: String, platform_url: String) -> Frame {
        Frame {
            words: visit.words,
            title,
            association: visit.association.clone(),
            me: None,
            is_console: visit.is_console,
            who: String::new(),
            place: "",
            form_token: visit.form_token.clone(),
            flash: visit.flash.clone(),
            path: visit.path.clone(),
            platform_url,
        }
    }

    /// For a page of the platform itself.
    pub fn platform(visit: &Visit, key: &str) -> Frame {
        Frame::new(visit, visit.words.say(key), String::new())
    }

    /// For a visitor of a SEL.
    pub fn guest(guest: &Guest, key: &str) -> Frame {
        let platform = guest.house.site.platform_url("/");
        Frame::new(&guest.visit, guest.visit.words.say(key), platform)
    }

    /// For a member.
    pub fn present(present: &Present, key: &str, place: &'static str) -> Frame {
        let mut frame = Frame::guest(&present.guest, key);
        frame.place = place;
        frame.me = Some(me(present));
        frame
    }

    pub fn titled(mut self, title: impl Into<String>) -> Frame {
        self.title = title.into();
        self
    }

    /// A page that shows what is wrong says so first in its title.
    pub fn wrong(mut self, wrong: bool) -> Frame {
        if wrong {
            self.title = self
                .words
                .say_with("title-error", &[("title", self.title.into())]);
        }
        self
    }

    pub fn language(&self) -> &'static str {
        self.words.language.as_str()
    }

    pub fn site_name(&self) -> &str {
        match &self.association {
            Some(association) => &association.name,
            None if self.is_console => "Saline console",
            None => "Saline",
        }
    }

    /// The first letter of the SEL, for its disc.
    pub fn letter(&self) -> String {
        letter(self.site_name())
    }

    /// Changes with the colour, so that browsers may keep the sheet.
    pub fn colour_version(&self) -> String {
        self.association
            .as_ref()
            .map_or_else(String::new, |sel| sel.colour.replace('#', ""))
    }

    /// Whether the reader may copy what stands on paper.
    pub fn copies_sheets(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.may_enter)
    }

    pub fn asset_version(&self) -> &'static str {
        crate::asset::version()
    }

    pub fn is_place(&self, place: &str) -> bool {
        self.place == place
    }

    /// A sentence. Templates say `{{ frame.t("key") }}`.
    pub fn t(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// A sentence that names one thing.
    pub fn t1(&self, key: &str, name: &'static str, value: impl Into<Value>) -> String {
        self.words.say_with(key, &[(name, value.into())])
    }

    /// A sentence that names two things.
    pub fn t2(
        &self,
        key: &str,
        one: &'static str,
        first: impl Into<Value>,
        two: &'static str,
        second: impl Into<Value>,
    ) -> String {
        self.words
            .say_with(key, &[(one, first.into()), (two, second.into())])
    }

    /// A sentence with marks of its own (`<b>`), naming texts that are escaped.
    pub fn marked(&self, key: &str, names: &[(&'static str, String)]) -> Safe<String> {
        marked(self.words, key, names)
    }
}

/// A sentence with marks of its own, naming texts that are escaped.
pub fn marked(words: Words, key: &str, names: &[(&'static str, String)]) -> Safe<String> {
    let names: Vec<(&'static str, Value)> = names
        .iter()
        .map(|(name, text)| {
            let escaped = escape(text, Html).map(|text| text.to_string());
            (*name, Value::Text(escaped.unwrap_or_default()))
        })
        .collect();
    Safe(words.say_with(key, &names))
}

/// Whether this member may let newcomers in.
fn welcomes(present: &Present) -> bool {
    let actor = present.scope.actor.as_ref();
    actor.is_some_and(|actor| sel::application::may_decide(present.rules.admission, actor))
}

fn me(present: &Present) -> Me {
    let member = &present.member;
    let rights = member.rights();
    Me {
        name: member.first_name.clone(),
        number: member.number,
        initials: initials(&member.first_name, &member.last_name),
        tint: tint(member.number),
        sits_on_the_board: !rights.is_empty(),
        may_members: rights.contains(&Right::Members),
        may_enter: rights.contains(&Right::EnterForOthers) && present.rules.ways.slips,
        welcomes: rights.is_empty() && welcomes(present),
        may_settings: rights.contains(&Right::Settings),
    }
}

/// The two letters of a person's disc.
pub fn initials(first: &str, last: &str) -> String {
    sel::person::Name {
        first: first.to_owned(),
        last: last.to_owned(),
    }
    .initials()
}

/// Which pale tint a member wears, always the same.
pub fn tint(number: i32) -> u8 {
    sel::person::tint(u32::try_from(number).unwrap_or(1))
}

/// The letter of a SEL's disc: the first of its first word that is no article and not "SEL".
pub fn letter(name: &str) -> String {
    const SMALL: [&str; 10] = ["sel", "de", "du", "des", "la", "le", "les", "l", "d", "en"];
    name.split(|c: char| !c.is_alphanumeric())
        .find(|word| !word.is_empty() && !SMALL.contains(&word.to_lowercase().as_str()))
        .and_then(|word| word.chars().next())
        .map_or_else(|| "S".to_owned(), |letter| letter.to_uppercase().collect())
}

/// Renders a template as an answer.
pub fn page(template: &impl Template) -> Result<Response, Trouble> {
    Ok(html(template.render()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flash_survives_its_cookie() {
        let flash = Flash::good("C’est enregistré. Vous avez donné 90 grains.");
        assert_eq!(Flash::decode(&flash.encode()), Some(flash));
        assert_eq!(Flash::decode("%%"), None);
        assert_eq!(Flash::decode(""), None);
    }

    #[test]
    fn the_letter_of_a_sel_is_that_of_its_own_name() {
        for (name, letter_) in [
            ("SEL de Mars", "M"),
            ("Le Clos des Échanges", "C"),
            ("SEL", "S"),
            ("L’Étang", "É"),
        ] {
            assert_eq!(letter(name), letter_);
        }
    }
}
