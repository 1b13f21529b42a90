//! Reviews, how outcomes were scored, and enablement, as a story adds them up; and when the next review
//! is due: for everybody with a plan, always.

use law::day::Day;

use crate::record::entry::{Entry, EntryNumber};
use crate::record::fact::Fact;
use crate::record::fact::review::ReviewGround;
use crate::record::fact::review::{
    EnablementBegun, EnablementEnded, EnablementWeek, OutcomesScored, ReviewBroughtForward,
    ReviewHeld,
};

use super::{Person, Told, told};

/// The first look comes six to eight weeks after the plan began (Care and support statutory guidance
/// 13.32, from memory): at the latest then.
const FIRST_DAYS: i32 = 8 * 7;

/// Everything about reviews, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reviews {
    /// Those that were held.
    pub held: Vec<Told<ReviewHeld>>,
    /// What brought one forward since the last was held: because somebody asked for it, or reported what
    /// happened.
    pub forward: Vec<Told<ReviewBroughtForward>>,
    /// How the outcomes stood, each time that somebody said.
    pub scored: Vec<Told<OutcomesScored>>,
    /// Programmes of enablement.
    pub enablement: Vec<Programme>,
}

/// A programme of enablement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// What was planned.
    pub begun: Told<EnablementBegun>,
    /// What was said of its weeks, in order.
    pub weeks: Vec<Told<EnablementWeek>>,
    /// What it came to.
    pub ended: Option<Told<EnablementEnded>>,
}

impl Programme {
    /// The first day of the week that is to be told of next: a Monday, or the day on which it began.
    pub fn untold(&self) -> Day {
        let told = self.weeks.iter().map(|week| week.said.week.sunday().plus_days(1));
        told.max().unwrap_or(self.begun.said.from)
    }
}

impl Reviews {
    /// The review held last.
    pub fn last(&self) -> Option<&Told<ReviewHeld>> {
        self.held.last()
    }

    /// The programme begun in an entry.
    pub fn programme(&self, begun: EntryNumber) -> Option<&Programme> {
        self.enablement.iter().find(|programme| programme.begun.entry == begun)
    }

    /// The programme that is under way.
    pub fn under_way(&self) -> Option<&Programme> {
        self.enablement.iter().rev().find(|programme| programme.ended.is_none())
    }

    pub(super) fn take(&mut self, entry: &Entry, fact: &Fact) {
        match fact {
            Fact::ReviewHeld(said) => {
                self.held.push(told(entry, said.as_ref()));
                self.forward.clear();
            }
            Fact::ReviewBroughtForward(said) => self.forward.push(told(entry, said)),
            Fact::Contact(contact) => {
                let sooner = contact.changed.map(|reported| ReviewBroughtForward {
                    change: reported.change,
                    words: contact.words.clone(),
                    by: reported.review_by,
                });
                self.forward.extend(sooner.map(|sooner| told(entry, &sooner)));
            }
            Fact::OutcomesScored(said) => self.scored.push(told(entry, said)),
            Fact::EnablementBegun(said) => {
                let begun = told(entry, said);
                self.enablement.push(Programme { begun, weeks: Vec::new(), ended: None });
            }
            Fact::EnablementWeek(said) => {
                if let Some(programme) = self.programme_mut(said.begun) {
                    programme.weeks.push(told(entry, said));
                }
            }
            Fact::EnablementEnded(said) => {
                if let Some(programme) = self.programme_mut(said.begun) {
                    programme.ended = Some(told(entry, said));
                }
            }
            _ => {}
        }
    }

    fn programme_mut(&mut self, begun: EntryNumber) -> Option<&mut Programme> {
        self.enablement.iter_mut().find(|programme| programme.begun.entry == begun)
    }
}

/// A review that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// By when.
    pub by: Day,
    /// Why there is one.
    pub ground: ReviewGround,
    /// The entry that it comes from.
    pub entry: EntryNumber,
}

impl Person {
    /// What brings the next review forward. What happened before there was a plan does not: the plan was made
    /// of it.
    pub fn brought_forward(&self) -> impl Iterator<Item = &Told<ReviewBroughtForward>> {
        let first = self.plan.first_action();
        let all = self.reviews.forward.iter();
        all.filter(move |told| first.is_some_and(|first| told.entry > first))
    }

    /// When the next review of the plan is due, and why; nothing where there is no plan, or support has
    /// ended.
    pub fn review_due(&self) -> Option<Due> {
        let began = self.plan.began()?;
        let first = self.plan.first_action()?;
        let soonest = self.brought_forward().min_by_key(|told| told.said.by);
        let forward = soonest.map(|told| Due {
            by: told.said.by,
            ground: told.said.change.ground(),
            entry: told.entry,
        });
        let regular = match self.reviews.last() {
            None => {
                let by = began.plus_days(FIRST_DAYS);
                Some(Due { by, ground: ReviewGround::First, entry: first })
            }
            Some(last) => match last.said.next_by {
                Some(by) => Some(Due { by, ground: ReviewGround::Planned, entry: last.entry }),
                // Support had ended; a plan that was taken up again begins anew.
                None => {
                    let since = self
                        .plan
                        .actions
                        .iter()
                        .filter(|action| action.open() && action.written.entry > last.entry);
                    let first = since.min_by_key(|action| action.written.entry);
                    first.map(|action| Due {
                        by: action.written.on.plus_days(FIRST_DAYS),
                        ground: ReviewGround::First,
                        entry: action.id,
                    })
                }
            },
        };
        [forward, regular].into_iter().flatten().min_by_key(|due| due.by)
    }
}
