use sel::notice::Reach;
use uuid::Uuid;

use super::*;
use crate::Index;
use crate::notices::*;

fn seen(index: &Index, eyes: Eyes) -> Vec<(u128, u128)> {
    let viewer = Viewer { eyes, now: 0 };
    let found = index.find(&viewer, &asking("")).unwrap();
    let hits = found.hits.iter();
    hits.map(|hit| (hit.association_id.as_u128(), hit.notice_id.as_u128()))
        .collect()
}

#[test]
fn a_notice_of_another_association_is_never_found() {
    let index = filled();
    index.apply(vec![put(entry(VENUS_ID, 1))], "14").unwrap();
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
    let stranger = home(Uuid::from_u128(3));
    for words in ["", "rosiers"] {
        assert!(is_nothing(&index.find(&stranger, &asking(words)).unwrap()));
    }
}

#[test]
fn what_is_seen_depends_on_the_reach_and_on_who_looks() {
    let index = Index::in_memory().unwrap();
    let reaches = (1..).zip(Reach::ALL);
    let changes = [MARS_ID, VENUS_ID].into_iter().flat_map(|association| {
        let reaches = reaches.clone();
        reaches.map(move |(number, reach)| put(far(association, number, reach)))
    });
    index.apply(changes.collect(), "8").unwrap();
    let all = |association: u128, from: u128| -> Vec<(u128, u128)> {
        (from..=4).map(|number| (association, number)).collect()
    };
    let sees = |eyes, mut expected: Vec<(u128, u128)>| {
        let mut seen = seen(&index, eyes);
        seen.sort_unstable();
        expected.sort_unstable();
        assert_eq!(seen, expected);
    };
    let association_id = MARS_ID;
    let third = Uuid::from_u128(3);
    sees(Eyes::Home { association_id }, all(1, 1));
    let allies = vec![VENUS_ID];
    sees(
        Eyes::Allies {
            association_id,
            allies: allies.clone(),
        },
        [all(1, 1), all(2, 2)].concat(),
    );
    sees(
        Eyes::Everywhere {
            association_id,
            allies,
        },
        [all(1, 1), all(2, 2)].concat(),
    );
    let allies = vec![third];
    sees(
        Eyes::Allies {
            association_id,
            allies: allies.clone(),
        },
        all(1, 1),
    );
    sees(
        Eyes::Everywhere {
            association_id: third,
            allies: vec![],
        },
        [all(1, 3), all(2, 3)].concat(),
    );
    sees(Eyes::Passer, [all(1, 4), all(2, 4)].concat());
    sees(Eyes::Visitor { association_id }, all(1, 4));
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
fn a_word_that_only_others_use_corrects_nobody() {
    let index = filled();
    let mut secret = entry(VENUS_ID, 1);
    secret.title = "Chez Duvalier".to_owned();
    index.apply(vec![put(secret)], "14").unwrap();
    let found = index.find(&MARS, &asking("duvalie")).unwrap();
    assert!(is_nothing(&found));
    assert!(found.why.read("Duvalier").others().is_empty());
    let found = index.find(&VENUS, &asking("duvallier")).unwrap();
    assert_eq!(found.why.read("Duvalier").others(), ["duvalier"]);
}
