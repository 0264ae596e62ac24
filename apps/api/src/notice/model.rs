//! Notices as programs see them.

use crate::caller::Caller;
use crate::fail::Fail;
use crate::text::Text;
use chrono::{DateTime, Utc};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, Enum, Object};
use sel::notice::{Price as Asked, Reach};
use uuid::Uuid;

#[derive(Enum, Clone, Copy)]
#[oai(rename = "NoticeKind", rename_all = "lowercase")]
pub(crate) enum Kind {
    Offer,
    Want,
}

impl From<Kind> for sel::notice::Kind {
    fn from(it: Kind) -> sel::notice::Kind {
        match it {
            Kind::Offer => sel::notice::Kind::Offer,
            Kind::Want => sel::notice::Kind::Want,
        }
    }
}

impl From<sel::notice::Kind> for Kind {
    fn from(it: sel::notice::Kind) -> Kind {
        match it {
            sel::notice::Kind::Offer => Kind::Offer,
            sel::notice::Kind::Want => Kind::Want,
        }
    }
}

#[derive(Enum, Clone, Copy)]
#[oai(rename = "PriceMode", rename_all = "lowercase")]
pub(super) enum Mode {
    /// So much for the whole.
    Fixed,
    /// So much an hour.
    Hourly,
    /// To be agreed on.
    Discuss,
    /// Nothing is asked in return.
    Gift,
}

/// What is asked in return.
#[derive(Object)]
#[oai(skip_serializing_if_is_none, deny_unknown_fields)]
pub(crate) struct Price {
    pub(super) mode: Mode,
    /// In the smallest part of the unit; with `fixed` and `hourly` only.
    #[oai(validator(minimum(value = "1"), maximum(value = "100000000")))]
    pub(super) amount: Option<i64>,
}

impl From<Asked> for Price {
    fn from(it: Asked) -> Price {
        let (mode, amount) = match it {
            Asked::Fixed(amount) => (Mode::Fixed, Some(amount)),
            Asked::Hourly(amount) => (Mode::Hourly, Some(amount)),
            Asked::Discuss => (Mode::Discuss, None),
            Asked::Gift => (Mode::Gift, None),
        };
        Price { mode, amount }
    }
}

#[derive(Enum, Clone, Copy)]
#[oai(rename = "NoticeState", rename_all = "lowercase")]
pub(super) enum State {
    /// The members see it.
    Live,
    Paused,
    Closed,
    Expired,
}

/// How far its author lets it go.
#[derive(Enum, Clone, Copy)]
#[oai(rename = "Reach", rename_all = "lowercase")]
pub(crate) enum Far {
    Members,
    Allies,
    Platform,
    Public,
}

impl From<Reach> for Far {
    fn from(it: Reach) -> Far {
        match it {
            Reach::Members => Far::Members,
            Reach::Allies => Far::Allies,
            Reach::Platform => Far::Platform,
            Reach::Public => Far::Public,
        }
    }
}

impl From<Far> for Reach {
    fn from(it: Far) -> Reach {
        match it {
            Far::Members => Reach::Members,
            Far::Allies => Reach::Allies,
            Far::Platform => Reach::Platform,
            Far::Public => Reach::Public,
        }
    }
}

#[derive(Object)]
pub(super) struct Category {
    pub(super) id: Uuid,
    /// The same in all SELs that did not change it.
    pub(super) code: String,
    pub(super) name: String,
}

#[derive(Object)]
pub(super) struct Categories {
    pub(super) items: Vec<Category>,
}

#[derive(Object)]
pub(super) struct Author {
    pub(super) number: i32,
    pub(super) name: String,
}

#[derive(Object)]
pub(crate) struct Notice {
    pub(super) id: Uuid,
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) category: Category,
    pub(super) price: Price,
    pub(super) urgent: bool,
    pub(super) reach: Far,
    pub(super) state: State,
    pub(super) author: Author,
    pub(super) published_at: DateTime<Utc>,
    pub(super) changed_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
    /// Its page.
    pub(super) url: String,
}

#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(super) struct Notices {
    pub(super) items: Vec<Notice>,
    pub(super) next: Option<String>,
}

/// What to make of a notice.
#[derive(Object)]
#[oai(rename = "NoticeContent", deny_unknown_fields)]
pub(super) struct Written {
    pub(super) kind: Kind,
    #[oai(validator(min_length = 1, max_length = 80))]
    pub(super) title: Text,
    #[oai(default, validator(max_length = 2000))]
    pub(super) text: Text,
    /// One of `/categories`.
    pub(super) category: Uuid,
    pub(super) price: Price,
    #[oai(default)]
    pub(super) urgent: bool,
    /// How long it stands from now on; without it as long as the SEL has set, or, for one that is
    /// there, as before.
    #[oai(validator(minimum(value = "1"), maximum(value = "730")))]
    pub(super) days: Option<u32>,
    /// Without it as its author is used to, or as before.
    pub(super) reach: Option<Far>,
}

/// A notice to publish.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(super) struct NoticePublication {
    /// Yours: the same again publishes nothing twice.
    pub(super) id: Uuid,
    kind: Kind,
    #[oai(validator(min_length = 1, max_length = 80))]
    title: Text,
    #[oai(default, validator(max_length = 2000))]
    text: Text,
    /// One of `/categories`.
    category: Uuid,
    price: Price,
    #[oai(default)]
    urgent: bool,
    /// How long it stands from now on; without it as long as the SEL has set.
    #[oai(validator(minimum(value = "1"), maximum(value = "730")))]
    days: Option<u32>,
    /// Without it, members alone.
    reach: Option<Far>,
}

impl From<NoticePublication> for Written {
    fn from(it: NoticePublication) -> Written {
        Written {
            kind: it.kind,
            title: it.title,
            text: it.text,
            category: it.category,
            price: it.price,
            urgent: it.urgent,
            days: it.days,
            reach: it.reach,
        }
    }
}

#[derive(Enum, Clone, Copy)]
#[oai(rename = "NoticeFate", rename_all = "lowercase")]
pub(super) enum Fate {
    /// It stands from today on, as long as the SEL has set.
    Renew,
    Pause,
    Resume,
    Close,
    Reopen,
}

#[derive(Object)]
#[oai(rename = "NoticeDecision", deny_unknown_fields)]
pub(super) struct Decision {
    pub(super) change: Fate,
}

#[derive(ApiResponse)]
pub(super) enum Published {
    #[oai(status = 201)]
    Created(Json<Notice>),
}

/// A notice as this caller may read it.
pub(crate) fn told(caller: &Caller, it: store::notice::Notice) -> Result<Notice, Fail> {
    let now = caller.guest.visit.now;
    let state = match &it {
        it if it.closed_at.is_some() => State::Closed,
        it if it.paused_at.is_some() => State::Paused,
        it if it.expires_at <= now => State::Expired,
        _ => State::Live,
    };
    let (house, sel) = (&caller.guest.house, &caller.guest.association.slug);
    let url = house
        .site
        .association_url(sel, &format!("/annonces/{}", it.id()));
    let name = (it.author_first.as_str(), it.author_last.as_str());
    let author = Author {
        number: it.author_number,
        name: caller.name_of(it.member_id(), name)?,
    };
    let category = Category {
        id: it.category_id().0,
        code: it.category_code.clone(),
        name: it.category_name.clone(),
    };
    Ok(Notice {
        id: it.id().0,
        kind: it.kind().into(),
        price: it.price().into(),
        reach: it.reach().into(),
        category,
        state,
        author,
        url,
        title: it.title,
        text: it.body,
        urgent: it.urgent,
        published_at: it.published_at,
        changed_at: it.changed_at,
        expires_at: it.expires_at,
    })
}
