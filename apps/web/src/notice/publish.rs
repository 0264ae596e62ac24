//! Publishing a notice, or changing one.

use super::form::{Asking, form};
use super::subject::Subject;
use super::{photos, read_id};
use crate::Rooms;
use door::form::Parcel;
use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Present, Trouble};
use gateways::photo::Photo;
use poem::web::{Data, Path};
use poem::{Body, FromRequest, Request, RequestBody, Response, handler};
use sel::id::{CategoryId, NoticeId};
use sel::notice::{Draft, Reach, Refusal};
use std::sync::Arc;
use words::Words;

/// A form as it came, its photos made ready.
struct Sent {
    fields: Fields,
    photos: Result<Vec<Photo>, Refusal>,
    had_files: bool,
}

#[handler]
pub(super) async fn create(
    present: Present,
    Data(rooms): Data<&Arc<Rooms>>,
    request: &Request,
    body: Body,
) -> Answer {
    let (mut present, sent) = receive(present, request, body).await?;
    let subject = Subject::fresh(&mut present, &sent.fields).await?;
    Ok(save(present, rooms, subject, sent).await?)
}

#[handler]
pub(super) async fn modify(
    present: Present,
    Path(id): Path<String>,
    Data(rooms): Data<&Arc<Rooms>>,
    request: &Request,
    body: Body,
) -> Answer {
    let id: NoticeId = read_id(&id)?;
    let (mut present, sent) = receive(present, request, body).await?;
    let subject = Subject::known(&mut present, id).await?;
    Ok(save(present, rooms, subject, sent).await?)
}

/// Reads the form. No connection is held while photos come in and are made smaller.
async fn receive(present: Present, request: &Request, body: Body) -> poem::Result<(Present, Sent)> {
    let absent = present.away();
    let parcel = Parcel::from_request(request, &mut RequestBody::new(body)).await?;
    let files: Vec<_> = parcel
        .files
        .into_iter()
        .filter(|file| file.field == "photos")
        .collect();
    let had_files = !files.is_empty();
    let photos = photos::prepare(files).await?;
    let sent = Sent {
        fields: parcel.fields,
        photos,
        had_files,
    };
    Ok((absent.back().await?, sent))
}

/// Publishes with its photos, or shows the form again with all that is wrong. Nothing is written
/// but at the very end.
async fn save(
    mut present: Present,
    rooms: &Rooms,
    subject: Subject,
    sent: Sent,
) -> Result<Response, Trouble> {
    let Sent {
        fields,
        photos,
        had_files,
    } = sent;
    let asking = Asking {
        contacts: Vec::new(),
        files_lost: had_files,
    };
    let draft = draft(&fields);
    let category = fields.id("category").map(CategoryId);
    let (id, author) = (subject.id, subject.author.id());
    let scope = &mut present.scope;
    let published = match subject.known {
        Some(_) => desk::notice::amend(scope, id, &draft, category).await,
        None => desk::notice::publish(scope, id, &draft, category, author).await,
    };
    let mut refusals = match published {
        Ok(_) => Vec::new(),
        Err(halt) => crate::failed(halt)?,
    };
    let photos = photos.unwrap_or_else(|refusal| {
        refusals.push(refusal);
        Vec::new()
    });
    let there = store::notice::photos(&mut present.scope, id).await?;
    let there: Vec<_> = there.iter().map(store::notice::Photo::id).collect();
    let plan = photos::plan(&there, &fields, photos.len());
    let plan = match plan {
        Ok(plan) if refusals.is_empty() => plan,
        plan => {
            refusals.extend(plan.err());
            let errors = Errors::of_refusals(present.words(), &refusals, &present.rules.unit);
            return form(&present, &subject, fields, errors, &asking);
        }
    };
    let contacts = contacts(&draft);
    if !contacts.is_empty() && fields.get("vu") != "oui" {
        let asking = Asking { contacts, ..asking };
        return form(&present, &subject, fields, Errors::none(), &asking);
    }
    photos::carry_out(&mut present.scope, rooms, id, &plan, &photos).await?;
    let Present {
        guest,
        scope,
        member,
        rules,
    } = present;
    scope.commit().await?;
    photos::forget(rooms, guest.association.id(), &plan).await;
    let goes = draft.reach.unwrap_or_default().min(rules.notice_reach);
    let flash = done(guest.visit.words, &subject, author == member.id(), goes);
    Ok(see_other_with(
        &guest.house,
        &format!("/annonces/{id}"),
        &flash,
    ))
}

/// What was done, and who sees it.
fn done(words: Words, subject: &Subject, is_own: bool, goes: Reach) -> Flash {
    let key = match subject.known {
        Some(_) => "notice-changed",
        None if is_own => "notice-published",
        None => "notice-published-for",
    };
    let name = subject.author.first_name.as_str();
    let names = [("name", name.into()), ("goes", goes.as_str().into())];
    Flash::good(words.say_with(key, &names))
}

fn draft(fields: &Fields) -> Draft {
    let text = |name: &str| fields.get(name).to_owned();
    Draft {
        kind: text("kind"),
        title: text("title"),
        body: text("body"),
        units_mode: text("units_mode"),
        units: text("units"),
        urgent: fields.ticked("urgent", "oui"),
        days: text("days"),
        reach: (fields.get("reach_asked") == "oui")
            .then(|| Reach::parse(fields.get("reach")).unwrap_or_default()),
    }
}

/// Phones and addresses that everybody will read, as they stand in the text.
fn contacts(draft: &Draft) -> Vec<String> {
    let text = format!("{}\n{}", draft.title, draft.body);
    let found = sel::contact::contacts_in(&text).into_iter();
    found
        .map(|contact| format!("«\u{a0}{}\u{a0}»", contact.text))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_of_title_and_text_are_named() {
        let draft = Draft {
            title: "Vélo, appelez le 06 39 98 00 12".into(),
            body: "ou jean@exemple.fr".into(),
            ..Draft::default()
        };
        let named = [
            "«\u{a0}06 39 98 00 12\u{a0}»",
            "«\u{a0}jean@exemple.fr\u{a0}»",
        ];
        assert_eq!(contacts(&draft), named);
        assert_eq!(contacts(&Draft::default()), Vec::<String>::new());
    }

    #[test]
    fn a_draft_is_what_was_typed() {
        let fields = Fields::parse(b"kind=offer&title=+Rosiers&urgent=oui&days=30");
        let draft = draft(&fields);
        assert_eq!(
            (draft.kind.as_str(), draft.title.as_str()),
            ("offer", "Rosiers")
        );
        assert!(draft.urgent);
        assert_eq!((draft.days.as_str(), draft.reach), ("30", None));
        let reach = |body: &[u8]| super::draft(&Fields::parse(body)).reach;
        assert_eq!(reach(b"reach_asked=oui"), Some(Reach::Members));
        let ticked = reach(b"reach_asked=oui&reach=allies");
        assert_eq!(ticked, Some(Reach::Allies));
    }
}
