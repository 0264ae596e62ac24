//! The typeface of the pages: it comes with the browser tests' npm packages, and the server
//! hands it out when it lies among the assets. Without it the pages fall back to what the
//! reader's machine has, so that nothing here is ever a reason not to run.

use std::fs;
use std::path::PathBuf;

use crate::house::House;
use crate::machine::{self, Zeal};
use crate::say::{Trouble, say};

const FILE: &str = "public-sans-latin-wght-normal.woff2";
const PACKAGE: &str = "node_modules/@fontsource-variable/public-sans/files";

/// `cargo xtask font`: from npm if need be.
pub(crate) fn fetch(house: &House) -> Result<(), Trouble> {
    if !packaged(house).is_file() {
        machine::npm_packages(house, Zeal::Thorough)?;
    }
    copy(house)
}

/// For `run`: one attempt, one line, no harm.
pub(crate) fn fetch_if_easy(house: &House) {
    if house.assets().join(FILE).is_file() {
        return;
    }
    let packages = if packaged(house).is_file() {
        Ok(())
    } else {
        machine::npm_packages(house, Zeal::OneTry)
    };
    if let Err(trouble) = packages.and_then(|()| copy(house)) {
        say(format!("going on without the typeface: {trouble}"));
    }
}

/// Puts the typeface where the server looks for it.
pub(crate) fn copy(house: &House) -> Result<(), Trouble> {
    let from = packaged(house);
    if !from.is_file() {
        return Err(Trouble::new(
            "the npm packages of tests/browser do not hold the typeface",
        ));
    }
    let to = house.assets().join(FILE);
    fs::create_dir_all(house.assets())
        .and_then(|()| fs::copy(&from, &to))
        .map_err(|error| Trouble::new(format!("cannot write {}: {error}", to.display())))?;
    say(format!("the typeface is in {}", to.display()));
    Ok(())
}

fn packaged(house: &House) -> PathBuf {
    house.browser_tests().join(PACKAGE).join(FILE)
}
