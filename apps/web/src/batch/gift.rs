//! `/dons`: a member gives to the account of mutual help.

use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::{IntoResponse, Response, Route, get, handler};
use sel::exchange::{Refusal, label};
use sel::id::TransferId;
use store::account::Fund;

pub(super) fn routes(route: Route) -> Route {
    route.at("/dons", get(show).post(give))
}

#[derive(Template)]
#[template(path = "gift.html")]
struct GiftPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    unit: String,
    stands: String,
}

#[handler]
async fn show(present: Present) -> Answer {
    let id = desk::fresh::id(present.guest.visit.now).to_string();
    let label = present.words().say("gift-usual");
    let fields = Fields::default().with("id", id).with("label", label);
    Ok(shown(present, fields, Errors::none()).await?)
}

async fn shown(mut present: Present, fields: Fields, errors: Errors) -> Result<Response, Trouble> {
    let fund = store::account::fund(&mut present.scope, Fund::Solidarity).await?;
    let unit = &present.rules.unit;
    let amount = [("amount", unit.amount(fund.balance).into())];
    let code = errors.code();
    let response = page(&GiftPage {
        frame: Frame::present(&present, "gift-title", "statement").wrong(!errors.is_empty()),
        errors,
        fields,
        unit: unit.many.clone(),
        stands: present.words().say_with("gift-stands", &amount),
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn give(fields: Fields, present: Present) -> Answer {
    let id = TransferId(fields.id("id").ok_or(Trouble::NotFound)?);
    let (words, unit) = (present.words(), present.rules.unit.clone());
    let amount = unit.parse(fields.get("amount")).map_err(Refusal::from);
    let said = label(fields.get("label"));
    let (amount, said) = match (amount, said) {
        (Ok(amount), Ok(said)) => (amount, said),
        (amount, said) => {
            let why: Vec<Refusal> = amount.err().into_iter().chain(said.err()).collect();
            let errors = Errors::of_refusals(words, &why, &unit);
            return Ok(shown(present, fields, errors).await?);
        }
    };
    let today = present.guest.today();
    let (scope, absent) = present.part();
    match desk::batch::give(scope, id, amount, &said, today).await {
        Ok(()) => {
            let names = [("amount", unit.amount(amount).into())];
            let flash = Flash::good(words.say_with("gift-done", &names));
            Ok(see_other_with(&absent.guest.house, "/releve", &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt.map(|why| [why])).await?;
            Ok(shown(present, fields, errors).await?)
        }
    }
}
