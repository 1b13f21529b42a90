//! The law's figures, by the day from which each is in force.
//!
//! They are data: one file a financial year under `law/rates/`, every figure with its source and
//! with how far it can be relied on. A council corrects or adds a year with a file of its own. There
//! is no “current” figure: [`RateBook::on`] takes the day. Never work one year out from another.

mod book;
mod code;

pub use book::{Fault, Figure, NoRates, Per, RateBook, Rates, Year};
pub use code::{Code, RatesUsed};

#[cfg(test)]
mod tests;
