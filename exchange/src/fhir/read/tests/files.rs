//! Files in every state a feed brings them in.

use std::fs;
use std::io::{self, Read};
use std::ops::ControlFlow;

use super::super::{Feed, LONGEST};
use super::*;

/// Each case: what the file holds, and what is told of it, in order, as line and beginning.
fn check(content: &[u8], expected: &[(u64, &str)]) {
    let items = read(content);
    let told: Vec<_> = items.iter().map(|arrived| (arrived.place.line, told(arrived))).collect();
    let shown = String::from_utf8_lossy(&content[..content.len().min(200)]);
    assert_eq!(told.len(), expected.len(), "{shown}\n{told:#?}");
    for ((line, told), (at, start)) in told.iter().zip(expected) {
        assert!(line == at && told.contains(start), "{shown}\nline {line}: {told}\nnot {start}");
    }
}

#[test]
fn line_ends_and_marks_do_not_matter() {
    let (a, b) = (patient("a"), patient("b"));
    let both: &[(u64, &str)] = &[(1, "taken Patient a"), (2, "taken Patient b")];
    check(format!("{a}\n{b}\n").as_bytes(), both);
    check(format!("{a}\n{b}").as_bytes(), both);
    check(format!("{a}\r\n{b}\r\n").as_bytes(), both);
    check(format!("\u{feff}{a}\n  {b}  \n\n").as_bytes(), both);
    let apart: &[(u64, &str)] = &[(3, "taken Patient a"), (5, "taken Patient b")];
    check(format!("\n \n{a}\n\n{b}").as_bytes(), apart);
    check(b"", &[]);
    check(b" \n\n", &[]);
}

#[test]
fn a_broken_line_harms_no_other() {
    let (a, b) = (patient("a"), patient("b"));
    let cases: &[(&[u8], &str)] = &[
        (br#"{"resourceType":"Patient","id":"x","#, "ends in the middle"),
        (br#"{"resourceType":"Patient","id":"x"}}"#, "not valid JSON"),
        (b"{\"resourceType\":\"Patient\",\"id\":\"\xff\xfe\"}", "not UTF-8"),
        (b"hello", "not a FHIR resource"),
        (b"[1,2]", "not a FHIR resource"),
        (br#"{"id":"x"}"#, "without a resourceType"),
        (br#"{"resourceType":7}"#, "wrong form"),
        (br#"{"resourceType":"Patient","id":"x","birthDate":1960}"#, "rejected Patient x: a part"),
        (br#"{"resourceType":"Patient","id":"x","id":"y"}"#, "duplicate field"),
        (br#"{"resourceType":"Patient","id":"x","resourceType":"Condition"}"#, "duplicate field"),
        (br#"{"resourceType":"Patient"}"#, "has no id"),
        (b"{\"a\":[", "ends in the middle"),
    ];
    for (broken, why) in cases {
        let file = [a.as_bytes(), broken, b.as_bytes()].join(&b'\n');
        check(&file, &[(1, "taken Patient a"), (2, why), (3, "taken Patient b")]);
        let file = [*broken, a.as_bytes(), b.as_bytes()].join(&b'\n');
        check(&file, &[(1, why), (2, "taken Patient a"), (3, "taken Patient b")]);
    }
}

#[test]
fn deep_nesting_is_passed_over_or_refused_but_never_followed_down() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let line = format!(r#"{{"resourceType":"Patient","id":"a","contained":{deep}}}"#);
    check(line.as_bytes(), &[(1, "taken Patient a")]);
    let line = format!(r#"{{"resourceType":"Patient","id":"a","name":{deep}}}"#);
    check(line.as_bytes(), &[(1, "rejected Patient a: a part")]);
    check("[".repeat(100_000).as_bytes(), &[(1, "rejected")]);
}

#[test]
fn keys_and_values_may_be_escaped() {
    let line =
        r#"{"resource\u0054ype":"Pati\u0065nt","i\u0064":"a","name":[{"family":"O\u2019Neill"}]}"#;
    let items = read(line.as_bytes());
    let Item::Person(person, _) = &items[0].item else { panic!("{items:?}") };
    assert_eq!(
        (person.resident.source.id.as_str(), person.resident.family.as_str()),
        ("a", "O’Neill")
    );
    let bundle = format!(r#"{{"resourceType":"Bundle","\u0065ntry":[{{"resource":{line}}}]}}"#);
    check(bundle.as_bytes(), &[(1, "opened"), (1, "taken Patient a")]);
}

#[test]
fn gzip_is_known_by_its_first_bytes_and_may_be_cut_short() {
    let text: String = (0..2_000).map(|number| patient(&format!("p{number}")) + "\n").collect();
    let whole = gzip(&text);
    assert_eq!(read(&whole[..]).len(), 2_000);
    let two = [gzip(&text), gzip(&text)].concat();
    assert_eq!(read(&two[..]).len(), 4_000, "files laid end to end are one");
    let cut = read(&whole[..whole.len() / 2]);
    let (last, before) = cut.split_last().unwrap();
    assert!(before.len() > 100, "what came before the cut is taken");
    assert!(before.iter().all(|arrived| told(arrived).starts_with("taken")));
    assert!(told(last).contains("cut short or damaged"), "{}", told(last));
    assert_eq!(last.place.line, before.len() as u64 + 1, "the line where it is cut is named");
}

#[test]
fn what_is_no_text_is_rejected_once() {
    check(b"\x7fELF\x02\x01\x01\x00\x00\nabc\nabc", &[(1, "not a text file")]);
    check(b"\xff\xfe{\x00}\x00", &[(1, "UTF-16")]);
}

#[test]
fn one_resource_or_bundle_may_fill_a_file() {
    let (a, c) = (patient("a"), condition("c", "a"));
    let pretty = "\n{\n  \"resourceType\": \"Patient\",\n  \"id\": \"a\"\n}\n";
    check(pretty.as_bytes(), &[(2, "taken Patient a")]);
    let bundle = format!(
        "{{\n \"type\": \"searchset\",\n \"entry\": [\n  {{\"resource\": {a}}},\n  {{\"resource\":\n   {c}}},\n  \
         {{\"request\": {{\"method\": \"DELETE\"}}}}\n ],\n \"resourceType\": \"Bundle\"\n}}"
    );
    let entries: &[(u64, &str)] = &[
        (1, "opened"),
        (4, "taken Patient a"),
        (5, "taken Condition"),
        (7, "left ?: an entry without a resource"),
    ];
    check(bundle.as_bytes(), entries);
    check(
        bundle.replace('\n', " ").as_bytes(),
        &entries.iter().map(|(_, told)| (1, *told)).collect::<Vec<_>>(),
    );
    check(b"{\n\"resourceType\": \"Patient\",\n\"id\": ", &[(1, "ends in the middle")]);
    check(b"[\n{},\n{}\n]", &[(1, "not a FHIR resource")]);
}

#[test]
fn a_damaged_bundle_gives_the_entries_before_the_damage() {
    let (a, b) = (patient("a"), patient("b"));
    let bundle = format!(
        r#"{{"resourceType":"Bundle","entry":[{{"resource":{a}}},{{"resource":{b}}},{{"res"#
    );
    check(
        bundle.as_bytes(),
        &[(1, "opened"), (1, "taken Patient a"), (1, "taken Patient b"), (1, "after entry 2")],
    );
    let nested = format!(
        r#"{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Bundle"}}}},{{"resource":{a}}}]}}"#
    );
    check(nested.as_bytes(), &[(1, "opened"), (1, "inside a Bundle"), (1, "taken Patient a")]);
}

/// So many times the same bytes, without holding them.
fn repeated(bytes: &'static str, times: u64) -> impl Read {
    struct Repeated(&'static [u8], usize);
    impl Read for Repeated {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            for byte in into.iter_mut() {
                *byte = self.0[self.1];
                self.1 = (self.1 + 1) % self.0.len();
            }
            Ok(into.len())
        }
    }
    Repeated(bytes.as_bytes(), 0).take(bytes.len() as u64 * times)
}

#[test]
fn a_line_too_long_to_hold_is_passed_over_to_its_end() {
    let (a, b) = (format!("{}\n", patient("a")), format!("\n{}\n", patient("b")));
    let long = repeated("x", 2 * LONGEST as u64 + 12_345);
    let items = read(a.as_bytes().chain(long).chain(b.as_bytes()));
    let told: Vec<_> = items.iter().map(told).collect();
    assert_eq!((told.len(), items[1].place.line, items[2].place.line), (3, 2, 3), "{told:?}");
    assert!(told[1].contains("the line is longer than"), "{told:?}");
    assert_eq!(told[2], "taken Patient b");
}

const ENTRY: &str = r#"{"resource":{"resourceType":"Patient","id":"a","text":"0123456789012345678901234567890123456789012345678901234567890123456789"}},"#;

#[test]
fn a_bundle_too_large_to_hold_is_read_entry_by_entry() {
    let times = LONGEST as u64 / ENTRY.len() as u64 + 1_000;
    let start = r#"{"resourceType":"Bundle","type":"searchset","entry":["#;
    let end = format!("{}]}}", &ENTRY[..ENTRY.len() - 1]);
    let on_one_line = start.as_bytes().chain(repeated(ENTRY, times)).chain(end.as_bytes());
    let last = format!("\n{}\n", patient("last"));
    let items = read(on_one_line.chain(last.as_bytes()));
    assert_eq!(items.len() as u64, 1 + times + 1 + 1);
    assert_eq!(told(&items[0]), "opened");
    assert!(items[1..].iter().all(|arrived| told(arrived).starts_with("taken Patient")));
    assert_eq!(items[items.len() - 2].place.entry, Some(times + 1));
    assert_eq!(items[items.len() - 1].place.line, 2);

    let start = "{\n\"resourceType\": \"Bundle\",\n\"entry\": [\n";
    let over_lines = start.as_bytes().chain(repeated(ENTRY, times)).chain(&b"\n"[..]);
    let items = read(over_lines);
    let (last, before) = items.split_last().unwrap();
    assert_eq!(before.len() as u64, 1 + times);
    assert!(told(last).contains("ends in the middle"), "{}", told(last));
}

#[test]
fn folders_are_read_in_one_order_whatever_the_disk_says() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("b/deep")).unwrap();
    for (name, text) in [
        ("Condition.ndjson", condition("c", "a")),
        ("b/Patient.ndjson", patient("a")),
        ("b/deep/no-name", patient("b")),
        ("Organization.json", r#"{"resourceType":"Organization","id":"o"}"#.to_owned()),
        ("notes.txt", "read me".to_owned()),
        (".hidden.ndjson", patient("h")),
    ] {
        fs::write(at(name), text).unwrap();
    }
    let feed = Feed::find(&[folder.path().to_owned()]).unwrap();
    let names: Vec<_> = feed.files.iter().map(|file| file.path.clone()).collect();
    let order = ["Organization.json", "b/Patient.ndjson", "Condition.ndjson", "b/deep/no-name"];
    assert_eq!(names, order.map(at));
    assert_eq!(feed.passed_over, [at("notes.txt")]);
    assert!(Feed::find(&[at("not there")]).unwrap_err().to_string().contains("not there"));

    let mut seen = Vec::new();
    super::super::read(&feed, "gp", &mut |parsed| {
        seen.extend(parsed.items.iter().map(|arrived| (arrived.place.file, told(arrived))));
        ControlFlow::Continue(())
    });
    let files: Vec<_> = seen.iter().map(|(file, _)| *file).collect();
    assert_eq!(files, [0, 1, 2, 3], "{seen:?}");
}

#[cfg(unix)]
#[test]
fn a_link_in_a_circle_is_followed_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ndjson"), patient("a")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    assert_eq!(Feed::find(&[folder.path().to_owned()]).unwrap().files.len(), 1);
}
