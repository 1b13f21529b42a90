//! A backup taken from either engine, while others write, fills an empty store of either; a
//! damaged one fills none.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::engines::{addresses, each};
use crate::people::*;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use store::backup::backup;
use store::engine::{Reach, Statement};
use store::rebuild::rebuild;
use store::restore::{RestoreError, restore};
use store::{Store, StoreError, stories};

fn backed_up(store: &Store) -> Vec<u8> {
    let mut file = Vec::new();
    backup(store, &mut file, &mut |_| {}).expect("a backup");
    file
}

fn text(file: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).expect("compressed text");
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut file = GzEncoder::new(Vec::new(), Compression::fast());
    file.write_all(text.as_bytes()).expect("memory");
    file.finish().expect("memory")
}

/// A row with bytes in it.
const CODED: &Statement = &Statement {
    name: "CODED",
    sql: "insert into coded (person_id, born, death, practice, withdrawn, records)
        values ($1, null, null, 'G85001', 0, $2)",
    reach: Reach::Key,
};

fn filled(store: &Store) {
    peopled(store, 5, 9);
    let coded: Result<u64, StoreError> = store.write(|tx| {
        let bytes: Vec<u8> = (0..=255).collect();
        tx.execute(CODED, &[(&person(1).to_string()).into(), bytes.as_slice().into()])
    });
    coded.expect("a row");
}

#[test]
fn a_backup_of_either_engine_fills_an_empty_store_of_either() {
    for from in addresses() {
        let from = Store::open(&from).unwrap();
        filled(&from);
        let file = backed_up(&from);
        for to in addresses() {
            let to = Store::open(&to).unwrap();
            let report = restore(file.as_slice(), &to, &mut |_| {}).unwrap();
            assert_eq!((report.stories, report.entries, report.accesses), (5, 45, 15));
            assert_eq!(text(&backed_up(&to)), text(&file), "the same rows, in the same order");
            assert_eq!(rebuild(&to, &mut |_| {}).unwrap().differed, 0);
            append(&to, person(1), 9, vec![note("and the story goes on")]).unwrap();
        }
    }
}

#[test]
fn a_store_that_is_not_empty_is_not_overwritten() {
    each(|store| {
        peopled(store, 2, 3);
        let file = backed_up(store);
        let refused = restore(file.as_slice(), store, &mut |_| {});
        assert!(matches!(refused, Err(RestoreError::NotEmpty("entry"))), "{refused:?}");
    });
}

#[test]
fn a_backup_is_of_one_moment_though_others_write() {
    each(|store| {
        peopled(store, 3, 9);
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut last = 9;
                while !stop.load(Ordering::Relaxed) {
                    append(store, person(1), last, vec![note("meanwhile")]).unwrap();
                    last += 1;
                }
            });
            for _ in 0..5 {
                let copy = Store::open("sqlite::temporary:").unwrap();
                restore(backed_up(store).as_slice(), &copy, &mut |_| {}).unwrap();
                assert_eq!(rebuild(&copy, &mut |_| {}).unwrap().differed, 0);
            }
            stop.store(true, Ordering::Relaxed);
        });
    });
}

#[test]
fn a_damaged_backup_is_refused_with_a_sentence_and_restores_nothing() {
    let store = Store::open("sqlite::temporary:").unwrap();
    filled(&store);
    let file = backed_up(&store);
    let whole = text(&file);
    let lines: Vec<&str> = whole.lines().collect();
    let without = |gone: usize| {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, line)| *line);
        packed(&(kept.collect::<Vec<_>>().join("\n") + "\n"))
    };
    let mut flipped = file.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "not a backup"),
        ("a letter", b"Dear Sir".to_vec(), "not a backup"),
        ("another gzip", packed("Dear Sir\n"), "not a backup"),
        ("another JSON", packed("{}\n[1]\n"), "not a backup"),
        ("cut in the middle", file[..file.len() / 2].to_vec(), ""),
        ("cut by one byte", file[..file.len() - 1].to_vec(), "cut short"),
        ("no last line", without(lines.len() - 1), "cut short"),
        ("one bit", flipped, ""),
        ("a word", packed(&whole.replacen("note 6", "note X", 1)), "altered"),
        ("a number of rows", packed(&whole.replacen("\"entry\":45", "\"entry\":46", 1)), "altered"),
        ("a row gone", without(4), "altered"),
        ("a heading gone", without(1), "altered"),
        ("a row more", packed(&format!("{whole}[1]\n")), "altered"),
        ("another version", packed(&whole.replacen("\"schema\":", "\"schema\":9", 1)), "version"),
        ("a short row", packed(&whole.replacen(",\"hash\"", "", 1)), "altered"),
        (
            "bytes that are none",
            packed(&whole.replacen("{\"hex\":\"00", "{\"hex\":\"0x", 1)),
            "altered",
        ),
        (
            "an odd half byte",
            packed(&whole.replacen("{\"hex\":\"00", "{\"hex\":\"0", 1)),
            "altered",
        ),
    ];
    for to in addresses() {
        let to = Store::open(&to).unwrap();
        let empty = text(&backed_up(&to));
        for (what, damaged, says) in &cases {
            assert!(text_or_raw(damaged) != whole, "{what}: nothing was damaged");
            let refused = restore(damaged.as_slice(), &to, &mut |_| {});
            let said = refused.expect_err(what).to_string();
            assert!(said.contains(says), "{what}: {said}");
            assert_eq!(text(&backed_up(&to)), empty, "{what} left something");
        }
        restore(file.as_slice(), &to, &mut |_| {}).expect("the sound one fits after all those");
    }
}

fn text_or_raw(file: &[u8]) -> String {
    let mut text = String::new();
    match GzDecoder::new(file).read_to_string(&mut text) {
        Ok(_) => text,
        Err(_) => String::from_utf8_lossy(file).into_owned(),
    }
}

#[test]
fn what_was_tampered_with_before_the_backup_is_not_restored() {
    const SURGERY: &Statement = &Statement {
        name: "SURGERY",
        sql: "update entry set user_name = 'Someone Else' where number = 3",
        reach: Reach::Whole,
    };
    let store = Store::open("sqlite::temporary:").unwrap();
    peopled(&store, 2, 3);
    store.write(|tx| tx.execute(SURGERY, &[])).expect("surgery");
    let to = Store::open("sqlite::temporary:").unwrap();
    let refused = restore(backed_up(&store).as_slice(), &to, &mut |_| {}).expect_err("a fault");
    assert!(refused.to_string().contains("entry 3 is not what was written"), "{refused}");
    assert!(to.read(|tx| stories::load(tx, person(1))).unwrap().is_empty());
}

#[test]
fn a_disk_that_fills_up_fails_the_backup() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::from(std::io::ErrorKind::StorageFull))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    each(|store| {
        peopled(store, 2, 9);
        let failed = backup(store, Full, &mut |_| {}).expect_err("there is no room");
        assert!(failed.to_string().starts_with("the backup could not be written"), "{failed}");
        append(store, person(1), 9, vec![note("and the store goes on")]).unwrap();
    });
}
