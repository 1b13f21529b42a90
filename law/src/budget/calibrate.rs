//! A new table from past cases, in the manner of In Control and ADASS.
//!
//! Each case is scored with the place's questions. Points and costs are put in order, and the cost
//! at each rank is what the points at that rank are worth; a share of it is offered, and the rest is
//! kept back for plans that cost more. What is proposed is proposed: it takes force only when a place
//! writes it into a new version, and no past result is touched.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::budget::allocate::allocate;
use crate::budget::case::{Informal, check_answers, check_informal};
use crate::budget::fit::{Fit, nearest_rank};
use crate::budget::points::Points;
use crate::budget::table::{Band, Ras, Worth, band_of};
use crate::charging::Problem;
use crate::charging::policy::Percent;
use crate::pence::{Pence, Round};
use crate::working::Silent;

/// A past case: what was answered and what the agreed plan cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PastCase {
    /// The answers, by the codes of the table's questions.
    pub answers: BTreeMap<String, String>,
    /// What a carer did.
    #[serde(default)]
    pub informal_support: BTreeMap<String, Informal>,
    /// What the agreed plan cost, a week.
    pub cost: Pence,
    /// The groups the person belongs to, for looking whether the table is even-handed:
    /// `{"supportReason": "physical", "ageBand": "65-74"}`. They never enter the table.
    #[serde(default)]
    pub groups: BTreeMap<String, String>,
}

/// A fault in a past case.
pub type CaseFault = Problem;

impl PastCase {
    /// Whether it can be scored with a table.
    pub fn check(&self, ras: &Ras) -> Result<(), CaseFault> {
        check_answers(&self.answers, ras)?;
        check_informal(&self.informal_support, ras)?;
        if self.cost.is_nothing() {
            return Err(Problem {
                field: "cost".into(),
                problem:
                    "is 0.00: a plan that cost nothing says nothing about what points are worth"
                        .into(),
            });
        }
        if self.cost > MOST_COST {
            return Err(Problem {
                field: "cost".into(),
                problem: format!("is {} a week: at most {MOST_COST}", self.cost),
            });
        }
        if self.groups.len() > 20 {
            return Err(Problem {
                field: "groups".into(),
                problem: format!("has {}: at most 20", self.groups.len()),
            });
        }
        Ok(())
    }
}

/// The most a past plan may have cost a week.
const MOST_COST: Pence = Pence::pounds(100_000);

/// How to calibrate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices {
    /// The share of the real cost that is offered.
    pub share: Percent,
    /// Into how many bands.
    pub bands: usize,
}

/// Groups of fewer people than this are not shown.
pub const FEWEST_SHOWN: usize = 5;

/// How a group fares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupEquity {
    /// Which.
    pub group: String,
    /// How many people; none where they are too few to show.
    pub people: Option<usize>,
    /// The median of what is offered over what was spent, in hundredths of a percent.
    pub offered_of_actual: Option<i64>,
}

/// How the groups of one kind fare beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Equity {
    /// Of which kind: support reason, age band, ethnicity, carer.
    pub kind: String,
    /// Group by group.
    pub groups: Vec<GroupEquity>,
}

/// What calibration proposes, and how good it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Calibration {
    /// How many cases it rests on.
    pub cases: usize,
    /// The version of the questions they were scored with.
    pub scored_with: String,
    /// What is kept back, in percent.
    pub contingency_percent: Percent,
    /// The bands, at the whole of the real cost: what is kept back comes off when they are used.
    pub bands: Vec<Band>,
    /// How well the bands' whole value explains the real cost of the same cases.
    pub fit: Fit,
    /// The same for cases the bands were not made from: made of every other case, held to the rest.
    /// None where there are fewer than 40.
    pub held_out: Option<Fit>,
    /// What is offered over what was spent, by group.
    pub equity: Vec<Equity>,
}

/// The fewest cases a table is proposed from.
const FEWEST: usize = 10;
/// The fewest with which some are held back to try the table on.
const FEWEST_HELD_OUT: usize = 40;

/// Proposes a table from cases that passed [`PastCase::check`].
pub fn calibrate(ras: &Ras, cases: &[PastCase], choices: Choices) -> Result<Calibration, Problem> {
    let wrong = |field: &str, problem: String| Err(Problem { field: field.into(), problem });
    if cases.len() < FEWEST {
        return wrong("cases", format!("are {}: at least {FEWEST} are needed", cases.len()));
    }
    if !(2..=100).contains(&choices.bands) {
        return wrong("bands", format!("is {}: from 2 to 100", choices.bands));
    }
    let offered = share_of(choices.share);
    if !(1..=10_000).contains(&offered) {
        return wrong("share", format!("is {}: above 0 and at most 100", choices.share));
    }
    let scored: Vec<(Points, Pence)> = cases
        .iter()
        .map(|case| {
            let found = allocate(ras, &case.answers, &case.informal_support, &mut Silent);
            (found.points, case.cost)
        })
        .collect();
    let bands = bands(&scored, choices.bands);
    let held_out = (cases.len() >= FEWEST_HELD_OUT).then(|| {
        let every_other = |odd: usize| -> Vec<(Points, Pence)> {
            scored.iter().copied().skip(odd).step_by(2).collect()
        };
        let made_of_half = super::calibrate::bands(&every_other(0), choices.bands);
        Fit::of(&figures(&made_of_half, &every_other(1)))
    });
    let pairs = figures(&bands, &scored);
    let contingency = Pence::new(10_000 - offered).to_string();
    Ok(Calibration {
        cases: cases.len(),
        scored_with: ras.version.clone(),
        contingency_percent: Percent::parse(&contingency).unwrap_or(Percent::ZERO),
        fit: Fit::of(&pairs),
        held_out,
        equity: equity(cases, &pairs, offered),
        bands,
    })
}

/// A percentage as parts of ten thousand.
fn share_of(share: Percent) -> i64 {
    share.of(Pence::new(10_000), Round::Down).pence()
}

/// What bands give each case beside what it cost.
fn figures(bands: &[Band], scored: &[(Points, Pence)]) -> Vec<(Pence, Pence)> {
    scored.iter().map(|&(points, cost)| (band_of(bands, points).weekly, cost)).collect()
}

/// Ranks matched to ranks: the median of the costs in each stretch of ranks.
fn bands(scored: &[(Points, Pence)], count: usize) -> Vec<Band> {
    let mut points: Vec<Points> = scored.iter().map(|&(points, _)| points).collect();
    let mut costs: Vec<Pence> = scored.iter().map(|&(_, cost)| cost).collect();
    points.sort_unstable();
    costs.sort_unstable();
    // A band begins where its stretch of ranks does, moved to the next points that differ, so that
    // people with the same points are never parted.
    let mut starts = vec![0];
    for step in 1..count {
        let rank = step * points.len() / count;
        let Some(&at) = points.get(rank) else { continue };
        let first = points.partition_point(|&other| other < at);
        if starts.last().is_some_and(|&last| first > last) {
            starts.push(first);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([points.len()]);
    let mut bands = Vec::with_capacity(starts.len());
    for (&start, end) in starts.iter().zip(ends) {
        let (Some(&from), Some(costs)) = (points.get(start), costs.get(start..end)) else {
            continue;
        };
        let from = if start == 0 { Points::ZERO } else { from };
        bands.push(Band { from, weekly: nearest_rank(costs, 50).unwrap_or_default() });
    }
    bands
}

fn equity(cases: &[PastCase], pairs: &[(Pence, Pence)], offered: i64) -> Vec<Equity> {
    let mut kinds: BTreeMap<&str, BTreeMap<&str, Vec<i64>>> = BTreeMap::new();
    for (case, &(figure, cost)) in cases.iter().zip(pairs) {
        let ratio = figure.times(offered, cost.pence(), Round::Down).pence();
        for (kind, group) in &case.groups {
            kinds.entry(kind).or_default().entry(group).or_default().push(ratio);
        }
    }
    let shown = |(group, mut ratios): (&str, Vec<i64>)| {
        ratios.sort_unstable();
        let enough = ratios.len() >= FEWEST_SHOWN;
        GroupEquity {
            group: group.to_owned(),
            people: enough.then_some(ratios.len()),
            offered_of_actual: nearest_rank(&ratios, 50).filter(|_| enough),
        }
    };
    kinds
        .into_iter()
        .map(|(kind, groups)| Equity {
            kind: kind.to_owned(),
            groups: groups.into_iter().map(shown).collect(),
        })
        .collect()
}

impl Calibration {
    /// The table with its worth replaced by what is proposed, under a version of its own.
    #[must_use]
    pub fn proposed(&self, ras: &Ras, version: &str) -> Ras {
        Ras {
            version: version.to_owned(),
            contingency_percent: self.contingency_percent,
            worth: Worth::Bands(self.bands.clone()),
            ..ras.clone()
        }
    }
}
