//! What a reform comes to: the income, who pays more and less and by how much, and how that falls on
//! groups of people.
//!
//! Sums are exact. A mean is rounded to the nearest penny, percentages are basis points (hundredths of
//! a percent) rounded down, a median is the lower of two in the middle. A year is 52 weeks.

use law::pence::{Pence, Round};
use serde::Serialize;

use super::{Compared, Tally};
use crate::fund::supported::Dimension;

/// Groups smaller than this are not shown, lest somebody be recognised.
pub const FEWEST_SHOWN: u64 = 5;
/// A group is marked where its mean differs from everybody's by at least this much a week …
pub const MARKED_FROM: Pence = Pence::pounds(1);
/// … and by at least one part in so many of everybody's.
pub const MARKED_PART: i64 = 4;

/// What a reform does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Simulation {
    /// How many people were assessed.
    pub people: u64,
    /// What they pay together in a week.
    pub weekly: Income,
    /// What they pay together in a year of 52 weeks.
    pub yearly: Income,
    /// Those who pay more.
    pub more: Part,
    /// Those who pay less.
    pub less: Part,
    /// Those who pay the same.
    pub same: Part,
    /// Those who pay nothing now, and would.
    pub newly_paying: u64,
    /// Those who pay now, and would not.
    pub no_longer_paying: u64,
    /// How many people a weekly change of each size befalls, from the greatest fall to the greatest
    /// rise.
    pub bands: Vec<Band>,
    /// How it falls on groups of people.
    pub spread: Vec<Spread>,
}

/// Money before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Income {
    /// As it is.
    pub before: Pence,
    /// As it would be.
    pub after: Pence,
    /// The difference.
    pub change: Pence,
}

/// Some of the people, and how their week changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// How many.
    pub people: u64,
    /// Of everybody, in basis points.
    pub basis_points: u64,
    /// The change in the middle.
    pub median: Option<Pence>,
    /// The greatest change.
    pub most: Option<Pence>,
}

/// People whose week changes by an amount between two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Band {
    /// In words.
    pub label: String,
    /// The least change in it, if there is one.
    pub from: Option<Pence>,
    /// The greatest, if there is one.
    pub to: Option<Pence>,
    /// How many people.
    pub people: u64,
}

/// How a change falls on the groups of one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    /// Which.
    pub dimension: Dimension,
    /// What people call it.
    pub label: &'static str,
    /// Its groups in which there is anybody.
    pub groups: Vec<Group>,
}

/// A group of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// What people call it.
    pub label: &'static str,
    /// Its figures; none where the group is small, or would tell those of a small one.
    pub figures: Option<Figures>,
}

/// How a change falls on a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// How many people.
    pub people: u64,
    /// What they pay a week on average, as it is.
    pub mean_before: Pence,
    /// By how much that changes.
    pub mean_change: Pence,
    /// How many pay more, in basis points.
    pub paying_more: u64,
    /// How many pay less, in basis points.
    pub paying_less: u64,
    /// Whether the mean is far from everybody's.
    pub mark: Option<Mark>,
}

/// A group that a change falls on otherwise than on everybody: a question, not a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// It would pay more than everybody's change says.
    Harder,
    /// It would pay less than that.
    Easier,
}

/// Where the bands of change end, in pounds a week.
const BAND_ENDS: [i64; 5] = [2, 5, 10, 20, 50];

pub(super) fn of(tally: &Tally) -> Simulation {
    let whole = &tally.whole;
    let rises = || tally.changes.range(Pence::new(1)..).map(|(&change, &n)| (change, n));
    let falls = || tally.changes.range(..Pence::ZERO).rev().map(|(&change, &n)| (change, n));
    let same = whole.people - whole.more - whole.less;
    let unchanged = Part {
        people: same,
        basis_points: basis_points(same, whole.people),
        median: (same > 0).then_some(Pence::ZERO),
        most: (same > 0).then_some(Pence::ZERO),
    };
    Simulation {
        people: whole.people,
        weekly: income(whole, 1),
        yearly: income(whole, 52),
        more: part(whole.more, whole.people, rises),
        less: part(whole.less, whole.people, falls),
        same: unchanged,
        newly_paying: tally.whole.newly,
        no_longer_paying: tally.whole.no_longer,
        bands: bands(tally),
        spread: spreads(tally),
    }
}

pub(super) fn income(sum: &Compared, weeks: i64) -> Income {
    let times = |amount: Pence| amount.times(weeks, 1, Round::Down);
    let (before, after) = (times(sum.before), times(sum.after));
    Income { before, after, change: after - before }
}

/// People whose changes come smallest first.
fn part<I: Iterator<Item = (Pence, u64)>>(people: u64, of: u64, changes: impl Fn() -> I) -> Part {
    let mut seen = 0;
    let median = changes().find(|&(_, n)| {
        seen += n;
        2 * seen >= people
    });
    Part {
        people,
        basis_points: basis_points(people, of),
        median: median.map(|(change, _)| change),
        most: changes().last().map(|(change, _)| change),
    }
}

fn basis_points(part: u64, whole: u64) -> u64 {
    (part * 10_000).checked_div(whole).unwrap_or(0)
}

/// The bands, the greatest fall first.
fn bands(tally: &Tally) -> Vec<Band> {
    let mut rises = Vec::new();
    let mut from = Pence::new(1);
    for end in BAND_ENDS {
        rises.push((from, Some(Pence::pounds(end))));
        from = Pence::pounds(end) + Pence::new(1);
    }
    rises.push((from, None));
    let falls = rises.iter().rev().map(|&(least, most)| (most.map(|most| -most), Some(-least)));
    let none = (Some(Pence::ZERO), Some(Pence::ZERO));
    let all = falls.chain([none]).chain(rises.iter().map(|&(least, most)| (Some(least), most)));
    let people = |from: Option<Pence>, to: Option<Pence>| {
        let inside = |&(&change, _): &(&Pence, &u64)| {
            from.is_none_or(|from| from <= change) && to.is_none_or(|to| change <= to)
        };
        tally.changes.iter().filter(inside).map(|(_, n)| n).sum()
    };
    all.map(|(from, to)| Band {
        label: band_in_words(from, to),
        from,
        to,
        people: people(from, to),
    })
    .collect()
}

fn band_in_words(from: Option<Pence>, to: Option<Pence>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => "no change".to_owned(),
        (Some(from), Some(to)) if to < Pence::ZERO => {
            format!("{} to {} less", (-to).in_words(), (-from).in_words())
        }
        (Some(from), Some(to)) => format!("{} to {} more", from.in_words(), to.in_words()),
        (Some(from), None) => format!("over {} more", (from - Pence::new(1)).in_words()),
        (None, Some(to)) => format!("over {} less", (-to - Pence::new(1)).in_words()),
        (None, None) => String::new(),
    }
}

fn spreads(tally: &Tally) -> Vec<Spread> {
    let spread = |(&dimension, sums): (&Dimension, &[Compared; super::MOST_GROUPS])| {
        let withheld = withheld(sums);
        let all = dimension.groups().iter().zip(sums).zip(withheld);
        let there = all.filter(|((_, sum), _)| sum.people > 0);
        let groups = there.map(|((&label, sum), withheld)| Group {
            label,
            figures: (!withheld).then(|| figures(sum, &tally.whole)),
        });
        Spread { dimension, label: dimension.in_words(), groups: groups.collect() }
    };
    Dimension::ALL.iter().zip(&tally.groups).map(spread).collect()
}

/// Which groups are not shown: the small ones, and the next larger while what is left out could be
/// told by taking what is shown from the whole.
fn withheld<const N: usize>(sums: &[Compared; N]) -> [bool; N] {
    let mut by_size: Vec<usize> = (0..N).filter(|&at| sums[at].people > 0).collect();
    by_size.sort_by_key(|&at| sums[at].people);
    let mut withheld = [false; N];
    let (mut groups, mut people) = (0, 0);
    for at in by_size {
        let guessable = groups == 1 || (groups > 0 && people < FEWEST_SHOWN);
        if sums[at].people >= FEWEST_SHOWN && !guessable {
            break;
        }
        withheld[at] = true;
        groups += 1;
        people += sums[at].people;
    }
    withheld
}

fn figures(sum: &Compared, whole: &Compared) -> Figures {
    Figures {
        people: sum.people,
        mean_before: mean(sum.before, sum.people),
        mean_change: mean(sum.change(), sum.people),
        paying_more: basis_points(sum.more, sum.people),
        paying_less: basis_points(sum.less, sum.people),
        mark: mark(sum, whole),
    }
}

/// To the nearest penny; half a penny away from nothing.
fn mean(total: Pence, people: u64) -> Pence {
    let people = i64::try_from(people).unwrap_or(i64::MAX).max(1);
    let (total, sign) = (total.pence().abs(), total.pence().signum());
    Pence::new(sign * ((2 * total + people) / (2 * people)))
}

/// Whether a group's mean change is far from everybody's, worked out exactly on the sums.
fn mark(sum: &Compared, whole: &Compared) -> Option<Mark> {
    let (people, all) = (i128::from(sum.people), i128::from(whole.people));
    let total = i128::from(whole.change().pence());
    // The difference of the means, times both numbers of people.
    let apart = i128::from(sum.change().pence()) * all - total * people;
    let far = apart.abs() >= i128::from(MARKED_FROM.pence()) * people * all
        && apart.abs() * i128::from(MARKED_PART) >= total.abs() * people;
    match (far, apart > 0) {
        (false, _) => None,
        (true, true) => Some(Mark::Harder),
        (true, false) => Some(Mark::Easier),
    }
}
