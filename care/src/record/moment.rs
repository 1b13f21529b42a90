//! Instants: when something was recorded. What the law counts is a [`Day`]; this is for the audit.

use std::fmt;

use jiff::Timestamp;
use law::day::Day;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An instant to the microsecond, written in UTC in one width (`2026-11-22T09:05:00.000000Z`), so
/// that its text sorts as it does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(Timestamp);

/// A text that should have been an instant, and was not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("‘{0}’ is not a date and time with a time zone, such as 2026-11-22T09:05:00Z")]
pub struct NotAMoment(pub String);

/// 0001-01-01T00:00:00Z in seconds since 1970: before it there is no [`Day`].
const YEAR_ONE: i64 = -62_135_596_800;

impl Moment {
    /// The instant, to the microsecond: finer parts are dropped.
    pub fn new(timestamp: Timestamp) -> Self {
        Self(Timestamp::from_microsecond(timestamp.as_microsecond()).unwrap_or(timestamp))
    }

    /// Reads an RFC 3339 date and time with an offset (FHIR R4 `instant`).
    pub fn parse(text: &str) -> Result<Self, NotAMoment> {
        if let Some(moment) = plain(text) {
            return Ok(moment);
        }
        let timestamp = text.parse::<Timestamp>().map_err(|_| NotAMoment(text.to_owned()))?;
        if timestamp.as_second() < YEAR_ONE {
            return Err(NotAMoment(text.to_owned()));
        }
        Ok(Self::new(timestamp))
    }

    /// The instant itself.
    pub fn timestamp(self) -> Timestamp {
        self.0
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn microseconds(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The instant so many microseconds after 1970-01-01T00:00:00Z, if it lies in the calendar.
    pub fn from_microseconds(microseconds: i64) -> Option<Self> {
        let timestamp = Timestamp::from_microsecond(microseconds).ok()?;
        (timestamp.as_second() >= YEAR_ONE).then_some(Self(timestamp))
    }

    /// So many seconds later (earlier, if negative), kept within the calendar.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self::new(self.0.saturating_add(jiff::SignedDuration::from_secs(seconds)).unwrap_or(self.0))
    }

    /// The calendar day in UTC. For the day in London, convert at the edge.
    pub fn utc_day(self) -> Day {
        let days = self.0.as_second().div_euclid(86_400);
        let in_calendar = i32::try_from(days).ok().and_then(Day::from_epoch_days);
        in_calendar.expect("every instant from year 1 to 9999 lies on a day of the calendar")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.0)
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// An instant in the form that nearly all are written in, `YYYY-MM-DDThh:mm:ss[.ffffff]Z`, read
/// quickly; others, and those outside the ranges of a clock, are left to the library.
fn plain(text: &str) -> Option<Moment> {
    let (day, time) = text.split_at_checked(10)?;
    let time = time.strip_prefix('T')?.strip_suffix('Z')?.as_bytes();
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0i64, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
        })
    };
    let (clock, fraction) = time.split_at_checked(8)?;
    let [h1, h2, b':', m1, m2, b':', s1, s2] = *clock else { return None };
    let (hours, minutes, seconds) = (number(&[h1, h2])?, number(&[m1, m2])?, number(&[s1, s2])?);
    let micros = match fraction {
        [] => 0,
        [b'.', digits @ ..] if (1..=6).contains(&digits.len()) => {
            (digits.len()..6).fold(number(digits)?, |micros, _| micros * 10)
        }
        _ => return None,
    };
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let days = i64::from(Day::parse(day).ok()?.epoch_days());
    let seconds = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
    Moment::from_microseconds(seconds * 1_000_000 + micros)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn instants_are_read_quickly_as_they_are_read_slowly(
            text in "[0-2][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](\\.[0-9]{0,8})?Z",
        ) {
            if let Some(moment) = plain(&text) {
                prop_assert_eq!(text.parse().ok().map(Moment::new), Some(moment));
            }
        }
    }

    #[test]
    fn the_usual_instants_are_read_quickly() {
        for text in
            ["2026-01-02T03:04:05Z", "1950-01-02T03:04:05.6Z", "2026-01-02T03:04:05.000006Z"]
        {
            assert!(plain(text).is_some(), "{text}");
            assert_eq!(plain(text), text.parse().ok().map(Moment::new), "{text}");
        }
        for text in [
            "2026-01-02T03:04:05+01:00",
            "2026-01-02T24:00:00Z",
            "2026-01-02T23:60:00Z",
            "2026-01-02T23:59:60Z",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert!(plain("2026-01-02T23:59:59Z").is_some());
        let first = Moment::parse("0001-01-01T00:00:00.0000000Z").unwrap();
        assert_eq!(first.timestamp().as_second(), YEAR_ONE);
    }

    #[test]
    fn text_sorts_as_the_instants_do() {
        let early = Moment::parse("2026-11-22T09:05:00+00:00").unwrap();
        let late = Moment::parse("2026-11-22T10:05:00.5+01:00").unwrap();
        assert_eq!(early.to_string(), "2026-11-22T09:05:00.000000Z");
        assert_eq!(late.to_string(), "2026-11-22T09:05:00.500000Z");
        assert!(early.to_string() < late.to_string());
        assert_eq!(late.utc_day().to_string(), "2026-11-22");
        assert!(Moment::parse("2026-11-22").is_err());
        assert!(Moment::parse("-000044-03-15T12:00:00Z").is_err());
    }
}
