//! The one with whom a member writes, as they are shown.

use crate::crossing::whole;
use crate::exchange::side_value;
use crate::member::shown_name;
use askama::filters::urlencode_strict;
use door::frame::{initials, tint};
use sel::association::Rules;
use sel::id::MemberId;
use store::conversation::{Conversation, Other};
use words::Words;

/// The other of the two.
pub(super) struct With {
    pub(super) name: String,
    pub(super) first_name: String,
    /// "n° 12"; "CLOS-0012, Le Clos des Échanges".
    pub(super) mark: String,
    pub(super) initials: String,
    pub(super) tint: u8,
}

impl With {
    /// `all` shows last names, whatever the directory says.
    pub(super) fn of(words: Words, other: Other<'_>, all: bool, rules: &Rules) -> With {
        let first_name = first_name(words, other);
        match other {
            Other::Member {
                number,
                first,
                last,
                ..
            } => With {
                name: shown_name(all, rules, first, last),
                first_name,
                mark: format!("n°\u{a0}{number}"),
                initials: initials(first, last),
                tint: tint(number),
            },
            Other::Outsider { named, code, sel } => {
                let number = named.map(|(number, _)| number);
                With {
                    mark: match number {
                        Some(_) => format!("{}, {sel}", reference(code, number)),
                        None => sel.to_owned(),
                    },
                    initials: initials(named.map_or(sel, |(_, name)| name), ""),
                    tint: tint(number.unwrap_or(1)),
                    name: first_name.clone(),
                    first_name,
                }
            }
        }
    }
}

/// "MARS-0042", read in one piece.
pub(super) fn reference(code: &str, number: Option<i32>) -> String {
    whole(&sel::alliance::named(code, number))
}

/// How the other is spoken of: whoever wrote a notice elsewhere is named once they have answered.
pub(super) fn first_name(words: Words, other: Other<'_>) -> String {
    match other {
        Other::Member { first, .. } => first.to_owned(),
        Other::Outsider {
            named: Some((_, name)),
            ..
        } => name.to_owned(),
        Other::Outsider { named: None, .. } => words.say("conversation-author"),
    }
}

/// The form of an exchange with the other, where that one is of an ally and known by now.
pub(super) fn exchange(it: &Conversation, me: MemberId) -> Option<String> {
    let Other::Outsider {
        named: Some((number, _)),
        code,
        ..
    } = it.other(me)
    else {
        return None;
    };
    let Ok(label) = urlencode_strict(&it.notice_title);
    let reference = sel::alliance::named(code, Some(number));
    let side = side_value(it.notice_kind().side(it.notice_id().is_some()));
    let form = format!("/echanges/nouveau?avec={reference}&sens={side}&objet={label}");
    it.trades().then_some(form)
}
