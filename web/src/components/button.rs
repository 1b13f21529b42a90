//! Buttons.

use askama::Template;

use super::{Markup, html_parts};

/// A button: it sends its form, or, with [`Button::link`], goes to another page.
#[derive(Debug, Clone, Template)]
#[template(path = "components/button.html")]
pub struct Button {
    text: Markup,
    classes: String,
    href: Option<String>,
    name: Option<String>,
    value: Option<String>,
    id: Option<String>,
    once: bool,
    start: bool,
}

html_parts!(Button);

impl Button {
    /// A button that sends its form.
    pub fn new(text: impl Into<Markup>) -> Self {
        Self {
            text: text.into(),
            classes: String::new(),
            href: None,
            name: None,
            value: None,
            id: None,
            once: false,
            start: false,
        }
    }

    /// A link that looks like a button.
    pub fn link(text: impl Into<Markup>, href: impl Into<String>) -> Self {
        Self { href: Some(href.into()), ..Self::new(text) }
    }

    /// The way into a service: green, with an arrow.
    #[must_use]
    pub fn start(mut self) -> Self {
        self.start = true;
        self
    }

    /// Grey: for what matters less than the page's main button.
    #[must_use]
    pub fn secondary(self) -> Self {
        self.classes("govuk-button--secondary")
    }

    /// Red: for what cannot easily be undone.
    #[must_use]
    pub fn warning(self) -> Self {
        self.classes("govuk-button--warning")
    }

    /// More class names.
    #[must_use]
    pub fn classes(mut self, classes: &str) -> Self {
        super::field::add_classes(&mut self.classes, classes);
        self
    }

    /// What the form says when this button sent it.
    #[must_use]
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self.value = Some(value.into());
        self
    }

    /// The element's id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Ignores the second of two quick clicks (needs JavaScript; the server must cope without).
    #[must_use]
    pub fn once(mut self) -> Self {
        self.once = true;
        self
    }
}
