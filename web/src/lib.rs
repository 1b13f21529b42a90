//! Floor 3: the only crate that knows HTTP and HTML. It holds no rule and no SQL.
