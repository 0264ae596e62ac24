use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::notices::*;

/// The words of a text that are why it was found.
fn bold(found: &Found, text: &str) -> Vec<String> {
    let pieces = found.why.read(text).whole().into_iter();
    let found = pieces.filter(|piece| piece.found);
    found.map(|piece| piece.text).collect()
}

#[test]
fn a_word_is_found_by_its_stem() {
    let index = filled();
    assert_eq!(find(&index, "tailler un rosier"), [1]);
    assert_eq!(find(&index, "légume"), [7]);
    assert_eq!(find(&index, "étagère"), [10]);
}

#[test]
fn accents_are_of_no_matter_in_the_query_nor_in_the_text() {
    let index = filled();
    assert_eq!(find(&index, "echange"), [7]);
    assert_eq!(find(&index, "electricite"), [4]);
    assert_eq!(find(&index, "électricités"), [4]);
    assert_eq!(find(&index, "rosïérs"), [1]);
    assert_eq!(find(&index, "coeur de boeuf"), [11]);
}

#[test]
fn an_elided_word_hides_nothing() {
    let index = filled();
    assert_eq!(find(&index, "ecole"), [5]);
    assert_eq!(find(&index, "L'ÉCOLE"), [5]);
    assert_eq!(find(&index, "l’espagnol"), [6]);
}

#[test]
fn the_beginning_of_a_word_finds_it() {
    let index = filled();
    assert_eq!(find(&index, "repass"), [3]);
    assert_eq!(find(&index, "co"), [13, 8, 6, 11]);
    assert_eq!(find(&index, "perce échelle"), [10]);
}

#[test]
fn a_short_word_that_stands_in_three_notices_is_no_beginning_however_far_one_looks_back() {
    let index = filled();
    let with = |number, title: &str| {
        let mut notice = entry(MARS_ID, number);
        notice.title = title.to_owned();
        put(notice)
    };
    assert_eq!(find(&index, "auto"), [7]);
    let cars = [1, 2, 3].map(|number| with(number, "Une auto à partager"));
    index
        .apply(cars.into_iter().take(2).collect(), "14")
        .unwrap();
    assert_eq!(find(&index, "auto").len(), 3, "two may be a slip");
    index.apply(vec![with(3, "Auto école")], "15").unwrap();
    assert_eq!(find(&index, "auto"), [3, 2, 1]);
    assert_eq!(find(&index, "aut").len(), 4);
    for literal in [true, false] {
        let new = Query {
            since: Some(6 * 86_400),
            literal,
            ..asking("auto")
        };
        assert!(is_nothing(&index.find(&MARS, &new).unwrap()), "{literal}");
    }
}

#[test]
fn a_filter_by_urgency_finds_as_many_as_its_count_says() {
    let index = filled();
    let mut gifts = Vec::new();
    for number in [1, 2, 10, 11] {
        let mut notice = entry(MARS_ID, number);
        notice.gift = true;
        notice.urgent = number == 10;
        gifts.push(put(notice));
    }
    index.apply(gifts, "14").unwrap();
    let counted = index.find(&MARS, &asking("jardin enfants")).unwrap();
    let asked = |urgent, gift| {
        let query = Query {
            urgent,
            gift,
            ..asking("jardin enfants")
        };
        index.find(&MARS, &query).unwrap()
    };
    let given = asked(false, true);
    assert_eq!(given.total, counted.gifts);
    assert_eq!((given.urgent, asked(true, true).total), (0, 0));
    let all = |urgent, gift| {
        let query = Query {
            urgent,
            gift,
            ..asking("")
        };
        index.find(&MARS, &query).unwrap()
    };
    assert_eq!((all(false, true).total, all(false, true).urgent), (4, 1));
    assert_eq!(all(true, true).total, 1);
}

#[test]
fn the_name_of_a_category_finds_its_notices() {
    assert_eq!(find(&filled(), "transport"), [8, 9]);
}

#[test]
fn every_word_must_be_found() {
    let index = filled();
    assert_eq!(find(&index, "petit enfant"), [9, 12, 5]);
    assert_eq!(find(&index, "soir enfants"), [12]);
    let found = index.find(&MARS, &asking("enfant sages")).unwrap();
    assert_eq!((found.whole, found.hits[0].notice_id.as_u128()), (1, 12));
    let counted: usize = found.kinds.iter().map(|(_, count)| count).sum();
    assert_eq!(counted, found.total, "what follows is counted too");
}

#[test]
fn some_of_the_words_are_enough_when_no_notice_has_all() {
    let index = filled();
    let found = index.find(&MARS, &asking("rosiers espagnol")).unwrap();
    assert_eq!((found.whole, found.total), (0, 2));
    let nothing = index.find(&MARS, &asking("zeppelin xylophone")).unwrap();
    assert!(is_nothing(&nothing));
}

#[test]
fn stop_words_are_ignored_beside_others_and_sought_alone() {
    let index = filled();
    assert_eq!(find(&index, "le repassage de la maison"), [3]);
    assert_eq!(find(&index, "le même"), [3]);
    assert_eq!(find(&index, "même"), [3]);
}

#[test]
fn a_title_weighs_more_than_a_text() {
    let index = filled();
    let mut louder = entry(MARS_ID, 3);
    louder.notice_id = Uuid::from_u128(50);
    louder.title = "Couture et retouches".to_owned();
    louder.text = "Après le repassage.".to_owned();
    louder.published_at = i64::MAX;
    index.apply(vec![put(louder)], "14").unwrap();
    assert_eq!(find(&index, "repassage"), [3, 50]);
}

#[test]
fn found_words_stand_apart() {
    let index = filled();
    let found = index.find(&MARS, &asking("échange legumes")).unwrap();
    assert_eq!(bold(&found, "Échanges de recettes"), ["Échanges"]);
    assert_eq!(bold(&found, "Autour des légumes"), ["légumes"]);
    let found = index.find(&MARS, &asking("repasage chem")).unwrap();
    assert_eq!(bold(&found, "Repassage à domicile"), ["Repassage"]);
    assert_eq!(bold(&found, "Chemises et draps"), ["Chemises"]);
    assert_eq!(
        found.why.read("Repassage de chemises").others(),
        ["repassage"]
    );
}

#[test]
fn a_synonym_and_a_compound_find_what_they_mean() {
    let index = filled();
    assert_eq!(find(&index, "bicyclette"), [9]);
    assert_eq!(find(&index, "babysitting"), [12, 5]);
    assert_eq!(find(&index, "garder des enfants"), [5, 12]);
    assert_eq!(find(&index, "co-voiturage"), [8]);
    let found = index.find(&MARS, &asking("baby-sitting")).unwrap();
    assert!(found.why.read("Deux enfants sages").others().is_empty());
    let garde = found.why.read("La Garde d’enfants, le soir");
    assert_eq!(garde.others(), ["garde d’enfants"]);
    let apart = found.why.read("Je garde les chats et deux enfants");
    assert!(apart.others().is_empty());
    let query = Query {
        synonyms: &["zinzin, rosier".to_owned()],
        ..asking("zinzins")
    };
    assert_eq!(numbers(&index.find(&MARS, &query).unwrap()), [1]);
    assert_eq!(find(&index, "zinzins"), []);
}

#[test]
fn odd_queries_find_little_and_never_fail() {
    let index = filled();
    let long = "rosiers ".repeat(10_000);
    let endless = "a".repeat(100_000);
    for words in [
        "\"rosiers",
        "(rosiers",
        "rosiers)",
        "rosiers*",
        "rosiers~2",
        "+rosiers",
        "title:rosiers",
        "rosiers OR",
        "🌹 rosiers 🌹",
        "rosiers \\",
        "\0rosiers",
        "[rosiers TO",
        &long,
    ] {
        let found = index.find(&MARS, &asking(words)).unwrap();
        assert!(numbers(&found).contains(&1), "{words}");
    }
    for words in ["*", "\"\"", "🎉", "'", "-", "\u{301}", &endless] {
        assert_eq!(find(&index, words), [], "{words}");
    }
    for words in [
        "OR",
        "AND NOT",
        "a*",
        "l'",
        "²",
        "ﬁ",
        "ﷺ",
        "İ",
        "<script>alert(1)</script>",
    ] {
        find(&index, words);
    }
}

#[test]
fn html_in_a_text_stays_text() {
    let found = filled().find(&MARS, &asking("rosiers")).unwrap();
    let pieces = found.why.read("<b>Rosiers</b>").whole().into_iter();
    let texts: Vec<_> = pieces.map(|piece| piece.text).collect();
    assert_eq!(texts, ["<b>", "Rosiers", "</b>"]);
}

static FILLED: LazyLock<Index> = LazyLock::new(filled);

proptest! {
    #[test]
    fn no_query_makes_find_fail(
        words in prop_oneof![".*", "[a-zéèœ’' \"(*~]{0,60}"],
        kind in proptest::option::of(".{0,8}"),
    ) {
        let query = Query { kind: kind.as_deref(), ..asking(&words) };
        let found = FILLED.find(&MARS, &query);
        prop_assert!(found.is_ok_and(|found| found.hits.len() <= found.total));
    }
}

#[test]
fn what_is_only_akin_is_sought_where_there_is_no_plenty_of_the_thing() {
    let index = filled();
    let titled = |number: u8, title: &str| {
        let mut notice = entry(MARS_ID, 1);
        notice.notice_id = uuid::Uuid::from_u128(number.into());
        notice.title = title.to_owned();
        notice.kind = if number.is_multiple_of(2) {
            "offer"
        } else {
            "want"
        }
        .to_owned();
        put(notice)
    };
    let lines = ["zébu, gnou > licol".to_owned()];
    let total = |kind| {
        let query = Query {
            synonyms: &lines,
            kind,
            ..asking("zébu")
        };
        index.find(&MARS, &query).unwrap().total
    };
    let few = [101, 102, 103, 104].map(|number| titled(number, "Zébu"));
    let beside = vec![titled(105, "Licol"), titled(107, "Gnou")];
    index
        .apply(few.into_iter().chain(beside).collect(), "20")
        .unwrap();
    assert_eq!(total(None), 6);
    index.apply(vec![titled(106, "Zébu")], "21").unwrap();
    assert_eq!(total(None), 6, "five say it, and another says the same");
    assert_eq!(total(Some("want")), 4, "of this kind there are few");
}
