//! What an arriving record of a person does.

use law::day::{PartialDay, Precision};

use super::super::register::Resident;
use super::known::{Entry, content};
use super::{
    Alias, ArrivedPerson, Batch, How, Intake, KeptResident, NumberSettled, OrganisationRef,
    PersonOutcome, Pointer, Registration, Remembered,
};
use crate::record::ids::{NhsNumber, PersonId};
use crate::record::moment::Moment;

impl Intake {
    /// Takes a person's record.
    ///
    /// With `last_call`, a practice that is still unknown is no reason to wait: the person is taken
    /// without it, and a note says so.
    pub fn take_person(
        &mut self,
        arrived: ArrivedPerson,
        last_call: bool,
        batch: &mut Batch,
    ) -> PersonOutcome {
        let ArrivedPerson { mut resident, also, registration } = arrived;
        let record = resident.person;
        if !last_call && self.waiting.contains_key(&record) {
            // What the record said before waits: it must not come after this.
            return self.wait(record, resident.updated);
        }
        let mut notes = Vec::new();
        match self.practice_of(&registration) {
            Ok(practice) => resident.practice = practice,
            Err(Unknown::Yet) if !last_call => return self.wait(record, resident.updated),
            Err(why) => notes.extend(why.note(&registration)),
        }
        let known = self.resolve(record);
        let same =
            (!self.known.contains_key(&known)).then(|| self.same_person(&resident)).flatten();
        let person = same.unwrap_or(known);
        let others = self.known(person).is_some_and(|known| known.record != record);
        if others && !last_call {
            // What the record says that is kept of this person must be heard out first.
            return self.wait(record, resident.updated);
        }
        let mut how = How::Unchanged;
        if let Some(also) = also.filter(|also| *also != record) {
            self.name_alias(also, Alias { person: record, seen: None }, batch);
        }
        if person != known {
            self.name_alias(record, Alias { person, seen: None }, batch);
            how = How::Changed;
            notes.push(format!(
                "has the verified NHS number and the date of birth of a person already known \
                 ({person}): both records are kept as one person"
            ));
        }
        if is_older(resident.updated, self.waiting.get(&record).copied().flatten()) {
            // Newer news of the record waits too. Were this taken, it might displace another record of
            // the person that should stand once that newer news withdraws this one.
            return PersonOutcome::Taken(how, notes);
        }
        resident.person = person;
        let content = content(&resident);
        match self.known(person).copied() {
            None => {
                self.keep(resident, record, content, None, &mut notes, batch);
                how = How::New;
            }
            Some(known) if known.record == record => {
                if replaces_itself(&known, &resident, content) {
                    self.keep(resident, record, content, Some(known), &mut notes, batch);
                    how = How::Changed;
                } else if let Some(number) = known.number.filter(|_| !known.holds) {
                    notes.extend(self.held_note(number));
                }
            }
            Some(known) => {
                let seen = self.aliases.get(&record).and_then(|alias| alias.seen);
                if is_older(resident.updated, seen) {
                    return PersonOutcome::Taken(how, notes);
                }
                let seen = resident.updated.or(seen);
                if replaces_another(&known, &resident) {
                    let left = Alias { person, seen: known.updated };
                    self.name_alias(known.record, left, batch);
                    self.keep(resident, record, content, Some(known), &mut notes, batch);
                    how = How::Changed;
                } else {
                    self.name_alias(record, Alias { person, seen }, batch);
                }
            }
        }
        PersonOutcome::Taken(how, notes)
    }

    fn wait(&mut self, record: PersonId, updated: Option<Moment>) -> PersonOutcome {
        let newest = self.waiting.entry(record).or_default();
        *newest = updated.max(*newest);
        PersonOutcome::Waits
    }

    /// Gives numbers that were let go of to one of those who claim them: a verified claim first,
    /// then the lesser person id, so that the outcome does not hang on the order of the feed.
    pub fn settle_numbers(&mut self, batch: &mut Batch) {
        self.released.clear();
        self.waiting.clear();
        let mut contested: Vec<_> = std::mem::take(&mut self.contested).into_iter().collect();
        contested.sort_unstable_by_key(|(number, _)| *number);
        for (number, mut people) in contested {
            if !self.numbers.contains_key(&number) {
                let verified =
                    |person: &&PersonId| self.known(**person).is_some_and(|known| known.verified);
                let heir = people.iter().find(verified).or(people.first()).copied();
                if let Some(person) = heir
                    && let Some(entry) = self.known.get_mut(&person)
                    && let Some(number) = entry.known.number
                {
                    entry.known.holds = true;
                    self.numbers.insert(number.number(), person);
                    people.remove(&person);
                    batch.settled.push(NumberSettled { person, number });
                }
            }
            if !people.is_empty() {
                self.contested.insert(number, people);
            }
        }
    }

    fn name_alias(&mut self, record: PersonId, alias: Alias, batch: &mut Batch) {
        if self.aliases.insert(record, alias) != Some(alias) {
            batch.aliases.push((record, alias));
        }
    }

    /// Someone already known who has this verified number and this date of birth.
    fn same_person(&self, resident: &Resident) -> Option<PersonId> {
        let exact = |date: &PartialDay| date.precision() == Precision::Day;
        let number = resident.nhs_number.filter(|_| resident.nhs_verified)?;
        let born = resident.born.filter(exact)?;
        if let Some(holder) = self.numbers.get(&number.number()) {
            let known = self.known(*holder)?;
            return (known.verified && known.born == Some(born)).then_some(*holder);
        }
        let (person, story_born) = self.stories.get(&number.number())?;
        (*story_born == born && !self.known.contains_key(person)).then_some(*person)
    }

    fn keep(
        &mut self,
        mut resident: Resident,
        record: PersonId,
        content: u64,
        before: Option<Remembered>,
        notes: &mut Vec<String>,
        batch: &mut Batch,
    ) {
        let person = resident.person;
        let number = resident.nhs_number;
        if let Some(before) = before.filter(|before| before.number != number) {
            self.let_go(person, before);
        }
        let holds = number.is_some_and(|number| self.claim(person, number));
        if let Some(number) = number.filter(|_| !holds) {
            notes.extend(self.held_note(number));
            resident.nhs_number = None;
        }
        let practice = resident.practice.as_deref().map(|ods| self.practice_names.number(ods));
        let known = Remembered {
            content,
            updated: resident.updated,
            record,
            number,
            holds,
            verified: resident.nhs_verified,
            born: resident.born,
            death: resident.death,
            withdrawn: resident.withdrawn,
            laid: before.is_some_and(|before| before.laid),
        };
        self.known.insert(person, Entry { known, practice });
        let claimed = number.filter(|_| !holds);
        batch.residents.push(KeptResident { resident, claimed, content, new: before.is_none() });
    }

    fn let_go(&mut self, person: PersonId, before: Remembered) {
        let Some(number) = before.number.map(NhsNumber::number) else { return };
        if before.holds {
            self.numbers.remove(&number);
            self.released.insert(number, person);
        } else if let Some(people) = self.contested.get_mut(&number) {
            people.remove(&person);
            if people.is_empty() {
                self.contested.remove(&number);
            }
        }
    }

    /// Claims a number for a person; whether they hold it.
    fn claim(&mut self, person: PersonId, number: NhsNumber) -> bool {
        let number = number.number();
        let free = match (self.numbers.get(&number), self.released.get(&number)) {
            (Some(holder), _) => *holder == person,
            (None, Some(before)) => *before == person,
            // A number that was let go of, and others claim, is settled at the end.
            (None, None) => !self.contested.contains_key(&number),
        };
        if free {
            self.numbers.insert(number, person);
        } else {
            self.contested.entry(number).or_default().insert(person);
        }
        free
    }

    fn held_note(&self, number: NhsNumber) -> Option<String> {
        let holder = self.numbers.get(&number.number())?;
        Some(format!(
            "its NHS number is already that of another person ({holder}): taken without the \
             number; find out which of the two is right, and correct the source"
        ))
    }

    fn practice_of(&self, registration: &Registration) -> Result<Option<String>, Unknown> {
        let mut at: OrganisationRef = match registration {
            Registration::Unsaid => return Ok(None),
            Registration::Ods(ods) => return Ok(Some(ods.clone())),
            Registration::Reference(name, _) => *name,
        };
        // A practitioner leads to a role, a role to an organisation.
        for _ in 0..3 {
            match self.organisations.get(&at) {
                Some(Pointer::Ods(ods)) => return Ok(Some(ods.clone())),
                Some(Pointer::Elsewhere(next)) => at = *next,
                Some(Pointer::Nowhere) => return Err(Unknown::WithoutOds),
                None => return Err(Unknown::Yet),
            }
        }
        Err(Unknown::Yet)
    }
}

/// Why a registration leads to no practice.
enum Unknown {
    Yet,
    WithoutOds,
}

impl Unknown {
    fn note(&self, registration: &Registration) -> Option<String> {
        let Registration::Reference(_, text) = registration else { return None };
        Some(match self {
            Self::Yet => format!(
                "is registered with {text}, which is not in the data: taken without a practice; \
                 send the Organization too"
            ),
            Self::WithoutOds => format!(
                "is registered with {text}, which has no ODS code: taken without a practice"
            ),
        })
    }
}

/// Whether news is older than what was seen; without both instants it is not.
fn is_older(news: Option<Moment>, seen: Option<Moment>) -> bool {
    matches!((news, seen), (Some(news), Some(seen)) if news < seen)
}

/// Whether a record replaces what is kept of it.
fn replaces_itself(known: &Remembered, resident: &Resident, content: u64) -> bool {
    !is_older(resident.updated, known.updated) && known.content != content
}

/// Whether a record replaces what is kept of the person from another: one in use before one
/// withdrawn, then the newer. Where none is newer the first stays, so that importing both again
/// changes nothing.
fn replaces_another(known: &Remembered, resident: &Resident) -> bool {
    match (known.withdrawn, resident.withdrawn) {
        (_, true) => false,
        (true, false) => true,
        _ => is_older(known.updated, resident.updated),
    }
}
