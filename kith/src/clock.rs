//! The one clock, and the one source of new identifiers. Everything else is told.
#![expect(clippy::disallowed_methods, reason = "this is the sanctioned place")]

use std::sync::OnceLock;

use care::record::moment::Moment;
use jiff::Timestamp;
use law::day::Day;
use uuid::Uuid;

/// The instant now.
pub fn now() -> Moment {
    static AHEAD: OnceLock<i64> = OnceLock::new();
    let now = Moment::new(Timestamp::now());
    now.plus_seconds(*AHEAD.get_or_init(|| ahead(now)))
}

/// How many seconds a program that was built for tests is told to go ahead of the clock, or behind:
/// `KITH_NOW` is the instant at which it started. What is built to be used does not listen.
fn ahead(now: Moment) -> i64 {
    if !cfg!(debug_assertions) {
        return 0;
    }
    let told = std::env::var("KITH_NOW").ok().and_then(|text| Moment::parse(&text).ok());
    told.map_or(0, |told| (told.microseconds() - now.microseconds()) / 1_000_000)
}

/// The calendar day in London now.
pub fn today() -> Day {
    web::app::london_day(now())
}

/// The same time of day in London, so many days ago: also where the clocks changed between.
pub fn days_ago(days: i64) -> Moment {
    web::app::days_before(now(), days)
}

/// A new identifier, sortable by when it was made (UUID version 7).
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
