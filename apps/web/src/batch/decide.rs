//! Deciding a batch: a form, what it would do line by line, and the decision.

use super::{allowed, kind_name};
use crate::member::sees_balance;
use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::batch::{Decided, Draft, Kind, Refusal, Share, With, members};
use sel::exchange;
use sel::id::BatchId;
use sel::roll::Roll;

/// Hundredths that demurrage may take at once.
const PERCENT: std::ops::RangeInclusive<i64> = 1..=50;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/bureau/mouvements/nouveau", get(start))
        .at("/bureau/mouvements/relire", post(review))
        .at("/bureau/mouvements/corriger", post(correct))
        .at("/bureau/mouvements/decider", post(decide))
}

#[derive(Template)]
#[template(path = "batch_form.html")]
struct FormPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    unit: String,
    kinds: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "batch_review.html")]
struct ReviewPage {
    frame: Frame,
    fields: Fields,
    kind: String,
    sum: String,
    label: String,
    lines: Vec<Line>,
}

/// What it would do to one member.
struct Line {
    name: String,
    change: String,
    /// Before and after, for who may see them.
    balances: Option<(String, String)>,
}

#[handler]
async fn start(present: Present) -> Answer {
    allowed(&present)?;
    let fields = Fields::default()
        .with("id", desk::fresh::id(present.guest.visit.now).to_string())
        .with("kind", Kind::Fee.as_str())
        .with("fund", "sel")
        .with("leader_gives", "non");
    Ok(form(&present, fields, Errors::none())?)
}

fn form(present: &Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let words = present.words();
    let kinds = Kind::ALL
        .into_iter()
        .map(|kind| {
            let name = kind.as_str();
            let hint = words.say(&format!("batch-kind-{name}-hint"));
            (name, kind_name(words, Some(kind)), hint)
        })
        .collect();
    let code = errors.code();
    let response = page(&FormPage {
        frame: Frame::present(present, "batch-new-title", "desk").wrong(!errors.is_empty()),
        errors,
        fields,
        unit: present.rules.unit.many.clone(),
        kinds,
    })?;
    Ok(response.with_status(code).into_response())
}

/// What the form says, or all that is wrong with it.
fn read(present: &Present, fields: &Fields, roll: &Roll) -> Result<Draft, Vec<Refusal>> {
    let unit = &present.rules.unit;
    let mut wrong = Vec::new();
    let kind = Kind::parse(fields.get("kind"));
    if kind.is_none() {
        wrong.push(Refusal::NoKind);
    }
    let label = exchange::label(fields.get("label")).map_err(|why| wrong.push(why.into()));
    let members = whom(kind, fields, roll).map_err(|whom| wrong.extend(whom));
    let with = with(kind, fields, roll).map_err(|why| wrong.push(why));
    let share = if kind == Some(Kind::Demurrage) {
        let percent = fields.get("percent").parse().ok();
        let percent = percent.filter(|percent| PERCENT.contains(percent));
        let threshold = unit.parse_signed(fields.get("threshold")).ok();
        if percent.is_none() {
            wrong.push(Refusal::Percent);
        }
        if threshold.is_none() {
            wrong.push(Refusal::Threshold);
        }
        percent
            .zip(threshold)
            .map(|(percent, threshold)| Share::Above { percent, threshold })
    } else {
        let amount = unit.parse(fields.get("amount"));
        amount
            .map_err(|why| wrong.push(exchange::Refusal::from(why).into()))
            .ok()
            .map(Share::Each)
    };
    match (kind, label, members, with, share) {
        (Some(kind), Ok(label), Ok(members), Ok(with), Some(share)) => Ok(Draft {
            kind,
            with,
            leader_gives: fields.get("leader_gives") == "oui",
            share,
            label,
            members,
        }),
        _ => Err(wrong),
    }
}

/// Those who were named; nobody where everybody is meant, which must be said.
fn whom(
    kind: Option<Kind>,
    fields: &Fields,
    roll: &Roll,
) -> Result<Vec<sel::id::MemberId>, Vec<Refusal>> {
    let is_workshop = kind == Some(Kind::Workshop);
    if !is_workshop && fields.get("who") == "tous" {
        return Ok(Vec::new());
    }
    let named = members(roll, fields.get("members"))?;
    match named.is_empty() {
        true if is_workshop => Err(vec![Refusal::NoParticipant]),
        true => Err(vec![Refusal::NoChoice]),
        false => Ok(named),
    }
}

fn with(kind: Option<Kind>, fields: &Fields, roll: &Roll) -> Result<With, Refusal> {
    if kind == Some(Kind::Workshop) {
        let leader = roll.find(fields.get("leader")).map_err(Refusal::Leader)?;
        if leader.has_left {
            return Err(Refusal::Leader(exchange::Refusal::HasLeft {
                first_name: leader.first_name.clone(),
            }));
        }
        return Ok(With::Member(leader.member_id));
    }
    Ok(match fields.get("fund") {
        "solidarite" => With::Solidarity,
        _ => With::Association,
    })
}

async fn draft(
    present: &mut Present,
    fields: &Fields,
) -> Result<Result<Draft, Vec<Refusal>>, Trouble> {
    allowed(present)?;
    let roll = store::member::roll(&mut present.scope).await?;
    Ok(read(present, fields, &roll))
}

#[handler]
async fn correct(fields: Fields, present: Present) -> Answer {
    allowed(&present)?;
    Ok(form(&present, fields, Errors::none())?)
}

#[handler]
async fn review(fields: Fields, mut present: Present) -> Answer {
    let words = present.words();
    let unit = present.rules.unit.clone();
    let refused = |present: &Present, fields: Fields, why: &[Refusal]| {
        form(present, fields, Errors::of_refusals(words, why, &unit))
    };
    let draft = match draft(&mut present, &fields).await? {
        Ok(draft) => draft,
        Err(why) => return Ok(refused(&present, fields, &why)?),
    };
    match desk::batch::preview(&mut present.scope, &draft).await {
        Ok((decided, roll)) => Ok(reviewed(&present, fields, &decided, &roll)?),
        Err(halt) => {
            let why = crate::failed(halt)?;
            Ok(refused(&present, fields, &[why])?)
        }
    }
}

fn reviewed(
    present: &Present,
    fields: Fields,
    decided: &Decided,
    roll: &Roll,
) -> Result<Response, Trouble> {
    let (words, unit) = (present.words(), &present.rules.unit);
    let sign = if decided.receives { 1 } else { -1 };
    let line = |(member, amount): &(sel::id::MemberId, i64)| {
        let entry = roll.by_id(*member)?;
        let balance = entry.standing.balance;
        Some(Line {
            name: format!("{} n°\u{a0}{}", entry.full_name(), entry.number),
            change: unit.signed(sign * amount),
            balances: sees_balance(present, *member)
                .then(|| (unit.figure(balance), unit.figure(balance + sign * amount))),
        })
    };
    let leader = match decided.with {
        With::Member(member) => line(&(member, -decided.total())),
        _ => None,
    };
    page(&ReviewPage {
        frame: Frame::present(present, "batch-review-title", "desk"),
        kind: kind_name(words, Some(decided.kind)),
        sum: words.say_with(
            "batch-sum",
            &[
                ("count", decided.shares.len().into()),
                ("amount", unit.amount(decided.total()).into()),
            ],
        ),
        label: decided.label.clone(),
        lines: decided
            .shares
            .iter()
            .filter_map(line)
            .chain(leader)
            .collect(),
        fields: fields
            .instead("count", decided.shares.len().to_string())
            .instead("total", decided.total().to_string()),
    })
}

#[handler]
async fn decide(fields: Fields, mut present: Present) -> Answer {
    let id = BatchId(fields.id("id").ok_or(Trouble::NotFound)?);
    let words = present.words();
    let unit = present.rules.unit.clone();
    let draft = match draft(&mut present, &fields).await? {
        Ok(draft) => draft,
        Err(why) => {
            let errors = Errors::of_refusals(words, &why, &unit);
            return Ok(form(&present, fields, errors)?);
        }
    };
    let seen = (
        fields.get("count").parse().unwrap_or(0),
        fields.get("total").parse().unwrap_or(0),
    );
    let today = present.guest.today();
    let (scope, absent) = present.part();
    match desk::batch::post(scope, id, &draft, seen, today).await {
        Ok((count, total)) => {
            let names = [
                ("count", count.into()),
                ("amount", unit.amount(total).into()),
            ];
            let flash = Flash::good(words.say_with("batch-done", &names));
            let to = format!("/bureau/mouvements/{id}");
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let why = crate::failed(halt)?;
            let present = absent.back().await?;
            let errors = Errors::of_refusals(words, std::slice::from_ref(&why), &unit);
            let fields = if why == Refusal::Known {
                let fresh = desk::fresh::id(present.guest.visit.now);
                fields.instead("id", fresh.to_string())
            } else {
                fields
            };
            Ok(form(&present, fields, errors)?)
        }
    }
}
