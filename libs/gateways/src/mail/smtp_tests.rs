use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::super::sample::letter;
use super::super::{Letter, Post};
use super::*;

/// What the server does after a line: answers, at once or after some milliseconds, hangs up,
/// or says nothing.
enum Reply {
    Say(&'static str),
    SayAfter(u64, &'static str),
    HangUp,
    Nothing,
}

use Reply::{HangUp, Nothing, Say, SayAfter};

/// Chooses a reply from the number of the connection, counted from 1, and the line. The end of
/// a letter is the line `.`.
type Script = fn(usize, &str) -> Reply;

fn obliging(_connection: usize, line: &str) -> Reply {
    match line.split(' ').next().unwrap_or_default() {
        "EHLO" => Say("250-sink\r\n250-AUTH PLAIN\r\n250 8BITMIME"),
        "AUTH" => Say("235 welcome"),
        "DATA" => Say("354 go on"),
        "QUIT" => Say("221 goodbye"),
        _ => Say("250 fine"),
    }
}

/// A server that does as scripted, and remembers every line it was told.
struct Sink {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Sink {
    async fn start(script: Script) -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sink = Sink {
            port: listener.local_addr().unwrap().port(),
            heard: Arc::default(),
            connections: Arc::default(),
        };
        let (heard, connections) = (Arc::clone(&sink.heard), Arc::clone(&sink.connections));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = connections.fetch_add(1, Ordering::SeqCst) + 1;
                let heard = Arc::clone(&heard);
                tokio::spawn(async move { converse(stream, number, script, &heard).await });
            }
        });
        sink
    }

    fn post(&self) -> Post {
        self.post_within(TIMEOUT, "", "")
    }

    fn post_within(&self, limit: Duration, user: &str, query: &str) -> Post {
        let url = format!("smtp://{user}127.0.0.1:{}{query}", self.port);
        Post::Smtp(Smtp::open(&url.into(), limit).unwrap())
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn converse(
    mut stream: TcpStream,
    number: usize,
    script: Script,
    heard: &Mutex<Vec<String>>,
) -> Option<()> {
    let (reader, mut writer) = stream.split();
    let mut lines = BufReader::new(reader).lines();
    let mut in_letter = false;
    writer.write_all(b"220 sink\r\n").await.ok()?;
    while let Some(line) = lines.next_line().await.ok()? {
        heard.lock().unwrap().push(line.clone());
        if in_letter && line != "." {
            continue;
        }
        in_letter = false;
        let answer = match script(number, &line) {
            Say(answer) => answer,
            SayAfter(millis, answer) => {
                tokio::time::sleep(Duration::from_millis(millis)).await;
                answer
            }
            HangUp => return None,
            Nothing => continue,
        };
        in_letter = answer.starts_with("354");
        let line = format!("{answer}\r\n");
        writer.write_all(line.as_bytes()).await.ok()?;
        if answer.starts_with("221") {
            return None;
        }
    }
    None
}

async fn sent(script: Script, letter: &Letter) -> Result<(), Failure> {
    Sink::start(script).await.post().send(letter).await
}

/// The pool takes a connection back in a task of its own.
async fn let_connections_return() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

#[tokio::test]
async fn a_letter_reaches_the_server_whole() {
    let sink = Sink::start(obliging).await;
    let mut dotted = letter(1);
    dotted.text = "Bonjour\n.\n..deux\nQUIT".to_owned();
    sink.post().send(&dotted).await.unwrap();
    let heard = sink.heard();
    assert!(heard[0].starts_with("EHLO "));
    assert_eq!(heard[1], "MAIL FROM:<sel@mars.example.org>");
    assert_eq!(heard[2], "RCPT TO:<claire@example.org>");
    assert_eq!(heard[3], "DATA");
    let message_id = "Message-ID: <00000000-0000-0000-0000-000000000001@mars.example.org>";
    assert_eq!(heard[4], message_id);
    let text = heard.iter().position(|line| line == "Bonjour").unwrap();
    assert_eq!(heard[text + 1..text + 4], ["..", "...deux", "QUIT"]);
    assert!(heard.contains(&"<p>Bonjour Claire</p>".to_owned()));
    assert_eq!(heard.last().unwrap(), ".");
}

#[tokio::test]
async fn letters_share_a_connection() {
    let sink = Sink::start(obliging).await;
    let post = sink.post();
    for number in 1..=3 {
        post.send(&letter(number)).await.unwrap();
        let_connections_return().await;
    }
    assert_eq!(sink.connections.load(Ordering::SeqCst), 1);
    let ends = sink.heard().iter().filter(|line| *line == ".").count();
    assert_eq!(ends, 3);
}

#[tokio::test]
async fn a_connection_that_the_server_closed_is_replaced() {
    let sink = Sink::start(|number, line| match line {
        "NOOP" => HangUp,
        _ => obliging(number, line),
    })
    .await;
    let post = sink.post();
    post.send(&letter(1)).await.unwrap();
    let_connections_return().await;
    post.send(&letter(2)).await.unwrap();
    assert_eq!(sink.connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_unknown_recipient_is_refused_for_good() {
    let sent = sent(
        |number, line| match line {
            "RCPT TO:<claire@example.org>" => Say("550-5.1.1 nobody\r\n550 of that name"),
            _ => obliging(number, line),
        },
        &letter(1),
    )
    .await;
    assert!(matches!(&sent, Err(Failure::Never(why)) if why.contains("nobody")));
    assert!(matches!(&sent, Err(Failure::Never(why)) if !why.contains('\n')));
}

#[tokio::test]
async fn a_letter_refused_after_its_end_is_refused_for_good() {
    let sent = sent(
        |number, line| match line {
            "." => Say("554 this is spam"),
            _ => obliging(number, line),
        },
        &letter(1),
    )
    .await;
    assert!(matches!(sent, Err(Failure::Never(_))), "{sent:?}");
}

#[tokio::test]
async fn a_busy_server_is_tried_later() {
    let sent = sent(
        |number, line| match line {
            "RCPT TO:<claire@example.org>" => Say("451 greylisted"),
            _ => obliging(number, line),
        },
        &letter(1),
    )
    .await;
    assert!(matches!(sent, Err(Failure::Later(_))), "{sent:?}");
}

#[tokio::test]
async fn a_server_that_hangs_up_is_tried_later() {
    // The first conversation stops at the first step, the second at the second, and so on.
    const STEPS: [&str; 4] = ["EHLO", "MAIL", "DATA", "."];
    let sink = Sink::start(|number, line| {
        if line.starts_with(STEPS[number - 1]) {
            HangUp
        } else {
            obliging(number, line)
        }
    })
    .await;
    let post = sink.post();
    for step in STEPS {
        let sent = post.send(&letter(1)).await;
        assert!(matches!(sent, Err(Failure::Later(_))), "{step}: {sent:?}");
    }
    assert_eq!(sink.connections.load(Ordering::SeqCst), STEPS.len());
}

#[tokio::test]
async fn an_absent_server_is_tried_later() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let sent = Post::smtp(&url.into()).unwrap().send(&letter(1)).await;
    assert!(matches!(sent, Err(Failure::Later(_))), "{sent:?}");
}

#[tokio::test]
async fn a_silent_server_is_tried_later() {
    let sink = Sink::start(|_, _| Nothing).await;
    let post = sink.post_within(Duration::from_millis(100), "", "");
    let sent = post.send(&letter(1)).await;
    assert!(matches!(sent, Err(Failure::Later(_))), "{sent:?}");
}

#[tokio::test]
async fn a_late_answer_is_never_taken_for_that_of_the_next_letter() {
    let sink = Sink::start(|number, line| match (number, line) {
        (1, ".") => SayAfter(1500, "250 fine at last"),
        (_, ".") => Say("554 not this one"),
        _ => obliging(number, line),
    })
    .await;
    let post = sink.post_within(Duration::from_secs(1), "", "");
    let slow = post.send(&letter(1)).await;
    assert!(matches!(slow, Err(Failure::Later(_))), "{slow:?}");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let refused = post.send(&letter(2)).await;
    assert!(matches!(refused, Err(Failure::Never(_))), "{refused:?}");
}

#[tokio::test]
async fn a_caller_who_stops_waiting_leaves_nothing_to_the_next_letter() {
    static LETTERS: AtomicUsize = AtomicUsize::new(0);
    let sink = Sink::start(|number, line| match line {
        "." if LETTERS.fetch_add(1, Ordering::SeqCst) == 0 => SayAfter(300, "250 fine"),
        "." => Say("554 not this one"),
        _ => obliging(number, line),
    })
    .await;
    let post = sink.post();
    let impatient = timeout(Duration::from_millis(100), post.send(&letter(1))).await;
    assert!(impatient.is_err());
    while LETTERS.load(Ordering::SeqCst) == 0 {
        let_connections_return().await;
    }
    tokio::time::sleep(Duration::from_millis(600)).await;
    let refused = post.send(&letter(2)).await;
    assert!(matches!(refused, Err(Failure::Never(_))), "{refused:?}");
    assert_eq!(sink.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_wrong_address_is_not_even_said_to_the_server() {
    let sink = Sink::start(obliging).await;
    let mut wrong = letter(1);
    wrong.to.address = "claire@example.org\r\nRCPT TO:<eve@example.org>".to_owned();
    let sent = sink.post().send(&wrong).await;
    assert!(matches!(sent, Err(Failure::Never(_))), "{sent:?}");
    assert_eq!(sink.heard(), [""; 0]);
}

#[tokio::test]
async fn an_address_beyond_ascii_is_refused_by_a_server_that_cannot_write_it() {
    let mut accented = letter(1);
    accented.to.address = "clairé@example.org".to_owned();
    let sent = sent(obliging, &accented).await;
    assert!(matches!(sent, Err(Failure::Never(_))), "{sent:?}");
}

#[tokio::test]
async fn user_and_password_come_from_the_url() {
    let sink = Sink::start(obliging).await;
    let post = sink.post_within(TIMEOUT, "sel%40mars:a%3Ab%20c@", "");
    post.send(&letter(1)).await.unwrap();
    // "\0sel@mars\0a:b c" in base64.
    let auth = "AUTH PLAIN AHNlbEBtYXJzAGE6YiBj".to_owned();
    assert!(sink.heard().contains(&auth), "{:?}", sink.heard());
    assert!(!format!("{post:?}").contains("sel"));
}

#[tokio::test]
async fn without_tls_nothing_is_said_where_tls_is_required() {
    let sink = Sink::start(obliging).await;
    let post = sink.post_within(TIMEOUT, "sel:secret@", "?tls=required");
    let sent = post.send(&letter(1)).await;
    assert!(matches!(sent, Err(Failure::Later(_))), "{sent:?}");
    assert!(sink.heard().iter().all(|line| line.starts_with("EHLO")));
}

#[tokio::test]
async fn a_url_that_is_not_understood_is_refused_without_repeating_it() {
    for url in [
        "",
        "mail.example.org",
        "http://sel:secret@mail.example.org",
        "secret:smtp://mail.example.org",
        "smtp://sel:secret@mail.example.org?tls=perhaps",
        "smtp://sel:secret@:25",
    ] {
        let refused = Post::smtp(&url.to_owned().into()).unwrap_err();
        assert!(matches!(&refused, Failure::Never(why) if !why.contains("secret")));
    }
}

#[tokio::test]
async fn the_three_kinds_of_url_are_understood() {
    for url in [
        "smtp://mail.example.org",
        "smtp://sel:secret@mail.example.org:587?tls=required",
        "smtps://sel:secret@mail.example.org",
    ] {
        assert!(Post::smtp(&url.to_owned().into()).is_ok(), "{url}");
    }
}

#[test]
fn without_a_runtime_smtp_is_refused() {
    let opened = Post::smtp(&"smtp://mail.example.org".to_owned().into());
    assert!(matches!(opened, Err(Failure::Never(_))));
}
