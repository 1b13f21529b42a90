//! What is decided on the assessment: who is eligible, whether the person can make a decision, what is
//! decided by them or for them, continuing healthcare, and risks; and the letters that tell them.
//!
//! What a form says is taken over from it, and is not asked again here. Nothing is decided on what was
//! written after the page was opened.

pub mod all;
mod basis;
pub mod capacity;
pub mod chc;
pub mod deciders;
pub mod eligibility;
pub mod letters;
pub mod made;
pub mod risk;
mod words;

use care::assess::Ground;
use care::assess::register::OnRegister;
use care::record::entry::{Entry, EntryNumber};
use care::record::fact::assess::FormKind;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::actor::Refusal;
use care::who::role::Right;

use super::laid::{At, Laid, may_see, readable};
use crate::app::Place;
use crate::components::{Choice, Heading, Markup, Radios};
use crate::forms::Form;
use crate::seat::Seat;

pub use eligibility::in_lines;

const MEANWHILE: &str = "Somebody wrote in the assessment after you opened this page. What they found \
                         is below now: read it, then decide";

/// What the decisions of this room stand on, where the register adds nothing.
fn ground<'a>(place: &'a Place, folded: &'a Person, register: &'a OnRegister<'a>) -> Ground<'a> {
    Ground { forms: &place.forms, readable: &folded.assessment, register }
}

/// What the record says to a decision: refused where it is not what whoever decides had before them.
fn as_read<T: PartialEq>(
    place: &Place,
    (id, entries): (PersonId, &[Entry]),
    seen: EntryNumber,
    of: impl Fn(&Ground<'_>) -> T,
) -> Result<T, Refusal> {
    let register = OnRegister::default();
    let now = of(&ground(place, &readable(id, entries), &register));
    let before = entries.iter().filter(|entry| entry.number <= seen).cloned();
    let before = readable(id, &before.collect::<Vec<_>>());
    if of(&ground(place, &before, &register)) == now {
        Ok(now)
    } else {
        Err(Refusal::NotNow(MEANWHILE.to_owned()))
    }
}

/// Whether whoever asks works with the person, and sees what is assessed.
fn works_here(person: &Person, seat: &Seat) -> bool {
    let own = seat.actor.person == Some(person.id);
    person.begun.is_some() && !own && seat.works() && may_see(FormKind::Capacity, seat)
}

fn yes_or_no(code: &str) -> Option<bool> {
    match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn either(name: &str, question: &str, form: &Form) -> Markup {
    Radios::new(name, question, [Choice::new("yes", "Yes"), Choice::new("no", "No")])
        .heading(Heading::Small)
        .filled(form)
        .into()
}

/// A decision in the query of an address.
pub fn in_query(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The ways from the assessment, or from a form that a decision rests on, to what is decided on it.
pub fn ways(seat: &Seat, laid: &Laid, at: At<'_>) -> Vec<(String, String)> {
    let path = laid.path();
    let works = works_here(&laid.readable, seat);
    match (at.form.kind, at.occasion) {
        (FormKind::Assessment, None) => {
            let mut ways = eligibility::ways(seat, laid);
            if may_see(FormKind::Capacity, seat) {
                let text = "Decisions, and risks that were talked about".to_owned();
                ways.push((text, format!("{path}/decisions")));
            }
            ways
        }
        (FormKind::Capacity, Some(entry))
            if works && seat.actor.role.may(Right::AssessCapacity) =>
        {
            vec![(
                "Record what this comes to".to_owned(),
                format!("{path}/capacity/{}", laid.called(entry)),
            )]
        }
        (FormKind::Chc, Some(entry)) if works => {
            vec![(
                "See what the marks say, and record it".to_owned(),
                format!("{path}/chc/{}", laid.called(entry)),
            )]
        }
        (FormKind::BestInterests, Some(_)) if works => {
            let about = at.begun.map_or("", |begun| begun.begun.said.about.as_str());
            let finding = laid.readable.decisions.capacity_for(about);
            let way = finding.map(|finding| {
                let text = "Record what is decided".to_owned();
                (text, format!("{path}/decision/{}", laid.called(finding.entry)))
            });
            way.into_iter().collect()
        }
        _ => Vec::new(),
    }
}
