//! Calendar days, without clocks or time zones.
//!
//! The law counts in days: an age, a 12-week disregard, a review within six weeks. Today is always
//! an argument.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A calendar day, from 0001-01-01 to 9999-12-31.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

/// A text that should have been a day, and was not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{0}’ is not a date: write it as year-month-day, for example 2026-03-27")]
pub struct NotADay(pub String);

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

impl Day {
    /// The first day there is.
    pub const FIRST: Self = Self(jiff::civil::date(1, 1, 1));

    /// The last.
    pub const LAST: Self = Self(jiff::civil::date(9999, 12, 31));

    /// The day of this year, month (1–12) and day of the month, if the calendar has one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `YYYY-MM-DD`, and nothing else.
    pub fn parse(text: &str) -> Result<Self, NotADay> {
        match PartialDay::parse(text) {
            Ok(partial) if partial.precision() == Precision::Day => Ok(partial.first()),
            _ => Err(NotADay(text.to_owned())),
        }
    }

    /// Whole days since 1970-01-01; negative before it.
    pub fn epoch_days(self) -> i32 {
        (self.0 - EPOCH).get_days()
    }

    /// The day that [`Day::epoch_days`] numbers, if it lies in the calendar.
    pub fn from_epoch_days(days: i32) -> Option<Self> {
        let date = EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
        (date.year() >= 1).then_some(Self(date))
    }

    /// The day so many days later (earlier, if negative), kept within the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days.clamp(-4_000_000, 4_000_000))))
    }

    /// The same day so many months later (earlier, if negative), or the last of a month that is too
    /// short for it; kept within the calendar.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months.clamp(-120_000, 120_000))))
    }

    /// The last day of its week, which runs from Monday to Sunday.
    #[must_use]
    pub fn sunday(self) -> Self {
        // 1970-01-01 was a Thursday.
        let weekday = (self.epoch_days() + 3).rem_euclid(7);
        self.plus_days(6 - weekday)
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1–12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1–31.
    pub fn day_of_month(self) -> i8 {
        self.0.day()
    }

    /// Age in whole years on a day, for someone born on this one.
    ///
    /// An age is reached at the start of the birthday (Family Law Reform Act 1969 s9); someone born
    /// on 29 February reaches it on 1 March in other years. None before birth.
    pub fn age_on(self, day: Day) -> Option<u8> {
        if day < self {
            return None;
        }
        let birthday_passed =
            (day.month(), day.day_of_month()) >= (self.month(), self.day_of_month());
        let years = day.year() - self.year() - i16::from(!birthday_passed);
        Some(u8::try_from(years).unwrap_or(u8::MAX))
    }

    /// In words, as GOV.UK writes dates: “27 March 2026”.
    pub fn in_words(self) -> String {
        format!("{} {} {}", self.day_of_month(), MONTHS[self.month_index()], self.year())
    }

    fn month_index(self) -> usize {
        usize::try_from(self.month() - 1).unwrap_or(0)
    }
}

/// The month that a word names, from 1: its English name, or at least the first three letters of it.
pub fn month_named(word: &str) -> Option<i8> {
    let begins =
        |name: &&str| name.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word));
    let at = MONTHS.iter().position(|name| word.len() >= 3 && begins(name))?;
    i8::try_from(at + 1).ok()
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day_of_month())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        Self::parse(text)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// How much of a date is known (FHIR R4 `date`: a year, a month or a day).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year.
    Year,
    /// The year and the month.
    Month,
    /// The day itself.
    Day,
}

/// A date of which perhaps only the year or the month is known.
///
/// It is an interval of days, and is compared as one: “2020-02” is neither before nor after
/// “2020-02-10”.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDay {
    first: Day,
    precision: Precision,
}

impl PartialDay {
    /// The interval that starts on the first day of the period `day` lies in.
    pub fn new(day: Day, precision: Precision) -> Self {
        let first = match precision {
            Precision::Day => day,
            Precision::Month => Day(day.0.first_of_month()),
            Precision::Year => Day(day.0.first_of_year()),
        };
        Self { first, precision }
    }

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, and nothing else.
    pub fn parse(text: &str) -> Result<Self, NotADay> {
        let bad = || NotADay(text.to_owned());
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| -> Option<i16> {
            bytes.get(from..to)?.iter().try_fold(0i16, |sum, byte| {
                byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0'))
            })
        };
        let dash = |at: usize| bytes.get(at) == Some(&b'-');
        let (precision, month, day) = match bytes.len() {
            4 => (Precision::Year, Some(1), Some(1)),
            7 if dash(4) => (Precision::Month, number(5, 7), Some(1)),
            10 if dash(4) && dash(7) => (Precision::Day, number(5, 7), number(8, 10)),
            _ => return Err(bad()),
        };
        let (Some(year), Some(month), Some(day)) = (number(0, 4), month, day) else {
            return Err(bad());
        };
        let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
            return Err(bad());
        };
        let first = Day::new(year, month, day).ok_or_else(bad)?;
        Ok(Self { first, precision })
    }

    /// The first day it can be.
    pub fn first(self) -> Day {
        self.first
    }

    /// The last day it can be.
    pub fn last(self) -> Day {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => Day(self.first.0.last_of_month()),
            Precision::Year => Day(self.first.0.last_of_year()),
        }
    }

    /// How much of it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// In words: “27 March 2026”, “March 2026” or “2026”.
    pub fn in_words(self) -> String {
        match self.precision {
            Precision::Day => self.first.in_words(),
            Precision::Month => {
                format!("{} {}", MONTHS[self.first.month_index()], self.first.year())
            }
            Precision::Year => self.first.year().to_string(),
        }
    }
}

impl From<Day> for PartialDay {
    fn from(day: Day) -> Self {
        Self { first: day, precision: Precision::Day }
    }
}

impl fmt::Display for PartialDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Day => write!(f, "{}", self.first),
            Precision::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Precision::Year => write!(f, "{:04}", self.first.year()),
        }
    }
}

impl fmt::Debug for PartialDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PartialDay {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDay {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_word_names_a_month_by_three_letters_or_more() {
        for (at, name) in (1..).zip(MONTHS) {
            for word in [name, &name[..3], &name.to_lowercase()] {
                assert_eq!(month_named(word), Some(at), "{word}");
            }
        }
        for word in ["", "Ma", "Mai", "Marching", "Mä", "J\u{e4}n", "3"] {
            assert_eq!(month_named(word), None, "{word}");
        }
    }

    #[test]
    fn an_age_is_reached_on_the_birthday() {
        let cases = [
            ("1960-05-17", "2026-05-16", Some(65)),
            ("1960-05-17", "2026-05-17", Some(66)),
            ("2008-02-29", "2026-02-28", Some(17)),
            ("2008-02-29", "2026-03-01", Some(18)),
            ("2026-11-22", "2026-11-22", Some(0)),
            ("2026-11-23", "2026-11-22", None),
        ];
        for (born, on, age) in cases {
            assert_eq!(day(born).age_on(day(on)), age, "born {born}, on {on}");
        }
    }

    #[test]
    fn a_partial_date_is_an_interval() {
        let month = PartialDay::parse("2020-02").unwrap();
        assert_eq!((month.first(), month.last()), (day("2020-02-01"), day("2020-02-29")));
        let year = PartialDay::parse("2019").unwrap();
        assert_eq!((year.first(), year.last()), (day("2019-01-01"), day("2019-12-31")));
        assert_eq!(year.in_words(), "2019");
        assert_eq!(month.in_words(), "February 2020");
        assert_eq!(day("2026-03-27").in_words(), "27 March 2026");
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in
            ["", "2020-13", "2021-02-29", "20200101", "2020-1-1", "0000", "12-03-2020", "２０２０"]
        {
            assert!(PartialDay::parse(text).is_err(), "{text}");
        }
        assert!(Day::parse("2020-02").is_err(), "a month is not a day");
    }

    proptest! {
        #[test]
        fn days_survive_text_and_numbers(days in -719_162i32..2_932_896) {
            let day = Day::from_epoch_days(days).unwrap();
            prop_assert_eq!(day.epoch_days(), days);
            prop_assert_eq!(Day::parse(&day.to_string()).unwrap(), day);
            prop_assert_eq!(day.plus_days(1).epoch_days() - 1, days.min(2_932_895));
        }
    }
}
