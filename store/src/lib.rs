//! Floor 2: keeping. The only crate that knows SQL; it never decides.
