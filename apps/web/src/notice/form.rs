//! The form of a notice: blank, or filled with what is there.

use super::read_id;
use super::subject::Subject;
use askama::Template;
use door::form::Query;
use door::{Answer, Errors, Fields, Frame, Present, Trouble, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, handler};
use sel::id::PhotoId;
use sel::notice::{PHOTOS, Reach, SAME_DAY};
use store::category::Category;
use store::member::Member;
use store::notice::Notice;

/// Days that the list offers beside what the SEL has set: a month, three, six, a year.
const DAY_CHOICES: [(i64, &str); 4] = [
    (30, "notice-days-month"),
    (91, "notice-days-three"),
    (182, "notice-days-six"),
    (365, "notice-days-year"),
];

/// One line of a list to choose from.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

impl Choice {
    fn new(value: String, label: String, chosen: &str) -> Choice {
        let chosen = value == chosen;
        Choice {
            value,
            label,
            chosen,
        }
    }
}

/// How far a notice may go.
struct ReachChoice {
    value: &'static str,
    label: String,
    how: String,
}

/// A photo that is there, and whether it is to go.
struct Kept {
    id: String,
    place: usize,
    removed: bool,
}

#[derive(Template)]
#[template(path = "notice_form.html")]
struct FormPage {
    frame: Frame,
    heading: &'static str,
    errors: Errors,
    fields: Fields,
    /// Where it goes to, and back from.
    action: String,
    back: String,
    /// In whose name, where it is not one's own.
    acting_for: Option<String>,
    categories: Vec<Choice>,
    days: Vec<Choice>,
    unit: String,
    hour: String,
    photos: Vec<Kept>,
    photo_ids: Vec<String>,
    /// None where there is no choice.
    reaches: Vec<ReachChoice>,
    /// Contacts that stand in the text.
    contacts: Option<String>,
    files_lost: bool,
}

#[handler]
pub(super) async fn start(mut present: Present, Query(query): Query) -> Answer {
    let kind = match query.get("sens") {
        "offre" => "offer",
        "demande" => "want",
        _ => "",
    };
    let id = desk::fresh::id(present.guest.visit.now);
    let fields = Fields::default()
        .with("id", id.to_string())
        .with("pour", query.get("pour"))
        .with("kind", kind)
        .with("title", query.get("titre"))
        .with("reach", Reach::default().as_str())
        .with("units_mode", "discuss");
    let subject = Subject::fresh(&mut present, &fields).await?;
    Ok(form(
        &present,
        &subject,
        fields,
        Errors::none(),
        &Asking::default(),
    )?)
}

#[handler]
pub(super) async fn edit(mut present: Present, Path(id): Path<String>) -> Answer {
    let subject = Subject::known(&mut present, read_id(&id)?).await?;
    let known = subject.known.as_ref().ok_or(Trouble::NotFound)?;
    let fields = filled(&present, known);
    Ok(form(
        &present,
        &subject,
        fields,
        Errors::none(),
        &Asking::default(),
    )?)
}

/// The fields as the notice has them.
fn filled(present: &Present, notice: &Notice) -> Fields {
    let (mode, units) = notice.price().parts();
    let mut fields = Fields::default()
        .with("kind", notice.kind().as_str())
        .with("category", notice.category_id().to_string())
        .with("title", &notice.title)
        .with("body", &notice.body)
        .with("units_mode", mode);
    if let Some(units) = units {
        fields = fields.with("units", present.rules.unit.plain(units));
    }
    if notice.urgent {
        fields = fields.with("urgent", "oui");
    }
    fields = fields.with("reach", notice.reach().as_str());
    if notice.expires_at > present.guest.visit.now {
        fields = fields.with("days", SAME_DAY);
    }
    fields
}

/// What the form says beside what is wrong.
#[derive(Default)]
pub(super) struct Asking {
    /// Contacts that stand in the text, for the author to think about.
    pub(super) contacts: Vec<String>,
    /// Whether files came that are to be chosen again.
    pub(super) files_lost: bool,
}

/// The form, as it was typed.
pub(super) fn form(
    present: &Present,
    subject: &Subject,
    fields: Fields,
    errors: Errors,
    asking: &Asking,
) -> Result<Response, Trouble> {
    let wrong = !errors.is_empty();
    let edited = subject.known.is_some();
    let heading = if edited {
        "notice-edit-title"
    } else {
        "notice-new-title"
    };
    let own = format!("/annonces/{}", subject.id);
    let frame = Frame::present(present, "notices-title", "notices")
        .titled(present.words().say(heading))
        .wrong(wrong);
    let unit = &present.rules.unit;
    let contacts = asking.contacts.join(", ");
    let form = FormPage {
        heading,
        action: if edited {
            format!("{own}/modifier")
        } else {
            "/annonces/nouvelle".into()
        },
        back: if edited { own } else { "/annonces".into() },
        acting_for: acting_for(present, &subject.author),
        categories: categories(subject, fields.get("category")),
        days: days(present, subject, fields.get("days")),
        unit: unit.many.clone(),
        hour: if unit.is_the_hour() {
            frame.t("notice-units-hint-hours")
        } else {
            frame.t1("notice-units-hint", "amount", unit.amount(unit.hour()))
        },
        photos: kept(subject, &fields),
        photo_ids: photo_ids(present, &fields),
        reaches: reaches(&frame, subject, present.rules.notice_reach),
        contacts: (!contacts.is_empty()).then_some(contacts),
        files_lost: asking.files_lost,
        frame,
        errors,
        fields,
    };
    let code = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(page(&form)?.with_status(code).into_response())
}

fn reaches(frame: &Frame, subject: &Subject, most: Reach) -> Vec<ReachChoice> {
    if subject.reaches.len() < 2 {
        return Vec::new();
    }
    let choice = |reach: &Reach| ReachChoice {
        value: reach.as_str(),
        label: frame.t(&format!("notice-reach-{}", reach.as_str())),
        how: if *reach > most {
            frame.t1("notice-reach-held", "most", most.as_str())
        } else {
            frame.t(&format!("notice-reach-{}-how", reach.as_str()))
        },
    };
    subject.reaches.iter().map(choice).collect()
}

fn acting_for(present: &Present, author: &Member) -> Option<String> {
    (author.id() != present.member.id())
        .then(|| format!("{} (n°\u{a0}{})", author.full_name(), author.number))
}

fn categories(subject: &Subject, chosen: &str) -> Vec<Choice> {
    let line = |it: &Category| Choice::new(it.id().to_string(), it.name.clone(), chosen);
    subject.categories.iter().map(line).collect()
}

fn days(present: &Present, subject: &Subject, chosen: &str) -> Vec<Choice> {
    let words = present.words();
    let zone = &present.guest.association.time_zone;
    let usual = words.say_with(
        "notice-days-usual",
        &[("days", present.rules.notice_days.into())],
    );
    let mut choices = vec![(String::new(), usual)];
    let now = present.guest.visit.now;
    if let Some(notice) = subject.known.as_ref().filter(|it| it.expires_at > now) {
        let day = words.day(words.local_day(notice.expires_at, zone));
        let label = words.say_with("notice-days-same", &[("day", day.into())]);
        choices.insert(0, (SAME_DAY.to_owned(), label));
    }
    for (days, key) in DAY_CHOICES {
        choices.push((days.to_string(), words.say(key)));
    }
    choices
        .into_iter()
        .map(|(value, label)| Choice::new(value, label, chosen))
        .collect()
}

fn kept(subject: &Subject, fields: &Fields) -> Vec<Kept> {
    let kept = |(place, id): (usize, &PhotoId)| Kept {
        removed: fields.ticked("remove_photo", &id.to_string()),
        id: id.to_string(),
        place: place + 1,
    };
    subject.photos.iter().enumerate().map(kept).collect()
}

/// The ids of the photos to come travel with the form, so that sending it twice adds them once.
fn photo_ids(present: &Present, fields: &Fields) -> Vec<String> {
    let known = fields.all("photo_id");
    let now = present.guest.visit.now;
    let fresh = std::iter::repeat_with(|| desk::fresh::id(now).to_string());
    known.into_iter().chain(fresh).take(PHOTOS).collect()
}
