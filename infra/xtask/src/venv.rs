//! Programs written in Python, each in a place of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::errand;
use crate::say::Trouble;

/// Has a package, as `pip` names it with its version, in this place. Gives the folder of its
/// programs.
pub(crate) fn with(place: &Path, package: &str) -> Result<PathBuf, Trouble> {
    let programs = place.join("bin");
    let python = programs.join("python");
    if !python.exists() {
        let mut venv = Command::new("python3");
        if !errand::run(venv.args(["-m", "venv"]).arg(place))? {
            return Err(Trouble::new(
                "it takes python3 with venv: apt-get install python3-venv",
            ));
        }
    }
    let mut pip = Command::new(&python);
    if !errand::run(pip.args(["-m", "pip", "install", "--quiet", package]))? {
        return Err(Trouble::new(format!("pip does not install {package}")));
    }
    Ok(programs)
}
