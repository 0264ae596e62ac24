//! Offers and wants of this SEL.

pub(crate) mod model;

pub(crate) use model::{Kind, Notice, Price, told};

use crate::Tag;
use crate::caller::{Caller, Key};
use crate::cursor::{self, limit};
use crate::fail::{Answer, Fail, halted};
use crate::manners::{holds, tag};
use door::Trouble;
use door::problem::Fault;
use model::{
    Categories, Category, Decision, Fate, Mode, NoticePublication, Notices, Published, Written,
};
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::ToJSON;
use sel::access::Permission;
use sel::id::{CategoryId, NoticeId};
use sel::notice::{Change, Draft, Reach, SAME_DAY};
use store::notice::Filter;
use uuid::Uuid;

/// Field names of our form, as programs know them.
fn named(field: &'static str) -> &'static str {
    match field {
        "body" => "text",
        "units" | "units_mode" => "price",
        other => other,
    }
}

fn draft(caller: &Caller, it: &Written, known: bool) -> Draft {
    let mode = match it.price.mode {
        Mode::Fixed => "fixed",
        Mode::Hourly => "hourly",
        Mode::Discuss => "discuss",
        Mode::Gift => "gift",
    };
    let unit = &caller.rules.unit;
    let units = it.price.amount.map(|amount| unit.plain(amount));
    let days = it.days.map(|days| days.to_string());
    let unsaid = if known { SAME_DAY } else { "" };
    Draft {
        kind: sel::notice::Kind::from(it.kind).as_str().to_owned(),
        title: it.title.0.clone(),
        body: it.text.0.clone(),
        units_mode: mode.to_owned(),
        units: units.unwrap_or_default(),
        urgent: it.urgent,
        days: days.unwrap_or_else(|| unsaid.to_owned()),
        reach: it.reach.map(Reach::from),
    }
}

/// A notice that this caller may read: a live one, or one of their own.
async fn found(caller: &mut Caller, id: Uuid) -> Result<store::notice::Notice, Fail> {
    let (me, now) = (caller.member.id(), caller.guest.visit.now);
    let watches = caller.actor()?.may(sel::member::Right::Notices);
    let notice = store::notice::by_id(&mut caller.scope, NoticeId(id)).await?;
    let notice = notice.filter(|it| it.is_live(now) || it.member_id() == me || watches);
    Ok(notice.ok_or(Trouble::NotFound)?)
}

pub(crate) struct Api;

#[OpenApi(tag = "Tag::Notices")]
impl Api {
    /// The categories of this SEL
    ///
    /// Needs `notices.read`.
    #[oai(path = "/categories", method = "get", operation_id = "categories")]
    async fn categories(&self, key: Key) -> Answer<Categories> {
        let mut caller = key.with(Permission::Notices)?;
        let all = store::category::list(&mut caller.scope).await?;
        let told = all.into_iter().map(|it| Category {
            id: it.id().0,
            code: it.code,
            name: it.name,
        });
        let items = told.collect();
        Ok(Json(Categories { items }))
    }

    /// The notices that the members see, the newest first
    ///
    /// Needs `notices.read`.
    #[oai(path = "/notices", method = "get", operation_id = "notices")]
    async fn list(
        &self,
        key: Key,
        kind: Query<Option<Kind>>,
        category: Query<Option<Uuid>>,
        /// Only those that are.
        urgent: Query<Option<bool>>,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// How many, 50 without it.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Answer<Notices> {
        let mut caller = key.with(Permission::Notices)?;
        let after = cursor::moment(cursor.0.as_deref())?;
        let after = after.map(|(at, id)| (at, NoticeId(id)));
        let filter = Filter {
            kind: kind.0.map(Into::into),
            category: category.0.map(CategoryId),
            urgent: urgent.0.unwrap_or_default(),
        };
        let (scope, rows) = (&mut caller.scope, self::limit(limit.0));
        let page = store::notice::list_after(scope, filter, after, rows).await?;
        let next = page.rows.last().filter(|_| page.more);
        let next = next.map(|it| cursor::of_moment(it.published_at, it.id().0));
        let told = page.rows.into_iter().map(|it| told(&caller, it));
        let items = told.collect::<Result<_, Fail>>()?;
        Ok(Json(Notices { items, next }))
    }

    /// One notice
    ///
    /// Needs `notices.read`.
    #[oai(path = "/notices/:id", method = "get", operation_id = "notice")]
    async fn one(&self, key: Key, id: Path<Uuid>) -> Answer<Notice> {
        let mut caller = key.with(Permission::Notices)?;
        let notice = found(&mut caller, id.0).await?;
        Ok(Json(told(&caller, notice)?))
    }

    /// Publish a notice
    ///
    /// In the name of the member who gave access. Needs `notices.write`.
    #[oai(path = "/notices", method = "post", operation_id = "publish_notice")]
    async fn publish(&self, key: Key, new: Json<NoticePublication>) -> Result<Published, Fail> {
        let mut caller = key.with(Permission::Publish)?;
        let (id, me) = (NoticeId(new.0.id), caller.member.id());
        let written = Written::from(new.0);
        let draft = draft(&caller, &written, false);
        let category = Some(CategoryId(written.category));
        let fault = caller.fault(named);
        let done = desk::notice::publish(&mut caller.scope, id, &draft, category, me).await;
        done.map_err(|halt| refused(halt, fault))?;
        let (caller, notice) = settled(caller, id).await?;
        Ok(Published::Created(Json(told(&caller, notice)?)))
    }

    /// Change a notice
    ///
    /// Needs `notices.write`.
    #[oai(path = "/notices/:id", method = "put", operation_id = "change_notice")]
    async fn change(
        &self,
        key: Key,
        id: Path<Uuid>,
        /// The ETag of the notice as it was read.
        #[oai(name = "If-Match")]
        known: Header<Option<String>>,
        written: Json<Written>,
    ) -> Answer<Notice> {
        let mut caller = key.with(Permission::Publish)?;
        found(&mut caller, id.0).await?;
        unchanged(&mut caller, id.0, known.0.as_deref()).await?;
        let id = NoticeId(id.0);
        let draft = draft(&caller, &written.0, true);
        let category = Some(CategoryId(written.0.category));
        let fault = caller.fault(named);
        let done = desk::notice::amend(&mut caller.scope, id, &draft, category).await;
        done.map_err(|halt| refused(halt, fault))?;
        let (caller, notice) = settled(caller, id).await?;
        Ok(Json(told(&caller, notice)?))
    }

    /// Renew, pause, resume, close or reopen a notice
    ///
    /// Needs `notices.write`.
    #[oai(
        path = "/notices/:id/fate",
        method = "post",
        operation_id = "decide_notice"
    )]
    async fn decide(&self, key: Key, id: Path<Uuid>, decision: Json<Decision>) -> Answer<Notice> {
        let mut caller = key.with(Permission::Publish)?;
        let before = found(&mut caller, id.0).await?;
        let change = match decision.0.change {
            Fate::Renew => Change::Renew,
            Fate::Pause => Change::Pause,
            Fate::Resume => Change::Resume,
            Fate::Close => Change::Close,
            Fate::Reopen => Change::Reopen,
        };
        let fault = caller.fault(named);
        let (scope, caller) = caller.part();
        let done = desk::notice::change(scope, before.id(), change).await;
        let notice = done.map_err(|halt| halted(halt.map(|it| [it]), fault))?;
        let caller = caller.back().await?;
        Ok(Json(told(&caller, notice)?))
    }
}

/// Under the id stands another notice, or the rules say no.
fn refused(
    halt: desk::Halt<Vec<sel::notice::Refusal>>,
    fault: impl FnOnce(&[sel::notice::Refusal]) -> Fault,
) -> Fail {
    match &halt {
        desk::Halt::Refused(all) if all.contains(&sel::notice::Refusal::Known) => Fail::conflict(),
        _ => halted(halt, fault),
    }
}

/// Where a program says what it read, nothing else may stand there now, nor until this scope ends.
async fn unchanged(caller: &mut Caller, id: Uuid, known: Option<&str>) -> Result<(), Fail> {
    let Some(known) = known else { return Ok(()) };
    let held = store::notice::hold(&mut caller.scope, NoticeId(id)).await?;
    let now = told(caller, held.ok_or(Trouble::NotFound)?)?.to_json_string();
    if holds(known, &tag(now.as_bytes())) {
        Ok(())
    } else {
        Err(Fault::Changed.into())
    }
}

/// What was written, kept for good and read again.
async fn settled(caller: Caller, id: NoticeId) -> Result<(Caller, store::notice::Notice), Fail> {
    let (scope, caller) = caller.part();
    scope.commit().await?;
    let mut caller = caller.back().await?;
    let notice = store::notice::by_id(&mut caller.scope, id).await?;
    Ok((caller, notice.ok_or(Trouble::NotFound)?))
}
