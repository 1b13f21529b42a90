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
//! 5. *Passwords are guessed.* [`Attempts`]: ten failures for one sign-in name, or a hundred from one
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

use std::collections::HashMap;
use std::hash::Hash as StdHash;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use care::record::chain::Hash;
use care::record::moment::Moment;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::error::{self, Failure};
use crate::forms::Form;
use crate::gate::{Gate, Reached};
use crate::page::FormToken;
use crate::session::{self, Visitor, off_thread};
use crate::timing;
use crate::unsaved::Unsaved;

/// Largest form, in bytes.
pub const LARGEST_BODY: usize = 256 * 1024;
/// Longest time for one request.
const LONGEST_REQUEST: Duration = Duration::from_secs(30);
/// Longest wait for a turn to have a password checked.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Puts every wall round the whole service. Whatever lies outside is not protected: call it last.
pub fn protect(router: Router, gate: Gate) -> Router {
    let (place, demo) = (gate.place.clone(), gate.is_demo());
    router
        .layer(middleware::from_fn_with_state(gate.clone(), guard))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST_REQUEST))
        .layer(middleware::from_fn(move |request: Request, next: Next| {
            error::pages(place.clone(), demo, request, next)
        }))
        .layer(middleware::from_fn_with_state(gate, add_headers))
        .layer(middleware::from_fn(timing::told))
}

/// Lays the visitor in the request, and the form of a request that may change something, checked.
async fn guard(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
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
                unsaved = (sender == Sender::Ours).then(|| Unsaved::of(&form));
                request.extensions_mut().insert(Posted(form));
            }
            Err((failure, form)) => {
                let mut response = failure.into_response();
                if let Some(form) = form.filter(|_| sender == Sender::Ours) {
                    response.extensions_mut().insert(Unsaved::of(&form));
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
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(error::is_html);
    if visitor.new && is_page && !response.headers().contains_key(header::SET_COOKIE) {
        let cookie = session::set_cookie(&visitor.token, gate.https());
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

/// A form that was sent from one of our own pages. As a handler's argument it gives what
/// [`protect`] has read and checked.
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

/// Who is knocking: for counting attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address(IpAddr);

impl Address {
    /// The address a request came from: the connection's, or, behind a proxy, the last one that the
    /// proxy wrote. An IPv6 network of 64 bits is one address: whoever has one has them all.
    pub fn of(parts: &Parts, reached: Reached) -> Self {
        let forwarded = || {
            let all = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
            all.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let address = match reached {
            Reached::BehindProxy => forwarded().or(connected),
            Reached::Loopback => connected,
        };
        match address.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) {
            IpAddr::V6(v6) if v6.to_ipv4_mapped().is_none() => {
                Self(IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)))
            }
            other => Self(other.to_canonical()),
        }
    }
}

/// Attempts to sign in that have failed lately, by sign-in name and by address.
#[derive(Debug, Default)]
pub struct Attempts {
    counts: Mutex<(Counts<Hash>, Counts<IpAddr>)>,
}

/// Attempts are counted over so many seconds from the first.
const WINDOW_SECONDS: i64 = 15 * 60;
/// Failures for one sign-in name before a pause.
const PER_LOGIN: u32 = 10;
/// Failures from one address before a pause: a whole surgery may share one.
const PER_ADDRESS: u32 = 100;
/// Names or addresses kept in mind. Beyond it the oldest is forgotten.
const MOST_KEYS: usize = 20_000;

/// Counts by key: when the first was, and how many since.
#[derive(Debug)]
struct Counts<K>(HashMap<K, (Moment, u32)>);

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Copy + Eq + StdHash> Counts<K> {
    /// Minutes to wait, if there were too many.
    fn wait(&mut self, key: K, most: u32, now: Moment) -> Option<u32> {
        let (first, count) = *self.0.get(&key)?;
        let seconds = (first.plus_seconds(WINDOW_SECONDS).microseconds() - now.microseconds())
            .div_euclid(1_000_000);
        if seconds < 0 {
            self.0.remove(&key);
            return None;
        }
        (count >= most).then(|| u32::try_from(seconds / 60 + 1).unwrap_or(u32::MAX))
    }

    fn add(&mut self, key: K, now: Moment) {
        if self.0.len() >= MOST_KEYS && !self.0.contains_key(&key) {
            self.0.retain(|_, (first, _)| first.plus_seconds(WINDOW_SECONDS) > now);
            if self.0.len() >= MOST_KEYS
                && let Some(oldest) = self.0.iter().min_by_key(|(_, (first, _))| *first)
            {
                let oldest = *oldest.0;
                self.0.remove(&oldest);
            }
        }
        self.0.entry(key).or_insert((now, 0)).1 += 1;
    }
}

impl Attempts {
    /// Counts an attempt, or refuses it. Counted first, so that many at once do not slip through.
    pub fn begin(&self, login: &str, from: Address, now: Moment) -> Result<(), Failure> {
        let login = login_key(login);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let (logins, addresses) = &mut *counts;
        let by_login = logins.wait(login, PER_LOGIN, now);
        let by_address = addresses.wait(from.0, PER_ADDRESS, now);
        if let Some(minutes) = by_login.max(by_address) {
            return Err(Failure::TooMany { minutes });
        }
        logins.add(login, now);
        addresses.add(from.0, now);
        Ok(())
    }

    /// Forgets the attempts of someone who got it right.
    pub fn succeeded(&self, login: &str, from: Address) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let (logins, addresses) = &mut *counts;
        logins.0.remove(&login_key(login));
        if let Some((_, count)) = addresses.0.get_mut(&from.0) {
            *count = count.saturating_sub(1);
        }
    }
}

/// A sign-in name as a key: of one size, and no name in memory.
fn login_key(login: &str) -> Hash {
    Hash::of(login.to_lowercase().as_bytes())
}

/// Checks passwords, a few at a time.
pub struct Passwords {
    turns: Arc<Semaphore>,
    decoy: Arc<str>,
}

/// Argon2id with OWASP's parameters: 19 MiB of memory, 2 passes, 1 lane.
fn argon2() -> Result<Argon2<'static>, Failure> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(Failure::broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A password as it is kept: a PHC string. Takes tens of milliseconds.
pub fn hash_password(password: &str) -> Result<String, Failure> {
    let hash = argon2()?.hash_password(password.as_bytes()).map_err(Failure::broken)?;
    Ok(hash.to_string())
}

impl Passwords {
    /// Ready to check, two at a time.
    pub fn new() -> Result<Self, Failure> {
        let decoy = hash_password("nobody has this account")?.into();
        Ok(Self { turns: Arc::new(Semaphore::new(2)), decoy })
    }

    /// Whether the password is the one that was hashed. Without a hash it is not, after the same
    /// work.
    pub async fn check(&self, password: String, hash: Option<String>) -> Result<bool, Failure> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = tokio::time::timeout(LONGEST_WAIT, turn).await.map_err(|_| Failure::Busy)?;
        let turn = turn.map_err(Failure::broken)?;
        let decoy = Arc::clone(&self.decoy);
        off_thread(move || {
            let _turn = turn;
            let known = hash.is_some();
            let text = hash.as_deref().unwrap_or(&decoy);
            let hash = PasswordHash::new(text).map_err(Failure::broken)?;
            let right = argon2()?.verify_password(password.as_bytes(), &hash).is_ok();
            Ok(known && right)
        })
        .await
    }
}
