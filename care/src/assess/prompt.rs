//! What answers call for: thought of, with the reason, and answered by somebody. A prompt asks; it
//! decides nothing and refuses nothing.

use std::collections::BTreeMap;

use law::day::Day;

use crate::record::entry::{Audience, EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::assess::{
    FormKind, Prompt, PromptAnswered, Prompted, Reply, SectionWritten,
};
use crate::record::ids::QuestionId;
use crate::record::person::Person;
use crate::record::person::assessment::Assessment;
use crate::who::actor::{Asking, Refusal, words};

use super::form::{Form, PromptWhen, Section};
use super::register::Condition;
use super::{Ground, require_to_write};

/// A reason to think of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// What.
    pub prompt: Prompt,
    /// Whom it is about, where it is about one person.
    pub about: String,
    /// Why.
    pub because: String,
}

/// What the answers of a section call for: of those that were not so before, and of every carer named.
pub fn calls(
    section: &Section,
    replies: &BTreeMap<QuestionId, Reply>,
    before: &BTreeMap<QuestionId, Reply>,
) -> Vec<Call> {
    let mut calls = Vec::new();
    for question in &section.questions {
        let Some(reply) = replies.get(&question.id) else { continue };
        let earlier = before.get(&question.id);
        for when in question.prompts.iter().filter(|when| when.holds(reply)) {
            match (when.prompt, reply) {
                // Each carer is offered their own, once by their name.
                (Prompt::CarersAssessment, Reply::People(people)) => {
                    calls.extend(people.iter().map(|named| call(when, named.name.clone())));
                }
                _ if earlier.is_some_and(|reply| when.holds(reply)) => {}
                _ => calls.push(call(when, String::new())),
            }
        }
    }
    calls
}

fn call(when: &PromptWhen, about: String) -> Call {
    Call { prompt: when.prompt, about, because: when.because.clone() }
}

/// The entries that put calls on the story: none for what waits for an answer already.
pub(super) fn entries(
    calls: Vec<Call>,
    form: &Form,
    assessment: &Assessment,
    audience: Audience,
    asking: &Asking<'_>,
) -> Vec<NewEntry> {
    let mut entries: Vec<NewEntry> = Vec::new();
    let mut said: Vec<(Prompt, String)> = Vec::new();
    for Call { prompt, about, because } in calls {
        let open = assessment.prompted.iter().any(|state| {
            let known = &state.prompted.said;
            state.answered.is_none() && known.prompt == prompt && known.about == about
        });
        let offered = prompt == Prompt::CarersAssessment
            && !about.is_empty()
            && assessment.prompted.iter().any(|state| state.prompted.said.about == about);
        if open || offered || said.contains(&(prompt, about.clone())) {
            continue;
        }
        said.push((prompt, about.clone()));
        // A worry about harm is not for whoever may read the record with the person.
        let audience = match (prompt, audience) {
            (Prompt::Safeguarding, Audience::Everyone) => Audience::Professionals,
            (_, audience) => audience,
        };
        let prompted = Prompted {
            purpose: form.kind,
            prompt,
            about,
            because,
            team: asking.actor.team.clone(),
            due: due(prompt, asking),
        };
        entries.push(asking.entry_for(audience, Fact::Prompted(Box::new(prompted))));
    }
    entries
}

fn due(prompt: Prompt, asking: &Asking<'_>) -> Day {
    match prompt {
        Prompt::Safeguarding => asking.today,
        _ => asking.in_days(asking.promises.answer_prompt_days),
    }
}

/// What the answers that stand call for, with the writing each reason comes from: for a page that asks
/// whether something is still to be thought of, and why.
pub fn reasons(prompt: Prompt, ground: &Ground<'_>) -> Vec<(String, EntryNumber)> {
    let nothing = BTreeMap::new();
    let mut reasons = Vec::new();
    for writing in ground.readable.standing() {
        let said = &writing.told.said;
        let form = ground.forms.version(&said.form, said.version);
        let Some(section) = form.and_then(|form| form.section(&said.section)) else { continue };
        let calls = calls(section, &said.replies, &nothing);
        let these = calls.into_iter().filter(|call| call.prompt == prompt);
        reasons.extend(these.map(|call| (call.because, writing.entry())));
    }
    reasons
}

/// What a writing calls for beside its own answers: the checklist, where a condition of the register
/// and the needs that were judged together suggest it.
pub(super) fn of_conditions(written: &SectionWritten, ground: &Ground<'_>) -> Option<Call> {
    let checklist = ground.forms.of_kind(FormKind::Chc)?;
    let listed = |known: &Condition| checklist.conditions.contains(&known.id);
    if !ground.register.conditions.iter().any(listed) {
        return None;
    }
    let needs = super::known::needs(written, ground);
    if needs.len() < NEEDS_WITH_CONDITION {
        return None;
    }
    // Which condition it is stays on the register: not everybody who reads this sees it there.
    let because = format!(
        "A condition on the surgery’s record is one with which it is thought of, and they are unable in \
         {} outcomes of daily living: {}.",
        needs.len(),
        needs.join("; ").to_lowercase()
    );
    // The same reason asks once; other needs are another reason.
    let asked = ground.readable.prompted.iter().any(|state| {
        state.prompted.said.prompt == Prompt::Chc && state.prompted.said.because == because
    });
    if asked {
        return None;
    }
    Some(Call { prompt: Prompt::Chc, about: String::new(), because })
}

/// In how many outcomes somebody is unable before a condition alone calls for the checklist. Our own
/// choice: low, since the checklist is a light touch, and not so low that every diagnosis asks.
const NEEDS_WITH_CONDITION: usize = 3;

/// Says what came of a prompt: what was done, or why nothing.
pub fn answer(
    person: &Person,
    prompted: EntryNumber,
    done: bool,
    text: &str,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let state = ground.readable.prompt(prompted).ok_or(Refusal::NoSuchEntry(prompted))?;
    let purpose = state.prompted.said.purpose;
    require_to_write(purpose, asking)?;
    if asking.actor.person == Some(person.id) {
        return Err(Refusal::NotNow("This is for those who work with you to answer".to_owned()));
    }
    if let Some(answered) = &state.answered {
        return Err(Refusal::NotNow(format!("{} has answered this already", answered.author.name)));
    }
    if state.prompted.said.prompt == Prompt::Chc {
        return Err(Refusal::NotNow(
            "Do the checklist, or record why none is done: that answers this".to_owned(),
        ));
    }
    let ask = if done { "Say what was done" } else { "Say why it is not done: the reason is kept" };
    let words = words("words", text, ask)?;
    let answered = PromptAnswered { purpose, prompted, done, words };
    Ok(vec![asking.entry_for(state.prompted.audience, Fact::PromptAnswered(answered))])
}
