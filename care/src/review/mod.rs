//! The sixth room of the journey: is it working, and is it still right?
//!
//! Everybody with a plan has a next review with a ground in law and an owner ([`crate::record::person::Person::review_due`]). A review is
//! held and ends in a decision ([`hold`]), with the outcomes scored before and after ([`score`]).
//! Enablement is a programme that ends in one too ([`enablement`]).
//!
//! Deliberately absent: a review that happens by itself, and a reduction without words for each need.

pub mod enablement;
pub mod hold;
pub mod score;
