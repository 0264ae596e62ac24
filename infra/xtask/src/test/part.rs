//! The parts of a test run, in the order they run.

use crate::say::Trouble;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Part {
    Format,
    Clippy,
    Build,
    Rust,
    Browser,
}

impl Part {
    pub(crate) const ALL: [Part; 5] = [
        Part::Format,
        Part::Clippy,
        Part::Build,
        Part::Rust,
        Part::Browser,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Format => "format",
            Part::Clippy => "clippy",
            Part::Build => "build",
            Part::Rust => "rust",
            Part::Browser => "browser",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.name() == name)
    }

    /// What follows `test`: nothing for all parts, or `--only PART[,PART]`.
    pub(crate) fn parse_all(words: &[String]) -> Result<Vec<Part>, Trouble> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let names = match words.as_slice() {
            [] => return Ok(Part::ALL.to_vec()),
            ["--only", names] => *names,
            [only] if only.starts_with("--only=") => &only["--only=".len()..],
            _ => {
                return Err(Trouble::new(
                    "after `test` comes nothing, or --only PART[,PART]",
                ));
            }
        };
        let mut chosen = Vec::new();
        for name in names.split(',') {
            let part = Part::named(name)
                .ok_or_else(|| Trouble::new(format!("there is no part named {name:?}")))?;
            chosen.push(part);
        }
        Ok(Part::ALL
            .into_iter()
            .filter(|part| chosen.contains(part))
            .collect())
    }

    /// Without a build, these say nothing that the build has not said.
    pub(crate) fn needs_build(self) -> bool {
        matches!(self, Part::Rust | Part::Browser)
    }

    pub(crate) fn needs_postgres(self) -> bool {
        matches!(self, Part::Rust | Part::Browser)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Vec<Part>, Trouble> {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Part::parse_all(&words)
    }

    #[test]
    fn without_a_choice_every_part_runs() {
        assert_eq!(parsed("").unwrap(), Part::ALL);
    }

    #[test]
    fn chosen_parts_run_once_and_in_the_usual_order() {
        let chosen = parsed("--only browser,format,browser").unwrap();
        assert_eq!(chosen, [Part::Format, Part::Browser]);
        assert_eq!(parsed("--only=rust").unwrap(), [Part::Rust]);
    }

    #[test]
    fn an_unknown_part_is_refused() {
        assert!(parsed("--only rust,moon").is_err());
        assert!(parsed("--only rust,").is_err());
    }

    #[test]
    fn other_words_are_refused() {
        assert!(parsed("rust").is_err());
        assert!(parsed("--only").is_err());
        assert!(parsed("--only rust browser").is_err());
    }
}
