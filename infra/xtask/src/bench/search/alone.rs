//! The index by itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::rival::{Answer, Rival};
use super::{ANSWERS, CLIENTS, Figures, Shape, compare};
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
        let numbers = told.iter().flat_map(|told| told.split_whitespace());
        let numbers: Result<Vec<f64>, _> = numbers.map(str::parse).collect();
        let Ok([per_second, p50_ms, p99_ms, found @ (1.0..)]) = numbers.as_deref() else {
            return Err(Trouble::new("the index tells no figure, or found nothing"));
        };
        let ours = Figures {
            per_second: *per_second,
            p50_ms: *p50_ms,
            p99_ms: *p99_ms,
        };
        say(format!("  found in the mean: {found:.0}"));
        say(format!(
            "  {:<25} {count:>3} clients {:>7.1}/s  p50 {:>6.2} ms  p99 {:>6.2} ms",
            "our index", ours.per_second, ours.p50_ms, ours.p99_ms,
        ));
        for ((name, answer), theirs) in ANSWERS.iter().zip(&mut theirs) {
            // The index tells which are the first and how many there are, and shows no text.
            if !matches!(answer, Answer::Page) {
                compare(&ours, name, count, theirs);
            }
        }
    }
    Ok(())
}
