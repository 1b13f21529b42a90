//! Floor 2: keeping. The only crate that knows SQL; it never decides.
//!
//! Everything is synchronous: call it from a thread that may wait. Deliberately absent: a clock,
//! chance (instants and ids are arguments), rules of care, formats of other systems.

pub mod engine;
mod migrate;
mod open;
pub mod runs;
pub mod users;

pub use engine::StoreError;
pub use open::Store;

/// Every SQL statement of the program, so that each can be tried on both engines.
pub fn statements() -> impl Iterator<Item = &'static engine::Statement> {
    [migrate::STATEMENTS, runs::STATEMENTS, users::STATEMENTS].into_iter().flatten().copied()
}
