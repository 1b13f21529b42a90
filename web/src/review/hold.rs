//! Holding a review: last time's answers beside this time's, how each outcome stands, and what follows.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::EntryNumber;
use care::record::fact::review::{ReviewEnd, Risk, StillMet};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::record::person::plan::Outcome;
use care::review::hold::{Held, hold, months};
use care::review::score::score;
use care::who::actor::{Asking, Promises, Refusal};
use care::who::role::Right;
use law::day::Day;

use super::{STILL_MET, reviews, still_met};
use crate::ask::{Ask, heading, link, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{
    Choice, DateInput, Heading, InsetText, Markup, Radios, SummaryList, SummaryRow, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::EntryNames;
use crate::plan::scores::{self, PERSON, WORKER, questions};
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "the review that is due";

/// Asks what the review comes to.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let laid = Laid::open(seat, id, LOOKED_AT, reviews).await?;
    let (given, path) = (laid.given(), laid.path());
    let page = seat.page(format!("Review with {given}"), "").back(format!("{path}/reviews"));
    let person = &laid.readable;
    let ask = Ask::new(page, format!("{path}/review"), "Keep this review")
        .before(why(person))
        .before(link("Reviews held before, and the scores", &format!("{path}/reviews")))
        .seen(laid.record.last_seen());
    let parts = said(person, &given, form)
        .into_iter()
        .chain(questions(&laid, false, form))
        .chain(follows(&laid, form))
        .chain(next(person, &seat.app.place.promises, form));
    parts.fold(ask, Ask::part).show(form)
}

/// Why there is a review, and by when.
fn why(person: &Person) -> Markup {
    let Some(due) = person.review_due() else {
        return paragraph("No review is due: support had ended, or nothing has begun anew.");
    };
    let mut rows = vec![
        SummaryRow::new("Why there is one", due.ground.in_words()),
        SummaryRow::new("By", due.by.in_words()),
    ];
    for told in person.brought_forward() {
        let said = &told.said;
        let what = format!(
            "{}. {} {}, {}",
            said.change.in_words(),
            said.words,
            told.author.name,
            told.on.in_words()
        );
        rows.push(SummaryRow::new("What brought it forward", what));
    }
    SummaryList::new(rows).into()
}

/// What was answered last time, to stand right above the same question.
fn last_time(
    person: &Person,
    of: impl Fn(&care::record::fact::review::ReviewHeld) -> String,
) -> Option<Markup> {
    let last = person.reviews.last()?;
    let words = format!("Last time, {}: {}", last.on.in_words(), of(&last.said));
    Some(InsetText::new(words).into())
}

fn said(person: &Person, given: &str, form: &Form) -> Vec<Markup> {
    let mut parts = vec![heading("How it goes")];
    parts.extend(last_time(person, |last| last.person.clone()));
    parts.push(
        Textarea::new(PERSON, format!("How {given} says it goes, in their own words"))
            .rows(4)
            .filled(form)
            .into(),
    );
    parts.extend(last_time(person, |last| last.worker.clone()));
    parts.push(Textarea::new(WORKER, "How it goes, as you see it").rows(4).filled(form).into());
    parts
}

fn follows(laid: &Laid, form: &Form) -> Vec<Markup> {
    let person = &laid.readable;
    let mut parts = vec![heading("What follows")];
    parts.extend(last_time(person, |last| format!("{}. {}", last.end.in_words(), last.why)));
    let ends = Choice::each(ReviewEnd::ALL);
    parts.push(
        Radios::new("end", "What follows from this review?", ends)
            .heading(Heading::Small)
            .small()
            .filled(form)
            .into(),
    );
    parts.push(Textarea::new("why", "Why?").rows(3).filled(form).into());
    let outcomes: Vec<&Outcome> = person.plan.open_outcomes().collect();
    if !outcomes.is_empty() {
        parts.push(heading("If support becomes less, or ends"));
        parts.push(paragraph(
            "Write of each need how it is still met. Support does not become less by an answer that \
             was left out. If nothing becomes less, leave these empty.",
        ));
    }
    // The summary of what is missing leads to the first that is empty.
    let mut missing = form.problem(STILL_MET).is_some();
    let any = missing;
    for outcome in outcomes {
        let said = &outcome.written.said;
        let need = if said.need.is_empty() { &said.words } else { &said.need };
        let name = still_met(laid.called(outcome.id));
        let empty = form.value(&name).trim().is_empty();
        let label = format!("How is this need still met? ‘{need}’");
        let mut area = Textarea::new(name, label).rows(2).filled(form);
        if any && empty {
            area = area.error("Write how this need is still met");
            if missing {
                area = area.id(STILL_MET);
                missing = false;
            }
        }
        parts.push(area.into());
    }
    parts
}

fn next(person: &Person, promises: &Promises, form: &Form) -> Vec<Markup> {
    let mut parts = vec![heading("The next look")];
    parts.extend(last_time(person, |last| {
        let next = last.next_by.map_or_else(|| "none".to_owned(), Day::in_words);
        format!("risk {}; next look {next}", last.risk.in_words().to_lowercase())
    }));
    let risks = Risk::ALL.iter().map(|risk| {
        let hint = format!("The next look within {} months", months(*risk, promises));
        Choice::of(*risk).hint(hint)
    });
    parts.push(
        Radios::new("risk", "How great is the risk that something goes wrong before then?", risks)
            .heading(Heading::Small)
            .small()
            .filled(form)
            .into(),
    );
    let hint = "Leave it empty to go by the risk. It is never more than 12 months from now.";
    parts.push(
        DateInput::new("next-by", "When is the next review held by? (optional)")
            .hint(hint)
            .filled(form)
            .into(),
    );
    parts
}

/// Keeps it, with the scores, or neither.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let end = form.chosen("end", ReviewEnd::named, "Choose what follows");
    let risk = form.chosen("risk", Risk::named, "Choose how great the risk is");
    let next_by = form.date("next-by", "the next review");
    if let (Some(end), Some(risk), true) = (end, risk, form.is_sound()) {
        let (typed, as_sent, names) = (form.clone(), Sent::of(&form), seat.names(id));
        let changed = seat.change(id, From::Within, as_sent, move |before, asking| {
            let seen = as_sent.seen(&names);
            let held = held((before.person, &names), &typed, (end, risk, next_by), seen);
            keep((before.person, &names), &held, &typed, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/reviews?done=held");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, &form).await
}

fn held(
    (person, names): (&Person, &EntryNames),
    form: &Form,
    (end, risk, next_by): (ReviewEnd, Risk, Option<Day>),
    seen: EntryNumber,
) -> Held {
    let value = |name: &str| form.value(name).to_owned();
    let met = person.plan.open_outcomes().map(|outcome| StillMet {
        outcome: outcome.id,
        how: value(&still_met(names.called(outcome.id))),
    });
    Held {
        person: value(PERSON),
        worker: value(WORKER),
        end,
        why: value("why"),
        still_met: met.collect(),
        risk,
        next_by,
        seen,
    }
}

fn keep(
    (person, names): (&Person, &EntryNames),
    held: &Held,
    form: &Form,
    asking: &Asking<'_>,
) -> Result<Vec<care::record::entry::NewEntry>, Refusal> {
    let mut new = hold(person, held, asking)?;
    let (scores, wellbeing) = scores::said(person, names, form);
    if !scores.is_empty() || wellbeing.is_some() {
        new.extend(score(person, &scores, wellbeing, asking)?);
    }
    Ok(new)
}
