//! What every door needs: which SEL this host is, who comes, in which language; forms that only our
//! own pages may send; bodies with an end; the frame of a page; errors turned into answers.
//!
//! A request passes the [`threshold`](threshold::Threshold) first, which finds out all of this and
//! puts a [`Visit`](visit::Visit) beside it. Handlers take a [`Guest`](visit::Guest) or a
//! [`Present`](visit::Present).

mod apology;
pub mod asset;
pub mod clock;
pub mod cookie;
pub mod day;
mod device;
pub mod errors;
pub mod form;
pub mod frame;
pub mod house;
pub mod language;
pub mod limiter;
pub mod picture;
pub mod problem;
pub mod proxy;
pub mod site;
pub mod threshold;
pub mod trouble;
pub mod visit;

pub use errors::Errors;
pub use form::Fields;
pub use frame::{Flash, Frame, Tone, page};
pub use house::House;
pub use trouble::{Answer, Trouble, see_other};
pub use visit::{Absent, Guest, Present, Visit};
