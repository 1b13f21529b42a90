//! Rows of the same questions, with a button for one more. Ours: without JavaScript each button sends
//! the form, and the page comes back with what was typed.

use askama::Template;

use super::{Details, Markup, html_parts};

/// A list of rows.
#[derive(Debug, Clone, Template)]
#[template(path = "components/rows.html")]
pub struct Rows {
    count: (String, usize),
    each: Vec<Row>,
    add: (String, String),
    to: String,
}

/// One row.
#[derive(Debug, Clone, Template)]
#[template(path = "components/row.html")]
pub struct Row {
    legend: String,
    known_as: Option<(String, usize)>,
    said: Option<String>,
    fields: Vec<Markup>,
    more: Option<Details>,
    drop: Option<(String, String)>,
}

html_parts!(Rows, Row);

impl Rows {
    /// Rows, the field that says how many they are, and the button for one more: what `do` says then,
    /// the words on it, and where the form is sent.
    pub fn new(
        count: (String, usize),
        rows: impl IntoIterator<Item = Row>,
        add: (String, String),
        to: String,
    ) -> Self {
        Self { count, each: rows.into_iter().collect(), add, to }
    }
}

impl Row {
    /// A row with these fields, and what those are told who hear it alone.
    pub fn new(legend: impl Into<String>, fields: Vec<Markup>) -> Self {
        let legend = legend.into();
        Self { legend, known_as: None, said: None, fields, more: None, drop: None }
    }

    /// Which row of what was known before it is: the field that says so, and its number.
    #[must_use]
    pub fn known_as(mut self, known_as: Option<(String, usize)>) -> Self {
        self.known_as = known_as;
        self
    }

    /// Who said it.
    #[must_use]
    pub fn said(mut self, said: Option<String>) -> Self {
        self.said = said;
        self
    }

    /// What is seldom needed.
    #[must_use]
    pub fn more(mut self, more: Option<Details>) -> Self {
        self.more = more;
        self
    }

    /// A button that takes the row out: what `do` says then.
    #[must_use]
    pub fn drop(mut self, what: String) -> Self {
        self.drop = Some((what, self.legend.clone()));
        self
    }
}
