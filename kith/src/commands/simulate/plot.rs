//! Plots of a simulation: small SVG files that say in words what they show.
//!
//! A bar to the right of the line is a rise, or a number of people; one to the left a fall. Every bar
//! has its figure beside it, so that nothing rests on colour or on length alone.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use care::fund::simulate::{Mark, Simulation, Spread};

use super::show::signed;
use crate::columns::grouped;

/// A bar: its name, its length, the figure beside it, and whether it stands out.
struct Bar {
    name: String,
    length: i64,
    figure: String,
    marked: bool,
}

const WIDTH: i64 = 760;
const HEAD: i64 = 56;
const STEP: i64 = 28;
/// Where the names end, and how much room the longest bar and its figure have.
const NAMES: i64 = 210;
const FIGURE: i64 = 150;

/// Writes a plot of the sizes of the changes, and one for each way of grouping people.
pub fn write(found: &Simulation, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let keep = |file: &str, svg: &str| {
        let path = folder.join(format!("{file}.svg"));
        fs::write(&path, svg).with_context(|| format!("cannot write {}", path.display()))
    };
    keep("change", &histogram(found))?;
    found.spread.iter().try_for_each(|spread| keep(spread.dimension.code(), &groups(spread)))
}

/// How many people a change of each size befalls.
fn histogram(found: &Simulation) -> String {
    let bars: Vec<Bar> = found
        .bands
        .iter()
        .map(|band| Bar {
            name: band.label.clone(),
            length: i64::try_from(band.people).unwrap_or(i64::MAX),
            figure: grouped(band.people),
            marked: false,
        })
        .collect();
    plot("How many people pay how much more or less a week", &bars)
}

/// The mean change of each group that is shown.
fn groups(spread: &Spread) -> String {
    let bars: Vec<Bar> = spread
        .groups
        .iter()
        .map(|group| {
            let change = group.figures.map(|figures| figures.mean_change);
            let mark = group.figures.and_then(|figures| figures.mark);
            let figure = match (change, mark) {
                (None, _) => "not shown".to_owned(),
                (Some(change), None) => signed(change),
                (Some(change), Some(Mark::Harder)) => format!("{}, harder", signed(change)),
                (Some(change), Some(Mark::Easier)) => format!("{}, easier", signed(change)),
            };
            let length = change.map_or(0, law::pence::Pence::pence);
            Bar { name: group.label.to_owned(), length, figure, marked: mark.is_some() }
        })
        .collect();
    let title = format!("{}: mean change a week", spread.label);
    plot(&title, &bars)
}

fn plot(title: &str, bars: &[Bar]) -> String {
    let rows = i64::try_from(bars.len()).unwrap_or(0);
    let height = HEAD + rows * STEP + 16;
    let said: Vec<String> =
        bars.iter().map(|bar| format!("{}: {}", bar.name, bar.figure)).collect();
    let mut svg = String::new();
    // Writing to a string cannot fail.
    let mut line = |text: String| {
        let _ = writeln!(svg, "{text}");
    };
    line(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\" \
         font-family=\"Arial, sans-serif\" font-size=\"15\">"
    ));
    line(format!("<title id=\"title\">{}</title>", escaped(title)));
    line(format!("<desc id=\"desc\">{}.</desc>", escaped(&said.join("; "))));
    line(format!("<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>"));
    line(format!(
        "<text x=\"16\" y=\"30\" font-size=\"19\" font-weight=\"bold\" fill=\"#0b0c0c\">{}</text>",
        escaped(title)
    ));
    let scale = Scale::of(bars);
    for (bar, y) in bars.iter().zip((HEAD..).step_by(STEP.unsigned_abs().try_into().unwrap_or(1))) {
        let (from, width) = scale.span(bar.length);
        let colour = if bar.marked { "#942514" } else { "#1d70b8" };
        let text = y + 15;
        let beside = scale.right(bar.length) + 8;
        line(format!(
            "<text x=\"{}\" y=\"{text}\" text-anchor=\"end\" fill=\"#0b0c0c\">{}</text>",
            NAMES - 10,
            escaped(&bar.name)
        ));
        line(format!(
            "<rect x=\"{from}\" y=\"{y}\" width=\"{width}\" height=\"20\" fill=\"{colour}\"/>"
        ));
        line(format!(
            "<text x=\"{beside}\" y=\"{text}\" fill=\"#0b0c0c\">{}</text>",
            escaped(&bar.figure)
        ));
    }
    let (zero, bottom) = (scale.zero, height - 12);
    line(format!(
        "<line x1=\"{zero}\" y1=\"{}\" x2=\"{zero}\" y2=\"{bottom}\" stroke=\"#0b0c0c\"/>",
        HEAD - 6
    ));
    line("</svg>".to_owned());
    svg
}

/// Where lengths lie: the line they begin at, and how much stands for the whole room.
struct Scale {
    zero: i64,
    room: i64,
    whole: i64,
}

impl Scale {
    fn of(bars: &[Bar]) -> Self {
        let longest = bars.iter().map(|bar| bar.length).max().unwrap_or(0).max(0);
        let lowest = bars.iter().map(|bar| bar.length).min().unwrap_or(0).min(0);
        let room = WIDTH - NAMES - FIGURE;
        let whole = (longest - lowest).max(1);
        Self { zero: NAMES + -lowest * room / whole, room, whole }
    }

    fn span(&self, length: i64) -> (i64, i64) {
        let width = length.abs() * self.room / self.whole;
        (if length < 0 { self.zero - width } else { self.zero }, width)
    }

    /// Where the figure of a bar stands: right of the bar, and of the line.
    fn right(&self, length: i64) -> i64 {
        self.zero + length.max(0) * self.room / self.whole
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_says_in_words_what_it_shows_and_its_bars_stay_inside() {
        let bar = |name: &str, length| Bar {
            name: name.to_owned(),
            length,
            figure: length.to_string(),
            marked: false,
        };
        let svg = plot("Rise & fall", &[bar("<25", -300), bar("85+", 900)]);
        assert!(svg.contains("<title id=\"title\">Rise &amp; fall</title>"), "{svg}");
        assert!(svg.contains("<desc id=\"desc\">&lt;25: -300; 85+: 900.</desc>"), "{svg}");
        // The room is 400: a quarter of it left of the line, three quarters right.
        assert!(svg.contains("x=\"210\" y=\"56\" width=\"100\""), "{svg}");
        assert!(svg.contains("x=\"310\" y=\"84\" width=\"300\""), "{svg}");
    }
}
