//! Opening a record from outside the caseload: a reason first, which the record's keeper is told.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::record::entry::EntryNumber;
use care::record::ids::{PersonId, TeamId};
use care::who::opening;
use care::who::role::Right;

use crate::ask::Ask;
use crate::changing::{From, Sent};
use crate::components::{Choice, InsetText, Radios, Textarea};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::reading::{self, Record};
use crate::reason;
use crate::seat::Seat;

/// Takes the reason, and opens the record.
pub async fn open(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let reason = form.value("reason").to_owned();
    let at = seat.clone();
    let changed = seat.change(id, From::WithReason, Sent::of(&form), move |before, asking| {
        let tell = lead_team(&at, before.known.subject.practice.as_deref());
        opening::open_with_reason(before.person, &reason, before.begun, tell, asking)
    });
    if changed.await?.kept(&mut form)? {
        return Ok(Redirect::to(&format!("/person/{id}")).into_response());
    }
    let known = seat.write(move |tx, seat| {
        reading::write_view(tx, seat, id, reading::BEFORE_A_REASON, None)?;
        reading::known(tx, seat, id)
    });
    let known = known.await?;
    let known = known.ok_or(Failure::NotFound)?;
    reason::ask(&seat, id, &known.identity(), &form).show(&form)
}

/// The team that looks at an opening where nobody keeps the record: that of the person's surgery,
/// otherwise the opener's own.
fn lead_team(seat: &Seat, practice: Option<&str>) -> Option<TeamId> {
    let place = &seat.app.place;
    let neighbourhood =
        practice.and_then(|practice| place.places.neighbourhood_of(practice, seat.today));
    let team = neighbourhood.and_then(|area| place.teams.of_neighbourhood(&area.id));
    team.map(|team| team.id.clone()).or_else(|| seat.actor.team.clone())
}

/// Asks what the keeper makes of an opening.
pub async fn ask_review(seat: Seat, AtEntry(id, opening): AtEntry) -> Result<Response, Failure> {
    review_page(&seat, id, opening, &Form::blank()).await
}

async fn review_page(
    seat: &Seat,
    id: PersonId,
    number: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    // For the keeper, and for those who look at openings by others.
    let reviews = move |record: &Record, seat: &Seat| {
        let keeps = record.person.keeper().is_some_and(|keeper| keeper.user == seat.actor.user);
        let there = record.person.openings.iter().any(|opening| opening.opened.entry == number);
        there && (keeps || seat.actor.role.may(Right::ReviewOpenings))
    };
    let record = seat.record_with(id, "an opening of the record", reviews).await?;
    let opened = record.person.openings.iter().find(|opening| opening.opened.entry == number);
    let Some(opened) = opened else { return Err(Failure::NotFound) };
    let author = &opened.opened.author;
    let organisation = seat.app.place.organisation_name(&author.organisation);
    let page = seat
        .page("Was there a good reason to open this record?", "/work")
        .back(format!("/person/{id}"));
    let said = format!(
        "{}, {organisation}, opened the record on {}. Their reason: {}",
        author.name,
        opened.opened.on.in_words(),
        opened.opened.said.reason
    );
    let choices = [
        Choice::new("yes", "Yes, there was a good reason"),
        Choice::new("no", "No").hint("Say below what you have done about it"),
    ];
    Ask::new(page, format!("/person/{id}/opening/{}", record.called(number)), "Save")
        .before(InsetText::new(said))
        .part(Radios::new("justified", "Was there a good reason?", choices).filled(form))
        .part(Textarea::new("words", "What you found or did").rows(3).filled(form))
        .show(form)
}

/// Takes what the keeper makes of an opening.
pub async fn review(
    seat: Seat,
    AtEntry(id, number): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let yes_or_no = |text: &str| match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let error = "Choose whether there was a good reason";
    let Some(justified) = form.chosen("justified", yes_or_no, error) else {
        return review_page(&seat, id, number, &form).await;
    };
    let words = form.value("words").to_owned();
    let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
        opening::review_opening(before.person, number, justified, &words, asking)
    });
    if changed.await?.kept(&mut form)? {
        return Ok(Redirect::to("/work?done=reviewed").into_response());
    }
    review_page(&seat, id, number, &form).await
}
