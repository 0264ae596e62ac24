//! Asking to join, and being let in.

use crate::member::{Welcome, welcome};
use crate::tell::{Letter, tell};
use crate::{Halt, Outcome, fresh};
use sel::application::{self, Draft, Person, Refusal};
use sel::id::{ApplicationId, MemberId};
use sel::member::Right;
use sel::person::{Email, Name, Phone};
use serde_json::json;
use store::Scope;
use store::application::Application;

/// What became of a request.
#[derive(Debug)]
pub enum Asked {
    /// It waits for somebody's word.
    Waits,
    /// The SEL is open: the link is in the mail.
    LetIn,
}

/// Asks to join. The id comes with the form: sending it twice asks once; corrected and sent again
/// it is a request of its own, since the first may be on its way already. Commits.
pub async fn ask(
    mut scope: Scope,
    mut id: ApplicationId,
    draft: &Draft,
    sponsor: Option<MemberId>,
    language: &str,
) -> Outcome<Asked, Vec<Refusal>> {
    let person = application::person(draft).map_err(Halt::Refused)?;
    let rules = store::setting::read(&mut scope).await?;
    if !store::application::write(&mut scope, id, &person, sponsor, language).await? {
        if let Some(asked) = asked_already(&mut scope, id, &person).await? {
            return Ok(asked);
        }
        id = ApplicationId(fresh::of(id.0, &typed(draft)));
        if !store::application::write(&mut scope, id, &person, sponsor, language).await? {
            let asked = asked_already(&mut scope, id, &person).await?;
            return Ok(asked.unwrap_or(Asked::Waits));
        }
    }
    let is_known = match &person.email {
        Some(email) => !store::member::alike(&mut scope, &[], &[email.as_str()])
            .await?
            .is_empty(),
        None => false,
    };
    // A second person with the address of a member is let in by somebody who knows them.
    if application::enters_at_once(rules.admission, person.email.as_ref()) && !is_known {
        let it = Welcome {
            person: &person,
            language,
            rights: &[],
        };
        let done = welcome(&mut scope, &it).await?;
        store::application::decide(&mut scope, id, None, Some(done.member_id)).await?;
        done.finish(scope).await?;
        return Ok(Asked::LetIn);
    }
    let letters: Vec<Letter> = store::member::holders(&mut scope, Right::Members)
        .await?
        .iter()
        .filter(|member| member.email.is_some())
        .map(|member| ("application_received", member.id()))
        .collect();
    tell(
        &mut scope,
        "application_received",
        id.0,
        json!({}),
        &letters,
    )
    .await?;
    scope.commit().await?;
    Ok(Asked::Waits)
}

/// What became of the request under this id, where it says the same.
async fn asked_already(
    scope: &mut Scope,
    id: ApplicationId,
    person: &Person,
) -> store::Result<Option<Asked>> {
    let known = store::application::by_id(scope, id).await?;
    let same = known.filter(|known| person_of(known).as_ref() == Some(person));
    Ok(same.map(|known| {
        if known.entered_alone() {
            Asked::LetIn
        } else {
            Asked::Waits
        }
    }))
}

fn typed(draft: &Draft) -> [&str; 6] {
    [
        &draft.first_name,
        &draft.last_name,
        &draft.email,
        &draft.phone,
        &draft.place,
        &draft.about,
    ]
}

/// Lets someone in: the next number, an account, the starting credit, a welcome by mail. Commits.
pub async fn accept(mut scope: Scope, id: ApplicationId) -> Outcome<Accepted, Refusal> {
    let application = decidable(&mut scope, id).await?;
    let person =
        person_of(&application).ok_or(store::Error::Contradiction("a request lost its words"))?;
    let it = Welcome {
        person: &person,
        language: &application.language,
        rights: &[],
    };
    let done = welcome(&mut scope, &it).await?;
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    store::application::decide(&mut scope, id, by, Some(done.member_id)).await?;
    let accepted = Accepted {
        member_id: done.member_id,
        number: done.number,
        first_name: person.name.first.clone(),
        is_mailed: person.email.is_some(),
    };
    done.finish(scope).await?;
    Ok(accepted)
}

/// A newcomer and their number.
#[derive(Debug)]
pub struct Accepted {
    pub member_id: MemberId,
    pub number: i32,
    pub first_name: String,
    pub is_mailed: bool,
}

/// Sends someone away. They are not told by us: a person in the SEL does that better. Commits.
pub async fn refuse(mut scope: Scope, id: ApplicationId) -> Outcome<Application, Refusal> {
    let application = decidable(&mut scope, id).await?;
    let by = scope.actor.as_ref().map(|actor| actor.member_id);
    store::application::decide(&mut scope, id, by, None).await?;
    tell(&mut scope, "application_refused", id.0, json!({}), &[]).await?;
    scope.commit().await?;
    Ok(application)
}

async fn decidable(scope: &mut Scope, id: ApplicationId) -> Outcome<Application, Refusal> {
    let rules = store::setting::read(scope).await?;
    let allowed = scope
        .actor
        .as_ref()
        .is_some_and(|actor| application::may_decide(rules.admission, actor));
    if !allowed {
        return Err(Halt::Refused(Refusal::NotAllowed));
    }
    store::application::lock(scope, id)
        .await?
        .filter(|application| !application.is_decided())
        .ok_or(Halt::Refused(Refusal::Decided))
}

fn person_of(application: &Application) -> Option<Person> {
    let name = Name::parse(&application.first_name, &application.last_name).ok()?;
    let email = application
        .email
        .as_deref()
        .map(Email::parse)
        .transpose()
        .ok()?;
    let phone = application.phone.as_deref().map(Phone::kept);
    let (place, about) = (application.place.clone(), application.about.clone());
    Some(Person {
        name,
        email,
        phone,
        place,
        about,
    })
}
