//! Whether a criterion finds a person, from their coded records (QOF business rules, as far as
//! codes and dates go):
//!
//! - A record that was entered by mistake, or shown not to be so, says nothing.
//! - A record that begins after the day looked at is not there yet.
//! - A diagnosis whose clinical status is inactive, resolved or in remission does not count.
//! - A resolved code, whatever its status, cancels every diagnosis of its condition that is not
//!   later than it. Of two partly known dates, one is not later only if neither its first nor its
//!   last possible day is later: where one cannot tell, the condition stays, and the explanation
//!   says so. A record without a date is earlier than every date.
//! - A condition counts once, however many codes make it; a code may make two conditions.
//! - An age is met only if it certainly is: someone born in “2008” is an adult from 31 December
//!   2026.

use law::day::{Day, PartialDay};

use crate::record::fact::Evidence;

use super::criterion::{Ages, Criterion};
use super::register::{Clinical, Coded, Death, Verification};

/// What is known of one person on the register.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Date of birth, as far as known.
    pub born: Option<PartialDay>,
    /// Whether and when they died.
    pub death: Death,
    /// Whether their source no longer uses the record.
    pub withdrawn: bool,
    /// Their coded records, in any order.
    pub records: &'a [Coded],
}

impl Candidate<'_> {
    /// Whether they belong on the register of a day: the record in use, the person not dead by
    /// then, and perhaps born.
    pub fn registered(&self, as_of: Day) -> bool {
        !self.withdrawn
            && !self.death.by(as_of)
            && self.born.is_none_or(|born| born.first() <= as_of)
    }
}

/// What a criterion makes of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Whether they are certainly of the criterion's ages.
    pub of_age: bool,
    /// How many conditions of the criterion's own count they have.
    pub conditions: u32,
    /// Whether they are found: of age, and every clause met.
    pub found: bool,
    /// A bit for each condition that counts.
    pub(super) counting: u128,
}

/// Judges one living person. Allocates only where a resolved code meets a diagnosis.
pub fn judge(criterion: &Criterion, as_of: Day, known: Candidate<'_>) -> Verdict {
    let counting = counting(criterion, as_of, known.records);
    let count = |mask: u128| (counting & mask).count_ones();
    let of_age = is_of_age(criterion.ages, known.born, as_of);
    let met = criterion.clauses.iter().all(|clause| count(clause.mask) >= clause.at_least);
    let conditions = criterion.clauses.first().map_or(0, |clause| count(clause.mask));
    Verdict { of_age, conditions, found: of_age && met && known.registered(as_of), counting }
}

/// Whether somebody is certainly of these ages on a day.
fn is_of_age(ages: Ages, born: Option<PartialDay>, as_of: Day) -> bool {
    let old_enough = ages.from.is_none_or(|from| is_at_least(from, born, as_of));
    let young_enough = ages.to.is_none_or(|to| {
        born.is_some_and(|born| born.first().age_on(as_of).is_none_or(|age| age <= to))
    });
    old_enough && young_enough
}

/// Whether somebody is certainly this old on a day.
pub fn is_at_least(age: u8, born: Option<PartialDay>, as_of: Day) -> bool {
    age == 0
        || born.is_some_and(|born| born.last().age_on(as_of).is_some_and(|reached| reached >= age))
}

/// For each condition that counts, the latest record that makes it count.
pub fn evidence(
    criterion: &Criterion,
    as_of: Day,
    records: &[Coded],
    verdict: Verdict,
) -> Vec<Evidence> {
    let mut best: Vec<Option<&Coded>> = vec![None; criterion.slots.len()];
    for record in records.iter().filter(|record| is_there(record, as_of)) {
        let Some(masks) = criterion.codes.get(record.code) else { continue };
        if !is_active(record) {
            continue;
        }
        for slot in bits(masks.diagnosis & verdict.counting) {
            // The latest; of two on one day, the lower code, so that the order does not matter.
            let key = |record: &Coded| (span(record), std::cmp::Reverse(record.code));
            let later = |before: &Coded| key(record) > key(before);
            if best[slot].is_none_or(later) {
                best[slot] = Some(record);
            }
        }
    }
    let found = best.iter().enumerate().filter_map(|(slot, record)| Some((slot, (*record)?)));
    let evidence = found.map(|(slot, record)| {
        let condition = criterion.condition(slot);
        Evidence {
            condition: condition.id.clone(),
            label: condition.name.clone(),
            code: record.code.to_string(),
            when: record.when(),
        }
    });
    evidence.collect()
}

fn counting(criterion: &Criterion, as_of: Day, records: &[Coded]) -> u128 {
    let (mut diagnosed, mut resolved) = (0, 0);
    for record in records {
        let Some(masks) = criterion.codes.get(record.code) else { continue };
        if !is_there(record, as_of) {
            continue;
        }
        resolved |= masks.resolved;
        if is_active(record) {
            diagnosed |= masks.diagnosis;
        }
    }
    let contested = diagnosed & resolved;
    let cancelled = |&slot: &usize| !survives(criterion, as_of, records, slot);
    bits(contested).filter(cancelled).fold(diagnosed, |counting, slot| counting & !(1 << slot))
}

/// Whether some diagnosis of a condition is not cancelled by any resolved code.
fn survives(criterion: &Criterion, as_of: Day, records: &[Coded], slot: usize) -> bool {
    let cancelling = Cancelling::of(criterion, as_of, records, slot);
    records
        .iter()
        .filter(|record| is_there(record, as_of) && is_active(record))
        .filter(|record| {
            criterion.codes.get(record.code).is_some_and(|m| m.diagnosis & 1 << slot != 0)
        })
        .any(|record| !cancelling.cancels(record))
}

/// The resolved records of one condition, ready to be asked.
pub(super) struct Cancelling {
    /// The first possible day of each, latest first, with the latest last possible day so far.
    steps: Vec<Span>,
}

impl Cancelling {
    pub fn of(criterion: &Criterion, as_of: Day, records: &[Coded], slot: usize) -> Self {
        let resolves = |record: &&Coded| {
            criterion.codes.get(record.code).is_some_and(|m| m.resolved & 1 << slot != 0)
        };
        let there = records.iter().filter(|record| is_there(record, as_of));
        let mut steps: Vec<Span> = there.filter(resolves).map(span).collect();
        steps.sort_unstable_by(|one, two| two.cmp(one));
        let mut latest = None;
        for step in &mut steps {
            latest = latest.max(step.1);
            step.1 = latest;
        }
        Self { steps }
    }

    /// Whether some resolved record is not earlier than this diagnosis, for certain.
    pub fn cancels(&self, diagnosis: &Coded) -> bool {
        let (first, last) = span(diagnosis);
        let begun_later = self.steps.partition_point(|step| step.0 >= first);
        begun_later > 0 && self.steps[begun_later - 1].1 >= last
    }

    /// Whether some resolved record may be later than this diagnosis, though that is not certain.
    pub fn may_cancel(&self, diagnosis: &Coded) -> bool {
        let (first, _) = span(diagnosis);
        !self.cancels(diagnosis) && self.steps.iter().any(|step| step.1 >= first)
    }
}

/// The first and the last day a record can speak of; nothing, before every day, if undated.
pub(super) type Span = (Option<Day>, Option<Day>);

pub(super) fn span(record: &Coded) -> Span {
    let when = record.when();
    (when.map(PartialDay::first), when.map(PartialDay::last))
}

/// Whether a record says anything on a day.
fn is_there(record: &Coded, as_of: Day) -> bool {
    is_meant(record) && has_begun(record, as_of)
}

pub(super) fn is_meant(record: &Coded) -> bool {
    !matches!(record.verification, Verification::Refuted | Verification::EnteredInError)
}

pub(super) fn has_begun(record: &Coded, as_of: Day) -> bool {
    record.when().is_none_or(|when| when.first() <= as_of)
}

pub(super) fn is_active(record: &Coded) -> bool {
    match record.clinical {
        Clinical::Active | Clinical::Recurrence | Clinical::Relapse | Clinical::Unsaid => true,
        Clinical::Inactive | Clinical::Remission | Clinical::Resolved => false,
    }
}

/// The places of the bits that are set, lowest first.
pub(super) fn bits(mut mask: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (mask != 0).then(|| {
            let lowest = mask.trailing_zeros();
            mask &= mask - 1;
            lowest as usize
        })
    })
}

#[cfg(test)]
mod tests;
