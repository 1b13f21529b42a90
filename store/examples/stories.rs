//! Lays long stories in a store, so that pages over them can be measured (`bench/pages.py`).
//!
//! `cargo run --release -p store --example stories -- STORE PEOPLE ENTRIES FORMS` takes that many people
//! of the register in the store at STORE, and tells of each a story of so many entries: an assessment
//! by the forms in the folder FORMS, written and written anew, confirmed, with notes between; and at its
//! end a plan that was agreed, scored and reviewed. Each is in the team of one of the accounts in the store;
//! a line of JSON says whose. Some are on the list of one meeting.

use std::fs;
use std::path::Path;

use care::assess::form::{AnswerType, Form, Forms, Section};
use care::find::table::TextFile;
use care::record::entry::{Audience, Author, EntryNumber, NewEntry};
use care::record::fact::assess::{FormBegun, FormKind, Reply, SectionWritten, Voice};
use care::record::fact::{Begun, Fact, Identity, Note, TeamJoined};
use care::record::ids::{OrganisationId, PersonId, RoleId};
use care::record::moment::Moment;
use law::day::Day;
use serde_json::json;
use store::engine::{Reach, Statement};
use store::users::Account;
use store::{Store, StoreError, stories, users};

type Anything = Box<dyn std::error::Error + Send + Sync>;

const LIVING: &Statement = &Statement {
    name: "LIVING",
    sql: "select person_id from resident where restricted = 0 order by person_id limit $1",
    reach: Reach::Whole,
};

/// How many stories are kept in one transaction.
const LOT: usize = 50;

/// How short a story can be: its beginning, and its plan.
const LEAST: u32 = 20;

/// How many people are on the list of the meeting.
const AT_MEETING: usize = 30;

/// Every so many entries a section is written, going round the form; the others are notes.
const EVERY: u32 = 4;

fn main() -> Result<(), Anything> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [store, people, entries, forms] = arguments.as_slice() else {
        return Err("usage: stories STORE PEOPLE ENTRIES FORMS".into());
    };
    let (people, entries): (u32, u32) = (people.parse()?, entries.parse()?);
    if entries < LEAST {
        return Err(format!("a story has at least {LEAST} entries").into());
    }
    let forms = read_forms(Path::new(forms))?;
    let form = forms.of_kind(FormKind::Assessment).ok_or("there is no form of an assessment")?;
    let store = Store::open(store)?;
    let accounts = store.read(|tx| users::accounts(tx))?;
    if accounts.is_empty() {
        return Err("add the users first".into());
    }
    let read = move |tx: &mut dyn store::engine::Tx| {
        tx.all(LIVING, &[people.into()], |row| row.parsed(0, |text| text.parse().ok()))
    };
    let people: Vec<PersonId> = store.read::<_, StoreError>(read)?;
    let told: Vec<(PersonId, &Account)> = people.into_iter().zip(accounts.iter().cycle()).collect();
    let mut listed = 0..AT_MEETING;
    for lot in told.chunks(LOT) {
        let told = |(id, by): &(PersonId, &Account)| (*id, story(form, by, entries, listed.next()));
        let lot: Vec<_> = lot.iter().map(told).collect();
        store.write(move |tx| {
            for (person, story) in &lot {
                stories::append(tx, *person, 0, story)?;
            }
            Ok::<_, stories::AppendError>(())
        })?;
    }
    for (person, by) in told {
        println!("{}", json!({ "person": person, "login": by.login }));
    }
    Ok(())
}

fn read_forms(folder: &Path) -> Result<Forms, Anything> {
    let mut texts = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        texts.push((name, fs::read_to_string(&path)?));
    }
    let files: Vec<TextFile<'_>> =
        texts.iter().map(|(name, text)| TextFile { name, text }).collect();
    Forms::parse(&files).map_err(|problems| problems.to_string().into())
}

/// A story of so many entries, a day apart, that ends yesterday; with or without a place on the list of the
/// meeting.
fn story(form: &Form, by: &Account, entries: u32, listed: Option<usize>) -> Vec<NewEntry> {
    let mut last = vec![None; form.sections.len()];
    let mut written = 0;
    let plan = plan(by, entries, listed.is_some());
    let before = entries - u32::try_from(plan.len()).unwrap_or(0);
    let mut plan = plan.into_iter();
    (1..=entries)
        .map(|number| {
            let fact = match number {
                _ if number > before => plan.next().unwrap_or_else(|| panic!("as many as counted")),
                1 => Fact::Begun(Begun { identity: Identity::default(), on_register: true }),
                2 => joined(by),
                3 => begun(form, by),
                _ if number % EVERY == 0 => {
                    let at = written % form.sections.len().max(1);
                    written += 1;
                    let saw = last[at].replace(number);
                    section(form, &form.sections[at], saw, number)
                }
                _ => {
                    Fact::Note(Note { words: format!("{number} {}", "Seen at home. ".repeat(14)) })
                }
            };
            entry(by, entries - number, fact)
        })
        .collect()
}

/// A plan with three outcomes and six actions, two of them the account's own and late; agreed, scored, and
/// reviewed. They are the last entries of the story.
fn plan(by: &Account, entries: u32, listed: bool) -> Vec<Fact> {
    let length = 12 + u32::from(listed);
    let first = entries - length + 1;
    let day = |days: i32| today().plus_days(days).to_string();
    let user = json!({ "user": { "id": by.user, "name": by.name } });
    let mut facts = Vec::new();
    for at in 0..3 {
        facts.push(json!({
            "kind": "outcome-written", "words": format!("To get to the allotment {at}"),
            "area": "community", "need": "Gets breathless", "now": "Not since May",
            "hoped": "Out once a week", "agree_by": day(-10),
        }));
    }
    for at in 0..6 {
        let doer = if at < 2 { user.clone() } else { json!({ "named": "Maria" }) };
        facts.push(json!({
            "kind": "action-written", "outcome": first + at % 3, "what": "Go there with her",
            "source": "family", "doer": doer, "due": day(if at < 2 { -5 } else { 40 }),
            "known_by": "She was there", "agree_by": day(-10),
        }));
    }
    facts.push(json!({
        "kind": "plan-answered", "seen": first + 8, "answer": "agrees", "words": "Yes",
        "way": "spoken", "made": { "by": "person" },
    }));
    let scores = (0..3).map(|at| json!({ "outcome": first + at, "person": 0, "worker": 1 }));
    let scores: Vec<_> = scores.collect();
    facts.push(json!({ "kind": "outcomes-scored", "scores": scores, "wellbeing": 6 }));
    facts.push(json!({
        "kind": "review-held", "ground": "first", "person": "Better", "worker": "Walks further",
        "end": "same", "why": "It works", "risk": "medium", "next_by": day(20),
    }));
    if listed {
        facts.push(json!({
            "kind": "meeting-listed", "team": "southwark-walworth-team", "on": day(10),
            "why": "Three falls since August", "basis": "agreed",
        }));
    }
    let read = |fact| serde_json::from_value(fact).unwrap_or_else(|why| panic!("{why}"));
    facts.into_iter().map(read).collect()
}

fn joined(by: &Account) -> Fact {
    Fact::TeamJoined(TeamJoined {
        user: by.user,
        name: by.name.clone(),
        role: RoleId::new("social-worker"),
        organisation: OrganisationId::new("southwark-council"),
        keeper: true,
    })
}

fn begun(form: &Form, by: &Account) -> Fact {
    Fact::FormBegun(Box::new(FormBegun {
        form: form.id.clone(),
        purpose: form.kind,
        version: form.version,
        about: String::new(),
        why: String::new(),
        team: None,
        user: Some(by.user),
        due: today(),
    }))
}

/// A writing of a section: every question of words is answered in some two hundred characters.
fn section(form: &Form, section: &Section, saw: Option<EntryNumber>, number: u32) -> Fact {
    let of_words = section.questions.iter().filter(|one| {
        one.side == section.side && matches!(one.answer, AnswerType::Text | AnswerType::LongText)
    });
    let words = format!("{number} {}", "I go out with Maria on Thursdays. ".repeat(6));
    let replies = of_words.map(|one| (one.id.clone(), Reply::Text(words.clone())));
    Fact::SectionWritten(Box::new(SectionWritten {
        form: form.id.clone(),
        purpose: form.kind,
        version: form.version,
        occasion: None,
        section: section.id.clone(),
        voice: Voice::ALL
            .iter()
            .copied()
            .rfind(|voice| voice.side() == section.side)
            .unwrap_or(Voice::Professional),
        replies: replies.collect(),
        rests_on: "A visit".to_owned(),
        saw: saw.into_iter().collect(),
        team: None,
        good_until: None,
    }))
}

fn entry(by: &Account, days_ago: u32, fact: Fact) -> NewEntry {
    let on = today().plus_days(-i32::try_from(days_ago).unwrap_or(0));
    let at = format!("{on}T09:00:00Z");
    NewEntry {
        on,
        recorded_at: Moment::parse(&at).unwrap_or_else(|why| panic!("{why}")),
        author: Author {
            user: by.user,
            name: by.name.clone(),
            role: RoleId::new("social-worker"),
            organisation: OrganisationId::new("southwark-council"),
        },
        audience: Audience::Everyone,
        corrects: None,
        fact,
    }
}

fn today() -> Day {
    Day::new(2026, 11, 20).unwrap_or_else(|| panic!("a day of the calendar"))
}
