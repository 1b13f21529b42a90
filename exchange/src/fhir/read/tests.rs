//! What the reader promises: every line and entry accounted for, whatever else the file holds.

mod alike;
mod examples;
mod files;
mod resources;

use std::io::{Read, Write};
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::blocks::Cutter;
use super::{Arrived, Item, Lines, Parsed, parse::Parser};

/// Reads one file's bytes, as a file of that content would be read.
fn read(content: impl Read) -> Vec<Arrived> {
    read_counted(content).0
}

/// The items, and how many lines were blank.
fn read_counted(content: impl Read) -> (Vec<Arrived>, u64) {
    let (mut items, mut blank) = (Vec::new(), 0);
    read_each(content, &mut |mut parsed| {
        blank += parsed.blank;
        items.append(&mut parsed.items);
    });
    (items, blank)
}

/// Hands over what each block holds.
fn read_each(content: impl Read, each: &mut dyn FnMut(Parsed)) {
    let mut parser = Parser::new("gp");
    let mut lines = Lines::default();
    let mut emit = |block| {
        let mut parsed: Parsed = parser.block(block);
        lines.number(&mut parsed);
        each(parsed);
        ControlFlow::Continue(())
    };
    let _ = Cutter::for_test(&mut emit).file(content);
}

fn gzip(text: &str) -> Vec<u8> {
    let mut to = GzEncoder::new(Vec::new(), Compression::fast());
    to.write_all(text.as_bytes()).unwrap();
    to.finish().unwrap()
}

/// What became of an item, in a few words.
fn told(arrived: &Arrived) -> String {
    match &arrived.item {
        Item::Person(person, _) => format!("taken Patient {}", person.resident.source.id),
        Item::Left(kind, why) => format!("left {kind}: {why}"),
        Item::Rejected(kind, id, why) => format!("rejected {kind} {id}: {why}"),
        Item::Bundle => "opened".to_owned(),
        item => format!("taken {}", item.kind()),
    }
}

fn patient(id: &str) -> String {
    format!(r#"{{"resourceType":"Patient","id":"{id}","gender":"female"}}"#)
}

/// A Condition as a surgery's system writes it.
pub(super) fn condition_of(id: &str, of: &str, code: &str, onset: &str, shown: &str) -> String {
    let status = |kind: &str, code: &str| {
        let system = format!("http://terminology.hl7.org/CodeSystem/{kind}");
        format!(r#"{{"coding":[{{"system":"{system}","code":"{code}"}}]}}"#)
    };
    let (clinical, sure) =
        (status("condition-clinical", "active"), status("condition-ver-status", "confirmed"));
    format!(
        r#"{{"resourceType":"Condition","id":"{id}","meta":{{"lastUpdated":"2026-01-01T10:00:00Z","profile":["http://example.org/p"]}},"clinicalStatus":{clinical},"verificationStatus":{sure},"category":[{{}},{{"text":"x"}}],"code":{{"coding":[{{"system":"http://snomed.info/sct","code":"{code}"}}],"text":"{shown}"}},"subject":{{"reference":"Patient/{of}"}},"onsetDateTime":"{onset}"}}"#
    )
}

fn condition(id: &str, of: &str) -> String {
    let code = r#"{"coding":[{"system":"http://snomed.info/sct","code":"73211009"}]}"#;
    format!(
        r#"{{"resourceType":"Condition","id":"{id}","code":{code},"subject":{{"reference":"Patient/{of}"}}}}"#
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bytes_of_any_kind_never_stop_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes[..]);
        let mut zipped = gzip("{\"resourceType\":\"Patient\",\"id\":\"a\"}\n");
        zipped.extend_from_slice(&bytes);
        read(&zipped[..]);
    }

    #[test]
    fn a_resource_broken_anywhere_never_stops_the_reader(
        cut in 0usize..400, byte in any::<u8>(), keep in any::<bool>(),
    ) {
        let bundle = format!(
            "{{\"resourceType\":\"Bundle\",\"entry\":[{{\"resource\":{}}},\n{{\"resource\":{}}}]}}",
            patient("a"), condition("c", "a"),
        );
        let mut bytes = bundle.into_bytes();
        let cut = cut % bytes.len();
        if keep {
            bytes[cut] = byte;
        } else {
            bytes.truncate(cut);
        }
        let before = bytes.clone();
        let items = read(&bytes[..]);
        prop_assert!(
            before.trim_ascii().is_empty() || !items.is_empty(),
            "nothing was said of {:?}", String::from_utf8_lossy(&before)
        );
    }

    #[test]
    fn every_line_that_is_not_blank_is_one_item(
        kinds in proptest::collection::vec(0usize..9, 1..60), last_line_ends in any::<bool>(),
    ) {
        let lines: Vec<Vec<u8>> = kinds.iter().enumerate().map(|(number, kind)| match kind {
            0 | 1 => patient(&format!("p{number}")).into_bytes(),
            2 | 3 => condition(&format!("c{number}"), "p0").into_bytes(),
            4 => br#"{"resourceType":"Encounter","id":"e"}"#.to_vec(),
            5 => br#"{"resourceType":"Patient","id":"#.to_vec(),
            6 => b"{\"resourceType\":\"Patient\",\"id\":\"\xff\"}".to_vec(),
            7 => b"not at all".to_vec(),
            _ => b"  ".to_vec(),
        }).collect();
        let mut file = lines.join(&b'\n');
        if last_line_ends {
            file.push(b'\n');
        }
        // A file whose first line opens what its second does not close is one document: begin well.
        let mut whole = patient("first").into_bytes();
        whole.push(b'\n');
        whole.append(&mut file);
        let (items, blank) = read_counted(&whole[..]);
        let unterminated = usize::from(!last_line_ends && kinds.last() == Some(&8));
        let blank = usize::try_from(blank).unwrap();
        prop_assert!(blank.abs_diff(kinds.iter().filter(|kind| **kind == 8).count()) <= unterminated);
        prop_assert_eq!(items.len(), 1 + kinds.iter().filter(|kind| **kind != 8).count());
        for (kind, arrived) in kinds.iter().filter(|kind| **kind != 8).zip(&items[1..]) {
            let expected = ["taken", "taken", "taken", "taken", "left", "rejected", "rejected", "rejected"];
            prop_assert!(told(arrived).starts_with(expected[*kind]), "{}", told(arrived));
        }
        let lines: Vec<u64> = items.iter().map(|arrived| arrived.place.line).collect();
        prop_assert!(lines.is_sorted_by(|a, b| a < b), "each at its own line: {lines:?}");
    }
}
