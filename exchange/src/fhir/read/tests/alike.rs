//! Reading by moulds gives what reading in full gives, whatever is done to the lines.
//!
//! Each case takes a Condition of the kinds that feeds hold, changes its form, and reads some lines
//! of that form with other texts, so that moulds are learned from odd forms too; then it damages
//! the bytes. One reader keeps its moulds, the other forgets them before each line.

use std::fmt;

use care::find::register::{Clinical, Verification};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::super::alike::Moulds;
use super::super::blocks::{Block, Piece};
use super::*;
use crate::fhir::write;

/// How many forms are tried.
const CASES: u64 = 4_000;

/// Chance that is the same at every run (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % end.max(1)
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn text(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// JSON as it is written: members in order, and as often as they stand there.
#[derive(Debug, Clone)]
enum Node {
    Text(String),
    /// A number, a yes, a no or nothing.
    Bare(&'static str),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Nodes;
        impl<'de> Visitor<'de> for Nodes {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }

            fn visit_bool<E: de::Error>(self, yes: bool) -> Result<Node, E> {
                Ok(Node::Bare(if yes { "true" } else { "false" }))
            }

            fn visit_f64<E: de::Error>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Bare("3.5"))
            }

            fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
                Ok(Node::Bare("null"))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
                let mut nodes = Vec::new();
                while let Some(node) = list.next_element()? {
                    nodes.push(node);
                }
                Ok(Node::List(nodes))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Node::Object(members))
            }
        }
        from.deserialize_any(Nodes)
    }
}

/// How a form is written: the same for all lines of it.
#[derive(Clone, Copy)]
struct Style {
    after_colon: &'static str,
    after_comma: &'static str,
    /// Every letter a key has of this one is written as an escape.
    escaped: Option<char>,
}

impl Node {
    fn write(&self, style: Style, out: &mut String) {
        match self {
            Self::Text(text) => quoted(text, out),
            Self::Bare(bare) => out.push_str(bare),
            Self::List(nodes) => {
                out.push('[');
                for (place, node) in nodes.iter().enumerate() {
                    out.push_str(if place > 0 { "," } else { "" });
                    node.write(style, out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (place, (key, node)) in members.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                        out.push_str(style.after_comma);
                    }
                    let mut name = String::new();
                    quoted(key, &mut name);
                    if let Some(letter) = style.escaped {
                        name = name.replace(letter, &format!("\\u{:04x}", u32::from(letter)));
                    }
                    out.push_str(&name);
                    out.push(':');
                    out.push_str(style.after_colon);
                    node.write(style, out);
                }
                out.push('}');
            }
        }
    }

    /// Somewhere in the tree, the root included.
    fn somewhere(&mut self, chance: &mut Chance) -> &mut Self {
        let children = match self {
            Self::List(nodes) => nodes.len(),
            Self::Object(members) => members.len(),
            _ => 0,
        };
        if children == 0 || chance.one_in(5) {
            return self;
        }
        let place = chance.below(children);
        match self {
            Self::List(nodes) => nodes[place].somewhere(chance),
            Self::Object(members) => members[place].1.somewhere(chance),
            other => other,
        }
    }

    /// Changes the form at one place.
    fn bend(&mut self, chance: &mut Chance) {
        let whole = self.clone();
        let node = self.somewhere(chance);
        let other = match chance.below(4) {
            0 => Self::Bare(chance.text(&["null", "true", "-1.5e3"])),
            1 => Self::Text(chance.text(TEXTS).to_owned()),
            2 => whole.clone().somewhere(chance).clone(),
            _ if chance.one_in(2) => Self::Object(Vec::new()),
            _ => Self::List(Vec::new()),
        };
        match (node, chance.below(8)) {
            (Self::Object(members), 0 | 1) if !members.is_empty() => {
                let (from, to) = (chance.below(members.len()), chance.below(members.len()));
                members.swap(from, to);
            }
            (Self::Object(members), 2) if !members.is_empty() => {
                let member = chance.of(members).clone();
                members.insert(chance.below(members.len() + 1), member);
            }
            (Self::Object(members), 3 | 4) => {
                let key = chance.text(KEYS).to_owned();
                members.insert(chance.below(members.len() + 1), (key, other));
            }
            (Self::Object(members), 5) if !members.is_empty() => {
                let place = chance.below(members.len());
                chance.text(KEYS).clone_into(&mut members[place].0);
            }
            (Self::Object(members), 6) if !members.is_empty() => {
                members.remove(chance.below(members.len()));
            }
            (node @ Self::Object(_), 7) => {
                let Self::Object(members) = &*node else { return };
                *node = Self::List(members.iter().map(|(_, node)| node.clone()).collect());
            }
            (Self::List(nodes), 0..=4) => nodes.insert(chance.below(nodes.len() + 1), other),
            (Self::List(nodes), 5) if !nodes.is_empty() => {
                nodes.remove(chance.below(nodes.len()));
            }
            (node, 0) => *node = Self::List(vec![node.clone()]),
            (node, _) => *node = other,
        }
    }

    /// Puts other texts in the place of some; seldom of those that say what the others mean.
    fn refill(&mut self, chance: &mut Chance) {
        match self {
            Self::Text(text) if chance.one_in(8) => chance.text(TEXTS).clone_into(text),
            Self::Text(_) | Self::Bare(_) => {}
            Self::List(nodes) => nodes.iter_mut().for_each(|node| node.refill(chance)),
            Self::Object(members) => {
                for (key, node) in members {
                    let kept = ["resourceType", "system"].contains(&key.as_str());
                    if !kept || chance.one_in(20) {
                        node.refill(chance);
                    }
                }
            }
        }
    }
}

fn quoted(text: &str, out: &mut String) {
    out.push_str(&serde_json::to_string(text).unwrap());
}

/// Texts that mean something to the reader, wherever they stand.
const TEXTS: &[&str] = &[
    "",
    " ",
    "Condition",
    "Patient",
    "Patient/p1",
    "Patient/p2/_history/1",
    "http://example.org/fhir/Patient/p3",
    "Group/g",
    "urn:uuid:7",
    "#p",
    "http://snomed.info/sct",
    "http://snomed.info/sct|http://snomed.info/sct/999000031000000106",
    "http://read.info/ctv3",
    "73211009",
    "44054006",
    "123",
    "active",
    "resolved",
    "entered-in-error",
    "confirmed",
    "2020",
    "2020-02",
    "2020-02-31",
    "2020-02-03T04:05:06+01:00",
    "2026-01-01T10:00:00Z",
    "Schön \u{1f6d1}",
    "a \"word\" \\ and\ttwo",
    "a/b",
    "0",
];

/// Keys that mean something to the reader, and some that could be mistaken for a path.
const KEYS: &[&str] = &[
    "resourceType",
    "id",
    "meta",
    "lastUpdated",
    "clinicalStatus",
    "verificationStatus",
    "code",
    "coding",
    "system",
    "display",
    "text",
    "subject",
    "reference",
    "identifier",
    "onsetDateTime",
    "onsetPeriod",
    "start",
    "abatementDateTime",
    "abatementPeriod",
    "end",
    "recordedDate",
    "use",
    "contained",
    "extension",
    "url",
    "0",
    "1",
    "",
    "code/coding",
    "coding/0",
    "Id",
];

/// Conditions of the kinds that feeds hold.
fn feeds() -> Vec<Node> {
    let mut lines = Vec::new();
    for (clinical, verification) in [
        (Clinical::Active, Verification::Confirmed),
        (Clinical::Unsaid, Verification::EnteredInError),
    ] {
        let problem = write::Problem {
            id: "r7-1",
            patient: "r7",
            code: 44_054_006,
            words: "Type 2 diabetes",
            onset: law::day::PartialDay::parse("2014-03").ok(),
            recorded: law::day::PartialDay::parse("2014-04-02").ok(),
            clinical,
            verification,
            updated: care::record::moment::Moment::parse("2026-03-27T09:05:00Z").ok(),
        };
        write::condition(&mut lines, &problem);
    }
    let mut lines = String::from_utf8(lines).unwrap();
    lines.push_str(&condition_of("c1", "p1", "73211009", "2020-02", "Diabetes"));
    // As American systems write it; and with much that is rare.
    lines.push('\n');
    lines.push_str(
        r#"{"resourceType":"Condition","id":"b","meta":{"profile":["http://example.org/p"]},"clinicalStatus":{"coding":[{"system":"s","code":"resolved"}]},"verificationStatus":{"coding":[{"system":"s","code":"confirmed"}]},"category":[{"coding":[{"system":"s","code":"encounter-diagnosis","display":"d"}]}],"code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006","display":"Diabetes"}],"text":"Diabetes"},"subject":{"reference":"urn:uuid:7"},"encounter":{"reference":"urn:uuid:8"},"onsetDateTime":"2014-03-02T04:05:06+01:00","recordedDate":"2014-03-02T04:05:06+01:00"}
{"resourceType":"Condition","contained":[{"resourceType":"Patient","id":"p","meta":{"lastUpdated":"2020-01-01T00:00:00Z"},"code":{"coding":[{"system":"x","code":"1"}],"text":"t"}}],"id":"c","code":{"coding":[null,{"system":"http://read.info/ctv3","code":"X40J5"},{"system":"http://snomed.info/sct","code":"44054006"}]},"clinicalStatus":{"coding":[{"code":""},null,{"code":"active"}]},"subject":{"reference":"Patient/p1","identifier":{"system":"https://fhir.nhs.uk/Id/nhs-number","value":"9990000018"},"display":"A"},"onsetPeriod":{"start":"2014","end":"2015"},"bodySite":[{"text":"x"}],"onsetAge":{"value":3.5},"note":[{"text":"n"}]}
{"resourceType":"Condition","id":"d","code":{"coding":[{"system":"http://snomed.info/sct","code":"44054006"}]},"subject":{"reference":"Patient/p1"},"onsetPeriod":{"start":"2014","end":"2015"}}"#,
    );
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Damages the bytes of a line at one place.
fn damage(line: &mut Vec<u8>, other: &[u8], chance: &mut Chance) {
    let place = chance.below(line.len());
    match chance.below(9) {
        0 => line[place] = u8::try_from(chance.below(256)).unwrap(),
        1 => line[place] ^= 1 << chance.below(8),
        2 => line[place] = *chance.of(b"\"\\{}[],:0n \t"),
        3 => line.insert(place, *chance.of(b"\"\\{}[],: \t\x00\x7f")),
        4 => line.truncate(place),
        5 => drop(line.drain(place..(place + chance.below(40)).min(line.len()))),
        6 => line.extend_from_slice(other),
        7 => line.push(*chance.of(b"\r \x0c}")),
        _ => {
            // A letter as an escape, in a key or a text or outside of them.
            let escape = format!("\\u{:04x}", line[place]);
            line.splice(place..=place, escape.into_bytes());
        }
    }
}

/// The two readers, and how often a mould fitted.
struct Both {
    moulds: Parser<'static>,
    full: Parser<'static>,
    shadow: Moulds,
    fitted: usize,
    lines: usize,
}

impl Both {
    fn read(&mut self, line: &[u8]) {
        let block =
            |line: &[u8]| Block { file: 0, position: 0, piece: Piece::Lines(line.to_vec()) };
        self.full.moulds = Moulds::default();
        let expected = self.full.block(block(line));
        let read = self.moulds.block(block(line));
        let shown = String::from_utf8_lossy(line);
        assert_eq!(read.items, expected.items, "{shown}");
        assert_eq!((&read.text, read.blank), (&expected.text, expected.blank), "{shown}");
        self.lines += 1;
        let Ok(text) = std::str::from_utf8(line.trim_ascii()) else { return };
        if self.shadow.read(text).is_some() {
            self.fitted += 1;
        } else if matches!(read.items[..], [Arrived { item: Item::Record(_), .. }]) {
            self.shadow.learn(text);
        }
    }
}

#[test]
fn moulds_never_change_what_is_read() {
    let feeds = feeds();
    let mut both = Both {
        moulds: Parser::new("gp"),
        full: Parser::new("gp"),
        shadow: Moulds::default(),
        fitted: 0,
        lines: 0,
    };
    for seed in 0..CASES {
        let mut chance = Chance(seed);
        let mut form = chance.of(&feeds).clone();
        for _ in 0..chance.below(4) {
            form.bend(&mut chance);
        }
        let style = Style {
            after_colon: chance.text(&["", "", " "]),
            after_comma: chance.text(&["", "", " ", "\t"]),
            escaped: chance.one_in(10).then(|| *chance.of(&['c', 'd', 'e', 'i', 'o'])),
        };
        let mut lines = Vec::new();
        for number in 0..5 {
            let (mut one, mut line) = (form.clone(), String::new());
            if number > 0 {
                one.refill(&mut chance);
            }
            one.write(style, &mut line);
            lines.push(line.into_bytes());
        }
        for line in &lines {
            both.read(line);
        }
        for _ in 0..3 {
            let mut line = chance.of(&lines).clone();
            for _ in 0..=chance.below(3) {
                if !line.is_empty() {
                    let other = chance.of(&lines).clone();
                    damage(&mut line, &other, &mut chance);
                }
            }
            line.retain(|byte| *byte != b'\n');
            both.read(&line);
        }
    }
    // Otherwise nothing was shown.
    assert!(both.fitted * 20 > both.lines, "{} of {} lines fitted", both.fitted, both.lines);
}
