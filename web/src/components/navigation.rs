//! Ways from page to page.

use askama::Template;

use super::{Markup, html_parts};

/// The link back to the page before.
#[derive(Debug, Clone, Template)]
#[template(source = r#"<a href="{{ href }}" class="govuk-back-link">{{ text }}</a>"#, ext = "html")]
pub struct BackLink {
    href: String,
    text: Markup,
}

/// The link that leads a keyboard past the header.
#[derive(Debug, Clone, Template)]
#[template(
    source = r##"<a href="#{{ to }}" class="govuk-skip-link" data-module="govuk-skip-link">{{ text }}</a>"##,
    ext = "html"
)]
pub struct SkipLink {
    to: String,
    text: Markup,
}

/// Where the page stands: from the top to here.
#[derive(Debug, Clone, Template)]
#[template(path = "components/breadcrumbs.html")]
pub struct Breadcrumbs {
    links: Vec<(Markup, String)>,
    here: Option<Markup>,
    collapse: bool,
}

/// One of the main places of the service.
#[derive(Debug, Clone)]
pub struct NavigationItem {
    text: Markup,
    href: String,
    current: Option<&'static str>,
}

/// The main places of the service, on every page.
#[derive(Debug, Clone, Template)]
#[template(path = "components/service-navigation.html")]
pub struct ServiceNavigation {
    items: Vec<NavigationItem>,
}

/// Links to the other pages of a long list.
#[derive(Debug, Clone, Template)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    label: String,
    previous: Option<Arrow>,
    next: Option<Arrow>,
    items: Vec<PageItem>,
}

/// A link to the page before or after.
#[derive(Debug, Clone)]
struct Arrow {
    href: String,
}

/// A numbered page, or the gap between two.
#[derive(Debug, Clone)]
enum PageItem {
    Page { number: u32, href: String, current: bool },
    Gap,
}

html_parts!(BackLink, SkipLink, Breadcrumbs, ServiceNavigation, Pagination);

impl BackLink {
    /// “Back”, to this page.
    pub fn new(href: impl Into<String>) -> Self {
        Self { href: href.into(), text: "Back".into() }
    }

    /// Says where to, instead of “Back”.
    #[must_use]
    pub fn text(mut self, text: impl Into<Markup>) -> Self {
        self.text = text.into();
        self
    }
}

impl SkipLink {
    /// A link to the element with this id.
    pub fn new(to: impl Into<String>, text: impl Into<Markup>) -> Self {
        Self { to: to.into(), text: text.into() }
    }
}

impl Breadcrumbs {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { links: Vec::new(), here: None, collapse: false }
    }

    /// A page on the way.
    #[must_use]
    pub fn link(mut self, text: impl Into<Markup>, href: impl Into<String>) -> Self {
        self.links.push((text.into(), href.into()));
        self
    }

    /// The page itself.
    #[must_use]
    pub fn here(mut self, text: impl Into<Markup>) -> Self {
        self.here = Some(text.into());
        self
    }

    /// Shows only the first and the last on a narrow screen.
    #[must_use]
    pub fn collapse(mut self) -> Self {
        self.collapse = true;
        self
    }
}

impl Default for Breadcrumbs {
    fn default() -> Self {
        Self::new()
    }
}

impl NavigationItem {
    /// A place that is not this one.
    pub fn new(text: impl Into<Markup>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into(), current: None }
    }

    /// This very page.
    #[must_use]
    pub fn current(mut self) -> Self {
        self.current = Some("page");
        self
    }

    /// The place that this page lies in.
    #[must_use]
    pub fn active(mut self) -> Self {
        self.current = Some("true");
        self
    }

    /// Where it leads.
    pub fn href(&self) -> &str {
        &self.href
    }
}

impl ServiceNavigation {
    /// The places, in order.
    pub fn new(items: impl IntoIterator<Item = NavigationItem>) -> Self {
        Self { items: items.into_iter().collect() }
    }
}

impl Pagination {
    /// No pages yet, in the landmark of this name.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), previous: None, next: None, items: Vec::new() }
    }

    /// The pages round this one: first, last, this and its neighbours, with gaps between. Pages
    /// count from 1; `href` says where each is. None if there is only one page.
    pub fn of(here: u32, pages: u32, href: impl Fn(u32) -> String) -> Option<Self> {
        if pages < 2 {
            return None;
        }
        let here = here.clamp(1, pages);
        let mut list = Self::new("Pages");
        if here > 1 {
            list = list.previous(href(here - 1));
        }
        if here < pages {
            list = list.next(href(here + 1));
        }
        let near = here.saturating_sub(1).max(1)..=(here + 1).min(pages);
        let mut shown = vec![1, pages];
        shown.extend(near);
        shown.sort_unstable();
        shown.dedup();
        let mut before = 0;
        for number in shown {
            if number > before + 1 {
                list = list.gap();
            }
            list = list.page(number, href(number), number == here);
            before = number;
        }
        Some(list)
    }

    /// The page before.
    #[must_use]
    pub fn previous(mut self, href: impl Into<String>) -> Self {
        self.previous = Some(Arrow { href: href.into() });
        self
    }

    /// The page after.
    #[must_use]
    pub fn next(mut self, href: impl Into<String>) -> Self {
        self.next = Some(Arrow { href: href.into() });
        self
    }

    /// A numbered page.
    #[must_use]
    pub fn page(mut self, number: u32, href: impl Into<String>, current: bool) -> Self {
        self.items.push(PageItem::Page { number, href: href.into(), current });
        self
    }

    /// Pages left out.
    #[must_use]
    pub fn gap(mut self) -> Self {
        self.items.push(PageItem::Gap);
        self
    }
}
