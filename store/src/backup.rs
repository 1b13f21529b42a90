//! One file that holds a whole store, the same for both engines.
//!
//! It is compressed text (gzip), which an auditor can read: a line that says what it is, and then
//! for each table a line with its columns and a line of JSON for each row; a last line with the
//! number of rows of each table and the SHA-256 of every line before it.
//!
//! ```text
//! {"kith-backup":1,"schema":6}
//! {"table":"story","columns":["person_id","length","head"]}
//! ["0197…",12,"9f2c…"]
//! {"rows":{"story":1},"sha256":"…"}
//! ```
//!
//! Bytes stand as `{"hex":"…"}`. Sessions are left out: nobody is signed in again by a restore.

use std::collections::BTreeMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::engine::{Row, StoreError, Value};
use crate::tables::{TABLES, Table};
use crate::{Store, migrate};

/// The version of the file's form.
pub(crate) const FORM: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Opening {
    #[serde(rename = "kith-backup")]
    pub(crate) form: u32,
    pub(crate) schema: i64,
}

/// The line before a table's rows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heading {
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closing {
    pub(crate) rows: BTreeMap<String, u64>,
    pub(crate) sha256: String,
}

/// Why a backup was not made. What has been written of it is of no use.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file could not be written.
    #[error("the backup could not be written: {0}")]
    File(#[from] io::Error),
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes the whole store as it is at one moment, while others go on writing, and says how many
/// rows it has. `progress` is told how many have been written, now and then.
///
/// Whoever gives `to` sees to it that it reaches the disk.
pub fn backup(
    store: &Store,
    to: impl Write,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, BackupError> {
    let mut lines = Lines::new(to);
    store.read(|tx| {
        lines.write(&Opening { form: FORM, schema: migrate::newest() })?;
        for table in TABLES {
            lines.table(table)?;
            let mut failed = Ok(());
            let mut count = 0;
            tx.query(table.rows, &[], &mut |row| {
                if failed.is_ok() {
                    count += 1;
                    failed = lines.row(row, table.columns.len())?;
                    if (lines.total + count).is_multiple_of(10_000) {
                        progress(lines.total + count);
                    }
                }
                Ok(())
            })?;
            failed?;
            lines.total += count;
            lines.rows.insert(table.name.to_owned(), count);
        }
        Ok::<_, BackupError>(())
    })?;
    progress(lines.total);
    lines.close().map_err(BackupError::File)
}

/// The lines on their way out: hashed, counted and compressed.
struct Lines<W: Write> {
    to: GzEncoder<W>,
    hash: Sha256,
    line: Vec<u8>,
    rows: BTreeMap<String, u64>,
    total: u64,
}

impl<W: Write> Lines<W> {
    fn new(to: W) -> Self {
        Self {
            to: GzEncoder::new(to, Compression::fast()),
            hash: Sha256::new(),
            line: Vec::new(),
            rows: BTreeMap::new(),
            total: 0,
        }
    }

    fn write(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, value)?;
        self.send()
    }

    fn table(&mut self, table: &Table) -> io::Result<()> {
        let columns = table.columns.iter().map(|&column| column.to_owned()).collect();
        self.write(&Heading { table: table.name.to_owned(), columns })
    }

    /// A row. The outer error is the store's, the inner the file's.
    fn row(&mut self, row: &Row<'_>, columns: usize) -> Result<io::Result<()>, StoreError> {
        self.line.clear();
        for index in 0..columns {
            self.line.push(if index == 0 { b'[' } else { b',' });
            let value = row.value(index)?;
            if let Err(error) = cell(&mut self.line, value) {
                return Ok(Err(error));
            }
        }
        self.line.push(b']');
        Ok(self.send())
    }

    fn send(&mut self) -> io::Result<()> {
        self.line.push(b'\n');
        self.hash.update(&self.line);
        self.to.write_all(&self.line)
    }

    fn close(mut self) -> io::Result<u64> {
        let digest = self.hash.clone().finalize();
        let mut sha256 = String::new();
        hex(&digest, &mut sha256);
        let rows = std::mem::take(&mut self.rows);
        self.write(&Closing { rows, sha256 })?;
        self.to.finish()?.flush()?;
        Ok(self.total)
    }
}

fn cell(line: &mut Vec<u8>, value: Value<'_>) -> io::Result<()> {
    match value {
        Value::Null => line.write_all(b"null"),
        Value::Integer(number) => write!(line, "{number}"),
        Value::Text(text) => Ok(serde_json::to_writer(line, text)?),
        Value::Real(number) => {
            // As its bits: no rounding, and no number that JSON cannot write.
            write!(line, "{{\"bits\":{}}}", number.to_bits())
        }
        Value::Bytes(bytes) => {
            let mut text = String::with_capacity(bytes.len() * 2);
            hex(bytes, &mut text);
            write!(line, "{{\"hex\":\"{text}\"}}")
        }
    }
}

pub(crate) fn hex(bytes: &[u8], text: &mut String) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(digit.into(), 16).unwrap_or('0'));
        }
    }
}
