//! Reading the sentence of an exchange, and finding the other member.

use super::{Pair, exchange_id};
use askama::filters::Safe;
use chrono::{Days, NaiveDate};
use door::{Fields, Present, Trouble};
use sel::amount::Unit;
use sel::exchange::{self, Draft, Refusal, Side};
use sel::id::{CategoryId, NoticeId};
use sel::member::Right;
use sel::roll::Sought;
use store::member::{Member, Order};
use words::Words;

/// Days that the list offers before "plus tôt".
const RECENT_DAYS: u64 = 10;
/// Members shown where several match.
const MATCHES: usize = 12;
/// The value of the list's last choice.
const EARLIER: &str = "plus-tot";

/// One day of the list.
pub(crate) struct DayChoice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// One of several members who match.
pub(crate) struct Choice {
    pub(crate) number: i32,
    pub(crate) label: String,
}

/// Today, yesterday, the days before by name, then "plus tôt".
pub(crate) fn days(words: Words, today: NaiveDate, chosen: &str) -> Vec<DayChoice> {
    let mut days: Vec<DayChoice> = (0..RECENT_DAYS)
        .map(|back| {
            let day = today - Days::new(back);
            let label = match back {
                0 => words.say("exchange-today"),
                1 => words.say("exchange-yesterday"),
                _ => words.weekday(day),
            };
            DayChoice {
                chosen: chosen == day.to_string(),
                value: day.to_string(),
                label,
            }
        })
        .collect();
    let none = !chosen.is_empty() && !days.iter().any(|day| day.chosen);
    let label = words.say("exchange-earlier");
    days.push(DayChoice {
        value: EARLIER.into(),
        label,
        chosen: none,
    });
    days
}

/// The side that a field or an address means.
pub(super) fn read_side(value: &str) -> Option<Side> {
    [Side::Payer, Side::Payee]
        .into_iter()
        .find(|side| side_value(*side) == value)
}

pub(crate) fn side_value(side: Side) -> &'static str {
    match side {
        Side::Payer => "donne",
        Side::Payee => "recois",
    }
}

/// What the form says, or all that is wrong with it.
pub(super) fn read(fields: &Fields, unit: &Unit, today: NaiveDate) -> Result<Draft, Vec<Refusal>> {
    let side = read_side(fields.get("side")).ok_or(Refusal::NoSide);
    let amount = unit.parse(fields.get("amount")).map_err(Refusal::from);
    let label = exchange::label(fields.get("label"));
    let day = chosen_day(fields)
        .ok_or(Refusal::BadDate)
        .and_then(|day| exchange::day(day, today));
    let id = exchange_id(fields).ok_or(Refusal::Ended);
    match (side, amount, label, day, id) {
        (Ok(side), Ok(amount), Ok(label), Ok(done_on), Ok(exchange_id)) => {
            let notice_id = fields.id("notice").map(NoticeId);
            Ok(Draft {
                exchange_id,
                side,
                amount,
                label,
                done_on,
                notice_id,
                category_id: fields.id("category").map(CategoryId),
            })
        }
        (side, amount, label, day, id) => {
            let all = [side.err(), amount.err(), label.err(), day.err(), id.err()];
            Err(all.into_iter().flatten().collect())
        }
    }
}

/// The day that was chosen in the list, or typed where it was earlier.
pub(crate) fn chosen_day(fields: &Fields) -> Option<NaiveDate> {
    let day = match fields.get("date") {
        EARLIER => fields.get("other_date"),
        day => day,
    };
    day.parse().ok()
}

/// The other member: by number, or by the start of a name where only one matches.
pub(super) async fn find(
    present: &mut Present,
    fields: &Fields,
) -> Result<Result<Member, (Refusal, Vec<Choice>)>, Trouble> {
    let typed = match fields.get("member_choice") {
        "" => fields.get("member"),
        chosen => chosen,
    };
    if typed.is_empty() {
        return Ok(Err((Refusal::NoMember, Vec::new())));
    }
    let unknown = || Refusal::UnknownMember {
        typed: typed.to_owned(),
    };
    let sought = match Sought::parse(typed) {
        Sought::Number(number) => {
            let found = store::member::by_number(&mut present.scope, number).await?;
            return Ok(found.ok_or_else(|| (unknown(), Vec::new())));
        }
        Sought::Nobody => return Ok(Err((unknown(), Vec::new()))),
        Sought::Words(words) => words,
    };
    let last_names = sees_last_names(present);
    let found = store::member::list(
        &mut present.scope,
        &sought,
        last_names,
        Order::Name,
        0,
        MATCHES,
    )
    .await?
    .rows;
    Ok(match found.as_slice() {
        [] => Err((unknown(), Vec::new())),
        [one] => Ok(one.clone()),
        several => {
            let choice = |member: &Member| Choice {
                number: member.number,
                label: named(present, member),
            };
            Err((
                Refusal::SeveralMembers,
                several.iter().map(choice).collect(),
            ))
        }
    })
}

fn sees_last_names(present: &Present) -> bool {
    present.rules.directory.last_names
        || present.may(Right::EnterForOthers)
        || present.may(Right::Members)
}

/// "Jean Morel (n° 30)", as this viewer may see him.
pub(crate) fn named(present: &Present, member: &Member) -> String {
    let all = present.may(Right::EnterForOthers) || present.may(Right::Members);
    let name =
        crate::member::shown_name(all, &present.rules, &member.first_name, &member.last_name);
    format!("{name} (n°\u{a0}{})", member.number)
}

/// The rubric that it belongs to, where the SEL has it.
pub(super) async fn known_category(
    present: &mut Present,
    id: Option<CategoryId>,
) -> Result<Option<CategoryId>, Trouble> {
    let Some(id) = id else {
        return Ok(None);
    };
    let known = store::category::list(&mut present.scope).await?;
    Ok(known.iter().any(|it| it.id() == id).then_some(id))
}

/// The notice that it is about, where this member may see it.
pub(super) async fn known_notice(
    present: &mut Present,
    id: Option<NoticeId>,
) -> Result<Option<NoticeId>, Trouble> {
    let Some(id) = id else {
        return Ok(None);
    };
    match crate::notice::visible(present, id).await {
        Ok(notice) => Ok(Some(notice.id())),
        Err(Trouble::NotFound) => Ok(None),
        Err(trouble) => Err(trouble),
    }
}

/// The fields as the confirmation sends them on: the member settled, the day one day.
pub(super) fn settled(fields: &Fields, other: &Member) -> Fields {
    settled_but_member(fields).with("member", format!("n° {}", other.number))
}

/// The same, for who names the member otherwise.
pub(crate) fn settled_but_member(fields: &Fields) -> Fields {
    let date = match fields.get("date") {
        EARLIER => fields.get("other_date").to_owned(),
        day => day.to_owned(),
    };
    let kept = [
        "id", "side", "amount", "label", "notice", "pour", "category",
    ];
    kept.into_iter()
        .fold(Fields::default(), |settled, name| {
            settled.with(name, fields.get(name))
        })
        .with("date", &date)
        .with("other_date", &date)
}

/// The exchange as a sentence, payer first whoever writes it.
pub(super) fn said(present: &Present, pair: &Pair, draft: &Draft) -> Safe<String> {
    let (payer, payee) = match draft.side {
        Side::Payer => (&pair.mine, &pair.other),
        Side::Payee => (&pair.other, &pair.mine),
    };
    let words = present.words();
    door::frame::marked(
        words,
        "exchange-said",
        &[
            ("payer", named(present, payer)),
            ("payee", named(present, payee)),
            ("amount", present.rules.unit.amount(draft.amount)),
            ("label", draft.label.clone()),
            ("day", words.near_day(draft.done_on, present.guest.today())),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit() -> Unit {
        Unit {
            one: "grain".into(),
            many: "grains".into(),
            per_hour: 60,
            decimals: 0,
        }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 6, 15).unwrap()
    }

    fn typed() -> Fields {
        Fields::default()
            .with("id", "01900000-0000-7000-8000-000000000001")
            .with("side", "donne")
            .with("amount", "90 grains")
            .with("label", "taille de rosiers")
            .with("date", "2026-06-13")
    }

    #[test]
    fn giving_grains_makes_one_the_payer_and_receiving_them_the_payee() {
        assert_eq!(read(&typed(), &unit(), today()).unwrap().side, Side::Payer);
        let received = Fields::parse(
            b"id=01900000-0000-7000-8000-000000000001&side=recois&amount=1&label=a&date=2026-06-13",
        );
        assert_eq!(read(&received, &unit(), today()).unwrap().side, Side::Payee);
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let refusals = read(&Fields::default(), &unit(), today()).unwrap_err();
        let keys: Vec<_> = refusals.iter().map(sel::refusal::Refused::field).collect();
        assert_eq!(keys, ["side", "amount", "label", "date", ""]);
    }

    #[test]
    fn an_earlier_day_is_typed_in_a_field_of_its_own() {
        let fields = Fields::parse(
            b"date=plus-tot&other_date=2026-05-02&side=donne&amount=1\
            &label=a&id=01900000-0000-7000-8000-000000000001",
        );
        let draft = read(&fields, &unit(), today()).unwrap();
        assert_eq!(draft.done_on, NaiveDate::from_ymd_opt(2026, 5, 2).unwrap());
    }
}
