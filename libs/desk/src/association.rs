//! Opening a SEL, by oneself and without anyone's approval, and its guided start.

use crate::session::{LINKS_AN_HOUR, Refusal as LinkRefusal, TICKET_LIFE, look};
use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sel::amount::Unit;
use sel::application::Person;
use sel::association::{self, Draft, Opening, Refusal, Rules, Spot};
use sel::colour::Rgb;
use sel::id::{AccountId, AssociationId, CategoryId, MemberId, TokenId, TransferId};
use sel::journal;
use sel::member::{Actor, Right};
use sel::person::Name;
use sel::slug::Slug;
use serde_json::{Map, Value, json};
use store::category::Written as Category;
use store::token::{Purpose, Written};
use store::{Door, Pool, Scope};

/// How long the link lives that opens a SEL, in days.
pub const OPENING_DAYS: u64 = 7;

/// Asks to open a SEL: mails a link to the founder. Nothing is opened yet.
pub async fn ask(
    web: &Pool,
    draft: &Draft,
    place: Result<Spot, Refusal>,
    language: &str,
    now: DateTime<Utc>,
) -> Outcome<TokenId, Vec<Refusal>> {
    let mut door = Door::begin(web, now).await?;
    let free = match Slug::parse(&draft.slug) {
        Ok(slug) => store::association::slug_is_free(&mut door, slug.as_str()).await?,
        Err(_) => true,
    };
    let opening = association::open(draft, free, place).map_err(Halt::Refused)?;
    let email = opening.email.as_str().to_owned();
    let id = TokenId(fresh::id(now));
    let since = now - TimeDelta::hours(1);
    if store::token::mailed_since(&mut door, &email, Purpose::Opening, since).await?
        >= LINKS_AN_HOUR
    {
        // The page says what it always says: the links that went out before still work.
        return Ok(id);
    }
    let token = Written {
        id,
        purpose: Purpose::Opening,
        association_id: None,
        member_id: None,
        mail_to: Some(email),
        language: language.to_owned(),
        detail: serde_json::to_value(&opening)
            .map_err(|_| store::Error::Contradiction("an opening is no JSON"))?,
        expires_at: now + Days::new(OPENING_DAYS),
    };
    store::token::write(&mut door, &token).await?;
    door.commit().await?;
    Ok(id)
}

/// What the link of an opening describes.
pub fn described(token: &store::token::Token) -> Option<Opening> {
    serde_json::from_value(token.detail.clone()).ok()
}

/// A SEL that has just been opened.
#[derive(Debug)]
pub struct Opened {
    pub association_id: AssociationId,
    pub slug: String,
    pub founder: MemberId,
    /// Carries the founder's login to the SEL's own host.
    pub ticket: TokenId,
    pub ticket_expires_at: DateTime<Utc>,
}

/// Why the link did not open a SEL.
#[derive(Debug, PartialEq, Eq)]
pub enum NotOpened {
    Link(LinkRefusal),
    /// Someone else took the address meanwhile.
    Taken(Box<Opening>),
}

/// Opens the SEL of a mailed link: its row, its rules, its 25 rubrics, its founder with every
/// right. All of it, or nothing.
pub async fn open(web: &Pool, id: TokenId, now: DateTime<Utc>) -> Outcome<Opened, NotOpened> {
    let token = look(web, None, (id, &[Purpose::Opening]), now)
        .await
        .map_err(|halt| halt.map(NotOpened::Link))?;
    let opening =
        described(&token).ok_or(store::Error::Contradiction("an opening lost its words"))?;
    let mut door = Door::begin(web, now).await?;
    if !store::token::spend(&mut door, id).await? {
        return Err(Halt::Refused(NotOpened::Link(LinkRefusal::Used)));
    }
    let (mut scope, founder) = match found(door, &opening, &token.language).await {
        Ok(done) => done,
        Err(error) if error.constraint() == Some("slug_is_free") => {
            return Err(Halt::Refused(NotOpened::Taken(Box::new(opening))));
        }
        Err(error) => return Err(error.into()),
    };
    let association_id = scope.association_id;
    tell(
        &mut scope,
        "association_opened",
        association_id.0,
        json!({}),
        &[],
    )
    .await?;
    let ticket = ticket(association_id, founder, now);
    let mut door = scope.leave().await?;
    store::token::write(&mut door, &ticket).await?;
    door.commit().await?;
    let slug = opening.slug.as_str().to_owned();
    let ticket_expires_at = ticket.expires_at;
    Ok(Opened {
        association_id,
        slug,
        founder,
        ticket: ticket.id,
        ticket_expires_at,
    })
}

fn ticket(association_id: AssociationId, member: MemberId, now: DateTime<Utc>) -> Written {
    Written {
        id: TokenId(fresh::id(now)),
        purpose: Purpose::Ticket,
        association_id: Some(association_id),
        member_id: Some(member),
        mail_to: None,
        language: "fr".into(),
        detail: json!({}),
        expires_at: now + TICKET_LIFE,
    }
}

/// Writes the association, its rubrics and its founder; goes on in their name.
pub(crate) async fn found(
    mut door: Door,
    opening: &Opening,
    language: &str,
) -> store::Result<(Scope, MemberId)> {
    let now = door.now;
    let association_id = AssociationId(fresh::id(now));
    let unit = Unit {
        one: opening.unit_one.clone(),
        many: opening.unit_many.clone(),
        per_hour: 60,
        decimals: 0,
    };
    let floor = association::default_floor(&unit);
    let account = AccountId(fresh::id(now));
    store::association::open(&mut door, association_id, account, opening, &unit, floor).await?;
    let founder = MemberId(fresh::id(now));
    let actor = Actor {
        association_id,
        member_id: founder,
        rights: Right::ALL.to_vec(),
        helped: Vec::new(),
    };
    let mut scope = door.enter(association_id, Some(actor)).await?;
    let categories: Vec<Category<'_>> = sel::rubric::RUBRICS
        .iter()
        .map(|rubric| Category {
            id: CategoryId(fresh::id(now)),
            code: rubric.code,
            name: rubric.name,
        })
        .collect();
    store::category::keep(&mut scope, &categories).await?;
    let zone = sel::place::time_zone(&opening.place.country);
    store::association::keep_time(&mut scope, zone).await?;
    let person = Person {
        name: Name {
            first: opening.first_name.clone(),
            last: opening.last_name.clone(),
        },
        email: Some(opening.email.clone()),
        phone: None,
        place: None,
        about: None,
    };
    let joining = store::member::Joining {
        id: founder,
        account_id: AccountId(fresh::id(now)),
        person: &person,
        language,
        rights: &Right::ALL,
    };
    store::member::join(&mut scope, &joining).await?;
    Ok((scope, founder))
}

/// Whether the one who acts may change the rules.
fn may_rule(scope: &Scope) -> bool {
    let actor = scope.actor.as_ref();
    actor.is_some_and(|actor| actor.may(Right::Settings))
}

/// Writes the rules of a step of the guided start, or of the settings later. Needs the right.
pub async fn rule(scope: &mut Scope, rules: &Rules) -> Outcome<(), sel::member::Refusal> {
    if !may_rule(scope) {
        return Err(Halt::Refused(sel::member::Refusal::NotAllowed));
    }
    let before = store::setting::values(scope).await?;
    store::setting::write(scope, rules).await?;
    let after = store::setting::values(scope).await?;
    let changed = changed(&before, &after);
    if changed.is_empty() {
        return Ok(());
    }
    let here = scope.association_id.0;
    let detail = json!({ "step": rules.setup_step, "changed": changed });
    tell(scope, "rules_changed", here, detail, &[]).await?;
    Ok(())
}

/// What was changed, by its column: from what to what.
fn changed(before: &Map<String, Value>, after: &Map<String, Value>) -> Map<String, Value> {
    let columns = journal::RULES.iter().flat_map(|(_, columns)| *columns);
    columns
        .filter(|it| before.get(**it) != after.get(**it))
        .map(|it| ((*it).to_owned(), json!([before.get(*it), after.get(*it)])))
        .collect()
}

/// Keeps the rubrics with these codes, in the default order, and hides the others. Needs the right.
pub async fn keep_categories(scope: &mut Scope, codes: &[String]) -> Outcome<(), Refusal> {
    if !may_rule(scope) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let now = scope.now;
    let kept: Vec<Category<'_>> = sel::rubric::RUBRICS
        .iter()
        .filter(|rubric| codes.iter().any(|code| code == rubric.code))
        .map(|rubric| Category {
            id: CategoryId(fresh::id(now)),
            code: rubric.code,
            name: rubric.name,
        })
        .collect();
    if kept.is_empty() {
        return Err(Halt::Refused(Refusal::NoCategory));
    }
    if store::category::keep(scope, &kept).await? {
        let codes: Vec<&str> = kept.iter().map(|it| it.code).collect();
        let (here, detail) = (scope.association_id.0, json!({ "codes": codes }));
        tell(scope, "categories_kept", here, detail, &[]).await?;
    }
    Ok(())
}

/// Ends the guided start: the SEL is listed, and the founder receives the starting credit like
/// everyone. Needs the right.
pub async fn make_ready(
    scope: &mut Scope,
    label: &str,
    today: NaiveDate,
) -> Outcome<(), sel::member::Refusal> {
    if !may_rule(scope) {
        return Err(Halt::Refused(sel::member::Refusal::NotAllowed));
    }
    if store::association::make_ready(scope).await? {
        let here = scope.association_id.0;
        tell(scope, "association_made_ready", here, json!({}), &[]).await?;
        if let Some(actor) = scope.actor.clone() {
            let id = TransferId(fresh::id(scope.now));
            store::transfer::give_starting_credit(scope, id, actor.member_id, label, today).await?;
        }
    }
    Ok(())
}

/// Gives the SEL its colour. Needs the right.
pub async fn paint(scope: &mut Scope, chosen: Rgb) -> Outcome<(), sel::member::Refusal> {
    if !may_rule(scope) {
        return Err(Halt::Refused(sel::member::Refusal::NotAllowed));
    }
    let colour = chosen.to_string();
    store::association::paint(scope, &colour).await?;
    let here = scope.association_id.0;
    let detail = json!({ "colour": colour });
    tell(scope, "association_painted", here, detail, &[]).await?;
    Ok(())
}
