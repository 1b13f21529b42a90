//! What an import rejected, or took with a warning: a CSV file for the people who can mend it.

use std::fs::File;
use std::path::PathBuf;

use anyhow::Context as _;
use csv::Writer;

/// The report. Its file is made when there is something to say.
pub struct Report {
    path: PathBuf,
    file: Option<Writer<File>>,
    waiting: Option<Line>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// `rejected` or `warning`.
    pub outcome: &'static str,
    /// The file.
    pub file: PathBuf,
    /// First and last line.
    pub lines: (u64, u64),
    /// Entry of a Bundle.
    pub entry: Option<u64>,
    /// FHIR resource type.
    pub kind: String,
    /// The resource's id.
    pub id: String,
    /// Why.
    pub reason: String,
}

impl Report {
    /// A report whose file is made when it is needed.
    pub fn at(path: PathBuf) -> Self {
        Self { path, file: None, waiting: None }
    }

    /// A report whose file is made now.
    pub fn create(path: PathBuf) -> anyhow::Result<Self> {
        let mut report = Self::at(path);
        report.open()?;
        Ok(report)
    }

    fn open(&mut self) -> anyhow::Result<&mut Writer<File>> {
        let path = &self.path;
        let file = match self.file.take() {
            Some(file) => file,
            None => {
                let cannot = || format!("cannot write the report {}", path.display());
                let mut file = Writer::from_writer(File::create(path).with_context(cannot)?);
                file.write_record([
                    "outcome", "file", "line", "entry", "resource", "id", "reason",
                ])?;
                file
            }
        };
        Ok(self.file.insert(file))
    }

    /// Adds a line. Lines of a file that follow each other and say the same become one.
    pub fn add(&mut self, line: Line) -> anyhow::Result<()> {
        if let Some(last) = &mut self.waiting
            && last.lines.1 + 1 == line.lines.0
            && line.id.is_empty()
            && *last == (Line { lines: last.lines, ..line.clone() })
        {
            last.lines.1 = line.lines.1;
            return Ok(());
        }
        if let Some(last) = self.waiting.replace(line) {
            self.write(&last)?;
        }
        Ok(())
    }

    fn write(&mut self, line: &Line) -> anyhow::Result<()> {
        let lines = match line.lines {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        };
        let file = line.file.to_string_lossy();
        let entry = line.entry.map(|entry| entry.to_string()).unwrap_or_default();
        let fields = [line.outcome, &file, &lines, &entry, &line.kind, &line.id, &line.reason];
        let fields = fields.map(harmless);
        self.open()?.write_record(fields.iter().map(String::as_str))?;
        Ok(())
    }

    /// Ends the report; where it is, if there is one.
    pub fn end(mut self) -> anyhow::Result<Option<PathBuf>> {
        if let Some(last) = self.waiting.take() {
            self.write(&last)?;
        }
        match &mut self.file {
            Some(file) => {
                file.flush().with_context(|| format!("cannot write {}", self.path.display()))?;
                Ok(Some(self.path))
            }
            None => Ok(None),
        }
    }
}

/// A spreadsheet must not take what a feed sent for a formula.
fn harmless(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula { format!("'{text}") } else { text.to_owned() }
}
