//! The form that reads as a sentence.

use super::acting_for;
use super::draft::{self, Choice, DayChoice};
use askama::Template;
use door::{Errors, Fields, Frame, Present, Trouble, page};
use poem::{IntoResponse, Response};
use sel::amount::Unit;
use store::member::Member;
use words::Words;

#[derive(Template)]
#[template(path = "exchange_form.html")]
struct FormPage {
    frame: Frame,
    errors: Errors,
    fields: Fields,
    unit: String,
    hour: String,
    gave: Way,
    received: Way,
    days: Vec<DayChoice>,
    choices: Vec<Choice>,
    /// How the other member is named.
    member_hint: String,
    /// The rubrics: id and name.
    categories: Vec<(String, String)>,
    /// In whose name it is entered, where it is not one's own.
    acting_for: Option<String>,
}

/// One of the two ways that a service can have gone, in one's own name or somebody else's.
struct Way {
    /// "J’ai reçu un coup de main", or "Odette a reçu un coup de main".
    helped: String,
    /// "je donne des grains".
    how: String,
    /// "Je donne".
    begins: String,
}

/// The page with what was typed, and what is wrong in it.
pub(super) async fn form(
    present: &mut Present,
    fields: Fields,
    errors: Errors,
    choices: Vec<Choice>,
    mine: &Member,
) -> Result<Response, Trouble> {
    let categories = store::category::list(&mut present.scope).await?;
    let ally = store::alliance::any_code(&mut present.scope).await?;
    let words = present.words();
    let (wrong, code) = (!errors.is_empty(), errors.code());
    let unit = &present.rules.unit;
    let acting = mine.id() != present.member.id();
    let form = FormPage {
        frame: Frame::present(present, "exchange-title", "exchange").wrong(wrong),
        errors,
        unit: unit.many.clone(),
        hour: if unit.is_the_hour() {
            words.say("exchange-hour-hours")
        } else {
            let amount = unit.amount(unit.hour()).into();
            words.say_with("exchange-hour", &[("amount", amount)])
        },
        gave: way(words, "exchange-gave", acting, mine, unit),
        received: way(words, "exchange-received", acting, mine, unit),
        days: draft::days(words, present.guest.today(), fields.get("date")),
        choices,
        member_hint: match ally {
            Some(code) => {
                let example = sel::alliance::named(&code, Some(1));
                words.say_with("exchange-member-hint-ally", &[("example", example.into())])
            }
            None => words.say("exchange-member-hint"),
        },
        categories: categories
            .iter()
            .map(|it| (it.id().to_string(), it.name.clone()))
            .collect(),
        acting_for: acting_for(present, mine),
        fields,
    };
    let response = page(&form)?;
    Ok(response.with_status(code).into_response())
}

fn way(words: Words, key: &str, acting: bool, mine: &Member, unit: &Unit) -> Way {
    let whose = if acting { "-for" } else { "" };
    let names = [
        ("name", (&mine.first_name).into()),
        ("unit", (&unit.many).into()),
    ];
    let say = |part: &str| words.say_with(&format!("{key}-{part}{whose}"), &names);
    Way {
        helped: say("helped"),
        how: say("how"),
        begins: say("begins"),
    }
}
