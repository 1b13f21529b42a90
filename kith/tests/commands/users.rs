//! `kith users`: who may sign in is somebody that the place knows, in a seat that it has.

use care::record::ids::PersonId;
use serde_json::json;

use crate::running::Place;

/// What came of a command: whether it was done, and what was said.
fn kith(place: &Place, arguments: &[&str]) -> (bool, String) {
    let answered = place.kith(arguments).given("a long enough password\n").run();
    (answered.code == 0, answered.out + &answered.err)
}

#[test]
fn who_may_sign_in_is_somebody_known_in_a_seat_that_is_there() {
    let place = Place::new();
    let patient = json!({
        "resourceType": "Patient", "id": "one", "gender": "female", "birthDate": "1950-02-03",
        "name": [{ "family": "Family", "given": ["Ana"] }],
    });
    let feed = place.path("Patient.ndjson");
    std::fs::write(&feed, patient.to_string() + "\n").unwrap();
    let (done, said) = kith(&place, &["import", "fhir", feed.to_str().unwrap()]);
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
            kith(&place, &[&["users", "add", login, "--name", "Ann"], seat].concat());
        assert!(!done && said.contains(told), "{seat:?}: {said}");
    }
    let (_, none) = kith(&place, &["users", "list"]);
    assert!(!none.contains("ann") && !none.contains("ana"), "{none}");

    for (login, seat) in [
        ("ann", &nurse[..]),
        ("ana", &["--role", "resident", "--person", &ana]),
        ("rosa", &["--role", "representative", "--person", &ana]),
    ] {
        let (done, said) =
            kith(&place, &[&["users", "add", login, "--name", "Ann"], seat].concat());
        assert!(done, "{seat:?}: {said}");
        let (again, said) =
            kith(&place, &[&["users", "add", login, "--name", "Ann"], seat].concat());
        assert!(!again && said.contains("is taken"), "{said}");
    }
    // Who works here does not become a resident by a move, nor the other way round.
    let (done, said) = kith(&place, &["users", "move", "ann", "--role", "resident"]);
    assert!(!done && said.contains("say who they are"), "{said}");
    let (done, said) = kith(&place, &[&["users", "move", "ana"], &nurse[..]].concat());
    assert!(!done && said.contains("leave --person out"), "{said}");
}
