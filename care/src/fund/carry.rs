//! A change of circumstances that reaches back behind later decisions is carried into them.
//!
//! Only what the change touches is told again. Where a later decision rests on something that was
//! told newly for its own day, that stands; everything else follows the change.

use std::sync::Arc;

use law::charging::{Case, Law, NoAnswer, Row as _};

use crate::record::fact::{ChargeDecided, Ground};
use crate::record::person::{Means, Told};

use super::supplied::unsaid;
use super::uprate;

/// A later decision under a change of circumstances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried<'a> {
    /// The decision as it stands.
    pub before: &'a Told<Arc<ChargeDecided>>,
    /// The means it rests on now.
    pub case: Case,
    /// What the change says otherwise, but was told newly for that day, and so stands.
    pub stands: Vec<String>,
}

/// The later decisions that a change touches, the earliest first. The change begins on the day of
/// its case.
pub fn carried<'a>(
    means: &'a Means,
    change: &Case,
    law: &Law,
) -> Result<Vec<Carried<'a>>, NoAnswer> {
    let Some(before) = means.on(change.as_of) else { return Ok(Vec::new()) };
    let (mut old, mut new) = (&before.said.case, change.clone());
    let mut all = Vec::new();
    for before in means.in_force().into_iter().filter(|one| one.said.from() > change.as_of) {
        let later = &before.said.case;
        let mut stands = Vec::new();
        let case = match &before.said.ground {
            Ground::NewRates(_) => uprate::risen(&new, later.as_of, law)?.0,
            Ground::Draft(_) | Ground::BroughtIn => merged(old, &new, later, &mut stands),
        };
        if case != *later || !stands.is_empty() {
            all.push(Carried { before, case: case.clone(), stands });
        }
        (old, new) = (later, case);
    }
    Ok(all)
}

/// What was told for a later day, with the change from `old` to `new` laid in.
fn merged(old: &Case, new: &Case, later: &Case, stands: &mut Vec<String>) -> Case {
    let mut one = Laying { stands };
    Case {
        as_of: later.as_of,
        setting: one.field("where the care is", &old.setting, new.setting, later.setting),
        person: one.field("the person", &old.person, new.person.clone(), later.person.clone()),
        premiums: one.field("the premiums", &old.premiums, new.premiums, later.premiums),
        income: one.rows(
            (&old.income, &new.income, &later.income),
            |row| row.kind.in_words().into(),
            unsaid,
        ),
        capital: one.rows(
            (&old.capital, &new.capital, &later.capital),
            |row| row.kind.in_words().into(),
            unsaid,
        ),
        housing: one.rows(
            (&old.housing, &new.housing, &later.housing),
            |row| row.kind.in_words().into(),
            unsaid,
        ),
        dre: one.rows((&old.dre, &new.dre, &later.dre), |row| row.what.clone(), unsaid),
        services: one.rows(
            (&old.services, &new.services, &later.services),
            |row| row.kind.in_words().into(),
            Clone::clone,
        ),
        stay: one.field("the stay", &old.stay, new.stay.clone(), later.stay.clone()),
        top_up: one.field("the top-up", &old.top_up, new.top_up.clone(), later.top_up.clone()),
        told_on: one.field("when they were told", &old.told_on, new.told_on, later.told_on),
        earlier_start_reason: one.field(
            "the reason for an earlier start",
            &old.earlier_start_reason,
            new.earlier_start_reason.clone(),
            later.earlier_start_reason.clone(),
        ),
        disclosed: one.field("disclosure", &old.disclosed, new.disclosed, later.disclosed),
        light_touch: one.field(
            "light touch",
            &old.light_touch,
            new.light_touch.clone(),
            later.light_touch.clone(),
        ),
        arranged_by_council: one.field(
            "who arranges the care",
            &old.arranged_by_council,
            new.arranged_by_council,
            later.arranged_by_council,
        ),
        policy: one.field("the policy", &old.policy, new.policy.clone(), later.policy.clone()),
    }
}

struct Laying<'s> {
    stands: &'s mut Vec<String>,
}

impl Laying<'_> {
    /// The later value, unless it is what stood before: then the change's.
    fn field<T: PartialEq>(&mut self, what: &str, old: &T, new: T, later: T) -> T {
        if self.stands(what, old, &new, &later) { later } else { new }
    }

    fn stands<T: PartialEq>(&mut self, what: &str, old: &T, new: &T, later: &T) -> bool {
        if later == old {
            return new == later;
        }
        if new != old && new != later {
            self.stands.push(what.to_owned());
        }
        true
    }

    /// Rows are known by their name, and by their place among those of the same name; who supplied
    /// one says nothing of whether it has changed.
    fn rows<'r, T: Clone + PartialEq>(
        &mut self,
        (old, new, later): (&'r [T], &'r [T], &'r [T]),
        name: impl Fn(&T) -> String,
        unsaid: impl Fn(&T) -> T,
    ) -> Vec<T> {
        let (old, new, later) = (named(old, &name), named(new, &name), named(later, &name));
        let mut rows = Vec::new();
        let added = new.iter().filter(|(key, _)| !later.iter().any(|(known, _)| known == key));
        for (key, _) in later.iter().chain(added) {
            let find = |rows: &[(Key, &'r T)]| {
                rows.iter().find(|(known, _)| known == key).map(|&(_, row)| row)
            };
            let (old, new, later) = (find(&old), find(&new), find(&later));
            let [was, is, told] = [old, new, later].map(|row| row.map(&unsaid));
            let row = if self.stands(&key.0, &was, &is, &told) { later } else { new };
            rows.extend(row.cloned());
        }
        rows
    }
}

/// A row's name, and its place among those of that name.
type Key = (String, usize);

fn named<T>(rows: &[T], name: impl Fn(&T) -> String) -> Vec<(Key, &T)> {
    let mut keyed: Vec<(Key, &T)> = Vec::with_capacity(rows.len());
    for row in rows {
        let name = name(row);
        let place = keyed.iter().filter(|((known, _), _)| *known == name).count();
        keyed.push(((name, place), row));
    }
    keyed
}
