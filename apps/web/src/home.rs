//! A member's first page: what waits, where one stands, what is new.

use crate::exchange::{Telling, warned};
use crate::notice::{Row, rows};
use askama::Template;
use askama::filters::Safe;
use door::visit::present;
use door::{Answer, Frame, Guest, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::association::Rules;
use sel::exchange::Side;
use sel::limit::Standing;
use sel::member::Right;
use store::notice::Filter;
use words::Words;

/// Notices on the first page: the urgent ones, then the newest.
const URGENT: usize = 3;
const FRESH: usize = 6;
/// Exchanges to answer that are shown.
const WAITING: usize = 10;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/", get(show))
}

/// Where somebody stands, in words.
pub(crate) struct Balance {
    pub(crate) figure: String,
    pub(crate) spoken: String,
    pub(crate) unit: String,
    pub(crate) sentence: String,
    pub(crate) scale: Scale,
}

/// The balance between the limits, in hundredths of the width.
pub(crate) struct Scale {
    pub(crate) label: String,
    pub(crate) zero: String,
    pub(crate) here: String,
    pub(crate) low: String,
    pub(crate) high: String,
    /// Where the limits are.
    pub(crate) marks: Vec<String>,
    /// Whether zero is far enough from both ends to be written.
    pub(crate) has_room: bool,
}

struct Waiting {
    id: String,
    said: Safe<String>,
    /// Where agreeing would lead, if beyond the floor.
    warning: Option<String>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    first_name: String,
    waiting: Vec<Waiting>,
    waiting_title: String,
    balance: Balance,
    notices: Vec<Row>,
    desk: Vec<(String, &'static str)>,
    /// Those in whose name the reader may act: name and number.
    helped: Vec<(String, i32)>,
}

#[handler]
async fn show(guest: Guest) -> Answer {
    match present(guest).await? {
        Ok(present) => home(present).await,
        Err(guest) => crate::portal::show(guest).await,
    }
}

async fn home(mut present: Present) -> Answer {
    if present.guest.association.ready_at.is_none() && present.may(Right::Settings) {
        let step = present.rules.setup_step.clamp(1, 4);
        return Ok(door::see_other(&format!("/demarrer/{step}")));
    }
    let me = present.member.id();
    let scope = &mut present.scope;
    let account = store::account::of_member(scope, me)
        .await
        .map_err(Trouble::from)?;
    let waiting = store::exchange::to_answer(scope, me, WAITING)
        .await
        .map_err(Trouble::from)?;
    let waits = waiting.more;
    let waiting = waiting.rows;
    let urgent = Filter {
        urgent: true,
        ..Filter::default()
    };
    let mut notices = store::notice::list(scope, urgent, 0, URGENT)
        .await
        .map_err(Trouble::from)?
        .rows;
    let fresh = store::notice::list(scope, Filter::default(), 0, FRESH)
        .await
        .map_err(Trouble::from)?;
    for notice in fresh.rows {
        if !notices.iter().any(|known| known.id() == notice.id()) {
            notices.push(notice);
        }
    }
    let desk = desk(&mut present).await?;
    let helped = helped(&mut present).await?;
    let words = present.words();
    let all = present.may(Right::EnterForOthers);
    let shown = waiting
        .iter()
        .map(|exchange| Waiting {
            id: exchange.id().to_string(),
            said: Telling::to(&present, all, exchange, exchange.asked()).said(exchange),
            warning: warned(words, &present.rules, exchange, (account.standing(), true))
                .filter(|_| exchange.asked() == Some(Side::Payer)),
        })
        .collect();
    let title = words.say_with(
        "home-title",
        &[("name", (&present.member.first_name).into())],
    );
    Ok(page(&HomePage {
        frame: Frame::present(&present, "home-title", "home").titled(title),
        first_name: present.member.first_name.clone(),
        waiting: shown,
        waiting_title: counted(words, "home-waiting", waiting.len(), waits),
        balance: balance(words, &present.rules, account.standing()),
        notices: rows(&present, &notices),
        desk,
        helped,
    })?)
}

/// Those who gave the reader a mandate.
async fn helped(present: &mut Present) -> Result<Vec<(String, i32)>, Trouble> {
    let me = present.member.id();
    let helps = present
        .scope
        .actor
        .as_ref()
        .is_some_and(|it| !it.helped.is_empty());
    if !helps {
        return Ok(Vec::new());
    }
    let mandates = store::mandate::of_member(&mut present.scope, me).await?;
    let mine = mandates.iter().filter(|it| it.proxy_id() == me);
    Ok(mine
        .map(|it| (it.member_first.clone(), it.member_number))
        .collect())
}

/// So many, or more than that.
fn counted(words: Words, key: &str, count: usize, more: bool) -> String {
    let key = if more {
        format!("{key}-many")
    } else {
        key.to_owned()
    };
    words.say_with(&key, &[("count", count.into())])
}

/// What waits at the desk, for who sits there.
async fn desk(present: &mut Present) -> Result<Vec<(String, &'static str)>, Trouble> {
    let words = present.words();
    let mut lines = Vec::new();
    let actor = present.scope.actor.as_ref();
    let admission = present.rules.admission;
    if actor.is_some_and(|actor| sel::application::may_decide(admission, actor)) {
        let count = store::application::count_waiting(&mut present.scope).await?;
        if count > 0 {
            let line = words.say_with("home-desk-applications", &[("count", count.into())]);
            let sits = !present.member.rights().is_empty();
            let path = if sits { "/bureau" } else { "/bureau/demandes" };
            lines.push((line, path));
        }
    }
    if present.may(Right::EnterForOthers) {
        let page = store::exchange::to_answer_for_others(&mut present.scope, 50).await?;
        if !page.rows.is_empty() {
            let line = counted(words, "home-desk-exchanges", page.rows.len(), page.more);
            lines.push((line, "/bureau"));
        }
        let page = store::exchange::to_approve(&mut present.scope, 50).await?;
        if !page.rows.is_empty() {
            let line = counted(words, "home-desk-approvals", page.rows.len(), page.more);
            lines.push((line, "/bureau"));
        }
    }
    if present.may(Right::Mediate) {
        let page = store::dispute::open_ones(&mut present.scope, 50).await?;
        if !page.rows.is_empty() {
            let line = counted(words, "home-desk-disputes", page.rows.len(), page.more);
            lines.push((line, "/bureau"));
        }
    }
    Ok(lines)
}

/// The balance as a figure, a reassuring sentence and a place between the limits.
pub(crate) fn balance(words: Words, rules: &Rules, standing: Standing) -> Balance {
    let (unit, balance) = (&rules.unit, standing.balance);
    let hour = unit.hour();
    let time = words.time(balance, hour);
    // Where the SEL gave units to start with, a balance does not tell what was given and received.
    let floor = rules.limits.floor_of(standing);
    let key = match balance {
        b if floor.is_some_and(|floor| b < floor) => "balance-beyond",
        b if rules.starting_credit > 0 && b < 0 => "balance-below",
        _ if rules.starting_credit > 0 => "balance-worth",
        b if b.abs() * 2 < hour => "balance-even",
        b if b < 0 => "balance-received",
        b if b >= 15 * hour => "balance-much",
        _ => "balance-given",
    };
    let limit = unit.amount(floor.unwrap_or_default());
    let sentence = words.say_with(
        key,
        &[
            ("time", time.into()),
            ("unit", (&unit.many).into()),
            ("limit", limit.into()),
        ],
    );
    let figure = unit.figure(balance);
    let spoken = unit
        .amount(balance)
        .replace('\u{2212}', &format!("{} ", words.say("minus")));
    Balance {
        spoken,
        figure,
        unit: unit.name(balance).to_owned(),
        sentence,
        scale: scale(words, rules, standing),
    }
}

/// The scale runs from the floor to the ceiling; where one is missing, as far as the other, or as
/// far as the balance itself.
fn scale(words: Words, rules: &Rules, standing: Standing) -> Scale {
    let (unit, balance) = (&rules.unit, standing.balance);
    let limits = &rules.limits;
    let (floor, ceiling) = (limits.floor_of(standing), limits.ceiling_of(standing));
    let wide = balance.abs().max(unit.hour());
    let low = floor
        .unwrap_or_else(|| -ceiling.unwrap_or(wide))
        .min(balance);
    let high = ceiling
        .unwrap_or_else(|| floor.map_or(wide, i64::abs))
        .max(balance);
    let span = (high - low).max(1);
    // Tenths of a percent, between 2 % and 98 % of the width.
    let place = |at: i64| {
        let tenths = 20 + (at - low) * 960 / span;
        format!("{}.{}%", tenths / 10, tenths % 10)
    };
    let end = |limit: Option<i64>, at: i64| match limit {
        // Beyond the limit, the end is where the balance is; the limit has its own mark.
        Some(limit) if limit != at => unit.signed(at),
        Some(limit) => words.say_with("balance-limit", &[("amount", unit.signed(limit).into())]),
        None => unit.signed(at),
    };
    let label = words.say_with(
        "balance-scale",
        &[
            ("balance", unit.amount(balance).into()),
            ("low", unit.figure(low).into()),
            ("high", unit.figure(high).into()),
        ],
    );
    Scale {
        label,
        zero: place(0),
        here: place(balance),
        low: end(floor, low),
        high: end(ceiling, high),
        has_room: (200..=800).contains(&((0 - low) * 1000 / span)),
        marks: [floor, ceiling].into_iter().flatten().map(place).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sel::amount::Unit;

    use sel::limit::{Limits, Policy};

    use words::Language;

    fn rules(floor: Option<i64>, ceiling: Option<i64>) -> Rules {
        let unit = Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        };
        Rules {
            limits: Limits {
                floor,
                ceiling,
                policy: Policy::Warn,
            },
            setup_step: 5,
            ..Rules::usual(unit)
        }
    }

    fn of(balance_: i64, floor: Option<i64>, ceiling: Option<i64>) -> Balance {
        let standing = Standing {
            balance: balance_,
            ..Standing::default()
        };
        balance(
            Words::new(Language::French),
            &rules(floor, ceiling),
            standing,
        )
    }

    #[test]
    fn a_balance_below_zero_is_said_as_time_received() {
        let it = of(-240, Some(-2000), Some(2000));
        assert_eq!(it.figure, "\u{2212}240");
        assert!(
            it.sentence
                .starts_with("Vous avez reçu 4\u{a0}heures de plus"),
            "{}",
            it.sentence
        );
        assert_eq!(
            (it.scale.zero.as_str(), it.scale.here.as_str()),
            ("50.0%", "44.2%")
        );
    }

    #[test]
    fn units_that_the_sel_gave_are_not_said_to_be_earned() {
        let given = Rules {
            starting_credit: 120,
            ..rules(None, None)
        };
        let standing = Standing {
            balance: 120,
            ..Standing::default()
        };
        let it = balance(Words::new(Language::French), &given, standing);
        assert_eq!(it.sentence, "Ce solde vaut 2\u{a0}heures de coups de main.");
    }

    #[test]
    fn the_scale_stays_within_its_width_whatever_the_balance() {
        for (balance, floor, ceiling) in [
            (0, None, None),
            (5000, Some(-2000), Some(2000)),
            (-5000, Some(-2000), None),
            (1, Some(0), Some(0)),
        ] {
            let scale = of(balance, floor, ceiling).scale;
            for place in [&scale.zero, &scale.here] {
                let place: f64 = place.trim_end_matches('%').parse().unwrap();
                assert!((2.0..=98.0).contains(&place), "{balance}: {place}");
            }
        }
    }
}
