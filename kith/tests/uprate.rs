//! April, as a finance officer runs it: what people pay is brought in, and moves with the year.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use care::record::fact::{Fact, Ground};
use care::record::ids::PersonId;
use law::day::Day;
use serde_json::Value;
use store::{Store, StoreError, stories};
use tempfile::TempDir;

/// A borough whose supported people were brought in with the charges of 2025-26.
struct Council {
    folder: TempDir,
}

impl Council {
    /// A copy of one that is made once: its store, which no program has open, and its people.
    fn new() -> Self {
        static FIRST: OnceLock<Council> = OnceLock::new();
        let first = FIRST.get_or_init(Self::made);
        let council = Self { folder: tempfile::tempdir().unwrap() };
        for file in ["kith.sqlite", "people.ndjson"] {
            fs::copy(first.path(file), council.path(file)).unwrap();
        }
        council
    }

    fn made() -> Self {
        let council = Self { folder: tempfile::tempdir().unwrap() };
        let (feed, people) = (council.path("feed"), council.path("people.ndjson"));
        let (feed, people) = (feed.to_str().unwrap(), people.to_str().unwrap());
        let borough = ["borough", "--residents", "8000", "--seed", "3"];
        council.kith("2026-03-20", &[&borough[..], &["--out", feed]].concat(), 0);
        council.kith("2026-03-20", &[&borough[..], &["--finances", people]].concat(), 0);
        council.kith("2026-03-20", &["import", "fhir", feed], 0);
        let mut add = council.command("2026-03-20");
        add.args(["users", "add", "samuel", "--name", "Samuel Turner", "--role"]);
        add.args(["finance-officer", "--organisation", "lewisham-council"]);
        add.args(["--team", "lewisham-finance"]).stdin(Stdio::piped());
        let mut child = add.stdout(Stdio::null()).spawn().unwrap();
        std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"a long enough password\n")
            .unwrap();
        assert!(child.wait().unwrap().success());
        let lines = fs::read_to_string(people).unwrap();
        let lines = lines.lines().map(|line| {
            let mut person: Value = serde_json::from_str(line).unwrap();
            person["case"]["asOf"] = "2025-11-03".into();
            person["case"]["toldOn"] = "2025-10-06".into();
            format!("{person}\n")
        });
        fs::write(people, lines.collect::<String>()).unwrap();
        council
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn store(&self) -> String {
        format!("sqlite:{}", self.path("kith.sqlite").display())
    }

    fn command(&self, today: &str) -> Command {
        let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy");
        let mut command = Command::new(env!("CARGO_BIN_EXE_kith"));
        command.env("KITH_NOW", format!("{today}T10:00:00Z")).env_remove("KITH_DB");
        command.arg("--policy").arg(policy).args(["--db", &self.store()]);
        command
    }

    fn kith(&self, today: &str, arguments: &[&str], code: i32) -> String {
        let output = self.command(today).args(arguments).output().unwrap();
        let (out, err) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
        let said = format!("{arguments:?}: {}{}", out.as_ref().unwrap(), err.unwrap());
        assert_eq!(output.status.code(), Some(code), "{said}");
        out.unwrap()
    }

    fn bring_in(&self, more: &[&str]) -> Value {
        let people = self.path("people.ndjson");
        let words = ["import", "charges", people.to_str().unwrap(), "--as", "samuel", "--json"];
        serde_json::from_str(&self.kith("2026-03-20", &[&words[..], more].concat(), 0)).unwrap()
    }

    fn uprate(&self, today: &str, more: &[&str]) -> Value {
        let words = ["uprate", "--from", "2025-26", "--to", "2026-27", "--as", "samuel", "--json"];
        let output = self.command(today).args(words).args(more).output().unwrap();
        assert!(output.status.code() < Some(2), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What each person pays a week on some days, and by how many decisions of the new year.
    fn charges(&self, days: &[&str]) -> BTreeMap<PersonId, (Vec<String>, usize)> {
        let store = Store::open(&self.store()).unwrap();
        let days: Vec<Day> = days.iter().map(|day| Day::parse(day).unwrap()).collect();
        store
            .read::<_, StoreError>(|tx| {
                let mut charges = BTreeMap::new();
                for person in stories::charged(tx, None, 10_000)? {
                    let means = stories::person(tx, person)?.means;
                    let weekly = days.iter().map(|&day| means.weekly_on(day).unwrap().to_string());
                    let news = stories::load(tx, person)?.into_iter().filter(|entry| {
                        matches!(&entry.fact, Fact::ChargeDecided(decided)
                            if matches!(decided.ground, Ground::NewRates(_)))
                    });
                    charges.insert(person, (weekly.collect(), news.count()));
                }
                Ok(charges)
            })
            .unwrap()
    }
}

#[test]
fn april_decides_everybody_once_and_changes_no_week_that_was() {
    let council = Council::new();
    let trial = council.bring_in(&["--dry-run"]);
    assert!(council.charges(&[]).is_empty(), "a trial changes nothing");
    let brought = council.bring_in(&[]);
    assert_eq!(trial["new"], brought["new"]);
    let people = brought["new"].as_u64().unwrap();
    assert!(people > 30, "{brought}");
    assert_eq!(council.bring_in(&[])["unchanged"], people);

    let before = council.charges(&["2025-11-03", "2026-04-05"]);
    let trial = council.uprate("2026-03-20", &["--dry-run"]);
    assert_eq!(council.charges(&["2025-11-03", "2026-04-05"]), before, "a trial changes nothing");
    let run = council.uprate("2026-03-20", &[]);
    for told in ["decided", "before", "after", "paysMore", "begins", "look"] {
        assert_eq!(trial[told], run[told], "{told}");
    }
    assert_eq!(run["begins"], "2026-04-06");
    assert_eq!(run["decided"], people);
    let after = council.charges(&["2025-11-03", "2026-04-05"]);
    for (person, (weekly, decisions)) in &after {
        assert_eq!(weekly, &before[person].0, "{person}: the old year");
        assert_eq!(*decisions, 1);
    }
    assert_ne!(
        council.charges(&["2026-04-06"]).values().map(|one| one.0.clone()).collect::<Vec<_>>(),
        council.charges(&["2026-04-05"]).values().map(|one| one.0.clone()).collect::<Vec<_>>()
    );
    let again = council.uprate("2026-03-21", &[]);
    assert_eq!((&again["decided"], &again["already"]), (&0.into(), &people.into()));
    let checked = council.kith("2026-03-21", &["verify"], 0);
    assert!(!checked.is_empty());
}

#[test]
fn a_change_of_policy_is_tried_on_everybody_who_has_a_charge() {
    let council = Council::new();
    let brought = council.bring_in(&[])["new"].clone();
    let (policy, page) = (council.path("new.toml"), council.path("page.html"));
    let more =
        "version = \"1\"\nsource = \"tried\"\n[from.2022-04-11]\nmig-uplift-sum = \"5.00\"\n";
    fs::write(&policy, more).unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kith"));
    command.env("KITH_NOW", "2026-03-20T10:00:00Z").args(["--db", &council.store(), "--policy"]);
    command.arg(&policy).args(["simulate", "--json", "--base"]).arg(base).arg("--page").arg(&page);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["people"], brought);
    assert!(answer["less"]["people"].as_u64() > Some(0) && answer["more"]["people"] == 0);
    let page = fs::read_to_string(page).unwrap();
    for words in ["<svg", "Who pays", "Ethnic group", "Nothing is decided by this"] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn killed_at_any_moment_april_is_finished_by_running_it_again() {
    let council = Council::new();
    council.bring_in(&[]);
    let words = ["uprate", "--from", "2025-26", "--to", "2026-27", "--as", "samuel"];
    let mut unfinished = 0;
    for wait in [20, 40, 60, 80, 100, 130] {
        let mut child =
            council.command("2026-03-20").args(words).stdout(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(wait));
        unfinished += usize::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert!(unfinished > 0, "every run ended before it could be killed: nothing was shown");
    council.uprate("2026-03-20", &[]);
    let charges = council.charges(&["2026-04-06"]);
    assert!(charges.values().all(|(_, decisions)| *decisions == 1));
    council.kith("2026-03-21", &["verify"], 0);
}

#[test]
fn what_cannot_be_run_is_said_in_a_sentence() {
    let council = Council::new();
    let say = |today: &str, words: &[&str]| {
        let output = council.command(today).arg("uprate").args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let years = ["--from", "2025-26", "--to", "2026-27"];
    let said = say("2026-03-20", &[&years[..], &["--as", "nobody"]].concat());
    assert!(said.contains("nobody signs in as ‘nobody’"), "{said}");
    let said = say("2026-03-20", &["--from", "2024-25", "--to", "2026-27", "--as", "samuel"]);
    assert!(said.contains("does not follow"), "{said}");
    let said = say("2026-03-20", &["--from", "2026-27", "--to", "2040-41", "--as", "samuel"]);
    assert!(said.contains("not a year with rates"), "{said}");
    let said = say("2027-06-01", &[&years[..], &["--as", "samuel"]].concat());
    assert!(said.contains("ended on"), "{said}");
}
