//! The second room of the journey: one shared assessment, told once.
//!
//! Forms are data ([`form`]).

pub mod form;
