//! Who is in.

use crate::tries;
use door::visit::{house, login_first, visit};
use door::{Errors, Frame, House, Trouble, Visit};
use poem::{FromRequest, Request, RequestBody};
use sel::refusal::Refused;
use std::sync::Arc;
use store::staff::Staff;

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
    /// Who has the session of this visit.
    pub(crate) async fn staff(&self) -> Result<Option<Staff>, Trouble> {
        let Some(secret) = &self.visit.session else {
            return Ok(None);
        };
        let found = desk::staff::see(&self.house.pool, secret, self.visit.now).await;
        Ok(found?)
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

impl<'a> FromRequest<'a> for Inside {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Inside> {
        let at = Outside::from_request(request, body).await?;
        if let Some(staff) = at.staff().await? {
            tries::forgive_asking(&at);
            return Ok(Inside { at, staff });
        }
        if !request.method().is_safe() {
            return Err(Trouble::LoggedOut.into());
        }
        Err(login_first(&at.visit.path))
    }
}

impl Inside {
    /// The frame of a page at this place.
    pub(crate) fn frame(&self, key: &str, place: &'static str) -> Frame {
        let mut frame = Frame::platform(&self.at.visit, key);
        frame.place = place;
        frame.who.clone_from(&self.staff.name);
        frame
    }
}
