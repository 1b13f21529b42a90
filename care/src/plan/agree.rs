//! What the person says to the plan: they agree, agree in part, or do not, in their own words.

use crate::assess::authority::{Decider, decider};
use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::plan::{Agreement, PlanAnswered, Way};
use crate::record::person::Person;
use crate::who::actor::{Asking, Refusal, optional_words, words};
use crate::who::role::Right;

/// The decision that agreeing to a plan is: capacity is assessed for it by this name.
pub const DECISION: &str = "Whether to agree to the care and support plan";

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The last entry that was before whoever said it.
    pub seen: EntryNumber,
    /// What they say.
    pub answer: Agreement,
    /// In their words.
    pub words: String,
    /// How.
    pub way: Way,
    /// Who was with them.
    pub with: String,
    /// Who said it.
    pub decider: Decider,
}

/// Keeps what was said to the plan as it stood. Nobody agrees to what they have not seen.
pub fn answer(person: &Person, said: &Said, asking: &Asking<'_>) -> Result<Vec<NewEntry>, Refusal> {
    let own = asking.actor.person == Some(person.id);
    asking.require(Right::WritePlan, "Answering a plan")?;
    let plan = &person.plan;
    if !plan.can_be_answered() {
        return Err(Refusal::NotNow(
            "There is no plan yet to agree to: it needs an outcome, and an action for it"
                .to_owned(),
        ));
    }
    if said.seen < plan.changed {
        return Err(Refusal::NotNow(
            "The plan has changed since you opened it: read what is new, then answer".to_owned(),
        ));
    }
    if own != (said.way == Way::SignedIn) {
        return Err(Refusal::missing("way", "Only the person themself answers by signing in"));
    }
    let text = match said.answer {
        Agreement::Agrees => optional_words("words", &said.words)?,
        Agreement::InPart => words("words", &said.words, "Write which part, and why")?,
        Agreement::Disagrees => words("words", &said.words, "Write what is not right about it")?,
    };
    let made = decider(person, DECISION, &said.decider, asking.today)?;
    let agrees = said.answer == Agreement::Agrees;
    // Who says the same again of the same plan was talked with: it stands, and the review looks at it.
    let again = plan
        .answer()
        .is_some_and(|(last, current)| current && last.said.answer != Agreement::Agrees);
    let answered = PlanAnswered {
        seen: said.seen,
        answer: said.answer,
        words: text,
        way: said.way,
        with: optional_words("with", &said.with)?,
        made,
        talk_by: (!agrees && !again).then(|| asking.in_days(asking.promises.agree_plan_days)),
    };
    Ok(vec![asking.entry(Fact::PlanAnswered(Box::new(answered)))])
}
