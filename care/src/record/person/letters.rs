//! The letters that are owed to a person: one for each assessment that was finished, each decision and each review,
//! and what of them was given.

use law::day::Day;

use crate::record::entry::{Audience, Author, EntryNumber};
use crate::record::fact::assess::{Ending, FormEnded, FormKind};
use crate::record::fact::decision::EligibilityDecided;
use crate::record::fact::letter::{LetterDue, LetterGiven, LetterKind};

use super::decisions::{Decisions, same_decision};
use super::{Person, Told};

/// A letter, and whether it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter<'a> {
    /// What it tells of.
    pub kind: LetterKind,
    /// The decision that it tells of, in the words of whoever wrote it down; empty where there is none.
    pub about: &'a str,
    /// The entry that it tells of.
    pub entry: EntryNumber,
    /// The day of that.
    pub on: Day,
    /// Who decided, ended the assessment or held the review.
    pub author: &'a Author,
    /// Whose work it is to give it, and by when; not known of what was decided before letters were.
    pub due: Option<&'a LetterDue>,
    /// Whether what it tells still holds, and is not replaced by what was decided later.
    pub stands: bool,
    /// When and how it was given, in order.
    pub given: Vec<&'a Told<LetterGiven>>,
}

impl Letter<'_> {
    /// Whose work it is to give it, where it waits to be given.
    pub fn waits(&self) -> Option<&LetterDue> {
        self.due.filter(|_| self.stands && self.given.is_empty())
    }
}

impl Person {
    /// Every letter to the person, in the order of what they tell.
    pub fn letters(&self) -> Vec<Letter<'_>> {
        let mut letters = self.of_assessments();
        let eligibility = &self.decisions.eligibility;
        letters.extend(eligibility.iter().filter_map(|told| {
            let again = eligibility
                .iter()
                .any(|other| other.entry > told.entry && same_who(&other.said, &told.said));
            self.letter_of(LetterKind::Eligibility, told, told.said.letter.as_ref(), !again)
        }));
        let reviews = &self.reviews.held;
        letters.extend(reviews.iter().filter_map(|told| {
            let last = reviews.last().is_some_and(|last| last.entry == told.entry);
            self.letter_of(LetterKind::Review, told, told.said.letter.as_ref(), last)
        }));
        let in_force: Vec<EntryNumber> =
            self.means.in_force().into_iter().map(|told| told.entry).collect();
        letters.extend(self.means.decided.iter().filter_map(|told| {
            let stands = in_force.contains(&told.entry);
            self.letter_of(LetterKind::Charge, told, told.said.letter.as_ref(), stands)
        }));
        letters.extend(self.of_decisions());
        letters.sort_by_key(|letter| letter.entry);
        letters
    }

    /// The letter about what an entry tells.
    pub fn letter(&self, entry: EntryNumber) -> Option<Letter<'_>> {
        self.letters().into_iter().find(|letter| letter.entry == entry)
    }

    fn of_assessments(&self) -> Vec<Letter<'_>> {
        let finished = self.assessment.begun.iter().filter_map(|form| {
            let ended = form.ended.as_ref()?;
            let kind = match form.begun.said.purpose {
                FormKind::Assessment => LetterKind::Assessment,
                FormKind::Carer => LetterKind::Carer,
                _ => return None,
            };
            (ended.said.ending == Ending::Finished).then_some((kind, ended))
        });
        let finished: Vec<_> = finished.collect();
        let letter = |&(kind, ended)| {
            let ended: &Told<FormEnded> = ended;
            let again =
                finished.iter().any(|(other, later)| *other == kind && later.entry > ended.entry);
            self.letter_of(kind, ended, ended.said.letter.as_ref(), !again)
        };
        finished.iter().filter_map(letter).collect()
    }

    /// Of what the person can decide, what was decided, continuing healthcare, and risks. What was found,
    /// decided or said again since takes the place of what was before.
    fn of_decisions(&self) -> Vec<Letter<'_>> {
        let Decisions { capacity, made, chc, risks, .. } = &self.decisions;
        let mut letters = Vec::new();
        letters.extend(capacity.iter().filter_map(|told| {
            let (said, last) = (&told.said, self.decisions.capacity_for(&told.said.decision));
            let stands = last.is_some_and(|last| last.entry == told.entry);
            let letter = self.letter_of(LetterKind::Capacity, told, said.letter.as_ref(), stands);
            Some(Letter { about: &said.decision, ..letter? })
        }));
        letters.extend(made.iter().filter_map(|told| {
            let said = &told.said;
            let again = made.iter().any(|other| {
                other.entry > told.entry && same_decision(&other.said.decision, &said.decision)
            });
            let letter = self.letter_of(LetterKind::Decision, told, said.letter.as_ref(), !again);
            Some(Letter { about: &said.decision, ..letter? })
        }));
        letters.extend(chc.iter().filter_map(|told| {
            let last = chc.last().is_some_and(|last| last.entry == told.entry);
            self.letter_of(LetterKind::Chc, told, told.said.letter.as_ref(), last)
        }));
        letters.extend(risks.iter().filter_map(|told| {
            let said = &told.said;
            let again = risks.iter().any(|later| later.said.again == Some(told.entry));
            let letter = self.letter_of(LetterKind::Risk, told, said.letter.as_ref(), !again);
            Some(Letter { about: &said.decision, ..letter? })
        }));
        letters
    }

    /// A letter about an entry; none about what is not for the person to read.
    fn letter_of<'a, T>(
        &'a self,
        kind: LetterKind,
        told: &'a Told<T>,
        due: Option<&'a LetterDue>,
        stands: bool,
    ) -> Option<Letter<'a>> {
        let given = self.letters_given.iter().filter(|given| given.said.about == told.entry);
        (told.audience == Audience::Everyone).then(|| Letter {
            kind,
            about: "",
            entry: told.entry,
            on: told.on,
            author: &told.author,
            due,
            stands,
            given: given.collect(),
        })
    }
}

fn same_who(one: &EligibilityDecided, other: &EligibilityDecided) -> bool {
    std::mem::discriminant(&one.case) == std::mem::discriminant(&other.case)
}
