//! Lines, functions and files end where a reader can still see their beginning.

use super::rust_text::{code_only, functions, production};
use crate::tree::{Text, nothing_in, rust};

const LINE_COLUMNS: usize = 100;
const FUNCTION_LINES: usize = 70;
const FILE_LINES: usize = 300;
/// For the files that are listed, each with its reason.
const LONG_FILE_LINES: usize = 400;
const LONG_FILES: [(&str, &str); 0] = [];

fn long_lines(file: &Text) -> Vec<String> {
    let lines = file.body.lines().enumerate();
    lines
        .map(|(at, line)| (at + 1, line.chars().count()))
        .filter(|(_, columns)| *columns > LINE_COLUMNS)
        .map(|(line, columns)| format!("{}:{line}: {columns} columns", file.path))
        .collect()
}

fn long_functions(file: &Text) -> Vec<String> {
    functions(&code_only(&file.body))
        .into_iter()
        .filter(|function| function.lines > FUNCTION_LINES)
        .map(|it| {
            format!(
                "{}:{}: `{}` takes {} lines",
                file.path, it.line, it.name, it.lines
            )
        })
        .collect()
}

/// Files of tests alone may be long.
fn long_file(file: &Text) -> Option<String> {
    let listed = LONG_FILES.iter().any(|(path, _)| *path == file.path);
    let most = if listed { LONG_FILE_LINES } else { FILE_LINES };
    let lines = production(&file.body).lines().count();
    (lines > most && !file.stem().ends_with("_tests")).then(|| {
        format!(
            "{}: {lines} lines of production code, {most} at most",
            file.path
        )
    })
}

#[test]
fn no_line_is_longer_than_100_columns() {
    nothing_in(&rust().iter().flat_map(long_lines).collect::<Vec<_>>());
}

#[test]
fn no_function_is_longer_than_70_lines() {
    nothing_in(&rust().iter().flat_map(long_functions).collect::<Vec<_>>());
}

#[test]
fn no_file_has_more_than_300_lines_of_production_code() {
    nothing_in(&rust().iter().filter_map(long_file).collect::<Vec<_>>());
}

#[test]
fn a_file_is_listed_as_long_only_while_it_is() {
    let files = rust();
    let idle = LONG_FILES.iter().filter(|(path, reason)| {
        let lines = files
            .iter()
            .find(|file| file.path == *path)
            .map_or(0, |file| production(&file.body).lines().count());
        lines <= FILE_LINES || reason.is_empty()
    });
    nothing_in(
        &idle
            .map(|(path, _)| format!("{path} need not be listed"))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn a_line_ends_at_100_columns_and_not_at_101() {
    assert!(long_lines(&Text::new("a.rs", &"é".repeat(100))).is_empty());
    assert_eq!(
        long_lines(&Text::new("a.rs", &format!("\n{}", "é".repeat(101)))),
        ["a.rs:2: 101 columns"]
    );
}

#[test]
fn a_function_ends_at_70_lines_and_not_at_71() {
    let function = |lines: usize| {
        let body = "    go();\n".repeat(lines - 2);
        Text::new("a.rs", &format!("use x;\npub fn f() {{\n{body}}}\n"))
    };
    assert!(long_functions(&function(70)).is_empty());
    assert_eq!(
        long_functions(&function(71)),
        ["a.rs:2: `f` takes 71 lines"]
    );
}

#[test]
fn a_file_ends_at_300_lines_and_its_tests_do_not_count() {
    let file = |lines: usize| {
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "t\n".repeat(500));
        Text::new("a.rs", &("x\n".repeat(lines) + &tests))
    };
    assert_eq!(long_file(&file(300)), None);
    assert!(long_file(&file(301)).is_some());
}
