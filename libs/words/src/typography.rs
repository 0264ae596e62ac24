//! French typography: a no-break space before tall punctuation and inside « guillemets », the
//! curly apostrophe; and what "de" and "que" become before the word that follows, since sentences
//! name people, places and units that are known only when they are said.

/// Nouns whose h is not heard, by their beginning: "des heures", "d’heures", but "de haricots". A
/// name with an h is taken to have none that is heard: "d’Hélène".
const SILENT: [&str; 8] = [
    "heure", "herbe", "habit", "histoire", "huile", "homme", "hôt", "huître",
];

/// Sets a French text. Setting it twice changes nothing.
pub fn typeset(text: &str) -> String {
    let mut set = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            ' ' => match rest.peek() {
                Some(':' | ';' | '?' | '!' | '»' | '%' | '€') => set.push('\u{a0}'),
                _ if set.ends_with('«') || set.ends_with("n°") => set.push('\u{a0}'),
                _ => set.push(' '),
            },
            '\'' if set.chars().next_back().is_some_and(char::is_alphabetic) => set.push('’'),
            letter => set.push(letter),
        }
    }
    joined(&set)
}

/// "de Odette" is said "d’Odette", "de Le Mans" "du Mans", "de SEL 13" "du SEL 13", "que Ana"
/// "qu’Ana". A mark between the
/// two words (`<b>`) stays where it is.
fn joined(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(' ') {
        said.push_str(before);
        rest = join(&mut said, after);
    }
    said.push_str(rest);
    said
}

/// Joins what is said so far to what follows, a space apart or not. Gives what is left to say.
fn join<'a>(said: &mut String, after: &'a str) -> &'a str {
    let word = last_word(said).to_lowercase();
    let next = without_marks(after);
    if matches!(word.as_str(), "de" | "que") && begins_with_a_vowel(next) {
        said.pop();
        said.push('’');
        return after;
    }
    let merged = match (word.as_str(), next) {
        ("de", next) if next.starts_with("Le ") => Some(("du", 3)),
        ("de", next) if next.starts_with("Les ") => Some(("des", 4)),
        ("à", next) if next.starts_with("Le ") => Some(("au", 3)),
        ("à", next) if next.starts_with("Les ") => Some(("aux", 4)),
        ("de", next) if next.starts_with("SEL ") => Some(("du", 0)),
        ("à", next) if next.starts_with("SEL ") => Some(("au", 0)),
        _ => None,
    };
    match merged {
        Some((article, length)) if next.len() == after.len() => {
            said.truncate(said.len() - word.len());
            said.push_str(article);
            said.push(' ');
            &after[length..]
        }
        _ => {
            said.push(' ');
            after
        }
    }
}

fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|letter: char| !letter.is_alphabetic() && letter != '’')
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    &text[start..]
}

fn without_marks(mut text: &str) -> &str {
    while let Some(inside) = text.strip_prefix('<') {
        match inside.split_once('>') {
            Some((_, after)) => text = after,
            None => return text,
        }
    }
    text
}

fn begins_with_a_vowel(text: &str) -> bool {
    let mut letters = text.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else {
        return false;
    };
    let vowel = |letter: char| "aeiouàâäéèêëîïôöùûüœæ".contains(letter.to_ascii_lowercase());
    let lower = first.to_lowercase().next().unwrap_or(first);
    match lower {
        'h' => {
            let is_name = first == 'H' && second.is_some_and(char::is_lowercase);
            is_name || SILENT.iter().any(|start| text.starts_with(start))
        }
        // « d’Yvette », « de Yasmine ».
        'y' => second.is_some_and(|letter| letter.is_alphabetic() && !vowel(letter)),
        // « de onze », « que oui ».
        'o' => !["onze", "oui"].iter().any(|word| text.starts_with(word)),
        letter => vowel(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::typeset;

    #[test]
    fn tall_punctuation_keeps_to_its_word() {
        assert_eq!(typeset("Est-ce bien cela ?"), "Est-ce bien cela\u{a0}?");
        assert_eq!(
            typeset("« Rosiers » : oui"),
            "«\u{a0}Rosiers\u{a0}»\u{a0}: oui"
        );
        assert_eq!(typeset("le n° 12, l'heure"), "le n°\u{a0}12, l’heure");
        assert_eq!(typeset("10:30 et http://x"), "10:30 et http://x");
    }

    #[test]
    fn de_and_que_give_way_to_a_vowel() {
        for (written, said) in [
            ("près de Aubagne", "près d’Aubagne"),
            ("Les droits de Odette", "Les droits d’Odette"),
            ("Combien de écus ?", "Combien d’écus\u{a0}?"),
            ("Combien de heures ?", "Combien d’heures\u{a0}?"),
            ("parce que Ana Ruiz a écrit", "parce qu’Ana Ruiz a écrit"),
            ("de Hélène et de Yvette", "d’Hélène et d’Yvette"),
            (
                "en échange de <b>un pull</b>",
                "en échange d’<b>un pull</b>",
            ),
            ("De Émile", "D’Émile"),
            (
                "de Jean, de haricots, de onze",
                "de Jean, de haricots, de onze",
            ),
            ("de Yasmine, de 60 grains", "de Yasmine, de 60 grains"),
            (
                "un code à deux, une mode en or",
                "un code à deux, une mode en or",
            ),
            ("km de Les Sables-d'Olonne", "km des Sables-d’Olonne"),
            ("près de Le Mans, à Le Mans", "près du Mans, au Mans"),
            (
                "ceux de SEL de Mars, à SEL 13",
                "ceux du SEL de Mars, au SEL 13",
            ),
            ("à Les Angles", "aux Angles"),
        ] {
            assert_eq!(typeset(written), said);
        }
    }

    #[test]
    fn setting_twice_changes_nothing() {
        for text in [
            "Ça va ?",
            "« Oui » !",
            "l'eau, n° 7 ; fin",
            "a  b",
            "près de Aubagne, de Le Mans",
        ] {
            assert_eq!(typeset(&typeset(text)), typeset(text));
        }
    }
}
