//! Who looks, how far, and what they may see. This is the one place where that is decided:
//! row-level security does not reach into the index.

use std::collections::HashSet;

use sel::notice::Reach;
use tantivy::columnar::Column;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{BooleanQuery, ConstScoreQuery, Query, TermSetQuery};
use tantivy::{DocId, SegmentReader, Term};
use uuid::Uuid;

use crate::fields::{ASSOCIATION_HIGH, ASSOCIATION_LOW, EXPIRES_AT, Fields, REACH, rank};

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
    fn within(&self) -> Option<Vec<Uuid>> {
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

/// What the viewer may see, as a query that weighs nothing.
pub(crate) fn visible(fields: &Fields, viewer: &Viewer) -> Box<dyn Query> {
    let sees: Box<dyn Query> = Box::new(DocPredicateQuery::from(FunctionPredicate::from({
        let viewer = viewer.clone();
        move |segment: &SegmentReader| {
            let sight = Sight::new(&viewer, segment)?;
            Ok(move |doc: DocId| sight.sees(doc))
        }
    })));
    let query = match viewer.eyes.within() {
        None => sees,
        Some(within) => {
            let term = |id: &Uuid| Term::from_field_bytes(fields.association, id.as_bytes());
            let theirs = TermSetQuery::new(within.iter().map(term));
            Box::new(BooleanQuery::intersection(vec![Box::new(theirs), sees]))
        }
    };
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// The viewer before one segment of the index.
struct Sight {
    now: i64,
    own: Option<(u64, u64)>,
    allies: HashSet<(u64, u64)>,
    /// The ranks from which one's own, an ally's and another's notice are seen.
    ranks: [u64; 3],
    expires_at: Column<i64>,
    reach: Column<u64>,
    association_high: Column<u64>,
    association_low: Column<u64>,
}

impl Sight {
    fn new(viewer: &Viewer, segment: &SegmentReader) -> tantivy::Result<Sight> {
        let columns = segment.fast_fields();
        let eyes = &viewer.eyes;
        Ok(Sight {
            now: viewer.now,
            own: eyes.own().map(|id| id.as_u64_pair()),
            allies: eyes.allies().iter().map(Uuid::as_u64_pair).collect(),
            ranks: [Of::Own, Of::Ally, Of::Other].map(|of| rank(eyes.nearest(of))),
            expires_at: columns.i64(EXPIRES_AT)?,
            reach: columns.u64(REACH)?,
            association_high: columns.u64(ASSOCIATION_HIGH)?,
            association_low: columns.u64(ASSOCIATION_LOW)?,
        })
    }

    fn sees(&self, doc: DocId) -> bool {
        self.expires_at.first(doc).is_some_and(|at| at > self.now) && self.may_see(doc)
    }

    fn may_see(&self, doc: DocId) -> bool {
        let Some(reach) = self.reach.first(doc) else {
            return false;
        };
        let [own, ally, other] = self.ranks;
        // Whose it is costs more to learn than how far it goes.
        if reach >= other {
            return true;
        }
        let whose = self
            .association_high
            .first(doc)
            .zip(self.association_low.first(doc));
        let is_own = whose.is_some() && whose == self.own;
        if is_own {
            return reach >= own;
        }
        reach >= ally && whose.is_some_and(|whose| self.allies.contains(&whose))
    }
}
