//! Asking to join, and being let in.

use crate::association::Admission;
use crate::member::{self, Actor, Right};
use crate::person::{Email, Name, Phone};
use crate::refusal::{Fact, Refused};
use thiserror::Error;

/// What one types to ask, to accept an invitation, or to enter somebody at the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
    pub place: String,
    pub about: String,
    /// Of the SEL (ISO 3166-1), where phone numbers are typed as one dials them there; empty is
    /// France.
    pub country: String,
}

/// A person as the SEL will know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: Name,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub place: Option<String>,
    pub about: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("person: {0}")]
    Person(#[from] crate::person::Refusal),
    #[error("contact: {0}")]
    Contact(#[from] member::Refusal),
    #[error("neither e-mail nor phone")]
    Unreachable,
    #[error("decided already")]
    Decided,
    #[error("the actor may not decide")]
    NotAllowed,
    #[error("this form stands for somebody else already")]
    Known,
    #[error("a member has this name: {0}")]
    Namesake(String),
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Person(person) => person.key(),
            Refusal::Contact(contact) => contact.key(),
            Refusal::Unreachable => "refusal-unreachable",
            Refusal::Decided => "refusal-application-decided",
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::Known => "refusal-application-known",
            Refusal::Namesake(_) => "refusal-application-namesake",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Person(person) => person.field(),
            Refusal::Contact(contact) => contact.field(),
            Refusal::Unreachable => "phone",
            Refusal::Namesake(_) => "another",
            Refusal::Decided | Refusal::NotAllowed | Refusal::Known => "",
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::Namesake(name) => vec![("name", Fact::Text(name.clone()))],
            _ => Vec::new(),
        }
    }
}

/// Reads what was typed about a person. An e-mail is not needed where a phone is given: many
/// members have none.
pub fn person(draft: &Draft) -> Result<Person, Vec<Refusal>> {
    let name = Name::parse(&draft.first_name, &draft.last_name).map_err(Refusal::from);
    let email = blank_or(&draft.email, |text| {
        Email::parse(text).map_err(Refusal::from)
    });
    let phone = blank_or(&draft.phone, |text| {
        let country = match draft.country.as_str() {
            "" => "FR",
            country => country,
        };
        Phone::parse_in(text, country).map_err(|_| member::Refusal::BadPhone.into())
    });
    let place = member::optional(
        &draft.place,
        member::PLACE_LETTERS,
        member::Refusal::LongPlace,
    )
    .map_err(Refusal::from);
    let about = member::optional(
        &draft.about,
        member::ABOUT_LETTERS,
        member::Refusal::LongAbout,
    )
    .map_err(Refusal::from);
    let reachable = match (&email, &phone) {
        (Ok(None), Ok(None)) => Err(Refusal::Unreachable),
        _ => Ok(()),
    };
    match (name, email, phone, place, about, reachable) {
        (Ok(name), Ok(email), Ok(phone), Ok(place), Ok(about), Ok(())) => Ok(Person {
            name,
            email,
            phone,
            place,
            about,
        }),
        (name, email, phone, place, about, reachable) => Err([
            name.err(),
            email.err(),
            phone.err(),
            place.err(),
            about.err(),
            reachable.err(),
        ]
        .into_iter()
        .flatten()
        .collect()),
    }
}

fn blank_or<T>(
    typed: &str,
    read: impl Fn(&str) -> Result<T, Refusal>,
) -> Result<Option<T>, Refusal> {
    if typed.trim().is_empty() {
        Ok(None)
    } else {
        read(typed).map(Some)
    }
}

/// Whether `actor` may let newcomers in.
pub fn may_decide(admission: Admission, actor: &Actor) -> bool {
    actor.may(Right::Members) || admission != Admission::Board
}

/// Whether someone who asks becomes a member without anybody's word.
pub fn enters_at_once(admission: Admission, email: Option<&Email>) -> bool {
    admission == Admission::Open && email.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AssociationId, MemberId};
    use uuid::Uuid;

    fn draft() -> Draft {
        Draft {
            first_name: "Odette".into(),
            phone: "06 39 98 00 07".into(),
            ..Draft::default()
        }
    }

    #[test]
    fn a_phone_is_enough_to_be_reached() {
        let person = person(&draft()).unwrap();
        assert_eq!(person.email, None);
        assert!(person.phone.is_some());
    }

    #[test]
    fn someone_without_phone_and_e_mail_cannot_be_reached() {
        let draft = Draft {
            phone: " ".into(),
            ..draft()
        };
        assert_eq!(person(&draft), Err(vec![Refusal::Unreachable]));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let draft = Draft {
            first_name: String::new(),
            email: "claire".into(),
            phone: "12".into(),
            place: "x".repeat(61),
            about: "x".repeat(401),
            ..Draft::default()
        };
        let refusals = person(&draft).unwrap_err();
        let fields: Vec<_> = refusals.iter().map(Refused::field).collect();
        assert_eq!(fields, ["first_name", "email", "phone", "place", "about"]);
    }

    #[test]
    fn who_lets_newcomers_in_is_a_rule_of_the_sel() {
        let actor = |rights: &[Right]| Actor {
            association_id: AssociationId(Uuid::from_u128(1)),
            member_id: MemberId(Uuid::from_u128(2)),
            rights: rights.to_vec(),
            helped: Vec::new(),
        };
        assert!(!may_decide(Admission::Board, &actor(&[])));
        assert!(!may_decide(Admission::Board, &actor(&[Right::Notices])));
        assert!(may_decide(Admission::Board, &actor(&[Right::Members])));
        assert!(may_decide(Admission::Members, &actor(&[])));
    }

    #[test]
    fn an_open_sel_lets_in_those_who_can_follow_a_link() {
        let email = Email::parse("jean@exemple.fr").unwrap();
        assert!(enters_at_once(Admission::Open, Some(&email)));
        assert!(!enters_at_once(Admission::Open, None));
        assert!(!enters_at_once(Admission::Members, Some(&email)));
    }
}
