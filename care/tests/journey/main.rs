//! What the journey promises, shown through decisions and what they add up to.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod access;
mod charges;
mod contact;
mod facts;
mod found;
mod letters;
mod means;
mod opening;
mod place;
mod reading;
mod story;
