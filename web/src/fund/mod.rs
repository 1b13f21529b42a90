//! Pages of `fund`: the financial assessment, from asking for one to the letter.

pub mod ask_means;
pub mod decide;
pub mod enter;
mod entry;
pub mod letter;
pub mod means;
mod working;

pub use entry::rows_in_lines;
