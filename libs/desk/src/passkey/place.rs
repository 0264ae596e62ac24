//! Where keys are made and asked for: what devices are asked there, and what they answer.

use super::Refusal;
use crate::{Halt, Outcome};
use serde_json::Value;
use store::{Error, Result};
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Where a key is asked for.
#[derive(Clone, Debug)]
pub struct Place {
    /// The domain that keys are made for: "saline.example".
    pub domain: String,
    /// What the page that asks says it is: "https://mars.saline.example".
    pub origin: String,
}

/// A question for a device.
pub(crate) struct Ask {
    /// What the browser is told, in the words of WebAuthn.
    pub(crate) options: Value,
    /// What is kept of it until the answer comes.
    pub(crate) state: Value,
}

/// A key that a device made.
pub(crate) struct Made {
    pub(crate) credential_id: Vec<u8>,
    /// What checks its signatures.
    pub(crate) key: Value,
}

/// An answer that says whose key it is, and is not proved yet.
pub(crate) struct Claim {
    pub(crate) owner: Uuid,
    pub(crate) credential_id: Vec<u8>,
    typed: PublicKeyCredential,
}

impl Place {
    fn library(&self) -> Result<Webauthn> {
        let strange = |_| Error::Contradiction("a place for passkeys is none");
        let origin = Url::parse(&self.origin)
            .map_err(|_| Error::Contradiction("an origin of passkeys is none"))?;
        let builder = WebauthnBuilder::new(&self.domain, &origin).map_err(strange)?;
        builder.rp_name("Saline").build().map_err(strange)
    }

    /// Asks for a key that is none of these, for this owner, whom the device shows as `called`.
    pub(crate) fn make(&self, owner: Uuid, called: &str, known: Vec<Vec<u8>>) -> Result<Ask> {
        let (options, state) = self
            .library()?
            .start_passkey_registration(owner, called, called, Some(known))
            .map_err(|_| Error::Contradiction("no question for a new passkey"))?;
        let mut options = serde_json::to_value(&options.public_key).map_err(strange)?;
        // The library leaves it to the device whether the key is found without a number being
        // typed first; here it must be.
        options["authenticatorSelection"]["residentKey"] = "required".into();
        options["authenticatorSelection"]["requireResidentKey"] = true.into();
        let state = serde_json::to_value(&state).map_err(strange)?;
        Ok(Ask { options, state })
    }

    /// Takes the key that a device made.
    pub(crate) fn made(&self, state: Value, typed: &str) -> Outcome<Made, Refusal> {
        let state: PasskeyRegistration = serde_json::from_value(state).map_err(strange)?;
        let typed: RegisterPublicKeyCredential =
            serde_json::from_str(typed).map_err(|_| Halt::Refused(Refusal::Wrong))?;
        let made = self
            .library()?
            .finish_passkey_registration(&typed, &state)
            .map_err(|error| refused(&error))?;
        Ok(Made {
            credential_id: made.cred_id().clone(),
            key: serde_json::to_value(&made).map_err(strange)?,
        })
    }

    /// Asks for a key, whoever it belongs to.
    pub(crate) fn ask(&self) -> Result<Ask> {
        let (options, state) = self
            .library()?
            .start_discoverable_authentication()
            .map_err(|_| Error::Contradiction("no question for a passkey"))?;
        Ok(Ask {
            options: serde_json::to_value(&options.public_key).map_err(strange)?,
            state: serde_json::to_value(&state).map_err(strange)?,
        })
    }

    /// Reads whose key it is said to be.
    pub(crate) fn claim(&self, typed: &str) -> Outcome<Claim, Refusal> {
        let typed: PublicKeyCredential =
            serde_json::from_str(typed).map_err(|_| Halt::Refused(Refusal::Wrong))?;
        let library = self.library()?;
        let (owner, called) = library
            .identify_discoverable_authentication(&typed)
            .map_err(|error| refused(&error))?;
        Ok(Claim {
            owner,
            credential_id: called.to_vec(),
            typed,
        })
    }

    /// Proves a claim with this key, used by its owner. Answers the key as it is kept since.
    pub(crate) fn prove(&self, it: &Claim, state: Value, key: &Value) -> Outcome<Value, Refusal> {
        let state: DiscoverableAuthentication = serde_json::from_value(state).map_err(strange)?;
        let mut key: Passkey = serde_json::from_value(key.clone()).map_err(strange)?;
        let proof = self
            .library()?
            .finish_discoverable_authentication_v2(&it.typed, state, &key)
            .map_err(|error| refused(&error))?;
        if !proof.user_verified() {
            return Err(Halt::Refused(Refusal::Wrong));
        }
        key.update_credential(&proof);
        Ok(serde_json::to_value(&key).map_err(strange)?)
    }
}

pub(crate) fn strange<E>(_: E) -> Error {
    Error::Contradiction("a question for a passkey is not readable")
}

/// An answer that the library refuses; why is for the log alone.
fn refused(error: &WebauthnError) -> Halt<Refusal> {
    tracing::info!(why = %error, "an answer for a passkey was refused");
    Halt::Refused(Refusal::Wrong)
}
