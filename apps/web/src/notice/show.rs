//! The page of a notice: what it says, its author, writing to them.

use super::change::{Action, actions, state};
use super::text::{Text, pictures};
use super::{read_id, row};
use crate::showcase::{Address, public};
use askama::Template;
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
use store::notice::Notice;
use words::Words;

/// Other notices of the author that are shown.
const OTHERS: usize = 5;

/// A number to call: how it is read, how it is dialled.
struct Call {
    text: String,
    href: String,
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
    let text = Text::of_ours(present, notice, pictures("/photos", &photos));
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
