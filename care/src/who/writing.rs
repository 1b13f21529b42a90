//! Writing in a record: notes, how to speak with the person, and corrections of either; and what was
//! sent twice.

use crate::record::entry::{Audience, Entry, EntryNumber, NewEntry};
use crate::record::fact::{Begun, Communication, Fact, Note};
use crate::record::ids::PersonId;
use crate::record::moment::Moment;
use crate::record::person::Person;

use super::access::is_for;
use super::actor::{Asking, Refusal, optional_words, words};
use super::role::Right;

/// Writes a note.
pub fn note(
    person: &Person,
    text: &str,
    audience: Audience,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Write, "Writing a note")?;
    let words = words("words", text, "Write the note")?;
    let audience =
        if asking.actor.person == Some(person.id) { Audience::Everyone } else { audience };
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry_for(audience, Fact::Note(Note { words })));
    Ok(entries)
}

/// Records how to speak with the person.
pub fn communication(
    person: &Person,
    said: &Communication,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Write, "Writing how to speak with someone")?;
    let language = optional_words("language", said.language.as_deref().unwrap_or(""))?;
    let said = Communication {
        language: (!language.is_empty()).then_some(language),
        interpreter: said.interpreter,
        needs: optional_words("needs", &said.needs)?,
        adjustments: optional_words("adjustments", &said.adjustments)?,
        letters: said.letters,
    };
    if person.communication.as_ref().is_some_and(|known| known.said == said) {
        return Err(Refusal::NotNow("This is already what the record says".to_owned()));
    }
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry(Fact::Communication(said)));
    Ok(entries)
}

/// Corrects a note: whoever may read it may correct it, and both stand in the story. `entries` are
/// those of the story that whoever asks may read.
pub fn correct_note(
    person: PersonId,
    entries: &[Entry],
    number: EntryNumber,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Write, "Correcting a note")?;
    let wrong = entries
        .iter()
        .find(|entry| entry.number == number && entry.corrects.is_none())
        .filter(|entry| matches!(entry.fact, Fact::Note(_)))
        .filter(|entry| is_for(asking.actor, person, entry.audience, &entry.author))
        .ok_or(Refusal::NoSuchEntry(number))?;
    let words = words("words", text, "Write what the note should have said")?;
    let mut correction = asking.entry_for(wrong.audience, Fact::Note(Note { words }));
    correction.corrects = Some(number);
    Ok(vec![correction])
}

/// Whether a form that was shown at an instant has been sent before: since then its writer has already
/// written all that it would add. The same words in a form that was shown later are another note:
/// somebody may well telephone twice in a day, and reach nobody twice.
///
/// Notes and contacts stand beside each other, so the writer's own last one counts; of what replaces
/// something, only what stands now.
pub fn sent_twice(entries: &[Entry], new: &[NewEntry], shown: Moment) -> bool {
    let stands = |new: &NewEntry| {
        // One form writes both sides of a section: each is looked for by itself.
        if matches!(new.fact, Fact::SectionWritten(_) | Fact::SectionConfirmed(_)) {
            return entries.iter().rev().any(|entry| {
                entry.recorded_at > shown
                    && entry.author.user == new.author.user
                    && entry.audience == new.audience
                    && entry.fact == new.fact
            });
        }
        let beside = new.corrects.is_none() && matches!(new.fact, Fact::Note(_) | Fact::Contact(_));
        let last = entries.iter().rev().find(|entry| {
            entry.corrects == new.corrects
                && entry.fact.kind() == new.fact.kind()
                && (!beside || entry.author.user == new.author.user)
        });
        last.is_some_and(|last| {
            last.recorded_at > shown
                && last.author.user == new.author.user
                && last.audience == new.audience
                && last.fact == new.fact
        })
    };
    !new.is_empty() && new.iter().all(stands)
}
