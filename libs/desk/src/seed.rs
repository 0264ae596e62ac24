//! A whole SEL at once: for a platform of invented ones, on which to measure. Everything is decided
//! as anywhere else; only the rows are written many at a time, and nobody is told.

use crate::association::found;
use crate::{Halt, Outcome, fresh};
use chrono::{DateTime, Utc};
use sel::application::Person;
use sel::association::{Opening, Rules};
use sel::id::{AccountId, AssociationId, CategoryId, MemberId, NoticeId};
use sel::member::Actor;
use sel::notice::{self, Draft, Published, Reach, Refusal};
use std::collections::HashMap;
use store::member::Joining;
use store::{Door, Pool, Scope};

/// What the rules say once the guided start is done.
const SET_UP: i16 = 5;

/// A notice to publish: by which of the people, under which rubric's code, when.
#[derive(Debug)]
pub struct Sown {
    pub author: usize,
    pub rubric: String,
    pub draft: Draft,
    pub at: DateTime<Utc>,
}

/// A SEL to open, with those who join its founder, and their notices.
#[derive(Debug)]
pub struct Plot {
    pub opening: Opening,
    pub people: Vec<Person>,
    pub notices: Vec<Sown>,
    /// How far the SEL lets notices go.
    pub reach: Reach,
}

/// A SEL that stands.
#[derive(Clone, Copy, Debug)]
pub struct Stood {
    pub association_id: AssociationId,
    pub founder: MemberId,
}

/// Opens it, all or nothing. Author 0 is the founder.
pub async fn sow(web: &Pool, plot: &Plot, now: DateTime<Utc>) -> Outcome<Stood, Vec<Refusal>> {
    let door = Door::begin(web, now).await?;
    let (mut scope, founder) = found(door, &plot.opening, "fr").await?;
    let rules = Rules {
        notice_reach: plot.reach,
        setup_step: SET_UP,
        ..store::setting::read(&mut scope).await?
    };
    store::setting::write(&mut scope, &rules).await?;
    store::association::make_ready(&mut scope).await?;
    let mut members = vec![founder];
    members.extend(join(&mut scope, &plot.people).await?);
    let published = decide(&mut scope, plot, &members, &rules).await?;
    store::notice::record_all(&mut scope, &published).await?;
    let association_id = scope.association_id;
    scope.commit().await?;
    Ok(Stood {
        association_id,
        founder,
    })
}

async fn join(scope: &mut Scope, people: &[Person]) -> store::Result<Vec<MemberId>> {
    let now = scope.now;
    let joining = |person| Joining {
        id: MemberId(fresh::id(now)),
        account_id: AccountId(fresh::id(now)),
        person,
        language: "fr",
        rights: &[],
    };
    let joining: Vec<Joining<'_>> = people.iter().map(joining).collect();
    store::member::join_all(scope, &joining).await?;
    Ok(joining.iter().map(|it| it.id).collect())
}

async fn decide(
    scope: &mut Scope,
    plot: &Plot,
    members: &[MemberId],
    rules: &Rules,
) -> Outcome<Vec<(Published, DateTime<Utc>)>, Vec<Refusal>> {
    let association_id = scope.association_id;
    let categories = store::category::list(scope).await?.into_iter();
    let categories: HashMap<String, CategoryId> = categories
        .map(|category| (category.code.clone(), category.id()))
        .collect();
    let publish = |sown: &Sown| {
        let member_id = members[sown.author % members.len()];
        let actor = Actor {
            association_id,
            member_id,
            rights: Vec::new(),
            helped: Vec::new(),
        };
        let id = NoticeId(fresh::id(sown.at));
        let category = categories.get(&sown.rubric).copied();
        let (draft, at) = (&sown.draft, sown.at);
        let published = notice::publish(id, draft, category, &actor, member_id, rules, at)?;
        Ok((published, at))
    };
    plot.notices
        .iter()
        .map(publish)
        .collect::<Result<_, _>>()
        .map_err(Halt::Refused)
}
