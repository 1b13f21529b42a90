//! Finding the entries of a Bundle too large to hold, byte by byte.
//!
//! This only follows strings and brackets; each entry found is then parsed properly.

use super::LONGEST;

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// An entry, and how many lines after the Bundle's start it begins.
    Entry { json: Vec<u8>, line: u64 },
    /// Something that is no entry, or cannot be held.
    Trouble { line: u64, why: String },
}

/// Where in the Bundle the reading is.
#[expect(clippy::struct_excessive_bools, reason = "a scanner's state is flags")]
#[derive(Debug, Default)]
pub(super) struct Splitter {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The last string at the first level: a key, or the resource type.
    word: Vec<u8>,
    key: Vec<u8>,
    is_bundle: bool,
    /// Inside the array `entry`.
    entries: bool,
    /// The array `entry` was found.
    found: bool,
    /// The document has ended.
    over: bool,
    stray: bool,
    entry: Vec<u8>,
    entry_line: u64,
    too_long: bool,
    line: u64,
}

impl Splitter {
    /// Whether the array of entries was reached.
    pub fn in_entries(&self) -> bool {
        self.found
    }

    /// Lines read so far.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Whether a text closes all it opens.
    pub fn is_whole(text: &[u8]) -> bool {
        let mut splitter = Self::default();
        let mut stray = false;
        splitter.feed(text, &mut |event| stray |= matches!(event, Event::Trouble { .. }));
        splitter.over
    }

    /// Reads on.
    pub fn feed(&mut self, bytes: &[u8], on: &mut dyn FnMut(Event)) {
        for byte in bytes {
            if *byte == b'\n' {
                self.line += 1;
            }
            if self.over {
                if !byte.is_ascii_whitespace() && !self.stray {
                    self.stray = true;
                    let why = "there is something after the end of the Bundle".to_owned();
                    on(Event::Trouble { line: self.line, why });
                }
                continue;
            }
            let inside = self.entries && self.depth >= 3;
            if self.in_string {
                self.string(*byte);
            } else {
                self.structure(*byte, on);
            }
            if inside || (self.entries && self.depth >= 3) {
                self.hold(*byte, on);
            }
        }
    }

    /// Says what is missing at the end.
    pub fn finish(&mut self, on: &mut dyn FnMut(Event)) {
        if !self.over {
            let why = "the Bundle ends in the middle: the file may have been cut short; what came \
                       before is taken; send it again";
            on(Event::Trouble { line: self.line, why: why.to_owned() });
        }
    }

    fn string(&mut self, byte: u8) {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' => self.escaped = true,
            b'"' => {
                self.in_string = false;
                return;
            }
            _ => {}
        }
        if self.depth == 1 && self.word.len() < 64 {
            self.word.push(byte);
        }
    }

    fn structure(&mut self, byte: u8, on: &mut dyn FnMut(Event)) {
        match byte {
            b'"' => {
                self.in_string = true;
                if self.depth == 1 {
                    self.word.clear();
                } else if self.entries && self.depth == 2 {
                    self.no_entry(on);
                }
            }
            b':' if self.depth == 1 => self.key = std::mem::take(&mut self.word),
            b',' | b'}' if self.depth == 1 => {
                self.is_bundle |= self.key == b"resourceType" && self.word == b"Bundle";
                self.key.clear();
                self.close_if(byte == b'}');
            }
            b'{' | b'[' => {
                if self.depth == 1 && byte == b'[' && self.is_bundle && self.key == b"entry" {
                    self.entries = true;
                    self.found = true;
                } else if self.entries && self.depth == 2 {
                    self.entry_line = self.line;
                }
                self.depth += 1;
            }
            b'}' | b']' => self.close_if(true),
            b'0'..=b'9' | b'-' | b't' | b'f' | b'n' if self.entries && self.depth == 2 => {
                self.no_entry(on);
            }
            _ => {}
        }
    }

    fn close_if(&mut self, closes: bool) {
        if closes {
            self.depth = self.depth.saturating_sub(1);
            self.over = self.depth == 0;
            if self.depth == 1 {
                self.entries = false;
            }
        }
    }

    fn no_entry(&mut self, on: &mut dyn FnMut(Event)) {
        let why = "an entry of the Bundle is not an object".to_owned();
        on(Event::Trouble { line: self.line, why });
    }

    fn hold(&mut self, byte: u8, on: &mut dyn FnMut(Event)) {
        if self.entry.len() < LONGEST {
            self.entry.push(byte);
        } else {
            self.too_long = true;
        }
        if self.depth > 2 {
            return;
        }
        let json = std::mem::take(&mut self.entry);
        let line = self.entry_line;
        if std::mem::take(&mut self.too_long) {
            let why = format!("an entry of the Bundle is longer than {} MB", LONGEST >> 20);
            on(Event::Trouble { line, why });
        } else {
            on(Event::Entry { json, line });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts, each with its line.
    type Found = Vec<(String, u64)>;

    fn entries(text: &str) -> (Found, Found) {
        let (mut found, mut trouble) = (Vec::new(), Vec::new());
        let mut splitter = Splitter::default();
        let mut on = |event| match event {
            Event::Entry { json, line } => found.push((String::from_utf8(json).unwrap(), line)),
            Event::Trouble { line, why } => trouble.push((why, line)),
        };
        // One byte at a time: where the input is cut must not matter.
        for byte in text.as_bytes() {
            splitter.feed(&[*byte], &mut on);
        }
        splitter.finish(&mut on);
        (found, trouble)
    }

    #[test]
    fn entries_are_found_wherever_they_stand() {
        let text = r#" {"x":{"entry":[{"no":1}]},
            "resourceType" : "Bundle", "note":"\"entry\":[{",
            "entry":[ {"a":"}]\\\""},
              {"b":[{}]} ,{} ], "total": 3} "#;
        let (found, trouble) = entries(text);
        let found: Vec<_> = found.iter().map(|(json, line)| (json.as_str(), *line)).collect();
        assert_eq!(found, [(r#"{"a":"}]\\\""}"#, 2), (r#"{"b":[{}]}"#, 3), ("{}", 3)]);
        assert!(trouble.is_empty(), "{trouble:?}");
    }

    #[test]
    fn what_is_wrong_with_a_bundle_is_said() {
        let cases = [
            (r#"{"resourceType":"Bundle","entry":[{"a":1},{"b":"#, 1, "cut short"),
            (r#"{"resourceType":"Bundle","entry":[{"a":1},7,"x"]}"#, 1, "not an object"),
            (r#"{"resourceType":"Bundle","entry":[{"a":1}]} more"#, 1, "after the end"),
            (r#"{"resourceType":"List","entry":[{"a":1}]}x"#, 0, "after the end"),
        ];
        for (text, count, why) in cases {
            let (found, trouble) = entries(text);
            assert_eq!(found.len(), count, "{text}");
            assert!(trouble[0].0.contains(why), "{text}: {trouble:?}");
        }
    }
}
