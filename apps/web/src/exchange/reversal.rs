//! Undoing an exchange that is recorded: a page that asks, a reason, the reverse.

use super::answer::{read_id, visible};
use super::telling::Telling;
use askama::Template;
use askama::filters::Safe;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page, see_other};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::exchange::{gives_back, may_reverse};
use store::exchange::Exchange;

pub(super) fn routes(route: Route) -> Route {
    route.at("/echanges/:id/inverse", get(show).post(reverse))
}

#[derive(Template)]
#[template(path = "exchange_reverse.html")]
pub(crate) struct ReversePage {
    pub(crate) frame: Frame,
    pub(crate) errors: Errors,
    pub(crate) fields: Fields,
    pub(crate) url: String,
    pub(crate) heading: String,
    pub(crate) said: Safe<String>,
    pub(crate) what: String,
    pub(crate) yes: String,
}

/// An exchange that this member may undo.
async fn found(present: &mut Present, id: &str) -> Result<Exchange, Trouble> {
    let exchange = visible(present, read_id(id)?).await?;
    // A dispute is told of when the form comes back.
    let recorded = desk::reversal::recorded(&exchange, false);
    let actor = present.scope.actor.as_ref();
    if actor.is_some_and(|actor| may_reverse(&recorded, actor)) || !recorded.stands {
        Ok(exchange)
    } else {
        Err(Trouble::NotAllowed)
    }
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let exchange = found(&mut present, &id).await?;
    // Undone by now, or never recorded: its page says so.
    if !exchange.stands() {
        return Ok(see_other(&format!("/echanges/{}", exchange.id())));
    }
    Ok(shown(
        &present,
        &exchange,
        Fields::default(),
        Errors::none(),
    )?)
}

fn shown(
    present: &Present,
    it: &Exchange,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let words = present.words();
    let recorded = desk::reversal::recorded(it, false);
    let actor = present.scope.actor.as_ref();
    let gives_back = actor.is_some_and(|actor| gives_back(&recorded, actor));
    let kind = if gives_back { "give-back" } else { "reverse" };
    let names = [
        ("payer", (&it.payer_first).into()),
        ("payee", (&it.payee_first).into()),
        ("amount", present.rules.unit.amount(it.amount).into()),
    ];
    let say = |part: &str| words.say_with(&format!("exchange-{kind}-{part}"), &names);
    let heading = say("title");
    let code = errors.code();
    let response = page(&ReversePage {
        frame: Frame::present(present, "exchange-page-title", "statement")
            .titled(&heading)
            .wrong(!errors.is_empty()),
        errors,
        fields,
        url: format!("/echanges/{}", it.id()),
        heading,
        said: Telling::to(present, !present.member.rights().is_empty(), it, None).said(it),
        what: say("what"),
        yes: say("yes"),
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn reverse(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let today = present.guest.today();
    let (scope, absent) = present.part();
    let (words, unit) = (absent.words(), &absent.rules.unit);
    match desk::reversal::reverse(scope, it.id(), fields.get("reason"), today).await {
        Ok(it) => {
            let names = [
                ("payer", (&it.payer_first).into()),
                ("payee", (&it.payee_first).into()),
                ("amount", unit.amount(it.amount).into()),
            ];
            let flash = Flash::good(words.say_with("exchange-reversed", &names));
            let to = format!("/echanges/{}", it.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(shown(&present, &it, fields, errors)?)
        }
    }
}
