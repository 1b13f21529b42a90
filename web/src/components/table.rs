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
    narrow: Narrow,
}

/// What becomes of a table on a narrow screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Narrow {
    /// Its columns get narrower.
    Squeezed,
    /// It moves sideways in a frame.
    Scrolls,
    /// Each row is a block.
    Stacks,
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
            narrow: Narrow::Squeezed,
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

    /// Lets a wide table of figures, which have to stand under each other, scroll by itself on a narrow
    /// screen, by keyboard as well. It needs a caption.
    #[must_use]
    pub fn scrolls(mut self) -> Self {
        self.narrow = Narrow::Scrolls;
        self
    }

    /// Of a table of words: on a narrow screen the cells of a row stand under each other, each beside
    /// the head of its column (as the responsive table of the NHS design system).
    #[must_use]
    pub fn stacks(mut self) -> Self {
        self.narrow = Narrow::Stacks;
        self
    }

    fn is(&self, narrow: Narrow) -> bool {
        self.narrow == narrow
    }

    /// The cells of a row, each with the head of its column where it stands apart from it and says something.
    fn headed<'a>(
        &'a self,
        row: &'a [Cell],
    ) -> impl Iterator<Item = (&'a Cell, Option<&'a Markup>)> {
        let stacks = self.is(Narrow::Stacks);
        let says = |cell: &Cell| !cell.content.as_str().is_empty();
        row.iter().enumerate().map(move |(at, cell)| {
            let head = self.head.get(at).filter(|head| stacks && says(cell) && says(head));
            (cell, head.map(|head| &head.content))
        })
    }
}
