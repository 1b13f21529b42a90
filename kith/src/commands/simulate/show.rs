//! A simulation on a terminal.

use std::io::{self, Write};

use care::fund::simulate::{Group, Income, Mark, Part, Simulation, Spread};
use law::pence::Pence;

use crate::columns;
use crate::columns::grouped;

/// The simulation as tables.
pub fn show(found: &Simulation, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} people assessed\n", grouped(found.people))?;
    let income = |label: &str, Income { before, after, change }| {
        vec![label.to_owned(), before.in_words(), after.in_words(), signed(change)]
    };
    let rows = [income("A week", found.weekly), income("A year of 52 weeks", found.yearly)];
    columns::write(
        out,
        &["What they pay together", "As it is", "As it would be", "Change"],
        &rows,
    )?;
    writeln!(out)?;
    let part = |label: &str, Part { people, basis_points, median, most }| {
        let amount = |amount: Option<Pence>| amount.map_or_else(|| "–".to_owned(), signed);
        let (median, most) = (amount(median), amount(most));
        vec![label.to_owned(), grouped(people), percent(basis_points), median, most]
    };
    let rows = [part("More", found.more), part("Less", found.less), part("The same", found.same)];
    columns::write(out, &["Who pays", "People", "Of all", "Median a week", "Most"], &rows)?;
    let (newly, no_longer) = (grouped(found.newly_paying), grouped(found.no_longer_paying));
    writeln!(out, "Newly paying: {newly}. No longer paying: {no_longer}.\n")?;
    let bands: Vec<_> =
        found.bands.iter().map(|band| vec![band.label.clone(), grouped(band.people)]).collect();
    columns::write(out, &["By how much a week", "People"], &bands)?;
    for spread in &found.spread {
        writeln!(out)?;
        show_spread(spread, out)?;
    }
    writeln!(
        out,
        "\nMarked is a group whose mean change is at least £1.00 a week, and at least a quarter of\n\
         everybody’s mean change, away from everybody’s. That is a question, not a finding. Groups of\n\
         fewer than 5 are not shown, nor others from which those could be told."
    )
}

fn show_spread(spread: &Spread, out: &mut impl Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> = spread.groups.iter().map(row).collect();
    let heads = [spread.label, "People", "Pays now", "Change", "Pay more", "Pay less", ""];
    columns::write(out, &heads, &rows)
}

/// A group: how many, what they pay on average, and how that changes.
fn row(group: &Group) -> Vec<String> {
    let Some(figures) = group.figures else {
        let hidden = ["not shown", "", "", "", "", ""].map(str::to_owned);
        return [group.label.to_owned()].into_iter().chain(hidden).collect();
    };
    let mark = match figures.mark {
        None => "",
        Some(Mark::Harder) => "MARKED: harder on them",
        Some(Mark::Easier) => "MARKED: easier on them",
    };
    vec![
        group.label.to_owned(),
        grouped(figures.people),
        figures.mean_before.in_words(),
        signed(figures.mean_change),
        percent(figures.paying_more),
        percent(figures.paying_less),
        mark.to_owned(),
    ]
}

/// An amount with its sign, also where it is more: `+£3.00`.
pub fn signed(amount: Pence) -> String {
    let sign = if amount > Pence::ZERO { "+" } else { "" };
    format!("{sign}{}", amount.in_words())
}

fn percent(basis_points: u64) -> String {
    format!("{}.{:02}%", basis_points / 100, basis_points % 100)
}
