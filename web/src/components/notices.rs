//! Words that stand out: tags, warnings, banners, details.

use askama::Template;

use super::{Markup, html_parts};

/// The colour of a tag. A colour never says anything that the words do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colour {
    /// The usual blue.
    #[default]
    Plain,
    /// Grey: not active.
    Grey,
    /// Green: done, well.
    Green,
    /// Yellow: waiting.
    Yellow,
    /// Red: urgent, stopped.
    Red,
}

impl Colour {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Grey => " govuk-tag--grey",
            Self::Green => " govuk-tag--green",
            Self::Yellow => " govuk-tag--yellow",
            Self::Red => " govuk-tag--red",
        }
    }
}

/// A short word for a state.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<strong class="govuk-tag{{ colour.class() }}">{{ text }}</strong>"#,
    ext = "html"
)]
pub struct Tag {
    text: Markup,
    colour: Colour,
}

/// More, for those who ask for it.
#[derive(Debug, Clone, Template)]
#[template(path = "components/details.html")]
pub struct Details {
    summary: Markup,
    text: Markup,
    id: Option<String>,
    open: bool,
}

/// A paragraph set apart.
#[derive(Debug, Clone, Template)]
#[template(source = r#"<div class="govuk-inset-text">{{ text }}</div>"#, ext = "html")]
pub struct InsetText {
    text: Markup,
}

/// What must not be overlooked.
#[derive(Debug, Clone, Template)]
#[template(
    source = r#"<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span> {{ text }}</strong></div>"#,
    ext = "html"
)]
pub struct WarningText {
    text: Markup,
}

/// News at the top of a page.
#[derive(Debug, Clone, Template)]
#[template(path = "components/notification-banner.html")]
pub struct NotificationBanner {
    success: bool,
    title: Markup,
    content: Markup,
}

/// Says on every page what kind of service this is (a demo, a trial).
#[derive(Debug, Clone, Template)]
#[template(path = "components/phase-banner.html")]
pub struct PhaseBanner {
    tag: Markup,
    text: Markup,
}

html_parts!(Tag, Details, InsetText, WarningText, NotificationBanner, PhaseBanner);

impl Tag {
    /// A blue tag.
    pub fn new(text: impl Into<Markup>) -> Self {
        Self { text: text.into(), colour: Colour::Plain }
    }

    /// In this colour.
    #[must_use]
    pub fn colour(mut self, colour: Colour) -> Self {
        self.colour = colour;
        self
    }
}

impl Details {
    /// A summary that opens to show the text.
    pub fn new(summary: impl Into<Markup>, text: impl Into<Markup>) -> Self {
        Self { summary: summary.into(), text: text.into(), id: None, open: false }
    }

    /// Open to begin with.
    #[must_use]
    pub fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// The element's id.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl InsetText {
    /// A paragraph set apart.
    pub fn new(text: impl Into<Markup>) -> Self {
        Self { text: text.into() }
    }
}

impl WarningText {
    /// What must not be overlooked.
    pub fn new(text: impl Into<Markup>) -> Self {
        Self { text: text.into() }
    }
}

/// A banner's one line of text.
#[derive(Template)]
#[template(
    source = r#"<p class="govuk-notification-banner__heading">{{ text }}</p>"#,
    ext = "html"
)]
struct BannerLine {
    text: Markup,
}

impl NotificationBanner {
    /// Something to know.
    pub fn important(text: impl Into<Markup>) -> Self {
        let content = Markup::of(&BannerLine { text: text.into() });
        Self { success: false, title: "Important".into(), content }
    }

    /// Something has been done.
    pub fn success(text: impl Into<Markup>) -> Self {
        Self { success: true, title: "Success".into(), ..Self::important(text) }
    }

    /// Another title.
    #[must_use]
    pub fn title(mut self, title: impl Into<Markup>) -> Self {
        self.title = title.into();
        self
    }

    /// More than one line: the content as it is, instead of the text.
    #[must_use]
    pub fn content(mut self, content: Markup) -> Self {
        self.content = content;
        self
    }
}

impl PhaseBanner {
    /// A tag and a sentence.
    pub fn new(tag: impl Into<Markup>, text: impl Into<Markup>) -> Self {
        Self { tag: tag.into(), text: text.into() }
    }
}
