//! Tables.

use std::fmt::Display;

use askama::Template;

use super::{Markup, html_parts};

/// A table with a caption, headed columns and perhaps headed rows.
#[derive(Debug, Clone, Template)]
#[template(path = "components/table.html")]
pub struct Table {
    caption: Option<(Markup, &'static str)>,
    head: Vec<Cell>,
    rows: Vec<Vec<Cell>>,
    first_is_header: bool,
    scrolls: bool,
}

html_parts!(Table);

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    content: Markup,
    numeric: bool,
}

impl Cell {
    /// Words, or any part.
    pub fn new(content: impl Into<Markup>) -> Self {
        Self { content: content.into(), numeric: false }
    }

    /// A number: set to the right, so that figures stand under each other.
    pub fn number(content: impl Display) -> Self {
        Self { content: Markup::from(format!("{content}")), numeric: true }
    }

    /// Sets words to the right, as the head of a column of numbers.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }
}

impl<T: Into<Markup>> From<T> for Cell {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

impl Table {
    /// A table whose columns have these heads.
    pub fn new<C: Into<Cell>>(head: impl IntoIterator<Item = C>) -> Self {
        Self {
            caption: None,
            head: head.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
            first_is_header: false,
            scrolls: false,
        }
    }

    /// What the table shows.
    #[must_use]
    pub fn caption(mut self, caption: impl Into<Markup>) -> Self {
        self.caption = Some((caption.into(), "govuk-table__caption--m"));
        self
    }

    /// A caption for those who hear the page: a heading just above already says it.
    #[must_use]
    pub fn hidden_caption(mut self, caption: impl Into<Markup>) -> Self {
        self.caption = Some((caption.into(), "govuk-visually-hidden"));
        self
    }

    /// One more row.
    #[must_use]
    pub fn row<C: Into<Cell>>(mut self, cells: impl IntoIterator<Item = C>) -> Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// The first cell of each row says what the row is about.
    #[must_use]
    pub fn first_is_header(mut self) -> Self {
        self.first_is_header = true;
        self
    }

    /// Lets a wide table scroll by itself on a narrow screen, by keyboard as well. It needs a
    /// caption.
    #[must_use]
    pub fn scrolls(mut self) -> Self {
        self.scrolls = true;
        self
    }
}
