//! `SQLite`: one file, one writer that groups commits, readers in parallel.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::{Statement, StoreError, Tx};

pub(crate) mod tx;
pub(crate) mod writer;

use tx::{SqliteTx, run, told};
use writer::Writer;

/// How many readers work at once.
const READERS: usize = 4;

/// How long to wait for another process that holds the file, in milliseconds.
const WAIT_MS: u32 = 5_000;

/// More than the statements the program has, so that each is prepared once a connection.
const PREPARED: usize = 512;

/// An open `SQLite` store.
pub(crate) struct Sqlite {
    path: PathBuf,
    writer: Writer,
    readers: Readers,
}

impl Sqlite {
    /// Opens the file, or makes it: readable by its owner only.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let unreachable = |why: String| StoreError::Unreachable {
            address: format!("sqlite:{}", path.display()),
            why,
        };
        make_private(path).map_err(|error| unreachable(error.to_string()))?;
        let connect = || match connect(path) {
            Err(StoreError::Engine { why, .. }) => Err(unreachable(why)),
            other => other,
        };
        let writing = connect()?;
        // A load writes all over the indexes: what stays in memory is not written twice.
        run(&writing, "pragma cache_size = -65536", "opening")?;
        let writer = Writer::start(writing)?;
        let idle = (0..READERS)
            .map(|_| {
                let reader = connect()?;
                // A reader that tried to write would step past the one writer.
                let query_only = reader.pragma_update(None, "query_only", true);
                query_only.map_err(|error| told("opening", &error))?;
                Ok(reader)
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        let readers = Readers { idle: Mutex::new(idle), returned: Condvar::new() };
        Ok(Self { path: path.to_owned(), writer, readers })
    }

    /// The one writer.
    pub(crate) fn writer(&self) -> &Writer {
        &self.writer
    }

    /// The file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` on one unmoving picture of the store, while others write.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let reader = self.readers.take();
        run(&reader, "begin", "opening a picture of the store")?;
        work(&mut SqliteTx::new(&reader))
    }

    /// The lines of the engine's plan.
    pub(crate) fn explain(&self, statement: &Statement) -> Result<Vec<String>, StoreError> {
        let reader = self.readers.take();
        let failed = |error| told(statement.name, &error);
        let mut plan =
            reader.prepare(&format!("explain query plan {}", statement.sql)).map_err(failed)?;
        let mut lines = Vec::new();
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().map_err(failed)? {
            lines.push(row.get(3).map_err(failed)?);
        }
        Ok(lines)
    }
}

/// The records of a borough are nobody else's to read: the file is made for its owner alone.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path).map_err(|error| told("opening", &error))?;
    let set = |pragma: &str| run(&connection, &format!("pragma {pragma}"), "opening");
    connection.set_prepared_statement_cache_capacity(PREPARED);
    set(&format!("busy_timeout = {WAIT_MS}"))?;
    set("journal_mode = wal")?;
    // One plan for a statement, whatever its values: the plan that the tests looked at. Otherwise
    // SQLite parses a statement anew when a value might call for another plan, at every use.
    let one_plan = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
    connection.set_db_config(one_plan, true).map_err(|error| told("opening", &error))?;
    // What is acknowledged is on the disk.
    set("synchronous = full")?;
    set("foreign_keys = on")?;
    set("trusted_schema = off")?;
    set("temp_store = memory")?;
    set("cache_size = -32768")?;
    set("journal_size_limit = 67108864")?;
    Ok(connection)
}

/// The readers that are free.
struct Readers {
    idle: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Readers {
    fn take(&self) -> Reader<'_> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(connection) = idle.pop() {
                return Reader { from: self, connection: Some(connection) };
            }
            idle = self.returned.wait(idle).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// A reader at work, which goes back whatever happens.
struct Reader<'a> {
    from: &'a Readers,
    connection: Option<Connection>,
}

impl std::ops::Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("a reader has its connection until it is dropped")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        // Ends the picture, so that old pages can be taken back; there is nothing to undo.
        if !connection.is_autocommit() {
            let _ = run(&connection, "rollback", "closing a picture of the store");
        }
        self.from.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        self.from.returned.notify_one();
    }
}
