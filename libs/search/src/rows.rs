//! What is asked of every notice that matches, row by row in memory: columns of the engine,
//! each a call away, cost more than all the rest of a search. 16 bytes a notice, so that four of
//! them come with one line of the processor's cache.

use std::collections::HashMap;

use sel::notice::Reach;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};
use uuid::Uuid;

use crate::bits::Bits;
use crate::fields::{
    ASSOCIATION_HIGH, ASSOCIATION_LOW, CATEGORY, EXPIRES_AT, GIFT, ID_HIGH, ID_LOW, KIND, LATITUDE,
    LONGITUDE, PUBLISHED_AT, REACH, URGENT, rank,
};

/// So many rows are fetched at a time: memory answers them together.
const FETCHED: usize = 64;

const REACH_BITS: u8 = 0b11;
const _: () = assert!(
    Reach::Public as u8 == REACH_BITS,
    "two bits hold every reach"
);
const URGENT_BIT: u8 = 0b100;
const GIFT_BIT: u8 = 0b1000;

/// What is known of a notice without reading it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Row {
    /// Seconds since 1970.
    pub(crate) published_at: u32,
    pub(crate) expires_at: u32,
    /// The places of its home, its kind and its category in the lists of the segment.
    pub(crate) home: u32,
    pub(crate) category: u16,
    pub(crate) kind: u8,
    marks: u8,
}

impl Row {
    /// How far it goes, as the index writes it.
    pub(crate) fn reach(self) -> u8 {
        self.marks & REACH_BITS
    }

    pub(crate) fn is_urgent(self) -> bool {
        self.marks & URGENT_BIT != 0
    }

    pub(crate) fn is_gift(self) -> bool {
        self.marks & GIFT_BIT != 0
    }
}

/// An association, and where it is: latitude and longitude as [`written`](crate::place::written)
/// has them. One that moved has two until all its notices are written again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Home {
    pub(crate) association_id: Uuid,
    pub(crate) at: (i32, i32),
}

/// The notices of a segment.
pub(crate) struct Rows {
    rows: Vec<Row>,
    /// When the newest was published.
    pub(crate) newest: u32,
    pub(crate) homes: Vec<Home>,
    pub(crate) kinds: Vec<String>,
    pub(crate) categories: Vec<String>,
    ids: (Column<u64>, Column<u64>),
    /// What goes to all SELs at least, and what goes to everybody.
    pub(crate) platform: Bits,
    pub(crate) public: Bits,
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
        let mut homes = Homes::default();
        let marks = |doc| {
            let mark = |column: &Column<bool>, bit| {
                if column.first(doc).unwrap_or_default() {
                    bit
                } else {
                    0
                }
            };
            let reach: u8 = small(reach.first(doc));
            reach.min(REACH_BITS) | mark(&urgent, URGENT_BIT) | mark(&gift, GIFT_BIT)
        };
        let row = |doc| Row {
            published_at: seconds(&published_at, doc),
            expires_at: seconds(&expires_at, doc),
            home: homes.place(Home {
                association_id: id(&whose, doc),
                at: (small(latitude.first(doc)), small(longitude.first(doc))),
            }),
            category: small(label(categories.as_ref(), doc)),
            kind: small(label(kinds.as_ref(), doc)),
            marks: marks(doc),
        };
        let rows: Vec<Row> = (0..segment.max_doc()).map(row).collect();
        let going = |reach| {
            let mut bits = Bits::none(0..segment.max_doc());
            let docs = (0..)
                .zip(&rows)
                .filter(|(_, row)| row.reach() >= rank(reach));
            docs.for_each(|(doc, _)| bits.insert(doc));
            bits
        };
        Ok(Rows {
            platform: going(Reach::Platform),
            public: going(Reach::Public),
            newest: rows.iter().map(|row| row.published_at).max().unwrap_or(0),
            rows,
            homes: homes.all,
            kinds: names(kinds.as_ref())?,
            categories: names(categories.as_ref())?,
            ids: (columns.u64(ID_HIGH)?, columns.u64(ID_LOW)?),
        })
    }

    pub(crate) fn row(&self, doc: DocId) -> Row {
        self.rows[doc as usize]
    }

    /// Gives the rows of documents, fetched many at a time.
    pub(crate) fn each(
        &self,
        docs: impl IntoIterator<Item = DocId>,
        mut give: impl FnMut(DocId, Row),
    ) {
        let mut docs = docs.into_iter();
        let (mut some, mut rows) = ([0; FETCHED], [Row::default(); FETCHED]);
        loop {
            let mut count = 0;
            for (place, doc) in some.iter_mut().zip(&mut docs) {
                *place = doc;
                count += 1;
            }
            for (row, doc) in rows.iter_mut().zip(&some[..count]) {
                *row = self.row(*doc);
            }
            for (doc, row) in some[..count].iter().zip(&rows) {
                give(*doc, *row);
            }
            if count < FETCHED {
                return;
            }
        }
    }

    pub(crate) fn notice_id(&self, doc: DocId) -> Uuid {
        id(&self.ids, doc)
    }

    pub(crate) fn association_id(&self, doc: DocId) -> Uuid {
        self.homes[self.row(doc).home as usize].association_id
    }
}

/// Homes, each once.
#[derive(Default)]
struct Homes {
    all: Vec<Home>,
    known: HashMap<Home, u32>,
}

impl Homes {
    fn place(&mut self, home: Home) -> u32 {
        *self.known.entry(home).or_insert_with(|| {
            self.all.push(home);
            small(Some(self.all.len() - 1))
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
