//! What the plan, its meetings and its reviews leave on the timeline: in a line each.

use care::record::entry::Entry;
use care::record::fact::Fact;
use care::record::fact::plan::Progress;
use care::record::person::plan::Action;

/// How far an action has come, in words.
pub fn how_far(action: &Action) -> String {
    let Some(told) = &action.moved else { return "Nothing has been said of it yet".to_owned() };
    let what = match told.said.progress {
        Progress::Done => "Done".to_owned(),
        Progress::GoesOn { next } => format!("It goes on; next look {}", next.in_words()),
        Progress::Stopped => "It will not be done".to_owned(),
    };
    let by = format!("{what}. {}, on {}", told.author.name, told.on.in_words());
    if told.said.words.is_empty() { by } else { format!("{by}: {}", told.said.words) }
}

/// The words of the entry that such an entry is about, where its own do not say what that is: as the story
/// has them that whoever asks may read.
pub fn of<'a>(fact: &Fact, entries: &'a [Entry]) -> Option<(&'static str, &'a str)> {
    let (what, of) = match fact {
        Fact::ActionMoved(moved) => ("To be done", moved.action),
        Fact::OutcomeEnded(ended) => ("Wanted", ended.outcome),
        Fact::MeetingHeard(heard) => ("To talk about", heard.listed),
        Fact::MessageSeen(seen) => ("Message", seen.message),
        _ => return None,
    };
    let of = entries.iter().find(|entry| entry.number == of)?;
    Some((what, words(&of.fact)))
}

/// The title of such an entry, to whom it is about (`own`) or to somebody else; nothing for any other.
pub fn title(fact: &Fact, own: bool) -> String {
    match fact {
        Fact::OutcomeWritten(written) if own && written.of.is_none() => "What you want".to_owned(),
        Fact::OutcomeWritten(written) if written.of.is_some() => {
            "What is wanted was written anew".to_owned()
        }
        Fact::OutcomeWritten(_) => "What is wanted".to_owned(),
        Fact::OutcomeEnded(ended) => format!("What was wanted: {}", ended.end.in_words()),
        Fact::ActionWritten(written) if written.draft => "A draft for the plan".to_owned(),
        Fact::ActionWritten(written) => {
            format!("In the plan, to be done by {}", written.due.in_words())
        }
        Fact::ActionMoved(moved) => match moved.progress {
            Progress::Done => "An action of the plan is done".to_owned(),
            Progress::GoesOn { next } => {
                format!("An action of the plan goes on: next look {}", next.in_words())
            }
            Progress::Stopped => "An action of the plan will not be done".to_owned(),
        },
        Fact::PlanAnswered(answered) => format!("Said of the plan: {}", answered.answer.in_words()),
        Fact::MeetingListed(listed) => {
            format!("On the list of the meeting on {}", listed.on.in_words())
        }
        Fact::MeetingHeard(heard) if heard.put_off => "Not talked about at the meeting".to_owned(),
        Fact::MeetingHeard(_) => "What the meeting decided".to_owned(),
        Fact::MessageSent(sent) if sent.name.is_empty() => "Message to a team".to_owned(),
        Fact::MessageSent(sent) => format!("Message to {}", sent.name),
        Fact::MessageSeen(_) => "A message was seen".to_owned(),
        Fact::OutcomesScored(_) => "Scores of how things stand".to_owned(),
        Fact::ReviewBroughtForward(forward) => {
            format!("A review is due sooner: {}", forward.change.in_words())
        }
        Fact::ReviewHeld(held) => format!("Review: {}", held.end.in_words()),
        Fact::EnablementBegun(begun) => {
            format!("Enablement, planned to end on {}", begun.until.in_words())
        }
        Fact::EnablementWeek(_) => "A week of enablement".to_owned(),
        Fact::EnablementEnded(ended) => format!("Enablement ended: {}", ended.end.in_words()),
        _ => String::new(),
    }
}

/// The free text of such an entry.
pub fn words(fact: &Fact) -> &str {
    match fact {
        Fact::OutcomeWritten(written) => &written.words,
        Fact::OutcomeEnded(ended) => &ended.words,
        Fact::ActionWritten(written) => &written.what,
        Fact::ActionMoved(moved) => &moved.words,
        Fact::PlanAnswered(answered) => &answered.words,
        Fact::MeetingListed(listed) => &listed.why,
        Fact::MeetingHeard(heard) => &heard.decided,
        Fact::MessageSent(sent) => &sent.words,
        Fact::MessageSeen(seen) => &seen.words,
        Fact::ReviewBroughtForward(forward) => &forward.words,
        Fact::ReviewHeld(held) => &held.why,
        Fact::EnablementWeek(week) => &week.words,
        Fact::EnablementEnded(ended) => &ended.next,
        _ => "",
    }
}
