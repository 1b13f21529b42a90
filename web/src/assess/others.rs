//! What stands round the assessment: what is to be thought of, the other forms that were begun, and the
//! forms that can be.

use askama::Template;
use care::assess::form::Form;
use care::record::fact::assess::{Ending, FormKind, Prompt};
use care::record::person::assessment::{BegunForm, PromptState};

use super::laid::{At, Laid, may_see, may_write};
use crate::ask::list;
use crate::components::{Colour, Details, Markup, Tag};
use crate::seat::Seat;

/// A form beside the assessment.
pub struct Other {
    /// Its title, with what it is about.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// How it stands.
    pub tag: Tag,
    /// Since when, or by when.
    pub when: String,
}

/// The other forms that were begun or written in, the newest first.
pub fn forms(seat: &Seat, laid: &Laid) -> Vec<Other> {
    let (place, id) = (&seat.app.place, laid.record.person.id);
    let (assessment, names) = (&laid.readable.assessment, laid.names());
    let mut others = Vec::new();
    for begun in assessment.begun.iter().rev() {
        let said = &begun.begun.said;
        let Some(form) = place.forms.get(&said.form) else { continue };
        if form.kind == FormKind::Assessment || !may_see(form.kind, seat) {
            continue;
        }
        let Some(at) = At::new(names, form, Some(begun.begun.entry), assessment) else { continue };
        let (tag, when) = state(begun);
        let title = if said.about.is_empty() {
            form.title.clone()
        } else {
            format!("{}: {}", form.title, said.about)
        };
        others.push(Other { title, href: at.path(id), tag, when });
    }
    for form in place.forms.iter().filter(|form| {
        let elsewhere = form.kind == FormKind::Assessment || form.kind.is_of_plan();
        !form.each_time && !elsewhere && may_see(form.kind, seat)
    }) {
        let begun = assessment.begun.iter().any(|begun| begun.begun.said.form == form.id);
        let written = assessment.standing().any(|writing| writing.told.said.form == form.id);
        if let (false, true, Some(at)) = (begun, written, At::new(names, form, None, assessment)) {
            others.push(Other {
                title: form.title.clone(),
                href: at.path(id),
                tag: Tag::new("Written in"),
                when: String::new(),
            });
        }
    }
    others
}

fn state(begun: &BegunForm) -> (Tag, String) {
    match &begun.ended {
        None => (
            Tag::new("Under way").colour(Colour::Yellow),
            format!("by {}", begun.begun.said.due.in_words()),
        ),
        Some(ended) => {
            let tag = match ended.said.ending {
                Ending::Finished => Tag::new("Finished").colour(Colour::Green),
                Ending::Declined => Tag::new("Not wanted").colour(Colour::Grey),
                Ending::NotNeeded => Tag::new("Not needed").colour(Colour::Grey),
            };
            (tag, format!("on {}", ended.on.in_words()))
        }
    }
}

/// The forms that whoever asks may begin. What is said at the front door begins there, and what stands
/// in the plan with it; and the person asks for their own assessment, or as a carer.
pub fn may_begin(seat: &Seat, own: bool) -> impl Iterator<Item = &Form> {
    let theirs = |kind: FormKind| matches!(kind, FormKind::Assessment | FormKind::Carer);
    seat.app.place.forms.iter().filter(move |form| {
        let by_itself = form.kind == FormKind::Contact || form.kind.is_of_plan();
        !by_itself && may_write(form.kind, seat) && (!own || theirs(form.kind))
    })
}

/// A prompt that waits.
struct Waiting {
    what: &'static str,
    because: String,
    due: String,
    href: String,
}

/// What is to be thought of, with the reason, for those who work with the person.
pub fn prompts(seat: &Seat, laid: &Laid) -> Option<Markup> {
    #[derive(Template)]
    #[template(path = "assess/prompts.html")]
    struct Prompts {
        waiting: Vec<Waiting>,
    }
    if laid.own {
        return None;
    }
    let open = laid.readable.assessment.prompted.iter().filter(|one| one.answered.is_none());
    let waiting: Vec<Waiting> = open
        .filter(|one| may_write(one.prompted.said.purpose, seat))
        .map(|one| Waiting {
            what: one.prompted.said.prompt.in_words(),
            because: because(one),
            due: one.prompted.said.due.in_words(),
            href: format!("{}/prompt/{}", laid.path(), laid.called(one.prompted.entry)),
        })
        .collect();
    (!waiting.is_empty()).then(|| Markup::of(&Prompts { waiting }))
}

/// Why something is to be thought of, and about whom.
pub fn because(state: &PromptState) -> String {
    let said = &state.prompted.said;
    if said.about.is_empty() {
        said.because.clone()
    } else {
        format!("{}: {}", said.about, said.because)
    }
}

/// What was thought of before, and what came of it.
pub fn thought_of(laid: &Laid) -> Option<Details> {
    let answered = laid.readable.assessment.prompted.iter().rev();
    let lines: Vec<String> = answered
        .filter_map(|state| {
            let answered = state.answered.as_ref()?;
            let came = if answered.said.done { "Done" } else { "Not done" };
            Some(format!(
                "{}. {} {came}: {} ({}, {})",
                state.prompted.said.prompt.in_words(),
                because(state),
                answered.said.words,
                answered.author.name,
                answered.on.in_words()
            ))
        })
        .collect();
    (!lines.is_empty()).then(|| Details::new("What was thought of before", list(lines)))
}

/// The form with which something that was prompted is done.
pub fn form_for(prompt: Prompt) -> Option<FormKind> {
    match prompt {
        Prompt::Chc => Some(FormKind::Chc),
        Prompt::Capacity => Some(FormKind::Capacity),
        Prompt::Safeguarding => Some(FormKind::SafeguardingConcern),
        Prompt::Technology => Some(FormKind::Telecare),
        Prompt::OccupationalTherapy => Some(FormKind::OccupationalTherapy),
        // A carer's assessment stands on their own record.
        Prompt::CarersAssessment | Prompt::Advocacy | Prompt::Network => None,
    }
}
