//! FHIR R4 with the UK Core profiles: what is read of it, and the names both sides agree on.

pub mod read;
pub mod systems;
pub mod write;
