//! The colour of a SEL. The board picks any colour; four readable ones are made of it, once, when
//! it is saved. The bounds are those of the design: contrasts as WCAG 2.2 defines them.

use std::fmt;
use std::str::FromStr;

use palette::{FromColor, LinSrgb, Oklch, Srgb, convert::FromColorUnclamped};
use serde::{Deserialize, Serialize};

const LIGHTEST_ACCENT: f64 = 0.50;
const LIGHTNESS_STEP: f64 = 0.005;
const CHROMA_STEP: f64 = 0.002;
/// How far out of range a channel of linear light may be before it is worth a paler colour.
const UNSEEN_LIGHT: f64 = 0.0005;
const CONTRAST_ON_WASH: f64 = 6.0;
const CONTRAST_ON_WHITE: f64 = 6.5;

/// A colour of the screen (sRGB), written `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb {
    pub r: u8,
    pub g: u8,
    pub b: u8,
}

impl Rgb {
    pub const WHITE: Rgb = Rgb {
        r: 255,
        g: 255,
        b: 255,
    };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written # and six hexadecimal digits")]
pub struct NotAColour;

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

impl FromStr for Rgb {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').ok_or(NotAColour)?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let channel =
            |from: usize| u8::from_str_radix(&digits[from..from + 2], 16).map_err(|_| NotAColour);
        Ok(Rgb {
            r: channel(0)?,
            g: channel(2)?,
            b: channel(4)?,
        })
    }
}

impl TryFrom<String> for Rgb {
    type Error = NotAColour;

    fn try_from(text: String) -> Result<Self, NotAColour> {
        text.parse()
    }
}

impl From<Rgb> for String {
    fn from(colour: Rgb) -> Self {
        colour.to_string()
    }
}

/// The four colours that the pages of a SEL wear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accent {
    /// Links and buttons: at least 6.5 on white, 6.0 on the wash, and white on it.
    pub accent: Rgb,
    /// Hover and the key of a button: at least 10 on white.
    pub deep: Rgb,
    /// Decoration only.
    pub line: Rgb,
    /// The ground behind the head of a page: ink on it has at least 15.
    pub wash: Rgb,
}

impl Accent {
    /// The style sheet of a SEL: four custom properties in the layer `tokens`.
    pub fn stylesheet(&self) -> String {
        format!(
            "@layer tokens {{ :root {{ --accent: {}; --accent-deep: {}; --accent-line: {}; \
             --accent-wash: {}; }} }}",
            self.accent, self.deep, self.line, self.wash
        )
    }
}

/// Keeps the hue that the board chose; darkens and calms it until every text on the page is easy
/// to read. A nearly grey choice becomes grey: a hue forced upon it would be one nobody chose.
pub fn accent(chosen: Rgb) -> Accent {
    let srgb = Srgb::new(chosen.r, chosen.g, chosen.b).into_format::<f64>();
    let Oklch { l, chroma, hue } = Oklch::from_color(srgb);
    let hue = hue.into_degrees();
    let chroma = if chroma < 0.02 {
        0.0
    } else {
        chroma.clamp(0.05, 0.13)
    };

    let wash = in_srgb(0.965, (0.2 * chroma).min(0.02), hue);
    let mut lightness = l.min(LIGHTEST_ACCENT);
    let mut accent = in_srgb(lightness, chroma, hue);
    while lightness > 0.0 && !is_readable(accent, wash) {
        lightness -= LIGHTNESS_STEP;
        accent = in_srgb(lightness, chroma, hue);
    }
    Accent {
        accent,
        deep: in_srgb(lightness - 0.11, chroma, hue),
        line: in_srgb(0.84, 0.45 * chroma, hue),
        wash,
    }
}

fn is_readable(accent: Rgb, wash: Rgb) -> bool {
    contrast(accent, wash) >= CONTRAST_ON_WASH && contrast(accent, Rgb::WHITE) >= CONTRAST_ON_WHITE
}

/// The colour of this lightness and hue (degrees), as strong as sRGB can show it up to `chroma`.
fn in_srgb(lightness: f64, chroma: f64, hue: f64) -> Rgb {
    let lightness = lightness.max(0.0);
    let mut chroma = chroma;
    loop {
        let light = LinSrgb::from_color_unclamped(Oklch::new(lightness, chroma, hue));
        if chroma <= 0.0 || fits(light) {
            let colour: Srgb<u8> = Srgb::from_linear(light);
            return Rgb {
                r: colour.red,
                g: colour.green,
                b: colour.blue,
            };
        }
        chroma = (chroma - CHROMA_STEP).max(0.0);
    }
}

fn fits(light: LinSrgb<f64>) -> bool {
    [light.red, light.green, light.blue]
        .iter()
        .all(|channel| (-UNSEEN_LIGHT..=1.0 + UNSEEN_LIGHT).contains(channel))
}

/// The contrast of two colours, 1.0 to 21.0, in either order (WCAG 2.2, "contrast ratio").
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: Rgb) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const INK: Rgb = Rgb {
        r: 0x1d,
        g: 0x1c,
        b: 0x1a,
    };

    fn rgb(text: &str) -> Rgb {
        text.parse().unwrap()
    }

    fn breaks_a_bound(made: &Accent) -> Option<&'static str> {
        let bounds = [
            ("accent on white", contrast(made.accent, Rgb::WHITE) >= 6.5),
            ("accent on wash", contrast(made.accent, made.wash) >= 6.0),
            ("ink on wash", contrast(INK, made.wash) >= 15.0),
            ("deep on white", contrast(made.deep, Rgb::WHITE) >= 10.0),
        ];
        bounds.iter().find(|(_, kept)| !kept).map(|(name, _)| *name)
    }

    #[test]
    fn all_5040_colours_stay_readable() {
        let mut tried = 0;
        for hue in 0..120 {
            for chroma in 0..7 {
                for lightness in 0..6 {
                    let chosen = in_srgb(
                        0.15 + 0.16 * f64::from(lightness),
                        0.05 * f64::from(chroma),
                        3.0 * f64::from(hue),
                    );
                    assert_eq!(breaks_a_bound(&accent(chosen)), None, "{chosen}");
                    tried += 1;
                }
            }
        }
        assert_eq!(tried, 5_040);
    }

    proptest! {
        #[test]
        fn any_colour_of_the_screen_stays_readable(r: u8, g: u8, b: u8) {
            prop_assert_eq!(breaks_a_bound(&accent(Rgb { r, g, b })), None);
        }

        #[test]
        fn a_colour_reads_back_as_it_is_written(r: u8, g: u8, b: u8) {
            let colour = Rgb { r, g, b };
            prop_assert_eq!(colour.to_string().parse(), Ok(colour));
        }
    }

    #[test]
    fn the_colours_of_the_prototype_come_out_as_drawn() {
        let drawn = [
            ("#7d8b1f", ["#576201", "#3a4200", "#c7d0a6", "#f2f5e7"]),
            ("#1f6f9c", ["#08618e", "#004262", "#b0cfe6", "#e9f6ff"]),
            ("#8a5a12", ["#815202", "#5a3700", "#dec6ab", "#fcf2e5"]),
            ("#1f8a4c", ["#006a35", "#004821", "#afd6b8", "#eaf8ed"]),
            ("#ffe600", ["#685d03", "#473f00", "#d2cca1", "#f6f4e5"]),
            ("#ff5fa2", ["#973b61", "#741942", "#ebbbca", "#feeff3"]),
        ];
        for (chosen, expected) in drawn {
            let made = accent(rgb(chosen));
            let made = [made.accent, made.deep, made.line, made.wash];
            for (made, expected) in made.into_iter().zip(expected.map(rgb)) {
                let apart = [
                    made.r.abs_diff(expected.r),
                    made.g.abs_diff(expected.g),
                    made.b.abs_diff(expected.b),
                ];
                assert!(
                    apart.iter().all(|&by| by <= 2),
                    "{chosen}: {made} is not {expected}"
                );
            }
        }
    }

    #[test]
    fn a_grey_choice_stays_grey() {
        let made = accent(rgb("#777777"));
        assert!(made.accent.r.abs_diff(made.accent.b) <= 1);
        assert!(made.wash.r.abs_diff(made.wash.b) <= 1);
    }

    #[test]
    fn black_and_white_contrast_by_21() {
        let black = rgb("#000000");
        assert!((contrast(black, Rgb::WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast(Rgb::WHITE, black) - 21.0).abs() < 1e-9);
        assert!((contrast(INK, INK) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn capital_digits_are_read_and_small_ones_written() {
        assert_eq!(rgb("#FFE600").to_string(), "#ffe600");
    }

    #[test]
    fn anything_but_a_hash_and_six_digits_is_refused() {
        for text in [
            "", "#", "7d8b1f", "#7d8b1", "#7d8b1f0", "#7d8b1g", "#+1+2+3", "#éàé", "red",
        ] {
            assert_eq!(text.parse::<Rgb>(), Err(NotAColour), "{text}");
        }
    }

    #[test]
    fn the_style_sheet_has_the_four_colours_in_the_layer_of_tokens() {
        let made = Accent {
            accent: rgb("#576201"),
            deep: rgb("#3a4200"),
            line: rgb("#c7d0a6"),
            wash: rgb("#f2f5e7"),
        };
        assert_eq!(
            made.stylesheet(),
            "@layer tokens { :root { --accent: #576201; --accent-deep: #3a4200; \
             --accent-line: #c7d0a6; --accent-wash: #f2f5e7; } }"
        );
    }
}
