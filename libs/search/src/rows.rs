//! What is asked of every notice that matches, row by row in memory: eight columns of the engine,
//! each a call away, cost more than all the rest of a search. 28 bytes a notice.

use std::collections::HashMap;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};
use uuid::Uuid;

use crate::fields::{
    ASSOCIATION_HIGH, ASSOCIATION_LOW, CATEGORY, EXPIRES_AT, GIFT, ID_HIGH, ID_LOW, KIND, LATITUDE,
    LONGITUDE, PUBLISHED_AT, REACH, URGENT,
};

/// What is known of a notice without reading it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    /// Seconds since 1970.
    pub(crate) published_at: u32,
    pub(crate) expires_at: u32,
    /// As [`written`](crate::place::written) has them.
    pub(crate) latitude: i32,
    pub(crate) longitude: i32,
    /// The places of its association, its kind and its category in the lists of the segment.
    pub(crate) association: u32,
    pub(crate) category: u16,
    pub(crate) kind: u8,
    pub(crate) reach: u8,
    pub(crate) urgent: bool,
    pub(crate) gift: bool,
}

/// The notices of a segment.
pub(crate) struct Rows {
    rows: Vec<Row>,
    /// When the newest was published.
    pub(crate) newest: u32,
    pub(crate) associations: Vec<Uuid>,
    pub(crate) kinds: Vec<String>,
    pub(crate) categories: Vec<String>,
    ids: (Column<u64>, Column<u64>),
}

impl Rows {
    pub(crate) fn read(segment: &SegmentReader) -> tantivy::Result<Rows> {
        let columns = segment.fast_fields();
        let (published_at, expires_at) = (columns.i64(PUBLISHED_AT)?, columns.i64(EXPIRES_AT)?);
        let (latitude, longitude) = (columns.i64(LATITUDE)?, columns.i64(LONGITUDE)?);
        let whose = (
            columns.u64(ASSOCIATION_HIGH)?,
            columns.u64(ASSOCIATION_LOW)?,
        );
        let (urgent, gift) = (columns.bool(URGENT)?, columns.bool(GIFT)?);
        let reach = columns.u64(REACH)?;
        let (kinds, categories) = (columns.str(KIND)?, columns.str(CATEGORY)?);
        let mut associations = Places::default();
        let row = |doc| Row {
            published_at: seconds(&published_at, doc),
            expires_at: seconds(&expires_at, doc),
            latitude: small(latitude.first(doc)),
            longitude: small(longitude.first(doc)),
            association: associations.place(id(&whose, doc)),
            category: small(label(categories.as_ref(), doc)),
            kind: small(label(kinds.as_ref(), doc)),
            reach: small(reach.first(doc)),
            urgent: urgent.first(doc).unwrap_or_default(),
            gift: gift.first(doc).unwrap_or_default(),
        };
        let rows: Vec<Row> = (0..segment.max_doc()).map(row).collect();
        Ok(Rows {
            newest: rows.iter().map(|row| row.published_at).max().unwrap_or(0),
            rows,
            associations: associations.ids,
            kinds: names(kinds.as_ref())?,
            categories: names(categories.as_ref())?,
            ids: (columns.u64(ID_HIGH)?, columns.u64(ID_LOW)?),
        })
    }

    pub(crate) fn row(&self, doc: DocId) -> &Row {
        &self.rows[doc as usize]
    }

    pub(crate) fn notice_id(&self, doc: DocId) -> Uuid {
        id(&self.ids, doc)
    }

    pub(crate) fn association_id(&self, doc: DocId) -> Uuid {
        self.associations[self.row(doc).association as usize]
    }
}

/// Ids, each once.
#[derive(Default)]
struct Places {
    ids: Vec<Uuid>,
    known: HashMap<Uuid, u32>,
}

impl Places {
    fn place(&mut self, id: Uuid) -> u32 {
        *self.known.entry(id).or_insert_with(|| {
            self.ids.push(id);
            small(Some(self.ids.len() - 1))
        })
    }
}

fn id((high, low): &(Column<u64>, Column<u64>), doc: DocId) -> Uuid {
    let part = |column: &Column<u64>| column.first(doc).unwrap_or_default();
    Uuid::from_u64_pair(part(high), part(low))
}

fn label(column: Option<&StrColumn>, doc: DocId) -> Option<u64> {
    column.and_then(|column| column.ords().first(doc))
}

fn names(column: Option<&StrColumn>) -> tantivy::Result<Vec<String>> {
    let Some(column) = column else {
        return Ok(Vec::new());
    };
    let labels = 0..u64::try_from(column.num_terms()).unwrap_or_default();
    let name = |label| {
        let mut text = String::new();
        column.ord_to_str(label, &mut text)?;
        Ok(text)
    };
    labels.map(name).collect()
}

fn seconds(column: &Column<i64>, doc: DocId) -> u32 {
    let seconds = column.first(doc).unwrap_or_default();
    u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)
}

/// A number that is small by its nature; none is 0.
fn small<N, S: TryFrom<N> + Default>(number: Option<N>) -> S {
    let small = number.and_then(|number| S::try_from(number).ok());
    small.unwrap_or_default()
}
