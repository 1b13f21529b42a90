//! Accounts and sessions: what is kept of them, by whom, and the store that keeps them.

use std::sync::Arc;

use care::record::hash::Hash;
use care::record::ids::UserId;
use care::record::moment::Moment;
use store::{Store, StoreError, users};

use crate::error::Failure;

/// A session ends after so many seconds without use: 30 minutes.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// A session ends after so many seconds, used or not: 12 hours, longer than any shift.
pub const WHOLE_SECONDS: i64 = 12 * 60 * 60;

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSession {
    /// The token's hash: the key.
    pub token: Hash,
    /// Whose.
    pub user: UserId,
    /// When it began.
    pub began: Moment,
    /// When it was last used, to a minute.
    pub used: Moment,
}

impl KeptSession {
    /// Whether it has ended by an instant.
    pub fn ended_by(&self, now: Moment) -> bool {
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
    fn begin(&self, session: &KeptSession) -> Result<(), Failure>;
    /// The session with a token's hash.
    fn find(&self, token: &Hash) -> Result<Option<KeptSession>, Failure>;
    /// Notes that a session was used.
    fn touch(&self, token: &Hash, at: Moment) -> Result<(), Failure>;
    /// Ends a session.
    fn end(&self, token: &Hash) -> Result<(), Failure>;
    /// Ends every session of a user.
    fn end_all(&self, user: UserId) -> Result<(), Failure>;
}

/// The store as a keeper of accounts and sessions.
pub struct StoreKeeper(pub Arc<Store>);

impl Keeper for StoreKeeper {
    fn account(&self, login: &str) -> Result<Option<Account>, Failure> {
        let login = login.to_lowercase();
        let found = self.0.read(|tx| users::account_of(tx, &login))?;
        let account = found
            .filter(|account| account.active)
            .and_then(|account| Some(Account { user: account.user, password: account.password? }));
        Ok(account)
    }

    fn begin(&self, session: &KeptSession) -> Result<(), Failure> {
        let session = session.clone();
        self.write(move |tx| {
            let kept =
                users::Session { user: session.user, began: session.began, used: session.used };
            users::sweep_sessions(tx, session.began.plus_seconds(-IDLE_SECONDS))?;
            users::begin_session(tx, &session.token.to_string(), &kept)?;
            users::signed_in(tx, session.user, session.began)
        })
    }

    fn find(&self, token: &Hash) -> Result<Option<KeptSession>, Failure> {
        let text = token.to_string();
        let found = self.0.read(|tx| {
            let Some(session) = users::session(tx, &text)? else { return Ok(None) };
            // An account that was closed is out from the next click.
            let account = users::account(tx, session.user)?;
            Ok::<_, StoreError>(account.filter(|account| account.active).map(|_| session))
        })?;
        Ok(found.map(|session| KeptSession {
            token: *token,
            user: session.user,
            began: session.began,
            used: session.used,
        }))
    }

    fn touch(&self, token: &Hash, at: Moment) -> Result<(), Failure> {
        let token = token.to_string();
        self.write(move |tx| users::use_session(tx, &token, at))
    }

    fn end(&self, token: &Hash) -> Result<(), Failure> {
        let token = token.to_string();
        self.write(move |tx| users::end_session(tx, &token))
    }

    fn end_all(&self, user: UserId) -> Result<(), Failure> {
        self.write(move |tx| users::end_sessions_of(tx, user).map(drop))
    }
}

impl StoreKeeper {
    fn write(
        &self,
        work: impl FnMut(&mut dyn store::engine::Tx) -> Result<(), StoreError> + Send + 'static,
    ) -> Result<(), Failure> {
        Ok(self.0.write(work)?)
    }
}
