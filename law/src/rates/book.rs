//! The book of figures: read from files, checked whole, asked by the day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::pence::Pence;
use crate::rates::code::{Code, RatesUsed};
use crate::working::Status;

/// What a figure is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// A week's.
    Week,
    /// A sum, or a limit.
    Once,
}

/// A figure, as its file gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Which.
    pub code: Code,
    /// How much.
    pub amount: Pence,
    /// A week's, or once.
    pub per: Per,
    /// The first day on which it is in force.
    pub from: Day,
    /// The last, where no other figure follows.
    pub until: Day,
    /// Where it was read.
    pub source: String,
    /// How far it can be relied on.
    pub status: Status,
    /// What else to know of it; may be empty.
    pub note: String,
    /// The file it stands in.
    pub file: String,
}

/// What is wrong with a file of figures, in a sentence that names it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

/// There are no figures for a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there are no rates for {day}: the book runs from {first} to {last}; \
     add a file for that year with --rates"
)]
pub struct NoRates {
    /// The day asked about.
    pub day: Day,
    /// The first day there are figures for.
    pub first: Day,
    /// The last.
    pub last: Day,
}

impl NoRates {
    /// The same to somebody who has no file to add.
    pub fn in_words(&self) -> String {
        let day = self.day.in_words();
        if self.day > self.last {
            let last = self.last.in_words();
            format!("The amounts for {day} are not here yet: those we have end on {last}")
        } else {
            let first = self.first.in_words();
            format!("The amounts for {day} are not here: those we have begin on {first}")
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearFile {
    year: String,
    from: Day,
    until: Day,
    figure: Vec<FigureRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureRow {
    code: String,
    amount: Pence,
    per: Per,
    from: Option<Day>,
    #[serde(default)]
    source: String,
    status: Status,
    #[serde(default)]
    note: String,
}

/// The figures in force on a day, all of them.
#[derive(Debug, Clone)]
pub struct Rates {
    /// The first day of this set.
    pub from: Day,
    /// The last.
    pub until: Day,
    amounts: [Pence; Code::COUNT],
    figures: Vec<Figure>,
    unverified: RatesUsed,
}

impl Rates {
    /// Those of its figures that nobody could check.
    pub fn unverified(&self) -> RatesUsed {
        self.unverified
    }

    /// A figure's amount.
    #[inline]
    pub fn get(&self, code: Code) -> Pence {
        self.amounts[code.index()]
    }

    /// A figure, with its source.
    pub fn figure(&self, code: Code) -> &Figure {
        &self.figures[code.index()]
    }

    /// All figures, in the order of [`Code::ALL`].
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }
}

/// All figures of all years.
#[derive(Debug, Clone)]
pub struct RateBook {
    sets: Vec<Rates>,
    years: Vec<Year>,
}

/// A financial year of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Year {
    /// `2026-27`.
    #[serde(rename = "year")]
    pub name: String,
    /// Its first day.
    pub from: Day,
    /// Its last.
    pub until: Day,
}

/// The files that come with the program.
const BUILT_IN: [(&str, &str); 5] = [
    ("law/rates/2022-23.toml", include_str!("../../rates/2022-23.toml")),
    ("law/rates/2023-24.toml", include_str!("../../rates/2023-24.toml")),
    ("law/rates/2024-25.toml", include_str!("../../rates/2024-25.toml")),
    ("law/rates/2025-26.toml", include_str!("../../rates/2025-26.toml")),
    ("law/rates/2026-27.toml", include_str!("../../rates/2026-27.toml")),
];

impl RateBook {
    /// The book that comes with the program.
    ///
    /// A fault in it is a fault of ours, which a test would have found.
    pub fn built_in() -> Result<Self, Vec<Fault>> {
        Self::with(&[])
    }

    /// The book that comes with the program, with a place's own files laid over it: a figure of the
    /// same code and first day replaces ours, any other is added. Each file is its name and text.
    pub fn with(own: &[(&str, &str)]) -> Result<Self, Vec<Fault>> {
        let ours = BUILT_IN.iter().map(|&(name, text)| (name, text, false));
        let theirs = own.iter().map(|&(name, text)| (name, text, true));
        Self::read(ours.chain(theirs))
    }

    fn read<'a>(files: impl Iterator<Item = (&'a str, &'a str, bool)>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut years: Vec<Year> = Vec::new();
        let mut figures: BTreeMap<(Code, Day), Figure> = BTreeMap::new();
        for (name, text, replaces) in files {
            match toml::from_str::<YearFile>(text) {
                Ok(file) => {
                    take_file(name, file, replaces, &mut figures, &mut years, &mut faults);
                }
                Err(error) => {
                    let said = error.to_string();
                    faults.push(Fault(format!("{name}: {}", said.trim().replace('\n', " "))));
                }
            }
        }
        years.sort_by_key(|year| year.from);
        check_years(&years, &mut faults);
        let sets =
            if faults.is_empty() { lay_out(&figures, &years, &mut faults) } else { Vec::new() };
        if faults.is_empty() { Ok(Self { sets, years }) } else { Err(faults) }
    }

    /// The figures in force on a day.
    pub fn on(&self, day: Day) -> Result<&Rates, NoRates> {
        let after = self.sets.partition_point(|set| set.from <= day);
        let set = after.checked_sub(1).and_then(|at| self.sets.get(at));
        set.filter(|set| day <= set.until).ok_or_else(|| self.no_rates(day))
    }

    /// The years of the book, the oldest first.
    pub fn years(&self) -> &[Year] {
        &self.years
    }

    /// Every set of figures, the oldest first.
    pub fn sets(&self) -> &[Rates] {
        &self.sets
    }

    fn no_rates(&self, day: Day) -> NoRates {
        let first = self.sets.first().map_or(day, |set| set.from);
        let last = self.sets.last().map_or(day, |set| set.until);
        NoRates { day, first, last }
    }
}

fn take_file(
    name: &str,
    file: YearFile,
    replaces: bool,
    figures: &mut BTreeMap<(Code, Day), Figure>,
    years: &mut Vec<Year>,
    faults: &mut Vec<Fault>,
) {
    let mut fault = |text: String| faults.push(Fault(format!("{name}: {text}")));
    if file.until < file.from {
        fault(format!("the year ends on {} before it begins on {}", file.until, file.from));
    }
    let mut seen: Vec<(Code, Day)> = Vec::new();
    for row in file.figure {
        let Some(code) = Code::named(&row.code) else {
            fault(format!("‘{}’ is not the code of a figure; `kith rates` lists them", row.code));
            continue;
        };
        let from = row.from.unwrap_or(file.from);
        if row.source.trim().is_empty() {
            fault(format!("{} from {from} has no source: say where it was read", code.code()));
        }
        if seen.contains(&(code, from)) || (!replaces && figures.contains_key(&(code, from))) {
            fault(format!("{} from {from} is given twice", code.code()));
        }
        if from > file.until {
            fault(format!("{} begins on {from}, after the year ends", code.code()));
        }
        seen.push((code, from));
        let figure = Figure {
            code,
            amount: row.amount,
            per: row.per,
            from,
            until: file.until,
            source: row.source,
            status: row.status,
            note: row.note,
            file: name.to_owned(),
        };
        figures.insert((code, from), figure);
    }
    let year = Year { name: file.year, from: file.from, until: file.until };
    if !(replaces && years.iter().any(|known| known.name == year.name)) {
        years.push(year);
    }
}

/// Each year must begin the day after the one before it ends.
fn check_years(years: &[Year], faults: &mut Vec<Fault>) {
    for pair in years.windows(2) {
        let [before, after] = pair else { continue };
        let next = before.until.plus_days(1);
        if after.from != next {
            let what = if after.from < next { "overlaps" } else { "leaves a gap after" };
            faults.push(Fault(format!(
                "{} from {} {what} {}, which ends on {}",
                after.name, after.from, before.name, before.until
            )));
        }
    }
}

/// One set for each stretch of days on which nothing changes.
fn lay_out(
    figures: &BTreeMap<(Code, Day), Figure>,
    years: &[Year],
    faults: &mut Vec<Fault>,
) -> Vec<Rates> {
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        faults.push(Fault("there is no file of rates at all".to_owned()));
        return Vec::new();
    };
    let mut starts: Vec<Day> = figures.keys().map(|&(_, from)| from.max(first.from)).collect();
    starts.extend(years.iter().map(|year| year.from));
    starts.sort_unstable();
    starts.dedup();
    let mut sets = Vec::with_capacity(starts.len());
    for (at, &from) in starts.iter().enumerate() {
        let until = starts.get(at + 1).map_or(last.until, |next| next.plus_days(-1));
        let mut here = Vec::with_capacity(Code::COUNT);
        for &code in Code::ALL {
            let newest = figures.range((code, Day::FIRST)..=(code, from)).next_back();
            match newest.map(|(_, figure)| figure).filter(|figure| figure.until >= from) {
                Some(figure) => here.push(figure.clone()),
                None => faults.push(Fault(format!(
                    "{} has no figure from {from} to {until}: a gap",
                    code.code()
                ))),
            }
        }
        if here.len() == Code::COUNT {
            let mut amounts = [Pence::ZERO; Code::COUNT];
            let mut unverified = RatesUsed::default();
            for (slot, figure) in amounts.iter_mut().zip(&here) {
                *slot = figure.amount;
                if figure.status == Status::Unverified {
                    unverified.note(figure.code);
                }
            }
            sets.push(Rates { from, until, amounts, figures: here, unverified });
        }
    }
    sets
}
