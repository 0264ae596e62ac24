//! What is told to the person at the terminal, and the one kind of failure.

use std::fmt;
use std::io::{self, Write};

/// Why a chore cannot be done: one line for the person.
#[derive(Debug, PartialEq)]
pub(crate) struct Trouble(String);

impl Trouble {
    pub(crate) fn new(line: impl Into<String>) -> Trouble {
        Trouble(line.into())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says one line. A reader that went away (`| head`) is no reason to stop the chore.
pub(crate) fn say(line: impl fmt::Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Says one line on the error output.
pub(crate) fn complain(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}
