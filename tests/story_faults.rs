//! What comes wrong, doubled or too large: a sentence, and nothing lost.

use crate::story::{App, File, Person, exchange};
use poem::http::header;

/// A notice as Claire types it, its photos on the way.
async fn publish(
    app: &App,
    claire: &mut Person,
    files: Vec<File<'_>>,
) -> (crate::story::Shown, String) {
    let page = claire.get(app, "/annonces/nouvelle").await;
    let (id, photo) = (page.hidden("id"), page.hidden("photo_id"));
    let category = page.first_choice("category");
    let typed = [
        ("id", id.as_str()),
        ("photo_id", photo.as_str()),
        ("kind", "offer"),
        ("category", category.as_str()),
        ("title", "Taille de rosiers"),
        ("body", "Je viens avec mon sécateur."),
        ("units_mode", "discuss"),
    ];
    let path = "/annonces/nouvelle";
    (claire.post_files(app, path, &typed, files).await, id)
}

/// A PNG that says it has this many points a side, and little behind it.
fn bomb(side: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = b"IHDR".to_vec();
    head.extend(side.to_be_bytes());
    head.extend(side.to_be_bytes());
    head.extend([8, 0, 0, 0, 0]);
    // An empty deflate stream, and the end.
    for chunk in [
        head,
        b"IDAT\x78\x9c\x03\x00\x00\x00\x00\x01".to_vec(),
        b"IEND".to_vec(),
    ] {
        png.extend(u32::try_from(chunk.len() - 4).unwrap().to_be_bytes());
        png.extend(&chunk);
        png.extend(crc(&chunk).to_be_bytes());
    }
    png
}

/// The checksum of a chunk (PNG, annex D).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc))
    })
}

#[tokio::test]
async fn a_photo_that_is_none_too_heavy_or_too_large_is_named_and_the_text_stays() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let wrong: [(Vec<u8>, &str); 4] = [
        (b"Ceci n'est pas une photo.".to_vec(), "n'est pas une photo"),
        (b"GIF89a".to_vec(), "n'est pas une photo"),
        (vec![0xff; 30_000_000], "pèse plus de 12 Mo"),
        (bomb(60_000), "a trop de points"),
    ];
    for (bytes, sentence) in wrong {
        let files = vec![("photos", "rosier.jpg", bytes)];
        let (shown, id) = publish(&app, &mut claire, files).await;
        let sentence = sentence.replace('\'', "’");
        assert_eq!(shown.says(&sentence).status, 422);
        assert_eq!(shown.value("title").as_deref(), Some("Taille de rosiers"));
        shown.says("Je viens avec mon sécateur.");
        let nothing = claire.get(&app, &format!("/annonces/{id}")).await;
        assert_eq!(nothing.status, 404);
    }
}

#[tokio::test]
async fn four_photos_are_one_too_many() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let file = || ("photos", "rosier.jpg", b"\xff\xd8\xff".to_vec());
    let files = vec![file(), file(), file(), file()];
    let (shown, _) = publish(&app, &mut claire, files).await;
    assert_eq!(shown.says("Trois photos au plus").status, 422);
}

#[tokio::test]
async fn a_notice_sent_twice_is_published_once() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let (first, id) = publish(&app, &mut claire, Vec::new()).await;
    assert_eq!(
        first.location,
        format!("/annonces/{id}"),
        "{}",
        first.text()
    );
    let page = claire.get(&app, &format!("/annonces/{id}/modifier")).await;
    let category = page.first_choice("category");
    let typed = [
        ("id", id.as_str()),
        ("kind", "offer"),
        ("category", &category),
        ("title", "Taille de rosiers"),
        ("body", "Je viens avec mon sécateur."),
        ("units_mode", "discuss"),
    ];
    let again = claire.post(&app, "/annonces/nouvelle", &typed).await;
    assert_eq!(
        again.location,
        format!("/annonces/{id}"),
        "{}",
        again.text()
    );
    app.settle().await;
    let list = claire.get(&app, "/annonces?q=rosiers").await;
    list.says("Une annonce pour");
}

#[tokio::test]
async fn two_presses_at_once_record_one_exchange() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let id = claire.exchange_id(&app).await;
    let typed = exchange(&id, "donne", "60", "3", "repassage");
    let (mut one, mut other) = (claire.clone(), claire.clone());
    let (one, other) = tokio::join!(
        one.post(&app, "/echanges", &typed),
        other.post(&app, "/echanges", &typed),
    );
    assert_eq!((one.status, other.status), (303, 303));
    let statement = claire.get(&app, "/releve").await;
    assert_eq!(statement.html.matches("repassage").count(), 1);
    statement.says("−60");
    // The same form with another amount is another exchange under a known id.
    let changed = exchange(&id, "donne", "90", "3", "repassage");
    let changed = claire.post(&app, "/echanges", &changed).await;
    assert_eq!(changed.status, 422);
}

#[tokio::test]
async fn an_id_under_which_something_else_moved_units_is_no_exchanges() {
    let (app, mut fatima) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let gift = claire.get(&app, "/dons").await.hidden("id");
    let typed = [("id", gift.as_str()), ("amount", "10"), ("label", "Merci")];
    let given = claire.post(&app, "/dons", &typed).await;
    assert_eq!(given.status, 303, "{}", given.text());
    let paid = exchange(&gift, "donne", "60", "3", "repassage");
    let refused = claire.post(&app, "/echanges", &paid).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    // Proposed under it, it cannot be agreed to; nothing breaks, and it can be refused.
    let asked = exchange(&gift, "recois", "60", "1", "repassage");
    let asked = claire.post(&app, "/echanges", &asked).await;
    assert_eq!(asked.status, 303, "{}", asked.text());
    let page = format!("/echanges/{gift}");
    fatima.get(&app, &page).await;
    let agreed = fatima.post(&app, &format!("{page}/accord"), &[]).await;
    assert!(agreed.status < 500, "{}", agreed.text());
    fatima.get(&app, &page).await;
    let refused = fatima
        .post(&app, &format!("{page}/refus"), &[("reason", "Non")])
        .await;
    assert_eq!(refused.status, 303, "{}", refused.text());
}

#[tokio::test]
async fn a_body_that_says_it_is_compressed_is_not_unpacked() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    claire.get(&app, "/echanges/nouveau").await;
    let request = claire.posting(&app, "/echanges");
    let request = request.header(header::CONTENT_ENCODING, "gzip");
    let answer = request.body(vec![0x1f, 0x8b, 8, 0]).send().await;
    let shown = claire.read(answer.0).await;
    assert_eq!(shown.says("Saline n’a pas compris l’envoi").status, 415);
}

#[tokio::test]
async fn a_form_longer_than_any_page_asks_for_is_not_read() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    claire.get(&app, "/echanges/nouveau").await;
    let long = "a".repeat(200_000);
    let shown = claire.post(&app, "/echanges", &[("label", &long)]).await;
    assert_eq!(shown.status, 413);
}

#[tokio::test]
async fn fields_that_are_too_long_are_said_and_kept() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let long = "très ".repeat(60);
    let typed = ["1 000 001", "3", long.as_str()];
    let shown = claire.reviews(&app, "donne", typed).await;
    assert_eq!(shown.says("200 lettres au plus").status, 422);
    shown.says("un million de grains au plus");
    assert_eq!(shown.value("amount").as_deref(), Some("1 000 001"));
    assert!(
        shown
            .value("label")
            .is_some_and(|label| label.starts_with("très très"))
    );
}

#[tokio::test]
async fn a_form_of_another_page_or_visitor_is_refused() {
    let (app, _) = App::with_mars().await;
    let mut claire = app.member("Claire").await;
    let request = claire.posting(&app, "/echanges");
    let answer = request.form(&[("csrf_token", "inconnu")]).send().await;
    let shown = claire.read(answer.0).await;
    assert_eq!(shown.says("Ce formulaire n’est plus valable").status, 403);
    // What another visitor was given is theirs.
    let mut jean = app.member("Jean").await;
    let theirs = jean
        .get(&app, "/echanges/nouveau")
        .await
        .hidden("csrf_token");
    let request = claire.posting(&app, "/echanges");
    let answer = request.form(&[("csrf_token", &theirs)]).send().await;
    assert_eq!(claire.read(answer.0).await.status, 403);
    // With her own it is read; and no more, once a page of another SEL sends it: siblings on one
    // domain are strangers.
    let own = claire
        .get(&app, "/echanges/nouveau")
        .await
        .hidden("csrf_token");
    let typed = [("csrf_token", own.as_str())];
    let answer = claire.posting(&app, "/echanges").form(&typed).send().await;
    assert_eq!(claire.read(answer.0).await.status, 422);
    for (name, value) in [
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "cross-site"),
        ("origin", "http://baie.localhost:8080"),
        ("origin", "null"),
    ] {
        let request = app.client.post("/echanges");
        let request = claire.dressed(request).header(name, value);
        let answer = request.form(&typed).send().await;
        assert_eq!(claire.read(answer.0).await.status, 403, "{name}: {value}");
    }
}
