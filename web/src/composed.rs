//! What a letter says, as a room composes it: whole, and as an easy-read outline (one idea after another, each
//! in short sentences, with the place of a picture beside it, in words); and what each letter is called.

use std::collections::BTreeMap;

use care::record::entry::EntryNumber;
use care::record::fact::letter::LetterKind;
use care::record::person::letters::Letter;

use crate::components::Markup;

/// What a letter says.
pub struct Composed {
    /// What it is about, in its own words.
    pub title: String,
    /// The whole letter, between “Dear …” and the signature.
    pub whole: Vec<Markup>,
    /// The same as an easy-read outline.
    pub easy: Vec<Idea>,
}

/// One idea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// What the picture beside it shows.
    pub picture: String,
    /// What is said, a sentence to a line.
    pub says: Vec<String>,
}

/// An idea of some sentences.
pub fn idea<S: Into<String>>(
    picture: impl Into<String>,
    says: impl IntoIterator<Item = S>,
) -> Idea {
    Idea { picture: picture.into(), says: says.into_iter().map(Into::into).collect() }
}

/// The sentences of a text that somebody wrote, a line each.
pub fn sentences(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut rest = line.trim();
        while !rest.is_empty() {
            let end = rest
                .match_indices(['.', '!', '?', ';'])
                .map(|(at, mark)| at + mark.len())
                .find(|end| rest[*end..].starts_with(' '))
                .unwrap_or(rest.len());
            let (first, after) = rest.split_at(end);
            sentences.push(first.trim_end_matches(';').to_owned());
            rest = after.trim_start();
        }
    }
    sentences
}

/// What each letter to somebody is called where all are listed: by what it tells; where several tell the same,
/// by the day too, and by which it is of that day. So no two have one name.
pub fn names(letters: &[Letter<'_>], own: bool) -> BTreeMap<EntryNumber, String> {
    let told: Vec<(String, &Letter<'_>)> =
        letters.iter().map(|letter| (named(letter, own), letter)).collect();
    let apart = |(name, letter): &(String, &Letter<'_>)| {
        let alike: Vec<_> = told.iter().filter(|(other, _)| other == name).collect();
        if alike.len() == 1 {
            return name.clone();
        }
        let dated = format!("{name}, {}", letter.on.in_words());
        let same_day: Vec<_> = alike.iter().filter(|(_, other)| other.on == letter.on).collect();
        match same_day.iter().position(|(_, other)| other.entry == letter.entry) {
            Some(at) if same_day.len() > 1 => format!("{dated}, {} of that day", nth_letter(at)),
            _ => dated,
        }
    };
    told.iter().map(|one| (one.1.entry, apart(one))).collect()
}

/// Which letter it is, counted from 0, in words.
pub fn nth_letter(at: usize) -> String {
    let words = ["first", "second", "third", "fourth", "fifth", "sixth"];
    words.get(at).map_or_else(|| format!("letter {}", at + 1), |nth| format!("{nth} letter"))
}

/// A letter by what it tells.
fn named(letter: &Letter<'_>, own: bool) -> String {
    let kind = match (letter.kind, own) {
        (LetterKind::Assessment, true) => "Your assessment",
        (LetterKind::Carer, true) => "Your carer’s assessment",
        (LetterKind::Eligibility, true) => "What we decided on eligibility",
        (LetterKind::Review, true) => "What we decided at your review",
        (LetterKind::Capacity, true) => "Whether you can make a decision",
        (LetterKind::Charge, true) => "What you pay for care",
        (kind, _) => kind.in_words(),
    };
    if letter.about.is_empty() { kind.to_owned() } else { format!("{kind}: {}", letter.about) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_its_sentences() {
        for (text, expected) in [
            ("One. Two! Three?", vec!["One.", "Two!", "Three?"]),
            ("It costs £2.50 a day", vec!["It costs £2.50 a day"]),
            ("First\n\n  Second; third", vec!["First", "Second", "third"]),
            ("", vec![]),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }
}
