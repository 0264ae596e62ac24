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
    let stripes = RgbImage::from_fn(12_000, 500, |x, _| if x / 8 % 2 == 0 { RED } else { BLUE });
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
