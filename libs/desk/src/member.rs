//! Becoming a member: with a number, an account, and a link to log in.

use crate::tell::tell;
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Days, NaiveDate, Utc};
use sel::application::{self, Draft, Person, Refusal};
use sel::folded::folded;
use sel::id::{AccountId, MemberId, TokenId, TransferId};
use sel::member::{Actor, Right};
use sel::person::Email;
use serde_json::json;
use store::Scope;
use store::member::Member;
use store::token::{Purpose, Written};

pub use crate::invitation::{Joined, NotJoined, accept_invitation, invite};

/// How long a welcome and an invitation live, in days.
pub const WELCOME_DAYS: u64 = 30;

/// What the SEL writes beside its starting credit. The same in every language of the reader, since
/// it stays in the ledger.
pub const STARTING_CREDIT_LABEL: &str = "Bienvenue au SEL";

/// Somebody who becomes a member now.
pub(crate) struct Welcome<'a> {
    pub(crate) person: &'a Person,
    pub(crate) language: &'a str,
    pub(crate) rights: &'a [Right],
}

/// A member that is written but not committed, and the welcome that goes with it.
pub(crate) struct Welcomed {
    pub(crate) member_id: MemberId,
    pub(crate) number: i32,
    pub(crate) token: Option<Written>,
}

impl Welcomed {
    /// Writes the welcome's token at the door, and commits.
    pub(crate) async fn finish(self, scope: Scope) -> store::Result<()> {
        let mut door = scope.leave().await?;
        if let Some(token) = &self.token {
            store::token::write(&mut door, token).await?;
        }
        door.commit().await
    }
}

pub(crate) async fn welcome(scope: &mut Scope, it: &Welcome<'_>) -> store::Result<Welcomed> {
    let id = MemberId(fresh::id(scope.now));
    welcome_as(scope, it, id)
        .await?
        .ok_or(store::Error::Contradiction("a fresh id was there already"))
}

/// Nothing where a member has this id already.
async fn welcome_as(
    scope: &mut Scope,
    it: &Welcome<'_>,
    member_id: MemberId,
) -> store::Result<Option<Welcomed>> {
    let now = scope.now;
    let joining = store::member::Joining {
        id: member_id,
        account_id: AccountId(fresh::id(now)),
        person: it.person,
        language: it.language,
        rights: it.rights,
    };
    let Some(number) = store::member::join(scope, &joining).await? else {
        return Ok(None);
    };
    let credit = TransferId(fresh::id(now));
    let today = local_day(scope).await?;
    store::transfer::give_starting_credit(scope, credit, member_id, STARTING_CREDIT_LABEL, today)
        .await?;
    tell(
        scope,
        "member_joined",
        member_id.0,
        json!({ "number": number }),
        &[],
    )
    .await?;
    let token = it.person.email.as_ref().map(|email| {
        let first_name = &it.person.name.first;
        Written {
            id: TokenId(fresh::id(now)),
            purpose: Purpose::Welcome,
            association_id: Some(scope.association_id),
            member_id: Some(member_id),
            mail_to: Some(email.as_str().to_owned()),
            language: it.language.to_owned(),
            detail: json!({ "first_name": first_name, "number": number }),
            expires_at: now + Days::new(WELCOME_DAYS),
        }
    });
    Ok(Some(Welcomed {
        member_id,
        number,
        token,
    }))
}

/// Today, where the SEL is.
pub async fn local_day(scope: &mut Scope) -> store::Result<NaiveDate> {
    let association = store::association::current(scope).await?;
    Ok(day_in(&association.time_zone, scope.now))
}

/// The day of a moment in a time zone; an unknown zone is taken for Paris.
pub fn day_in(zone: &str, at: DateTime<Utc>) -> NaiveDate {
    let zone: chrono_tz::Tz = zone.parse().unwrap_or(chrono_tz::Europe::Paris);
    at.with_timezone(&zone).date_naive()
}

/// What to do where a member goes by the name of the one who is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namesake {
    /// Ask first: the same person entered twice is two members.
    Ask,
    /// It is another person.
    Allow,
}

/// Someone in charge enters a member: with an e-mail a welcome goes out, without one the number is
/// told by word of mouth. The id comes with the form and becomes the member's: sending it twice
/// enters once. Commits.
pub async fn enter(
    mut scope: Scope,
    id: MemberId,
    draft: &Draft,
    language: &str,
    namesake: Namesake,
) -> Outcome<(MemberId, i32), Vec<Refusal>> {
    if !scope
        .actor
        .as_ref()
        .is_some_and(|actor| actor.may(Right::Members))
    {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    }
    let person = application::person(draft).map_err(Halt::Refused)?;
    if namesake == Namesake::Ask {
        let name = folded(&person.name.full());
        let known = store::member::alike(&mut scope, &[name], &[]).await?;
        if let Some(known) = known.iter().find(|known| known.id() != id) {
            let name = format!("{} (n°\u{a0}{})", known.full_name(), known.number);
            return Err(Halt::Refused(vec![Refusal::Namesake(name)]));
        }
    }
    let it = Welcome {
        person: &person,
        language,
        rights: &[],
    };
    let Some(done) = welcome_as(&mut scope, &it, id).await? else {
        let known = store::member::by_id(&mut scope, id).await?;
        let known = known.filter(|known| {
            (&known.first_name, &known.last_name) == (&person.name.first, &person.name.last)
        });
        return known
            .map(|known| (id, known.number))
            .ok_or(Halt::Refused(vec![Refusal::Known]));
    };
    let number = done.number;
    done.finish(scope).await?;
    Ok((id, number))
}

/// A member changes what they say about themselves. Commits.
pub async fn describe(
    mut scope: Scope,
    member_id: MemberId,
    draft: &Draft,
    language: &str,
) -> Outcome<(), Vec<Refusal>> {
    if !scope
        .actor
        .as_ref()
        .is_some_and(|actor| actor.speaks_for(member_id))
    {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    }
    let known = store::member::by_id(&mut scope, member_id).await?;
    let is_own = scope
        .actor
        .as_ref()
        .is_some_and(|actor| actor.member_id == member_id);
    // Whoever has an e-mail keeps their own details.
    if !is_own && known.is_none_or(|known| known.email.is_some()) {
        return Err(Halt::Refused(vec![Refusal::NotAllowed]));
    }
    let person = application::person(draft).map_err(Halt::Refused)?;
    store::member::describe(&mut scope, member_id, &person, language).await?;
    tell(&mut scope, "member_described", member_id.0, json!({}), &[]).await?;
    scope.commit().await?;
    Ok(())
}

/// The board gives a member who has never come in another address, or a first one: a welcome goes
/// there, and the links to the old one are void. Commits.
pub async fn readdress(
    mut scope: Scope,
    member_id: MemberId,
    typed: &str,
) -> Outcome<Email, Refusal> {
    let may = |actor: &Actor| actor.may(Right::Members);
    if !scope.actor.as_ref().is_some_and(may) {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    let member = store::member::hold(&mut scope, member_id)
        .await?
        .filter(|member| member.identity_id().is_none() && member.left_at.is_none())
        .ok_or(Halt::Refused(Refusal::NotAllowed))?;
    let email = Email::parse(typed).map_err(|refusal| Halt::Refused(refusal.into()))?;
    store::member::readdress(&mut scope, member_id, &email).await?;
    tell(
        &mut scope,
        "member_readdressed",
        member_id.0,
        json!({}),
        &[],
    )
    .await?;
    let welcome = welcome_to(&scope, &member, &email);
    let here = scope.association_id;
    let mut door = scope.leave().await?;
    store::token::void(&mut door, here, member_id).await?;
    store::token::write(&mut door, &welcome).await?;
    door.commit().await?;
    Ok(email)
}

fn welcome_to(scope: &Scope, member: &Member, email: &Email) -> Written {
    Written {
        id: TokenId(fresh::id(scope.now)),
        purpose: Purpose::Welcome,
        association_id: Some(scope.association_id),
        member_id: Some(member.id()),
        mail_to: Some(email.as_str().to_owned()),
        language: member.language.clone(),
        detail: json!({ "first_name": member.first_name, "number": member.number }),
        expires_at: scope.now + Days::new(WELCOME_DAYS),
    }
}

/// Gives a member rights. The last holder of the settings cannot lose them. Commits.
pub async fn entitle(
    mut scope: Scope,
    member_id: MemberId,
    rights: &[Right],
) -> Outcome<(), sel::member::Refusal> {
    if !scope
        .actor
        .as_ref()
        .is_some_and(|actor| actor.may(Right::Settings))
    {
        return Err(Halt::Refused(sel::member::Refusal::NotAllowed));
    }
    // Two who take the settings from each other wait for one another.
    store::setting::hold(&mut scope).await?;
    store::member::entitle(&mut scope, member_id, rights).await?;
    if store::member::holders(&mut scope, Right::Settings)
        .await?
        .is_empty()
    {
        return Err(Halt::Refused(sel::member::Refusal::NotAllowed));
    }
    let names: Vec<&str> = rights.iter().map(|right| right.as_str()).collect();
    tell(
        &mut scope,
        "member_entitled",
        member_id.0,
        json!({ "rights": names }),
        &[],
    )
    .await?;
    scope.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::town::Town;

    #[tokio::test]
    async fn two_who_take_the_settings_from_each_other_leave_one_who_has_them() {
        let town = Town::open().await;
        let scope = town.scope(town.fatima, &Right::ALL).await;
        entitle(scope, town.claire, &[Right::Settings])
            .await
            .unwrap();
        let (one, other) = tokio::join!(
            async {
                let scope = town.scope(town.fatima, &Right::ALL).await;
                entitle(scope, town.claire, &[]).await
            },
            async {
                let scope = town.scope(town.claire, &Right::ALL).await;
                entitle(scope, town.fatima, &[]).await
            },
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        let mut scope = town.scope(town.fatima, &[]).await;
        let holders = store::member::holders(&mut scope, Right::Settings).await;
        assert_eq!(holders.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn who_has_an_email_keeps_their_own_details() {
        let town = Town::open().await;
        let draft = Draft {
            first_name: "Autre".into(),
            phone: "06 39 98 00 44".into(),
            ..Draft::default()
        };
        let desk = town.scope(town.fatima, &Right::ALL).await;
        let refused = describe(desk, town.claire, &draft, "fr").await;
        assert!(matches!(refused, Err(Halt::Refused(it)) if it == [Refusal::NotAllowed]));
        let desk = town.scope(town.fatima, &Right::ALL).await;
        describe(desk, town.jean, &draft, "fr").await.unwrap();
    }

    #[tokio::test]
    async fn an_address_is_corrected_until_its_owner_has_come_in() {
        let town = Town::open().await;
        let desk = || town.scope(town.fatima, &[Right::Members]);
        let email = readdress(desk().await, town.jean, "Jean@exemple.fr").await;
        assert_eq!(email.unwrap().as_str(), "jean@exemple.fr");
        let refused = readdress(desk().await, town.jean, "jean@").await;
        assert!(matches!(refused, Err(Halt::Refused(Refusal::Person(_)))));
        let other = town.scope(town.claire, &[]).await;
        let refused = readdress(other, town.jean, "claire@exemple.fr").await;
        assert!(matches!(refused, Err(Halt::Refused(Refusal::NotAllowed))));
    }
}
