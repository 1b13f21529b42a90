//! Opening a store, and bringing it up to date.

use crate::engine::StoreError;
use crate::migrate;
use crate::transact::Store;

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`, making it or bringing it up to date first: with what is
    /// derived of the stories, where another version of the program made that.
    ///
    /// `sqlite::temporary:` is a new store that vanishes when it is closed: for tests.
    pub fn open(address: &str) -> Result<Self, StoreError> {
        let store = Self::at(address)?;
        // Two programs that open a new store at once both make the first tables; one is told so.
        match store.script(migrate::migrate) {
            Err(StoreError::Conflict(_) | StoreError::Busy) => store.script(migrate::migrate)?,
            other => other?,
        }
        migrate::derive_anew(&store)?;
        Ok(store)
    }
}
