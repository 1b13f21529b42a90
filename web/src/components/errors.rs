//! The list of what is wrong with a form, at the top of its page.

use askama::Template;

use super::{Markup, html_parts};
use crate::forms::Form;

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

    /// What is wrong with a form, if anything is.
    pub fn of(form: &Form) -> Option<Self> {
        let add = |summary: Self, (control, error): (Option<&str>, &str)| match control {
            Some(control) => summary.field(control, error),
            None => summary.form(error),
        };
        (!form.is_sound()).then(|| form.problems().fold(Self::new(), add))
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
