//! What the shared assessment promises, shown through its forms, decisions and what they add up to.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod days;
mod decisions;
mod desk;
mod determinations;
mod due;
mod ending;
mod faces;
mod forms;
mod gathering;
mod known;
mod links;
#[path = "../journey/place.rs"]
mod place;
mod prompts;
mod writing;
