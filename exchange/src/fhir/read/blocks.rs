//! Cutting files into blocks that can be parsed on their own.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::files::GZIP;
use super::split::{Event, Splitter};
use super::{Feed, LONGEST};

/// What is read at a time: small enough to stay in the processor's cache until it is parsed.
const BLOCK: usize = 256 << 10;

/// A piece of a file.
#[derive(Debug)]
pub(super) struct Block {
    pub file: usize,
    /// Bytes of the file read so far, as they lie on disk.
    pub position: u64,
    pub piece: Piece,
}

#[derive(Debug)]
pub(super) enum Piece {
    /// Whole lines; the last may lack its line end.
    Lines(Vec<u8>),
    /// One JSON document over several lines.
    Document(Vec<u8>),
    /// Entries of a Bundle that is too large to hold.
    Entries(Vec<Entry>),
    /// Something that cannot be read: how many lines further on, and why.
    Trouble(u64, String),
    /// This many lines are over.
    Advance(u64),
}

/// An entry of a large Bundle.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its number in the Bundle, from 1.
    pub number: u64,
    /// Lines from where the Bundle starts.
    pub line: u64,
    pub json: Vec<u8>,
}

type Emit<'a> = &'a mut dyn FnMut(Block) -> ControlFlow<()>;

/// Cuts all files, in order, until `emit` says stop.
pub(super) fn cut(feed: &Feed, emit: Emit) {
    for (file, one) in feed.files.iter().enumerate() {
        let position = Arc::new(AtomicU64::new(0));
        let mut cutter = Cutter { file, position: Arc::clone(&position), emit: &mut *emit };
        let flow = match File::open(&one.path) {
            Ok(opened) => cutter.file(Counted { inner: opened, position }),
            Err(error) => cutter.trouble(0, format!("the file cannot be opened: {error}")),
        };
        if flow.is_break() {
            return;
        }
    }
}

/// Counts what is read, so that progress is told in bytes of the file itself.
struct Counted<R> {
    inner: R,
    position: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.position.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

pub(super) struct Cutter<'a> {
    file: usize,
    position: Arc<AtomicU64>,
    emit: Emit<'a>,
}

/// What came of filling a buffer.
enum Filled {
    More,
    End,
    Broken(io::Error),
}

fn fill(from: &mut dyn Read, buffer: &mut Vec<u8>, up_to: usize) -> Filled {
    let missing = up_to.saturating_sub(buffer.len()) as u64;
    match from.take(missing).read_to_end(buffer) {
        Ok(length) if (length as u64) < missing => Filled::End,
        Ok(_) => Filled::More,
        Err(error) => Filled::Broken(error),
    }
}

impl Cutter<'_> {
    #[cfg(test)]
    pub(super) fn for_test(emit: Emit<'_>) -> Cutter<'_> {
        Cutter { file: 0, position: Arc::default(), emit }
    }

    fn emit(&mut self, piece: Piece) -> ControlFlow<()> {
        let position = self.position.load(Ordering::Relaxed);
        (self.emit)(Block { file: self.file, position, piece })
    }

    fn trouble(&mut self, lines: u64, why: impl Into<String>) -> ControlFlow<()> {
        self.emit(Piece::Trouble(lines, why.into()))
    }

    /// Cuts one file.
    pub(super) fn file(&mut self, mut raw: impl Read) -> ControlFlow<()> {
        let mut start = Vec::new();
        if let Filled::Broken(error) = fill(&mut raw, &mut start, GZIP.len()) {
            return self.trouble(0, format!("the file cannot be read: {error}"));
        }
        let zipped = start == GZIP;
        let raw = io::Cursor::new(start).chain(raw);
        if zipped { self.text(&mut MultiGzDecoder::new(raw)) } else { self.text(&mut { raw }) }
    }

    fn text(&mut self, from: &mut dyn Read) -> ControlFlow<()> {
        let mut start = Vec::with_capacity(BLOCK);
        let filled = fill(from, &mut start, BLOCK);
        if start.starts_with(b"\xef\xbb\xbf") {
            start.drain(..3);
        }
        if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
            return self
                .trouble(0, "the file is in UTF-16; FHIR is UTF-8: export it again as UTF-8");
        }
        if memchr::memchr(0, &start).is_some() {
            return self.trouble(0, "this is not a text file, so it is not FHIR JSON");
        }
        if is_document(&start) {
            self.document(start, filled, from)
        } else {
            self.lines(start, filled, from)
        }
    }

    /// NDJSON: blocks end where a line does.
    fn lines(
        &mut self,
        mut buffer: Vec<u8>,
        mut filled: Filled,
        from: &mut dyn Read,
    ) -> ControlFlow<()> {
        loop {
            let end = memchr::memrchr(b'\n', &buffer).map(|at| at + 1);
            match (end, filled) {
                (Some(end), Filled::More) => {
                    let mut rest = Vec::with_capacity(BLOCK + 4096);
                    rest.extend_from_slice(&buffer[end..]);
                    buffer.truncate(end);
                    self.emit(Piece::Lines(buffer))?;
                    buffer = rest;
                    filled = fill(from, &mut buffer, BLOCK);
                }
                (None, Filled::More) if buffer.len() >= LONGEST => {
                    (buffer, filled) = self.long_line(&buffer, from)?;
                }
                (None, Filled::More) => {
                    let larger = (buffer.len() * 2).min(LONGEST);
                    filled = fill(from, &mut buffer, larger);
                }
                (_, Filled::End) => {
                    return if buffer.is_empty() {
                        ControlFlow::Continue(())
                    } else {
                        self.emit(Piece::Lines(buffer))
                    };
                }
                (end, Filled::Broken(error)) => {
                    buffer.truncate(end.unwrap_or(0));
                    if !buffer.is_empty() {
                        self.emit(Piece::Lines(buffer))?;
                    }
                    return self.trouble(0, broken(&error));
                }
            }
        }
    }

    /// A line that is too long to hold: a Bundle is read entry by entry, anything else is passed
    /// over to its end. Gives back what follows it.
    fn long_line(
        &mut self,
        start: &[u8],
        from: &mut dyn Read,
    ) -> ControlFlow<(), (Vec<u8>, Filled)> {
        let mut entries = Entries::default();
        let mut splitter = Splitter::default();
        splitter.feed(start, &mut |event| entries.take(event));
        let bundle = splitter.in_entries();
        if bundle {
            entries.flush(self)?;
        } else {
            let why = format!(
                "the line is longer than {} MB, and is not a Bundle that says so before its \
                 entries: too long to be one resource",
                LONGEST >> 20
            );
            self.trouble(0, why)?;
        }
        loop {
            let mut buffer = Vec::with_capacity(BLOCK);
            let filled = fill(from, &mut buffer, BLOCK);
            let end = memchr::memchr(b'\n', &buffer);
            if bundle {
                let line = &buffer[..end.unwrap_or(buffer.len())];
                splitter.feed(line, &mut |event| entries.take(event));
                entries.flush(self)?;
            }
            match (end, filled) {
                (None, Filled::More) => {}
                (None, Filled::Broken(error)) => {
                    self.trouble(0, broken(&error))?;
                    return ControlFlow::Continue((Vec::new(), Filled::End));
                }
                (end, filled) => {
                    if bundle {
                        splitter.finish(&mut |event| entries.take(event));
                        entries.flush(self)?;
                    }
                    self.emit(Piece::Advance(1))?;
                    let rest = end.map_or(&[][..], |end| &buffer[end + 1..]).to_vec();
                    return ControlFlow::Continue((rest, filled));
                }
            }
        }
    }

    /// One JSON document over many lines: held if it is small, otherwise a Bundle read entry by
    /// entry.
    fn document(
        &mut self,
        mut buffer: Vec<u8>,
        mut filled: Filled,
        from: &mut dyn Read,
    ) -> ControlFlow<()> {
        if matches!(filled, Filled::More) {
            filled = fill(from, &mut buffer, LONGEST);
        }
        match filled {
            Filled::End => return self.emit(Piece::Document(buffer)),
            Filled::Broken(error) => {
                self.emit(Piece::Document(buffer))?;
                return self.trouble(0, broken(&error));
            }
            Filled::More => {}
        }
        let mut entries = Entries::default();
        let mut splitter = Splitter::default();
        splitter.feed(&buffer, &mut |event| entries.take(event));
        if !splitter.in_entries() {
            let why = format!(
                "the file is one JSON document longer than {} MB, and not a Bundle that says so \
                 before its entries: too long to be one resource",
                LONGEST >> 20
            );
            return self.trouble(0, why);
        }
        loop {
            entries.flush(self)?;
            buffer.clear();
            let filled = fill(from, &mut buffer, BLOCK);
            splitter.feed(&buffer, &mut |event| entries.take(event));
            match filled {
                Filled::More => {}
                Filled::End => {
                    splitter.finish(&mut |event| entries.take(event));
                    return entries.flush(self);
                }
                Filled::Broken(error) => {
                    entries.flush(self)?;
                    return self.trouble(splitter.line(), broken(&error));
                }
            }
        }
    }
}

fn broken(error: &io::Error) -> String {
    format!(
        "the file is cut short or damaged from here on ({error}): what came before is taken; send \
         the file again"
    )
}

/// Entries waiting to be sent on as one block.
#[derive(Default)]
struct Entries {
    found: Vec<Entry>,
    trouble: Vec<(u64, String)>,
    number: u64,
}

impl Entries {
    fn take(&mut self, event: Event) {
        match event {
            Event::Entry { json, line } => {
                self.number += 1;
                self.found.push(Entry { number: self.number, line, json });
            }
            Event::Trouble { line, why } => self.trouble.push((line, why)),
        }
    }

    fn flush(&mut self, to: &mut Cutter) -> ControlFlow<()> {
        if !self.found.is_empty() {
            to.emit(Piece::Entries(std::mem::take(&mut self.found)))?;
        }
        for (line, why) in self.trouble.drain(..) {
            to.trouble(line, why)?;
        }
        ControlFlow::Continue(())
    }
}

/// Whether a file that starts like this is one document over many lines, rather than a resource a
/// line.
///
/// It is, if its first line does not end what it opens and the next does not open a resource; if
/// the next does, the first is a damaged line.
fn is_document(start: &[u8]) -> bool {
    let mut lines = start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let Some(first) = lines.by_ref().find(|line| !line.is_empty()) else { return false };
    if !matches!(first[0], b'{' | b'[') || Splitter::is_whole(first) {
        return false;
    }
    match lines.find(|line| !line.is_empty()) {
        Some(next) => next[0] != b'{' || first == b"[",
        None => false,
    }
}
