//! The outline of a JPEG file, read from its markers alone (ITU-T T.81, annex B).
//!
//! The decoder is lenient: it fills what is missing of a truncated file with grey, and makes room
//! for as much as a header promises. This is what has to be known before it runs.

/// More scans than any camera or editor writes (they write 1 to 20). Each costs a pass over the
/// whole picture, whatever its size in the file.
const MAX_SCANS: u32 = 32;

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;

/// What a whole JPEG file is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// What the decoder keeps beside the pixels until the last scan, in bytes: two for each
    /// coefficient, or none when a single scan brings everything.
    pub(super) kept_bytes: u64,
}

/// Reads the markers from the first to the end of the image.
///
/// None when the end is not there, or when no frame or too many scans come before it. What
/// follows the end is nobody's business: telephones put a film or a second picture there.
pub(super) fn outline(bytes: &[u8]) -> Option<Outline> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    let mut frame = None;
    let mut scans = 0;
    loop {
        let (marker, after) = next_marker(rest)?;
        if marker == END_OF_IMAGE {
            break;
        }
        let length = usize::from(u16::from_be_bytes([*after.first()?, *after.get(1)?]));
        let segment = after.get(2..length)?;
        rest = &after[length..];
        match marker {
            // Start of frame: all but the three that define tables.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                frame = Some((marker, coefficients(segment)?));
            }
            START_OF_SCAN => scans += 1,
            _ => {}
        }
        if scans > MAX_SCANS {
            return None;
        }
    }
    let (marker, coefficients) = frame?;
    let one_pass = scans == 1 && matches!(marker, 0xc0 | 0xc1);
    (scans > 0).then_some(Outline {
        kept_bytes: if one_pass { 0 } else { 2 * coefficients },
    })
}

/// The next marker that begins a segment or ends the image, and what follows it. Skips the coded
/// pixels of a scan, where 0xff is followed by zero or by one of the restart markers, and any
/// filling.
fn next_marker(mut bytes: &[u8]) -> Option<(u8, &[u8])> {
    loop {
        let at = bytes.iter().position(|byte| *byte == 0xff)?;
        match *bytes.get(at + 1)? {
            0xff => bytes = &bytes[at + 1..],
            0x00 | 0x01 | 0xd0..=0xd8 => bytes = &bytes[at + 2..],
            marker => return Some((marker, &bytes[at + 2..])),
        }
    }
}

/// How many coefficients a frame has: one for each sample of each component.
fn coefficients(frame: &[u8]) -> Option<u64> {
    let side = |at: usize| {
        Some(u64::from(u16::from_be_bytes([
            *frame.get(at)?,
            *frame.get(at + 1)?,
        ])))
    };
    let pixels = side(1)? * side(3)?;
    let factors = frame
        .get(6..)?
        .chunks_exact(3)
        .map(|component| (u64::from(component[1] >> 4), u64::from(component[1] & 15)));
    let across = factors.clone().map(|(across, _)| across).max()?;
    let down = factors.clone().map(|(_, down)| down).max()?;
    let samples: u64 = factors.map(|(across, down)| across * down).sum();
    (pixels * samples).checked_div(across * down)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A frame of 100 x 50 with three components, the last two halved in both directions.
    fn file(start_of_frame: u8, scans: u32) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2];
        file.extend([0xff, start_of_frame, 0, 17, 8, 0, 50, 0, 100, 3]);
        file.extend([1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        for _ in 0..scans {
            file.extend([
                0xff,
                START_OF_SCAN,
                0,
                2,
                0x12,
                0xff,
                0x00,
                0xff,
                0xd3,
                0x34,
            ]);
        }
        file.extend([0xff, 0xff, END_OF_IMAGE]);
        file
    }

    #[test]
    fn a_single_baseline_scan_keeps_nothing() {
        assert_eq!(outline(&file(0xc0, 1)), Some(Outline { kept_bytes: 0 }));
    }

    #[test]
    fn several_scans_keep_two_bytes_a_coefficient() {
        let kept = Some(Outline {
            kept_bytes: 2 * (5000 + 1250 + 1250),
        });
        assert_eq!(outline(&file(0xc0, 3)), kept);
        assert_eq!(outline(&file(0xc2, 1)), kept);
        assert_eq!(outline(&file(0xc2, 10)), kept);
    }

    #[test]
    fn a_file_may_have_32_scans_and_no_more() {
        assert!(outline(&file(0xc2, MAX_SCANS)).is_some());
        assert_eq!(outline(&file(0xc2, MAX_SCANS + 1)), None);
    }

    #[test]
    fn a_file_without_scan_or_frame_has_no_outline() {
        assert_eq!(outline(&file(0xc0, 0)), None);
        assert_eq!(outline(&file(0xe1, 1)), None);
    }

    #[test]
    fn no_beginning_of_a_file_has_an_outline() {
        let file = file(0xc2, 2);
        for length in 0..file.len() {
            assert_eq!(outline(&file[..length]), None, "{length}");
        }
    }

    #[test]
    fn what_follows_the_end_does_not_matter() {
        let mut file = file(0xc0, 1);
        file.extend([0xff, 0xd8, 0xff]);
        assert!(outline(&file).is_some());
    }

    #[test]
    fn a_segment_shorter_than_its_own_length_has_no_outline() {
        assert_eq!(outline(&[0xff, 0xd8, 0xff, 0xe0, 0, 1, 0xff, 0xd9]), None);
        assert_eq!(outline(&[0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9]), None);
    }

    #[test]
    fn a_component_without_samples_has_no_outline() {
        let mut file = file(0xc2, 1);
        let at = file.iter().position(|byte| *byte == 0x22).unwrap();
        file[at] = 0;
        file[at + 3] = 0;
        file[at + 6] = 0;
        assert_eq!(outline(&file), None);
    }
}
