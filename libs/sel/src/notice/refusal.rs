//! Why a notice is not published, or not changed.

use crate::amount;
use crate::refusal::{Fact, Refused};
use thiserror::Error;

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("neither offer nor want")]
    NoKind,
    #[error("no category")]
    NoCategory,
    #[error("no title")]
    NoTitle,
    #[error("the title is too long")]
    LongTitle { letters: usize },
    #[error("the text is too long")]
    LongBody { letters: usize },
    #[error("units: {0}")]
    Units(amount::Refusal),
    #[error("no way of counting was chosen")]
    NoUnitsMode,
    #[error("an amount, and a way of counting that has none")]
    UnitsNotCounted,
    #[error("days out of range")]
    BadDays,
    #[error("the actor may not change it")]
    NotAllowed,
    #[error("closed")]
    Closed,
    #[error("another notice stands under this id")]
    Known,
    #[error("too many photos")]
    ManyPhotos,
    #[error("a photo of more than 12 MiB")]
    HeavyPhoto,
    #[error("not a photo")]
    NotAPhoto,
    #[error("a photo of too many pixels")]
    LargePhoto,
}

impl Refused for Refusal {
    fn key(&self) -> &'static str {
        match self {
            Refusal::NoKind => "refusal-notice-kind",
            Refusal::NoCategory => "refusal-notice-category",
            Refusal::NoTitle => "refusal-notice-title-empty",
            Refusal::LongTitle { .. } => "refusal-notice-title-long",
            Refusal::LongBody { .. } => "refusal-notice-body-long",
            Refusal::Units(amount) => amount.key(),
            Refusal::NoUnitsMode => "refusal-notice-units-mode",
            Refusal::UnitsNotCounted => "refusal-notice-units-not-counted",
            Refusal::BadDays => "refusal-notice-days",
            Refusal::NotAllowed => "refusal-not-allowed",
            Refusal::Closed => "refusal-notice-closed",
            Refusal::Known => "refusal-notice-known",
            Refusal::ManyPhotos => "refusal-photos-many",
            Refusal::HeavyPhoto => "refusal-photo-heavy",
            Refusal::NotAPhoto => "refusal-photo-unreadable",
            Refusal::LargePhoto => "refusal-photo-large",
        }
    }

    fn field(&self) -> &'static str {
        match self {
            Refusal::NoKind => "kind",
            Refusal::NoCategory => "category",
            Refusal::NoTitle | Refusal::LongTitle { .. } => "title",
            Refusal::LongBody { .. } => "body",
            Refusal::Units(_) => "units",
            Refusal::NoUnitsMode | Refusal::UnitsNotCounted => "units_mode",
            Refusal::BadDays => "days",
            Refusal::NotAllowed | Refusal::Closed | Refusal::Known => "",
            Refusal::ManyPhotos
            | Refusal::HeavyPhoto
            | Refusal::NotAPhoto
            | Refusal::LargePhoto => "photos",
        }
    }

    fn facts(&self) -> Vec<(&'static str, Fact)> {
        let letters = match self {
            Refusal::LongTitle { letters } | Refusal::LongBody { letters } => *letters,
            Refusal::Units(amount) => return amount.facts(),
            _ => return Vec::new(),
        };
        vec![(
            "letters",
            Fact::Count(i64::try_from(letters).unwrap_or(i64::MAX)),
        )]
    }
}
