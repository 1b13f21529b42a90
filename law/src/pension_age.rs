//! Pensionable age, by date of birth: Pensions Act 1995 Sch 4, as amended in 2011 and 2014.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::day::Day;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "source")]
    _source: String,
    born: Vec<Row>,
}

/// Everyone born from a day reaches pension age at so many years and months.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    from: Day,
    years: i16,
    months: i8,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let text = include_str!("../rates/pension-age.toml");
    let file: File = toml::from_str(text).unwrap_or_else(|error| {
        panic!("the table law/rates/pension-age.toml that was built in: {error}")
    });
    file.born
});

/// The day on which someone born on a day reaches pension age.
///
/// Where the month is too short it is its last day: someone born on 31 July 1960 reaches 66 years
/// and 4 months on 30 November 2026, as the Act itself says.
pub fn on(born: Day) -> Day {
    row_of(born)
        .map_or(born, |row| born.plus_months(i32::from(row.years) * 12 + i32::from(row.months)))
}

/// Whether someone born on a day has reached pension age on another.
pub fn reached(born: Day, day: Day) -> bool {
    // The year alone tells for nearly everyone; the calendar is asked for the others.
    let years = day.year() - born.year();
    match row_of(born) {
        Some(row) if years < row.years => false,
        Some(row) if years > row.years + 1 => true,
        _ => on(born) <= day,
    }
}

fn row_of(born: Day) -> Option<&'static Row> {
    let after = TABLE.partition_point(|row| row.from <= born);
    after.checked_sub(1).and_then(|at| TABLE.get(at)).or(TABLE.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pension_age_by_birth() {
        for (born, reaches) in [
            ("1954-10-06", "2020-10-06"),
            ("1960-04-05", "2026-04-05"),
            ("1960-04-06", "2026-05-06"),
            ("1960-05-05", "2026-06-05"),
            ("1960-05-06", "2026-07-06"),
            ("1960-07-31", "2026-11-30"),
            ("1960-12-31", "2027-09-30"),
            ("1961-01-31", "2027-11-30"),
            ("1961-03-05", "2028-02-05"),
            ("1961-03-06", "2028-03-06"),
            ("1977-04-05", "2044-04-05"),
        ] {
            let (born, reaches) = (Day::parse(born).unwrap(), Day::parse(reaches).unwrap());
            assert_eq!(on(born), reaches, "{born}");
            assert!(reached(born, reaches) && !reached(born, reaches.plus_days(-1)), "{born}");
        }
    }

    #[test]
    fn the_year_alone_never_says_otherwise_than_the_calendar() {
        for born in (1940..2010).map(|year| Day::new(year, 7, 31).unwrap()) {
            for years in 60..72 {
                let day = born.plus_months(years * 12);
                assert_eq!(reached(born, day), on(born) <= day, "{born} on {day}");
            }
        }
    }
}
