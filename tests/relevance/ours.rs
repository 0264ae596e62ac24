//! The platform's index, with all notices in one SEL.

use super::POOL;
use super::judged::{Judged, Written};
use search::{Change, Entry, Eyes, Index, Query, Viewer};
use sel::notice::Reach;
use std::collections::HashMap;
use uuid::Uuid;

pub(super) struct Engine {
    index: Index,
    viewer: Viewer,
    ids: HashMap<Uuid, String>,
}

impl Engine {
    pub(super) fn filled(judged: &Judged) -> Engine {
        let index = Index::in_memory().unwrap();
        let association_id = Uuid::from_u128(1);
        let viewer = Viewer {
            eyes: Eyes::Home { association_id },
            now: 0,
        };
        let notices = (1..).map(Uuid::from_u128).zip(&judged.notices);
        let entries = notices
            .clone()
            .map(|(id, written)| entry(association_id, id, written));
        index
            .apply(entries.map(|it| Change::Put(Box::new(it))).collect(), "1")
            .unwrap();
        let ids = notices.map(|(id, written)| (id, written.id.clone()));
        Engine {
            ids: ids.collect(),
            index,
            viewer,
        }
    }

    pub(super) fn find(&self, typed: &str) -> Vec<String> {
        let query = Query {
            words: typed,
            limit: POOL,
            ..Query::default()
        };
        let found = self.index.find(&self.viewer, &query).unwrap();
        let hits = found.hits.into_iter();
        hits.map(|hit| self.ids[&hit.notice_id].clone()).collect()
    }
}

/// All equally old: the words alone decide.
fn entry(association_id: Uuid, id: Uuid, written: &Written) -> Entry {
    Entry {
        association_id,
        notice_id: id,
        kind: written.kind.clone(),
        category: written.category.clone(),
        category_name: written.category_name().to_owned(),
        title: written.title.clone(),
        text: written.text.clone(),
        published_at: 0,
        expires_at: 1,
        urgent: false,
        gift: false,
        reach: Reach::Members,
        at: (0.0, 0.0),
    }
}
