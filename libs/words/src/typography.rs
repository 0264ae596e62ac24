//! French typography: a no-break space before tall punctuation and inside « guillemets », the
//! curly apostrophe.

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
    set
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
    fn setting_twice_changes_nothing() {
        for text in ["Ça va ?", "« Oui » !", "l'eau, n° 7 ; fin", "a  b"] {
            assert_eq!(typeset(&typeset(text)), typeset(text));
        }
    }
}
