//! Sessions: who is asking, from one page to the next.
//!
//! Threats, and what stands against each:
//!
//! 1. *A token is guessed.* It is 256 bits from the operating system's chance.
//! 2. *The store is read by someone who should not.* It holds only the token's SHA-256; a token of
//!    256 random bits needs no slow hash.
//! 3. *The cookie is read by a script or sent to another site.* `HttpOnly`; `SameSite=Lax`; over
//!    HTTPS also `Secure` and the prefix `__Host-`, which binds it to this host and keeps a
//!    neighbouring subdomain from setting it.
//! 4. *Someone plants a token of theirs before sign-in (fixation).* Signing in always makes a new
//!    token and ends the old session.
//! 5. *A screen is left open.* A session ends after [`IDLE_SECONDS`] without use, and after
//!    [`WHOLE_SECONDS`] in any case. The clock is passed in, so tests can wait.
//! 6. *A person leaves, or a token is stolen.* [`Keeper::end_all`] ends every session of a user;
//!    each request asks the store, so it holds from the next click.
//! 7. *A signed-out page is read from the browser's store.* Pages carry `no-store`.
//! 8. *A link sends people elsewhere after they sign in.* [`safe_next`] takes paths of ours only.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::response::{IntoResponse, Redirect, Response};
use care::record::chain::Hash;
use care::record::ids::UserId;
use care::record::moment::Moment;

use crate::error::Failure;
use crate::gate::Gate;
use crate::page::{FormToken, Page};

/// A session ends after so many seconds without use: 30 minutes.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// A session ends after so many seconds, used or not: 12 hours, longer than any shift.
pub const WHOLE_SECONDS: i64 = 12 * 60 * 60;
/// Use is written down at most so often, to spare the store a write for every page.
const TOUCH_SECONDS: i64 = 60;

/// What the browser holds: 256 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A new token.
    pub fn new() -> Result<Self, Failure> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(Failure::broken)?;
        Ok(Self(bytes))
    }

    /// What the store keeps.
    pub fn hash(&self) -> Hash {
        Hash::of(&self.0)
    }

    /// What forms carry: another hash of the token, so that a page never shows the token itself.
    pub fn form_token(&self) -> FormToken {
        FormToken(Hash::of(&[b"kith form ", self.0.as_slice()].concat()).to_string())
    }

    /// Reads what [`Token::text`] wrote.
    fn parse(text: &str) -> Option<Self> {
        Hash::parse(text).map(|bytes| Self(*bytes.as_bytes()))
    }

    fn text(&self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// Never the token itself: debug output ends in logs.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The token's hash: the key.
    pub token: Hash,
    /// Whose.
    pub user: UserId,
    /// When it began.
    pub began: Moment,
    /// When it was last used, to a minute.
    pub used: Moment,
}

impl Kept {
    fn ended_by(&self, now: Moment) -> bool {
        self.used.plus_seconds(IDLE_SECONDS) <= now || self.began.plus_seconds(WHOLE_SECONDS) <= now
    }
}

/// An account that can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose.
    pub user: UserId,
    /// The password's Argon2 hash, as a PHC string.
    pub password: String,
}

/// Keeps accounts and sessions. Called off the async threads.
pub trait Keeper: Send + Sync + 'static {
    /// The account with a sign-in name, unless it is closed.
    fn account(&self, login: &str) -> Result<Option<Account>, Failure>;
    /// Writes a new session down.
    fn begin(&self, session: &Kept) -> Result<(), Failure>;
    /// The session with a token's hash.
    fn find(&self, token: &Hash) -> Result<Option<Kept>, Failure>;
    /// Notes that a session was used.
    fn touch(&self, token: &Hash, at: Moment) -> Result<(), Failure>;
    /// Ends a session.
    fn end(&self, token: &Hash) -> Result<(), Failure>;
    /// Ends every session of a user.
    fn end_all(&self, user: UserId) -> Result<(), Failure>;
}

/// Whoever sent the request, signed in or not: the token in their cookie, or a new one. Laid in
/// every request by [`crate::security::protect`].
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The token.
    pub token: Token,
    /// Whether the browser does not have it yet.
    pub new: bool,
}

impl Visitor {
    /// Reads the cookie, or makes a token.
    pub fn of(headers: &HeaderMap, https: bool) -> Result<Self, Failure> {
        match cookie_token(headers, https) {
            Some(token) => Ok(Self { token, new: false }),
            None => Ok(Self { token: Token::new()?, new: true }),
        }
    }
}

fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-kith" } else { "kith" }
}

fn cookie_token(headers: &HeaderMap, https: bool) -> Option<Token> {
    let name = cookie_name(https);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|c| c.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).and_then(|(_, value)| Token::parse(value.trim()))
}

/// The header that gives a browser its token, until the browser is closed.
pub fn set_cookie(token: &Token, https: bool) -> HeaderValue {
    cookie(&token.text(), "", https)
}

/// The header that takes the token away.
pub fn clear_cookie(https: bool) -> HeaderValue {
    cookie("", "; Max-Age=0", https)
}

fn cookie(value: &str, more: &str, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let name = cookie_name(https);
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{more}");
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Someone who is signed in. As a handler's argument it sends everyone else to sign in first.
#[derive(Clone)]
pub struct Session {
    /// Who.
    pub user: UserId,
    visitor: Visitor,
    gate: Gate,
}

impl Session {
    /// The session of a visitor, if they have one that has not ended.
    pub async fn of(gate: &Gate, visitor: Visitor) -> Result<Option<Self>, Failure> {
        if visitor.new {
            return Ok(None);
        }
        let token = visitor.token.hash();
        let now = gate.now();
        let keeper = Arc::clone(&gate.keeper);
        let kept = off_thread(move || {
            let Some(kept) = keeper.find(&token)? else { return Ok(None) };
            if kept.ended_by(now) {
                keeper.end(&token)?;
                return Ok(None);
            }
            if kept.used.plus_seconds(TOUCH_SECONDS) <= now {
                keeper.touch(&token, now)?;
            }
            Ok(Some(kept))
        })
        .await?;
        Ok(kept.map(|kept| Self { user: kept.user, visitor, gate: gate.clone() }))
    }

    /// Begins a session for a user: a new token, and the end of the one the browser had.
    pub async fn begin(gate: &Gate, user: UserId, old: &Token) -> Result<Token, Failure> {
        let token = Token::new()?;
        let (now, old) = (gate.now(), old.hash());
        let kept = Kept { token: token.hash(), user, began: now, used: now };
        let keeper = Arc::clone(&gate.keeper);
        off_thread(move || {
            keeper.end(&old)?;
            keeper.begin(&kept)
        })
        .await?;
        Ok(token)
    }

    /// Ends it.
    pub async fn end(self) -> Result<(), Failure> {
        let token = self.visitor.token.hash();
        off_thread(move || self.gate.keeper.end(&token)).await
    }

    /// A page for this session: with the place's name, and the token that its forms carry.
    pub fn page(&self, title: impl Into<String>) -> Page {
        self.gate.page(&self.visitor, title)
    }
}

impl<S> FromRequestParts<S> for Session
where
    Gate: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let gate = Gate::from_ref(state);
        let visitor = visitor(parts).map_err(IntoResponse::into_response)?;
        match Session::of(&gate, visitor).await {
            Ok(Some(session)) => Ok(session),
            Ok(None) if parts.method == Method::GET || parts.method == Method::HEAD => {
                let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
                Err(Redirect::to(&sign_in_path(path)).into_response())
            }
            // What was posted cannot be kept for someone we do not know; the page says so.
            Ok(None) => Err(Failure::SignedOut.into_response()),
            Err(failure) => Err(failure.into_response()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        visitor(parts)
    }
}

fn visitor(parts: &Parts) -> Result<Visitor, Failure> {
    let laid = parts.extensions.get::<Visitor>().cloned();
    laid.ok_or_else(|| Failure::broken("a route lies outside security::protect"))
}

/// The sign-in page that leads back to a path.
fn sign_in_path(next: &str) -> String {
    if next == "/" {
        return "/sign-in".to_owned();
    }
    let mut path = "/sign-in?next=".to_owned();
    for byte in next.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                path.push(char::from(byte));
            }
            other => {
                let _ = write!(path, "%{other:02X}");
            }
        }
    }
    path
}

/// A path of ours to go on to, or the first page: never another site (RFC 3986, 4.2: `//host`;
/// browsers read `\` as `/`).
pub fn safe_next(next: &str) -> &str {
    let ours = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.bytes().all(|byte| (0x21..0x7f).contains(&byte))
        && !next.starts_with("/sign-");
    if ours { next } else { "/" }
}

/// Runs what may wait on the store or work for long, away from the threads that answer.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(Failure::broken)?
}
