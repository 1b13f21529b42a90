//! Finished HTML, kept apart from text by its type.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

/// HTML that needs no more escaping: text that was escaped, or a template's output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// What a template displays.
    pub fn of(template: &impl Template) -> Self {
        Self(template.to_string())
    }

    /// Several pieces, one after the other.
    pub fn join(parts: impl IntoIterator<Item = Self>) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }

    /// The HTML as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// HTML from the fixtures of `govuk-frontend`.
    #[cfg(test)]
    pub(crate) fn trusted(html: &str) -> Self {
        Self(html.to_owned())
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

impl From<&str> for Markup {
    fn from(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                other => html.push(other),
            }
        }
        Self(html)
    }
}

impl From<String> for Markup {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Markup {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_taken_for_html() {
        let cases = [
            ("plain", "plain"),
            (
                "O'Neill & <b>\"Söhne\"</b>",
                "O&#39;Neill &amp; &lt;b&gt;&quot;Söhne&quot;&lt;/b&gt;",
            ),
        ];
        for (text, html) in cases {
            assert_eq!(Markup::from(text).as_str(), html);
        }
    }
}
