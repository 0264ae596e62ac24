//! Counting tests from what their runners print.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Tally {
    pub(crate) const ONE_FAILURE: Tally = Tally {
        passed: 0,
        failed: 1,
        skipped: 0,
    };

    /// Whether at least one test came to an end, good or bad.
    pub(crate) fn ran(self) -> bool {
        self.passed + self.failed > 0
    }

    /// Reads one line of `cargo test`: each test program ends with one that counts.
    pub(crate) fn see_rust(&mut self, line: &str) {
        let line = plain(line);
        let Some(counts) = line.strip_prefix("test result: ") else {
            return;
        };
        for count in counts.split(';') {
            let words: Vec<&str> = count.split_whitespace().collect();
            if let [.., number, word] = words.as_slice() {
                self.add(word, number);
            }
        }
    }

    /// Reads one line of Node's test runner, in its TAP form (`# pass 3`) or for people
    /// (`ℹ pass 3`).
    pub(crate) fn see_node(&mut self, line: &str) {
        let line = plain(line);
        let Some(count) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) else {
            return;
        };
        let words: Vec<&str> = count.split_whitespace().collect();
        if let [word, number] = words.as_slice() {
            self.add(word, number);
        }
    }

    fn add(&mut self, word: &str, number: &str) {
        let Ok(number) = number.parse::<u32>() else {
            return;
        };
        match word {
            "passed" | "pass" => self.passed += number,
            "failed" | "fail" | "cancelled" => self.failed += number,
            "ignored" | "skipped" | "todo" => self.skipped += number,
            _ => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The line without its terminal colours.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        text.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            tally.see_rust(line);
        }
        tally
    }

    fn node(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for line in lines {
            tally.see_node(line);
        }
        tally
    }

    #[test]
    fn the_results_of_several_rust_programs_add_up() {
        let tally = rust(&[
            "running 5 tests",
            "test result: ok. 4 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; \
             finished in 0.02s",
            "test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 3 filtered out; \
             finished in 1.20s",
        ]);
        assert_eq!(
            tally,
            Tally {
                passed: 14,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn other_lines_count_nothing() {
        let tally = rust(&["test a_test ... ok", "3 passed;", "error: test failed", ""]);
        assert_eq!(tally, Tally::default());
        let tally = node(&["ok 1 - pass 3", "# Subtest: pass", "# pass three", "pass 3"]);
        assert_eq!(tally, Tally::default());
    }

    #[test]
    fn node_is_understood_in_both_its_forms() {
        let tap = [
            "# tests 6",
            "# suites 1",
            "# pass 3",
            "# fail 1",
            "# cancelled 1",
        ];
        let people = [
            "ℹ tests 6",
            "ℹ pass 3",
            "ℹ fail 2",
            "ℹ skipped 1",
            "ℹ duration_ms 83.1",
        ];
        assert_eq!(
            node(&tap),
            Tally {
                passed: 3,
                failed: 2,
                skipped: 0
            }
        );
        assert_eq!(
            node(&people),
            Tally {
                passed: 3,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn a_test_that_is_still_to_be_written_is_a_skip() {
        assert_eq!(node(&["# todo 2"]).skipped, 2);
    }

    #[test]
    fn colours_do_not_hide_a_count() {
        assert_eq!(node(&["\u{1b}[34mℹ pass 7\u{1b}[39m"]).passed, 7);
        let line = "test result: \u{1b}[32mok\u{1b}[0m. 3 passed; 0 failed; 0 ignored";
        assert_eq!(rust(&[line]).passed, 3);
    }
}
