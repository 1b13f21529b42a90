//! A simulation on a terminal.

use std::io::{self, Write};

use care::fund::simulate::{Band, Group, Income, Mark, Part, Simulation, Spread};
use law::pence::Pence;

use crate::columns;
use crate::columns::grouped;

/// A table of the simulation, for a terminal or a page.
pub struct Shown {
    /// What it is of: the head of its first column.
    pub heads: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// What they pay together.
pub fn income(found: &Simulation) -> Shown {
    let row = |label: &str, Income { before, after, change }| {
        vec![label.to_owned(), before.in_words(), after.in_words(), signed(change)]
    };
    Shown {
        heads: vec!["What they pay together", "As it is", "As it would be", "Change"],
        rows: vec![row("A week", found.weekly), row("A year of 52 weeks", found.yearly)],
    }
}

/// Who pays more, and who less.
pub fn parts(found: &Simulation) -> Shown {
    let row = |label: &str, Part { people, basis_points, median, most }| {
        let amount = |amount: Option<Pence>| amount.map_or_else(|| "–".to_owned(), signed);
        let (median, most) = (amount(median), amount(most));
        vec![label.to_owned(), grouped(people), percent(basis_points), median, most]
    };
    Shown {
        heads: vec!["Who pays", "People", "Of all", "Median a week", "Most"],
        rows: vec![row("More", found.more), row("Less", found.less), row("The same", found.same)],
    }
}

/// Who begins to pay, and who no longer does.
pub fn beginning(found: &Simulation) -> String {
    let (newly, no_longer) = (grouped(found.newly_paying), grouped(found.no_longer_paying));
    format!("Newly paying: {newly}. No longer paying: {no_longer}.")
}

/// How many people a change of each size befalls.
pub fn bands(found: &Simulation) -> Shown {
    let row = |band: &Band| vec![band.label.clone(), grouped(band.people)];
    Shown {
        heads: vec!["By how much a week", "People"],
        rows: found.bands.iter().map(row).collect(),
    }
}

/// What the change does to each group of people.
pub fn spread(spread: &Spread) -> Shown {
    Shown {
        heads: vec![spread.label, "People", "Pays now", "Change", "Pay more", "Pay less", ""],
        rows: spread.groups.iter().map(row).collect(),
    }
}

/// What the marks mean, and what is not shown.
pub const MARKS: &str = "Marked is a group whose mean change is at least £1.00 a week, and at least \
    a quarter of everybody’s mean change, away from everybody’s. That is a question, not a finding. \
    Groups of fewer than 5 are not shown, nor others from which those could be told.";

/// The simulation on a terminal.
pub fn show(found: &Simulation, mut out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} people assessed\n", grouped(found.people))?;
    let mut table = |Shown { heads, rows }| {
        columns::write(&mut out, &heads, &rows)?;
        writeln!(out)
    };
    table(income(found))?;
    table(parts(found))?;
    table(bands(found))?;
    found.spread.iter().try_for_each(|one| table(spread(one)))?;
    writeln!(out, "{}\n\n{MARKS}", beginning(found))
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
