//! Find: who in this place would be helped by joined-up care?
//!
//! `register` is what is known of residents from coded records, and `intake` how it comes; `places`
//! says which practice lies in which neighbourhood and network; `criterion`, `judge`, `run` and
//! `explain` find people and say why; `front_door` and `invitation` are how somebody comes in.

mod code_map;
pub mod cohorts;
pub mod criterion;
pub mod explain;
pub mod fingerprint;
pub mod front_door;
pub mod intake;
pub mod invitation;
pub mod judge;
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
