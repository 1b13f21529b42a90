//! What a section's form says, as decisions take it: a draft for each side of it that its writer can
//! write, a confirmation, or a mark that something is out of date.

use std::collections::{BTreeMap, BTreeSet};

use care::assess::Ground;
use care::assess::form::Section;
use care::assess::write::{self, Conflict, Draft, NotWritten, audience_of};
use care::record::entry::{Audience, Author, EntryNumber, NewEntry};
use care::record::fact::Fact;
use care::record::fact::assess::{FormKind, Reply, SectionWritten, Side, Voice};
use care::record::ids::{FormId, PersonId, QuestionId, SectionId};
use care::record::person::assessment::{Assessment, Place, Writing, may_replace};
use care::who::actor::{Asking, Refusal};

use super::field;
use super::laid::{At, Laid, readable};
use super::question::STILL;
use crate::changing::{Before, Changed, From, Sent};
use crate::error::Failure;
use crate::forms::Form;
use crate::seat::Seat;

/// The field that says which writings a form was opened with.
pub const SAW: &str = "saw";

/// The field, and the part of an address, that says for whom something is written, where it is for
/// fewer than usual.
pub const FOR: &str = "for";

/// For whom a section is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readers {
    /// Whether the record is the writer's own.
    own: bool,
    /// For fewer than usual.
    pub fewer: Option<Audience>,
}

impl Readers {
    /// As an address or a form says; as usual where the form does not allow what is said.
    pub fn of(said: &str, at: At<'_>, own: bool) -> Self {
        let fewer = Audience::named(said).filter(|said| at.form.also_for.contains(said) && !own);
        Self { own, fewer }
    }

    /// The voice in which a side is written; None where it is not. For fewer than usual only what
    /// professionals say is: the person's words stay theirs to read.
    pub fn voice(self, side: Side) -> Option<Voice> {
        match (self.own, side) {
            (true, Side::Person) => Some(Voice::Own),
            (true, Side::Professional) => None,
            (false, Side::Person) => self.fewer.is_none().then_some(Voice::Recorded),
            (false, Side::Professional) => Some(Voice::Professional),
        }
    }

    /// Who may read what is written in a voice.
    pub fn audience(self, at: At<'_>, voice: Voice) -> Audience {
        self.fewer.unwrap_or_else(|| audience_of(at.form, voice))
    }
}

/// What a form asks for.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// To keep what was written; and with `still`, that all the rest is still right.
    Save {
        /// A draft for each side.
        drafts: Vec<Draft>,
        /// Whether everything that stands is confirmed with it.
        still: bool,
    },
    /// To mark answers as out of date.
    OutOfDate {
        /// The questions.
        questions: BTreeSet<QuestionId>,
        /// Why.
        why: String,
        /// What stands in the section.
        standing: Vec<EntryNumber>,
    },
}

/// What came of it.
pub enum Came {
    /// It is kept.
    Kept,
    /// It was refused.
    Refused(Refusal),
    /// Others wrote meanwhile.
    Conflict(Vec<Conflict>),
}

/// What a form says of a section; what is wrong is noted at its field.
pub fn drafts(
    laid: &Laid,
    form: &mut Form,
    at: At<'_>,
    section: &Section,
    readers: Readers,
) -> Vec<Draft> {
    let saw: Vec<EntryNumber> = form.values(SAW).filter_map(|said| laid.entry(said)).collect();
    let still: BTreeSet<QuestionId> = form.values(STILL).map(QuestionId::new).collect();
    let version = form.value("version").parse().unwrap_or(at.form.version);
    let mut drafts = Vec::new();
    for &side in Side::ALL {
        let Some(voice) = readers.voice(side) else { continue };
        let mut replies = BTreeMap::new();
        for question in section.questions.iter().filter(|question| question.side == side) {
            if let Some(reply) = field::read(question, form) {
                replies.insert(question.id.clone(), reply);
            }
        }
        let asks = section.questions.iter().any(|question| question.side == side);
        if asks {
            drafts.push(Draft {
                form: at.form.id.clone(),
                version,
                occasion: at.occasion,
                section: section.id.clone(),
                voice,
                still_so: still.iter().filter(|id| replies.contains_key(*id)).cloned().collect(),
                replies,
                rests_on: form.value("rests-on").to_owned(),
                saw: saw.clone(),
                audience: readers.audience(at, voice),
            });
        }
    }
    drafts
}

/// The writings that stand in a section and that a draft of this voice takes the place of.
pub fn replaced<'a>(
    assessment: &'a Assessment,
    (at, section): (At<'a>, &'a Section),
    (readers, voice): (Readers, Voice),
    author: &Author,
) -> Vec<&'a Writing> {
    let probe = probe((&at.form.id, at.form.kind), at.occasion, &section.id, voice);
    let audience = readers.audience(at, voice);
    let place = Place { form: &at.form.id, occasion: at.occasion, section: &section.id };
    let may = |writing: &&Writing| may_replace((&probe, audience, author), &writing.told);
    let mut replaced: Vec<&Writing> = assessment.standing_in(place).filter(may).collect();
    replaced.sort_by_key(|writing| weight(writing));
    replaced
}

/// Where several writings of one side stand, the last of these is what a form opens with: what the person
/// wrote with their own hand before what was written down for them, and the newer before the older.
pub fn weight(writing: &Writing) -> (bool, EntryNumber) {
    (writing.told.said.voice == Voice::Own, writing.entry())
}

/// A writing that says nothing yet, to see which others it would take the place of.
fn probe(
    (form, purpose): (&FormId, FormKind),
    occasion: Option<EntryNumber>,
    section: &SectionId,
    voice: Voice,
) -> SectionWritten {
    SectionWritten {
        form: form.clone(),
        purpose,
        version: 0,
        occasion,
        section: section.clone(),
        voice,
        replies: BTreeMap::new(),
        rests_on: String::new(),
        saw: Vec::new(),
        team: None,
        good_until: None,
    }
}

/// What a draft's author had before them: of that, what it takes the place of.
fn before(draft: &Draft, kind: FormKind, ground: &Ground<'_>, author: &Author) -> Replies {
    let probe = probe((&draft.form, kind), draft.occasion, &draft.section, draft.voice);
    let seen = draft.saw.iter().filter_map(|entry| ground.readable.writing(*entry));
    let seen = seen.filter(|old| may_replace((&probe, draft.audience, author), &old.told));
    seen.flat_map(|old| old.told.said.replies.clone()).collect()
}

type Replies = BTreeMap<QuestionId, Reply>;

/// Whether a draft says anything that did not stand before.
fn is_new(draft: &Draft, kind: FormKind, ground: &Ground<'_>, author: &Author) -> bool {
    !draft.still_so.is_empty() || draft.replies != before(draft, kind, ground, author)
}

/// Keeps what a form asks for.
pub async fn keep(
    seat: &Seat,
    laid: &Laid,
    kind: FormKind,
    wanted: Wanted,
    as_sent: Sent,
) -> Result<Came, Failure> {
    let id: PersonId = laid.record.person.id;
    let (outside, app) = (laid.outside.clone(), seat.app.clone());
    let changed = seat.change(id, From::Within, as_sent, move |known, asking| {
        let folded = readable(id, known.entries);
        let register = outside.register();
        let ground =
            Ground { forms: &app.place.forms, readable: &folded.assessment, register: &register };
        match &wanted {
            Wanted::Save { drafts, still } => save(drafts, *still, kind, &known, &ground, asking),
            Wanted::OutOfDate { questions, why, standing } => {
                out_of_date(questions, why, standing, &ground, asking).map_err(NotSaved::Refused)
            }
        }
    });
    Ok(match changed.await? {
        Changed::Kept | Changed::Again => Came::Kept,
        Changed::Refused(NotSaved::Refused(refusal)) => Came::Refused(refusal),
        Changed::Refused(NotSaved::Conflicts(conflicts)) => Came::Conflict(conflicts),
        Changed::Conflict(_) => return Err(Failure::Busy),
    })
}

enum NotSaved {
    Refused(Refusal),
    Conflicts(Vec<Conflict>),
}

fn save(
    drafts: &[Draft],
    still: bool,
    kind: FormKind,
    known: &Before<'_>,
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, NotSaved> {
    let author = asking.actor.author();
    let (mut entries, mut conflicts) = (Vec::<NewEntry>::new(), Vec::new());
    let mut nothing = None;
    let mut covered: BTreeSet<EntryNumber> = BTreeSet::new();
    for draft in drafts {
        let mut draft = draft.clone();
        let seen = before(&draft, kind, ground, &author);
        if still {
            let same = |id: &&QuestionId| seen.get(*id) == draft.replies.get(*id);
            draft.still_so = draft.replies.keys().filter(same).cloned().collect();
            require_words(&draft)?;
        }
        if !is_new(&draft, kind, ground, &author) {
            continue;
        }
        covered.extend(draft.saw.iter().copied().filter(|entry| {
            let old = ground.readable.writing(*entry);
            old.is_some_and(|old| old.told.said.voice == draft.voice)
        }));
        match write::write(known.person, draft, known.begun.clone(), ground, asking) {
            Ok(new) => add(&mut entries, new),
            Err(NotWritten::Conflict(conflict)) => conflicts.push(*conflict),
            Err(NotWritten::Refused(refusal)) => nothing = Some(refusal),
        }
    }
    if !conflicts.is_empty() {
        return Err(NotSaved::Conflicts(conflicts));
    }
    if let Some(refusal) = nothing {
        return Err(NotSaved::Refused(refusal));
    }
    if still {
        let own = asking.actor.person == Some(known.person.id);
        for draft in drafts.iter().take(1) {
            let place =
                Place { form: &draft.form, occasion: draft.occasion, section: &draft.section };
            let standing = ground.readable.standing_in(place);
            let rest = standing.filter(|one| !covered.contains(&one.entry()));
            for one in rest.filter(|one| !own || one.side() == Side::Person) {
                let new = write::confirm(
                    known.person,
                    one.entry(),
                    BTreeSet::new(),
                    &draft.rests_on,
                    ground,
                    asking,
                );
                add(&mut entries, new.map_err(as_words).map_err(NotSaved::Refused)?);
            }
        }
    }
    if entries.is_empty() {
        let message =
            "Nothing here is new: answer a question, or say that all of it is still right";
        return Err(NotSaved::Refused(Refusal::NotNow(message.to_owned())));
    }
    Ok(entries)
}

/// The person's own words are confirmed with them, and it is said how.
fn require_words(draft: &Draft) -> Result<(), NotSaved> {
    if draft.voice != Voice::Recorded || draft.still_so.is_empty() {
        return Ok(());
    }
    if draft.rests_on.trim().is_empty() {
        return Err(NotSaved::Refused(Refusal::missing("rests-on", write::WITH_WHOM.ask)));
    }
    Ok(())
}

/// The words of a confirmation stand in the field that says what a writing rests on.
fn as_words(refusal: Refusal) -> Refusal {
    match refusal {
        Refusal::Missing { field: "words", message, others } => {
            Refusal::Missing { field: "rests-on", message, others }
        }
        other => other,
    }
}

/// Adds what one side says to what the other does: a story begins once, and a prompt asks once.
fn add(entries: &mut Vec<NewEntry>, new: Vec<NewEntry>) {
    for entry in new {
        let once = matches!(entry.fact, Fact::Begun(_) | Fact::Prompted(_));
        if !(once && entries.iter().any(|one| one.fact == entry.fact)) {
            entries.push(entry);
        }
    }
}

fn out_of_date(
    questions: &BTreeSet<QuestionId>,
    why: &str,
    standing: &[EntryNumber],
    ground: &Ground<'_>,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let mut entries = Vec::new();
    for &entry in standing {
        let Some(writing) = ground.readable.writing(entry) else { continue };
        let here = questions.iter().filter(|id| writing.reply(id).is_some());
        let here: BTreeSet<QuestionId> = here.cloned().collect();
        if !here.is_empty() {
            entries.extend(write::mark_outdated(entry, here, why, ground, asking)?);
        }
    }
    if entries.is_empty() {
        let message = "Choose what is out of date".to_owned();
        return Err(Refusal::missing("out", message));
    }
    Ok(entries)
}

/// Whether what is filled in differs from what stands: it would be lost where something else is done.
pub fn would_be_lost(
    drafts: &[Draft],
    kind: FormKind,
    ground: &Ground<'_>,
    author: &Author,
) -> bool {
    drafts.iter().any(|draft| draft.replies != before(draft, kind, ground, author))
}
