//! What French speakers call towns that the gazetteer writes in English, Dutch or German.

/// By number at GeoNames: first Belgium, then Switzerland.
const NAMES: [(u32, &str); 38] = [
    (2_800_866, "Bruxelles"),
    (2_803_138, "Anvers"),
    (2_797_656, "Gand"),
    (2_800_931, "Bruges"),
    (2_792_482, "Louvain"),
    (2_791_537, "Malines"),
    (2_803_448, "Alost"),
    (2_794_055, "Courtrai"),
    (2_789_786, "Ostende"),
    (2_787_889, "Roulers"),
    (2_799_645, "Termonde"),
    (2_786_545, "Saint-Trond"),
    (2_784_604, "Vilvorde"),
    (2_795_100, "Ypres"),
    (2_796_696, "Hal"),
    (2_791_343, "Menin"),
    (2_789_529, "Audenarde"),
    (2_785_470, "Tirlemont"),
    (2_797_638, "Grammont"),
    (2_785_389, "Tongres"),
    (2_787_769, "Renaix"),
    (2_799_369, "Dixmude"),
    (2_784_804, "Furnes"),
    (2_657_896, "Zurich"),
    (2_660_646, "Genève"),
    (2_661_604, "Bâle"),
    (2_661_552, "Berne"),
    (2_659_811, "Lucerne"),
    (2_658_822, "Saint-Gall"),
    (2_658_377, "Thoune"),
    (2_661_567, "Bellinzone"),
    (2_658_761, "Schaffhouse"),
    (2_661_169, "Coire"),
    (2_658_576, "Sion"),
    (2_658_564, "Soleure"),
    (2_658_112, "Viège"),
    (2_661_394, "Brigue"),
    (2_659_908, "Loèche"),
];

pub(super) fn name(geoname_id: u32) -> Option<&'static str> {
    NAMES
        .iter()
        .find(|(id, _)| *id == geoname_id)
        .map(|(_, name)| *name)
}
