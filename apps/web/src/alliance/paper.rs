//! The quarterly statement between two SELs, on paper.

use super::one::found;
use super::tally::{FILE_ROWS, Quarter, row};
use crate::paper::{folio, paper};
use door::form::Query;
use door::threshold::see_other_with;
use door::{Answer, Flash, Present, Trouble};
use poem::web::Path;
use poem::{Route, get, handler};
use print::tally::{Columns, Row, Signature, Tally};
use print::{Sum, Total};
use store::alliance::Alliance;
use store::crossing::Sums;

pub(super) fn routes(route: Route) -> Route {
    route.at("/bureau/allies/:id/bordereau.pdf", get(on_paper))
}

/// The quarterly statement that both SELs sign.
#[handler]
async fn on_paper(mut present: Present, Path(id): Path<String>, Query(query): Query) -> Answer {
    let it = found(&mut present, &id).await?;
    let quarter = Quarter::read(query.get("trimestre"), present.guest.today());
    let zone = present.guest.association.time_zone.clone();
    let moments = quarter.moments(&zone);
    let scope = &mut present.scope;
    let sums = store::crossing::sums(scope, it.id(), moments)
        .await
        .map_err(Trouble::from)?;
    let lines = store::crossing::tally(scope, it.id(), moments, FILE_ROWS)
        .await
        .map_err(Trouble::from)?;
    let own_code = present.guest.association.code.clone();
    let rows = lines.rows.iter().map(|line| {
        let row = row(&present, &it, line);
        Row {
            date: row.day,
            // Both SELs read it: each names its own as the other knows them.
            ours: format!(
                "{} ({})",
                line.member_first,
                sel::alliance::named(&own_code, Some(line.member_number))
            ),
            theirs: row.other,
            purpose: row.label,
            given: row.given,
            received: row.received,
        }
    });
    let rows = rows.collect();
    let tally = set(&present, &it, quarter, &sums, rows);
    let absent = present.part().1;
    let name = format!("bordereau-{}-{}.pdf", it.code, quarter.file());
    if let Some(response) = paper(&name, move || tally.pdf()).await? {
        return Ok(response);
    }
    let flash = Flash::bad(absent.words().say("tally-paper-long"));
    let back = format!("/bureau/allies/{}?trimestre={}", it.id(), quarter.value());
    Ok(see_other_with(&absent.guest.house, &back, &flash))
}

fn set(present: &Present, it: &Alliance, quarter: Quarter, sums: &Sums, rows: Vec<Row>) -> Tally {
    let (words, unit) = (present.words(), &present.rules.unit);
    let theirs = it.unit();
    let ours = &present.guest.association;
    let rates = [
        ("ours", unit.amount(unit.hour()).into()),
        ("theirs", theirs.amount(theirs.hour()).into()),
    ];
    let sum = |key: &str, amount| Sum {
        label: words.say(key),
        amount: unit.amount(amount),
    };
    let sign = |name: &str| Signature {
        name: name.to_owned(),
        advice: words.say("tally-paper-sign"),
    };
    Tally {
        language: words.language.as_str().to_owned(),
        title: words.say("tally-paper-title"),
        ours: format!("{} ({})", ours.name, ours.code),
        theirs: format!("{} ({})", it.name, it.code),
        quarter: quarter.said(words),
        rates: words.say_with("tally-paper-rates", &rates),
        columns: Columns {
            date: words.say("alliance-csv-day"),
            ours: words.say("alliance-csv-own"),
            theirs: words.say("alliance-csv-other"),
            purpose: words.say("alliance-csv-label"),
            given: words.say("alliance-csv-given"),
            received: words.say("alliance-csv-received"),
        },
        rows,
        total: Total {
            label: words.say("tally-paper-total"),
            given: unit.figure(sums.given),
            received: unit.figure(sums.received),
        },
        before: sum("alliance-before", sums.opening()),
        after: sum("alliance-after", sums.closing()),
        signatures: [sign(&ours.name), sign(&it.name)],
        folio: folio(words),
    }
}
