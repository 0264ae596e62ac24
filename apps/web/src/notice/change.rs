//! What becomes of a notice: renewed, paused, taken back, and one's own with their state.

use super::show::goes;
use super::{read_id, row};
use askama::Template;
use chrono::{DateTime, Utc};
use door::threshold::see_other_with;
use door::{Answer, Fields, Flash, Frame, Present, Trouble, page};
use poem::handler;
use poem::web::Path;
use sel::notice::{Change, may_change};
use store::notice::Notice;
use words::Words;

/// Notices of one's own that are shown.
const MINE: usize = 100;

/// A button: where it posts to, and its words.
pub(super) struct Action {
    pub(super) path: &'static str,
    pub(super) label: String,
}

/// One of one's own notices.
struct Own {
    id: String,
    kind: &'static str,
    kind_name: String,
    category: String,
    title: String,
    state: String,
    live: bool,
    /// Who beyond the SEL sees it.
    goes: Option<String>,
    dates: String,
    actions: Vec<Action>,
}

#[derive(Template)]
#[template(path = "notice_mine.html")]
struct MinePage {
    frame: Frame,
    notices: Vec<Own>,
    more: bool,
}

fn path(change: Change) -> &'static str {
    match change {
        Change::Renew => "renouveler",
        Change::Pause => "pause",
        Change::Resume => "reprendre",
        Change::Close => "fermer",
        Change::Reopen => "rouvrir",
    }
}

fn label(change: Change) -> &'static str {
    match change {
        Change::Renew => "notice-renew",
        Change::Pause => "notice-pause",
        Change::Resume => "notice-resume",
        Change::Close => "notice-close",
        Change::Reopen => "notice-reopen",
    }
}

/// What can be done to a notice as it stands.
fn possible(notice: &Notice, now: DateTime<Utc>) -> &'static [Change] {
    match notice {
        Notice {
            closed_at: Some(_), ..
        } => &[Change::Reopen],
        notice if notice.expires_at <= now => &[Change::Renew, Change::Close],
        Notice {
            paused_at: Some(_), ..
        } => &[Change::Resume, Change::Close],
        _ => &[Change::Renew, Change::Pause, Change::Close],
    }
}

/// The buttons of a notice, for who may press them.
pub(super) fn actions(present: &Present, notice: &Notice) -> Vec<Action> {
    let Some(actor) = &present.scope.actor else {
        return Vec::new();
    };
    let words = present.words();
    possible(notice, present.guest.visit.now)
        .iter()
        .filter(|change| may_change(actor, notice.standing(), Some(**change)))
        .map(|change| Action {
            path: path(*change),
            label: words.say(label(*change)),
        })
        .collect()
}

/// How a notice stands.
pub(super) fn state(words: Words, notice: &Notice, now: DateTime<Utc>) -> String {
    if let Some(by) = &notice.withdrawn_first {
        return words.say_with("notice-state-withdrawn", &[("by", by.into())]);
    }
    words.say(match notice {
        notice if notice.is_live(now) => "notice-state-live",
        Notice {
            closed_at: Some(_), ..
        } => "notice-state-closed",
        notice if notice.expires_at <= now => "notice-state-expired",
        Notice {
            paused_at: Some(_), ..
        } => "notice-state-paused",
        _ => "notice-state-left",
    })
}

#[handler]
pub(super) async fn mine(mut present: Present) -> Answer {
    let me = present.member.id();
    let mine = store::notice::of_member(&mut present.scope, me, false, MINE)
        .await
        .map_err(Trouble::from)?;
    let allied = store::alliance::any_code(&mut present.scope)
        .await
        .map_err(Trouble::from)?
        .is_some();
    let (words, now) = (present.words(), present.guest.visit.now);
    let zone = &present.guest.association.time_zone;
    let own = |notice: &Notice| Own {
        id: notice.id().to_string(),
        kind: notice.kind().as_str(),
        kind_name: row::kind_name(words, notice.kind()),
        category: notice.category_name.clone(),
        title: notice.title.clone(),
        state: state(words, notice, now),
        live: notice.is_live(now),
        goes: goes(&present, notice, allied),
        dates: words.say_with(
            if notice.expires_at > now {
                "notice-until"
            } else {
                "notice-over"
            },
            &[(
                "day",
                words.day(words.local_day(notice.expires_at, zone)).into(),
            )],
        ),
        actions: actions(&present, notice),
    };
    let notices = mine.rows.iter().map(own).collect();
    Ok(page(&MinePage {
        frame: Frame::present(&present, "notices-mine-title", "notices"),
        notices,
        more: mine.more,
    })?)
}

#[handler]
pub(super) async fn renew(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    change(present, &id, Change::Renew, &fields).await
}

#[handler]
pub(super) async fn pause(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    change(present, &id, Change::Pause, &fields).await
}

#[handler]
pub(super) async fn resume(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    change(present, &id, Change::Resume, &fields).await
}

#[handler]
pub(super) async fn close(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    change(present, &id, Change::Close, &fields).await
}

#[handler]
pub(super) async fn reopen(fields: Fields, present: Present, Path(id): Path<String>) -> Answer {
    change(present, &id, Change::Reopen, &fields).await
}

async fn change(mut present: Present, id: &str, change: Change, fields: &Fields) -> Answer {
    let id = super::visible(&mut present, read_id(id)?).await?.id();
    let Present {
        guest,
        scope,
        rules,
        ..
    } = present;
    let words = guest.visit.words;
    let flash = match desk::notice::change(scope, id, change).await {
        Ok(notice) => {
            let day = words.local_day(notice.expires_at, &guest.association.time_zone);
            let key = done(change, notice.is_live(guest.visit.now));
            Flash::good(words.say_with(key, &[("day", words.day(day).into())]))
        }
        Err(halt) => Flash::bad(words.refusal(&crate::failed(halt)?, &rules.unit)),
    };
    let to = match fields.get("retour") {
        "" => format!("/annonces/{id}"),
        path => door::language::local_path(path).to_owned(),
    };
    Ok(see_other_with(&guest.house, &to, &flash))
}

/// What was done, and how to undo it. A notice that is back but not seen is out of date.
fn done(change: Change, live: bool) -> &'static str {
    match change {
        Change::Renew => "notice-renewed",
        Change::Pause => "notice-paused",
        Change::Close => "notice-closed",
        Change::Resume | Change::Reopen if live => "notice-resumed",
        Change::Resume | Change::Reopen => "notice-resumed-expired",
    }
}
