//! `fund`: what money is there, whose is it, and what does the person pay?
//!
//! The rules are `law`'s; here they meet people: one person's means ([`means`]), what they pay
//! ([`decide`], [`weeks`]), everybody's charge in a new year ([`uprate`]), and what a change of the
//! charging policy or of the rates would do to whom ([`simulate`]).

mod carry;
pub mod decide;
pub mod means;
mod settle;
pub mod simulate;
pub mod supplied;
mod supported;
pub mod uprate;
pub mod weeks;

pub use carry::{Carried, carried};

pub use supported::{
    About, Dimension, DisabilityBenefit, Ethnicity, NotAnEthnicity, SupportReason, Supported,
};
