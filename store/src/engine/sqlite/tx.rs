//! One transaction of `SQLite`: statements, rows, bulk inserts, and what the engine says of them.

use std::fmt::Write as _;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, ffi};

use crate::engine::{Bulk, Columns, Row, Rows, Script, Statement, StoreError, Tx, Value};

/// The engine's own words, under our heading.
pub(crate) fn told(doing: &str, error: &rusqlite::Error) -> StoreError {
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

/// Runs one fixed statement, whose answer does not matter.
pub(crate) fn run(connection: &Connection, sql: &str, doing: &str) -> Result<(), StoreError> {
    let ran = connection.prepare_cached(sql).and_then(|mut statement| {
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        Ok(())
    });
    ran.map_err(|error| told(doing, &error))
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
    sql.push_str(&into.on_conflict());
    sql
}

impl Script for SqliteTx<'_> {
    fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(sql).map_err(|error| told("a script", &error))
    }

    fn dialect(&self, sql: &str) -> String {
        sql.replace("{bytes}", "blob").replace("{clustered}", " without rowid")
    }
}
