//! Offers and wants: finding them, reading one, publishing one's own.

pub(crate) mod asked;
mod change;
mod form;
pub(crate) mod list;
mod photos;
mod publish;
pub(crate) mod row;
pub(crate) mod show;
mod subject;
pub(crate) mod text;
mod theirs;

pub(crate) use row::{Row, rows};
pub(crate) use show::{notice_page, visible};
pub(crate) use text::paragraphs;
pub(crate) use theirs::{theirs, theirs_page, theirs_path};

use door::Trouble;
use poem::{Route, get, post};
use sel::id::NoticeId;

pub(crate) fn routes(route: Route) -> Route {
    theirs::routes(route)
        .at("/annonces", get(list::show))
        .at("/annonces/miennes", get(change::mine))
        .at("/annonces/nouvelle", get(form::start).post(publish::create))
        .at("/annonces/:id", get(show::show))
        .at(
            "/annonces/:id/modifier",
            get(form::edit).post(publish::modify),
        )
        .at("/annonces/:id/renouveler", post(change::renew))
        .at("/annonces/:id/pause", post(change::pause))
        .at("/annonces/:id/reprendre", post(change::resume))
        .at("/annonces/:id/fermer", post(change::close))
        .at("/annonces/:id/rouvrir", post(change::reopen))
}

/// The id in a path; what is no id leads nowhere.
pub(crate) fn read_id(text: &str) -> Result<NoticeId, Trouble> {
    text.parse().map_err(|_| Trouble::NotFound)
}
