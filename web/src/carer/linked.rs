//! What a person shares with a carer, or with whom they care for: what they agreed to, for as long as
//! both are linked, and nothing besides. The one page of a record that a link opens.

use axum::extract::Path;
use axum::response::Response;
use care::assess::Ground;
use care::assess::known;
use care::assess::register::OnRegister;
use care::record::entry::Entry;
use care::record::fact::assess::FormKind;
use care::record::fact::carer::Share;
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::access::{may_read_shared, shared_with};

use super::card;
use crate::ask::{Tell, heading, list, paragraph};
use crate::assess::letter;
use crate::components::{Markup, SummaryList, SummaryRow};
use crate::error::Failure;
use crate::reading::{self, full_name};
use crate::record::story::communication_lines;
use crate::seat::Seat;

const LOOKED_AT: &str = "what they share with somebody they are linked with";

/// Shows it.
pub async fn show(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let read = seat.write(move |tx, seat| {
        let Some(known) = reading::known(tx, seat, id)? else { return Ok(None) };
        let shares = shared_with(&seat.actor, &known.subject, &known.person);
        let Some(shares) = shares else { return Ok(None) };
        let why = "they are linked with this person, who agreed to it".to_owned();
        reading::write_view(tx, seat, id, LOOKED_AT, Some(why))?;
        let name = full_name(&reading::identity(&known));
        let forms = &seat.app.place.forms;
        let entries = known.entries.iter().filter(|one| {
            may_read_shared(&shares, |form, section| forms.keeps_private(form, section), one)
        });
        let entries: Vec<Entry> = entries.cloned().collect();
        Ok(Some((name, shares, Person::fold(id, &entries))))
    });
    let (name, shares, person) = read.await?.ok_or(Failure::NotFound)?;
    let own = seat.actor.person.ok_or(Failure::NotFound)?;
    let page = seat.page(format!("What {name} shares with you"), "").back(super::caring(own));
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
        Share::Card => "Their emergency card",
    }
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
        let label = told.said.determination.label();
        paragraph(&format!("Decided on {}: {label}.", told.on.in_words()))
    }));
    parts
}
