//! The financial assessment of a person, as far as it has come, and what they pay.

use std::collections::BTreeMap;
use std::sync::Arc;

use law::day::Day;
use law::pence::Pence;

use super::{Told, told};
use crate::record::entry::Entry;
use crate::record::fact::{ChargeDecided, Fact, Ground, MeansAsked, MeansStated, Stated};

/// The financial assessment, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Means {
    /// When it was last asked for.
    pub asked: Option<Told<MeansAsked>>,
    /// What the person last said.
    pub said: Option<Told<MeansStated>>,
    /// An officer's draft that waits to be decided.
    pub draft: Option<Told<MeansStated>>,
    /// What was decided, in the order it was.
    pub decided: Vec<Told<Arc<ChargeDecided>>>,
}

impl Means {
    /// What holds on a day: of the decisions from then or before, the last made of those with the
    /// latest first day.
    pub fn on(&self, day: Day) -> Option<&Told<Arc<ChargeDecided>>> {
        let begun = self.decided.iter().filter(|decided| decided.said.from() <= day);
        begun.max_by_key(|decided| (decided.said.from(), decided.entry))
    }

    /// What a charge from a day is put beside: what held on that day, or where nothing did, what was
    /// decided last.
    pub fn beside(&self, day: Day) -> Option<&Told<Arc<ChargeDecided>>> {
        self.on(day).or_else(|| self.decided.last())
    }

    /// What the person pays a week on a day; None where nothing is decided about it.
    pub fn weekly_on(&self, day: Day) -> Option<Pence> {
        self.on(day).map(|decided| decided.said.weekly_on(day))
    }

    /// The decisions that hold, by their first days: of two from one day, the later one.
    pub fn in_force(&self) -> Vec<&Told<Arc<ChargeDecided>>> {
        let mut by_day = BTreeMap::new();
        for decided in &self.decided {
            by_day.insert(decided.said.from(), decided);
        }
        by_day.into_values().collect()
    }

    /// Whether it was asked for, and nothing has been drafted since.
    pub fn waits(&self) -> Option<&Told<MeansAsked>> {
        let asked = self.asked.as_ref()?;
        let drafted = self.draft.as_ref().map(|draft| draft.entry);
        let decided = self.decided.last().map(|decided| decided.entry);
        (drafted.max(decided) < Some(asked.entry)).then_some(asked)
    }

    pub(super) fn take(&mut self, entry: &Entry, fact: &Fact) {
        match fact {
            Fact::MeansAsked(asked) => self.asked = Some(told(entry, asked)),
            Fact::MeansStated(stated) => {
                let place = match stated.stated {
                    Stated::ByPerson | Stated::ByRepresentative => &mut self.said,
                    Stated::AsDraft => &mut self.draft,
                };
                *place = Some(told(entry, stated.as_ref()));
            }
            Fact::ChargeDecided(decided) => {
                if matches!(decided.ground, Ground::Draft(_)) {
                    self.draft = None;
                }
                self.decided.push(told(entry, decided));
            }
            _ => {}
        }
    }
}
