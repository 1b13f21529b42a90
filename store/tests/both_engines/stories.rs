//! Stories on both engines: what is appended is there, in order, once; conflicts lose neither
//! side; lists say what stories say.

use std::collections::BTreeSet;

use crate::engines::each;
use crate::people::*;
use care::record::derived::{Stage, Task, derive};
use care::record::entry::NewEntry;
use care::record::ids::TeamId;
use care::record::person::Person;
use store::stories::{self, AppendError};
use store::verify::verify;
use store::work::{self, Line, Order, Owner};
use store::{Store, StoreError, access, derived, lists};

fn load(store: &Store, number: u32) -> Vec<care::record::entry::Entry> {
    store.read(|tx| stories::load(tx, person(number))).expect("a story can be read")
}

fn faults(store: &Store) -> Vec<String> {
    let report = store.read(|tx| verify(tx, &mut |_| {})).expect("a check");
    report.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_appended_is_read_again_as_it_was_written() {
    each(|store| {
        let new = story(9);
        let added = append(store, person(1), 0, new.clone()).unwrap();
        let loaded = load(store, 1);
        assert_eq!(added, loaded);
        let again: Vec<NewEntry> = loaded
            .iter()
            .map(|entry| NewEntry {
                on: entry.on,
                recorded_at: entry.recorded_at,
                author: entry.author.clone(),
                audience: entry.audience,
                corrects: entry.corrects,
                fact: entry.fact.clone(),
            })
            .collect();
        assert_eq!(again, new);
        assert_eq!(
            loaded.iter().map(|e| e.number).collect::<Vec<_>>(),
            (1..=9).collect::<Vec<_>>()
        );
        let correction = NewEntry { corrects: Some(8), ..note("as it should have been") };
        append(store, person(1), 9, vec![correction]).unwrap();
        assert_eq!(load(store, 1)[9].corrects, Some(8));
        assert!(load(store, 2).is_empty());
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn a_conflict_shows_what_others_wrote_and_keeps_theirs() {
    each(|store| {
        append(store, person(1), 0, story(3)).unwrap();
        append(store, person(1), 3, vec![note("theirs")]).unwrap();
        for last_seen in [0, 2, 3] {
            match append(store, person(1), last_seen, vec![note("ours")]) {
                Err(AppendError::Conflict { since }) => {
                    assert_eq!(since, load(store, 1)[last_seen as usize..]);
                }
                other => panic!("{other:?}"),
            }
        }
        // Someone who says they saw more than there is has seen another store.
        let ahead = append(store, person(1), 9, vec![note("ours")]);
        assert!(matches!(ahead, Err(AppendError::Conflict { since }) if since.is_empty()));
        assert_eq!(load(store, 1).len(), 4);
        assert!(append(store, person(1), 4, Vec::new()).unwrap().is_empty());
    });
}

#[test]
fn of_many_writers_on_one_person_one_wins_each_number_and_none_is_lost() {
    const WRITERS: u32 = 8;
    const EACH: u32 = 6;
    each(|store| {
        append(store, person(1), 0, vec![begun(true)]).unwrap();
        std::thread::scope(|scope| {
            for writer in 0..WRITERS {
                scope.spawn(move || {
                    for number in 0..EACH {
                        let mut last_seen = 1;
                        let mine = note(&format!("{writer} {number}"));
                        loop {
                            match append(store, person(1), last_seen, vec![mine.clone()]) {
                                Ok(_) => break,
                                Err(AppendError::Conflict { since }) => {
                                    assert!(!since.is_empty());
                                    last_seen += u32::try_from(since.len()).unwrap();
                                }
                                Err(AppendError::Store(StoreError::Busy)) => {}
                                Err(error) => panic!("{error}"),
                            }
                        }
                    }
                });
            }
        });
        let story = load(store, 1);
        assert_eq!(story.len(), 1 + (WRITERS * EACH) as usize);
        let facts: BTreeSet<String> = story.iter().map(|e| format!("{:?}", e.fact)).collect();
        assert_eq!(facts.len(), story.len(), "each is there once");
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn lists_say_what_the_story_says_after_every_append() {
    each(|store| {
        let all = [story(7), vec![objected()]].concat();
        for (number, new) in (0u32..).zip(all) {
            append(store, person(1), number, vec![new]).unwrap();
            let story = load(store, 1);
            let should = derive(&Person::fold(person(1), &story)).expect("begun");
            let kept = store.read(|tx| derived::derived(tx, person(1))).unwrap().expect("rows");
            assert_eq!(kept.summary, should.summary, "after entry {}", number + 1);
            assert_eq!(kept.work, should.work, "after entry {}", number + 1);
            let users = |members: &[care::record::derived::Membership]| {
                members.iter().map(|m| (m.user, m.keeper, m.since)).collect::<BTreeSet<_>>()
            };
            assert_eq!(users(&kept.members), users(&should.members));
        }
        let order = Order { today: day("2026-11-20"), by_risk: true };
        let ask = |tx: &mut dyn store::engine::Tx| {
            Ok::<_, StoreError>((
                lists::objected(tx)?,
                work::of(tx, &Owner::Team(TeamId::new("north")), order, (0, 10))?,
                lists::people_of_user(tx, user(11), 10)?,
            ))
        };
        let (objected, work, people) = store.read(ask).unwrap();
        assert_eq!(objected, [person(1)]);
        assert!(work.is_empty(), "nothing waits for someone who said no: {work:?}");
        let people: Vec<_> =
            people.into_iter().map(|(whom, stage, last)| (whom.person, stage, last)).collect();
        assert_eq!(people, [(person(1), Stage::Objected, day("2026-11-20"))]);
        append(store, person(2), 0, story(2)).unwrap();
        let (_, work, _) = store.read(ask).unwrap();
        assert_eq!(work.len(), 1);
        assert_eq!((work[0].due.person, work[0].due.task), (person(2), Task::AnswerContact));
    });
}

#[test]
fn a_change_of_many_people_stands_as_a_whole_or_not_at_all() {
    each(|store| {
        append(store, person(2), 0, story(2)).unwrap();
        let both: Result<(), AppendError> = store.write(|tx| {
            stories::append(tx, person(1), 0, &story(2))?;
            stories::append(tx, person(2), 0, &story(2))?;
            Ok(())
        });
        assert!(matches!(both, Err(AppendError::Conflict { .. })));
        assert!(load(store, 1).is_empty());
        assert_eq!(store.read(|tx| derived::derived(tx, person(1))).unwrap(), None);
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn every_view_is_written_down_in_order_and_the_person_can_read_it() {
    each(|store| {
        std::thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || {
                    for second in 0..5 {
                        loop {
                            let view = view(thread * 5 + second);
                            match store.write(move |tx| access::append(tx, person(1), &view)) {
                                Ok(_) => break,
                                Err(StoreError::Busy) => {}
                                Err(error) => panic!("{error}"),
                            }
                        }
                    }
                });
            }
        });
        let page = |before, limit| {
            store.read(|tx| access::accesses(tx, person(1), before, limit)).unwrap()
        };
        let first = page(None, 15);
        let second = page(Some(first[14].number), 15);
        let numbers: Vec<u32> = first.iter().chain(&second).map(|line| line.number).collect();
        assert_eq!(numbers, (1..=20).rev().collect::<Vec<_>>());
        let seconds: BTreeSet<_> = first.iter().chain(&second).map(|line| line.view.at).collect();
        assert_eq!(seconds.len(), 20);
        assert!(first.iter().chain(&second).any(|line| line.view == view(1)));
        assert!(page(Some(1), 9).is_empty());
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn searches_are_written_down_without_what_was_searched_for() {
    each(|store| {
        let search = access::Search {
            at: moment(5),
            by: author(),
            what: "search by name".to_owned(),
            shown: 3,
        };
        let other = access::Search { what: "people found".to_owned(), ..search.clone() };
        for one in [search.clone(), other.clone()] {
            store.write(move |tx| access::append_search(tx, &one)).unwrap();
        }
        let kept = store.read(|tx| access::searches(tx, author().user, moment(0))).unwrap();
        assert_eq!(kept, [search, other]);
        let later = store.read(|tx| access::searches(tx, author().user, moment(6))).unwrap();
        assert!(later.is_empty());
    });
}

#[test]
fn what_is_new_since_somebody_looked_is_found() {
    each(|store| {
        let one = person(1);
        append(store, one, 0, vec![begun(true), contact()]).expect("kept");
        let since = |at, of, among| {
            store.read(|tx| stories::since(tx, one, at, of, among)).expect("entries").len()
        };
        let other = user(77);
        assert_eq!((since(moment(-1), other, 9), since(moment(99_999), other, 9)), (2, 0));
        assert_eq!(since(moment(-1), other, 1), 1, "among the last alone");
        assert_eq!(since(moment(-1), author().user, 9), 0, "one’s own is nothing new");
        let looked = |but_for: &'static str| {
            store.read(|tx| access::last_look(tx, one, author().user, but_for)).expect("a look")
        };
        assert_eq!(looked("the name"), None);
        for (at, what) in [(5, "the record"), (9, "the name, in a list of work")] {
            let view =
                access::View { at: moment(at), by: author(), what: what.to_owned(), reason: None };
            store.write(move |tx| access::append(tx, one, &view)).expect("kept");
        }
        assert_eq!(looked("the name"), Some(moment(5)), "a name in a list is no look");
        assert_eq!(looked("nothing"), Some(moment(9)));
    });
}

#[test]
fn work_is_listed_by_owner_page_by_page() {
    each(|store| {
        let people: Vec<_> = (1..=5).map(person).collect();
        for one in &people {
            let one = *one;
            append(store, one, 0, vec![begun(true), contact(), contact()]).expect("kept");
        }
        for (one, risk) in [(people[1], "low"), (people[3], "high")] {
            let held = format!(
                r#"{{"kind":"review-held","ground":"first","person":"-","worker":"-","end":"same",
                    "why":"-","risk":"{risk}","next_by":"2027-01-01"}}"#
            );
            let held = serde_json::from_str(&held).expect("a review");
            append(store, one, 3, vec![entry(held)]).expect("kept");
        }
        let team = Owner::Team(TeamId::new("north"));
        let order = |by_risk| Order { today: day("2026-11-20"), by_risk };
        let list = |owner: &Owner, by_risk, page| {
            store.read(|tx| work::of(tx, owner, order(by_risk), page)).expect("work")
        };
        assert_eq!(list(&Owner::Team(TeamId::new("s")), true, (0, 9)), []);
        let all = list(&team, true, (0, 100));
        assert_eq!(all.len(), 10);
        assert_eq!(
            [all[0].due.person, all[9].due.person],
            [people[3], people[1]],
            "those at risk first"
        );
        // The store puts lines in the order that the program says, with and without the risk.
        for by_risk in [true, false] {
            let listed = list(&team, by_risk, (0, 100));
            assert!(listed.is_sorted_by_key(|line| order(by_risk).place(&line.due)), "{listed:?}");
        }
        // A page begins after the last line of the one before, whatever else is due that day.
        let mut paged: Vec<Line> = Vec::new();
        for read in [0, 3, 6, 9] {
            paged.extend(list(&team, true, (read, 3)));
        }
        assert_eq!(paged, all);
        let owners = store.read(work::owners).expect("owners");
        assert_eq!(owners, [team]);
        for line in &all {
            let (of, from) = (line.due.person, line.due.entry);
            assert_eq!((line.whom.person, line.entry.person, line.entry.number), (of, of, from));
        }
        let about = store.read(|tx| work::about(tx, people[0])).expect("lines");
        assert_eq!(
            about,
            all.iter().filter(|one| one.due.person == people[0]).cloned().collect::<Vec<_>>()
        );
        let entry = store.read(|tx| stories::entry(tx, people[0], 2)).expect("an entry");
        assert_eq!(entry.expect("it is there").fact.kind(), "contact");
        assert!(store.read(|tx| stories::entry(tx, people[0], 9)).expect("an answer").is_none());
    });
}
