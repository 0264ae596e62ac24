//! What goes on paper, from the values of a page to a file.

use door::Trouble;
use poem::Response;
use poem::http::header;
use print::{Failure, Folio};
use tokio::sync::Semaphore;
use words::Words;

/// Papers that are set at a time: a long one takes a processor and much memory for seconds.
static PRESS: Semaphore = Semaphore::const_new(2);

/// What a page number stands in.
pub(crate) fn folio(words: Words) -> Folio {
    Folio {
        page: words.say("paper-page"),
        of: words.say("paper-of"),
    }
}

/// Sets a paper away from the requests, and answers it as a file; nothing where it would be too
/// long for one. It may wait: whoever calls it holds no scope.
pub(crate) async fn paper(
    name: &str,
    set: impl FnOnce() -> Result<Vec<u8>, Failure> + Send + 'static,
) -> Result<Option<Response>, Trouble> {
    let broken = |why: String| Trouble::Broken(format!("a paper was not set: {why}"));
    let permit = PRESS.acquire().await;
    let permit = permit.map_err(|error| broken(error.to_string()))?;
    // Whoever hangs up does not make room for another before the paper is set.
    let set = tokio::task::spawn_blocking(move || {
        let set = set();
        drop(permit);
        set
    });
    let set = set.await;
    let bytes = match set.map_err(|error| broken(error.to_string()))? {
        Ok(bytes) => bytes,
        Err(Failure::Count { .. }) => return Ok(None),
        Err(failure) => return Err(broken(failure.to_string())),
    };
    Ok(Some(
        Response::builder()
            .header(header::CONTENT_TYPE, "application/pdf")
            .header(
                header::CONTENT_DISPOSITION,
                format!("inline; filename=\"{name}\""),
            )
            .header(header::CACHE_CONTROL, "no-store")
            .body(bytes),
    ))
}

/// A name or a heading, no longer than a paper shows.
pub(crate) fn short(text: &str) -> String {
    const LETTERS: usize = 80;
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LETTERS - 1).collect();
    format!("{}…", cut.trim_end())
}
