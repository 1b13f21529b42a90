//! How the outcomes stand when the plan begins, and how well the person feels: as they say, and as who
//! works with them sees it. A review asks the same in the same words, and lays both beside each other.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::EntryNumber;
use care::record::fact::review::{Attained, Score};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::record::person::plan::Outcome;
use care::review::score::{WELLBEING_MOST, score};
use care::who::role::{Part, Right};

use super::{open_to_write, path};
use crate::ask::{Ask, Tell, heading, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{Choice, Markup, Select, SummaryList, SummaryRow};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::{EntryNames, Name};
use crate::posted::Posted;
use crate::seat::Seat;

/// Whether whoever asks scores the outcomes: the person, and those who see what was assessed.
pub fn may(seat: &Seat, id: PersonId) -> bool {
    let role = &seat.actor.role;
    role.may(Right::WritePlan) && (seat.actor.person == Some(id) || role.sees(Part::Assessment))
}

/// Asks how they stand.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    if !may(seat, id) {
        return Err(Failure::NotFound);
    }
    let laid = open_to_write(seat, id).await?;
    let page = seat.page("How things stand now", "").back(path(id));
    if laid.readable.plan.open_outcomes().next().is_none() {
        let words = "There is nothing in the plan yet of which to say how it stands.";
        return Tell::new(page).part(paragraph(words)).show_with(form);
    }
    let about = if laid.own {
        "Say how near you are to what you want. When we look at your plan again we ask the same, so that \
         all of us see what has changed. You can leave any of it out."
    } else {
        "Ask how near they are to what they want, and say how you see it. Each of you says it for \
         yourself, and the review asks the same again. Leave out what is not said."
    };
    let ask = Ask::new(page, format!("{}/scores", path(id)), "Save").before(paragraph(about));
    let parts = questions(&laid, laid.own, form);
    parts.into_iter().fold(ask, Ask::part).show(form)
}

/// Keeps it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    if !may(&seat, id) {
        return Err(Failure::NotFound);
    }
    let (typed, names) = (form.clone(), seat.names(id));
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        let (scores, wellbeing) = said(before.person, &names, &typed);
        score(before.person, &scores, wellbeing, asking)
    });
    if changed.await?.kept(&mut form)? {
        return Ok(Redirect::to(&format!("{}?done=scored", path(id))).into_response());
    }
    view(&seat, id, &form).await
}

/// Under which name the person's own is sent, and the professional's.
pub const PERSON: &str = "person";
/// The same of the professional.
pub const WORKER: &str = "worker";

/// The name under which somebody's score of an outcome is sent.
fn score_of(outcome: Name, whose: &str) -> String {
    format!("score-{outcome}-{whose}")
}

/// The questions; of the person's own hand only theirs.
pub fn questions(laid: &Laid, own: bool, form: &Form) -> Vec<Markup> {
    let (person, given) = (&laid.readable, laid.given());
    let mut parts = vec![heading("How each outcome stands")];
    for outcome in person.plan.open_outcomes() {
        parts.push(outcome_in_words(outcome, own));
        if own {
            parts.push(select(laid, outcome.id, PERSON, "As you see it", form));
        } else {
            let theirs = format!("As {given} sees it");
            parts.push(select(laid, outcome.id, PERSON, &theirs, form));
            parts.push(select(laid, outcome.id, WORKER, "As you see it", form));
        }
    }
    parts.push(wellbeing(person, &given, own, form));
    parts
}

fn select(laid: &Laid, outcome: EntryNumber, whose: &str, label: &str, form: &Form) -> Markup {
    let scores = laid.readable.reviews.scored.iter().rev().flat_map(|told| &told.said.scores);
    let of_whom = |score: &Score| if whose == PERSON { score.person } else { score.worker };
    let last = scores.filter(|score| score.outcome == outcome).find_map(of_whom);
    let hint = last.map_or_else(
        || "Not said before".to_owned(),
        |said| format!("Last time: {}", said.in_words()),
    );
    let all = Attained::ALL.iter();
    let all = all.map(|one| Choice::new(one.points().to_string(), one.in_words()));
    let choices = std::iter::once(Choice::new("", "Not said")).chain(all);
    Select::new(score_of(laid.called(outcome), whose), label, choices)
        .hint(hint)
        .filled(form)
        .into()
}

fn wellbeing(person: &Person, given: &str, own: bool, form: &Form) -> Markup {
    let points = (0..=WELLBEING_MOST).map(|points| points.to_string());
    let points = points.map(|points| Choice::new(points.as_str(), points.as_str()));
    let choices = std::iter::once(Choice::new("", "Not said")).chain(points);
    let before = person.reviews.scored.iter().rev().find_map(|told| told.said.wellbeing);
    let before = before.map_or_else(String::new, |before| format!(" Last time: {before}."));
    let label = if own {
        "How well do you feel?".to_owned()
    } else {
        format!("How well does {given} feel?")
    };
    Select::new("wellbeing", label, choices)
        .hint(format!("From 0, not well at all, to 10, as well as can be.{before}"))
        .filled(form)
        .into()
}

fn outcome_in_words(outcome: &Outcome, own: bool) -> Markup {
    let said = &outcome.written.said;
    SummaryList::new([
        SummaryRow::new(if own { "What you want" } else { "What they want" }, said.words.as_str()),
        SummaryRow::new("At the start", said.now.as_str()),
        SummaryRow::new("As hoped", said.hoped.as_str()),
    ])
    .into()
}

/// How the outcomes stand, as the form says; nothing where it says nothing.
pub fn said(person: &Person, names: &EntryNames, form: &Form) -> (Vec<Score>, Option<u8>) {
    let scores = person.plan.open_outcomes().map(|outcome| {
        let said = |whose| Attained::parse(form.value(&score_of(names.called(outcome.id), whose)));
        Score { outcome: outcome.id, person: said(PERSON), worker: said(WORKER) }
    });
    let scores = scores.filter(|score| score.person.is_some() || score.worker.is_some());
    (scores.collect(), form.value("wellbeing").parse().ok())
}
