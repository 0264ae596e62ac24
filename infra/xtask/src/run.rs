//! `cargo xtask run`: the demonstration, from nothing.

use std::convert::Infallible;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::house::House;
use crate::say::{Trouble, say};
use crate::{errand, font, machine};

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Wish {
    release: bool,
    arguments: Vec<String>,
}

impl Wish {
    pub(crate) fn parse(words: &[String]) -> Result<Wish, Trouble> {
        let mut wish = Wish::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--release" => wish.release = true,
                "--" => wish.arguments = words.by_ref().cloned().collect(),
                other => {
                    let line = format!("run does not know {other}; saline's own words follow --");
                    return Err(Trouble::new(line));
                }
            }
        }
        Ok(wish)
    }

    fn profile(&self) -> &'static str {
        if self.release { "release" } else { "debug" }
    }
}

/// Returns only when it could not start: otherwise this program *becomes* saline, so that
/// Ctrl-C reaches saline once and nobody stands between.
pub(crate) fn run(house: &House, wish: &Wish) -> Result<Infallible, Trouble> {
    machine::ensure_postgres()?;
    font::fetch_if_easy(house);
    if !errand::run(&mut build(house, wish))? {
        return Err(Trouble::new("saline does not build; the reason is above"));
    }
    let saline = house.saline(wish.profile());
    say("$ saline demo (Ctrl-C stops it)");
    let error = Command::new(&saline)
        .arg("demo")
        .args(&wish.arguments)
        .env("SALINE_ASSETS", house.assets())
        .exec();
    Err(Trouble::new(format!(
        "cannot start {}: {error}",
        saline.display()
    )))
}

fn build(house: &House, wish: &Wish) -> Command {
    let mut cargo = house.cargo();
    cargo.args(["build", "-p", "saline"]);
    if wish.release {
        cargo.arg("--release");
    }
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Wish, Trouble> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Wish::parse(&words)
    }

    #[test]
    fn without_words_it_is_the_debug_build() {
        assert_eq!(parsed("").unwrap().profile(), "debug");
        assert_eq!(parsed("--release").unwrap().profile(), "release");
    }

    #[test]
    fn what_follows_the_dashes_goes_to_saline_untouched() {
        let wish = parsed("--release -- --port 8090 -- --release").unwrap();
        assert!(wish.release);
        assert_eq!(wish.arguments, ["--port", "8090", "--", "--release"]);
        assert!(!parsed("-- --release").unwrap().release);
    }

    #[test]
    fn an_unknown_word_is_refused() {
        assert!(parsed("--port 8090").is_err());
    }
}
