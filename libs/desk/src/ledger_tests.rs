//! Whatever members and the board do, in whatever order: the sums stay zero, the limits hold, what
//! has ended stays ended, and the ledger can be recomputed.

use crate::exchange::{close, record};
use crate::exchange_testing::draft;
use crate::town::{Town, now};
use crate::{Halt, association, batch, fresh, reversal};
use chrono::Days;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sel::batch::{Kind, Share, With};
use sel::exchange::{Ending, Refusal, Side};
use sel::id::{BatchId, ExchangeId, MemberId};
use sel::limit::Policy;
use sel::member::Right;
use store::Scope;

const FLOOR: i64 = -200;
const CEILING: i64 = 200;

/// Something that somebody does. Members and exchanges are named by their place.
#[derive(Clone, Debug)]
enum Step {
    Write(usize, usize, Side, i64),
    End(usize, usize, Ending),
    Expire(usize),
    Undo(usize, usize),
    Fee(i64),
}

impl Step {
    /// Whether the board does it, and so goes beyond the limits where these ask for its word.
    fn may_pass_limits(&self, policy: Policy) -> bool {
        match self {
            Step::Write(by, ..) | Step::End(by, ..) => *by == 0 && policy == Policy::Approve,
            Step::Undo(by, _) => *by == 0,
            Step::Expire(_) => false,
            Step::Fee(_) => true,
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    let side = prop_oneof![Just(Side::Payer), Just(Side::Payee)];
    let ending = prop_oneof![
        Just(Ending::Agreed),
        Just(Ending::Refused),
        Just(Ending::Cancelled)
    ];
    prop_oneof![
        4 => (0..3_usize, 0..3_usize, side, 1..150_i64)
            .prop_map(|(mine, other, side, amount)| Step::Write(mine, other, side, amount)),
        4 => (0..3_usize, 0..40_usize, ending).prop_map(|(by, it, how)| Step::End(by, it, how)),
        1 => (0..40_usize).prop_map(Step::Expire),
        1 => (0..3_usize, 0..40_usize).prop_map(|(by, it)| Step::Undo(by, it)),
        1 => (1..20_i64).prop_map(Step::Fee),
    ]
}

/// The first of them founded the SEL.
fn rights(by: usize) -> &'static [Right] {
    if by == 0 { &Right::ALL } else { &[] }
}

struct Play {
    town: Town,
    members: [MemberId; 3],
    exchanges: Vec<ExchangeId>,
    policy: Policy,
}

impl Play {
    async fn begin(policy: Policy) -> Play {
        let town = Town::open().await;
        let mut scope = town.scope(town.fatima, &Right::ALL).await;
        let mut rules = store::setting::read(&mut scope).await.unwrap();
        rules.limits.policy = policy;
        rules.limits.floor = Some(FLOOR);
        rules.limits.ceiling = Some(CEILING);
        association::rule(&mut scope, &rules).await.unwrap();
        scope.commit().await.unwrap();
        Play {
            members: [town.fatima, town.claire, town.jean],
            town,
            exchanges: Vec::new(),
            policy,
        }
    }

    async fn scope(&self, by: usize) -> Scope {
        self.town.scope(self.members[by], rights(by)).await
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Write(mine, other, side, amount) => {
                let draft = draft(*side, *amount);
                let id = draft.exchange_id;
                let scope = self.scope(*mine).await;
                let (mine, other) = (self.members[*mine], self.members[*other]);
                match record(scope, draft, mine, other).await {
                    Ok(_) => self.exchanges.push(id),
                    Err(Halt::Refused(_)) => {}
                    Err(Halt::Failed(error)) => panic!("{error}"),
                }
            }
            Step::End(by, it, how) => {
                if let Some(id) = self.exchange(*it) {
                    let scope = self.scope(*by).await;
                    let ended = close(scope, id, *how, "").await;
                    self.ended_once(id, ended).await;
                }
            }
            Step::Expire(it) => {
                if let Some(id) = self.exchange(*it) {
                    let later = now() + Days::new(31);
                    let here = self.town.association;
                    let web = &self.town.database.web;
                    let scope = Scope::begin(web, here, None, later).await.unwrap();
                    let ended = close(scope, id, Ending::Expired, "").await;
                    self.ended_once(id, ended).await;
                }
            }
            Step::Undo(by, it) => {
                if let Some(id) = self.exchange(*it) {
                    let scope = self.scope(*by).await;
                    let today = now().date_naive();
                    match reversal::reverse(scope, id, "erreur", today).await {
                        Ok(_) | Err(Halt::Refused(_)) => {}
                        Err(Halt::Failed(error)) => panic!("{error}"),
                    }
                }
            }
            Step::Fee(amount) => self.fee(*amount).await,
        }
    }

    fn exchange(&self, it: usize) -> Option<ExchangeId> {
        self.exchanges.get(it).copied()
    }

    /// Whoever ended it, it cannot be ended again by anybody.
    async fn ended_once<T: std::fmt::Debug>(
        &self,
        id: ExchangeId,
        ended: Result<T, Halt<Refusal>>,
    ) {
        match ended {
            Ok(_) => {}
            Err(Halt::Refused(_)) => return,
            Err(Halt::Failed(error)) => panic!("{error}"),
        }
        let mut scope = self.scope(0).await;
        let it = store::exchange::by_id(&mut scope, id)
            .await
            .unwrap()
            .unwrap();
        if !it.has_ended() {
            return;
        }
        for by in 0..3 {
            for how in [Ending::Agreed, Ending::Refused, Ending::Cancelled] {
                let again = close(self.scope(by).await, id, how, "").await;
                assert!(matches!(again, Err(Halt::Refused(Refusal::Ended))));
            }
        }
    }

    async fn fee(&mut self, amount: i64) {
        let fee = sel::batch::Draft {
            kind: Kind::Fee,
            with: With::Solidarity,
            leader_gives: false,
            share: Share::Each(amount),
            label: "Cotisation".into(),
            members: Vec::new(),
        };
        let id = BatchId(fresh::id(now()));
        let scope = self.scope(0).await;
        let seen = (3, 3 * amount);
        batch::post(scope, id, &fee, seen, now().date_naive())
            .await
            .unwrap();
    }

    /// How far the accounts stand beyond the limits, below and above. Where the board must approve,
    /// what waits may lead beyond them, what is posted may not.
    async fn beyond(&self) -> Vec<(i64, i64)> {
        let mut scope = self.scope(0).await;
        let mut beyond = Vec::new();
        for member in self.members {
            let account = store::account::of_member(&mut scope, member).await.unwrap();
            let (out, come) = if self.policy == Policy::Refuse {
                (account.held_out, account.held_in)
            } else {
                (0, 0)
            };
            beyond.push((
                (FLOOR - (account.balance - out)).max(0),
                (account.balance + come - CEILING).max(0),
            ));
        }
        beyond
    }
}

fn play(policy: Policy, cases: u32, wanted: fn(&Step) -> bool) {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(config);
    let steps = prop::collection::vec(step(), 1..60);
    let result = runner.run(&steps, |steps| {
        runtime.block_on(async {
            let mut play = Play::begin(policy).await;
            let mut before = play.beyond().await;
            for step in steps.iter().filter(|step| wanted(step)) {
                play.take(step).await;
                let after = play.beyond().await;
                let further = before
                    .iter()
                    .zip(&after)
                    .any(|(a, b)| b.0 > a.0 || b.1 > a.1);
                assert!(
                    !further || step.may_pass_limits(policy),
                    "{step:?}: {before:?}, {after:?}"
                );
                before = after;
            }
            play.town.check().await;
        });
        Ok(())
    });
    result.unwrap();
}

#[test]
fn any_interleaving_of_exchanges_keeps_the_sums_and_the_limits() {
    play(Policy::Refuse, 20, |step| {
        !matches!(step, Step::Undo(..) | Step::Fee(_))
    });
}

#[test]
fn any_interleaving_with_the_board_keeps_the_sums() {
    play(Policy::Approve, 20, |_| true);
}
