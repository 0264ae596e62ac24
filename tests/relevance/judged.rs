//! The judged set: what is typed, over which notices, and what answers it.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

const NOTICES: &str = include_str!("../../apps/saline/assets/notices.fr.csv");
const QUERIES: &str = include_str!("queries.tsv");
const GRADES: &str = include_str!("grades.tsv");

/// A notice as it was written down.
#[derive(Debug, Deserialize)]
pub(super) struct Written {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) category: String,
    pub(super) title: String,
    pub(super) text: String,
}

impl Written {
    pub(super) fn category_name(&self) -> &'static str {
        sel::rubric::rubric(&self.category).map_or("", |rubric| rubric.name)
    }
}

/// What somebody types.
#[derive(Debug)]
pub(super) struct Query {
    pub(super) id: &'static str,
    pub(super) typed: &'static str,
    /// What is hard about it: a typing mistake, a synonym.
    pub(super) sort: &'static str,
}

#[derive(Debug)]
pub(super) struct Judged {
    pub(super) notices: Vec<Written>,
    pub(super) queries: Vec<Query>,
    grades: HashMap<&'static str, BTreeMap<&'static str, u8>>,
}

impl Judged {
    pub(super) fn read() -> Judged {
        let mut rows = csv::Reader::from_reader(NOTICES.as_bytes());
        let notices = rows.deserialize().collect::<Result<_, _>>().unwrap();
        let mut grades: HashMap<_, BTreeMap<_, _>> = HashMap::new();
        for line in GRADES.lines().skip(1) {
            let [query, notice, grade] = columns(line);
            let grade = grade.parse().unwrap();
            assert!(grade <= 3, "{line}");
            let before = grades.entry(query).or_default().insert(notice, grade);
            assert_eq!(before, None, "judged twice: {line}");
        }
        let queries = QUERIES.lines().skip(1).map(|line| {
            let [id, typed, sort, _] = columns(line);
            Query { id, typed, sort }
        });
        Judged {
            notices,
            queries: queries.collect(),
            grades,
        }
    }

    pub(super) fn grades(&self, query: &Query) -> &BTreeMap<&'static str, u8> {
        &self.grades[query.id]
    }

    pub(super) fn is_judged(&self, query: &Query, notice: &str) -> bool {
        self.grades
            .get(query.id)
            .is_some_and(|grades| grades.contains_key(notice))
    }
}

fn columns<const N: usize>(line: &'static str) -> [&'static str; N] {
    let columns: Vec<_> = line.split('\t').collect();
    columns.try_into().unwrap()
}

pub(super) fn as_float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}
