//! What the two engines promise alike: transactions, errors, bulk loads, migrations.

use std::sync::{Arc, Mutex};

use crate::engines::{addresses, each};
use store::engine::{Bulk, Clash, Reach, Statement, Value};
use store::{Store, StoreError};

const PUT: &Statement = &Statement {
    name: "PUT",
    sql: "insert into story (person_id, length, head) values ($1, $2, $3)",
    reach: Reach::Key,
};
const ADD: &Statement = &Statement {
    name: "ADD",
    sql: "update story set length = length + 1 where person_id = $1",
    reach: Reach::Key,
};
const GET: &Statement = &Statement {
    name: "GET",
    sql: "select length, head from story where person_id = $1",
    reach: Reach::Key,
};
const COUNT: &Statement =
    &Statement { name: "COUNT", sql: "select count(*) from story", reach: Reach::Whole };

fn put(store: &Store, person: &str, length: i64) -> Result<(), StoreError> {
    let person = person.to_owned();
    store.write(move |tx| tx.execute(PUT, &[(&person).into(), length.into(), "h".into()]).map(drop))
}

fn length(store: &Store, person: &str) -> Option<i64> {
    store.read(|tx| tx.one(GET, &[person.into()], |row| row.integer(0))).expect("a read")
}

#[test]
fn a_taken_key_is_a_conflict_and_changes_nothing() {
    each(|store| {
        put(store, "a", 1).unwrap();
        assert!(matches!(put(store, "a", 2), Err(StoreError::Conflict(_))));
        assert_eq!(length(store, "a"), Some(1));
        assert_eq!(length(store, "b"), None);
    });
}

#[test]
fn a_refused_or_panicking_change_is_undone_alone() {
    each(|store| {
        let refused: Result<(), StoreError> = store.write(|tx| {
            tx.execute(PUT, &["a".into(), Value::Integer(1), "h".into()])?;
            Err(StoreError::Busy)
        });
        assert_eq!(refused, Err(StoreError::Busy));
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.write(|tx| -> Result<(), StoreError> {
                tx.execute(PUT, &["b".into(), Value::Integer(1), "h".into()])?;
                panic!("as the test wants");
            })
        }));
        assert!(panicked.is_err());
        put(store, "c", 1).unwrap();
        assert_eq!(["a", "b", "c"].map(|person| length(store, person)), [None, None, Some(1)]);
    });
}

#[test]
fn changes_of_one_row_by_many_at_once_all_count() {
    each(|store| {
        put(store, "a", 0).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..10 {
                        loop {
                            let done: Result<u64, StoreError> =
                                store.write(|tx| tx.execute(ADD, &["a".into()]));
                            match done {
                                Ok(_) => break,
                                Err(StoreError::Busy) => {}
                                Err(error) => panic!("{error}"),
                            }
                        }
                    }
                });
            }
        });
        assert_eq!(length(store, "a"), Some(80));
    });
}

#[test]
fn a_reader_sees_one_picture_while_others_write() {
    each(|store| {
        put(store, "a", 1).unwrap();
        let count = |tx: &mut dyn store::engine::Tx| tx.one(COUNT, &[], |row| row.integer(0));
        let (before, after) = store
            .read(|tx| {
                let before = count(tx)?;
                put(store, "b", 1)?;
                Ok::<_, StoreError>((before, count(tx)?))
            })
            .unwrap();
        assert_eq!((before, after), (Some(1), Some(1)));
        assert_eq!(store.read(count).unwrap(), Some(2));
    });
}

#[test]
fn a_bulk_load_refuses_keeps_or_replaces() {
    const COLUMNS: &[&str] = &["person_id", "length", "head"];
    let load = |store: &Store, clash, rows: &[(&str, i64, &str)]| {
        let into = Bulk { table: "story", columns: COLUMNS, key: 1, clash };
        store.bulk_write(|tx| {
            tx.bulk(&into, &mut |to| {
                rows.iter().try_for_each(|(person, length, head)| {
                    to.put(&[(*person).into(), (*length).into(), (*head).into()])
                })
            })
        })
    };
    each(|store| {
        let odd = "tab\t line\n back\\slash é \\N";
        assert_eq!(load(store, Clash::Refuse, &[("a", 1, odd), ("b", 1, "")]), Ok(2));
        let head: Result<_, StoreError> =
            store.read(|tx| tx.one(GET, &["a".into()], |row| row.text(1).map(str::to_owned)));
        assert_eq!(head.unwrap().as_deref(), Some(odd));
        let again = load(store, Clash::Refuse, &[("c", 1, ""), ("a", 2, "")]);
        assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
        assert_eq!(length(store, "c"), None, "a failed load leaves nothing");
        load(store, Clash::Keep, &[("a", 3, ""), ("d", 3, ""), ("d", 4, "")]).unwrap();
        assert_eq!((length(store, "a"), length(store, "d")), (Some(1), Some(3)));
        load(store, Clash::Replace, &[("a", 5, ""), ("e", 5, ""), ("e", 6, "")]).unwrap();
        assert_eq!((length(store, "a"), length(store, "e")), (Some(5), Some(6)));
        assert!(load(store, Clash::Refuse, &[("z", 1, "zero\0byte")]) == Err(StoreError::ZeroByte));
        assert!(load(store, Clash::Keep, &[("z", 1, "zero\0byte")]) == Err(StoreError::ZeroByte));
        assert_eq!(length(store, "z"), None);
    });
}

#[test]
fn what_does_not_fit_is_said_and_nothing_is_kept() {
    each(|store| {
        let zero = store.write(|tx| {
            tx.execute(PUT, &["x".into(), Value::Integer(1), "zero\0byte".into()]).map(drop)
        });
        assert_eq!(zero, Err(StoreError::ZeroByte));
        let few = store.write(|tx| tx.execute(PUT, &["x".into()]).map(drop));
        assert!(matches!(few, Err(StoreError::Engine { .. })), "{few:?}");
        let null =
            store.write(|tx| tx.execute(PUT, &["x".into(), Value::Null, "h".into()]).map(drop));
        assert!(matches!(null, Err(StoreError::Engine { .. })), "{null:?}");
        assert_eq!(length(store, "x"), None);
    });
}

#[test]
fn a_full_disk_is_said_loses_nothing_and_is_recovered_from_when_there_is_room() {
    // SQLite calls a file that may not grow a full disk.
    let allow = |store: &Store, pages: u32| {
        let sql: &'static str = String::leak(format!("pragma max_page_count = {pages}"));
        let limit = Statement { name: "LIMIT", sql, reach: Reach::Whole };
        let set = store.write(move |tx| tx.query(&limit, &[], &mut |_| Ok(())));
        set.expect("a limit");
    };
    let store = Store::open("sqlite::temporary:").unwrap();
    allow(&store, 1);
    let acknowledged = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (store, acknowledged) = (&store, &acknowledged);
            scope.spawn(move || {
                for number in 0..10_000 {
                    let person = format!("{writer} {number} {}", "long ".repeat(50));
                    match put(store, &person, 1) {
                        Ok(()) => acknowledged.lock().unwrap().push(person),
                        Err(StoreError::Full) => return,
                        // Another's change in the same commit filled the disk.
                        Err(error @ StoreError::Engine { .. }) => {
                            assert!(error.to_string().contains("try again"), "{error}");
                            return;
                        }
                        Err(error) => panic!("{error}"),
                    }
                }
                panic!("the disk never filled up");
            });
        }
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    assert!(!acknowledged.is_empty());
    assert_eq!(put(&store, &"x".repeat(5_000), 1), Err(StoreError::Full));
    for person in &acknowledged {
        assert_eq!(length(&store, person), Some(1), "it was acknowledged");
    }
    let count: Result<_, StoreError> = store.read(|tx| tx.one(COUNT, &[], |row| row.integer(0)));
    assert_eq!(count.unwrap(), i64::try_from(acknowledged.len()).ok(), "and nothing else is there");
    allow(&store, 1_000_000);
    put(&store, "there is room again", 1).unwrap();
}

#[test]
fn a_change_inside_a_change_is_a_fault_that_does_not_hang() {
    let store = Arc::new(Store::open("sqlite::temporary:").unwrap());
    let inner = Arc::clone(&store);
    let nested = store.write(move |_| put(&inner, "a", 1));
    assert_eq!(nested, Err(StoreError::Nested));
}

#[test]
fn opening_again_changes_nothing_and_a_newer_store_is_refused() {
    const NEWER: &Statement = &Statement {
        name: "NEWER",
        sql: "insert into migration (number, name) values (1000, 'to come')",
        reach: Reach::Key,
    };
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite:{}", folder.path().join("a.db").display());
    for address in
        addresses().into_iter().map(|a| if a.contains(":temp") { file.clone() } else { a })
    {
        put(&Store::open(&address).unwrap(), "a", 1).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!(length(&Store::open(&address).unwrap(), "a"), Some(1)));
            }
        });
        let newer = Store::open(&address).unwrap().write(|tx| tx.execute(NEWER, &[]).map(drop));
        assert_eq!(newer, Ok(()));
        let refused = Store::open(&address).err().expect("a newer store is refused");
        assert!(refused.to_string().contains("use the newer program"), "{refused}");
    }
}

#[test]
fn addresses_that_are_not_are_refused_in_one_sentence_without_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = format!("sqlite:{}/no/such/folder/kith.db", folder.path().display());
    for (address, says) in [
        ("", "sqlite:PATH"),
        ("sqlite:", "sqlite:PATH"),
        ("mysql://x", "sqlite:PATH"),
        (nowhere.as_str(), "cannot be opened"),
        ("postgres://u:secret@db.example.org/kith", "without TLS"),
        ("postgres://u:secret@localhost/kith?sslmode=require", "without TLS"),
        ("postgres://u:secret@127.0.0.1:1/kith", "cannot be opened"),
        ("postgres://u@127.0.0.1:1/kith?password=secret", "cannot be opened"),
    ] {
        let said = Store::open(address).err().expect(address).to_string();
        assert!(said.contains(says), "{address}: {said}");
        assert!(!said.contains("secret"), "{said}");
    }
    let file = folder.path().join("letter.db");
    std::fs::write(&file, "Dear Sir, this is not a database, however long the letter grows.")
        .unwrap();
    let said = Store::open(&format!("sqlite:{}", file.display())).err().unwrap();
    assert!(matches!(said, StoreError::Corrupt(_)), "{said}");
}
