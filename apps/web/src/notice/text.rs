//! What the page of a notice says, whosever the notice is.

use super::row;
use chrono::{DateTime, Utc};
use door::Present;
use store::notice::{Notice, Photo, Shared};
use words::Words;

/// A photo to show.
pub(crate) struct Picture {
    /// The address of its sizes.
    pub(crate) src: String,
    pub(crate) place: usize,
    pub(crate) width: i32,
    pub(crate) height: i32,
}

/// Photos whose addresses begin so, in their order.
pub(crate) fn pictures(base: &str, photos: &[Photo]) -> Vec<Picture> {
    let picture = |(place, photo): (usize, &Photo)| Picture {
        src: format!("{base}/{}", photo.id()),
        place: place + 1,
        width: photo.width,
        height: photo.height,
    };
    photos.iter().enumerate().map(picture).collect()
}

/// What a notice says, whosever it is.
pub(crate) struct Text {
    pub(crate) kind: &'static str,
    pub(crate) kind_name: String,
    pub(crate) urgent: bool,
    pub(crate) category: String,
    pub(crate) title: String,
    /// Paragraphs, in lines.
    pub(crate) body: Vec<Vec<String>>,
    pub(crate) pictures: Vec<Picture>,
    pub(crate) price: String,
    pub(crate) place: Option<String>,
    pub(crate) dates: String,
}

impl Text {
    /// What a notice of this SEL says.
    pub(super) fn of_ours(present: &Present, notice: &Notice, pictures: Vec<Picture>) -> Text {
        let (words, now) = (present.words(), present.guest.visit.now);
        let of = (notice.published_at, notice.expires_at);
        Text {
            kind: notice.kind().as_str(),
            kind_name: row::kind_name(words, notice.kind()),
            urgent: notice.urgent,
            category: notice.category_name.clone(),
            title: notice.title.clone(),
            body: paragraphs(&notice.body),
            pictures,
            price: row::price(words, &present.rules.unit, notice.price()),
            place: row::place(present, notice),
            dates: dates(words, &present.guest.association.time_zone, now, of),
        }
    }

    /// What a notice of another SEL says, with what it asks, its photos under this address.
    pub(crate) fn of_another(
        words: Words,
        now: DateTime<Utc>,
        notice: &Shared,
        photos: &str,
        price: String,
    ) -> Text {
        let of = (notice.published_at, notice.expires_at);
        Text {
            kind: notice.kind().as_str(),
            kind_name: row::kind_name(words, notice.kind()),
            urgent: notice.urgent,
            category: notice.category_name.clone(),
            title: notice.title.clone(),
            body: paragraphs(&notice.body),
            pictures: pictures(photos, &notice.photos()),
            price,
            place: Some(notice.place.clone()),
            dates: dates(words, &notice.time_zone, now, of),
        }
    }
}

/// Since when it stands, and until when, in this time zone.
fn dates(
    words: Words,
    zone: &str,
    now: DateTime<Utc>,
    of: (DateTime<Utc>, DateTime<Utc>),
) -> String {
    let (published_at, expires_at) = of;
    let day = |at| words.day(words.local_day(at, zone));
    let key = if expires_at > now {
        "notice-dates"
    } else {
        "notice-dates-over"
    };
    words.say_with(
        key,
        &[
            ("from", day(published_at).into()),
            ("until", day(expires_at).into()),
        ],
    )
}

/// Texts as people write them: an empty line parts paragraphs, and lines stay lines.
pub(crate) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.push(line.to_owned());
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn an_empty_line_parts_paragraphs() {
        assert_eq!(
            paragraphs("Bonjour,\nà samedi.\n\n\nJean"),
            [vec!["Bonjour,", "à samedi."], vec!["Jean"]]
        );
        assert!(paragraphs(" \n\n").is_empty());
    }
}
