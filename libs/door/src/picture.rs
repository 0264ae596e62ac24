//! What an application of codes reads from a page.

use crate::trouble::Trouble;
use qrcode::QrCode;
use qrcode::render::svg;

/// How large a square of the picture is, in pixels.
const SQUARE: u32 = 6;

/// A secret to be set up, as a page shows it.
#[derive(Debug)]
pub struct Setup {
    /// An SVG of its address.
    pub picture: String,
    pub address: String,
    /// In fours, for who types it.
    pub letters: String,
}

impl Setup {
    pub fn new(address: &str, letters: &str) -> Result<Setup, Trouble> {
        let code = QrCode::new(address)
            .map_err(|error| Trouble::Broken(format!("a picture of an address: {error}")))?;
        let picture = code.render::<svg::Color<'_>>();
        let picture = { picture }.module_dimensions(SQUARE, SQUARE).build();
        // The picture stands in a page: what comes before its root does not.
        let root = picture.find("<svg").unwrap_or(0);
        let letters: Vec<char> = letters.chars().collect();
        let groups = letters.chunks(4).map(|it| it.iter().collect::<String>());
        Ok(Setup {
            picture: picture[root..].to_owned(),
            address: address.to_owned(),
            letters: groups.collect::<Vec<_>>().join(" "),
        })
    }
}
