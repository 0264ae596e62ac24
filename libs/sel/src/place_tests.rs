use super::*;
use proptest::prelude::*;

fn place(geoname_id: u32, name: &str, population: u32) -> Place {
    Place {
        country: "FR".to_owned(),
        name: name.to_owned(),
        latitude: 43.5,
        longitude: 5.4,
        population,
        admin1: "93".to_owned(),
        geoname_id,
    }
}

fn gazetteer() -> Gazetteer {
    let names = [
        ("Aix", 900),
        ("Aix-en-Provence", 146_821),
        ("Aix-les-Bains", 31_100),
        ("Saint-Étienne", 176_280),
        ("Saint-Étienne-du-Grès", 2_400),
        ("Sainte-Foy-la-Grande", 2_500),
        ("Strasbourg", 274_845),
        ("L'Isle-sur-la-Sorgue", 19_500),
        ("Mars", 571),
        ("Marseille", 877_215),
        ("Marseille 13e Arrondissement", 93_000),
        ("Cinq-Mars-la-Pile", 3_500),
        ("Biel/Bienne", 48_614),
        ("Œuilly", 600),
        ("Sankt Gallen", 75_833),
        ("Roche", 800),
        ("Roche", 1_500),
        ("Roche-la-Molière et Roche", 9_900),
    ];
    (1..)
        .zip(names)
        .map(|(id, (name, people))| place(id, name, people))
        .collect()
}

fn found(typed: &str) -> Vec<String> {
    gazetteer()
        .find(typed, 10)
        .into_iter()
        .map(|place| place.name.clone())
        .collect()
}

#[test]
fn an_exact_name_comes_before_longer_and_larger_ones() {
    let expected = [
        "Mars",
        "Marseille",
        "Marseille 13e Arrondissement",
        "Cinq-Mars-la-Pile",
    ];
    assert_eq!(found("mars"), expected);
}

#[test]
fn beginnings_are_sorted_by_population() {
    assert_eq!(found("ai"), ["Aix-en-Provence", "Aix-les-Bains", "Aix"]);
}

#[test]
fn words_inside_a_name_are_found() {
    assert_eq!(found("provence"), ["Aix-en-Provence"]);
    assert_eq!(found("sur la so"), ["L'Isle-sur-la-Sorgue"]);
    assert_eq!(found("bienne"), ["Biel/Bienne"]);
    assert_eq!(found("rovence"), [""; 0]);
}

#[test]
fn accents_capitals_hyphens_and_apostrophes_do_not_matter() {
    assert_eq!(found("SAINT ETIENNE DU GRES"), ["Saint-Étienne-du-Grès"]);
    assert_eq!(found("l’isle sur"), ["L'Isle-sur-la-Sorgue"]);
    assert_eq!(found("oeuilly"), ["Œuilly"]);
    assert_eq!(found(" aix   en-provence "), ["Aix-en-Provence"]);
}

#[test]
fn saint_and_sainte_may_be_abbreviated() {
    assert_eq!(
        found("st etienne"),
        ["Saint-Étienne", "Saint-Étienne-du-Grès"]
    );
    assert_eq!(found("St. Étienne du"), ["Saint-Étienne-du-Grès"]);
    assert_eq!(found("ste-foy"), ["Sainte-Foy-la-Grande"]);
    assert_eq!(found("St. Gallen"), ["Sankt Gallen"]);
    assert_eq!(found("sankt g"), ["Sankt Gallen"]);
}

#[test]
fn a_town_is_found_by_its_french_name_and_by_its_own() {
    let gazetteer: Gazetteer = [place(2_660_646, "Geneva", 201_741)].into_iter().collect();
    for typed in ["geneve", "Geneva"] {
        assert_eq!(gazetteer.find(typed, 5)[0].name, "Genève");
    }
    assert_eq!(gazetteer.get(2_660_646).unwrap().name, "Genève");
}

#[test]
fn a_word_cut_at_st_may_still_become_another() {
    assert_eq!(
        found("st"),
        [
            "Strasbourg",
            "Saint-Étienne",
            "Sankt Gallen",
            "Sainte-Foy-la-Grande",
            "Saint-Étienne-du-Grès"
        ]
    );
}

#[test]
fn two_places_of_one_name_are_both_found_the_larger_first() {
    let gazetteer = gazetteer();
    let people: Vec<_> = gazetteer
        .find("roche", 3)
        .iter()
        .map(|place| place.population)
        .collect();
    assert_eq!(people, [1_500, 800, 9_900]);
}

#[test]
fn nothing_typed_finds_nothing() {
    for typed in ["", "  ", "'-", "./"] {
        assert_eq!(found(typed), [""; 0]);
    }
}

#[test]
fn no_more_than_the_limit_are_found() {
    let gazetteer = gazetteer();
    assert_eq!(gazetteer.find("aix", 0).len(), 0);
    assert_eq!(gazetteer.find("aix", 2).len(), 2);
    assert_eq!(gazetteer.find("aix", 4).len(), 3);
}

#[test]
fn a_place_is_had_by_its_number() {
    let gazetteer = gazetteer();
    assert_eq!(gazetteer.get(10).unwrap().name, "Marseille");
    assert_eq!(gazetteer.get(999), None);
    assert_eq!(gazetteer.len(), 18);
    assert!(Gazetteer::default().is_empty());
}

#[test]
fn a_mistyped_name_is_nearly_one() {
    let nearly = |typed: &str| -> Vec<String> {
        let gazetteer = gazetteer();
        let found = gazetteer.nearly(typed, 10).into_iter();
        found.map(|place| place.name.clone()).collect()
    };
    assert_eq!(nearly("marseile"), ["Marseille"]);
    assert_eq!(nearly("Strazbuorg"), ["Strasbourg"]);
    assert_eq!(nearly("st etiene"), ["Saint-Étienne"]);
    assert_eq!(nearly("Mras"), ["Mars"]);
    assert_eq!(nearly("Mrsa"), [""; 0]);
    assert_eq!(nearly("13001"), [""; 0]);
    assert_eq!(nearly("ax"), [""; 0]);
}

#[test]
fn the_nearest_town_is_one_of_so_many_people() {
    let gazetteer = gazetteer();
    let nearest = |people| gazetteer.nearest((43.5, 5.4), people);
    assert!(nearest(800_000).is_some_and(|it| it.name == "Marseille"));
    assert!(nearest(1_000_000).is_none());
}

#[test]
fn distances_are_those_of_the_map() {
    let (marseille, paris) = ((43.296_95, 5.381_07), (48.853_41, 2.348_8));
    assert!((distance_km(marseille, paris) - 660.5).abs() < 1.0);
    assert!((distance_km((0.0, 0.0), (0.0, 180.0)) - 20_015.1).abs() < 0.1);
    assert!((distance_km((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.1);
    assert!(distance_km(marseille, marseille) < 1e-9);
}

proptest! {
    #[test]
    fn a_distance_is_the_same_both_ways(
        a in (-90.0..90.0, -180.0..180.0),
        b in (-90.0..90.0, -180.0..180.0),
    ) {
        let (there, back) = (distance_km(a, b), distance_km(b, a));
        prop_assert!((there - back).abs() < 1e-6 && (0.0..20_016.0).contains(&there));
    }

    #[test]
    fn any_beginning_of_a_name_finds_it(cut in 1_usize..14) {
        let typed: String = "Saint-Étienne".chars().take(cut).collect();
        prop_assert!(found(&typed).contains(&"Saint-Étienne".to_owned()));
    }

    #[test]
    fn whatever_is_typed_the_limit_holds(typed in "\\PC{0,20}", limit in 0_usize..5) {
        prop_assert!(gazetteer().find(&typed, limit).len() <= limit);
        prop_assert!(gazetteer().nearly(&typed, limit).len() <= limit);
    }
}
