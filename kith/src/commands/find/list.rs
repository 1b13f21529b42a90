//! The people found, as a CSV file.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use care::find::places::Places;
use care::find::register::Resident;
use care::find::run::FoundPerson;
use care::record::fact::Evidence;
use store::{Store, register};

use super::Finding;

const HEADS: [&str; 14] = [
    "person",
    "nhs_number",
    "family_name",
    "given_names",
    "born",
    "practice",
    "practice_name",
    "neighbourhood",
    "network",
    "neighbourhood_of_residence",
    "conditions",
    "what_counted",
    "criterion",
    "as_of",
];

/// Writes the people found, by neighbourhood and practice, those with most conditions first. The
/// names of people whose record is restricted are left out. The file appears whole or not at all,
/// and only its owner may read it.
pub fn write(path: &Path, store: &Store, finding: &Finding, places: &Places) -> anyhow::Result<()> {
    let mut people: Vec<&FoundPerson> = finding.found.iter().collect();
    people.sort_by_key(|found| {
        let place = (&found.network, &found.neighbourhood, &found.practice);
        (place, std::cmp::Reverse(found.conditions), found.person)
    });
    let cannot = || format!("cannot write the list {}", path.display());
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let beside = Path::new(&name);
    let file = create(beside).with_context(cannot)?;
    let mut csv = csv::Writer::from_writer(std::io::BufWriter::new(file));
    csv.write_record(HEADS).with_context(cannot)?;
    store.read(|tx| {
        for found in people {
            let resident = register::resident(tx, found.person)?;
            csv.write_record(fields(finding, places, found, resident.as_ref()))
                .with_context(cannot)?;
        }
        anyhow::Ok(())
    })?;
    let buffered =
        csv.into_inner().map_err(csv::IntoInnerError::into_error).with_context(cannot)?;
    let mut file =
        buffered.into_inner().map_err(std::io::IntoInnerError::into_error).with_context(cannot)?;
    file.flush().and_then(|()| file.sync_all()).with_context(cannot)?;
    std::fs::rename(beside, path).with_context(cannot)
}

fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn fields(
    finding: &Finding,
    places: &Places,
    found: &FoundPerson,
    resident: Option<&Resident>,
) -> [String; 14] {
    let as_of = finding.outcome.as_of;
    let open = resident.filter(|resident| !resident.restricted);
    let name = |of: fn(&Resident) -> &str| {
        let hidden = if resident.is_some() { "(restricted)" } else { "" };
        for_spreadsheet(open.map_or(hidden, of))
    };
    let practice = found.practice.as_deref().unwrap_or("");
    let lives = open.and_then(|resident| places.of_residence(resident.lsoa.as_deref()?, as_of));
    [
        found.person.to_string(),
        open.and_then(|resident| resident.nhs_number).map(|n| n.to_string()).unwrap_or_default(),
        name(|resident| &resident.family),
        name(|resident| &resident.given),
        open.and_then(|resident| resident.born).map(|born| born.to_string()).unwrap_or_default(),
        for_spreadsheet(practice),
        places.practice(practice).map(|practice| practice.name.clone()).unwrap_or_default(),
        found.neighbourhood.clone().unwrap_or_default(),
        found.network.clone().unwrap_or_default(),
        lives.map(|neighbourhood| neighbourhood.id.clone()).unwrap_or_default(),
        found.conditions.to_string(),
        found.evidence.iter().map(in_words).collect::<Vec<_>>().join("; "),
        finding.outcome.criterion.clone(),
        as_of.to_string(),
    ]
}

fn in_words(evidence: &Evidence) -> String {
    let when = evidence.when.map_or_else(|| "no date".to_owned(), |when| when.to_string());
    format!("{} ({}, {when})", evidence.label, evidence.code)
}

/// A text from a feed that a spreadsheet will not take for a formula.
fn for_spreadsheet(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    }
}
