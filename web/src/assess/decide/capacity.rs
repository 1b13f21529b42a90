//! Recording whether somebody can make one decision: what the form says, what that comes to, and until
//! when it can be relied on. The conclusion is worked out; nothing here asks for it.

use axum::response::{IntoResponse, Redirect, Response};
use care::assess::answers::Taken;
use care::assess::begin;
use care::assess::capacity::{self, Gathered};
use care::record::entry::EntryNumber;
use care::record::fact::assess::Ending;
use care::record::fact::decision::{Ability, Conclusion, Matter};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::who::actor::Refusal;
use care::who::role::Right;

use super::{as_read, ground, works_here};
use crate::ask::{Ask, Tell, inline_link, link, list, paragraph};
use crate::assess::laid::{Laid, readable};
use crate::changing::{From, Sent};
use crate::components::{
    Choice, DateInput, InsetText, Markup, Radios, SummaryList, SummaryRow, Textarea,
};
use crate::error::Failure;
use crate::forms::Form;
use crate::names::AtEntry;
use crate::posted::Posted;
use crate::seat::Seat;

const LOOKED_AT: &str = "the ability to make a decision";

/// Asks what the form does not say.
pub async fn ask(seat: Seat, AtEntry(id, entry): AtEntry) -> Result<Response, Failure> {
    view(&seat, id, entry, &Form::blank()).await
}

fn has(entry: EntryNumber) -> impl Fn(&Person, &Seat) -> bool {
    move |person: &Person, seat: &Seat| {
        let begun = person.assessment.form_begun(entry);
        let kind = begun.map(|begun| begun.begun.said.purpose);
        kind == Some(care::record::fact::assess::FormKind::Capacity) && works_here(person, seat)
    }
}

async fn view(
    seat: &Seat,
    id: PersonId,
    entry: EntryNumber,
    form: &Form,
) -> Result<Response, Failure> {
    seat.require(Right::AssessCapacity)?;
    let laid = Laid::open(seat, id, LOOKED_AT, has(entry)).await?;
    let register = laid.outside.register();
    let ground = laid.ground(&seat.app.place, &register);
    let gathered = capacity::gather(entry, &ground).ok_or(Failure::NotFound)?;
    let path = format!("{}/form/{}", laid.path(), laid.called(entry));
    let title = format!("Can {} make this decision?", laid.given());
    let page = seat.page(title, "").back(&path);
    let kept = laid.readable.decisions.capacity.iter().rev();
    let kept = kept.clone().find(|told| told.said.occasion == Some(entry));
    if let Some(told) = kept {
        let found = format!("{}: {}", told.said.decision, told.said.conclusion.in_words());
        return Tell::new(page)
            .part(InsetText::new(found))
            .part(link(
                "The letter about it",
                &format!("{}/letter/{}", laid.path(), laid.called(told.entry)),
            ))
            .part(link(
                "What is decided",
                &format!("{}/decision/{}", laid.path(), laid.called(told.entry)),
            ))
            .show_with(form);
    }
    let lead = "The form holds what was done and seen. This page takes it from there, and asks nothing \
                twice. What it comes to follows: first what they can do with all the help they need; \
                only where an ability is missing, what causes it.";
    let (rows, open) = said(&gathered, &path);
    let rows: Markup = SummaryList::new(rows).into();
    let Some(conclusion) = gathered.comes_to().filter(|_| open.is_empty()) else {
        return Tell::new(page)
            .part(paragraph(lead))
            .part(rows)
            .part(InsetText::new("Not known yet: these are still to be written in the form."))
            .part(list(open))
            .part(link("Write it in the form", &path))
            .show_with(form);
    };
    let matters = Choice::each(Matter::ALL);
    let mut ask = Ask::new(
        page,
        format!("{}/capacity/{}", laid.path(), laid.called(entry)),
        "Record this finding",
    )
    .seen(laid.record.last_seen())
    .before(paragraph(lead))
    .before(rows)
    .before(InsetText::new(comes_to(conclusion, &gathered, &laid.given())))
    .before(paragraph(next(conclusion)))
    .part(Radios::new("matter", "What is the decision about?", matters).small().filled(form));
    if conclusion == Conclusion::Lacks {
        let hint = "Capacity can come back: somebody is asked to look again by that day. At \
                    most a year from today.";
        ask = ask.part(
            DateInput::new("good-until", "Until when can this be relied on?")
                .hint(hint)
                .filled(form),
        );
    }
    ask.part(Textarea::new("words", "What else to know (optional)").rows(3).filled(form)).show(form)
}

/// What it comes to, and why.
fn comes_to(conclusion: Conclusion, gathered: &Gathered, given: &str) -> String {
    match (conclusion, gathered.unable()) {
        (Conclusion::Lacks, _) => format!(
            "What this comes to: {given} lacks capacity for this decision now. An ability is missing, \
             and an impairment of the mind or brain causes it."
        ),
        (Conclusion::Has, Some(true)) => format!(
            "What this comes to: {given} is not found to lack capacity. An ability is missing, but no \
             impairment causes it: what stands in the way has to be met in another way."
        ),
        (Conclusion::Has, _) => format!(
            "What this comes to: {given} has capacity for this decision. It is theirs to make, wise or \
             not."
        ),
    }
}

fn next(conclusion: Conclusion) -> &'static str {
    match conclusion {
        Conclusion::Lacks => {
            "Once recorded, there is a letter for the person, and the decision is made by whoever has \
             lawful authority for it, or in their best interests. Nobody may decide anything else for \
             them by this finding."
        }
        Conclusion::Has => {
            "Once recorded, there is a letter for the person, and nobody else can be recorded as \
             deciding this for them."
        }
    }
}

/// What the form says, and what is still open in it.
fn said(gathered: &Gathered, path: &str) -> (Vec<SummaryRow>, Vec<String>) {
    let mut open = Vec::new();
    let mut rows = vec![SummaryRow::new("The decision", gathered.decision.as_str())];
    rows.push(row("What was done to help", "support", &gathered.support, path, &mut open));
    for ability in Ability::ALL {
        let Some((able, seen)) = gathered.abilities.get(ability) else { continue };
        let both = match (able, seen) {
            (Taken::Said(able), Taken::Said(seen)) => {
                Taken::Said(format!("{}. {seen}", if *able { "Yes" } else { "No" }))
            }
            (Taken::Said(_), other) => other.clone(),
            (Taken::Nothing, _) => Taken::Nothing,
            (Taken::Confided, _) => Taken::Confided,
            (Taken::Differs, _) => Taken::Differs,
        };
        rows.push(row(ability.in_words(), "functional", &both, path, &mut open));
    }
    if gathered.unable() == Some(true) {
        let caused = match &gathered.caused {
            Taken::Said(true) => Taken::Said("Yes".to_owned()),
            Taken::Said(false) => Taken::Said("No".to_owned()),
            Taken::Nothing => Taken::Nothing,
            Taken::Confided => Taken::Confided,
            Taken::Differs => Taken::Differs,
        };
        rows.push(row("An impairment causes it", "cause", &caused, path, &mut open));
        if gathered.caused == Taken::Said(true) {
            rows.push(row("Which impairment", "cause", &gathered.impairment, path, &mut open));
            rows.push(row("How it causes it", "cause", &gathered.how, path, &mut open));
        }
    }
    (rows, open)
}

fn row(
    key: &str,
    section: &str,
    taken: &Taken<String>,
    path: &str,
    open: &mut Vec<String>,
) -> SummaryRow {
    let why = match taken {
        Taken::Said(text) => return SummaryRow::new(key, text.as_str()),
        Taken::Nothing => "Nobody has answered this yet.",
        Taken::Confided => {
            "It was written for professionals alone. The person is told the finding with its reasons: \
             write it so that they may read it."
        }
        Taken::Differs => "Two people answered this differently: settle it in the form.",
    };
    open.push(format!("{key}: {why}"));
    let href = format!("{path}/{section}");
    let there = inline_link(&format!("Write it: {}", key.to_lowercase()), &href);
    SummaryRow::new(key, Markup::join([paragraph(why), there]))
}

/// Records the finding, and finishes the form where nothing is left to ask in it.
pub async fn write(
    seat: Seat,
    AtEntry(id, entry): AtEntry,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    seat.require(Right::AssessCapacity)?;
    let matter = Matter::named(form.value("matter"));
    let good_until = form.date("good-until", "the last day");
    if form.is_sound() {
        let (app, words) = (seat.app.clone(), form.value("words").to_owned());
        let as_sent = Sent::of(&form);
        let changed = seat.change(id, From::Within, as_sent, move |before, asking| {
            let read = (id, before.entries);
            let gathered =
                as_read(&app.place, read, as_sent.seen(&app.names.of_person(id)), |ground| {
                    capacity::gather(entry, ground)
                })?;
            let gathered = gathered.ok_or(Refusal::NoSuchEntry(entry))?;
            let folded = readable(id, before.entries);
            let register = care::assess::register::OnRegister::default();
            let ground = ground(&app.place, &folded, &register);
            let tested = gathered.tested(entry, matter, good_until, &words);
            let mut new = capacity::assess(before.person, &tested, &ground, asking)?;
            // What the form still lacks is left open in it: the finding does not wait for that.
            let ended = begin::end(&folded, entry, Ending::Finished, "", &ground, asking);
            new.extend(ended.unwrap_or_default());
            Ok(new)
        });
        if changed.await?.kept(&mut form)? {
            let to = format!("/person/{id}/decisions?done=capacity");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    view(&seat, id, entry, &form).await
}
