//! The chores of the house: run it, test it, fetch its typeface.
//!
//! Everything here must work on a machine that has only git, a C compiler and Rust: so no
//! dependency, and what is missing is installed or asked for in one line.

mod bench;
mod chance;
mod chaos;
mod client;
mod errand;
mod font;
mod house;
mod machine;
mod people;
mod probe;
mod run;
mod say;
mod scan;
mod server;
mod test;
mod venv;

use std::process::ExitCode;

use house::House;
use say::{Trouble, complain, say};

const HELP: &str = "\
cargo xtask run [--release] [-- ARGUMENTS]   start the demonstration; ARGUMENTS go to `saline demo`
cargo xtask test [--only PART[,PART]]        run the tests; PART: format clippy build rust browser
cargo xtask PART                             the same as `test --only PART`
cargo xtask chaos [--seconds N] [--seed N]   kill it under load and compare what was acknowledged
cargo xtask bench [--seconds N] [--transfers N]   measure beside a floor and a rival
cargo xtask bench search [--seconds N] [--notices N] [--associations N]   finding, the same way
cargo xtask probe [--examples N] [--seed N]  ask the whole API as schemathesis does
cargo xtask scan [--seconds N]               attack the pages as wapiti does
cargo xtask font                             fetch the typeface that the pages use
cargo xtask help                             this page

SALINE_CHROMIUM      the Chromium to test with, if it is not on the PATH
SALINE_ALLOW_SKIP    counterparts whose absence is accepted, separated by commas";

#[derive(Debug, PartialEq)]
enum Chore {
    Run(run::Wish),
    Test(Vec<test::Part>),
    Chaos(chaos::Wish),
    Bench(bench::Wish),
    BenchSearch(bench::search::Wish),
    Probe(probe::Wish),
    Scan(scan::Wish),
    Font,
    Help,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match parse(&words) {
        Ok(chore) => perform(chore),
        Err(trouble) => {
            complain(&trouble);
            complain("`cargo xtask help` lists the commands");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(trouble) => {
            complain(&trouble);
            ExitCode::FAILURE
        }
    }
}

/// `false` is a chore that was done and went badly: tests that fail.
fn perform(chore: Chore) -> Result<bool, Trouble> {
    match chore {
        Chore::Run(wish) => run::run(&House::find()?, &wish).map(|never| match never {}),
        Chore::Test(parts) => test::test(&House::find()?, &parts),
        Chore::Chaos(wish) => chaos::chaos(&House::find()?, &wish),
        Chore::Bench(wish) => bench::bench(&House::find()?, &wish),
        Chore::BenchSearch(wish) => bench::search::bench(&House::find()?, &wish),
        Chore::Probe(wish) => probe::probe(&House::find()?, &wish),
        Chore::Scan(wish) => scan::scan(&House::find()?, &wish),
        Chore::Font => font::fetch(&House::find()?).map(|()| true),
        Chore::Help => {
            say(HELP);
            Ok(true)
        }
    }
}

fn parse(words: &[String]) -> Result<Chore, Trouble> {
    let Some((command, rest)) = words.split_first() else {
        return Ok(Chore::Help);
    };
    match command.as_str() {
        "run" => run::Wish::parse(rest).map(Chore::Run),
        "test" => test::Part::parse_all(rest).map(Chore::Test),
        "chaos" => chaos::Wish::parse(rest).map(Chore::Chaos),
        "bench" if rest.first().is_some_and(|word| word == "search") => {
            bench::search::Wish::parse(&rest[1..]).map(Chore::BenchSearch)
        }
        "bench" => bench::Wish::parse(rest).map(Chore::Bench),
        "probe" => probe::Wish::parse(rest).map(Chore::Probe),
        "scan" => scan::Wish::parse(rest).map(Chore::Scan),
        "font" if rest.is_empty() => Ok(Chore::Font),
        "help" | "--help" | "-h" => Ok(Chore::Help),
        part => match test::Part::named(part) {
            Some(part) if rest.is_empty() => Ok(Chore::Test(vec![part])),
            _ => Err(Trouble::new(format!(
                "unknown command: {}",
                words.join(" ")
            ))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Chore, Trouble> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        parse(&words)
    }

    #[test]
    fn no_word_asks_for_help() {
        assert_eq!(parsed("").unwrap(), Chore::Help);
    }

    #[test]
    fn the_name_of_a_part_tests_that_part_alone() {
        let rust = Chore::Test(vec![test::Part::Rust]);
        assert_eq!(parsed("rust").unwrap(), rust);
        assert_eq!(parsed("test --only rust").unwrap(), rust);
    }

    #[test]
    fn an_unknown_command_is_refused_in_full() {
        let trouble = parsed("tset --only rust").unwrap_err();
        assert_eq!(trouble.to_string(), "unknown command: tset --only rust");
    }

    #[test]
    fn a_word_too_many_is_refused() {
        assert!(parsed("font now").is_err());
        assert!(parsed("rust now").is_err());
    }

    #[test]
    fn help_names_every_part() {
        for part in test::Part::ALL {
            assert!(HELP.contains(part.name()), "{}", part.name());
        }
    }
}
