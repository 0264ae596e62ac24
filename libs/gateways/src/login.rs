//! Logging in with an account elsewhere: OpenID Connect, authorization code with PKCE and nonce.
//!
//! A provider is known by its issuer; everything else is discovered there, and its tokens are
//! believed where its keys signed them for us. What is checked, beside the signature: issuer,
//! audience, expiry and nonce of the token, and the issuer that comes with the code (RFC 9207).

mod talk;

use crate::Failure;
use crate::outside::{Named, Outside};
use chrono::{DateTime, Utc};
use openidconnect::core::{CoreAuthenticationFlow, CoreGenderClaim};
use openidconnect::{
    AccessToken, AuthorizationCode, CsrfToken, EmptyAdditionalClaims, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, Scope, SubjectIdentifier,
    UserInfoClaims,
};
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use talk::{Client, Metadata};

/// How long what a provider says of itself is remembered.
const MEMORY: Duration = Duration::from_hours(1);
/// Providers remembered at the most.
const MANY: usize = 500;

/// An OpenID Connect provider, as it was configured.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// What it is kept under; for good.
    pub key: String,
    /// What people call it: "Google".
    pub name: String,
    /// `https://accounts.google.com`
    pub issuer: String,
    pub client_id: String,
    pub client_secret: Option<SecretString>,
    /// Beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// What else it wants to be asked with: `acr_values` and the like.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// Whether the secret goes in the body, for a provider that says it takes it in the header
    /// too, and does not.
    #[serde(default)]
    pub client_secret_post: bool,
    /// Where codes become tokens, for a provider that does not say so itself.
    pub token_endpoint: Option<String>,
    /// Whether the addresses that it calls verified are: its people have shown that they read them.
    #[serde(default)]
    pub verifies_emails: bool,
}

fn scopes() -> Vec<String> {
    vec!["email".into()]
}

/// A dance that has begun: where to send the browser, and what must be kept until it comes back.
#[derive(Clone, Debug)]
pub struct Begun {
    pub address: String,
    pub nonce: String,
    pub verifier: String,
}

/// What came back with the browser, and what was kept for it.
#[derive(Clone, Copy, Debug)]
pub struct Returned<'a> {
    pub code: &'a str,
    /// The issuer, where the answer names it.
    pub issuer: Option<&'a str>,
    pub nonce: &'a str,
    pub verifier: &'a str,
}

/// Who somebody is to a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The provider's own name for them, always the same.
    pub subject: String,
    /// Their address, in lower case.
    pub email: Option<String>,
    /// Whether the provider vouches for the address, and is one that may.
    pub email_is_verified: bool,
    /// When they last proved there who they are, where the provider says so: a session there may be
    /// weeks old.
    pub proved_at: Option<DateTime<Utc>>,
}

/// The way to providers, and what they said of themselves lately.
#[derive(Debug)]
pub struct Logins {
    outside: Outside,
    known: Mutex<HashMap<String, (Instant, Arc<Metadata>)>>,
}

impl Logins {
    pub fn new(outside: Outside) -> Logins {
        let known = Mutex::default();
        Logins { outside, known }
    }

    /// Begins the dance. `redirect` is where the provider sends the browser back to, `state` what
    /// it gives back there.
    ///
    /// # Errors
    /// [`Failure::Later`] where the provider does not answer, [`Failure::Never`] where it is not
    /// the one that was configured.
    pub async fn begin(
        &self,
        (provider, named): (&Provider, Named),
        redirect: &str,
        state: &str,
    ) -> Result<Begun, Failure> {
        let metadata = self.metadata(provider, named).await?;
        let client = talk::client(provider, &metadata, redirect)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = state.to_owned();
        let mut asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                Nonce::new_random,
            )
            .set_pkce_challenge(challenge);
        for scope in &provider.scopes {
            asked = asked.add_scope(Scope::new(scope.clone()));
        }
        for (name, value) in &provider.parameters {
            asked = asked.add_extra_param(name, value);
        }
        let (address, _, nonce) = asked.url();
        Ok(Begun {
            address: address.to_string(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    }

    /// Ends the dance: turns the code into tokens, and believes what its keys have signed.
    ///
    /// # Errors
    /// [`Failure::Later`] where the provider does not answer, [`Failure::Never`] where the code, or
    /// what it stands for, is not what was asked for.
    pub async fn end(
        &self,
        (provider, named): (&Provider, Named),
        redirect: &str,
        returned: Returned<'_>,
    ) -> Result<Who, Failure> {
        let metadata = self.metadata(provider, named).await?;
        let further = metadata.additional_metadata();
        let names_itself = further.authorization_response_iss_parameter_supported;
        let is_theirs = returned
            .issuer
            .map_or(!names_itself, |it| it == provider.issuer);
        if !is_theirs {
            return Err(Failure::Never(
                "the answer names another issuer, or none".into(),
            ));
        }
        let client = talk::client(provider, &metadata, redirect)?;
        let http = talk::http(&self.outside, named);
        let code = AuthorizationCode::new(returned.code.to_owned());
        let tokens = client
            .exchange_code(code)
            .map_err(|error| Failure::Never(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(returned.verifier.to_owned()))
            .request_async(&http)
            .await
            .map_err(talk::token_failure)?;
        let token = tokens
            .extra_fields()
            .id_token()
            .ok_or_else(|| Failure::Never("no ID token came".into()))?;
        let nonce = Nonce::new(returned.nonce.to_owned());
        let claims = token
            .claims(&talk::verifier(&client), &nonce)
            .map_err(|error| {
                // Its keys may have changed since they were read.
                self.forget(provider);
                Failure::Never(talk::causes(&error))
            })?;
        let subject = claims.subject().clone();
        let proved_at = claims.auth_time();
        let mut email = claims.email().map(|it| it.as_str().to_owned());
        let mut verified = claims.email_verified();
        if email.is_none() && client.user_info_url().is_some() {
            let token = tokens.access_token().clone();
            let claims = self
                .user_info(&client, named, token, subject.clone())
                .await?;
            email = claims.email().map(|it| it.as_str().to_owned());
            verified = claims.email_verified();
        }
        Ok(Who {
            subject: subject.to_string(),
            email_is_verified: provider.verifies_emails
                && verified == Some(true)
                // Letters that look alike are not the same mailbox.
                && email.as_deref().is_some_and(str::is_ascii),
            email: email.map(|it| it.to_lowercase()),
            proved_at,
        })
    }

    async fn user_info(
        &self,
        client: &Client,
        named: Named,
        token: AccessToken,
        subject: SubjectIdentifier,
    ) -> Result<UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim>, Failure> {
        let http = talk::http(&self.outside, named);
        client
            .user_info(token, Some(subject))
            .map_err(|error| Failure::Never(error.to_string()))?
            // What is not signed came by TLS from the issuer itself; what is, is checked.
            .require_signed_response(false)
            .request_async(&http)
            .await
            .map_err(talk::user_info_failure)
    }

    async fn metadata(&self, provider: &Provider, named: Named) -> Result<Arc<Metadata>, Failure> {
        match self.remembered(provider) {
            Some(metadata) => Ok(metadata),
            None => self.discover(provider, named).await,
        }
    }

    fn remembered(&self, provider: &Provider) -> Option<Arc<Metadata>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, metadata) = known.get(&provider.issuer)?;
        (since.elapsed() < MEMORY).then(|| Arc::clone(metadata))
    }

    fn forget(&self, provider: &Provider) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(&provider.issuer);
    }

    /// Reads what a provider says of itself; that it is who it should be is checked.
    async fn discover(&self, provider: &Provider, named: Named) -> Result<Arc<Metadata>, Failure> {
        let issuer = IssuerUrl::new(provider.issuer.clone())
            .map_err(|error| Failure::Never(error.to_string()))?;
        let http = talk::http(&self.outside, named);
        let metadata = Metadata::discover_async(issuer, &http)
            .await
            .map_err(talk::discovery_failure)?;
        let metadata = Arc::new(metadata);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MANY {
            known.clear();
        }
        let now = (Instant::now(), Arc::clone(&metadata));
        known.insert(provider.issuer.clone(), now);
        Ok(metadata)
    }
}
