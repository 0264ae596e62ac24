//! Giving a program access on a page of one's own.

use crate::story::{App, MARS};
use crate::story_logins::{CATS, CLAIRE, logs_in};
use chrono::TimeDelta;
use sel::access::Permission;

#[tokio::test]
async fn who_mistypes_their_password_for_a_device_is_asked_again_about_the_same_device() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    claire.get(&app, "/compte/mot-de-passe").await;
    let chosen = [("new_password", CATS)];
    let done = claire.post(&app, "/compte/mot-de-passe", &chosen).await;
    assert_eq!(done.location, "/", "{}", done.text());
    app.clock.pass(TimeDelta::hours(1));
    let scope = app.scope(MARS).await;
    let asked = [Permission::Account];
    let shown = desk::grant::begin_device(scope, "carnet", "Carnet de poche", &asked).await;
    let code = shown.unwrap().user_code;
    let page = claire.get(&app, &format!("/appareil?code={code}")).await;
    page.says("Carnet de poche").says("Lire votre solde");
    let answer = |password| {
        [
            ("code", code.as_str()),
            ("password", password),
            ("answer", "oui"),
        ]
    };
    let refused = claire.post(&app, "/appareil", &answer("autre chose")).await;
    assert_eq!(refused.status, 422);
    refused.says("Ce n’est pas votre mot de passe");
    refused.says("Carnet de poche").says("Lire votre solde");
    let given = claire.post(&app, "/appareil", &answer(CATS)).await;
    assert_eq!(given.location, "/compte/acces", "{}", given.text());
    let over = claire.post(&app, "/appareil", &answer(CATS)).await;
    over.says("Aucun appareil n’attend sous ce code");
}
