//! What somebody types to say who they are.

use super::Refusal;
use sel::id::AssociationId;
use store::identity::Candidate;
use store::{Door, Result};

/// What was typed: a member's number, or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    Number(i32),
    Email(String),
}

impl Login {
    pub fn parse(typed: &str) -> std::result::Result<Login, Refusal> {
        let typed = typed.trim().to_lowercase();
        if typed.is_empty() {
            return Err(Refusal::Empty);
        }
        let digits = typed.trim_start_matches("n°").trim();
        match digits.parse() {
            Ok(number) => Ok(Login::Number(number)),
            Err(_) => Ok(Login::Email(typed)),
        }
    }

    pub(super) async fn candidates(
        &self,
        door: &mut Door,
        here: AssociationId,
    ) -> Result<Vec<Candidate>> {
        let (number, email) = match self {
            Login::Number(number) => (Some(*number), None),
            Login::Email(email) => (None, Some(email.as_str())),
        };
        store::identity::candidates(door, here, number, email).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_a_number_or_an_address() {
        assert_eq!(Login::parse(" 12 "), Ok(Login::Number(12)));
        assert_eq!(Login::parse("n° 12"), Ok(Login::Number(12)));
        let email = Login::Email("claire@exemple.fr".into());
        assert_eq!(Login::parse(" Claire@Exemple.fr"), Ok(email));
        assert_eq!(Login::parse("  "), Err(Refusal::Empty));
        assert_eq!(
            Login::parse("99999999999"),
            Ok(Login::Email("99999999999".into()))
        );
    }
}
