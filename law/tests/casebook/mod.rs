//! Reads and holds cases that are written as data: `law/cases/<scheme>/*.toml`.
//!
//! A file says what it is about, its source, which question of the scheme it is `of`, where there is
//! more than one, and a base case; each case says in a sentence what it shows, what is `set` otherwise
//! (by path: `income[0].amount`; `income[+]` adds to a list) or `unset`, and what must come of it:
//! `expect` (by path into the answer), `absent` (what the answer must not have), `asks` and `silent`
//! (questions that must, or must not, be asked), or `fails` (words with which it is turned down).

use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    source: String,
    #[serde(default)]
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
    match answer(&file.of, set_up(file, row)?) {
        Ok(answer) if row.fails.is_empty() => compare(&answer, row),
        Ok(_) => Err("was answered, and should not have been".to_owned()),
        Err(said) if !row.fails.is_empty() && said.contains(&row.fails) => Ok(()),
        Err(said) => Err(format!("was turned down: {said}")),
    }
}

/// The base with what a row says otherwise.
fn set_up(file: &File, row: &Row) -> Result<Table, String> {
    let mut case = file.base.clone();
    for path in &row.unset {
        case.remove(path).ok_or_else(|| format!("the base has no {path} to leave out"))?;
    }
    for (path, value) in &row.set {
        set(&mut case, path, value.clone())?;
    }
    Ok(case)
}

fn compare(answer: &Table, row: &Row) -> Result<(), String> {
    for (path, expected) in &row.expect {
        let got = find(answer, path).ok_or_else(|| format!("the answer has no {path}"))?;
        if got != expected {
            return Err(format!("{path} is {got}, not {expected}{}", working(answer)));
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
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let slot = match head.split_once('[') {
        None => table.entry(head).or_insert_with(|| Value::Table(Table::new())),
        Some((name, at)) => {
            let list = table.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            let list = list.as_array_mut().ok_or_else(|| format!("{name} is no list"))?;
            let at = at.trim_end_matches(']');
            if at == "+" {
                list.push(Value::Table(Table::new()));
            }
            let at = if at == "+" { Ok(list.len() - 1) } else { at.parse() };
            let at = at.map_err(|_| format!("{path} has no number in its brackets"))?;
            list.get_mut(at).ok_or_else(|| format!("{name} has no [{at}]"))?
        }
    };
    match rest {
        None => *slot = value,
        Some(rest) => {
            let inner = slot.as_table_mut().ok_or_else(|| format!("{head} is no table"))?;
            set(inner, rest, value)?;
        }
    }
    Ok(())
}

/// The working of an answer that has one, for whoever must find what went wrong.
fn working(answer: &Table) -> String {
    let lines = answer.get("lines").and_then(Value::as_array).map(Vec::as_slice);
    let said = |line: &Value, name: &str| {
        line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    lines.unwrap_or_default().iter().fold(String::new(), |text, line| {
        let (amount, label) = (said(line, "amount"), said(line, "label"));
        text + &format!("\n      {amount} {label} [{}]", said(line, "formula"))
    })
}

/// Reads what a case says.
pub fn read<C: serde::de::DeserializeOwned>(table: Table) -> Result<C, String> {
    Value::Table(table).try_into().map_err(|error: toml::de::Error| error.to_string())
}

/// An answer, as the cases see it.
pub fn shown(answer: &impl serde::Serialize) -> Result<Table, String> {
    Table::try_from(answer).map_err(|error| error.to_string())
}
