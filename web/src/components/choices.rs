//! Questions with given answers: radios, checkboxes, select.

use askama::Template;
use law::choices::Listed;

use super::field::{Fieldset, Guidance, Heading, Label, add_classes, labelled, under_legend};
use super::{Markup, html_parts};
use crate::forms::Form;

/// One answer that may be chosen.
#[derive(Debug, Clone)]
pub struct Choice {
    value: String,
    text: Markup,
    hint: Option<Markup>,
    chosen: bool,
    exclusive: bool,
    divider: Option<Markup>,
    conditional: Option<Markup>,
    group: Option<String>,
}

impl Choice {
    /// An answer: what is posted, and what is shown.
    pub fn new(value: impl Into<String>, text: impl Into<Markup>) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
            hint: None,
            chosen: false,
            exclusive: false,
            divider: None,
            conditional: None,
            group: None,
        }
    }

    /// One of a closed list, by its code and in its plain words.
    pub fn of(one: impl Listed) -> Self {
        Self::new(one.code(), one.in_words())
    }

    /// Those of a closed list, in the order given.
    pub fn each<'a, T: Listed + 'a>(
        list: impl IntoIterator<Item = &'a T>,
    ) -> impl Iterator<Item = Self> {
        list.into_iter().copied().map(Self::of)
    }

    /// A sentence of help under the answer.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Markup>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Chosen, or not, to begin with.
    #[must_use]
    pub fn chosen(mut self, chosen: bool) -> Self {
        self.chosen = chosen;
        self
    }

    /// “None of these”: choosing it clears the others (with JavaScript), and the word “or” stands
    /// before it.
    #[must_use]
    pub fn exclusive(mut self) -> Self {
        self.exclusive = true;
        self.after("or")
    }

    /// Puts a word between the answer before and this one.
    #[must_use]
    pub fn after(mut self, word: impl Into<Markup>) -> Self {
        self.divider = Some(word.into());
        self
    }

    /// Of a list that opens: the heading under which it stands, with those next to it that have the
    /// same.
    #[must_use]
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// A further question, shown while this answer is chosen: by the stylesheet, as the originals
    /// script puts `aria-expanded` on a radio, which ARIA 1.2 does not allow.
    #[must_use]
    pub fn reveals(mut self, question: impl Into<Markup>) -> Self {
        self.conditional = Some(question.into());
        self
    }
}

/// One answer of several.
#[derive(Debug, Clone, Template)]
#[template(path = "components/choices.html")]
pub struct Radios {
    kind: &'static str,
    name: String,
    legend: Option<(Markup, Heading)>,
    guidance: Guidance,
    choices: Vec<Choice>,
    classes: String,
}

/// Any number of answers.
#[derive(Debug, Clone, Template)]
#[template(path = "components/choices.html")]
pub struct Checkboxes {
    kind: &'static str,
    name: String,
    legend: Option<(Markup, Heading)>,
    guidance: Guidance,
    choices: Vec<Choice>,
    classes: String,
}

/// One answer of many, in a list that opens. Prefer radios where there are few.
#[derive(Debug, Clone, Template)]
#[template(path = "components/select.html")]
pub struct Select {
    label: Label,
    guidance: Guidance,
    name: String,
    choices: Vec<Choice>,
}

html_parts!(Radios, Checkboxes, Select);
labelled!(Select);
under_legend!(Radios, Checkboxes);

macro_rules! chosen_from_several {
    ($part:ident, $kind:literal) => {
        impl $part {
            /// A question with its answers.
            pub fn new(
                name: impl Into<String>,
                legend: impl Into<Markup>,
                choices: impl IntoIterator<Item = Choice>,
            ) -> Self {
                let question = Self::without_legend(name, choices);
                Self { legend: Some((legend.into(), Heading::Plain)), ..question }
            }

            /// Answers in a group that already has a legend.
            pub fn without_legend(
                name: impl Into<String>,
                choices: impl IntoIterator<Item = Choice>,
            ) -> Self {
                let name = name.into();
                Self {
                    kind: $kind,
                    guidance: Guidance::new(&name),
                    name,
                    legend: None,
                    choices: choices.into_iter().collect(),
                    classes: String::new(),
                }
            }

            /// Takes the answer and the error of the field with this name.
            #[must_use]
            pub fn filled(mut self, form: &Form) -> Self {
                for choice in &mut self.choices {
                    choice.chosen = form.has(&self.name, &choice.value);
                }
                self.guidance.error = form.problem(&self.name).map(Markup::from);
                self
            }

            /// Smaller controls, for pages used many times a day.
            #[must_use]
            pub fn small(self) -> Self {
                self.classes(concat!("govuk-", $kind, "--small"))
            }

            /// More class names for the list of answers.
            #[must_use]
            pub fn classes(mut self, classes: &str) -> Self {
                add_classes(&mut self.classes, classes);
                self
            }

            fn fieldset(&self) -> Markup {
                let alone = self.legend.is_none() && self.kind == "checkboxes";
                let inner = Markup::of(&ChoiceItems {
                    kind: self.kind,
                    name: &self.name,
                    guidance: &self.guidance,
                    choices: &self.choices,
                    classes: &self.classes,
                    described_by: if alone { self.guidance.ids() } else { String::new() },
                });
                match &self.legend {
                    None => inner,
                    Some((legend, heading)) => Fieldset::new(legend.clone(), inner)
                        .heading(*heading)
                        .described_by(&self.guidance.ids())
                        .into(),
                }
            }
        }
    };
}

chosen_from_several!(Radios, "radios");
chosen_from_several!(Checkboxes, "checkboxes");

impl Radios {
    /// Side by side: for two short answers.
    #[must_use]
    pub fn inline(self) -> Self {
        self.classes("govuk-radios--inline")
    }
}

/// The answers with their hint and error, inside the group.
#[derive(Template)]
#[template(path = "components/choice-items.html")]
struct ChoiceItems<'a> {
    kind: &'a str,
    name: &'a str,
    guidance: &'a Guidance,
    choices: &'a [Choice],
    classes: &'a str,
    described_by: String,
}

impl ChoiceItems<'_> {
    /// The first answer has the question's own id, so that the error summary can lead to it.
    fn id(&self, index: usize) -> String {
        // The word between two answers counts as one, as in the originals.
        let words = self.choices.iter().take(index).filter(|choice| choice.divider.is_some());
        let index = index + words.count();
        if index == 1 { self.guidance.id.clone() } else { format!("{}-{index}", self.guidance.id) }
    }

    fn input_type(&self) -> &'static str {
        if self.kind == "radios" { "radio" } else { "checkbox" }
    }

    fn describes(&self, choice: &Choice, id: &str) -> String {
        let mut ids = self.described_by.clone();
        if choice.hint.is_some() {
            add_classes(&mut ids, &format!("{id}-item-hint"));
        }
        ids
    }
}

impl Select {
    /// The answers, those of one heading together.
    fn groups(&self) -> impl Iterator<Item = (Option<&str>, &[Choice])> {
        let alike = |one: &Choice, next: &Choice| one.group == next.group;
        self.choices.chunk_by(alike).map(|alike| (alike[0].group.as_deref(), alike))
    }

    /// A question with its answers.
    pub fn new(
        name: impl Into<String>,
        label: impl Into<Markup>,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Self {
        let name = name.into();
        Self {
            label: Label::new(name.as_str(), label),
            guidance: Guidance::new(&name),
            name,
            choices: choices.into_iter().collect(),
        }
    }

    /// Takes the answer and the error of the field with this name.
    #[must_use]
    pub fn filled(mut self, form: &Form) -> Self {
        for choice in &mut self.choices {
            choice.chosen = form.has(&self.name, &choice.value);
        }
        self.guidance.error = form.problem(&self.name).map(Markup::from);
        self
    }
}
