//! Reads papers back, as somebody would who has only the file.

use lopdf::{Document, Object};

use crate::{Folio, Sum, Total};

/// What would be a sign of the layout's language, were it read as such.
pub(crate) const SIGNS: &str =
    "#let x = $1$ *gras* _cinq_ \"six\" <sept> @huit [neuf] \\dix `onze` =12 //fin";

/// The text of each page, with one space wherever there was some.
pub(crate) fn pages(pdf: &[u8]) -> Vec<String> {
    assert!(pdf.starts_with(b"%PDF"));
    let document = Document::load_mem(pdf).unwrap();
    let pages = document.get_pages().into_keys();
    pages
        .map(|page| words(&document.extract_text(&[page]).unwrap()))
        .collect()
}

/// How many pages there are, and the text of the last one.
pub(crate) fn last_page(pdf: &[u8]) -> (usize, String) {
    let document = Document::load_mem(pdf).unwrap();
    let count = document.get_pages().len();
    let last = u32::try_from(count).unwrap();
    (count, words(&document.extract_text(&[last]).unwrap()))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asserts that a screen reader is told the title and the language, and the order of reading.
pub(crate) fn is_read_aloud(pdf: &[u8], language: &str) {
    let document = Document::load_mem(pdf).unwrap();
    let catalog = document.catalog().unwrap();
    let spoken = catalog.get(b"Lang").and_then(Object::as_str).unwrap();
    assert_eq!(spoken, language.as_bytes());
    assert!(catalog.get(b"StructTreeRoot").is_ok());
    let preferences = catalog.get(b"ViewerPreferences").unwrap();
    let preferences = document.dereference(preferences).unwrap().1;
    let shown = preferences.as_dict().unwrap().get(b"DisplayDocTitle");
    assert!(shown.and_then(Object::as_bool).unwrap());
}

pub(crate) fn folio() -> Folio {
    Folio {
        page: "page".to_owned(),
        of: "sur".to_owned(),
    }
}

pub(crate) fn sum(label: &str, amount: &str) -> Sum {
    Sum {
        label: label.to_owned(),
        amount: amount.to_owned(),
    }
}

pub(crate) fn total(label: &str, given: &str, received: &str) -> Total {
    Total {
        label: label.to_owned(),
        given: given.to_owned(),
        received: received.to_owned(),
    }
}

/// Leaves the paper in `PAPERS`, where that is set, to be looked at.
pub(crate) fn keep(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("PAPERS") {
        std::fs::write(std::path::Path::new(&folder).join(name), pdf).unwrap();
    }
}
