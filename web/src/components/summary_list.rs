//! Facts as pairs: what it is, and its value, with links to change it.

use askama::Template;

use super::{Markup, html_parts};

/// Pairs of key and value, perhaps on a card with a title.
#[derive(Debug, Clone, Template)]
#[template(path = "components/summary-list.html")]
pub struct SummaryList {
    rows: Vec<SummaryRow>,
    card: Option<Card>,
    lines: bool,
}

/// The card round a list.
#[derive(Debug, Clone)]
struct Card {
    title: Markup,
    actions: Vec<Action>,
}

/// One pair.
#[derive(Debug, Clone)]
pub struct SummaryRow {
    key: Markup,
    value: Markup,
    actions: Vec<Action>,
}

/// A link that does something with a row or a card.
#[derive(Debug, Clone)]
pub struct Action {
    text: Markup,
    href: String,
    what: Markup,
}

html_parts!(SummaryList, ActionLink);

impl SummaryList {
    /// These pairs.
    pub fn new(rows: impl IntoIterator<Item = SummaryRow>) -> Self {
        Self { rows: rows.into_iter().collect(), card: None, lines: true }
    }

    /// On a card with this title (a heading of level 2).
    #[must_use]
    pub fn card(mut self, title: impl Into<Markup>) -> Self {
        self.card = Some(Card { title: title.into(), actions: Vec::new() });
        self
    }

    /// A link on the card. Without a card it is left out.
    #[must_use]
    pub fn card_action(mut self, action: Action) -> Self {
        if let Some(card) = &mut self.card {
            card.actions.push(action);
        }
        self
    }

    /// Without lines between the rows.
    #[must_use]
    pub fn no_lines(mut self) -> Self {
        self.lines = false;
        self
    }

    fn any_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.actions.is_empty())
    }

    fn links<'a>(&'a self, actions: &'a [Action]) -> Vec<ActionLink> {
        let card = self.card.as_ref().map(|card| card.title.clone());
        let link = |action: &Action| ActionLink { action: action.clone(), card: card.clone() };
        actions.iter().map(link).collect()
    }
}

/// A link, with the words that say what it acts on for those who hear it alone.
#[derive(Template)]
#[template(path = "components/action-link.html")]
struct ActionLink {
    action: Action,
    card: Option<Markup>,
}

impl SummaryRow {
    /// A key and its value.
    pub fn new(key: impl Into<Markup>, value: impl Into<Markup>) -> Self {
        Self { key: key.into(), value: value.into(), actions: Vec::new() }
    }

    /// A link at the end of the row.
    #[must_use]
    pub fn action(mut self, action: Action) -> Self {
        self.actions.push(action);
        self
    }
}

impl Action {
    /// A link with one word, such as “Change”, and what it acts on, such as “address”, for those
    /// who hear the link alone. Empty if the words say all.
    pub fn new(text: impl Into<Markup>, href: impl Into<String>, what: impl Into<Markup>) -> Self {
        Self { text: text.into(), href: href.into(), what: what.into() }
    }
}
