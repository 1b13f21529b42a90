//! A person's record: reading it, and writing what belongs to no one stage.

pub mod communication;
pub mod conditions;
pub mod looked;
pub mod note;
pub mod open;
pub mod person;
pub mod team;
