//! From a failure to a page: one way for all of them.
//!
//! A handler returns a [`Failure`]; it becomes an empty answer with the right status, and
//! [`pages`], outermost, dresses every empty answer of 400 and above as a page. So a route that
//! does not exist, a body that is too large and a handler that panicked read alike. What went
//! wrong inside goes to the log, under a reference number; never to the page.

use std::any::Any;
use std::fmt::Display;

use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use store::StoreError;

use crate::components::Markup;
use crate::page::Page;
use crate::unsaved::Unsaved;

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
    fn of_status(status: StatusCode) -> Self {
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
    fn words(&self) -> (&'static str, Vec<String>) {
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
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The page of a failure.
#[derive(Template)]
#[template(path = "layout/failure.html")]
struct FailurePage {
    page: Page,
    sentences: Vec<String>,
    reference: Option<String>,
    sign_in: bool,
    unsaved: Option<Markup>,
}

/// Dresses every bare answer of 400 and above as a page; the place's name is the state. An address
/// that cannot be read (400) leads nowhere, like any other that is not there.
pub async fn pages(place: String, demo: bool, request: Request, next: Next) -> Response {
    let is_head = request.method() == Method::HEAD;
    let mut response = next.run(request).await;
    if response.status() == StatusCode::BAD_REQUEST {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    let status = response.status();
    let has_page = response.headers().get(header::CONTENT_TYPE).is_some_and(is_html);
    let bare = (status.is_client_error() || status.is_server_error()) && !has_page;
    if !bare || is_head {
        return response;
    }
    let failure = response.extensions().get::<Failure>().cloned();
    let failure = failure.unwrap_or_else(|| Failure::of_status(status));
    let unsaved = response.extensions().get::<Unsaved>().filter(|unsaved| !unsaved.is_empty());
    let unsaved = unsaved.map(Markup::of);
    let dressed = dress(&failure, status, Page { demo, ..Page::new("", place) }, unsaved);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let (new, body) = dressed.into_parts();
    parts.headers.extend(new.headers);
    Response::from_parts(parts, body)
}

pub(crate) fn is_html(kind: &HeaderValue) -> bool {
    kind.to_str().is_ok_and(|kind| kind.starts_with("text/html"))
}

/// The page, with a reference number that is in the log too where the fault is ours.
fn dress(failure: &Failure, status: StatusCode, page: Page, unsaved: Option<Markup>) -> Response {
    let reference = match failure {
        Failure::Broken(cause) => {
            let reference = reference();
            tracing::error!(reference, cause, "a request failed");
            Some(reference)
        }
        _ => None,
    };
    let (heading, sentences) = failure.words();
    let page = Page { title: heading.to_owned(), ..page };
    let sign_in = matches!(failure, Failure::SignedOut);
    let template = FailurePage { page, sentences, reference, sign_in, unsaved };
    let html = template.render().unwrap_or_else(|_| heading.to_owned());
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// Eight letters and digits that a person can read out.
fn reference() -> String {
    let mut bytes = [0u8; 4];
    // Without chance the number only says less: the log line still has its time.
    let _ = getrandom::fill(&mut bytes);
    let [a, b, c, d] = bytes;
    format!("{a:02X}{b:02X}{c:02X}{d:02X}")
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
