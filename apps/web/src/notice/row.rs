//! A notice as one row of a list.

use ::search::Piece;
use door::frame::{initials, letter, tint};
use door::{Frame, Present};
use sel::amount::Unit;
use sel::notice::{Kind, Price};
use store::notice::{Notice, Shared};
use words::Words;

/// About how much of the text a row shows, in letters.
const TEXT_LETTERS: usize = 160;

/// One row, ready to be shown.
pub(crate) struct Row {
    pub(crate) href: String,
    /// Also the class of its badge: `offer` or `want`.
    pub(crate) kind: &'static str,
    pub(crate) urgent: bool,
    pub(crate) mine: bool,
    /// In pieces, the words that were sought apart.
    pub(crate) category: Vec<Piece>,
    pub(crate) title: Vec<Piece>,
    pub(crate) text: Vec<Piece>,
    /// The SEL, where it is another one.
    pub(crate) author: String,
    pub(crate) number: Option<i32>,
    pub(crate) initials: String,
    pub(crate) tint: u8,
    pub(crate) place: Option<String>,
    pub(crate) price: String,
    /// The address of the photo on its cover.
    pub(crate) cover: Option<String>,
}

/// These notices as rows, as this member may see them.
pub(crate) fn rows(present: &Present, notices: &[Notice]) -> Vec<Row> {
    notices.iter().map(|notice| row(present, notice)).collect()
}

pub(super) fn row(present: &Present, notice: &Notice) -> Row {
    let mine = notice.member_id() == present.member.id();
    Row {
        href: format!("/annonces/{}", notice.id()),
        kind: notice.kind().as_str(),
        urgent: notice.urgent,
        mine,
        category: plain(&notice.category_name),
        title: plain(&notice.title),
        text: plain(&beginning(&notice.body, TEXT_LETTERS)),
        author: author(present, notice),
        number: Some(notice.author_number),
        initials: initials(&notice.author_first, &notice.author_last),
        tint: tint(notice.author_number),
        place: place(present, notice),
        price: price(present.words(), &present.rules.unit, notice.price()),
        cover: notice.cover_id().map(|id| format!("/photos/{id}/petite")),
    }
}

/// A notice of another SEL, of which nobody here knows the author, so far away, at this address.
/// What it asks is said in our unit too, if we have one.
pub(crate) fn of_another(
    words: Words,
    ours: Option<&Unit>,
    notice: &Shared,
    km: Option<f64>,
    href: String,
) -> Row {
    Row {
        kind: notice.kind().as_str(),
        urgent: notice.urgent,
        mine: false,
        category: plain(&notice.category_name),
        title: plain(&notice.title),
        text: plain(&beginning(&notice.body, TEXT_LETTERS)),
        author: notice.sel.clone(),
        number: None,
        initials: letter(&notice.sel),
        tint: tint(tint_number(&notice.code)),
        place: Some(place_there(words, &notice.place, km)),
        price: match ours {
            Some(ours) => price_there(words, ours, notice),
            None => price(words, &notice.unit(), notice.price()),
        },
        cover: notice
            .cover_id()
            .map(|id| format!("{href}/photos/{id}/petite")),
        href,
    }
}

/// "Aubagne, à 16 km".
fn place_there(words: Words, place: &str, km: Option<f64>) -> String {
    let far = km.filter(|km| *km >= 1.0).map(|km| format!("{km:.0}"));
    match far {
        None => place.to_owned(),
        Some(km) => {
            let names = [("place", place.into()), ("km", km.into())];
            words.say_with("notice-place-far", &names)
        }
    }
}

/// The page of a notice of another SEL.
pub(crate) fn there(notice: &Shared) -> String {
    crate::notice::theirs_path(&notice.code, notice.id())
}

/// A number that is always the same for a SEL.
pub(crate) fn tint_number(code: &str) -> i32 {
    code.bytes().map(i32::from).sum()
}

/// What is asked in the other SEL's unit, and what one here would give, or receive where it is
/// wanted: "1 heure pour une heure, soit 60 grains l'heure".
pub(super) fn price_there(words: Words, ours: &Unit, notice: &Shared) -> String {
    let theirs = notice.unit();
    let said = price(words, &theirs, notice.price());
    let side = notice.kind().side(true);
    let here = |units| sel::crossing::quote(units, side, &theirs, ours).map(|it| it.theirs);
    let here = match notice.price() {
        _ if theirs == *ours => None,
        Price::Fixed(units) => here(units).map(Price::Fixed),
        Price::Hourly(units) => here(units).map(Price::Hourly),
        Price::Discuss | Price::Gift => None,
    };
    match here {
        None => said,
        Some(here) => {
            let names = [
                ("price", said.into()),
                ("here", price(words, ours, here).into()),
            ];
            words.say_with("notice-price-there", &names)
        }
    }
}

/// Whether this member sees all of the author: oneself and the board do.
fn sees_all(present: &Present, notice: &Notice) -> bool {
    notice.member_id() == present.member.id() || sits_on_the_board(present)
}

pub(super) fn sits_on_the_board(present: &Present) -> bool {
    !present.member.rights().is_empty()
}

/// The author's name, as the directory shows it to this member.
pub(super) fn author(present: &Present, notice: &Notice) -> String {
    crate::member::shown_name(
        sees_all(present, notice),
        &present.rules,
        &notice.author_first,
        &notice.author_last,
    )
}

/// Where the author lives, where the directory tells it to this member.
pub(super) fn place(present: &Present, notice: &Notice) -> Option<String> {
    let shown = present.rules.directory.places || sees_all(present, notice);
    notice.author_place.clone().filter(|_| shown)
}

/// What is asked in return: "60 grains l'heure", "don"; "1 heure pour une heure" where hours are
/// counted.
pub(crate) fn price(words: Words, unit: &Unit, price: Price) -> String {
    match price {
        Price::Fixed(units) => unit.amount(units),
        Price::Hourly(units) if unit.is_the_hour() => words.say_with(
            "notice-price-hours",
            &[("amount", unit.amount(units).into())],
        ),
        Price::Hourly(units) => words.say_with(
            "notice-price-hourly",
            &[("amount", unit.amount(units).into())],
        ),
        Price::Discuss => words.say("notice-price-discuss"),
        Price::Gift => words.say("notice-price-gift"),
    }
}

/// The word on the badge.
pub(crate) fn kind_name(words: Words, kind: Kind) -> String {
    words.say(match kind {
        Kind::Offer => "notice-offer",
        Kind::Want => "notice-want",
    })
}

impl Row {
    /// The word on its badge.
    pub(crate) fn kind_name(&self, frame: &Frame) -> String {
        kind_name(frame.words, Kind::parse(self.kind).unwrap_or(Kind::Offer))
    }
}

pub(crate) fn plain(text: &str) -> Vec<Piece> {
    vec![Piece {
        text: text.to_owned(),
        found: false,
    }]
}

/// The first so many letters or so, cut between words.
pub(crate) fn beginning(text: &str, letters: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = text.char_indices().nth(letters) else {
        return text;
    };
    let end = text[..end].rfind(' ').unwrap_or(end);
    format!(
        "{}…",
        text[..end].trim_end_matches([',', ';', ':', '.', ' '])
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_shown_whole_and_on_one_line() {
        assert_eq!(
            beginning("Deux heures.\n\nPas d’échelle.", TEXT_LETTERS),
            "Deux heures. Pas d’échelle."
        );
        let on = "é".repeat(TEXT_LETTERS);
        assert_eq!(beginning(&on, TEXT_LETTERS), on);
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = format!("{}, puis la suite", "é".repeat(TEXT_LETTERS - 4));
        assert_eq!(
            beginning(&text, TEXT_LETTERS),
            format!("{}…", "é".repeat(TEXT_LETTERS - 4))
        );
        let endless = "é".repeat(TEXT_LETTERS + 1);
        assert_eq!(
            beginning(&endless, TEXT_LETTERS).chars().count(),
            TEXT_LETTERS + 1
        );
    }

    #[test]
    fn a_price_is_said_in_the_unit_of_the_sel() {
        let unit = door::errors::no_unit();
        let say = |it| price(Words::default(), &unit, it);
        assert_eq!(say(Price::Fixed(5)), "5\u{a0}grains");
        assert_eq!(say(Price::Hourly(60)), "60\u{a0}grains l’heure");
        assert_eq!(say(Price::Discuss), "à discuter");
        assert_eq!(say(Price::Gift), "don");
    }
}
