//! Floor 1: the journey, pure.
//!
//! `record` is the corridor that every room opens onto; `who` is the front door. The rooms so far, in the
//! order of the journey: `find`, `assess`, `plan`, `fund`, `review`. A room may lean on `law`, `record`,
//! `who` and rooms earlier in the journey.
//!
//! Deliberately absent: a clock, randomness, a database, a network, async. What happens is decided
//! by functions from a person, a command and a context to facts or a refusal; today's date, new
//! identifiers and who is asking are arguments.

pub mod assess;
pub mod find;
pub mod fund;
pub mod plan;
pub mod record;
pub mod review;
pub mod who;
