//! A borough as the files a surgery system exports: FHIR R4 UK Core, one resource a line.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use care::find::register;
use exchange::fhir::write::{self, Problem};
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::coding::at;
use crate::tables::TABLES;
use crate::{Borough, FEED_DAY, Inhabitant};

/// How to write the files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Compress them (`.ndjson.gz`).
    pub gzip: bool,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// Organizations.
    pub practices: u32,
    /// Patients.
    pub residents: u32,
    /// Conditions.
    pub conditions: u64,
    /// The files, in the order an import reads them best.
    pub files: Vec<PathBuf>,
}

/// Why the files could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {reason}", path.display())]
pub struct CannotWrite {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub reason: io::Error,
}

/// Writes `Organization.ndjson`, `Patient.ndjson` and `Condition.ndjson` into a folder, which is made
/// if need be. The Conditions are grouped by Patient, in the same order. `progress` is told how many
/// residents are written, every thousand.
///
/// The files take their names when all is written, so that half a borough is never mistaken for one.
pub fn write_ndjson(
    borough: &Borough,
    folder: &Path,
    options: Options,
    progress: &mut dyn FnMut(u32),
) -> Result<Written, CannotWrite> {
    std::fs::create_dir_all(folder)
        .map_err(|reason| CannotWrite { path: folder.to_owned(), reason })?;
    let mut organisations = Sink::create(folder, "Organization", options)?;
    let mut patients = Sink::create(folder, "Patient", options)?;
    let mut conditions = Sink::create(folder, "Condition", options)?;
    let mut written = Written { practices: 0, residents: 0, conditions: 0, files: Vec::new() };
    let mut lines = Vec::with_capacity(16 * 1024);
    for site in &TABLES.practices {
        let practice = register::Practice { ods: site.ods.clone(), name: site.name.clone() };
        lines.clear();
        write::organisation(&mut lines, &practice, &site.postcode, at(FEED_DAY, 0));
        organisations.write(&lines)?;
        written.practices += 1;
    }
    for inhabitant in borough.residents() {
        lines.clear();
        write::patient(&mut lines, &inhabitant.resident);
        patients.write(&lines)?;
        lines.clear();
        write_conditions(&mut lines, &inhabitant);
        conditions.write(&lines)?;
        written.conditions += inhabitant.records.len() as u64;
        written.residents += 1;
        if written.residents.is_multiple_of(1000) {
            progress(written.residents);
        }
    }
    for sink in [organisations, patients, conditions] {
        written.files.push(sink.finish()?);
    }
    Ok(written)
}

/// Appends a person's Conditions, numbered within the person.
fn write_conditions(lines: &mut Vec<u8>, inhabitant: &Inhabitant) {
    let patient = &inhabitant.resident.source.id;
    for (number, record) in (1..).zip(&inhabitant.records) {
        let id = format!("{patient}-{number}");
        write::condition(
            lines,
            &Problem {
                id: &id,
                patient,
                code: record.code,
                words: record.words,
                onset: record.onset,
                recorded: record.recorded,
                clinical: record.clinical,
                verification: record.verification,
                updated: Some(record.updated),
            },
        );
    }
}

/// A file that takes its name at the end.
struct Sink {
    path: PathBuf,
    part: PathBuf,
    to: Encoder,
}

enum Encoder {
    Plain(BufWriter<File>),
    Gzip(GzEncoder<BufWriter<File>>),
}

impl Sink {
    fn create(folder: &Path, resource: &str, options: Options) -> Result<Self, CannotWrite> {
        let suffix = if options.gzip { ".ndjson.gz" } else { ".ndjson" };
        let path = folder.join(format!("{resource}{suffix}"));
        let part = folder.join(format!("{resource}{suffix}.part"));
        let file =
            File::create(&part).map_err(|reason| CannotWrite { path: part.clone(), reason })?;
        let file = BufWriter::with_capacity(256 * 1024, file);
        let to = if options.gzip {
            Encoder::Gzip(GzEncoder::new(file, Compression::fast()))
        } else {
            Encoder::Plain(file)
        };
        Ok(Self { path, part, to })
    }

    fn write(&mut self, lines: &[u8]) -> Result<(), CannotWrite> {
        let done = match &mut self.to {
            Encoder::Plain(to) => to.write_all(lines),
            Encoder::Gzip(to) => to.write_all(lines),
        };
        done.map_err(|reason| CannotWrite { path: self.part.clone(), reason })
    }

    fn finish(self) -> Result<PathBuf, CannotWrite> {
        let Self { path, part, to } = self;
        let flushed = match to {
            Encoder::Plain(mut to) => to.flush(),
            Encoder::Gzip(to) => to.finish().and_then(|mut to| to.flush()),
        };
        flushed
            .and_then(|()| std::fs::rename(&part, &path))
            .map_err(|reason| CannotWrite { path: part, reason })?;
        Ok(path)
    }
}
