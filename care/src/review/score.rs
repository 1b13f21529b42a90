//! How the outcomes stand: by the person and by the professional, each for themself, before and after.

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::review::{Attained, OutcomesScored, Score};
use crate::record::person::Person;
use crate::record::person::review::Reviews;
use crate::who::actor::{Asking, Refusal};
use crate::who::role::Right;

/// The most somebody can feel well: from 0.
pub const WELLBEING_MOST: u8 = 10;

/// Keeps how the outcomes stand.
pub fn score(
    person: &Person,
    scores: &[Score],
    wellbeing: Option<u8>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::WritePlan, "Saying how outcomes stand")?;
    let own = asking.actor.person == Some(person.id);
    let mut kept: Vec<Score> = Vec::new();
    for score in scores {
        let known = person.plan.outcome(score.outcome);
        known.ok_or(Refusal::NoSuchEntry(score.outcome))?;
        // Nobody scores in the other's name.
        let worker = if own { None } else { score.worker };
        let twice = kept.iter().any(|other| other.outcome == score.outcome);
        if !twice && (score.person.is_some() || worker.is_some()) {
            kept.push(Score { worker, ..*score });
        }
    }
    if wellbeing.is_some_and(|points| points > WELLBEING_MOST) {
        let message = format!("Choose from 0 to {WELLBEING_MOST}");
        return Err(Refusal::missing("wellbeing", message));
    }
    if kept.is_empty() && wellbeing.is_none() {
        return Err(Refusal::NotNow("Say how at least one outcome stands".to_owned()));
    }
    Ok(vec![asking.entry(Fact::OutcomesScored(OutcomesScored { scores: kept, wellbeing }))])
}

/// What one of them said of an outcome first, and what they said last if they said it again.
pub fn before_and_after(
    reviews: &Reviews,
    outcome: EntryNumber,
    whose: impl Fn(&Score) -> Option<Attained>,
) -> (Option<Attained>, Option<Attained>) {
    let scores = reviews.scored.iter().flat_map(|told| &told.said.scores);
    let mut said = scores.filter(|score| score.outcome == outcome).filter_map(whose);
    (said.next(), said.next_back())
}
