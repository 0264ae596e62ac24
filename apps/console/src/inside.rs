//! Who is in.

use crate::tries;
use desk::Outcome;
use desk::staff::By;
use door::visit::{house, login_first, visit};
use door::{Errors, Fields, Frame, House, Trouble, Visit};
use poem::{FromRequest, Request, RequestBody};
use sel::refusal::Refused;
use sel::staff::Refusal;
use std::sync::Arc;
use store::key::Vault;
use store::staff::Staff;
use store::{Console, Pool};

/// Anybody at the console's host.
pub(crate) struct Outside {
    pub(crate) house: Arc<House>,
    pub(crate) visit: Visit,
}

impl<'a> FromRequest<'a> for Outside {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Outside> {
        let at = Outside {
            house: house(request)?,
            visit: visit(request)?,
        };
        tries::of_asking(&at)?;
        Ok(at)
    }
}

impl Outside {
    /// A transaction in which something of the platform is read.
    pub(crate) async fn console(&self) -> Result<Console, Trouble> {
        Ok(Console::begin(&self.house.pool, self.visit.now).await?)
    }

    /// Who has the session of this visit, and the transaction that found them.
    async fn found(&self) -> Result<Option<(Staff, Console)>, Trouble> {
        let Some(secret) = &self.visit.session else {
            return Ok(None);
        };
        Ok(desk::staff::see(&self.house.pool, secret, self.visit.now).await?)
    }

    /// Whether somebody is in.
    pub(crate) async fn is_inside(&self) -> Result<bool, Trouble> {
        Ok(self.found().await?.is_some())
    }

    /// Why not, in the words of who is here.
    pub(crate) fn errors<R: Refused>(&self, refusals: &[R]) -> Errors {
        Errors::of_refusals(self.visit.words, refusals, &door::errors::no_unit())
    }
}

/// Somebody who runs the platform, and is in.
pub(crate) struct Inside {
    pub(crate) at: Outside,
    pub(crate) staff: Staff,
}

/// The same, in front of a page: it is read in the transaction that found them.
pub(crate) struct Reader {
    pub(crate) inside: Inside,
    pub(crate) console: Console,
}

impl<'a> FromRequest<'a> for Reader {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Reader> {
        let at = Outside::from_request(request, body).await?;
        let Some((staff, console)) = at.found().await? else {
            if request.method().is_safe() {
                return Err(login_first(&at.visit.path));
            }
            return Err(Trouble::LoggedOut.into());
        };
        tries::forgive_asking(&at);
        let inside = Inside { at, staff };
        Ok(Reader { inside, console })
    }
}

impl<'a> FromRequest<'a> for Inside {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Inside> {
        let Reader { inside, console } = Reader::from_request(request, body).await?;
        console.commit().await.map_err(Trouble::from)?;
        Ok(inside)
    }
}

/// Why something was not done: whether it was the code.
pub(crate) trait CodeWrong {
    fn is_code(&self) -> bool;
}

impl CodeWrong for Refusal {
    fn is_code(&self) -> bool {
        *self == Refusal::Code
    }
}

impl CodeWrong for Vec<Refusal> {
    fn is_code(&self) -> bool {
        self.iter().any(Refusal::is_code)
    }
}

impl CodeWrong for desk::staff::Refusal {
    fn is_code(&self) -> bool {
        matches!(self, desk::staff::Refusal::Staff(why) if why.is_code())
    }
}

impl Inside {
    /// Acts with the code that they typed. Wrong ones alone count.
    pub(crate) async fn acts<T, R: CodeWrong>(
        &self,
        fields: &Fields,
        act: impl AsyncFnOnce(&Pool, &Vault, By<'_>) -> Outcome<T, R>,
    ) -> Result<Result<T, R>, Trouble> {
        let (house, id) = (&self.at.house, self.staff.id());
        tries::of_code_inside(&self.at, id).await?;
        let code = fields.get("code");
        let done = act(&house.pool, house.keys.vault(), By { id, code }).await;
        let done = match done {
            Ok(done) => Ok(done),
            Err(halt) => Err(crate::failed(halt)?),
        };
        if !done.as_ref().is_err_and(R::is_code) {
            tries::forgive_code_inside(&self.at, id).await;
        }
        Ok(done)
    }

    /// The frame of a page at this place.
    pub(crate) fn frame(&self, key: &str, place: &'static str) -> Frame {
        let mut frame = Frame::platform(&self.at.visit, key);
        frame.place = place;
        frame.who.clone_from(&self.staff.name);
        frame
    }
}
