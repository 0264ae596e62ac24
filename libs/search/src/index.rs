//! The index itself: opened, changed, emptied.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::Schema;
use tantivy::{
    IndexReader, IndexWriter, ReloadPolicy, Searcher, SegmentReader, TantivyError, Term,
};

use crate::analysis::Analysis;
use crate::evaluate::Terms;
use crate::fields::{Change, Entry, Fields, key};
use crate::find::share::Turns;
use crate::rows::Rows;
use crate::thesaurus::Thesaurus;

/// Changes whenever `analysis` cuts or stems otherwise: older indexes are then built anew.
const ANALYSIS: &str = "analysis_5";

/// What the writer keeps in memory before it writes a segment, in bytes.
const WRITER_HEAP: usize = 20_000_000;

/// The index failed; whoever asked may ask again, and an index that stays broken may be emptied.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the search index failed: {0}")]
    Index(#[from] TantivyError),
    #[error("the directory of the search index failed: {0}")]
    Directory(#[from] io::Error),
}

/// One state of the index: the engine's searcher, and the rows of its segments.
pub(crate) struct Shown {
    pub(crate) searcher: Searcher,
    pub(crate) rows: Vec<Arc<Rows>>,
    pub(crate) terms: Terms,
}

impl Shown {
    /// The rows of segments that were shown before are taken from there.
    fn of(searcher: Searcher, before: Option<&Shown>) -> tantivy::Result<Shown> {
        let known = |id| {
            let before = before?;
            let segments = before.searcher.segment_readers().iter();
            let place = segments
                .map(SegmentReader::segment_id)
                .position(|it| it == id);
            place.map(|place| Arc::clone(&before.rows[place]))
        };
        let segments = searcher.segment_readers().iter();
        let rows = segments.map(|segment| match known(segment.segment_id()) {
            Some(rows) => Ok(rows),
            None => Rows::read(segment).map(Arc::new),
        });
        Ok(Shown {
            rows: rows.collect::<tantivy::Result<_>>()?,
            searcher,
            terms: Terms::default(),
        })
    }
}

/// The search index of this process. It blocks.
pub struct Index {
    engine: tantivy::Index,
    /// None after a failure: the unfinished changes are dropped with the writer that held them.
    writer: Mutex<Option<IndexWriter>>,
    reader: IndexReader,
    shown: RwLock<Arc<Shown>>,
    pub(crate) turns: Turns,
    pub(crate) fields: Fields,
    pub(crate) analysis: Arc<Analysis>,
    pub(crate) thesaurus: Thesaurus,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index of a directory of its own, made where missing. An index of another schema
    /// or analysis, or a damaged one, gives way to an empty one, without a cursor.
    ///
    /// Errors: the directory is out of reach, or another writer has it open.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        Self::open_analysed(directory, ANALYSIS)
    }

    fn open_analysed(directory: &Path, analysis: &str) -> Result<Self, Error> {
        fs::create_dir_all(directory)?;
        let (schema, fields) = Fields::new(analysis);
        if let Some(engine) = sound(directory, &schema) {
            return Self::start(engine, fields);
        }
        empty(directory)?;
        Self::start(tantivy::Index::create_in_dir(directory, schema)?, fields)
    }

    /// An index that is forgotten with the value.
    pub fn in_memory() -> Result<Self, Error> {
        let (schema, fields) = Fields::new(ANALYSIS);
        Self::start(tantivy::Index::create_in_ram(schema), fields)
    }

    fn start(engine: tantivy::Index, fields: Fields) -> Result<Self, Error> {
        let writer = Mutex::new(Some(new_writer(&engine)?));
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        let analysis = Analysis::new();
        let shown = Shown::of(reader.searcher(), None)?;
        Ok(Self {
            engine,
            writer,
            shown: RwLock::new(Arc::new(shown)),
            turns: Turns::default(),
            reader,
            fields,
            thesaurus: Thesaurus::everyday(&analysis),
            analysis: Arc::new(analysis),
        })
    }

    /// The cursor of the last commit; none in an empty index.
    pub fn cursor(&self) -> Result<Option<String>, Error> {
        Ok(self.engine.load_metas()?.payload)
    }

    /// Changes the index and its cursor in one commit, and shows it to whoever searches next.
    ///
    /// Errors: nothing is changed then, unless showing the commit is what failed.
    pub fn apply(&self, changes: Vec<Change>, cursor: &str) -> Result<(), Error> {
        self.write(|writer| {
            self.change(writer, changes)?;
            let mut commit = writer.prepare_commit()?;
            commit.set_payload(cursor);
            commit.commit()?;
            Ok(())
        })?;
        self.show()
    }

    /// When the newest notice was published, in seconds since 1970; 0 in an empty index.
    pub fn newest(&self) -> i64 {
        let shown = self.shown();
        let newest = shown.rows.iter().map(|rows| i64::from(rows.newest)).max();
        newest.unwrap_or(0)
    }

    /// What whoever searches now sees.
    pub(crate) fn shown(&self) -> Arc<Shown> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shown)
    }

    /// Shows what was committed to whoever searches next.
    fn show(&self) -> Result<(), Error> {
        self.reader.reload()?;
        let known = self.shown();
        let next = Arc::new(Shown::of(self.reader.searcher(), Some(&known))?);
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(())
    }

    /// Empties the index and its cursor, as of the next [`apply`](Self::apply): until then it
    /// shows what it showed.
    pub fn begin_anew(&self) -> Result<(), Error> {
        self.write(|writer| {
            // What an attempt before had added and never committed is forgotten too.
            writer.rollback()?;
            writer.delete_all_documents().map(drop)
        })
    }

    /// Changes the index as of the next [`apply`](Self::apply). Staging a change twice is staging
    /// it once.
    pub fn stage(&self, changes: Vec<Change>) -> Result<(), Error> {
        self.write(|writer| self.change(writer, changes))
    }

    /// Adds entries to an index that was begun anew, each once, as of the next
    /// [`apply`](Self::apply). Memory stays bounded however many there are.
    ///
    /// Errors: what was added is gone then.
    pub fn add(&self, entries: Vec<Entry>) -> Result<(), Error> {
        self.write(|writer| {
            for entry in entries {
                writer.add_document(self.fields.document(&self.analysis, &entry))?;
            }
            Ok(())
        })
    }

    fn change(&self, writer: &IndexWriter, changes: Vec<Change>) -> tantivy::Result<()> {
        let delete = |association_id, notice_id| {
            let key = key(association_id, notice_id);
            writer.delete_term(Term::from_field_bytes(self.fields.key, &key));
        };
        for change in changes {
            match change {
                Change::Put(entry) => {
                    delete(entry.association_id, entry.notice_id);
                    writer.add_document(self.fields.document(&self.analysis, &entry))?;
                }
                Change::Remove {
                    association_id,
                    notice_id,
                } => delete(association_id, notice_id),
                Change::Empty { association_id } => {
                    let id = association_id.as_bytes();
                    writer.delete_term(Term::from_field_bytes(self.fields.association, id));
                }
            }
        }
        Ok(())
    }

    /// Lends the writer; whoever fails with it loses it, and what it had staged.
    fn write(
        &self,
        work: impl FnOnce(&mut IndexWriter) -> tantivy::Result<()>,
    ) -> Result<(), Error> {
        let mut place = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = match place.take() {
            Some(writer) => writer,
            None => new_writer(&self.engine)?,
        };
        work(&mut writer)?;
        *place = Some(writer);
        Ok(())
    }
}

fn new_writer(engine: &tantivy::Index) -> tantivy::Result<IndexWriter> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(WRITER_HEAP)
        .build();
    let writer = engine.writer_with_options(options)?;
    // What a writer that was killed had written and never committed: the next one numbers its
    // files alike, and would fail on them for ever.
    writer.garbage_collect_files().wait()?;
    Ok(writer)
}

/// The index of a directory, if there is one, it is of this schema, and its files are whole.
fn sound(directory: &Path, schema: &Schema) -> Option<tantivy::Index> {
    let engine = tantivy::Index::open_in_dir(directory).ok()?;
    let same = engine.schema() == *schema;
    let whole = same
        && engine
            .validate_checksum()
            .is_ok_and(|damaged| damaged.is_empty());
    (whole && engine.reader().is_ok()).then_some(engine)
}

/// Deletes an index's files, and nothing else should the directory hold any. Under the writer's
/// lock: an index in use is not deleted.
fn empty(directory: &Path) -> Result<(), Error> {
    let lock = MmapDirectory::open(directory)
        .map_err(TantivyError::from)?
        .acquire_lock(&INDEX_WRITER_LOCK)
        .map_err(|error| TantivyError::LockFailure(error, None))?;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let segment = name.split('.').next().unwrap_or_default();
        let is_segment = segment.len() == 32 && segment.chars().all(|c| c.is_ascii_hexdigit());
        if is_segment || name == "meta.json" || name == ".managed.json" {
            fs::remove_file(entry.path())?;
        }
    }
    drop(lock);
    Ok(())
}

#[cfg(test)]
#[path = "index_tests.rs"]
mod tests;
