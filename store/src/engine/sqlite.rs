//! `SQLite`: one file, one writer that groups commits, readers in parallel.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, ffi};

use super::writer::Writer;
pub(crate) use super::writer::begin;
use super::{Bulk, Clash, Columns, Row, Rows, Script, Statement, StoreError, Tx, Value};

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
        let writer = Writer::start(connect()?)?;
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

/// The engine's own words, under our heading.
pub(super) fn told(doing: &str, error: &rusqlite::Error) -> StoreError {
    let why = error.to_string();
    let Some(code) = error.sqlite_error() else {
        return StoreError::Engine { doing: doing.to_owned(), why };
    };
    match (code.code, code.extended_code) {
        (
            _,
            ffi::SQLITE_CONSTRAINT_PRIMARYKEY
            | ffi::SQLITE_CONSTRAINT_UNIQUE
            | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => StoreError::Conflict(doing.to_owned()),
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => StoreError::Busy,
        (ErrorCode::DiskFull, _) => StoreError::Full,
        (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => StoreError::Corrupt(why),
        _ => StoreError::Engine { doing: doing.to_owned(), why },
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

/// Runs one fixed statement, whose answer does not matter.
pub(crate) fn run(connection: &Connection, sql: &str, doing: &str) -> Result<(), StoreError> {
    let ran = connection.prepare_cached(sql).and_then(|mut statement| {
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        Ok(())
    });
    ran.map_err(|error| told(doing, &error))
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

/// A transaction on a connection that has begun one.
pub(crate) struct SqliteTx<'a> {
    connection: &'a Connection,
}

impl<'a> SqliteTx<'a> {
    pub(crate) fn new(connection: &'a Connection) -> Self {
        Self { connection }
    }
}

fn bind(
    statement: &mut rusqlite::Statement<'_>,
    doing: &str,
    values: &[Value<'_>],
) -> Result<(), StoreError> {
    if statement.parameter_count() != values.len() {
        let why = format!("{} values given, {} wanted", values.len(), statement.parameter_count());
        return Err(StoreError::Engine { doing: doing.to_owned(), why });
    }
    for at in 1..=values.len() {
        // SQLite numbers a `$2` by where it first stands: its name says which value is meant.
        let name = statement.parameter_name(at).unwrap_or_default();
        let value = name
            .get(1..)
            .and_then(|digits| digits.parse().ok())
            .and_then(|number: usize| values.get(number.checked_sub(1)?));
        let Some(value) = value else {
            let why = format!("parameter {name} has no value");
            return Err(StoreError::Engine { doing: doing.to_owned(), why });
        };
        let value = match *value {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(number),
            Value::Real(number) => ValueRef::Real(number),
            Value::Text(text) if text.as_bytes().contains(&0) => return Err(StoreError::ZeroByte),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        };
        let value = rusqlite::types::ToSqlOutput::Borrowed(value);
        statement.raw_bind_parameter(at, value).map_err(|error| told(doing, &error))?;
    }
    Ok(())
}

impl Columns for rusqlite::Row<'_> {
    fn value(&self, index: usize) -> Result<Value<'_>, StoreError> {
        let value = self.get_ref(index).map_err(|error| told("reading a row", &error))?;
        Ok(match value {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Blob(bytes) => Value::Bytes(bytes),
            ValueRef::Text(text) => Value::Text(std::str::from_utf8(text).map_err(|_| {
                StoreError::Corrupt(format!("column {} of a row is not UTF-8", index + 1))
            })?),
        })
    }
}

impl Tx for SqliteTx<'_> {
    fn query(
        &mut self,
        statement: &Statement,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let doing = statement.name;
        let failed = |error| told(doing, &error);
        let mut prepared = self.connection.prepare_cached(statement.sql).map_err(failed)?;
        bind(&mut prepared, doing, values)?;
        let mut rows = prepared.raw_query();
        while let Some(row) = rows.next().map_err(failed)? {
            each(&Row(row))?;
        }
        Ok(())
    }

    fn execute(&mut self, statement: &Statement, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let doing = statement.name;
        let failed = |error| told(doing, &error);
        let mut prepared = self.connection.prepare_cached(statement.sql).map_err(failed)?;
        bind(&mut prepared, doing, values)?;
        prepared.raw_execute().map(|rows| rows as u64).map_err(failed)
    }

    fn bulk(
        &mut self,
        into: &Bulk,
        fill: &mut dyn FnMut(&mut dyn Rows) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let sql = insert(into);
        let prepared = self.connection.prepare_cached(&sql);
        let mut rows = Inserting {
            prepared: prepared.map_err(|error| told(into.table, &error))?,
            table: into.table,
            count: 0,
        };
        fill(&mut rows)?;
        Ok(rows.count)
    }
}

/// One statement, run once a row.
struct Inserting<'a> {
    prepared: rusqlite::CachedStatement<'a>,
    table: &'static str,
    count: u64,
}

impl Rows for Inserting<'_> {
    fn put(&mut self, values: &[Value<'_>]) -> Result<(), StoreError> {
        bind(&mut self.prepared, self.table, values)?;
        self.prepared.raw_execute().map_err(|error| told(self.table, &error))?;
        self.count += 1;
        Ok(())
    }
}

fn insert(into: &Bulk) -> String {
    let mut sql = format!("insert into {} ({}) values (", into.table, into.columns.join(", "));
    for number in 1..=into.columns.len() {
        let _ = write!(sql, "{}${number}", if number == 1 { "" } else { ", " });
    }
    sql.push(')');
    sql.push_str(&on_conflict(into));
    sql
}

/// The end of a bulk insert, which is the same for both engines.
pub(super) fn on_conflict(into: &Bulk) -> String {
    let (key, rest) = into.columns.split_at(into.key);
    let key = key.join(", ");
    match into.clash {
        Clash::Refuse => String::new(),
        Clash::Replace if !rest.is_empty() => {
            let sets: Vec<_> =
                rest.iter().map(|name| format!("{name} = excluded.{name}")).collect();
            format!(" on conflict ({key}) do update set {}", sets.join(", "))
        }
        Clash::Keep | Clash::Replace => format!(" on conflict ({key}) do nothing"),
    }
}

impl Script for SqliteTx<'_> {
    fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(|error| told("a script", &error))
    }

    fn dialect(&self, sql: &str) -> String {
        sql.replace("{bytes}", "blob").replace("{clustered}", " without rowid")
    }
}
