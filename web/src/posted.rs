//! What a browser sends: forms that are posted, and what an address asks.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::error::Failure;
use crate::forms::Form;

/// A form that was sent from one of our own pages. As a handler's argument it gives what
/// [`crate::security::protect`] has read and checked.
#[derive(Debug, Clone)]
pub struct Posted(pub Form);

impl<S: Send + Sync> FromRequestParts<S> for Posted {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let posted = parts.extensions.remove::<Self>();
        posted.ok_or_else(|| Failure::broken("a route lies outside security::protect"))
    }
}

/// What the address asks (`?name=value`): for forms that only read.
#[derive(Debug, Clone)]
pub struct Asked(pub Form);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Form::read(parts.uri.query().unwrap_or("").as_bytes())))
    }
}
