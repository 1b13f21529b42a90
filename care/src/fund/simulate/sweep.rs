//! A sweep: many choices about the last stage of charging, each tried on everybody in one pass.
//!
//! The law is worked out once for each person, as far as its last stage ([`law::charging::last`]),
//! which is all that these choices touch; then all reforms are tried in one pass over columns of what
//! people bring to it. Whoever those choices do not touch (in a care home, for one) is counted once.

use law::charging::columns::Columns;
use law::charging::last::{Choices, Last};
use law::charging::policy::{Change, Policy};
use law::charging::{AtLast, Compared, NoAnswer};
use law::pence::{Pence, Round};
use law::rates::Rates;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::report::{Income, income};
use super::{Gather, Reform};
use crate::fund::supported::Supported;

/// The choices that can be swept: those about the last stage.
pub const CHOICES: [&str; 6] = [
    "taper-percent",
    "mig-uplift-percent",
    "mig-uplift-sum",
    "minimum-charge",
    "maximum-charge",
    "upper-capital-limit-home",
];

/// The most reforms that are tried at once.
const MOST_REFORMS: usize = 1_000;

/// A choice, and the values of it that are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    name: &'static str,
    values: Vec<Pence>,
}

/// A text that should have said what to sweep, and did not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotASweep(String);

impl Axis {
    /// Reads `taper-percent=50..100/5`, from a value to another by steps, or
    /// `minimum-charge=0,2.50,5`, each value by itself.
    pub fn parse(text: &str) -> Result<Self, NotASweep> {
        let wrong = |why: String| NotASweep(format!("‘{text}’: {why}"));
        let (name, values) = text.split_once('=').ok_or_else(|| {
            wrong("write a choice and its values, such as taper-percent=50..100/5".to_owned())
        })?;
        let name = CHOICES.into_iter().find(|&known| known == name).ok_or_else(|| {
            let known = CHOICES.join(", ");
            wrong(format!("‘{name}’ is not a choice of the last stage of charging: {known}"))
        })?;
        let number = |value: &str| {
            Pence::parse(value).map_err(|_| {
                wrong(format!(
                    "‘{value}’ is not a figure of nought or more: write, for example, 50 or 2.50"
                ))
            })
        };
        let Some((from, rest)) = values.split_once("..") else {
            let values = values.split(',').map(number).collect::<Result<_, _>>()?;
            return Ok(Self { name, values });
        };
        let (to, step) = rest.split_once('/').unwrap_or((rest, "1"));
        let (from, to, step) = (number(from)?, number(to)?, number(step)?);
        if step.is_nothing() || from > to {
            return Err(wrong("the values go up from the first to the last, by a step".to_owned()));
        }
        let steps = (to - from).pence() / step.pence();
        if usize::try_from(steps).is_ok_and(|steps| steps >= MOST_REFORMS) {
            return Err(wrong(format!("more than {MOST_REFORMS} values")));
        }
        let values = (0..=steps).map(|at| from + step.times(at, 1, Round::Down)).collect();
        Ok(Self { name, values })
    }
}

/// Choices that are tried together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// Each by its name, with its value as data.
    pub choices: Vec<(&'static str, String)>,
    change: Change,
}

/// Every combination of the values of some choices, the last named changing first.
pub fn trials(axes: &[Axis]) -> Result<Vec<Trial>, NotASweep> {
    if let Some(twice) =
        (1..axes.len()).find(|&at| axes[..at].iter().any(|one| one.name == axes[at].name))
    {
        return Err(NotASweep(format!("‘{}’ is named twice", axes[twice].name)));
    }
    let count = axes.iter().try_fold(1, |count: usize, axis| count.checked_mul(axis.values.len()));
    if count.is_none_or(|count| count > MOST_REFORMS) {
        return Err(NotASweep(format!("that is more than {MOST_REFORMS} combinations")));
    }
    let mut all: Vec<Vec<(&'static str, String)>> = vec![Vec::new()];
    for axis in axes {
        let with = |known: &Vec<(&'static str, String)>, value: &Pence| {
            let mut choices = known.clone();
            choices.push((axis.name, number(*value)));
            choices
        };
        all = all
            .iter()
            .flat_map(|known| axis.values.iter().map(move |value| with(known, value)))
            .collect();
    }
    all.into_iter().map(trial).collect()
}

fn trial(choices: Vec<(&'static str, String)>) -> Result<Trial, NotASweep> {
    let named = choices.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
    let change: Change = serde_json::from_value(Value::Object(named.collect()))
        .map_err(|error| NotASweep(error.to_string()))?;
    Policy::default().with(&change).check().map_err(|why| NotASweep(why.to_string()))?;
    Ok(Trial { choices, change })
}

/// A number without needless noughts: `50`, `2.50`.
fn number(value: Pence) -> String {
    let text = value.to_string();
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}

/// People who were worked out as far as the last stage of charging.
#[derive(Debug, Clone, Default)]
pub struct Swept<'a> {
    /// Those whom no choice about it touches.
    fixed: Compared,
    /// The others, by the figures and the choices that hold for them.
    groups: Vec<Alike<'a>>,
}

/// People under the same figures and choices.
#[derive(Debug, Clone)]
struct Alike<'a> {
    rates: &'a Rates,
    policy: &'a Policy,
    columns: Columns,
    /// Those who do not fit, or whose case makes choices of its own.
    aside: Vec<Aside>,
}

#[derive(Debug, Clone)]
struct Aside {
    last: Last,
    own: Option<Change>,
    before: Pence,
}

impl<'a> Gather<'a> for Swept<'a> {
    fn assess(&mut self, reform: &Reform<'a>, person: &Supported) -> Result<(), NoAnswer> {
        let case = &person.case;
        let before = reform.base.weekly(case)?;
        let side = &reform.changed;
        let (rates_on, policy_on) = side.days(case);
        let AtLast { last, in_care_home, rates, policy } =
            side.law.at_last(case, rates_on, policy_on)?;
        if in_care_home {
            self.fixed.add(before, last.pays(&Choices::in_care_home(rates)));
            return Ok(());
        }
        let group = self.group(rates, policy);
        if case.policy.is_some() || !group.columns.put(&last, before) {
            group.aside.push(Aside { last, own: case.policy.clone(), before });
        }
        Ok(())
    }

    fn join(&mut self, other: Self) {
        self.fixed.join(&other.fixed);
        for mut theirs in other.groups {
            let group = self.group(theirs.rates, theirs.policy);
            group.columns.join(&theirs.columns);
            group.aside.append(&mut theirs.aside);
        }
    }
}

impl<'a> Swept<'a> {
    fn group(&mut self, rates: &'a Rates, policy: &'a Policy) -> &mut Alike<'a> {
        let same = |group: &Alike<'_>| {
            std::ptr::eq(group.rates, rates) && std::ptr::eq(group.policy, policy)
        };
        let at = self.groups.iter().position(same).unwrap_or_else(|| {
            let (columns, aside) = (Columns::default(), Vec::new());
            self.groups.push(Alike { rates, policy, columns, aside });
            self.groups.len() - 1
        });
        &mut self.groups[at]
    }

    /// What each trial does to all of them.
    pub fn under(&self, trials: &[Trial]) -> Vec<Tried> {
        let mut sums = vec![self.fixed; trials.len()];
        for group in &self.groups {
            group.add(trials, &mut sums);
        }
        trials.iter().zip(&sums).map(|(trial, sum)| Tried::of(trial, sum)).collect()
    }
}

impl Alike<'_> {
    fn add(&self, trials: &[Trial], sums: &mut [Compared]) {
        let policy = |trial: &Trial| self.policy.clone().with(&trial.change);
        let policies: Vec<Policy> = trials.iter().map(policy).collect();
        let at_home = |policy: &Policy| Choices::at_home(self.rates, policy);
        let choices: Vec<Choices> = policies.iter().map(at_home).collect();
        for (sum, compared) in sums.iter_mut().zip(self.columns.compare(&choices)) {
            sum.join(&compared);
        }
        for Aside { last, own, before } in &self.aside {
            for ((sum, policy), choices) in sums.iter_mut().zip(&policies).zip(&choices) {
                let after = match own {
                    None => last.pays(choices),
                    Some(own) => last.pays(&at_home(&policy.clone().with(own))),
                };
                sum.add(*before, after);
            }
        }
    }
}

/// What a trial comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tried {
    /// What was chosen, in the order in which it was swept.
    #[serde(serialize_with = "by_name")]
    pub choices: Vec<(&'static str, String)>,
    /// How many people were assessed.
    pub people: u64,
    /// What they pay together in a week.
    pub weekly: Income,
    /// What they pay together in a year of 52 weeks.
    pub yearly: Income,
    /// How many pay more.
    pub more: u64,
    /// How many pay less.
    pub less: u64,
    /// How many pay the same.
    pub same: u64,
    /// How many pay nothing now, and would.
    pub newly_paying: u64,
    /// How many pay now, and would not.
    pub no_longer_paying: u64,
}

fn by_name<S: Serializer>(choices: &[(&'static str, String)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(choices.iter().map(|(name, value)| (name, value)))
}

impl Tried {
    fn of(trial: &Trial, sum: &Compared) -> Self {
        Self {
            choices: trial.choices.clone(),
            people: sum.people,
            weekly: income(sum, 1),
            yearly: income(sum, 52),
            more: sum.more,
            less: sum.less,
            same: sum.people - sum.more - sum.less,
            newly_paying: sum.newly,
            no_longer_paying: sum.no_longer,
        }
    }

    /// What was chosen, in a line: `taper-percent 50, minimum-charge 2.50`.
    pub fn in_words(&self) -> String {
        let words: Vec<String> =
            self.choices.iter().map(|(name, value)| format!("{name} {value}")).collect();
        words.join(", ")
    }
}
