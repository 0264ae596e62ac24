//! How a member is named outside their SEL: `MARS-0042`.

use std::fmt;

/// The short word of a SEL: 3 to 10 capitals and digits, a letter first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Reads a code however it is typed: "mars", " MARS ".
    pub fn parse(typed: &str) -> Option<Code> {
        let code = typed.trim().to_ascii_uppercase();
        let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        let fits = (3..=10).contains(&code.len())
            && code.bytes().all(plain)
            && code.starts_with(|first: char| first.is_ascii_uppercase());
        fits.then_some(Code(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A member of another SEL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub code: Code,
    pub number: i32,
}

impl Reference {
    /// Reads "MARS-0042", "mars 42", "MARS n° 42", "MARS0042", "Bob (MARS-0042)", whatever dash
    /// stands in it; nothing where it is no reference.
    pub fn parse(typed: &str) -> Option<Reference> {
        let typed = typed.trim();
        let inner = match typed.rsplit_once('(') {
            Some((_, inner)) => inner.trim_end_matches(')'),
            None => typed,
        };
        let inner = inner.trim();
        let rest = inner.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let digits = inner.get(rest.len()..)?;
        let number: i32 = digits.parse().ok()?;
        let rest = rest.trim_end_matches(is_apart);
        // "CLOS n° 1".
        let rest = ["n°", "N°", "no", "nº"]
            .iter()
            .find_map(|sign| rest.strip_suffix(sign).filter(|it| it.ends_with(is_apart)))
            .unwrap_or(rest);
        let code = rest.trim_end_matches(is_apart);
        // A code that ends in digits needs something between it and the number.
        let code = Code::parse(code)?;
        (number > 0).then_some(Reference { code, number })
    }

    /// Whether what was typed can only mean somebody of a SEL: a code, a dash, a number.
    pub fn is_meant(typed: &str) -> bool {
        let typed = typed.trim();
        let rest = typed.trim_end_matches(|letter: char| letter.is_ascii_digit());
        rest.len() < typed.len()
            && rest.trim_end().ends_with(is_dash)
            && Reference::parse(typed).is_some()
    }
}

fn is_dash(letter: char) -> bool {
    matches!(
        letter,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '/' | ':' | '.'
    )
}

fn is_apart(letter: char) -> bool {
    letter.is_whitespace() || is_dash(letter)
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&named(&self.code.0, Some(self.number)))
    }
}

/// How a person of the SEL with this code is named: by their number where it is known.
pub fn named(code: &str, number: Option<i32>) -> String {
    number.map_or_else(|| code.to_owned(), |number| format!("{code}-{number:04}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_however_it_is_written() {
        for typed in [
            "MARS-0042",
            "mars-42",
            " Mars 42 ",
            "MARS0042",
            "Bob (MARS-0042)",
            "MARS/42",
            "MARS\u{2013}42",
            "MARS \u{2014} 42",
            "MARS.42",
            "MARS n° 42",
        ] {
            let it = Reference::parse(typed).unwrap();
            assert_eq!(it.to_string(), "MARS-0042", "{typed}");
        }
        assert_eq!(
            Reference::parse("MARS2-7").unwrap().to_string(),
            "MARS2-0007"
        );
    }

    #[test]
    fn a_dash_after_a_code_means_another_sel_and_a_space_may_mean_a_name() {
        for (typed, meant) in [
            ("BAIE-1", true),
            ("BAIE\u{2013} 1", true),
            ("jean 30", false),
            ("n° 30", false),
            ("30", false),
        ] {
            assert_eq!(Reference::is_meant(typed), meant, "{typed}");
        }
    }

    #[test]
    fn what_names_somebody_at_home_is_no_reference() {
        for typed in [
            "",
            "42",
            "n° 42",
            "Jean",
            "Jean Morel",
            "MARS-",
            "-42",
            "n-0",
            "MARS-0",
        ] {
            assert_eq!(Reference::parse(typed), None, "{typed}");
        }
    }
}
