//! `/bureau/mouvements`: what the board decides for many at once; `/dons`: what a member gives to
//! mutual help.

mod decide;
mod gift;

use askama::Template;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::batch::Kind;
use sel::id::BatchId;
use sel::member::Right;
use store::batch::{Batch, Line};
use words::Words;

/// Batches on a page of the list, and lines of one that are shown.
const ROWS: usize = 30;
const LINES: usize = 2_000;

pub(crate) fn routes(route: Route) -> Route {
    gift::routes(decide::routes(route))
        .at("/bureau/mouvements", get(list))
        .at("/bureau/mouvements/:id", get(show))
        .at("/bureau/mouvements/:id/annuler", post(reverse))
}

struct Told {
    id: String,
    label: String,
    kind: String,
    said: String,
}

#[derive(Template)]
#[template(path = "batch_list.html")]
struct ListPage {
    frame: Frame,
    unit: String,
    batches: Vec<Told>,
    page_number: usize,
    next: Option<usize>,
}

#[derive(Template)]
#[template(path = "batch.html")]
struct BatchPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    it: Told,
    lines: Vec<String>,
    /// Whether anything of it still stands.
    stands: bool,
    reversal: Option<String>,
}

fn allowed(present: &Present) -> Result<(), Trouble> {
    if present.may(Right::EnterForOthers) {
        Ok(())
    } else {
        Err(Trouble::NotAllowed)
    }
}

async fn found(present: &mut Present, id: &str) -> Result<Batch, Trouble> {
    allowed(present)?;
    let id: BatchId = id.parse().map_err(|_| Trouble::NotFound)?;
    store::batch::by_id(&mut present.scope, id)
        .await?
        .ok_or(Trouble::NotFound)
}

fn kind_name(words: Words, kind: Option<Kind>) -> String {
    kind.map(|kind| words.say(&format!("batch-kind-{}", kind.as_str())))
        .unwrap_or_default()
}

fn told(present: &Present, it: &Batch) -> Told {
    let words = present.words();
    let zone = &present.guest.association.time_zone;
    let day = words.local_day(it.decided_at, zone);
    let key = if it.reversed_at.is_some() {
        "batch-said-undone"
    } else {
        "batch-said"
    };
    Told {
        id: it.id().to_string(),
        label: it.label.clone(),
        kind: kind_name(words, it.kind()),
        said: words.say_with(
            key,
            &[
                ("count", it.count.into()),
                ("amount", present.rules.unit.amount(it.total).into()),
                ("name", (&it.decider_first).into()),
                ("day", words.day(day).into()),
            ],
        ),
    }
}

#[handler]
async fn list(mut present: Present, Query(query): Query) -> Answer {
    allowed(&present)?;
    let number = query.get("page").parse().unwrap_or(1).clamp(1, 500);
    let offset = i64::try_from((number - 1) * ROWS).unwrap_or(i64::MAX);
    let batches = store::batch::list(&mut present.scope, offset, ROWS)
        .await
        .map_err(Trouble::from)?;
    Ok(page(&ListPage {
        frame: Frame::present(&present, "batch-list-title", "desk"),
        unit: present.rules.unit.many.clone(),
        batches: batches.rows.iter().map(|it| told(&present, it)).collect(),
        page_number: number,
        next: batches.more.then_some(number + 1),
    })?)
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    Ok(shown(present, &it, Fields::default(), Errors::none()).await?)
}

async fn shown(
    mut present: Present,
    it: &Batch,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let lines = store::batch::lines(&mut present.scope, it.id(), LINES).await?;
    let code = errors.code();
    let response = page(&BatchPage {
        frame: Frame::present(&present, "batch-list-title", "desk")
            .titled(&it.label)
            .wrong(!errors.is_empty()),
        errors,
        fields,
        lines: lines.iter().map(|line| said(&present, line)).collect(),
        stands: it.standing > 0,
        reversal: it.reversal.clone(),
        it: told(&present, it),
    })?;
    Ok(response.with_status(code).into_response())
}

/// "Claire n° 12 donne 30 grains".
fn said(present: &Present, line: &Line) -> String {
    let words = present.words();
    let amount = present.rules.unit.amount(line.amount);
    let name = |first: &Option<String>, number: Option<i32>| match (first, number) {
        (Some(first), Some(number)) => format!("{first} n°\u{a0}{number}"),
        _ => String::new(),
    };
    let payer = name(&line.payer_first, line.payer_number);
    let payee = name(&line.payee_first, line.payee_number);
    let key = match (payer.is_empty(), payee.is_empty()) {
        (false, false) => "batch-line-both",
        (false, true) => "batch-line-gives",
        _ => "batch-line-receives",
    };
    words.say_with(
        key,
        &[
            ("payer", payer.into()),
            ("payee", payee.into()),
            ("amount", amount.into()),
        ],
    )
}

#[handler]
async fn reverse(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let today = present.guest.today();
    let (scope, absent) = present.part();
    let words = absent.words();
    match desk::batch::reverse(scope, it.id(), fields.get("reason"), today).await {
        Ok(left) => {
            let text = words.say_with("batch-undone", &[("left", left.into())]);
            let to = format!("/bureau/mouvements/{}", it.id());
            let flash = Flash::good(text);
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (mut present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            let it = found(&mut present, &id).await?;
            Ok(shown(present, &it, fields, errors).await?)
        }
    }
}
