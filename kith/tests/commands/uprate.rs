//! April, as a finance officer runs it: what people pay is brought in, and moves with the year.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use care::record::fact::{Fact, Ground};
use care::record::ids::PersonId;
use law::day::Day;
use serde_json::Value;
use store::{Store, StoreError, stories};

use crate::running::{self, Kith, Place};

/// A borough whose supported people were brought in with the charges of 2025-26.
struct Council(Place);

impl Council {
    /// A copy of one that is made once: its store, which no program has open, and its people.
    fn new() -> Self {
        static FIRST: OnceLock<Council> = OnceLock::new();
        let first = FIRST.get_or_init(Self::made);
        let council = Self(Place::new());
        for file in ["kith.sqlite", "people.ndjson"] {
            fs::copy(first.0.path(file), council.0.path(file)).unwrap();
        }
        council
    }

    fn made() -> Self {
        let council = Self(Place::new());
        let (feed, people) = (council.0.path("feed"), council.0.path("people.ndjson"));
        let (feed, people) = (feed.to_str().unwrap(), people.to_str().unwrap());
        let borough = ["borough", "--residents", "8000", "--seed", "3"];
        council.kith("2026-03-20", &[&borough[..], &["--out", feed]].concat(), 0);
        council.kith("2026-03-20", &[&borough[..], &["--finances", people]].concat(), 0);
        council.kith("2026-03-20", &["import", "fhir", feed], 0);
        council.0.add_user("samuel", "finance-officer", "lewisham-council", "lewisham-finance");
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

    fn command(&self, today: &str, arguments: &[&str]) -> Kith {
        self.0.kith(arguments).on(today)
    }

    fn kith(&self, today: &str, arguments: &[&str], code: i32) -> String {
        self.command(today, arguments).run().ended(code).out
    }

    fn bring_in(&self, more: &[&str]) -> Value {
        let people = self.0.path("people.ndjson");
        let words = ["import", "charges", people.to_str().unwrap(), "--as", "samuel", "--json"];
        serde_json::from_str(&self.kith("2026-03-20", &[&words[..], more].concat(), 0)).unwrap()
    }

    fn uprate(&self, today: &str, more: &[&str]) -> Value {
        let words = ["uprate", "--from", "2025-26", "--to", "2026-27", "--as", "samuel", "--json"];
        let answered = self.command(today, &[&words[..], more].concat()).run();
        assert!(answered.code < 2, "{}", answered.err);
        answered.json()
    }

    /// What each person pays a week on some days, and by how many decisions of the new year.
    fn charges(&self, days: &[&str]) -> BTreeMap<PersonId, (Vec<String>, usize)> {
        let store = Store::open(&self.0.store()).unwrap();
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
    let (policy, page) = (council.0.path("new.toml"), council.0.path("page.html"));
    let more =
        "version = \"1\"\nsource = \"tried\"\n[from.2022-04-11]\nmig-uplift-sum = \"5.00\"\n";
    fs::write(&policy, more).unwrap();
    let (base, onto) = (running::policy(), page.to_str().unwrap());
    let words = ["simulate", "--json", "--base", base.to_str().unwrap(), "--page", onto];
    let answer = council.command("2026-03-20", &words).by(&policy).run().ended(0).json();
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
        unfinished += usize::from(council.command("2026-03-20", &words).killed_after(wait));
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
        council.command(today, &[&["uprate"], words].concat()).run().ended(2).err
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
