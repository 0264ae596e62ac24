//! The outside world, one module each: what leaves the platform or is kept beside the database.
//!
//! * [`mail`] carries letters out, to an SMTP server or to a directory that can be read back.
//! * [`files`] keeps bytes under a key.
//! * [`login`] asks other platforms who somebody is (OpenID Connect).
//! * [`outside`] asks other servers, and keeps what people type from leading inside.
//! * [`photo`] turns a stranger's picture into two clean JPEGs.
//!
//! A gateway knows nothing of associations, members or rights: it takes plain values, tries once,
//! and says how it went. Trying again is the caller's business, and [`Failure`] tells whether that
//! makes sense.

mod disk;
pub mod files;
pub mod login;
pub mod mail;
pub mod outside;
pub mod photo;

/// Why something did not reach the outside world.
///
/// The text is for the operator: it may hold what a server answered, hence an address. It never
/// holds a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A passing fault: the same call may succeed later.
    #[error("not now: {0}")]
    Later(String),
    /// A fault that a retry will not mend.
    #[error("not ever: {0}")]
    Never(String),
}
