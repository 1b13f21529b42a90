//! What a person shares with a carer, or with whom they care for: what they agreed to, for as long as
//! both are linked, and nothing besides. The one page of a record that a link opens.

use axum::extract::Path;
use axum::response::Response;
use care::assess::Ground;
use care::assess::known;
use care::assess::register::OnRegister;
use care::record::fact::assess::FormKind;
use care::record::fact::carer::Share;
use care::record::fact::plan::Doer;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::role::Right;

use super::card;
use crate::ask::{Tell, heading, link, list, paragraph};
use crate::assess::letter;
use crate::components::{Markup, SummaryList, SummaryRow};
use crate::error::Failure;
use crate::posted::Asked;
use crate::reading::{self, Shared};
use crate::seat::Seat;
use crate::story::{communication_lines, how_far};
use crate::whom::full_name;

const LOOKED_AT: &str = "what is shared through a link";

/// Why it may be looked at.
pub const WHY: &str = "they are linked with this person, who agreed to it";

/// Shows it.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let read = seat.write(move |tx, seat| {
        let Some(Shared { known, shares, person, .. }) = reading::shared(tx, seat, id)? else {
            return Ok(None);
        };
        reading::write_view(tx, seat, id, LOOKED_AT, Some(WHY.to_owned()))?;
        Ok(Some((full_name(&known.identity()), shares, person)))
    });
    let (name, shares, person) = read.await?.ok_or(Failure::NotFound)?;
    let own = seat.actor.person.ok_or(Failure::NotFound)?;
    let page = seat.page(format!("What {name} shares with you"), "").back(super::caring(own));
    let page = match asked.value("done") {
        "told" => page.done("What you wrote is in the plan, and those who work with them read it"),
        _ => page,
    };
    let mut tell = Tell::new(page);
    tell = tell.part(paragraph(&format!(
        "{name} agreed that you may see this. They can change it at any time. That you looked is written \
         down, and they can see it."
    )));
    if shares.is_empty() {
        tell = tell.part(paragraph("They share nothing at present."));
    }
    for share in &shares {
        let parts = match share {
            Share::Communication => communication(&person),
            Share::Team => team(&seat, &person),
            Share::Assessment => assessment(&seat, &person),
            Share::Plan => plan(&seat, &person),
            Share::Card => person.carers.card.iter().map(|told| card::page(&name, told)).collect(),
        };
        tell = tell.part(heading(title(*share)));
        if parts.is_empty() {
            tell = tell.part(paragraph("Nothing is written down yet."));
        }
        tell = parts.into_iter().fold(tell, Tell::part);
    }
    tell.show()
}

const fn title(share: Share) -> &'static str {
    match share {
        Share::Communication => "How to speak with them",
        Share::Team => "Who works with them",
        Share::Assessment => "Their assessment",
        Share::Plan => "Their plan",
        Share::Card => "Their emergency card",
    }
}

/// What they want, and what is done for it: not what is still a draft.
fn plan(seat: &Seat, person: &Person) -> Vec<Markup> {
    let place = &seat.app.place;
    let mut parts = Vec::new();
    for outcome in person.plan.open_outcomes() {
        let done = person.plan.serving(outcome.id).filter(|one| !one.written.said.draft);
        let rows = done.map(|action| {
            let said = &action.written.said;
            let who = match &said.doer {
                Doer::Person => "Themselves".to_owned(),
                // What somebody wrote in by this page is theirs by name.
                Doer::Named(name) if *name == seat.actor.name => "You".to_owned(),
                Doer::User { name, .. } | Doer::Named(name) => name.clone(),
                Doer::Team(team) => place.team_name(team),
            };
            let how = how_far(action);
            SummaryRow::new(said.what.as_str(), format!("{who}. {how}"))
        });
        parts.push(paragraph(&format!("‘{}’", outcome.written.said.words)));
        parts.push(SummaryList::new(rows).into());
    }
    if !parts.is_empty() && seat.actor.role.may(Right::WritePlan) {
        let write = format!("/person/{}/shared/plan", person.id);
        parts.push(link("Write what you do for it, or how something goes", &write));
    }
    parts
}

fn communication(person: &Person) -> Vec<Markup> {
    let said = person.communication.iter().map(|told| communication_lines(&told.said));
    let rows = said.map(|rows| rows.into_iter().map(|(key, value)| SummaryRow::new(key, value)));
    rows.map(|rows| SummaryList::new(rows).into()).collect()
}

fn team(seat: &Seat, person: &Person) -> Vec<Markup> {
    let place = &seat.app.place;
    let lines = person.team.iter().map(|member| {
        let role = place.role_title(&member.role);
        format!("{}, {role}, {}", member.name, place.organisation_name(&member.organisation))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { Vec::new() } else { vec![list(lines)] }
}

fn assessment(seat: &Seat, person: &Person) -> Vec<Markup> {
    let forms = &seat.app.place.forms;
    let register = OnRegister::default();
    let ground = Ground { forms, readable: &person.assessment, register: &register };
    let mut parts = Vec::new();
    for form in forms.iter().filter(|form| {
        matches!(form.kind, FormKind::Assessment | FormKind::Carer) && !form.each_time
    }) {
        let known = known::known(form, None, person, &ground, seat.today);
        parts.extend(known.sections.iter().flat_map(|one| letter::read(one, "In their own words")));
    }
    parts.extend(person.decisions.eligibility.last().map(|told| {
        let label = told.said.determination.in_words();
        paragraph(&format!("Decided on {}: {label}.", told.on.in_words()))
    }));
    parts
}
