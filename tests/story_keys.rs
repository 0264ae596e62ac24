//! Another master key: what was sealed opens as before, and the old key opens nothing.

use crate::story::{App, MARS, PORT, Person, offer};
use crate::story_console::{INES, begun, invited, next_code, tries};
use crate::story_logins::CATS;
use crate::story_second::{asked_for_a_code, doubly, shown_code, with_password};
use crate::story_webhooks::{Listener, told};
use chrono::TimeDelta;
use door::limiter::Limiter;
use door::site::Site;
use store::key::{Error, Keyring, MasterKey, change};

#[tokio::test]
async fn another_master_key_opens_all_that_the_old_one_sealed() {
    let (app, mut fatima) = App::with_mars().await;
    let mut claire = with_password(&app).await;
    let (letters, _) = doubly(&app, &mut claire).await;
    let listener = Listener::open();
    told(&app, &mut fatima, &listener).await;
    let mut jean = Person::on(MARS);
    jean.get(&app, "/connexion").await;
    jean.post(&app, "/connexion/lien", &[("login", "jean@exemple.fr")])
        .await;
    let link = app.link_to("jean@exemple.fr", "/entrer/").await;
    let way_in = invited(&app).await;
    let (_, ines, _) = begun(&app, &way_in).await;
    let way_in = invited(&app).await;

    let (old, new) = (
        MasterKey::from_bytes([9; 32]),
        MasterKey::from_bytes([8; 32]),
    );
    let owner = app.database.administrator();
    let all = [app.scope(MARS).await.association_id];
    let busy = change(owner, &all, (&old, &new)).await;
    assert!(matches!(busy, Err(Error::InUse)), "{busy:?}");
    let database = app.database.again().await;
    let wrong = change(owner, &all, (&new, &old)).await;
    assert!(matches!(wrong, Err(Error::WrongMaster)), "{wrong:?}");
    let changed = change(owner, &all, (&old, &new)).await.unwrap();
    assert_eq!(changed.signing_keys, 1);
    // Claire's, and that of Inès at the console.
    assert_eq!(changed.second_secrets, 2);
    assert_eq!(changed.association_keys, 1);
    let now = app.clock.now();
    let shut = Keyring::load(&database.web, &old, now).await;
    assert!(matches!(shut, Err(Error::WrongMaster)), "{shut:?}");

    // Nor does it seal anything.
    let sealed = Keyring::rotate(&database.web, &old, false, now).await;
    assert!(matches!(sealed, Err(Error::WrongMaster)), "{sealed:?}");
    let ring = Keyring::load(&database.web, &new, now).await;
    assert!(ring.is_ok(), "{ring:?}");

    let app = App::furnished(
        (database, app.clock.clone()),
        &new,
        Limiter::default(),
        Site::local(PORT),
    )
    .await;
    // Who was in is in; a link under way opens; a code is known; a program is told.
    claire.get(&app, "/").await.says("Bonjour Claire");
    jean.get(&app, &link).await;
    assert_eq!(jean.post(&app, &link, &[]).await.status, 303);
    app.clock.pass(TimeDelta::minutes(2));
    let (mut phone, path) = asked_for_a_code(&app).await;
    let code = shown_code(&app, &letters);
    let entered = phone.post(&app, &path, &[("code", &code)]).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    offer(&app, &mut fatima, "Confitures", "members").await;
    assert_eq!(app.calls().await, 1);
    assert_eq!(listener.heard().len(), 1);
    app.settle().await;
    let code = next_code(&app, &ines);
    let (_, entered) = tries(&app, (INES, CATS, &code)).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    let anew = Person::on("console").get(&app, &way_in).await;
    anew.says("Bonjour Inès Caron");
}
