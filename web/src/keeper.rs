//! Accounts and sessions, kept in the store.

use std::sync::Arc;

use care::record::chain::Hash;
use care::record::ids::UserId;
use care::record::moment::Moment;
use store::{Store, StoreError, users};

use crate::error::Failure;
use crate::session::{Account, IDLE_SECONDS, Keeper, Kept};

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

    fn begin(&self, session: &Kept) -> Result<(), Failure> {
        let session = session.clone();
        self.write(move |tx| {
            let kept =
                users::Session { user: session.user, began: session.began, used: session.used };
            users::sweep_sessions(tx, session.began.plus_seconds(-IDLE_SECONDS))?;
            users::begin_session(tx, &session.token.to_string(), &kept)?;
            users::signed_in(tx, session.user, session.began)
        })
    }

    fn find(&self, token: &Hash) -> Result<Option<Kept>, Failure> {
        let text = token.to_string();
        let found = self.0.read(|tx| {
            let Some(session) = users::session(tx, &text)? else { return Ok(None) };
            // An account that was closed is out from the next click.
            let account = users::account(tx, session.user)?;
            Ok::<_, StoreError>(account.filter(|account| account.active).map(|_| session))
        })?;
        Ok(found.map(|session| Kept {
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
