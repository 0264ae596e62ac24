//! How a test run went, and the table that says so.

use std::time::Duration;

use super::part::Part;
use super::skips::Skip;
use super::tally::Tally;

#[derive(Debug, PartialEq)]
pub(crate) enum Verdict {
    Good,
    Bad(&'static str),
    /// Not run, and not at fault: something before it failed, or it does not exist yet.
    NotRun(&'static str),
}

#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) part: Part,
    pub(crate) time: Duration,
    pub(crate) tally: Tally,
    pub(crate) verdict: Verdict,
}

#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) rows: Vec<Row>,
    pub(crate) skips: Vec<Skip>,
}

impl Report {
    /// Good when nothing failed and every skip is allowed.
    pub(crate) fn is_good(&self, allowed: &[String]) -> bool {
        let bad = |row: &Row| matches!(row.verdict, Verdict::Bad(_));
        !self.rows.iter().any(bad) && self.skips.iter().all(|skip| skip.is_allowed(allowed))
    }

    /// The skips, the table, and as the last line the totals.
    pub(crate) fn lines(&self, allowed: &[String]) -> Vec<String> {
        let mut lines = vec![String::new()];
        lines.extend(self.skips.iter().map(Skip::line));
        let refused = self
            .skips
            .iter()
            .filter(|skip| !skip.is_allowed(allowed))
            .count();
        if refused > 0 {
            lines.push(format!(
                "{refused} of these skips not allowed by SALINE_ALLOW_SKIP"
            ));
        }
        if !self.skips.is_empty() {
            lines.push(String::new());
        }
        lines.push(line(["part", "seconds", "passed", "failed", "skipped"], ""));
        lines.extend(self.rows.iter().map(Row::line));
        let Tally {
            passed,
            failed,
            skipped,
        } = self.total();
        lines.push(format!(
            "{passed} passed, {failed} failed, {skipped} skipped"
        ));
        lines
    }

    fn total(&self) -> Tally {
        let mut total = Tally::default();
        for row in &self.rows {
            total += row.tally;
        }
        total
    }
}

impl Row {
    fn line(&self) -> String {
        let seconds = format!("{:.1}", self.time.as_secs_f64());
        let Tally {
            passed,
            failed,
            skipped,
        } = self.tally;
        let mut cells = [passed, failed, skipped].map(|count| count.to_string());
        if self.tally == Tally::default() {
            cells = ["-", "-", "-"].map(str::to_owned);
        }
        let remark = match self.verdict {
            Verdict::Good => "",
            Verdict::Bad(reason) | Verdict::NotRun(reason) => reason,
        };
        line(
            [self.part.name(), &seconds, &cells[0], &cells[1], &cells[2]],
            remark,
        )
    }
}

fn line([part, seconds, passed, failed, skipped]: [&str; 5], remark: &str) -> String {
    let line = format!("{part:<8}{seconds:>9}{passed:>8}{failed:>8}{skipped:>9}   {remark}");
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(part: Part, tally: [u32; 3], verdict: Verdict) -> Row {
        let [passed, failed, skipped] = tally;
        let tally = Tally {
            passed,
            failed,
            skipped,
        };
        Row {
            part,
            time: Duration::from_millis(1_240),
            tally,
            verdict,
        }
    }

    fn report(rows: Vec<Row>, skips: &[Skip]) -> Report {
        Report {
            rows,
            skips: skips.to_vec(),
        }
    }

    #[test]
    fn the_last_line_is_the_totals_and_nothing_else() {
        let rows = vec![
            row(Part::Format, [0, 0, 0], Verdict::Good),
            row(Part::Rust, [12, 1, 1], Verdict::Bad("failed")),
            row(Part::Browser, [3, 0, 1], Verdict::Good),
        ];
        let lines = report(rows, &[]).lines(&[]);
        assert_eq!(lines.last().unwrap(), "15 passed, 1 failed, 2 skipped");
    }

    #[test]
    fn each_part_has_a_line_with_its_time_and_its_tests() {
        let rows = vec![
            row(Part::Format, [0, 0, 0], Verdict::Good),
            row(Part::Rust, [12, 1, 0], Verdict::Bad("failed")),
        ];
        let lines = report(rows, &[]).lines(&[]);
        assert_eq!(lines[1], "part      seconds  passed  failed  skipped");
        assert_eq!(lines[2], "format        1.2       -       -        -");
        assert_eq!(
            lines[3],
            "rust          1.2      12       1        0   failed"
        );
    }

    #[test]
    fn one_bad_part_fails_the_run() {
        let bad = || row(Part::Format, [0, 1, 0], Verdict::Bad("failed"));
        let good = || row(Part::Rust, [2, 0, 0], Verdict::Good);
        assert!(report(vec![good()], &[]).is_good(&[]));
        assert!(!report(vec![bad(), good()], &[]).is_good(&[]));
    }

    #[test]
    fn a_part_that_does_not_exist_yet_fails_nothing() {
        let absent = row(Part::Browser, [0, 0, 0], Verdict::NotRun("absent"));
        assert!(report(vec![absent], &[]).is_good(&[]));
    }

    #[test]
    fn a_skip_fails_the_run_unless_its_counterpart_is_allowed() {
        let rows = || vec![row(Part::Rust, [2, 0, 1], Verdict::Good)];
        let report = report(rows(), &[Skip::lacking("redis", "limits")]);
        assert!(!report.is_good(&[]));
        assert!(report.is_good(&["redis".to_owned()]));
        assert_eq!(report.lines(&[])[1], "SKIPPED: limits: needs redis");
        assert!(report.lines(&[])[2].starts_with("1 of these skips not allowed"));
        assert_eq!(report.lines(&["redis".to_owned()])[2], "");
    }
}
