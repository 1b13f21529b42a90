//! Guides for everyone, without signing in: what care might cost, whether the council might help,
//! whether the NHS might pay. Each asks, shows what follows and why, and keeps nothing.
//!
//! They have a home of their own because they belong to no room: nobody’s record is read or written,
//! and whoever asks is not known. Threats, and what stands against each:
//!
//! 1. *What somebody types is kept or seen by others.* It is posted, so it stands in no address and no
//!    log of one; it goes from page to page in hidden fields, never into the store, a cookie or a log;
//!    the pages are `no-store`.
//! 2. *A guide is taken for a decision.* Each says that it is not, and how to ask for one.

use askama::Template;
use axum::response::Response;

use crate::ask::{heading, paragraph};
use crate::components::{Button, Details, Fieldset, Heading, InsetText, Markup, TextInput};
use crate::error::Failure;
use crate::forms::Form;
use crate::page::{self, Page};

pub mod nhs;
pub mod pay;
pub mod support;

/// The field that says which step is sent.
const STEP: &str = "step";
/// The field that says which step to go to, whatever was filled in.
const TO: &str = "to";

/// Somewhere to go back to: the step’s code, and what the button says.
type Way = (&'static str, String);

/// A page of a guide that asks.
#[derive(Template)]
#[template(path = "guides/ask.html")]
struct AskPage<'a> {
    page: Page,
    action: &'a str,
    caption: Option<String>,
    step: &'a str,
    /// What was answered on other pages.
    carried: Vec<(String, String)>,
    before: Vec<Markup>,
    parts: Vec<Markup>,
    button: &'a str,
    back: Option<&'a str>,
}

impl AskPage<'_> {
    /// Shows it, with an error summary if the form has errors.
    fn show(mut self, form: &Form) -> Result<Response, Failure> {
        self.page = self.page.errors(form);
        page::show_form(&self, form)
    }
}

/// A page of a guide that answers.
#[derive(Template)]
#[template(path = "guides/answer.html")]
struct AnswerPage<'a> {
    page: Page,
    action: &'a str,
    /// All answers, so that one of them can be changed.
    carried: Vec<(String, String)>,
    parts: Vec<Markup>,
    again: Vec<Way>,
}

/// The answers to these questions, as hidden fields carry them on.
fn carried(form: &Form, names: &[String]) -> Vec<(String, String)> {
    let answers = |name: &String| {
        let values = form.values(name).filter(|value| !value.is_empty());
        values.map(|value| (name.clone(), value.to_owned())).collect::<Vec<_>>()
    };
    names.iter().flat_map(answers).collect()
}

/// The names of the three boxes of a date.
fn date_names(name: &str) -> [String; 3] {
    ["day", "month", "year"].map(|part| format!("{name}-{part}"))
}

/// One step of a working as a resident reads it.
struct Step {
    label: String,
    figure: String,
    /// What the rule says.
    says: String,
    /// How it was worked out, where that says more than the figure.
    how: String,
    cite: String,
}

impl Step {
    /// The formula and the law, for those who ask for them.
    fn more(&self) -> Details {
        let said =
            [self.how.as_str(), self.cite.as_str()].into_iter().filter(|text| !text.is_empty());
        let inside = said.map(|text| Markup::of(&Small { text }));
        let summary = hidden("How, and where the law says so", &format!(": {}", self.label));
        Details::new(summary, Markup::join(inside))
    }
}

/// Steps of a working, one below the other.
#[derive(Template)]
#[template(path = "guides/working.html")]
struct Working {
    steps: Vec<Step>,
}

impl From<Working> for Markup {
    fn from(working: Working) -> Self {
        Self::of(&working)
    }
}

#[derive(Template)]
#[template(source = r#"<p class="govuk-body-s">{{ text }}</p>"#, ext = "html")]
struct Small<'a> {
    text: &'a str,
}

/// Words, and more of them for those who listen: so that links and fields of one page differ.
fn hidden(text: &str, more: &str) -> Markup {
    #[derive(Template)]
    #[template(
        source = r#"{{ text }}<span class="govuk-visually-hidden">{{ more }}</span>"#,
        ext = "html"
    )]
    struct Hidden<'a> {
        text: &'a str,
        more: &'a str,
    }
    Markup::of(&Hidden { text, more })
}

/// A heading within a part of the page.
fn small_heading(text: &str) -> Markup {
    #[derive(Template)]
    #[template(source = r#"<h3 class="govuk-heading-s">{{ text }}</h3>"#, ext = "html")]
    struct HeadingThree<'a> {
        text: &'a str,
    }
    Markup::of(&HeadingThree { text })
}

/// What stands out: the answer in one line.
fn figure(text: &str) -> Markup {
    #[derive(Template)]
    #[template(source = r#"<p class="kith-figure">{{ text }}</p>"#, ext = "html")]
    struct Figure<'a> {
        text: &'a str,
    }
    Markup::of(&Figure { text })
}

/// Things one below the other.
fn list(things: impl IntoIterator<Item = impl Into<Markup>>) -> Markup {
    #[derive(Template)]
    #[template(
        source = r#"<ul class="govuk-list govuk-list--bullet">{% for thing in things %}<li>{{ thing }}</li>{% endfor %}</ul>"#,
        ext = "html"
    )]
    struct List {
        things: Vec<Markup>,
    }
    Markup::of(&List { things: things.into_iter().map(Into::into).collect() })
}

/// Questions that belong together, under a heading.
fn together(legend: &str, parts: impl IntoIterator<Item = Markup>) -> Markup {
    Fieldset::new(legend, Markup::join(parts)).heading(Heading::Medium).into()
}

/// A field for an amount of money.
fn pounds(name: impl Into<String>, label: impl Into<Markup>) -> TextInput {
    TextInput::new(name, label).width(10).inputmode("decimal").no_spellcheck()
}

/// How to keep what the page says.
fn keep() -> InsetText {
    InsetText::new(
        "We do not keep your answers, and we do not know who you are. To keep this page, print it \
         or save it now.",
    )
}

/// Where to ask the council, and what helps.
fn ask_council(what: &str) -> Markup {
    Markup::join([
        paragraph(what),
        list([
            "It is free to ask, and they must not turn you away because of your money.",
            "You can have a friend or relative with you.",
            "If it is hard for you to take part and nobody can help you, the council must find \
             somebody to speak up for you. This person is called an advocate.",
            "If you think they got it wrong, you can ask them to look again, and you can complain.",
        ]),
        council_link(),
    ])
}

fn council_link() -> Markup {
    #[derive(Template)]
    #[template(
        source = r#"<p class="govuk-body">You can <a class="govuk-link" href="https://www.gov.uk/find-local-council">find your council on GOV.UK</a>. Ask for “adult social care”.</p>"#,
        ext = "html"
    )]
    struct Council;
    Markup::of(&Council)
}

/// The last buttons of a page that answers.
fn way_button((to, text): &Way) -> Button {
    Button::new(text.as_str()).secondary().sends(TO, *to)
}
