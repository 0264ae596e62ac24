//! A handler reads the form before it takes a scope: a body that comes in slowly, or never, must
//! not hold a connection of the database.

use crate::tree::{Text, nothing_in, rust};

fn late_forms(file: &Text) -> Vec<String> {
    file.body
        .split("#[handler]")
        .skip(1)
        .filter_map(|handler| {
            let signature = handler.split('{').next()?;
            // Who is in at the console may be in no more once the form has come.
            let scopes = ["present: Present", "reader: Reader", "inside: Inside"];
            let scope = scopes.iter().find_map(|it| signature.find(it))?;
            let form = signature.find("fields: Fields")?;
            let name = signature.split("fn ").nth(1)?.split('(').next()?;
            (scope < form).then(|| format!("{}: {name} takes a scope before its form", file.path))
        })
        .collect()
}

#[test]
fn a_handler_reads_its_form_before_it_takes_a_scope() {
    nothing_in(&rust().iter().flat_map(late_forms).collect::<Vec<_>>());
}

#[test]
fn a_late_form_is_found() {
    let file = |signature: &str| Text {
        path: "apps/web/src/a.rs".into(),
        body: format!("#[handler]\n{signature} -> Answer {{}}"),
    };
    let late = file("async fn save(mut present: Present, Path(id): Path<String>, fields: Fields)");
    assert_eq!(
        late_forms(&late),
        ["apps/web/src/a.rs: save takes a scope before its form"]
    );
    let inside = file("async fn save(inside: Inside, fields: Fields)");
    assert_eq!(late_forms(&inside).len(), 1);
    let reader = file("async fn save(reader: Reader, fields: Fields)");
    assert_eq!(late_forms(&reader).len(), 1);
    let early = file("async fn save(fields: Fields, present: Present)");
    assert!(late_forms(&early).is_empty());
}
