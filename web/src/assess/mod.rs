//! Pages of `assess`: the one shared assessment and the other forms, as they are read, written,
//! confirmed, begun and ended; and what their answers prompt.
//!
//! A form's address is its name (`form/assessment`), or, where it is filled in anew each time, the
//! entry that began it (`form/17`).

mod answers;
pub mod authority;
pub mod begin;
pub mod decide;
pub mod end;
mod field;
pub mod form;
pub mod hand;
mod laid;
pub mod letter;
mod network;
mod others;
pub mod prompt;
mod question;
pub mod section;
mod sent;
mod standing;

pub use answers::Telling as Sayings;
pub use field::in_lines;
pub use laid::{Laid, may_see, may_write};
pub use sent::{FOR, SAW};
