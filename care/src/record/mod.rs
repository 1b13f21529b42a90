//! The corridor: a person's record is a story, an append-only sequence of entries.

pub mod chain;
pub mod derived;
pub mod entry;
pub mod fact;
pub mod hash;
pub mod ids;
pub mod moment;
pub mod person;
