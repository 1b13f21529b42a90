//! Find: the people found, the front door, searching, and inviting.

pub mod contact;
pub mod coverage;
pub mod found;
pub mod invite;
pub mod search;
pub mod why;
