//! Pages of `plan`: the one plan as everybody reads it; what the person wants; what is done for it, by
//! whom and how far it has come; what the person says to it; and the plan and an emergency summary on
//! paper.

pub mod action;
pub mod answer;
pub mod emergency;
pub mod moved;
pub mod network;
mod one_side;
pub mod outcome;
pub mod practice;
pub mod print;
pub mod scores;
mod sections;
pub mod show;
pub mod told;

use care::record::derived::Task;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::role::{Part, Right};

use crate::assess::Laid;
use crate::error::Failure;
use crate::names::Name;
use crate::seat::Seat;

const LOOKED_AT: &str = "the plan";

/// Whether whoever asks sees the plan. Those who come with a reason or with work see it as others do.
fn shared(person: &Person, seat: &Seat) -> bool {
    seat.actor.role.sees(Part::Plan) && person.begun.is_some()
}

/// Opens the plan to be read.
async fn open(seat: &Seat, id: PersonId) -> Result<Laid, Failure> {
    Laid::open(seat, id, LOOKED_AT, shared).await
}

/// Opens the plan to be written in.
async fn open_to_write(seat: &Seat, id: PersonId) -> Result<Laid, Failure> {
    seat.require(Right::WritePlan)?;
    open(seat, id).await
}

fn path(id: PersonId) -> String {
    format!("/person/{id}/plan")
}

/// Where something due because of the plan is done; nothing for any other task.
pub fn href(person: PersonId, task: Task, entry: Name) -> Option<String> {
    let plan = path(person);
    Some(match task {
        Task::DoAction | Task::AskOfAction => format!("{plan}/action/{entry}"),
        Task::FinishDraft => format!("{plan}/action?of={entry}"),
        Task::AgreePlan | Task::TalkOfPlan => format!("{plan}/answer"),
        Task::ScoreStart => format!("{plan}/scores"),
        Task::PlanContingency => format!("/person/{person}/form/plan/carers"),
        _ => return None,
    })
}

/// Who wants what is written: on the person's own page themself.
fn wants(laid: &Laid) -> String {
    if laid.own { "you want".to_owned() } else { format!("{} wants", laid.given()) }
}
