//! Find: who in this place would be helped by joined-up care?
//!
//! `register` is what is known of residents from coded records; `places` says which practice lies
//! in which neighbourhood and network; `criterion` and `judge` find people and say why.

mod code_map;
pub mod cohorts;
pub mod criterion;
pub mod explain;
pub mod front_door;
pub mod invitation;
pub mod judge;
pub mod intake;
pub mod lists;
pub mod packed;
pub mod places;
pub mod register;
pub mod run;
pub mod search;
pub mod snomed;
pub mod table;

#[cfg(test)]
mod testing;
