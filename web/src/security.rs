//! What stands between a request and a handler.
//!
//! Threats, and what stands against each:
//!
//! 1. *Another site sends our forms (CSRF).* Three walls: the cookie is `SameSite=Lax`; every request
//!    that may change something must come from our own origin (`Sec-Fetch-Site`, otherwise
//!    `Origin`); and it must carry the session's form token. [`protect`] reads and checks the form
//!    before any handler runs, so none can forget to. Also for signing in: a visitor who is not
//!    signed in has a token of their own.
//!    What such a form held is never shown (`unsaved.rs`).
//! 2. *A script or frame is smuggled in.* Templates escape; the content security policy allows
//!    scripts and styles from our own files only, nothing inline, no frames, no other sites.
//! 3. *Records stay behind in caches, or leak by the address.* `no-store`; `Referrer-Policy`.
//! 4. *Page sizes betray what a page holds (BREACH).* Pages are not compressed; only files that are
//!    the same for everyone are.
//! 5. *Passwords are guessed.* Attempts are counted: ten failures for one sign-in name, or a hundred from one
//!    address, in a quarter of an hour, then a pause. Counted before the password is looked at, in
//!    bounded memory. The price: someone may keep a colleague out for a quarter of an hour.
//! 6. *Sign-in names are guessed from the answer or its time.* One sentence for every failure, and
//!    the same work where there is no such account.
//! 7. *The password hashes are stolen.* Argon2id, 19 MiB, 2 passes (OWASP, Password Storage Cheat
//!    Sheet), each with its own salt.
//! 8. *Checking passwords uses up the machine.* Two at a time, off the async threads; who waits ten
//!    seconds is told that Kith is busy.
//! 9. *A body without end, or one that trickles.* 256 KiB; 30 seconds for the whole request. (The
//!    head of a request is the server's to limit.)
//! 10. *A handler panics.* It becomes an error page, and the service goes on.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use care::record::hash::Hash;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::error::{self, Failure};
use crate::error_page;
use crate::forms::Form;
use crate::gate::Gate;
use crate::page::FormToken;
use crate::posted::Posted;
use crate::timing;
use crate::unsaved::{Further, Unsaved};
use crate::visitor::{self, Visitor};

/// Largest form, in bytes.
pub const LARGEST_BODY: usize = 256 * 1024;
/// Longest time for one request.
const LONGEST_REQUEST: Duration = Duration::from_secs(30);

/// Puts every wall round the whole service. Whatever lies outside is not protected: call it last.
/// `further` says what is worth copying of a form that could not be kept.
pub fn protect(router: Router, gate: Gate, further: Further) -> Router {
    let (place, demo) = (gate.place.clone(), gate.is_demo());
    router
        .layer(middleware::from_fn_with_state((gate.clone(), further), guard))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            error_page::pages(place.clone(), demo, request, next)
        }))
        .layer(middleware::from_fn_with_state(gate, add_headers))
        .layer(middleware::from_fn(timing::told))
}

/// Lays the visitor in the request, and the form of a request that may change something, checked.
async fn guard(
    State((gate, further)): State<(Gate, Further)>,
    mut request: Request,
    next: Next,
) -> Response {
    let visitor = match Visitor::of(request.headers(), gate.https()) {
        Ok(visitor) => visitor,
        Err(failure) => return failure.into_response(),
    };
    let mut unsaved = None;
    if !request.method().is_safe() {
        let body = std::mem::take(request.body_mut());
        let sender = Sender::of(request.headers());
        match checked_form(request.headers(), body, sender, &visitor).await {
            Ok(form) => {
                unsaved = (sender == Sender::Ours).then(|| Unsaved::of(&form, &further(&form)));
                request.extensions_mut().insert(Posted(form));
            }
            Err((failure, form)) => {
                let mut response = failure.into_response();
                if let Some(form) = form.filter(|_| sender == Sender::Ours) {
                    response.extensions_mut().insert(Unsaved::of(&form, &further(&form)));
                }
                return response;
            }
        }
    }
    request.extensions_mut().insert(visitor.clone());
    let mut response = next.run(request).await;
    // What could not be saved is shown once more by the page of the failure.
    if let Some(unsaved) = unsaved.filter(|_| response.extensions().get::<Failure>().is_some()) {
        response.extensions_mut().insert(unsaved);
    }
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(error_page::is_html);
    if visitor.new && is_page && !response.headers().contains_key(header::SET_COOKIE) {
        let cookie = visitor::set_cookie(&visitor.token, gate.https());
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// The form, if it came from one of our own pages; otherwise why not, and what it held where that
/// was read.
async fn checked_form(
    headers: &HeaderMap,
    body: Body,
    sender: Sender,
    from: &Visitor,
) -> Result<Form, (Failure, Option<Form>)> {
    if sender == Sender::Other {
        return Err((Failure::Forged, None));
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
        return Err((Failure::Forged, None));
    }
    let bytes = to_bytes(body, LARGEST_BODY).await.map_err(|_| (Failure::TooLarge, None))?;
    let form = Form::read(&bytes);
    let given = Hash::of(form.value(FormToken::FIELD).as_bytes());
    // Hashes are compared, so that the time taken says nothing about the token.
    let expected = Hash::of(from.token.form_token().0.as_bytes());
    if from.new || given != expected { Err((Failure::Forged, Some(form))) } else { Ok(form) }
}

/// Who sent a form, as the browser says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sender {
    /// One of our own pages.
    Ours,
    /// It is not said: whoever sent this is no browser, and the form token decides.
    Unsaid,
    /// Another site.
    Other,
}

impl Sender {
    fn of(headers: &HeaderMap) -> Self {
        let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(site) = text(&HeaderName::from_static("sec-fetch-site")) {
            return match site {
                "same-origin" => Self::Ours,
                "none" => Self::Unsaid,
                _ => Self::Other,
            };
        }
        match (headers.get(header::ORIGIN), text(&header::ORIGIN), text(&header::HOST)) {
            (None, ..) => Self::Unsaid,
            (_, Some(origin), Some(host))
                if origin.split_once("://").is_some_and(|(_, at)| at == host) =>
            {
                Self::Ours
            }
            _ => Self::Other,
        }
    }
}

const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("referrer-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

async fn add_headers(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if gate.https() {
        let two_years = HeaderValue::from_static("max-age=63072000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    // Files of ours say otherwise themselves.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
