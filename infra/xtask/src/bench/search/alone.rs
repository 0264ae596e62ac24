//! The index by itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::rival::{Figures, Rival};
use super::{ANSWERS, CLIENTS, Shape, compare};
use crate::errand;
use crate::house::House;
use crate::say::{Trouble, say};

/// What the index takes by itself, without page, session and second reading, beside what Postgres
/// took for the same questions.
pub(super) fn measure(
    house: &House,
    (shape, theirs): (&Shape, &[Figures]),
    (state, seconds): (&Path, u64),
    rival: &Rival<'_>,
) -> Result<(), Trouble> {
    say(format!("\n{}, the index alone", shape.name));
    let questions = state.join("questions");
    fs::write(&questions, shape.words.join("\n"))
        .map_err(|error| Trouble::new(format!("{}: {error}", questions.display())))?;
    let mut theirs = theirs.iter();
    for count in CLIENTS {
        let mut ask = Command::new(house.example("release", "ask"));
        ask.arg(state.join("index")).arg(&questions);
        ask.args([count.to_string(), seconds.to_string()]);
        let told = errand::answer(ask.args(rival.eyes()));
        let told = told.ok_or_else(|| Trouble::new("the index tells no figure"))?;
        let mut numbers = told.split_whitespace().map(|it| it.parse().unwrap_or(0.0));
        let mut next = || numbers.next().unwrap_or_default();
        let ours = Figures {
            per_second: next(),
            p50_ms: next(),
            p99_ms: next(),
        };
        say(format!(
            "  {:<25} {count:>3} clients {:>7.1}/s  p50 {:>6.2} ms  p99 {:>6.2} ms; {:.0} found",
            "our index",
            ours.per_second,
            ours.p50_ms,
            ours.p99_ms,
            next()
        ));
        for ((name, _), theirs) in ANSWERS.iter().zip(&mut theirs) {
            compare(&ours, name, count, theirs);
        }
    }
    Ok(())
}
