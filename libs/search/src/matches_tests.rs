use sel::notice::Reach;
use uuid::Uuid;

use crate::notices::*;
use crate::{Eyes, Index, Order, Query, Viewer};

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
