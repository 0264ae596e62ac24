//! Just enough of Rust's grammar to look at its shape: what is code, where a function ends.

/// The code with every comment, string and character blanked out, byte for byte.
pub(crate) fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let foreign = foreign_length(rest, code.chars().next_back());
        let (taken, kept) = if foreign == 0 {
            (next.len_utf8(), true)
        } else {
            (foreign, false)
        };
        let piece = &rest[..taken];
        if kept {
            code.push(next);
        } else {
            code.extend(
                piece
                    .bytes()
                    .map(|byte| if byte == b'\n' { '\n' } else { ' ' }),
            );
        }
        rest = &rest[taken..];
    }
    code
}

/// Bytes of the comment, string or character that begins here; 0 where code does.
fn foreign_length(rest: &str, before: Option<char>) -> usize {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return rest.find("*/").map_or(rest.len(), |end| end + 2);
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    if rest.starts_with('r') && !in_word {
        return raw_string(rest);
    }
    if rest.starts_with('\'') && is_character(rest) {
        return quoted(rest, '\'');
    }
    0
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string(rest: &str) -> usize {
    let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
    if !rest[1 + hashes..].starts_with('"') {
        return 0;
    }
    let end = format!("\"{}", "#".repeat(hashes));
    let body = 2 + hashes;
    rest[body..]
        .find(&end)
        .map_or(rest.len(), |at| body + at + end.len())
}

/// `'a'` and `'\n'`, not the lifetime `'a`.
fn is_character(rest: &str) -> bool {
    let mut letters = rest.chars().skip(1);
    match letters.next() {
        Some('\\') => true,
        Some(_) => letters.next() == Some('\''),
        None => false,
    }
}

/// A function: its name, the line on which it begins (from 1) and how many it takes.
#[derive(Debug, PartialEq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) lines: usize,
    /// Where its body stands in the text.
    pub(crate) body: std::ops::Range<usize>,
}

/// The functions of a text that [`code_only`] has made.
pub(crate) fn functions(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let name: String = code[at + 3..]
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect();
        if let Some(body) = body_after(code, at).filter(|_| !name.is_empty()) {
            let line = code[..at].matches('\n').count() + 1;
            let lines = code[at..body.end].matches('\n').count() + 1;
            found.push(Function {
                name,
                line,
                lines,
                body,
            });
        }
    }
    found
}

/// From the first brace outside of brackets to its closing one; nothing where a `;` comes first.
fn body_after(code: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let mut brackets = 0_i32;
    for (offset, c) in code[at..].char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if brackets == 0 => return None,
            '{' if brackets == 0 => return Some(at + offset..closing(code, at + offset)),
            _ => {}
        }
    }
    None
}

/// Just past what closes the bracket at `at`, of whichever kind.
pub(crate) fn closing(code: &str, at: usize) -> usize {
    let mut depth = 0_i32;
    for (offset, c) in code[at..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + offset + c.len_utf8();
        }
    }
    code.len()
}

/// The lines before the module of tests at the foot of a file.
pub(crate) fn production(text: &str) -> &str {
    let mut lines = text.split_inclusive('\n').peekable();
    let mut length = 0;
    while let Some(line) = lines.next() {
        if line.trim_end() == "#[cfg(test)]" {
            let module = lines.peek().copied().unwrap_or_default().trim_end();
            if module.starts_with("mod ") && module.ends_with('{') {
                return &text[..length];
            }
        }
        length += line.len();
    }
    text
}

/// The strings written in a piece of code, without their quotes; escapes stay as they are.
pub(crate) fn strings(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = code[at..].chars().next() {
        let rest = &code[at..];
        let length = foreign_length(rest, code[..at].chars().next_back());
        if length > 1 && rest.starts_with('"') {
            found.push(&rest[1..length - 1]);
        }
        at += length.max(next.len_utf8());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_comments_and_characters_are_blanked() {
        let text = "let a = \"}\\\"é{\"; // {\nlet b = '{'; \
                    fn f<'a>(x: &'a str) {} /* } */ r#\"{\"#";
        let code = code_only(text);
        assert_eq!(code.len(), text.len());
        assert_eq!(code.matches('{').count(), 1);
        assert_eq!(code.matches('}').count(), 1);
        assert_eq!(code.lines().count(), 2);
        assert!(code.contains("&'a str"));
    }

    #[test]
    fn a_function_is_measured_from_its_name_to_its_brace() {
        let code = "fn one() {\n    two();\n}\n\ntrait T {\n    fn three(&self);\n}\n\
                    fn four(x: [u8; 2]) -> bool {\n    { x }\n}\n";
        let found: Vec<(String, usize, usize)> = functions(code)
            .into_iter()
            .map(|f| (f.name, f.line, f.lines))
            .collect();
        assert_eq!(found, [("one".to_owned(), 1, 3), ("four".to_owned(), 8, 3)]);
    }

    #[test]
    fn production_ends_where_the_tests_begin() {
        let text = "a\n#[cfg(test)]\nmod scene;\nb\n#[cfg(test)]\nmod tests {\nc\n}\n";
        assert_eq!(production(text), "a\n#[cfg(test)]\nmod scene;\nb\n");
        assert_eq!(production("a\nb"), "a\nb");
    }

    #[test]
    fn strings_are_read_and_comments_are_not() {
        let code = "say(\"one\"); // \"two\"\nr\"three\"; 'x'; \"fo\\\"ur\"";
        assert_eq!(strings(code), ["one", "fo\\\"ur"]);
    }
}
