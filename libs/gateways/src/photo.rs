//! A stranger's picture in, two clean JPEGs out.
//!
//! Nothing of the file survives but its pixels: where and when the photo was taken, with what, and
//! whatever else travels in a picture, stay behind. What the file promises is checked before
//! anything is decoded.

mod jpeg;

use std::fmt;
use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// The heaviest file that is looked at: 12 MiB.
pub const MAX_PHOTO_BYTES: usize = 12 * 1024 * 1024;

/// The most pixels: 40 megapixels.
pub const MAX_PHOTO_PIXELS: u64 = 40_000_000;

/// The most memory that decoding takes: 256 MiB.
const MAX_DECODER_BYTES: u64 = 256 * 1024 * 1024;

/// The longest side of the large picture, in pixels.
const LARGE_SIDE: u32 = 1600;

/// Width and height of the small picture, in pixels.
const SMALL: (u32, u32) = (480, 360);

const LARGE_QUALITY: u8 = 82;
const SMALL_QUALITY: u8 = 78;

/// A photo ready to be kept and shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// A JPEG that fits in 1600 x 1600; never enlarged.
    pub large: Vec<u8>,
    /// A JPEG of 480 x 360, cut from the middle; enlarged if need be.
    pub small: Vec<u8>,
    /// Width of `large`, in pixels.
    pub width: u32,
    /// Height of `large`, in pixels.
    pub height: u32,
}

impl fmt::Debug for Photo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Photo({} x {})", self.width, self.height)
    }
}

/// Why a file makes no photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_PHOTO_BYTES`].
    #[error("the file is heavier than 12 MiB")]
    TooHeavy,
    /// No whole JPEG, PNG or WebP.
    #[error("the file is not a photo")]
    NotAPhoto,
    /// More than [`MAX_PHOTO_PIXELS`], or more memory to decode than we give.
    #[error("the photo has too many pixels")]
    TooLarge,
}

/// Makes a photo of a JPEG, PNG or WebP file, known by its content whatever its name.
///
/// Turned upright as its EXIF asks; what is transparent becomes white; of an animation, the first
/// picture. Takes about a second of one processor and 60 MB for a telephone's photo, 400 MB for
/// the worst that is accepted: callers run it with `spawn_blocking`, and few at a time.
///
/// # Errors
/// See [`Unusable`].
pub fn prepare(bytes: &[u8]) -> Result<Photo, Unusable> {
    if bytes.is_empty() {
        return Err(Unusable::Empty);
    }
    if bytes.len() > MAX_PHOTO_BYTES {
        return Err(Unusable::TooHeavy);
    }
    // The decoders read strangers' bytes: where one of them panics, it is the file's fault.
    std::panic::catch_unwind(|| {
        let (image, orientation) = decode(bytes)?;
        develop(image, orientation)
    })
    .unwrap_or(Err(Unusable::NotAPhoto))
}

fn decode(bytes: &[u8]) -> Result<(DynamicImage, Orientation), Unusable> {
    let format = image::guess_format(bytes).map_err(|_| Unusable::NotAPhoto)?;
    let kept_bytes = match format {
        ImageFormat::Jpeg => jpeg::outline(bytes).ok_or(Unusable::NotAPhoto)?.kept_bytes,
        ImageFormat::Png | ImageFormat::WebP => 0,
        _ => return Err(Unusable::NotAPhoto),
    };
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| unusable(&error))?;

    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    // WebP is decoded to four bytes a pixel, then copied to where it belongs.
    let copied_bytes = if format == ImageFormat::WebP {
        4 * pixels
    } else {
        0
    };
    let needed_bytes = decoder.total_bytes() + kept_bytes + copied_bytes;
    if pixels > MAX_PHOTO_PIXELS || needed_bytes > MAX_DECODER_BYTES {
        return Err(Unusable::TooLarge);
    }
    if format == ImageFormat::WebP && !frames_fit(bytes, width, height) {
        return Err(Unusable::NotAPhoto);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|error| unusable(&error))?;
    Ok((image, orientation))
}

fn unusable(error: &ImageError) -> Unusable {
    match error {
        ImageError::Limits(_) => Unusable::TooLarge,
        _ => Unusable::NotAPhoto,
    }
}

/// A WebP file states its size on the outside and again in each lossy frame (RFC 6386, 9.1), and
/// the decoder makes room for a frame before it compares the two.
fn frames_fit(bytes: &[u8], width: u32, height: u32) -> bool {
    bytes
        .windows(18)
        .filter(|frame| frame.starts_with(b"VP8 ") && frame[11..14] == [0x9d, 0x01, 0x2a])
        .all(|frame| {
            let side = |at: usize| u32::from(u16::from_le_bytes([frame[at], frame[at + 1]]));
            side(14) & 0x3fff <= width && side(16) & 0x3fff <= height
        })
}

fn develop(image: DynamicImage, orientation: Orientation) -> Result<Photo, Unusable> {
    let mut image = shrink(on_white(image));
    image.apply_orientation(orientation);
    let (width, height) = fit(image.width(), image.height());
    let large = image.resize_exact(width, height, FilterType::CatmullRom);
    let small = middle(&image).resize_exact(SMALL.0, SMALL.1, FilterType::CatmullRom);
    Ok(Photo {
        large: encode(large, LARGE_QUALITY)?,
        small: encode(small, SMALL_QUALITY)?,
        width,
        height,
    })
}

fn on_white(image: DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image;
    }
    let mut image = image.into_rgba8();
    for pixel in image.chunks_exact_mut(4) {
        let alpha = u16::from(pixel[3]);
        if alpha == 255 {
            continue;
        }
        pixel[3] = 255;
        for colour in &mut pixel[..3] {
            let mixed = (u16::from(*colour) * alpha + 255 * (255 - alpha) + 127) / 255;
            *colour = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    DynamicImage::ImageRgba8(image)
}

/// Averages whole blocks of pixels as long as both pictures can still be made from the result:
/// that is quick, and leaves little to the careful resampling.
fn shrink(image: DynamicImage) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let by_long = width.max(height) / LARGE_SIDE;
    let by_short = width.min(height) / SMALL.0;
    let block = by_long.min(by_short);
    if block < 2 {
        return image;
    }
    image.thumbnail_exact(width / block, height / block)
}

/// The size of the large picture.
fn fit(width: u32, height: u32) -> (u32, u32) {
    let long = width.max(height);
    let goal = long.min(LARGE_SIDE);
    (scaled(width, goal, long), scaled(height, goal, long))
}

/// The largest part of 4:3 around the centre.
fn middle(image: &DynamicImage) -> DynamicImage {
    let (width, height) = (image.width(), image.height());
    let kept_width = width.min(scaled(height, SMALL.0, SMALL.1));
    let kept_height = height.min(scaled(width, SMALL.1, SMALL.0));
    image.crop_imm(
        (width - kept_width) / 2,
        (height - kept_height) / 2,
        kept_width,
        kept_height,
    )
}

/// `side * goal / whole`, rounded, and at least one pixel.
fn scaled(side: u32, goal: u32, whole: u32) -> u32 {
    let (side, goal, whole) = (u64::from(side), u64::from(goal), u64::from(whole.max(1)));
    u32::try_from((side * goal + whole / 2) / whole)
        .unwrap_or(u32::MAX)
        .max(1)
}

fn encode(image: DynamicImage, quality: u8) -> Result<Vec<u8>, Unusable> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode_image(&image.into_rgb8())
        .map_err(|error| unusable(&error))?;
    Ok(jpeg)
}

#[cfg(test)]
#[path = "photo_tests.rs"]
mod tests;
