//! The files of the checkout, and the workspace as cargo sees it.

use cargo_metadata::{Metadata, MetadataCommand, Package};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that hold nothing of ours.
const FOREIGN: [&str; 3] = ["target", "node_modules", ".git"];

/// A file of ours: its path from the root, with slashes, and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) path: String,
    pub(crate) body: String,
}

impl Text {
    /// A made-up file, to try a rule on.
    pub(crate) fn new(path: &str, body: &str) -> Text {
        Text {
            path: path.to_owned(),
            body: body.to_owned(),
        }
    }

    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    /// Whether it holds tests and nothing else.
    pub(crate) fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.stem().ends_with("_tests")
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// All files with this extension below these folders, in the order of their paths.
pub(crate) fn files(folders: &[&str], extension: &str) -> Vec<Text> {
    let root = root();
    let mut paths = Vec::new();
    for folder in folders {
        gather(&root.join(folder), extension, &mut paths);
    }
    paths.sort();
    let read = |path: &PathBuf| Text {
        path: path
            .strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/"),
        body: fs::read_to_string(path).unwrap(),
    };
    paths.iter().map(read).collect()
}

pub(crate) fn rust() -> Vec<Text> {
    files(&["apps", "libs", "infra", "tests"], "rs")
}

/// The pages: templates of HTML.
pub(crate) fn pages() -> Vec<Text> {
    files(&["apps", "libs"], "html")
}

fn gather(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.is_dir() {
            if !FOREIGN.iter().any(|foreign| *foreign == name) {
                gather(&path, extension, found);
            }
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
}

fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Our crates alone.
pub(crate) fn our_crates() -> Vec<Package> {
    MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .exec()
        .unwrap()
        .packages
}

/// Every package that a build for this machine needs. Without a network: they were all fetched to
/// build this test.
pub(crate) fn all_crates() -> Metadata {
    let compiler = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let compiler = String::from_utf8(compiler).unwrap();
    let machine = compiler
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let options = ["--offline", "--locked", "--filter-platform", machine];
    MetadataCommand::new()
        .current_dir(root())
        .other_options(options.map(str::to_owned))
        .exec()
        .unwrap()
}

/// The names of the packages that are built for this machine, ours among them. `Cargo.lock` lists
/// more: it also names what a feature would bring that nobody asked for.
pub(crate) fn built() -> Vec<String> {
    let words = "tree --workspace --edges normal,build,dev --offline --locked --prefix none";
    let output = Command::new(cargo())
        .current_dir(root())
        .args(words.split(' '))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut names: Vec<String> = lines
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Fails with all that was found, one finding a line.
pub(crate) fn nothing_in(findings: &[String]) {
    let count = findings.len();
    assert!(
        findings.is_empty(),
        "{count} findings:\n{}",
        findings.join("\n")
    );
}
