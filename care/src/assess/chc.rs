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
use crate::record::fact::assess::{FormKind, Prompt, PromptAnswered, Reply};
use crate::record::fact::decision::ChcConsidered;
use crate::record::person::Person;
use crate::who::actor::{Asking, Needed, Refusal, optional_words};

use super::answers::{Answers, Taken};
use super::{Ground, require_to_write, working};

/// The case that a filled-in checklist makes: what was marked, by whom, and how the person took part; of
/// what the person may read, for they are given a copy.
pub fn gather(occasion: EntryNumber, ground: &Ground<'_>, today: Day) -> Case {
    let answers = Answers::of(occasion, ground);
    let mut marks = BTreeMap::new();
    let mut by = None;
    let mut completed = None;
    for &domain in ChecklistDomain::ALL {
        let Taken::Said(answer) = answers.one(domain.code()) else { continue };
        if let Reply::Choice(code) = answer.reply {
            marks.extend(Mark::named(code).map(|mark| (domain, mark)));
            by = Some(answer.by.to_owned());
            completed = completed.max(Some(answer.on));
        }
    }
    let reply = |id: &str| answers.one(id).said().map(|answer| answer.reply);
    let occasions = match reply("occasion") {
        Some(Reply::Choices(codes)) => {
            codes.iter().filter_map(|code| Occasion::named(code)).collect()
        }
        _ => Vec::new(),
    };
    let consent = match reply("consent") {
        Some(Reply::Choice(code)) => Consent::named(code),
        _ => None,
    };
    let refer_anyway = answers.one("refer-anyway").said().and_then(|answer| match answer.reply {
        Reply::Text(reason) => {
            Some(Reasoned { reason: Some(reason.clone()), by: Some(answer.by.to_owned()) })
        }
        _ => None,
    });
    let copy_given_on = match reply("copy") {
        Some(Reply::Date(date)) => Some(date.first()),
        _ => None,
    };
    let checklist = Checklist {
        levels: Marks(marks),
        completed_on: completed,
        by,
        consent,
        person_involved: answers.yes("involved").said(),
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
    again: Option<Day>,
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
    keep(person, case, Some(occasion), (again, &words), ground, asking)
}

/// Why no checklist is done.
pub const NOT_DONE: Needed = Needed::new(
    "reason",
    "Say why no checklist is done: the reason is kept, and the person is told it",
);

/// Keeps that no checklist is done, and why.
pub fn not_done(
    person: &Person,
    because: &str,
    occasions: Vec<Occasion>,
    again: Option<Day>,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let reason = NOT_DONE.words(because)?;
    let by = Some(asking.actor.name.clone());
    let case = Case {
        considered_because: occasions,
        checklist_not_done: Some(Reasoned { reason: Some(reason.clone()), by }),
        ..empty(asking.today)
    };
    keep(person, case, None, (again, &reason), ground, asking)
}

fn keep(
    person: &Person,
    case: Case,
    occasion: Option<EntryNumber>,
    (again, words): (Option<Day>, &str),
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    require_to_write(FormKind::Chc, asking)?;
    asking.require_begun(person)?;
    if asking.actor.person == Some(person.id) {
        let said = "This is for those who work with you to complete".to_owned();
        return Err(Refusal::NotNow(said));
    }
    // A year at most is our own choice.
    again.map_or(Ok(()), |day| asking.within_a_year("again-by", day))?;
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
        again_by: again,
        letter: Some(asking.letter()),
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
