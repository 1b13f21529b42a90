//! How conditions stand in a surgery's records: codes, dates, and what goes wrong with them.
//!
//! A person who has a condition has a record that counts; one who has not may have records that must
//! not count: resolved, refuted, entered in error, no longer active.

use care::find::register::{Clinical, Verification};
use care::record::moment::Moment;
use law::day::{Day, PartialDay, Precision};

use crate::dice::{Dice, RANKS};
use crate::illness::{Conditions, Risks, per_million};
use crate::tables::{Code, Condition, Minor, TABLES};

/// A coded record about an inhabitant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// SNOMED CT concept id.
    pub code: u64,
    /// Our words for it.
    pub words: &'static str,
    /// When it began, as far as known.
    pub onset: Option<PartialDay>,
    /// When it was written down.
    pub recorded: Option<PartialDay>,
    /// Whether it is active.
    pub clinical: Clinical,
    /// How sure it is.
    pub verification: Verification,
    /// When the surgery's system last changed it.
    pub updated: Moment,
}

/// The SNOMED CT concept that says a person lives alone.
pub const LIVES_ALONE: u64 = 105_529_008;
/// The SNOMED CT concept that says a person cares for someone.
pub const IS_A_CARER: u64 = 224_484_003;

/// A person's records, while they are drawn. Days are counted from 1970-01-01.
pub(crate) struct Notes<'a> {
    dice: &'a mut Dice,
    born: i32,
    /// The last day anything was written: the day of the feed, or of the death.
    end: i32,
    records: Vec<Record>,
}

type Status = (Clinical, Verification);
const SURE: Status = (Clinical::Active, Verification::Confirmed);

impl<'a> Notes<'a> {
    pub fn new(dice: &'a mut Dice, born: Day, end: Day) -> Self {
        let born = born.epoch_days();
        Self { dice, born, end: end.epoch_days().max(born), records: Vec::new() }
    }

    pub fn into_records(self) -> Vec<Record> {
        self.records
    }

    /// Everything that stands about a person's conditions, had or not had.
    pub fn conditions(&mut self, has: Conditions, who: Risks) {
        for (at, condition) in TABLES.conditions.iter().enumerate() {
            if has.has(at) {
                self.present(condition, who);
            } else {
                self.absent(condition, who);
            }
        }
        for combined in &TABLES.combined {
            if combined.conditions.iter().all(|at| has.has(*at)) && self.dice.per_mille(80) {
                let onset = self.end - self.dice.between(0, 1500);
                self.write(&combined.code, onset.max(self.born), SURE, true);
            }
        }
    }

    /// A condition the person has: at least one record that counts, often several.
    fn present(&mut self, condition: &'static Condition, who: Risks) {
        let onset = self.onset(condition);
        let code = self.code(condition, who);
        if !condition.resolved.is_empty() && self.dice.per_mille(25) && self.end - onset > 60 {
            // It was thought to be over, and is back: three records in order of date.
            let over = onset + self.dice.between(10, (self.end - onset) / 2);
            let again = self.dice.between(over + 1, self.end);
            self.write(code, again, SURE, true);
            self.write(code, onset, SURE, true);
            self.over(condition, over, Verification::Confirmed);
            return;
        }
        let relapsing = matches!(condition.key.as_str(), "depression" | "asthma" | "smi" | "copd");
        let status = match self.dice.below(100) {
            0..2 if relapsing => (Clinical::Relapse, SURE.1),
            2..4 if relapsing => (Clinical::Recurrence, SURE.1),
            _ => SURE,
        };
        self.write(code, onset, status, false);
        for _ in 0..[0, 0, 0, 0, 1, 1, 1, 2, 2, 4][self.dice.below(10) as usize] {
            let later = self.dice.between(onset, self.end);
            let other = if self.dice.per_mille(600) { code } else { self.code(condition, who) };
            self.write(other, later, SURE, true);
        }
        if !condition.resolved.is_empty() && self.dice.per_mille(5) {
            // Someone wrote “resolved” by mistake, and said so: it cancels nothing.
            self.over(condition, self.end, Verification::EnteredInError);
        }
    }

    /// A condition the person has not: now and then a record that must not count.
    fn absent(&mut self, condition: &'static Condition, who: Risks) {
        let risk = per_million(condition, who);
        if risk == 0 {
            return;
        }
        let former = former_per_mille(&condition.key);
        let draw = u64::from(self.dice.below(1_000_000));
        let (over, error, refuted, inactive) = (former, 12, 8, former / 3 + 15);
        let mut limit = 0;
        let mut below = |per_mille: u64| {
            limit += risk * per_mille / 1000;
            draw < limit
        };
        let onset = self.onset(condition);
        let code = self.code(condition, who);
        if below(over) {
            if self.end - onset > 30 && !condition.resolved.is_empty() {
                let later = self.dice.between(onset + 1, self.end);
                self.over(condition, later, Verification::Confirmed);
                self.write(code, onset, SURE, true);
            }
        } else if below(error) {
            self.write(code, onset, (Clinical::Active, Verification::EnteredInError), false);
        } else if below(refuted) {
            self.write(code, onset, (Clinical::Inactive, Verification::Refuted), false);
        } else if below(inactive) {
            let status = match self.dice.below(3) {
                0 => Clinical::Inactive,
                1 => Clinical::Remission,
                _ => Clinical::Resolved,
            };
            self.write(code, onset, (status, SURE.1), false);
        }
    }

    /// Passing illnesses and other findings on no list: the more, the older and the frailer.
    pub fn minor(&mut self, age: i32, frailty: u64) {
        let usual = match age {
            0..18 => 6,
            18..45 => 9,
            45..65 => 12,
            _ => 17,
        };
        let most = usual + u32::try_from(frailty * 6 / RANKS).unwrap_or(0);
        for _ in 0..self.dice.below(most + 1) {
            let weight = |minor: &Minor| match age {
                0..18 => minor.child,
                18..65 => minor.adult,
                _ => minor.older,
            };
            let minor = &TABLES.minor[self.dice.weighted(TABLES.minor.iter().map(weight))];
            let window = (self.end - self.born).min(12 * 365);
            let ago = self.dice.between(0, window).min(self.dice.between(0, window));
            let clinical = match self.dice.below(10) {
                0..6 => Clinical::Resolved,
                6..8 => Clinical::Inactive,
                _ => Clinical::Active,
            };
            self.add(minor.snomed, &minor.words, self.end - ago, (clinical, SURE.1), false);
        }
    }

    /// A finding about how the person lives, in the last few years.
    pub fn social(&mut self, code: u64, words: &'static str) {
        let ago = self.dice.between(0, 2000).min(self.end - self.born);
        self.add(code, words, self.end - ago, SURE, true);
    }

    /// The day a condition began: nearer days are likelier.
    fn onset(&mut self, condition: &Condition) -> i32 {
        let youngest = self.born + condition.first * 365;
        let window = (self.end - youngest).min(condition.span * 365).max(0);
        self.end - self.dice.between(0, window).min(self.dice.between(0, window))
    }

    fn code(&mut self, condition: &'static Condition, who: Risks) -> &'static Code {
        // Type 1 diabetes is the diabetes of the young.
        let young = condition.key == "diabetes" && who.age < 30;
        let weight = |code: &Code| match code.sex {
            Some(sex) if sex != who.sex => 0,
            _ if young && code.snomed == TYPE_1_DIABETES => code.weight * 30,
            _ => code.weight,
        };
        &condition.diagnoses[self.dice.weighted(condition.diagnoses.iter().map(weight))]
    }

    /// A code that says the condition is over.
    fn over(&mut self, condition: &'static Condition, day: i32, verification: Verification) {
        let at = self.dice.weighted(condition.resolved.iter().map(|code| code.weight));
        self.write(&condition.resolved[at], day, (Clinical::Resolved, verification), true);
    }

    fn write(&mut self, code: &'static Code, day: i32, status: Status, exact: bool) {
        self.add(code.snomed, &code.words, day, status, exact);
    }

    /// Adds a record. Unless it must be exact, old dates are often known to the month or the year.
    fn add(&mut self, code: u64, words: &'static str, day: i32, status: Status, exact: bool) {
        let years_ago = (self.end - day) / 365;
        let precision = match self.dice.below(100) {
            _ if exact => Precision::Day,
            0..14 if years_ago >= 8 => Precision::Year,
            14..30 if years_ago >= 8 => Precision::Month,
            0..2 => Precision::Month,
            _ => Precision::Day,
        };
        let late = if exact || self.dice.per_mille(800) { 0 } else { self.dice.between(1, 400) };
        let recorded = (day + late).min(self.end);
        let updated = (recorded + self.dice.between(0, 200)).min(self.end);
        let (clinical, verification) = status;
        let onset_known = exact || !self.dice.per_mille(10);
        self.records.push(Record {
            code,
            words,
            onset: onset_known.then(|| PartialDay::new(on(day), precision)),
            recorded: Some(on(recorded).into()),
            clinical,
            verification,
            updated: at(updated, self.dice.between(8 * 3600, 19 * 3600)),
        });
    }
}

const TYPE_1_DIABETES: u64 = 46_635_009;

/// For every thousand who have a condition, how many had it and are over it, by their records.
fn former_per_mille(key: &str) -> u64 {
    match key {
        "asthma" => 220,
        "depression" => 320,
        "epilepsy" => 150,
        "ckd" => 140,
        "diabetes" | "copd" | "heart_failure" => 30,
        _ => 0,
    }
}

/// The day of this number.
pub(crate) fn on(epoch_days: i32) -> Day {
    Day::from_epoch_days(epoch_days).expect("inhabitants live in the 20th and 21st centuries")
}

/// A moment on a day, so many seconds after midnight UTC.
pub(crate) fn at(epoch_days: i32, seconds: i32) -> Moment {
    let second = i64::from(epoch_days) * 86_400 + i64::from(seconds);
    Moment::new(
        jiff::Timestamp::from_second(second)
            .expect("inhabitants live in the 20th and 21st centuries"),
    )
}
