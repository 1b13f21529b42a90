//! The secret by which pages name entries, made once for a store and kept in it: an address leads to the same
//! entry after a restart, from another program on the same store, and from one restored of a backup.

use crate::Store;
use crate::engine::{StoreError, statements};

statements! {
    key SECRET = "select secret from entry_names where id = 1";
    key KEEP = "insert into entry_names (id, secret) values (1, $1) on conflict (id) do nothing";
}

/// How many bytes the secret has.
pub const BYTES: usize = 16;

/// The secret of a store. Where it has none yet it keeps `new`, which must be made by chance.
pub fn secret(store: &Store, new: [u8; BYTES]) -> Result<[u8; BYTES], StoreError> {
    let kept = store.read(|tx| {
        tx.one(SECRET, &[], |row| {
            let wrong =
                |_| StoreError::Corrupt("the secret of names has a wrong length".to_owned());
            <[u8; BYTES]>::try_from(row.bytes(0)?).map_err(wrong)
        })
    })?;
    match kept {
        Some(secret) => Ok(secret),
        None => {
            store.write(move |tx| tx.execute(KEEP, &[new.as_slice().into()]).map(drop))?;
            // Another program may have been first.
            secret(store, new)
        }
    }
}
