//! Nobody there is a reason to plan a network: what the assessment says of it becomes an action of the plan
//! with one click, and stands until it is answered.

use care::assess::form::Outcome;
use care::assess::strengths::{Met, met};
use care::assess::{Ground, prompt};
use care::record::entry::{EntryNumber, NewEntry};
use care::record::fact::assess::{FormKind, Prompt};
use care::record::fact::plan::{Area, Source};
use care::record::person::Person;
use care::record::person::assessment::PromptState;
use care::who::actor::{Asking, Refusal};
use care::who::role::Right;

use super::path;
use crate::app::Place;
use crate::ask::{link, paragraph};
use crate::assess::prompt::NETWORK;
use crate::assess::{Laid, may_write};
use crate::components::{InsetText, Markup};
use crate::forms::Form;
use crate::seat::Seat;

fn proposes(seat: &Seat, laid: &Laid) -> bool {
    let role = &seat.actor.role;
    !laid.own && role.may(Right::WritePlan) && may_write(FormKind::Assessment, seat)
}

fn open(person: &Person) -> impl Iterator<Item = &PromptState> {
    person
        .assessment
        .prompted
        .iter()
        .filter(|state| state.answered.is_none() && state.prompted.said.prompt == Prompt::Network)
}

/// What the assessment proposes, for those who write both; nothing once it is answered.
pub fn proposed(seat: &Seat, laid: &Laid) -> Vec<Markup> {
    if !proposes(seat, laid) {
        return Vec::new();
    }
    let person = &laid.readable;
    let base = format!("{}/action?{NETWORK}", path(person.id));
    let words = "Plan how to build a network";
    let asked = open(person).map(|state| {
        let because = paragraph(&state.prompted.said.because);
        let way = link(words, &format!("{base}={}", laid.called(state.prompted.entry)));
        InsetText::new(Markup::join([because, way])).into()
    });
    let asked: Vec<Markup> = asked.collect();
    let near = |source: Source| matches!(source, Source::Family | Source::Community);
    let planned = person.plan.actions.iter().any(|action| near(action.written.said.source));
    let answered = person
        .assessment
        .prompted
        .iter()
        .any(|state| state.answered.is_some() && state.prompted.said.prompt == Prompt::Network);
    if !asked.is_empty() || planned || answered {
        return asked;
    }
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    let alone: Vec<Outcome> =
        met(&ground).into_iter().filter(Met::lacks_people).map(|met| met.outcome).collect();
    if alone.is_empty() {
        return Vec::new();
    }
    let of: Vec<String> = alone.iter().map(|outcome| outcome.in_words().to_lowercase()).collect();
    let because =
        paragraph(&format!("The assessment names nobody near who helps with: {}.", of.join("; ")));
    let way = link(words, &format!("{base}=needs"));
    vec![InsetText::new(Markup::join([because, way])).into()]
}

/// The form as it opens for such an action: all of it can be changed.
pub fn filled(seat: &Seat, laid: &Laid, form: Form) -> Form {
    let open: Vec<_> = laid.readable.plan.open_outcomes().collect();
    let with_people = open
        .iter()
        .find(|one| matches!(one.written.said.area, Area::Relationships | Area::Community));
    let only = if open.len() == 1 { open.first() } else { None };
    let form = match with_people.or(only) {
        Some(outcome) => form.with("outcome", laid.called(outcome.id).to_string()),
        None => form,
    };
    let by = seat.today.plus_days(28);
    form.with("what", "Find people and groups nearby, and go along the first time")
        .with("source", Source::Community.code())
        .with("known-by", "Somebody to turn to, seen or spoken with each week")
        .with("due-day", by.day_of_month().to_string())
        .with("due-month", by.month().to_string())
        .with("due-year", by.year().to_string())
}

/// What answers the prompt that an action was written for; nothing where it was answered meanwhile.
pub fn answer(
    person: &Person,
    readable: &Person,
    prompted: EntryNumber,
    what: &str,
    place: &Place,
    asking: &Asking<'_>,
) -> Result<Vec<NewEntry>, Refusal> {
    let open = open(readable).any(|state| state.prompted.entry == prompted);
    if !open {
        return Ok(Vec::new());
    }
    let register = care::assess::register::OnRegister::default();
    let ground =
        Ground { forms: &place.forms, readable: &readable.assessment, register: &register };
    prompt::answer(person, prompted, true, &format!("In the plan: {what}"), &ground, asking)
}
