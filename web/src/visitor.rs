//! Whoever sent a request, signed in or not: the token in their cookie.

use std::fmt::{self, Write as _};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use care::record::hash::Hash;

use crate::error::Failure;
use crate::page::FormToken;

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

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        visitor(parts)
    }
}

/// The visitor that [`crate::security::protect`] laid in a request.
pub fn visitor(parts: &Parts) -> Result<Visitor, Failure> {
    let laid = parts.extensions.get::<Visitor>().cloned();
    laid.ok_or_else(|| Failure::broken("a route lies outside security::protect"))
}
