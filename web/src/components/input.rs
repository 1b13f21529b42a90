//! Text inputs, long texts, and the search box.

use askama::Template;

use super::field::{Guidance, Label, add_classes, labelled};
use super::{Markup, html_parts};
use crate::forms::Form;

/// One line of text.
#[derive(Debug, Clone, Template)]
#[template(path = "components/input.html")]
pub struct TextInput {
    label: Label,
    guidance: Guidance,
    name: String,
    kind: &'static str,
    value: String,
    classes: String,
    autocomplete: Option<String>,
    inputmode: Option<String>,
    spellcheck: Option<bool>,
    autocapitalize: Option<String>,
}

/// Several lines of text.
#[derive(Debug, Clone, Template)]
#[template(path = "components/textarea.html")]
pub struct Textarea {
    label: Label,
    guidance: Guidance,
    name: String,
    value: String,
    rows: u8,
}

html_parts!(TextInput, Textarea, Search);
labelled!(TextInput, Textarea);

impl TextInput {
    /// An input that posts under this name; the name is its id too.
    pub fn new(name: impl Into<String>, label: impl Into<Markup>) -> Self {
        let name = name.into();
        Self {
            label: Label::new(name.as_str(), label),
            guidance: Guidance::new(&name),
            name,
            kind: "text",
            value: String::new(),
            classes: String::new(),
            autocomplete: None,
            inputmode: None,
            spellcheck: None,
            autocapitalize: None,
        }
    }

    /// A password: not shown, not spell-checked, and never filled in again.
    pub fn password(name: impl Into<String>, label: impl Into<Markup>) -> Self {
        let input = Self::new(name, label).autocomplete("current-password").no_spellcheck();
        Self { kind: "password", autocapitalize: Some("none".to_owned()), ..input }
    }

    /// Takes the value and the error of the field with this name.
    #[must_use]
    pub fn filled(mut self, form: &Form) -> Self {
        if self.kind != "password" {
            self.value = form.value(&self.name).to_owned();
        }
        self.guidance.error = form.problem(&self.name).map(Markup::from);
        self
    }

    /// The value to begin with.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// As wide as this many characters: 2, 3, 4, 5, 10, 20 or 30.
    #[must_use]
    pub fn width(self, characters: u8) -> Self {
        self.classes(&format!("govuk-input--width-{characters}"))
    }

    /// More class names for the input.
    #[must_use]
    pub fn classes(mut self, classes: &str) -> Self {
        add_classes(&mut self.classes, classes);
        self
    }

    /// What the browser may fill in (HTML `autocomplete`; WCAG 1.3.5).
    #[must_use]
    pub fn autocomplete(mut self, purpose: impl Into<String>) -> Self {
        self.autocomplete = Some(purpose.into());
        self
    }

    /// Asks a telephone for its number keys.
    #[must_use]
    pub fn numeric(self) -> Self {
        self.inputmode("numeric")
    }

    /// Which keys a telephone shows (HTML `inputmode`).
    #[must_use]
    pub fn inputmode(mut self, mode: impl Into<String>) -> Self {
        self.inputmode = Some(mode.into());
        self
    }

    /// For names, codes and numbers: no red underlining.
    #[must_use]
    pub fn no_spellcheck(mut self) -> Self {
        self.spellcheck = Some(false);
        self
    }
}

impl Textarea {
    /// A text that posts under this name; the name is its id too.
    pub fn new(name: impl Into<String>, label: impl Into<Markup>) -> Self {
        let name = name.into();
        Self {
            label: Label::new(name.as_str(), label),
            guidance: Guidance::new(&name),
            name,
            value: String::new(),
            rows: 5,
        }
    }

    /// Takes the value and the error of the field with this name.
    #[must_use]
    pub fn filled(mut self, form: &Form) -> Self {
        form.value(&self.name).clone_into(&mut self.value);
        self.guidance.error = form.problem(&self.name).map(Markup::from);
        self
    }

    /// The value to begin with.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// How many lines it shows at first.
    #[must_use]
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }
}

/// A search box: one input and one button, in a form that only reads (GET).
///
/// Ours: GOV.UK Frontend has none.
#[derive(Debug, Clone, Template)]
#[template(path = "components/search.html")]
pub struct Search {
    action: String,
    input: TextInput,
}

impl Search {
    /// A search that asks this page, with the text under the input's name.
    pub fn new(action: impl Into<String>, input: TextInput) -> Self {
        let input = input.no_spellcheck().classes("kith-search__input");
        Self { action: action.into(), input: TextInput { kind: "search", ..input } }
    }
}
