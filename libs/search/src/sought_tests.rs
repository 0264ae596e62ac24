use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::*;
use crate::analysis::Analysis;
use crate::highlight::Why;
use crate::thesaurus::Thesaurus;

fn read_with(synonyms: &str, typed: &str) -> Vec<Thing> {
    let analysis = Analysis::new();
    let thesaurus = Thesaurus::new(&analysis, [synonyms].into_iter());
    read(&analysis, &[&thesaurus], typed)
}

/// The first word of everything that is sought.
fn sought(typed: &str) -> Vec<Sought> {
    let things = read_with("", typed).into_iter();
    things.map(|thing| thing.ways[0].words[0].clone()).collect()
}

fn words(typed: &str) -> Vec<String> {
    let sought = sought(typed).into_iter();
    sought.map(|it| it.folded().to_owned()).collect()
}

/// The ways of saying each thing.
fn ways(synonyms: &str, typed: &str) -> Vec<Vec<String>> {
    let say = |way: Way| -> String {
        let words: Vec<&str> = way.words.iter().map(Sought::folded).collect();
        words.join(" ")
    };
    let things = read_with(synonyms, typed).into_iter();
    things
        .map(|thing| thing.ways.into_iter().map(say).collect())
        .collect()
}

#[test]
fn stop_words_are_left_out_unless_there_is_nothing_else() {
    assert_eq!(words("le tri de la cave"), ["tri", "cave"]);
    assert_eq!(words("où est le"), ["ou", "est", "le"]);
    assert_eq!(ways("", "est-ce"), [vec!["est ce", "estce"]]);
}

#[test]
fn eight_words_are_read_and_the_ninth_is_not() {
    assert_eq!(
        words("un deux trois quatre cinq six sept huit neuf").len(),
        8
    );
    assert_eq!(words("bal bol bel col cal sol sel mur").len(), 8);
    assert_eq!(words("bal bol bel col cal sol sel mur vis").len(), 8);
}

#[test]
fn two_hundred_characters_are_read_and_no_more() {
    let on_it = format!("{}vis", " ".repeat(197));
    assert_eq!(words(&on_it), ["vis"]);
    let past_it = format!("{}vis", " ".repeat(198));
    assert_eq!(words(&past_it), ["vi"]);
}

#[test]
fn the_last_word_stands_for_longer_ones_from_two_letters_on_and_any_from_five() {
    let prefixes = |typed| -> Vec<bool> {
        let sought = sought(typed).into_iter();
        sought.map(|it| it.prefix).collect()
    };
    assert_eq!(prefixes("x"), [false]);
    assert_eq!(prefixes("vi"), [true]);
    assert_eq!(prefixes("vis mur"), [false, true]);
    assert_eq!(prefixes("cave mur"), [false, true]);
    assert_eq!(prefixes("caves mur"), [true, true]);
    assert_eq!(prefixes("mur de la"), [true]);
}

#[test]
fn a_mistake_is_forgiven_from_four_letters_on_two_from_eight_and_none_in_a_number() {
    let forgiven = |typed: &str| sought(typed)[0].mistakes;
    assert_eq!(forgiven("vis"), 0);
    assert_eq!(forgiven("cave"), 1);
    assert_eq!(forgiven("tondeus"), 1);
    assert_eq!(forgiven("tondeuse"), 2);
    assert_eq!(forgiven("20242025"), 0);
}

#[test]
fn words_joined_by_a_hyphen_or_known_together_are_one_thing() {
    assert_eq!(
        ways("", "porte-bébé bleu"),
        [vec!["porte bebe", "portebebe"], vec!["bleu"]]
    );
    assert_eq!(ways("", "porte bébé"), [vec!["porte"], vec!["bebe"]]);
    assert_eq!(
        ways("prêt, emprunter", "prêt-à-porter"),
        [vec!["pret porter", "pretaporter"]]
    );
    let known = "baby-sitting, garde d'enfants";
    assert_eq!(
        ways(known, "baby sitting le soir"),
        [
            vec!["baby sitting", "babysitting", "garde enfants"],
            vec!["soir"]
        ]
    );
    assert_eq!(
        ways(known, "gardes d’enfant"),
        [vec!["gardes enfant", "gardesenfant", "baby sitting"]]
    );
}

#[test]
fn a_synonym_weighs_less_than_the_word_and_is_taken_as_it_stands() {
    let things = read_with("vélo, bicyclette", "vélo");
    let [way, other] = things[0].ways.as_slice() else {
        panic!("{things:?}");
    };
    assert!(way.weight > other.weight);
    assert!(way.words[0].prefix && !other.words[0].prefix);
    assert_eq!(other.words[0].mistakes, 0);
}

/// Whatever people, machines and cats type: any text, operators, letters of other scripts,
/// pictures, control characters, 10 kB of it.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => ".{0,60}",
        4 => "[a-zA-Zàâçéèêëîïôûùüÿœæ’' -]{0,60}",
        2 => "[a-zé0-9\"()*~:+^\\[\\]{}|&!?/\\\\<>=%$#@., -]{0,60}",
        1 => "[\u{600}-\u{6ff}\u{4e00}-\u{4eff}\u{1f300}-\u{1f64f}\u{200b}-\u{200f} ]{0,40}",
        1 => "[\u{0}-\u{1f}a-z\u{300}-\u{310}\u{7f}-\u{9f}]{0,40}",
        1 => ("[a-zé'’ -]{1,20}", 1_usize..500).prop_map(|(part, times)| part.repeat(times)),
    ]
}

static EVERYDAY: LazyLock<(Arc<Analysis>, Thesaurus)> = LazyLock::new(|| {
    let analysis = Analysis::new();
    let thesaurus = Thesaurus::everyday(&analysis);
    (Arc::new(analysis), thesaurus)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    #[test]
    fn whatever_is_typed_is_read_within_bounds_and_shown_as_it_is(typed in anything()) {
        let (analysis, thesaurus) = &*EVERYDAY;
        let things = read(analysis, &[thesaurus], &typed);
        let words: usize = things.iter().map(Thing::length).sum();
        prop_assert!(words <= 8);
        prop_assert!(things.is_empty() || things.iter().any(|thing| thing.needed));
        for way in things.iter().flat_map(|thing| &thing.ways) {
            prop_assert!(!way.words.is_empty());
            prop_assert!(way.words.iter().all(|word| !word.folded().is_empty()));
        }
        let shown: String = typed.chars().take(300).collect();
        let why = Why::new(Arc::clone(analysis), things);
        let pieces = why.read(&shown).whole().into_iter();
        prop_assert_eq!(pieces.map(|piece| piece.text).collect::<String>(), shown);
    }
}
