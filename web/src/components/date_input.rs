//! A date in three boxes.

use askama::Template;

use super::field::{Fieldset, Guidance, Heading, under_legend};
use super::{Markup, html_parts};
use crate::forms::Form;

/// A date as day, month and year, posted as `name-day`, `name-month` and `name-year`.
#[derive(Debug, Clone, Template)]
#[template(path = "components/date-input.html")]
pub struct DateInput {
    name: String,
    legend: Option<(Markup, Heading)>,
    guidance: Guidance,
    parts: [DatePart; 3],
}

html_parts!(DateInput);
under_legend!(DateInput);

/// One of the three boxes.
#[derive(Debug, Clone)]
struct DatePart {
    name: &'static str,
    label: &'static str,
    width: u8,
    value: String,
    autocomplete: Option<&'static str>,
}

impl DateInput {
    /// A date with a legend that says which.
    pub fn new(name: impl Into<String>, legend: impl Into<Markup>) -> Self {
        let input = Self::without_legend(name);
        Self { legend: Some((legend.into(), Heading::Plain)), ..input }
    }

    /// A date in a group that already has a legend.
    pub fn without_legend(name: impl Into<String>) -> Self {
        let name = name.into();
        let part = |name, label, width| DatePart {
            name,
            label,
            width,
            value: String::new(),
            autocomplete: None,
        };
        Self {
            guidance: Guidance::new(&name),
            name,
            legend: None,
            parts: [part("day", "Day", 2), part("month", "Month", 2), part("year", "Year", 4)],
        }
    }

    /// Takes the values and the error of the field with this name.
    #[must_use]
    pub fn filled(mut self, form: &Form) -> Self {
        for part in &mut self.parts {
            let name = format!("{}-{}", self.name, part.name);
            form.value(&name).clone_into(&mut part.value);
        }
        self.guidance.error = form.problem(&self.name).map(Markup::from);
        self
    }

    /// The person's own date of birth: the browser may fill it in (WCAG 1.3.5).
    #[must_use]
    pub fn own_birthday(mut self) -> Self {
        for (part, purpose) in self.parts.iter_mut().zip(["bday-day", "bday-month", "bday-year"]) {
            part.autocomplete = Some(purpose);
        }
        self
    }

    fn fieldset(&self) -> Markup {
        let inner = Markup::of(&DateParts { date: self });
        match &self.legend {
            None => inner,
            Some((legend, heading)) => Fieldset::new(legend.clone(), inner)
                .heading(*heading)
                .described_by(&self.guidance.ids())
                .of_inputs()
                .into(),
        }
    }
}

/// The three boxes with their hint and error, inside the group.
#[derive(Template)]
#[template(path = "components/date-parts.html")]
struct DateParts<'a> {
    date: &'a DateInput,
}
