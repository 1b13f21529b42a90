//! Whoever alters what is kept, in the tables themselves, is found out, and what they altered is
//! named.

use crate::engines::{addresses, each};
use crate::people::*;
use care::record::ids::PersonId;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use store::engine::{Reach, Statement, Tx};
use store::rebuild::{Rebuilt, rebuild};
use store::verify::{Report, Wrong, verify};
use store::{Store, StoreError, heads};

/// What was found after surgery, which is then undone.
enum Undone {
    Found(Vec<String>),
    Failed(StoreError),
}

impl From<StoreError> for Undone {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

fn statement(sql: &str) -> Statement {
    Statement { name: "SURGERY", sql: String::leak(sql.to_owned()), reach: Reach::Whole }
}

/// Does to the tables what no part of the program can do.
fn operate(tx: &mut dyn Tx, sql: &str) -> Result<(), StoreError> {
    for sql in sql.split("; ") {
        assert!(tx.execute(&statement(sql), &[])? > 0, "{sql} did nothing");
    }
    Ok(())
}

/// What a check says after surgery. The store is then as before.
fn said_after(store: &Store, sql: &str) -> Vec<String> {
    let sql = sql.to_owned();
    let undone: Result<(), Undone> = store.write(move |tx| {
        operate(tx, &sql)?;
        let report = verify(tx, &mut |_| {})?;
        Err(Undone::Found(report.faults.iter().map(ToString::to_string).collect()))
    });
    match undone {
        Err(Undone::Found(said)) => said,
        Err(Undone::Failed(error)) => panic!("{error}"),
        Ok(()) => unreachable!("it always ends in an error"),
    }
}

fn check(store: &Store) -> Report {
    store.read(|tx| verify(tx, &mut |_| {})).expect("a check ends")
}

#[test]
fn a_sound_store_has_no_faults_and_is_counted() {
    each(|store| {
        assert_eq!(check(store), Report::default());
        peopled(store, 7, 9);
        let report = check(store);
        assert_eq!((report.stories, report.entries, report.accesses), (7, 63, 21));
        assert_eq!(report.faults, []);
    });
}

/// Surgery on one person's rows, and what is to be said of it.
type Case = (String, &'static [&'static str]);

/// Entries and views.
fn of_chains(who: PersonId, copy: PersonId, ghost: PersonId) -> Vec<Case> {
    let only = format!("person_id = '{who}'");
    let at = |number: u32| format!("{only} and number = {number}");
    let columns = "number, on_date, recorded_at, user_id, user_name, role, organisation, audience, \
                   corrects, kind, version, body, body_hash, hash";
    vec![
        (
            format!("update entry set user_name = 'Someone' where {}", at(4)),
            &["entry 4 is not what was written there"],
        ),
        (
            format!("update entry set on_date = '2020-01-01' where {}", at(4)),
            &["entry 4 is not what was written there"],
        ),
        (
            format!("update entry set audience = 'organisation' where {}", at(9)),
            &["entry 9 is not what was written there"],
        ),
        (
            format!("update entry set corrects = 2 where {}", at(5)),
            &["entry 5 is not what was written there"],
        ),
        (
            format!("update entry set body = replace(body, 'note 6', 'note X') where {}", at(7)),
            &["the text of entry 7 was altered"],
        ),
        (format!("update entry set body = 'x' where {}", at(7)), &["entry 7 cannot be read"]),
        (
            format!("update entry set on_date = 'tomorrow' where {}", at(7)),
            &["entry 7 cannot be read"],
        ),
        (
            format!("update entry set hash = '{}' where {}", "0".repeat(64), at(3)),
            &["entry 3 is not what was written there"],
        ),
        (format!("delete from entry where {}", at(3)), &["entry 3 is missing"]),
        (format!("delete from entry where {}", at(1)), &["entry 1 is missing"]),
        (format!("delete from entry where {}", at(9)), &["entry 9 is missing"]),
        (
            format!("delete from entry where {only} and number > 6"),
            &["entry 7 to entry 9 are missing"],
        ),
        (format!("delete from entry where {only}"), &["entry 1 to entry 9 are missing"]),
        (
            // Two entries change places.
            format!(
                "update entry set number = 100 where {}; update entry set number = 7 where {}; \
                 update entry set number = 8 where {}",
                at(7),
                at(8),
                at(100)
            ),
            &["entry 7 is not what", "entry 8 is not what", "entry 9 followed another"],
        ),
        (
            // One is taken out, and those after it are moved up.
            format!(
                "delete from entry where {}; update entry set number = 7 where {}; \
                 update entry set number = 8 where {}",
                at(7),
                at(8),
                at(9)
            ),
            &["entry 7 is not what", "entry 8 is not what", "entry 9 is missing"],
        ),
        (format!("delete from story where {only}"), &["the note of it was taken away"]),
        (format!("update story set length = 8 where {only}"), &["entry 9 was put in"]),
        (
            format!(
                "update story set head = (select hash from entry where {}) where {only}",
                at(8)
            ),
            &["its end is not the hash of its last entry"],
        ),
        (
            format!("insert into entry select '{copy}', {columns} from entry where {only}"),
            &["entry 1 is not what was written there", "the note of it was taken away"],
        ),
        (
            format!("update access set reason = 'another' where {}", at(2)),
            &["line 2 is not what was written there"],
        ),
        (
            format!("update access set user_id = '{ghost}' where {}", at(3)),
            &["line 3 is not what was written there"],
        ),
        (format!("delete from access where {}", at(1)), &["line 1 is missing"]),
        (format!("delete from access where {only}"), &["line 1 to line 3 are missing"]),
        (format!("delete from access_log where {only}"), &["the note of it was taken away"]),
    ]
}

/// What is derived.
fn of_lists(who: PersonId, ghost: PersonId) -> Vec<Case> {
    let only = format!("person_id = '{who}'");
    vec![
        (format!("update summary set stage = 'known' where {only}"), &["lists and searches say"]),
        (
            format!("update summary set stage = 'nonsense' where {only}"),
            &["lists and searches say"],
        ),
        (format!("delete from summary where {only}"), &["lists and searches say"]),
        (format!("delete from work where {only}"), &["lists and searches say"]),
        (
            format!("delete from described_name where {only} and token = 'brien'"),
            &["lists and searches say"],
        ),
        (
            format!("update member set keeper = 1 - keeper where {only}"),
            &["lists and searches say"],
        ),
        (
            format!(
                "insert into member (person_id, user_id, since, keeper) \
                 values ('{ghost}', '{ghost}', '2026-01-01', 1)"
            ),
            &["lists and searches say"],
        ),
    ]
}

#[test]
fn each_kind_of_tampering_is_found_and_named() {
    let (who, copy, ghost) = (person(2), person(99), person(50));
    let cases = [of_chains(who, copy, ghost), of_lists(who, ghost)].concat();
    each(|store| {
        peopled(store, 4, 9);
        for (surgery, expected) in &cases {
            let said = said_after(store, surgery);
            for expected in *expected {
                assert!(said.iter().any(|said| said.contains(expected)), "{surgery}: {said:?}");
            }
            let named = [copy, ghost].into_iter().find(|id| surgery.contains(&format!("'{id}', ")));
            let named = named.unwrap_or(who).to_string();
            assert!(said.iter().all(|said| said.contains(&named)), "{surgery}: {said:?}");
        }
        assert_eq!(check(store).faults, [], "each was undone");
    });
}

#[test]
fn what_hides_its_own_traces_is_found_against_an_earlier_list_of_heads() {
    let only = format!("person_id = '{}'", person(1));
    let tables = ["entry", "story", "summary", "work", "member"];
    let vanish = tables.map(|table| format!("delete from {table} where {only}")).join("; ");
    let cut = format!(
        "delete from entry where {only} and number = 9; \
         update story set length = 8, head = (select hash from entry where {only} and number = 8) \
         where {only}"
    );
    let cut_log = format!(
        "delete from access where {only} and number = 3; update access_log set length = 2, \
         head = (select hash from access where {only} and number = 2) where {only}"
    );
    each(|store| {
        peopled(store, 3, 9);
        let mut list = Vec::new();
        assert_eq!(store.read(|tx| heads::write(tx, &mut list)).unwrap(), 6);
        append(store, person(0), 9, vec![note("later")]).unwrap();
        let sound = store.read(|tx| heads::check(tx, &mut list.as_slice())).unwrap();
        assert_eq!(sound, [], "what is added since is no fault");
        for (surgery, then, expected) in [
            (&vanish, 0, "entry 9, once the last, is gone"),
            (&cut, 0, "entry 9, once the last, is gone"),
            (&cut_log, 0, "line 3, once the last, is gone"),
            (&vanish, 9, "it was written anew somewhere up to entry 9"),
        ] {
            let (surgery, list) = (surgery.clone(), list.clone());
            let undone: Result<(), Undone> = store.write(move |tx| {
                operate(tx, &surgery)?;
                if then > 0 {
                    let mut forged = story(then);
                    forged[1] = note("nothing happened");
                    store::stories::append(tx, person(1), 0, &forged)
                        .map_err(|error| Undone::Found(vec![error.to_string()]))?;
                }
                let hidden = verify(tx, &mut |_| {})?;
                assert!(hidden.faults.iter().all(|fault| fault.wrong == Wrong::Derived));
                let faults = heads::check(tx, &mut list.as_slice()).expect("a list of ours");
                Err(Undone::Found(faults.iter().map(ToString::to_string).collect()))
            });
            let Err(Undone::Found(said)) = undone else { panic!("it always ends in an error") };
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].contains(expected), "{said:?}");
            assert!(said[0].contains(&person(1).to_string()), "{said:?}");
        }
    });
}

#[test]
fn a_list_of_heads_that_was_cut_or_altered_is_refused() {
    let store = Store::open("sqlite::temporary:").unwrap();
    peopled(&store, 3, 2);
    let mut list = Vec::new();
    store.read(|tx| heads::write(tx, &mut list)).unwrap();
    let text = String::from_utf8(list).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let damaged = [
        String::new(),
        lines[..6].join("\n"),
        lines[1..].join("\n"),
        format!("{text}{}\n", lines[0]),
        text.replacen("story", "stories", 1),
        text.replacen("\"head\":\"", "\"head\":\"x", 1),
    ];
    for damaged in damaged {
        let checked = store.read(|tx| heads::check(tx, &mut damaged.as_bytes()));
        assert!(matches!(checked, Err(heads::HeadsError::Line(_))), "{damaged}");
    }
}

#[test]
fn rebuilding_a_sound_store_changes_nothing_and_puts_a_tampered_one_right() {
    let (one, two, ghost) = (person(1), person(2), person(50));
    each(|store| {
        peopled(store, 5, 9);
        let sound = Rebuilt { people: 5, differed: 0 };
        assert_eq!(rebuild(store, &mut |_| {}).unwrap(), sound);
        let surgery = format!(
            "update summary set stage = 'nonsense' where person_id = '{one}'; \
             delete from member where person_id = '{two}'; \
             insert into work (person_id, entry, task, due, urgent) \
             values ('{ghost}', 1, 'answer-contact', '2026-01-01', 0)"
        );
        store.write(move |tx| operate(tx, &surgery)).unwrap();
        let mut done = Vec::new();
        let rebuilt = rebuild(store, &mut |people| done.push(people)).unwrap();
        assert_eq!(rebuilt, Rebuilt { people: 5, differed: 3 });
        assert_eq!(done.last(), Some(&5));
        assert_eq!(check(store).faults, []);
        assert_eq!(rebuild(store, &mut |_| {}).unwrap(), sound);
    });
}

/// Whatever one field of whichever entry or view is changed to, it is found.
#[test]
fn any_change_of_any_field_is_found() {
    const OF_ENTRIES: [&str; 14] = [
        "on_date",
        "recorded_at",
        "user_id",
        "user_name",
        "role",
        "organisation",
        "audience",
        "corrects",
        "kind",
        "version",
        "body",
        "body_hash",
        "hash",
        "number",
    ];
    const OF_VIEWS: [&str; 9] =
        ["at", "user_id", "user_name", "role", "organisation", "what", "reason", "hash", "number"];
    let store = Store::open("sqlite::temporary:").unwrap();
    peopled(&store, 3, 12);
    let columns = OF_ENTRIES.len() + OF_VIEWS.len();
    let any = (0u32..3, 1u32..=12, 0..columns, "[a-z0-9 é\"\\\\\u{1f6d1}]{0,12}");
    let mut runner = TestRunner::new(ProptestConfig::with_cases(300));
    let held = runner.run(&any, |(who, number, column, text)| {
        let (table, column, number) = match OF_ENTRIES.get(column) {
            Some(column) => ("entry", *column, number),
            None => ("access", OF_VIEWS[column - OF_ENTRIES.len()], (number - 1) % 3 + 1),
        };
        let numeric = ["corrects", "version", "number"].contains(&column);
        let value = if numeric { format!("{}", 13 + text.len()) } else { format!("'{text}'") };
        let surgery = format!(
            "update {table} set {column} = {value} where person_id = '{}' and number = {number}",
            person(who)
        );
        let said = said_after(&store, &surgery);
        prop_assert!(!said.is_empty(), "{}", surgery);
        prop_assert!(said.iter().all(|said| said.contains(&person(who).to_string())), "{:?}", said);
        Ok(())
    });
    held.unwrap_or_else(|found| panic!("{found}"));
}

#[test]
fn what_an_older_program_derived_is_derived_anew_when_the_store_is_opened() {
    for address in addresses() {
        let store = Store::open(&address).unwrap();
        peopled(&store, 7, 9);
        let again = store.path().map_or(address, |path| format!("sqlite:{}", path.display()));
        let alter = "update summary set carer = 1 - carer, plan = 'ended'";
        let older = format!("{alter}; update derivation set number = number - 1");
        store.write(move |tx| operate(tx, &older)).unwrap();
        assert_eq!(check(&store).faults.len(), 7);
        let opened = Store::open(&again).unwrap();
        assert_eq!(check(&opened).faults, [], "on {:?}", store.kind());
        // What somebody altered since is not put right unseen.
        store.write(move |tx| operate(tx, alter)).unwrap();
        let opened = Store::open(&again).unwrap();
        assert_eq!(check(&opened).faults.len(), 7, "on {:?}", store.kind());
    }
}
