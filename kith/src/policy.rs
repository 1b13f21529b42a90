//! The policy folder, read: this place's own choices. What it says is checked in `care`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use care::assess::form::Forms;
use care::find::cohorts::Cohorts;
use care::find::places::teams::Teams;
use care::find::places::{PlaceFiles, Places};
use care::find::table::TextFile;
use law::charging::Law;
use law::charging::policy::PolicyBook;
use law::deferred::InterestBook;
use law::rates::{Fault, RateBook};

use crate::context::{Context, read_text};

/// The criteria and code lists. What is wrong with one of them is in its `problems`.
pub fn cohorts(context: &Context) -> anyhow::Result<Cohorts> {
    let folder = context.policy.join("cohorts");
    let mut paths = files_in(&folder, "toml")?;
    paths.extend(files_in(&folder.join("lists"), "csv")?);
    let mut texts = Vec::new();
    for path in paths {
        texts.push((path.display().to_string(), read_text(&path)?));
    }
    let files: Vec<TextFile<'_>> = texts.iter().map(file).collect();
    Ok(Cohorts::parse(&files))
}

/// The forms of the assessment: `forms/*.toml`, every version that is kept. Every fault is said.
pub fn forms(context: &Context) -> anyhow::Result<Forms> {
    let mut texts = Vec::new();
    for path in files_in(&context.policy.join("forms"), "toml")? {
        texts.push((path.display().to_string(), read_text(&path)?));
    }
    let files: Vec<TextFile<'_>> = texts.iter().map(file).collect();
    Ok(Forms::parse(&files)?)
}

/// The texts of the place, kept so that they can be changed and read again.
pub struct PlaceTexts {
    practices: (String, String),
    networks: (String, String),
    neighbourhoods: (String, String),
    /// The placements: their path, and what is in them.
    pub placements: (String, String),
    residence: (String, String),
}

impl PlaceTexts {
    /// Reads them.
    pub fn read(context: &Context) -> anyhow::Result<Self> {
        let read = |file: &str| {
            let path = context.policy.join("places").join(file);
            read_text(&path).map(|text| (path.display().to_string(), text))
        };
        Ok(Self {
            practices: read("practices.csv")?,
            networks: read("networks.csv")?,
            neighbourhoods: read("neighbourhoods.csv")?,
            placements: read("placements.csv")?,
            residence: read("residence.csv")?,
        })
    }

    /// The place they describe.
    pub fn places(&self) -> anyhow::Result<Places> {
        Ok(Places::parse(&PlaceFiles {
            practices: file(&self.practices),
            networks: file(&self.networks),
            neighbourhoods: file(&self.neighbourhoods),
            placements: file(&self.placements),
            residence: file(&self.residence),
        })?)
    }
}

/// The place: practices, neighbourhoods, networks.
pub fn places(context: &Context) -> anyhow::Result<Places> {
    PlaceTexts::read(context)?.places()
}

/// The organisations and teams of a place.
pub fn teams(context: &Context, places: &Places) -> anyhow::Result<Teams> {
    let read = |file: &str| {
        let path = context.policy.join("places").join(file);
        read_text(&path).map(|text| (path.display().to_string(), text))
    };
    let (organisations, teams) = (read("organisations.toml")?, read("teams.toml")?);
    Ok(Teams::parse(file(&organisations), file(&teams), places)?)
}

/// The law's figures: ours, then those of the policy folder's `rates/`, then the files named.
pub fn rates(context: &Context, own: &[PathBuf]) -> anyhow::Result<RateBook> {
    let texts = rate_texts(context, |path| !is_of_interest(path), own)?;
    RateBook::with(&named(&texts))
        .map_err(|faults| anyhow!("the rates do not stand: {}", all(&faults)))
}

/// The rates of interest on deferred payments: ours, then those of the policy folder's `rates/` in
/// files whose names begin with `deferred-interest`, then the files named.
pub fn interest(context: &Context, own: &[PathBuf]) -> anyhow::Result<InterestBook> {
    let texts = rate_texts(context, is_of_interest, own)?;
    InterestBook::with(&named(&texts))
        .map_err(|faults| anyhow!("the rates of interest do not stand: {}", all(&faults)))
}

fn is_of_interest(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("deferred-interest"))
}

/// The files of the policy folder's `rates/` that are of a sort, and the files named.
fn rate_texts(
    context: &Context,
    is_wanted: impl Fn(&Path) -> bool,
    own: &[PathBuf],
) -> anyhow::Result<Vec<(String, String)>> {
    let folder = context.policy.join("rates");
    let mut paths = if folder.is_dir() { files_in(&folder, "toml")? } else { Vec::new() };
    paths.retain(|path| is_wanted(path));
    paths.extend(own.iter().cloned());
    let read = |path: PathBuf| Ok((path.display().to_string(), read_text(&path)?));
    paths.into_iter().map(read).collect()
}

fn named(texts: &[(String, String)]) -> Vec<(&str, &str)> {
    texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

fn all(faults: &[Fault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// The law's figures and the place's choices about charging: `charging.toml` of the policy folder, or
/// the file that --policy names. Where there is no policy folder at all, the law alone.
pub fn charging(context: &Context, own_rates: &[PathBuf]) -> anyhow::Result<Law> {
    let rates = rates(context, own_rates)?;
    let path = if context.policy.is_file() {
        context.policy.clone()
    } else {
        context.policy.join("charging.toml")
    };
    if !context.policy.exists() && context.policy == Path::new("policy") {
        return Ok(Law { rates, policy: PolicyBook::law_alone() });
    }
    let policy = PolicyBook::read(&path.display().to_string(), &read_text(&path)?)?;
    Ok(Law { rates, policy })
}

fn file((name, text): &(String, String)) -> TextFile<'_> {
    TextFile { name, text }
}

/// The files of a folder that have an extension, by name.
fn files_in(folder: &Path, extension: &str) -> anyhow::Result<Vec<PathBuf>> {
    let unreadable = || {
        let folder = folder.display();
        format!("cannot read the folder {folder}: check that it is there, or give --policy")
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.extension().is_some_and(|found| found == extension) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
