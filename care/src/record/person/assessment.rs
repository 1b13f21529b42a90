//! What the forms on a story add up to: which writing of each section stands, by whom each of its
//! answers was given, and what was begun or prompted.
//!
//! A writing takes the place only of those its author had before them, and only of such as it may
//! (`Voice::may_replace`); any other stands beside it. So nothing is lost to the last writer,
//! whatever was decided before it was appended.

use std::collections::{BTreeMap, BTreeSet};

use law::day::Day;

use crate::record::entry::{Audience, Author, Entry, EntryNumber};
use crate::record::fact::Fact;
use crate::record::fact::assess::{
    FormBegun, FormEnded, FormHandedOver, PromptAnswered, Prompted, Reply, SectionConfirmed,
    SectionOutdated, SectionWritten, Side,
};
use crate::record::ids::{FormId, QuestionId, SectionId, TeamId, UserId};

use super::{Told, told};

/// What was assessed, as far as the entries that were folded say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assessment {
    writings: Vec<Writing>,
    confirmed: Vec<Told<SectionConfirmed>>,
    outdated: Vec<Told<SectionOutdated>>,
    /// The forms that were begun, in order.
    pub begun: Vec<BegunForm>,
    /// What was prompted, in order.
    pub prompted: Vec<PromptState>,
}

/// One writing of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing {
    /// What was written, by whom and when.
    pub told: Told<SectionWritten>,
    /// The entry of the writing that took its place, once one has.
    pub replaced_by: Option<EntryNumber>,
    /// Where each of its answers comes from.
    pub given: BTreeMap<QuestionId, Given>,
}

/// Where an answer comes from, and what was said of it since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// The entry of the writing that first gave it: a later one that left it as it was gave nothing.
    pub entry: EntryNumber,
    /// The entry that last confirmed it.
    pub confirmed: Option<EntryNumber>,
    /// The entry that says it is out of date, where one does.
    pub outdated: Option<EntryNumber>,
    /// The day by which it is looked at again, with those that were given or confirmed with it.
    pub good_until: Option<Day>,
}

/// A form that was begun, and whether it came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunForm {
    /// What was begun.
    pub begun: Told<FormBegun>,
    /// Each time it was handed over, in order.
    pub handed: Vec<Told<FormHandedOver>>,
    /// Its end.
    pub ended: Option<Told<FormEnded>>,
}

impl BegunForm {
    /// Whose work it is: a team’s, or one user’s.
    pub fn owner(&self) -> (Option<&TeamId>, Option<UserId>) {
        match self.handed.last() {
            Some(last) => (last.said.team.as_ref(), last.said.user),
            None => (self.begun.said.team.as_ref(), self.begun.said.user),
        }
    }

    /// Since when they have it.
    pub fn since(&self) -> Day {
        self.handed.last().map_or(self.begun.on, |last| last.on)
    }
}

/// A prompt, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptState {
    /// What was prompted.
    pub prompted: Told<Prompted>,
    /// What came of it.
    pub answered: Option<Told<PromptAnswered>>,
}

/// A section of a form; of one occasion, where the form is filled in anew each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The form.
    pub form: &'a FormId,
    /// The entry that began it.
    pub occasion: Option<EntryNumber>,
    /// The section.
    pub section: &'a SectionId,
}

impl Writing {
    /// Its entry's number.
    pub fn entry(&self) -> EntryNumber {
        self.told.entry
    }

    /// The section it is a writing of.
    pub fn place(&self) -> Place<'_> {
        let said = &self.told.said;
        Place { form: &said.form, occasion: said.occasion, section: &said.section }
    }

    /// On which side it stands.
    pub fn side(&self) -> Side {
        self.told.said.voice.side()
    }

    /// Whether nothing has taken its place.
    pub fn stands(&self) -> bool {
        self.replaced_by.is_none()
    }

    /// What was answered to a question.
    pub fn reply(&self, question: &QuestionId) -> Option<&Reply> {
        self.told.said.replies.get(question)
    }
}

/// Whether a writing may take the place of an earlier one: of the same section, in a voice that may,
/// and for the same readers, so that what was said in confidence neither spreads nor is covered up.
pub fn may_replace(new: (&SectionWritten, Audience, &Author), old: &Told<SectionWritten>) -> bool {
    let (said, audience, author) = new;
    let readers = audience == old.audience
        && (audience != Audience::Organisation || author.organisation == old.author.organisation);
    said.form == old.said.form
        && said.occasion == old.said.occasion
        && said.section == old.said.section
        && said.voice.may_replace(old.said.voice)
        && readers
}

impl Assessment {
    /// Folds the assessment alone from entries in order: from those that somebody may read, it is the
    /// assessment as it is for them.
    pub fn of(entries: &[Entry]) -> Self {
        let mut assessment = Self::default();
        for entry in entries.iter().filter(|entry| entry.corrects.is_none()) {
            assessment.take(entry, &entry.fact);
        }
        assessment
    }

    /// Every writing, in the order they were written.
    pub fn writings(&self) -> impl DoubleEndedIterator<Item = &Writing> {
        self.writings.iter()
    }

    /// The writing in an entry.
    pub fn writing(&self, entry: EntryNumber) -> Option<&Writing> {
        let found = self.writings.binary_search_by_key(&entry, Writing::entry).ok()?;
        self.writings.get(found)
    }

    /// The writings that stand, in the order they were written.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Writing> {
        self.writings().filter(|writing| writing.stands())
    }

    /// The writings of one section that stand: one for each side, and more where some were written
    /// for fewer readers, or without sight of each other.
    pub fn standing_in<'a>(
        &'a self,
        place: Place<'a>,
    ) -> impl DoubleEndedIterator<Item = &'a Writing> {
        self.standing().filter(move |writing| writing.place() == place)
    }

    /// The confirmation in an entry.
    pub fn confirmation(&self, entry: EntryNumber) -> Option<&Told<SectionConfirmed>> {
        self.confirmed.iter().find(|told| told.entry == entry)
    }

    /// The mark in an entry that something is out of date.
    pub fn outdating(&self, entry: EntryNumber) -> Option<&Told<SectionOutdated>> {
        self.outdated.iter().find(|told| told.entry == entry)
    }

    /// The form that an entry began.
    pub fn form_begun(&self, entry: EntryNumber) -> Option<&BegunForm> {
        self.begun.iter().find(|form| form.begun.entry == entry)
    }

    /// The prompt in an entry.
    pub fn prompt(&self, entry: EntryNumber) -> Option<&PromptState> {
        self.prompted.iter().find(|state| state.prompted.entry == entry)
    }

    pub(super) fn take(&mut self, entry: &Entry, fact: &Fact) {
        match fact {
            Fact::FormBegun(begun) => {
                let (begun, handed) = (told(entry, begun.as_ref()), Vec::new());
                self.begun.push(BegunForm { begun, handed, ended: None });
            }
            Fact::FormEnded(ended) => {
                let form = self.begun.iter_mut().find(|form| form.begun.entry == ended.begun);
                if let Some(form) = form {
                    form.ended = Some(told(entry, ended));
                }
            }
            Fact::FormHandedOver(handed) => {
                let form = self.begun.iter_mut().find(|form| form.begun.entry == handed.begun);
                if let Some(form) = form {
                    form.handed.push(told(entry, handed));
                }
            }
            Fact::SectionWritten(written) => self.write(told(entry, written.as_ref())),
            Fact::SectionConfirmed(confirmed) => {
                self.mark(confirmed.written, &confirmed.questions, |given| {
                    given.confirmed = Some(entry.number);
                    given.outdated = None;
                    given.good_until = confirmed.good_until;
                });
                self.confirmed.push(told(entry, confirmed));
            }
            Fact::SectionOutdated(outdated) => {
                self.mark(outdated.written, &outdated.questions, |given| {
                    given.outdated = Some(entry.number);
                });
                self.outdated.push(told(entry, outdated));
            }
            Fact::Prompted(prompted) => {
                let prompted = told(entry, prompted.as_ref());
                self.prompted.push(PromptState { prompted, answered: None });
            }
            Fact::PromptAnswered(answered) => {
                let mut prompts = self.prompted.iter_mut();
                if let Some(state) = prompts.find(|state| state.prompted.entry == answered.prompted)
                {
                    state.answered = Some(told(entry, answered));
                }
            }
            _ => {}
        }
    }

    fn write(&mut self, new: Told<SectionWritten>) {
        let first = Given {
            entry: new.entry,
            confirmed: None,
            outdated: None,
            good_until: new.said.good_until,
        };
        let mut given: BTreeMap<QuestionId, Given> =
            new.said.replies.keys().map(|question| (question.clone(), first)).collect();
        for old in &mut self.writings {
            // What was sent twice is one writing.
            let again = old.told.author.user == new.author.user && old.told.said == new.said;
            let seen = again || new.said.saw.contains(&old.entry());
            if !seen || !may_replace((&new.said, new.audience, &new.author), &old.told) {
                continue;
            }
            // What was already replaced stays replaced by that: the two then stand beside each other.
            old.replaced_by.get_or_insert(new.entry);
            for (question, before) in &old.given {
                let same = new.said.replies.get(question) == old.told.said.replies.get(question);
                if let Some(now) = given.get_mut(question).filter(|_| same) {
                    *now = *before;
                }
            }
        }
        self.writings.push(Writing { told: new, replaced_by: None, given });
    }

    /// Marks answers of a writing.
    fn mark(
        &mut self,
        written: EntryNumber,
        questions: &BTreeSet<QuestionId>,
        change: impl Fn(&mut Given),
    ) {
        if let Ok(found) = self.writings.binary_search_by_key(&written, Writing::entry) {
            for (question, given) in &mut self.writings[found].given {
                if questions.is_empty() || questions.contains(question) {
                    change(given);
                }
            }
        }
    }
}
