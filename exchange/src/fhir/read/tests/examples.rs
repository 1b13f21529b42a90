//! Real systems' examples, where they are at hand.

use std::path::{Path, PathBuf};

use super::super::{Feed, read as read_feed};
use super::*;

/// The examples beside the project, or none.
fn examples(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/fhir").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    let _ = writeln!(
        std::io::stderr(),
        "LEFT OUT: reading the examples of {name}, as {} is not there",
        folder.display()
    );
    None
}

fn all(folder: PathBuf) -> Vec<Arrived> {
    let feed = Feed::find(&[folder]).unwrap();
    let mut items = Vec::new();
    read_feed(&feed, "example", &mut |mut parsed| {
        items.append(&mut parsed.items);
        ControlFlow::Continue(())
    });
    items
}

fn count(items: &[Arrived], start: &str) -> usize {
    items.iter().filter(|arrived| told(arrived).starts_with(start)).count()
}

#[test]
fn american_data_is_read() {
    let Some(folder) = examples("synthea-10-patients") else { return };
    let items = all(folder);
    assert_eq!(count(&items, "taken Patient"), 13);
    assert_eq!(count(&items, "taken Condition"), 555);
    assert_eq!(count(&items, "taken Organization"), 43);
    assert_eq!(count(&items, "left Encounter"), 1_215);
    assert_eq!(count(&items, "rejected"), 0);
    assert_eq!(items.len(), 5_945);
    for arrived in &items {
        if let Item::Person(person, _) = &arrived.item {
            assert!(person.resident.nhs_number.is_none() && person.resident.born.is_some());
            assert!(arrived.notes.is_empty(), "{:?}", arrived.notes);
        }
    }
}

#[test]
fn the_demographics_service_is_read() {
    let Some(folder) = examples("pds-sandbox") else { return };
    let items = all(folder);
    assert_eq!(count(&items, "rejected"), 0);
    let people: Vec<_> = items
        .iter()
        .filter_map(|arrived| match &arrived.item {
            Item::Person(person, _) => Some(&person.resident),
            _ => None,
        })
        .collect();
    let of = |id: &'static str| people.iter().filter(move |one| one.source.id == id);
    assert!(of("9000000009").any(|one| one.nhs_verified && one.family == "Smith"));
    assert!(of("9000000025").next().is_some() && of("9000000025").all(|one| one.restricted));
    // One example's number fails its check digit: the person is taken without it.
    let without = people.iter().filter(|one| one.nhs_number.is_none());
    assert_eq!(without.map(|one| &*one.source.id).collect::<Vec<_>>(), ["9000000015"]);
}
