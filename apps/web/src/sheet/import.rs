//! Lines from elsewhere: pasted from a spreadsheet, or in a CSV file.

use super::found;
use askama::Template;
use door::form::Parcel;
use door::{Answer, Errors, Frame, Present, Trouble, page};
use poem::web::Path;
use poem::{Body, FromRequest, IntoResponse, Request, RequestBody, Response, Route, get, handler};
use sel::folded::folded;
use sel::id::ExchangeId;
use sel::sheet::{BOX_LETTERS, Kind, LINES, Typed};
use store::sheet::Sheet;

pub(super) fn routes(route: Route) -> Route {
    route.at("/bureau/feuilles/:id/fichier", get(show).post(take))
}

#[derive(Template)]
#[template(path = "sheet_import.html")]
struct ImportPage {
    frame: Frame,
    errors: Errors,
    id: String,
    title: String,
    is_slips: bool,
}

/// Lines that are read of a table, more than a sheet holds: so that one can say what did not fit.
const MANY: usize = 5_000;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Payer,
    Payee,
    Amount,
    Label,
    Slip,
    Day,
    Other,
}

/// The column under a heading, in our words, or those of other programs.
fn column(heading: &str) -> Column {
    let heading = folded(heading);
    let first = heading.split(' ').next().unwrap_or_default();
    let is = |names: &[&str]| names.contains(&first);
    if is(&["donne", "source", "payer", "payeur", "from", "acheteur"]) {
        Column::Payer
    } else if is(&["les", "recoit", "destination", "payee", "to", "vendeur"]) {
        Column::Payee
    } else if is(&[
        "combien", "grains", "unites", "montant", "amount", "nombre", "quantite",
    ]) {
        Column::Amount
    } else if is(&["en", "description", "libelle", "label", "objet"]) {
        Column::Label
    } else if is(&["bordereau", "slip"]) {
        Column::Slip
    } else if is(&["date", "jour"]) {
        Column::Day
    } else {
        Column::Other
    }
}

/// The columns of a sheet in the order in which it shows them.
fn usual(kind: Kind) -> Vec<Column> {
    use Column::{Amount, Day, Label, Payee, Payer, Slip};
    match kind {
        Kind::Fair => vec![Payer, Payee, Amount, Label, Slip, Day],
        Kind::Slips => vec![Slip, Day, Payer, Payee, Amount, Label],
    }
}

/// Reads a table: parted by tabs, semicolons or commas, with headings or without. Lines without
/// anything in them are left out; at most [`MANY`] are read.
pub(super) fn read(text: &str, kind: Kind) -> Vec<Typed> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    let separator = [b'\t', b';', b',']
        .into_iter()
        .find(|mark| first.contains(char::from(*mark)))
        .unwrap_or(b'\t');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut columns = usual(kind);
    let mut lines = Vec::new();
    for (place, record) in reader.records().filter_map(Result::ok).enumerate() {
        if place == 0
            && let Some(named) = headings(&record)
        {
            columns = named;
            continue;
        }
        let typed = line(&columns, &record);
        if !typed.is_empty() && lines.len() < MANY {
            lines.push(typed);
        }
    }
    lines
}

/// The columns of a line of headings, where it is one: it names who gives and who receives.
fn headings(record: &csv::StringRecord) -> Option<Vec<Column>> {
    let columns: Vec<Column> = record.iter().map(column).collect();
    let names = columns.contains(&Column::Payer) && columns.contains(&Column::Payee);
    names.then_some(columns)
}

fn line(columns: &[Column], record: &csv::StringRecord) -> Typed {
    let mut typed = Typed::default();
    for (column, value) in columns.iter().zip(record) {
        let value: String = value.trim().chars().take(BOX_LETTERS).collect();
        match column {
            Column::Payer => typed.payer = value,
            Column::Payee => typed.payee = value,
            Column::Amount => typed.amount = value,
            Column::Label => typed.label = value,
            Column::Slip => typed.slip = value,
            Column::Day => typed.day = value,
            Column::Other => {}
        }
    }
    typed
}

/// The text of a file: UTF-8, or else what older spreadsheets write.
fn text_of(bytes: &[u8]) -> String {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Windows-1252 and Latin-1 agree on the letters of French, but for oe.
        Err(_) => bytes
            .iter()
            .map(|byte| match byte {
                0x9c => 'œ',
                0x8c => 'Œ',
                0x92 => '’',
                0x80 => '€',
                byte => char::from(*byte),
            })
            .collect(),
    };
    let kept = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
    text.chars().filter(kept).collect()
}

#[handler]
async fn show(mut present: Present, Path(id): Path<String>) -> Answer {
    let it = found(&mut present, &id).await?;
    Ok(shown(&present, &it, Errors::none())?)
}

fn shown(present: &Present, it: &Sheet, errors: Errors) -> Result<Response, Trouble> {
    let code = errors.code();
    let response = page(&ImportPage {
        frame: Frame::present(present, "sheet-import-title", "desk").wrong(!errors.is_empty()),
        errors,
        id: it.id().to_string(),
        title: it.title.clone(),
        is_slips: it.kind() == Kind::Slips,
    })?;
    Ok(response.with_status(code).into_response())
}

#[handler]
async fn take(
    mut present: Present,
    Path(id): Path<String>,
    request: &Request,
    body: Body,
) -> Answer {
    let it = found(&mut present, &id).await?;
    // No connection is held while the file comes in.
    let absent = present.away();
    let parcel = Parcel::from_request(request, &mut RequestBody::new(body)).await?;
    let mut present = absent.back().await?;
    let words = present.words();
    let text = parcel
        .files
        .first()
        .map(|file| text_of(&file.bytes))
        .unwrap_or_default();
    let fresh = || ExchangeId(desk::fresh::id(present.guest.visit.now));
    let read: Vec<_> = read(&text, it.kind())
        .into_iter()
        .map(|typed| (fresh(), typed))
        .collect();
    if read.is_empty() {
        let mut errors = Errors::none();
        errors.add("file", words.say("sheet-import-empty"));
        return Ok(shown(&present, &it, errors)?);
    }
    let known = store::sheet::lines(&mut present.scope, it.id(), LINES)
        .await
        .map_err(Trouble::from)?;
    let count = read.len();
    let lines: Vec<_> = known.into_iter().chain(read).collect();
    if lines.len() > LINES {
        let mut errors = Errors::none();
        let refusal = sel::exchange::Refusal::LongSheet;
        errors.add("file", words.refusal(&refusal, &present.rules.unit));
        return Ok(shown(&present, &it, errors)?);
    }
    let (scope, absent) = present.part();
    let done = desk::sheet::keep(scope, it.id(), &lines).await;
    let done = done.map(|()| words.say_with("sheet-imported", &[("count", count.into())]));
    crate::told(&absent, done, &format!("/bureau/feuilles/{}", it.id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(typed: &Typed) -> [&str; 4] {
        [&typed.payer, &typed.payee, &typed.amount, &typed.label]
    }

    #[test]
    fn a_table_is_read_from_a_spreadsheet_or_a_file() {
        let wanted = ["30", "41", "20", "part de tarte"];
        for text in [
            "30\t41\t20\tpart de tarte\n\n\t\t\t\n",
            "30;41;20;part de tarte\r\n",
            "\u{feff}Donne les grains;Les reçoit;Grains;En échange de\n30;41;20;part de tarte",
            "Destination,Source,Description,Amount\n41,30,part de tarte,20\n",
            "30,41,20,\"part de tarte\"",
        ] {
            let lines = read(text, Kind::Fair);
            assert_eq!(lines.len(), 1, "{text}");
            assert_eq!(boxes(&lines[0]), wanted, "{text}");
        }
    }

    #[test]
    fn slips_come_with_their_number_and_day_first() {
        let lines = read("A 12;13/6;30;41;20;miel", Kind::Slips);
        assert_eq!(
            (lines[0].slip.as_str(), lines[0].day.as_str()),
            ("A 12", "13/6")
        );
        assert_eq!(boxes(&lines[0]), ["30", "41", "20", "miel"]);
    }

    #[test]
    fn whatever_is_pasted_gives_lines_and_never_fails() {
        for text in ["", "\"", "a\tb\tc\td\te\tf\tg\th", "\0\0", "é;\"x\ny;"] {
            assert!(read(text, Kind::Fair).len() <= 1, "{text}");
        }
        let long = "1\t2\t3\tx\n".repeat(LINES + 5);
        assert_eq!(read(&long, Kind::Fair).len(), LINES + 5);
        let endless = "1\t2\t3\tx\n".repeat(MANY + 5);
        assert_eq!(read(&endless, Kind::Fair).len(), MANY);
    }

    #[test]
    fn an_old_file_keeps_its_accents() {
        assert_eq!(text_of(b"caf\xe9 \x9cuf"), "café œuf");
        assert_eq!(text_of("café".as_bytes()), "café");
    }
}
