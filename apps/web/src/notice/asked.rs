//! What the address of the list asks for, and the addresses of its links.

use ::search::Order;
use askama::filters::urlencode_strict;
use door::form::Query;
use finder::Reach;
use sel::notice::Kind;

/// Pages that one may turn to: further on one searches.
const PAGES: usize = 500;
/// Letters of a search that are read, and of the name of a locality.
const WORDS_LETTERS: usize = 200;
const PLACE_LETTERS: usize = 100;
const RUBRIC_LETTERS: usize = 10;
/// How far one may look, in kilometres.
pub(crate) const DISTANCES: [u16; 4] = [10, 25, 50, 100];
/// How old a notice may be, in days.
pub(crate) const AGES: [i64; 3] = [7, 30, 90];

/// The page of what a SEL shows to everybody.
pub(crate) const SHOWCASE: &str = "/vitrine";

/// How far one looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Where {
    #[default]
    Home,
    Allies,
    Everywhere,
    /// At what one SEL shows to everybody.
    Showcase,
    /// At what all SELs show to everybody.
    Showcases,
}

impl Where {
    fn value(self) -> &'static str {
        match self {
            Where::Home | Where::Showcase | Where::Showcases => "",
            Where::Allies => "allies",
            Where::Everywhere => "sels",
        }
    }

    /// The page that lists what is found there.
    pub(crate) fn page(self) -> &'static str {
        match self {
            Where::Showcase => SHOWCASE,
            _ => "/annonces",
        }
    }

    /// How far a member looks from there.
    pub(crate) fn reach(self) -> Reach {
        match self {
            Where::Home | Where::Showcase | Where::Showcases => Reach::Home,
            Where::Allies => Reach::Allies,
            Where::Everywhere => Reach::Everywhere,
        }
    }

    /// Whether there all is near.
    fn is_one_sel(self) -> bool {
        matches!(self, Where::Home | Where::Showcase)
    }
}

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) words: String,
    pub(crate) kind: Option<Kind>,
    /// A rubric's code.
    pub(crate) rubric: String,
    pub(crate) place: Where,
    /// The locality from where distances count: as typed, or chosen among several of that name.
    pub(crate) town: String,
    pub(crate) town_id: Option<u32>,
    pub(crate) km: Option<u16>,
    pub(crate) order: Order,
    pub(crate) urgent: bool,
    pub(crate) gift: bool,
    /// So many days old at the most.
    pub(crate) days: Option<i64>,
    pub(crate) page: usize,
}

impl Asked {
    pub(crate) fn read(query: &Query) -> Asked {
        Asked::typed(query).at_home()
    }

    fn typed(query: &Query) -> Asked {
        let get = |name| query.0.get(name);
        let some = |name, letters| get(name).trim().chars().take(letters).collect();
        let page = get("page").parse().unwrap_or(1);
        Asked {
            words: get("q").chars().take(WORDS_LETTERS).collect(),
            kind: match get("sens") {
                "offre" => Some(Kind::Offer),
                "demande" => Some(Kind::Want),
                _ => None,
            },
            rubric: some("rubrique", RUBRIC_LETTERS),
            place: match get("ou") {
                "allies" => Where::Allies,
                "sels" => Where::Everywhere,
                _ => Where::Home,
            },
            town: some("commune", PLACE_LETTERS),
            town_id: get("lieu").parse().ok(),
            km: get("rayon")
                .parse()
                .ok()
                .filter(|km| DISTANCES.contains(km)),
            order: match get("tri") {
                "date" => Order::Newest,
                "distance" => Order::Nearest,
                _ => Order::Best,
            },
            urgent: get("urgent") == "oui",
            gift: get("don") == "oui",
            days: get("depuis")
                .parse()
                .ok()
                .filter(|days| AGES.contains(days)),
            page: page.clamp(1, PAGES),
        }
    }

    /// As anybody asks, who looks there.
    pub(crate) fn read_there(query: &Query, place: Where) -> Asked {
        let asked = Asked {
            place,
            ..Asked::typed(query)
        };
        asked.at_home()
    }

    /// At home everything is near: what is said of distance counts elsewhere only.
    fn at_home(mut self) -> Asked {
        if self.place.is_one_sel() {
            self.town.clear();
            self.town_id = None;
            self.km = None;
            if self.order == Order::Nearest {
                self.order = Order::Best;
            }
        }
        self
    }

    pub(crate) fn sens(&self) -> &'static str {
        match self.kind {
            None => "",
            Some(Kind::Offer) => "offre",
            Some(Kind::Want) => "demande",
        }
    }

    /// Whether more is asked than kind and rubric, so that the index has to be.
    pub(crate) fn needs_index(&self) -> bool {
        let narrowed = self.urgent || self.gift || self.days.is_some();
        !self.words.is_empty() || self.place != Where::Home || narrowed
    }

    /// Whether anything beside words and place narrows what is found.
    pub(crate) fn is_filtered(&self) -> bool {
        let narrowed = self.urgent || self.gift || self.days.is_some() || self.km.is_some();
        self.kind.is_some() || !self.rubric.is_empty() || narrowed
    }

    /// Whether nothing is asked at all.
    pub(crate) fn is_bare(&self) -> bool {
        self.words.is_empty() && !self.is_filtered()
    }

    /// The same without what narrows it.
    pub(crate) fn unfiltered(&self) -> Asked {
        Asked {
            words: self.words.clone(),
            place: self.place,
            town: self.town.clone(),
            town_id: self.town_id,
            order: self.order,
            page: 1,
            ..Asked::default()
        }
    }

    /// Name and value of all that is asked, without what is not.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, String)> {
        let yes = |is| if is { "oui" } else { "" }.to_owned();
        let number = |it: Option<i64>| it.map(|it| it.to_string()).unwrap_or_default();
        let page = i64::try_from(self.page).ok().filter(|page| *page > 1);
        let order = match self.order {
            Order::Best => "",
            Order::Newest => "date",
            Order::Nearest => "distance",
        };
        let pairs = [
            ("q", self.words.clone()),
            ("sens", self.sens().to_owned()),
            ("rubrique", self.rubric.clone()),
            ("ou", self.place.value().to_owned()),
            ("commune", self.town.clone()),
            ("lieu", number(self.town_id.map(i64::from))),
            ("rayon", number(self.km.map(i64::from))),
            ("tri", order.to_owned()),
            ("urgent", yes(self.urgent)),
            ("don", yes(self.gift)),
            ("depuis", number(self.days)),
            ("page", number(page)),
        ];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        said.collect()
    }

    /// What a form must send along that has these fields itself. It leads to the first page.
    pub(crate) fn beside(&self, fields: &[&str]) -> Vec<(&'static str, String)> {
        let pairs = self.pairs().into_iter();
        let others = pairs.filter(|(name, _)| *name != "page" && !fields.contains(name));
        others.collect()
    }

    /// What of the address is worth keeping: all that narrows, from the first page on. Empty where
    /// nothing does.
    pub(crate) fn kept(&self) -> String {
        let asked = Asked {
            page: 1,
            days: None,
            order: Order::Best,
            ..self.clone()
        };
        if asked.words.trim().is_empty() && !asked.is_filtered() {
            return String::new();
        }
        let href = asked.href();
        href.split_once('?')
            .map_or_else(String::new, |(_, it)| it.to_owned())
    }

    /// The address that asks for this.
    pub(crate) fn href(&self) -> String {
        let pair = |(name, value): (&str, String)| {
            let Ok(value) = urlencode_strict(&value);
            format!("{name}={value}")
        };
        let (page, query) = (self.place.page(), self.pairs());
        let query: Vec<String> = query.into_iter().map(pair).collect();
        if query.is_empty() {
            page.to_owned()
        } else {
            format!("{page}?{}", query.join("&"))
        }
    }

    pub(crate) fn with(&self, change: impl FnOnce(&mut Asked)) -> String {
        let mut asked = Asked {
            page: 1,
            ..self.clone()
        };
        change(&mut asked);
        asked.at_home().href()
    }

    pub(crate) fn at_page(&self, page: usize) -> String {
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
        for address in [
            "/annonces?q=taille%20%26%20tonte&sens=offre&rubrique=01&ou=allies&page=3",
            "/annonces?ou=sels&commune=Aix&lieu=7&rayon=25&tri=distance&don=oui&depuis=30",
        ] {
            let (_, query) = address.split_once('?').unwrap();
            assert_eq!(asked(query).href(), address);
        }
        assert_eq!(asked("ou=partout").href(), "/annonces");
        assert_eq!(asked("").href(), "/annonces");
    }

    #[test]
    fn at_home_nothing_is_said_of_distance() {
        let address = "lieu=7&commune=Aix&rayon=25&tri=distance";
        assert_eq!(asked(address).href(), "/annonces");
        let far = asked(&format!("{address}&ou=sels"));
        assert_eq!(far.with(|asked| asked.place = Where::Home), "/annonces");
    }

    #[test]
    fn a_filter_taken_away_leads_to_the_first_page() {
        let it = asked("sens=demande&page=3");
        assert_eq!(it.with(|asked| asked.kind = None), "/annonces");
        assert_eq!(it.at_page(4), "/annonces?sens=demande&page=4");
    }

    #[test]
    fn what_narrows_is_worth_keeping_and_nothing_else() {
        let kept = |query| asked(query).kept();
        assert_eq!(kept("q=tri&page=3&depuis=7&tri=date"), "q=tri");
        assert_eq!(kept("ou=sels&don=oui"), "ou=sels&don=oui");
        for nothing in [
            "",
            "ou=sels",
            "ou=sels&depuis=7",
            "q=+&tri=date",
            "commune=Aix",
        ] {
            assert_eq!(kept(nothing), "", "{nothing}");
        }
    }

    #[test]
    fn a_form_sends_along_what_it_does_not_ask() {
        let it = asked("q=tri&sens=offre&page=3");
        assert_eq!(it.beside(&["q"]), [("sens", "offre".to_owned())]);
    }

    #[test]
    fn odd_addresses_ask_for_the_whole_list() {
        assert_eq!(
            asked("sens=autre&page=-1&rayon=7&depuis=0&tri=x&lieu=a"),
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
