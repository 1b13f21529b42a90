//! A person's record: reading it, and writing what belongs to no one stage.

mod assessed;
pub mod communication;
pub mod conditions;
pub mod looked;
pub mod note;
pub mod open;
pub mod person;
mod planned;
pub mod story;
pub mod team;
