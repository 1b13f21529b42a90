//! `kith places check --db`: whether what nobody owns is on somebody's list.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A store with people of the three boroughs, and nobody who works there.
struct Store {
    folder: TempDir,
}

impl Store {
    fn new() -> Self {
        let store = Self { folder: tempfile::tempdir().unwrap() };
        let feed = store.folder.path().join("feed");
        let feed = feed.to_str().unwrap();
        let made =
            store.kith(&["borough", "--residents", "1000", "--seed", "3", "--out", feed], "");
        assert!(made.status.success(), "{made:?}");
        let imported = store.kith(&["import", "fhir", feed], "");
        assert!(imported.status.success(), "{imported:?}");
        store
    }

    fn kith(&self, arguments: &[&str], input: &str) -> Output {
        let db = format!("sqlite:{}", self.folder.path().join("kith.sqlite").display());
        let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/../policy");
        let mut child = Command::new(env!("CARGO_BIN_EXE_kith"))
            .env("KITH_NOW", "2026-11-22T10:00:00Z")
            .env_remove("KITH_DB")
            .args(["--policy", policy, "--db", &db])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(child.stdin.as_mut().unwrap(), input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    fn seat(&self, login: &str, role: &str, borough: &str) {
        let (organisation, team) = (format!("{borough}-council"), format!("{borough}-front-door"));
        let seat = ["--role", role, "--organisation", &organisation, "--team", &team];
        let add = [&["users", "add", login, "--name", "Ann Lee"][..], &seat].concat();
        let added = self.kith(&add, "a long enough password\n");
        assert!(added.status.success(), "{added:?}");
    }

    /// The teams in which nobody is told of all that nobody owns.
    fn unattended(&self) -> Vec<String> {
        let checked = self.kith(&["places", "check", "--json"], "");
        let answer: Value = serde_json::from_slice(&checked.stdout).unwrap();
        let teams = answer["unattended"].as_array().unwrap().iter();
        teams.map(|team| team.as_str().unwrap().to_owned()).collect()
    }
}

#[test]
fn what_nobody_owns_is_said_to_be_on_nobodys_list_until_somebody_sits_there_who_is_told_of_it() {
    let store = Store::new();
    let team = |borough: &str| format!("{borough}-front-door");
    let boroughs = ["southwark", "lambeth", "lewisham"];
    assert_eq!(store.unattended(), boroughs.map(team));
    let text = String::from_utf8(store.kith(&["places", "check"], "").stdout).unwrap();
    assert!(text.contains("What nobody owns goes to ‘lewisham-front-door’"), "{text}");
    // Whoever answers at the door is told of fewer lines than a lead; a finance officer too.
    store.seat("officer", "contact-officer", "lewisham");
    store.seat("finance", "finance-officer", "lewisham");
    assert_eq!(store.unattended(), boroughs.map(team));
    store.seat("duty", "social-worker", "lewisham");
    assert_eq!(store.unattended(), [team("southwark"), team("lambeth")]);
    store.seat("lead", "team-lead", "southwark");
    assert_eq!(store.unattended(), [team("lambeth")]);
}
