//! What goes into the index, and under which names.

use sel::notice::Reach;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};
use uuid::Uuid;

use crate::analysis::{Analysis, Word};
use crate::place::written;

/// A notice as the index knows it.
#[derive(Debug, Clone, PartialEq)]
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
    /// Whether nothing is asked for it.
    pub gift: bool,
    /// How far its author and its association let it go, the nearer of the two.
    pub reach: Reach,
    /// Where its association is: latitude and longitude, in degrees.
    pub at: (f64, f64),
}

/// What happened to a notice. Applying a change twice is applying it once.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The notice is visible and reads so; replaces what the index knew of it.
    Put(Box<Entry>),
    /// The notice is visible no longer.
    Remove {
        association_id: Uuid,
        notice_id: Uuid,
    },
    /// Nothing of the association is visible any longer.
    Empty { association_id: Uuid },
}

/// What the notice is deleted by, before it is written again.
pub(crate) fn key(association_id: Uuid, notice_id: Uuid) -> [u8; 32] {
    let mut key = [0; 32];
    key[..16].copy_from_slice(association_id.as_bytes());
    key[16..].copy_from_slice(notice_id.as_bytes());
    key
}

/// A reach as the index writes it: the farther the greater.
pub(crate) fn rank(reach: Reach) -> u8 {
    reach as u8
}

/// Names of the columns.
pub(crate) const KIND: &str = "kind";
pub(crate) const CATEGORY: &str = "category";
pub(crate) const PUBLISHED_AT: &str = "published_at";
pub(crate) const EXPIRES_AT: &str = "expires_at";
pub(crate) const URGENT: &str = "urgent";
pub(crate) const GIFT: &str = "gift";
pub(crate) const REACH: &str = "reach";
pub(crate) const LATITUDE: &str = "latitude";
pub(crate) const LONGITUDE: &str = "longitude";
pub(crate) const ID_HIGH: &str = "id_high";
pub(crate) const ID_LOW: &str = "id_low";
pub(crate) const ASSOCIATION_HIGH: &str = "association_high";
pub(crate) const ASSOCIATION_LOW: &str = "association_low";

/// The fields of the index. Texts are not kept in it: whoever shows a notice reads it where it
/// stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    pub(crate) key: Field,
    pub(crate) association: Field,
    pub(crate) title_stem: Field,
    pub(crate) text_stem: Field,
    pub(crate) category_stem: Field,
    pub(crate) title_folded: Field,
    /// The text's words and the category's.
    pub(crate) rest_folded: Field,
    /// Stop words stand apart, or « four » would be a typing mistake for every « pour ».
    pub(crate) stop_words: Field,
    kind: Field,
    category: Field,
    published_at: Field,
    expires_at: Field,
    urgent: Field,
    gift: Field,
    reach: Field,
    latitude: Field,
    longitude: Field,
    id_high: Field,
    id_low: Field,
    association_high: Field,
    association_low: Field,
}

impl Fields {
    /// `analysis` names the version of the analysis: an empty field carries it, so that an index
    /// analysed otherwise has another schema, with no second file to keep in step.
    pub(crate) fn new(analysis: &str) -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            key: schema.add_bytes_field("key", INDEXED),
            association: schema.add_bytes_field("association", INDEXED),
            title_stem: words_field(&mut schema, "title_stem"),
            text_stem: words_field(&mut schema, "text_stem"),
            category_stem: words_field(&mut schema, "category_stem"),
            title_folded: words_field(&mut schema, "title_folded"),
            rest_folded: words_field(&mut schema, "rest_folded"),
            stop_words: words_field(&mut schema, "stop_words"),
            kind: schema.add_text_field(KIND, FAST),
            category: schema.add_text_field(CATEGORY, FAST),
            published_at: schema.add_i64_field(PUBLISHED_AT, FAST),
            expires_at: schema.add_i64_field(EXPIRES_AT, FAST),
            urgent: schema.add_bool_field(URGENT, FAST),
            gift: schema.add_bool_field(GIFT, FAST),
            reach: schema.add_u64_field(REACH, FAST),
            latitude: schema.add_i64_field(LATITUDE, FAST),
            longitude: schema.add_i64_field(LONGITUDE, FAST),
            id_high: schema.add_u64_field(ID_HIGH, FAST),
            id_low: schema.add_u64_field(ID_LOW, FAST),
            association_high: schema.add_u64_field(ASSOCIATION_HIGH, FAST),
            association_low: schema.add_u64_field(ASSOCIATION_LOW, FAST),
        };
        schema.add_bool_field(analysis, FAST);
        (schema.build(), fields)
    }

    pub(crate) fn document(&self, analysis: &Analysis, entry: &Entry) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_bytes(self.key, &key(entry.association_id, entry.notice_id));
        document.add_bytes(self.association, entry.association_id.as_bytes());
        self.add_words(&mut document, analysis, entry);
        document.add_text(self.kind, &entry.kind);
        document.add_text(self.category, &entry.category);
        document.add_i64(self.published_at, entry.published_at);
        document.add_i64(self.expires_at, entry.expires_at);
        document.add_bool(self.urgent, entry.urgent);
        document.add_bool(self.gift, entry.gift);
        document.add_u64(self.reach, rank(entry.reach).into());
        let (latitude, longitude) = written(entry.at);
        document.add_i64(self.latitude, latitude);
        document.add_i64(self.longitude, longitude);
        let (high, low) = entry.notice_id.as_u64_pair();
        document.add_u64(self.id_high, high);
        document.add_u64(self.id_low, low);
        let (high, low) = entry.association_id.as_u64_pair();
        document.add_u64(self.association_high, high);
        document.add_u64(self.association_low, low);
        document
    }

    fn add_words(&self, document: &mut TantivyDocument, analysis: &Analysis, entry: &Entry) {
        let (title, mut stop_words) = sorted(analysis, &entry.title);
        let (mut rest, stops) = sorted(analysis, &entry.text);
        stop_words.extend(stops);
        document.add_pre_tokenized_text(self.title_stem, stems(&title));
        document.add_pre_tokenized_text(self.text_stem, stems(&rest));
        let (category, stops) = sorted(analysis, &entry.category_name);
        stop_words.extend(stops);
        document.add_pre_tokenized_text(self.category_stem, stems(&category));
        rest.extend(category);
        document.add_pre_tokenized_text(self.title_folded, folded(&title));
        document.add_pre_tokenized_text(self.rest_folded, folded(&rest));
        document.add_pre_tokenized_text(self.stop_words, folded(&stop_words));
    }
}

/// The telling words, those that hyphens make included, and the stop words.
fn sorted(analysis: &Analysis, text: &str) -> (Vec<Word>, Vec<Word>) {
    let words = analysis.words(text);
    let compounds = analysis.compounds(text, &words);
    words
        .into_iter()
        .chain(compounds)
        .partition(|word| !word.is_stop_word())
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
