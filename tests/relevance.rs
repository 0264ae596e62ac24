//! How well notices are found: queries as people type them over the written notices, each result
//! graded by hand. The figure may rise; a test keeps it from falling.
//!
//! `relevance/queries.tsv` has what is typed and what is meant by it; `relevance/grades.tsv` what
//! answers it: 3 is what was meant, 2 serves as well, 1 is near it. What is not listed is 0.

mod gain;
mod judged;
mod ours;
mod rival;

use judged::{Judged, Query};
use std::collections::BTreeMap;

/// What has been reached: less is a step back.
const REACHED: f64 = 0.766;

/// How many results count: a page of them, as NDCG@10 is usual.
const DEPTH: usize = 10;
/// How many results of each engine are judged.
const POOL: usize = 20;

/// The mean over all queries, and over each sort of query.
#[derive(Debug, Default)]
struct Figure {
    sum: f64,
    sorts: BTreeMap<&'static str, (f64, usize)>,
    queries: usize,
}

impl Figure {
    fn add(&mut self, query: &Query, ndcg: f64) {
        self.sum += ndcg;
        self.queries += 1;
        let (sum, count) = self.sorts.entry(query.sort).or_default();
        *sum += ndcg;
        *count += 1;
    }

    fn mean(&self) -> f64 {
        self.sum / judged::as_float(self.queries)
    }

    fn mean_of(&self, sort: &str) -> f64 {
        let (sum, count) = self.sorts.get(sort).copied().unwrap_or_default();
        sum / judged::as_float(count)
    }
}

#[tokio::test]
async fn notices_are_found_as_well_as_they_were() {
    let judged = Judged::read();
    let ours = ours::Engine::filled(&judged);
    let rival = rival::Engine::filled(&judged).await;
    let (mut our_figure, mut their_figure) = (Figure::default(), Figure::default());
    let (mut unjudged, mut unjudged_first) = (0, 0);
    for query in &judged.queries {
        let (found, rivals) = (ours.find(query.typed), rival.find(query.typed).await);
        for notice in found.iter().chain(&rivals) {
            if !judged.is_judged(query, notice) {
                unjudged += 1;
                unjudged_first += usize::from(found.iter().take(DEPTH).any(|it| it == notice));
                println!("unjudged\t{}\t{notice}", query.id);
            }
        }
        let gain = |found: &[String]| gain::ndcg(judged.grades(query), found, DEPTH);
        let (our_gain, their_gain) = (gain(&found), gain(&rivals));
        println!(
            "query\t{}\t{our_gain:.3}\t{their_gain:.3}\t{}",
            query.id, query.typed
        );
        our_figure.add(query, our_gain);
        their_figure.add(query, their_gain);
    }
    println!(
        "NDCG@{DEPTH} of {} queries, ours and Postgres's:",
        judged.queries.len()
    );
    for sort in our_figure.sorts.keys() {
        let (our_mean, their_mean) = (our_figure.mean_of(sort), their_figure.mean_of(sort));
        println!("  {sort:<12} {our_mean:.3} {their_mean:.3}");
    }
    let (our_mean, their_mean) = (our_figure.mean(), their_figure.mean());
    println!(
        "  {:<12} {our_mean:.3} {their_mean:.3}  ({unjudged} results unjudged)",
        "all"
    );
    assert!(
        our_mean >= REACHED - 0.0005,
        "{our_mean:.3} is less than {REACHED}"
    );
    assert_eq!(
        unjudged_first, 0,
        "first results that nobody has judged, see above"
    );
}
