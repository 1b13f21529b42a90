//! What every question has: a label or legend, a hint, an error.

use askama::Template;

use super::{Markup, html_parts};

/// How large a label or legend is, and whether it is the page's heading.
///
/// A page that asks one question makes the question its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heading {
    /// An ordinary label.
    #[default]
    Plain,
    /// Small and bold.
    Small,
    /// Medium and bold.
    Medium,
    /// Large and bold.
    Large,
    /// The page's only heading (h1), large.
    Page,
}

impl Heading {
    fn class(self, stem: &str) -> String {
        match self {
            Self::Plain => String::new(),
            Self::Small => format!("{stem}--s"),
            Self::Medium => format!("{stem}--m"),
            Self::Large | Self::Page => format!("{stem}--l"),
        }
    }
}

/// The label of one control.
#[derive(Debug, Clone, Template)]
#[template(path = "components/label.html")]
pub struct Label {
    text: Markup,
    to: String,
    classes: String,
    page_heading: bool,
}

/// A group of controls with a legend.
#[derive(Debug, Clone, Template)]
#[template(path = "components/fieldset.html")]
pub struct Fieldset {
    legend: Markup,
    classes: String,
    page_heading: bool,
    role: Option<&'static str>,
    described_by: String,
    inner: Markup,
}

html_parts!(Label, Fieldset);

impl Label {
    /// A label for the control with this id.
    pub fn new(to: impl Into<String>, text: impl Into<Markup>) -> Self {
        Self { text: text.into(), to: to.into(), classes: String::new(), page_heading: false }
    }

    /// For the control with another id.
    #[must_use]
    pub(super) fn to(mut self, id: &str) -> Self {
        id.clone_into(&mut self.to);
        self
    }

    /// How large it is.
    #[must_use]
    pub fn heading(mut self, heading: Heading) -> Self {
        self.page_heading = heading == Heading::Page;
        add_classes(&mut self.classes, &heading.class("govuk-label"));
        self
    }

    /// More class names.
    #[must_use]
    pub fn classes(mut self, classes: &str) -> Self {
        add_classes(&mut self.classes, classes);
        self
    }
}

impl Fieldset {
    /// Controls under one legend.
    pub fn new(legend: impl Into<Markup>, inner: impl Into<Markup>) -> Self {
        Self {
            legend: legend.into(),
            classes: String::new(),
            page_heading: false,
            role: None,
            described_by: String::new(),
            inner: inner.into(),
        }
    }

    /// How large the legend is.
    #[must_use]
    pub fn heading(mut self, heading: Heading) -> Self {
        self.page_heading = heading == Heading::Page;
        add_classes(&mut self.classes, &heading.class("govuk-fieldset__legend"));
        self
    }

    /// The ids of the elements that describe the group.
    #[must_use]
    pub(super) fn described_by(mut self, ids: &str) -> Self {
        ids.clone_into(&mut self.described_by);
        self
    }

    /// Groups text inputs: some screen readers skip the description without the role.
    #[must_use]
    pub(super) fn of_inputs(mut self) -> Self {
        self.role = Some("group");
        self
    }
}

/// A question's hint and error, and the ids by which its control refers to them.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/guidance.html")]
pub(super) struct Guidance {
    pub id: String,
    pub hint: Option<Markup>,
    pub error: Option<Markup>,
}

html_parts!(Guidance);

impl Guidance {
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), hint: None, error: None }
    }

    /// The value of `aria-describedby`; empty where there is nothing to refer to.
    pub fn ids(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }
}

/// Gives questions that stand under a label what they all have.
macro_rules! labelled {
    ($($part:ident),+) => {
        $(
            $crate::components::field::guided!($part, "label");

            impl $part {
                /// Another id than the name: for two forms on one page.
                #[must_use]
                pub fn id(mut self, id: &str) -> Self {
                    self.label = self.label.to(id);
                    id.clone_into(&mut self.guidance.id);
                    self
                }

                /// How large the label is.
                #[must_use]
                pub fn heading(mut self, heading: $crate::components::Heading) -> Self {
                    self.label = self.label.heading(heading);
                    self
                }
            }
        )+
    };
}

/// The same of those that stand under a legend.
macro_rules! under_legend {
    ($($part:ident),+) => {
        $(
            $crate::components::field::guided!($part, "legend");

            impl $part {
                /// Another id than the name: for two forms on one page.
                #[must_use]
                pub fn id(mut self, id: &str) -> Self {
                    id.clone_into(&mut self.guidance.id);
                    self
                }

                /// How large the legend is.
                #[must_use]
                pub fn heading(mut self, heading: $crate::components::Heading) -> Self {
                    self.legend = self.legend.map(|(text, _)| (text, heading));
                    self
                }
            }
        )+
    };
}

/// Gives a question its hint and its error.
macro_rules! guided {
    ($part:ident, $above:literal) => {
        impl $part {
            #[doc = concat!("A sentence of help under the ", $above, ".")]
            #[must_use]
            pub fn hint(mut self, hint: impl Into<$crate::markup::Markup>) -> Self {
                self.guidance.hint = Some(hint.into());
                self
            }

            /// What is wrong with the answer.
            #[must_use]
            pub fn error(mut self, error: impl Into<$crate::markup::Markup>) -> Self {
                self.guidance.error = Some(error.into());
                self
            }
        }
    };
}
pub(super) use {guided, labelled, under_legend};

/// Adds class names to those there are.
pub(super) fn add_classes(classes: &mut String, more: &str) {
    if !classes.is_empty() && !more.is_empty() {
        classes.push(' ');
    }
    classes.push_str(more);
}
