use tempfile::TempDir;

use super::*;
use crate::notices::*;

fn copy(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[test]
fn removing_a_notice_leaves_its_twin_elsewhere() {
    let index = filled();
    index.apply(vec![put(entry(VENUS_ID, 1))], "14").unwrap();
    index.apply(vec![remove(1)], "15").unwrap();
    assert_eq!(find(&index, "rosiers"), []);
    assert_eq!(find(&index, "").len(), 12);
    assert_eq!(index.find(&VENUS, &asking("rosiers")).unwrap().total, 1);
}

#[test]
fn the_last_change_of_a_notice_holds_even_within_one_commit() {
    let index = filled();
    let mut changed = entry(MARS_ID, 1);
    changed.title = "Taille d’oliviers".to_owned();
    index
        .apply(vec![put(entry(MARS_ID, 1)), remove(1), put(changed)], "14")
        .unwrap();
    assert_eq!(find(&index, "rosiers"), []);
    assert_eq!(find(&index, "oliviers"), [1]);
    index
        .apply(vec![put(entry(MARS_ID, 1)), remove(1)], "15")
        .unwrap();
    assert_eq!(find(&index, "taille"), []);
}

#[test]
fn the_same_changes_again_make_the_same_index() {
    let index = filled();
    index.apply(all(), "13").unwrap();
    let said = |index: &Index| {
        let found = index.find(&MARS, &asking("")).unwrap();
        (found.total, found.hits, found.kinds, found.categories)
    };
    assert_eq!(said(&index), said(&filled()));
    assert_eq!(find(&index, "rosiers"), [1]);
    assert_eq!(index.cursor().unwrap().as_deref(), Some("13"));
}

#[test]
fn an_index_made_anew_shows_the_old_one_until_it_is_whole() {
    let index = filled();
    for _ in 0..3 {
        // The first attempts fail somewhere behind this, and the next begins again.
        index.begin_anew().unwrap();
        index.add(vec![entry(MARS_ID, 1)]).unwrap();
    }
    assert_eq!(index.cursor().unwrap().as_deref(), Some("13"));
    assert_eq!(find(&index, "").len(), 13);
    index.apply(vec![put(entry(MARS_ID, 2))], "2").unwrap();
    assert_eq!(index.cursor().unwrap().as_deref(), Some("2"));
    assert_eq!(find(&index, ""), [2, 1]);
}

#[test]
fn an_association_is_emptied_and_filled_again_in_one_commit() {
    let index = filled();
    index.apply(vec![put(entry(VENUS_ID, 1))], "14").unwrap();
    let empty = Change::Empty {
        association_id: MARS_ID,
    };
    index
        .apply(vec![empty, put(entry(MARS_ID, 3))], "15")
        .unwrap();
    assert_eq!(find(&index, ""), [3]);
    assert_eq!(index.find(&VENUS, &asking("")).unwrap().total, 1);
}

#[test]
fn the_cursor_and_the_notices_of_a_commit_survive_together() {
    let home = TempDir::new().unwrap();
    let index = Index::open(home.path()).unwrap();
    assert_eq!(index.cursor().unwrap(), None);
    for number in 1..=3 {
        let cursor = format!("(7,{number})");
        index
            .apply(vec![put(entry(MARS_ID, number))], &cursor)
            .unwrap();

        // What a crash at this moment leaves on the disk, read by another process.
        let left = TempDir::new().unwrap();
        copy(home.path(), left.path());
        let again = Index::open(left.path()).unwrap();
        assert_eq!(again.cursor().unwrap(), Some(cursor));
        assert_eq!(find(&again, "").len(), usize::from(number));
    }
    drop(index);
    let again = Index::open(home.path()).unwrap();
    assert_eq!(again.cursor().unwrap().as_deref(), Some("(7,3)"));
    assert_eq!(find(&again, "repassage"), [3]);
}

#[test]
fn an_index_analysed_otherwise_is_built_anew() {
    let home = TempDir::new().unwrap();
    let older = Index::open_analysed(home.path(), "analysis_0").unwrap();
    older.apply(all(), "13").unwrap();
    drop(older);
    fs::write(home.path().join("note.txt"), "reste").unwrap();
    let index = Index::open(home.path()).unwrap();
    assert_eq!(index.cursor().unwrap(), None);
    assert_eq!(find(&index, ""), []);
    index.apply(all(), "13").unwrap();
    assert_eq!(find(&index, "rosiers"), [1]);
    assert!(home.path().join("note.txt").exists());
}

#[test]
fn a_damaged_index_is_built_anew() {
    let damage: [fn(&Path); 4] = [
        |file| fs::write(file, "").unwrap(),
        |file| fs::remove_file(file).unwrap(),
        |file| fs::write(file, [0xff; 300]).unwrap(),
        |file| {
            let mut bytes = fs::read(file).unwrap();
            bytes[0] ^= 0xff;
            fs::write(file, bytes).unwrap();
        },
    ];
    for damage in damage {
        for ending in ["meta.json", ".store", ".term", ".idx", ".fast"] {
            let home = TempDir::new().unwrap();
            let index = Index::open(home.path()).unwrap();
            index.apply(all(), "13").unwrap();
            drop(index);
            let files = fs::read_dir(home.path()).unwrap();
            let mut files = files.map(|file| file.unwrap().path());
            let file = files.find(|file| file.to_string_lossy().ends_with(ending));
            damage(&file.unwrap());
            let index = Index::open(home.path()).unwrap();
            assert_eq!(index.cursor().unwrap(), None, "{ending}");
            index.apply(all(), "13").unwrap();
            assert_eq!(find(&index, "rosiers"), [1], "{ending}");
        }
    }
}

#[test]
fn an_index_in_use_is_neither_opened_twice_nor_deleted() {
    let home = TempDir::new().unwrap();
    let index = Index::open(home.path()).unwrap();
    index.apply(all(), "13").unwrap();
    assert!(Index::open(home.path()).is_err());
    assert!(Index::open_analysed(home.path(), "analysis_0").is_err());
    index.apply(vec![remove(1)], "14").unwrap();
    assert_eq!(find(&index, "").len(), 12);
}

#[test]
fn a_failed_change_leaves_the_index_as_it_was_and_the_next_one_may_succeed() {
    let (home, aside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let index = Index::open(home.path()).unwrap();
    index.apply(all(), "13").unwrap();
    copy(home.path(), aside.path());
    fs::remove_dir_all(home.path()).unwrap();
    for _ in 0..3 {
        assert!(index.apply(vec![remove(1)], "14").is_err());
        assert_eq!(find(&index, "").len(), 13);
    }
    fs::create_dir(home.path()).unwrap();
    copy(aside.path(), home.path());
    assert_eq!(index.cursor().unwrap().as_deref(), Some("13"));
    index.apply(vec![remove(2)], "15").unwrap();
    assert_eq!(find(&index, "").len(), 12);
    assert_eq!(find(&index, "rosiers"), [1]);
}

#[test]
fn a_directory_that_is_a_file_is_an_error() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("index");
    fs::write(&file, "").unwrap();
    assert!(matches!(Index::open(&file), Err(Error::Directory(_))));
}
