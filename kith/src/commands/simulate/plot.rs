//! Plots of a simulation.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use care::fund::simulate::{Mark, Simulation, Spread};
use web::components::BarPlot;

use super::show::signed;
use crate::columns::grouped;

/// Writes a plot of the sizes of the changes, and one for each way of grouping people.
pub fn write(found: &Simulation, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    keep(folder, "change", &histogram(found))?;
    found
        .spread
        .iter()
        .try_for_each(|spread| keep(folder, spread.dimension.code(), &groups(spread)))
}

/// Writes one plot into a folder.
pub fn keep(folder: &Path, name: &str, plot: &BarPlot) -> anyhow::Result<()> {
    let path = folder.join(format!("{name}.svg"));
    fs::write(&path, format!("{plot}\n"))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// How many people a change of each size befalls.
pub fn histogram(found: &Simulation) -> BarPlot {
    let title = "How many people pay how much more or less a week";
    let plot = BarPlot::new("change", title);
    found.bands.iter().fold(plot, |plot, band| {
        let length = i64::try_from(band.people).unwrap_or(i64::MAX);
        plot.bar(band.label.as_str(), length, grouped(band.people), false)
    })
}

/// The mean change of each group that is shown.
pub fn groups(spread: &Spread) -> BarPlot {
    let title = format!("{}: mean change a week", spread.label);
    let plot = BarPlot::new(spread.dimension.code(), title);
    spread.groups.iter().fold(plot, |plot, group| {
        let change = group.figures.map(|figures| figures.mean_change);
        let mark = group.figures.and_then(|figures| figures.mark);
        let figure = match (change, mark) {
            (None, _) => "not shown".to_owned(),
            (Some(change), None) => signed(change),
            (Some(change), Some(Mark::Harder)) => format!("{}, harder", signed(change)),
            (Some(change), Some(Mark::Easier)) => format!("{}, easier", signed(change)),
        };
        let length = change.map_or(0, law::pence::Pence::pence);
        plot.bar(group.label, length, figure, mark.is_some())
    })
}
