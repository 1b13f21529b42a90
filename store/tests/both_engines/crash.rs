//! The program is killed in the midst of writing, again and again: what it acknowledged is there,
//! and the store is sound.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::people::*;
use care::record::ids::PersonId;
use store::stories::{self, AppendError};
use store::verify::verify;
use store::{Store, StoreError};

const TEST: &str = "crash::what_was_acknowledged_before_a_kill_is_there_after_it";
const ADDRESS: &str = "KITH_TEST_WRITE_TO";
const WRITERS: u32 = 4;
/// How long each round writes after its first acknowledgement, in milliseconds.
const ROUNDS: [u64; 6] = [3, 70, 25, 140, 11, 45];

#[test]
fn what_was_acknowledged_before_a_kill_is_there_after_it() {
    if let Ok(address) = std::env::var(ADDRESS) {
        write_until_killed(&address);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("kith.db").display());
    for address in [Some(file), crate::engines::postgres()].into_iter().flatten() {
        let mut acknowledged = BTreeMap::new();
        for milliseconds in ROUNDS {
            let before = acknowledged.len();
            one_round(&address, Duration::from_millis(milliseconds), &mut acknowledged);
            assert!(acknowledged.len() > before, "a round that wrote nothing shows nothing");
            holds(&address, &acknowledged);
        }
    }
}

/// Who, which entry; and its hash.
type Acknowledged = BTreeMap<(String, u32), String>;

fn one_round(address: &str, long: Duration, acknowledged: &mut Acknowledged) {
    let mut child = Command::new(std::env::current_exe().expect("this test's own file"))
        .args(["--exact", TEST, "--nocapture"])
        .env(ADDRESS, address)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("this test runs again as another process");
    let mut lines = BufReader::new(child.stdout.take().expect("piped"));
    // From the first acknowledgement the clock runs.
    let (killer, first) = mpsc::channel();
    let mut killer = Some(killer);
    let killing = thread::spawn(move || {
        let wrote = first.recv().is_ok();
        thread::sleep(long);
        child.kill().expect("it can be killed");
        let ended = child.wait().expect("it ends");
        assert!(wrote && !ended.success(), "it was killed in the midst of its work");
    });
    let mut line = String::new();
    // The last line may have been cut by the kill: it is taken only with its end.
    while lines.read_line(&mut line).expect("text") > 0 && line.ends_with('\n') {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["acknowledged", person, number, hash] = words[..] {
            let number = number.parse().expect("a number");
            let twice = acknowledged.insert((person.to_owned(), number), hash.to_owned());
            assert_eq!(twice, None, "entry {number} of {person} was given twice");
            if let Some(killer) = killer.take() {
                killer.send(()).expect("it waits");
            }
        }
        line.clear();
    }
    drop(killer);
    killing.join().expect("it was killed");
}

fn write_until_killed(address: &str) -> ! {
    let store = Store::open(address).expect("the store opens after every kill");
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                // One person whom all write about, and one for each writer.
                for who in [0, writer + 1].into_iter().cycle() {
                    write_one(store, person(who), &format!("writer {writer}"));
                }
            });
        }
    });
    unreachable!("the writers never end")
}

fn write_one(store: &Store, who: PersonId, words: &str) {
    let length = store.read(|tx| stories::load(tx, who)).expect("a story").len();
    let last_seen = u32::try_from(length).expect("a short story");
    let new = if last_seen == 0 { begun(true) } else { note(words) };
    match append(store, who, last_seen, vec![new]) {
        Ok(added) => {
            let line = format!("acknowledged {who} {} {}\n", added[0].number, added[0].hash);
            let mut out = std::io::stdout().lock();
            out.write_all(line.as_bytes()).expect("the parent reads");
            out.flush().expect("the parent reads");
        }
        Err(AppendError::Conflict { .. } | AppendError::Store(StoreError::Busy)) => {}
        Err(error) => panic!("{error}"),
    }
}

fn holds(address: &str, acknowledged: &Acknowledged) {
    let store = Store::open(address).expect("the store opens after every kill");
    let report = store.read(|tx| verify(tx, &mut |_| {})).expect("a check");
    assert_eq!(report.faults, []);
    for writer in 0..=WRITERS {
        let kept = store.read(|tx| stories::load(tx, person(writer))).expect("a story");
        let key = person(writer).to_string();
        for ((_, number), hash) in acknowledged.iter().filter(|((person, _), _)| *person == key) {
            let entry = kept.get(*number as usize - 1);
            let there = entry.map(|entry| entry.hash.to_string());
            assert_eq!(there.as_ref(), Some(hash), "entry {number} of {key} was acknowledged");
        }
    }
}
