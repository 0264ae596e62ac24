use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::fields::Entry;
use crate::notices::*;

fn bold(pieces: &[Piece]) -> Vec<&str> {
    let found = pieces.iter().filter(|piece| piece.found);
    found.map(|piece| piece.text.as_str()).collect()
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
fn one_typing_mistake_is_forgiven() {
    let index = filled();
    assert_eq!(find(&index, "rosirs"), [1]);
    assert_eq!(find(&index, "repasage"), [3]);
    assert_eq!(find(&index, "espganol"), [6]);
    assert_eq!(find(&index, "rsirs"), []);
}

#[test]
fn a_short_word_is_forgiven_its_mistake_only_where_it_is_missing() {
    let index = filled();
    let retitled = |number, title: &str| {
        let mut retitled = entry(&MARS, number);
        retitled.title = title.to_owned();
        put(retitled)
    };
    let breads = vec![retitled(1, "Pain d’épices"), retitled(2, "Un coup de main")];
    index.apply(breads, "14").unwrap();
    assert_eq!(find(&index, "pain"), [1]);
    assert_eq!(find(&index, "bain"), [2, 1]);
    assert_eq!(find(&index, "couer"), [11]);
    index.apply(vec![remove(1)], "15").unwrap();
    assert_eq!(find(&index, "pain"), [2]);
}

#[test]
fn a_stop_word_is_no_beginning_and_no_mistake_of_another_word() {
    let index = filled();
    assert_eq!(find(&index, "danse"), []);
    assert_eq!(find(&index, "ave"), []);
}

#[test]
fn the_beginning_of_a_word_finds_it() {
    let index = filled();
    assert_eq!(find(&index, "repass"), [3]);
    assert_eq!(find(&index, "co"), [13, 8, 6, 11]);
    assert_eq!(find(&index, "perc échelle"), [10]);
}

#[test]
fn the_name_of_a_category_finds_its_notices() {
    assert_eq!(find(&filled(), "transport"), [9, 8]);
}

#[test]
fn every_word_must_be_found() {
    let index = filled();
    assert_eq!(find(&index, "petit enfant"), [9, 5]);
    assert!(!index.find(&MARS, &asking("petit enfant")).unwrap().loosened);
}

#[test]
fn some_of_the_words_are_enough_when_no_notice_has_all() {
    let index = filled();
    let found = index.find(&MARS, &asking("rosiers espagnol")).unwrap();
    assert!(found.loosened);
    assert_eq!(found.total, 2);
    let nothing = index.find(&MARS, &asking("zeppelin xylophone")).unwrap();
    assert_eq!(nothing, Found::default());
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
    let mut louder = entry(&MARS, 3);
    louder.notice_id = Uuid::from_u128(50);
    louder.title = "Couture et retouches".to_owned();
    louder.text = "Après le repassage.".to_owned();
    louder.published_at = i64::MAX;
    index.apply(vec![put(louder)], "14").unwrap();
    assert_eq!(find(&index, "repassage"), [3, 50]);
}

#[test]
fn found_words_stand_apart_in_title_and_snippet() {
    let index = filled();
    let found = index.find(&MARS, &asking("échange legumes")).unwrap();
    assert_eq!(bold(&found.hits[0].title), ["Échanges"]);
    assert_eq!(bold(&found.hits[0].snippet), ["légumes"]);
    let found = index.find(&MARS, &asking("repasage chem")).unwrap();
    assert_eq!(bold(&found.hits[0].title), ["Repassage"]);
    assert_eq!(bold(&found.hits[0].snippet), ["Chemises"]);
}

#[test]
fn filters_narrow_the_hits_and_each_count_heeds_the_other_filter() {
    let index = filled();
    let mut query = asking("");
    query.kind = Some("want");
    let found = index.find(&MARS, &query).unwrap();
    assert_eq!(numbers(&found), [12, 9, 7, 4, 2]);
    assert_eq!(
        found.kinds,
        [("offer".to_owned(), 8), ("want".to_owned(), 5)]
    );
    let wants = ["enfants", "jardin", "maison", "savoirs", "transports"];
    assert_eq!(found.categories, wants.map(|name| (name.to_owned(), 1)));

    query.category = Some("jardin");
    let found = index.find(&MARS, &query).unwrap();
    assert_eq!((numbers(&found), found.total), (vec![2], 1));
    assert_eq!(
        found.kinds,
        [("offer".to_owned(), 2), ("want".to_owned(), 1)]
    );
    assert_eq!(found.categories.len(), 5);

    query.words = "tomates";
    let found = index.find(&MARS, &query).unwrap();
    assert_eq!((found.total, found.loosened), (0, false));
    assert_eq!(found.kinds, [("offer".to_owned(), 1)]);
    assert_eq!(found.categories, []);
}

#[test]
fn an_unknown_filter_finds_nothing() {
    let mut query = asking("");
    query.category = Some("astronautique");
    assert_eq!(filled().find(&MARS, &query).unwrap().total, 0);
}

#[test]
fn a_notice_of_another_association_is_never_found() {
    let index = filled();
    index.apply(vec![put(entry(&VENUS, 1))], "14").unwrap();
    let everything = index.find(&VENUS, &asking("")).unwrap();
    assert_eq!(numbers(&everything), [1]);
    assert_eq!(everything.kinds, [("offer".to_owned(), 1)]);
    for words in [
        "repassage",
        "re",
        "repasage",
        "zinc perceuse",
        "maison",
        "00000001",
    ] {
        let found = index.find(&VENUS, &asking(words)).unwrap();
        assert_eq!((numbers(&found), found.kinds), (vec![], vec![]), "{words}");
    }
    let stranger = Viewer {
        association_id: Uuid::from_u128(3),
        ..Viewer::default()
    };
    assert_eq!(
        index.find(&stranger, &asking("")).unwrap(),
        Found::default()
    );
    assert_eq!(
        index.find(&stranger, &asking("rosiers")).unwrap(),
        Found::default()
    );
}

#[test]
fn of_allies_one_finds_what_they_share() {
    let index = filled();
    let shared = |number| Entry {
        shared: true,
        ..entry(&MARS, number)
    };
    let own = Entry {
        notice_id: Uuid::from_u128(101),
        ..entry(&VENUS, 1)
    };
    let changes = vec![put(shared(3)), put(shared(11)), put(own)];
    index.apply(changes, "14").unwrap();
    let allied = Viewer {
        allies: vec![MARS.association_id],
        ..VENUS
    };
    let everything = index.find(&allied, &asking("")).unwrap();
    assert_eq!(numbers(&everything), [11, 3, 101]);
    let of = |hit: &Hit| hit.association_id;
    let owners: Vec<Uuid> = everything.hits.iter().map(of).collect();
    let (mars, venus) = (MARS.association_id, VENUS.association_id);
    assert_eq!(owners, [mars, mars, venus]);
    assert_eq!(
        everything.categories,
        [("jardin".to_owned(), 2), ("maison".to_owned(), 1)]
    );
    let query = Query {
        category: Some("jardin"),
        ..asking("")
    };
    let found = index.find(&allied, &query).unwrap();
    assert_eq!(numbers(&found), [11, 101]);
    let unshared = index.find(&allied, &asking("espagnol")).unwrap();
    assert_eq!(numbers(&unshared), []);
    assert_eq!(numbers(&index.find(&VENUS, &asking("")).unwrap()), [101]);
}

#[test]
fn what_has_run_out_is_neither_found_nor_counted() {
    let index = filled();
    let at = |days: i64| {
        let viewer = Viewer {
            now: days * 86_400,
            ..MARS
        };
        let found = index.find(&viewer, &asking("")).unwrap();
        (
            found.total,
            found.kinds.iter().map(|(_, count)| count).sum(),
        )
    };
    // The first expires on day 366, the last on day 378.
    assert_eq!(at(365), (13, 13));
    assert_eq!(at(366), (12, 12));
    assert_eq!(at(377), (1, 1));
    assert_eq!(at(378), (0, 0));
}

#[test]
fn everything_comes_newest_first_page_by_page() {
    let index = filled();
    let page = |offset, limit| {
        let query = Query {
            offset,
            limit,
            ..asking("  ")
        };
        let found = index.find(&MARS, &query).unwrap();
        assert_eq!(found.total, 13);
        numbers(&found)
    };
    assert_eq!(page(0, 5), [13, 12, 11, 10, 9]);
    assert_eq!(page(5, 5), [8, 7, 6, 5, 4]);
    assert_eq!(page(10, 5), [3, 2, 1]);
    assert_eq!(page(13, 5), []);
    assert_eq!(page(usize::MAX, usize::MAX), []);
    assert_eq!(page(0, 0), []);
}

#[test]
fn a_page_holds_fifty_hits_at_most() {
    let index = Index::in_memory().unwrap();
    let twins = (0..60_u128).map(|number| {
        let mut twin = entry(&MARS, 1);
        twin.notice_id = Uuid::from_u128(number);
        put(twin)
    });
    index.apply(twins.collect(), "60").unwrap();
    for (limit, given) in [(49, 49), (50, 50), (51, 50)] {
        let query = Query {
            limit,
            ..asking("rosiers")
        };
        let found = index.find(&MARS, &query).unwrap();
        assert_eq!((found.total, found.hits.len()), (60, given));
    }
}

#[test]
fn equal_scores_come_newest_first_and_urgent_ones_before() {
    let index = Index::in_memory().unwrap();
    let twin = |number: u8, urgent| {
        let mut twin = entry(&MARS, 1);
        twin.notice_id = Uuid::from_u128(number.into());
        twin.published_at = number.into();
        twin.urgent = urgent;
        put(twin)
    };
    let twins = vec![
        twin(1, false),
        twin(2, true),
        twin(4, false),
        twin(3, false),
    ];
    index.apply(twins, "4").unwrap();
    assert_eq!(find(&index, "rosiers"), [2, 4, 3, 1]);
    assert_eq!(find(&index, ""), [4, 3, 2, 1]);
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
        assert!(find(&index, words).contains(&1), "{words}");
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
    let index = Index::in_memory().unwrap();
    let mut sly = entry(&MARS, 1);
    sly.title = "<b>Rosiers</b>".to_owned();
    index.apply(vec![put(sly)], "1").unwrap();
    let found = index.find(&MARS, &asking("rosiers")).unwrap();
    let texts: Vec<_> = found.hits[0]
        .title
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
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
