//! What an assessment leaves to be done: each with an owner, a day and the entry it comes from.

use std::collections::BTreeMap;

use law::day::Day;

use crate::record::entry::{Audience, EntryNumber};
use crate::record::fact::assess::{Ending, FormKind, Prompt};
use crate::record::person::assessment::{BegunForm, Writing};
use crate::record::person::decisions::Authority;
use crate::record::person::{Person, Told};

use super::{Stage, Task, Work, kept, kept_or_own};

/// How far an assessment of the person has come, theirs or as a carer; nothing where none has begun, or
/// all that did ended without one.
pub(super) fn stage(person: &Person) -> Option<Stage> {
    let begun = person.assessment.begun.iter().filter(|form| {
        // Where somebody stands is told to all: not by what is for fewer.
        matches!(form.begun.said.purpose, FormKind::Assessment | FormKind::Carer)
            && form.begun.audience == Audience::Everyone
    });
    begun
        .filter_map(|form| match &form.ended {
            None => Some(Stage::Assessing),
            Some(ended) => (ended.said.ending == Ending::Finished).then_some(Stage::Assessed),
        })
        // One under way comes before one that is finished.
        .min_by_key(|stage| *stage != Stage::Assessing)
}

/// Everything that is due because of the forms on a story.
pub(super) fn work(person: &Person) -> Vec<Work> {
    let mut work = forms(person);
    work.extend(prompts(person));
    work.extend(ask_again(person));
    work.extend(reviews(person));
    work.extend(person.carers.card.iter().map(|told| {
        let team = told.said.team.as_ref();
        kept(person, Task::ReviewCard, told.said.review_by, team, told.entry)
    }));
    work.extend(consents(person));
    let decisions = &person.decisions;
    work.extend(
        decisions
            .open_risks()
            .map(|told| kept_or_own(person, Task::TalkOfRisk, told.said.review_by, told)),
    );
    work.extend(decisions.lacking().filter_map(|told| {
        let due = told.said.good_until?;
        Some(kept_or_own(person, Task::AssessCapacity, due, told))
    }));
    work.extend(decisions.standing_for().filter_map(|told| {
        let due = told.said.review_by?;
        Some(kept_or_own(person, Task::ReviewDecision, due, told))
    }));
    // The last says what stands.
    work.extend(decisions.chc.last().and_then(|told| {
        let due = told.said.again_by?;
        Some(kept_or_own(person, Task::ThinkOfChc, due, told))
    }));
    work
}

/// An audience and the organisation that it is within; none, for everyone who works with the person.
type Readers<'a> = Option<(&'a str, &'a str)>;

/// What was agreed or given for a time, and comes to its end: consent to what the other side of a link
/// sees, and authority to decide for the person, unless another has taken its place.
fn consents(person: &Person) -> Vec<Work> {
    let links = person.carers.holding().filter(|link| !link.shares.is_empty());
    let links =
        links.map(|link| kept(person, Task::AskConsent, link.ask_again(), None, link.entry));
    let all = &person.decisions.authorities;
    let replaced = |one: &Authority| {
        let (seen, kind) = (one.recorded.entry, one.recorded.said.authority);
        all.iter().any(|other| other.recorded.entry > seen && other.recorded.said.authority == kind)
    };
    let open = all.iter().filter(|one| one.ended.is_none() && !replaced(one));
    let authorities = open.filter_map(|one| {
        let until = one.recorded.said.until?;
        Some(kept_or_own(person, Task::ReviewAuthority, until, &one.recorded))
    });
    links.chain(authorities).collect()
}

/// Who may read something, where that is not everyone who works with the person.
fn few<T>(told: &Told<T>, purpose: FormKind) -> Readers<'_> {
    let few = told.audience.is_for_few() || purpose.is_safeguarding();
    few.then(|| (told.audience.code(), told.author.organisation.as_str()))
}

/// Each form that was asked for and has not ended.
fn forms(person: &Person) -> Vec<Work> {
    let open = person.assessment.begun.iter().filter(|form| form.ended.is_none());
    open.map(|form| {
        let said = &form.begun.said;
        let (team, user) = form.owner();
        Work {
            task: Task::FillForm,
            due: said.due,
            urgent: said.purpose.is_safeguarding(),
            team: team.cloned(),
            user,
            entry: form.begun.entry,
        }
    })
    .collect()
}

/// Each prompt that nobody has answered.
fn prompts(person: &Person) -> Vec<Work> {
    let open = person.assessment.prompted.iter().filter(|state| state.answered.is_none());
    open.map(|state| {
        let told = &state.prompted;
        let team = told.said.team.as_ref();
        let mut work = kept(person, Task::AnswerPrompt, told.said.due, team, told.entry);
        // Whoever keeps the record may not be among those who may read it: those it was written among
        // are.
        let for_fewer = told.said.purpose.is_safeguarding() || told.audience.is_for_few();
        if let Some(team) = team.filter(|_| for_fewer) {
            (work.team, work.user) = (Some(team.clone()), None);
        }
        Work { urgent: told.said.prompt == Prompt::Safeguarding, ..work }
    })
    .collect()
}

/// What of the assessment is to be asked again: in one line for those who read the same of it, on the
/// day when the first of that is. What few may read is not put on a line that others lose by it.
fn ask_again(person: &Person) -> Vec<Work> {
    let kept_up = |writing: &&Writing| {
        let purpose = writing.told.said.purpose;
        matches!(purpose, FormKind::Assessment | FormKind::Carer) || purpose.is_of_plan()
    };
    let due = |writing: &Writing| -> Option<Day> {
        let days = writing.given.values().filter_map(|given| match given.outdated {
            Some(entry) => {
                let marked = person.assessment.outdating(entry);
                marked.map(|told| told.said.ask_by)
            }
            None => given.good_until,
        });
        days.min()
    };
    let standing = person.assessment.standing().filter(kept_up);
    let mut first: BTreeMap<(Readers<'_>, bool), (Day, &Writing)> = BTreeMap::new();
    for (due, writing) in standing.filter_map(|writing| Some((due(writing)?, writing))) {
        let purpose = writing.told.said.purpose;
        // More people read the plan than the assessment.
        let readers = (few(&writing.told, purpose), purpose == FormKind::Plan);
        let earliest = first.entry(readers).or_insert((due, writing));
        if due < earliest.0 {
            *earliest = (due, writing);
        }
    }
    let lines = first.into_iter().map(|((readers, _), (due, writing))| {
        let team = writing.told.said.team.as_ref();
        let work = kept(person, Task::AskAgain, due, team, writing.entry());
        match team.filter(|_| readers.is_some()) {
            Some(team) => Work { team: Some(team.clone()), user: None, ..work },
            None => work,
        }
    });
    lines.collect()
}

/// Of each form that was finished last and is to be reviewed, unless a review was begun since; one that
/// was not wanted leaves it due.
fn reviews(person: &Person) -> Vec<Work> {
    let forms = &person.assessment.begun;
    // What few may read of takes nothing off a line that others have.
    let told = |other: &BegunForm, form: &BegunForm| {
        let few = few(&other.begun, other.begun.said.purpose);
        few.is_none() || few == self::few(&form.begun, form.begun.said.purpose)
    };
    let begun_since = |entry: EntryNumber, of: &BegunForm| {
        forms.iter().filter(|form| told(form, of)).any(|form| {
            let counts = form.ended.as_ref().is_none_or(|end| end.said.ending == Ending::Finished);
            counts && form.begun.entry > entry && form.begun.said.purpose == FormKind::Review
        })
    };
    // One review looks at everything: the first that is due, of what the same people read.
    let mut reviews: BTreeMap<Option<(&str, &str)>, Work> = BTreeMap::new();
    for form in forms {
        let Some(ended) = &form.ended else { continue };
        let Some(due) = ended.said.review_by else { continue };
        let again = forms.iter().any(|other| {
            told(other, form)
                && other.begun.entry > form.begun.entry
                && other.begun.said.form == form.begun.said.form
        });
        // A review of the plan looks at what was assessed as well.
        let held = person.reviews.last().is_some_and(|held| held.entry > ended.entry);
        if !again && !held && !begun_since(ended.entry, form) {
            let begun = &form.begun;
            let work = kept(person, Task::Review, due, form.owner().0, ended.entry);
            let few = few(begun, begun.said.purpose);
            let first = reviews.entry(few).or_insert_with(|| work.clone());
            if work.due < first.due {
                *first = work;
            }
        }
    }
    reviews.into_values().collect()
}
