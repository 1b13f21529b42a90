//! Who may see what: the whole service, tried by everyone who might.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod assess;
mod capacity;
mod carers;
mod contacts;
mod decide;
mod due;
#[path = "../../../store/tests/engines/mod.rs"]
mod engines;
mod faces;
mod forms;
mod full;
mod guides;
mod letters;
mod lists;
mod means;
mod names;
mod near;
mod own;
mod owners;
mod plan;
mod plan_sections;
mod practice;
mod promises;
mod proxies;
mod review;
mod routes;
mod standings;
mod together;
mod twice;
mod ways;
mod world;
