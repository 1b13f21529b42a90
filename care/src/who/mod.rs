//! The front door: who is asking, what they may see and do, and the writing that belongs to no one
//! stage: the team around a person, notes, how to speak with them.

pub mod access;
pub mod actor;
pub mod letters;
pub mod opening;
pub mod role;
pub mod team;
pub mod writing;
