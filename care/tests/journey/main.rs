//! What the journey promises, shown through decisions and what they add up to.

mod access;
mod contact;
mod facts;
mod found;
mod opening;
mod place;
mod story;
