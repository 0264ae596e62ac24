//! The document of the API.

/// The document is kept beside the code, so that a change of it is seen. `SALINE_WRITE_OPENAPI=1`
/// writes it anew.
#[test]
fn the_document_is_the_one_that_is_kept() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    let now = api::document();
    if std::env::var_os("SALINE_WRITE_OPENAPI").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == now,
        "docs/openapi.json is another: SALINE_WRITE_OPENAPI=1 writes it"
    );
}
