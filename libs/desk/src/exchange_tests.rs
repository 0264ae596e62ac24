use super::*;
use crate::Halt;
use crate::exchange_testing::{draft, refusal};
use crate::town::{Town, now};
use crate::{association, fresh, session};
use chrono::Days;
use sel::exchange::Ending;
use sel::limit::Policy;
use sel::member::Right;

#[tokio::test]
async fn entered_by_the_payer_it_is_posted_at_once_and_the_payer_has_less() {
    let town = Town::open().await;
    let (claire, jean) = (town.claire, town.jean);
    let it = town
        .record((claire, &[]), claire, jean, &draft(Side::Payer, 60))
        .await
        .unwrap();
    assert!(it.is_posted);
    assert_eq!(
        (town.balance(claire).await, town.balance(jean).await),
        (-60, 60)
    );
    town.check().await;
}

#[tokio::test]
async fn entered_by_the_payee_it_moves_nothing_before_the_payer_agrees() {
    let town = Town::open().await;
    let (claire, jean) = (town.claire, town.jean);
    let it = town
        .record((jean, &[]), jean, claire, &draft(Side::Payee, 60))
        .await
        .unwrap();
    assert_eq!(it.answer_by, Some(claire));
    assert_eq!(
        (town.balance(claire).await, town.balance(jean).await),
        (0, 0)
    );
    town.check().await;
    let scope = town.scope(claire, &[]).await;
    close(scope, it.exchange_id, Ending::Agreed, "")
        .await
        .unwrap();
    assert_eq!(
        (town.balance(claire).await, town.balance(jean).await),
        (-60, 60)
    );
    town.check().await;
}

#[tokio::test]
async fn someone_in_charge_enters_for_the_payer_and_confirms_for_the_payer() {
    let town = Town::open().await;
    let (claire, jean, fatima) = (town.claire, town.jean, town.fatima);
    let desk: (MemberId, &[Right]) = (fatima, &[Right::EnterForOthers]);
    town.record(desk, jean, claire, &draft(Side::Payer, 30))
        .await
        .unwrap();
    assert_eq!(
        (town.balance(claire).await, town.balance(jean).await),
        (30, -30)
    );
    let it = town
        .record((claire, &[]), claire, jean, &draft(Side::Payee, 20))
        .await
        .unwrap();
    assert_eq!(it.answer_by, Some(jean));
    let scope = town.scope(fatima, &[Right::EnterForOthers]).await;
    close(scope, it.exchange_id, Ending::Agreed, "")
        .await
        .unwrap();
    assert_eq!(
        (town.balance(claire).await, town.balance(jean).await),
        (50, -50)
    );
    town.check().await;
}

#[tokio::test]
async fn sent_twice_it_is_recorded_once() {
    let town = Town::open().await;
    let (claire, jean) = (town.claire, town.jean);
    let draft = draft(Side::Payer, 60);
    let by: (MemberId, &[Right]) = (claire, &[]);
    let (one, two) = tokio::join!(
        town.record(by, claire, jean, &draft),
        town.record(by, claire, jean, &draft)
    );
    assert_eq!(one.unwrap(), two.unwrap());
    town.record(by, claire, jean, &draft).await.unwrap();
    assert_eq!(town.balance(claire).await, -60);
    town.check().await;
}

#[tokio::test]
async fn another_exchange_under_the_id_of_the_first_is_refused() {
    let town = Town::open().await;
    let (claire, jean) = (town.claire, town.jean);
    let by: (MemberId, &[Right]) = (claire, &[]);
    let first = draft(Side::Payer, 60);
    town.record(by, claire, jean, &first).await.unwrap();
    let other = Draft {
        amount: 30,
        ..first.clone()
    };
    assert_eq!(
        refusal(town.record(by, claire, jean, &other).await),
        Refusal::Known
    );
    let theirs: (MemberId, &[Right]) = (jean, &[]);
    assert_eq!(
        refusal(town.record(theirs, jean, claire, &first).await),
        Refusal::Known
    );
    assert_eq!(town.balance(claire).await, -60);
}

#[tokio::test]
async fn an_answer_is_given_once_even_by_two_at_the_same_time() {
    let town = Town::open().await;
    let (claire, jean) = (town.claire, town.jean);
    let it = town
        .record((jean, &[]), jean, claire, &draft(Side::Payee, 60))
        .await
        .unwrap();
    let (one, two) = tokio::join!(
        async {
            close(
                town.scope(claire, &[]).await,
                it.exchange_id,
                Ending::Agreed,
                "",
            )
            .await
        },
        async {
            close(
                town.scope(claire, &[]).await,
                it.exchange_id,
                Ending::Refused,
                "",
            )
            .await
        }
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
    town.check().await;
}

#[tokio::test]
async fn refused_taken_back_or_expired_it_releases_what_it_held() {
    let town = Town::open().await;
    let (claire, jean) = (town.claire, town.jean);
    for ending in [Ending::Refused, Ending::Cancelled, Ending::Expired] {
        let it = town
            .record((jean, &[]), jean, claire, &draft(Side::Payee, 60))
            .await
            .unwrap();
        let mut scope = match ending {
            Ending::Refused => town.scope(claire, &[]).await,
            _ => town.scope(jean, &[]).await,
        };
        if ending == Ending::Expired {
            let late = now() + Days::new(31);
            scope = Scope::begin(&town.database.web, town.association, None, late)
                .await
                .unwrap();
        }
        close(scope, it.exchange_id, ending, "trop tôt")
            .await
            .unwrap();
        let again = close(
            town.scope(claire, &[]).await,
            it.exchange_id,
            Ending::Agreed,
            "",
        )
        .await;
        assert_eq!(refusal(again), Refusal::Ended);
    }
    assert_eq!(
        (town.balance(claire).await, town.balance(jean).await),
        (0, 0)
    );
    town.check().await;
}

#[tokio::test]
async fn two_at_once_cannot_pass_a_limit_that_refuses() {
    let town = Town::open().await;
    let (claire, jean, fatima) = (town.claire, town.jean, town.fatima);
    let mut scope = town.scope(fatima, &Right::ALL).await;
    let mut rules = store::setting::read(&mut scope).await.unwrap();
    rules.limits.policy = Policy::Refuse;
    association::rule(&mut scope, &rules).await.unwrap();
    scope.commit().await.unwrap();
    let by: (MemberId, &[Right]) = (claire, &[]);
    let (one, two) = (draft(Side::Payer, 1500), draft(Side::Payer, 1500));
    let (one, two) = tokio::join!(
        town.record(by, claire, jean, &one),
        town.record(by, claire, fatima, &two)
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
    let refused = if one.is_err() {
        refusal(one)
    } else {
        refusal(two)
    };
    assert!(
        matches!(refused, Refusal::LimitReached | Refusal::BelowFloor(_)),
        "{refused:?}"
    );
    town.check().await;
}

#[tokio::test]
async fn a_link_opens_a_sel_once_and_logs_its_founder_in_once() {
    let town = Town::open().await;
    let web = &town.database.web;
    let ticket = store::token::Written {
        id: sel::id::TokenId(fresh::id(now())),
        purpose: store::token::Purpose::Ticket,
        association_id: Some(town.association),
        member_id: Some(town.claire),
        mail_to: None,
        language: "fr".into(),
        detail: json!({}),
        expires_at: now() + session::TICKET_LIFE,
    };
    let mut door = store::Door::begin(web, now()).await.unwrap();
    store::token::write(&mut door, &ticket).await.unwrap();
    door.commit().await.unwrap();
    for _ in 0..3 {
        let look = [store::token::Purpose::Ticket];
        let meant = (ticket.id, &look[..]);
        let here = Some(town.association);
        session::look(web, here, meant, now()).await.unwrap();
    }
    let (secret, member) = session::follow(
        web,
        town.association,
        ticket.id,
        session::Browser::default(),
        now(),
    )
    .await
    .unwrap();
    assert_eq!(member, town.claire);
    let hash = store::session::hash(secret.secret().unwrap().as_str());
    let mut scope = Scope::begin(web, town.association, None, now())
        .await
        .unwrap();
    let present = store::member::of_session(&mut scope, &hash)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(present.member.first_name, "Claire");
    let again = session::follow(
        web,
        town.association,
        ticket.id,
        session::Browser::default(),
        now(),
    )
    .await;
    assert!(matches!(again, Err(Halt::Refused(session::Refusal::Used))));
}
