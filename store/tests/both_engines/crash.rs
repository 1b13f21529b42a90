//! The program is killed in the midst of writing, again and again, or its file may not grow: what it
//! acknowledged is there, and the store is sound.

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
        if note_down(&line, acknowledged)
            && let Some(killer) = killer.take()
        {
            killer.send(()).expect("it waits");
        }
        line.clear();
    }
    drop(killer);
    killing.join().expect("it was killed");
}

/// Notes down what a line acknowledges, if it is one that does.
fn note_down(line: &str, acknowledged: &mut Acknowledged) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let ["acknowledged", person, number, hash] = words[..] else { return false };
    let number = number.parse().expect("a number");
    let twice = acknowledged.insert((person.to_owned(), number), hash.to_owned());
    assert_eq!(twice, None, "entry {number} of {person} was given twice");
    true
}

fn write_until_killed(address: &str) -> ! {
    let store = Store::open(address).expect("the store opens after every kill");
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                // One person whom all write about, and one for each writer.
                for who in [0, writer + 1].into_iter().cycle() {
                    write_one(store, person(who), &format!("writer {writer}"))
                        .unwrap_or_else(|error| panic!("{error}"));
                }
            });
        }
    });
    unreachable!("the writers never end")
}

/// Writes one entry and acknowledges it. Another's in between is no error: nothing is written.
fn write_one(store: &Store, who: PersonId, words: &str) -> Result<(), AppendError> {
    let length = store.read(|tx| stories::load(tx, who)).expect("a story").len();
    let last_seen = u32::try_from(length).expect("a short story");
    let new = if last_seen == 0 { begun(true) } else { note(words) };
    match append(store, who, last_seen, vec![new]) {
        Ok(added) => {
            let line = format!("acknowledged {who} {} {}\n", added[0].number, added[0].hash);
            let mut out = std::io::stdout().lock();
            out.write_all(line.as_bytes()).expect("the parent reads");
            out.flush().expect("the parent reads");
            Ok(())
        }
        Err(AppendError::Conflict { .. } | AppendError::Store(StoreError::Busy)) => Ok(()),
        Err(error) => Err(error),
    }
}

const FULL_TEST: &str = "crash::what_was_acknowledged_before_writing_failed_is_there_after_it";
/// How large each file may grow, in blocks of 512 bytes: the log of what is not yet in the main file
/// stops in the midst of a change; with the last, the main file does when it takes the log in.
const LIMITS: [u32; 3] = [400, 1_001, 9_000];

#[test]
fn what_was_acknowledged_before_writing_failed_is_there_after_it() {
    if let Ok(address) = std::env::var(ADDRESS) {
        return write_until_it_fails(&address);
    }
    for limit in LIMITS {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("kith.db").display());
        drop(Store::open(&address).expect("a new store"));
        // The system refuses the write, as a disk does that fails.
        let mut child = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", &limit.to_string()])
            .arg(std::env::current_exe().expect("this test's own file"))
            .args(["--exact", FULL_TEST, "--nocapture"])
            .env(ADDRESS, &address)
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test runs again as another process");
        let mut acknowledged = BTreeMap::new();
        for line in BufReader::new(child.stdout.take().expect("piped")).lines() {
            note_down(&line.expect("text"), &mut acknowledged);
        }
        assert!(child.wait().expect("it ends").success(), "it failed in good order");
        assert!(!acknowledged.is_empty(), "a round that wrote nothing shows nothing");
        holds(&address, &acknowledged);
        let store = Store::open(&address).expect("the store opens");
        append(&store, person(1_000_000), 0, vec![begun(true)]).expect("there is room again");
    }
}

/// Each writer goes on until it is told that its entry could not be kept; what the store then shows
/// is sound already.
fn write_until_it_fails(address: &str) {
    let store = Store::open(address).expect("there is room for the beginning");
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                let words = "She fell twice this week. ".repeat(200);
                let fails = |who| write_one(store, person(who), &words).is_err();
                // New people all the time: stories stay short.
                let failed = (writer..).step_by(WRITERS as usize).take(20_000).any(fails);
                assert!(failed, "nothing ever failed");
            });
        }
    });
    let report = store.read(|tx| verify(tx, &mut |_| {})).expect("it can still be read");
    assert_eq!(report.faults, []);
}

fn holds(address: &str, acknowledged: &Acknowledged) {
    let store = Store::open(address).expect("the store opens after every kill");
    let report = store.read(|tx| verify(tx, &mut |_| {})).expect("a check");
    assert_eq!(report.faults, []);
    for ((key, number), hash) in acknowledged {
        let who = key.parse().expect("a person");
        let kept = store.read(|tx| stories::load_after(tx, who, number - 1)).expect("a story");
        let there = kept.first().map(|entry| entry.hash.to_string());
        assert_eq!(there.as_ref(), Some(hash), "entry {number} of {key} was acknowledged");
    }
}
