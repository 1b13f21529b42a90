//! Cases of the law of charging, as data a lawyer can read: `law/cases/charging/*.toml`.
//!
//! A file has a base case and, case by case, what is set otherwise (`set`, by path), what must come
//! of it (`expect`, by the names of the answer), which questions must be asked (`asks`) or must not
//! (`silent`), or the words with which it is turned down (`fails`).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::fmt::Write as _;
use std::path::Path;

use law::charging::policy::PolicyBook;
use law::charging::{Answer, Case, Law};
use law::rates::RateBook;
use serde::Deserialize;
use toml::{Table, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    about: String,
    source: String,
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
    expect: Table,
    #[serde(default)]
    asks: Vec<String>,
    #[serde(default)]
    silent: Vec<String>,
    #[serde(default)]
    fails: String,
}

#[test]
fn every_case_comes_out_as_the_law_says() {
    let law = Law { rates: RateBook::built_in().unwrap(), policy: PolicyBook::law_alone() };
    let mut wrong = String::new();
    let mut count = 0;
    for (path, file) in files() {
        assert!(!file.about.is_empty() && !file.source.is_empty(), "{path} says what it is about");
        for row in &file.case {
            count += 1;
            let stated = !row.expect.is_empty() || !row.asks.is_empty() || !row.fails.is_empty();
            assert!(stated, "{path}: ‘{}’ expects nothing", row.name);
            if let Err(error) = hold(&law, &file.base, row) {
                let source = if row.source.is_empty() { &file.source } else { &row.source };
                let _ = writeln!(wrong, "{path}: {} ({source}): {error}", row.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 250, "only {count} cases were read");
}

fn files() -> Vec<(String, File)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/charging");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    let read = |path: &Path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap();
        let file = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, file)
    };
    paths.iter().map(|path| read(path)).collect()
}

fn hold(law: &Law, base: &Table, row: &Row) -> Result<(), String> {
    let mut table = base.clone();
    for (path, value) in &row.set {
        set(&mut table, path, value.clone())?;
    }
    let answer = read_case(table).and_then(|case| law.answer(&case).map_err(|no| no.to_string()));
    match answer {
        Ok(answer) if row.fails.is_empty() => compare(&answer, row),
        Ok(_) => Err("was answered, and should not have been".to_owned()),
        Err(said) if !row.fails.is_empty() && said.contains(&row.fails) => Ok(()),
        Err(said) => Err(format!("was turned down: {said}")),
    }
}

fn read_case(table: Table) -> Result<Case, String> {
    Value::Table(table).try_into().map_err(|error: toml::de::Error| error.to_string())
}

fn compare(answer: &Answer, row: &Row) -> Result<(), String> {
    let found = Table::try_from(answer).map_err(|error| error.to_string())?;
    for (name, expected) in &row.expect {
        let got = found.get(name).ok_or_else(|| format!("the answer has no {name}"))?;
        if got != expected {
            let mut lines = String::new();
            for line in &answer.lines {
                let _ = write!(lines, "\n      {} {} [{}]", line.amount, line.label, line.formula);
            }
            return Err(format!("{name} is {got}, not {expected}{lines}"));
        }
    }
    let asked = |code: &String| answer.asks.iter().any(|ask| ask.code == code);
    if let Some(code) = row.asks.iter().find(|code| !asked(code)) {
        return Err(format!("does not ask {code}"));
    }
    match row.silent.iter().find(|code| asked(code)) {
        Some(code) => Err(format!("asks {code} without need")),
        None => Ok(()),
    }
}

/// Sets `income[0].amount` and the like; `income[+]` adds to a list.
fn set(table: &mut Table, path: &str, value: Value) -> Result<(), String> {
    let (head, rest) = path.split_once('.').map_or((path, None), |(head, rest)| (head, Some(rest)));
    let (name, at) = match head.split_once('[') {
        Some((name, at)) => (name, Some(at.trim_end_matches(']'))),
        None => (head, None),
    };
    let slot = match at {
        None => table.entry(name).or_insert_with(|| Value::Table(Table::new())),
        Some(at) => {
            let list = table.entry(name).or_insert_with(|| Value::Array(Vec::new()));
            let list = list.as_array_mut().ok_or_else(|| format!("{name} is no list"))?;
            if at == "+" {
                list.push(Value::Table(Table::new()));
            }
            let at =
                if at == "+" { list.len() - 1 } else { at.parse().map_err(|_| path.to_owned())? };
            list.get_mut(at).ok_or_else(|| format!("{name} has no [{at}]"))?
        }
    };
    match rest {
        None => {
            *slot = value;
            Ok(())
        }
        Some(rest) => {
            let inner = slot.as_table_mut().ok_or_else(|| format!("{head} is no table"))?;
            set(inner, rest, value)
        }
    }
}
