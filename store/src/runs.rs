//! Runs of a criterion over the register: each is kept with what it rested on and whom it found.

use care::record::ids::{PersonId, RunId};
use care::record::moment::Moment;
use law::day::Day;

use crate::engine::{Bulk, Clash, Row, StoreError, Tx, statements};

statements! {
    key DELETE_RUN = "delete from run where run_id = $1";
    key DELETE_FOUND = "delete from found where run_id = $1";
    key ADD_RUN = "insert into run (run_id, criterion, version, reason, digest, as_of,
        register_version, run_at, registered, adults, found, objected, summary)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    key RUN = "select run_id, criterion, version, reason, digest, as_of, register_version, run_at,
        registered, adults, found, objected, summary from run where run_id = $1";
    key LATEST = "select run_id, criterion, version, reason, digest, as_of, register_version,
        run_at, registered, adults, found, objected, summary
        from run where criterion = $1 order by run_at desc, run_id desc limit 1";
    key FOUND_OF = "select person_id, run_id, practice, neighbourhood, network, fewer, evidence
        from found where person_id = $1 order by run_id";
    key FOUND_IN_PRACTICE = "select person_id, run_id, practice, neighbourhood, network, fewer,
        evidence from found where run_id = $1 and practice = $2 and (fewer, person_id) > ($3, $4)
        order by fewer, person_id limit $5";
    key FOUND_IN_NEIGHBOURHOOD = "select person_id, run_id, practice, neighbourhood, network, fewer,
        evidence from found
        where run_id = $1 and neighbourhood = $2 and (fewer, person_id) > ($3, $4)
        order by fewer, person_id limit $5";
    key FOUND_IN_NETWORK = "select person_id, run_id, practice, neighbourhood, network, fewer,
        evidence from found where run_id = $1 and network = $2 and (fewer, person_id) > ($3, $4)
        order by fewer, person_id limit $5";
}

/// A run of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// The criterion's id.
    pub criterion: String,
    /// The criterion's version.
    pub version: String,
    /// What it looks for, in plain words for the person.
    pub reason: String,
    /// The digest of the criterion and its lists.
    pub digest: String,
    /// The day it looked at.
    pub as_of: Day,
    /// The register's version it read.
    pub register_version: i64,
    /// When it ran.
    pub at: Moment,
    /// Living people on the register.
    pub registered: u32,
    /// Those of the criterion's age.
    pub adults: u32,
    /// Those it found.
    pub found: u32,
    /// Those it would have found, had they not said no.
    pub objected: u32,
    /// The whole outcome, as `kith find --json` prints it.
    pub summary: String,
}

/// A person that a run found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Who.
    pub person: PersonId,
    /// By which run.
    pub run: RunId,
    /// Where they were registered.
    pub practice: Option<String>,
    /// The neighbourhood of that practice on the day the run looked at.
    pub neighbourhood: Option<String>,
    /// The network of that neighbourhood.
    pub network: Option<String>,
    /// How many conditions counted.
    pub conditions: u32,
    /// What counted, as a JSON list of `care::record::fact::Evidence`.
    pub evidence: String,
}

/// Whose found people to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within<'a> {
    /// One practice, by ODS code.
    Practice(&'a str),
    /// One neighbourhood.
    Neighbourhood(&'a str),
    /// One network.
    Network(&'a str),
}

/// Keeps a run and whom it found. Keeping the same run again changes nothing.
pub fn save(tx: &mut dyn Tx, run: &Run, found: &[Found]) -> Result<(), StoreError> {
    let id = run.id.to_string();
    tx.execute(DELETE_FOUND, &[(&id).into()])?;
    tx.execute(DELETE_RUN, &[(&id).into()])?;
    tx.execute(
        ADD_RUN,
        &[
            (&id).into(),
            (&run.criterion).into(),
            (&run.version).into(),
            (&run.reason).into(),
            (&run.digest).into(),
            (&run.as_of.to_string()).into(),
            run.register_version.into(),
            (&run.at.to_string()).into(),
            run.registered.into(),
            run.adults.into(),
            run.found.into(),
            run.objected.into(),
            (&run.summary).into(),
        ],
    )?;
    let into = Bulk {
        table: "found",
        columns: &[
            "person_id",
            "run_id",
            "practice",
            "neighbourhood",
            "network",
            "fewer",
            "evidence",
        ],
        key: 2,
        clash: Clash::Refuse,
    };
    tx.bulk(&into, &mut |rows| {
        for one in found {
            rows.put(&[
                (&one.person.to_string()).into(),
                (&id).into(),
                one.practice.as_deref().into(),
                one.neighbourhood.as_deref().into(),
                one.network.as_deref().into(),
                (-i64::from(one.conditions)).into(),
                (&one.evidence).into(),
            ])?;
        }
        Ok(())
    })?;
    Ok(())
}

/// A run by its id.
pub fn run(tx: &mut dyn Tx, id: RunId) -> Result<Option<Run>, StoreError> {
    tx.one(RUN, &[(&id.to_string()).into()], read_run)
}

/// The newest run of a criterion.
pub fn latest(tx: &mut dyn Tx, criterion: &str) -> Result<Option<Run>, StoreError> {
    tx.one(LATEST, &[criterion.into()], read_run)
}

/// What every run that found a person kept about them.
pub fn found_of(tx: &mut dyn Tx, person: PersonId) -> Result<Vec<Found>, StoreError> {
    tx.all(FOUND_OF, &[(&person.to_string()).into()], read_found)
}

/// Whom a run found in a practice, neighbourhood or network, those with most conditions first;
/// after the last one of the page before.
pub fn found_within(
    tx: &mut dyn Tx,
    run: RunId,
    within: Within<'_>,
    after: Option<(u32, PersonId)>,
    limit: u32,
) -> Result<Vec<Found>, StoreError> {
    let (statement, place) = match within {
        Within::Practice(place) => (FOUND_IN_PRACTICE, place),
        Within::Neighbourhood(place) => (FOUND_IN_NEIGHBOURHOOD, place),
        Within::Network(place) => (FOUND_IN_NETWORK, place),
    };
    let (fewer, person) = match after {
        Some((conditions, person)) => (-i64::from(conditions), person.to_string()),
        None => (i64::MIN, String::new()),
    };
    let run = run.to_string();
    let values = [(&run).into(), place.into(), fewer.into(), (&person).into(), limit.into()];
    tx.all(statement, &values, read_found)
}

fn read_run(row: &Row<'_>) -> Result<Run, StoreError> {
    Ok(Run {
        id: row.parsed(0, |text| text.parse().ok())?,
        criterion: row.text(1)?.to_owned(),
        version: row.text(2)?.to_owned(),
        reason: row.text(3)?.to_owned(),
        digest: row.text(4)?.to_owned(),
        as_of: row.parsed(5, |text| Day::parse(text).ok())?,
        register_version: row.integer(6)?,
        at: row.parsed(7, |text| Moment::parse(text).ok())?,
        registered: row.count(8)?,
        adults: row.count(9)?,
        found: row.count(10)?,
        objected: row.count(11)?,
        summary: row.text(12)?.to_owned(),
    })
}

fn read_found(row: &Row<'_>) -> Result<Found, StoreError> {
    let conditions = u32::try_from(-row.integer(5)?)
        .map_err(|_| StoreError::Corrupt("a found person has no conditions".to_owned()))?;
    Ok(Found {
        person: row.parsed(0, |text| text.parse().ok())?,
        run: row.parsed(1, |text| text.parse().ok())?,
        practice: row.optional_text(2)?.map(str::to_owned),
        neighbourhood: row.optional_text(3)?.map(str::to_owned),
        network: row.optional_text(4)?.map(str::to_owned),
        conditions,
        evidence: row.text(6)?.to_owned(),
    })
}
