//! The rules of taking, over a register that is kept as the decisions say.

use std::collections::{BTreeMap, BTreeSet};

use law::day::PartialDay;
use proptest::prelude::*;

use super::super::testing::resident;
use super::*;

/// A register kept in memory, and the source's records as they arrive.
#[derive(Default, Clone, PartialEq, Eq, Debug)]
struct Register {
    residents: BTreeMap<PersonId, (Resident, Option<NhsNumber>, u64)>,
    aliases: BTreeMap<PersonId, Alias>,
    practices: BTreeMap<String, String>,
    organisations: BTreeMap<OrganisationRef, Pointer>,
}

impl Register {
    /// The memory of an import, filled as the store fills it.
    fn intake(&self) -> Intake {
        let mut intake = Intake::default();
        for (person, (resident, claimed, content)) in &self.residents {
            let record = PersonId::of_source(&resident.source.system, &resident.source.id);
            let known = Remembered {
                content: *content,
                updated: resident.updated,
                record,
                number: resident.nhs_number.or(*claimed),
                holds: resident.nhs_number.is_some(),
                verified: resident.nhs_verified,
                born: resident.born,
                death: resident.death,
                withdrawn: resident.withdrawn,
                laid: true,
            };
            intake.remember(*person, known, resident.practice.as_deref());
        }
        for (record, alias) in &self.aliases {
            intake.remember_alias(*record, *alias);
        }
        for (name, pointer) in &self.organisations {
            intake.remember_organisation(*name, pointer.clone());
        }
        for (ods, name) in &self.practices {
            intake.remember_practice(ods.clone(), name.clone(), None);
        }
        intake
    }

    fn keep(&mut self, batch: Batch) {
        for KeptResident { resident, claimed, content, .. } in batch.residents {
            self.residents.insert(resident.person, (resident, claimed, content));
        }
        for NumberSettled { person, number } in batch.settled {
            let row = self.residents.get_mut(&person).unwrap();
            (row.0.nhs_number, row.1) = (Some(number), None);
        }
        self.aliases.extend(batch.aliases);
        self.practices.extend(batch.practices.into_iter().map(|(one, _)| (one.ods, one.name)));
        self.organisations.extend(batch.organisations);
    }

    /// Takes a feed as an import does: what waits is brought again at the end.
    fn import(&mut self, feed: &[ArrivedPerson]) -> Vec<(How, Vec<String>)> {
        let mut intake = self.intake();
        let mut batch = Batch::default();
        let mut waiting = Vec::new();
        let mut told = Vec::new();
        for arrived in feed {
            match intake.take_person(arrived.clone(), false, &mut batch) {
                PersonOutcome::Waits => waiting.push(arrived.clone()),
                PersonOutcome::Taken(how, notes) => told.push((how, notes)),
            }
        }
        for arrived in waiting {
            match intake.take_person(arrived, true, &mut batch) {
                PersonOutcome::Waits => panic!("nobody waits at the last call"),
                PersonOutcome::Taken(how, notes) => told.push((how, notes)),
            }
        }
        intake.settle_numbers(&mut batch);
        self.keep(batch);
        told
    }

    fn person(&self, record: PersonId) -> PersonId {
        self.aliases.get(&record).map_or(record, |alias| alias.person)
    }

    fn of(&self, source: &str, id: &str) -> &Resident {
        let record = PersonId::of_source(source, id);
        &self.residents[&self.person(record)].0
    }
}

const NUMBERS: [&str; 3] = ["9990000018", "9990000026", "9990000034"];

fn arrived(source: &str, id: &str) -> ArrivedPerson {
    ArrivedPerson { resident: resident(source, id), also: None, registration: Registration::Unsaid }
}

fn with(source: &str, id: &str, number: usize, verified: bool, born: &str) -> ArrivedPerson {
    let mut one = arrived(source, id);
    one.resident.nhs_number = Some(NhsNumber::parse(NUMBERS[number]).unwrap());
    one.resident.nhs_verified = verified;
    one.resident.born = Some(PartialDay::parse(born).unwrap());
    one
}

fn at(mut one: ArrivedPerson, day: u8, family: &str) -> ArrivedPerson {
    one.resident.updated = Some(Moment::parse(&format!("2026-01-{day:02}T00:00:00Z")).unwrap());
    family.clone_into(&mut one.resident.family);
    one
}

#[test]
fn one_number_makes_one_person_only_when_verified_and_of_one_birth() {
    let first = with("gp", "a", 0, true, "1950-01-01");
    let cases = [
        ("verified, same birth", with("other", "b", 0, true, "1950-01-01"), true),
        ("verified, same feed", with("gp", "b", 0, true, "1950-01-01"), true),
        ("not verified", with("other", "b", 0, false, "1950-01-01"), false),
        ("another birth", with("other", "b", 0, true, "1950-01-02"), false),
        ("birth known by month", with("other", "b", 0, true, "1950-01"), false),
        ("another number", with("other", "b", 1, true, "1950-01-01"), false),
    ];
    for (what, second, same) in cases {
        let mut register = Register::default();
        let feed = [first.clone(), second.clone()];
        let told = register.import(&feed);
        assert_eq!(register.residents.len() == 1, same, "{what}");
        let (source, id) = (&second.resident.source.system, &second.resident.source.id);
        let holds_own = register.of(source, id).nhs_number == second.resident.nhs_number;
        assert_eq!(holds_own, same || what == "another number", "{what}");
        assert_eq!(told[1].1.len(), usize::from(what != "another number"), "{what}: {told:?}");
        let before = register.clone();
        let again = register.import(&feed);
        assert_eq!(register, before, "{what}: again");
        assert!(again.iter().all(|(how, _)| *how == How::Unchanged), "{what}: {again:?}");
        if what != "another number" && !same {
            assert_eq!(again[1].1, told[1].1, "{what}: still said");
        }
    }
}

#[test]
fn a_number_let_go_of_passes_to_who_claims_it() {
    let mut register = Register::default();
    let feed = [
        at(with("gp", "a", 0, true, "1950-01-01"), 1, "A"),
        at(with("gp", "b", 0, false, "1960-01-01"), 1, "B"),
        at(with("gp", "c", 0, true, "1970-01-01"), 1, "C"),
    ];
    register.import(&feed);
    assert!(
        register.of("gp", "b").nhs_number.is_none() && register.of("gp", "c").nhs_number.is_none()
    );
    let corrected = at(with("gp", "a", 1, true, "1950-01-01"), 2, "A");
    register.import(&[corrected]);
    assert_eq!(register.of("gp", "a").nhs_number.unwrap().to_string(), NUMBERS[1]);
    assert!(register.of("gp", "c").nhs_number.is_some(), "a verified claim comes first");
    assert!(register.of("gp", "b").nhs_number.is_none());
}

#[test]
fn a_number_let_go_of_is_for_whoever_claims_it_verified_whatever_comes_first() {
    let let_go = at(with("gp", "a", 1, true, "1950-01-01"), 2, "A");
    let claims = [
        at(with("gp", "b", 0, false, "1960-01-01"), 2, "B"),
        at(with("gp", "c", 0, true, "1970-01-01"), 2, "C"),
    ];
    for claims in [claims.clone(), [claims[1].clone(), claims[0].clone()]] {
        let mut register = Register::default();
        register.import(&[at(with("gp", "a", 0, true, "1950-01-01"), 1, "A")]);
        register.import(&[&[let_go.clone()][..], &claims].concat());
        let holds = |id: &str| register.of("gp", id).nhs_number.map(|number| number.to_string());
        assert_eq!(holds("c").as_deref(), Some(NUMBERS[0]));
        assert_eq!((holds("a").as_deref(), holds("b")), (Some(NUMBERS[1]), None));
    }
}

#[test]
fn older_news_never_replaces_newer() {
    let version = |day, family| at(arrived("gp", "a"), day, family);
    let mut register = Register::default();
    assert_eq!(register.import(&[version(2, "B")])[0].0, How::New);
    assert_eq!(register.import(&[version(1, "A")])[0].0, How::Unchanged);
    assert_eq!(register.of("gp", "a").family, "B");
    assert_eq!(register.import(&[version(2, "Corrected")])[0].0, How::Changed);
    assert_eq!(register.import(&[version(3, "C")])[0].0, How::Changed);
    assert_eq!(register.import(&[version(3, "C")])[0].0, How::Unchanged);
    assert_eq!(register.of("gp", "a").family, "C");
}

#[test]
fn what_a_record_says_later_waits_with_what_it_said_before() {
    let mut before = arrived("gp", "a");
    before.registration = Registration::Reference(OrganisationRef(9), "Organization/9".to_owned());
    "Before".clone_into(&mut before.resident.family);
    let mut after = arrived("gp", "a");
    "After".clone_into(&mut after.resident.family);
    let mut register = Register::default();
    register.import(&[before, after]);
    assert_eq!(register.of("gp", "a").family, "After");
}

#[test]
fn of_two_records_of_one_person_the_one_in_use_stands() {
    let mut old = at(with("gp", "old", 0, true, "1950-01-01"), 9, "Old");
    old.resident.withdrawn = true;
    let new = at(with("gp", "new", 0, true, "1950-01-01"), 1, "New");
    for feed in [[old.clone(), new.clone()], [new, old]] {
        let mut register = Register::default();
        register.import(&feed);
        assert_eq!(register.residents.len(), 1);
        assert_eq!(register.of("gp", "old").family, "New");
        let before = register.clone();
        register.import(&feed);
        assert_eq!(register, before);
    }
}

#[test]
fn a_record_withdrawn_later_in_a_feed_displaces_none_in_use() {
    let mut register = Register::default();
    let other = |day, verified| at(with("gp", "other", 0, verified, "1950-01-01"), day, "Other");
    let kept = |day, verified| at(with("gp", "kept", 0, verified, "1950-01-01"), day, "Kept");
    register.import(&[kept(1, true), other(1, true)]);
    let mut withdrawn = other(6, false);
    withdrawn.resident.withdrawn = true;
    let feed = [other(5, false), kept(2, false), withdrawn];
    for _ in 0..2 {
        register.import(&feed);
        assert_eq!(register.residents.len(), 1);
        assert_eq!(register.of("gp", "other").family, "Kept");
        assert!(!register.of("gp", "other").withdrawn);
    }
}

#[test]
fn a_person_known_by_a_story_is_found_again() {
    let person = PersonId::of_source("front door", "1");
    let number = NhsNumber::parse(NUMBERS[0]).unwrap();
    for (born, same) in [("1950-01-01", true), ("1950-01-02", false)] {
        let mut intake = Intake::default();
        intake.remember_story(person, number, PartialDay::parse(born).unwrap());
        let mut batch = Batch::default();
        intake.take_person(with("gp", "a", 0, true, "1950-01-01"), true, &mut batch);
        assert_eq!(batch.residents[0].resident.person == person, same);
        assert!(batch.residents[0].resident.nhs_number.is_some());
        let record = Subject::Record(PersonId::of_source("gp", "a"));
        assert_eq!(intake.person_of(record) == Some(person), same, "their records follow");
    }
}

#[test]
fn practices_are_found_through_roles_whenever_they_come() {
    let mut waiting = arrived("gp", "a");
    waiting.registration = Registration::Reference(OrganisationRef(1), "Practitioner/1".to_owned());
    let mut intake = Intake::default();
    let mut batch = Batch::default();
    let waits = intake.take_person(waiting.clone(), false, &mut batch);
    assert!(waits == PersonOutcome::Waits && batch.is_empty());
    intake.take_role(&[OrganisationRef(1)], &Pointer::Elsewhere(OrganisationRef(2)), &mut batch);
    let surgery = ArrivedOrganisation {
        refs: vec![OrganisationRef(2)],
        practice: Some(Practice { ods: "G85001".to_owned(), name: "The Surgery".to_owned() }),
        updated: None,
    };
    assert_eq!(intake.take_organisation(surgery.clone(), &mut batch), How::New);
    assert_eq!(intake.take_organisation(surgery, &mut batch), How::Unchanged);
    intake.take_person(waiting, true, &mut batch);
    assert_eq!(batch.residents[0].resident.practice.as_deref(), Some("G85001"));
    let mut lost = arrived("gp", "b");
    lost.registration = Registration::Reference(OrganisationRef(9), "Organization/9".to_owned());
    match intake.take_person(lost, true, &mut batch) {
        PersonOutcome::Taken(How::New, notes) => assert!(notes[0].contains("Organization/9")),
        outcome => panic!("{outcome:?}"),
    }
}

#[test]
fn a_record_that_names_itself_has_no_other_name() {
    let other = PersonId::of_source("bundle", "entry-1");
    let named = |also: PersonId| {
        let mut batch = Batch::default();
        let one = ArrivedPerson { also: Some(also), ..arrived("gp", "a") };
        Intake::default().take_person(one, true, &mut batch);
        batch.aliases.iter().map(|(record, _)| *record).collect::<Vec<_>>()
    };
    assert_eq!(named(other), [other]);
    assert_eq!(named(PersonId::of_source("gp", "a")), []);
}

#[test]
fn everybody_is_narrowed_to_their_own_practice() {
    let mut intake = Intake::default();
    let mut batch = Batch::default();
    for (id, ods) in [("a", "G1"), ("b", "G2"), ("c", "G1")] {
        let mut one = arrived("gp", id);
        one.registration = Registration::Ods(ods.to_owned());
        intake.take_person(one, true, &mut batch);
    }
    intake.take_person(arrived("gp", "d"), true, &mut batch);
    let at = |id: &str| intake.narrow(PersonId::of_source("gp", id)).unwrap().practice;
    assert_eq!(["a", "b", "c", "d"].map(at), [Some("G1"), Some("G2"), Some("G1"), None]);
}

#[test]
fn of_many_texts_for_a_code_the_shortest_stands_whatever_comes_first() {
    for order in [["Diabetes", "Type 2 diabetes"], ["Type 2 diabetes", "Diabetes"]] {
        let mut intake = Intake::default();
        let mut batch = Batch::default();
        for text in order {
            intake.take_text(1, text, &mut batch);
        }
        assert_eq!(batch.texts.last().unwrap().1, "Diabetes");
    }
}

/// Records of four ids in two feeds, sharing numbers and births; with `own_numbers`, a record never
/// changes its number.
fn any_feed(own_numbers: bool) -> impl Strategy<Value = Vec<ArrivedPerson>> {
    let one = (0..4u8, 0..4usize, any::<bool>(), 1..3u8, 1..9u8, any::<bool>(), any::<bool>());
    let one = one.prop_map(move |(id, number, verified, born, day, withdrawn, stamped)| {
        let source = if id % 2 == 0 { "gp" } else { "hospital" };
        let mut one = arrived(source, &id.to_string());
        let number = if own_numbers { usize::from(id) / 2 } else { number };
        if let Some(number) = NUMBERS.get(number) {
            one.resident.nhs_number = Some(NhsNumber::parse(number).unwrap());
            one.resident.nhs_verified = verified;
        }
        one.resident.born = Some(PartialDay::parse(&format!("1950-01-0{born}")).unwrap());
        one.resident.withdrawn = withdrawn;
        let one = at(one, day, &day.to_string());
        let mut bare = one.clone();
        bare.resident.updated = None;
        if stamped { one } else { bare }
    });
    proptest::collection::vec(one, 0..12)
}

fn each_once(mut feed: Vec<ArrivedPerson>) -> Vec<ArrivedPerson> {
    let mut said = BTreeSet::new();
    feed.retain(|one| said.insert(one.resident.person));
    feed
}

/// Leaves a record more than once in a feed only where each time says how new it is, and otherwise.
fn told_apart(mut feed: Vec<ArrivedPerson>) -> Vec<ArrivedPerson> {
    let unsaid = |one: &&ArrivedPerson| one.resident.updated.is_none();
    let unsaid: BTreeSet<_> = feed.iter().filter(unsaid).map(|one| one.resident.person).collect();
    let mut said = BTreeSet::new();
    feed.retain(|one| {
        let Resident { person, updated, .. } = one.resident;
        said.insert((person, if unsaid.contains(&person) { None } else { updated }))
    });
    feed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_number_is_held_once_and_nobody_is_lost(feed in any_feed(false)) {
        let mut register = Register::default();
        let told = register.import(&feed);
        prop_assert_eq!(told.len(), feed.len(), "each is taken");
        let mut held: Vec<_> =
            register.residents.values().filter_map(|row| row.0.nhs_number).collect();
        let count = held.len();
        held.sort();
        held.dedup();
        prop_assert_eq!(held.len(), count);
        for one in &feed {
            let record = one.resident.person;
            prop_assert!(register.residents.contains_key(&register.person(record)));
        }
        for (resident, claimed, _) in register.residents.values() {
            prop_assert!(resident.nhs_number.is_none() || claimed.is_none());
        }
    }

    #[test]
    fn importing_twice_is_importing_once(first in any_feed(false), second in any_feed(false)) {
        let (first, second) = (told_apart(first), told_apart(second));
        let mut register = Register::default();
        register.import(&first);
        register.import(&second);
        let once = register.clone();
        register.import(&second);
        prop_assert_eq!(register, once);
    }

    #[test]
    fn breaking_off_and_beginning_again_is_importing_once(
        first in any_feed(true), second in any_feed(true), cut in 0usize..12,
    ) {
        let (first, second) = (each_once(first), each_once(second));
        let mut whole = Register::default();
        whole.import(&first);
        let mut broken = whole.clone();
        whole.import(&second);
        // Killed after a batch, so without the settling at the end.
        let mut intake = broken.intake();
        let mut batch = Batch::default();
        for arrived in &second[..cut.min(second.len())] {
            intake.take_person(arrived.clone(), false, &mut batch);
        }
        broken.keep(batch);
        broken.import(&second);
        prop_assert_eq!(broken, whole);
    }

    #[test]
    fn records_that_share_no_number_come_in_any_order(
        days in proptest::collection::vec((0..4u8, 1..29u8), 0..12), seed in any::<u64>(),
    ) {
        // Each id with its own number, each day once: which is newer is always told.
        let mut stamps: BTreeMap<(u8, u8), ArrivedPerson> = BTreeMap::new();
        for (id, day) in days {
            let mut one = arrived("gp", &id.to_string());
            one.resident.nhs_number = NhsNumber::parse(NUMBERS[usize::from(id) % 3]).ok().filter(|_| id < 3);
            stamps.insert((id, day), at(one, day, &day.to_string()));
        }
        let mut feed: Vec<_> = stamps.into_values().collect();
        let mut register = Register::default();
        register.import(&feed);
        let mut state = seed;
        for place in (1..feed.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            feed.swap(place, usize::try_from(state >> 33).unwrap() % (place + 1));
        }
        let mut shuffled = Register::default();
        shuffled.import(&feed);
        prop_assert_eq!(shuffled, register);
    }
}

fn coded(record: u64, code: u64, updated: Option<i64>) -> Coded {
    use super::super::register::{Clinical, Verification};
    Coded {
        record,
        code,
        onset: None,
        recorded: None,
        clinical: Clinical::Active,
        verification: Verification::Confirmed,
        updated: updated.and_then(Moment::from_microseconds),
    }
}

#[test]
fn a_record_is_laid_with_the_others_by_its_number() {
    let mut records = Vec::new();
    let steps = [
        (coded(2, 10, Some(5)), How::New),
        (coded(1, 11, None), How::New),
        (coded(2, 10, Some(5)), How::Unchanged),
        (coded(2, 99, Some(4)), How::Unchanged),
        (coded(2, 12, Some(5)), How::Changed),
        (coded(2, 13, Some(6)), How::Changed),
        (coded(1, 14, None), How::Changed),
        (coded(1, 14, None), How::Unchanged),
    ];
    for (arrived, how) in steps {
        assert_eq!(merge(&mut records, arrived), how, "{arrived:?}");
    }
    assert_eq!(records, [coded(1, 14, None), coded(2, 13, Some(6))]);
}

/// What can be in a batch, and a way to put one in.
type Fill<'a> = (&'a str, &'a dyn Fn(&mut Batch));

#[test]
fn a_batch_is_empty_and_weighs_nothing_only_with_nothing_in_it() {
    let person = PersonId::of_source("gp", "a");
    let number = NhsNumber::parse(NUMBERS[0]).unwrap();
    let kept = KeptResident { resident: resident("gp", "a"), claimed: None, content: 0, new: true };
    let practice = Practice { ods: "G85001".to_owned(), name: "The Surgery".to_owned() };
    let pointer = Pointer::Nowhere;
    let fills: [Fill<'_>; 7] = [
        ("residents", &|batch| batch.residents.push(kept.clone())),
        ("settled", &|batch| batch.settled.push(NumberSettled { person, number })),
        ("aliases", &|batch| batch.aliases.push((person, Alias { person, seen: None }))),
        ("practices", &|batch| batch.practices.push((practice.clone(), None))),
        ("organisations", &|batch| {
            batch.organisations.push((OrganisationRef(1), pointer.clone()));
        }),
        ("texts", &|batch| batch.texts.push((1, "Asthma".to_owned()))),
        ("records", &|batch| batch.records.push((person, coded(1, 13, None)))),
    ];
    let mut all = Batch::default();
    assert!(all.is_empty() && all.weight() == 0);
    for (name, fill) in fills {
        let mut batch = Batch::default();
        fill(&mut batch);
        assert!(!batch.is_empty(), "{name}");
        let alone = batch.weight();
        fill(&mut batch);
        assert_eq!(batch.weight(), 2 * alone, "two weigh twice as much: {name}");
        assert!(alone > 0, "{name}");
        let before = all.weight();
        fill(&mut all);
        assert_eq!(all.weight(), before + alone, "{name} beside the others");
    }
}

#[test]
fn a_practice_is_kept_by_its_newest_name() {
    let at = |second: i64| Moment::from_microseconds(second * 1_000_000);
    let surgery = |name: &str, updated: Option<i64>| ArrivedOrganisation {
        refs: Vec::new(),
        practice: Some(Practice { ods: "G85001".to_owned(), name: name.to_owned() }),
        updated: updated.and_then(at),
    };
    let mut intake = Intake::default();
    intake.remember_practice("G85001".to_owned(), "One".to_owned(), at(5));
    // What comes in turn, what that is, and whether it is written.
    for (name, updated, how) in [
        ("One", Some(5), How::Unchanged),
        ("Older", Some(4), How::Unchanged),
        ("One", Some(6), How::Changed),
        ("Two", Some(6), How::Changed),
        ("Two", Some(6), How::Unchanged),
        ("Three", None, How::Changed),
        ("Four", Some(1), How::Changed),
    ] {
        let mut batch = Batch::default();
        assert_eq!(intake.take_organisation(surgery(name, updated), &mut batch), how, "{name}");
        assert_eq!(batch.practices.is_empty(), how == How::Unchanged, "{name}");
    }
}

#[test]
fn of_two_roles_the_lesser_stands_and_an_organisation_says_itself_where_it_is() {
    let practice = |ods: &str| Pointer::Ods(ods.to_owned());
    let (role, mut intake) = (OrganisationRef(1), Intake::default());
    let mut batch = Batch::default();
    let (less, more) = (practice("G1"), practice("G2"));
    assert!(less < more);
    for (to, how) in [
        (&more, How::New),
        (&more, How::Unchanged),
        (&less, How::Changed),
        (&more, How::Unchanged),
        (&less, How::Unchanged),
    ] {
        assert_eq!(intake.take_role(&[role], to, &mut batch), how, "{to:?}");
    }
    let organisation = |ods: &str| ArrivedOrganisation {
        refs: vec![role],
        practice: Some(Practice { ods: ods.to_owned(), name: "The Surgery".to_owned() }),
        updated: None,
    };
    intake.take_organisation(organisation("G2"), &mut batch);
    assert_eq!(batch.organisations.last(), Some(&(role, more)), "what it says of itself replaces");
}

#[test]
fn a_number_that_two_claim_leads_to_neither_persons_records() {
    let subject = || Subject::Number(NhsNumber::parse(NUMBERS[0]).unwrap());
    let mut intake = Intake::default();
    let mut batch = Batch::default();
    intake.take_person(with("gp", "a", 0, true, "1950-01-01"), true, &mut batch);
    let first = batch.residents[0].resident.person;
    assert_eq!(intake.person_of(subject()), Some(first));
    let told = intake.take_person(with("gp", "b", 0, true, "1960-01-01"), true, &mut batch);
    assert_eq!(intake.person_of(subject()), None);
    intake.settle_numbers(&mut batch);
    assert_eq!(intake.person_of(subject()), None, "settled, and still claimed by two");
    let PersonOutcome::Taken(_, notes) = told else { panic!("{told:?}") };
    assert!(notes[0].contains(&format!("that of another person ({first})")), "{notes:?}");
}

#[test]
fn a_text_that_is_kept_is_not_written_again() {
    let mut intake = Intake::default();
    intake.remember_text(1, "Diabetes".to_owned());
    let mut batch = Batch::default();
    for (text, written) in [("Diabetes", 0), ("Type 2 diabetes", 0), ("DM", 1)] {
        intake.take_text(1, text, &mut batch);
        assert_eq!(batch.texts.len(), written, "{text}");
    }
}
