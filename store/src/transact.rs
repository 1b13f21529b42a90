//! The store, and running work on it.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use crate::engine::postgres::{Again, Postgres};
use crate::engine::sqlite::Sqlite;
use crate::engine::sqlite::tx::{SqliteTx, run};
use crate::engine::sqlite::writer::begin;
use crate::engine::{Script, Statement, StoreError, Tx};

/// How often work is run again when others change the same rows.
const TRIES: u32 = 12;

/// Writes see one picture of the store, and fail (to be run again) if what they change was changed
/// by another: whatever concerns one person changes that person's row of `story`.
const BEGIN_WRITE: &str = "begin isolation level repeatable read";

/// Bulk loads take rows as they come, so that they need not be run again.
const BEGIN_BULK: &str = "begin isolation level read committed";

/// Reads see one picture of the store.
const BEGIN_READ: &str = "begin isolation level repeatable read read only";

/// An open store. Share it by reference between threads.
pub struct Store {
    engine: Engine,
    /// Last, so that the files go after the connections to them.
    _temporary: Option<Temporary>,
}

enum Engine {
    Sqlite(Box<Sqlite>),
    Postgres(Box<Postgres>),
}

/// Which database keeps a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The embedded one.
    Sqlite,
    /// A server.
    Postgres,
}

impl Store {
    /// The store at an address, as it lies there.
    pub(crate) fn at(address: &str) -> Result<Self, StoreError> {
        let (engine, temporary) = match address.split_once(':') {
            Some(("sqlite", ":temporary:")) => {
                let temporary = Temporary::new();
                (Engine::Sqlite(Box::new(Sqlite::open(&temporary.0)?)), Some(temporary))
            }
            Some(("sqlite", path)) if !path.is_empty() && !path.starts_with(':') => {
                (Engine::Sqlite(Box::new(Sqlite::open(Path::new(path))?)), None)
            }
            Some(("postgres" | "postgresql", _)) => {
                (Engine::Postgres(Box::new(Postgres::open(address)?)), None)
            }
            _ => {
                return Err(StoreError::Address {
                    address: address.to_owned(),
                    why: "write sqlite:PATH for a file, or postgres://USER@HOST/DATABASE"
                        .to_owned(),
                });
            }
        };
        Ok(Self { engine, _temporary: temporary })
    }

    /// Which database keeps it.
    pub fn kind(&self) -> Kind {
        match self.engine {
            Engine::Sqlite(_) => Kind::Sqlite,
            Engine::Postgres(_) => Kind::Postgres,
        }
    }

    /// The file, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.engine {
            Engine::Sqlite(sqlite) => Some(sqlite.path()),
            Engine::Postgres(_) => None,
        }
    }

    /// Runs `work` on one unmoving picture of the store, on this thread, while others write.
    pub fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(work),
            Engine::Postgres(postgres) => postgres.transact(BEGIN_READ, |tx| work(tx)).outcome,
        }
    }

    /// Runs `work` in a transaction of its own: all of it is on the disk when this comes back
    /// without an error, or none of it is.
    ///
    /// It may be run several times, when others change the same rows: it must change nothing but
    /// the transaction. A panic in it undoes its changes and goes on in this thread.
    pub fn write<T, E>(
        &self,
        mut work: impl FnMut(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let postgres = match &self.engine {
            Engine::Sqlite(sqlite) => return sqlite.writer().write(work),
            Engine::Postgres(postgres) => postgres,
        };
        let mut tries = 1;
        loop {
            let ended = postgres.transact(BEGIN_WRITE, |tx| work(tx));
            let again = match ended.again {
                Again::No => false,
                Again::Once => tries == 1,
                Again::Yes => tries < TRIES,
            };
            if ended.outcome.is_ok() || !again {
                return ended.outcome;
            }
            thread::sleep(Duration::from_millis(1 << tries.min(7)));
            tries += 1;
        }
    }

    /// Runs work of many rows in one transaction, once, on this thread. Other writes wait for it
    /// on `SQLite`: keep each to a second or so.
    pub fn bulk_write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.alone(|tx| work(tx))
    }

    /// Lets the engine count what is there, so that it finds the best way to each answer. After
    /// every bulk load; it takes well under a second.
    pub fn analyze(&self) -> Result<(), StoreError> {
        self.script(|tx| tx.script("analyze"))
    }

    /// How the engine would go about a statement, line by line.
    pub fn explain(&self, statement: &Statement) -> Result<Vec<String>, StoreError> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.explain(statement),
            Engine::Postgres(postgres) => {
                postgres.transact(BEGIN_READ, |tx| tx.explain(statement)).outcome
            }
        }
    }

    pub(crate) fn script(
        &self,
        work: impl FnOnce(&mut dyn Script) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.alone(|tx| work(tx))
    }

    fn alone<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Script) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.engine {
            Engine::Sqlite(sqlite) => {
                let connection = sqlite.writer().borrow()?;
                begin(&connection)?;
                let value = work(&mut SqliteTx::new(&connection))?;
                run(&connection, "commit", "saving")?;
                Ok(value)
            }
            Engine::Postgres(postgres) => postgres.transact(BEGIN_BULK, |tx| work(tx)).outcome,
        }
    }
}

/// A file that goes when the store is closed.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Self {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("kith-{}-{number}.db", std::process::id());
        let temporary = Self(std::env::temp_dir().join(name));
        // Of an earlier process with this number that was killed.
        temporary.remove();
        temporary
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(end);
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        self.remove();
    }
}
