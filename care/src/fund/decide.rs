//! Deciding what somebody pays (Care Act 2014 s14), on another's draft.
//!
//! What was decided is kept with its means and its working as they were that day. A decision holds
//! from its own first day until the next, and changes nothing before. One that reaches back behind
//! others is carried into them, and they are decided again.

use std::sync::Arc;

use law::charging::{Case, Law};
use law::pence::Pence;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::{Begun, ChargeDecided, Fact, Ground};
use crate::record::person::Person;
use crate::who::actor::{Asking, Refusal, optional_words};
use crate::who::role::Right;

use super::carry::{Carried, carried};
use super::settle::{settled, unworkable};

/// Decides what the person pays, on the draft that an entry holds. Whoever drafted it does not decide
/// it, and a question that must be answered first stands in the way.
pub fn decide(
    person: &Person,
    number: EntryNumber,
    text: &str,
    law: &Law,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::DecideCharge, "Deciding what somebody pays")?;
    let draft = person.means.draft.as_ref().filter(|draft| draft.entry == number);
    let draft = draft.ok_or(Refusal::NoSuchEntry(number))?;
    if draft.author.user == asking.actor.user {
        let said = "You drafted this, so somebody else must decide it".to_owned();
        return Err(Refusal::NotNow(said));
    }
    let words = optional_words("words", text)?;
    let mut decisions = decisions(person, law)?;
    if let Some((first, _)) = decisions.first_mut() {
        first.words = words;
    }
    let entry = |(decided, _)| {
        let decided = ChargeDecided { letter: Some(asking.letter()), ..decided };
        asking.entry(Fact::ChargeDecided(Arc::new(decided)))
    };
    Ok(decisions.into_iter().map(entry).collect())
}

/// What deciding on the draft that waits would decide, the earliest day first: the draft itself, and
/// the later charges that it reaches. With each stands what was told newly for that day, and so is
/// not as the draft has it.
pub fn decisions(person: &Person, law: &Law) -> Result<Vec<(ChargeDecided, Vec<String>)>, Refusal> {
    let Some(draft) = &person.means.draft else { return Ok(Vec::new()) };
    let case = &draft.said.case;
    let new = settled(Ground::Draft(draft.entry), case.clone(), law)?.decided;
    let later = carried(&person.means, case, law).map_err(|why| unworkable(&why))?;
    let mut decisions = vec![(new, Vec::new())];
    for Carried { before, case, stands } in later {
        let again = settled(before.said.ground.clone(), case, law)?.decided;
        decisions.push((ChargeDecided { follows: Some(draft.entry), ..again }, stands));
    }
    Ok(decisions)
}

/// Brings in a charge that was decided before the place used Kith, with the means it rests on. The
/// person must have no charge here yet. Nobody looks at it a second time and no letter tells of it, so
/// it decides nothing anew: where what the person pays already is given, it must come to that.
pub fn bring_in(
    person: &Person,
    case: Case,
    pays: Option<Pence>,
    law: &Law,
    begun: Begun,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::DecideCharge, "Bringing in what somebody pays")?;
    if !person.means.decided.is_empty() {
        return Err(Refusal::NotNow(
            "A charge has been decided for this person already".to_owned(),
        ));
    }
    // Whoever brings a file in can add a year's figures too: they are told how.
    law.on(&case).map_err(|why| Refusal::missing("case", why.to_string()))?;
    let decided = settled(Ground::BroughtIn, case, law)?.decided;
    if let Some(pays) = pays.filter(|&pays| pays != decided.charge) {
        let (pays, comes) = (pays.in_words(), decided.charge.in_words());
        return Err(Refusal::NotNow(format!(
            "They pay {pays} a week, and by these means it comes to {comes}: see which is right, and \
             bring them in with what is, or assess them here"
        )));
    }
    let mut entries = asking.begin(person, begun);
    entries.push(asking.entry(Fact::ChargeDecided(Arc::new(decided))));
    Ok(entries)
}
