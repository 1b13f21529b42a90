//! What a person pays for care: now, next and before, and how each was worked out.

use axum::extract::Path;
use axum::response::Response;
use care::record::fact::{Ground, MeansAsked, MeansStated, Stated};
use care::record::ids::{EntryNumber, PersonId};
use care::record::person::Told;
use care::who::role::{Part, Right};

use crate::ask::{Tell, link, paragraph};
use crate::components::{Cell, Details, InsetText, Markup, Table};
use crate::error::Failure;
use crate::posted::Asked;
use crate::reading::Record;
use crate::seat::Seat;

use super::asks::{FOR_THE_PERSON, Next};
use super::entry::{Base, Voice};
use super::{known, rests, why, working};

/// Whether whoever asks may see the person's money.
pub fn seen(_: &Record, seat: &Seat) -> bool {
    seat.actor.role.sees(Part::Means)
}

/// Shows what a person pays.
pub async fn show(seat: Seat, Path(id): Path<PersonId>, asked: Asked) -> Result<Response, Failure> {
    let record = seat.record_with(id, "the charge for care", seen).await?;
    let own = seat.actor.person == Some(id);
    let name = record.name();
    let title =
        if own { "What you pay for care".to_owned() } else { format!("What {name} pays for care") };
    let mut page = seat.page(title, "").back(format!("/person/{id}"));
    if let Some(done) = done(asked.0.value("done")) {
        page = page.done(done);
    }
    let mut parts = now(&seat, &record);
    parts.extend(next(&seat, &record));
    parts.extend(ways(&seat, &record));
    parts.extend(asked_for(&seat, &record));
    parts.extend(how(&seat, &record));
    parts.extend(before(&record));
    parts.into_iter().fold(Tell::new(page), Tell::part).show()
}

fn done(what: &str) -> Option<&'static str> {
    match what {
        "asked" => Some("A financial assessment has been asked for"),
        "said" => Some("We have what you told us"),
        "drafted" => Some("The draft is kept, for somebody else to decide"),
        _ => None,
    }
}

/// What holds today, and why.
fn now(seat: &Seat, record: &Record) -> Vec<Markup> {
    let Some(decided) = record.person.means.on(seat.today) else {
        return vec![InsetText::new("Nothing has been decided yet.").into()];
    };
    let said = &decided.said;
    let text = format!(
        "{} a week since {}. The care costs {} a week.",
        said.weekly_on(seat.today).in_words(),
        said.since(seat.today).in_words(),
        said.full_cost.in_words()
    );
    let mut parts: Vec<Markup> = vec![InsetText::new(text).into()];
    if seat.actor.person == Some(record.person.id) {
        parts.push(why::this_figure(said));
    }
    if !said.words.is_empty() {
        parts.push(paragraph(&said.words));
    }
    parts.extend(why::later(said, seat.today));
    parts.extend(why::unverified(said, Voice::of(seat, record.person.id)));
    parts
}

/// How what holds today was worked out, as it was kept.
fn how(seat: &Seat, record: &Record) -> Option<Markup> {
    let decided = record.person.means.on(seat.today)?;
    let (said, base) = (&decided.said, known::under(record, decided));
    let answer = why::as_decided(said, base.as_ref(), &seat.app.place.law);
    let tables = Markup::join(working::kept(said, answer.as_ref()));
    let summary = format!("How {} was worked out", said.weekly_on(seat.today).in_words());
    Some(Details::new(summary, tables).open().into())
}

/// What the means rest on, and what the person is asked for.
fn asked_for(seat: &Seat, record: &Record) -> Vec<Markup> {
    let voice = Voice::of(seat, record.person.id);
    let heading = match voice {
        Voice::Person => "What we need from you next",
        Voice::Officer => FOR_THE_PERSON,
    };
    let mut parts = Vec::new();
    if let Some(list) = next_asked(record, seat).list(heading, voice) {
        let path = |page: &str| format!("/person/{}/means/{page}", record.person.id);
        parts.extend([list, link("The letter that asks for it, to print", &path("please-send"))]);
        if seat.actor.role.may(Right::AssessMeans) {
            parts.push(link("Some of it has come: enter what was seen", &path("enter")));
        }
    }
    if let Some(base) = known::latest(record) {
        parts.extend(rests::table(caption(record, &base, voice), &base, voice));
    }
    parts
}

/// What the means that were last told are: not always what the charge of today rests on.
fn caption(record: &Record, base: &Base, voice: Voice) -> &'static str {
    let means = &record.person.means;
    let is = |entry: Option<EntryNumber>| entry == Some(base.entry);
    match voice {
        Voice::Person => "What we were last told",
        Voice::Officer if is(means.draft.as_ref().map(|draft| draft.entry)) => {
            "What the draft rests on: nobody has decided it yet"
        }
        Voice::Officer if is(means.said.as_ref().map(|said| said.entry)) => {
            "What was last told: no charge rests on it yet"
        }
        Voice::Officer
            if means.decided.last().is_some_and(|told| !told.said.basis.goes_by_means()) =>
        {
            "What was last known of their means: the charge does not go by it"
        }
        Voice::Officer => "What the last decision rests on",
    }
}

/// What the person is asked for next.
pub fn next_asked(record: &Record, seat: &Seat) -> Next {
    let base = known::latest(record);
    base.map(|base| Next::of(&base, &seat.app.place.law)).unwrap_or_default()
}

/// What waits: a draft to decide, or an assessment to make.
fn next(seat: &Seat, record: &Record) -> Vec<Markup> {
    let (means, id) = (&record.person.means, record.person.id);
    let mut parts = Vec::new();
    if let Some(draft) = &means.draft {
        let text =
            format!("{} drafted an assessment on {}.", draft.author.name, draft.on.in_words());
        parts.push(paragraph(&text));
        let may = seat.actor.role.may(Right::DecideCharge) && draft.author.user != seat.actor.user;
        if may {
            parts.push(link(
                "Look at the draft, and decide",
                &format!("/person/{id}/means/decide/{}", record.called(draft.entry)),
            ));
        } else {
            parts.push(paragraph("Somebody else will look at it and decide."));
        }
    } else if let Some(asked) = means.waits() {
        parts.extend(waits(seat, asked, Voice::of(seat, id)));
    }
    if let Some(said) = told_since(record) {
        let on = said.on.in_words();
        if seat.actor.role.may(Right::AssessMeans) {
            let text = match said.said.stated {
                Stated::ByRepresentative => format!(
                    "{} told us for the person what their income and costs are on {on}.",
                    said.author.name
                ),
                _ => format!("The person told us what their income and costs are on {on}."),
            };
            parts.push(paragraph(&text));
        }
        if Voice::of(seat, id) == Voice::Person {
            let told = if said.author.user == seat.actor.user { "you" } else { &said.author.name };
            parts.push(paragraph(&format!(
                "We have what {told} told us on {on}. We look at it, ask for what we still need, and \
                 write a letter when it is decided. Until then nothing changes."
            )));
        }
    }
    parts
}

/// What the person told us that no draft has taken in yet, nor a draft that was decided.
fn told_since(record: &Record) -> Option<&Told<MeansStated>> {
    let means = &record.person.means;
    let decided = means.decided.iter().filter_map(|told| match told.said.ground {
        Ground::Draft(draft) => Some(draft),
        _ => None,
    });
    let drafted = means.draft.iter().map(|draft| draft.entry).chain(decided).max();
    means.said.as_ref().filter(|said| drafted < Some(said.entry))
}

/// An assessment that is to be made; to whoever makes it, what whoever asked knew.
fn waits(seat: &Seat, asked: &Told<MeansAsked>, voice: Voice) -> Vec<Markup> {
    let (said, on) = (&asked.said, asked.on.in_words());
    let by =
        format!("{} will do it by {}.", seat.app.place.team_name(&said.to), said.due.in_words());
    if voice == Voice::Person {
        return vec![paragraph(&format!("An assessment was asked for on {on}. {by}"))];
    }
    let text = format!(
        "{} asked for an assessment on {on}. {by} The person was told on {} that a charge may be made.",
        asked.author.name,
        said.told_on.in_words()
    );
    let words = (!said.words.is_empty()).then(|| InsetText::new(&said.words).into());
    std::iter::once(paragraph(&text)).chain(words).collect()
}

fn ways(seat: &Seat, record: &Record) -> Vec<Markup> {
    let (role, id) = (&seat.actor.role, record.person.id);
    let mut parts = Vec::new();
    let mut way = |open: bool, text: &str, path: &str| {
        if open {
            parts.push(link(text, &format!("/person/{id}/means/{path}")));
        }
    };
    let own = seat.actor.person == Some(id);
    way(role.may(Right::AssessMeans), "Enter income, savings and costs", "enter");
    let tell = match told_since(record) {
        Some(_) => "Change what you told us",
        None => "Tell us your income, savings and costs",
    };
    way(own && role.may(Right::StateMeans), tell, "enter");
    let acts = seat.actor.represents == Some(id) && role.may(Right::StateMeans);
    way(acts, "Tell us their income, savings and costs", "enter");
    let waits = record.person.means.waits().is_some();
    way(role.may(Right::AskMeans) && !waits, "Ask for a financial assessment", "ask");
    let decided = record.person.means.on(seat.today).is_some();
    way(decided, "The letter, to print", "letter");
    way(!record.person.means.decided.is_empty(), "Week by week", "weeks");
    parts
}

/// Everything that was decided.
fn before(record: &Record) -> Option<Markup> {
    let decided = &record.person.means.decided;
    // That nothing is decided is said at the top.
    if decided.is_empty() {
        return None;
    }
    let heads = [Cell::new("From"), Cell::new("A week").numeric(), Cell::new("Decided")];
    let mut table = Table::new(heads).caption("What was decided").first_is_header().stacks();
    for told in decided.iter().rev() {
        let brought = told.said.ground == Ground::BroughtIn;
        let how = if brought { "brought in from old records, " } else { "" };
        let by = format!("{how}{} by {}", told.on.in_words(), told.author.name);
        table = table.row([
            Cell::new(told.said.from().in_words()),
            Cell::number(told.said.charge.in_words()),
            Cell::new(by),
        ]);
    }
    Some(table.into())
}
