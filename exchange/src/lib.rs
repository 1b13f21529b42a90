//! Floor 2: formats in and out. Only this crate knows FHIR; it reads and writes bytes, never a store.

pub mod fhir;
