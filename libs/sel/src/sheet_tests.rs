use super::*;
use crate::amount::Unit;
use crate::association::Rules;
use crate::exchange::Alike;
use crate::id::{AccountId, AssociationId};
use crate::limit::Standing;
use crate::limit::{Limits, Policy};
use crate::roll::{Entry, Roll};
use std::collections::BTreeMap;
use uuid::Uuid;

fn rules() -> Rules {
    let unit = Unit {
        one: "grain".into(),
        many: "grains".into(),
        per_hour: 60,
        decimals: 0,
    };
    Rules {
        limits: Limits {
            floor: Some(-100),
            ceiling: None,
            policy: Policy::Refuse,
        },
        setup_step: 5,
        ..Rules::usual(unit)
    }
}

fn entry(number: i32, first_name: &str) -> Entry {
    Entry {
        member_id: member(number),
        // 40 and 41 share one account.
        account_id: AccountId(member(if number == 41 { 40 } else { number }).0),
        number,
        first_name: first_name.into(),
        last_name: String::new(),
        has_left: number == 9,
        has_email: true,
        standing: Standing::default(),
    }
}

fn member(number: i32) -> MemberId {
    MemberId(Uuid::from_u128(number.unsigned_abs().into()))
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// A line from its boxes, parted by bars: payer, payee, amount, label, slip, day.
fn typed(text: &str) -> Typed {
    let mut boxes = text.split('|').map(str::to_owned);
    let mut next = || boxes.next().unwrap_or_default();
    Typed {
        payer: next(),
        payee: next(),
        amount: next(),
        label: next(),
        slip: next(),
        day: next(),
        is_another: false,
    }
}

fn checked(lines: &[Typed]) -> Vec<Verdict> {
    let people = [
        (7, "Odette"),
        (12, "Claire"),
        (30, "Jean"),
        (9, "Marc"),
        (40, "Lou"),
        (41, "Max"),
        (50, "Nadia"),
    ];
    let roll = Roll::of(people.map(|(number, name)| entry(number, name)).to_vec());
    let lines: Vec<_> = (1..)
        .zip(lines)
        .map(|(id, typed)| (ExchangeId(Uuid::from_u128(id)), typed.clone()))
        .collect();
    let actor = Actor {
        association_id: AssociationId(Uuid::from_u128(1)),
        member_id: member(50),
        rights: vec![Right::EnterForOthers],
        helped: Vec::new(),
    };
    let desk = Desk {
        roll: &roll,
        rules: &rules(),
        actor: &actor,
        done_on: day(6, 13),
        today: day(6, 15),
    };
    check(desk, &lines)
}

fn check_text(lines: &[&str]) -> Vec<Verdict> {
    checked(&lines.iter().map(|line| typed(line)).collect::<Vec<_>>())
}

fn wrong(verdict: &Verdict) -> Vec<(Cell, &'static str)> {
    match verdict {
        Verdict::Wrong(wrong) => wrong.iter().map(|it| (it.place, it.key())).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_first_box_gives_the_units_and_the_second_receives_them() {
    let verdicts = check_text(&["7|jean|20 grains| part  de tarte |A 12|1/6"]);
    let [Verdict::Ready(ready)] = &verdicts[..] else {
        panic!("{verdicts:?}")
    };
    assert_eq!((ready.payer_id, ready.payee_id), (member(7), member(30)));
    assert_eq!((ready.amount, ready.label.as_str()), (20, "part de tarte"));
    assert_eq!(ready.slip.as_deref(), Some("A 12"));
    assert_eq!(ready.done_on, day(6, 1));
}

#[test]
fn each_box_that_is_wrong_says_why_and_an_empty_line_is_none() {
    let verdicts = check_text(&[
        "77|7|20|miel",
        "7|7|20|miel",
        "7|9|20|miel",
        "|zoé||",
        " | ||",
        "7|12|20|miel||31/2",
    ]);
    assert_eq!(wrong(&verdicts[0]), [(Cell::Payer, "refusal-sheet-number")]);
    assert_eq!(
        wrong(&verdicts[1]),
        [(Cell::Payee, "refusal-sheet-oneself")]
    );
    assert_eq!(wrong(&verdicts[2]), [(Cell::Payee, "refusal-sheet-left")]);
    assert_eq!(
        wrong(&verdicts[3]),
        [
            (Cell::Payer, "refusal-sheet-no-payer"),
            (Cell::Payee, "refusal-sheet-name"),
            (Cell::Amount, "refusal-sheet-amount"),
            (Cell::Label, "refusal-sheet-label"),
        ]
    );
    assert_eq!(verdicts[4], Verdict::Empty);
    assert_eq!(wrong(&verdicts[5]), [(Cell::Day, "refusal-sheet-day")]);
}

#[test]
fn who_types_it_gives_themselves_nothing() {
    let verdicts = check_text(&["7|50|20|miel", "50|7|20|miel"]);
    let why = (Cell::Payee, "refusal-sheet-for-oneself");
    assert_eq!(wrong(&verdicts[0]), [why]);
    assert!(matches!(verdicts[1], Verdict::Ready(_)));
}

#[test]
fn two_who_share_an_account_do_not_exchange_within_it() {
    let verdicts = check_text(&["40|41|20|miel"]);
    assert_eq!(wrong(&verdicts[0]), [(Cell::Payee, "refusal-one-account")]);
}

#[test]
fn a_line_that_says_the_same_is_asked_about_until_it_is_said_to_be_another() {
    let mut lines = [
        typed("7|12|20|miel"),
        typed("7|12|20|miel"),
        typed("7|12|20|tarte"),
    ];
    let verdicts = checked(&lines);
    let same = Verdict::Wrong(vec![Wrong {
        place: Cell::Label,
        why: Refusal::SameLine { line: 1 },
    }]);
    assert_eq!(verdicts[1], same);
    assert!(matches!(verdicts[2], Verdict::Ready(_)));
    lines[1].is_another = true;
    assert!(matches!(checked(&lines)[1], Verdict::Ready(_)));
    let slips = check_text(&["7|12|20|miel|A1", "30|12|5|pain|A1"]);
    assert_eq!(wrong(&slips[1]), [(Cell::Label, "refusal-sheet-same")]);
}

#[test]
fn what_has_happened_is_never_refused_by_a_limit_and_lines_add_up() {
    let verdicts = check_text(&["7|12|60|a", "7|30|40|b", "7|12|1|c"]);
    let warnings = |verdict: &Verdict| match verdict {
        Verdict::Ready(ready) => ready.warnings.len(),
        _ => panic!("{verdict:?}"),
    };
    assert_eq!(warnings(&verdicts[0]), 0);
    assert_eq!(warnings(&verdicts[1]), 0);
    assert_eq!(warnings(&verdicts[2]), 1);
}

#[test]
fn an_exchange_like_it_is_asked_about() {
    let lines = [(ExchangeId(Uuid::from_u128(1)), typed("7|12|20|miel"))];
    let known = Alike {
        done_on: day(6, 10),
        amount: 20,
        label: "pot de miel".into(),
        slip: None,
        same_slip: false,
    };
    let alike = BTreeMap::from([(lines[0].0, known)]);
    let asked = ask(check_text(&["7|12|20|miel"]), &lines, &alike);
    assert_eq!(wrong(&asked[0]), [(Cell::Label, "refusal-exchange-alike")]);
    let mut other = lines.clone();
    other[0].1.is_another = true;
    let asked = ask(check_text(&["7|12|20|miel"]), &other, &alike);
    assert!(matches!(asked[0], Verdict::Ready(_)));
}

#[test]
fn who_may_enter_for_others_opens_a_sheet() {
    let actor = |rights: &[Right]| Actor {
        association_id: AssociationId(Uuid::from_u128(1)),
        member_id: member(12),
        rights: rights.to_vec(),
        helped: Vec::new(),
    };
    let open_as = |rights: &[Right], title: &str| {
        open(
            &actor(rights),
            Kind::Fair,
            title,
            "Bourse du 13 juin",
            Some(day(6, 13)),
            day(6, 15),
        )
    };
    assert_eq!(open_as(&[], ""), Err(vec![Refusal::NotAllowed]));
    let opened = open_as(&[Right::EnterForOthers], " ").unwrap();
    assert_eq!(opened.title, "Bourse du 13 juin");
    let title = |letters: usize| open_as(&[Right::EnterForOthers], &"é".repeat(letters));
    assert!(title(TITLE_LETTERS).is_ok());
    assert_eq!(title(TITLE_LETTERS + 1), Err(vec![Refusal::LongTitle]));
}

#[test]
fn who_shares_an_account_reaches_a_limit_together() {
    let verdicts = checked(&[typed("40|12|60|soupe"), typed("41|12|60|pain")]);
    let warned = |at: usize| match &verdicts[at] {
        Verdict::Ready(ready) => !ready.warnings.is_empty(),
        _ => panic!("{verdicts:?}"),
    };
    assert!(!warned(0) && warned(1), "{verdicts:?}");
}
