//! How people come to the SELs of the town: entered at the desk, asking, or walking in.

use super::cast::{self, Role};
use super::charter::{Person, Sel};
use super::{PASSWORD, done};
use crate::chance::Chance;
use anyhow::{Context, Result, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use desk::application::Asked;
use sel::application::Draft;
use sel::association::Admission;
use sel::folded::folded;
use sel::id::{ApplicationId, AssociationId, MemberId, TokenId};
use serde_json::json;
use std::collections::HashSet;
use store::token::{Purpose, Written};
use store::{Door, Pool, Scope};

const FIRST_NAMES: &str = include_str!("../../assets/first-names.fr.txt");
const LAST_NAMES: &str = include_str!("../../assets/surnames.fr.txt");

/// Of a hundred members, how many have no e-mail.
const WITHOUT_EMAIL: usize = 11;
/// How long somebody who asks waits for an answer, in hours.
const PATIENCE_HOURS: i64 = 30;

const ABOUT: [&str; 10] = [
    "J'aime bricoler et je cours après le temps.",
    "Disponible les après-midi.",
    "Arrivée depuis peu, je cherche à connaître mes voisins.",
    "Retraité, deux petits-enfants, un grand garage.",
    "Je cuisine pour douze, c'est plus simple que pour deux.",
    "Plutôt le soir après 18 h.",
    "Je n'ai pas de voiture, mais un vélo avec remorque.",
    "Infirmière de nuit, je dors le matin.",
    "Musique, jardin, et réparations en tout genre.",
    "Je parle trois langues et j'en apprends une quatrième.",
];

/// Somebody who is about to come.
struct Newcomer {
    number: i32,
    draft: Draft,
    at: DateTime<Utc>,
    role: Option<&'static Role>,
}

/// Lets members in until there are `count`, in the order of their numbers.
pub(super) async fn join(
    sel: &mut Sel,
    roles: &'static [Role],
    count: i32,
    now: DateTime<Utc>,
    chance: &mut Chance,
) -> Result<()> {
    let founder = &roles[0];
    let draft = draft_of(founder, sel.slug);
    let scope = sel
        .scope(Some(sel.founder()), sel.opened_at + TimeDelta::hours(1))
        .await?;
    done(desk::member::describe(scope, sel.founder().id, &draft, "fr").await)?;
    for newcomer in newcomers(sel, roles, count, now, chance) {
        let id = welcome(sel, &newcomer, chance).await?;
        let rights = newcomer.role.map_or(&[][..], |role| role.rights);
        if !rights.is_empty() {
            let at = newcomer.at + TimeDelta::minutes(20);
            let scope = sel.scope(Some(sel.founder()), at).await?;
            done(desk::member::entitle(scope, id, rights).await)?;
        }
        sel.people.push(Person {
            id,
            joined_at: newcomer.at,
            has_email: !newcomer.draft.email.is_empty(),
            zeal: 1 + chance.below(5) * chance.below(3),
            rights,
        });
    }
    Ok(())
}

fn newcomers(
    sel: &Sel,
    roles: &'static [Role],
    count: i32,
    now: DateTime<Utc>,
    chance: &mut Chance,
) -> Vec<Newcomer> {
    let mut names = names(roles, chance);
    let start = sel.opened_at + TimeDelta::hours(3);
    let step = (now - TimeDelta::days(6) - start) / count.max(1);
    (2..=count)
        .map(|number| {
            let role = roles.iter().find(|role| role.number == number);
            let draft = match role {
                Some(role) => draft_of(role, sel.slug),
                None => anybody(
                    names.pop().unwrap_or(("Alex", "")),
                    number,
                    sel.slug,
                    chance,
                ),
            };
            let at = start + step * (number - 1);
            Newcomer {
                number,
                draft,
                at: at + chance_minutes(chance, step),
                role,
            }
        })
        .collect()
}

/// A part of the time between two newcomers, so that they do not come like clockwork.
fn chance_minutes(chance: &mut Chance, step: TimeDelta) -> TimeDelta {
    TimeDelta::minutes(chance.between(0, (step.num_minutes() * 3 / 4).max(1)))
}

/// Names that nobody of the cast has, each once.
fn names(roles: &[Role], chance: &mut Chance) -> Vec<(&'static str, &'static str)> {
    let mut firsts: Vec<&str> = FIRST_NAMES
        .lines()
        .filter(|line| !line.is_empty())
        .collect();
    let mut lasts: Vec<&str> = LAST_NAMES.lines().filter(|line| !line.is_empty()).collect();
    chance.shuffle(&mut firsts);
    chance.shuffle(&mut lasts);
    let known: HashSet<&str> = roles.iter().map(|role| role.first_name).collect();
    let firsts = firsts.into_iter().filter(|first| !known.contains(first));
    firsts.zip(lasts.into_iter().cycle()).collect()
}

fn draft_of(role: &Role, slug: &str) -> Draft {
    Draft {
        first_name: role.first_name.into(),
        last_name: role.last_name.into(),
        email: role.email().unwrap_or_default(),
        phone: phone(role.number, slug),
        place: role.place.into(),
        about: role.about.into(),
        ..Draft::default()
    }
}

fn anybody(name: (&str, &str), number: i32, slug: &str, chance: &mut Chance) -> Draft {
    let (first_name, last_name) = name;
    let letters = |text: &str| folded(text).replace([' ', '\'', '’'], "-");
    let email = format!("{}.{}@exemple.fr", letters(first_name), letters(last_name));
    let about = if chance.happens(40) {
        *chance.pick(&ABOUT)
    } else {
        ""
    };
    Draft {
        first_name: first_name.into(),
        last_name: last_name.into(),
        email: if chance.happens(WITHOUT_EMAIL) {
            String::new()
        } else {
            email
        },
        phone: phone(number, slug),
        place: (*chance.pick(cast::districts(slug))).into(),
        about: about.into(),
        ..Draft::default()
    }
}

/// A number that the regulator keeps for fiction: 06 39 98 and four digits.
fn phone(number: i32, slug: &str) -> String {
    let hundreds = match slug {
        "baie" => 20,
        "clos" => 40,
        _ => 0,
    };
    format!(
        "06 39 98 {:02} {:02}",
        hundreds + number / 100,
        number % 100
    )
}

/// Lets one in, in the way of the SEL.
async fn welcome(sel: &Sel, newcomer: &Newcomer, chance: &mut Chance) -> Result<MemberId> {
    let asks = match sel.rules.admission {
        Admission::Board => newcomer.role.is_none() && chance.happens(25),
        Admission::Members => chance.happens(70),
        Admission::Open => !newcomer.draft.email.is_empty(),
    };
    if asks {
        return ask(sel, newcomer, chance).await;
    }
    let scope = sel.scope(Some(sel.founder()), newcomer.at).await?;
    let id = MemberId(desk::fresh::id(newcomer.at));
    let (id, number) = done(
        desk::member::enter(
            scope,
            id,
            &newcomer.draft,
            "fr",
            desk::member::Namesake::Allow,
        )
        .await,
    )?;
    ensure!(
        number == newcomer.number,
        "n° {number} came instead of n° {}",
        newcomer.number
    );
    Ok(id)
}

/// Asks; where the SEL is open that is enough, elsewhere somebody accepts.
async fn ask(sel: &Sel, newcomer: &Newcomer, chance: &mut Chance) -> Result<MemberId> {
    let is_open = sel.rules.admission == Admission::Open;
    let waits = if is_open {
        0
    } else {
        chance.between(1, PATIENCE_HOURS)
    };
    let asked_at = newcomer.at - TimeDelta::hours(waits);
    let id = ApplicationId(desk::fresh::id(asked_at));
    let scope = sel.scope(None, asked_at).await?;
    match done(desk::application::ask(scope, id, &newcomer.draft, None, "fr").await)? {
        Asked::LetIn => {
            let mut scope = sel.scope(None, newcomer.at).await?;
            let member = store::member::by_number(&mut scope, newcomer.number).await?;
            Ok(member.context("nobody was let in")?.id())
        }
        Asked::Waits => {
            let by = match sel.rules.admission {
                Admission::Board => sel.founder(),
                _ => chance.pick(&sel.people),
            };
            let scope = sel.scope(Some(by), newcomer.at).await?;
            let accepted = done(desk::application::accept(scope, id).await)?;
            Ok(accepted.member_id)
        }
    }
}

/// The cast chooses its password, each through a link as anybody would.
pub(super) async fn choose_passwords(sel: &Sel, roles: &[Role], now: DateTime<Utc>) -> Result<()> {
    for role in roles.iter().filter(|role| role.email().is_some()) {
        let member = sel.number(role.number)?.id;
        choose_password(&sel.web, sel.id, member, now).await?;
    }
    Ok(())
}

/// A member chooses the password of everybody.
pub(crate) async fn choose_password(
    web: &Pool,
    sel: AssociationId,
    member: MemberId,
    now: DateTime<Utc>,
) -> Result<()> {
    let token = Written {
        id: TokenId(desk::fresh::id(now)),
        purpose: Purpose::Ticket,
        association_id: Some(sel),
        member_id: Some(member),
        mail_to: None,
        language: "fr".into(),
        detail: json!({}),
        expires_at: now + desk::session::TICKET_LIFE,
    };
    let mut door = Door::begin(web, now).await?;
    store::token::write(&mut door, &token).await?;
    door.commit().await?;
    let followed =
        desk::session::follow(web, sel, token.id, desk::session::Browser::default(), now).await;
    let (entered, member_id) = done(followed)?;
    let secret = entered.secret().context("no session")?;
    let mut scope = Scope::begin(web, sel, None, now).await?;
    let member = store::member::by_id(&mut scope, member_id).await?;
    let identity = member
        .and_then(|member| member.identity_id())
        .context("no login")?;
    scope.commit().await?;
    let chosen = (PASSWORD, secret.as_str());
    desk::session::give_password(web, identity, chosen, now).await?;
    Ok(desk::session::log_out(web, secret.as_str(), now).await?)
}
