//! From what was typed to the things that are sought.

use super::{Sought, Thing, Way};
use crate::analysis::{Analysis, Word, joined};
use crate::thesaurus::{Synonym, Thesaurus};

/// Of a query, so many characters and so many words are read; the rest is ignored.
const QUERY_CHARACTERS_MAX: usize = 200;
const QUERY_WORDS_MAX: usize = 8;

/// What people say around what they seek. It helps to find, and need not be found.
const AROUND: [&str; 62] = [
    "aide",
    "aider",
    "aides",
    "aidez",
    "aller",
    "amene",
    "amener",
    "autre",
    "autres",
    "avoir",
    "besoin",
    "bien",
    "bon",
    "bonjour",
    "bonne",
    "cherche",
    "chercher",
    "cherchons",
    "chose",
    "comment",
    "connait",
    "demande",
    "dispo",
    "disponible",
    "donne",
    "endroit",
    "etre",
    "fait",
    "faire",
    "faut",
    "haut",
    "haute",
    "marche",
    "merci",
    "mettre",
    "nouveau",
    "offre",
    "ou",
    "personne",
    "petit",
    "petite",
    "peut",
    "peux",
    "place",
    "plusieurs",
    "pourrait",
    "pouvoir",
    "propose",
    "qq",
    "qqun",
    "quelqu",
    "quelque",
    "recherche",
    "savoir",
    "sait",
    "svp",
    "tres",
    "trop",
    "trouver",
    "utiliser",
    "veux",
    "voudrais",
];

/// What is sought by a query. Stop words are left out, unless there is nothing else.
pub(crate) fn read(analysis: &Analysis, thesauri: &[&Thesaurus], typed: &str) -> Vec<Thing> {
    let typed: String = typed.chars().take(QUERY_CHARACTERS_MAX).collect();
    let all = analysis.words(&typed);
    let is_telling = all.iter().any(|word| !word.is_stop_word());
    let mut things = Vec::new();
    let mut at = 0;
    let mut read = 0;
    let last = all
        .iter()
        .rposition(|word| !is_telling || !word.is_stop_word());
    while at < all.len() && read < QUERY_WORDS_MAX {
        let rest = &all[at..];
        if is_telling && rest[0].is_stop_word() {
            at += 1;
            continue;
        }
        let (known, synonyms) = known(thesauri, rest);
        let length = known.max(joined(&typed, rest)).min(QUERY_WORDS_MAX - read);
        // « prêt-à-porter » is no « prêt ».
        let synonyms = if length == known {
            synonyms
        } else {
            Vec::new()
        };
        let words = &rest[..length];
        things.push(thing(
            analysis,
            &typed,
            words,
            synonyms,
            last.map(|last| last - at),
        ));
        at += length;
        read += length;
    }
    if !things.iter().any(|thing| thing.needed) {
        for thing in &mut things {
            thing.needed = true;
        }
    }
    things
}

/// The longest beginning of these words that has synonyms, and its synonyms.
fn known<'a>(thesauri: &[&'a Thesaurus], words: &[Word]) -> (usize, Vec<Synonym<'a>>) {
    let found = thesauri.iter().map(|thesaurus| thesaurus.look_up(words));
    let found: Vec<_> = found.collect();
    let length = found.iter().map(|(length, _)| *length).max().unwrap_or(0);
    let same = found.into_iter().filter(|(it, _)| *it == length);
    let synonyms = same.flat_map(|(_, synonyms)| synonyms);
    (length.max(1), synonyms.collect())
}

/// One thing. `last` is the place of the query's last word, from the first of these on.
fn thing(
    analysis: &Analysis,
    typed: &str,
    words: &[Word],
    synonyms: Vec<Synonym<'_>>,
    last: Option<usize>,
) -> Thing {
    let is_telling = words.iter().any(|word| !word.is_stop_word());
    let is_stop = |word: &&Word| is_telling && word.is_stop_word();
    let as_typed = words.iter().enumerate().filter(|(_, word)| !is_stop(word));
    let as_typed = as_typed.map(|(at, word)| {
        let mut sought = Sought::typed(word, last == Some(at));
        sought.with_accents(analysis.accented_stems(typed, word));
        sought
    });
    let mut ways = vec![Way {
        words: as_typed.collect(),
        weight: 1.0,
        is_led: false,
    }];
    if words.len() > 1
        && let Some(compound) = analysis.compound(typed, words)
    {
        ways.push(Way {
            words: vec![Sought::exactly(&compound)],
            weight: 1.0,
            is_led: false,
        });
    }
    ways.extend(synonyms.into_iter().map(|it| Way::synonym(it, 1.0)));
    let is_around = |word: &Word| AROUND.contains(&word.folded.as_str());
    Thing {
        ways,
        needed: !words.iter().all(is_around),
    }
}
