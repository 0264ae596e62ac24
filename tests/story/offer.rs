//! Offering something through the pages.

use super::{App, Person};

/// Offers this, to discuss, and to whom `reach` says where the form asks that. Gives the page's
/// path.
pub(crate) async fn offer(app: &App, person: &mut Person, title: &str, reach: &str) -> String {
    let page = person.get(app, "/annonces/nouvelle").await;
    let (id, category) = (page.hidden("id"), page.first_choice("category"));
    let typed = [
        ("id", id.as_str()),
        ("kind", "offer"),
        ("category", &category),
        ("title", title),
        ("body", "Le vendredi, </script> et en musique."),
        ("units_mode", "discuss"),
        ("reach_asked", "oui"),
        ("reach", reach),
    ];
    let published = person.post(app, "/annonces/nouvelle", &typed).await;
    assert_eq!(published.status, 303, "{}", published.text());
    published.location
}
