//! The rates of interest, by half-year, and how a place adds the interest up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::charging::policy::Percent;
use crate::day::Day;
use crate::pence::{Pence, Round};
use crate::rates::Fault;
use crate::working::Status;

/// A rate, from a day to the end of its half-year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterestRate {
    /// The first day: 1 January or 1 July, unless a place changes its own within a half-year.
    pub from: Day,
    /// Percent a year.
    pub percent: Percent,
    /// Where it was read.
    #[serde(default)]
    pub source: String,
    /// How far it can be relied on.
    pub status: Status,
}

impl InterestRate {
    /// Hundredths of a percent a year.
    pub(super) fn parts(&self) -> i128 {
        i128::from(self.percent.of(Pence::new(10_000), Round::Down).pence())
    }
}

/// There is no rate for a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no interest rate for {0}: the half-year’s rate is not known to us; \
     add it, with its source, to a file of the council’s own"
)]
pub struct NoInterestRate(pub Day);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RateFile {
    rate: Vec<InterestRate>,
}

/// All rates, the oldest first.
#[derive(Debug, Clone)]
pub struct InterestBook {
    rates: BTreeMap<Day, InterestRate>,
}

const BUILT_IN: (&str, &str) =
    ("law/rates/deferred-interest.toml", include_str!("../../rates/deferred-interest.toml"));

/// The most a rate may be, in hundredths of a percent: what is above is a slip of the pen.
const MOST_PARTS: i128 = 2_000;

/// The half-year a day lies in, by its first day: a rate does not outlive it.
fn half_year(day: Day) -> (i16, bool) {
    (day.year(), day.month() > 6)
}

impl InterestBook {
    /// The rates that come with the program.
    pub fn built_in() -> Result<Self, Vec<Fault>> {
        Self::with(&[])
    }

    /// The same, with a place's own laid over them: each file is its name and text. A rate of the
    /// same day replaces ours; one above a maximum that we are sure of is a fault.
    pub fn with(own: &[(&str, &str)]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let ours = read(BUILT_IN.0, BUILT_IN.1, &mut faults);
        let most = Self { rates: ours.into_iter().map(|rate| (rate.from, rate)).collect() };
        let mut rates = most.rates.clone();
        for &(name, text) in own {
            for rate in read(name, text, &mut faults) {
                let known = most.on(rate.from).ok();
                if let Some(known) = known
                    .filter(|known| known.status == Status::Sourced && rate.percent > known.percent)
                {
                    faults.push(Fault(format!(
                        "{name}: {} percent from {} is above the most the law allows, {}",
                        rate.percent, rate.from, known.percent
                    )));
                }
                rates.insert(rate.from, rate);
            }
        }
        if faults.is_empty() { Ok(Self { rates }) } else { Err(faults) }
    }

    /// The rate in force on a day.
    pub fn on(&self, day: Day) -> Result<&InterestRate, NoInterestRate> {
        self.rates
            .range(..=day)
            .next_back()
            .map(|(_, rate)| rate)
            .filter(|rate| half_year(rate.from) == half_year(day))
            .ok_or(NoInterestRate(day))
    }

    /// All rates, the oldest first.
    pub fn rates(&self) -> impl Iterator<Item = &InterestRate> {
        self.rates.values()
    }
}

fn read(name: &str, text: &str, faults: &mut Vec<Fault>) -> Vec<InterestRate> {
    let file: RateFile = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            faults.push(Fault(format!("{name}: {}", error.to_string().trim().replace('\n', " "))));
            return Vec::new();
        }
    };
    for (at, rate) in file.rate.iter().enumerate() {
        let from = rate.from;
        if rate.source.trim().is_empty() {
            faults.push(Fault(format!("{name}: the rate from {from} has no source")));
        }
        if rate.parts() > MOST_PARTS {
            faults.push(Fault(format!("{name}: {} percent from {from}: at most 20", rate.percent)));
        }
        if file.rate.iter().take(at).any(|other| other.from == from) {
            faults.push(Fault(format!("{name}: the rate from {from} is given twice")));
        }
    }
    file.rate
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_rate_does_not_outlive_its_half_year() {
        let book = InterestBook::built_in().unwrap();
        assert_eq!(book.on(day("2024-06-30")).unwrap().percent.to_string(), "4.65");
        assert_eq!(book.on(day("2024-07-01")).unwrap().percent.to_string(), "4.05");
        assert_eq!(book.on(day("2025-06-30")).unwrap().percent.to_string(), "4.25");
        let error = book.on(day("2025-07-01")).unwrap_err().to_string();
        assert!(error.contains("2025-07-01") && error.contains("source"), "{error}");
        assert!(book.on(day("2017-12-31")).is_err());
    }

    #[test]
    fn a_place_adds_its_own_but_not_above_what_is_sure() {
        let own = "[[rate]]\nfrom = \"2026-01-01\"\npercent = \"4.00\"\nsource = \"here\"\nstatus = \"sourced\"\n";
        let book = InterestBook::with(&[("own.toml", own)]).unwrap();
        assert_eq!(book.on(day("2026-06-30")).unwrap().source, "here");
        let above = own.replace("2026-01-01", "2024-02-01").replace("4.00", "4.66");
        let faults = InterestBook::with(&[("own.toml", &above)]).unwrap_err();
        assert!(faults[0].to_string().contains("above the most"), "{faults:?}");
        let bare = own.replace("here", "");
        assert!(InterestBook::with(&[("own.toml", &bare)]).unwrap_err()[0].0.contains("no source"));
    }
}
