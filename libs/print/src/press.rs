//! The press: typst, with the layouts and the fonts that are built in and nothing else. It opens no
//! file, asks no network and reads no clock: the same values make the same bytes.

use std::sync::OnceLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::Failure;

/// The first sets every text, the second the signs that the first does not have.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// What the layouts share, then the layouts.
const LAYOUTS: [(&str, &str); 5] = [
    ("frame.typ", include_str!("../layouts/frame.typ")),
    ("sheet.typ", include_str!("../layouts/sheet.typ")),
    ("slip.typ", include_str!("../layouts/slip.typ")),
    ("statement.typ", include_str!("../layouts/statement.typ")),
    ("tally.typ", include_str!("../layouts/tally.typ")),
];

struct Press {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
    /// Every character that one of the fonts draws, in order.
    drawn: Vec<u32>,
    layouts: Vec<Source>,
}

/// Made once: reading the fonts takes 20 ms, half as long as setting a page.
fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| {
        let fonts: Vec<Font> = typst_assets::fonts()
            .flat_map(|file| Font::iter(Bytes::new(file)))
            .filter(|font| FAMILIES.contains(&font.info().family.as_str()))
            .collect();
        let mut drawn: Vec<u32> = fonts
            .iter()
            .flat_map(|font| font.info().coverage.iter().collect::<Vec<_>>())
            .collect();
        drawn.sort_unstable();
        drawn.dedup();
        let layouts = LAYOUTS.iter().filter_map(|(name, text)| {
            let path = VirtualPath::new(name).ok()?;
            let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
            Some(Source::new(id, (*text).to_owned()))
        });
        Press {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            drawn,
            layouts: layouts.collect(),
            fonts,
        }
    })
}

/// Whether one of the fonts has a shape for this character.
pub(crate) fn draws(c: char) -> bool {
    press().drawn.binary_search(&u32::from(c)).is_ok()
}

/// A layout and the values that it is about to print.
struct Plate {
    press: &'static Press,
    layout: Source,
    library: LazyHash<Library>,
}

impl World for Plate {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.press.layouts.iter().find(|source| source.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets a layout, by the name of its file, with these values, and answers the PDF.
pub(crate) fn print(layout: &str, values: Dict) -> Result<Vec<u8>, Failure> {
    let press = press();
    let is_asked = |source: &&Source| source.id().vpath().get_without_slash() == layout;
    let layout = press.layouts.iter().find(is_asked);
    let plate = Plate {
        press,
        layout: layout
            .cloned()
            .ok_or_else(|| Failure::Press("no such layout".to_owned()))?,
        library: LazyHash::new(Library::builder().with_inputs(values).build()),
    };
    let printed = typst::compile::<PagedDocument>(&plate);
    #[cfg(test)]
    assert!(printed.warnings.is_empty(), "{}", told(&printed.warnings));
    let bytes = printed
        .output
        .and_then(|document| typst_pdf::pdf(&document, &options()?))
        .map_err(|wrong| Failure::Press(told(&wrong)));
    // What typst remembers of a paper serves no other, and would never be forgotten.
    typst::comemo::evict(0);
    bytes
}

/// PDF/UA-1: setting fails rather than leave out what a screen reader needs.
fn options() -> Result<PdfOptions, typst::ecow::EcoVec<SourceDiagnostic>> {
    use typst::diag::At;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]).at(typst::syntax::Span::detached())?;
    Ok(PdfOptions {
        creator: Smart::Custom(Some("Saline".to_owned())),
        standards,
        ..PdfOptions::default()
    })
}

fn told(diagnostics: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = diagnostics.iter().map(|it| it.message.as_str()).collect();
    messages.join("; ")
}
