//! Conditions that look like one read before.
//!
//! One program wrote a feed, so its lines differ in a few texts only. After a line has been parsed in
//! full, what is left of it without those texts is kept as a mould. A line that has the very bytes of
//! the mould around texts of its own is that JSON with other texts: the same members in the same
//! places, valid because the first was. Only texts without escapes and control characters are let
//! in. Whatever fits no mould is parsed in full, so this changes how fast a line is read, never what
//! is read; a test compares the two.

/// How many moulds are kept; a feed has some handful of forms.
const MOULDS: usize = 16;

/// The texts of a Condition that matter; empty where it does not have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Texts<'a> {
    pub id: &'a str,
    pub updated: &'a str,
    pub clinical: &'a str,
    pub verification: &'a str,
    pub code: &'a str,
    pub display: &'a str,
    pub text: &'a str,
    pub subject: &'a str,
    pub onset: &'a str,
    pub recorded: &'a str,
}

/// What a text in a mould's gap is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Passed,
    Id,
    Updated,
    Clinical,
    Verification,
    Code,
    Display,
    Text,
    Subject,
    Onset,
    Recorded,
}

/// A line without its texts.
#[derive(Debug)]
struct Mould {
    /// What comes before each gap, with the quotation marks.
    gaps: Vec<(Box<[u8]>, Gap)>,
    end: Box<[u8]>,
}

/// The moulds of a feed, the last that fitted first.
#[derive(Debug, Default)]
pub(super) struct Moulds(Vec<Mould>);

impl Moulds {
    /// The texts of a line that fits a mould.
    pub fn read<'a>(&mut self, line: &'a str) -> Option<Texts<'a>> {
        if self.0.is_empty() || !is_plain(line) {
            return None;
        }
        let fits = |mould: &Mould| mould.read(line);
        let (place, texts) =
            self.0.iter().enumerate().find_map(|(place, mould)| Some((place, fits(mould)?)))?;
        self.0[..=place].rotate_right(1);
        Some(texts)
    }

    /// Learns the mould of a Condition that was read in full, and is one we take.
    pub fn learn(&mut self, line: &str) {
        if !line.starts_with('{') || !is_plain(line) {
            return;
        }
        if let Some(mould) = Mould::of(line) {
            self.0.truncate(MOULDS - 1);
            self.0.insert(0, mould);
        }
    }
}

/// No escapes, and no control characters. Almost every line is plain: without an early end the
/// processor looks at many bytes at once.
fn is_plain(line: &str) -> bool {
    let odd = |byte: u8| u8::from(byte < b' ') | u8::from(byte == b'\\');
    line.bytes().fold(0, |found, byte| found | odd(byte)) == 0
}

impl Mould {
    fn read<'a>(&self, line: &'a str) -> Option<Texts<'a>> {
        let mut texts = Texts::default();
        let mut at = 0;
        let bytes = line.as_bytes();
        for (before, gap) in &self.gaps {
            let rest = bytes[at..].strip_prefix(&**before)?;
            let start = at + before.len();
            at = start + memchr::memchr(b'"', rest)?;
            // Quotation marks are on both sides: the text begins and ends at a character.
            let text = line.get(start..at)?;
            match gap {
                Gap::Passed => {}
                Gap::Id => texts.id = text,
                Gap::Updated => texts.updated = text,
                Gap::Clinical => texts.clinical = text,
                Gap::Verification => texts.verification = text,
                Gap::Code => texts.code = text,
                Gap::Display => texts.display = text,
                Gap::Text => texts.text = text,
                Gap::Subject => texts.subject = text,
                Gap::Onset => texts.onset = text,
                Gap::Recorded => texts.recorded = text,
            }
        }
        (bytes[at..] == *self.end).then_some(texts)
    }

    /// The mould of a line that is valid JSON; none if it has members that must be read in full.
    fn of(line: &str) -> Option<Self> {
        let bytes = line.as_bytes();
        let mut gaps = Vec::new();
        let mut path = Path::default();
        let (mut at, mut kept) = (0, 0);
        while at < bytes.len() {
            match bytes[at] {
                b'"' => {
                    let start = at + 1;
                    let end = start + memchr::memchr(b'"', &bytes[start..])?;
                    let text = &line[start..end];
                    at = end + 1;
                    if path.expects_key {
                        path.key(text)?;
                        continue;
                    }
                    if let Some(gap) = path.gap()? {
                        gaps.push((bytes[kept..start].into(), gap));
                        kept = end;
                    }
                }
                byte => {
                    path.step(byte);
                    at += 1;
                }
            }
        }
        Some(Self { gaps, end: bytes[kept..].into() })
    }
}

/// Where in the resource the reading is: its members' names and places, as `/code/coding/0/code`.
#[derive(Debug, Default)]
struct Path {
    text: String,
    /// For each open bracket: how long the path was before it, and the place in an array.
    open: Vec<(usize, Option<usize>)>,
    expects_key: bool,
}

impl Path {
    fn step(&mut self, byte: u8) {
        match byte {
            b'{' => {
                self.open.push((self.text.len(), None));
                self.expects_key = true;
            }
            b'[' => {
                self.open.push((self.text.len(), Some(0)));
                self.text.push_str("/0");
                self.expects_key = false;
            }
            b'}' | b']' => {
                if let Some((before, _)) = self.open.pop() {
                    self.text.truncate(before);
                }
                self.expects_key = false;
            }
            b',' => {
                let Some((before, place)) = self.open.last_mut() else { return };
                self.text.truncate(*before);
                match place {
                    None => self.expects_key = true,
                    Some(place) => {
                        *place += 1;
                        self.text.push('/');
                        self.text.push_str(&place.to_string());
                    }
                }
            }
            _ => {}
        }
    }

    /// None for a key that could be mistaken for a path.
    fn key(&mut self, key: &str) -> Option<()> {
        if key.contains('/') || is_place(key) {
            return None;
        }
        if let Some((before, _)) = self.open.last() {
            self.text.truncate(*before);
        }
        self.text.push('/');
        self.text.push_str(key);
        self.expects_key = false;
        Some(())
    }

    /// What the text at this path is: a gap, or part of the mould; none if the line must be read in
    /// full.
    #[expect(clippy::option_option, reason = "not at all, or no gap")]
    fn gap(&self) -> Option<Option<Gap>> {
        let path: Vec<&str> = self.text.split('/').skip(1).collect();
        Some(Some(match path[..] {
            ["id"] => Gap::Id,
            ["meta", "lastUpdated"] => Gap::Updated,
            ["clinicalStatus", "coding", "0", "code"] => Gap::Clinical,
            ["verificationStatus", "coding", "0", "code"] => Gap::Verification,
            ["code", "coding", "0", "code"] => Gap::Code,
            ["code", "coding", "0", "display"] => Gap::Display,
            ["code", "text"] => Gap::Text,
            ["subject", "reference"] => Gap::Subject,
            ["onsetDateTime"] => Gap::Onset,
            ["recordedDate"] => Gap::Recorded,
            // Members that there is no place for in `Texts`.
            ["onsetPeriod", ..] | ["subject", "identifier", ..] => return None,
            [name, ..] if name.starts_with("abatement") => return None,
            // A coding beside the first, wherever the first says nothing. (So the first is the one
            // that was taken, and its system, which stays in the mould, is right.)
            [CODE | CLINICAL | VERIFICATION, "coding", place, ..] if place != "0" => return None,
            // A list where an object belongs, which the full reading takes for its members.
            [CODE | CLINICAL | VERIFICATION, "coding", _, name, ..]
            | [CODE | CLINICAL | VERIFICATION | "meta" | "subject", name, ..]
                if is_place(name) =>
            {
                return None;
            }
            _ => {
                let name = path.iter().rfind(|name| !is_place(name));
                if name.is_none_or(|name| ALIKE.contains(name)) {
                    return Some(None);
                }
                Gap::Passed
            }
        }))
    }
}

const CODE: &str = "code";
const CLINICAL: &str = "clinicalStatus";
const VERIFICATION: &str = "verificationStatus";

/// Whether a step of a path is a place in a list, as no key is.
fn is_place(step: &str) -> bool {
    step.bytes().all(|byte| byte.is_ascii_digit())
}

/// Names of members whose texts are the same throughout a feed.
const ALIKE: &[&str] = &["resourceType", "system", "url", "profile", "type", "use", "status"];

#[cfg(test)]
mod tests {
    use super::super::tests::condition_of;
    use super::*;
    use crate::fhir::systems;
    use proptest::prelude::*;

    #[test]
    fn a_line_like_one_read_before_gives_its_own_texts() {
        let mut moulds = Moulds::default();
        let first = condition_of("c1", "p1", "73211009", "2020-02", "Diabetes");
        assert_eq!(moulds.read(&first), None);
        moulds.learn(&first);
        let other = condition_of("c2", "p2", "195967001", "2021-03-04", "Schön (it is)");
        let texts = moulds.read(&other).unwrap();
        assert_eq!((texts.id, texts.code, texts.subject), ("c2", "195967001", "Patient/p2"));
        assert_eq!((texts.onset, texts.text), ("2021-03-04", "Schön (it is)"));
        for unlike in [
            other.replace("Schön", "Sch\\u00f6n"),
            other.replace("Schön", "Sch\tn"),
            other.replace("\"id\"", "\"Id\""),
            other.replace("http://snomed.info/sct", "http://read.info"),
            format!("{other} "),
            format!("{other}}}"),
            other[..other.len() - 1].to_owned(),
            other.replacen(',', ", ", 1),
        ] {
            assert_eq!(moulds.read(&unlike), None, "{unlike}");
        }
    }

    proptest! {
        /// A change anywhere leads to the full reading, or changes a text and nothing else.
        #[test]
        fn what_fits_a_mould_is_json_of_the_same_form(place in 0usize..1_000, byte in 32u8..127) {
            let mut moulds = Moulds::default();
            let line = condition_of("c1", "p1", "73211009", "2020-02", "Diabetes");
            moulds.learn(&line);
            let mut bytes = line.clone().into_bytes();
            let place = place % bytes.len();
            bytes[place] = byte;
            let changed = String::from_utf8(bytes).unwrap();
            if let Some(texts) = moulds.read(&changed) {
                let json: serde_json::Value = serde_json::from_str(&changed).unwrap();
                prop_assert_eq!(json["id"].as_str(), Some(texts.id));
                prop_assert_eq!(json["meta"]["lastUpdated"].as_str(), Some(texts.updated));
                prop_assert_eq!(json["subject"]["reference"].as_str(), Some(texts.subject));
                let code = &json["code"];
                prop_assert_eq!(code["coding"][0]["code"].as_str(), Some(texts.code));
                prop_assert_eq!(code["coding"][0]["system"].as_str(), Some(systems::SNOMED));
                prop_assert_eq!(code["text"].as_str(), Some(texts.text));
                prop_assert_eq!(json["onsetDateTime"].as_str(), Some(texts.onset));
                let clinical = &json["clinicalStatus"]["coding"][0]["code"];
                prop_assert_eq!(clinical.as_str(), Some(texts.clinical));
            }
        }
    }
}
