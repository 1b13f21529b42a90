//! The easy-read outline of a letter: one idea after another, each in short sentences, with the place of
//! a picture beside it, in words.

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
