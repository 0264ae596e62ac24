//! Having others told of what happens in a SEL.

use crate::member::{Actor, Right};
use crate::refusal::Refused;
use thiserror::Error;

/// Letters of an address.
pub const ADDRESS_LETTERS: usize = 500;
/// Webhooks of a SEL.
pub const MANY: usize = 10;

/// What others may be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    NoticePublished,
    NoticeChanged,
    NoticeClosed,
    ExchangeProposed,
    ExchangeRecorded,
    ExchangeClosed,
    ExchangeReversed,
    MemberJoined,
    MemberLeft,
    SettingsChanged,
}

impl Topic {
    pub const ALL: [Topic; 10] = [
        Topic::NoticePublished,
        Topic::NoticeChanged,
        Topic::NoticeClosed,
        Topic::ExchangeProposed,
        Topic::ExchangeRecorded,
        Topic::ExchangeClosed,
        Topic::ExchangeReversed,
        Topic::MemberJoined,
        Topic::MemberLeft,
        Topic::SettingsChanged,
    ];

    /// As others and the database name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::NoticePublished => "notice.published",
            Topic::NoticeChanged => "notice.changed",
            Topic::NoticeClosed => "notice.closed",
            Topic::ExchangeProposed => "exchange.proposed",
            Topic::ExchangeRecorded => "exchange.recorded",
            Topic::ExchangeClosed => "exchange.closed",
            Topic::ExchangeReversed => "exchange.reversed",
            Topic::MemberJoined => "member.joined",
            Topic::MemberLeft => "member.left",
            Topic::SettingsChanged => "settings.changed",
        }
    }

    pub fn parse(text: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|it| it.as_str() == text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not allowed")]
    NotAllowed,
    #[error("the address is none that may be asked")]
    Address,
    #[error("it tells of nothing")]
    Nothing,
    #[error("there are many already")]
    Many,
    #[error("it is not there")]
    Gone,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::Address => "refusal-webhook-address",
            Refusal::Nothing => "refusal-webhook-nothing",
            Refusal::Many => "refusal-webhook-many",
            Refusal::Gone => "refusal-webhook-gone",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Address => "address",
            Refusal::Nothing => "topics",
            _ => "",
        }
    }
}

/// Who has others told, and reads how that went.
pub fn may_keep(actor: &Actor) -> bool {
    actor.may(Right::Settings)
}

/// A webhook that may be kept. Only [`keep`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub address: String,
    pub topics: Vec<Topic>,
    sealed: (),
}

/// Decides whether this may be kept beside `count` others. Whether the address leads outside is for
/// whoever can ask it: `is_admitted`.
pub fn keep(
    actor: &Actor,
    (address, is_admitted): (&str, bool),
    topics: &[Topic],
    count: usize,
) -> Result<Kept, Vec<Refusal>> {
    if !may_keep(actor) {
        return Err(vec![Refusal::NotAllowed]);
    }
    let address = address.trim();
    let is_short = (1..=ADDRESS_LETTERS).contains(&address.chars().count());
    let wrong = [
        (!is_short || !is_admitted).then_some(Refusal::Address),
        topics.is_empty().then_some(Refusal::Nothing),
        (count >= MANY).then_some(Refusal::Many),
    ];
    let wrong: Vec<Refusal> = wrong.into_iter().flatten().collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Kept {
        address: address.to_owned(),
        topics: topics.to_vec(),
        sealed: (),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::member::testing::actor;

    #[test]
    fn who_sets_the_rules_keeps_webhooks() {
        let (fatima, claire) = (actor(&[Right::Settings]), actor(&[Right::Members]));
        let address = (" https://exemple.fr/x ", true);
        let topics = [Topic::MemberJoined];
        let kept = keep(&fatima, address, &topics, 0).unwrap();
        assert_eq!(kept.address, "https://exemple.fr/x");
        let refused = keep(&claire, address, &topics, 0);
        assert_eq!(refused.unwrap_err(), [Refusal::NotAllowed]);
        let wrong = keep(&fatima, ("https://10.0.0.1", false), &[], MANY);
        let said = [Refusal::Address, Refusal::Nothing, Refusal::Many];
        assert_eq!(wrong.unwrap_err(), said);
    }

    #[test]
    fn every_topic_is_read_as_it_is_written() {
        for it in Topic::ALL {
            assert_eq!(Topic::parse(it.as_str()), Some(it));
        }
        assert_eq!(Topic::parse("ping"), None);
    }
}
