//! Finding notices by words, here, with allies, or in all SELs.

use crate::Tag;
use crate::caller::Key;
use crate::cursor::{self, limit};
use crate::fail::{Answer, Fail};
use crate::notice::{Kind, Notice, Price, told};
use chrono::{DateTime, Utc};
use finder::{Finder, Reach, Sought, Whose, eyes};
use poem::web::Data;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use search::Order;
use sel::access::Permission;
use uuid::Uuid;

/// How far a search goes on, in rows.
const FARTHEST: usize = 10_000;

#[derive(Enum, Clone, Copy)]
#[oai(rename = "Place", rename_all = "lowercase")]
enum Where {
    /// This SEL.
    Here,
    /// Those that it is allied with, too.
    Allies,
    /// All that let their notices be seen here.
    Platform,
}

/// A notice of another SEL. Who wrote it is no part of it.
#[derive(Object)]
#[oai(rename = "ForeignNotice")]
struct Theirs {
    id: Uuid,
    /// The SEL, and the first label of its host.
    sel: String,
    slug: String,
    place: String,
    kind: Kind,
    title: String,
    text: String,
    category: String,
    /// In the smallest part of the unit of that SEL.
    price: Price,
    urgent: bool,
    published_at: DateTime<Utc>,
}

/// Either `notice` is there, or `theirs`.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Match {
    notice: Option<Notice>,
    theirs: Option<Theirs>,
    /// Whether it has every word.
    whole: bool,
}

#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
struct Matches {
    items: Vec<Match>,
    /// How many there are in all.
    total: u64,
    next: Option<String>,
}

fn theirs(it: &store::notice::Shared) -> Theirs {
    Theirs {
        id: it.id().0,
        sel: it.sel.clone(),
        slug: it.slug.clone(),
        place: it.place.clone(),
        kind: it.kind().into(),
        title: it.title.clone(),
        text: it.body.clone(),
        category: it.category_name.clone(),
        price: it.price().into(),
        urgent: it.urgent,
        published_at: it.published_at,
    }
}

impl Where {
    fn reach(self) -> Reach {
        match self {
            Where::Here => Reach::Home,
            Where::Allies => Reach::Allies,
            Where::Platform => Reach::Everywhere,
        }
    }
}

pub(crate) struct Api;

#[OpenApi(tag = "Tag::Notices")]
impl Api {
    /// Find notices
    ///
    /// Forgives mistakes and knows synonyms, as the page does. Needs `notices.read`.
    #[oai(path = "/search", method = "get", operation_id = "search")]
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a parameter of the query"
    )]
    async fn search(
        &self,
        key: Key,
        Data(finder): Data<&Finder>,
        /// What is sought.
        #[oai(validator(max_length = 200))]
        q: Query<String>,
        /// How far one looks, `here` without it.
        place: Query<Option<Where>>,
        kind: Query<Option<Kind>>,
        /// A category's code.
        #[oai(validator(max_length = 10))]
        category: Query<Option<String>>,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// How many, 50 without it.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Answer<Matches> {
        let mut caller = key.with(Permission::Notices)?;
        let rows = self::limit(limit.0);
        let offset = cursor::number(cursor.0.as_deref())?.unwrap_or(0);
        let offset = usize::try_from(offset).map_err(|_| cursor::unreadable())?;
        let offset = offset.min(FARTHEST);
        let place = place.0.unwrap_or(Where::Here);
        let sought = Sought {
            eyes: eyes(&mut caller.scope, place.reach()).await?,
            words: q.0,
            kind: kind.0.map(Into::into),
            rubric: category.0.filter(|it| !it.is_empty()),
            urgent: false,
            gift: false,
            days: None,
            since: None,
            near: None,
            order: Order::Best,
            literal: false,
            synonyms: caller.rules.synonyms.clone(),
            offset,
            limit: rows,
        };
        let found = finder::find(finder, &mut caller.scope, sought).await?;
        let goes_on = found.total > offset + rows && offset + rows <= FARTHEST;
        let next = goes_on.then(|| i64::try_from(offset + rows).unwrap_or(i64::MAX));
        let matches = found.matches.into_iter().map(|it| {
            let (notice, other) = match it.notice {
                Whose::Ours(notice) => (Some(told(&caller, *notice)?), None),
                Whose::Theirs(notice) => (None, Some(theirs(&notice))),
            };
            Ok(Match {
                notice,
                theirs: other,
                whole: it.whole,
            })
        });
        let items = matches.collect::<Result<_, Fail>>()?;
        Ok(Json(Matches {
            items,
            total: found.total as u64,
            next: next.map(cursor::of_number),
        }))
    }
}
