//! Plots of bars, as SVG that says in words what it shows.

use std::fmt;

use askama::Template;

use super::html_parts;

/// Bars under each other. A bar to the right of the line is a rise, or a number; one to the left a
/// fall. Every bar has its name and figure above it, so that nothing rests on colour or on length alone, and
/// the letters keep their size on a narrow page.
#[derive(Debug, Clone, Template)]
#[template(path = "components/bar-plot.html")]
pub struct BarPlot {
    id: String,
    title: String,
    bars: Vec<Bar>,
    /// From where to where its scale goes at least; where both are 0, the longest bar fills it.
    scale: (i64, i64),
}

html_parts!(BarPlot);

/// A bar: its name, its length, its figure, and whether it stands out.
#[derive(Debug, Clone)]
struct Bar {
    name: String,
    length: i64,
    figure: String,
    marked: bool,
}

/// A bar where it is drawn, with its words above it.
struct Placed<'a> {
    bar: &'a Bar,
    /// The lines of its name and figure, each with where it stands.
    words: Vec<(i64, String)>,
    y: i64,
    from: Permille,
    width: Permille,
}

/// A part of the plot's width, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Permille(i64);

impl fmt::Display for Permille {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}%", self.0 / 10, self.0 % 10)
    }
}

/// How wide it is by itself; a page may make it narrower, and only the bars become shorter.
const WIDTH: i64 = 760;
const LINE: i64 = 20;
const BAR: i64 = 16;
const GAP: i64 = 12;
/// How many letters of a name, and of the title, stand in a line of the narrowest phone.
const LETTERS: (usize, usize) = (34, 27);

/// A text in lines of so many letters, parted between words.
fn in_lines(text: &str, letters: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

impl BarPlot {
    /// A plot without bars. The id is one word, and no other part of the page has it.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), bars: Vec::new(), scale: (0, 0) }
    }

    /// On a scale of its own, such as of every hundred: a bar is as long as its part of it, and shows what is
    /// missing.
    #[must_use]
    pub const fn on_scale(mut self, lowest: i64, highest: i64) -> Self {
        self.scale = (lowest, highest);
        self
    }

    /// Whether it has a scale of its own.
    fn has_scale(&self) -> bool {
        self.scale != (0, 0)
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
        self.placed().last().map_or(self.head(), |last| last.y + BAR) + GAP
    }

    /// The title in lines, each with where it stands.
    fn heading(&self) -> Vec<(i64, String)> {
        let lines = in_lines(&self.title, LETTERS.1);
        (1..).map(|line| line * (LINE + 4)).zip(lines).collect()
    }

    /// Where the bars begin.
    fn head(&self) -> i64 {
        self.heading().last().map_or(0, |(y, _)| *y) + GAP
    }

    /// What the plot shows, in words.
    fn says(&self) -> String {
        let said: Vec<String> =
            self.bars.iter().map(|bar| format!("{}: {}", bar.name, bar.figure)).collect();
        said.join("; ")
    }

    /// Where the line is that bars begin at, and how much length stands for the whole width.
    fn scale(&self) -> (Permille, i64) {
        let longest = self.bars.iter().map(|bar| bar.length).max().unwrap_or(0).max(self.scale.1);
        let lowest = self.bars.iter().map(|bar| bar.length).min().unwrap_or(0).min(self.scale.0);
        let whole = (longest - lowest).max(1);
        (Permille(-lowest * 1000 / whole), whole)
    }

    fn placed(&self) -> Vec<Placed<'_>> {
        let (zero, whole) = self.scale();
        let mut placed = Vec::with_capacity(self.bars.len());
        let mut y = self.head();
        for bar in &self.bars {
            let width = bar.length.abs() * 1000 / whole;
            let lines = in_lines(&format!("{}: {}", bar.name, bar.figure), LETTERS.0);
            let words: Vec<_> = (1..).map(|line| y + line * LINE - 5).zip(lines).collect();
            y += i64::try_from(words.len()).unwrap_or(1) * LINE;
            let from = Permille(if bar.length < 0 { zero.0 - width } else { zero.0 });
            placed.push(Placed { bar, words, y, from, width: Permille(width) });
            y += BAR + GAP;
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
        // A quarter of the width is left of the line, three quarters right.
        assert!(svg.contains("x=\"0.0%\" y=\"56\" width=\"25.0%\""), "{svg}");
        assert!(svg.contains("x=\"25.0%\" y=\"104\" width=\"75.0%\""), "{svg}");
    }

    #[test]
    fn a_bar_on_a_scale_is_as_long_as_its_part_of_it() {
        let plot = BarPlot::new("plans", "Of every hundred").on_scale(0, 100);
        let svg = plot.bar("North", 12, "12", false).to_string();
        assert!(svg.contains("width=\"12.0%\"") && svg.contains("fill=\"#f3f2f1\""), "{svg}");
        let svg = BarPlot::new("plans", "Plans").bar("North", 12, "12", false).to_string();
        assert!(svg.contains("width=\"100.0%\"") && !svg.contains("fill=\"#f3f2f1\""), "{svg}");
    }

    /// Letters keep their size where the page is narrow, so they are legible on a phone: nothing is scaled.
    #[test]
    fn on_a_narrow_page_bars_become_shorter_and_letters_no_smaller() {
        let name = "Tulse Hill, West Dulwich and Gipsy Hill neighbourhood team";
        let svg = BarPlot::new("late", "Late: by neighbourhood, of everything that is due")
            .bar(name, 3, "3 of 12", true)
            .to_string();
        assert!(!svg.contains("viewBox"), "{svg}");
        let sizes = svg.split("font-size=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let sizes: Vec<u32> = sizes.map(|size| size.parse().unwrap()).collect();
        assert!(!sizes.is_empty() && sizes.iter().all(|size| *size >= 12), "{sizes:?}");
        let lines: Vec<&str> = svg
            .split("</text>")
            .filter_map(|part| part.rsplit_once('>').map(|(_, line)| line))
            .collect();
        assert!(lines.iter().all(|line| line.chars().count() <= LETTERS.0), "{lines:?}");
        let words = lines.join(" ");
        assert!(words.contains(name) && words.contains("3 of 12"), "{words}");
    }
}
