//! Files of the policy folder: their names and texts, and what is wrong with them.
//!
//! A table is CSV with a line of column names. Lines that start with `#` are notes; a note of the
//! form `# key: value` can be asked for.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use csv::{ReaderBuilder, Trim};
use law::day::Day;

/// A file, read by the caller: this crate reads none.
#[derive(Debug, Clone, Copy)]
pub struct TextFile<'a> {
    /// The name a person would look for, such as `places/placements.csv`.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}

impl TextFile<'_> {
    /// A problem with the whole file.
    pub fn problem(&self, what: impl Into<String>) -> Problem {
        Problem { file: self.name.to_owned(), line: None, what: what.into() }
    }

    /// A problem in one line, from 1.
    fn problem_at(&self, line: u64, what: impl Into<String>) -> Problem {
        Problem { file: self.name.to_owned(), line: Some(line), what: what.into() }
    }
}

/// Something in a policy file that a person has to put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which file.
    pub file: String,
    /// Which line, from 1, where it is one line's.
    pub line: Option<u64>,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// Everything found wrong in one reading; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl Problems {
    /// The value, unless something was found wrong.
    pub(super) fn unless<T>(problems: Vec<Problem>, value: T) -> Result<T, Self> {
        if problems.is_empty() { Ok(value) } else { Err(Self(problems)) }
    }
}

/// A CSV table with its notes.
#[derive(Debug)]
pub(super) struct Table<'a> {
    file: TextFile<'a>,
    notes: BTreeMap<&'a str, &'a str>,
    /// The rows, in the order of the file.
    pub rows: Vec<Row<'a>>,
}

/// One row of a table.
#[derive(Debug)]
pub(super) struct Row<'a> {
    file: TextFile<'a>,
    line: u64,
    fields: csv::StringRecord,
}

impl<'a> Table<'a> {
    /// Reads a table that has exactly these columns, in this order.
    pub fn read(file: TextFile<'a>, columns: &[&str]) -> Result<Self, Problems> {
        let mut reader = ReaderBuilder::new()
            .comment(Some(b'#'))
            .trim(Trim::All)
            .flexible(true)
            .from_reader(file.text.as_bytes());
        let header = reader.headers().map_err(|error| file.problem(error.to_string()))?;
        if header.iter().ne(columns.iter().copied()) {
            return Err(file.problem(format!("the columns must be {}", columns.join(","))).into());
        }
        let mut rows = Vec::new();
        let mut problems = Vec::new();
        for record in reader.into_records() {
            match record {
                Ok(fields) => {
                    let line = fields.position().map_or(0, csv::Position::line);
                    if fields.len() == columns.len() {
                        rows.push(Row { file, line, fields });
                    } else {
                        let (has, wants) = (fields.len(), columns.len());
                        let what = format!("the line has {has} fields, and must have {wants}");
                        problems.push(file.problem_at(line, what));
                    }
                }
                Err(error) => problems.push(file.problem(error.to_string())),
            }
        }
        Problems::unless(problems, Self { file, notes: notes(file.text), rows })
    }

    /// The note `# key: value`, which must be there.
    pub fn note(&self, key: &str) -> Result<&'a str, Problem> {
        let missing = || self.file.problem(format!("the note ‘# {key}: …’ is missing at the top"));
        self.notes.get(key).copied().filter(|value| !value.is_empty()).ok_or_else(missing)
    }
}

impl Row<'_> {
    /// The field in a column, counted from 0.
    pub fn field(&self, column: usize) -> &str {
        self.fields.get(column).unwrap_or("")
    }

    /// The field in a column, which must not be empty.
    pub fn required(&self, column: usize, name: &str) -> Result<&str, Problem> {
        match self.field(column) {
            "" => Err(self.problem(format!("‘{name}’ is empty"))),
            field => Ok(field),
        }
    }

    /// A field that is a number of some kind, or empty.
    pub fn number<T: FromStr>(&self, column: usize, name: &str) -> Result<Option<T>, Problem> {
        let field = self.field(column);
        if field.is_empty() {
            return Ok(None);
        }
        field.parse().map(Some).map_err(|_| {
            self.problem(format!("‘{name}’ must be a whole number or empty, and is ‘{field}’"))
        })
    }

    /// A field that is a day, or empty.
    pub fn day(&self, column: usize) -> Result<Option<Day>, Problem> {
        match self.field(column) {
            "" => Ok(None),
            field => Day::parse(field).map(Some).map_err(|error| self.problem(error.to_string())),
        }
    }

    /// A problem in this row.
    pub fn problem(&self, what: impl Into<String>) -> Problem {
        self.file.problem_at(self.line, what)
    }
}

fn notes(text: &str) -> BTreeMap<&str, &str> {
    text.lines()
        .take_while(|line| line.starts_with('#'))
        .filter_map(|line| line.trim_start_matches('#').split_once(':'))
        .map(|(key, value)| (key.trim(), value.trim()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<usize, String> {
        Table::read(TextFile { name: "a.csv", text }, &["one", "two"])
            .map(|table| table.rows.len())
            .map_err(|problems| problems.to_string())
    }

    #[test]
    fn what_is_wrong_is_named_by_file_and_line() {
        let cases = [
            ("# note\none,two\n1,2\n", Ok(1)),
            ("one,three\n", Err("a.csv: the columns must be one,two")),
            ("", Err("a.csv: the columns must be one,two")),
            (
                "# note\n\none,two\n1,2\n1\n",
                Err("a.csv, line 5: the line has 1 fields, and must have 2"),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected.map_err(str::to_owned), "{text:?}");
        }
    }

    #[test]
    fn notes_are_read_from_the_top() {
        let text = "# version: 2026-11\n# free text\none,two\n# late: no\n";
        let table = Table::read(TextFile { name: "a.csv", text }, &["one", "two"]).unwrap();
        assert_eq!(table.note("version"), Ok("2026-11"));
        assert!(table.note("late").is_err());
    }
}
