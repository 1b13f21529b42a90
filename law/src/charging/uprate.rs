//! April: a case as it stands after benefits and pensions have risen.
//!
//! What a benefit pays is published, so an income that is a full rate becomes the new full rate. A
//! pension of the person's own amount has no published figure: it is worked out by the ratio in which
//! the figure beside it rose, and is only a good guess until the letter from the Department for Work
//! and Pensions is seen. Nothing else is touched: what follows from other income (Universal Credit,
//! most of Pension Credit) or from a contract (work pensions, rent) cannot be known from here.

use serde::Serialize;

use crate::charging::case::{Case, Income};
use crate::charging::kinds::{IncomeKind, Rises};
use crate::charging::savings_credit::before_new_pension;
use crate::day::Day;
use crate::pence::{Pence, Round};
use crate::period::Every;
use crate::rates::{Code, NoRates, RateBook, Rates};
use crate::working::Status;

/// A case after the rise, and what became of each income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Uprated {
    /// The case, as of the new day.
    pub case: Case,
    /// One for each income, in the order of the case.
    pub incomes: Vec<Moved>,
}

/// What became of one income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// What it is.
    pub kind: IncomeKind,
    /// How often it is paid; the amounts are of one payment.
    pub every: Every,
    /// What was done.
    #[serde(flatten)]
    pub done: Done,
}

/// What was done with an income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "done")]
pub enum Done {
    /// It moved.
    Raised {
        /// From this.
        from: Pence,
        /// To this.
        to: Pence,
        /// Why, in a plain sentence.
        why: &'static str,
        /// How far the new amount can be relied on: as its figure where it is a full rate, `Derived`
        /// where it was worked out by a ratio, and never more than the figures it rests on.
        status: Status,
    },
    /// It stayed.
    LeftAsItWas {
        /// Why, in a plain sentence.
        why: &'static str,
    },
}

/// The case as it stands on the day `from`, when its figures were those of the day `before`.
///
/// - An income that equals a full rate of its kind to the penny, in its own period (a weekly rate paid
///   every four weeks is four times as much), becomes the new full rate.
/// - A State Pension that is less than full rises in the ratio of the full one: the basic pension for
///   those who reached pension age before 6 April 2016, the new one for others. What stands above the
///   full pension, and an Additional State Pension, rise in the ratio of the disability benefits,
///   which follow prices. Both are rounded to the nearest penny, half a penny up.
/// - Everything else stays: means-tested benefits, private and work pensions, earnings.
///
/// Ages, costs and choices are untouched; the tax on an income, if any is named, stays too. It fails
/// only where the book has no figures for one of the days.
pub fn uprate(case: &Case, book: &RateBook, before: Day, from: Day) -> Result<Uprated, NoRates> {
    let rise = Rise { old: book.on(before)?, new: book.on(from)?, pension: pension_of(case) };
    let mut after = case.clone();
    after.as_of = from;
    let move_one = |income: &mut Income| {
        let done = rise.of(income);
        if let Done::Raised { to, .. } = done {
            income.amount = to;
        }
        Moved { kind: income.kind, every: income.every, done }
    };
    let incomes = after.income.iter_mut().map(move_one).collect();
    Ok(Uprated { case: after, incomes })
}

/// Which full State Pension a person's own is a part of.
fn pension_of(case: &Case) -> Code {
    match before_new_pension(&case.person) {
        Some(true) => Code::BasicStatePension,
        _ => Code::NewStatePension,
    }
}

/// Two sets of figures, the old and the new.
struct Rise<'a> {
    old: &'a Rates,
    new: &'a Rates,
    pension: Code,
}

impl Rise<'_> {
    fn of(&self, income: &Income) -> Done {
        let kind = income.kind;
        if income.amount.is_nothing() {
            return Done::LeftAsItWas { why: "Nothing is paid." };
        }
        if let Some((to, code)) =
            kind.figures.iter().find_map(|&code| Some((self.full(income, code)?, code)))
        {
            let why = "It is the full published rate, and moves to the new one.";
            return self.moved(income.amount, to, why, &[code], Status::Sourced);
        }
        match kind.rises {
            Some(Rises::WithPensions) => self.pension(income),
            Some(Rises::WithPrices) => {
                let why = "It has no published rate, and is raised as disability benefits rose, with \
                           prices. Ask for the letter that says what is paid.";
                let to = self.ratio(income.amount, Code::DisabilityHigher);
                self.moved(income.amount, to, why, &[Code::DisabilityHigher], Status::Derived)
            }
            None if kind.figures.is_empty() => Done::LeftAsItWas {
                why: "No published rate says what it will be. Ask the person what is paid now.",
            },
            None => Done::LeftAsItWas {
                why: "It is not the full published rate of the old year. Ask the person what is paid now.",
            },
        }
    }

    /// The new amount of an income that is a full rate. What a rate comes to in another period than
    /// weeks may be written rounded either way, and is then written the same way again.
    fn full(&self, income: &Income, code: Code) -> Option<Pence> {
        let (top, bottom) = income.every.to_week();
        let at = |rates: &Rates, round| rates.get(code).times(bottom, top, round);
        [Round::Down, Round::Up]
            .into_iter()
            .find(|&round| at(self.old, round) == income.amount)
            .map(|round| at(self.new, round))
    }

    /// A State Pension of the person's own amount.
    fn pension(&self, income: &Income) -> Done {
        let (top, bottom) = income.every.to_week();
        let full = |rates: &Rates| rates.get(self.pension).times(bottom, top, Round::Down);
        let above = income.amount - full(self.old);
        if above > Pence::ZERO {
            let to = full(self.new) + self.ratio(above, Code::DisabilityHigher);
            let why = "It is more than the full State Pension: the full part moves to the new rate, the \
                       rest is raised with prices, as disability benefits rose. Ask for the letter that \
                       says what is paid.";
            let rests = [self.pension, Code::DisabilityHigher];
            return self.moved(income.amount, to, why, &rests, Status::Derived);
        }
        let to = self.ratio(income.amount, self.pension);
        let why = "It is less than the full State Pension, and is raised in the same ratio. Ask for the \
                   letter that says what is paid.";
        self.moved(income.amount, to, why, &[self.pension], Status::Derived)
    }

    /// An amount, moved as a figure moved, to the nearest penny.
    fn ratio(&self, amount: Pence, code: Code) -> Pence {
        let (old, new) = (self.old.get(code).pence(), self.new.get(code).pence());
        // Twice the amount, rounded down to a half-penny, and then up from the half.
        amount.times(2 * new, old, Round::Down).times(1, 2, Round::Up)
    }

    fn moved(
        &self,
        from: Pence,
        to: Pence,
        why: &'static str,
        rests: &[Code],
        best: Status,
    ) -> Done {
        if from == to {
            return Done::LeftAsItWas { why: "The rate is the same." };
        }
        let figures = rests.iter().flat_map(|&code| [self.old.figure(code), self.new.figure(code)]);
        let status = figures.map(|figure| figure.status).fold(best, Status::max);
        Done::Raised { from, to, why, status }
    }
}
