//! What programs read for those in charge of a SEL.

use crate::story::{App, MARS, gives};
use crate::story_logins::{CLAIRE, logs_in};
use poem::http::Method;
use serde_json::json;

#[tokio::test]
async fn those_in_charge_read_the_settings_and_the_alliances_and_nobody_else() {
    let (app, mut fatima) = App::with_mars().await;
    let board = gives(&app, &mut fatima, MARS, &["rights"]).await;
    let settings = board.ask(&app, (Method::GET, "/settings"), None, &[]).await;
    assert_eq!(settings.status, 200, "{}", settings.body);
    assert_eq!(settings.body["limits"]["floor"], -2000);
    assert_eq!(settings.body["limits"]["beyond"], "warn");
    assert_eq!(settings.body["admission"], "board");
    let none = board
        .ask(&app, (Method::GET, "/alliances"), None, &[])
        .await;
    assert_eq!(none.body["items"], json!([]));

    let ana = ("Ana", "Costa", "ana@exemple.fr");
    app.founder_of(("port", "SEL du Port"), ana, 4).await;
    let form = fatima.get(&app, "/bureau/allies/nouvelle").await;
    let id = form.hidden("id");
    let typed = [
        ("id", id.as_str()),
        ("ally", "SEL du Port"),
        ("cap_out", "600"),
        ("cap_in", "600"),
    ];
    let asked = fatima.post(&app, "/bureau/allies/nouvelle", &typed).await;
    assert_eq!(asked.status, 303, "{}", asked.text());
    let list = board
        .ask(&app, (Method::GET, "/alliances"), None, &[])
        .await;
    let it = &list.body["items"][0];
    assert_eq!(
        (&it["name"], &it["state"]),
        (&json!("SEL du Port"), &json!("asked"))
    );
    let path = format!("/alliances/{}", it["id"].as_str().unwrap());
    let one = board.ask(&app, (Method::GET, &path), None, &[]).await;
    assert_eq!(&one.body, it);

    // Who holds no right has none to lend, and who did not lend them reads nothing.
    let plain = gives(&app, &mut fatima, MARS, &["notices.read", "account.read"]).await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    let member = gives(&app, &mut claire, MARS, &["notices.read", "account.read"]).await;
    for program in [&plain, &member] {
        for path in ["/settings", "/alliances", &path] {
            let refused = program.ask(&app, (Method::GET, path), None, &[]).await;
            assert_eq!(refused.status, 403, "{path}: {}", refused.body);
        }
    }
}
