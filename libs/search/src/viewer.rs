//! Who looks, how far, and what they may see. This is the one place where that is decided:
//! row-level security does not reach into the index.

use sel::notice::Reach;
use uuid::Uuid;

use crate::bits::Bits;
use crate::fields::rank;
use crate::rows::{Home, Row, Rows};

/// Who looks, how far, and when. What they may see is decided from this value alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub eyes: Eyes,
    /// Seconds since 1970: what has run out by then is not found.
    pub now: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Eyes {
    /// A member, who looks at home only.
    Home { association_id: Uuid },
    /// A member, who looks at home and at what these allies show to allies.
    Allies {
        association_id: Uuid,
        allies: Vec<Uuid>,
    },
    /// A member, who looks at everything that they may see.
    Everywhere {
        association_id: Uuid,
        allies: Vec<Uuid>,
    },
    /// Anybody: what is public.
    Passer,
    /// Anybody: what is public of one association.
    Visitor { association_id: Uuid },
}

impl Eyes {
    /// Those whose every notice is looked at.
    pub(crate) fn near(&self) -> Vec<Uuid> {
        match self {
            Self::Home { association_id } | Self::Visitor { association_id } => {
                vec![*association_id]
            }
            Self::Allies {
                association_id,
                allies,
            }
            | Self::Everywhere {
                association_id,
                allies,
            } => allies.iter().copied().chain([*association_id]).collect(),
            Self::Passer => Vec::new(),
        }
    }

    /// What is looked at beside, whosever it is, of a segment of the index.
    pub(crate) fn far<'r>(&self, rows: &'r Rows) -> Option<&'r Bits> {
        match self {
            Self::Everywhere { .. } => Some(&rows.platform),
            Self::Passer => Some(&rows.public),
            Self::Home { .. } | Self::Visitor { .. } | Self::Allies { .. } => None,
        }
    }

    /// The nearest reach at which these eyes see a notice of an association.
    fn nearest(&self, of: Of) -> Reach {
        match (self, of) {
            (Self::Home { .. } | Self::Allies { .. } | Self::Everywhere { .. }, Of::Own) => {
                Reach::Members
            }
            (Self::Allies { .. } | Self::Everywhere { .. }, Of::Ally) => Reach::Allies,
            (Self::Everywhere { .. }, Of::Other) => Reach::Platform,
            _ => Reach::Public,
        }
    }

    fn own(&self) -> Option<Uuid> {
        match self {
            Self::Home { association_id }
            | Self::Allies { association_id, .. }
            | Self::Everywhere { association_id, .. } => Some(*association_id),
            Self::Passer | Self::Visitor { .. } => None,
        }
    }

    fn allies(&self) -> &[Uuid] {
        match self {
            Self::Allies { allies, .. } | Self::Everywhere { allies, .. } => allies,
            Self::Home { .. } | Self::Passer | Self::Visitor { .. } => &[],
        }
    }
}

/// What an association is to who looks.
#[derive(Debug, Clone, Copy)]
enum Of {
    Own,
    Ally,
    Other,
}

/// The viewer before one segment of the index.
pub(crate) struct Sight {
    now: u32,
    /// By the places of the homes: the rank from which their notices are seen.
    ranks: Vec<u8>,
}

impl Sight {
    pub(crate) fn new(viewer: &Viewer, rows: &Rows) -> Sight {
        let eyes = &viewer.eyes;
        let (own, allies) = (eyes.own(), eyes.allies());
        let [of_own, of_ally, of_other] =
            [Of::Own, Of::Ally, Of::Other].map(|of| rank(eyes.nearest(of)));
        let rank = |home: &Home| match home.association_id {
            id if Some(id) == own => of_own,
            id if allies.contains(&id) => of_ally,
            _ => of_other,
        };
        Sight {
            ranks: rows.homes.iter().map(rank).collect(),
            now: u32::try_from(viewer.now.max(0)).unwrap_or(u32::MAX),
        }
    }

    pub(crate) fn sees(&self, row: Row) -> bool {
        row.expires_at > self.now && row.reach() >= self.ranks[row.home as usize]
    }
}

#[cfg(test)]
#[path = "viewer_tests.rs"]
mod tests;
