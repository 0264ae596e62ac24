//! Those who run the platform.

use crate::id::StaffId;
use crate::person::Email;
use crate::refusal::Refused;
use thiserror::Error;

pub const NAME_LETTERS: usize = 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("a name has 1 to 60 letters and digits")]
    Name,
    #[error("that is no address of mail")]
    Email,
    /// Which of the three is wrong, nobody hears.
    #[error("no such address, password and code")]
    Unknown,
    #[error("no such code")]
    Code,
    #[error("the link was used before, is over, or is none")]
    Link,
    #[error("it is their own")]
    Own,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::Name => "refusal-staff-name",
            Refusal::Email => "refusal-staff-email",
            Refusal::Unknown => "refusal-staff-unknown",
            Refusal::Code => "refusal-second-wrong",
            Refusal::Link => "refusal-staff-link",
            Refusal::Own => "refusal-staff-own",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::Name => "name",
            Refusal::Email | Refusal::Unknown => "email",
            Refusal::Code => "code",
            Refusal::Link | Refusal::Own => "",
        }
    }
}

/// Somebody who may be invited. Only [`invite`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    pub name: String,
    pub email: String,
    sealed: (),
}

/// Decides whether somebody of this name can be invited at this address.
pub fn invite(name: &str, email: &str) -> Result<Invited, Vec<Refusal>> {
    let name = name.trim();
    // What nobody sees is no name.
    let fits = (1..=NAME_LETTERS).contains(&name.chars().count())
        && name.chars().any(char::is_alphanumeric);
    match (fits, Email::parse(email)) {
        (true, Ok(email)) => Ok(Invited {
            name: name.to_owned(),
            email: email.as_str().to_owned(),
            sealed: (),
        }),
        (true, Err(_)) => Err(vec![Refusal::Email]),
        (false, Ok(_)) => Err(vec![Refusal::Name]),
        (false, Err(_)) => Err(vec![Refusal::Name, Refusal::Email]),
    }
}

/// Decides whether one of them may close another's access: their own, others close.
pub fn end(by: StaffId, whom: StaffId) -> Result<(), Refusal> {
    if by == whom {
        return Err(Refusal::Own);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_invited_has_a_name_and_an_address() {
        let invited = invite(" Inès Caron ", "Ines@Exemple.fr").unwrap();
        assert_eq!(
            (invited.name.as_str(), invited.email.as_str()),
            ("Inès Caron", "ines@exemple.fr")
        );
        assert!(invite(&"é".repeat(NAME_LETTERS), "a@exemple.fr").is_ok());
        let long = "é".repeat(NAME_LETTERS + 1);
        assert_eq!(invite(&long, "a@exemple.fr"), Err(vec![Refusal::Name]));
        assert_eq!(invite("\u{200b}", "a@exemple.fr"), Err(vec![Refusal::Name]));
        assert_eq!(invite("Inès", "ines"), Err(vec![Refusal::Email]));
        let both = vec![Refusal::Name, Refusal::Email];
        assert_eq!(invite(" ", ""), Err(both));
    }

    #[test]
    fn ones_own_access_is_closed_by_others() {
        let id = |number| StaffId(uuid::Uuid::from_u128(number));
        assert_eq!(end(id(1), id(1)), Err(Refusal::Own));
        assert_eq!(end(id(1), id(2)), Ok(()));
    }
}
