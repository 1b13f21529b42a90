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
//! 5. *A screen is left open.* A session ends after half an hour without use, and after twelve in any
//!    case (`keeper.rs`). The clock is passed in, so tests can wait.
//! 6. *A person leaves, or a token is stolen.* The keeper ends every session of a user at once;
//!    each request asks the store, so it holds from the next click.
//! 7. *A signed-out page is read from the browser's store.* Pages carry `no-store`.
//! 8. *A link sends people elsewhere after they sign in.* [`safe_next`] takes paths of ours only.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{FromRef, FromRequestParts};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::ids::UserId;

use crate::error::Failure;
use crate::gate::Gate;
use crate::keeper::KeptSession;
use crate::page::Page;
use crate::threads::off_thread;
use crate::visitor::{Token, Visitor, visitor};

/// Use is written down at most so often, to spare the store a write for every page.
const TOUCH_SECONDS: i64 = 60;

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
        let kept = KeptSession { token: token.hash(), user, began: now, used: now };
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
