//! A sweep on a terminal, as JSON, on a page and in plots.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context as _, anyhow};
use care::fund::simulate::sweep::{self, Axis, Trial, Tried};
use web::components::BarPlot;

use super::show::{Shown, signed};
use crate::columns::grouped;

/// Every combination of what is swept; nothing where nothing is.
pub fn trials(sweeps: &[String]) -> anyhow::Result<Vec<Trial>> {
    if sweeps.is_empty() {
        return Ok(Vec::new());
    }
    let axes = sweeps.iter().map(|text| Axis::parse(text)).collect::<Result<Vec<Axis>, _>>();
    axes.and_then(|axes| sweep::trials(&axes)).map_err(|why| anyhow!("--sweep: {why}"))
}

/// A row for each reform.
pub fn table(tried: &[Tried]) -> Shown {
    let row = |one: &Tried| {
        vec![
            one.in_words(),
            one.weekly.after.in_words(),
            signed(one.weekly.change),
            grouped(one.more),
            grouped(one.less),
            grouped(one.newly_paying),
            grouped(one.no_longer_paying),
        ]
    };
    Shown {
        heads: vec![
            "What is tried",
            "They pay a week",
            "Change",
            "Pay more",
            "Pay less",
            "Newly pay",
            "No longer pay",
        ],
        rows: tried.iter().map(row).collect(),
    }
}

/// The sweep on a terminal.
pub fn show(tried: &[Tried], mut out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = tried.first() else { return Ok(()) };
    let (people, before) = (grouped(first.people), first.weekly.before.in_words());
    writeln!(out, "{people} people assessed; as it is they pay {before} a week\n")?;
    let Shown { heads, rows } = table(tried);
    crate::columns::write(&mut out, &heads, &rows)
}

/// What is plotted: the file’s name, and the plot.
pub fn plots(tried: &[Tried]) -> Vec<(&'static str, BarPlot)> {
    // The names once, above the bars; beside each its values, in the same order.
    let names = tried.first().map(|one| listed(one.choices.iter().map(|(name, _)| *name)));
    let names = names.unwrap_or_default();
    let of = |name, title: &str, length: fn(&Tried) -> i64, figure: fn(&Tried) -> String| {
        let plot = BarPlot::new(name, format!("{title}, by {names}"));
        let plot = tried.iter().fold(plot, |plot, one| {
            let values = listed(one.choices.iter().map(|(_, value)| value.as_str()));
            plot.bar(values, length(one), figure(one), false)
        });
        (name, plot)
    };
    vec![
        of(
            "income",
            "How what they pay together a week changes",
            |one| one.weekly.change.pence(),
            |one| signed(one.weekly.change),
        ),
        of("more", "How many people pay more", |one| length(one.more), |one| grouped(one.more)),
        of("less", "How many people pay less", |one| length(one.less), |one| grouped(one.less)),
        of(
            "newly",
            "How many people newly pay",
            |one| length(one.newly_paying),
            |one| grouped(one.newly_paying),
        ),
    ]
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn length(people: u64) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}

/// Writes the plots into a folder.
pub fn write(tried: &[Tried], folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    plots(tried).iter().try_for_each(|(name, plot)| super::plot::keep(folder, name, plot))
}
