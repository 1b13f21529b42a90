//! Floor 0: the statute book.
//!
//! Dates and ages live here now; eligibility, charging, continuing healthcare and direct payments
//! come to stand on them.
//!
//! Deliberately absent: a clock, randomness, a database, a network, async. Nothing here can fail
//! except by a value.

pub mod budget;
pub mod charging;
pub mod chc;
mod coded;
pub mod day;
pub mod deferred;
pub mod direct_payments;
pub mod eligibility;
pub mod fraction;
pub mod pence;
pub mod pension_age;
pub mod period;
pub mod rates;
pub mod words;
pub mod working;
