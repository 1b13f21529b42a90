//! Floor 2: keeping. The only crate that knows SQL; it never decides.
//!
//! Everything is synchronous: call it from a thread that may wait. Deliberately absent: a clock,
//! chance (instants and ids are arguments), rules of care, formats of other systems.

pub mod access;
pub mod backup;
pub mod derived;
pub mod engine;
pub mod heads;
pub mod lists;
mod migrate;
pub mod names;
pub mod open;
pub mod practice;
pub mod rebuild;
pub mod register;
pub mod restore;
pub mod runs;
pub mod stories;
mod tables;
pub mod transact;
pub mod users;
pub mod verify;
mod walk;
pub mod work;

pub use engine::StoreError;
pub use transact::Store;

/// Every SQL statement of the program, so that each can be tried on both engines.
pub fn statements() -> impl Iterator<Item = &'static engine::Statement> {
    let modules = [
        access::STATEMENTS,
        derived::STATEMENTS,
        heads::STATEMENTS,
        migrate::STATEMENTS,
        names::STATEMENTS,
        rebuild::STATEMENTS,
        lists::STATEMENTS,
        work::STATEMENTS,
        practice::STATEMENTS,
        runs::STATEMENTS,
        stories::STATEMENTS,
        users::STATEMENTS,
        verify::STATEMENTS,
        walk::STATEMENTS,
    ];
    modules.into_iter().flatten().copied().chain(register::statements()).chain(tables::statements())
}
