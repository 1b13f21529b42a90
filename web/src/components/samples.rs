//! Every part with sample values, hostile ones among them: it stands without Node's fixtures.

use std::collections::BTreeSet;

use law::day::Day;

use super::*;
use crate::forms::Form;

const HOSTILE: &str = "O'Neill & <script>alert(\"1\")</script>";

/// One sample of each part: its template's file, and what it shows.
fn samples() -> Vec<(&'static str, Markup)> {
    let mut form = Form::read(b"answer=tea&answer-day=31&when-month=3");
    form.wrong("answer", HOSTILE);
    form.wrong_date("when", HOSTILE);
    let choices = || {
        let tea = Choice::new("tea", HOSTILE).hint(HOSTILE).reveals(HOSTILE);
        [tea, Choice::new("none", HOSTILE).exclusive()]
    };
    let day = Day::new(2026, 3, 27).unwrap();
    let row = SummaryRow::new(HOSTILE, HOSTILE);
    let change = || Action::new("Change", HOSTILE, HOSTILE);
    vec![
        ("bar-plot.html", BarPlot::new("plot", HOSTILE).bar(HOSTILE, 7, HOSTILE, true).into()),
        ("button.html", Button::link(HOSTILE, HOSTILE).start().into()),
        ("button.html", Button::new(HOSTILE).sends("go", HOSTILE).warning().once().into()),
        ("input.html", TextInput::new("answer", HOSTILE).hint(HOSTILE).filled(&form).into()),
        ("input.html", TextInput::password("answer", HOSTILE).filled(&form).into()),
        ("textarea.html", Textarea::new("answer", HOSTILE).filled(&form).into()),
        ("search.html", Search::new("/people", TextInput::new("q", HOSTILE)).into()),
        ("date-input.html", DateInput::new("when", HOSTILE).hint(HOSTILE).filled(&form).into()),
        ("choices.html", Radios::new("answer", HOSTILE, choices()).inline().filled(&form).into()),
        ("choices.html", Checkboxes::new("answer", HOSTILE, choices()).filled(&form).into()),
        ("select.html", Select::new("answer", HOSTILE, choices()).filled(&form).into()),
        ("select.html", {
            let cup = |value, group| Choice::new(value, HOSTILE).under(group);
            let cups = [cup("tea", HOSTILE), cup("coffee", HOSTILE), cup("water", "Cold")];
            let html =
                Markup::from(Select::new("answer", HOSTILE, choices().into_iter().chain(cups)));
            assert_eq!(html.as_str().matches("<optgroup label=").count(), 2, "{html}");
            html
        }),
        ("error-summary.html", ErrorSummary::of(&form).expect("there are errors").into()),
        ("navigation.rs", BackLink::new(HOSTILE).text(HOSTILE).into()),
        ("navigation.rs", SkipLink::new("main", HOSTILE).into()),
        ("breadcrumbs.html", Breadcrumbs::new().link(HOSTILE, HOSTILE).here(HOSTILE).into()),
        ("service-navigation.html", {
            let items = [NavigationItem::new(HOSTILE, HOSTILE), NavigationItem::new("b", "/b")];
            ServiceNavigation::new(items).into()
        }),
        (
            "pagination.html",
            Pagination::of(5, 9, |page| format!("?q=\"&page={page}")).unwrap().into(),
        ),
        ("notices.rs", Tag::new(HOSTILE).colour(Colour::Red).into()),
        ("rows.html", {
            let row = Row::new(HOSTILE, vec![HOSTILE.into()]).said(Some(HOSTILE.to_owned()));
            let row = row.known_as(Some(("a-0-as".to_owned(), 0))).drop(HOSTILE.to_owned());
            let row = row.more(Some(Details::new(HOSTILE, HOSTILE)));
            let add = (HOSTILE.to_owned(), HOSTILE.to_owned());
            Rows::new(("a-rows".to_owned(), 1), [row], add, HOSTILE.to_owned()).into()
        }),
        ("details.html", Details::new(HOSTILE, HOSTILE).into()),
        ("notices.rs", InsetText::new(HOSTILE).into()),
        ("notices.rs", WarningText::new(HOSTILE).into()),
        ("notification-banner.html", NotificationBanner::success(HOSTILE).into()),
        ("phase-banner.html", PhaseBanner::new(HOSTILE, HOSTILE).into()),
        ("summary-list.html", {
            let list = SummaryList::new([row.action(change()).action(change())]);
            list.card(HOSTILE).card_action(change()).into()
        }),
        ("table.html", {
            let table = Table::new([Cell::new(HOSTILE), Cell::number(1)]).caption(HOSTILE);
            table.row([Cell::new(HOSTILE), Cell::number(2)]).first_is_header().scrolls().into()
        }),
        ("table.html", {
            let table = Table::new([HOSTILE, HOSTILE, ""]).caption(HOSTILE).row([HOSTILE; 3]);
            let html = Markup::from(table.first_is_header().stacks());
            assert_eq!(html.as_str().matches("kith-stacks__head").count(), 1, "{html}");
            html
        }),
        ("timeline.html", {
            let item = TimelineItem::new(HOSTILE, day, HOSTILE).id("entry-1");
            let item = item.recorded(day.plus_days(1)).content(HOSTILE);
            Timeline::new([item]).into()
        }),
    ]
}

#[test]
fn every_part_stands_and_lets_no_text_become_html() {
    for (part, html) in samples() {
        let html = html.as_str();
        assert!(!html.contains("<script") && !html.contains("=\"O'Neill & <"), "{part}: {html}");
        assert_eq!(open_tags(html), Vec::<String>::new(), "{part} leaves tags open: {html}");
        let mut ids = BTreeSet::new();
        for piece in html.split(" id=\"").skip(1) {
            let id = piece.split('"').next().unwrap();
            assert!(ids.insert(id), "{part} uses the id {id} twice");
        }
        for name in ["for=\"", "aria-describedby=\"", "aria-labelledby=\"", "aria-controls=\""] {
            for piece in html.split(&format!(" {name}")).skip(1) {
                for id in piece.split('"').next().unwrap().split(' ') {
                    assert!(ids.contains(id), "{part}: {name}{id} leads nowhere: {html}");
                }
            }
        }
    }
}

/// The tags that are not closed in their order.
fn open_tags(html: &str) -> Vec<String> {
    const EMPTY: &[&str] = &["input", "hr", "br"];
    let mut open: Vec<String> = Vec::new();
    for piece in html.split('<').skip(1) {
        let name: String = piece.chars().take_while(|c| c.is_alphanumeric() || *c == '/').collect();
        match name.strip_prefix('/') {
            Some(closed) if open.last().is_some_and(|last| last == closed) => drop(open.pop()),
            Some(closed) => open.push(format!("/{closed}")),
            None if EMPTY.contains(&name.as_str()) => {}
            None if piece.split('>').next().unwrap().ends_with('/') => {}
            None => open.push(name),
        }
    }
    open
}

#[test]
fn long_lists_show_the_pages_near() {
    let shown = |here, pages| {
        let list = Pagination::of(here, pages, |page| format!("?page={page}"));
        let html = list.map(|list| list.to_string()).unwrap_or_default();
        let mut words: Vec<String> = Vec::new();
        for item in html.split("<li class=\"").skip(1) {
            let text = item.split_once('>').unwrap().1;
            let gap = text.starts_with('⋯');
            let number = text.split("Page ").nth(1).and_then(|rest| rest.split('"').next());
            words.push(if gap { "⋯".to_owned() } else { number.unwrap_or("?").to_owned() });
        }
        words.join(" ")
    };
    let cases = [
        (1, 1, ""),
        (1, 2, "1 2"),
        (1, 9, "1 2 ⋯ 9"),
        (5, 9, "1 ⋯ 4 5 6 ⋯ 9"),
        (3, 5, "1 2 3 4 5"),
        (99, 4, "1 ⋯ 3 4"),
    ];
    for (here, pages, expected) in cases {
        assert_eq!(shown(here, pages), expected, "page {here} of {pages}");
    }
}
