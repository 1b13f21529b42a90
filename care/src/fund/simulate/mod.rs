//! The policy laboratory: everybody assessed under the charging policy and the rates as they are, and
//! again under others, and what that does to whom.
//!
//! A person stays as they are (age, means, care, the clocks of their stay); only the figures and the
//! choices differ. What a person pays is their charge and, where it is due, the fee for arranging
//! their care. A [`Tally`] takes person after person and keeps none, so a file of any size can be
//! read through, in parts that are joined at the end.

mod report;
pub mod sweep;

pub use report::{Band, Figures, Group, Income, Mark, Part, Simulation, Spread};

use std::collections::BTreeMap;

use law::charging::Compared;
use law::charging::{Case, Law, NoAnswer};
use law::day::Day;
use law::pence::Pence;

use crate::fund::supported::{Dimension, Supported};

/// Figures and choices, and the days on which they are read.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The figures and the choices.
    pub law: &'a Law,
    /// The day whose figures hold; each case's own, if none is named.
    pub rates_on: Option<Day>,
    /// The day whose choices hold; each case's own, if none is named.
    pub policy_on: Option<Day>,
}

impl<'a> Side<'a> {
    /// Figures and choices as they stand on the day of each case.
    pub const fn as_it_stands(law: &'a Law) -> Self {
        Self { law, rates_on: None, policy_on: None }
    }

    /// What a person pays a week.
    pub fn weekly(&self, case: &Case) -> Result<Pence, NoAnswer> {
        let (rates_on, policy_on) = self.days(case);
        let outcome = self.law.outcome_under(case, rates_on, policy_on)?;
        Ok(outcome.charge + outcome.arrangement_fee)
    }

    /// The days whose figures and whose choices hold for a case.
    fn days(&self, case: &Case) -> (Day, Day) {
        (self.rates_on.unwrap_or(case.as_of), self.policy_on.unwrap_or(case.as_of))
    }
}

/// What is compared with what.
#[derive(Debug, Clone, Copy)]
pub struct Reform<'a> {
    /// As it is.
    pub base: Side<'a>,
    /// As it would be.
    pub changed: Side<'a>,
}

/// What a reform does to people, added up as they come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    whole: Compared,
    /// How many people each weekly change befalls.
    changes: BTreeMap<Pence, u64>,
    /// By dimension, by group.
    groups: [[Compared; MOST_GROUPS]; Dimension::ALL.len()],
}

/// The most groups a dimension has.
const MOST_GROUPS: usize = 7;

const _: () = {
    let mut at = 0;
    while at < Dimension::ALL.len() {
        assert!(Dimension::ALL[at].groups().len() <= MOST_GROUPS, "room for each group");
        at += 1;
    }
};

/// What takes in people one after another, in parts that are joined at the end.
pub trait Gather<'a>: Default {
    /// Takes in a person. One who cannot be assessed on both sides is not taken in, and the reason is
    /// given.
    fn assess(&mut self, reform: &Reform<'a>, person: &Supported) -> Result<(), NoAnswer>;

    /// Takes in what another part took in.
    fn join(&mut self, other: Self);
}

impl<'a> Gather<'a> for Tally {
    fn assess(&mut self, reform: &Reform<'a>, person: &Supported) -> Result<(), NoAnswer> {
        let before = reform.base.weekly(&person.case)?;
        let after = reform.changed.weekly(&person.case)?;
        self.add(person, before, after);
        Ok(())
    }

    fn join(&mut self, other: Self) {
        self.whole.join(&other.whole);
        for (change, people) in other.changes {
            *self.changes.entry(change).or_default() += people;
        }
        for (mine, theirs) in self.groups.iter_mut().flatten().zip(other.groups.iter().flatten()) {
            mine.join(theirs);
        }
    }
}

impl Tally {
    fn add(&mut self, person: &Supported, before: Pence, after: Pence) {
        self.whole.add(before, after);
        *self.changes.entry(after - before).or_default() += 1;
        for (dimension, groups) in Dimension::ALL.iter().zip(&mut self.groups) {
            groups[dimension.group_of(person)].add(before, after);
        }
    }

    /// What it all comes to.
    pub fn report(&self) -> Simulation {
        report::of(self)
    }
}

/// Assesses people under a reform. Those who cannot be assessed are given back by their place in the
/// row, with the reason.
pub fn simulate(reform: &Reform<'_>, people: &[Supported]) -> (Simulation, Vec<(usize, NoAnswer)>) {
    let mut tally = Tally::default();
    let mut rejected = Vec::new();
    for (at, person) in people.iter().enumerate() {
        if let Err(why) = tally.assess(reform, person) {
            rejected.push((at, why));
        }
    }
    (tally.report(), rejected)
}

#[cfg(test)]
mod tests;
