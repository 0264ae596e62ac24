//! The address of a notice that everybody may see: its title to be read, its id to be found.

use crate::notice::asked::SHOWCASE;
use sel::folded::folded;
use sel::id::NoticeId;
use uuid::Uuid;

/// Letters of a title that stand in an address, about.
const LETTERS: usize = 60;

/// "taille-de-rosiers-0190…".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    title: String,
    pub(crate) id: NoticeId,
}

impl Address {
    pub(crate) fn of(title: &str, id: NoticeId) -> Address {
        let title = spelled(title);
        Address { title, id }
    }

    /// Whatever title stands there; none where no id does.
    pub(crate) fn parse(text: &str) -> Option<Address> {
        let (title, id) = text.rsplit_once('-').unwrap_or(("", text));
        let id = Uuid::try_parse(id).ok().filter(|_| id.len() == 32)?;
        Some(Address {
            title: title.to_owned(),
            id: NoticeId(id),
        })
    }

    /// The page, on the host of its SEL.
    pub(crate) fn path(&self) -> String {
        format!("{SHOWCASE}/{}", self.segment())
    }

    fn segment(&self) -> String {
        let id = self.id.0.simple();
        if self.title.is_empty() {
            return id.to_string();
        }
        format!("{}-{id}", self.title)
    }
}

fn spelled(title: &str) -> String {
    let title = folded(title);
    let words = title.split(|letter: char| !letter.is_ascii_alphanumeric());
    let mut spelled = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if spelled.len() + word.len() >= LETTERS {
            break;
        }
        if !spelled.is_empty() {
            spelled.push('-');
        }
        spelled.push_str(word);
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_like_the_title_and_leads_to_the_id() {
        let id = NoticeId(Uuid::from_u128(7));
        let address = Address::of("Taille d’œillets & de rosiers, l'été", id);
        let path = address.path();
        let segment = "taille-d-oeillets-de-rosiers-l-ete-00000000000000000000000000000007";
        assert_eq!(path, format!("/vitrine/{segment}"));
        assert_eq!(Address::parse(segment), Some(address));
    }

    #[test]
    fn a_title_without_letters_leaves_the_id_alone() {
        let id = NoticeId(Uuid::from_u128(7));
        let address = Address::of("✂ !", id);
        assert_eq!(address.path().len(), "/vitrine/".len() + 32);
        assert_eq!(Address::parse(&id.0.simple().to_string()), Some(address));
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        let long = "bonbons ".repeat(20);
        assert!(Address::of(&long, NoticeId(Uuid::nil())).path().len() < 110);
    }

    #[test]
    fn what_holds_no_id_is_no_address() {
        for text in ["", "cadre", "rosiers-12", "rosiers-", "a-b-c"] {
            assert_eq!(Address::parse(text), None, "{text}");
        }
        let hyphens = Uuid::from_u128(7).to_string();
        assert_eq!(Address::parse(&hyphens), None);
    }
}
