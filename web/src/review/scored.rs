//! How the outcomes stood, first and last, as the person and the professional each said: as tables and
//! as plots.

use care::record::fact::review::{Attained, Score};
use care::record::person::Person;
use care::review::score::before_and_after;

use crate::ask::{heading, paragraph};
use crate::components::{BarPlot, Cell, Markup, Table};

/// What there is to show of the scores; nothing where nobody has scored.
pub fn parts(person: &Person, theirs: &str, own: bool) -> Vec<Markup> {
    let reviews = &person.reviews;
    if reviews.scored.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![
        heading("How each outcome stands"),
        paragraph(if own {
            "From much less than hoped (-2) over as hoped (0) to much more than hoped (2). You say how \
             you see it, and the professional says how they do."
        } else {
            "From much less than hoped (-2) over as hoped (0) to much more than hoped (2). Each says it \
             for themself."
        }),
        table(person, theirs, own),
    ];
    let worker = "As the professional sees it";
    parts.extend(plot(person, "outcomes-person", &format!("As {theirs} it"), |score| score.person));
    parts.extend(plot(person, "outcomes-worker", worker, |score| score.worker));
    parts.extend(wellbeing(person, own));
    parts
}

fn points(attained: Option<Attained>) -> String {
    attained.map_or_else(
        || "Not said".to_owned(),
        |attained| format!("{} ({})", attained.in_words(), attained.points()),
    )
}

fn table(person: &Person, theirs: &str, own: bool) -> Markup {
    let mut table = Table::new([
        if own { "What you want" } else { "What they want" }.to_owned(),
        format!("First, as {theirs} it"),
        "Last".to_owned(),
        "First, as the professional sees it".to_owned(),
        "Last".to_owned(),
    ])
    .hidden_caption("Outcomes, first and last")
    .first_is_header()
    .stacks();
    for (number, outcome) in person.plan.outcomes.iter().enumerate() {
        let (first, last) = before_and_after(&person.reviews, outcome.id, |score| score.person);
        let (before, after) = before_and_after(&person.reviews, outcome.id, |score| score.worker);
        let words = format!("{}. {}", number + 1, outcome.written.said.words);
        let rest = [first, last, before, after].map(|one| Cell::new(points(one)));
        table = table.row(std::iter::once(Cell::new(words)).chain(rest));
    }
    table.into()
}

/// A bar for what was said first, and one for what was said last, of each outcome that was scored.
fn plot(
    person: &Person,
    id: &str,
    title: &str,
    whose: impl Fn(&Score) -> Option<Attained>,
) -> Option<Markup> {
    let mut plot = BarPlot::new(id, title).on_scale(-2, 2);
    let mut any = false;
    for (number, outcome) in person.plan.outcomes.iter().enumerate() {
        let (first, last) = before_and_after(&person.reviews, outcome.id, &whose);
        for (when, said) in [("first", first), ("last", last)] {
            let Some(said) = said else { continue };
            let points = said.points();
            let name = format!("Outcome {}, {when}", number + 1);
            plot = plot.bar(name, i64::from(points), points.to_string(), false);
            any = true;
        }
    }
    any.then(|| plot.into())
}

fn wellbeing(person: &Person, own: bool) -> Vec<Markup> {
    let title = if own { "How well you feel" } else { "How well they feel" };
    let mut table =
        Table::new([Cell::new("Day"), Cell::new("From 0 to 10").numeric(), Cell::new("Kept by")])
            .hidden_caption(format!("{title}, day by day"))
            .first_is_header();
    let mut plot = BarPlot::new("wellbeing", format!("{title}, from 0 to 10")).on_scale(0, 10);
    let mut any = false;
    for told in &person.reviews.scored {
        let Some(points) = told.said.wellbeing else { continue };
        let day = told.on.in_words();
        plot = plot.bar(day.as_str(), i64::from(points), points.to_string(), false);
        table =
            table.row([Cell::new(day), Cell::number(points), Cell::new(told.author.name.as_str())]);
        any = true;
    }
    if any { vec![heading(title), table.into(), plot.into()] } else { Vec::new() }
}
