//! Commands that answer a case: one in a file, or many in a batch, one to a line.
//!
//! A case that cannot be read is one sentence: which field, what stands there, what is allowed. One
//! case then ends with 2; a batch goes on, lists its rejects by line, and ends with 1.

pub mod findings;
pub mod lines;
pub mod schema;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::json;

/// The longest case that is read.
const CASE_BYTES_MAX: usize = 1 << 20;

/// What every command that answers cases is given.
#[derive(Debug, clap::Args)]
pub struct CaseArgs {
    /// The case, a JSON file; `-` reads standard input.
    #[arg(value_name = "CASE.json", required_unless_present_any = ["batch", "schema"])]
    case: Option<PathBuf>,
    /// Many cases, one to a line; `-` reads standard input. Each is answered by a line of JSON, or
    /// with --explain by its working.
    #[arg(long, value_name = "FILE.ndjson", conflicts_with_all = ["case", "schema"])]
    batch: Option<PathBuf>,
    /// Print what a case may say, and answer nothing.
    #[arg(long, conflicts_with = "case")]
    schema: bool,
    /// Show every step of the working, with its rule.
    #[arg(long, conflicts_with_all = ["json", "schema"])]
    explain: bool,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Prints an answer.
pub type Print<A> = fn(&A, &mut dyn Write) -> io::Result<()>;

/// A part of the law that answers cases.
pub struct Scheme<L, C, A> {
    /// What it answers by.
    pub law: L,
    /// What a case may say.
    pub schema: fn(&L) -> Value,
    /// Answers a case, or says in one sentence which field is wrong and what is allowed.
    pub answer: fn(&L, &C) -> Result<A, String>,
    /// Prints an answer in a few lines.
    pub brief: Print<A>,
    /// Prints an answer with every step of its working.
    pub explain: Print<A>,
}

/// Answers what was asked for.
pub fn run<L, C: DeserializeOwned, A: Serialize>(
    args: &CaseArgs,
    scheme: &Scheme<L, C, A>,
) -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = if args.schema {
        json::write(&mut out, &(scheme.schema)(&scheme.law))?;
        ExitCode::SUCCESS
    } else if let Some(path) = &args.batch {
        batch(args, scheme, path, &mut out)?
    } else {
        let path = args.case.as_deref().context("name a case: kith … CASE.json")?;
        one(args, scheme, path, &mut out)?;
        ExitCode::SUCCESS
    };
    out.flush()?;
    Ok(code)
}

fn one<L, C: DeserializeOwned, A: Serialize>(
    args: &CaseArgs,
    scheme: &Scheme<L, C, A>,
    path: &Path,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    let most = CASE_BYTES_MAX as u64 + 1;
    open(path)?.take(most).read_to_end(&mut bytes).with_context(|| cannot_read(path))?;
    let answer = answer(scheme, &bytes).map_err(|why| anyhow!("{}: {why}", name(path)))?;
    if args.json {
        json::write(out, &answer)?;
    } else if args.explain {
        (scheme.explain)(&answer, out)?;
    } else {
        (scheme.brief)(&answer, out)?;
    }
    Ok(())
}

/// Every line has its line: an answer, or its number and why it was rejected.
fn batch<L, C: DeserializeOwned, A: Serialize>(
    args: &CaseArgs,
    scheme: &Scheme<L, C, A>,
    path: &Path,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    let mut lines = open(path)?;
    let (mut line, mut answered) = (0u64, 0u64);
    let mut rejects = Vec::new();
    let mut bytes = Vec::new();
    while next_line(&mut lines, &mut bytes).with_context(|| cannot_read(path))? {
        line += 1;
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match answer(scheme, &bytes) {
            Ok(answer) if args.explain => {
                writeln!(out, "Line {line}\n")?;
                (scheme.explain)(&answer, out)?;
                writeln!(out)?;
                answered += 1;
            }
            Ok(answer) => {
                serde_json::to_writer(&mut *out, &answer)?;
                writeln!(out)?;
                answered += 1;
            }
            Err(why) => {
                if !args.explain {
                    serde_json::to_writer(&mut *out, &json!({ "line": line, "error": why }))?;
                    writeln!(out)?;
                }
                rejects.push((line, why));
            }
        }
    }
    out.flush()?;
    for (line, why) in &rejects {
        eprintln!("{}, line {line}: {why}", name(path));
    }
    if rejects.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("{answered} answered, {} rejected", rejects.len());
    Ok(ExitCode::from(1))
}

/// Reads what stands on each line of a file that is not empty, with the line's number.
pub fn each<C: DeserializeOwned>(
    path: &Path,
    mut take: impl FnMut(u64, Result<C, String>),
) -> anyhow::Result<()> {
    let mut line = 0;
    each_line(path, |bytes| {
        line += 1;
        if !bytes.trim_ascii().is_empty() {
            take(line, read(bytes));
        }
        true
    })
}

/// Goes through the lines of a file, each with its end, until there are none or no more are wanted.
pub fn each_line(path: &Path, mut take: impl FnMut(&[u8]) -> bool) -> anyhow::Result<()> {
    let mut lines = open(path)?;
    let mut bytes = Vec::new();
    while next_line(&mut lines, &mut bytes).with_context(|| cannot_read(path))? && take(&bytes) {}
    Ok(())
}

/// Reads a line, of which no more is kept than a case may have and a little.
fn next_line(lines: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<bool> {
    bytes.clear();
    let most = CASE_BYTES_MAX as u64 + 1;
    if lines.by_ref().take(most).read_until(b'\n', bytes)? == 0 {
        return Ok(false);
    }
    if bytes.len() > CASE_BYTES_MAX && bytes.last() != Some(&b'\n') {
        lines.skip_until(b'\n')?;
    }
    Ok(true)
}

fn answer<L, C: DeserializeOwned, A>(scheme: &Scheme<L, C, A>, bytes: &[u8]) -> Result<A, String> {
    (scheme.answer)(&scheme.law, &read(bytes)?)
}

fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).with_context(|| cannot_read(path))?;
    Ok(Box::new(BufReader::new(file)))
}

fn cannot_read(path: &Path) -> String {
    format!("cannot read {}", name(path))
}

/// A file, as it is called in what is said of it.
pub fn name(path: &Path) -> String {
    if path == Path::new("-") { "standard input".into() } else { path.display().to_string() }
}

/// Reads a case, or says in one sentence what is wrong and where.
pub fn read<C: DeserializeOwned>(bytes: &[u8]) -> Result<C, String> {
    if bytes.len() > CASE_BYTES_MAX {
        return Err(format!("the case is too long: at most {CASE_BYTES_MAX} bytes are read"));
    }
    // What is read would take a list of its fields in their order, which nobody means.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err("this must be an object, not a list".to_owned());
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let case = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let error = error.into_inner();
        if !error.is_data() {
            return not_json(&error);
        }
        let why = plain(&error);
        if path == "." { why } else { format!("{path}: {why}") }
    })?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(case)
}

fn not_json(error: &serde_json::Error) -> String {
    format!("this is not JSON: {}", quoted(&error.to_string()))
}

/// What serde says, as a person would say it.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&place).unwrap_or(&text);
    let said = if let Some((value, allowed)) = parts(text, "unknown variant ") {
        format!("{value} is not one of these: {}", listed(allowed))
    } else if let Some((field, allowed)) = parts(text, "unknown field ") {
        format!("there is no {field} here; there is: {}", listed(allowed))
    } else if let Some(field) = text.strip_prefix("missing field ") {
        format!("{field} is missing")
    } else if let Some(field) = text.strip_prefix("duplicate field ") {
        format!("{field} stands here twice")
    } else if let Some((found, wanted)) =
        parts(text, "invalid type: ").or_else(|| parts(text, "invalid value: "))
    {
        let wanted = match wanted {
            "a sequence" => "a list",
            "a map" => "an object",
            "u8" | "u16" => "a small whole number from 0 up",
            "a boolean" => "true or false",
            wanted if wanted.starts_with("struct ") => "an object",
            wanted => wanted,
        };
        let found = match found {
            "sequence" => "a list",
            "map" => "an object",
            found => found,
        };
        format!("this must be {wanted}, not {found}")
    } else {
        text.to_owned()
    };
    quoted(&said)
}

fn parts<'a>(text: &'a str, start: &str) -> Option<(&'a str, &'a str)> {
    let rest = text.strip_prefix(start)?;
    rest.rsplit_once(", expected ")
        .or_else(|| Some((rest.strip_suffix(", there are no fields")?, "nothing")))
}

fn listed(allowed: &str) -> &str {
    allowed.strip_prefix("one of ").unwrap_or(allowed)
}

/// With typographer's quotes instead of backticks.
fn quoted(text: &str) -> String {
    let mut said = String::with_capacity(text.len() + 8);
    let mut open = false;
    for letter in text.chars() {
        if letter == '`' {
            said.push(if open { '’' } else { '‘' });
            open = !open;
        } else {
            said.push(letter);
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Colour {
        Red,
        DarkBlue,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Door {
        #[expect(dead_code, reason = "only read")]
        colour: Colour,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct House {
        #[expect(dead_code, reason = "only read")]
        as_of: law::day::Day,
        #[expect(dead_code, reason = "only read")]
        doors: Vec<Door>,
    }

    #[test]
    fn what_is_wrong_is_one_sentence_that_names_the_field_the_value_and_what_is_allowed() {
        let cases = [
            (
                r#"{"asOf":"2026-06-01","doors":[{"colour":"red"},{"colour":"pink"}]}"#,
                "doors[1].colour: ‘pink’ is not one of these: ‘red’ or ‘dark-blue’",
            ),
            (
                r#"{"asOf":"2026-06-01","doors":[],"roof":1}"#,
                "roof: there is no ‘roof’ here; there is: ‘asOf’ or ‘doors’",
            ),
            (
                r#"{"asOf":"2026-13-01","doors":[]}"#,
                "asOf: ‘2026-13-01’ is not a date: write it as year-month-day, for example 2026-03-27",
            ),
            (r#"{"asOf":"2026-06-01"}"#, "‘doors’ is missing"),
            (r#"{"asOf":"2026-06-01","doors":[{}]}"#, "doors[0]: ‘colour’ is missing"),
            (
                r#"{"asOf":"2026-06-01","doors":"two"}"#,
                "doors: this must be a list, not string \"two\"",
            ),
            (r#"{"asOf":"2026-06-01","asOf":1}"#, "‘asOf’ stands here twice"),
        ];
        for (json, said) in cases {
            let error = read::<House>(json.as_bytes()).expect_err(json);
            assert_eq!(error, said);
        }
    }

    #[test]
    fn what_is_not_json_is_said_to_be_none() {
        for json in ["", "{", "{\"asOf\":\"2026-06-01\",\"doors\":[]} x", "\u{0}"] {
            let error = read::<House>(json.as_bytes()).expect_err(json);
            assert!(error.starts_with("this is not JSON: "), "{error}");
        }
        // A list of the fields in their order would do for what reads, and for nobody else.
        let list = read::<House>(b" [\"2026-06-01\", []]").expect_err("a list");
        assert_eq!(list, "this must be an object, not a list");
        let long = vec![b' '; CASE_BYTES_MAX + 1];
        assert!(read::<House>(&long).expect_err("too long").contains("too long"));
    }

    #[test]
    fn a_line_too_long_is_passed_over_and_the_next_is_read() {
        let mut text = vec![b'x'; 3 * CASE_BYTES_MAX];
        text.extend(b"\nsecond");
        let (mut lines, mut bytes) = (text.as_slice(), Vec::new());
        assert!(next_line(&mut lines, &mut bytes).expect("reads"));
        assert_eq!(bytes.len(), CASE_BYTES_MAX + 1);
        assert!(next_line(&mut lines, &mut bytes).expect("reads"));
        assert_eq!(bytes, b"second");
        assert!(!next_line(&mut lines, &mut bytes).expect("reads"));
    }
}
