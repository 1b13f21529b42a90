//! A page that stands alone, to be kept, sent or printed: its looks are in it.

use askama::Template;

use crate::assets;
use crate::components::Markup;

#[derive(Template)]
#[template(path = "layout/paper.html")]
struct Paper<'a> {
    title: &'a str,
    css: [&'static str; 2],
    parts: Vec<Markup>,
}

/// A whole HTML document of a title and some parts.
pub fn document(title: &str, parts: impl IntoIterator<Item = Markup>) -> String {
    let css = ["page.css", "kith.css"].map(assets::text);
    Paper { title, css, parts: parts.into_iter().collect() }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_needs_nothing_from_elsewhere() {
        let html = document("More & less", [Markup::from("One < two")]);
        assert!(html.contains("<h1 class=\"govuk-heading-l\">More &#38; less</h1>"), "{html}");
        assert!(html.contains("One &lt; two"), "{html}");
        assert!(!html.contains("href=") && !html.contains("src="), "{html}");
    }
}
