use super::*;
use crate::town::{Town, now};

const DESK: &[Right] = &[Right::EnterForOthers];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 15).unwrap()
}

fn line(payer: &str, payee: &str, amount: &str, label: &str) -> (ExchangeId, Typed) {
    let typed = Typed {
        payer: payer.into(),
        payee: payee.into(),
        amount: amount.into(),
        label: label.into(),
        ..Typed::default()
    };
    (ExchangeId(crate::fresh::id(now())), typed)
}

struct Fair {
    town: Town,
    sheet: Sheet,
}

impl Fair {
    async fn open() -> Fair {
        let town = Town::open().await;
        let id = SheetId(crate::fresh::id(now()));
        let scope = town.scope(town.fatima, DESK).await;
        let titles = ("", "Bourse du 13 juin");
        let day = NaiveDate::from_ymd_opt(2026, 6, 13);
        open(scope, id, Kind::Fair, titles, day, today())
            .await
            .unwrap();
        let mut scope = town.scope(town.fatima, DESK).await;
        let sheet = store::sheet::by_id(&mut scope, id).await.unwrap().unwrap();
        Fair { town, sheet }
    }

    async fn post(&self, lines: &[(ExchangeId, Typed)]) -> Posted {
        let scope = self.town.scope(self.town.fatima, DESK).await;
        post(scope, &self.sheet, lines, today()).await.unwrap()
    }

    async fn check(&self) -> Checked {
        let mut scope = self.town.scope(self.town.fatima, DESK).await;
        check(&mut scope, &self.sheet, today()).await.unwrap()
    }
}

#[tokio::test]
async fn ready_lines_are_posted_together_and_the_others_stay() {
    let fair = Fair::open().await;
    let lines = [
        line("2", "3", "20", "part de tarte"),
        line("2", "77", "15", "miel"),
        line("jean", "claire", "5", "plants"),
    ];
    let posted = fair.post(&lines).await;
    assert_eq!((posted.exchanges, posted.units), (2, 25));
    assert_eq!(fair.town.balance(fair.town.claire).await, -15);
    assert_eq!(fair.town.balance(fair.town.jean).await, 15);
    let checked = fair.check().await;
    assert_eq!((checked.lines.len(), checked.wrong()), (1, 1));
    assert_eq!(checked.lines[0], lines[1]);
    fair.town.check().await;
}

#[tokio::test]
async fn a_sheet_that_is_sent_again_posts_nothing_twice() {
    let fair = Fair::open().await;
    let lines = [line("2", "3", "20", "tarte"), line("3", "2", "7", "pain")];
    let (one, other) = tokio::join!(fair.post(&lines), fair.post(&lines));
    assert_eq!(one.exchanges + other.exchanges, 2);
    assert_eq!(fair.post(&lines).await, Posted::default());
    assert_eq!(fair.town.balance(fair.town.claire).await, -13);
    fair.town.check().await;
}

#[tokio::test]
async fn an_exchange_like_one_that_stands_is_asked_about_first() {
    let fair = Fair::open().await;
    fair.post(&[line("2", "3", "20", "tarte")]).await;
    let mut again = line("2", "3", "20", "une part de tarte");
    assert_eq!(fair.post(&[again.clone()]).await, Posted::default());
    let checked = fair.check().await;
    let Verdict::Wrong(wrong) = &checked.verdicts[0] else {
        panic!("{checked:?}")
    };
    assert!(matches!(&wrong[0].why, Refusal::Alike(alike) if alike.label == "tarte"));
    again.1.is_another = true;
    assert_eq!(fair.post(&[again]).await.exchanges, 1);
}

#[tokio::test]
async fn a_sheet_and_an_exchange_at_once_wait_for_each_other_and_never_lock() {
    let fair = Fair::open().await;
    let town = &fair.town;
    for _ in 0..5 {
        let lines: Vec<_> = (1..9)
            .map(|n| {
                let (one, other) = if n % 2 == 0 { ("2", "3") } else { ("3", "2") };
                let mut line = line(
                    one,
                    other,
                    &n.to_string(),
                    &crate::fresh::id(now()).to_string(),
                );
                line.1.is_another = true;
                line
            })
            .collect();
        let draft = sel::exchange::Draft {
            exchange_id: ExchangeId(crate::fresh::id(now())),
            side: sel::exchange::Side::Payer,
            amount: 3,
            label: crate::fresh::id(now()).to_string(),
            done_on: today(),
            notice_id: None,
            category_id: None,
        };
        let (posted, recorded) = tokio::join!(
            fair.post(&lines),
            town.record((town.claire, &[]), town.claire, town.jean, &draft)
        );
        assert!(posted.exchanges > 0);
        recorded.unwrap();
    }
    town.check().await;
}

#[tokio::test]
async fn only_who_enters_for_others_reads_or_writes_a_sheet() {
    let fair = Fair::open().await;
    let scope = fair.town.scope(fair.town.claire, &[Right::Members]).await;
    let refused = post(scope, &fair.sheet, &[], today()).await;
    assert!(matches!(refused, Err(Halt::Refused(Refusal::NotAllowed))));
    let mut scope = fair.town.scope(fair.town.claire, &[]).await;
    let refused = check(&mut scope, &fair.sheet, today()).await;
    assert!(matches!(refused, Err(Halt::Refused(Refusal::NotAllowed))));
}
