use super::*;
use crate::alliance::tests::{CAPS, ally, speaker, two};
use crate::crossing::tests::rule;
use crate::town::{Town, now};
use sel::id::AllianceId;
use sel::notice::{Draft, Reach};
use store::alliance::Change;
use store::conversation::Other;

/// A notice of this member of a SEL, that goes so far.
async fn published(town: &Town, author: MemberId, reach: Reach) -> NoticeId {
    let id = NoticeId(fresh::id(now()));
    let draft = Draft {
        kind: "offer".into(),
        title: "Un broyeur".into(),
        units_mode: "gift".into(),
        reach: Some(reach),
        ..Draft::default()
    };
    let mut scope = town.scope(author, &[]).await;
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
    let shares = allies.iter().any(|ally| ally.id() == there.association);
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
        !sees(&venus, &mars, far).await,
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
async fn both_sels_keep_the_letters_and_the_author_is_named_by_answering() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let notice = published(&venus, venus.claire, Reach::Allies).await;
    let (first, about) = (message(), (venus.association, notice));
    let mut talks = Vec::new();
    for _ in 0..2 {
        let scope = mars.scope(mars.claire, &[]).await;
        talks.push(write_there(scope, first, about, "Libre ?").await.unwrap());
    }
    let talk = talks[0];
    assert_eq!(talks, [talk, talk]);
    let known = |it: &Conversation, me| match it.other(me) {
        Other::Outsider { named, .. } => named.map(|(_, name)| name.to_owned()),
        Other::Member { .. } => panic!("a member of ours"),
    };
    let mut scope = mars.scope(mars.claire, &[]).await;
    let here = store::conversation::by_id(&mut scope, talk).await.unwrap();
    assert_eq!(known(&here.unwrap(), mars.claire), None);
    let mut scope = venus.scope(venus.claire, &[]).await;
    let there = store::conversation::by_id(&mut scope, talk).await.unwrap();
    assert_eq!(known(&there.unwrap(), venus.claire), Some("Claire".into()));
    let reply = crate::conversation::answer(scope, message(), talk, "Samedi.").await;
    reply.unwrap();
    let libre = (true, "Libre ?".to_owned());
    let samedi = (false, "Samedi.".to_owned());
    assert_eq!(letters(&mars, mars.claire, talk).await, [libre, samedi]);
    let libre = (false, "Libre ?".to_owned());
    let samedi = (true, "Samedi.".to_owned());
    assert_eq!(letters(&venus, venus.claire, talk).await, [libre, samedi]);
    let mut scope = mars.scope(mars.claire, &[]).await;
    let here = store::conversation::by_id(&mut scope, talk).await.unwrap();
    assert_eq!(known(&here.unwrap(), mars.claire), Some("Claire".into()));
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
async fn nobody_is_written_to_who_would_not_read_it() {
    let (mars, venus) = two().await;
    ally(&mars, &venus, CAPS).await;
    let notice = published(&venus, venus.jean, Reach::Allies).await;
    let scope = mars.scope(mars.claire, &[]).await;
    let about = (venus.association, notice);
    let refused = write_there(scope, message(), about, "Libre ?").await;
    assert!(matches!(refused, Err(Halt::Refused(Refusal::Unreachable))));
    let mut scope = mars.scope(mars.claire, &[]).await;
    let id = there_id(mars.association, mars.claire, notice);
    assert!(
        store::conversation::by_id(&mut scope, id)
            .await
            .unwrap()
            .is_none()
    );
}
