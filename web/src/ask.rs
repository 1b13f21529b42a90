//! A page that asks: a heading, what to know first, the questions, one button.

use askama::Template;
use axum::response::Response;
use care::record::entry::Entry;
use care::who::actor::Refusal;

use crate::app::Place;
use crate::components::{Button, Markup, WarningText};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::{EntryNames, Name};
use crate::page::{self, Page};
use crate::story::Teller;

/// The name of the field in which a form says which entry its writer last saw.
pub const SEEN: &str = "seen";

/// The name of the field in which a form says when it was shown.
pub const SHOWN: &str = "shown";

/// A page with one form.
#[derive(Template)]
#[template(path = "layout/form.html")]
pub struct Ask {
    page: Page,
    action: String,
    before: Vec<Markup>,
    parts: Vec<Markup>,
    button: Button,
    seen: Option<(&'static str, Name)>,
    hidden: Vec<(&'static str, String)>,
}

impl Ask {
    /// A form that posts to `action`, with this on its button.
    pub fn new(page: Page, action: impl Into<String>, button: &str) -> Self {
        Self {
            page,
            action: action.into(),
            before: Vec::new(),
            parts: Vec::new(),
            button: Button::new(button).once(),
            seen: None,
            hidden: Vec::new(),
        }
    }

    /// What to know before answering.
    #[must_use]
    pub fn before(mut self, part: impl Into<Markup>) -> Self {
        self.before.push(part.into());
        self
    }

    /// A question.
    #[must_use]
    pub fn part(mut self, part: impl Into<Markup>) -> Self {
        self.parts.push(part.into());
        self
    }

    /// Something that the form carries along.
    #[must_use]
    pub fn hidden(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.hidden.push((name, value.into()));
        self
    }

    /// The last entry its writer has seen.
    #[must_use]
    pub fn seen(mut self, entry: Name) -> Self {
        self.seen = Some((SEEN, entry));
        self
    }

    /// What others wrote meanwhile, if anything, so that the writer can choose: theirs stands above
    /// the form, which still holds what was typed, and now knows of theirs.
    #[must_use]
    pub fn conflict(mut self, theirs: &[Entry], names: &EntryNames, place: &Place) -> Self {
        let Some(last) = theirs.iter().map(|entry| entry.number).max() else { return self };
        let teller = Teller { place, names, corrects: None, own: None };
        let warning = "Somebody else changed this while you were writing. Nothing is lost: read \
                       what they wrote, then change yours if need be and save it again, or leave \
                       this page.";
        self.before.push(WarningText::new(warning).into());
        self.before.push(teller.timeline(theirs).into());
        self.seen(names.called(last))
    }

    /// Shows it, with an error summary if the form has errors.
    pub fn show(mut self, form: &Form) -> Result<Response, Failure> {
        self.page = self.page.errors(form);
        page::show_form(&self, form)
    }
}

/// A page that only tells: a heading, and what there is to say.
#[derive(Template)]
#[template(path = "layout/tell.html")]
pub struct Tell {
    page: Page,
    parts: Vec<Markup>,
}

impl Tell {
    /// A page with nothing on it yet but its title.
    pub fn new(page: Page) -> Self {
        Self { page, parts: Vec::new() }
    }

    /// Something to say.
    #[must_use]
    pub fn part(mut self, part: impl Into<Markup>) -> Self {
        self.parts.push(part.into());
        self
    }

    /// Shows it.
    pub fn show(self) -> Result<Response, Failure> {
        page::show(&self)
    }

    /// Shows it in place of a form that can no longer be sent, with what was wrong.
    pub fn show_with(mut self, form: &Form) -> Result<Response, Failure> {
        self.page = self.page.errors(form);
        page::show_form(&self, form)
    }
}

/// Puts a refusal where it belongs: at its field, or over the whole form.
pub fn note_refusal(form: &mut Form, refusal: &Refusal) {
    match refusal {
        Refusal::Missing { field, message, others } => {
            form.wrong(field, message.as_str());
            for (field, message) in others {
                form.wrong(field, message.as_str());
            }
        }
        other => form.wrong_form(other.to_string()),
    }
}

/// A paragraph.
pub fn paragraph(text: &str) -> Markup {
    #[derive(Template)]
    #[template(source = r#"<p class="govuk-body">{{ text }}</p>"#, ext = "html")]
    struct Paragraph<'a> {
        text: &'a str,
    }
    Markup::of(&Paragraph { text })
}

/// A heading of a part of the page.
pub fn heading(text: &str) -> Markup {
    #[derive(Template)]
    #[template(source = r#"<h2 class="govuk-heading-m">{{ text }}</h2>"#, ext = "html")]
    struct HeadingTwo<'a> {
        text: &'a str,
    }
    Markup::of(&HeadingTwo { text })
}

/// A list of sentences.
pub fn list(lines: impl IntoIterator<Item = String>) -> Markup {
    #[derive(Template)]
    #[template(
        source = r#"<ul class="govuk-list govuk-list--bullet">{% for line in lines %}<li>{{ line }}</li>{% endfor %}</ul>"#,
        ext = "html"
    )]
    struct Bullets {
        lines: Vec<String>,
    }
    Markup::of(&Bullets { lines: lines.into_iter().collect() })
}

/// A paragraph that is a link.
pub fn link(text: &str, href: &str) -> Markup {
    link_of(text.into(), href)
}

/// As [`link`], of more than plain words.
pub fn link_of(text: Markup, href: &str) -> Markup {
    #[derive(Template)]
    #[template(
        source = r#"<p class="govuk-body"><a class="govuk-link" href="{{ href }}">{{ text }}</a></p>"#,
        ext = "html"
    )]
    struct Link<'a> {
        text: Markup,
        href: &'a str,
    }
    Markup::of(&Link { text, href })
}

/// A link among other words.
pub fn inline_link(text: &str, href: &str) -> Markup {
    #[derive(Template)]
    #[template(source = r#"<a class="govuk-link" href="{{ href }}">{{ text }}</a>"#, ext = "html")]
    struct Link<'a> {
        text: &'a str,
        href: &'a str,
    }
    Markup::of(&Link { text, href })
}
