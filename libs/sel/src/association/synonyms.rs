//! Words that mean the same thing where a SEL is: its search finds the one by the other.

use crate::refusal::{Fact, Refused};
use thiserror::Error;

/// Lines that a SEL may write, and letters of a line.
const LINES: usize = 100;
const LETTERS: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("{count} lines")]
    ManyLines { count: usize },
    #[error("line {line} is too long")]
    LongLine { line: usize },
    #[error("line {line} has one word only")]
    Alone { line: usize },
}

fn count(number: usize) -> Fact {
    Fact::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::ManyLines { .. } => "refusal-synonyms-many",
            Refusal::LongLine { .. } => "refusal-synonyms-long",
            Refusal::Alone { .. } => "refusal-synonyms-alone",
        }
    }

    fn field(&self) -> &'static str {
        "synonyms"
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        match self {
            Refusal::ManyLines { count: it } => vec![("count", count(*it)), ("most", count(LINES))],
            Refusal::LongLine { line } => vec![("line", count(*line)), ("most", count(LETTERS))],
            Refusal::Alone { line } => vec![("line", count(*line))],
        }
    }
}

/// Reads what was typed: a line a thing, its words between commas; « vélo > rustine » counts one
/// way. Blank lines are left out. All that is wrong is said.
pub fn synonyms(typed: &str) -> Result<Vec<String>, Vec<Refusal>> {
    let (mut lines, mut refusals) = (Vec::new(), Vec::new());
    for (at, line) in typed.lines().enumerate() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let number = at + 1;
        let words = line.split([',', '>']).map(str::trim);
        match words.filter(|word| !word.is_empty()).count() {
            0 if line.is_empty() => {}
            0 | 1 => refusals.push(Refusal::Alone { line: number }),
            _ if line.chars().count() > LETTERS => {
                refusals.push(Refusal::LongLine { line: number });
            }
            _ => lines.push(line),
        }
    }
    if lines.len() > LINES {
        refusals.push(Refusal::ManyLines { count: lines.len() });
    }
    if refusals.is_empty() {
        Ok(lines)
    } else {
        Err(refusals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_one_thing_in_several_words() {
        let typed = "estive,  alpage\r\n\n bugne > oreillette \n  \n";
        let read = synonyms(typed).unwrap();
        assert_eq!(read, ["estive, alpage", "bugne > oreillette"]);
        assert_eq!(synonyms("").unwrap(), [""; 0]);
    }

    #[test]
    fn all_that_is_wrong_is_said() {
        let long = "a, b".repeat(LETTERS);
        let refused = synonyms(&format!("seul\na, b\n{long}\n, ,")).unwrap_err();
        let wrong = [
            Refusal::Alone { line: 1 },
            Refusal::LongLine { line: 3 },
            Refusal::Alone { line: 4 },
        ];
        assert_eq!(refused, wrong);
        let lines = |count| "a, b\n".repeat(count);
        assert_eq!(synonyms(&lines(LINES)).unwrap().len(), LINES);
        let refused = synonyms(&lines(LINES + 1)).unwrap_err();
        assert_eq!(refused, [Refusal::ManyLines { count: LINES + 1 }]);
    }
}
