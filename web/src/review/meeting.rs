//! A team's meeting about somebody: putting them on its list, and what was decided there.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::plan::meeting;
use care::record::entry::EntryNumber;
use care::record::fact::plan::Basis;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::record::person::plan::Meeting;
use care::who::role::Right;

use crate::ask::{Ask, Tell, heading, link, paragraph};
use crate::assess::Laid;
use crate::changing::{From, Sent};
use crate::components::{
    Choice, DateInput, Heading, Markup, Radios, SummaryList, SummaryRow, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::{Asked, Posted};
use crate::seat::Seat;

const LOOKED_AT: &str = "a meeting";

/// Asks which meeting, and why.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let has = |person: &Person, seat: &Seat| person.begun.is_some() && seat.works();
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let path = laid.path();
    let page = seat.page(format!("Talk about {} at a meeting", laid.given()), "").back(&path);
    let bases = Basis::ALL.iter().map(|basis| {
        let choice = Choice::of(*basis);
        if *basis == Basis::Harm {
            choice.hint("The person does not see that they are on the list.")
        } else {
            choice
        }
    });
    let practice = laid.record.practice();
    let usual = seat.first_meets(practice);
    let team = seat.team_list(("team", "Whose meeting?"), usual, practice, form);
    Ask::new(page, format!("{path}/meeting"), "Put them on the list")
        .part(team)
        .part(DateInput::new("on", "The day of the meeting").filled(form))
        .part(Textarea::new("why", "What should the meeting help with?").rows(3).filled(form))
        .part(
            Radios::new("basis", "Why may they be talked about?", bases)
                .heading(Heading::Small)
                .small()
                .filled(form),
        )
        .show(form)
}

/// Puts them on the list.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let team = |text: &str| seat.open_team(text);
    let team = form.chosen("team", team, "Choose whose meeting it is");
    let on = form.required_date("on", "the day of the meeting", "Enter the day of the meeting");
    let why = form.needed(meeting::WHY);
    let basis = form.chosen("basis", Basis::named, "Choose why they may be talked about");
    if let (Some(team), Some(on), Some(basis), Some(why)) = (team, on, basis, why) {
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            meeting::list(before.person, team.clone(), on, &why, basis, asking)
        });
        if changed.await?.kept(&mut form)? {
            return Ok(Redirect::to(&format!("/person/{id}?done=meeting")).into_response());
        }
    }
    view(&seat, id, &form).await
}

/// Shows what the meeting is about; asks what it decided, or shows that.
pub async fn show(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    view_one(&seat, (id, entry), asked.value("done") == "heard", &Form::blank()).await
}

async fn view_one(
    seat: &Seat,
    (id, entry): (PersonId, EntryNumber),
    done: bool,
    form: &Form,
) -> Result<Response, Failure> {
    let has = move |person: &Person, _: &Seat| person.plan.meeting(entry).is_some();
    let laid = Laid::open(seat, id, LOOKED_AT, has).await?;
    let meeting = laid.readable.plan.meeting(entry).ok_or(Failure::NotFound)?;
    let path = laid.path();
    let on = meeting.listed.said.on.in_words();
    let title = if laid.own {
        format!("A meeting about you on {on}")
    } else {
        format!("{} at the meeting on {on}", laid.given())
    };
    let page = seat.page(title, "").back(if laid.own { "/me" } else { path.as_str() });
    let page = if done { page.done("What the meeting decided is on the record") } else { page };
    let writes = seat.works() && seat.actor.role.may(Right::Review);
    if meeting.heard.is_none() && writes {
        return heard_form(page, &laid, (seat, meeting, form));
    }
    let mut tell = Tell::new(page).part(listed(seat, meeting));
    if let Some(heard) = &meeting.heard {
        let said = &heard.said;
        let mut rows = Vec::new();
        if said.put_off {
            rows.push(SummaryRow::new("Why it was put off", said.decided.as_str()));
        } else {
            rows.push(SummaryRow::new("Who was there", said.there.as_str()));
            rows.push(SummaryRow::new("What was decided", said.decided.as_str()));
        }
        let by = format!("{}, {}", heard.author.name, heard.on.in_words());
        rows.push(SummaryRow::new("Written by", by));
        tell = tell.part(heading("What came of it")).part(SummaryList::new(rows));
        if said.put_off && writes {
            tell = tell.part(link("Put them on another list", &format!("{path}/meeting")));
        }
    } else {
        tell = tell.part(paragraph("What was decided is written here after the meeting."));
    }
    if writes && seat.actor.role.may(Right::WritePlan) {
        tell = tell.part(link("Write an action that follows", &format!("{path}/plan/action")));
    }
    tell.show_with(form)
}

fn heard_form(
    page: crate::page::Page,
    laid: &Laid,
    (seat, meeting, form): (&Seat, &Meeting, &Form),
) -> Result<Response, Failure> {
    let action = format!("{}/meeting/{}", laid.path(), laid.called(meeting.listed.entry));
    let ways =
        [Choice::new("talked", "They were talked about"), Choice::new("put-off", "It was put off")];
    Ask::new(page, action, "Keep this")
        .before(listed(seat, meeting))
        .part(
            Radios::new("how", "What came of it?", ways)
                .heading(Heading::Small)
                .small()
                .filled(form),
        )
        .part(
            Textarea::new("there", "Who was there, each with their organisation")
                .hint("Leave this empty if it was put off.")
                .rows(3)
                .filled(form),
        )
        .part(
            Textarea::new("decided", "What was decided, or why it was put off")
                .rows(4)
                .filled(form),
        )
        .show(form)
}

fn listed(seat: &Seat, meeting: &Meeting) -> Markup {
    let told = &meeting.listed;
    let rows = [
        SummaryRow::new("Meeting of", seat.app.place.team_name(&told.said.team)),
        SummaryRow::new("On", told.said.on.in_words()),
        SummaryRow::new("What it should help with", told.said.why.as_str()),
        SummaryRow::new("Why they may be talked about", told.said.basis.in_words()),
        SummaryRow::new(
            "Put on the list by",
            format!("{}, {}", told.author.name, told.on.in_words()),
        ),
    ];
    SummaryList::new(rows).into()
}

/// Keeps what was decided, or that it was put off.
pub async fn write_one(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::Review)?;
    let how = |text: &str| ["talked", "put-off"].contains(&text).then(|| text == "put-off");
    if let Some(put_off) = form.chosen("how", how, "Choose what came of it") {
        let typed = form.clone();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            let (there, decided) = (typed.value("there"), typed.value("decided"));
            meeting::heard(before.person, entry, there, decided, put_off, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/meeting/{}?done=heard", seat.called(id, entry));
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view_one(&seat, (id, entry), false, &form).await
}
