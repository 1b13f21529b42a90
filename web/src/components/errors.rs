//! The list of what is wrong with a form, at the top of its page.

use askama::Template;

use super::{Markup, html_parts};

/// What is wrong, each with a link to the field. It takes the focus when the page opens.
#[derive(Debug, Clone, Template)]
#[template(path = "components/error-summary.html")]
pub struct ErrorSummary {
    title: Markup,
    errors: Vec<(Option<String>, Markup)>,
}

html_parts!(ErrorSummary);

impl ErrorSummary {
    /// Nothing yet, under “There is a problem”.
    pub fn new() -> Self {
        Self { title: "There is a problem".into(), errors: Vec::new() }
    }

    /// An error in the field with this id.
    #[must_use]
    pub fn field(mut self, id: &str, message: impl Into<Markup>) -> Self {
        self.errors.push((Some(format!("#{id}")), message.into()));
        self
    }

    /// An error that belongs to no one field.
    #[must_use]
    pub fn form(mut self, message: impl Into<Markup>) -> Self {
        self.errors.push((None, message.into()));
        self
    }
}

impl Default for ErrorSummary {
    fn default() -> Self {
        Self::new()
    }
}
