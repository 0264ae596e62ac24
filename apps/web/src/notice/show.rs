//! The page of a notice: what it says, its author, writing to them.

use super::change::{Action, actions, state};
use super::{read_id, row};
use crate::showcase::{Address, public};
use askama::Template;
use chrono::{DateTime, Utc};
use door::frame::{initials, tint};
use door::visit::{login_first, present};
use door::{Answer, Errors, Fields, Frame, Guest, Present, Trouble, Visit, page};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, handler};
use sel::id::NoticeId;
use sel::member::Right;
use sel::notice::{Reach, may_change};
use sel::person::Phone;
use store::Door;
use store::member::Member;
use store::notice::{Notice, Photo, Shared};
use words::Words;

/// Other notices of the author that are shown.
const OTHERS: usize = 5;

/// A number to call: how it is read, how it is dialled.
struct Call {
    text: String,
    href: String,
}

/// A photo to show.
pub(crate) struct Picture {
    /// The address of its sizes.
    pub(crate) src: String,
    pub(crate) place: usize,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// Photos whose addresses begin so, in their order.
pub(crate) fn pictures(base: &str, photos: &[Photo]) -> Vec<Picture> {
    let picture = |(place, photo): (usize, &Photo)| Picture {
        src: format!("{base}/{}", photo.id()),
        place: place + 1,
        width: photo.width,
        height: photo.height,
    };
    photos.iter().enumerate().map(picture).collect()
}

/// What a notice says, whosever it is.
pub(crate) struct Text {
    pub(crate) kind: &'static str,
    pub(crate) kind_name: String,
    pub(crate) urgent: bool,
    pub(crate) category: String,
    pub(crate) title: String,
    /// Paragraphs, in lines.
    pub(crate) body: Vec<Vec<String>>,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) price: String,
    pub(crate) place: Option<String>,
    pub(crate) dates: String,
}

impl Text {
    /// What a notice of another SEL says, with what it asks, its photos under this address.
    pub(crate) fn of_another(
        words: Words,
        now: DateTime<Utc>,
        notice: &Shared,
        photos: &str,
        price: String,
    ) -> Text {
        let of = (notice.published_at, notice.expires_at);
        Text {
            kind: notice.kind().as_str(),
            kind_name: row::kind_name(words, notice.kind()),
            urgent: notice.urgent,
            category: notice.category_name.clone(),
            title: notice.title.clone(),
            body: paragraphs(&notice.body),
            pictures: pictures(photos, &notice.photos()),
            price,
            place: Some(notice.place.clone()),
            dates: dates(words, &notice.time_zone, now, of),
        }
    }
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    frame: Frame,
    /// The list, as it was sought through.
    back: String,
    errors: Errors,
    /// What was typed into the letter.
    fields: Fields,
    id: String,
    text: Text,
    state: Option<String>,
    /// How far it goes, where that is beyond the SEL.
    goes: Option<String>,
    mine: bool,
    may_write: bool,
    /// Who speaks for an author without e-mail.
    helpers: Option<String>,
    first_name: String,
    author: String,
    number: i32,
    initials: String,
    tint: u8,
    call: Option<Call>,
    others: Vec<(String, String)>,
    may_edit: bool,
    actions: Vec<Action>,
}

/// A notice that this member may see: what is not live is its author's and the board's alone.
pub(crate) async fn visible(present: &mut Present, id: NoticeId) -> Result<Notice, Trouble> {
    let now = present.guest.visit.now;
    store::notice::by_id(&mut present.scope, id)
        .await?
        .filter(|notice| {
            notice.is_live(now)
                || notice.member_id() == present.member.id()
                || row::sits_on_the_board(present)
        })
        .ok_or(Trouble::NotFound)
}

#[handler]
pub(super) async fn show(guest: Guest, Path(id): Path<String>) -> Answer {
    let mut present = match present(guest).await? {
        Ok(present) => present,
        Err(guest) => return elsewhere(&guest, read_id(&id)?).await,
    };
    let notice = visible(&mut present, read_id(&id)?).await?;
    let letter = desk::fresh::id(present.guest.visit.now);
    let fields = Fields::default().with("id", letter.to_string());
    Ok(notice_page(&mut present, &notice, Errors::none(), fields).await?)
}

/// Where whoever is not logged in may read it: a member sends the address that they see.
async fn elsewhere(guest: &Guest, id: NoticeId) -> Answer {
    let mut at_door = Door::begin(&guest.house.pool, guest.visit.now)
        .await
        .map_err(Trouble::from)?;
    match public(&mut at_door, guest.association.id(), id).await {
        Ok(notice) => {
            let path = Address::of(&notice.title, id).path();
            Ok(door::see_other(&path))
        }
        Err(Trouble::NotFound) => Err(login_first(&guest.visit.path)),
        Err(trouble) => Err(trouble.into()),
    }
}

/// The first names of those who enter for others: "Nadia, Paul ou Fatima".
async fn helpers(scope: &mut store::Scope, words: Words) -> Result<String, Trouble> {
    let holders = store::member::holders(scope, Right::EnterForOthers).await?;
    let names: Vec<&str> = holders.iter().map(|it| it.first_name.as_str()).collect();
    Ok(match names.as_slice() {
        [most @ .., one, last] => {
            let one = [most, &[*one]].concat().join(", ");
            words.say_with(
                "notice-helpers",
                &[("most", one.into()), ("last", (*last).into())],
            )
        }
        names => names.join(", "),
    })
}

/// The page, with the letter as it was typed.
pub(crate) async fn notice_page(
    present: &mut Present,
    notice: &Notice,
    errors: Errors,
    fields: Fields,
) -> Result<Response, Trouble> {
    let scope = &mut present.scope;
    let author = store::member::by_id(scope, notice.member_id())
        .await?
        .ok_or(Trouble::NotFound)?;
    let photos = store::notice::photos(scope, notice.id()).await?;
    let pictures = pictures("/photos", &photos);
    let helpers = match author.email {
        Some(_) => None,
        None => Some(helpers(scope, present.guest.visit.words).await?),
    };
    let theirs = store::notice::of_member(scope, notice.member_id(), true, OTHERS + 1).await?;
    let allied =
        notice.reach() == Reach::Allies && store::alliance::any_code(scope).await?.is_some();
    let (words, now) = (present.words(), present.guest.visit.now);
    let mine = notice.member_id() == present.member.id();
    let edits = |it: &sel::member::Actor| may_change(it, notice.standing(), None);
    let wrong = !errors.is_empty();
    let frame = Frame::present(present, "notices-title", "notices")
        .titled(&notice.title)
        .wrong(wrong);
    let text = Text {
        kind: notice.kind().as_str(),
        kind_name: row::kind_name(words, notice.kind()),
        urgent: notice.urgent,
        category: notice.category_name.clone(),
        title: notice.title.clone(),
        body: paragraphs(&notice.body),
        pictures,
        price: row::price(words, &present.rules.unit, notice.price()),
        place: row::place(present, notice),
        dates: dates(
            words,
            &present.guest.association.time_zone,
            now,
            (notice.published_at, notice.expires_at),
        ),
    };
    let response = page(&NoticePage {
        back: back(&present.guest.visit, "/annonces"),
        id: notice.id().to_string(),
        text,
        state: (!notice.is_live(now)).then(|| state(words, notice, now)),
        goes: goes(present, notice, allied),
        mine,
        may_write: !mine && notice.is_live(now) && author.email.is_some(),
        helpers: helpers.filter(|_| !mine && notice.is_live(now)),
        first_name: notice.author_first.clone(),
        author: row::author(present, notice),
        number: notice.author_number,
        initials: initials(&notice.author_first, &notice.author_last),
        tint: tint(notice.author_number),
        call: call(present, &author),
        others: others(&theirs.rows, notice.id()),
        may_edit: present.scope.actor.as_ref().is_some_and(edits),
        actions: actions(present, notice),
        frame,
        errors,
        fields,
    })?;
    let code = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(response.with_status(code).into_response())
}

/// The list, as it was sought through by whoever comes from there.
pub(crate) fn back(visit: &Visit, otherwise: &str) -> String {
    let list = visit.came_from.as_deref().filter(|from| {
        from.strip_prefix("/annonces")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('?'))
    });
    list.unwrap_or(otherwise).to_owned()
}

/// Who beyond the SEL sees it, if anybody does.
pub(crate) fn goes(present: &Present, notice: &Notice, allied: bool) -> Option<String> {
    if !notice.is_live(present.guest.visit.now) {
        return None;
    }
    let key = match notice.reach().min(present.rules.notice_reach) {
        Reach::Allies if allied => "notice-shared",
        Reach::Members | Reach::Allies => return None,
        Reach::Platform => "notice-shared-platform",
        Reach::Public => "notice-shared-public",
    };
    Some(present.words().say(key))
}

/// Since when it stands, and until when, in this time zone.
fn dates(
    words: Words,
    zone: &str,
    now: DateTime<Utc>,
    of: (DateTime<Utc>, DateTime<Utc>),
) -> String {
    let (published_at, expires_at) = of;
    let day = |at| words.day(words.local_day(at, zone));
    let key = if expires_at > now {
        "notice-dates"
    } else {
        "notice-dates-over"
    };
    words.say_with(
        key,
        &[
            ("from", day(published_at).into()),
            ("until", day(expires_at).into()),
        ],
    )
}

/// The author's phone, where the directory shows it to this member.
fn call(present: &Present, author: &Member) -> Option<Call> {
    let shown = present.rules.directory.phones || row::sits_on_the_board(present);
    let kept = author.phone.as_deref().filter(|_| shown)?;
    let phone = Phone::kept(kept);
    Some(Call {
        text: phone.to_string().replace(' ', "\u{a0}"),
        href: phone.href(),
    })
}

fn others(theirs: &[Notice], this: NoticeId) -> Vec<(String, String)> {
    let others = theirs.iter().filter(|notice| notice.id() != this);
    others
        .take(OTHERS)
        .map(|notice| (notice.id().to_string(), notice.title.clone()))
        .collect()
}

/// Texts as people write them: an empty line parts paragraphs, and lines stay lines.
pub(crate) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.push(line.to_owned());
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn an_empty_line_parts_paragraphs() {
        assert_eq!(
            paragraphs("Bonjour,\nà samedi.\n\n\nJean"),
            [vec!["Bonjour,", "à samedi."], vec!["Jean"]]
        );
        assert!(paragraphs(" \n\n").is_empty());
    }
}
