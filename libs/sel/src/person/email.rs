//! E-mail addresses.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Refusal;

/// Letters of an e-mail address (RFC 5321, 4.5.3.1.3), and of what stands before its @.
pub const EMAIL_LETTERS: usize = 254;
const MAILBOX_LETTERS: usize = 64;

/// An e-mail address in small letters, of the plain kind that every provider accepts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Accented letters are refused: no provider of ours gives out such addresses, so they are a
    /// slip of the hand, or somebody who would like to look like another.
    pub fn parse(typed: &str) -> Result<Email, Refusal> {
        let address = typed.trim().to_ascii_lowercase();
        let well_formed = address
            .split_once('@')
            .is_some_and(|(mailbox, domain)| is_mailbox(mailbox) && is_domain(domain));
        if address.len() > EMAIL_LETTERS || !well_formed {
            return Err(Refusal::BadEmail);
        }
        Ok(Email(address))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_mailbox(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    text.len() <= MAILBOX_LETTERS
        && text
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(plain))
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let is_last = |label: &str| label.len() >= 2 && !label.bytes().all(|b| b.is_ascii_digit());
    text.split('.').all(is_label) && text.rsplit_once('.').is_some_and(|(_, last)| is_last(last))
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Email {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Email::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_e_mail_is_trimmed_and_made_small() {
        let email = Email::parse(" Claire.Aubert+SEL@Exemple.FR\n").unwrap();
        assert_eq!(email.as_str(), "claire.aubert+sel@exemple.fr");
        assert_eq!(email.to_string(), email.as_str());
    }

    #[test]
    fn what_is_no_e_mail_is_refused() {
        let bad = [
            "",
            "claire",
            "@exemple.fr",
            "claire@",
            "claire@exemple",
            "claire@@exemple.fr",
            "cl@ire@exemple.fr",
            "cla ire@exemple.fr",
            "claire@exemple..fr",
            "claire@.fr",
            "claire@exemple.",
            "claire@-exemple.fr",
            "claire@exemple-.fr",
            "claire@192.168.1.1",
            "claire@exemple.f",
            ".claire@exemple.fr",
            "cla..ire@exemple.fr",
            "claire.@exemple.fr",
            "claire@exemple.fr,lea@exemple.fr",
            "<claire@exemple.fr>",
            "hélène@exemple.fr",
            "claire@exem\u{0}ple.fr",
            "claire@exemple.fr\nbcc: x@exemple.fr",
        ];
        for typed in bad {
            assert_eq!(Email::parse(typed), Err(Refusal::BadEmail), "{typed:?}");
        }
    }

    #[test]
    fn an_e_mail_has_254_letters_at_most_and_64_before_its_sign() {
        let domain = |letters: usize| {
            let labels = format!("{}.", "a".repeat(49)).repeat(4);
            labels[..letters - 3].trim_end_matches('.').to_owned() + ".fr"
        };
        let address = |mailbox: usize, domain_letters| {
            format!("{}@{}", "c".repeat(mailbox), domain(domain_letters))
        };
        assert_eq!(address(64, 189).len(), 254);
        assert!(Email::parse(&address(64, 189)).is_ok());
        assert_eq!(Email::parse(&address(64, 190)), Err(Refusal::BadEmail));
        assert_eq!(Email::parse(&address(65, 20)), Err(Refusal::BadEmail));
    }
}
