//! One small interface over two databases.
//!
//! Everything else in this crate is plain functions over `&mut dyn Tx`, in one SQL text for both.
//! The dialect is what `SQLite` and `PostgreSQL` (and the distributed engines that speak its
//! protocol) share: see `store/migrations/README.md`.

mod error;
pub(crate) mod postgres;
pub(crate) mod sqlite;

pub use error::StoreError;

/// One value, going in or coming out. Borrowed: nothing is copied on the way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number; also pence, and 0 or 1 for no and yes.
    Integer(i64),
    /// A measurement. Never money.
    Real(f64),
    /// Text; also ids, days and instants.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<bool> for Value<'_> {
    fn from(yes: bool) -> Self {
        Self::Integer(yes.into())
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What a row's columns are read from; each engine has its own.
pub(crate) trait Columns {
    /// The value of a column, counted from 0.
    fn value(&self, index: usize) -> Result<Value<'_>, StoreError>;
}

/// One row of an answer. Columns are counted from 0, in the order the statement names them.
pub struct Row<'a>(&'a dyn Columns);

impl Row<'_> {
    /// Whatever is there.
    pub fn value(&self, index: usize) -> Result<Value<'_>, StoreError> {
        self.0.value(index)
    }

    /// A text that must be there.
    pub fn text(&self, index: usize) -> Result<&str, StoreError> {
        self.optional_text(index)?.ok_or_else(|| missing(index, "text"))
    }

    /// A text, or nothing.
    pub fn optional_text(&self, index: usize) -> Result<Option<&str>, StoreError> {
        match self.value(index)? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            _ => Err(missing(index, "text")),
        }
    }

    /// A whole number that must be there.
    pub fn integer(&self, index: usize) -> Result<i64, StoreError> {
        self.optional_integer(index)?.ok_or_else(|| missing(index, "a whole number"))
    }

    /// A whole number, or nothing.
    pub fn optional_integer(&self, index: usize) -> Result<Option<i64>, StoreError> {
        match self.value(index)? {
            Value::Integer(number) => Ok(Some(number)),
            Value::Null => Ok(None),
            _ => Err(missing(index, "a whole number")),
        }
    }

    /// A count or a position: a whole number from 0 to 4,294,967,295.
    pub fn count(&self, index: usize) -> Result<u32, StoreError> {
        u32::try_from(self.integer(index)?).map_err(|_| missing(index, "a count"))
    }

    /// Yes or no, kept as 1 or 0.
    pub fn yes(&self, index: usize) -> Result<bool, StoreError> {
        match self.integer(index)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(missing(index, "0 or 1")),
        }
    }

    /// Bytes that must be there.
    pub fn bytes(&self, index: usize) -> Result<&[u8], StoreError> {
        match self.value(index)? {
            Value::Bytes(bytes) => Ok(bytes),
            _ => Err(missing(index, "bytes")),
        }
    }

    /// A text that must be there and read as a `T`: an id, a day, a choice.
    pub fn parsed<T>(
        &self,
        index: usize,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let text = self.text(index)?;
        parse(text).ok_or_else(|| StoreError::Corrupt(format!("‘{text}’ stands in a wrong place")))
    }

    /// As [`Row::parsed`], where there may be nothing.
    pub fn optional<T>(
        &self,
        index: usize,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        match self.optional_text(index)? {
            Some(_) => self.parsed(index, parse).map(Some),
            None => Ok(None),
        }
    }
}

fn missing(index: usize, what: &str) -> StoreError {
    StoreError::Corrupt(format!("column {} of a row should hold {what} and does not", index + 1))
}

/// How much of the store a statement touches. The tests hold each statement to its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// What an index finds: cost does not grow with the number of people.
    Key,
    /// All rows of a table: for rebuilds, backups and checks only.
    Whole,
}

/// One SQL statement, with a name for messages. Made by `statements!` only, so that every one
/// is listed, and tested on both engines.
#[derive(Debug)]
pub struct Statement {
    /// Its name in the code.
    pub name: &'static str,
    /// The text, the same for both engines.
    pub sql: &'static str,
    /// How much it touches.
    pub reach: Reach,
}

/// Declares a module's statements, each `key NAME = "…";` or `whole NAME = "…";` (see [`Reach`]),
/// and the list of them, `STATEMENTS`, which `crate::statements()` gathers.
macro_rules! statements {
    (@key) => { $crate::engine::Reach::Key };
    (@whole) => { $crate::engine::Reach::Whole };
    ($($(#[$doc:meta])* $reach:ident $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &$crate::engine::Statement = &$crate::engine::Statement {
            name: stringify!($name),
            sql: $sql,
            reach: $crate::engine::statements!(@$reach),
        };)+

        /// Every statement of this module.
        pub(crate) const STATEMENTS: &[&$crate::engine::Statement] = &[$($name),+];
    };
}

pub(crate) use statements;

/// What happens to a row of a bulk load whose key is already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// The load fails with [`StoreError::Conflict`]. The fastest.
    Refuse,
    /// The row that is there stays.
    Keep,
    /// The new row takes its place.
    Replace,
}

/// Where the rows of a bulk load go.
#[derive(Debug)]
pub struct Bulk {
    /// The table.
    pub table: &'static str,
    /// The columns, in the order of each row's values; those of the primary key first.
    pub columns: &'static [&'static str],
    /// How many of them are the primary key.
    pub key: usize,
    /// What to do with a row whose key is there.
    pub clash: Clash,
}

impl Bulk {
    /// The end of a bulk insert, which is the same for both engines.
    fn on_conflict(&self) -> String {
        let (key, rest) = self.columns.split_at(self.key);
        let key = key.join(", ");
        match self.clash {
            Clash::Refuse => String::new(),
            Clash::Replace if !rest.is_empty() => {
                let sets: Vec<_> =
                    rest.iter().map(|name| format!("{name} = excluded.{name}")).collect();
                format!(" on conflict ({key}) do update set {}", sets.join(", "))
            }
            Clash::Keep | Clash::Replace => format!(" on conflict ({key}) do nothing"),
        }
    }
}

/// Takes the rows of a bulk load.
pub trait Rows {
    /// Takes one row: a value for each column.
    fn put(&mut self, values: &[Value<'_>]) -> Result<(), StoreError>;
}

/// A transaction.
pub trait Tx {
    /// Asks, and hands over the answer row by row as it comes.
    fn query(
        &mut self,
        statement: &Statement,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// Changes rows, and says how many.
    fn execute(&mut self, statement: &Statement, values: &[Value<'_>]) -> Result<u64, StoreError>;

    /// Loads many rows by the engine's fastest way, and says how many were put. `fill` is called
    /// once.
    fn bulk(
        &mut self,
        into: &Bulk,
        fill: &mut dyn FnMut(&mut dyn Rows) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError>;
}

impl dyn Tx + '_ {
    /// All rows of an answer, each made into a `T`.
    pub fn all<T>(
        &mut self,
        statement: &Statement,
        values: &[Value<'_>],
        mut make: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut found = Vec::new();
        self.query(statement, values, &mut |row| {
            found.push(make(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The row of an answer that has at most one.
    pub fn one<T>(
        &mut self,
        statement: &Statement,
        values: &[Value<'_>],
        mut make: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.query(statement, values, &mut |row| {
            if found.is_some() {
                let twice = format!("{} gave two rows where one belongs", statement.name);
                return Err(StoreError::Corrupt(twice));
            }
            found = Some(make(row)?);
            Ok(())
        })?;
        Ok(found)
    }
}

/// A transaction that can also run a script: for migrations, and for the engine's own upkeep.
pub(crate) trait Script: Tx {
    /// Runs statements parted by semicolons, none of which answers.
    fn script(&mut self, sql: &str) -> Result<(), StoreError>;

    /// Fills in the two words in which the engines' table definitions differ.
    fn dialect(&self, sql: &str) -> String;
}
