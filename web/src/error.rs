//! From a failure to a page: one way for all of them.
//!
//! A handler returns a [`Failure`]; it becomes an empty answer with the right status, and
//! `error_page.rs`, outermost, dresses every empty answer of 400 and above as a page. So a route
//! that does not exist, a body that is too large and a handler that panicked read alike. What went
//! wrong inside goes to the log, under a reference number; never to the page.

use std::any::Any;
use std::fmt::Display;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use store::StoreError;

/// Why a page cannot be shown. What the page says is in `Failure::words`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is no such page, or this person may not see it: they look the same.
    NotFound,
    /// The form did not come from one of our own pages, or the page was too old.
    Forged,
    /// A form was sent by somebody who is not signed in, or no longer.
    SignedOut,
    /// They are signed in, and hold no role today.
    NoRole,
    /// They have to say first why they open a record: the page that asks, as HTML.
    SaysFirst(String),
    /// Too many attempts; try again after this many minutes.
    TooMany {
        /// Whole minutes, at least 1.
        minutes: u32,
    },
    /// More was sent than Kith takes.
    TooLarge,
    /// Too much to do at once.
    Busy,
    /// There is no room left to write.
    Full,
    /// The store went away while saving.
    Lost,
    /// A fault of ours, as the log will tell it.
    Broken(String),
}

impl Failure {
    /// A fault of ours. The cause is for the log alone, and must not hold names or free text.
    pub fn broken(cause: impl Display) -> Self {
        Self::Broken(cause.to_string())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::SaysFirst(_) => StatusCode::OK,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forged | Self::NoRole => StatusCode::FORBIDDEN,
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy | Self::Full | Self::Lost => StatusCode::SERVICE_UNAVAILABLE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The failure that a bare status stands for.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::FORBIDDEN => Self::Forged,
            StatusCode::UNAUTHORIZED => Self::SignedOut,
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            StatusCode::REQUEST_TIMEOUT
            | StatusCode::GATEWAY_TIMEOUT
            | StatusCode::SERVICE_UNAVAILABLE => Self::Busy,
            StatusCode::TOO_MANY_REQUESTS => Self::TooMany { minutes: 1 },
            other if other.is_server_error() => Self::Broken(format!("bare status {other}")),
            _ => Self::NotFound,
        }
    }

    /// A heading, and sentences that say what happened and what to do.
    pub fn words(&self) -> (&'static str, Vec<String>) {
        let (heading, sentences): (_, &[&str]) = match self {
            Self::NotFound => (
                "Page not found",
                &[
                    "There is nothing for you at this address.",
                    "Check the address, or go back and choose another link.",
                ],
            ),
            Self::Forged => (
                "We could not accept this form",
                &[
                    "It did not come from a page that is yours now. The page may have been too \
                     old, or you may have signed out or in again since you opened it. Nothing was \
                     saved.",
                    "Open the page again, and send it from there.",
                ],
            ),
            Self::SignedOut => (
                "You are not signed in",
                &[
                    "What you sent was not saved. Kith signs you out after 30 minutes without use, \
                     after 12 hours in any case, and when you sign out in any window.",
                    "Sign in, open the page again, and send it again.",
                ],
            ),
            Self::SaysFirst(_) => ("Say first why you open this record", &[]),
            Self::NoRole => (
                "You have no role here today",
                &["Ask the people who run Kith for you to give you one, then sign in again."],
            ),
            Self::TooMany { .. } => ("Too many attempts", &[]),
            Self::TooLarge => (
                "That is too much to send at once",
                &["Nothing was saved. Go back, shorten what you wrote, and send it again."],
            ),
            Self::Busy => {
                ("Kith is busy", &["Nothing was saved. Wait a minute, then go back and try again."])
            }
            Self::Full => (
                "Kith cannot save anything just now",
                &[
                    "There is no room left to write, and nothing was saved. Records cannot be opened \
                     either, since each look at one is written down.",
                    "Tell the people who run Kith for you.",
                ],
            ),
            Self::Lost => (
                "We do not know if that was saved",
                &["The connection was lost while saving. Look before you send it again."],
            ),
            Self::Broken(_) => {
                ("Something went wrong", &["This is our fault, not yours. Go back and try again."])
            }
        };
        let mut sentences: Vec<String> = sentences.iter().map(|&text| text.to_owned()).collect();
        if let Self::TooMany { minutes } = self {
            let unit = if *minutes == 1 { "minute" } else { "minutes" };
            sentences.push(format!("Wait {minutes} {unit}, then try again."));
        }
        (heading, sentences)
    }
}

/// What the store could not do. A conflict is the handler's to show, with both sides.
impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            StoreError::Full => Self::Full,
            StoreError::Lost(_) => Self::Lost,
            other => Self::broken(other),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        if let Self::SaysFirst(page) = self {
            return Html(page).into_response();
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What a panic becomes: the message goes to the log, with no page's content.
#[expect(clippy::needless_pass_by_value, reason = "the layer that catches panics hands it over")]
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let cause = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Failure::Broken(format!("panic: {cause}")).into_response()
}
