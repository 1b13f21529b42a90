//! The Checklist of NHS continuing healthcare within an assessment: asked for when answers or
//! conditions suggest it, read by `law::chc`, kept; or not done, with the reason.

use std::collections::BTreeMap;

use law::chc::{
    Case, Checklist, ChecklistDomain, Consent, Dates, Mark, Marks, Occasion, Reasoned, answer,
};
use law::day::Day;
use law::working::Question;

use crate::record::entry::{EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::assess::{FormKind, Prompt, PromptAnswered, Reply, YesNo};
use crate::record::fact::decision::ChcConsidered;
use crate::record::ids::QuestionId;
use crate::record::person::Person;
use crate::who::actor::{Asking, Refusal, optional_words, words};

use super::{Ground, require_to_write, working};

/// The case that a filled-in checklist makes: what was marked, by whom, and how the person took part.
pub fn gather(occasion: EntryNumber, ground: &Ground<'_>, today: Day) -> Case {
    let mut replies: BTreeMap<&QuestionId, (&Reply, &str, Day)> = BTreeMap::new();
    for writing in ground.readable.standing() {
        if writing.told.said.occasion == Some(occasion) {
            for (id, reply) in &writing.told.said.replies {
                replies.insert(id, (reply, &writing.told.author.name, writing.told.on));
            }
        }
    }
    let get = |id: &str| replies.get(&QuestionId::new(id)).copied();
    let mut marks = BTreeMap::new();
    let mut by = None;
    let mut completed = None;
    for &domain in ChecklistDomain::ALL {
        if let Some((Reply::Choice(code), name, on)) = get(domain.code()) {
            marks.extend(Mark::named(code).map(|mark| (domain, mark)));
            by = Some(name.to_owned());
            completed = completed.max(Some(on));
        }
    }
    let occasions = match get("occasion") {
        Some((Reply::Choices(codes), ..)) => {
            codes.iter().filter_map(|code| Occasion::named(code)).collect()
        }
        _ => Vec::new(),
    };
    let consent = match get("consent") {
        Some((Reply::Choice(code), ..)) => Consent::named(code),
        _ => None,
    };
    let involved = match get("involved") {
        Some((Reply::YesNo(YesNo::Yes), ..)) => Some(true),
        Some((Reply::YesNo(YesNo::No), ..)) => Some(false),
        _ => None,
    };
    let refer_anyway = match get("refer-anyway") {
        Some((Reply::Text(reason), name, _)) => {
            Some(Reasoned { reason: Some(reason.clone()), by: Some(name.to_owned()) })
        }
        _ => None,
    };
    let copy_given_on = match get("copy") {
        Some((Reply::Date(date), ..)) => Some(date.first()),
        _ => None,
    };
    let checklist = Checklist {
        levels: Marks(marks),
        completed_on: completed,
        by,
        consent,
        person_involved: involved,
        copy_given_on,
        refer_anyway,
    };
    Case { considered_because: occasions, checklist: Some(checklist), ..empty(today) }
}

fn empty(today: Day) -> Case {
    Case {
        as_of: today,
        considered_because: Vec::new(),
        in_acute_hospital: false,
        section_117: false,
        checklist: None,
        checklist_not_done: None,
        decision_support: None,
        fast_track: None,
        dates: Dates::default(),
    }
}

/// Keeps a checklist that was filled in, with what its marks say and what follows; it answers the
/// prompts that asked for it. Kept again with a day on which something happened, it is read anew: the
/// last of one occasion stands.
pub fn done(
    person: &Person,
    occasion: EntryNumber,
    dates: Dates,
    text: &str,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let begun = ground.readable.form_begun(occasion).ok_or(Refusal::NoSuchEntry(occasion))?;
    if begun.begun.said.purpose != FormKind::Chc {
        return Err(Refusal::NoSuchEntry(occasion));
    }
    let case = Case { dates, ..gather(occasion, ground, asking.today) };
    let words = optional_words("words", text)?;
    keep(person, case, Some(occasion), &words, ground, asking)
}

/// Keeps that no checklist is done, and why.
pub fn not_done(
    person: &Person,
    because: &str,
    occasions: Vec<Occasion>,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let ask = "Say why no checklist is done: the reason is kept, and the person is told it";
    let reason = words("reason", because, ask)?;
    let by = Some(asking.actor.name.clone());
    let case = Case {
        considered_because: occasions,
        checklist_not_done: Some(Reasoned { reason: Some(reason.clone()), by }),
        ..empty(asking.today)
    };
    keep(person, case, None, &reason, ground, asking)
}

fn keep(
    person: &Person,
    case: Case,
    occasion: Option<EntryNumber>,
    words: &str,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    require_to_write(FormKind::Chc, asking)?;
    asking.require_begun(person)?;
    if asking.actor.person == Some(person.id) {
        let said = "This is for those who work with you to complete".to_owned();
        return Err(Refusal::NotNow(said));
    }
    let answer = answer(&case);
    // What the checklist itself lacks; a day that is yet to come is asked after, and waited for.
    let lacks = |ask: &&Question| ask.must_answer && ask.about.starts_with("checklist");
    if let Some(ask) = answer.outcome.asks.iter().find(lacks) {
        return Err(Refusal::NotNow(format!("This must be answered first: {}", ask.question)));
    }
    let done = case.checklist.is_some();
    let kept = ChcConsidered {
        threshold: answer.outcome.checklist.as_ref().map(|reading| reading.threshold),
        occasion,
        working: answer.lines.iter().map(working::line).collect(),
        follows: answer.outcome.prompts.iter().map(|p| working::duty(p.code, p.rule)).collect(),
        asks: answer.outcome.asks.iter().map(|ask| ask.question.to_string()).collect(),
        case,
        words: words.to_owned(),
    };
    let mut entries = vec![asking.entry(Fact::ChcConsidered(Box::new(kept)))];
    let open = ground
        .readable
        .prompted
        .iter()
        .filter(|state| state.answered.is_none() && state.prompted.said.prompt == Prompt::Chc);
    for state in open {
        let words = match (done, words.is_empty()) {
            (true, true) => "The checklist was done".to_owned(),
            _ => words.to_owned(),
        };
        let answered = PromptAnswered {
            purpose: state.prompted.said.purpose,
            prompted: state.prompted.entry,
            done,
            words,
        };
        let fact = Fact::PromptAnswered(answered);
        entries.push(asking.entry_for(state.prompted.audience, fact));
    }
    Ok(entries)
}
