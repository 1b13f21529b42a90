//! Floor 0: the statute book.
//!
//! Dates, ages and pence, and on them eligibility, charging, continuing healthcare, budgets, direct and
//! deferred payments.
//!
//! Deliberately absent: a clock, randomness, a database, a network, async. Nothing here can fail
//! except by a value.

pub mod budget;
pub mod charging;
pub mod chc;
pub mod choices;
pub mod day;
pub mod deferred;
pub mod direct_payments;
pub mod eligibility;
pub mod fraction;
pub mod pence;
pub mod pension_age;
pub mod period;
mod problem;
pub mod rates;
pub mod words;
pub mod working;

/// What `choices!` writes out, for crates that do not lean on it themselves.
#[doc(hidden)]
pub use serde;
