//! The rules of the house, as tests: arrows that only go down, names from the mission, files and
//! functions that can be held in mind, and documents that stay true.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

#[path = "house/circles.rs"]
mod circles;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The most lines a source file may have.
const FILE_LINES_MAX: usize = 600;
/// The most lines a function may have: one screen, with a little to spare.
const FUNCTION_LINES_MAX: usize = 80;
/// A test may hold a table of cases.
const TEST_LINES_MAX: usize = 100;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every file of the project with one of these endings, with its path from the root.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", ".git", "shots", "built"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let inside = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((inside, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no files under {folder}: this test would show nothing");
    found
}

fn sources(folder: &str) -> Vec<(String, String)> {
    files(folder, &[".rs"])
}

fn say(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn arrows_go_down() {
    let allowed: [(&str, &[&str]); 7] = [
        ("law", &[]),
        ("care", &["law"]),
        ("store", &["care", "law"]),
        ("exchange", &["care", "law"]),
        ("borough", &["exchange", "care", "law"]),
        ("web", &["store", "exchange", "care", "law"]),
        ("kith", &["web", "store", "exchange", "borough", "care", "law"]),
    ];
    let crates: BTreeSet<&str> = allowed.iter().map(|(name, _)| *name).collect();
    let mut problems = Vec::new();
    for (name, below) in allowed {
        let manifest = fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap();
        let manifest: toml::Table = manifest.parse().unwrap();
        let direct = manifest["dependencies"].as_table().unwrap().keys();
        for dependency in direct.filter(|dependency| crates.contains(dependency.as_str())) {
            if !below.contains(&dependency.as_str()) {
                problems
                    .push(format!("{name} leans on {dependency}: that arrow goes up or across"));
            }
        }
    }
    say(&problems);
}

/// A room leans on `record`, `who` and rooms earlier in the journey, in `care` as on its pages.
#[test]
fn rooms_lean_on_earlier_rooms() {
    let order = ["record", "who", "find", "assess", "plan", "fund", "arrange", "review", "account"];
    let mut problems = Vec::new();
    for (path, text) in sources("care/src").into_iter().chain(sources("web/src")) {
        let mut within = path.split('/').skip(2);
        let name = within.next().unwrap_or_default().trim_end_matches(".rs");
        let Some(here) = order.iter().position(|room| *room == name) else { continue };
        for later in &order[here + 1..] {
            let named = |end: &str| text.contains(&format!("crate::{later}{end}"));
            if named("::") || named(";") {
                problems.push(format!("{path} leans on {later}, which comes after it"));
            }
        }
    }
    say(&problems);
}

/// What a floor is free of cannot be read from its code, so it is stated here.
#[test]
fn what_is_absent_stays_absent() {
    let pure = ["std::fs", "std::net", "std::env", "std::time", "async fn", "rand::", "tokio"];
    let bans: [(&str, &[&str]); 6] = [
        ("law/src", &pure),
        ("care/src", &pure),
        ("store/src", &["axum", "askama", "async fn", "tokio::"]),
        ("exchange/src", &["rusqlite", "postgres::", "store::", "axum"]),
        ("web/src", &["rusqlite", "postgres::", "std::time::SystemTime", "Timestamp::now"]),
        ("borough/src", &["rusqlite", "postgres::", "SystemTime", "HashMap"]),
    ];
    let mut problems = Vec::new();
    for (folder, words) in bans {
        for (path, text) in sources(folder) {
            for word in words.iter().filter(|word| code(&text).any(|line| line.contains(**word))) {
                problems.push(format!("{path} uses {word}"));
            }
        }
    }
    for folder in ["law/src", "care/src", "exchange/src", "web/src", "kith/src", "borough/src"] {
        for (path, text) in sources(folder) {
            let sql = ["select ", "insert into ", "delete from ", "update "];
            let found = code(&text).any(|line| {
                let line = line.to_lowercase();
                sql.iter().any(|verb| line.contains(&format!("\"{verb}")))
            });
            if found {
                problems.push(format!("{path} speaks SQL: only store does"));
            }
        }
    }
    say(&problems);
}

/// The lines of a file that are not comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn names_come_from_the_mission() {
    let vague = ["util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff"];
    let mut problems = Vec::new();
    for (path, _) in sources(".") {
        for part in path.trim_end_matches(".rs").split('/') {
            if vague.contains(&part) {
                problems.push(format!("{path}: ‘{part}’ says nothing; name what is in it"));
            }
        }
    }
    say(&problems);
}

#[test]
fn files_and_functions_can_be_held_in_mind() {
    let mut problems = Vec::new();
    for (path, text) in sources(".") {
        let lines = text.lines().count();
        if lines > FILE_LINES_MAX {
            problems.push(format!("{path}: {lines} lines; {FILE_LINES_MAX} is the most"));
        }
        let most = if path.contains("tests") { TEST_LINES_MAX } else { FUNCTION_LINES_MAX };
        for (name, length) in functions(&text) {
            if length > most {
                problems.push(format!("{path}: {name} has {length} lines"));
            }
        }
    }
    say(&problems);
}

/// Each function's first line and how many lines it has, going by rustfmt's indentation.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let words = line.trim_start();
        let indent = &line[..line.len() - words.len()];
        let is_function =
            ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn ", "async fn ", "pub async fn "]
                .iter()
                .any(|form| words.starts_with(form));
        if !is_function {
            continue;
        }
        let close = format!("{indent}}}");
        if let Some(length) = lines[start..].iter().position(|line| *line == close) {
            found.push((words.to_owned(), length + 1));
        }
    }
    found
}

/// Every template has sample values with which a test renders it.
#[test]
fn every_template_is_rendered_by_a_test() {
    let rust: String = sources("web").into_iter().map(|(_, text)| text).collect();
    let mut problems = Vec::new();
    for (path, _) in files("web/templates", &[".html"]) {
        let name = path.strip_prefix("web/templates/").unwrap();
        let templates: String = files("web/templates", &[".html"])
            .into_iter()
            .filter(|(other, _)| *other != path)
            .map(|(_, text)| text)
            .collect();
        if !rust.contains(&format!("\"{name}\"")) && !templates.contains(&format!("\"{name}\"")) {
            problems.push(format!("{path} is used by nothing"));
        }
    }
    say(&problems);
}

/// Data says its version and where it comes from.
#[test]
fn policy_says_its_version() {
    let mut problems = Vec::new();
    for (path, text) in files("policy", &[".toml"]) {
        let table: toml::Table = text.parse().unwrap();
        let source =
            text.contains("Source") || text.contains("source") || text.contains("Invented");
        if !source {
            problems.push(format!("{path} does not say where it comes from"));
        }
        if path.starts_with("policy/cohorts/") && !table.contains_key("version") {
            problems.push(format!("{path} has no version"));
        }
    }
    for (path, text) in files("policy", &[".csv"]) {
        let notes: String = text.lines().take_while(|line| line.starts_with('#')).collect();
        if !notes.to_lowercase().contains("source") {
            problems.push(format!("{path} does not begin with a note of its source"));
        }
    }
    say(&problems);
}

/// Each commitment stands in docs/commitments.md once, and each test it names is there.
#[test]
fn commitments_name_tests_that_exist() {
    let text = fs::read_to_string(root().join("docs/commitments.md")).unwrap();
    let ids = (1..=6)
        .map(|n| format!("F{n}"))
        .chain((1..=8).map(|n| format!("A{n}")))
        .chain((1..=6).map(|n| format!("P{n}")))
        .chain((1..=5).map(|n| format!("M{n}")))
        .chain((1..=10).map(|n| format!("R{n}")))
        .chain((1..=3).map(|n| format!("V{n}")))
        .chain((1..=9).map(|n| format!("C{n}")));
    let mut problems = Vec::new();
    for id in ids {
        let rows = text.lines().filter(|line| line.starts_with(&format!("| **{id}** |"))).count();
        if rows != 1 {
            problems.push(format!("{id} stands {rows} times in docs/commitments.md"));
        }
    }
    let tests: String = files(".", &[".rs", ".mjs"]).into_iter().map(|(_, text)| text).collect();
    for quoted in text.split('`').skip(1).step_by(2) {
        let named = quoted.strip_prefix("test:").map(str::trim);
        if let Some(name) = named.filter(|name| !tests.contains(name)) {
            problems
                .push(format!("docs/commitments.md names the test ‘{name}’, which is not there"));
        }
    }
    say(&problems);
}

/// No path of anybody's machine, and no file of what was only lent to us, is in the project.
#[test]
fn nothing_of_the_machine_is_in_the_project() {
    let words = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!(".lib", "rary")];
    let mut problems = Vec::new();
    for (path, text) in
        files(".", &[".rs", ".toml", ".md", ".mjs", ".html", ".py", ".css", "Makefile"])
    {
        for word in words.iter().filter(|word| text.contains(**word)) {
            problems.push(format!("{path} names {word}"));
        }
    }
    say(&problems);
}
