//! What goes into the index, and under which names.

use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use uuid::Uuid;

use crate::analysis::{Analysis, Word};

/// A notice as the index knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub association_id: Uuid,
    pub notice_id: Uuid,
    /// `offer` or `want`.
    pub kind: String,
    /// The category's code, which it shares with those of other associations.
    pub category: String,
    pub category_name: String,
    pub title: String,
    pub text: String,
    /// Seconds since 1970.
    pub published_at: i64,
    /// From then on nobody finds it. Seconds since 1970.
    pub expires_at: i64,
    pub urgent: bool,
    /// Whether it may be shown to allies.
    pub shared: bool,
}

/// What happened to a notice. Applying a change twice is applying it once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The notice is visible and reads so; replaces what the index knew of it.
    Put(Box<Entry>),
    /// The notice is visible no longer.
    Remove {
        association_id: Uuid,
        notice_id: Uuid,
    },
}

impl Change {
    /// What the notice is deleted by, before it is written again.
    pub(crate) fn key(&self) -> [u8; 32] {
        let (association_id, notice_id) = match self {
            Self::Put(entry) => (entry.association_id, entry.notice_id),
            Self::Remove {
                association_id,
                notice_id,
            } => (*association_id, *notice_id),
        };
        let mut key = [0; 32];
        key[..16].copy_from_slice(association_id.as_bytes());
        key[16..].copy_from_slice(notice_id.as_bytes());
        key
    }
}

/// Names of the columns that the collector reads.
pub(crate) const KIND: &str = "kind";
pub(crate) const CATEGORY: &str = "category";
pub(crate) const PUBLISHED_AT: &str = "published_at";
pub(crate) const URGENT: &str = "urgent";
pub(crate) const ID_HIGH: &str = "id_high";
pub(crate) const ID_LOW: &str = "id_low";

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) key: Field,
    pub(crate) association: Field,
    pub(crate) title: Field,
    pub(crate) text: Field,
    pub(crate) title_stem: Field,
    pub(crate) text_stem: Field,
    pub(crate) category_stem: Field,
    pub(crate) title_folded: Field,
    /// The text's words and the category's.
    pub(crate) rest_folded: Field,
    /// Stop words stand apart, or « four » would be a typing mistake for every « pour ».
    pub(crate) stop_words: Field,
    pub(crate) shared: Field,
    kind: Field,
    category: Field,
    published_at: Field,
    pub(crate) expires_at: Field,
    urgent: Field,
    id_high: Field,
    id_low: Field,
}

impl Fields {
    /// `analysis` names the version of the analysis: an empty field carries it, so that an index
    /// analysed otherwise has another schema, with no second file to keep in step.
    pub(crate) fn new(analysis: &str) -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            key: schema.add_bytes_field("key", INDEXED),
            association: schema.add_bytes_field("association", INDEXED | STORED),
            shared: schema.add_bool_field("shared", INDEXED),
            title: schema.add_text_field("title", STORED),
            text: schema.add_text_field("text", STORED),
            title_stem: words_field(&mut schema, "title_stem"),
            text_stem: words_field(&mut schema, "text_stem"),
            category_stem: words_field(&mut schema, "category_stem"),
            title_folded: words_field(&mut schema, "title_folded"),
            rest_folded: words_field(&mut schema, "rest_folded"),
            stop_words: words_field(&mut schema, "stop_words"),
            kind: schema.add_text_field(KIND, FAST),
            category: schema.add_text_field(CATEGORY, FAST),
            published_at: schema.add_i64_field(PUBLISHED_AT, FAST),
            expires_at: schema.add_i64_field("expires_at", FAST),
            urgent: schema.add_bool_field(URGENT, FAST),
            id_high: schema.add_u64_field(ID_HIGH, FAST),
            id_low: schema.add_u64_field(ID_LOW, FAST),
        };
        schema.add_bool_field(analysis, FAST);
        (schema.build(), fields)
    }

    pub(crate) fn document(
        &self,
        analysis: &Analysis,
        key: &[u8],
        entry: &Entry,
    ) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_bytes(self.key, key);
        document.add_bytes(self.association, entry.association_id.as_bytes());
        document.add_text(self.title, &entry.title);
        document.add_text(self.text, &entry.text);
        self.add_words(&mut document, analysis, entry);
        document.add_text(self.kind, &entry.kind);
        document.add_text(self.category, &entry.category);
        document.add_bool(self.shared, entry.shared);
        document.add_i64(self.published_at, entry.published_at);
        document.add_i64(self.expires_at, entry.expires_at);
        document.add_bool(self.urgent, entry.urgent);
        let (id_high, id_low) = entry.notice_id.as_u64_pair();
        document.add_u64(self.id_high, id_high);
        document.add_u64(self.id_low, id_low);
        document
    }

    fn add_words(&self, document: &mut TantivyDocument, analysis: &Analysis, entry: &Entry) {
        let (title, mut stop_words) = sorted(analysis.words(&entry.title));
        let (mut rest, stops) = sorted(analysis.words(&entry.text));
        stop_words.extend(stops);
        document.add_pre_tokenized_text(self.title_stem, stems(&title));
        document.add_pre_tokenized_text(self.text_stem, stems(&rest));
        let (category, stops) = sorted(analysis.words(&entry.category_name));
        stop_words.extend(stops);
        document.add_pre_tokenized_text(self.category_stem, stems(&category));
        rest.extend(category);
        document.add_pre_tokenized_text(self.title_folded, folded(&title));
        document.add_pre_tokenized_text(self.rest_folded, folded(&rest));
        document.add_pre_tokenized_text(self.stop_words, folded(&stop_words));
    }
}

/// The telling words, and the stop words.
fn sorted(words: Vec<Word>) -> (Vec<Word>, Vec<Word>) {
    words.into_iter().partition(|word| !word.is_stop_word())
}

fn words_field(schema: &mut SchemaBuilder, name: &str) -> Field {
    // The words come already cut: the tokenizer that the schema wants to know is never asked.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::WithFreqs);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}

fn stems(words: &[Word]) -> PreTokenizedString {
    tokens(words.iter().flat_map(|word| &word.stems))
}

fn folded(words: &[Word]) -> PreTokenizedString {
    tokens(words.iter().map(|word| &word.folded))
}

fn tokens<'a>(words: impl Iterator<Item = &'a String>) -> PreTokenizedString {
    let token = |(position, word): (usize, &String)| Token {
        position,
        text: word.clone(),
        ..Token::default()
    };
    PreTokenizedString {
        text: String::new(),
        tokens: words.enumerate().map(token).collect(),
    }
}
