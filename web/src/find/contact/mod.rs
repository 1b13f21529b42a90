//! The front door: somebody comes about anyone, by any route; nobody is turned away.

pub mod answer;
pub mod described;
pub mod known;
pub mod mine;
mod questions;
pub mod who;
