//! A contact: seeing it, answering it, passing it on.

use axum::response::{IntoResponse, Redirect, Response};
use care::find::front_door;
use care::record::entry::EntryNumber;
use care::record::fact::Outcome;
use care::record::ids::{PersonId, TeamId};
use care::record::person::ContactState;
use care::who::access::{Access, may_open};
use care::who::actor::Refusal;
use care::who::role::{Part, Right};

use super::questions::what_teams_do;
use crate::ask::{Ask, Tell};
use crate::changing::{From, Sent};
use crate::components::{Choice, Markup, Radios, Select, SummaryList, SummaryRow, Textarea};
use crate::error::Failure;
use crate::forms::{Form, capital};
use crate::names::AtEntry;
use crate::near;
use crate::posted::Posted;
use crate::reading;
use crate::seat::Seat;
use crate::unsaved::Unsaved;
use crate::whom::full_name;

/// Shows a contact: to those who may open the record, and to whoever recorded it.
pub async fn show(seat: Seat, AtEntry(id, number): AtEntry) -> Result<Response, Failure> {
    contact_page(&seat, id, number, &Form::blank()).await
}

async fn contact_page(
    seat: &Seat,
    id: PersonId,
    number: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    let found = seat.write(move |tx, seat| {
        let Some(known) = reading::known(tx, seat, id)? else { return Ok(None) };
        let Some(state) = known.person.contact(number).cloned() else { return Ok(None) };
        let access = may_open(&seat.actor, &known.subject, &known.person, seat.now);
        let opens = matches!(access, Access::Yes(_)) && seat.actor.role.sees(Part::Story);
        let recorded = state.contact.author.user == seat.actor.user;
        if !opens && (!recorded || known.subject.restricted) {
            return Ok(None);
        }
        let reason = match access {
            Access::Yes(relationship) => reading::reason(&known, relationship, seat),
            Access::WithReason | Access::No => None,
        };
        reading::write_view(tx, seat, id, "a contact", reason)?;
        Ok(Some((state, (known.identity(), known.subject.practice.clone()), opens)))
    });
    let (state, (identity, practice), opens) = found.await?.ok_or(Failure::NotFound)?;
    let name = full_name(&identity);
    let back = if opens { format!("/person/{id}") } else { "/contact/mine".to_owned() };
    let page = seat.page(format!("A contact about {name}"), "/contact").back(back);
    let facts = facts(seat, &state);
    let answers = seat.actor.role.may(Right::AnswerContact) && opens;
    let passes = answers || state.contact.author.user == seat.actor.user;
    // Once it is answered there is nothing to send any more: what came of it, and who said so. What was
    // typed is never lost, also when somebody else has answered meanwhile.
    if state.outcome.is_some() || !(answers || passes) {
        let mut tell = Tell::new(page).part(facts);
        let unsaved = Unsaved::of(form, &[]);
        if !unsaved.is_empty() {
            tell = tell.part(Markup::of(&unsaved));
        }
        return tell.show_with(form);
    }
    let mut choices = Vec::new();
    if answers {
        choices.extend(Choice::each(Outcome::ALL));
    }
    let near = seat.teams_near(practice.as_deref()).into_iter();
    let others = near.filter(|team| team.id != state.owner);
    let teams = std::iter::once(Choice::new("", "Choose a team")).chain(others.map(near::choice));
    choices.push(
        Choice::new("pass-on", "Pass it on to another team")
            .reveals(Select::new("to", "Which team?", teams).filled(form)),
    );
    Ask::new(page, format!("/person/{id}/contact/{}", seat.called(id, number)), "Save")
        .before(facts)
        .part(Radios::new("outcome", "What came of it?", choices).filled(form))
        .part(
            Textarea::new("words", "In words")
                .hint("For the person, and whoever asked. If you pass it on, say why.")
                .rows(4)
                .filled(form),
        )
        .part(what_teams_do(seat, practice.as_deref()))
        .show(form)
}

fn facts(seat: &Seat, state: &ContactState) -> SummaryList {
    let place = &seat.app.place;
    let told = &state.contact;
    let mut rows = vec![
        SummaryRow::new("What it is", told.said.contact.in_words()),
        SummaryRow::new(
            "From",
            if told.said.from.is_empty() {
                capital(told.said.route.in_words())
            } else {
                format!("{} ({})", told.said.from, told.said.route.in_words())
            },
        ),
        SummaryRow::new("What was said", told.said.words.as_str()),
        SummaryRow::new(
            "Recorded",
            format!(
                "{}, by {}, {}",
                told.on.in_words(),
                told.author.name,
                place.organisation_name(&told.author.organisation)
            ),
        ),
        SummaryRow::new("With", place.team_name(&state.owner)),
    ];
    match &state.outcome {
        None => rows.push(SummaryRow::new("Answer by", told.said.answer_by.in_words())),
        Some(outcome) => {
            rows.push(SummaryRow::new("What came of it", outcome.said.outcome.in_words()));
            rows.push(SummaryRow::new("In words", outcome.said.words.as_str()));
            rows.push(SummaryRow::new(
                "Answered",
                format!("{}, by {}", outcome.on.in_words(), outcome.author.name),
            ));
        }
    }
    SummaryList::new(rows)
}

/// Records what came of a contact, or passes it on.
pub async fn answer(
    seat: Seat,
    AtEntry(id, number): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let passes = form.has("outcome", "pass-on");
    if !passes {
        seat.require(Right::AnswerContact)?;
    }
    let words = form.value("words").to_owned();
    let to = form.optional("to").map(TeamId::new);
    let to = to.filter(|team| seat.app.place.teams.team(team).is_some());
    let outcome = if passes {
        None
    } else {
        form.chosen("outcome", Outcome::named, "Choose what came of it")
    };
    let outcome_is_assessment = outcome == Some(Outcome::Assessment);
    if passes && to.is_none() {
        form.wrong("to", "Choose a team");
    }
    if form.is_sound() {
        let from = if passes { From::Anywhere } else { From::Within };
        let changed =
            seat.change(id, from, Sent::of(&form), move |before, asking| match (&outcome, &to) {
                (Some(outcome), _) => {
                    front_door::answer(before.person, number, *outcome, &words, asking)
                }
                (None, Some(to)) => {
                    // The front door is open to all, and what others left there is not.
                    let known = &before.known;
                    let opens = may_open(asking.actor, &known.subject, before.person, asking.now);
                    let contact = before.person.contact(number).map(|state| &state.contact);
                    let recorded =
                        contact.is_some_and(|contact| contact.author.user == asking.actor.user);
                    if !recorded && !matches!(opens, Access::Yes(_)) {
                        return Err(Refusal::NoSuchEntry(number));
                    }
                    front_door::pass_on(before.person, number, to.clone(), &words, asking)
                }
                (None, None) => Ok(Vec::new()),
            });
        if changed.await?.kept(&mut form)? {
            // Who is to be assessed leads to their assessment.
            let assessed = outcome_is_assessment && seat.actor.role.sees(Part::Assessment);
            let to = if assessed {
                format!("/person/{id}/assessment?done=contact")
            } else {
                "/work?done=contact".to_owned()
            };
            return Ok(Redirect::to(&to).into_response());
        }
    }
    contact_page(&seat, id, number, &form).await
}
