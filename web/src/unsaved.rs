//! What was typed into a form that was not saved, shown once more so that it can be copied: browsers
//! do not keep our pages (`no-store`), so “Back” may lead to an empty form.
//!
//! Threats, and what stands against each:
//!
//! 1. *Another site has us show its words as ours.* Only for a form that the browser says one of our
//!    own pages sent ([`crate::security`]); escaped; the page allows no inline script.
//! 2. *A password or a token is shown.* Only the text fields named in [`FIELDS`] are.
//! 3. *What was typed is kept where it should not be.* It stands in this one answer, which is
//!    `no-store`; it is never logged, and its debug output is empty.
//! 4. *A page without end.* At most [`MOST_BYTES`] are shown, and the page says so.

use std::fmt;

use askama::Template;

use crate::forms::Form;

/// The text fields of our forms that are worth copying, as the page names them.
pub const FIELDS: &[(&str, &str)] = &[
    ("words", "What you wrote"),
    ("reason", "Your reason"),
    ("cause-why", "Where the needs come from"),
    ("health-why", "What shows that their health is at risk"),
    ("significant-why", "Why you judge so of their wellbeing"),
    ("language", "Language"),
    ("about", "What it is about"),
    ("why", "Why"),
    ("rests-on", "What it rests on"),
    ("needs", "What helps"),
    ("adjustments", "Reasonable adjustments"),
    ("from", "Their name, and how to reach them"),
    ("given", "Given names"),
    ("family", "Family name"),
    ("nhs-number", "NHS number"),
    ("address", "Address"),
    ("postcode", "Postcode"),
    ("telephone", "Telephone"),
    ("name", "The other person’s name"),
    ("code", "The code"),
    ("looks-after", "Whom the carer looks after"),
    ("steps-0-name", "Who steps in first"),
    ("steps-0-relation", "Who they are"),
    ("steps-0-telephone", "Their telephone"),
    ("steps-1-name", "Who comes second"),
    ("steps-1-relation", "Who they are"),
    ("steps-1-telephone", "Their telephone"),
    ("steps-2-name", "Who comes third"),
    ("steps-2-relation", "Who they are"),
    ("steps-2-telephone", "Their telephone"),
    ("must-know", "What has to be done and known"),
    ("key", "Where the key is"),
    ("holder", "Who holds the authority"),
    ("limits", "Its limits"),
    ("document", "The document"),
    ("decision", "The decision"),
    ("decided", "What was decided"),
    ("wishes", "What they want, and wanted before"),
    ("consulted", "Who was asked"),
    ("options", "The choices"),
    ("least", "Why this one"),
    ("now", "How things are now"),
    ("hoped", "How things would be"),
    ("need", "The need behind it"),
    ("named", "Who does it"),
    ("known-by", "How you will know that it is done"),
    ("with", "Who was with them"),
    ("what", "What could happen, or what is done"),
    ("worth", "What it is worth to them"),
    ("person", "How they see it"),
    ("professional", "How you see it"),
    ("done", "What is done"),
    ("choice", "What was chosen"),
    ("worker", "How you see it"),
    ("next", "What follows"),
    ("hours", "Hours"),
    ("there", "Who was there"),
    ("title", "The title"),
    ("situation", "How it was"),
    ("what-done", "What was done"),
    ("learned", "What others can learn from it"),
];

/// What else of a form is worth copying, beside [`FIELDS`]: texts whose fields a room names as it goes, each with
/// its label.
pub type Further = fn(&Form) -> Vec<(String, &'static str)>;

/// The most that is shown, in bytes of text.
pub const MOST_BYTES: usize = 64 * 1024;

/// The texts of a form that was not saved.
#[derive(Clone, Default, PartialEq, Eq, Template)]
#[template(path = "layout/unsaved.html")]
pub struct Unsaved {
    texts: Vec<Text>,
    cut: bool,
}

/// One text.
#[derive(Clone, PartialEq, Eq)]
struct Text {
    label: &'static str,
    typed: String,
    rows: usize,
}

impl Unsaved {
    /// The texts of a form: of the fields named here, and what else a room says of it, each with its label.
    pub fn of(form: &Form, more: &[(String, &'static str)]) -> Self {
        let mut unsaved = Self::default();
        let mut left = MOST_BYTES;
        let texts = FIELDS.iter().map(|&(name, label)| (form.value(name), label));
        for (typed, label) in
            texts.chain(more.iter().map(|(typed, label)| (typed.as_str(), *label)))
        {
            let end = typed.floor_char_boundary(left);
            unsaved.cut |= end < typed.len();
            left -= end;
            let typed = &typed[..end];
            if !typed.trim().is_empty() {
                let rows = (typed.lines().count() + typed.len() / 60).clamp(1, 12);
                unsaved.texts.push(Text { label, typed: typed.to_owned(), rows });
            }
        }
        unsaved
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// Never the text itself: debug output ends in logs.
impl fmt::Debug for Unsaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unsaved(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_shown_whole_and_escaped_up_to_a_size() {
        let page = |form: Form| Unsaved::of(&form, &[]).render().unwrap();
        let form = Form::blank().with("words", "<b>tea</b>\n\n& cake").with("password", "secret");
        let shown = page(form);
        assert!(!shown.contains("<b>") && !shown.contains("secret"), "{shown}");
        assert!(shown.contains("tea") && !shown.contains("too long"), "{shown}");
        assert!(Unsaved::of(&Form::blank().with("words", " "), &[]).is_empty());
        // A letter of two bytes is not cut in half.
        let long = page(Form::blank().with("words", "é".repeat(MOST_BYTES)).with("from", "x"));
        assert_eq!(long.matches('é').count(), MOST_BYTES / 2);
        assert!(long.contains("too long to show here"), "the page says that it is cut");
    }

    /// A text field that is new must be named here, or it would be lost.
    #[test]
    fn every_text_field_of_our_forms_is_named() {
        // Sign-in names, passwords and searches are not worth copying.
        let left_out = ["login", "q"];
        let mut named = 0;
        let mut folders = vec![std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.ends_with("components") {
                    folders.push(path);
                } else if path.is_file() {
                    let source: String =
                        std::fs::read_to_string(&path).unwrap().split_whitespace().collect();
                    for part in ["Textarea::new(\"", "TextInput::new(\""] {
                        for field in source.split(part).skip(1) {
                            let name = field.split('"').next().unwrap();
                            let known = FIELDS.iter().any(|(field, _)| *field == name);
                            assert!(known || left_out.contains(&name), "{name} in {path:?}");
                            named += 1;
                        }
                    }
                }
            }
        }
        assert!(named > FIELDS.len(), "the forms were looked at");
    }
}
