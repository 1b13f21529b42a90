//! `fund`: what money is there, whose is it, and what does the person pay?
//!
//! The rules are `law`'s; here they meet people: one person's means ([`means`]), and what a change of
//! the charging policy or of the rates would do to whom ([`simulate`]).

pub mod means;
pub mod simulate;
pub mod supplied;
mod supported;

pub use supported::{
    About, Dimension, DisabilityBenefit, Ethnicity, NotAnEthnicity, SupportReason, Supported,
};
