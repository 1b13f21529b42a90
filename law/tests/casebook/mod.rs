//! Reads and holds cases that are written as data: `law/cases/<scheme>/*.toml`.
//!
//! A file says what it is about, its source, which question of the scheme it is `of`, and a base
//! case; each case says in a sentence what it shows, what is `set` otherwise or `unset`, and what must
//! come of it: `expect` (by path into the answer), `absent` (what the answer must not have), `asks` and
//! `silent` (questions that must, or must not, be asked), or `fails` (words with which it is turned
//! down).

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    source: String,
    of: String,
    base: Table,
    case: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    /// Where in the law, if not where the file says.
    #[serde(default)]
    source: String,
    #[serde(default)]
    set: Table,
    #[serde(default)]
    unset: Vec<String>,
    #[serde(default)]
    expect: Table,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    asks: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    fails: String,
}

/// Holds every case of a scheme to what it expects: at least `least` of them. `answer` is given what
/// the file is of and the case, and gives the answer as a table, or the sentence that turns it down.
pub fn hold_all(scheme: &str, least: usize, answer: impl Fn(&str, Table) -> Result<Table, String>) {
    let mut wrong = String::new();
    let mut count = 0;
    for (path, file) in files(scheme) {
        assert!(!file.about.is_empty() && !file.source.is_empty(), "{path} says what it is about");
        for row in &file.case {
            count += 1;
            if let Err(error) = hold(&file, row, &answer) {
                let source = if row.source.is_empty() { &file.source } else { &row.source };
                let _ = writeln!(wrong, "{path}: {} ({source}): {error}", row.name);
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count >= least, "only {count} cases were read");
}

fn files(scheme: &str) -> Vec<(String, File)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(scheme);
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.filter_map(|file| Some(file.ok()?.path())).collect();
    paths.sort();
    let read = |path: &Path| {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}"));
        let file = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, file)
    };
    paths.iter().map(|path| read(path)).collect()
}

fn hold(
    file: &File,
    row: &Row,
    answer: &impl Fn(&str, Table) -> Result<Table, String>,
) -> Result<(), String> {
    let stated = !row.expect.is_empty()
        || !row.absent.is_empty()
        || !row.asks.is_empty()
        || !row.silent.is_empty()
        || !row.fails.is_empty();
    if !stated {
        return Err("expects nothing".to_owned());
    }
    let mut case = file.base.clone();
    for path in &row.unset {
        case.remove(path).ok_or_else(|| format!("the base has no {path} to leave out"))?;
    }
    for (path, value) in &row.set {
        set(&mut case, path, value.clone())?;
    }
    match answer(&file.of, case) {
        Ok(answer) if row.fails.is_empty() => compare(&answer, row),
        Ok(_) => Err("was answered, and should not have been".to_owned()),
        Err(said) if !row.fails.is_empty() && said.contains(&row.fails) => Ok(()),
        Err(said) => Err(format!("was turned down: {said}")),
    }
}

fn compare(answer: &Table, row: &Row) -> Result<(), String> {
    for (path, expected) in &row.expect {
        let got = find(answer, path).ok_or_else(|| format!("the answer has no {path}"))?;
        if got != expected {
            return Err(format!("{path} is {got}, not {expected}"));
        }
    }
    if let Some(path) = row.absent.iter().find(|path| find(answer, path).is_some()) {
        return Err(format!("the answer has {path}, and should not"));
    }
    let asks = answer.get("asks").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let asked = |code: &String| {
        asks.iter().any(|ask| ask.get("code").and_then(Value::as_str) == Some(code.as_str()))
    };
    if let Some(code) = row.asks.iter().find(|code| !asked(code)) {
        return Err(format!("does not ask {code}"));
    }
    match row.silent.iter().find(|code| asked(code)) {
        Some(code) => Err(format!("asks {code} without need")),
        None => Ok(()),
    }
}

/// `statements[0].closing` and the like.
fn find<'a>(table: &'a Table, path: &str) -> Option<&'a Value> {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let found = match head.split_once('[') {
        Some((name, at)) => {
            table.get(name)?.get(at.trim_end_matches(']').parse::<usize>().ok()?)?
        }
        None => table.get(head)?,
    };
    match rest {
        None => Some(found),
        Some(rest) => find(found.as_table()?, rest),
    }
}

fn set(table: &mut Table, path: &str, value: Value) -> Result<(), String> {
    match path.split_once('.') {
        None => {
            table.insert(path.to_owned(), value);
            Ok(())
        }
        Some((head, rest)) => {
            let inner = table.entry(head).or_insert_with(|| Value::Table(Table::new()));
            let inner = inner.as_table_mut().ok_or_else(|| format!("{head} is no table"))?;
            set(inner, rest, value)
        }
    }
}

/// Reads what a case says.
pub fn read<C: serde::de::DeserializeOwned>(table: Table) -> Result<C, String> {
    Value::Table(table).try_into().map_err(|error: toml::de::Error| error.to_string())
}

/// An answer, as the cases see it.
pub fn shown(answer: &impl serde::Serialize) -> Result<Table, String> {
    Table::try_from(answer).map_err(|error| error.to_string())
}
