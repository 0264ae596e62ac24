//! The normalised discounted cumulative gain (Järvelin and Kekäläinen 2002), with the gains
//! 2^grade - 1 that have become usual.

use super::judged::as_float;
use std::collections::BTreeMap;

/// From 0 (nothing of use among the first `depth`) to 1 (none could be better).
pub(super) fn ndcg(grades: &BTreeMap<&'static str, u8>, found: &[String], depth: usize) -> f64 {
    let gains = found.iter().take(depth).map(|id| {
        let grade = grades.get(id.as_str()).copied();
        gain(grade.unwrap_or_default())
    });
    let mut best: Vec<u8> = grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = discounted(best.into_iter().take(depth).map(gain));
    assert!(ideal > 0.0, "a query that nothing answers");
    discounted(gains) / ideal
}

fn gain(grade: u8) -> f64 {
    f64::from((1_u8 << grade) - 1)
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    let places = gains.enumerate();
    places
        .map(|(at, gain)| gain / as_float(at + 2).log2())
        .sum()
}

#[test]
fn the_best_order_gains_one_and_any_other_less() {
    let grades = BTreeMap::from([("a", 3), ("b", 1), ("c", 0)]);
    let found = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let gain = |ids: &[&str]| ndcg(&grades, &found(ids), 10);
    assert!((gain(&["a", "b", "c"]) - 1.0).abs() < 1e-9);
    assert!(
        (gain(&["b", "a"]) - (1.0 + 7.0 / 3_f64.log2()) / (7.0 + 1.0 / 3_f64.log2())).abs() < 1e-9
    );
    assert!(gain(&["c", "x"]).abs() < 1e-9);
}
