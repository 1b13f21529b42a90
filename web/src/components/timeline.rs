//! A story as a timeline. Ours: GOV.UK Frontend has none.

use askama::Template;
use law::day::Day;

use super::{Markup, html_parts};

/// What happened, the newest first, as the caller orders it.
#[derive(Debug, Clone, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    items: Vec<TimelineItem>,
}

html_parts!(Timeline);

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct TimelineItem {
    title: Markup,
    on: Day,
    by: Markup,
    content: Option<Markup>,
    recorded: Option<Day>,
    id: Option<String>,
}

impl Timeline {
    /// These, in this order.
    pub fn new(items: impl IntoIterator<Item = TimelineItem>) -> Self {
        Self { items: items.into_iter().collect() }
    }
}

impl TimelineItem {
    /// What happened, on which day, and who says so and for whom.
    pub fn new(title: impl Into<Markup>, on: Day, by: impl Into<Markup>) -> Self {
        let (title, by) = (title.into(), by.into());
        Self { title, on, by, content: None, recorded: None, id: None }
    }

    /// More about it.
    #[must_use]
    pub fn content(mut self, content: impl Into<Markup>) -> Self {
        self.content = Some(content.into());
        self
    }

    /// The day in London when it was written down; shown if that was another day.
    #[must_use]
    pub fn recorded(mut self, day: Day) -> Self {
        self.recorded = Some(day).filter(|day| *day != self.on);
        self
    }

    /// The element's id, to link to it.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}
