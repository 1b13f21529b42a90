//! What an invented borough promises: the same people everywhere, and people like a real place's.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;
use std::sync::LazyLock;

use borough::{
    Borough, IS_A_CARER, Inhabitant, Kind, LIVES_ALONE, Options, describe, write_ndjson,
};
use care::find::register::{Clinical, Death, Verification};
use law::day::{Day, PartialDay, Precision};
use sha2::{Digest, Sha256};

/// One borough for all tests that count.
static SAMPLE: LazyLock<Vec<Inhabitant>> =
    LazyLock::new(|| borough(1, 20_000).residents().collect());

fn borough(seed: u64, size: u32) -> Borough {
    Borough::new(seed, size).expect("a size in range")
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("memory can be written to");
    }
    text
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_every_machine() {
    let folder = tempfile::tempdir().unwrap();
    let told = &mut Vec::new();
    let written = write_ndjson(&borough(1, 1000), folder.path(), Options::default(), &mut |done| {
        told.push(done);
    });
    let written = written.unwrap();
    assert_eq!((written.practices, written.residents, told.as_slice()), (99, 1000, &[1000][..]));
    let digests: Vec<String> =
        written.files.iter().map(|file| hex(&std::fs::read(file).unwrap())).collect();
    // A change here changes every demonstration and every comparison with an older benchmark.
    assert_eq!(digests, DIGESTS);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "nothing else is left in the folder");
}

/// SHA-256 of the Organization, Patient and Condition files of seed 1 with 1,000 residents.
const DIGESTS: [&str; 3] = [
    "1d84e1cd1d740fe05c9448255794a454f3d43d176756b66345ccbe5dc269fbf2",
    "ff1db1533d651389a96e3e42bcee48a583abb03c6e4aaf4ed30a9f73f81b6b15",
    "9ad95647d32b49a4e16a8fea41b78d95cc45206f2fa73283e1cad02be84e7c01",
];

#[test]
fn compressed_files_hold_the_same_lines() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, packed) = (folder.path().join("plain"), folder.path().join("packed"));
    let one =
        write_ndjson(&borough(3, 1000), &plain, Options { gzip: false }, &mut |_| {}).unwrap();
    let two =
        write_ndjson(&borough(3, 1000), &packed, Options { gzip: true }, &mut |_| {}).unwrap();
    for (one, two) in one.files.iter().zip(&two.files) {
        let mut reader = flate2::read::GzDecoder::new(std::fs::File::open(two).unwrap());
        let mut unpacked = Vec::new();
        std::io::Read::read_to_end(&mut reader, &mut unpacked).unwrap();
        assert!(unpacked == std::fs::read(one).unwrap(), "{}", two.display());
    }
}

#[test]
fn every_line_is_a_resource_and_every_condition_follows_its_patients_order() {
    let folder = tempfile::tempdir().unwrap();
    let written =
        write_ndjson(&borough(2, 1000), folder.path(), Options::default(), &mut |_| {}).unwrap();
    let lines = |at: usize| -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(&written.files[at]).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let [organisations, patients, conditions] = [lines(0), lines(1), lines(2)];
    let practices: HashSet<&str> =
        organisations.iter().map(|one| one["id"].as_str().unwrap()).collect();
    for patient in &patients {
        let practice = patient["generalPractitioner"][0]["identifier"]["value"].as_str().unwrap();
        assert!(practices.contains(practice), "{practice} is a practice of the place");
    }
    let mut order = patients.iter().map(|patient| patient["id"].as_str().unwrap());
    let mut ids = HashSet::new();
    let mut last = None;
    for condition in &conditions {
        assert!(ids.insert(condition["id"].as_str().unwrap()));
        let subject = condition["subject"]["reference"].as_str().unwrap();
        let subject = subject.strip_prefix("Patient/").unwrap();
        if last != Some(subject) {
            assert!(order.any(|id| id == subject), "{subject} in the order of the patients");
            last = Some(subject);
        }
    }
    assert_eq!(conditions.len() as u64, written.conditions);
}

#[test]
fn another_seed_gives_other_people_and_a_larger_borough_begins_with_the_same() {
    let names = |seed, size| -> Vec<(String, Option<PartialDay>)> {
        let residents = borough(seed, size).residents().take(500);
        residents.map(|one| (one.resident.family, one.resident.born)).collect()
    };
    assert_ne!(names(1, 1000), names(2, 1000));
    assert_eq!(names(1, 1000), names(1, 5000));
}

#[test]
fn a_borough_has_a_thousand_to_two_million_residents() {
    for size in [0, 999, 2_000_001, u32::MAX] {
        let refusal = Borough::new(1, size).unwrap_err().to_string();
        assert!(refusal.contains("1,000 to 2,000,000"), "{refusal}");
    }
    assert!(Borough::new(1, 2_000_000).is_ok());
    assert_eq!(borough(9, 1234).residents().count(), 1234);
}

#[test]
fn every_nhs_number_is_in_the_test_range_and_given_once() {
    let numbers: HashSet<u64> = SAMPLE
        .iter()
        .map(|one| one.resident.nhs_number.expect("everyone has a number").number())
        .collect();
    assert_eq!(numbers.len(), SAMPLE.len());
    assert!(numbers.iter().all(|number| number / 10_000_000 == 999));
}

/// A table of the crate's own data.
fn table(text: &'static str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("a table of ours")
}

/// What a code says: of which conditions, and whether that they are over.
static CODES: LazyLock<BTreeMap<u64, (Vec<String>, bool)>> = LazyLock::new(|| {
    let rows = table(include_str!("../data/codes.csv")).into_iter().map(|row| {
        let conditions = row["condition"].split(' ').map(str::to_owned).collect();
        (row["snomed"].parse().expect("an id"), (conditions, row["use"] == "resolved"))
    });
    rows.collect()
});

/// The conditions that the records say a person has: of the sure and active diagnoses the latest is
/// later than every code that says it is over.
fn records_say(one: &Inhabitant) -> BTreeSet<&str> {
    let mut latest: BTreeMap<&str, [Option<Day>; 2]> = BTreeMap::new();
    for record in &one.records {
        let Some((conditions, over)) = CODES.get(&record.code) else { continue };
        let active =
            matches!(record.clinical, Clinical::Active | Clinical::Recurrence | Clinical::Relapse);
        if record.verification == Verification::Confirmed && (*over || active) {
            let day = record.onset.or(record.recorded).map(PartialDay::first);
            for condition in conditions {
                let days = &mut latest.entry(condition).or_default()[usize::from(*over)];
                *days = day.max(*days);
            }
        }
    }
    latest.into_iter().filter(|(_, [had, over])| had > over).map(|(key, _)| key).collect()
}

#[test]
fn the_records_say_what_is_true() {
    for one in SAMPLE.iter() {
        let truth: BTreeSet<&str> = one.conditions.keys().map(|(key, _)| key).collect();
        assert_eq!(records_say(one), truth, "{}: {:?}", one.resident.source.id, one.records);
    }
}

#[test]
fn the_hard_cases_are_there() {
    let records = || SAMPLE.iter().flat_map(|one| &one.records);
    let of_status = |status| records().filter(|record| record.clinical == status).count();
    for status in [
        Clinical::Active,
        Clinical::Inactive,
        Clinical::Remission,
        Clinical::Resolved,
        Clinical::Relapse,
        Clinical::Recurrence,
    ] {
        assert!(of_status(status) >= 10, "{status:?}: {}", of_status(status));
    }
    for verification in [Verification::EnteredInError, Verification::Refuted] {
        let count = records().filter(|record| record.verification == verification).count();
        assert!(count >= 10, "{verification:?}: {count}");
    }
    for precision in [Precision::Year, Precision::Month] {
        let known = |day: Option<PartialDay>| day.is_some_and(|day| day.precision() == precision);
        assert!(records().filter(|record| known(record.onset)).count() > 500, "{precision:?}");
        assert!(SAMPLE.iter().any(|one| known(one.resident.born)), "born: {precision:?}");
    }
    assert!(records().any(|record| record.onset.is_none()));
    for (what, code) in [
        ("asthma resolved", 162_660_004),
        ("kidney disease stage 2", 431_856_006),
        ("three conditions in one code", 140_121_000_119_100),
    ] {
        assert!(records().any(|record| record.code == code), "{what}");
    }
    let dead = SAMPLE.iter().filter(|one| one.resident.death != Death::Alive).count();
    assert!((30..130).contains(&dead), "{dead} have died");
    assert!(SAMPLE.iter().any(|one| one.resident.death == Death::Undated));
    assert!(SAMPLE.iter().any(|one| one.resident.restricted));
    let conditions = records().count();
    assert!((7..10).contains(&(conditions / SAMPLE.len())), "{conditions} records");
}

#[test]
fn names_hold_accents_apostrophes_and_hyphens() {
    let families = || SAMPLE.iter().map(|one| &one.resident.family);
    for hard in ['\'', '-', ' ', 'é', 'ł', 'ễ', 'ı'] {
        assert!(families().any(|family| family.contains(hard)), "{hard}");
    }
}

#[test]
fn prevalence_is_the_sources_and_the_scale_is_fitted() {
    let description = describe(&borough(4, 40_000));
    for rows in description.prevalence.chunks(3) {
        let have: u64 = rows.iter().map(|row| row.have).sum();
        let wanted: u64 =
            rows.iter().map(|row| row.target_per_100_000 * row.people / 100_000).sum();
        // Four standard deviations of chance, and a twentieth for the fit.
        let chance = 4 * wanted.isqrt() + wanted / 20;
        assert!(
            have.abs_diff(wanted) <= chance,
            "{}: {have} people have it, and {wanted} should: multiply its scale in conditions.csv \
             by {}/1000",
            rows[0].condition,
            wanted * 1000 / have.max(1)
        );
    }
}

/// Living adults of these ages, and among them how many conditions of tier 1.
fn adults(from: u8, to: u8) -> impl Iterator<Item = (&'static Inhabitant, usize)> {
    SAMPLE
        .iter()
        .filter(move |one| one.resident.death == Death::Alive && (from..=to).contains(&one.age))
        .map(|one| (one, one.conditions.count_tier_1()))
}

#[test]
fn conditions_come_together_as_they_do() {
    let at_least = |from, to, least| {
        let (mut all, mut with) = (0, 0);
        for (_, count) in adults(from, to) {
            all += 1;
            with += usize::from(count >= least);
        }
        (with, all)
    };
    let ((three, all), (two, _)) = (at_least(18, 130, 3), at_least(18, 130, 2));
    let of_two = three * 1000 / two;
    assert!((400..=550).contains(&of_two), "3+ is {of_two} thousandths of 2+");
    let of_adults = three * 1000 / all;
    assert!((40..=90).contains(&of_adults), "{of_adults} in 1000 adults have 3+");
    let (young, old) = (at_least(18, 64, 3), at_least(65, 130, 3));
    assert!(old.0 * young.1 > 6 * young.0 * old.1, "steep after 65: {young:?}, {old:?}");
}

#[test]
fn the_poor_have_more_at_the_same_age() {
    for (from, to) in [(40, 54), (55, 69), (70, 84)] {
        let mean = |poorest, richest| {
            let fitting =
                adults(from, to).filter(|(one, _)| (poorest..=richest).contains(&one.decile));
            let (people, sum) = fitting.fold((0, 0), |(n, sum), (_, count)| (n + 1, sum + count));
            sum * 1000 / people
        };
        let (poor, rich) = (mean(1, 2), mean(6, 10));
        assert!(poor * 100 > rich * 110, "{from}–{to}: {poor} and {rich} per 1000 people");
    }
}

#[test]
fn households_are_plausible() {
    let mut households: BTreeMap<u64, Vec<&Inhabitant>> = BTreeMap::new();
    for one in SAMPLE.iter() {
        households.entry(one.household).or_default().push(one);
    }
    households.pop_last();
    for (number, members) in &households {
        let first = members[0];
        for one in members {
            assert_eq!(one.resident.address, first.resident.address, "household {number}");
            assert_eq!(one.resident.lsoa, first.resident.lsoa, "household {number}");
        }
        assert!(members.iter().any(|one| one.age >= 18), "household {number} has an adult");
        let single = matches!(first.kind, Kind::Alone | Kind::OlderAlone | Kind::CareHome);
        assert_eq!(members.len() == 1, single, "household {number}: {:?}", first.kind);
        let says = |one: &Inhabitant, code| one.records.iter().any(|record| record.code == code);
        for one in members {
            assert!(!says(one, LIVES_ALONE) || members.len() == 1, "household {number}");
            assert_eq!(says(one, IS_A_CARER), one.carer, "household {number}");
        }
    }
    let share = |of: &dyn Fn(&Inhabitant) -> bool| {
        SAMPLE.iter().filter(|one| of(one)).count() * 1000 / SAMPLE.len()
    };
    for (what, found, range) in [
        ("children", share(&|one| one.age < 18), 160..210),
        ("65 and over", share(&|one| one.age >= 65), 70..95),
        ("carers", share(&|one| one.carer), 25..90),
        ("who live alone", share(&|one| one.kind == Kind::OlderAlone), 15..40),
        ("who need an interpreter", share(&|one| one.resident.interpreter), 20..90),
        ("White British", share(&|one| one.resident.ethnicity.as_deref() == Some("A")), 300..420),
    ] {
        assert!(range.contains(&found), "{what}: {found} in 1000");
    }
}

#[test]
fn people_live_in_real_areas_and_are_registered_at_real_practices_mostly_near_home() {
    let areas = table(include_str!("../data/areas.csv"));
    let practices = table(include_str!("../data/practices.csv"));
    let by = |rows: &[BTreeMap<String, String>], key: &str| -> BTreeMap<Option<String>, String> {
        let place = |row: &BTreeMap<String, String>| row["neighbourhood"].clone();
        rows.iter().map(|row| (Some(row[key].clone()), place(row))).collect()
    };
    let (homes, surgeries) = (by(&areas, "lsoa"), by(&practices, "ods"));
    let mut registered = HashSet::new();
    let mut near = 0;
    for one in SAMPLE.iter() {
        let home = homes.get(&one.resident.lsoa).expect("a real area");
        let practice = surgeries.get(&one.resident.practice).expect("a real practice");
        registered.insert(one.resident.practice.clone());
        near += usize::from(home == practice);
    }
    assert_eq!(registered.len(), practices.len(), "every practice has people");
    let near = near * 1000 / SAMPLE.len();
    assert!((700..900).contains(&near), "{near} in 1000 are registered where they live");
}
