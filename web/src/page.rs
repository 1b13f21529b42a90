//! What every page has: a title, a header, a way back, and the layout's other parts.
//!
//! A page is a template that extends `layout/page.html` and has a field `page: Page`. How to add
//! one: `docs/web.md`.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use care::record::moment::Moment;

use crate::components::{
    BackLink, ErrorSummary, NavigationItem, NotificationBanner, ServiceNavigation,
};
use crate::error::Failure;
use crate::forms::Form;

/// Where the guide to what care might cost stands.
pub const PAY: &str = "/what-might-i-pay";
/// Where the guide to support from the council stands.
pub const SUPPORT: &str = "/could-i-get-support";
/// Where the guide to care that the NHS pays for stands.
pub const NHS: &str = "/could-the-nhs-pay";

/// The guides for everyone, linked at the foot of every page: the address, and the question it helps with.
pub const GUIDES: [(&str, &str); 3] = [
    (PAY, "What might I pay for care?"),
    (SUPPORT, "Could I get support?"),
    (NHS, "Could the NHS pay for care?"),
];

/// The parts of the layout round a page's own content.
#[derive(Debug, Clone)]
pub struct Page {
    /// What the page is, in its own words: the first half of the window's title.
    pub title: String,
    /// The place's name, in the header.
    pub place: String,
    /// Whether everyone here is invented, which every page then says.
    pub demo: bool,
    /// The name and role of whoever is signed in.
    pub signed_in: Option<SignedIn>,
    /// The main places of the service.
    pub navigation: Vec<NavigationItem>,
    /// Where “Back” leads.
    pub back: Option<BackLink>,
    /// News: what has just been done.
    pub notice: Option<NotificationBanner>,
    /// What is wrong with the posted form.
    pub errors: Option<ErrorSummary>,
    /// For every form that changes something: `{{ page.form_token }}`.
    pub form_token: FormToken,
    /// When it was shown, to somebody signed in: what is sent twice is not kept twice (`changing.rs`).
    pub shown: Option<Moment>,
}

/// Who is signed in, as the header says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Name.
    pub name: String,
    /// Role and organisation, in words.
    pub role: String,
}

/// The hidden field that shows a form came from one of our own pages: see [`crate::security`].
#[derive(Clone, PartialEq, Eq, Default)]
pub struct FormToken(pub(crate) String);

impl fmt::Display for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Hexadecimal, so there is nothing to escape.
        write!(f, r#"<input type="hidden" name="{}" value="{}">"#, FormToken::FIELD, self.0)
    }
}

impl HtmlSafe for FormToken {}

impl FormToken {
    /// The hidden field's name.
    pub const FIELD: &'static str = "form-token";
}

/// Never the token itself: debug output ends in logs.
impl fmt::Debug for FormToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormToken(…)")
    }
}

impl Page {
    /// A page with only a title. Handlers take one from their session instead.
    pub fn new(title: impl Into<String>, place: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            place: place.into(),
            demo: false,
            signed_in: None,
            navigation: Vec::new(),
            back: None,
            notice: None,
            errors: None,
            form_token: FormToken::default(),
            shown: None,
        }
    }

    /// Says whose page it is.
    #[must_use]
    pub fn signed_in(mut self, name: impl Into<String>, role: impl Into<String>) -> Self {
        self.signed_in = Some(SignedIn { name: name.into(), role: role.into() });
        self
    }

    /// The main places, the one at `active` marked as where this page lies.
    #[must_use]
    pub fn navigation(
        mut self,
        places: impl IntoIterator<Item = NavigationItem>,
        active: &str,
    ) -> Self {
        let mark = |item: NavigationItem| if item.href() == active { item.active() } else { item };
        self.navigation = places.into_iter().map(mark).collect();
        self
    }

    /// Where “Back” leads.
    #[must_use]
    pub fn back(mut self, href: impl Into<String>) -> Self {
        self.back = Some(BackLink::new(href));
        self
    }

    /// Says what has just been done.
    #[must_use]
    pub fn done(mut self, text: &str) -> Self {
        self.notice = Some(NotificationBanner::success(text));
        self
    }

    /// Shows what is wrong with a form, if anything is, at the top and in the window's title.
    #[must_use]
    pub fn errors(mut self, form: &Form) -> Self {
        self.errors = ErrorSummary::of(form);
        self
    }

    pub(crate) fn service_navigation(&self) -> ServiceNavigation {
        ServiceNavigation::new(self.navigation.iter().cloned())
    }
}

/// Shows a page.
pub fn show(template: &impl Template) -> Result<Response, Failure> {
    show_with(StatusCode::OK, template)
}

/// Shows a page again, with what was typed and what is wrong with it (422).
pub fn again(template: &impl Template) -> Result<Response, Failure> {
    show_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

/// Shows a page with a form: again, where something is wrong with it.
pub fn show_form(template: &impl Template, form: &Form) -> Result<Response, Failure> {
    if form.is_sound() { show(template) } else { again(template) }
}

/// Shows a page with another status.
pub fn show_with(status: StatusCode, template: &impl Template) -> Result<Response, Failure> {
    let html = template.render().map_err(Failure::broken)?;
    Ok((status, Html(html)).into_response())
}
