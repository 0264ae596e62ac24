//! `/adherents/…/depart`: a member leaves, in one page that says all it brings with it; and
//! `/bureau/partis`, where who left can come back.

use crate::exchange::find_member;
use askama::Template;
use desk::Halt;
use desk::departure::Plan;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page, see_other};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::departure::{Refusal, Way};
use sel::id::MemberId;
use sel::member::Right;

/// Members on a page of those who left.
const ROWS: usize = 50;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/compte/quitter", get(own))
        .at("/adherents/:id/depart", get(show).post(leave))
        .at("/adherents/:id/retour", post(come_back))
        .at("/bureau/partis", get(gone))
}

#[derive(Template)]
#[template(path = "member_leave.html")]
struct LeavePage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    heading: String,
    first_name: String,
    is_own: bool,
    /// What it brings with it, a sentence each.
    brings: Vec<String>,
    /// The balance, as a sentence.
    stands: String,
    seen: i64,
    has_units: bool,
    is_below: bool,
    /// Below zero, only the board goes on.
    may_go_on: bool,
    ways: Vec<(&'static str, String, String)>,
    unit: String,
}

struct Gone {
    id: String,
    name: String,
    since: String,
}

#[derive(Template)]
#[template(path = "member_gone.html")]
struct GonePage {
    frame: Frame,
    members: Vec<Gone>,
    page_number: usize,
    next: Option<usize>,
}

#[handler]
async fn own(present: Present) -> Answer {
    Ok(see_other(&format!(
        "/adherents/{}/depart",
        present.member.id()
    )))
}

async fn plan(present: &mut Present, id: &str) -> Result<Plan, Trouble> {
    let id: MemberId = id.parse().map_err(|_| Trouble::NotFound)?;
    match desk::departure::plan(&mut present.scope, id).await {
        Ok(plan) => Ok(plan),
        Err(Halt::Refused(Refusal::NotAllowed)) => Err(Trouble::NotAllowed),
        Err(Halt::Refused(_)) => Err(Trouble::NotFound),
        Err(Halt::Failed(error)) => Err(error.into()),
    }
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let plan = plan(&mut present, &id).await?;
    let fields = Fields::default().with("way", "solidarite");
    Ok(shown(&present, &plan, fields, Errors::none())?)
}

fn shown(
    present: &Present,
    plan: &Plan,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let (words, unit) = (present.words(), &present.rules.unit);
    let is_own = plan.member.id() == present.member.id();
    let whose = if is_own { "own" } else { "of" };
    // A shared account goes on with the others.
    let balance = if plan.shared { 0 } else { plan.account.balance };
    let names = [
        ("name", (&plan.member.first_name).into()),
        ("number", plan.member.number.into()),
        ("amount", unit.amount(balance.abs()).into()),
        ("pending", plan.pending.len().into()),
        ("notices", plan.notices.into()),
    ];
    let say = |key: &str| words.say_with(key, &names);
    let heading = say(&format!("departure-title-{whose}"));
    let mut brings = Vec::new();
    if plan.notices > 0 {
        brings.push(say("departure-notices"));
    }
    if !plan.pending.is_empty() {
        brings.push(say("departure-pending"));
    }
    brings.push(say(&format!("departure-number-{whose}")));
    let sign = match balance {
        _ if plan.shared => "shared",
        0 => "zero",
        b if b < 0 => "below",
        _ => "above",
    };
    let code = errors.code();
    let response = page(&LeavePage {
        frame: Frame::present(
            present,
            "member-list-title",
            if is_own { "" } else { "desk" },
        )
        .titled(&heading)
        .wrong(!errors.is_empty()),
        errors,
        fields,
        id: plan.member.id().to_string(),
        heading,
        first_name: plan.member.first_name.clone(),
        is_own,
        brings,
        stands: say(&format!("departure-{sign}-{whose}")),
        seen: plan.account.balance,
        has_units: balance > 0,
        is_below: balance < 0,
        may_go_on: balance >= 0 || (!is_own && present.may(Right::Members)),
        ways: ways(present, balance),
        unit: unit.many.clone(),
    })?;
    Ok(response.with_status(code).into_response())
}

fn ways(present: &Present, balance: i64) -> Vec<(&'static str, String, String)> {
    let words = present.words();
    let sel = [("sel", (&present.guest.association.name).into())];
    let sign = if balance < 0 { "below" } else { "above" };
    let way = |name: &str| words.say_with(&format!("departure-way-{name}-{sign}"), &sel);
    let detail = |name: &str| words.say(&format!("departure-way-{name}-detail"));
    match balance {
        0 => Vec::new(),
        b if b < 0 => vec![
            ("sel", way("association"), String::new()),
            ("solidarite", way("solidarity"), String::new()),
        ],
        _ => vec![
            ("solidarite", way("solidarity"), detail("solidarity")),
            ("sel", way("association"), detail("association")),
            ("adherent", words.say("departure-way-member"), String::new()),
        ],
    }
}

#[handler]
async fn leave(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let plan = plan(&mut present, &id).await?;
    let words = present.words();
    let unit = present.rules.unit.clone();
    let way = match way(&mut present, &plan, &fields).await? {
        Ok(way) => way,
        Err(refusal) => {
            let errors = Errors::of_refusals(words, &[refusal], &unit);
            return Ok(shown(&present, &plan, fields, errors)?);
        }
    };
    let present = crate::crossing::end_all(present, plan.member.id()).await?;
    let seen = fields.get("seen").parse().unwrap_or(i64::MIN);
    let (today, is_own) = (
        present.guest.today(),
        plan.member.id() == present.member.id(),
    );
    let (scope, absent) = present.part();
    match desk::departure::leave(scope, plan.member.id(), way, seen, today).await {
        Ok(_) => {
            let names = [
                ("name", plan.member.full_name().into()),
                ("number", plan.member.number.into()),
                ("sel", (&absent.guest.association.name).into()),
            ];
            let (key, to) = if is_own {
                ("departure-done-own", "/")
            } else {
                ("departure-done", "/bureau/partis")
            };
            let flash = Flash::good(words.say_with(key, &names));
            Ok(see_other_with(&absent.guest.house, to, &flash))
        }
        Err(halt) => {
            let (mut present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            // The page shows what stands now.
            let plan = self::plan(&mut present, &id).await?;
            Ok(shown(&present, &plan, fields, errors)?)
        }
    }
}

/// Where the balance goes, as it was chosen.
async fn way(
    present: &mut Present,
    plan: &Plan,
    fields: &Fields,
) -> Result<Result<Way, Refusal>, Trouble> {
    Ok(match fields.get("way") {
        _ if plan.shared || plan.account.balance == 0 => Ok(Way::Association),
        "sel" => Ok(Way::Association),
        "solidarite" => Ok(Way::Solidarity),
        "adherent" => find_member(present, fields)
            .await?
            .map(|member| Way::Member(member.id()))
            .map_err(Refusal::Member),
        _ => Err(Refusal::NoWay),
    })
}

#[handler]
async fn gone(mut present: Present, Query(query): Query) -> Answer {
    if !present.may(Right::Members) {
        return Err(Trouble::NotAllowed.into());
    }
    let number = query.get("page").parse().unwrap_or(1).clamp(1, 500);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let members = store::member::gone(&mut present.scope, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let zone = &present.guest.association.time_zone;
    let line = |member: &store::member::Member| Gone {
        id: member.id().to_string(),
        name: format!("{} (n°\u{a0}{})", member.full_name(), member.number),
        since: member
            .left_at
            .map(|at| words.day(words.local_day(at, zone)))
            .unwrap_or_default(),
    };
    Ok(page(&GonePage {
        frame: Frame::present(&present, "departure-gone-title", "desk"),
        members: members.rows.iter().map(line).collect(),
        page_number: number,
        next: members.more.then_some(number + 1),
    })?)
}

#[handler]
async fn come_back(_fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    if !present.may(Right::Members) {
        return Err(Trouble::NotAllowed.into());
    }
    let id: MemberId = id.parse().map_err(|_| Trouble::NotFound)?;
    let (scope, absent) = present.part();
    let words = absent.words();
    match desk::departure::come_back(scope, id).await {
        Ok(member) => {
            let names = [
                ("name", member.full_name().into()),
                ("number", member.number.into()),
            ];
            let flash = Flash::good(words.say_with("departure-back", &names));
            let to = format!("/adherents/{id}");
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let refusal = crate::failed(halt)?;
            let flash = Flash::bad(words.refusal(&refusal, &absent.rules.unit));
            Ok(see_other_with(
                &absent.guest.house,
                "/bureau/partis",
                &flash,
            ))
        }
    }
}
