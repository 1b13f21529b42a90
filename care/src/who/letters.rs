//! Giving the person a letter: in which form, by which way and when is kept on the story.

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::letter::{LetterFormat, LetterGiven, LetterKind, LetterRoute};
use crate::record::person::Person;

use super::actor::{Asking, Refusal, optional_words};
use super::role::{Right, Role};

/// How a letter was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giving {
    /// In which form.
    pub format: LetterFormat,
    /// By which way.
    pub route: LetterRoute,
    /// When.
    pub on: Day,
    /// What else to know.
    pub words: String,
}

/// Whether a role gives letters of a kind.
pub fn may_give(role: &Role, kind: LetterKind) -> bool {
    role.may(right(kind))
}

fn right(kind: LetterKind) -> Right {
    match kind {
        LetterKind::Charge => Right::DecideCharge,
        LetterKind::Review => Right::Review,
        LetterKind::Assessment
        | LetterKind::Carer
        | LetterKind::Eligibility
        | LetterKind::Capacity
        | LetterKind::Decision
        | LetterKind::Chc
        | LetterKind::Risk => Right::WriteAssessment,
    }
}

/// Records that a letter was given; again, where it was given before in another form. The person says
/// themself that they have read it at their sign-in, and nobody says so for them. `readable` is folded
/// from what whoever asks may read.
pub fn give(
    readable: &Person,
    about: EntryNumber,
    how: &Giving,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let letter = readable.letter(about).ok_or(Refusal::NoSuchEntry(about))?;
    let own = asking.actor.person == Some(readable.id);
    if own != (how.route == LetterRoute::SignIn) {
        return Err(Refusal::missing("route", "Choose how the person was given it"));
    }
    if !own {
        asking.require(right(letter.kind), "Giving this letter")?;
    }
    if how.on > asking.today || how.on < letter.on {
        return Err(Refusal::missing(
            "given-on",
            "Enter a day from that of the letter until today",
        ));
    }
    let given = LetterGiven {
        letter: letter.kind,
        about,
        format: how.format,
        route: how.route,
        words: optional_words("words", &how.words)?,
    };
    Ok(vec![NewEntry { on: how.on, ..asking.entry(Fact::LetterGiven(given)) }])
}

/// The form in which somebody is written to, by how to speak with them: as it was chosen, or as what
/// helps them names it.
pub fn format_for(person: &Person) -> LetterFormat {
    let Some(told) = &person.communication else { return LetterFormat::Standard };
    let needs = told.said.needs.to_lowercase();
    let named = |words: &[&str]| words.iter().any(|words| needs.contains(words));
    told.said.letters.unwrap_or(match () {
        () if named(&["easy read", "easy-read", "easyread"]) => LetterFormat::EasyRead,
        () if named(&["large print", "large-print", "big print"]) => LetterFormat::Large,
        () => LetterFormat::Standard,
    })
}
