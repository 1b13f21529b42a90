//! The plan that a story adds up to.

use law::day::Day;

use crate::record::entry::{Audience, Entry, EntryNumber};
use crate::record::fact::Fact;
use crate::record::fact::assess::{FormKind, Voice};
use crate::record::fact::plan::{
    ActionMoved, ActionWritten, Agreement, MeetingHeard, MeetingListed, MessageSeen, MessageSent,
    OutcomeEnded, OutcomeWritten, PlanAnswered, Progress,
};

use super::{Told, told};

/// The one plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// What the person wants, in the order it was first written.
    pub outcomes: Vec<Outcome>,
    /// What is done for it, in the order it was first written.
    pub actions: Vec<Action>,
    /// What the person said to it, in order.
    pub answers: Vec<Told<PlanAnswered>>,
    /// The meetings that it is or was on the list of, in order.
    pub meetings: Vec<Meeting>,
    /// Messages about the person, in order.
    pub messages: Vec<Message>,
    /// Sections that others wrote under the plan for everybody to read, each entry with its day. What the person
    /// wrote with their own hand they need not agree to.
    pub sections: Vec<(EntryNumber, Day)>,
    /// The last entry that changed what the plan says; 0 where none has.
    pub changed: EntryNumber,
}

/// An outcome, as last written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The entry that first wrote it.
    pub id: EntryNumber,
    /// How it was last written.
    pub written: Told<OutcomeWritten>,
    /// Its end.
    pub ended: Option<Told<OutcomeEnded>>,
}

/// An action, as last written, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The entry that first wrote it.
    pub id: EntryNumber,
    /// How it was last written.
    pub written: Told<ActionWritten>,
    /// What was last said of it.
    pub moved: Option<Told<ActionMoved>>,
}

impl Action {
    /// Whether it is still to be done or looked at: neither a draft, nor done, nor stopped.
    pub fn open(&self) -> bool {
        let over = self
            .moved
            .as_ref()
            .is_some_and(|told| matches!(told.said.progress, Progress::Done | Progress::Stopped));
        !over && !self.written.said.draft
    }

    /// The day on which it is looked at next.
    pub fn due(&self) -> Day {
        match self.moved.as_ref().map(|told| told.said.progress) {
            // A newer writing counts from its own day.
            Some(Progress::GoesOn { next })
                if self.moved.as_ref().is_some_and(|told| told.entry > self.written.entry) =>
            {
                next
            }
            _ => self.written.said.due,
        }
    }
}

/// A meeting's list with the person on it, and what was said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Who put them on it, and why.
    pub listed: Told<MeetingListed>,
    /// What was said.
    pub heard: Option<Told<MeetingHeard>>,
}

/// A message, and whether it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What it says.
    pub sent: Told<MessageSent>,
    /// Who saw it, and what they answered.
    pub seen: Option<Told<MessageSeen>>,
}

impl Plan {
    /// Folds the plan alone from entries in order: those that somebody may read.
    pub fn of(entries: &[Entry]) -> Self {
        let mut plan = Self::default();
        for entry in entries.iter().filter(|entry| entry.corrects.is_none()) {
            plan.take(entry, &entry.fact);
        }
        plan
    }

    /// The outcome first written in an entry.
    pub fn outcome(&self, id: EntryNumber) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The action first written in an entry.
    pub fn action(&self, id: EntryNumber) -> Option<&Action> {
        self.actions.iter().find(|action| action.id == id)
    }

    /// Outcomes that are worked for.
    pub fn open_outcomes(&self) -> impl Iterator<Item = &Outcome> {
        self.outcomes.iter().filter(|outcome| outcome.ended.is_none())
    }

    /// Open actions that serve an outcome which is worked for.
    pub fn open_actions(&self) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(|action| {
            let outcome = self.outcome(action.written.said.outcome);
            action.open() && outcome.is_some_and(|outcome| outcome.ended.is_none())
        })
    }

    /// The entry of the first action that is no draft.
    pub fn first_action(&self) -> Option<EntryNumber> {
        let standing = self.actions.iter().filter(|action| !action.written.said.draft);
        standing.map(|action| action.id).min()
    }

    /// Whether there is a plan to answer: an outcome that is worked for, with an action that stands for
    /// it, done or not.
    pub fn can_be_answered(&self) -> bool {
        self.open_outcomes()
            .any(|outcome| self.serving(outcome.id).any(|action| !action.written.said.draft))
    }

    /// The actions that serve an outcome.
    pub fn serving(&self, outcome: EntryNumber) -> impl Iterator<Item = &Action> {
        self.actions.iter().filter(move |action| action.written.said.outcome == outcome)
    }

    /// The meeting list in an entry.
    pub fn meeting(&self, listed: EntryNumber) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.listed.entry == listed)
    }

    /// The message in an entry.
    pub fn message(&self, sent: EntryNumber) -> Option<&Message> {
        self.messages.iter().find(|message| message.sent.entry == sent)
    }

    /// The day on which the plan began: when the first action stood in it.
    pub fn began(&self) -> Option<Day> {
        let standing = self.actions.iter().filter(|action| !action.written.said.draft);
        standing.map(|action| action.written.on).min()
    }

    /// What the person last said to the plan, and whether it is to the plan as it stands.
    pub fn answer(&self) -> Option<(&Told<PlanAnswered>, bool)> {
        let last = self.answers.last()?;
        Some((last, last.said.seen >= self.changed))
    }

    /// Whether the person agrees, at least in part, with the plan as it stands.
    pub fn agreed(&self) -> bool {
        self.answer()
            .is_some_and(|(told, current)| current && told.said.answer != Agreement::Disagrees)
    }

    pub(super) fn take(&mut self, entry: &Entry, fact: &Fact) {
        match fact {
            Fact::OutcomeWritten(said) => {
                self.changed = entry.number;
                let written = told(entry, said.as_ref());
                match self.outcomes.iter_mut().find(|known| Some(known.id) == said.of) {
                    Some(known) => known.written = written,
                    None => {
                        let id = said.of.unwrap_or(entry.number);
                        self.outcomes.push(Outcome { id, written, ended: None });
                    }
                }
            }
            Fact::OutcomeEnded(said) => {
                self.changed = entry.number;
                let mut all = self.outcomes.iter_mut();
                if let Some(known) = all.find(|known| known.id == said.outcome) {
                    known.ended = Some(told(entry, said));
                }
            }
            Fact::ActionWritten(said) => {
                if !said.draft {
                    self.changed = entry.number;
                }
                let written = told(entry, said.as_ref());
                match self.actions.iter_mut().find(|known| Some(known.id) == said.of) {
                    Some(known) => known.written = written,
                    None => {
                        let id = said.of.unwrap_or(entry.number);
                        self.actions.push(Action { id, written, moved: None });
                    }
                }
            }
            Fact::ActionMoved(said) => {
                if let Some(known) = self.actions.iter_mut().find(|known| known.id == said.action) {
                    known.moved = Some(told(entry, said));
                }
            }
            Fact::SectionWritten(said) => {
                let for_all =
                    said.purpose == FormKind::Plan && entry.audience == Audience::Everyone;
                if for_all && said.voice != Voice::Own {
                    self.changed = entry.number;
                    self.sections.push((entry.number, entry.on));
                }
            }
            Fact::PlanAnswered(said) => self.answers.push(told(entry, said.as_ref())),
            _ => self.take_talk(entry, fact),
        }
    }

    fn take_talk(&mut self, entry: &Entry, fact: &Fact) {
        match fact {
            Fact::MeetingListed(said) => {
                self.meetings.push(Meeting { listed: told(entry, said), heard: None });
            }
            Fact::MeetingHeard(said) => {
                let mut all = self.meetings.iter_mut();
                if let Some(known) = all.find(|known| known.listed.entry == said.listed) {
                    known.heard = Some(told(entry, said));
                }
            }
            Fact::MessageSent(said) => {
                self.messages.push(Message { sent: told(entry, said), seen: None });
            }
            Fact::MessageSeen(said) => {
                let mut all = self.messages.iter_mut();
                if let Some(known) = all.find(|known| known.sent.entry == said.message) {
                    known.seen = Some(told(entry, said));
                }
            }
            _ => {}
        }
    }
}
