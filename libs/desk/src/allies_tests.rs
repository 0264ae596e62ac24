//! Three SELs that trade, with units that differ: whatever members do at home and with each other,
//! in whatever order, every book sums to zero and agrees with the hub, the limits and the caps
//! hold, and what has ended stays ended.

use crate::alliance::tests::{ally, speaker};
use crate::crossing::tests::reference;
use crate::exchange_testing::draft;
use crate::town::{Town, now};
use crate::{Halt, association, crossing, exchange, reversal};
use chrono::Days;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use sel::alliance::{Caps, Reference};
use sel::exchange::{Ending, Refusal, Side};
use sel::id::{AllianceId, CrossingId, ExchangeId, MemberId};
use sel::limit::Policy;
use sel::member::Right;
use std::sync::Arc;
use store::Scope;
use store::alliance::Change;

const SELS: usize = 3;
const MEMBERS: usize = 2;
/// In hours, as every limit of this play: an hour is worth something else in each SEL.
const LIMIT_HOURS: i64 = 3;
const CAP_SECONDS: i64 = 4 * 3600;

/// Somebody, by the place of their SEL and their own in it.
type Who = (usize, usize);

#[derive(Clone, Debug)]
enum Step {
    Home(Who, Side, i64),
    Abroad(Who, Who, Side, i64),
    End(Who, usize, Ending),
    Expire(usize),
    Undo(Who, usize),
    Pause(usize, usize, bool),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || (0..SELS, 0..MEMBERS);
    let side = || prop_oneof![Just(Side::Payer), Just(Side::Payee)];
    let ending = prop_oneof![
        Just(Ending::Agreed),
        Just(Ending::Refused),
        Just(Ending::Cancelled)
    ];
    prop_oneof![
        2 => (who(), side(), 1..120_i64).prop_map(|(who, side, many)| Step::Home(who, side, many)),
        6 => (who(), who(), side(), 1..120_i64)
            .prop_map(|(mine, other, side, many)| Step::Abroad(mine, other, side, many)),
        5 => (who(), 0..30_usize, ending).prop_map(|(who, it, how)| Step::End(who, it, how)),
        1 => (0..30_usize).prop_map(Step::Expire),
        2 => (who(), 0..30_usize).prop_map(|(who, it)| Step::Undo(who, it)),
        1 => (0..SELS, 0..SELS, any::<bool>()).prop_map(|(a, b, on)| Step::Pause(a, b, on)),
    ]
}

/// What was written: at home, in the SEL of this place, or between two.
#[derive(Clone, Copy)]
enum Written {
    Home(ExchangeId),
    Abroad(usize, usize, CrossingId),
}

struct Play {
    towns: Vec<Town>,
    members: Vec<[MemberId; MEMBERS]>,
    references: Vec<Vec<Reference>>,
    alliances: Vec<(usize, usize, AllianceId)>,
    written: Vec<Written>,
    /// Giving back is never refused for a cap.
    gave_back: bool,
}

impl Play {
    async fn begin() -> Play {
        let first = Town::open().await;
        let database = Arc::clone(&first.database);
        let mut towns = vec![first];
        for slug in ["venus", "jupiter"] {
            towns.push(Town::open_in(Arc::clone(&database), slug).await);
        }
        let worth = [(60, 0), (1, 2), (7, 1)];
        for (town, (per_hour, decimals)) in towns.iter().zip(worth) {
            let mut scope = speaker(town).await;
            let mut rules = store::setting::read(&mut scope).await.unwrap();
            rules.unit.per_hour = per_hour;
            rules.unit.decimals = decimals;
            rules.limits.policy = Policy::Refuse;
            rules.limits.floor = Some(-LIMIT_HOURS * rules.unit.hour());
            rules.limits.ceiling = Some(LIMIT_HOURS * rules.unit.hour());
            association::rule(&mut scope, &rules).await.unwrap();
            scope.commit().await.unwrap();
        }
        let caps = Caps {
            out: CAP_SECONDS,
            r#in: CAP_SECONDS,
        };
        let mut alliances = Vec::new();
        for (a, b) in [(0, 1), (1, 2), (0, 2)] {
            alliances.push((a, b, ally(&towns[a], &towns[b], caps).await));
        }
        let members: Vec<_> = towns.iter().map(|it| [it.claire, it.jean]).collect();
        let mut references = Vec::new();
        for (town, members) in towns.iter().zip(&members) {
            let mut own = Vec::new();
            for member in members {
                own.push(reference(town, *member).await);
            }
            references.push(own);
        }
        Play {
            towns,
            members,
            references,
            alliances,
            written: Vec::new(),
            gave_back: false,
        }
    }

    async fn scope(&self, (sel, member): Who) -> Scope {
        self.towns[sel].scope(self.members[sel][member], &[]).await
    }

    fn ends_well<T>(done: Result<T, Halt<Refusal>>) -> bool {
        match done {
            Ok(_) => true,
            Err(Halt::Refused(_)) => false,
            Err(Halt::Failed(error)) => panic!("{error}"),
        }
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Home((sel, member), side, many) => {
                let it = draft(*side, *many);
                let id = it.exchange_id;
                let [mine, other] = [*member, 1 - *member].map(|at| self.members[*sel][at]);
                let scope = self.scope((*sel, *member)).await;
                if Self::ends_well(exchange::record(scope, it, mine, other).await) {
                    self.written.push(Written::Home(id));
                }
            }
            Step::Abroad(mine, other, side, many) if mine.0 != other.0 => {
                let it = crate::crossing::tests::draft(*side, *many);
                let id = it.crossing_id;
                let scope = self.scope(*mine).await;
                let of = self.members[mine.0][mine.1];
                let there = self.references[other.0][other.1].clone();
                if Self::ends_well(crossing::record(scope, it, of, &there).await) {
                    self.written.push(Written::Abroad(mine.0, other.0, id));
                }
            }
            Step::Abroad(..) => {}
            Step::End(who, it, how) => {
                let scope = self.scope(*who).await;
                match self.written.get(*it) {
                    Some(Written::Home(id)) => {
                        Self::ends_well(exchange::close(scope, *id, *how, "").await);
                    }
                    Some(Written::Abroad(_, _, id)) => {
                        Self::ends_well(crossing::close(scope, *id, *how, "").await);
                    }
                    None => {}
                }
            }
            Step::Expire(it) => self.expire(*it).await,
            Step::Undo(who, it) => {
                let scope = self.scope(*who).await;
                let today = now().date_naive();
                match self.written.get(*it) {
                    Some(Written::Home(id)) => {
                        Self::ends_well(reversal::reverse(scope, *id, "erreur", today).await);
                    }
                    Some(Written::Abroad(_, _, id)) => {
                        let done = crossing::reverse(scope, *id, "erreur", today).await;
                        self.gave_back |= Self::ends_well(done);
                    }
                    None => {}
                }
            }
            Step::Pause(a, b, on) => self.pause(*a, *b, *on).await,
        }
    }

    async fn expire(&self, it: usize) {
        let Some(Written::Abroad(sel, _, id)) = self.written.get(it) else {
            return;
        };
        let later = now() + Days::new(31);
        let town = &self.towns[*sel];
        let scope = Scope::begin(&town.database.web, town.association, None, later)
            .await
            .unwrap();
        Self::ends_well(crossing::close(scope, *id, Ending::Expired, "").await);
    }

    async fn pause(&self, a: usize, b: usize, on: bool) {
        let between = |it: &&(usize, usize, AllianceId)| (it.0, it.1) == (a, b);
        let Some((_, _, id)) = self.alliances.iter().find(between) else {
            return;
        };
        let how = if on { Change::Pause } else { Change::Resume };
        match crate::alliance::change(speaker(&self.towns[a]).await, *id, how).await {
            Ok(_) | Err(Halt::Refused(_)) => {}
            Err(Halt::Failed(error)) => panic!("{error}"),
        }
    }

    /// Every book, every limit, every cap, and both sides of every crossing.
    async fn check(&self) {
        for (town, members) in self.towns.iter().zip(&self.members) {
            town.check().await;
            let mut scope = town.scope(members[0], &Right::ALL).await;
            let rules = store::setting::read(&mut scope).await.unwrap();
            let reach = LIMIT_HOURS * rules.unit.hour();
            for member in members {
                let it = store::account::of_member(&mut scope, *member)
                    .await
                    .unwrap();
                assert!(it.balance - it.held_out >= -reach, "{it:?}");
                assert!(it.balance + it.held_in <= reach, "{it:?}");
            }
            for it in store::alliance::list(&mut scope).await.unwrap() {
                let bond = it.bond();
                let within = bond.left_out() >= 0 && bond.left_in() >= 0;
                assert!(within || self.gave_back, "{bond:?}");
            }
        }
        let hub = store::ledger::HUB_ID;
        let web = &self.towns[0].database.web;
        let mut scope = Scope::begin(web, hub, None, now()).await.unwrap();
        let check = store::ledger::check(&mut scope).await.unwrap();
        assert!(check.holds_true(), "{check:?}");
        for it in &self.written {
            if let Written::Abroad(a, b, id) = it {
                self.both_say_the_same(*a, *b, *id).await;
            }
        }
    }

    async fn both_say_the_same(&self, a: usize, b: usize, id: CrossingId) {
        let mut sides = Vec::new();
        for sel in [a, b] {
            let mut scope = self.scope((sel, 0)).await;
            let it = store::crossing::by_id(&mut scope, id).await.unwrap();
            sides.push(it.unwrap());
        }
        let [here, there] = [&sides[0], &sides[1]];
        assert_ne!(here.side(), there.side());
        assert_eq!(
            (here.amount, here.their_amount),
            (there.their_amount, there.amount)
        );
        let ends = |it: &store::crossing::Crossing| {
            (
                it.agreed_at,
                it.refused_at,
                it.cancelled_at,
                it.expired_at,
                it.reversed_at,
            )
        };
        assert_eq!(ends(here), ends(there));
    }
}

#[test]
fn any_interleaving_between_three_sels_keeps_every_book_and_the_hub() {
    let config = ProptestConfig {
        cases: 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new(config);
    let steps = prop::collection::vec(step(), 1..60);
    let result = runner.run(&steps, |steps| {
        runtime.block_on(async {
            let mut play = Play::begin().await;
            for (place, step) in steps.iter().enumerate() {
                play.take(step).await;
                if place % 10 == 9 {
                    play.check().await;
                }
            }
            play.check().await;
        });
        Ok(())
    });
    result.unwrap();
}
