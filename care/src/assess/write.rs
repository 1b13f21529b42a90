//! Writing a section, confirming what was written, and finding it out of date.
//!
//! Nothing is written over what its author had not before them: if somebody else wrote the section
//! meanwhile, both versions come back, with how they merge. And nothing is written over another's own
//! words: a professional's view stands beside them.

use std::collections::{BTreeMap, BTreeSet};

use law::day::Day;

use crate::record::entry::{Audience, EntryNumber, NewEntry};
use crate::record::fact::assess::{
    Reply, SectionConfirmed, SectionOutdated, SectionWritten, Side, Voice,
};
use crate::record::fact::{Begun, Fact};
use crate::record::ids::{FormId, QuestionId, SectionId};
use crate::record::person::Person;
use crate::record::person::assessment::{Assessment, Place, Writing, may_replace};
use crate::who::actor::{Asking, Needed, Refusal, optional_words, words};

use super::form::{Form, Section};
use super::{Ground, prompt, require_to_write};

/// A section as somebody filled it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The form.
    pub form: FormId,
    /// The version they had before them.
    pub version: u32,
    /// The entry that began it, where it is filled in anew each time.
    pub occasion: Option<EntryNumber>,
    /// The section.
    pub section: SectionId,
    /// Whose words it is in.
    pub voice: Voice,
    /// The answers: all of the section, also those left as they were.
    pub replies: BTreeMap<QuestionId, Reply>,
    /// The answers left as they were that they looked at and confirm.
    pub still_so: BTreeSet<QuestionId>,
    /// What it rests on.
    pub rests_on: String,
    /// The writings of the section they had before them.
    pub saw: Vec<EntryNumber>,
    /// Who may read it.
    pub audience: Audience,
}

/// Why a section was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotWritten {
    /// It was refused.
    Refused(Refusal),
    /// Somebody else wrote it meanwhile.
    Conflict(Box<Conflict>),
}

impl From<Refusal> for NotWritten {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Two or more versions of one section, written without sight of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What the author wrote.
    pub yours: BTreeMap<QuestionId, Reply>,
    /// What stands, and the author had not seen; by others, or by themselves elsewhere.
    pub theirs: Vec<Writing>,
    /// Both together, as far as they touch different questions.
    pub merged: BTreeMap<QuestionId, Reply>,
    /// The questions that both answered, and not alike: somebody has to choose.
    pub differ: Vec<Differ>,
    /// What the merged version has seen: written with these, it takes the place of all.
    pub saw: Vec<EntryNumber>,
}

/// A question that several answered, and not alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differ {
    /// The question.
    pub question: QuestionId,
    /// What the author of the new version found.
    pub before: Option<Reply>,
    /// What they wrote; None where they took it out.
    pub yours: Option<Reply>,
    /// What each of the others wrote, by their entries.
    pub theirs: Vec<(EntryNumber, Option<Reply>)>,
}

/// Writes a section; begins the story where there is none. What its answers call for is prompted with
/// it.
pub fn write(
    person: &Person,
    draft: Draft,
    begun: Begun,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, NotWritten> {
    let (form, section) = placed(&draft, ground)?;
    require_to_write(form.kind, asking)?;
    ground.occasion(form, draft.occasion)?;
    require_voice(person, draft.voice, asking)?;
    let own = asking.actor.person == Some(person.id);
    let audience = if own { Audience::Everyone } else { draft.audience };
    require_audience(form, draft.voice, audience)?;
    let replies = answers(section, draft.voice, draft.replies)?;
    let mut written = SectionWritten {
        form: form.id.clone(),
        purpose: form.kind,
        version: form.version,
        occasion: draft.occasion,
        section: section.id.clone(),
        voice: draft.voice,
        replies,
        rests_on: optional_words("rests-on", &draft.rests_on)?,
        saw: draft.saw,
        team: asking.actor.team.clone(),
        good_until: None,
    };
    let before = seen(&mut written, audience, ground.readable, asking)?;
    let changed = |question: &&QuestionId| written.replies.get(question) != before.get(*question);
    let new: Vec<&QuestionId> = written.replies.keys().filter(changed).collect();
    written.good_until = good_until(section, new.iter().copied(), asking.today);
    let author = asking.actor.author();
    let may = |old: &Writing| may_replace((&written, audience, &author), &old.told);
    let theirs: Vec<&Writing> = ground
        .readable
        .standing_in(place_of(&written))
        .filter(|old| may(old) && !written.saw.contains(&old.entry()))
        // What was sent twice is no conflict with itself.
        .filter(|old| old.told.author.user != author.user || old.told.said != written)
        .collect();
    if !theirs.is_empty() {
        let conflict = conflict(&written, &before, &theirs);
        return Err(NotWritten::Conflict(Box::new(conflict)));
    }
    let nothing_new = written.replies == before;
    let mut entries = asking.begin(person, begun);
    entries.extend(still_so(&draft.still_so, &written, &before, section, audience, asking));
    if nothing_new && entries.is_empty() {
        return Err(Refusal::NotNow(
            "This is already what the record says: confirm it, or change it".to_owned(),
        )
        .into());
    }
    if !nothing_new {
        let mut calls = prompt::calls(section, &written.replies, &before);
        calls.extend(prompt::of_conditions(&written, ground));
        let prompts = prompt::entries(calls, form, ground.readable, audience, asking);
        entries.push(asking.entry_for(audience, Fact::SectionWritten(Box::new(written))));
        entries.extend(prompts);
    }
    Ok(entries)
}

/// The form and section that a draft fills in: in the version it was shown in, or the newest where that
/// is no longer kept.
fn placed<'a>(draft: &Draft, ground: &Ground<'a>) -> Result<(&'a Form, &'a Section), Refusal> {
    let newest = ground.form(&draft.form)?;
    let form = ground.forms.version(&draft.form, draft.version).unwrap_or(newest);
    let gone =
        || Refusal::NotNow(format!("‘{}’ has changed, and has no such section now", newest.title));
    Ok((form, form.section(&draft.section).ok_or_else(gone)?))
}

fn place_of(written: &SectionWritten) -> Place<'_> {
    Place { form: &written.form, occasion: written.occasion, section: &written.section }
}

/// Only the person writes in their own hand, and in no other.
fn require_voice(person: &Person, voice: Voice, asking: &Asking<'_>) -> Result<(), Refusal> {
    let own = asking.actor.person == Some(person.id);
    match (own, voice) {
        (true, Voice::Own) | (false, Voice::Recorded | Voice::Professional) => Ok(()),
        (true, _) => {
            Err(Refusal::NotNow("On your own record you write in your own words".to_owned()))
        }
        (false, _) => Err(Refusal::NotNow(
            "Only the person writes in their own hand: say that you wrote it down for them, or \
             write what you see yourself"
                .to_owned(),
        )),
    }
}

/// For fewer than usual only a professional's view is written, and only where the form allows it: the
/// person's words stay theirs to read.
fn require_audience(form: &Form, voice: Voice, audience: Audience) -> Result<(), Refusal> {
    let fewer = voice == Voice::Professional && form.also_for.contains(&audience);
    if audience == audience_of(form, voice) || fewer {
        return Ok(());
    }
    Err(Refusal::NotNow(format!(
        "In ‘{}’ this cannot be written for: {}",
        form.title,
        audience.in_words().to_lowercase()
    )))
}

/// The answers as they are kept: each fits its question, and nobody answers for the other side.
fn answers(
    section: &Section,
    voice: Voice,
    replies: BTreeMap<QuestionId, Reply>,
) -> Result<BTreeMap<QuestionId, Reply>, Refusal> {
    let missing = |message: String| Refusal::missing("replies", message);
    let mut kept = BTreeMap::new();
    for (id, reply) in replies {
        let question = section.question(&id).ok_or_else(|| {
            missing(format!("‘{}’ does not ask ‘{id}’: open it again", section.title))
        })?;
        if voice.side() == Side::Person && question.side == Side::Professional {
            return Err(missing(format!(
                "‘{}’ is for a professional to answer: leave it empty",
                question.text
            )));
        }
        let checked = question.answer.check(reply);
        if let Some(reply) =
            checked.map_err(|why| missing(format!("‘{}’: {why}", question.text)))?
        {
            kept.insert(id, reply);
        }
    }
    if kept.is_empty() {
        return Err(missing("Answer at least one question".to_owned()));
    }
    Ok(kept)
}

/// Leaves of what the author saw those it may take the place of, and says what they answered together.
fn seen(
    written: &mut SectionWritten,
    audience: Audience,
    readable: &Assessment,
    asking: &Asking<'_>,
) -> Result<BTreeMap<QuestionId, Reply>, Refusal> {
    let author = asking.actor.author();
    let mut before = BTreeMap::new();
    let mut saw = Vec::new();
    for &entry in &written.saw {
        let old = readable.writing(entry).filter(|old| old.place() == place_of(written));
        let old = old.ok_or(Refusal::NoSuchEntry(entry))?;
        if may_replace((written, audience, &author), &old.told) && !saw.contains(&entry) {
            saw.push(entry);
            before.extend(old.told.said.replies.clone());
        }
    }
    written.saw = saw;
    Ok(before)
}

/// The day from which none of some answers can be relied on unasked; none, if one is good for ever.
fn good_until<'a>(
    section: &Section,
    questions: impl Iterator<Item = &'a QuestionId>,
    today: Day,
) -> Option<Day> {
    let months = questions.filter_map(|id| section.question(id)?.good_for_months).max()?;
    Some(today.plus_months(i32::from(months)))
}

/// The confirmations of what was left as it was: of each writing that holds it.
fn still_so(
    questions: &BTreeSet<QuestionId>,
    written: &SectionWritten,
    before: &BTreeMap<QuestionId, Reply>,
    section: &Section,
    audience: Audience,
    asking: &Asking<'_>,
) -> Vec<NewEntry> {
    let kept =
        |id: &&QuestionId| before.contains_key(*id) && before.get(*id) == written.replies.get(*id);
    let questions: BTreeSet<QuestionId> = questions.iter().filter(kept).cloned().collect();
    if questions.is_empty() {
        return Vec::new();
    }
    let good_until = good_until(section, questions.iter(), asking.today);
    let confirmed = |&written_entry: &EntryNumber| SectionConfirmed {
        purpose: written.purpose,
        written: written_entry,
        questions: questions.clone(),
        words: written.rests_on.clone(),
        good_until,
    };
    let facts = written.saw.iter().map(confirmed).map(Fact::SectionConfirmed);
    facts.map(|fact| asking.entry_for(audience, fact)).collect()
}

/// Lays versions beside each other, question by question: what only one of them touched is taken.
fn conflict(
    written: &SectionWritten,
    before: &BTreeMap<QuestionId, Reply>,
    theirs: &[&Writing],
) -> Conflict {
    let yours = &written.replies;
    let questions: BTreeSet<&QuestionId> = theirs
        .iter()
        .flat_map(|writing| writing.told.said.replies.keys())
        .chain(yours.keys())
        .chain(before.keys())
        .collect();
    let mut merged = BTreeMap::new();
    let mut differ = Vec::new();
    for question in questions {
        let base = before.get(question);
        let mine = yours.get(question);
        let other = |writing: &&&Writing| writing.reply(question) != base;
        let touched: Vec<&&Writing> = theirs.iter().filter(other).collect();
        let versions: Vec<Option<&Reply>> =
            touched.iter().map(|writing| writing.reply(question)).collect();
        let reply = match versions.as_slice() {
            [] => mine,
            [first, rest @ ..]
                if rest.iter().all(|reply| reply == first) && (mine == base || mine == *first) =>
            {
                *first
            }
            _ => {
                differ.push(Differ {
                    question: question.clone(),
                    before: base.cloned(),
                    yours: mine.cloned(),
                    theirs: touched
                        .iter()
                        .map(|writing| (writing.entry(), writing.reply(question).cloned()))
                        .collect(),
                });
                mine
            }
        };
        if let Some(reply) = reply {
            merged.insert(question.clone(), reply.clone());
        }
    }
    let mut saw = written.saw.clone();
    saw.extend(theirs.iter().map(|writing| writing.entry()));
    Conflict {
        yours: yours.clone(),
        theirs: theirs.iter().map(|writing| (*writing).clone()).collect(),
        merged,
        differ,
        saw,
    }
}

/// A writing that stands and can be spoken of, with its form's section as it was when it was written.
fn standing<'a>(
    written: EntryNumber,
    ground: &Ground<'a>,
    asking: &Asking<'_>,
) -> Result<(&'a Writing, &'a Section), Refusal> {
    let writing = ground.readable.writing(written).ok_or(Refusal::NoSuchEntry(written))?;
    let said = &writing.told.said;
    require_to_write(said.purpose, asking)?;
    if let Some(newer) = writing.replaced_by {
        let by = ground.readable.writing(newer).map(|newer| newer.told.author.name.clone());
        let by = by.unwrap_or_else(|| "Somebody".to_owned());
        return Err(Refusal::NotNow(format!("{by} has changed this meanwhile: look at it again")));
    }
    let form = ground.forms.version(&said.form, said.version);
    let section = form.and_then(|form| form.section(&said.section));
    let gone = || Refusal::NotNow("The form no longer has this section".to_owned());
    Ok((writing, section.ok_or_else(gone)?))
}

/// The questions named, each answered in a writing; all of its questions where none is named.
fn named(writing: &Writing, questions: &BTreeSet<QuestionId>) -> Result<Vec<QuestionId>, Refusal> {
    let replies = &writing.told.said.replies;
    if let Some(strange) = questions.iter().find(|id| !replies.contains_key(*id)) {
        return Err(Refusal::NotNow(format!("There is no answer to ‘{strange}’ to speak of")));
    }
    let all = questions.is_empty();
    Ok(replies.keys().filter(|id| all || questions.contains(*id)).cloned().collect())
}

/// With whom a person's own words were confirmed.
pub const WITH_WHOM: Needed =
    Needed::new("words", "Say with whom you confirmed it: these are the person’s words");

/// Confirms what was written, all of it or the answers to some questions. The person's own words are
/// confirmed by them, or with them, and then it is said how; a professional's view by a professional.
pub fn confirm(
    person: &Person,
    written: EntryNumber,
    questions: BTreeSet<QuestionId>,
    text: &str,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let (writing, section) = standing(written, ground, asking)?;
    let own = asking.actor.person == Some(person.id);
    let words = match (own, writing.side()) {
        (true, Side::Professional) => {
            return Err(Refusal::NotNow(
                "This is what a professional says: write beside it how you see it".to_owned(),
            ));
        }
        (false, Side::Person) => WITH_WHOM.words(text)?,
        _ => optional_words("words", text)?,
    };
    let named = named(writing, &questions)?;
    let confirmed = SectionConfirmed {
        purpose: writing.told.said.purpose,
        written,
        questions,
        words,
        good_until: good_until(section, named.iter(), asking.today),
    };
    Ok(vec![asking.entry_for(writing.told.audience, Fact::SectionConfirmed(confirmed))])
}

/// Says that what was written is no longer so: it stays to be read, and is asked again.
pub fn mark_outdated(
    written: EntryNumber,
    questions: BTreeSet<QuestionId>,
    why: &str,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let (writing, _) = standing(written, ground, asking)?;
    let named = named(writing, &questions)?;
    let marked = |id: &QuestionId| writing.given.get(id).is_some_and(|g| g.outdated.is_some());
    if named.iter().all(marked) {
        return Err(Refusal::NotNow("This is marked as out of date already".to_owned()));
    }
    let outdated = SectionOutdated {
        purpose: writing.told.said.purpose,
        written,
        questions,
        why: words("why", why, "Say what has changed, or why it is no longer so")?,
        ask_by: asking.in_days(asking.promises.ask_again_days),
    };
    Ok(vec![asking.entry_for(writing.told.audience, Fact::SectionOutdated(outdated))])
}

/// Who may read a section, unless its writer says otherwise.
pub fn audience_of(form: &Form, voice: Voice) -> Audience {
    if voice == Voice::Own { Audience::Everyone } else { form.audience }
}
