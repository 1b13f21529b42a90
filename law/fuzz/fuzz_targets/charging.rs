//! Any bytes as a case of charging.
#![no_main]

#[path = "../promises.rs"]
mod promises;

use std::sync::LazyLock;

use law::charging::Law;
use law::charging::policy::PolicyBook;
use law::rates::RateBook;
use libfuzzer_sys::fuzz_target;

static LAW: LazyLock<Law> = LazyLock::new(|| Law {
    rates: RateBook::built_in().expect("the rates that were built in are whole"),
    policy: PolicyBook::law_alone(),
});

fuzz_target!(|bytes: &[u8]| {
    promises::hold(&LAW, bytes);
});
