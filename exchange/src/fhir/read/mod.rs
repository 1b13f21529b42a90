//! Reading FHIR R4: from files to what the register keeps, as a stream.
//!
//! One thread reads and cuts blocks of whole lines, two parse, and the caller takes what they find
//! in the order it stood. Nothing is held but a few blocks: memory does not grow with the input.
//!
//! Every line of NDJSON and every entry of a Bundle is one [`Item`]: needed, left, or rejected with a
//! reason. A Bundle itself is only opened. Nothing here panics on what it reads.

mod alike;
mod blocks;
mod condition;
mod files;
mod json;
mod organisation;
mod parking;
mod parse;
mod patient;
mod split;

use std::ops::{ControlFlow, Range};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use care::find::intake::{ArrivedOrganisation, ArrivedPerson, OrganisationRef, Pointer, Subject};
use care::find::register::Coded;

use blocks::Block;
pub use files::{Feed, FeedFile, FilesError};
pub use parking::{ParkedRecord, Parking};

/// The longest line, document or Bundle entry that is read, in bytes. Longer ones are rejected; a
/// longer Bundle is read entry by entry.
pub const LONGEST: usize = if cfg!(test) { 1 << 20 } else { 16 << 20 };

/// Parsing threads.
const PARSERS: usize = 2;

/// Where an item stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, by its place in the feed.
    pub file: usize,
    /// The line, from 1.
    pub line: u64,
    /// The entry of a Bundle, from 1.
    pub entry: Option<u64>,
}

/// One line of NDJSON, or one entry of a Bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// Where it stood.
    pub place: Place,
    /// What it is.
    pub item: Item,
    /// What of it was not taken as it stood, and why, for a person to read.
    pub notes: Vec<String>,
}

/// What a line or an entry turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A Patient, and where it lies in case it must be read again ([`Parsed::raw`]).
    Person(Box<ArrivedPerson>, Box<Lies>),
    /// A Condition; its id and its code's text lie in [`Parsed::text`].
    Record(ArrivedRecord),
    /// An Organization.
    Organisation(Box<ArrivedOrganisation>),
    /// A `PractitionerRole`: the names that stand for its organisation.
    Role(Vec<OrganisationRef>, Pointer),
    /// Not needed: its type, and why.
    Left(String, &'static str),
    /// Could not be taken: its type, its id as far as they could be read, and why.
    Rejected(String, String, String),
    /// A Bundle whose entries follow; not an item to be counted.
    Bundle,
}

impl Item {
    /// The FHIR resource type.
    pub fn kind(&self) -> &str {
        match self {
            Self::Person(..) => "Patient",
            Self::Record(..) => "Condition",
            Self::Organisation(..) => "Organization",
            Self::Role(..) => "PractitionerRole",
            Self::Left(kind, _) | Self::Rejected(kind, ..) => kind,
            Self::Bundle => "Bundle",
        }
    }
}

/// A Condition, as it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArrivedRecord {
    /// Whom it is about.
    pub subject: Subject,
    /// What it says.
    pub coded: Coded,
    /// Its id, in [`Parsed::text`].
    pub id: Range<usize>,
    /// The text shown for its code, in [`Parsed::text`]; empty if this batch had it before.
    pub display: Range<usize>,
}

/// Where a resource lies as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lies {
    full_url: Option<String>,
    json: Json,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Json {
    /// In the bytes of its block.
    Block(Range<usize>),
    /// Here.
    Own(String),
}

/// A resource as it stood, to be read again later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// The entry's `fullUrl` in its Bundle.
    pub full_url: Option<String>,
    /// The resource's JSON.
    pub json: String,
}

/// A stretch of one file, parsed.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The items, in order.
    pub items: Vec<Arrived>,
    /// Ids and texts that items point into.
    pub text: String,
    /// Lines with nothing on them.
    pub blank: u64,
    /// Bytes of the file read so far, as they lie on disk.
    pub position: u64,
    file: usize,
    /// How many lines the stretch ends.
    advance: u64,
    /// The bytes it was read from.
    bytes: Vec<u8>,
}

impl Parsed {
    /// A resource as it stood.
    pub fn raw(&self, lies: &Lies) -> Raw {
        let json = match &lies.json {
            Json::Block(range) => {
                String::from_utf8_lossy(self.bytes.get(range.clone()).unwrap_or(&[])).into_owned()
            }
            Json::Own(json) => json.clone(),
        };
        Raw { full_url: lies.full_url.clone(), json }
    }

    /// The file, by its place in the feed.
    pub fn file(&self) -> usize {
        self.file
    }
}

/// Reads a feed from the named source, giving each stretch to `sink` in order, until it says stop.
pub fn read(feed: &Feed, source: &str, sink: &mut dyn FnMut(Parsed) -> ControlFlow<()>) {
    std::thread::scope(|threads| {
        let mut to_parsers = Vec::new();
        let mut from_parsers = Vec::new();
        for _ in 0..PARSERS {
            let (to_parser, blocks) = sync_channel::<Block>(4);
            let (to_sink, parsed) = sync_channel::<Parsed>(4);
            threads.spawn(move || parse_blocks(source, &blocks, &to_sink));
            to_parsers.push(to_parser);
            from_parsers.push(parsed);
        }
        threads.spawn(move || {
            let mut turn = to_parsers.iter().cycle();
            blocks::cut(feed, &mut |block| match turn.next().map(|to| to.send(block)) {
                Some(Ok(())) => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            });
        });
        in_order(&from_parsers, sink);
    });
}

fn parse_blocks(source: &str, blocks: &Receiver<Block>, to: &SyncSender<Parsed>) {
    let mut parser = parse::Parser::new(source);
    while let Ok(block) = blocks.recv() {
        if to.send(parser.block(block)).is_err() {
            return;
        }
    }
}

/// Blocks were dealt out in turn, so taking them in turn keeps their order.
fn in_order(parsers: &[Receiver<Parsed>], sink: &mut dyn FnMut(Parsed) -> ControlFlow<()>) {
    let mut lines = Lines::default();
    for parser in parsers.iter().cycle() {
        let Ok(mut parsed) = parser.recv() else { return };
        lines.number(&mut parsed);
        if sink(parsed).is_break() {
            return;
        }
    }
}

/// Counts lines through a file: a block only knows its own.
#[derive(Default)]
struct Lines {
    file: usize,
    behind: u64,
}

impl Lines {
    fn number(&mut self, parsed: &mut Parsed) {
        if parsed.file != self.file {
            *self = Self { file: parsed.file, behind: 0 };
        }
        for arrived in &mut parsed.items {
            arrived.place.line += self.behind;
        }
        self.behind += parsed.advance;
    }
}

/// Reads one resource again that was parked as it stood.
pub fn read_again(source: &str, place: Place, raw: &Raw) -> Arrived {
    parse::Parser::new(source).one(place, raw)
}

#[cfg(test)]
mod tests;
