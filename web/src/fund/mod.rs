//! Pages of `fund`: the financial assessment, from asking for one to the letter.

pub mod ask_means;
mod asks;
pub mod decide;
pub mod enter;
mod entry;
mod known;
pub mod letter;
pub mod means;
mod reaches;
mod rests;
pub mod weeks;
mod why;
mod working;

pub use entry::{BASE, in_lines};
