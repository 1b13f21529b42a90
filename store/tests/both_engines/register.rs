//! The register of residents on both engines: kept as decided, read and searched as kept.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use care::find::intake::{
    Alias, ArrivedPerson, Batch, How, Intake, OrganisationRef, PersonOutcome, Pointer,
    Registration, Subject,
};
use care::find::register::{
    Clinical, Coded, Death, Gender, Practice, Resident, Source, Verification,
};
use care::find::search::SearchQuery;
use care::record::derived::Stage;
use care::record::ids::{NhsNumber, PersonId, RunId};
use care::record::moment::Moment;
use law::day::PartialDay;
use store::lists::{self, Standing};
use store::register::{self, KeptBatch};
use store::{Store, StoreError, runs};
use uuid::Uuid;

use crate::engines::each;

fn person(id: &str) -> PersonId {
    PersonId::of_source("gp", id)
}

fn resident(id: &str, family: &str, given: &str, born: &str) -> Resident {
    Resident {
        person: person(id),
        source: Source { system: "gp".to_owned(), id: id.to_owned() },
        updated: Moment::parse("2026-01-01T00:00:00Z").ok(),
        nhs_number: None,
        nhs_verified: true,
        family: family.to_owned(),
        given: given.to_owned(),
        born: PartialDay::parse(born).ok(),
        death: Death::Alive,
        gender: Gender::Female,
        ethnicity: Some("M".to_owned()),
        language: Some("es".to_owned()),
        interpreter: true,
        address: vec!["1 High Street".to_owned(), "London".to_owned()],
        postcode: Some("SE15 1AA".to_owned()),
        lsoa: Some("E01003900".to_owned()),
        telephone: Some("07700 900000".to_owned()),
        practice: Some("G85001".to_owned()),
        restricted: true,
        withdrawn: false,
    }
}

fn coded(record: u64, code: u64) -> Coded {
    Coded {
        record,
        code,
        onset: PartialDay::parse("2020-02").ok(),
        recorded: PartialDay::parse("2020-03-04").ok(),
        clinical: Clinical::Active,
        verification: Verification::Confirmed,
        updated: None,
    }
}

/// An import under way, a transaction each batch.
struct Importing<'a> {
    store: &'a Store,
    intake: Intake,
    batch: Batch,
}

impl<'a> Importing<'a> {
    fn begin(store: &'a Store) -> Self {
        let intake = store.read::<_, StoreError>(register::load).unwrap();
        Self { store, intake, batch: Batch::default() }
    }

    fn take(&mut self, resident: &Resident) -> How {
        let registration = match &resident.practice {
            Some(ods) => Registration::Ods(ods.clone()),
            None => Registration::Unsaid,
        };
        let arrived = ArrivedPerson { resident: resident.clone(), also: None, registration };
        match self.intake.take_person(arrived, true, &mut self.batch) {
            PersonOutcome::Taken(how, _) => how,
            PersonOutcome::Waits => panic!("it is the last call"),
        }
    }

    fn record(&mut self, id: &str, record: Coded) {
        let person = self.intake.person_of(Subject::Record(person(id))).unwrap();
        self.batch.records.push((person, record));
    }

    fn keep(&mut self) -> KeptBatch {
        let batch = std::mem::take(&mut self.batch);
        let kept = self.store.bulk_write(|tx| register::keep(tx, &batch, &self.intake)).unwrap();
        self.intake.laid(&kept.laid);
        kept
    }

    fn end(mut self) {
        self.intake.settle_numbers(&mut self.batch);
        self.keep();
        let people = self.intake.not_laid();
        let lay = |tx: &mut dyn store::engine::Tx| register::lay_missing(tx, &people, &self.intake);
        self.store.bulk_write(lay).unwrap();
    }
}

fn version(store: &Store) -> i64 {
    store.read::<_, StoreError>(register::version).unwrap()
}

/// Everyone the scan shows: person, practice, codes.
fn scanned(store: &Store) -> Vec<(PersonId, Option<String>, Vec<u64>)> {
    let mut people = Vec::new();
    let scan = |tx: &mut dyn store::engine::Tx| {
        register::scan(tx, &mut |row| {
            assert_eq!(row.born, PartialDay::parse("1950-02-03").ok());
            let codes = row.coded.iter().map(|coded| coded.code).collect();
            people.push((row.person, row.practice.map(str::to_owned), codes));
        })
    };
    store.read(scan).unwrap();
    people.sort();
    people
}

#[test]
fn what_is_kept_is_read_again() {
    each(|store| {
        let mut whole = resident("a", "O'Neill", "Zoë", "1950-02-03");
        whole.nhs_number = NhsNumber::parse("9990000018").ok();
        whole.death = Death::On(PartialDay::parse("2026").unwrap());
        let mut bare = resident("b", "", "", "");
        bare.updated = None;
        bare.born = None;
        bare.death = Death::Undated;
        bare.ethnicity = None;
        bare.address = Vec::new();
        bare.postcode = None;
        bare.practice = None;
        let mut import = Importing::begin(store);
        assert_eq!((import.take(&whole), import.take(&bare)), (How::New, How::New));
        import.end();
        for resident in [&whole, &bare] {
            let read = |tx: &mut dyn store::engine::Tx| register::resident(tx, resident.person);
            assert_eq!(store.read(read).unwrap().as_ref(), Some(resident));
            let whom = store.read(|tx| lists::whom(tx, resident.person)).unwrap();
            let identity = whom.identity.expect("a name");
            assert_eq!((&identity.given, &identity.family), (&resident.given, &resident.family));
            assert_eq!((identity.born, &whom.practice), (resident.born, &resident.practice));
            assert_eq!(whom.restricted, resident.restricted);
        }
        let stranger = store.read(|tx| lists::whom(tx, person("nobody"))).unwrap();
        assert_eq!((stranger.identity, stranger.practice), (None, None));
        let mut again = Importing::begin(store);
        assert_eq!(again.take(&whole), How::Unchanged);
        assert_eq!(again.take(&bare), How::Unchanged);
        assert!(again.batch.is_empty());
    });
}

#[test]
fn records_are_laid_with_those_kept_and_counted() {
    each(|store| {
        let a = resident("a", "A", "A", "1950-02-03");
        let b = resident("b", "B", "B", "1950-02-03");
        let mut import = Importing::begin(store);
        import.take(&a);
        import.take(&b);
        import.record("a", coded(2, 20));
        import.record("a", coded(1, 10));
        import.record("a", coded(1, 10));
        let tally = import.keep().records;
        assert_eq!((tally.new, tally.changed, tally.unchanged), (2, 0, 1));
        import.record("a", coded(3, 30));
        import.record("a", coded(2, 21));
        let tally = import.keep().records;
        assert_eq!((tally.new, tally.changed, tally.unchanged), (1, 1, 0));
        import.end();
        let practice = Some("G85001".to_owned());
        let mut expected = vec![
            (person("a"), practice.clone(), vec![10, 21, 30]),
            (person("b"), practice, vec![]),
        ];
        expected.sort();
        assert_eq!(scanned(store), expected);
        let before = version(store);
        let mut again = Importing::begin(store);
        again.take(&a);
        again.record("a", coded(1, 10));
        assert_eq!(again.keep().records.unchanged, 1);
        again.end();
        assert_eq!(version(store), before, "nothing changed");

        let mut moved = resident("a", "A", "A", "1950-02-03");
        moved.practice = Some("G85002".to_owned());
        let mut gone = resident("b", "B", "B", "1950-02-03");
        gone.withdrawn = true;
        let mut import = Importing::begin(store);
        assert_eq!((import.take(&moved), import.take(&gone)), (How::Changed, How::Changed));
        import.end();
        let now = vec![(person("a"), Some("G85002".to_owned()), vec![10, 21, 30])];
        assert_eq!(scanned(store), now, "the withdrawn are not shown");
        assert!(version(store) > before);
        let read = |tx: &mut dyn store::engine::Tx| register::coded_of(tx, person("a"));
        assert_eq!(store.read(read).unwrap().len(), 3);
    });
}

#[test]
fn a_number_may_pass_from_one_to_another_in_one_batch() {
    each(|store| {
        let number = |text: &str| NhsNumber::parse(text).ok();
        let mut a = resident("a", "A", "A", "1950-02-03");
        let mut b = resident("b", "B", "B", "1960-02-03");
        (a.nhs_number, b.nhs_number) = (number("9990000018"), number("9990000026"));
        let mut import = Importing::begin(store);
        import.take(&a);
        import.take(&b);
        import.end();
        std::mem::swap(&mut a.nhs_number, &mut b.nhs_number);
        let mut import = Importing::begin(store);
        import.take(&a);
        import.take(&b);
        import.end();
        for one in [&a, &b] {
            let read = |tx: &mut dyn store::engine::Tx| register::resident(tx, one.person);
            assert_eq!(store.read(read).unwrap().unwrap().nhs_number, one.nhs_number);
        }
    });
}

#[test]
fn references_practices_aliases_and_texts_last() {
    each(|store| {
        let mut import = Importing::begin(store);
        import.take(&resident("a", "A", "A", "1950-02-03"));
        let batch = &mut import.batch;
        batch.aliases.push((person("other"), Alias { person: person("a"), seen: None }));
        for name in ["First", "Second"] {
            let practice = Practice { ods: "G85001".to_owned(), name: name.to_owned() };
            batch.practices.push((practice, None));
        }
        batch.organisations.push((OrganisationRef(u64::MAX), Pointer::Ods("G85001".to_owned())));
        batch
            .organisations
            .push((OrganisationRef(1), Pointer::Elsewhere(OrganisationRef(u64::MAX))));
        batch.texts.push((999_480_451_000_087_102, "Text".to_owned()));
        import.end();
        let names = store.read(register::practice_names).unwrap();
        assert_eq!(names, [("G85001".to_owned(), "Second".to_owned())]);
        let texts = store.read(register::code_texts).unwrap();
        assert_eq!(texts, [(999_480_451_000_087_102, "Text".to_owned())]);
        let of = |tx: &mut dyn store::engine::Tx| register::person_of(tx, person("other"));
        assert_eq!(store.read(of).unwrap(), person("a"));
        let mut again = Importing::begin(store);
        assert_eq!(again.intake.person_of(Subject::Record(person("other"))), Some(person("a")));
        let mut arrived = resident("b", "B", "B", "1950-02-03");
        arrived.practice = None;
        let registration = Registration::Reference(OrganisationRef(1), String::new());
        let arrived = ArrivedPerson { resident: arrived, also: None, registration };
        again.intake.take_person(arrived, false, &mut again.batch);
        assert_eq!(again.batch.residents[0].resident.practice.as_deref(), Some("G85001"));
    });
}

fn found(store: &Store, typed: &str) -> Vec<String> {
    let query = SearchQuery::read(typed);
    let search = |tx: &mut dyn store::engine::Tx| register::search(tx, &query, 50, None);
    let page = store.read(search).unwrap();
    assert!(page.next.is_none());
    page.residents.into_iter().map(|one| one.source.id).collect()
}

#[test]
fn people_are_found_by_any_part_of_what_is_known() {
    each(|store| {
        let mut import = Importing::begin(store);
        for (id, family, given, born) in [
            ("1", "O'Neill", "Zoë", "1950-02-03"),
            ("2", "Smith-Jones", "Anne Marie", "1950-02"),
            ("3", "van der Berg", "Łukasz", "1960-01-01"),
            ("4", "Smith", "Ann", "1950-02-03"),
            ("5", "Émile", "Søren", "1950"),
        ] {
            let mut one = resident(id, family, given, born);
            if id == "4" {
                one.nhs_number = NhsNumber::parse("9990000018").ok();
            }
            import.take(&one);
        }
        import.end();
        let cases: &[(&str, &[&str])] = &[
            ("oneill", &["1"]),
            ("O’NEILL zoe", &["1"]),
            ("neill", &["1"]),
            ("smith", &["4", "2"]),
            ("jones anne", &["2"]),
            ("smith-jones", &["2"]),
            ("ann", &["4", "2"]),
            ("ann smith", &["4", "2"]),
            ("berg lukasz", &["3"]),
            ("van der berg", &["3"]),
            ("emile soren", &["5"]),
            ("3/2/1950", &["5", "1", "4", "2"]),
            ("smith 1950-02-03", &["4", "2"]),
            ("999 000 0018", &["4"]),
            ("999 000 0018 smith", &["4"]),
            ("999 000 0018 jones", &[]),
            ("nobody", &[]),
            ("%", &[]),
            ("", &[]),
        ];
        for (typed, expected) in cases {
            assert_eq!(found(store, typed), *expected, "‘{typed}’");
        }
    });
}

#[test]
fn a_changed_name_is_found_by_the_new_one_only() {
    each(|store| {
        for family in ["Before", "After"] {
            let mut import = Importing::begin(store);
            import.take(&resident("a", family, "Ana", "1950-02-03"));
            import.end();
        }
        assert_eq!(found(store, "after ana"), ["a"]);
        assert!(found(store, "before").is_empty());
    });
}

#[test]
fn pages_of_an_answer_follow_each_other_without_gap_or_double() {
    each(|store| {
        let mut import = Importing::begin(store);
        for number in 0..47 {
            // Many share a name: the person decides then.
            let family = format!("Smith{}", number / 5);
            import.take(&resident(&number.to_string(), &family, "Smilla", "1950-02-03"));
        }
        import.end();
        let query = SearchQuery::read("smi");
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let search = |tx: &mut dyn store::engine::Tx| register::search(tx, &query, 10, after);
            let page = store.read(search).unwrap();
            seen.extend(page.residents.iter().map(|one| (one.family.clone(), one.person)));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), 47);
        assert!(seen.is_sorted_by_key(|(family, _)| family.clone()));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 47);
    });
}

#[test]
fn those_whom_a_run_found_are_listed_as_they_stand_now() {
    use crate::people::{append, begun, day, invited, joined, moment, user};
    let run = runs::Run {
        id: RunId::from_uuid(Uuid::from_u128(1)),
        criterion: "three-or-more".to_owned(),
        version: "1".to_owned(),
        reason: "three or more".to_owned(),
        digest: "d".repeat(64),
        as_of: day("2026-11-01"),
        register_version: 1,
        at: moment(0),
        registered: 6,
        adults: 6,
        found: 6,
        objected: 0,
        summary: "{}".to_owned(),
    };
    let other = runs::Run { id: RunId::from_uuid(Uuid::from_u128(2)), ..run.clone() };
    let found = |of: &runs::Run, id: &str, practice: &str, conditions| runs::Found {
        person: person(id),
        run: of.id,
        practice: Some(practice.to_owned()),
        neighbourhood: None,
        network: None,
        conditions,
        evidence: "[]".to_owned(),
    };
    each(|store| {
        let mut import = Importing::begin(store);
        for (id, practice, restricted) in [
            ("untouched", Some("G85001"), false),
            ("mine", Some("G85001"), true),
            ("moved away", Some("G85002"), false),
            ("left", None, false),
            ("elsewhere", Some("G85002"), false),
        ] {
            let practice = practice.map(str::to_owned);
            import.take(&Resident {
                practice,
                restricted,
                ..resident(id, "Smith", "Ana", "1950-02-03")
            });
        }
        import.end();
        // One of mine whom I do not keep, one of another's, one that nobody has in their team.
        append(store, person("mine"), 0, vec![begun(true), joined(11, false)]).unwrap();
        append(store, person("moved away"), 0, vec![begun(true), joined(12, true)]).unwrap();
        append(store, person("left"), 0, vec![begun(true), invited()]).unwrap();
        let of_run = [
            ("untouched", "G85001", 3),
            ("mine", "G85001", 4),
            ("moved away", "G85001", 5),
            ("left", "G85001", 4),
            ("elsewhere", "G85002", 9),
            ("not on the register", "G85001", 9),
        ];
        let of_run = of_run.map(|(id, practice, count)| found(&run, id, practice, count));
        let of_other = [found(&other, "untouched", "G85001", 8)];
        store.bulk_write(|tx| runs::save(tx, &run, &of_run)).unwrap();
        store.bulk_write(|tx| runs::save(tx, &other, &of_other)).unwrap();
        let standing =
            |who| store.read(|tx| lists::standing(tx, run.id, "G85001", user(who))).unwrap();
        let one = |id: &str, conditions, practice: Option<&str>, member, stage| Standing {
            person: person(id),
            conditions,
            practice: practice.map(str::to_owned),
            restricted: id == "mine",
            member,
            stage,
            plan: None,
            objected: false,
        };
        let seen_by = |member_of: &str| {
            let mut all = vec![
                one("moved away", 5, Some("G85002"), member_of == "moved away", Some(Stage::Known)),
                one("mine", 4, Some("G85001"), member_of == "mine", Some(Stage::Known)),
                one("left", 4, None, false, Some(Stage::Invited)),
                one("untouched", 3, Some("G85001"), false, None),
            ];
            all.sort_by_key(|one| (std::cmp::Reverse(one.conditions), one.person));
            all
        };
        for (who, member_of) in [(11, "mine"), (12, "moved away"), (13, "")] {
            assert_eq!(standing(who), seen_by(member_of), "user {who}");
        }
        let nowhere = store.read(|tx| lists::standing(tx, run.id, "G85009", user(11)));
        assert_eq!(nowhere.unwrap(), []);
    });
}
