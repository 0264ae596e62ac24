//! Who may do what. Functions in the board are labels; what counts are rights, each of which may
//! have several holders.

use crate::id::{AssociationId, MemberId};
use crate::refusal::Refused;
use thiserror::Error;

/// What a member may do beyond their own account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Accept or refuse those who ask to join, invite, enter members without e-mail.
    Members,
    /// Enter and confirm exchanges and notices for others.
    EnterForOthers,
    /// Close a notice that breaks the rules.
    Notices,
    /// Hear those who disagree about an exchange, and decide.
    Mediate,
    /// Change the rules of the SEL and give rights.
    Settings,
}

impl Right {
    pub const ALL: [Right; 5] = [
        Right::Members,
        Right::EnterForOthers,
        Right::Notices,
        Right::Mediate,
        Right::Settings,
    ];

    /// As the database keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            Right::Members => "members",
            Right::EnterForOthers => "enter_for_others",
            Right::Notices => "notices",
            Right::Mediate => "mediate",
            Right::Settings => "settings",
        }
    }

    pub fn parse(text: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|right| right.as_str() == text)
    }
}

/// Who acts: a member of one SEL, with their rights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub association_id: AssociationId,
    pub member_id: MemberId,
    pub rights: Vec<Right>,
    /// Those who gave them a mandate to act in their name.
    pub helped: Vec<MemberId>,
}

impl Actor {
    pub fn may(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }

    /// Whether `member` gave this actor a mandate.
    pub fn helps(&self, member: MemberId) -> bool {
        self.helped.contains(&member)
    }

    /// Whether `member` is this actor, or gave them a mandate.
    pub fn acts_for(&self, member: MemberId) -> bool {
        self.member_id == member || self.helps(member)
    }

    /// Whether this actor may speak for `member`: for oneself always, for others with the right or
    /// their mandate.
    pub fn speaks_for(&self, member: MemberId) -> bool {
        self.acts_for(member) || self.may(Right::EnterForOthers)
    }

    pub fn sits_on_the_board(&self) -> bool {
        !self.rights.is_empty()
    }
}

/// Who may see whose balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Oneself,
    Board,
    Members,
    /// All members, and how much each has given and received.
    Turnover,
    /// All members, with the statements.
    Full,
}

impl Audience {
    pub const ALL: [Audience; 5] = [
        Audience::Oneself,
        Audience::Board,
        Audience::Members,
        Audience::Turnover,
        Audience::Full,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Audience::Oneself => "self",
            Audience::Board => "board",
            Audience::Members => "members",
            Audience::Turnover => "turnover",
            Audience::Full => "full",
        }
    }

    pub fn parse(text: &str) -> Option<Audience> {
        Audience::ALL
            .into_iter()
            .find(|audience| audience.as_str() == text)
    }

    /// Whether how much a member has given and received is shown along with the balance.
    pub fn shows_turnover(self) -> bool {
        matches!(self, Audience::Turnover | Audience::Full)
    }

    /// Whether every member may read every statement.
    pub fn opens_statements(self) -> bool {
        self == Audience::Full
    }

    /// Whether `actor` belongs to the audience of what concerns `member`.
    pub fn includes(self, actor: &Actor, member: MemberId) -> bool {
        actor.member_id == member
            || match self {
                Audience::Oneself => false,
                Audience::Board => actor.sits_on_the_board(),
                Audience::Members | Audience::Turnover | Audience::Full => true,
            }
    }
}

/// How members are named to other SELs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// "Claire".
    First,
    /// "Claire A.".
    Short,
    /// "Claire Aubert".
    Full,
}

impl Outside {
    pub const ALL: [Outside; 3] = [Outside::First, Outside::Short, Outside::Full];

    pub fn as_str(self) -> &'static str {
        match self {
            Outside::First => "first",
            Outside::Short => "short",
            Outside::Full => "full",
        }
    }

    pub fn parse(text: &str) -> Option<Outside> {
        Outside::ALL.into_iter().find(|how| how.as_str() == text)
    }
}

/// What the directory shows of each member to the others. The board sees all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directory {
    pub last_names: bool,
    pub phones: bool,
    pub places: bool,
    pub emails: bool,
    /// To other SELs with which this one trades.
    pub outside: Outside,
}

/// What one typed about oneself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("the phone is not a number")]
    BadPhone,
    #[error("the place is too long")]
    LongPlace,
    #[error("the presentation is too long")]
    LongAbout,
    #[error("the password is too short")]
    ShortPassword,
    #[error("the password is too long")]
    LongPassword,
    #[error("the password is easily guessed")]
    GuessablePassword,
    #[error("the actor has no right to do this")]
    NotAllowed,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::BadPhone => "refusal-phone",
            Refusal::LongPlace => "refusal-place-long",
            Refusal::LongAbout => "refusal-about-long",
            Refusal::ShortPassword => "refusal-password-short",
            Refusal::LongPassword => "refusal-password-long",
            Refusal::GuessablePassword => "refusal-password-guessable",
            Refusal::NotAllowed => "refusal-not-allowed",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::BadPhone => "phone",
            Refusal::LongPlace => "place",
            Refusal::LongAbout => "about",
            Refusal::ShortPassword | Refusal::LongPassword | Refusal::GuessablePassword => {
                "new_password"
            }
            Refusal::NotAllowed => "",
        }
    }
}

/// Letters of a district's name.
pub const PLACE_LETTERS: usize = 60;
/// Letters of what a member writes about themselves.
pub const ABOUT_LETTERS: usize = 400;
/// Characters of a password, spaces around it not counted. Length protects; we ask for nothing
/// else.
pub const PASSWORD_LETTERS: std::ops::RangeInclusive<usize> = 10..=200;

/// A password that may be kept, hashed.
pub fn password(typed: &str) -> Result<&str, Refusal> {
    let letters = typed.trim().chars().count();
    match typed.chars().count() {
        _ if letters < *PASSWORD_LETTERS.start() => Err(Refusal::ShortPassword),
        n if n > *PASSWORD_LETTERS.end() => Err(Refusal::LongPassword),
        _ => Ok(typed),
    }
}

/// An optional text of at most `letters` letters; nothing but spaces is none.
pub fn optional(typed: &str, letters: usize, long: Refusal) -> Result<Option<String>, Refusal> {
    let text = typed.trim();
    match text.chars().count() {
        0 => Ok(None),
        n if n > letters => Err(long),
        _ => Ok(Some(text.to_owned())),
    }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::{Actor, Right};
    use crate::id::{AssociationId, MemberId};
    use uuid::Uuid;

    /// Somebody with these rights, for the tests of what they may do.
    pub(crate) fn actor(rights: &[Right]) -> Actor {
        Actor {
            association_id: AssociationId(Uuid::from_u128(1)),
            member_id: MemberId(Uuid::from_u128(2)),
            rights: rights.to_vec(),
            helped: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::actor;
    use super::*;
    use uuid::Uuid;

    #[test]
    fn everyone_speaks_for_themselves_and_some_for_others() {
        let other = MemberId(Uuid::from_u128(3));
        let plain = actor(&[]);
        assert!(plain.speaks_for(plain.member_id));
        assert!(!plain.speaks_for(other));
        assert!(!actor(&[Right::Members]).speaks_for(other));
        assert!(actor(&[Right::EnterForOthers]).speaks_for(other));
    }

    #[test]
    fn a_balance_is_shown_to_its_audience_only() {
        let other = MemberId(Uuid::from_u128(3));
        let (plain, board) = (actor(&[]), actor(&[Right::Members]));
        assert!(Audience::Oneself.includes(&plain, plain.member_id));
        assert!(!Audience::Oneself.includes(&board, other));
        assert!(!Audience::Board.includes(&plain, other));
        assert!(Audience::Board.includes(&board, other));
        assert!(Audience::Members.includes(&plain, other));
    }

    #[test]
    fn rights_and_audiences_are_read_as_they_are_written() {
        for right in Right::ALL {
            assert_eq!(Right::parse(right.as_str()), Some(right));
        }
        for audience in Audience::ALL {
            assert_eq!(Audience::parse(audience.as_str()), Some(audience));
        }
        assert_eq!(Right::parse("everything"), None);
    }

    #[test]
    fn a_password_has_ten_characters_at_least_and_two_hundred_at_most() {
        assert_eq!(password("neuf lett"), Err(Refusal::ShortPassword));
        assert!(password("dix lettre").is_ok());
        assert_eq!(password(&" ".repeat(12)), Err(Refusal::ShortPassword));
        assert!(password(&"é".repeat(200)).is_ok());
        assert_eq!(password(&"é".repeat(201)), Err(Refusal::LongPassword));
    }

    #[test]
    fn an_optional_text_is_trimmed_and_bounded() {
        assert_eq!(optional("  ", 5, Refusal::LongPlace), Ok(None));
        assert_eq!(
            optional(" Noailles ", 8, Refusal::LongPlace),
            Ok(Some("Noailles".into()))
        );
        assert_eq!(
            optional("Noailles", 7, Refusal::LongPlace),
            Err(Refusal::LongPlace)
        );
    }
}
