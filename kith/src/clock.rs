//! The one clock, and the one source of new identifiers. Everything else is told.
#![expect(clippy::disallowed_methods, reason = "this is the sanctioned place")]

use care::record::moment::Moment;
use jiff::Timestamp;
use law::day::Day;
use uuid::Uuid;

/// The instant now.
pub fn now() -> Moment {
    Moment::new(Timestamp::now())
}

/// The calendar day in London now.
pub fn today() -> Day {
    web::app::london_day(now())
}

/// A new identifier, sortable by when it was made (UUID version 7).
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
