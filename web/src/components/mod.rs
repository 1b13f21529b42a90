//! The parts of a page, after the GOV.UK Design System, as typed templates.
//!
//! Each part is a value that displays itself as HTML. In a template it stands in an expression:
//! `{{ Button::new("Save") }}`. Text given to a part is escaped; only another part, or
//! [`Markup::of`] a template, goes in as HTML. The module `fixtures` compares them with the fixtures
//! of the `govuk-frontend` package.

mod bar_plot;
mod button;
mod choices;
mod date_input;
mod errors;
mod field;
#[cfg(test)]
mod fixtures;
mod input;
mod navigation;
mod notices;
mod rows;
#[cfg(test)]
mod samples;
mod summary_list;
mod table;
mod timeline;

pub use crate::markup::Markup;
pub use bar_plot::BarPlot;
pub use button::Button;
pub use choices::{Checkboxes, Choice, Radios, Select};
pub use date_input::DateInput;
pub use errors::ErrorSummary;
pub use field::{Fieldset, Heading, Label};
pub use input::{Search, TextInput, Textarea};
pub use navigation::{
    BackLink, Breadcrumbs, NavigationItem, Pagination, ServiceNavigation, SkipLink,
};
pub use notices::{Colour, Details, InsetText, NotificationBanner, PhaseBanner, Tag, WarningText};
pub use rows::{Row, Rows};
pub use summary_list::{Action, SummaryList, SummaryRow};
pub use table::{Cell, Table};
pub use timeline::{Timeline, TimelineItem};

/// Says of types that they display themselves as finished HTML.
macro_rules! html_parts {
    ($($part:ident),+ $(,)?) => {
        $(
            impl askama::filters::HtmlSafe for $part {}

            impl From<$part> for $crate::markup::Markup {
                fn from(part: $part) -> Self {
                    Self::of(&part)
                }
            }
        )+
    };
}
use html_parts;
