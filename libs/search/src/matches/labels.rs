//! Which label a notice has, and how many have each.

use tantivy::DocId;
use tantivy::columnar::StrColumn;

use super::Counts;

/// A column of labels: kinds or categories.
pub(super) struct Labels {
    column: Option<StrColumn>,
    wanted: Wanted,
    /// By the label's place in the segment's dictionary.
    counts: Vec<usize>,
}

enum Wanted {
    All,
    /// The label's place in the segment's dictionary, if the segment knows it.
    One(Option<u64>),
}

impl Labels {
    pub(super) fn new(column: Option<StrColumn>, wanted: Option<&str>) -> tantivy::Result<Self> {
        let wanted = match (wanted, &column) {
            (None, _) => Wanted::All,
            (Some(_), None) => Wanted::One(None),
            (Some(label), Some(column)) => Wanted::One(column.dictionary().term_ord(label)?),
        };
        let labels = column.as_ref().map_or(0, |column| column.num_terms());
        Ok(Self {
            column,
            wanted,
            counts: vec![0; labels],
        })
    }

    fn label(&self, doc: DocId) -> Option<u64> {
        self.column.as_ref()?.ords().first(doc)
    }

    pub(super) fn fits(&self, doc: DocId) -> bool {
        match self.wanted {
            Wanted::All => true,
            Wanted::One(label) => label.is_some() && label == self.label(doc),
        }
    }

    pub(super) fn count(&mut self, doc: DocId) {
        let place = self
            .label(doc)
            .and_then(|label| usize::try_from(label).ok());
        if let Some(count) = place.and_then(|place| self.counts.get_mut(place)) {
            *count += 1;
        }
    }

    pub(super) fn counts(self) -> tantivy::Result<Counts> {
        let Some(column) = self.column else {
            return Ok(Vec::new());
        };
        let counts = (0..).zip(self.counts).filter(|(_, count)| *count > 0);
        let named = counts.map(|(label, count)| {
            let mut text = String::new();
            column.ord_to_str(label, &mut text)?;
            Ok((text, count))
        });
        named.collect()
    }
}
