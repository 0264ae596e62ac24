//! Running other programs.

use std::io::{self, BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crate::say::{Trouble, say};

/// How long the output may stay open once the program itself has ended. A server that a test
/// left running keeps it open for ever.
const LINGER: Duration = Duration::from_secs(3);

/// Announces a program and runs it to its end; says whether it succeeded.
pub(crate) fn run(command: &mut Command) -> Result<bool, Trouble> {
    announce(command);
    let status = command
        .status()
        .map_err(|error| unstartable(command, &error))?;
    Ok(status.success())
}

/// The same, silently.
pub(crate) fn run_unseen(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program prints, when it succeeds.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Runs a program to its end, shows its output while it comes, and gives each line to `see`.
pub(crate) fn run_watched(command: &mut Command, see: impl FnMut(&str)) -> Result<bool, Trouble> {
    announce(command);
    watch(command, see)
}

/// The same, of a command that is not announced: it holds a secret.
pub(crate) fn watch(command: &mut Command, mut see: impl FnMut(&str)) -> Result<bool, Trouble> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| unstartable(command, &error))?;
    let (sender, lines) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || echo(output, &sender));
    }
    let status = child
        .wait()
        .map_err(|error| Trouble::new(format!("lost sight of a program: {error}")))?;
    drain(&lines, &mut see);
    Ok(ended_well(status))
}

fn ended_well(status: ExitStatus) -> bool {
    if status.code().is_none() {
        say(format!("it was killed: {status}"));
    }
    status.success()
}

fn echo(output: impl Read, lines: &Sender<String>) {
    let mut reader = BufReader::new(output);
    let mut line = Vec::new();
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|length| length > 0)
    {
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        say(&text);
        if lines.send(text).is_err() {
            return;
        }
        line.clear();
    }
}

fn drain(lines: &Receiver<String>, see: &mut impl FnMut(&str)) {
    while let Ok(line) = lines.recv_timeout(LINGER) {
        see(&line);
    }
}

fn announce(command: &Command) {
    say(format!("$ {}", shown(command)));
}

fn shown(command: &Command) -> String {
    let program = std::path::Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    let mut words = vec![name.to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

fn unstartable(command: &Command, error: &io::Error) -> Trouble {
    Trouble::new(format!("cannot start {}: {error}", shown(command)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn watched(script: &str) -> (bool, Vec<String>) {
        let mut seen = Vec::new();
        let good = run_watched(&mut shell(script), |line| seen.push(line.to_owned())).unwrap();
        (good, seen)
    }

    #[test]
    fn each_line_is_seen_even_the_last_without_an_end() {
        let (good, seen) = watched("echo one; printf two");
        assert!(good);
        assert_eq!(seen, ["one", "two"]);
    }

    #[test]
    fn a_program_that_fails_is_noticed() {
        assert!(!watched("echo one; exit 3").0);
        assert!(!watched("kill -9 $$").0);
    }

    #[test]
    fn bytes_that_are_no_text_do_not_stop_the_reading() {
        let (_, seen) = watched(r"printf '\377\n'; echo after");
        assert_eq!(seen[1], "after");
    }

    #[test]
    fn a_server_left_behind_does_not_hold_us() {
        let start = Instant::now();
        let (good, seen) = watched("sleep 20 & echo done");
        assert!(good);
        assert_eq!(seen, ["done"]);
        assert!(start.elapsed() < Duration::from_secs(15));
    }

    #[test]
    fn a_program_that_does_not_exist_is_named() {
        let trouble = run(&mut Command::new("/nowhere/no-such-program")).unwrap_err();
        assert!(
            trouble
                .to_string()
                .starts_with("cannot start no-such-program:")
        );
    }

    #[test]
    fn an_answer_is_trimmed_and_a_failure_is_no_answer() {
        assert_eq!(answer(&mut shell("echo ' 15 '")).unwrap(), "15");
        assert_eq!(answer(&mut shell("echo 15; exit 1")), None);
    }

    #[test]
    fn a_command_is_shown_by_its_name_and_words() {
        let mut command = Command::new("/somewhere/cargo");
        command.args(["fmt", "--all"]);
        assert_eq!(shown(&command), "cargo fmt --all");
    }
}
