//! What was decided on a story, and what authority stands on it.

use law::day::Day;

use crate::record::entry::{Entry, EntryNumber};
use crate::record::fact::Fact;
use crate::record::fact::decision::{
    AuthorityEnded, AuthorityRecorded, CapacityAssessed, ChcConsidered, Conclusion, DecisionMade,
    EligibilityDecided, Matter, RiskTalked,
};

use super::{Told, told};

/// Everything decided, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    /// Who is eligible.
    pub eligibility: Vec<Told<EligibilityDecided>>,
    /// Checklists done, and decided not to be.
    pub chc: Vec<Told<ChcConsidered>>,
    /// Capacity, decision by decision.
    pub capacity: Vec<Told<CapacityAssessed>>,
    /// Authority to decide or act for the person.
    pub authorities: Vec<Authority>,
    /// Decisions, by the person or for them.
    pub made: Vec<Told<DecisionMade>>,
    /// Risks that were talked about; the last talk about each stands.
    pub risks: Vec<Told<RiskTalked>>,
}

/// Authority that was recorded, and whether it has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// What was seen.
    pub recorded: Told<AuthorityRecorded>,
    /// Its end.
    pub ended: Option<Told<AuthorityEnded>>,
}

impl Authority {
    /// Whether it holds on a day, for a matter.
    pub fn holds(&self, matter: Matter, on: Day) -> bool {
        let said = &self.recorded.said;
        let ended = self.ended.as_ref().is_some_and(|told| told.said.last_day < on);
        let registered = said.registered_on.is_some_and(|day| day <= on);
        said.scope.contains(&matter)
            && (registered || !said.authority.is_registered())
            && said.from <= on
            && said.until.is_none_or(|until| on <= until)
            && !ended
    }
}

/// One decision, whatever the spaces and capitals it is written with.
pub fn same_decision(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    plain(one) == plain(other)
}

impl Decisions {
    /// Folds the decisions alone from entries in order.
    pub fn of(entries: &[Entry]) -> Self {
        let mut decisions = Self::default();
        for entry in entries.iter().filter(|entry| entry.corrects.is_none()) {
            decisions.take(entry, &entry.fact);
        }
        decisions
    }

    /// The capacity assessment in an entry.
    pub fn capacity_in(&self, entry: EntryNumber) -> Option<&Told<CapacityAssessed>> {
        self.capacity.iter().find(|told| told.entry == entry)
    }

    /// The last capacity assessment of a decision.
    pub fn capacity_for(&self, decision: &str) -> Option<&Told<CapacityAssessed>> {
        self.capacity.iter().rev().find(|told| same_decision(&told.said.decision, decision))
    }

    /// The last assessments, one for each decision, that found capacity lacking.
    pub fn lacking(&self) -> impl Iterator<Item = &Told<CapacityAssessed>> {
        self.capacity.iter().filter(|told| {
            let last = self.capacity_for(&told.said.decision);
            told.said.conclusion == Conclusion::Lacks
                && last.is_some_and(|last| last.entry == told.entry)
        })
    }

    /// The authority recorded in an entry.
    pub fn authority_in(&self, entry: EntryNumber) -> Option<&Authority> {
        self.authorities.iter().find(|authority| authority.recorded.entry == entry)
    }

    /// The authority that holds for a matter on a day.
    pub fn holding(&self, matter: Matter, on: Day) -> impl Iterator<Item = &Authority> {
        self.authorities.iter().filter(move |authority| authority.holds(matter, on))
    }

    /// Whether, by the last assessment in a matter, the person lacks capacity for a decision in it, and
    /// that can still be relied on.
    pub fn lacks_in(&self, matter: Matter, on: Day) -> bool {
        let last = self.capacity.iter().rfind(|told| told.said.matter == matter);
        last.is_some_and(|told| {
            told.said.conclusion == Conclusion::Lacks
                && told.said.good_until.is_some_and(|until| on <= until)
        })
    }

    /// Whether the last assessment in a matter found that the person has capacity.
    pub fn has_in(&self, matter: Matter) -> bool {
        let last = self.capacity.iter().rfind(|told| told.said.matter == matter);
        last.is_some_and(|told| told.said.conclusion == Conclusion::Has)
    }

    /// The decisions made for the person that stand: the last of each, unless they were found to have
    /// capacity for it since.
    pub fn standing_for(&self) -> impl Iterator<Item = &Told<DecisionMade>> {
        self.made.iter().filter(|told| {
            let decision = &told.said.decision;
            let same = |other: &str| same_decision(other, decision);
            let mut later = self.made.iter().filter(|later| later.entry > told.entry);
            let replaced = later.any(|later| same(&later.said.decision));
            let regained = self.capacity_for(decision).is_some_and(|last| {
                last.entry > told.entry && last.said.conclusion == Conclusion::Has
            });
            told.said.interests.is_some() && !replaced && !regained
        })
    }

    /// The last talk about each risk.
    pub fn open_risks(&self) -> impl Iterator<Item = &Told<RiskTalked>> {
        self.risks
            .iter()
            .filter(|told| !self.risks.iter().any(|later| later.said.again == Some(told.entry)))
    }

    pub(super) fn take(&mut self, entry: &Entry, fact: &Fact) {
        match fact {
            Fact::EligibilityDecided(said) => self.eligibility.push(told(entry, said.as_ref())),
            Fact::ChcConsidered(said) => self.chc.push(told(entry, said.as_ref())),
            Fact::CapacityAssessed(said) => self.capacity.push(told(entry, said.as_ref())),
            Fact::AuthorityRecorded(said) => {
                let recorded = told(entry, said.as_ref());
                self.authorities.push(Authority { recorded, ended: None });
            }
            Fact::AuthorityEnded(said) => {
                let mut all = self.authorities.iter_mut();
                if let Some(found) = all.find(|one| one.recorded.entry == said.authority) {
                    found.ended = Some(told(entry, said));
                }
            }
            Fact::DecisionMade(said) => self.made.push(told(entry, said.as_ref())),
            Fact::RiskTalked(said) => self.risks.push(told(entry, said.as_ref())),
            _ => {}
        }
    }
}
