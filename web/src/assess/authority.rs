//! Who may act for the person: what was seen and recorded, and the form to record it.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use care::assess::authority;
use care::record::entry::EntryNumber;
use care::record::fact::decision::{AuthorityKind, AuthorityRecorded, Matter};
use care::record::ids::PersonId;
use care::record::person::decisions::{Authority, Decisions};
use care::who::role::{Part, Right};
use law::day::Day;

use crate::ask::{Ask, Tell, heading, link, paragraph};
use crate::changing::{From, Sent};
use crate::components::{
    Checkboxes, Choice, DateInput, Markup, Select, SummaryList, SummaryRow, TextInput, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::{Asked, Posted};
use crate::reading::Record;
use crate::seat::Seat;

const LOOKED_AT: &str = "the authority of others to act";

fn seen(_: &Record, seat: &Seat) -> bool {
    seat.actor.role.sees(Part::Assessment)
}

/// Shows what is on record.
pub async fn show(seat: Seat, Path(id): Path<PersonId>, asked: Asked) -> Result<Response, Failure> {
    let record = seat.record_with(id, LOOKED_AT, seen).await?;
    let own = seat.actor.person == Some(id);
    let title = if own { "Who may act for you" } else { "Who may act for the person" };
    let mut page = seat.page(title, "").back(format!("/person/{id}"));
    page = match asked.0.value("done") {
        "recorded" => page.done("The authority is on record"),
        "ended" => page.done("Its end is on record"),
        _ => page,
    };
    let lead = if own {
        "You decide for yourself. Somebody else decides only where you cannot make that decision, \
         and only with authority that is on record here, covers it, and holds on the day."
    } else {
        "The person decides for themself. Somebody else decides only where the person cannot make \
         that decision, and only with authority that is on record here, covers it, and holds on \
         the day."
    };
    let may = !own && seat.actor.role.may(Right::AssessCapacity);
    let mut tell = Tell::new(page).part(paragraph(lead));
    // Who acts for the person is told of their own authority alone.
    let readable = Decisions::of(&record.entries);
    let authorities = &readable.authorities;
    tell = tell.part(heading("On record"));
    if authorities.is_empty() {
        tell = tell.part(paragraph("Nothing is on record."));
    }
    tell = authorities
        .iter()
        .fold(tell, |tell, authority| tell.part(one(authority, &record, seat.today, may)));
    if may && record.person.begun.is_some() {
        tell = tell.part(link(
            "Record authority that you have seen",
            &format!("/person/{id}/authority/record"),
        ));
    }
    tell.show()
}

/// One authority: who holds it, what it is about, and while it holds.
fn one(authority: &Authority, record: &Record, today: Day, may: bool) -> Markup {
    let (said, id) = (&authority.recorded.said, record.person.id);
    let scope: Vec<&str> = said.scope.iter().map(|matter| matter.in_words()).collect();
    let seen = format!(
        "{}, seen on {} by {}",
        said.document,
        said.seen_on.in_words(),
        authority.recorded.author.name
    );
    let mut holds = vec![Markup::from(holds(authority, today))];
    if may && authority.ended.is_none() {
        let named = record.called(authority.recorded.entry);
        let end = format!("/person/{id}/authority/{named}/end");
        holds.push(link(&format!("Record its end: {}", said.holder), &end));
    }
    let mut rows = vec![
        SummaryRow::new("What", said.authority.in_words()),
        SummaryRow::new("For", scope.join(", ")),
        SummaryRow::new("Holds", Markup::join(holds)),
        SummaryRow::new("Seen", seen),
    ];
    if !said.limits.is_empty() {
        rows.push(SummaryRow::new("Limits", said.limits.as_str()));
    }
    SummaryList::new(rows).card(said.holder.as_str()).into()
}

/// When it holds, in a few words.
fn holds(authority: &Authority, today: Day) -> String {
    let said = &authority.recorded.said;
    if let Some(ended) = &authority.ended {
        return format!("Ended on {}: {}", ended.said.last_day.in_words(), ended.said.why);
    }
    match said.until {
        Some(until) if until < today => format!("Ran out on {}", until.in_words()),
        _ if said.from > today => format!("From {}", said.from.in_words()),
        Some(until) => format!("From {} to {}", said.from.in_words(), until.in_words()),
        None => format!("Since {}", said.from.in_words()),
    }
}

/// Asks what was seen.
pub async fn ask(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    view(&seat, id, &Form::blank()).await
}

async fn view(seat: &Seat, id: PersonId, form: &Form) -> Result<Response, Failure> {
    seat.require(Right::AssessCapacity)?;
    seat.record_with(id, LOOKED_AT, seen).await?;
    let kinds = Choice::each(AuthorityKind::ALL);
    let kinds = std::iter::once(Choice::new("", "Choose")).chain(kinds);
    let matters = Choice::each(Matter::ALL);
    let page = seat
        .page("Record authority that you have seen", "")
        .back(format!("/person/{id}/authority"));
    Ask::new(page, format!("/person/{id}/authority/record"), "Record it")
        .before(paragraph(
            "Only what you have seen counts: the registered document, or the court’s order. Once it is on \
             record, whoever holds it decides what it covers, while it holds and the person cannot.",
        ))
        .part(Select::new("kind", "What it is", kinds).filled(form))
        .part(
            TextInput::new("holder", "Who holds it, or who made the order")
                .hint("Their name as they sign in, if they are to act for the person here")
                .filled(form),
        )
        .part(Checkboxes::new("scope", "What it is about", matters).filled(form))
        .part(Textarea::new("limits", "Limits that stand in it (optional)").rows(2).filled(form))
        .part(DateInput::new("holds-from", "From what day does it hold?").filled(form))
        .part(DateInput::new("until", "Its last day (if it has one)").filled(form))
        .part(
            TextInput::new("document", "Which document did you see, and its number?").filled(form),
        )
        .part(DateInput::new("seen-on", "When did you see it?").filled(form))
        .part(
            DateInput::new(
                "registered-on",
                "When was it registered with the Office of the Public Guardian? (powers of attorney)",
            )
            .filled(form),
        )
        .show(form)
}

/// Records it.
pub async fn write(
    seat: Seat,
    Path(id): Path<PersonId>,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::AssessCapacity)?;
    if let Some(recorded) = read(&mut form) {
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            authority::record(before.person, recorded.clone(), asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/authority?done=recorded");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, &form).await
}

fn read(form: &mut Form) -> Option<AuthorityRecorded> {
    let kind = form.chosen("kind", AuthorityKind::named, "Choose what it is");
    let holder = form.needed(authority::HOLDER);
    let chosen = |matter: &&Matter| form.values("scope").any(|text| text == matter.code());
    let scope = Matter::ALL.iter().filter(chosen).copied().collect();
    let from =
        form.required_date("holds-from", "the first day", "Enter the day from which it holds");
    let until = form.date("until", "the last day");
    let document = form.needed(authority::DOCUMENT);
    let seen_on = form.required_date("seen-on", "the day you saw it", "Enter the day you saw it");
    let registered_on = form.date("registered-on", "the day it was registered");
    let limits = form.value("limits").to_owned();
    let (authority, holder, from, document, seen_on) = (kind?, holder?, from?, document?, seen_on?);
    form.is_sound().then_some(AuthorityRecorded {
        authority,
        holder,
        scope,
        limits,
        from,
        until,
        document,
        seen_on,
        registered_on,
    })
}

/// Asks when and why it ended.
pub async fn ask_end(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view_end(&seat, id, entry, &Form::blank()).await
}

async fn view_end(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    seat.require(Right::AssessCapacity)?;
    let there = move |record: &Record, seat: &Seat| {
        seen(record, seat) && record.person.decisions.authority_in(entry).is_some()
    };
    let record = seat.record_with(id, LOOKED_AT, there).await?;
    let known = record.person.decisions.authority_in(entry).ok_or(Failure::NotFound)?;
    let said = &known.recorded.said;
    let page = seat.page("Record the end of authority", "").back(format!("/person/{id}/authority"));
    Ask::new(page, format!("/person/{id}/authority/{}/end", record.called(entry)), "Record its end")
        .before(paragraph(&format!("{}, {}", said.holder, said.authority.in_words())))
        .part(DateInput::new("last-day", "On what day did it hold last?").filled(form))
        .part(Textarea::new("why", "Why it ended, and what shows it").rows(3).filled(form))
        .show(form)
}

/// Records its end.
pub async fn write_end(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::AssessCapacity)?;
    let last_day = form.required_date("last-day", "the last day", "Enter the last day it held");
    if let Some(last_day) = last_day {
        let why = form.value("why").to_owned();
        let changed = seat.change(id, From::Within, Sent::of(&form), move |before, asking| {
            authority::end(before.person, entry, last_day, &why, asking)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/authority?done=ended");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view_end(&seat, id, entry, &form).await
}
