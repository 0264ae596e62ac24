//! `/recherches`: the searches that a member keeps, and how often they hear what is new.

mod mailed;

use crate::notice::asked::{Asked, Where};
use crate::notice::list::choice::Rubric;
use askama::Template;
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Route, get, handler, post};
use sel::id::SavedSearchId;
use sel::saved_search::{Refusal, Rhythm};
use store::saved_search::SavedSearch;
use words::Words;

pub(crate) fn routes(route: Route) -> Route {
    mailed::routes(route)
        .at("/recherches", get(list).post(save))
        .at("/recherches/:id/rythme", post(set_rhythm))
        .at("/recherches/:id/retirer", post(remove))
}

/// One of the rhythms, to be chosen.
pub(crate) struct Choice {
    pub(crate) value: &'static str,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// The rhythms; without an address nobody reads letters.
pub(crate) fn rhythms(words: Words, chosen: Rhythm, has_email: bool) -> Vec<Choice> {
    let open = |it: &Rhythm| has_email || *it == Rhythm::Never;
    let all = Rhythm::ALL.into_iter().filter(open);
    all.map(|it| Choice {
        value: it.as_str(),
        label: words.say(&format!("search-rhythm-{}", it.as_str())),
        chosen: it == chosen,
    })
    .collect()
}

/// A search that is kept.
struct Kept {
    id: String,
    href: String,
    said: String,
    saved: String,
    rhythms: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "saved_search_list.html")]
struct ListPage {
    frame: Frame,
    kept: Vec<Kept>,
}

#[handler]
async fn list(mut present: Present) -> Answer {
    let me = present.member.id();
    let all = store::saved_search::of_member(&mut present.scope, me)
        .await
        .map_err(Trouble::from)?;
    Ok(page(&ListPage {
        kept: all.iter().map(|it| kept(&present, it)).collect(),
        frame: Frame::present(&present, "search-list-title", "notices"),
    })?)
}

fn kept(present: &Present, it: &SavedSearch) -> Kept {
    let words = present.words();
    let zone = &present.guest.association.time_zone;
    let day = words.short_day(words.local_day(it.saved_at, zone));
    Kept {
        id: it.id().to_string(),
        href: format!("/annonces?{}", it.address),
        said: it.said.clone(),
        saved: words.say_with("search-saved-on", &[("day", day.into())]),
        rhythms: rhythms(words, it.rhythm(), present.member.email.is_some()),
    }
}

fn asked(address: &str) -> Asked {
    Asked::read(&Query(Fields::parse(address.as_bytes())))
}

/// "« vélo », offres, dons, dans tous les SEL, à moins de 25 km de Dinan".
fn said(words: Words, asked: &Asked, rubrics: &[Rubric]) -> String {
    let mut parts = Vec::new();
    if !asked.words.is_empty() {
        parts.push(words.say_with("notices-chip-words", &[("words", (&asked.words).into())]));
    }
    match asked.kind {
        Some(sel::notice::Kind::Offer) => parts.push(words.say("notices-offers")),
        Some(sel::notice::Kind::Want) => parts.push(words.say("notices-wants")),
        None => {}
    }
    parts.extend(Rubric::name_of(rubrics, &asked.rubric));
    for (is, key) in [
        (asked.urgent, "notices-urgent"),
        (asked.gift, "notices-gift"),
        (asked.place == Where::Allies, "notices-where-allies"),
        (asked.place == Where::Everywhere, "notices-where-all"),
    ] {
        if is {
            parts.push(words.say(key));
        }
    }
    if let Some(km) = asked.km {
        let km = ("km", i64::from(km).into());
        parts.push(if asked.town.is_empty() {
            words.say_with("notices-within", &[km])
        } else {
            let town = ("town", (&asked.town).into());
            words.say_with("notices-within-of", &[km, town])
        });
    }
    parts.join(", ")
}

/// One of those that our forms offer.
fn rhythm(fields: &Fields) -> Result<Rhythm, Trouble> {
    Rhythm::parse(fields.get("rythme")).ok_or(Trouble::NotFound)
}

fn read_id(text: &str) -> Result<SavedSearchId, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}

#[handler]
async fn save(fields: Fields, mut present: Present) -> Answer {
    let id = fields
        .id("id")
        .map(SavedSearchId)
        .ok_or(Trouble::NotFound)?;
    // Read and written again: what is kept is what the list would ask for.
    let asked = asked(fields.get("recherche"));
    let address = asked.kept();
    let rhythm = rhythm(&fields)?;
    let rubrics = store::category::list(&mut present.scope)
        .await
        .map_err(Trouble::from)?;
    let words = present.words();
    let rubrics = Rubric::with_theirs(&rubrics, words.language);
    let said = said(words, &asked, &rubrics);
    let (scope, absent) = present.part();
    let done = desk::saved_search::save(scope, id, (&address, &said), rhythm).await;
    let key = match rhythm {
        Rhythm::Never => "search-saved-quietly",
        _ => "search-saved",
    };
    let flash = match done {
        Ok(()) => Flash::good(words.say(key)),
        Err(halt) => {
            let refusal: Refusal = crate::failed(halt)?;
            let said = words.refusal(&refusal, &absent.rules.unit);
            return Ok(see_other_with(
                &absent.guest.house,
                &asked.href(),
                &Flash::bad(said),
            ));
        }
    };
    Ok(see_other_with(&absent.guest.house, "/recherches", &flash))
}

#[handler]
async fn set_rhythm(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    let id = read_id(&id)?;
    let rhythm = rhythm(&fields)?;
    let (scope, absent) = present.part();
    let done = desk::saved_search::set_rhythm(scope, id, rhythm).await;
    let said = absent
        .words()
        .say(&format!("search-now-{}", rhythm.as_str()));
    crate::told(&absent, done.map(|()| said), "/recherches")
}

#[handler]
async fn remove(present: Present, Path(id): Path<String>) -> Answer {
    let id = read_id(&id)?;
    let (scope, absent) = present.part();
    let done = desk::saved_search::remove(scope, id).await;
    let said = absent.words().say("search-removed");
    crate::told(&absent, done.map(|()| said), "/recherches")
}
