//! One suite for both engines, in one process, so that one `PostgreSQL` server serves it.

mod accounts_and_runs;
mod backups;
mod crash;
mod engine;
#[path = "../engines/mod.rs"]
mod engines;
mod names;
mod people;
mod practice;
mod register;
mod statements;
mod stories;
mod tampering;
