//! Risk as a conversation: what could happen, as the person and the professional each see it, what is
//! done about it, and what the person chooses. An unwise choice is theirs, and is kept as theirs.

use law::day::Day;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::decision::{RiskTalked, View};
use crate::record::person::Person;
use crate::who::actor::{Asking, Needed, Refusal, Together, optional_words};
use crate::who::role::Right;

use super::authority::{Decider, decider};

/// A talk about a risk, to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// The decision it is about: whether to go out alone.
    pub decision: String,
    /// What could happen.
    pub what: String,
    /// What it is worth to the person.
    pub worth: String,
    /// As the person sees it.
    pub person: View,
    /// As the professional sees it.
    pub professional: View,
    /// What is done about it.
    pub done: String,
    /// What was chosen.
    pub choice: String,
    /// By whom.
    pub decider: Decider,
    /// The day by which it is talked about again.
    pub review_by: Day,
    /// The entry of the talk before about the same risk.
    pub again: Option<EntryNumber>,
}

/// Keeps a talk about a risk. Whatever the person chooses is kept; nothing here forbids it.
pub fn talk(person: &Person, talk: &Talk, asking: &Asking<'_>) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::WriteAssessment, "Keeping a talk about risk")?;
    asking.require_begun(person)?;
    if asking.actor.person == Some(person.id) {
        let said = "Write how you see it under ‘Staying safe’: we then talk about it".to_owned();
        return Err(Refusal::NotNow(said));
    }
    let decision = DECISION.words(&talk.decision)?;
    let made = decider(person, &decision, &talk.decider, asking.today)?;
    if let Some(again) = talk.again {
        let open = person.decisions.open_risks().any(|told| told.entry == again);
        if !open {
            return Err(Refusal::NoSuchEntry(again));
        }
    }
    let (what, worth, person, professional, done, choice, ()) = (
        WHAT.words(&talk.what),
        optional_words("worth", &talk.worth),
        view(PERSON, &talk.person),
        view(PROFESSIONAL, &talk.professional),
        DONE.words(&talk.done),
        CHOICE.words(&talk.choice),
        asking.not_before_today("review-by", "The day to talk again", talk.review_by),
    )
        .together()?;
    let kept = RiskTalked {
        decision,
        what,
        worth,
        person,
        professional,
        done,
        choice,
        made,
        review_by: talk.review_by,
        again: talk.again,
        letter: Some(asking.letter()),
    };
    Ok(vec![asking.entry(Fact::RiskTalked(Box::new(kept)))])
}

const DECISION: Needed = Needed::new("decision", "Say what there is to choose");
const WHAT: Needed = Needed::new("what", "Write what could happen");
const PERSON: Needed = Needed::new("person", "Write how the person sees it, in their words");
const PROFESSIONAL: Needed = Needed::new("professional", "Write how you see it, and why");
const DONE: Needed = Needed::new("done", "Write what is done about it, or that nothing is");
const CHOICE: Needed = Needed::new("choice", "Write what was chosen");

/// What has to be written, in the order of the form.
pub const NEEDED: [Needed; 6] = [DECISION, WHAT, PERSON, PROFESSIONAL, DONE, CHOICE];

fn view(needed: Needed, view: &View) -> Result<View, Refusal> {
    Ok(View { words: needed.words(&view.words)?, ..view.clone() })
}
