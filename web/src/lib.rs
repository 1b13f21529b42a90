//! Floor 3: the only crate that knows HTTP and HTML. It holds no rule and no SQL.
//!
//! Deliberately absent: a clock (time is passed in), and any way to change something without going
//! through [`security`].

pub mod assets;
pub mod components;
pub mod error;
pub mod forms;
pub mod gate;
pub mod page;
pub mod security;
pub mod session;
pub mod sign_in;
