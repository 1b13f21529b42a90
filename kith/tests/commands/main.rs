//! The program's commands, as an officer, a tester or another system meets them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod budget;
mod charge;
mod deferred;
mod eligibility;
mod find;
mod import;
mod import_charges;
mod places;
mod running;
mod simulate;
mod uprate;
mod users;
