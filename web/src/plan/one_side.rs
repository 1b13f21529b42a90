//! What has to go on one side of paper, whatever is on the record: of what matters less, less is shown
//! first, and it says that there is more in the full plan.

use crate::ask::{heading, list, paragraph};
use crate::components::{Markup, SummaryList, SummaryRow};

/// What one side holds at the size that it prints in (`kith-one-side`), in quarters of a line, below its
/// title and above the line that says of which day it is.
const SIDE: usize = 54 * 4;
/// What goes in a line: beside a row's key, as a row's key, and across the page; in quarters of a letter.
const VALUE: usize = 70 * 4;
const KEY: usize = 28 * 4;
const ACROSS: usize = 90 * 4;
/// How much is shown at most of one answer, in bytes: of what is needed, and of what can be left out. The
/// first with which all fits is taken.
const ROOMS: [(usize, usize); 10] = [
    (1200, 1200),
    (1200, 490),
    (700, 350),
    (490, 280),
    (490, 140),
    (350, 140),
    (350, 0),
    (210, 0),
    (140, 0),
    (70, 0),
];

/// A part of the side, under its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    title: &'static str,
    /// Rows of a key and a text; or, where they have no keys, lines.
    rows: Vec<(String, String)>,
    keyed: bool,
    none: &'static str,
    needed: bool,
}

impl Block {
    /// Rows of a key and a text.
    pub fn rows(title: &'static str, rows: Vec<(String, String)>) -> Self {
        let rows = rows.into_iter().map(|(key, text)| (key, in_line(&text))).collect();
        Self { title, rows, keyed: true, none: "Nothing is on the record yet.", needed: false }
    }

    /// Lines; with what stands there where there is none.
    pub fn lines(title: &'static str, lines: &[String], none: &'static str) -> Self {
        let rows = lines.iter().map(|line| (String::new(), in_line(line))).collect();
        Self { title, rows, keyed: false, none, needed: false }
    }

    /// The same as something that is left out last.
    #[must_use]
    pub fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    /// How high it stands with so much of each answer, in quarters of a line.
    fn height(&self, room: usize) -> usize {
        let row = |(key, text): &(String, String)| {
            let text = in_short(text, room);
            let across = if self.keyed { VALUE } else { ACROSS };
            // Rows stand a little apart, and lines of a list more.
            let apart = if self.keyed { 1 } else { 2 };
            lines(&text, across).max(lines(key, KEY)) * 4 + apart
        };
        let rows = self.rows.iter().map(row).sum::<usize>().max(4);
        if self.title.is_empty() { rows } else { rows + 8 }
    }
}

/// One side of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    blocks: Vec<Block>,
    rooms: (usize, usize),
    left_out: bool,
}

impl Side {
    /// A side of these, in their order.
    pub fn new(blocks: impl IntoIterator<Item = Block>) -> Self {
        Self { blocks: blocks.into_iter().collect(), rooms: ROOMS[0], left_out: false }
    }

    /// Shows less until all fits: first of what is not needed, then of all; at last the rows that stand
    /// last are left out, where most stand.
    pub fn fit(&mut self) {
        let fits = |rooms: &&(usize, usize)| {
            self.blocks.iter().map(|block| height(block, **rooms)).sum::<usize>() <= SIDE
        };
        let least = ROOMS[ROOMS.len() - 1];
        self.rooms = ROOMS.iter().find(fits).copied().unwrap_or(least);
        if self.rooms.1 == 0 {
            let before = self.blocks.len();
            self.blocks.retain(|block| block.needed || block.rows.is_empty());
            self.left_out = self.blocks.len() < before;
        }
        while self.height() > SIDE {
            let most = self.blocks.iter_mut().max_by_key(|block| block.rows.len());
            let Some(_) = most.and_then(|block| block.rows.pop()) else { return };
            self.left_out = true;
        }
    }

    /// How high it stands, in quarters of a line.
    fn height(&self) -> usize {
        self.blocks.iter().map(|block| height(block, self.rooms)).sum()
    }

    /// What of it is shown.
    pub fn parts(&self) -> Vec<Markup> {
        let mut parts: Vec<Markup> = Vec::new();
        for block in &self.blocks {
            if !block.title.is_empty() {
                parts.push(heading(block.title));
            }
            let room = room(block, self.rooms);
            let rows = block.rows.iter().map(|(key, text)| (key, in_short(text, room)));
            parts.push(match (block.rows.is_empty(), block.keyed) {
                (true, _) => paragraph(block.none),
                (false, false) => list(rows.map(|(_, text)| text)),
                (false, true) => {
                    SummaryList::new(rows.map(|(key, text)| SummaryRow::new(key.as_str(), text)))
                        .into()
                }
            });
        }
        if self.left_out {
            parts
                .push(paragraph("Not all of it fits on one side: there is more in the full plan."));
        }
        parts
    }
}

fn room(block: &Block, (needed, other): (usize, usize)) -> usize {
    if block.needed { needed } else { other }
}

fn height(block: &Block, rooms: (usize, usize)) -> usize {
    match room(block, rooms) {
        0 if !block.rows.is_empty() => 0,
        room => block.height(room),
    }
}

/// A text without its own line ends, of which there may be any number.
fn in_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a name or a number, where it is longer than there is room for.
pub fn cut(text: &str, room: usize) -> String {
    let text = in_line(text);
    if text.len() <= room {
        return text;
    }
    format!("{}…", text[..text.floor_char_boundary(room)].trim_end())
}

/// The beginning of a text, where it is longer than there is room for: it says that there is more.
fn in_short(text: &str, room: usize) -> String {
    if text.len() <= room {
        return text.to_owned();
    }
    let cut = &text[..text.floor_char_boundary(room)];
    let cut = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
    format!("{cut} … (more in the full plan)")
}

/// In how many lines of a width a text is set: word by word, and a word that is longer in pieces.
fn lines(text: &str, across: usize) -> usize {
    let (mut lines, mut at) = (1, 0);
    for word in text.split(' ') {
        let wide: usize = word.chars().map(width).sum();
        if at > 0 && at + 4 + wide > across {
            lines += 1;
            at = 0;
        } else if at > 0 {
            at += 4;
        }
        // A letter that does not fit in the line goes whole to the next.
        let pieces = wide / (across - 10);
        lines += pieces;
        at += wide - pieces * (across - 10);
    }
    lines
}

/// How wide a letter is, in quarters of an ordinary one.
fn width(letter: char) -> usize {
    match letter {
        'M' | 'W' | '@' | '%' => 7,
        'm' | 'w' | 'A'..='Z' => 6,
        ' '..='~' | '’' | '‘' => 4,
        letter if u32::from(letter) > 0xFFFF => 10,
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(number: usize, text: &str) -> Vec<(String, String)> {
        vec![("If Anneliese cannot come".to_owned(), text.to_owned()); number]
    }

    fn side(number: usize, text: &str) -> Side {
        let lines = vec![text.to_owned(); 6];
        Side::new([
            Block::rows("", rows(7, text)).needed(),
            Block::rows("When things get worse", rows(number, text)).needed(),
            Block::lines("Who to ring", &lines, "No number").needed(),
            Block::rows("What matters", rows(4, text)),
            Block::lines("Who works with them", &lines, "Nobody yet."),
        ])
    }

    #[test]
    fn what_is_little_is_shown_whole() {
        let mut few = side(3, "Ring Rosa");
        few.fit();
        assert_eq!((few.rooms, few.left_out), (ROOMS[0], false));
        assert_eq!(few.blocks.len(), 5);
        assert_eq!(in_short("Ring Rosa", 140), "Ring Rosa");
    }

    #[test]
    fn of_what_matters_less_less_is_shown_first_and_it_says_so() {
        let mut more = side(4, &"She likes to sit by the window. ".repeat(10));
        more.fit();
        assert!(more.rooms.0 > more.rooms.1, "{:?}", more.rooms);
        let text = "word ".repeat(100);
        let short = in_short(&text, 140);
        assert!(short.len() < 180 && short.ends_with("(more in the full plan)"), "{short}");
    }

    #[test]
    fn whatever_is_on_the_record_it_goes_on_one_side() {
        let hostile = [
            "W".repeat(20_000),
            "word ".repeat(4_000),
            "one\n\n\n\nline\n".repeat(1_000),
            "猫".repeat(5_000),
            "🐈 ".repeat(5_000),
            "Donaudampfschifffahrtsgesellschaftskapitän ".repeat(400),
        ];
        for text in &hostile {
            for number in [1, 8, 30, 200] {
                let mut side = side(number, text);
                side.fit();
                assert!(side.height() <= SIDE, "{number} of {text:.20}: {}", side.height());
                assert!(side.blocks.len() >= 3, "what is needed stays");
            }
        }
    }
}
