//! The last days of the town: what somebody who looks for the first time should find waiting.

use super::charter::Sel;
use super::{done, notices};
use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sel::exchange::Side;
use sel::id::{ApplicationId, ExchangeId, MessageId, NoticeId};
use sel::notice::{Draft, Reach};
use std::collections::HashMap;

/// A notice of the cast: number, hours ago, kind, rubric, title, text, way of counting, units.
type Told = (
    i32,
    i64,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
);

const MARS: [Told; 8] = [
    (
        30,
        70,
        "offer",
        "01",
        "Plants de tomates anciennes",
        "Noire de Crimée, cœur de bœuf et ananas, semés en février. Prenez-en trois ou dix, et \
         apportez vos godets.",
        "fixed",
        5,
    ),
    (
        25,
        64,
        "want",
        "13",
        "M'apprendre à me servir de mon téléphone",
        "Envoyer une photo à ma fille, et ne plus appeler les pompiers sans le vouloir. Je fais le \
         café.",
        "discuss",
        0,
    ),
    (
        1,
        50,
        "offer",
        "06",
        "Cours de cuisine d'Oran, à deux ou trois",
        "Calentica, chorba, mantecaos. On cuisine ensemble et on mange sur place.",
        "hourly",
        60,
    ),
    (
        52,
        45,
        "want",
        "12",
        "Apprendre à greffer un olivier",
        "J'ai le couteau et l'arbre, il me manque le geste. Au printemps ou quand vous direz.",
        "discuss",
        0,
    ),
    (
        30,
        40,
        "offer",
        "01",
        "Taille de rosiers",
        "Je viens avec mon sécateur et j'explique en taillant. Une heure suffit pour six pieds.",
        "hourly",
        60,
    ),
    (
        12,
        28,
        "offer",
        "07",
        "Ourlets et fermetures éclair",
        "Pantalons, jupes, rideaux. Apportez le fil si la couleur est rare.",
        "fixed",
        30,
    ),
    (
        7,
        20,
        "want",
        "05",
        "Me conduire à la Timone mardi à 9 h",
        "J'ai rendez-vous à 9 h 30 et le bus me fait peur avec ma canne. Retour vers midi.",
        "fixed",
        60,
    ),
    (
        3,
        6,
        "offer",
        "02",
        "Petites réparations d'électricité",
        "Prises, lustres, interrupteurs. Je ne touche pas au tableau.",
        "hourly",
        60,
    ),
];

/// Plays the last days of a SEL. Only SEL de Mars has a script.
pub(super) async fn play(sel: &Sel, now: DateTime<Utc>) -> Result<()> {
    if sel.slug != "mars" {
        return Ok(());
    }
    let published = publish(sel, now).await?;
    propose(
        sel,
        (18, 12),
        45,
        "gâteau au citron",
        now - TimeDelta::hours(26),
    )
    .await?;
    propose(
        sel,
        (52, 30),
        60,
        "garde du chat",
        now - TimeDelta::hours(9),
    )
    .await?;
    propose(
        sel,
        (3, 7),
        30,
        "joint de robinet",
        now - TimeDelta::hours(30),
    )
    .await?;
    talk(sel, &published, now).await?;
    knock(sel, now).await
}

async fn publish(sel: &Sel, now: DateTime<Utc>) -> Result<HashMap<&'static str, NoticeId>> {
    let mut published = HashMap::new();
    for (number, hours, kind, rubric, title, text, mode, units) in MARS {
        let at = now - TimeDelta::hours(hours);
        let id = NoticeId(desk::fresh::id(at));
        let draft = Draft {
            kind: kind.into(),
            title: title.into(),
            body: text.into(),
            units_mode: mode.into(),
            units: if units == 0 {
                String::new()
            } else {
                units.to_string()
            },
            urgent: number == 7,
            days: if number == 7 {
                "15".into()
            } else {
                String::new()
            },
            reach: (number == 12).then_some(Reach::Allies),
        };
        let category = sel.categories.get(rubric).copied();
        notices::write(sel, id, &draft, category, sel.number(number)?, at).await?;
        published.insert(title, id);
    }
    Ok(published)
}

/// The payee writes; the payer's word is waited for.
async fn propose(
    sel: &Sel,
    (payee, payer): (i32, i32),
    amount: i64,
    label: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    let (payee, payer) = (sel.number(payee)?, sel.number(payer)?);
    let draft = sel::exchange::Draft {
        exchange_id: ExchangeId(desk::fresh::id(at)),
        side: Side::Payee,
        amount,
        label: label.into(),
        done_on: desk::member::day_in(&sel.zone, at),
        notice_id: None,
        category_id: None,
    };
    let scope = sel.scope(Some(payee), at).await?;
    done(desk::exchange::record(scope, draft, payee.id, payer.id).await)?;
    Ok(())
}

/// Hélène and Jean speak about tomatoes; Rose asks Claire for a hem.
async fn talk(sel: &Sel, published: &HashMap<&str, NoticeId>, now: DateTime<Utc>) -> Result<()> {
    let (tomatoes, hems) = (
        *published
            .get("Plants de tomates anciennes")
            .context("no tomatoes")?,
        *published
            .get("Ourlets et fermetures éclair")
            .context("no hems")?,
    );
    let at = now - TimeDelta::hours(24);
    let scope = sel.scope(Some(sel.number(52)?), at).await?;
    let question = "Bonjour Jean,\n\nVous reste-t-il trois pieds de noire de Crimée ? Je peux \
                    passer samedi matin.\n\nHélène";
    let id = MessageId(desk::fresh::id(at));
    let conversation = done(desk::conversation::write(scope, id, tomatoes, question).await)?;
    let at = now - TimeDelta::hours(21);
    let scope = sel.scope(Some(sel.number(30)?), at).await?;
    let id = MessageId(desk::fresh::id(at));
    let reply = "Bien sûr. Samedi à 10 h, je serai au jardin.";
    done(desk::conversation::answer(scope, id, conversation, reply).await)?;
    let at = now - TimeDelta::hours(4);
    let scope = sel.scope(Some(sel.number(25)?), at).await?;
    let id = MessageId(desk::fresh::id(at));
    let question = "Bonjour, j'ai un manteau trop long de quatre doigts. Est-ce que cela se fait ?";
    done(desk::conversation::write(scope, id, hems, question).await)?;
    Ok(())
}

/// Two people ask to come, and one is invited.
async fn knock(sel: &Sel, now: DateTime<Utc>) -> Result<()> {
    let asking = [
        (
            "Awa",
            "Ndoye",
            "awa.ndoye@exemple.fr",
            "Le Canet",
            47,
            "Je couds, et je cherche un vélo.",
        ),
        (
            "Gaston",
            "Meyer",
            "",
            "Saint-André",
            16,
            "Une voisine m'a parlé de vous. J'ai une échelle.",
        ),
    ];
    for (first_name, last_name, email, place, hours, about) in asking {
        let at = now - TimeDelta::hours(hours);
        let draft = sel::application::Draft {
            first_name: first_name.into(),
            last_name: last_name.into(),
            email: email.into(),
            phone: format!("06 39 98 09 {hours:02}"),
            place: place.into(),
            about: about.into(),
            ..sel::application::Draft::default()
        };
        let id = ApplicationId(desk::fresh::id(at));
        let scope = sel.scope(None, at).await?;
        done(desk::application::ask(scope, id, &draft, None, "fr").await)?;
    }
    let scope = sel
        .scope(Some(sel.number(12)?), now - TimeDelta::hours(5))
        .await?;
    let form = desk::fresh::id(now);
    done(desk::member::invite(scope, form, "lila@exemple.fr", "Lila").await)
}
