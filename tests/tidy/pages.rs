//! Pages keep to what the browser is told to allow: no style and no script in them. And each form
//! that changes something proves where it comes from.

use crate::tree::{Text, nothing_in, pages};

/// Letters have no sheet to lean on: mail readers know inline styles only.
const LETTERS: &str = "apps/worker/templates/";

/// The tags of a page: what stands between `<` and `>`, template code included.
fn tags(body: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for (at, _) in body.match_indices('<') {
        let rest = &body[at..];
        if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.push((at, &rest[..tag_length(rest)]));
        }
    }
    found
}

/// A `>` in quotes, or in template code, ends no tag.
fn tag_length(rest: &str) -> usize {
    let (mut code, mut quoted) = (0_u32, false);
    let mut before = ' ';
    for (at, c) in rest.char_indices() {
        match (before, c) {
            ('{', '{' | '%') => code += 1,
            ('}' | '%', '}') if code > 0 => code -= 1,
            (_, '"') if code == 0 => quoted = !quoted,
            (_, '>') if code == 0 && !quoted => return at + 1,
            _ => {}
        }
        before = c;
    }
    rest.len()
}

/// Whether the tag has an attribute whose name passes.
fn has_attribute(tag: &str, is_it: impl Fn(&str) -> bool) -> bool {
    tag.split(|c: char| c.is_whitespace() || c == '}')
        .skip(1)
        .filter_map(|word| word.split_once('='))
        .any(|(name, _)| is_it(name))
}

fn forbidden(file: &Text) -> Vec<String> {
    let mut found = Vec::new();
    for (at, tag) in tags(&file.body) {
        let after = &file.body[at + tag.len()..];
        let is_letter = file.path.starts_with(LETTERS);
        let styled = has_attribute(tag, |name| name == "style") || tag.starts_with("<style");
        let handler = has_attribute(tag, |name| {
            name.strip_prefix("on")
                .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_lowercase()))
        });
        // What is said to machines is no script: nobody runs it.
        let said = tag.contains("type=\"application/ld+json\"");
        let script = tag.starts_with("<script") && !said && !after.starts_with("</script>");
        let posts = tag.starts_with("<form") && tag.contains("method=\"post\"");
        let form = after.split("</form>").next().unwrap_or_default();
        let signed = form.contains("token(") || form.contains("name=\"csrf_token\"");
        let wrong = [
            (styled && !is_letter, "a style of its own"),
            (handler, "a handler in a tag"),
            (script, "a script with a body"),
            (posts && !signed, "a form without its token"),
        ];
        let line = file.body[..at].matches('\n').count() + 1;
        let said = wrong.iter().filter(|(is_wrong, _)| *is_wrong);
        found.extend(said.map(|(_, what)| format!("{}:{line}: {what}", file.path)));
    }
    found
}

#[test]
fn pages_hold_no_style_no_script_and_no_form_without_its_token() {
    let pages = pages();
    assert!(!pages.is_empty(), "the pages were not read");
    nothing_in(&pages.iter().flat_map(forbidden).collect::<Vec<_>>());
}

#[test]
fn what_a_page_must_not_hold_is_found() {
    let page = |body: &str| forbidden(&Text::new("apps/web/templates/a.html", body));
    let a = "apps/web/templates/a.html:";
    assert_eq!(
        page("\n<p style=\"x\">"),
        [format!("{a}2: a style of its own")]
    );
    assert_eq!(page("<p{% if a > b %} style=\"x\"{% endif %}>").len(), 1);
    assert_eq!(page("<style>p {}</style>").len(), 1);
    assert_eq!(
        page("<p onclick=\"x\">"),
        [format!("{a}1: a handler in a tag")]
    );
    assert_eq!(
        page("<script type=\"application/ld+json\">{}</script><script>go()</script>"),
        [format!("{a}1: a script with a body")]
    );
    let form = "<form method=\"post\" action=\"/a\"><button>A</button></form>{{ f::token(f) }}";
    assert_eq!(page(form), [format!("{a}1: a form without its token")]);
}

#[test]
fn what_a_page_may_hold_is_left_alone() {
    let page = |body: &str| forbidden(&Text::new("apps/web/templates/a.html", body));
    assert!(page("<p class=\"on\" id=\"one\">style=\"x\" 1 < 2</p>").is_empty());
    assert!(page("<script src=\"/a.js\" defer></script>").is_empty());
    assert!(page("<form action=\"/q\"><input name=\"q\"></form>").is_empty());
    let form = |field: &str| page(&format!("<form method=\"post\">{field}</form>"));
    assert!(form("{% call f::token(frame) %}{% endcall %}").is_empty());
    assert!(form("<input name=\"csrf_token\" value=\"{{ x }}\">").is_empty());
    let letter = Text::new(
        "apps/worker/templates/letter.html",
        "<p style=\"margin: 0\">",
    );
    assert!(forbidden(&letter).is_empty());
}
