use std::sync::LazyLock;

use proptest::prelude::*;
use sel::notice::Reach;

use super::*;
use crate::Eyes;
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
        let mut retitled = entry(MARS_ID, number);
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
    assert_eq!(find(&index, "perce échelle"), [10]);
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
    let garde = found.why.read("La garde de deux enfants");
    assert_eq!(garde.others(), ["garde", "enfants"]);
    let query = Query {
        synonyms: &["zinzin, rosier".to_owned()],
        ..asking("zinzins")
    };
    assert_eq!(numbers(&index.find(&MARS, &query).unwrap()), [1]);
    assert_eq!(find(&index, "zinzins"), []);
}

#[test]
fn two_mistakes_are_forgiven_in_a_long_word() {
    let index = filled();
    assert_eq!(find(&index, "covoiturrages"), [8]);
    assert_eq!(find(&index, "covoituraje"), [8]);
    assert_eq!(find(&index, "covuatirage"), []);
}

#[test]
fn the_nearer_of_two_comes_first_and_what_is_too_far_not_at_all() {
    let index = Index::in_memory().unwrap();
    let at = |number: u8, latitude: f64| {
        let mut twin = far(VENUS_ID, 1, Reach::Platform);
        twin.notice_id = Uuid::from_u128(number.into());
        twin.at.0 = latitude;
        put(twin)
    };
    index
        .apply(vec![at(1, 44.0), at(2, 43.1), at(3, 50.0)], "3")
        .unwrap();
    let viewer = Viewer {
        eyes: Eyes::Passer,
        now: 0,
    };
    let public = Viewer {
        eyes: Eyes::Everywhere {
            association_id: MARS_ID,
            allies: vec![],
        },
        ..viewer.clone()
    };
    let here = (43.0, 0.0);
    let find = |words, most, order| {
        let query = Query {
            near: Some((here, most)),
            order,
            ..asking(words)
        };
        let found = index.find(&public, &query).unwrap();
        assert_eq!(found.total, found.hits.len());
        let km = found.hits.iter().map(|hit| hit.km.unwrap().round());
        (numbers(&found), km.collect::<Vec<_>>())
    };
    assert_eq!(
        find("rosiers", None, Order::Best),
        (vec![2, 1, 3], vec![11.0, 111.0, 778.0])
    );
    assert_eq!(find("", None, Order::Nearest).0, [2, 1, 3]);
    assert_eq!(find("rosiers", Some(50.0), Order::Best).0, [2]);
    assert_eq!(find("", Some(112.0), Order::Nearest).0, [2, 1]);
    assert_eq!(find("", Some(112.0), Order::Newest).0, [2, 1]);
    assert_eq!(index.find(&viewer, &asking("")).unwrap().total, 0);
}

#[test]
fn urgent_ones_gifts_and_fresh_ones_are_counted_and_filtered() {
    let index = filled();
    let mut urgent = entry(MARS_ID, 1);
    urgent.urgent = true;
    let mut gift = entry(MARS_ID, 2);
    gift.gift = true;
    index.apply(vec![put(urgent), put(gift)], "14").unwrap();
    let found = |query: Query<'_>| {
        let found = index.find(&MARS, &query).unwrap();
        (numbers(&found), found.urgent, found.gifts)
    };
    assert_eq!((found(asking("")).1, found(asking("")).2), (1, 1));
    let only = Query {
        urgent: true,
        ..asking("")
    };
    assert_eq!(found(only), (vec![1], 1, 0));
    let only = Query {
        gift: true,
        ..asking("")
    };
    assert_eq!(found(only), (vec![2], 0, 1));
    let since = Query {
        since: Some(11 * 86_400),
        ..asking("")
    };
    assert_eq!(found(since).0, [13, 12]);
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
    assert_eq!((found.total, found.whole), (0, 0));
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
        let mut twin = entry(MARS_ID, 1);
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
        let mut twin = entry(MARS_ID, 1);
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
