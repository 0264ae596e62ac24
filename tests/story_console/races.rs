//! Two at once: what the old proofs let in, and what ends them.

use super::{INES, begun, invited};
use crate::story::App;
use sel::id::StaffId;
use store::Console;
use store::key::{Keyring, MasterKey};

/// Inès, and a session that was let in with what opens her access now, and stands there
/// uncommitted.
async fn late(app: &App) -> (StaffId, Console) {
    let mut console = Console::begin(&app.database.staff, app.clock.now())
        .await
        .unwrap();
    let ines = store::staff::at(&mut console, INES).await.unwrap().unwrap();
    let held = store::staff::hold_proofs(&mut console, ines).await.unwrap();
    assert!(held.is_some());
    let until = app.clock.now() + desk::staff::LIFE;
    let hash = store::session::hash("late");
    store::staff::session::start(&mut console, ines, &hash, until)
        .await
        .unwrap();
    (ines, console)
}

async fn goes_on(app: &App) -> bool {
    let found = desk::staff::see(&app.database.staff, "late", app.clock.now());
    found.await.unwrap().is_some()
}

#[tokio::test]
async fn a_session_that_began_while_the_access_was_made_anew_ends() {
    let app = App::open().await;
    let link = invited(&app).await;
    begun(&app, &link).await;
    let link = invited(&app).await;
    let (_, console) = late(&app).await;
    let anew = begun(&app, &link);
    let commit = async {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        console.commit().await.unwrap();
    };
    tokio::join!(anew, commit);
    assert!(!goes_on(&app).await);
}

#[tokio::test]
async fn an_access_is_closed_while_somebody_comes_in_by_it() {
    let app = App::open().await;
    let link = invited(&app).await;
    begun(&app, &link).await;
    let (_, console) = late(&app).await;
    let end = desk::staff::end_at(&app.database.staff, INES, app.clock.now());
    let commit = async {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        console.commit().await.unwrap();
    };
    let (ended, ()) = tokio::join!(end, commit);
    assert!(ended.unwrap());
    assert!(!goes_on(&app).await);
}

#[tokio::test]
async fn of_two_who_open_one_link_at_once_one_gets_in() {
    let app = App::open().await;
    let keys = Keyring::of_console(&MasterKey::from_bytes([9; 32]));
    let (pool, vault, now) = (&app.database.staff, keys.vault(), app.clock.now());
    let link = invited(&app).await;
    let secret = link.trim_start_matches("/entree/");
    let opens = async || {
        let shown = desk::staff::look(pool, vault, (secret, None), now).await;
        let shown = shown.unwrap();
        let code = crate::story_second::shown_code(&app, &shown.setup.letters);
        let typed = (
            crate::story_logins::CATS,
            code.as_str(),
            shown.sealed.as_str(),
        );
        desk::staff::begin(pool, vault, secret, typed, now)
            .await
            .is_ok()
    };
    let (one, other) = tokio::join!(opens(), opens());
    assert_ne!(one, other);
}

#[tokio::test]
async fn two_who_make_links_for_each_other_at_once_both_do() {
    let app = App::open().await;
    let keys = Keyring::of_console(&MasterKey::from_bytes([9; 32]));
    let (pool, vault, now) = (&app.database.staff, keys.vault(), app.clock.now());
    let link = invited(&app).await;
    let (_, _, ines_codes) = begun(&app, &link).await;
    let malo = ("Malo", "malo@exemple.fr");
    let link = desk::staff::invite(pool, vault, None, malo, now)
        .await
        .unwrap();
    let link = format!("/entree/{}", link.secret.as_str());
    let (_, _, malo_codes) = begun(&app, &link).await;
    let mut console = Console::begin(pool, now).await.unwrap();
    let mut ids = Vec::new();
    for email in [INES, malo.1] {
        ids.push(
            store::staff::at(&mut console, email)
                .await
                .unwrap()
                .unwrap(),
        );
    }
    console.commit().await.unwrap();
    let makes = async |id: StaffId, code: &str, whom: (&str, &str)| {
        let by = Some(desk::staff::By { id, code });
        desk::staff::invite(pool, vault, by, whom, now)
            .await
            .unwrap();
    };
    for (one, other) in ines_codes.iter().zip(&malo_codes) {
        tokio::join!(
            makes(ids[0], one, malo),
            makes(ids[1], other, ("Inès", INES))
        );
    }
}
