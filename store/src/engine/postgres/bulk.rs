//! Many rows into `PostgreSQL`: by COPY where their keys are new, as arrays where they may be there.

use std::collections::HashSet;
use std::io::Write as _;

use postgres::types::{ToSql, Type};

use super::{PostgresTx, no_zero_byte};
use crate::engine::{Bulk, Rows, StoreError, Value};

/// How many rows that may meet existing keys are sent at once.
const BATCH: usize = 4_000;

impl PostgresTx<'_> {
    /// New rows only: by COPY.
    pub(super) fn copy(
        &mut self,
        into: &Bulk,
        fill: &mut dyn FnMut(&mut dyn Rows) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let sql = format!("copy {} ({}) from stdin", into.table, into.columns.join(", "));
        let mut filled = Ok(());
        let copied = self.connection.client.copy_in(&sql).and_then(|to| {
            let mut rows = Copying { to, line: Vec::new(), broken: false };
            filled = fill(&mut rows);
            if filled.is_ok() || rows.broken {
                // After a broken row, finishing brings the server's own reason.
                rows.to.finish()
            } else {
                // Dropping the writer takes the copy back.
                Ok(0)
            }
        });
        match copied {
            Ok(count) => filled.map(|()| count),
            Err(error) => Err(self.failed(into.table, &error)),
        }
    }

    /// Rows whose keys may be there: in batches, as arrays, one statement for all sizes.
    pub(super) fn merge(
        &mut self,
        into: &Bulk,
        fill: &mut dyn FnMut(&mut dyn Rows) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let columns = into.columns.join(", ");
        let types = self
            .connection
            .client
            .prepare(&format!("select {columns} from {} where false", into.table))
            .map_err(|error| self.failed(into.table, &error))?;
        let types: Vec<Type> = types.columns().iter().map(|c| c.type_().clone()).collect();
        let arrays: Vec<String> =
            types.iter().enumerate().map(|(i, ty)| format!("${}::{ty}[]", i + 1)).collect();
        let sql = format!(
            "insert into {} ({columns}) select * from unnest({}){}",
            into.table,
            arrays.join(", "),
            into.on_conflict()
        );
        let prepared = self.connection.client.prepare(&sql);
        let prepared = prepared.map_err(|error| self.failed(into.table, &error))?;
        let mut rows = Merging {
            columns: types.iter().map(Column::of).collect::<Result<_, _>>()?,
            into_key: into.key,
            keys: HashSet::new(),
            key: Vec::new(),
            prepared,
            table: into.table,
            tx: self,
            count: 0,
        };
        fill(&mut rows)?;
        rows.send()?;
        Ok(rows.count)
    }
}

/// Rows on their way through COPY, in its text form.
struct Copying<'a> {
    to: postgres::CopyInWriter<'a>,
    line: Vec<u8>,
    broken: bool,
}

impl Rows for Copying<'_> {
    fn put(&mut self, values: &[Value<'_>]) -> Result<(), StoreError> {
        self.line.clear();
        for (index, value) in values.iter().enumerate() {
            no_zero_byte(value)?;
            if index > 0 {
                self.line.push(b'\t');
            }
            // Writing to memory cannot fail.
            let _ = match *value {
                Value::Null => write!(self.line, "\\N"),
                Value::Integer(number) => write!(self.line, "{number}"),
                Value::Real(number) => write!(self.line, "{number:?}"),
                Value::Text(text) => {
                    escape(text, &mut self.line);
                    Ok(())
                }
                Value::Bytes(bytes) => {
                    self.line.extend_from_slice(b"\\\\x");
                    bytes.iter().try_for_each(|byte| write!(self.line, "{byte:02x}"))
                }
            };
        }
        self.line.push(b'\n');
        self.to.write_all(&self.line).map_err(|error| {
            self.broken = true;
            StoreError::Lost(error.to_string())
        })
    }
}

fn escape(text: &str, line: &mut Vec<u8>) {
    for &byte in text.as_bytes() {
        match byte {
            b'\\' => line.extend_from_slice(b"\\\\"),
            b'\t' => line.extend_from_slice(b"\\t"),
            b'\n' => line.extend_from_slice(b"\\n"),
            b'\r' => line.extend_from_slice(b"\\r"),
            other => line.push(other),
        }
    }
}

/// One column of a batch.
enum Column {
    Integers(Vec<Option<i64>>),
    Reals(Vec<Option<f64>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
}

impl Column {
    fn of(ty: &Type) -> Result<Self, StoreError> {
        match *ty {
            Type::INT8 => Ok(Self::Integers(Vec::new())),
            Type::FLOAT8 => Ok(Self::Reals(Vec::new())),
            Type::TEXT => Ok(Self::Texts(Vec::new())),
            Type::BYTEA => Ok(Self::Bytes(Vec::new())),
            _ => Err(StoreError::Engine {
                doing: "a bulk load".to_owned(),
                why: format!("a column of type {ty} is not of the shared dialect"),
            }),
        }
    }

    fn push(&mut self, value: Value<'_>) -> bool {
        match (self, value) {
            (Self::Integers(all), Value::Integer(number)) => all.push(Some(number)),
            (Self::Reals(all), Value::Real(number)) => all.push(Some(number)),
            (Self::Texts(all), Value::Text(text)) => all.push(Some(text.to_owned())),
            (Self::Bytes(all), Value::Bytes(bytes)) => all.push(Some(bytes.to_vec())),
            (Self::Integers(all), Value::Null) => all.push(None),
            (Self::Reals(all), Value::Null) => all.push(None),
            (Self::Texts(all), Value::Null) => all.push(None),
            (Self::Bytes(all), Value::Null) => all.push(None),
            _ => return false,
        }
        true
    }

    fn values(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Integers(all) => all,
            Self::Reals(all) => all,
            Self::Texts(all) => all,
            Self::Bytes(all) => all,
        }
    }

    fn clear(&mut self) {
        match self {
            Self::Integers(all) => all.clear(),
            Self::Reals(all) => all.clear(),
            Self::Texts(all) => all.clear(),
            Self::Bytes(all) => all.clear(),
        }
    }
}

/// Rows gathered into columns, and sent a batch at a time.
struct Merging<'a, 'b> {
    columns: Vec<Column>,
    into_key: usize,
    keys: HashSet<Vec<u8>>,
    key: Vec<u8>,
    prepared: postgres::Statement,
    table: &'static str,
    tx: &'a mut PostgresTx<'b>,
    count: u64,
}

impl Rows for Merging<'_, '_> {
    fn put(&mut self, values: &[Value<'_>]) -> Result<(), StoreError> {
        values.iter().try_for_each(no_zero_byte)?;
        self.key.clear();
        for value in values.iter().take(self.into_key) {
            let _ = write!(self.key, "{value:?}\0");
        }
        // One statement may not meet a key twice; in the next, the later row wins, as it should.
        if self.keys.len() == BATCH || self.keys.contains(&self.key) {
            self.send()?;
        }
        self.keys.insert(self.key.clone());
        let fits = values.len() == self.columns.len()
            && self.columns.iter_mut().zip(values).all(|(column, value)| column.push(*value));
        if fits {
            return Ok(());
        }
        let why = "a row does not fit the columns".to_owned();
        Err(StoreError::Engine { doing: self.table.to_owned(), why })
    }
}

impl Merging<'_, '_> {
    fn send(&mut self) -> Result<(), StoreError> {
        let count = self.keys.len() as u64;
        let values: Vec<_> = self.columns.iter().map(Column::values).collect();
        let sent = self.tx.connection.client.execute(&self.prepared, &values);
        if let Err(error) = sent {
            return Err(self.tx.failed(self.table, &error));
        }
        self.columns.iter_mut().for_each(Column::clear);
        self.keys.clear();
        self.count += count;
        Ok(())
    }
}
