//! A place's table: its questions, what each answer weighs, and what the points are worth.
//!
//! It is data, in `policy/budgets/`, each version with its source and the days on which it is in
//! force. It knows no groups: one table is used for everybody.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::budget::points::Points;
use crate::charging::policy::Percent;
use crate::day::Day;
use crate::pence::Pence;
use crate::rates::Fault;

/// Where people need support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Its code.
    pub code: String,
    /// Its name, in plain English.
    pub name: String,
}

/// One of the answers to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Its code.
    pub code: String,
    /// What it says.
    pub says: String,
    /// What it weighs.
    pub points: Points,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its code.
    pub code: String,
    /// The area it belongs to.
    pub area: String,
    /// What is asked.
    pub asks: String,
    /// The answers to choose from.
    pub answer: Vec<Answer>,
}

/// How much of an area a carer does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// Its code.
    pub code: String,
    /// What it says.
    pub says: String,
    /// The part of the area's points that it takes off, in percent.
    pub percent: Percent,
}

/// From so many points, so much a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// From these points, up to where the next band begins.
    pub from: Points,
    /// A week's money.
    pub weekly: Pence,
}

/// What the points are worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Worth {
    /// So much a week for each point.
    PricePerPoint(Pence),
    /// A table of bands, the lowest first.
    Bands(Vec<Band>),
}

/// A version of a place's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ras {
    /// Which version: it is kept with every result.
    pub version: String,
    /// Where it was decided or published.
    pub source: String,
    /// Whether it is made up, for showing how it works.
    pub invented: bool,
    /// The first day it is in force.
    pub from: Day,
    /// The last, if there is one.
    pub until: Option<Day>,
    /// What is kept back of the table's value, in percent.
    pub contingency_percent: Percent,
    /// The areas, in the order in which they are shown.
    pub areas: Vec<Area>,
    /// The questions.
    pub questions: Vec<Question>,
    /// How much a carer may do.
    pub support: Vec<Support>,
    /// What the points are worth.
    pub worth: Worth,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RasFile {
    version: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    invented: bool,
    from: Day,
    until: Option<Day>,
    #[serde(default = "nothing")]
    contingency_percent: Percent,
    price_per_point: Option<Pence>,
    area: Vec<Area>,
    question: Vec<Question>,
    #[serde(default)]
    support: Vec<Support>,
    #[serde(default)]
    band: Vec<Band>,
}

fn nothing() -> Percent {
    Percent::ZERO
}

/// The most of anything a table may hold.
const MOST: usize = 500;
/// The most a point may be worth a week.
const MOST_PER_POINT: Pence = Pence::pounds(10_000);

impl Ras {
    /// Reads a version and checks all of it; each fault is a sentence that names the file.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Fault>> {
        let file: RasFile = toml::from_str(text).map_err(|error| {
            vec![Fault(format!("{name}: {}", error.to_string().trim().replace('\n', " ")))]
        })?;
        let mut problems = Vec::new();
        let worth = match (file.price_per_point, file.band.is_empty()) {
            (Some(price), true) => Worth::PricePerPoint(price),
            (None, false) => Worth::Bands(file.band),
            _ => {
                problems.push("give either price-per-point or a table of bands".to_owned());
                Worth::PricePerPoint(Pence::ZERO)
            }
        };
        let ras = Self {
            version: file.version,
            source: file.source,
            invented: file.invented,
            from: file.from,
            until: file.until,
            contingency_percent: file.contingency_percent,
            areas: file.area,
            questions: file.question,
            support: file.support,
            worth,
        };
        ras.check(&mut problems);
        if problems.is_empty() {
            Ok(ras)
        } else {
            Err(problems.into_iter().map(|said| Fault(format!("{name}: {said}"))).collect())
        }
    }

    fn check(&self, problems: &mut Vec<String>) {
        if self.version.trim().is_empty() {
            problems.push("version is empty: results are kept with it".to_owned());
        }
        if self.source.trim().is_empty() {
            problems.push("source is empty: say where the table was decided".to_owned());
        }
        if let Some(until) = self.until.filter(|&until| until < self.from) {
            problems.push(format!("until is {until}, before from, {}", self.from));
        }
        if self.contingency_percent > Percent::HUNDRED {
            problems
                .push(format!("contingency-percent is {}: at most 100", self.contingency_percent));
        }
        self.check_questions(problems);
        for support in &self.support {
            if support.percent > Percent::HUNDRED {
                problems.push(format!(
                    "support ‘{}’ takes {} percent off: at most 100",
                    support.code, support.percent
                ));
            }
        }
        twice("support", self.support.iter().map(|support| &support.code), problems);
        match &self.worth {
            Worth::PricePerPoint(price) => {
                if *price > MOST_PER_POINT {
                    problems.push(format!("price-per-point is {price}: at most {MOST_PER_POINT}"));
                }
            }
            Worth::Bands(bands) => check_bands(bands, problems),
        }
    }

    fn check_questions(&self, problems: &mut Vec<String>) {
        for (what, length) in [("areas", self.areas.len()), ("questions", self.questions.len())] {
            if !(1..=MOST).contains(&length) {
                problems.push(format!("there are {length} {what}: from 1 to {MOST}"));
            }
        }
        twice("area", self.areas.iter().map(|area| &area.code), problems);
        twice("question", self.questions.iter().map(|question| &question.code), problems);
        for question in &self.questions {
            let code = &question.code;
            if !self.areas.iter().any(|area| area.code == question.area) {
                problems.push(format!("question ‘{code}’ names no area of this table"));
            }
            if !(2..=MOST).contains(&question.answer.len()) {
                problems.push(format!("question ‘{code}’ needs at least two answers"));
            }
            twice(
                &format!("answer of question ‘{code}’"),
                question.answer.iter().map(|answer| &answer.code),
                problems,
            );
        }
    }

    /// A question, by its code.
    pub fn question(&self, code: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.code == code)
    }

    /// What so many points are worth a week before anything is kept back, over 100: the money is
    /// rounded once, by whoever takes the contingency off.
    pub(super) fn hundred_times(&self, points: Points) -> i64 {
        match &self.worth {
            Worth::PricePerPoint(price) => price.pence().saturating_mul(points.in_hundredths()),
            Worth::Bands(bands) => band_of(bands, points).weekly.pence().saturating_mul(100),
        }
    }
}

/// The band that points fall in.
pub(super) fn band_of(bands: &[Band], points: Points) -> Band {
    let after = bands.partition_point(|band| band.from <= points);
    let nothing = Band { from: Points::ZERO, weekly: Pence::ZERO };
    after.checked_sub(1).and_then(|at| bands.get(at)).copied().unwrap_or(nothing)
}

fn twice<'a>(what: &str, codes: impl Iterator<Item = &'a String>, problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for code in codes {
        if code.trim().is_empty() || !seen.insert(code) {
            problems.push(format!("{what} ‘{code}’ is empty or given twice"));
        }
    }
}

fn check_bands(bands: &[Band], problems: &mut Vec<String>) {
    if bands.len() > MOST {
        problems.push(format!("there are {} bands: at most {MOST}", bands.len()));
    }
    if bands.first().is_some_and(|band| band.from > Points::ZERO) {
        problems.push("the first band must begin at 0 points".to_owned());
    }
    for pair in bands.windows(2) {
        let [lower, higher] = pair else { continue };
        if higher.from <= lower.from {
            problems.push(format!("band {} does not begin above {}", higher.from, lower.from));
        }
        if higher.weekly < lower.weekly {
            problems.push(format!(
                "the band from {} points is worth {}, less than the one below it",
                higher.from, higher.weekly
            ));
        }
    }
}

/// All versions of a place's table.
#[derive(Debug, Clone, Default)]
pub struct RasBook {
    tables: Vec<Ras>,
}

/// There is no table to use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoTable {
    /// None is in force on a day.
    #[error("no resource allocation table is in force on {0}: add one to policy/budgets")]
    OnDay(Day),
    /// None has this version.
    #[error("version ‘{0}’ is no resource allocation table of this place; it has {1}")]
    Version(String, String),
}

impl RasBook {
    /// Reads the files of a place, each a name and a text.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Vec<Fault>> {
        let mut tables: Vec<Ras> = Vec::new();
        let mut faults = Vec::new();
        for &(name, text) in files {
            match Ras::read(name, text) {
                Ok(ras) => tables.push(ras),
                Err(more) => faults.extend(more),
            }
        }
        tables.sort_by_key(|ras| ras.from);
        for pair in tables.windows(2) {
            let [before, after] = pair else { continue };
            if before.until.is_none_or(|until| until >= after.from) {
                faults.push(Fault(format!(
                    "version {} begins on {}, before version {} has ended",
                    after.version, after.from, before.version
                )));
            }
        }
        for (at, ras) in tables.iter().enumerate() {
            if tables.iter().take(at).any(|other| other.version == ras.version) {
                faults.push(Fault(format!("version {} is given twice", ras.version)));
            }
        }
        if faults.is_empty() { Ok(Self { tables }) } else { Err(faults) }
    }

    /// The table in force on a day.
    pub fn on(&self, day: Day) -> Result<&Ras, NoTable> {
        self.tables
            .iter()
            .find(|ras| ras.from <= day && ras.until.is_none_or(|until| day <= until))
            .ok_or(NoTable::OnDay(day))
    }

    /// The table of a version: a result is always worked out again with its own.
    pub fn version(&self, version: &str) -> Result<&Ras, NoTable> {
        self.tables.iter().find(|ras| ras.version == version).ok_or_else(|| {
            let known: Vec<&str> = self.tables.iter().map(|ras| ras.version.as_str()).collect();
            NoTable::Version(version.to_owned(), known.join(", "))
        })
    }

    /// All versions, the oldest first.
    pub fn tables(&self) -> &[Ras] {
        &self.tables
    }
}
