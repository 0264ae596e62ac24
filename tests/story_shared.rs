//! Tries that several processes count together: with a Redis that answers, that is gone, that is
//! slow, and that comes back.

use crate::redis::Redis;
use crate::story::{App, MARS, Person};
use crate::story_logins::{CLAIRE, logs_in};
use chrono::{DateTime, TimeDelta};
use door::limiter::Limiter;
use std::time::Duration;

/// As long as nothing is asked of a Redis that did not answer, and a little more.
const PAUSE: Duration = Duration::from_millis(2_300);

/// Somebody at a login page, with a wrong password: the status that it is answered with.
async fn tries(app: &App, login: &str) -> u16 {
    let mut person = Person::on(MARS);
    person.get(app, "/connexion").await;
    let typed = [("login", login), ("password", "ce n’est pas cela")];
    person.post(app, "/connexion", &typed).await.status
}

#[tokio::test]
async fn two_processes_count_together() {
    let redis = Redis::start();
    let limiters = [(); 2].map(|()| Limiter::shared(&redis.address()).unwrap());
    let (now, window) = (DateTime::UNIX_EPOCH, TimeDelta::minutes(15));
    for turn in 0..6_u32 {
        let standing = limiters[usize::from(turn % 2 == 1)]
            .take("claire", 4, window, now)
            .await;
        assert_eq!(standing.allowed, turn < 4, "{turn}");
        assert_eq!(standing.left, 3_u32.saturating_sub(turn));
        assert!(standing.until > now + window - TimeDelta::minutes(1));
        assert!(standing.until <= now + window);
    }
    // What tells of people is in no name; and nothing stays for ever.
    let kept = redis.say(&["keys", "*"]);
    assert!(
        kept.starts_with("saline:tries:") && !kept.contains("claire"),
        "{kept}"
    );
    assert_ne!(redis.say(&["pttl", &kept]), "-1");
    // Success, and what came to nothing, count for both.
    limiters[0].forgive("claire").await;
    assert_eq!(redis.say(&["get", &kept]), "5");
    limiters[1].forget("claire").await;
    assert!(limiters[0].allows("claire", 1, window, now).await);
    // What ran out is forgotten.
    assert!(
        limiters[0]
            .allows("short", 1, TimeDelta::milliseconds(50), now)
            .await
    );
    tokio::time::sleep(Duration::from_millis(120)).await;
    assert!(
        limiters[1]
            .allows("short", 1, TimeDelta::milliseconds(50), now)
            .await
    );
}

#[tokio::test]
async fn a_redis_that_goes_and_comes_logs_nobody_out_and_opens_no_limit() {
    let mut redis = Redis::start();
    let limiter = Limiter::shared(&redis.address()).unwrap();
    let (app, _) = App::open_counting(limiter).await.and_mars().await;
    let mut claire = logs_in(&app, MARS, CLAIRE).await;
    for _ in 0..6 {
        assert_eq!(tries(&app, "3").await, 422);
    }
    assert_ne!(redis.say(&["dbsize"]), "0");

    redis.stop();
    claire.get(&app, "/").await.says("Bonjour Claire");
    for _ in 0..4 {
        assert_eq!(tries(&app, "3").await, 422);
    }
    // This process counted all along.
    assert_eq!(tries(&app, "3").await, 429);
    assert_eq!(tries(&app, "2").await, 422);

    redis.again();
    tokio::time::sleep(PAUSE).await;
    // It knows nothing of what was before, and hears it from here.
    assert_eq!(tries(&app, "3").await, 429);
    assert_eq!(tries(&app, "2").await, 422);
    assert_ne!(
        redis.say(&["dbsize"]),
        "0",
        "nothing is counted there again"
    );

    redis.hold();
    claire.get(&app, "/").await.says("Bonjour Claire");
    assert_eq!(tries(&app, "2").await, 422);
    for _ in 0..7 {
        assert_eq!(tries(&app, "2").await, 422);
    }
    assert_eq!(tries(&app, "2").await, 429);
    redis.let_go();
    tokio::time::sleep(PAUSE).await;
    claire.get(&app, "/").await.says("Bonjour Claire");
    assert_eq!(tries(&app, "2").await, 429);
    assert_eq!(tries(&app, "4").await, 422);
    logs_in(&app, MARS, CLAIRE).await;
}

#[tokio::test]
async fn a_house_opens_while_its_redis_is_away() {
    let mut redis = Redis::start();
    redis.stop();
    let limiter = Limiter::shared(&redis.address()).unwrap();
    let (app, _) = App::open_counting(limiter).await.and_mars().await;
    for _ in 0..10 {
        assert_eq!(tries(&app, "3").await, 422);
    }
    assert_eq!(tries(&app, "3").await, 429);
    redis.again();
    tokio::time::sleep(PAUSE).await;
    assert_eq!(tries(&app, "2").await, 422);
    assert_ne!(redis.say(&["dbsize"]), "0");
    assert!(Limiter::shared("not an address").is_err());
}
