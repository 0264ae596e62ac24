//! The address of a SEL: the word before the platform's domain, as in `mars.saline.example`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::folded::folded;

const SHORTEST: usize = 3;
const LONGEST: usize = 30;

/// Words that the platform keeps for itself, or that would deceive in an address.
const RESERVED: &str = "\
    abuse accueil adhesion admin administrateur administration aide api app apps assets auth \
    autoconfig autodiscover beta blog cdn compte comptes connexion console contact courriel \
    courriels demo dev dns docs download email example exemple federation files forum ftp git \
    help hostmaster hub images imap img info infos inscription intranet local localhost login \
    logout mail mailer media metrics mta mx news no-reply noreply ns1 ns2 ns3 oauth paiement pop \
    pop3 portail postmaster preprod public recette registre root saline salines search securite \
    security sel selidaire sels signup smtp sso staging static statique stats status statut \
    stripe support system test tests upload webhook webhooks webmail webmaster wiki www www1 \
    www2";

/// 3 to 30 small letters, digits and single inner hyphens; the first is a letter; not reserved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("an address is needed")]
    Empty,
    #[error("an address has at least {SHORTEST} letters")]
    TooShort,
    #[error("an address has at most {LONGEST} letters")]
    TooLong,
    #[error("an address has letters without accents, digits and single inner hyphens")]
    BadLetters,
    #[error("this address is kept for the platform")]
    Reserved,
}

impl Slug {
    /// Reads what a person typed: trimmed, and in small letters.
    pub fn parse(typed: &str) -> Result<Slug, Refusal> {
        let word = typed.trim().to_ascii_lowercase();
        if word.is_empty() {
            return Err(Refusal::Empty);
        }
        if !is_well_formed(&word) {
            return Err(Refusal::BadLetters);
        }
        if RESERVED.split(' ').any(|reserved| reserved == word) {
            return Err(Refusal::Reserved);
        }
        match word.len() {
            ..SHORTEST => Err(Refusal::TooShort),
            SHORTEST..=LONGEST => Ok(Slug(word)),
            _ => Err(Refusal::TooLong),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Two hyphens in a row are refused also because `xn--` would announce another alphabet.
fn is_well_formed(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
        && word.split('-').all(|part| {
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            !part.is_empty() && part.bytes().all(plain)
        })
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        Slug::parse(&text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

/// What a name may begin with and an address need not repeat.
const OPENINGS: &[&[&str]] = &[
    &["systeme", "d", "echange", "local"],
    &["systeme", "d", "echanges", "locaux"],
    &["systeme", "d", "echanges", "local"],
    &["association"],
    &["s", "e", "l"],
    &["sel"],
];
const ARTICLES: &[&str] = &["le", "la", "les", "l", "de", "du", "des", "d"];
/// "SEL et Poivre" keeps its SEL: what follows would not stand alone.
const LINKS: &[&str] = &["et", "ou", "a", "au", "aux", "en"];

/// Proposes the address of a SEL from its name: "SEL de Mars" gives `mars`. `None` if the name
/// has nothing that an address can be made of.
pub fn suggest(name: &str) -> Option<Slug> {
    let words = words_of(name);
    let kept = without_openings(&words);
    let short = cut(kept);
    let longer = format!("sel-{short}");
    [short, longer]
        .iter()
        .find_map(|candidate| Slug::parse(candidate).ok())
}

fn words_of(name: &str) -> Vec<String> {
    // In "SEL'idaire" the name is one play on words, not a SEL of something.
    let joined = name
        .trim()
        .to_lowercase()
        .replacen("sel'", "sel", 1)
        .replacen("sel’", "sel", 1);
    folded(&joined)
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn without_openings(words: &[String]) -> &[String] {
    let mut rest = words;
    while let Some((first, after)) = rest.split_first() {
        let opening = OPENINGS.iter().find(|opening| begins_with(rest, opening));
        rest = match opening {
            Some(opening) => match rest[opening.len()..].first() {
                Some(next) if LINKS.contains(&next.as_str()) => return rest,
                _ => &rest[opening.len()..],
            },
            None if ARTICLES.contains(&first.as_str()) => after,
            None => return rest,
        };
    }
    rest
}

fn begins_with(words: &[String], opening: &[&str]) -> bool {
    words.len() >= opening.len() && words.iter().zip(opening).all(|(word, other)| word == other)
}

/// Joins words with hyphens as long as they fit, and leaves no article hanging where it cut.
fn cut(words: &[String]) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut length = 0;
    for word in words {
        length += word.len() + usize::from(!kept.is_empty());
        if length > LONGEST {
            while kept
                .last()
                .is_some_and(|last| ARTICLES.contains(last) || LINKS.contains(last))
            {
                kept.pop();
            }
            break;
        }
        kept.push(word);
    }
    match (kept.is_empty(), words.first()) {
        (true, Some(long)) => long.chars().take(LONGEST).collect(),
        _ => kept.join("-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refusal(typed: &str) -> Refusal {
        Slug::parse(typed).unwrap_err()
    }

    #[test]
    fn a_typed_address_is_trimmed_and_made_small() {
        assert_eq!(
            Slug::parse("  Clos-Des-3-Fontaines ").unwrap().as_str(),
            "clos-des-3-fontaines"
        );
        assert_eq!(Slug::parse("mars").unwrap().to_string(), "mars");
    }

    #[test]
    fn an_empty_address_is_refused() {
        assert_eq!(refusal(""), Refusal::Empty);
        assert_eq!(refusal(" \u{a0}"), Refusal::Empty);
    }

    #[test]
    fn an_address_has_three_letters_at_least() {
        assert!(Slug::parse("abc").is_ok());
        assert_eq!(refusal("ab"), Refusal::TooShort);
    }

    #[test]
    fn an_address_has_thirty_letters_at_most() {
        assert!(Slug::parse(&"a".repeat(30)).is_ok());
        assert_eq!(refusal(&"a".repeat(31)), Refusal::TooLong);
    }

    #[test]
    fn other_letters_and_stray_hyphens_are_refused() {
        let bad = [
            "3fontaines",
            "-mars",
            "mars-",
            "ma--rs",
            "xn--mars",
            "ma rs",
            "ma_rs",
            "ma.rs",
            "éguilles",
            "mar\u{212a}",
            "-",
            "mars\n-x",
            "ма-рс",
            "mars/..",
        ];
        for typed in bad {
            assert_eq!(refusal(typed), Refusal::BadLetters, "{typed}");
        }
    }

    #[test]
    fn every_reserved_word_is_refused_however_it_is_typed() {
        for word in RESERVED.split(' ') {
            assert_eq!(refusal(word), Refusal::Reserved, "{word}");
            assert_eq!(refusal(&word.to_uppercase()), Refusal::Reserved, "{word}");
        }
        assert!(Slug::parse("console-mars").is_ok());
    }

    #[test]
    fn reading_from_outside_is_held_to_the_same_rules() {
        assert_eq!(Slug::try_from("admin".to_owned()), Err(Refusal::Reserved));
        assert_eq!(
            Slug::try_from("mars".to_owned()).map(String::from),
            Ok("mars".to_owned())
        );
    }

    #[test]
    fn a_name_suggests_its_address() {
        let cases = [
            ("SEL de Mars", "mars"),
            ("Le SEL de la Baie", "baie"),
            ("S.E.L. du Moulin", "moulin"),
            ("SEL des Genêts", "genets"),
            ("Le Clos des Échanges", "clos-des-echanges"),
            ("Système d’échange local de l’Île d’Yeu", "ile-d-yeu"),
            (
                "Système d'échanges locaux du Cœur d'Hérault",
                "coeur-d-herault",
            ),
            ("Association SEL'Ain", "selain"),
            ("Sel’Avenir", "selavenir"),
            ("SEL et Poivre", "sel-et-poivre"),
            ("SEL en Bresse", "sel-en-bresse"),
            ("Grain de Sel", "grain-de-sel"),
            ("SEL 21", "sel-21"),
            ("SEL de Bû", "sel-bu"),
            ("SEL Démo", "sel-demo"),
            ("Bric & Broc (13)", "bric-broc-13"),
        ];
        for (name, address) in cases {
            assert_eq!(
                suggest(name).as_ref().map(Slug::as_str),
                Some(address),
                "{name}"
            );
        }
    }

    #[test]
    fn a_long_name_is_cut_between_two_words() {
        let cut = suggest("SEL des Échangeurs Joyeux de la Vallée de la Durance");
        assert_eq!(cut.unwrap().as_str(), "echangeurs-joyeux-de-la-vallee");
        let cut = suggest("Les voisines et voisins de la petite colline");
        assert_eq!(cut.unwrap().as_str(), "voisines-et-voisins");
        let cut = suggest(&"a".repeat(40));
        assert_eq!(cut.unwrap().as_str(), "a".repeat(30));
    }

    #[test]
    fn a_name_without_letters_of_ours_suggests_nothing() {
        for name in ["", "SEL", "Le SEL", "SEL de la", "*** !", "Соль"] {
            assert_eq!(suggest(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_suggested_is_a_valid_address(name in "\\PC{0,80}") {
            if let Some(slug) = suggest(&name) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
            }
        }

        #[test]
        fn a_name_of_plain_words_always_suggests_something(
            name in "[b-z]{4,12}( [b-z]{4,12}){0,6}",
        ) {
            prop_assert!(suggest(&name).is_some());
        }
    }
}
