//! Undoing an exchange with a member of another SEL, in the books of both.

use super::answer::visible;
use super::said;
use crate::exchange::ReversePage;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page, see_other};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::crossing::may_reverse;
use sel::exchange::Side;
use store::crossing::Crossing;
use words::Value;

pub(super) fn routes(route: Route) -> Route {
    route.at("/echanges/ailleurs/:id/inverse", get(show).post(reverse))
}

async fn found(present: &mut Present, id: &str) -> Result<Crossing, Trouble> {
    let it = visible(present, id).await?;
    let actor = present.scope.actor.as_ref();
    let known = it.known();
    if actor.is_some_and(|actor| may_reverse(&known, actor)) || !known.stands {
        Ok(it)
    } else {
        Err(Trouble::NotAllowed)
    }
}

fn names(present: &Present, it: &Crossing) -> [(&'static str, Value); 3] {
    let (payer, payee) = match it.side() {
        Side::Payer => (&it.member_first, &it.other_name),
        Side::Payee => (&it.other_name, &it.member_first),
    };
    [
        ("payer", payer.into()),
        ("payee", payee.into()),
        ("amount", present.rules.unit.amount(it.amount).into()),
    ]
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    // Undone by now, or never recorded: its page says so.
    if !it.known().stands {
        return Ok(see_other(&format!("/echanges/ailleurs/{}", it.id())));
    }
    Ok(shown(&present, &it, Fields::default(), Errors::none())?)
}

fn shown(
    present: &Present,
    it: &Crossing,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let actor = present.scope.actor.as_ref();
    let own = actor.is_some_and(|actor| actor.acts_for(it.member_id()));
    let kind = if own && it.side() == Side::Payee {
        "give-back"
    } else {
        "reverse"
    };
    let names = names(present, it);
    let say = |part: &str| {
        present
            .words()
            .say_with(&format!("exchange-{kind}-{part}"), &names)
    };
    let heading = say("title");
    let code = errors.code();
    let response = page(&ReversePage {
        frame: Frame::present(present, "exchange-page-title", "statement")
            .titled(&heading)
            .wrong(!errors.is_empty()),
        errors,
        fields,
        url: format!("/echanges/ailleurs/{}", it.id()),
        heading,
        said: said(present, it),
        what: say("what"),
        yes: say("yes"),
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn reverse(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    let names = names(&present, &it);
    let today = present.guest.today();
    let (scope, absent) = present.part();
    match desk::crossing::reverse(scope, it.id(), fields.get("reason"), today).await {
        Ok(it) => {
            let flash = Flash::good(absent.words().say_with("exchange-reversed", &names));
            let to = format!("/echanges/ailleurs/{}", it.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(shown(&present, &it, fields, errors)?)
        }
    }
}
