//! How one talks with a provider: the client for it, its HTTP, and what its errors mean.

use super::Provider;
use crate::Failure;
use crate::outside::{Named, Outside};
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
    CoreErrorResponseType, CoreGrantType, CoreIdTokenVerifier, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm,
    CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AuthType, ClientId, ClientSecret, DiscoveryError, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, ProviderMetadata, RedirectUrl,
    RequestTokenError, StandardErrorResponse, TokenUrl, UserInfoError,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use std::error::Error;
use std::pin::Pin;

/// What else a provider says of itself that matters here.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Further {
    /// Whether its answers name it (RFC 9207): then one that does not is none of its own.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Further {}

pub(super) type Metadata = ProviderMetadata<
    Further,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

pub(super) type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The client of a provider, which authenticates as that wishes.
pub(super) fn client(
    provider: &Provider,
    metadata: &Metadata,
    redirect: &str,
) -> Result<Client, Failure> {
    let never = |error: &dyn Error| Failure::Never(error.to_string());
    let mut metadata = metadata.clone();
    if let Some(endpoint) = &provider.token_endpoint {
        let endpoint = TokenUrl::new(endpoint.clone()).map_err(|error| never(&error))?;
        metadata = metadata.set_token_endpoint(Some(endpoint));
    }
    let methods = metadata.token_endpoint_auth_methods_supported();
    let in_body = methods.is_some_and(|methods| {
        let has = |method| methods.contains(&method);
        has(CoreClientAuthMethod::ClientSecretPost) && !has(CoreClientAuthMethod::ClientSecretBasic)
    });
    let auth_type = if in_body || provider.client_secret_post {
        AuthType::RequestBody
    } else {
        AuthType::BasicAuth
    };
    let redirect = RedirectUrl::new(redirect.to_owned()).map_err(|error| never(&error))?;
    let secret = provider.client_secret.as_ref();
    let secret = secret.map(|it| ClientSecret::new(it.expose_secret().to_owned()));
    let id = ClientId::new(provider.client_id.clone());
    Ok(CoreClient::from_provider_metadata(metadata, id, secret)
        .set_auth_type(auth_type)
        .set_redirect_uri(redirect))
}

/// Believes what was signed with a key that the provider alone has, and with none that is shared.
pub(super) fn verifier(client: &Client) -> CoreIdTokenVerifier<'_> {
    use CoreJwsSigningAlgorithm::{
        EcdsaP256Sha256, EcdsaP384Sha384, EdDsa, RsaSsaPkcs1V15Sha256, RsaSsaPssSha256,
    };
    client.id_token_verifier().set_allowed_algs([
        RsaSsaPkcs1V15Sha256,
        RsaSsaPssSha256,
        EcdsaP256Sha256,
        EcdsaP384Sha384,
        EdDsa,
    ])
}

type Talking = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send>>;

/// The HTTP that the library is given.
pub(super) fn http(outside: &Outside, named: Named) -> impl Fn(HttpRequest) -> Talking + use<> {
    let outside = outside.clone();
    move |request: HttpRequest| {
        let outside = outside.clone();
        Box::pin(async move { ask(&outside, named, request).await })
    }
}

async fn ask(
    outside: &Outside,
    named: Named,
    request: HttpRequest,
) -> Result<HttpResponse, Failure> {
    let (parts, body) = request.into_parts();
    let address = parts.uri.to_string();
    let asked = (parts.method, address.as_str());
    let answered = outside.ask(named, asked, parts.headers, body).await?;
    if answered.status >= 500 {
        return Err(Failure::Later(format!("{}: {address}", answered.status)));
    }
    let never = |_| Failure::Never("no such status".into());
    let mut response = HttpResponse::new(answered.body);
    *response.status_mut() = answered.status.try_into().map_err(never)?;
    *response.headers_mut() = answered.headers;
    Ok(response)
}

/// An error with what it comes from.
pub(super) fn causes(error: &dyn Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        said.push_str(": ");
        said.push_str(&it.to_string());
        cause = it.source();
    }
    said
}

pub(super) fn discovery_failure(error: DiscoveryError<Failure>) -> Failure {
    match error {
        DiscoveryError::Request(failure) => failure,
        other => Failure::Never(causes(&other)),
    }
}

pub(super) fn token_failure(
    error: RequestTokenError<Failure, StandardErrorResponse<CoreErrorResponseType>>,
) -> Failure {
    match error {
        RequestTokenError::Request(failure) => failure,
        // What could not be read may hold tokens, and so may the words about it.
        RequestTokenError::Parse(error, _) => {
            Failure::Never(format!("the answer is unreadable at {}", error.path()))
        }
        other => Failure::Never(causes(&other)),
    }
}

pub(super) fn user_info_failure(error: UserInfoError<Failure>) -> Failure {
    match error {
        UserInfoError::Request(failure) => failure,
        // Its error may hold what was answered, and that names people.
        other => Failure::Never(other.to_string()),
    }
}
