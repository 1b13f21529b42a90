//! Plots of bars, as SVG that says in words what it shows.

use askama::Template;

use super::html_parts;

/// Bars under each other. A bar to the right of the line is a rise, or a number; one to the left a
/// fall. Every bar has its figure beside it, so that nothing rests on colour or on length alone.
#[derive(Debug, Clone, Template)]
#[template(path = "components/bar-plot.html")]
pub struct BarPlot {
    id: String,
    title: String,
    bars: Vec<Bar>,
}

html_parts!(BarPlot);

/// A bar: its name, its length, the figure beside it, and whether it stands out.
#[derive(Debug, Clone)]
struct Bar {
    name: String,
    length: i64,
    figure: String,
    marked: bool,
}

/// A bar where it is drawn.
struct Placed<'a> {
    bar: &'a Bar,
    y: i64,
    from: i64,
    width: i64,
    /// Where the figure stands: right of the bar, and of the line.
    beside: i64,
}

const WIDTH: i64 = 760;
const HEAD: i64 = 56;
const STEP: i64 = 28;
/// How much room the names have, at the least and at the most; and a letter of one.
const NAMES: (i64, i64) = (210, 420);
const LETTER: i64 = 8;
/// How much room the figure beside the longest bar has.
const FIGURE: i64 = 150;

impl BarPlot {
    /// A plot without bars. The id is one word, and no other part of the page has it.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), bars: Vec::new() }
    }

    /// One more bar, below the others.
    #[must_use]
    pub fn bar(
        mut self,
        name: impl Into<String>,
        length: i64,
        figure: impl Into<String>,
        marked: bool,
    ) -> Self {
        self.bars.push(Bar { name: name.into(), length, figure: figure.into(), marked });
        self
    }

    fn height(&self) -> i64 {
        HEAD + i64::try_from(self.bars.len()).unwrap_or(0) * STEP + 16
    }

    /// What the plot shows, in words.
    fn says(&self) -> String {
        let said: Vec<String> =
            self.bars.iter().map(|bar| format!("{}: {}", bar.name, bar.figure)).collect();
        said.join("; ")
    }

    /// Where the names end.
    fn names(&self) -> i64 {
        let longest = self.bars.iter().map(|bar| bar.name.chars().count()).max().unwrap_or(0);
        let longest = i64::try_from(longest).unwrap_or(i64::MAX / LETTER);
        longest.saturating_mul(LETTER).clamp(NAMES.0, NAMES.1)
    }

    /// Where the line is that bars begin at, and how much length stands for the whole room.
    fn scale(&self) -> (i64, i64) {
        let longest = self.bars.iter().map(|bar| bar.length).max().unwrap_or(0).max(0);
        let lowest = self.bars.iter().map(|bar| bar.length).min().unwrap_or(0).min(0);
        let whole = (longest - lowest).max(1);
        let names = self.names();
        (names + -lowest * (WIDTH - names - FIGURE) / whole, whole)
    }

    fn placed(&self) -> Vec<Placed<'_>> {
        let ((zero, whole), room) = (self.scale(), WIDTH - self.names() - FIGURE);
        let mut placed = Vec::with_capacity(self.bars.len());
        let mut y = HEAD;
        for bar in &self.bars {
            let width = bar.length.abs() * room / whole;
            placed.push(Placed {
                bar,
                y,
                from: if bar.length < 0 { zero - width } else { zero },
                width,
                beside: zero + bar.length.max(0) * room / whole + 8,
            });
            y += STEP;
        }
        placed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_says_in_words_what_it_shows_and_its_bars_stay_inside() {
        let svg = BarPlot::new("rise", "Rise & fall")
            .bar("<25", -300, "-300", false)
            .bar("85+", 900, "900", true)
            .to_string();
        assert!(svg.contains("<title id=\"rise-title\">Rise &#38; fall</title>"), "{svg}");
        assert!(svg.contains("<desc id=\"rise-desc\">&#60;25: -300; 85+: 900.</desc>"), "{svg}");
        // The room is 400: a quarter of it left of the line, three quarters right.
        assert!(svg.contains("x=\"210\" y=\"56\" width=\"100\""), "{svg}");
        assert!(svg.contains("x=\"310\" y=\"84\" width=\"300\""), "{svg}");
    }
}
