//! Who may see what: the whole service, tried by everyone who might.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod assess;
mod carers;
mod contacts;
mod decide;
mod guides;
mod letters;
mod lists;
mod means;
mod promises;
mod routes;
mod standings;
mod twice;
mod world;
