//! The 25 rubrics that a SEL starts with; it may rename, hide, reorder and add to them. The code
//! is what stays: imports, exports and exchanges between SELs go by it.

use crate::folded::folded;

/// A rubric of the catalogue and its parts, each part a line of choice below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rubric {
    /// Two digits, "01" to "25".
    pub code: &'static str,
    pub name: &'static str,
    pub name_en: &'static str,
    /// In order: the first has the code ".01". What fits none of them is ".99".
    pub parts: &'static [&'static str],
}

/// The last part of every rubric, and what follows the rubric's code in its own.
pub const OTHER_PART: &str = "Autres";
const OTHER_PART_CODE: u8 = 99;

impl Rubric {
    /// Every part with its code, "01.01" and so on; the last is "01.99", Autres.
    pub fn coded_parts(&self) -> impl Iterator<Item = (String, &'static str)> {
        let code = self.code;
        let numbered = (1..OTHER_PART_CODE).zip(self.parts.iter().copied());
        numbered
            .chain([(OTHER_PART_CODE, OTHER_PART)])
            .map(move |(number, name)| (format!("{code}.{number:02}"), name))
    }

    /// The code of the part with this name, whatever its capitals, accents and apostrophes; a
    /// remark in brackets after the name is passed over. The code of Autres if none has it.
    pub fn part_code(&self, name: &str) -> String {
        let name = folded(name);
        let is_meant = |part: &str| {
            let part = folded(part);
            name == part
                || name
                    .strip_prefix(&part)
                    .is_some_and(|rest| rest.starts_with(" ("))
        };
        self.coded_parts()
            .find(|(_, part)| is_meant(part))
            .map_or_else(
                || format!("{}.{OTHER_PART_CODE}", self.code),
                |(code, _)| code,
            )
    }
}

/// The rubric with this code, if it is one of the 25.
pub fn rubric(code: &str) -> Option<&'static Rubric> {
    RUBRICS.iter().find(|rubric| rubric.code == code)
}

macro_rules! rubrics {
    ($($code:literal $name:literal / $name_en:literal: $($part:literal),+;)+) => {
        [$(Rubric { code: $code, name: $name, name_en: $name_en, parts: &[$($part),+] }),+]
    };
}

pub const RUBRICS: [Rubric; 25] = rubrics! {
    "01" "Jardin et plantes" / "Garden and plants":
        "Graines, plants, boutures", "Petit entretien, tonte, taille",
        "Arrosage pendant les absences", "Gros travaux, bois, débroussaillage",
        "Outils de jardin (prêt)", "Compost, conseils, permaculture";
    "02" "Maison : bricolage et travaux" / "Home: repairs and works":
        "Petit bricolage, montage de meubles", "Électricité (petite)", "Plomberie (petite)",
        "Peinture, papiers peints", "Sols, carrelage", "Menuiserie", "Maçonnerie",
        "Décoration, aménagement", "Outillage (prêt)";
    "03" "Ménage et aide à la maison" / "Cleaning and help at home":
        "Ménage, vitres", "Repassage", "Rangement, tri", "Courses", "Préparation de repas";
    "04" "Véhicules et vélos" / "Vehicles and bicycles":
        "Vélos : réparation", "Automobile : petit entretien", "Motos",
        "Remorques, coffres, porte-vélos (prêt)";
    "05" "Transports et déménagements" / "Transport and moving":
        "Covoiturage régulier/local", "Longues distances", "Gare, aéroport, médecin",
        "Manutention, déménagement", "Transport d’objets";
    "06" "Alimentation et cuisine" / "Food and cooking":
        "Fruits, légumes du jardin", "Confitures, conserves, miel", "Pain, pâtisserie",
        "Cuisines du monde, cours de cuisine", "Buffets, repas", "Ustensiles (prêt)";
    "07" "Vêtements, couture, textile" / "Clothes, sewing, textiles":
        "Vêtements enfants", "Femmes", "Hommes", "Chaussures, accessoires",
        "Retouches, ourlets", "Couture", "Tricot, crochet, broderie";
    "08" "Beauté et bien-être" / "Beauty and well-being":
        "Coiffure", "Soins esthétiques, maquillage", "Manucure", "Relaxation, détente";
    "09" "Enfants et famille" / "Children and family":
        "Garde ponctuelle", "Sorties d’école", "Jeux, contes", "Puériculture (prêt, dons)",
        "Goûters, anniversaires";
    "10" "Aide et présence aux personnes" / "Help and company for people":
        "Visites, compagnie", "Lecture", "Accompagnement",
        "Aide aux personnes âgées ou handicapées";
    "11" "Démarches, écriture, administration" / "Forms, writing, paperwork":
        "Courriers, rédaction, relecture", "Dossiers, impôts : explications",
        "CV, recherche d’emploi", "Comptabilité associative", "Traduction";
    "12" "Cours et savoirs" / "Lessons and knowledge":
        "Soutien scolaire", "Mathématiques, sciences", "Français, FLE",
        "Langues européennes latines / autres", "Langues d’Asie, d’Afrique", "Alphabétisation";
    "13" "Informatique, internet, téléphonie" / "Computers, internet, telephones":
        "Dépannage ordinateur", "Initiation, tablettes, smartphone", "Bureautique",
        "Logiciels libres", "Sites internet", "Démarches en ligne", "TV, hi-fi, réglages";
    "14" "Photo, vidéo, son" / "Photography, video, sound":
        "Photo", "Vidéo, montage", "Numérisation", "Sonorisation, matériel";
    "15" "Arts et musique" / "Arts and music":
        "Instruments, chant", "Dessin, peinture", "Sculpture, modelage", "Théâtre, spectacle",
        "Écriture";
    "16" "Artisanat et loisirs créatifs" / "Crafts and creative hobbies":
        "Bois, vannerie", "Papier, carton", "Terre", "Verre, métal",
        "Bijoux, mosaïque, scrapbooking";
    "17" "Sports, danse, nature" / "Sports, dance, nature":
        "Randonnée, promenades", "Yoga, gymnastique", "Danses",
        "Sports collectifs / individuels", "Matériel (prêt)";
    "18" "Jeux, culture, sorties" / "Games, culture, outings":
        "Jeux de société, cartes", "Livres, lecture, BD", "Cinéma, concerts, musées",
        "Jeux vidéo", "Vacances";
    "19" "Animaux" / "Animals":
        "Garde pendant les absences", "Promenade", "Soins, conseils", "Matériel, aliments";
    "20" "Gardiennage et services de voisinage" / "House-sitting and neighbourly help":
        "Courrier, clés", "Présence, surveillance", "Plantes d’intérieur";
    "21" "Fêtes et événements" / "Parties and events":
        "Organisation, animation", "Vaisselle, tables, barnum (prêt)", "Salle, terrain";
    "22" "Hébergement et séjours" / "Lodging and stays":
        "Chambre, canapé, tente", "Échange de maison", "Route des SEL";
    "23" "Objets à céder" / "Things to give away":
        "Meubles", "Électroménager", "Vaisselle", "Luminaires, décoration", "Matériaux",
        "Livres, disques", "Informatique", "Divers";
    "24" "Prêt d’objets et d’outils" / "Things and tools to lend":
        "Outils", "Remorque", "Électroménager", "Camping", "Matériel médical", "Divers";
    "25" "Vie du SEL" / "Life of the SEL":
        "Tâches de gestion (catalogue, compta, bulletin)", "Ateliers collectifs", "BLE",
        "Transport vers les réunions";
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_run_from_01_to_25() {
        for (number, rubric) in (1..).zip(&RUBRICS) {
            assert_eq!(rubric.code, format!("{number:02}"));
        }
    }

    #[test]
    fn names_begin_with_a_capital_and_have_no_typewriter_apostrophe() {
        for rubric in &RUBRICS {
            for name in rubric.parts.iter().chain([&rubric.name, &rubric.name_en]) {
                assert!(name.starts_with(char::is_uppercase), "{name}");
                assert!(!name.contains('\'') && name.trim() == *name, "{name}");
            }
        }
    }

    #[test]
    fn no_name_comes_twice_among_rubrics_nor_in_one_rubric() {
        let mut names: Vec<_> = RUBRICS.iter().map(|rubric| rubric.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RUBRICS.len());
        for rubric in &RUBRICS {
            let mut parts = rubric.parts.to_vec();
            parts.push(OTHER_PART);
            parts.sort_unstable();
            parts.dedup();
            assert_eq!(parts.len(), rubric.parts.len() + 1, "{}", rubric.name);
        }
    }

    #[test]
    fn parts_are_counted_from_01_and_end_with_99() {
        let animals = rubric("19").unwrap();
        let codes: Vec<_> = animals.coded_parts().collect();
        assert_eq!(codes[0], ("19.01".to_owned(), "Garde pendant les absences"));
        assert_eq!(codes[3], ("19.04".to_owned(), "Matériel, aliments"));
        assert_eq!(codes[4], ("19.99".to_owned(), "Autres"));
        assert_eq!(codes.len(), 5);
    }

    #[test]
    fn a_part_is_known_by_its_name_however_it_is_typed() {
        assert_eq!(
            rubric("05").unwrap().part_code("transport d'objets"),
            "05.05"
        );
        assert_eq!(
            rubric("01").unwrap().part_code("OUTILS DE JARDIN (PRET)"),
            "01.05"
        );
        let relaxation = "relaxation, détente (règle du SEL)";
        assert_eq!(rubric("08").unwrap().part_code(relaxation), "08.04");
    }

    #[test]
    fn an_unknown_part_is_one_of_the_others() {
        assert_eq!(rubric("05").unwrap().part_code(""), "05.99");
        assert_eq!(rubric("05").unwrap().part_code("montgolfière"), "05.99");
        assert_eq!(rubric("07").unwrap().part_code("couturelle"), "07.99");
    }

    #[test]
    fn an_unknown_code_is_no_rubric() {
        assert_eq!(rubric("25").map(|rubric| rubric.name), Some("Vie du SEL"));
        for code in ["", "0", "00", "1", "26"] {
            assert_eq!(rubric(code), None);
        }
    }
}
