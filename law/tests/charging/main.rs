//! Charging: its cases as data, what it promises of every case, of damaged ones, and through time.

mod answers;
#[path = "../casebook/mod.rs"]
mod casebook;
mod cases;
mod damaged;
mod last;
mod over_time;
mod promises;
mod uprate;

use std::sync::LazyLock;

use law::charging::Law;
use law::charging::policy::PolicyBook;
use law::rates::RateBook;

/// The law, in a place that has chosen nothing.
static LAW: LazyLock<Law> = LazyLock::new(|| Law {
    rates: RateBook::built_in().expect("the rates that were built in are whole"),
    policy: PolicyBook::law_alone(),
});
