//! Who looks, how far, and what they may see. This is the one place where that is decided:
//! row-level security does not reach into the index.

use sel::notice::Reach;
use tantivy::DocId;
use uuid::Uuid;

use crate::fields::rank;
use crate::rows::Rows;

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
    /// All that is looked at belongs to these; none where that would be a long list.
    pub(crate) fn within(&self) -> Option<Vec<Uuid>> {
        match self {
            Self::Home { association_id } | Self::Visitor { association_id } => {
                Some(vec![*association_id])
            }
            Self::Allies {
                association_id,
                allies,
            } => Some(allies.iter().copied().chain([*association_id]).collect()),
            Self::Everywhere { .. } | Self::Passer => None,
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
pub(crate) struct Sight<'a> {
    rows: &'a Rows,
    now: u32,
    /// By the places of the associations: the rank from which their notices are seen.
    ranks: Vec<u8>,
}

impl<'a> Sight<'a> {
    pub(crate) fn new(viewer: &Viewer, rows: &'a Rows) -> Sight<'a> {
        let eyes = &viewer.eyes;
        let (own, allies) = (eyes.own(), eyes.allies());
        let [of_own, of_ally, of_other] =
            [Of::Own, Of::Ally, Of::Other].map(|of| rank(eyes.nearest(of)));
        let rank = |id: &Uuid| match id {
            id if Some(*id) == own => of_own,
            id if allies.contains(id) => of_ally,
            _ => of_other,
        };
        Sight {
            ranks: rows.associations.iter().map(rank).collect(),
            now: u32::try_from(viewer.now.max(0)).unwrap_or(u32::MAX),
            rows,
        }
    }

    pub(crate) fn sees(&self, doc: DocId) -> bool {
        let row = self.rows.row(doc);
        row.expires_at > self.now && row.reach >= self.ranks[row.association as usize]
    }
}

#[cfg(test)]
#[path = "viewer_tests.rs"]
mod tests;
