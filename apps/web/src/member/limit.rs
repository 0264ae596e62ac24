//! `/adherents/…/limites`: limits of one account, with a reason and an end.

use super::portrait::found;
use super::sees_balance;
use askama::Template;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler, post};
use sel::amount::Unit;
use sel::id::OverrideId;
use sel::limit::{Own, may_set};
use store::account::Override;
use store::member::Member;

/// Decisions that are shown, the newest ones.
const DECISIONS: i64 = 20;

pub(super) fn routes(route: Route) -> Route {
    route
        .at("/adherents/:id/limites", get(show).post(set))
        .at("/adherents/:id/limites/fin", post(lift))
}

#[derive(Template)]
#[template(path = "member_limits.html")]
struct LimitsPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    id: String,
    heading: String,
    first_name: String,
    unit: String,
    /// What stands now.
    now: String,
    has_own: bool,
    decided: Vec<String>,
}

async fn settable(present: &mut Present, id: &str) -> Result<Member, Trouble> {
    let member = found(present, id).await?;
    let actor = present.scope.actor.as_ref();
    if actor.is_some_and(|actor| may_set(actor, member.id())) {
        Ok(member)
    } else {
        Err(Trouble::NotAllowed)
    }
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let member = settable(&mut present, &id).await?;
    let account = store::account::of_member(&mut present.scope, member.id())
        .await
        .map_err(Trouble::from)?;
    let (standing, unit) = (account.standing(), &present.rules.unit);
    let limits = &present.rules.limits;
    let plain = |limit: Option<i64>| limit.map_or_else(String::new, |it| unit.plain(it.abs()));
    let fields = Fields::default()
        .with("id", desk::fresh::id(present.guest.visit.now).to_string())
        .with("floor", plain(limits.floor_of(standing)))
        .with("ceiling", plain(limits.ceiling_of(standing)));
    Ok(shown(present, &member, fields, Errors::none()).await?)
}

async fn shown(
    mut present: Present,
    member: &Member,
    fields: Fields,
    errors: Errors,
) -> Result<Response, Trouble> {
    let account = store::account::of_member(&mut present.scope, member.id()).await?;
    let decided = store::account::overrides(&mut present.scope, account.id(), DECISIONS).await?;
    let (words, unit, limits) = (present.words(), &present.rules.unit, &present.rules.limits);
    let standing = account.standing();
    let none = || words.say("limit-none");
    let limit = |it: Option<i64>| it.map_or_else(none, |it| unit.amount(it));
    let balance = if sees_balance(&present, member.id()) {
        unit.amount(standing.balance)
    } else {
        words.say("limit-hidden")
    };
    let name = [("name", (&member.first_name).into())];
    let heading = words.say_with("limit-title", &name);
    let code = errors.code();
    let now = words.say_with(
        if standing.own.is_some() {
            "limit-now-own"
        } else {
            "limit-now"
        },
        &[
            ("floor", limit(limits.floor_of(standing)).into()),
            ("ceiling", limit(limits.ceiling_of(standing)).into()),
            ("balance", balance.into()),
        ],
    );
    let response = page(&LimitsPage {
        frame: Frame::present(&present, "member-list-title", "desk")
            .titled(&heading)
            .wrong(!errors.is_empty()),
        errors,
        fields,
        id: member.id().to_string(),
        heading,
        first_name: member.first_name.clone(),
        unit: unit.many.clone(),
        now,
        has_own: standing.own.is_some(),
        decided: decided.iter().map(|it| said(&present, it)).collect(),
    })?;
    Ok(response.with_status(code).into_response())
}

fn said(present: &Present, it: &Override) -> String {
    let (words, unit) = (present.words(), &present.rules.unit);
    let zone = &present.guest.association.time_zone;
    let none = || words.say("limit-none");
    let limit = |it: Option<i64>| it.map_or_else(none, |it| unit.amount(it));
    let key = if it.until.is_some() {
        "limit-decided"
    } else {
        "limit-lifted-said"
    };
    let day = words.local_day(it.decided_at, zone);
    words.say_with(
        key,
        &[
            ("name", (&it.decider_first).into()),
            ("day", words.day(day).into()),
            ("floor", limit(it.floor).into()),
            ("ceiling", limit(it.ceiling).into()),
            (
                "until",
                it.until
                    .map(|day| words.day(day))
                    .unwrap_or_default()
                    .into(),
            ),
            ("reason", (&it.reason).into()),
        ],
    )
}

/// The limits that were typed: empty is none.
fn typed(unit: &Unit, fields: &Fields, errors: &mut Errors, words: words::Words) -> Own {
    let mut amount = |name: &str| match unit.parse_signed(fields.get(name)) {
        Ok(amount) => Some(amount.abs()),
        Err(sel::amount::Refusal::Empty) => None,
        Err(refusal) => {
            errors.add(name, words.refusal(&refusal, unit));
            None
        }
    };
    Own {
        floor: amount("floor").map(|floor| -floor),
        ceiling: amount("ceiling"),
    }
}

#[handler]
async fn set(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let member = settable(&mut present, &id).await?;
    let decision = OverrideId(fields.id("id").ok_or(Trouble::NotFound)?);
    let (words, unit) = (present.words(), present.rules.unit.clone());
    let mut errors = Errors::none();
    let own = typed(&unit, &fields, &mut errors, words);
    if !errors.is_empty() {
        return Ok(shown(present, &member, fields, errors).await?);
    }
    let until = fields.get("until").parse().ok();
    let today = present.guest.today();
    let (scope, absent) = present.part();
    let said = (fields.get("reason"), until);
    match desk::limit::set(scope, decision, member.id(), own, said, today).await {
        Ok(()) => {
            let names = [("name", (&member.first_name).into())];
            let flash = Flash::good(words.say_with("limit-set", &names));
            let to = format!("/adherents/{}", member.id());
            Ok(see_other_with(&absent.guest.house, &to, &flash))
        }
        Err(halt) => {
            let (present, errors) = crate::again(absent, halt).await?;
            Ok(shown(present, &member, fields, errors).await?)
        }
    }
}

#[handler]
async fn lift(fields: Fields, mut present: Present, Path(id): Path<String>) -> Answer {
    let member = settable(&mut present, &id).await?;
    let decision = OverrideId(fields.id("id").ok_or(Trouble::NotFound)?);
    let (scope, absent) = present.part();
    let names = [("name", (&member.first_name).into())];
    let done = desk::limit::lift(scope, decision, member.id()).await;
    let done = done.map(|()| absent.words().say_with("limit-lifted", &names));
    crate::told(&absent, done, &format!("/adherents/{}", member.id()))
}
