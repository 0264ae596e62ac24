//! How often one may try to come in.

use super::{INES, begun, invited, next_code, tries};
use crate::story::App;
use crate::story_logins::CATS;
use chrono::TimeDelta;
use futures_util::future::join_all;

/// Tries these so many times, all at once. Gives the statuses.
async fn often(app: &App, typed: (&str, &str, &str), times: usize) -> Vec<u16> {
    let all = (0..times).map(|_| tries(app, typed));
    let all = join_all(all).await;
    all.into_iter().map(|(_, shown)| shown.status).collect()
}

const WRONG: (&str, &str, &str) = (INES, CATS, "000000");

#[tokio::test]
async fn ten_codes_of_who_knows_the_password_are_looked_at_in_a_quarter_of_an_hour() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (mut ines, secret, _) = begun(&app, &link).await;
    // The tries of an address begin to be counted before the codes do.
    assert_eq!(often(&app, (INES, "autre chose", ""), 1).await, [422]);
    app.clock.pass(TimeDelta::minutes(10));
    assert_eq!(often(&app, WRONG, 5).await, [422; 5]);
    app.clock.pass(TimeDelta::minutes(6));
    assert_eq!(often(&app, WRONG, 5).await, [422; 5]);
    let code = next_code(&app, &secret);
    // Right as it is, nobody looks at it; what it says is that of a wrong one.
    let (_, refused) = tries(&app, (INES, CATS, &code)).await;
    assert_eq!(refused.status, 422);
    refused.says("Après plusieurs essais, attendez un quart d’heure");
    // Who is inside has codes of their own.
    ines.get(&app, "/equipe").await;
    let typed = [
        ("name", "Malo"),
        ("email", "malo@exemple.fr"),
        ("code", &code),
    ];
    let made = ines.post(&app, "/equipe/inviter", &typed).await;
    made.says("Un lien pour Malo");
    app.clock.pass(TimeDelta::minutes(10));
    let code = next_code(&app, &secret);
    assert_eq!(tries(&app, (INES, CATS, &code)).await.1.status, 303);
}

#[tokio::test]
async fn fifty_codes_of_who_knows_the_password_are_looked_at_in_a_day() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (_, secret, _) = begun(&app, &link).await;
    for _ in 0..5 {
        assert_eq!(often(&app, WRONG, 10).await, [422; 10]);
        app.clock.pass(TimeDelta::minutes(16));
    }
    let code = next_code(&app, &secret);
    assert_eq!(tries(&app, (INES, CATS, &code)).await.1.status, 422);
    app.clock.pass(TimeDelta::hours(24));
    let code = next_code(&app, &secret);
    assert_eq!(tries(&app, (INES, CATS, &code)).await.1.status, 303);
}

#[tokio::test]
async fn an_address_has_ten_tries_from_an_origin_and_the_origin_twenty() {
    let app = App::open().await;
    let link = invited(&app).await;
    begun(&app, &link).await;
    let wrong = |email| (email, "autre chose", "");
    assert_eq!(often(&app, wrong("a@exemple.fr"), 10).await, [422; 10]);
    assert_eq!(often(&app, wrong(" A@Exemple.fr"), 1).await, [429]);
    // What is no address is one and the same, and the key of nothing else.
    assert_eq!(often(&app, wrong("from "), 5).await, [422; 5]);
    assert_eq!(often(&app, wrong("x"), 4).await, [422; 4]);
    let (_, stopped) = tries(&app, wrong("b@exemple.fr")).await;
    assert_eq!(stopped.status, 429);
    assert!(!stopped.text().contains("courriel"), "{}", stopped.text());
    app.clock.pass(TimeDelta::minutes(15));
    assert_eq!(often(&app, wrong("a@exemple.fr"), 1).await, [422]);
}

#[tokio::test]
async fn wherever_a_code_is_asked_inside_wrong_ones_count() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (mut ines, secret, _) = begun(&app, &link).await;
    ines.get(&app, "/equipe").await;
    let code = next_code(&app, &secret);
    let malo = [
        ("name", "Malo"),
        ("email", "malo@exemple.fr"),
        ("code", &code),
    ];
    let made = ines.post(&app, "/equipe/inviter", &malo).await;
    made.says("Un lien pour Malo");
    let end = ines.get(&app, "/equipe").await.link("/equipe/0");
    let wrong = [
        ("name", "Malo"),
        ("email", "malo@exemple.fr"),
        ("code", "1"),
    ];
    let key = "/acces/cles/019eca4b-0000-7000-8000-00000000dead/retirer";
    let paths = ["/acces", "/acces/refaire", key, &end, "/equipe/inviter"];
    for path in [paths, paths].concat() {
        let refused = ines.post(&app, path, &wrong).await;
        assert_eq!(refused.status, 422, "{path}");
        refused.says("n’est pas le bon");
    }
    for path in paths {
        let stopped = ines.post(&app, path, &wrong).await;
        assert_eq!(stopped.status, 429, "{path}");
    }
}

#[tokio::test]
async fn codes_typed_inside_are_counted_and_so_are_links_and_questions() {
    let app = App::open().await;
    let link = invited(&app).await;
    let (mut ines, _, _) = begun(&app, &link).await;
    ines.get(&app, "/equipe").await;
    for most in 1..=11 {
        let typed = [
            ("name", "Malo"),
            ("email", "malo@exemple.fr"),
            ("code", "1"),
        ];
        let status = ines.post(&app, "/equipe/inviter", &typed).await.status;
        assert_eq!(status, if most <= 10 { 422 } else { 429 });
        // What asks no code takes none back.
        assert_eq!(ines.post(&app, "/acces/cle", &[]).await.status, 422);
    }
    for most in 1..=21 {
        let status = ines.post(&app, "/connexion/cle", &[]).await.status;
        assert_eq!(status, if most <= 20 { 200 } else { 429 });
    }
    // One was used to begin.
    for most in 2..=21 {
        let status = ines.post(&app, "/entree/rien", &[]).await.status;
        assert_eq!(status, if most <= 20 { 410 } else { 429 });
    }
    // Strangers share few connections.
    app.clock.pass(TimeDelta::minutes(1));
    for most in 1..=121 {
        let status = ines.get(&app, "/entree/rien").await.status;
        assert_eq!(status, if most <= 120 { 410 } else { 429 });
    }
}
