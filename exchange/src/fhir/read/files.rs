//! Which files make up a feed.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The first two bytes of a gzip file, whatever its name.
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The files of a feed, in the order they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// The files.
    pub files: Vec<FeedFile>,
    /// Files found in a folder that are not FHIR JSON by name nor by their first bytes.
    pub passed_over: Vec<PathBuf>,
}

/// A file of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes, as it lies on disk.
    pub size: u64,
}

/// A path that cannot be read from at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}: {why}")]
pub struct FilesError {
    /// The path, as given.
    pub path: String,
    /// Why.
    pub why: io::Error,
}

impl Feed {
    /// Finds the files under these paths.
    ///
    /// A file that is named is read whatever it is called. In a folder, those below it are read too;
    /// hidden files are not. Organisations come before people, and people before the rest, as far
    /// as names show it: then little has to wait. Otherwise the order is that of the paths.
    pub fn find(paths: &[PathBuf]) -> Result<Self, FilesError> {
        let mut feed = Self::default();
        let mut seen = HashSet::new();
        for path in paths {
            let error = |why| FilesError { path: path.display().to_string(), why };
            let about = fs::metadata(path).map_err(error)?;
            if about.is_dir() {
                feed.folder(path, &mut seen).map_err(error)?;
            } else {
                File::open(path).map_err(error)?;
                feed.files.push(FeedFile { path: path.clone(), size: about.len() });
            }
        }
        feed.files.sort_by(|a, b| (rank(&a.path), &a.path).cmp(&(rank(&b.path), &b.path)));
        feed.files.dedup();
        Ok(feed)
    }

    /// The size of all files together, in bytes.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|file| file.size).sum()
    }

    fn folder(&mut self, folder: &Path, seen: &mut HashSet<PathBuf>) -> io::Result<()> {
        // A link may lead back to a folder above: each folder is read once.
        if !seen.insert(fs::canonicalize(folder)?) {
            return Ok(());
        }
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
        paths.sort();
        for path in paths {
            let hidden =
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if hidden {
                continue;
            }
            // A file that vanished, or may not be read, is named when its turn comes.
            match fs::metadata(&path) {
                Ok(about) if about.is_dir() => self.folder(&path, seen)?,
                Ok(_) if !named_as_json(&path) && !looks_like_json(&path) => {
                    self.passed_over.push(path);
                }
                about => {
                    let size = about.map_or(0, |about| about.len());
                    self.files.push(FeedFile { path, size });
                }
            }
        }
        Ok(())
    }
}

fn rank(path: &Path) -> u8 {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    match name.unwrap_or_default() {
        name if name.starts_with("organization") => 0,
        name if name.starts_with("practitionerrole") => 1,
        name if name.starts_with("patient") => 2,
        _ => 3,
    }
}

fn named_as_json(path: &Path) -> bool {
    let name = path.to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".ndjson", ".jsonl", ".json"].iter().any(|ending| name.ends_with(ending))
}

fn looks_like_json(path: &Path) -> bool {
    let mut start = [0; 64];
    let read = File::open(path).and_then(|mut file| file.read(&mut start));
    let start = read.map_or(&[][..], |length| &start[..length]);
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    start.starts_with(b"{") || start.starts_with(&GZIP)
}
