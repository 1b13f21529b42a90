//! What is decided on the assessment: whether somebody's needs are eligible, and the letter that tells
//! them.

mod basis;
pub mod eligibility;
pub mod told;
mod words;

pub use eligibility::{in_lines, ways};
