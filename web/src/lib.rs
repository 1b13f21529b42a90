//! Floor 3: the only crate that knows HTTP and HTML. It holds no rule and no SQL.
//!
//! Deliberately absent: a clock (time is passed in), and any way to change something without going
//! through [`security`].

pub mod address;
pub mod app;
mod ask;
mod assess;
pub mod assets;
mod attempts;
mod carer;
mod changing;
pub mod components;
mod composed;
pub mod error;
mod error_page;
mod find;
mod first;
pub mod forms;
mod fund;
pub mod gate;
mod guides;
pub mod keeper;
mod letter;
mod markup;
pub mod names;
mod near;
mod owner;
pub mod page;
pub mod paper;
pub mod passwords;
mod plan;
pub mod posted;
mod reading;
mod reason;
mod record;
pub mod review;
pub mod routes;
pub mod seat;
pub mod security;
pub mod serve;
pub mod session;
pub mod sign_in;
mod story;
mod threads;
mod timing;
mod unsaved;
pub mod visitor;
mod whom;
mod work;
