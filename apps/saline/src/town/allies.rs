//! What SELs of the town do with each other.

use super::charter::{Person, Sel};
use super::{done, notices};
use anyhow::{Context, Result};
use chrono::{DateTime, TimeDelta, Utc};
use sel::alliance::{Caps, Code, HOUR_SECONDS, Reference, USUAL_CAP_HOURS};
use sel::crossing::Draft;
use sel::exchange::Side;
use sel::id::{AllianceId, CrossingId, MessageId, NoticeId};
use sel::notice;
use store::alliance::Change;

const CAPS: Caps = Caps {
    out: USUAL_CAP_HOURS * HOUR_SECONDS,
    r#in: USUAL_CAP_HOURS * HOUR_SECONDS,
};

/// SEL de Mars and Le Clos have been trading for a month: grains and hours.
pub(super) async fn meet(mars: &Sel, clos: &Sel, now: DateTime<Utc>) -> Result<()> {
    let id = ask(mars, clos, now - TimeDelta::days(32)).await?;
    let at = now - TimeDelta::days(30);
    let scope = clos.scope(Some(clos.founder()), at).await?;
    done(desk::alliance::change(scope, id, Change::Agree(CAPS)).await)?;
    let (claire, jean) = (mars.number(12)?, mars.number(30)?);
    let bernadette = clos.founder();
    let apricots = (60, "Six pots de confiture d'abricots");
    pay(mars, claire, (clos, 1), apricots, now - TimeDelta::days(9)).await?;
    let roses = (150, "Taille de rosiers");
    pay(
        clos,
        bernadette,
        (mars, 30),
        roses,
        now - TimeDelta::days(6),
    )
    .await?;
    let pears = (30, "Un cageot de poires");
    pay(mars, jean, (clos, 1), pears, now - TimeDelta::days(5)).await?;
    write(mars, clos, now).await
}

/// Bernadette lends her shredder beyond her SEL; Claire asks for it, and hears from her.
async fn write(mars: &Sel, clos: &Sel, now: DateTime<Utc>) -> Result<()> {
    let (claire, bernadette) = (mars.number(12)?, clos.founder());
    let at = now - TimeDelta::days(4);
    let shredder = NoticeId(desk::fresh::id(at));
    let draft = notice::Draft {
        kind: "offer".into(),
        title: "Prêt d'un broyeur à végétaux".into(),
        body: "Pour une journée, branches jusqu'à quatre centimètres. À venir chercher.".into(),
        units_mode: "fixed".into(),
        units: "1".into(),
        reach: Some(notice::Reach::Allies),
        ..notice::Draft::default()
    };
    let rubric = clos.categories.get("01").copied();
    notices::write(clos, shredder, &draft, rubric, bernadette, at).await?;
    let at = now - TimeDelta::days(3);
    let scope = mars.scope(Some(claire), at).await?;
    let question = "Bonjour,\n\nVotre broyeur serait-il libre un samedi de décembre ?";
    let id = MessageId(desk::fresh::id(at));
    let about = (clos.id, shredder);
    let talk = done(desk::conversation::write_there(scope, id, about, question).await)?;
    let at = now - TimeDelta::hours(50);
    let scope = clos.scope(Some(bernadette), at).await?;
    let reply = "Bien volontiers, le deuxième samedi. Il tient dans un coffre de voiture.";
    let id = MessageId(desk::fresh::id(at));
    done(desk::conversation::answer(scope, id, talk, reply).await)?;
    Ok(())
}

/// One SEL asks another to trade.
pub(super) async fn ask(from: &Sel, to: &Sel, at: DateTime<Utc>) -> Result<AllianceId> {
    let id = AllianceId(desk::fresh::id(at));
    let scope = from.scope(Some(from.founder()), at).await?;
    done(desk::alliance::ask(scope, id, (to.id, to.slug), CAPS).await)?;
    Ok(id)
}

async fn pay(
    from: &Sel,
    payer: &Person,
    (to, number): (&Sel, i32),
    (amount, label): (i64, &str),
    at: DateTime<Utc>,
) -> Result<()> {
    let draft = Draft {
        crossing_id: CrossingId(desk::fresh::id(at)),
        side: Side::Payer,
        amount,
        label: label.into(),
        done_on: desk::member::day_in(&from.zone, at),
    };
    let code = Code::parse(to.slug).context("a slug of the town is no code")?;
    let payee = Reference { code, number };
    let scope = from.scope(Some(payer), at).await?;
    done(desk::crossing::record(scope, draft, payer.id, &payee).await)?;
    Ok(())
}
