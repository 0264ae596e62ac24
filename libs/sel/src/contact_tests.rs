use super::*;
use proptest::prelude::*;

fn assert_found(kind: Kind, cases: &[(&str, &str)]) {
    for (text, contact) in cases {
        let expected = Found {
            kind,
            text: (*contact).to_owned(),
        };
        assert_eq!(contacts_in(text), [expected], "{text}");
    }
}

#[test]
fn phone_numbers_are_found_in_every_usual_spelling() {
    assert_found(
        Kind::Phone,
        &[
            ("Appelez le 06 39 98 00 12 le soir", "06 39 98 00 12"),
            ("tel 06.39.98.00.12.", "06.39.98.00.12"),
            ("0639980012", "0639980012"),
            ("(06-39-98-00-12)", "06-39-98-00-12"),
            ("06/39/98/00/12 merci", "06/39/98/00/12"),
            ("06\u{a0}39\u{202f}98 00 12", "06\u{a0}39\u{202f}98 00 12"),
            ("06 - 39 - 98 - 00 - 12", "06 - 39 - 98 - 00 - 12"),
            ("0 6 3 9 9 8 0 0 1 2", "0 6 3 9 9 8 0 0 1 2"),
            ("0639 98 00 12 (Léa)", "0639 98 00 12"),
            ("06 39 980 012", "06 39 980 012"),
            ("n° 12 06 39 98 00 12", "06 39 98 00 12"),
            ("06 39 98 00 12 2 enfants", "06 39 98 00 12"),
            ("+33 6 39 98 00 12", "+33 6 39 98 00 12"),
            ("+33639980012, merci", "+33639980012"),
            ("+33 (0)6 39 98 00 12", "+33 (0)6 39 98 00 12"),
            ("0033 6 39 98 00 12", "0033 6 39 98 00 12"),
            ("+32 470 12 34 56", "+32 470 12 34 56"),
            ("+32 2 345 67 89", "+32 2 345 67 89"),
            ("0470/12.34.56 à Liège", "0470/12.34.56"),
            ("02 345 67 89 à Bruxelles", "02 345 67 89"),
            ("081 23 45 67 à Namur", "081 23 45 67"),
            ("02/3456789", "02/3456789"),
            ("079 123 45 67 à Lausanne", "079 123 45 67"),
            ("+41 79 123 45 67", "+41 79 123 45 67"),
            ("0041791234567", "0041791234567"),
            ("+352 621 123 456", "+352 621 123 456"),
            ("+262 692 12 34 56", "+262 692 12 34 56"),
            ("+44 20 7946 0958", "+44 20 7946 0958"),
        ],
    );
}

#[test]
fn e_mail_addresses_are_found_written_and_spelled() {
    assert_found(
        Kind::Email,
        &[
            ("écrire à claire@exemple.fr.", "claire@exemple.fr"),
            (
                "(Claire.Aubert+sel@mail.exemple.org)",
                "Claire.Aubert+sel@mail.exemple.org",
            ),
            ("claire @ exemple.fr", "claire @ exemple.fr"),
            ("claire (at) exemple.fr", "claire (at) exemple.fr"),
            ("claire[at]exemple[dot]fr", "claire[at]exemple[dot]fr"),
            (
                "claire ( arobase ) exemple.fr",
                "claire ( arobase ) exemple.fr",
            ),
            ("claire(a)exemple.fr", "claire(a)exemple.fr"),
            (
                "claire arobase exemple point fr",
                "claire arobase exemple point fr",
            ),
            (
                "Mon mail : claire AROBASE exemple.fr !",
                "claire AROBASE exemple.fr",
            ),
            (
                "claire point aubert arobase exemple point fr",
                "claire point aubert arobase exemple point fr",
            ),
            ("hélène_13@exemple.fr", "hélène_13@exemple.fr"),
            ("claire@exemple.fr 60 grains", "claire@exemple.fr"),
        ],
    );
}

#[test]
fn street_addresses_are_found() {
    assert_found(
        Kind::Address,
        &[
            ("RDV 12 rue des Lilas, au fond", "12 rue des Lilas"),
            ("12, rue des lilas", "12, rue des lilas"),
            (
                "3 bis avenue Jean Jaurès à Mars",
                "3 bis avenue Jean Jaurès",
            ),
            ("3bis, bd de la Libération", "3bis, bd de la Libération"),
            ("14 B Boulevard Chave", "14 B Boulevard Chave"),
            (
                "7 ter chemin du Vallon de l'Oriol",
                "7 ter chemin du Vallon",
            ),
            ("1 impasse Mireille", "1 impasse Mireille"),
            ("1 place Castellane", "1 place Castellane"),
            ("25 place jean jaurès", "25 place jean"),
            ("8 allée des Pins", "8 allée des Pins"),
            ("60 allées Léon-Gambetta", "60 allées Léon-Gambetta"),
            ("5 quai de l’Étoile", "5 quai de l’Étoile"),
            ("17 cours Julien", "17 cours Julien"),
            ("14 cours d’Estienne", "14 cours d’Estienne"),
            (
                "31 traverse de la Seigneurie",
                "31 traverse de la Seigneurie",
            ),
            ("1200 route de Gap", "1200 route de Gap"),
            ("2 square Stalingrad", "2 square Stalingrad"),
            ("9 montée des Accoules", "9 montée des Accoules"),
            ("10-12 rue du 8 mai 1945", "12 rue du 8 mai"),
            ("4 av. du Prado", "4 av. du Prado"),
            ("6 ch. des Oliviers", "6 ch. des Oliviers"),
            ("À 10 h, 12 RUE DE ROME", "12 RUE DE ROME"),
        ],
    );
}

#[test]
fn links_are_found_without_the_stop_after_them() {
    assert_found(
        Kind::Link,
        &[
            ("voir https://exemple.fr/a?b=1.", "https://exemple.fr/a?b=1"),
            ("(http://exemple.fr)", "http://exemple.fr"),
            ("WWW.exemple.fr, merci", "WWW.exemple.fr"),
            (
                "« https://exemple.fr/12-rue-des-lilas »",
                "https://exemple.fr/12-rue-des-lilas",
            ),
            (
                "https://exemple.fr/claire@exemple.fr",
                "https://exemple.fr/claire@exemple.fr",
            ),
        ],
    );
}

#[test]
fn a_very_long_text_is_read_in_a_moment() {
    for part in [
        " ",
        "a.",
        "1 ",
        "a@",
        "h 1",
        "(at)",
        "a point ",
        "+3",
        "12 RUE DE ",
    ] {
        let text = part.repeat(20_000);
        assert!(contacts_in(&text).len() <= 20_000);
    }
}

#[test]
fn several_contacts_come_in_the_order_of_the_text() {
    let text = "Claire, 12 rue des Lilas, 06 39 98 00 12 / 04 91 99 00 12\nclaire@exemple.fr";
    let kinds: Vec<_> = contacts_in(text)
        .into_iter()
        .map(|found| found.kind)
        .collect();
    assert_eq!(
        kinds,
        [Kind::Address, Kind::Phone, Kind::Phone, Kind::Email]
    );
}

#[test]
fn amounts_dates_hours_and_lessons_are_no_contacts() {
    let innocent = [
        "",
        "60 grains",
        "Confiture de figues 2026, 20 grains le pot",
        "Prête remorque 500 kg, prise 7 broches",
        "Retour vers 10 h 30, ou 9h-12h, ou 14:30",
        "12 rue",
        "12 rue ? Je ne sais plus",
        "le 06 12 2026 à 14 h 30",
        "le 01/02/2026 10 h 30",
        "le 01.02.2026 10 15",
        "du 05.06.2026-12.06.2026",
        "du 05/06/26-12/06/26",
        "le 05-06-2026",
        "RDV à 10 h 30 place Castellane",
        "RDV 10:30 rue de Rome",
        "3 cours d'espagnol, 5 cours de guitare",
        "2 cours par semaine, 10 cours gratuits",
        "1 place dans ma voiture, 2 places de cinéma",
        "1 place pour Marseille, 4 places assises",
        "J'habite à 2 rues de la gare, rue des Lilas",
        "1 rue plus loin",
        "un compte de 1 000 000 000 grains",
        "100 000 000 de graines",
        "+ 60 grains, - 20 grains",
        "ISBN 978-2-07-036822-8",
        "ISBN 0-306-40615-2",
        "code-barres 3017620422003",
        "référence 0612345678AB",
        "pi = 3.0612345678",
        "0,0612345678 %",
        "pot de 1,5 L à 2.50",
        "le signe arobase du clavier",
        "5 plants @ 10 grains",
        "un bon point pour toi",
        "taille 38/40, pointure 41-42",
        "wwwahou, c'est http:// le début",
        "le 06 39 98 00 1",
        "des 10 20 30 40 50",
        "Chambre au 2e étage, 3 ch avec lit",
        "6 cours\nRue des Lilas",
    ];
    for text in innocent {
        assert_eq!(contacts_in(text), [], "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_found_stands_in_the_text(text in "\\PC{0,60}") {
        for found in contacts_in(&text) {
            prop_assert!(!found.text.is_empty() && text.contains(&found.text));
        }
    }

    #[test]
    fn an_amount_of_up_to_six_digits_is_never_a_contact(
        amount in 0_u32..1_000_000,
        unit in "(grains|kg|km|h|€|ans|personnes|m²)",
    ) {
        prop_assert_eq!(contacts_in(&format!("environ {amount} {unit}")), []);
    }

    #[test]
    fn a_french_number_is_found_whatever_stands_between_its_pairs(
        pairs in prop::collection::vec(0_u8..100, 4),
        first in 1_u8..10,
        sign in "( |\\.|-|\u{a0}|\u{202f}||/)",
    ) {
        let rest: Vec<_> = pairs.iter().map(|pair| format!("{pair:02}")).collect();
        let number = format!("0{first}{sign}{}", rest.join(&sign));
        let found = contacts_in(&format!("Tel : {number}, le soir"));
        prop_assert_eq!(found, [Found { kind: Kind::Phone, text: number }]);
    }
}
