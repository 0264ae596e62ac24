//! Choosing a password.

use crate::story::{App, MARS};
use crate::story_logins::{CATS, CLAIRE, logs_in, subjects};
use chrono::TimeDelta;

#[tokio::test]
async fn a_password_is_not_changed_by_who_finds_a_browser_open() {
    let (app, _) = App::with_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let page = claire.get(&app, "/compte/mot-de-passe").await;
    assert!(page.value("password").is_none());
    // What anybody would try first, and what is known of her, is no password.
    for known in ["motdepasse1", "claire1950", "SEL de Mars"] {
        let typed = [("new_password", known)];
        let refused = claire.post(&app, "/compte/mot-de-passe", &typed).await;
        assert_eq!(refused.status, 422, "{known}");
        refused.says("trop facile à deviner");
    }
    let chosen = [("new_password", CATS)];
    let done = claire.post(&app, "/compte/mot-de-passe", &chosen).await;
    assert_eq!(done.location, "/", "{}", done.text());
    app.clock.pass(TimeDelta::days(1));
    claire
        .get(&app, "/compte/mot-de-passe")
        .await
        .says("actuel");
    let other = [("new_password", "quatre grands chiens")];
    let refused = claire.post(&app, "/compte/mot-de-passe", &other).await;
    refused.says("Ce n’est pas votre mot de passe");
    let typed = [("password", CATS), other[0]];
    let done = claire.post(&app, "/compte/mot-de-passe", &typed).await;
    assert_eq!(done.location, "/", "{}", done.text());
    let told = |subject: &String| subject.contains("votre mot de passe a changé");
    assert!(subjects(&app, CLAIRE).await.iter().any(told));
}
