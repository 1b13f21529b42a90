//! The thread through an import: what is read goes to the rules, what they decide to the store.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use care::find::intake::{Account, Batch, Intake, PersonOutcome, Subject};
use exchange::fhir::read::{self, Arrived, ArrivedRecord, Feed, Item, Parking, Parsed, Place};
use store::engine::Tx;
use store::register::{self, KeptBatch};
use store::{Store, StoreError};

use super::report::{Line, Report};
use crate::columns::grouped;
use crate::progress::Progress;

/// How many bytes of decided rows are gathered before they are kept.
const BATCH_BYTES: usize = 96 << 20;
/// FHIR's name for a coded record.
const CONDITION: &str = "Condition";
/// How many empty rows are laid in one transaction.
const LAY: usize = 20_000;

/// Where decided rows go.
pub enum Keeper<'a> {
    /// To the store, a transaction each batch.
    Each(&'a Store),
    /// Into one transaction that is somebody else's.
    Within(&'a mut dyn Tx),
}

impl Keeper<'_> {
    fn within<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self {
            Self::Each(store) => store.bulk_write(work),
            Self::Within(tx) => work(&mut **tx),
        }
    }
}

/// Why an import ended early.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The store could not keep something.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no room for what must wait.
    #[error("cannot lay records aside on disk: {0}; make room and run the import again")]
    Parking(#[from] io::Error),
    /// The report could not be written.
    #[error("{0:#}")]
    Report(anyhow::Error),
    /// All went well, and is to be taken back.
    #[error("this was a trial")]
    DryRun,
}

/// What an import came to.
pub struct Taken {
    /// The counts.
    pub account: Account,
    /// Lines with nothing on them.
    pub blank: u64,
    /// Bundles opened.
    pub bundles: u64,
    /// People on the register now.
    pub people: usize,
    /// The report, if there was anything to say.
    pub report: Option<PathBuf>,
}

/// An import under way.
pub struct Taking<'a> {
    keeper: Keeper<'a>,
    intake: Intake,
    batch: Batch,
    account: Account,
    report: Report,
    progress: Progress,
    source: &'a str,
    feed: &'a Feed,
    blank: u64,
    bundles: u64,
    items: u64,
}

impl<'a> Taking<'a> {
    /// Begins.
    pub fn new(
        keeper: Keeper<'a>,
        intake: Intake,
        source: &'a str,
        feed: &'a Feed,
        report: Report,
        progress: Progress,
    ) -> Self {
        Self {
            keeper,
            intake,
            batch: Batch::default(),
            account: Account::default(),
            report,
            progress,
            source,
            feed,
            blank: 0,
            bundles: 0,
            items: 0,
        }
    }

    /// Takes the whole feed. What must wait is laid on the disk of the folder.
    pub fn run(mut self, folder: &Path) -> Result<Taken, Stopped> {
        let mut parking = Parking::on_disk_of(folder)?;
        let feed = self.feed;
        let mut before = 0;
        let mut file = 0;
        let mut failed = None;
        read::read(feed, self.source, &mut |parsed| {
            while file < parsed.file() {
                before += feed.files[file].size;
                file += 1;
            }
            let position = before + parsed.position;
            match self.stretch(parsed, position, &mut parking) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        self.settle(parking)?;
        self.progress.end();
        let report = self.report.end().map_err(Stopped::Report)?;
        Ok(Taken {
            people: self.intake.people(),
            account: self.account,
            blank: self.blank,
            bundles: self.bundles,
            report,
        })
    }

    fn stretch(
        &mut self,
        mut parsed: Parsed,
        position: u64,
        parking: &mut Parking,
    ) -> Result<(), Stopped> {
        self.blank += parsed.blank;
        let mut records = 0;
        for arrived in std::mem::take(&mut parsed.items) {
            match arrived.item {
                Item::Record(record) => {
                    records += 1;
                    let at = (arrived.place, &parsed);
                    self.record(&record, arrived.notes, at, parking)?;
                }
                _ => self.item(arrived, &parsed, parking)?,
            }
        }
        // They are most of a feed: counted by the stretch.
        self.account.of(CONDITION).read += records;
        self.items += records;
        let (size, items) = (self.feed.size(), self.items);
        self.progress.tell(|| {
            let percent = (position.min(size) * 100).checked_div(size).unwrap_or(100);
            let (done, all) = (position.min(size) >> 20, size >> 20);
            format!("{percent:3}%  {done} of {all} MB, {} items read", grouped(items))
        });
        self.keep_if_full()
    }

    fn item(
        &mut self,
        arrived: Arrived,
        parsed: &Parsed,
        parking: &mut Parking,
    ) -> Result<(), Stopped> {
        let Arrived { place, item, notes } = arrived;
        if matches!(item, Item::Bundle) {
            self.bundles += 1;
            return Ok(());
        }
        self.items += 1;
        let kind = item.kind().to_owned();
        self.account.of(&kind).read += 1;
        match item {
            Item::Person(person, lies) => {
                let id = person.resident.source.id.clone();
                match self.intake.take_person(*person, false, &mut self.batch) {
                    // Its notes are told when it comes again.
                    PersonOutcome::Waits => parking.park_person(place, &parsed.raw(&lies))?,
                    PersonOutcome::Taken(how, more) => {
                        self.account.taken(&kind, how, 1);
                        self.warn(place, &kind, &id, notes.into_iter().chain(more))?;
                    }
                }
            }
            Item::Organisation(organisation) => {
                let how = self.intake.take_organisation(*organisation, &mut self.batch);
                self.account.taken(&kind, how, 1);
                self.warn(place, &kind, "", notes)?;
            }
            Item::Role(refs, pointer) => {
                let how = self.intake.take_role(&refs, &pointer, &mut self.batch);
                self.account.taken(&kind, how, 1);
            }
            Item::Left(kind, why) => self.account.left(&kind, why),
            Item::Rejected(kind, id, why) => self.reject(place, kind, id, why)?,
            Item::Record(_) | Item::Bundle => {}
        }
        Ok(())
    }

    fn record(
        &mut self,
        record: &ArrivedRecord,
        notes: Vec<String>,
        (place, parsed): (Place, &Parsed),
        parking: &mut Parking,
    ) -> Result<(), Stopped> {
        let id = parsed.text(&record.id);
        let shown = parsed.text(&record.display);
        if !shown.is_empty() {
            self.intake.take_text(record.coded.code, shown, &mut self.batch);
        }
        self.warn(place, CONDITION, id, notes)?;
        // Numbers can change hands until the end of the feed.
        let person = match record.subject {
            Subject::Record(_) => self.intake.person_of(record.subject),
            Subject::Number(_) => None,
        };
        match person {
            Some(person) => self.batch.records.push((person, record.coded)),
            None => parking.park_record(place, record.subject, &record.coded, id)?,
        }
        Ok(())
    }

    /// What waited: first people, whose practices are known now or never, then records.
    fn settle(&mut self, mut parking: Parking) -> Result<(), Stopped> {
        parking.people(|place, raw| {
            let Arrived { item, notes, .. } = read::read_again(self.source, place, &raw);
            if let Item::Person(person, _) = item {
                let id = person.resident.source.id.clone();
                let outcome = self.intake.take_person(*person, true, &mut self.batch);
                if let PersonOutcome::Taken(how, more) = outcome {
                    self.account.taken("Patient", how, 1);
                    self.warn(place, "Patient", &id, notes.into_iter().chain(more))?;
                }
            }
            self.keep_if_full()
        })?;
        self.intake.settle_numbers(&mut self.batch);
        parking.records(|parked| {
            match self.intake.person_of(parked.subject) {
                Some(person) => self.batch.records.push((person, parked.coded)),
                None => {
                    let why = match parked.subject {
                        Subject::Record(_) => {
                            "its Patient is neither in the data nor on the register: send the \
                             Patient too"
                        }
                        Subject::Number(_) => {
                            "nobody on the register holds its subject's NHS number, or more than \
                             one claims it: send the Patient too, or refer to the Patient by id"
                        }
                    };
                    let kind = CONDITION.to_owned();
                    self.reject(parked.place, kind, parked.id, why.to_owned())?;
                }
            }
            self.keep_if_full()
        })?;
        self.keep()?;
        for people in self.intake.not_laid().chunks(LAY) {
            let intake = &self.intake;
            self.keeper.within(|tx| register::lay_missing(tx, people, intake))?;
            self.intake.laid(people);
        }
        Ok(())
    }

    fn keep_if_full(&mut self) -> Result<(), Stopped> {
        if self.batch.weight() >= BATCH_BYTES { self.keep() } else { Ok(()) }
    }

    fn keep(&mut self) -> Result<(), Stopped> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        let intake = &self.intake;
        let KeptBatch { records, laid } =
            self.keeper.within(|tx| register::keep(tx, &batch, intake))?;
        self.account.of(CONDITION).add(&records);
        self.intake.laid(&laid);
        Ok(())
    }

    fn warn(
        &mut self,
        place: Place,
        kind: &str,
        id: &str,
        notes: impl IntoIterator<Item = String>,
    ) -> Result<(), Stopped> {
        let mut any = false;
        for note in notes {
            any = true;
            self.tell("warning", place, kind.to_owned(), id.to_owned(), note)?;
        }
        if any {
            self.account.of(kind).warned += 1;
        }
        Ok(())
    }

    fn reject(
        &mut self,
        place: Place,
        kind: String,
        id: String,
        why: String,
    ) -> Result<(), Stopped> {
        self.account.of(&kind).rejected += 1;
        self.tell("rejected", place, kind, id, why)
    }

    fn tell(
        &mut self,
        outcome: &'static str,
        place: Place,
        kind: String,
        id: String,
        reason: String,
    ) -> Result<(), Stopped> {
        let file = self.feed.files.get(place.file).map(|file| file.path.clone());
        let line = Line {
            outcome,
            file: file.unwrap_or_default(),
            lines: (place.line, place.line),
            entry: place.entry,
            kind,
            id,
            reason,
        };
        self.report.add(line).map_err(Stopped::Report)
    }
}
