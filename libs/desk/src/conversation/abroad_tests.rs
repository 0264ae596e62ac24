use super::*;
use crate::alliance::tests::{CAPS, ally, speaker, two};
use crate::crossing::tests::rule;
use crate::town::{Town, now};
use chrono::Days;
use sel::id::AllianceId;
use sel::notice::{Draft, Reach};
use std::sync::Arc;
use store::alliance::Change;
use store::conversation::Other;

/// A notice of this member of a SEL, that goes so far.
async fn published(town: &Town, author: MemberId, reach: Reach) -> NoticeId {
    let id = NoticeId(fresh::id(now()));
    published_as(town, author, reach, id).await
}

async fn published_as(town: &Town, author: MemberId, reach: Reach, id: NoticeId) -> NoticeId {
    let draft = Draft {
        kind: "offer".into(),
        title: "Un broyeur".into(),
        units_mode: "gift".into(),
        reach: Some(reach),
        ..Draft::default()
    };
    let mut scope = speaker(town).await;
    let category = Some(store::category::list(&mut scope).await.unwrap()[0].id());
    crate::notice::publish(&mut scope, id, &draft, category, author)
        .await
        .unwrap();
    scope.commit().await.unwrap();
    id
}

/// Whether a member of `here` sees this notice of `there`.
async fn sees(here: &Town, there: &Town, notice: NoticeId) -> bool {
    let mut scope = here.scope(here.claire, &[]).await;
    let asked = [(there.association, notice)];
    let found = store::notice::shared(&mut scope, &asked).await.unwrap();
    let allies = store::notice::sharing_allies(&mut scope).await.unwrap();
    let shares = allies.contains(&there.association);
    assert!(found.is_empty() || shares);
    found.iter().any(|it| it.id() == notice)
}

async fn change(town: &Town, id: AllianceId, change: Change) {
    crate::alliance::change(speaker(town).await, id, change)
        .await
        .unwrap();
}

/// Whether they are one's own, and what they say, sorted: all were sent at one moment.
async fn letters(town: &Town, member: MemberId, talk: ConversationId) -> Vec<(bool, String)> {
    let mut scope = town.scope(member, &[]).await;
    let letters = store::conversation::messages(&mut scope, talk, 10)
        .await
        .unwrap();
    let letter = |it: store::conversation::Message| (it.sender_id() == Some(member), it.body);
    let mut letters: Vec<_> = letters.into_iter().map(letter).collect();
    letters.sort_by(|one, other| one.1.cmp(&other.1));
    letters
}

fn message() -> MessageId {
    MessageId(fresh::id(now()))
}

#[tokio::test]
async fn a_notice_is_seen_where_author_and_sel_let_it_and_the_two_are_allied() {
    let (mars, venus) = two().await;
    let near = published(&venus, venus.claire, Reach::Members).await;
    let far = published(&venus, venus.claire, Reach::Allies).await;
    assert!(!sees(&mars, &venus, far).await, "before they are allied");
    let id = ally(&mars, &venus, CAPS).await;
    assert!(sees(&mars, &venus, far).await);
    assert!(!sees(&mars, &venus, near).await, "kept back by its author");
    assert!(
        !sees(&venus, &venus, far).await,
        "a SEL is no ally of itself"
    );
    rule(&venus, |rules| rules.notice_reach = Reach::Members).await;
    assert!(!sees(&mars, &venus, far).await, "kept back by the SEL");
    rule(&venus, |rules| rules.notice_reach = Reach::Allies).await;
    for (town, back) in [(&mars, true), (&venus, true), (&venus, false)] {
        change(town, id, if back { Change::Pause } else { Change::End }).await;
        assert!(!sees(&mars, &venus, far).await, "paused or ended");
        if back {
            change(town, id, Change::Resume).await;
            assert!(sees(&mars, &venus, far).await);
        }
    }
}

#[tokio::test]
async fn a_sel_that_keeps_its_notices_lets_no_draft_go_further() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    rule(&venus, |rules| rules.notice_reach = Reach::Members).await;
    let id = published(&venus, venus.claire, Reach::Allies).await;
    rule(&venus, |rules| rules.notice_reach = Reach::Allies).await;
    assert!(!sees(&mars, &venus, id).await);
}

#[tokio::test]
async fn what_its_members_do_not_see_allies_do_not_see_either() {
    use sel::notice::Change as Turn;
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let id = published(&venus, venus.jean, Reach::Allies).await;
    for (turn, back) in [(Turn::Pause, Turn::Resume), (Turn::Close, Turn::Reopen)] {
        for (turn, seen) in [(turn, false), (back, true)] {
            crate::notice::change(speaker(&venus).await, id, turn)
                .await
                .unwrap();
            assert_eq!(sees(&mars, &venus, id).await, seen, "{turn:?}");
        }
    }
    let mut later = Scope::begin(
        &mars.database.web,
        mars.association,
        None,
        now() + Days::new(366),
    )
    .await
    .unwrap();
    let asked = [(venus.association, id)];
    let over = store::notice::shared(&mut later, &asked).await.unwrap();
    assert!(over.is_empty(), "it has run out by then");
    let mut scope = speaker(&venus).await;
    store::member::leave(&mut scope, venus.jean).await.unwrap();
    scope.commit().await.unwrap();
    assert!(!sees(&mars, &venus, id).await, "its author has left");
}

#[tokio::test]
async fn both_sels_keep_the_letters_and_the_author_is_named_by_answering() {
    let (mars, venus) = two().await;
    let alliance = ally(&mars, &venus, CAPS).await;
    let notice = published(&venus, venus.fatima, Reach::Allies).await;
    let (first, about) = (message(), (venus.association, notice));
    let mut talks = Vec::new();
    for _ in 0..2 {
        let scope = mars.scope(mars.claire, &[]).await;
        talks.push(write_there(scope, first, about, "Libre ?").await.unwrap());
    }
    let talk = talks[0];
    assert_eq!(talks, [talk, talk]);
    assert_eq!(named(&mars, mars.claire, talk).await, None);
    let claire = Some((2, "Claire".to_owned()));
    assert_eq!(named(&venus, venus.fatima, talk).await, claire);
    // In a pause the two go on speaking.
    change(&venus, alliance, Change::Pause).await;
    let scope = venus.scope(venus.fatima, &[]).await;
    crate::conversation::answer(scope, message(), talk, "Samedi.")
        .await
        .unwrap();
    let fatima = Some((1, "Fatima".to_owned()));
    assert_eq!(named(&mars, mars.claire, talk).await, fatima);
    let said = |mine: bool, text: &str| (mine, text.to_owned());
    let here = [said(true, "Libre ?"), said(false, "Samedi.")];
    assert_eq!(letters(&mars, mars.claire, talk).await, here);
    let there = [said(false, "Libre ?"), said(true, "Samedi.")];
    assert_eq!(letters(&venus, venus.fatima, talk).await, there);
    let scope = venus.scope(venus.claire, &[]).await;
    let refused = crate::conversation::answer(scope, message(), talk, "Moi aussi.").await;
    assert!(matches!(refused, Err(Halt::Refused(Refusal::NotAllowed))));
}

/// Number and name of the other, as this member reads them.
async fn named(town: &Town, me: MemberId, talk: ConversationId) -> Option<(i32, String)> {
    let mut scope = town.scope(me, &[]).await;
    let it = store::conversation::by_id(&mut scope, talk).await.unwrap();
    match it.unwrap().other(me) {
        Other::Outsider { named, .. } => named.map(|(number, name)| (number, name.to_owned())),
        Other::Member { .. } => panic!("a member of ours"),
    }
}

#[tokio::test]
async fn notices_of_two_allies_under_one_id_have_two_conversations() {
    let (mars, venus) = two().await;
    let baie = Town::open_in(Arc::clone(&mars.database), "baie").await;
    ally(&mars, &venus, CAPS).await;
    ally(&mars, &baie, CAPS).await;
    let id = published(&venus, venus.fatima, Reach::Allies).await;
    published_as(&baie, baie.claire, Reach::Allies, id).await;
    let mut talks = Vec::new();
    for town in [&venus, &baie] {
        let scope = mars.scope(mars.claire, &[]).await;
        let about = (town.association, id);
        talks.push(
            write_there(scope, message(), about, "Libre ?")
                .await
                .unwrap(),
        );
    }
    assert_ne!(talks[0], talks[1]);
    assert_eq!(letters(&venus, venus.fatima, talks[0]).await.len(), 1);
    assert_eq!(letters(&baie, baie.claire, talks[1]).await.len(), 1);
}

#[tokio::test]
async fn two_who_answer_each_other_at_once_are_both_heard() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let notice = published(&venus, venus.fatima, Reach::Allies).await;
    let about = (venus.association, notice);
    let scope = mars.scope(mars.claire, &[]).await;
    let talk = write_there(scope, message(), about, "Libre ?")
        .await
        .unwrap();
    for _ in 0..10 {
        let here = mars.scope(mars.claire, &[]).await;
        let there = venus.scope(venus.fatima, &[]).await;
        let (one, other) = tokio::join!(
            crate::conversation::answer(here, message(), talk, "Oui."),
            crate::conversation::answer(there, message(), talk, "Non."),
        );
        assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    }
}

#[tokio::test]
async fn once_the_alliance_has_ended_nothing_more_is_carried() {
    let (mars, venus) = two().await;
    let id = ally(&mars, &venus, CAPS).await;
    let notice = published(&venus, venus.claire, Reach::Allies).await;
    let about = (venus.association, notice);
    let scope = mars.scope(mars.claire, &[]).await;
    let talk = write_there(scope, message(), about, "Libre ?")
        .await
        .unwrap();
    change(&venus, id, Change::End).await;
    let scope = venus.scope(venus.claire, &[]).await;
    let refused = crate::conversation::answer(scope, message(), talk, "Samedi.").await;
    assert!(matches!(refused, Err(Halt::Refused(Refusal::NotAllied))));
    let scope = mars.scope(mars.claire, &[]).await;
    let refused = write_there(scope, message(), about, "Alors ?").await;
    assert!(matches!(refused, Err(Halt::Refused(Refusal::Gone))));
    assert_eq!(letters(&venus, venus.claire, talk).await.len(), 1);
}

#[tokio::test]
async fn what_goes_to_all_sels_is_seen_and_answered_without_an_alliance() {
    let (mars, venus) = two().await;
    rule(&venus, |rules| rules.notice_reach = Reach::Platform).await;
    let near = published(&venus, venus.claire, Reach::Allies).await;
    let far = published(&venus, venus.claire, Reach::Platform).await;
    let mut scope = mars.scope(mars.claire, &[]).await;
    let asked = [(venus.association, near), (venus.association, far)];
    let found = store::notice::shared(&mut scope, &asked).await.unwrap();
    let found: Vec<_> = found.iter().map(|it| (it.id(), it.reach())).collect();
    assert_eq!(found, [(far, Reach::Platform)]);
    let about = (venus.association, far);
    let talk = write_there(scope, message(), about, "Libre ?")
        .await
        .unwrap();
    rule(&venus, |rules| rules.notice_reach = Reach::Members).await;
    let scope = venus.scope(venus.claire, &[]).await;
    crate::conversation::answer(scope, message(), talk, "Samedi.")
        .await
        .unwrap();
    assert_eq!(letters(&mars, mars.claire, talk).await.len(), 2);
    assert_eq!(letters(&venus, venus.claire, talk).await.len(), 2);
    let scope = mars.scope(mars.claire, &[]).await;
    let refused = write_there(scope, message(), about, "Alors ?").await;
    assert!(matches!(refused, Err(Halt::Refused(Refusal::Gone))));
}

#[tokio::test]
async fn what_is_public_is_seen_by_everybody_and_nothing_else_is() {
    let (mars, venus) = two().await;
    rule(&venus, |rules| rules.notice_reach = Reach::Public).await;
    let mut asked = Vec::new();
    for reach in Reach::ALL {
        let id = published(&venus, venus.claire, reach).await;
        asked.push((venus.association, id));
    }
    for ceiling in Reach::ALL {
        rule(&venus, |rules| rules.notice_reach = ceiling).await;
        let mut door = store::Door::begin(&mars.database.web, now()).await.unwrap();
        let found = store::notice::public(&mut door, &asked).await.unwrap();
        let found: Vec<_> = found.iter().map(store::notice::Shared::id).collect();
        let public = (ceiling == Reach::Public).then_some(asked[3].1);
        assert_eq!(found, public.into_iter().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn nobody_is_written_to_who_would_not_read_it() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let notice = published(&venus, venus.jean, Reach::Allies).await;
    let scope = mars.scope(mars.claire, &[]).await;
    let about = (venus.association, notice);
    let refused = write_there(scope, message(), about, "Libre ?").await;
    assert!(matches!(
        refused,
        Err(Halt::Refused(Refusal::UnreachableThere))
    ));
    let mut scope = mars.scope(mars.claire, &[]).await;
    let id = abroad_id(mars.association, mars.claire, about);
    assert!(
        store::conversation::by_id(&mut scope, id)
            .await
            .unwrap()
            .is_none()
    );
}
