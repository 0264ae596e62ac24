//! `/demarrer/1` to `/demarrer/4`: the guided start of a SEL, and its settings ever after, with two
//! pages more.

mod category;
mod limit;
mod openness;
mod unit;
mod ways;
mod words;

use door::threshold::see_other_with;
use door::{Answer, Errors, Fields, Flash, Frame, Present, Trouble, see_other};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{IntoResponse, Response, Route, get, handler};
use sel::association::Rules;
use sel::member::Right;

/// What `setup_step` says when all is done.
const DONE: i16 = 5;

pub(crate) fn routes(route: Route) -> Route {
    route.at("/demarrer/:step", get(show).post(save))
}

/// One of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Unit,
    Limits,
    Categories,
    Openness,
    /// Not part of the guided start, nor is what follows.
    Ways,
    Words,
}

impl Step {
    const ALL: [Step; 6] = [
        Step::Unit,
        Step::Limits,
        Step::Categories,
        Step::Openness,
        Step::Ways,
        Step::Words,
    ];

    fn parse(text: &str) -> Result<Step, Trouble> {
        Step::ALL
            .into_iter()
            .find(|step| step.number().to_string() == text)
            .ok_or(Trouble::NotFound)
    }

    fn number(self) -> i16 {
        match self {
            Step::Unit => 1,
            Step::Limits => 2,
            Step::Categories => 3,
            Step::Openness => 4,
            Step::Ways => 5,
            Step::Words => 6,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Step::Unit => "setup-unit-title",
            Step::Limits => "setup-limits-title",
            Step::Categories => "setup-categories-title",
            Step::Openness => "setup-openness-title",
            Step::Ways => "setup-ways-title",
            Step::Words => "setup-words-title",
        }
    }

    fn path(self) -> String {
        format!("/demarrer/{}", self.number())
    }
}

/// The pages as the head of each shows them.
struct Steps {
    /// The guided start is over: these are the settings.
    is_ready: bool,
    /// What the button says.
    button: &'static str,
    path: String,
    back: Option<String>,
    lines: Vec<Line>,
}

struct Line {
    label: String,
    /// None for a page of the guided start that is still to come.
    url: Option<String>,
    is_current: bool,
}

impl Steps {
    fn of(present: &Present, current: Step) -> Steps {
        let is_ready = is_ready(present);
        let reached = present.rules.setup_step;
        let lines = Step::ALL
            .into_iter()
            .filter(|step| is_ready || *step < Step::Ways)
            .map(|step| Line {
                label: present.words().say(&format!("{}-short", step.title())),
                url: (step != current && (is_ready || step.number() <= reached))
                    .then(|| step.path()),
                is_current: step == current,
            })
            .collect();
        let button = match current {
            _ if is_ready => "setup-save",
            Step::Openness => "setup-open",
            _ => "setup-next",
        };
        let before = Step::ALL.into_iter().take_while(|step| *step < current);
        Steps {
            is_ready,
            button,
            path: current.path(),
            back: before.last().filter(|_| !is_ready).map(Step::path),
            lines,
        }
    }
}

/// Whether the guided start is over.
fn is_ready(present: &Present) -> bool {
    present.guest.association.ready_at.is_some()
}

fn frame(present: &Present, step: Step, errors: &Errors) -> Frame {
    let words = present.words();
    let place = if is_ready(present) { "desk" } else { "" };
    let kind = if is_ready(present) {
        "setup-settings"
    } else {
        "setup-start"
    };
    let title = format!("{}, {}", words.say(step.title()), words.say(kind));
    Frame::present(present, step.title(), place)
        .titled(title)
        .wrong(!errors.is_empty())
}

/// Who may be here, and not further than they have come.
fn admit(present: &Present, step: &str) -> Result<Result<Step, Response>, Trouble> {
    let step = Step::parse(step)?;
    if !present.may(Right::Settings) {
        return Err(Trouble::NotAllowed);
    }
    let reached = present.rules.setup_step;
    if !is_ready(present) && (step.number() > reached || step >= Step::Ways) {
        let path = format!("/demarrer/{}", reached.clamp(1, 4));
        return Ok(Err(see_other(&path)));
    }
    Ok(Ok(step))
}

#[handler]
async fn show(mut present: Present, Path(step): Path<String>) -> Answer {
    let step = match admit(&present, &step)? {
        Ok(step) => step,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let errors = Errors::none();
    let shown = match step {
        Step::Unit => {
            let typed = unit::standing(&mut present).await?;
            unit::page(&present, typed, errors)
        }
        Step::Limits => limit::page(&present, limit::typed(&present.rules), errors),
        Step::Categories => {
            let typed = category::typed(&mut present.scope).await?;
            category::page(&present, typed, errors)
        }
        Step::Openness => openness::page(&present, openness::typed(&present.rules), errors),
        Step::Ways => ways::page(&present, ways::typed(&present.rules), errors),
        Step::Words => words::page(&present, words::typed(&present.rules), errors),
    };
    Ok(shown?)
}

#[handler]
async fn save(fields: Fields, mut present: Present, Path(step): Path<String>) -> Answer {
    let step = match admit(&present, &step)? {
        Ok(step) => step,
        Err(elsewhere) => return Ok(elsewhere),
    };
    // Two who save different pages at once must not undo each other.
    present.rules = store::setting::hold(&mut present.scope)
        .await
        .map_err(Trouble::from)?;
    let (page, errors): (Page, Errors) = match step {
        Step::Unit => match unit::save(&mut present, &fields).await? {
            Ok(rules) => return finish(present, step, rules).await,
            Err(errors) => (unit::page, errors),
        },
        Step::Limits => match limit::read(&present, &fields) {
            Ok(rules) => return finish(present, step, rules).await,
            Err(errors) => (limit::page, errors),
        },
        Step::Categories => match category::save(&mut present, &fields).await? {
            Ok(rules) => return finish(present, step, rules).await,
            Err(errors) => (category::page, errors),
        },
        Step::Openness => match openness::read(&present, &fields) {
            Ok(rules) => return finish(present, step, rules).await,
            Err(errors) => (openness::page, errors),
        },
        Step::Ways => match ways::read(&present, &fields) {
            Ok(rules) => return finish(present, step, rules).await,
            Err(errors) => (ways::page, errors),
        },
        Step::Words => match words::read(&present, &fields) {
            Ok(rules) => return finish(present, step, rules).await,
            Err(errors) => (words::page, errors),
        },
    };
    Ok(page(&present, fields, errors)?
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}

/// What shows a step with what is wrong in it.
type Page = fn(&Present, Fields, Errors) -> Result<Response, Trouble>;

/// Writes the rules of a step, commits, and goes on.
async fn finish(mut present: Present, step: Step, mut rules: Rules) -> Answer {
    let was_ready = is_ready(&present);
    rules.setup_step = rules.setup_step.max((step.number() + 1).min(DONE));
    let scope = &mut present.scope;
    if let Err(halt) = desk::association::rule(scope, &rules).await {
        crate::failed(halt)?;
        return Err(Trouble::NotAllowed.into());
    }
    let opens = !was_ready && step == Step::Openness;
    if opens {
        let label = desk::member::STARTING_CREDIT_LABEL;
        let today = present.guest.today();
        if let Err(halt) = desk::association::make_ready(scope, label, today).await {
            crate::failed(halt)?;
            return Err(Trouble::NotAllowed.into());
        }
    }
    let Present { guest, scope, .. } = present;
    scope.commit().await.map_err(Trouble::from)?;
    guest.house.forget(&guest.association);
    let words = guest.visit.words;
    let (to, key) = match (opens, was_ready) {
        (true, _) => (
            "/compte/mot-de-passe?bienvenue=oui".to_owned(),
            "setup-opened",
        ),
        (_, true) => (step.path(), "setup-saved"),
        _ => return Ok(see_other(&format!("/demarrer/{}", step.number() + 1))),
    };
    let flash = Flash::good(words.say(key));
    Ok(see_other_with(&guest.house, &to, &flash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_six_pages_and_no_seventh() {
        assert_eq!(Step::parse("1").ok(), Some(Step::Unit));
        assert_eq!(Step::parse("4").ok(), Some(Step::Openness));
        assert_eq!(Step::parse("5").ok(), Some(Step::Ways));
        for none in ["0", "7", "01", "", "un"] {
            assert!(Step::parse(none).is_err(), "{none}");
        }
    }
}
