//! Deferred payment agreements, and top-ups: Care Act 2014 s30 and s34 to 36; SI 2014/2670 and
//! SI 2014/2671.
//!
//! [`Law::answer`] answers a whole [`Case`]. Of its parts, [`offer`] says whether an agreement must be
//! offered, how much it may reach and how much is deferred a week; [`follow`] keeps its account and
//! writes its statements; [`top_up`] looks at a payment for a dearer place. Interest is in whole
//! numbers throughout.

mod account;
mod case;
mod interest;
mod offer;
mod rules;
mod statement;
mod top_up;

pub use account::{Account, Deferral, Entry};
pub use case::{Answer, Case, Law, NoAnswer, ToldBefore};
pub use interest::{InterestBook, InterestRate, NoInterestRate};
pub use offer::{Application, Offer, Setting, Standing as OfferStanding, equity_limit, offer};
pub use statement::{Standing, Statement, follow};
pub use top_up::{FirstPartyGround, Term, TopUpAgreement, TopUpOutcome, top_up};
