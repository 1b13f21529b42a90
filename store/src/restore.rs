//! Fills an empty store from a backup: all of it, checked, or nothing.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::backup::{Closing, FORM, Heading, Opening, hex};
use crate::engine::{Bulk, Clash, Rows, StoreError, Tx, Value};
use crate::tables::{BEGUN, TABLES, Table};
use crate::verify::{Fault, Report, verify};
use crate::{Store, migrate};

/// The longest line of a backup that is taken: 64 MiB, far more than any row.
const LINE: u64 = 64 << 20;

/// Why a store was not restored. It is as empty as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// There is something in the store.
    #[error(
        "this store is not empty (its table {0} has rows); restore into a new one, so that nothing \
         is overwritten"
    )]
    NotEmpty(&'static str),
    /// The file is not a backup at all.
    #[error("this file is not a backup that Kith made")]
    NotABackup,
    /// The backup is of another version.
    #[error(
        "this backup was made by another version of Kith (its form is {found}, this program's is \
         {known}); restore it with that version"
    )]
    Version {
        /// The number of the last migration of the store that was backed up.
        found: i64,
        /// The number of the last one this program has.
        known: i64,
    },
    /// The file ends too soon.
    #[error("the backup is cut short; nothing was restored: take another copy")]
    Short,
    /// The file is not what was written.
    #[error(
        "the backup was altered or damaged at line {0}; nothing was restored: take another copy"
    )]
    Altered(u64),
    /// The chains of what was backed up do not hold.
    #[error(
        "the backup is whole, but what it holds was tampered with before it was made; nothing was \
         restored. First: {first} ({count} in all)"
    )]
    Tampered {
        /// The first thing wrong.
        first: Box<Fault>,
        /// How many there are.
        count: usize,
    },
    /// The file could not be read.
    #[error("the backup could not be read: {0}")]
    File(io::Error),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Fills an empty store, checks every line, count and chain, and only then lets it stand.
/// `progress` is told how many rows have been taken, now and then.
pub fn restore(
    from: impl Read,
    store: &Store,
    progress: &mut dyn FnMut(u64),
) -> Result<Report, RestoreError> {
    let mut lines = Lines {
        from: BufReader::new(GzDecoder::new(BufReader::new(from))),
        hash: Sha256::new(),
        line: Vec::new(),
        number: 0,
        before: String::new(),
    };
    let report = store.bulk_write(|tx| {
        for table in TABLES.iter().filter(|table| !BEGUN.contains(&table.name)) {
            if tx.one(table.any, &[], |_| Ok(()))?.is_some() {
                return Err(RestoreError::NotEmpty(table.name));
            }
        }
        fill(tx, &mut lines, progress)?;
        let report = verify(tx, &mut |_| {})?;
        match report.faults.first() {
            None => Ok(report),
            Some(first) => Err(RestoreError::Tampered {
                first: Box::new(first.clone()),
                count: report.faults.len(),
            }),
        }
    })?;
    store.analyze()?;
    Ok(report)
}

fn fill(
    tx: &mut dyn Tx,
    lines: &mut Lines<impl BufRead>,
    progress: &mut dyn FnMut(u64),
) -> Result<(), RestoreError> {
    let opening = match lines.next() {
        Err(RestoreError::Altered(_) | RestoreError::Short) => None,
        other => other?.as_object().and_then(|_| serde_json::from_slice(&lines.line).ok()),
    };
    let Some(Opening { form: FORM, schema }) = opening else {
        return Err(RestoreError::NotABackup);
    };
    if schema != migrate::newest() {
        return Err(RestoreError::Version { found: schema, known: migrate::newest() });
    }
    let mut total = 0;
    let mut counts = Vec::new();
    lines.next()?;
    for table in TABLES {
        let heading: Option<Heading> = serde_json::from_slice(&lines.line).ok();
        if heading.is_none_or(|it| it.table != table.name || it.columns != table.columns) {
            return Err(RestoreError::Altered(lines.number));
        }
        let count = rows(tx, table, lines, &mut |count| progress(total + count))?;
        total += count;
        counts.push((table.name, count));
    }
    progress(total);
    let closing: Option<Closing> = serde_json::from_slice(&lines.line).ok();
    let is_whole = closing.is_some_and(|closing| {
        let said = closing.rows.iter().map(|(name, count)| (name.as_str(), *count));
        counts.sort_unstable();
        said.eq(counts.iter().copied()) && closing.sha256 == lines.before
    });
    if !is_whole {
        return Err(RestoreError::Altered(lines.number));
    }
    lines.end()
}

/// Takes a table's rows, up to the first line that is not one, which stays in `lines.line`.
fn rows(
    tx: &mut dyn Tx,
    table: &Table,
    lines: &mut Lines<impl BufRead>,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, RestoreError> {
    let clash = if BEGUN.contains(&table.name) { Clash::Replace } else { Clash::Refuse };
    let into = Bulk { table: table.name, columns: table.columns, key: table.key, clash };
    let mut count = 0;
    let mut stopped = None;
    let filled = tx.bulk(&into, &mut |to| {
        loop {
            match lines.next() {
                Ok(Json::Array(cells)) => {
                    if let Err(error) = put(to, &cells, lines.number) {
                        stopped = Some(error);
                        break;
                    }
                    count += 1;
                    if u64::is_multiple_of(count, 10_000) {
                        progress(count);
                    }
                }
                Ok(_) => return Ok(()),
                Err(error) => {
                    stopped = Some(error);
                    break;
                }
            }
        }
        // Takes the load back; the reason is in `stopped`.
        Err(StoreError::Corrupt("the backup".to_owned()))
    });
    match (stopped, filled) {
        (Some(RestoreError::Store(error)), Err(StoreError::Corrupt(_))) => Err(error.into()),
        (Some(error), Err(StoreError::Corrupt(_))) => Err(error),
        (_, filled) => filled.map(|_| count).map_err(RestoreError::Store),
    }
}

fn put(to: &mut dyn Rows, cells: &[Json], line: u64) -> Result<(), RestoreError> {
    let bytes: Vec<Option<Vec<u8>>> = cells.iter().map(bytes).collect();
    let values: Option<Vec<Value<'_>>> = cells
        .iter()
        .zip(&bytes)
        .map(|(cell, bytes)| match (cell, bytes) {
            (_, Some(bytes)) => Some(Value::Bytes(bytes)),
            (Json::Null, _) => Some(Value::Null),
            (Json::Number(number), _) => number.as_i64().map(Value::Integer),
            (Json::String(text), _) => Some(Value::Text(text)),
            (Json::Object(real), _) => {
                Some(Value::Real(f64::from_bits(real.get("bits")?.as_u64()?)))
            }
            _ => None,
        })
        .collect();
    to.put(&values.ok_or(RestoreError::Altered(line))?).map_err(RestoreError::Store)
}

/// The bytes of a cell that holds bytes.
fn bytes(cell: &Json) -> Option<Vec<u8>> {
    let text = cell.as_object()?.get("hex")?.as_str()?;
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    digits.chunks_exact(2).map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok()).collect()
}

/// The lines on their way in: decompressed, hashed and counted.
struct Lines<R> {
    from: R,
    hash: Sha256,
    line: Vec<u8>,
    number: u64,
    /// The digest of all lines before this one.
    before: String,
}

impl<R: BufRead> Lines<R> {
    fn next(&mut self) -> Result<Json, RestoreError> {
        self.hash.update(&self.line);
        self.line.clear();
        self.number += 1;
        let read = (&mut self.from).take(LINE).read_until(b'\n', &mut self.line);
        read.map_err(|error| self.file(error))?;
        if self.line.is_empty() || (self.line.last() != Some(&b'\n') && self.at_end()?) {
            return Err(RestoreError::Short);
        }
        let line = serde_json::from_slice(&self.line);
        let line: Json = line.map_err(|_| RestoreError::Altered(self.number))?;
        if line.get("sha256").is_some() {
            self.before.clear();
            hex(&self.hash.clone().finalize(), &mut self.before);
        }
        Ok(line)
    }

    fn at_end(&mut self) -> Result<bool, RestoreError> {
        match self.from.fill_buf() {
            Ok(rest) => Ok(rest.is_empty()),
            Err(error) => Err(self.file(error)),
        }
    }

    /// After the last line there is nothing, and the compression's own checks hold.
    fn end(&mut self) -> Result<(), RestoreError> {
        if self.at_end()? { Ok(()) } else { Err(RestoreError::Altered(self.number + 1)) }
    }

    fn file(&self, error: io::Error) -> RestoreError {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => RestoreError::Short,
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
                RestoreError::Altered(self.number)
            }
            _ => RestoreError::File(error),
        }
    }
}
