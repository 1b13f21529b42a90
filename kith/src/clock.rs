//! The one clock, and the one source of new identifiers. Everything else is told.
#![expect(clippy::disallowed_methods, reason = "this is the sanctioned place")]

use care::record::moment::Moment;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use law::day::Day;
use uuid::Uuid;

/// The instant now.
pub fn now() -> Moment {
    Moment::new(Timestamp::now())
}

/// The calendar day in London now.
pub fn today() -> Day {
    london_day(now())
}

/// The calendar day in London at an instant.
pub fn london_day(at: Moment) -> Day {
    let london = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
    let date = at.timestamp().to_zoned(london).date();
    Day::new(date.year(), date.month(), date.day()).unwrap_or_else(|| at.utc_day())
}

/// A new identifier, sortable by when it was made (UUID version 7).
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
