//! What the address of the list asks for, and the addresses of its links.

use askama::filters::urlencode_strict;
use door::form::Query;
use sel::notice::Kind;

/// Pages that one may turn to: further on one searches.
const PAGES: usize = 500;
/// Letters of a search that are read.
const WORDS_LETTERS: usize = 200;

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) words: String,
    pub(super) kind: Option<Kind>,
    /// A rubric's code.
    pub(super) rubric: String,
    /// Whether allies are looked through as well.
    pub(super) wide: bool,
    pub(super) page: usize,
}

impl Asked {
    pub(super) fn read(query: &Query) -> Asked {
        let page = query.0.get("page").parse().unwrap_or(1);
        Asked {
            words: query.0.get("q").chars().take(WORDS_LETTERS).collect(),
            kind: match query.0.get("sens") {
                "offre" => Some(Kind::Offer),
                "demande" => Some(Kind::Want),
                _ => None,
            },
            rubric: query.0.get("rubrique").to_owned(),
            wide: query.0.get("ou") == "allies",
            page: page.clamp(1, PAGES),
        }
    }

    pub(super) fn sens(&self) -> &'static str {
        match self.kind {
            None => "",
            Some(Kind::Offer) => "offre",
            Some(Kind::Want) => "demande",
        }
    }

    /// The address that asks for this.
    pub(super) fn href(&self) -> String {
        let page = if self.page > 1 {
            self.page.to_string()
        } else {
            String::new()
        };
        let pairs = [
            ("q", self.words.as_str()),
            ("sens", self.sens()),
            ("rubrique", &self.rubric),
            ("ou", if self.wide { "allies" } else { "" }),
            ("page", &page),
        ];
        let mut query: Vec<String> = Vec::new();
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            let Ok(value) = urlencode_strict(value);
            query.push(format!("{name}={value}"));
        }
        if query.is_empty() {
            "/annonces".to_owned()
        } else {
            format!("/annonces?{}", query.join("&"))
        }
    }

    pub(super) fn with(&self, change: impl FnOnce(&mut Asked)) -> String {
        let mut asked = Asked {
            page: 1,
            ..self.clone()
        };
        change(&mut asked);
        asked.href()
    }

    pub(super) fn at_page(&self, page: usize) -> String {
        self.with(|asked| asked.page = page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use door::Fields;

    fn asked(query: &str) -> Asked {
        Asked::read(&Query(Fields::parse(query.as_bytes())))
    }

    #[test]
    fn what_is_asked_stands_in_the_address() {
        let it = asked("q=taille+%26+tonte&sens=offre&rubrique=01&ou=allies&page=3");
        assert_eq!(
            it.href(),
            "/annonces?q=taille%20%26%20tonte&sens=offre&rubrique=01&ou=allies&page=3"
        );
        assert_eq!(asked("ou=partout").href(), "/annonces");
        assert_eq!(asked("").href(), "/annonces");
    }

    #[test]
    fn a_filter_taken_away_leads_to_the_first_page() {
        let it = asked("sens=demande&page=3");
        assert_eq!(it.with(|asked| asked.kind = None), "/annonces");
        assert_eq!(it.at_page(4), "/annonces?sens=demande&page=4");
    }

    #[test]
    fn odd_addresses_ask_for_the_whole_list() {
        assert_eq!(
            asked("sens=autre&page=-1"),
            Asked {
                page: 1,
                ..Asked::default()
            }
        );
        assert_eq!(asked("page=0").page, 1);
        assert_eq!(asked("page=500").page, PAGES);
        assert_eq!(asked("page=501").page, PAGES);
        let long = format!("q={}", "a".repeat(201));
        assert_eq!(asked(&long).words.len(), WORDS_LETTERS);
    }
}
