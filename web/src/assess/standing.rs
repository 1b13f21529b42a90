//! How a section stands: what is known, what is still to be asked and of whom.

use care::assess::known::{KnownQuestion, KnownSection};
use care::record::fact::assess::Side;

use crate::components::{Colour, Tag};

/// A section in numbers of questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Answered, and to be relied on.
    pub known: usize,
    /// Answered once, and to be asked again: too old, or found out of date.
    pub again: usize,
    /// Never answered, for the person to say.
    pub of_person: usize,
    /// Never answered, for a professional to say.
    pub of_professional: usize,
}

impl Standing {
    /// How a section stands.
    pub fn of(section: &KnownSection<'_>) -> Self {
        let mut standing = Self::default();
        for known in &section.questions {
            let again = known.answers.iter().any(|answer| answer.counts);
            match (known.to_ask(), again, known.question.side) {
                (false, ..) => standing.known += usize::from(known.current().is_some()),
                (true, true, _) => standing.again += 1,
                (true, false, Side::Person) => standing.of_person += 1,
                (true, false, Side::Professional) => standing.of_professional += 1,
            }
        }
        standing
    }

    /// How many questions are to be asked, for the first time or again.
    pub fn to_ask(self) -> usize {
        self.again + self.of_person + self.of_professional
    }

    /// The same in two words.
    pub fn tag(self) -> Tag {
        match self {
            Self { again: 1.., .. } => {
                Tag::new(format!("{} to ask again", self.again)).colour(Colour::Red)
            }
            Self { known: 0, .. } if self.to_ask() > 0 => {
                Tag::new("Nothing yet").colour(Colour::Grey)
            }
            _ if self.to_ask() == 0 => Tag::new("Known").colour(Colour::Green),
            _ => Tag::new(format!("{} to ask", self.to_ask())).colour(Colour::Yellow),
        }
    }
}

/// So many questions, in words.
pub fn questions(count: usize) -> String {
    if count == 1 { "1 question".to_owned() } else { format!("{count} questions") }
}

/// The questions to ask of one side.
pub fn to_ask<'s, 'a>(
    section: &'s KnownSection<'a>,
    side: Side,
) -> impl Iterator<Item = &'s KnownQuestion<'a>> {
    section.questions.iter().filter(move |known| known.to_ask() && known.question.side == side)
}
