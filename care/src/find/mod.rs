//! Find: who in this place would be helped by joined-up care?
//!
//! `register` is what is known of residents from coded records; `places` says which practice lies
//! in which neighbourhood and network; `criterion` and `judge` find people and say why.

pub mod front_door;
pub mod invitation;
pub mod register;
