//! Direct payments: Care Act 2014 s31 to 33, and the Care and Support (Direct Payments)
//! Regulations 2014, SI 2014/2871.
//!
//! [`consider`] says which conditions are met, what is paid, when it is reviewed, and what is left
//! to ask. It prompts for reasons; nothing here refuses care. Where no payment is made the council
//! arranges the care itself.

mod asks;
mod consider;
mod payment;
mod request;
mod rules;
mod stays;

pub use consider::{Condition, MayBePaid, Met, Outcome, ReviewDue, Standing, consider};
pub use payment::{Instalment, Payment, Surplus, Terms, instalment, instalments};
pub use request::{
    Account, Authorised, CareHomeStay, Event, EventKind, Exclusion, Nominee, Paid, PaidFor,
    Relationship, Relative, Request, Schedule, Sum,
};
pub use stays::{CareHomeWeeks, FOUR_WEEKS, count};
