//! What the plan and its reviews promise, shown through what is decided and what is then somebody's work.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod agreeing;
#[path = "../journey/place.rs"]
mod place;
mod quiet;
mod reviewing;
mod sharing;
mod table;
mod writing;
