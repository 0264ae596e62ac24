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
mod tests {
    use std::io::Write;
    use std::time::{Duration, Instant};

    use flate2::write::ZlibEncoder;
    use flate2::{Compression, Crc};
    use image::{GrayImage, Rgb, RgbImage, Rgba, RgbaImage};

    use super::*;

    const RED: Rgb<u8> = Rgb([220, 20, 20]);
    const BLUE: Rgb<u8> = Rgb([20, 20, 220]);

    /// Red on the left, blue on the right.
    fn two_halves(width: u32, height: u32) -> DynamicImage {
        RgbImage::from_fn(width, height, |x, _| if x < width / 2 { RED } else { BLUE }).into()
    }

    fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        image.write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn jpeg(image: &DynamicImage) -> Vec<u8> {
        file(image, ImageFormat::Jpeg)
    }

    /// A PNG of one bit a pixel whose rows are all black, without holding them.
    fn black_png(width: u32, height: u32) -> Vec<u8> {
        let mut pixels = ZlibEncoder::new(Vec::new(), Compression::best());
        let row = vec![0; 1 + width.div_ceil(8) as usize];
        for _ in 0..height {
            pixels.write_all(&row).unwrap();
        }
        png(width, height, &pixels.finish().unwrap())
    }

    fn png(width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
        header.extend([1, 0, 0, 0, 0]);
        for (name, content) in [(b"IHDR", &header[..]), (b"IDAT", pixels), (b"IEND", &[])] {
            let mut crc = Crc::new();
            crc.update(name);
            crc.update(content);
            file.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
            file.extend(name);
            file.extend(content);
            file.extend(crc.sum().to_be_bytes());
        }
        file
    }

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    }

    /// EXIF with an orientation, and a GPS directory that names its map.
    fn exif(orientation: u8) -> Vec<u8> {
        let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
        exif.extend([2, 0]);
        exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
        exif.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
        exif.extend([0, 0, 0, 0]);
        exif.extend([1, 0]);
        exif.extend([0x12, 0x00, 2, 0, 7, 0, 0, 0, 56, 0, 0, 0]);
        exif.extend([0, 0, 0, 0]);
        exif.extend(b"WGS-84\0");
        exif
    }

    fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
        [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
    }

    fn contains(bytes: &[u8], needle: &[u8]) -> bool {
        bytes.windows(needle.len()).any(|window| window == needle)
    }

    fn opened(jpeg: &[u8]) -> RgbImage {
        assert_eq!(image::guess_format(jpeg).unwrap(), ImageFormat::Jpeg);
        image::load_from_memory(jpeg).unwrap().into_rgb8()
    }

    fn assert_near(image: &RgbImage, (x, y): (u32, u32), colour: Rgb<u8>) {
        let found = *image.get_pixel(x, y);
        let near = found
            .0
            .iter()
            .zip(colour.0)
            .all(|(a, b)| a.abs_diff(b) < 16);
        assert!(near, "{found:?} at {x}, {y} instead of {colour:?}");
    }

    #[test]
    fn the_large_picture_fits_and_the_small_one_is_480_by_360() {
        for ((width, height), expected) in [
            ((3200, 2400), (1600, 1200)),
            ((1500, 3000), (800, 1600)),
            ((1600, 1600), (1600, 1600)),
            ((1601, 1600), (1600, 1599)),
            ((20_000, 3), (1600, 1)),
            ((40, 30), (40, 30)),
            ((1, 1), (1, 1)),
        ] {
            let photo = prepare(&jpeg(&two_halves(width, height))).unwrap();
            assert_eq!((photo.width, photo.height), expected);
            assert_eq!(opened(&photo.large).dimensions(), expected);
            assert_eq!(opened(&photo.small).dimensions(), SMALL);
        }
    }

    #[test]
    fn the_small_picture_is_cut_from_the_middle() {
        // A wide green stripe in the middle third, nothing of the sides is left.
        let wide = RgbImage::from_fn(1200, 300, |x, _| match x {
            0..400 => RED,
            400..800 => Rgb([20, 160, 20]),
            _ => BLUE,
        });
        let small = opened(&prepare(&jpeg(&wide.into())).unwrap().small);
        for x in [4, 240, 475] {
            assert_near(&small, (x, 180), Rgb([20, 160, 20]));
        }
        let photo = prepare(&jpeg(&two_halves(300, 1200))).unwrap();
        let small = opened(&photo.small);
        assert_near(&small, (100, 180), RED);
        assert_near(&small, (380, 180), BLUE);
    }

    #[test]
    fn a_long_panorama_keeps_a_sharp_small_picture() {
        // Stripes of 8 pixels would be gone if the small picture came from the large one.
        let stripes =
            RgbImage::from_fn(12_000, 500, |x, _| if x / 8 % 2 == 0 { RED } else { BLUE });
        let small = opened(
            &prepare(&file(&stripes.into(), ImageFormat::Png))
                .unwrap()
                .small,
        );
        let reds: Vec<u8> = (200..280).map(|x| small.get_pixel(x, 180).0[0]).collect();
        assert!(reds.iter().max().unwrap() - reds.iter().min().unwrap() > 100);
    }

    #[test]
    fn each_of_the_three_formats_is_known_by_its_content() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let photo = prepare(&file(&two_halves(400, 300), format)).unwrap();
            let large = opened(&photo.large);
            assert_near(&large, (50, 150), RED);
            assert_near(&large, (350, 150), BLUE);
        }
    }

    #[test]
    fn grey_and_sixteen_bit_pictures_are_photos_too() {
        let grey = DynamicImage::from(GrayImage::new(40, 30));
        let deep = DynamicImage::from(two_halves(40, 30).into_rgba16());
        for image in [grey, deep] {
            assert!(prepare(&file(&image, ImageFormat::Png)).is_ok());
        }
    }

    #[test]
    fn a_photo_is_turned_upright() {
        let photo = prepare(&with_segments(
            &jpeg(&two_halves(400, 200)),
            &[segment(0xe1, &exif(6))],
        ))
        .unwrap();
        assert_eq!((photo.width, photo.height), (200, 400));
        let large = opened(&photo.large);
        assert_near(&large, (100, 50), RED);
        assert_near(&large, (100, 350), BLUE);
        let small = opened(&photo.small);
        assert_near(&small, (240, 50), RED);
        assert_near(&small, (240, 310), BLUE);
    }

    #[test]
    fn nothing_of_the_file_but_its_pixels_survives() {
        let told = with_segments(
            &jpeg(&two_halves(400, 200)),
            &[
                segment(0xe1, &exif(1)),
                segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
                segment(0xe2, b"ICC_PROFILE\0\x01\x01profile"),
                segment(0xfe, b"a comment"),
            ],
        );
        let photo = prepare(&told).unwrap();
        for told_by in ["Exif", "WGS-84", "xmpmeta", "ICC_PROFILE", "a comment"] {
            assert!(contains(&told, told_by.as_bytes()), "{told_by}");
            assert!(!contains(&photo.large, told_by.as_bytes()), "{told_by}");
            assert!(!contains(&photo.small, told_by.as_bytes()), "{told_by}");
        }
    }

    #[test]
    fn transparent_becomes_white() {
        let faint = RgbaImage::from_fn(400, 300, |x, _| match x {
            0..200 => Rgba([0, 0, 0, 0]),
            _ => Rgba([0, 0, 0, 128]),
        });
        for format in [ImageFormat::Png, ImageFormat::WebP] {
            let photo = prepare(&file(&faint.clone().into(), format)).unwrap();
            let large = opened(&photo.large);
            assert_near(&large, (50, 150), Rgb([255, 255, 255]));
            assert_near(&large, (350, 150), Rgb([127, 127, 127]));
        }
    }

    #[test]
    fn an_empty_file_is_refused() {
        assert_eq!(prepare(&[]), Err(Unusable::Empty));
    }

    #[test]
    fn a_file_may_weigh_12_mebibytes_and_no_more() {
        // Telephones put other things after the picture, so that this is still a whole JPEG.
        let mut heavy = jpeg(&two_halves(40, 30));
        heavy.resize(MAX_PHOTO_BYTES, 0);
        assert!(prepare(&heavy).is_ok());
        heavy.push(0);
        assert_eq!(prepare(&heavy), Err(Unusable::TooHeavy));
    }

    #[test]
    fn a_photo_may_have_40_megapixels_and_no_more() {
        assert!(prepare(&black_png(8000, 5000)).is_ok());
        let one_row_more = prepare(&black_png(8000, 5001));
        assert_eq!(one_row_more, Err(Unusable::TooLarge));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_decoded() {
        let bomb = black_png(30_000, 30_000);
        assert!(bomb.len() < 200_000, "{} bytes", bomb.len());
        let start = Instant::now();
        assert_eq!(prepare(&bomb), Err(Unusable::TooLarge));
        assert!(start.elapsed() < Duration::from_millis(100));
    }

    #[test]
    fn a_jpeg_that_announces_too_many_pixels_is_refused() {
        let mut huge = jpeg(&two_halves(40, 30));
        let frame = huge.windows(2).position(|two| two == [0xff, 0xc0]).unwrap();
        huge[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        assert_eq!(prepare(&huge), Err(Unusable::TooLarge));
    }

    #[test]
    fn a_progressive_jpeg_that_needs_too_much_memory_is_refused() {
        // 6000 x 6000: 36 megapixels need 108 MB, and 216 MB more until the last scan.
        let mut progressive = jpeg(&two_halves(40, 30));
        let at = |name| move |two: &[u8]| two == [0xff, name];
        let frame = progressive.windows(2).position(at(0xc0)).unwrap();
        progressive[frame + 1] = 0xc2;
        progressive[frame + 5..frame + 9].copy_from_slice(&[0x17, 0x70, 0x17, 0x70]);
        for component in 0..3 {
            progressive[frame + 11 + 3 * component] = 0x11;
        }
        assert_eq!(prepare(&progressive), Err(Unusable::TooLarge));
    }

    #[test]
    fn a_webp_frame_larger_than_its_file_says_is_refused() {
        let mut webp = b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x09\0\0\x09\0\0".to_vec();
        webp.extend(b"VP8 \x20\0\0\0\x10\0\0\x9d\x01\x2a\xff\x3f\xff\x3f");
        webp.extend([0; 40]);
        assert_eq!(prepare(&webp), Err(Unusable::NotAPhoto));
        assert!(!frames_fit(&webp, 10, 10));
        assert!(frames_fit(&webp, 0x3fff, 0x3fff));
    }

    #[test]
    fn a_webp_whose_frames_disagree_is_refused() {
        // An animation of 32 x 32 with a frame of 2 x 2, whose colours are 16 x 16.
        let mut frame = vec![0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        frame.extend(b"ALPH\x06\0\0\0\0\x01\x02\x03\x04\0");
        frame.extend(b"VP8 \x80\0\0\0\x10\x04\0\x9d\x01\x2a\x10\0\x10\0");
        frame.extend([0; 118]);
        let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x12\0\0\0\x1f\0\0\x1f\0\0".to_vec();
        webp.extend(b"ANIM\x06\0\0\0\0\0\0\0\0\0ANMF");
        webp.extend(u32::try_from(frame.len()).unwrap().to_le_bytes());
        webp.extend(frame);
        let size = u32::try_from(webp.len() - 8).unwrap();
        webp[4..8].copy_from_slice(&size.to_le_bytes());
        assert_eq!(prepare(&webp), Err(Unusable::NotAPhoto));
    }

    #[test]
    fn what_is_no_photo_is_refused() {
        let gif =
            b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
        for file in [
            &gif[..],
            b"Bonjour, ceci est un texte.",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"BM",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"RIFF\0\0\0\0WEBP",
            &[0; 1000],
        ] {
            assert_eq!(prepare(file), Err(Unusable::NotAPhoto), "{file:?}");
        }
    }

    #[test]
    fn a_file_that_stops_short_is_refused() {
        let image = two_halves(200, 150);
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let whole = file(&image, format);
            for part in [whole.len() / 4, whole.len() / 2, whole.len() * 9 / 10] {
                let cut = prepare(&whole[..part]);
                assert_eq!(cut, Err(Unusable::NotAPhoto), "{format:?} {part}");
            }
        }
        let whole = jpeg(&image);
        assert_eq!(prepare(&whole[..whole.len() - 2]), Err(Unusable::NotAPhoto));
    }

    #[test]
    fn a_damaged_file_is_refused_or_shown_but_never_worse() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let whole = file(&two_halves(16, 12), format);
            for at in (0..whole.len()).step_by(7) {
                let mut damaged = whole.clone();
                damaged[at] = !damaged[at];
                let refused = prepare(&damaged).err();
                assert!(!matches!(
                    refused,
                    Some(Unusable::Empty | Unusable::TooHeavy)
                ));
            }
        }
    }
}
