//! Personal budgets: Care Act 2014 s26, and a neutral engine for resource allocation.
//!
//! A table turns answers into points and points into a first figure. The figure is a starting
//! point: it never limits what is paid to meet needs, and the plan's own cost takes its place. The
//! table is a place's data, versioned and dated, one for everybody; a result keeps the version it
//! was worked out with, so a new table never changes a past one.

mod allocate;
mod calibrate;
mod case;
mod fit;
mod points;
mod rules;
mod statement;
mod table;

pub use allocate::{Allocation, AreaPoints, allocate};
pub use calibrate::{
    Calibration, CaseFault, Choices, Equity, FEWEST_SHOWN, GroupEquity, PastCase, calibrate,
};
pub use case::{Case, Informal, Period, Respite, Service};
pub use fit::Fit;
pub use points::{NotPoints, Points};
pub use statement::{PeriodBudget, Stage, Statement, state};
pub use table::{Answer, Area, Band, NoTable, Question, Ras, RasBook, Support, Worth};
