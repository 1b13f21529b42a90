//! `kith users`: who may sign in is somebody that the place knows, in a seat that it has.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use care::record::ids::PersonId;
use serde_json::json;
use tempfile::TempDir;

/// What came of a command: whether it was done, and what was said.
fn kith(folder: &TempDir, arguments: &[&str]) -> (bool, String) {
    let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy");
    let store = format!("sqlite:{}", folder.path().join("kith.sqlite").display());
    let mut command = Command::new(env!("CARGO_BIN_EXE_kith"));
    command.arg("--policy").arg(policy).args(["--db", &store]).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that refuses does not wait for a password.
    let _ = child.stdin.take().unwrap().write_all(b"a long enough password\n");
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn who_may_sign_in_is_somebody_known_in_a_seat_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let patient = json!({
        "resourceType": "Patient", "id": "one", "gender": "female", "birthDate": "1950-02-03",
        "name": [{ "family": "Family", "given": ["Ana"] }],
    });
    let feed = folder.path().join("Patient.ndjson");
    std::fs::write(&feed, patient.to_string() + "\n").unwrap();
    let (done, said) = kith(&folder, &["import", "fhir", feed.to_str().unwrap()]);
    assert!(done, "{said}");
    let ana = PersonId::of_source("gp", "one").to_string();
    let stranger = PersonId::of_source("gp", "two").to_string();

    let nurse = ["--role", "community-nurse", "--organisation", "RJ2"];
    for (login, seat, told) in [
        ("ann", &["--role", "wizard"][..], "there is no role"),
        ("ann", &["--role", "community-nurse"], "for which organisation"),
        (
            "ann",
            &["--role", "community-nurse", "--organisation", "X"],
            "no organisation or practice",
        ),
        ("ann", &[&nurse[..], &["--person", &ana]].concat(), "leave --person out"),
        ("ann", &[&nurse[..], &["--team", "no-such"]].concat(), "no team"),
        ("ana", &["--role", "resident"], "say who they are"),
        ("ana", &["--role", "resident", "--person", &stranger], "we know nobody"),
        ("ana", &["--role", "resident", "--organisation", "RJ2"], "leave --organisation out"),
    ] {
        let (done, said) =
            kith(&folder, &[&["users", "add", login, "--name", "Ann"], seat].concat());
        assert!(!done && said.contains(told), "{seat:?}: {said}");
    }
    let (_, none) = kith(&folder, &["users", "list"]);
    assert!(!none.contains("ann") && !none.contains("ana"), "{none}");

    for (login, seat) in [
        ("ann", &nurse[..]),
        ("ana", &["--role", "resident", "--person", &ana]),
        ("rosa", &["--role", "representative", "--person", &ana]),
    ] {
        let (done, said) =
            kith(&folder, &[&["users", "add", login, "--name", "Ann"], seat].concat());
        assert!(done, "{seat:?}: {said}");
        let (again, said) =
            kith(&folder, &[&["users", "add", login, "--name", "Ann"], seat].concat());
        assert!(!again && said.contains("is taken"), "{said}");
    }
    // Who works here does not become a resident by a move, nor the other way round.
    let (done, said) = kith(&folder, &["users", "move", "ann", "--role", "resident"]);
    assert!(!done && said.contains("say who they are"), "{said}");
    let (done, said) = kith(&folder, &[&["users", "move", "ana"], &nurse[..]].concat());
    assert!(!done && said.contains("leave --person out"), "{said}");
}
