//! `/adherents`: the members, by name or by number.

use super::{Card, card};
use askama::Template;
use door::form::Query;
use door::{Answer, Frame, Present, Trouble, page};
use poem::{Route, get, handler};
use sel::id::MemberId;
use sel::member::Right;
use sel::roll::Sought;
use std::collections::HashMap;
use store::member::{Member, Order};

/// Members of a page, and pages.
const MEMBERS: usize = 50;
const PAGES: i64 = 10_000;
/// Letters of a search that count.
const QUERY_LETTERS: usize = 80;

pub(super) fn routes(route: Route) -> Route {
    route.at("/adherents", get(show))
}

#[derive(Template)]
#[template(path = "member_list.html")]
struct ListPage {
    frame: Frame,
    query: String,
    by_number: bool,
    /// How many they are, or how many were found.
    count: String,
    cards: Vec<Card>,
    page: i64,
    more: bool,
    may_members: bool,
}

impl ListPage {
    fn order(&self) -> &'static str {
        if self.by_number { "numero" } else { "nom" }
    }
}

#[handler]
async fn show(mut present: Present, Query(typed): Query) -> Answer {
    let query: String = typed.get("q").chars().take(QUERY_LETTERS).collect();
    let by_number = typed.get("ordre") == "numero";
    let number = typed.get("page").parse().unwrap_or(1).clamp(1, PAGES);
    let (members, more) = found(&mut present, &query, by_number, number).await?;
    let scope = &mut present.scope;
    let ids: Vec<MemberId> = members.iter().map(Member::id).collect();
    let balances: HashMap<MemberId, i64> = store::account::balances(scope, &ids)
        .await
        .map_err(Trouble::from)?
        .into_iter()
        .collect();
    let (words, found) = (present.words(), members.len());
    let count = match query.trim() {
        "" => {
            let everybody = store::member::count(&mut present.scope).await;
            let everybody = everybody.map_err(Trouble::from)?;
            words.say_with("member-count", &[("count", everybody.into())])
        }
        // Neither the first nor the last page knows how many there are in all.
        _ if more || number > 1 => String::new(),
        _ => words.say_with("member-found", &[("count", found.into())]),
    };
    let cards = members
        .iter()
        .map(|member| card(&present, member, balances.get(&member.id()).copied()))
        .collect();
    Ok(page(&ListPage {
        frame: Frame::present(&present, "member-list-title", "members"),
        query,
        by_number,
        count,
        cards,
        page: number,
        more,
        may_members: present.may(Right::Members),
    })?)
}

/// The members of one page, and whether there are more: a number finds its member, a text those
/// with words in their names that begin so.
async fn found(
    present: &mut Present,
    query: &str,
    by_number: bool,
    page: i64,
) -> Result<(Vec<Member>, bool), Trouble> {
    let last_names = present.rules.directory.last_names || !present.member.rights().is_empty();
    let scope = &mut present.scope;
    let words = match Sought::parse(query) {
        Sought::Number(number) => {
            let member = store::member::by_number(scope, number).await?;
            let here = member.filter(|member| member.left_at.is_none());
            return Ok((here.into_iter().collect(), false));
        }
        Sought::Words(words) => words,
        Sought::Nobody if query.trim().is_empty() => Vec::new(),
        Sought::Nobody => return Ok((Vec::new(), false)),
    };
    let order = if by_number {
        Order::Number
    } else {
        Order::Name
    };
    let offset = (page - 1) * i64::try_from(MEMBERS).unwrap_or(0);
    let found = store::member::list(scope, &words, last_names, order, offset, MEMBERS).await?;
    Ok((found.rows, found.more))
}
