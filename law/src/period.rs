//! How often an amount comes, and what that is a week.

use serde::{Deserialize, Serialize};

use crate::pence::{Pence, Round};

/// How often money is paid or owed.
///
/// The law counts by the week: a month is ×12/52, a quarter ×4/52, a year /52, and any other period
/// ×7 over its days (Charging Regulations, SI 2014/2672, reg 13; the twin rule is the State Pension
/// Credit Regulations 2002, reg 17(1)). There are never four weeks in a month here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// Each day.
    #[serde(alias = "daily")]
    Day,
    /// Each week.
    #[serde(alias = "weekly")]
    Week,
    /// Every two weeks.
    #[serde(alias = "two-weeks", alias = "2-weeks", alias = "fortnightly")]
    Fortnight,
    /// Every four weeks: thirteen times a year.
    #[serde(alias = "four-weekly", alias = "4-weeks", alias = "4-weekly")]
    FourWeeks,
    /// Each calendar month.
    #[serde(alias = "monthly", alias = "calendar-month")]
    Month,
    /// Four times a year.
    #[serde(alias = "quarterly")]
    Quarter,
    /// Once a year.
    #[serde(alias = "yearly", alias = "annual", alias = "annually")]
    Year,
}

impl Every {
    /// All of them, the shortest first.
    pub const ALL: [Self; 7] = [
        Self::Day,
        Self::Week,
        Self::Fortnight,
        Self::FourWeeks,
        Self::Month,
        Self::Quarter,
        Self::Year,
    ];

    /// What the amount is multiplied by and divided by to be a week's.
    pub const fn to_week(self) -> (i64, i64) {
        match self {
            Self::Day => (7, 1),
            Self::Week => (1, 1),
            Self::Fortnight => (1, 2),
            Self::FourWeeks => (1, 4),
            Self::Month => (12, 52),
            Self::Quarter => (4, 52),
            Self::Year => (1, 52),
        }
    }

    /// A week's worth of an amount paid this often.
    #[must_use]
    pub const fn weekly(self, amount: Pence, round: Round) -> Pence {
        let (top, bottom) = self.to_week();
        amount.times(top, bottom, round)
    }

    /// In words, after an amount: “a week”, “every four weeks”.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Day => "a day",
            Self::Week => "a week",
            Self::Fortnight => "every two weeks",
            Self::FourWeeks => "every four weeks",
            Self::Month => "a month",
            Self::Quarter => "a quarter",
            Self::Year => "a year",
        }
    }

    /// As cases spell it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Fortnight => "fortnight",
            Self::FourWeeks => "four-weeks",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_of_each_period() {
        let amount = Pence::parse("424.90").unwrap();
        for (every, down, up) in [
            (Every::Day, 297_430, 297_430),
            (Every::Week, 42_490, 42_490),
            (Every::Fortnight, 21_245, 21_245),
            (Every::FourWeeks, 10_622, 10_623),
            (Every::Month, 9_805, 9_806),
            (Every::Quarter, 3_268, 3_269),
            (Every::Year, 817, 818),
        ] {
            assert_eq!(every.weekly(amount, Round::Down).pence(), down, "{every:?}");
            assert_eq!(every.weekly(amount, Round::Up).pence(), up, "{every:?}");
        }
    }
}
