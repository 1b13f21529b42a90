//! What is wrong with a case that somebody wrote.

/// What is wrong with a case, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {why}")]
pub struct Problem {
    /// The field: `outcomes[1].unable[0]`.
    pub field: String,
    /// What stands there, and what is allowed.
    pub why: String,
}

impl Problem {
    pub(crate) fn new(field: impl Into<String>, why: impl Into<String>) -> Self {
        Self { field: field.into(), why: why.into() }
    }
}

/// Whether a text says something.
pub(crate) fn says(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}
