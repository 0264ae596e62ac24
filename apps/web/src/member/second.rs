//! `/compte/second`: a second proof at every login, for who wants one.

use crate::membership::{doubts, own};
use crate::session::tries;
use askama::Template;
use desk::membership::Proof;
use desk::second::{Refusal, Standing};
use door::picture::Setup;
use door::threshold::see_other_with;
use door::{Absent, Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::{IntoResponse, Response, Route, get, handler, post};

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/compte/second", get(show).post(begin))
        .at("/compte/second/autrement", post(change))
}

#[derive(Template)]
#[template(path = "account_second.html")]
struct SecondPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    setup: Option<Setup>,
    /// Since when it is asked, and how many spare codes are left.
    in_force: String,
    has_password: bool,
}

#[derive(Template)]
#[template(path = "account_second_codes.html")]
struct CodesPage {
    frame: Frame,
    codes: Vec<String>,
}

#[handler]
async fn show(present: Present) -> Answer {
    let absent = present.away();
    Ok(standing(absent, false, Fields::default(), Errors::none()).await?)
}

async fn standing(
    absent: Absent,
    again: bool,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let own = own(&absent)?;
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    let name = format!(
        "{}, {}",
        absent.guest.association.name,
        absent.member.full_name()
    );
    let standing =
        desk::second::standing(&house.pool, house.keys.vault(), (own, &name), again, now).await?;
    let has_password = desk::membership::has_password(&house.pool, own, now).await?;
    let words = absent.words();
    let (setup, in_force) = match &standing {
        Standing::Elsewhere => (None, String::new()),
        Standing::Setup(setup) => (
            Some(Setup::new(&setup.address, &setup.letters)?),
            String::new(),
        ),
        Standing::InForce { since, spare } => {
            let zone = &absent.guest.association.time_zone;
            let day = words.near_day(words.local_day(*since, zone), absent.guest.today());
            let names = [("day", day.into()), ("count", (*spare).into())];
            (None, words.say_with("second-in-force", &names))
        }
    };
    let code = errors.code();
    let present = absent.back().await?;
    let response = page(&SecondPage {
        frame: Frame::present(&present, "second-title", "").wrong(!errors.is_empty()),
        errors,
        fields,
        setup,
        in_force,
        has_password,
    })?;
    Ok(response.with_status(code).into_response())
}

/// The page again, with why not.
async fn refused(absent: Absent, fields: Fields, halt: desk::Halt<Refusal>) -> Answer {
    let refusal = crate::failed(halt)?;
    let errors = Errors::of_refusals(absent.words(), &[refusal], &absent.rules.unit);
    Ok(standing(absent, true, fields, errors).await?)
}

/// Puts it into force.
#[handler]
async fn begin(fields: Fields, present: Present) -> Answer {
    begun(present.away(), fields).await
}

/// Makes other spare codes, or ends it: what is meant is said, so that no key does it by itself.
#[handler]
async fn change(fields: Fields, present: Present) -> Answer {
    let absent = present.away();
    match fields.get("what") {
        "codes" => begun(absent, fields).await,
        "fin" => ended(absent, fields).await,
        _ => {
            let mut errors = Errors::none();
            errors.add("what", absent.words().say("second-what-choose"));
            Ok(standing(absent, true, fields, errors).await?)
        }
    }
}

/// Puts it into force, or makes other spare codes, which this answer alone shows.
async fn begun(absent: Absent, fields: Fields) -> Answer {
    if let Some(errors) = doubts(&absent, &fields, Proof::Password).await? {
        return Ok(standing(absent, true, fields, errors).await?);
    }
    let own = own(&absent)?;
    tries::of_code(&absent.guest, own.identity_id).await?;
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    let (vault, typed) = (house.keys.vault(), fields.get("code"));
    match desk::second::begin(&house.pool, vault, own, typed, now).await {
        Ok(codes) => {
            let present = absent.back().await?;
            Ok(page(&CodesPage {
                frame: Frame::present(&present, "second-codes-title", ""),
                codes,
            })?)
        }
        Err(halt) => refused(absent, fields, halt).await,
    }
}

async fn ended(absent: Absent, fields: Fields) -> Answer {
    if let Some(errors) = doubts(&absent, &fields, Proof::Password).await? {
        return Ok(standing(absent, true, fields, errors).await?);
    }
    let own = own(&absent)?;
    tries::of_code(&absent.guest, own.identity_id).await?;
    let (house, now) = (&absent.guest.house, absent.guest.visit.now);
    let (vault, typed) = (house.keys.vault(), fields.get("code"));
    match desk::second::end(&house.pool, vault, own, typed, now).await {
        Ok(()) => {
            let flash = Flash::good(absent.words().say("second-ended"));
            Ok(see_other_with(house, "/compte", &flash))
        }
        Err(halt) => refused(absent, fields, halt).await,
    }
}
