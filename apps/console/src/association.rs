//! `/`: which SELs there are, and how alive. Never a member's name.

use crate::ZONE;
use crate::inside::{Inside, Reader};
use askama::Template;
use chrono::NaiveDate;
use door::form::Query;
use door::{Answer, Fields, Frame, Trouble, page};
use poem::{Response, Route, get, handler};
use store::association::overview::{self, Counts, Overview, State};
use words::Words;

/// SELs of a page, and pages.
const ROWS: usize = 50;
const PAGES: usize = 1_000;
/// Letters of a search that count.
const QUERY_LETTERS: usize = 60;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/", get(show))
}

struct Line {
    name: String,
    code: String,
    place: String,
    href: String,
    members: i32,
    notices: i64,
    exchanged: String,
    /// Since when it is in this state.
    since: String,
    is_ready: bool,
}

struct Tab {
    href: String,
    label: String,
    count: usize,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "association_list.html")]
struct ListPage {
    frame: Frame,
    query: String,
    /// Whether no SEL in any state is meant by it.
    is_unknown: bool,
    state: &'static str,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    page: usize,
    more: bool,
}

impl ListPage {
    /// Where the other pages of this list are.
    fn path(&self) -> String {
        path(self.state, &self.query)
    }
}

fn path(state: &str, query: &str) -> String {
    let mut path = form_urlencoded::Serializer::for_suffix("/?".to_owned(), 2);
    path.append_pair("etat", state).append_pair("q", query);
    format!("{}&", path.finish())
}

fn state_of(typed: &str) -> (State, &'static str) {
    match typed {
        "ouverts" => (State::Ready, "ouverts"),
        "en-route" => (State::Starting, "en-route"),
        _ => (State::All, ""),
    }
}

fn tabs(words: Words, counts: Counts, (query, here): (&str, &str)) -> Vec<Tab> {
    let tab = |state: &'static str, key: &str, count: usize| Tab {
        href: path(state, query),
        label: words.say(key),
        count,
        is_here: state == here,
    };
    vec![
        tab("", "console-all", counts.all),
        tab("ouverts", "console-ready", counts.ready),
        tab("en-route", "console-starting", counts.all - counts.ready),
    ]
}

#[handler]
async fn show(reader: Reader, Query(typed): Query) -> Answer {
    Ok(shown(reader, &typed).await?)
}

async fn shown(reader: Reader, typed: &Fields) -> Result<Response, Trouble> {
    let Reader {
        inside,
        mut console,
    } = reader;
    let query: String = typed.get("q").chars().take(QUERY_LETTERS).collect();
    let number = typed.get("page").parse().unwrap_or(1).clamp(1, PAGES);
    let (state, here) = state_of(typed.get("etat"));
    let (asked, cut) = ((query.as_str(), state), ((number - 1) * ROWS, ROWS));
    let (counts, found) = overview::list(&mut console, asked, cut).await?;
    console.commit().await?;
    let visit = &inside.at.visit;
    let today = visit.words.local_day(visit.now, ZONE);
    let line = |it| line(&inside, it, today);
    page(&ListPage {
        frame: inside.frame("console-title", "associations"),
        tabs: tabs(visit.words, counts, (&query, here)),
        is_unknown: counts.all == 0 && !query.is_empty(),
        query,
        state: here,
        lines: found.rows.into_iter().map(line).collect(),
        page: number,
        more: found.more,
    })
}

fn line(inside: &Inside, it: Overview, today: NaiveDate) -> Line {
    let words = inside.at.visit.words;
    Line {
        href: inside.at.house.site.association_url(&it.slug, "/"),
        exchanged: match it.exchanged_on {
            Some(day) => ago(words, day, today),
            None => words.say("console-never"),
        },
        since: words.day(words.local_day(it.ready_at.unwrap_or(it.opened_at), ZONE)),
        is_ready: it.ready_at.is_some(),
        name: it.name,
        code: it.code,
        place: it.place_name,
        members: it.member_count,
        notices: it.notices,
    }
}

/// "aujourd'hui", "hier", "il y a 41 jours".
fn ago(words: Words, day: NaiveDate, today: NaiveDate) -> String {
    // Where the SEL is, a day may have begun that has not here.
    let days = (today - day).num_days().max(0);
    words.say_with("console-days-ago", &[("days", days.into())])
}
