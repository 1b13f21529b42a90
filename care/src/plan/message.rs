//! Messages about a person, on their record and not in e-mail: each is somebody's to look at.

use crate::assess::begin::Owner;
use crate::record::entry::{Audience, EntryNumber, NewEntry};
use crate::record::fact::Fact;
use crate::record::fact::plan::{MessageSeen, MessageSent};
use crate::record::person::Person;
use crate::who::access::is_to;
use crate::who::actor::{Asking, Needed, Refusal, optional_words};
use crate::who::role::Right;

/// What a message says.
pub const WORDS: Needed = Needed::new("words", "Write the message");

/// Sends a message to somebody in the person's team, or to a team.
pub fn send(
    person: &Person,
    to: &Owner,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    asking.require(Right::Write, "Sending a message")?;
    asking.require_begun(person)?;
    let words = WORDS.words(text)?;
    let (to, name, team) = match to {
        Owner::User(user) => {
            let member = person.team.iter().find(|member| member.user == *user);
            let ask = "Choose somebody in the person’s team";
            let member = member.ok_or_else(|| Refusal::missing("to", ask))?;
            (Some(*user), member.name.clone(), None)
        }
        Owner::Team(team) => (None, String::new(), Some(team.clone())),
    };
    let answer_by = asking.in_days(asking.promises.answer_message_days);
    let sent = MessageSent { to, name, team, words, answers: None, answer_by };
    let own = asking.actor.person == Some(person.id);
    let audience = if own { Audience::Everyone } else { Audience::Professionals };
    Ok(vec![asking.entry_for(audience, Fact::MessageSent(sent))])
}

/// Says that a message was seen. An answer goes back to whoever wrote it; a person reads it where their
/// own message stands, and has no list of work for it to wait on.
pub fn seen(
    person: &Person,
    message: EntryNumber,
    text: &str,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let known = person.plan.message(message).ok_or(Refusal::NoSuchEntry(message))?;
    if !is_to(asking.actor, &known.sent.said) {
        return Err(Refusal::NotNow("This message was written to somebody else".to_owned()));
    }
    if let Some(seen) = &known.seen {
        return Err(Refusal::NotNow(format!("{} has seen this already", seen.author.name)));
    }
    let words = optional_words("words", text)?;
    let audience = known.sent.audience;
    let mut entries = Vec::new();
    if !words.is_empty() && audience != Audience::Everyone {
        let author = &known.sent.author;
        let back = MessageSent {
            to: Some(author.user),
            name: author.name.clone(),
            team: None,
            words: words.clone(),
            answers: Some(message),
            answer_by: asking.in_days(asking.promises.answer_message_days),
        };
        entries.push(asking.entry_for(audience, Fact::MessageSent(back)));
    }
    let seen = Fact::MessageSeen(MessageSeen { message, words });
    entries.push(asking.entry_for(audience, seen));
    Ok(entries)
}
