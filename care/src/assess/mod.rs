//! The second room of the journey: one shared assessment, told once.
//!
//! Forms are data ([`form`]). Their sections are written, confirmed and found out of date on the
//! person's story ([`mod@write`]), as part of a piece of work that was begun and ends ([`begin`]). What is
//! known already is shown and not asked again ([`known`]); what answers call for is prompted
//! ([`prompt`]); what the person has already is laid out before any service ([`strengths`]). What is
//! decided on it is kept with its reasons: [`eligibility`], [`chc`],
//! [`capacity`], [`authority`], [`risk`].
//!
//! Every function here is told what whoever asks may read ([`Ground::readable`]): what was said in
//! confidence is neither shown, nor taken over, nor given away by a conflict.

pub mod answers;
pub mod authority;
pub mod begin;
pub mod capacity;
pub mod card;
pub mod chc;
pub mod eligibility;
pub mod form;
pub mod known;
pub mod link;
pub mod prompt;
pub mod register;
pub mod risk;
pub mod strengths;
mod working;
pub mod write;

use crate::record::entry::EntryNumber;
use crate::record::fact::assess::FormKind;
use crate::record::ids::FormId;
use crate::record::person::assessment::Assessment;
use crate::who::access::part_of_form;
use crate::who::actor::{Asking, Refusal};
use crate::who::role::Right;

use form::{Form, Forms};
use register::OnRegister;

/// What every function of this room stands on.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The forms of the place.
    pub forms: &'a Forms,
    /// The assessment, folded from the entries that whoever asks may read.
    pub readable: &'a Assessment,
    /// What the register knows, as far as whoever asks may see it.
    pub register: &'a OnRegister<'a>,
}

impl<'a> Ground<'a> {
    /// The newest version of a form.
    pub fn form(&self, id: &FormId) -> Result<&'a Form, Refusal> {
        let unknown = || Refusal::NotNow(format!("There is no form ‘{id}’ here any more"));
        self.forms.get(id).ok_or_else(unknown)
    }

    /// Checks that a form which is filled in anew each time stands in one that was begun and has not
    /// ended, and that any other stands alone.
    fn occasion(&self, form: &Form, occasion: Option<EntryNumber>) -> Result<(), Refusal> {
        match (form.each_time, occasion) {
            (false, None) => Ok(()),
            (true, Some(entry)) => {
                let begun = self.readable.form_begun(entry);
                let begun = begun.filter(|begun| begun.begun.said.form == form.id);
                let begun = begun.ok_or(Refusal::NoSuchEntry(entry))?;
                match &begun.ended {
                    None => Ok(()),
                    Some(ended) => Err(Refusal::NotNow(format!(
                        "{} ended this form on {}: begin a new one",
                        ended.author.name,
                        ended.on.in_words()
                    ))),
                }
            }
            (true, None) => Err(Refusal::NotNow(format!("Begin ‘{}’ first", form.title))),
            (false, Some(entry)) => Err(Refusal::NoSuchEntry(entry)),
        }
    }
}

/// Refuses unless whoever asks may write a form of a kind: anybody at the front door what is said
/// there, anybody who writes notes a worry that somebody is harmed, whoever writes in the plan its
/// sections, and for the rest whoever writes the assessment; each of those only what they see.
pub fn require_to_write(kind: FormKind, asking: &Asking<'_>) -> Result<(), Refusal> {
    let what = "Writing this form";
    match kind {
        FormKind::Contact => asking.require(Right::RecordContact, what),
        FormKind::SafeguardingConcern => asking.require(Right::Write, what),
        _ => {
            let right = if kind.is_of_plan() { Right::WritePlan } else { Right::WriteAssessment };
            asking.require(right, what)?;
            let role = &asking.actor.role;
            if part_of_form(kind).is_none_or(|part| role.sees(part)) {
                return Ok(());
            }
            Err(Refusal::NotYours { what, role: role.title.clone() })
        }
    }
}
