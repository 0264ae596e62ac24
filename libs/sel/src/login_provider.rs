//! A provider of logins that a SEL has for its own people.

use crate::id::LoginProviderId;
use crate::member::{Actor, Right};
use crate::refusal::Refused;
use thiserror::Error;

pub const NAME_LETTERS: usize = 40;
pub const ISSUER_LETTERS: usize = 500;
/// Letters of a client's id, and of its secret.
pub const CLIENT_LETTERS: usize = 255;
/// Providers of a SEL.
pub const MANY: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("not allowed")]
    NotAllowed,
    #[error("it has no name, or a long one")]
    Name,
    #[error("the address is none that may be asked")]
    Issuer,
    #[error("the client has no id, or a long one")]
    Client,
    #[error("the secret is long")]
    Secret,
    #[error("it is there already")]
    Known,
    #[error("there are many already")]
    Many,
    #[error("it does not answer as it should")]
    Silent,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::Name => "refusal-provider-name",
            Refusal::Issuer => "refusal-provider-issuer",
            Refusal::Client => "refusal-provider-client",
            Refusal::Secret => "refusal-provider-secret",
            Refusal::Known => "refusal-provider-known",
            Refusal::Many => "refusal-provider-many",
            Refusal::Silent => "refusal-provider-silent",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Name => "name",
            Refusal::Issuer | Refusal::Known | Refusal::Silent => "issuer",
            Refusal::Client => "client_id",
            Refusal::Secret => "client_secret",
            Refusal::NotAllowed | Refusal::Many => "",
        }
    }
}

/// Who names providers.
pub fn may_keep(actor: &Actor) -> bool {
    actor.may(Right::Settings)
}

/// What somebody typed.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    pub name: &'a str,
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub client_secret: &'a str,
    /// Whether the address leads outside: for whoever can tell.
    pub is_admitted: bool,
}

/// A provider that may be kept. Only [`keep`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub name: String,
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<String>,
    sealed: (),
}

/// Decides whether this may be kept beside those with these issuers.
pub fn keep(actor: &Actor, draft: &Draft<'_>, known: &[String]) -> Result<Kept, Vec<Refusal>> {
    if !may_keep(actor) {
        return Err(vec![Refusal::NotAllowed]);
    }
    let fits = |text: &str, most: usize| (1..=most).contains(&text.chars().count());
    let (name, client_id) = (draft.name.trim(), draft.client_id.trim());
    let (issuer, secret) = (draft.issuer.trim(), draft.client_secret.trim());
    let wrong = [
        (!fits(name, NAME_LETTERS), Refusal::Name),
        (
            !draft.is_admitted || !fits(issuer, ISSUER_LETTERS),
            Refusal::Issuer,
        ),
        (known.iter().any(|it| it == issuer), Refusal::Known),
        (!fits(client_id, CLIENT_LETTERS), Refusal::Client),
        (secret.chars().count() > CLIENT_LETTERS, Refusal::Secret),
        (known.len() >= MANY, Refusal::Many),
    ];
    let wrong: Vec<Refusal> = wrong
        .into_iter()
        .filter(|(is_wrong, _)| *is_wrong)
        .map(|(_, refusal)| refusal)
        .collect();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Kept {
        name: name.to_owned(),
        issuer: issuer.to_owned(),
        client_id: client_id.to_owned(),
        client_secret: (!secret.is_empty()).then(|| secret.to_owned()),
        sealed: (),
    })
}

/// Under which key accounts of it are kept: longer than any that a host chooses, so that the two
/// are never taken for each other.
pub fn key(id: LoginProviderId) -> String {
    format!("sel-{id}")
}

/// Which one a key means; none where it is one of the host's.
pub fn id_of(key: &str) -> Option<LoginProviderId> {
    let id: LoginProviderId = key.strip_prefix("sel-")?.parse().ok()?;
    (self::key(id) == key).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::member::testing::actor;
    use uuid::Uuid;

    const GOOD: Draft<'_> = Draft {
        name: " Notre nuage ",
        issuer: "https://nuage.exemple.fr",
        client_id: "saline",
        client_secret: "",
        is_admitted: true,
    };

    #[test]
    fn those_who_set_the_rules_name_three_at_the_most() {
        let board = actor(&[Right::Settings]);
        let kept = keep(&board, &GOOD, &[]).unwrap();
        assert_eq!(
            (kept.name.as_str(), kept.client_secret),
            ("Notre nuage", None)
        );
        let other = actor(&[Right::Members]);
        assert_eq!(keep(&other, &GOOD, &[]), Err(vec![Refusal::NotAllowed]));
        let three = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(keep(&board, &GOOD, &three), Err(vec![Refusal::Many]));
        let same = [GOOD.issuer.to_owned()];
        assert_eq!(keep(&board, &GOOD, &same), Err(vec![Refusal::Known]));
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let wrong = Draft {
            name: "",
            issuer: "http://10.0.0.1",
            client_id: " ",
            client_secret: &"x".repeat(CLIENT_LETTERS + 1),
            is_admitted: false,
        };
        let refusals = keep(&actor(&[Right::Settings]), &wrong, &[]).unwrap_err();
        let fields: Vec<_> = refusals.iter().map(Refused::field).collect();
        assert_eq!(fields, ["name", "issuer", "client_id", "client_secret"]);
    }

    #[test]
    fn a_key_of_a_sel_is_none_of_a_host() {
        let id = LoginProviderId(Uuid::from_u128(7));
        assert_eq!(id_of(&key(id)), Some(id));
        // A host's has thirty letters at the most.
        assert!(key(id).len() > 30);
        for other in [
            "google",
            "sel-1",
            "sel-",
            "SEL-00000000000000000000000000000007",
        ] {
            assert_eq!(id_of(other), None, "{other}");
        }
    }
}
