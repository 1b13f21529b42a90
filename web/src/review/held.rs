//! The reviews that were held, how the outcomes stand since, and the programmes of enablement.

use axum::extract::Path;
use axum::response::Response;
use care::record::fact::review::ReviewHeld;
use care::record::ids::PersonId;
use care::record::person::{Person, Told};
use care::who::role::Right;
use law::day::Day;

use super::{scored, sees_reviews};
use crate::ask::{Tell, heading, inline_link, link, paragraph};
use crate::assess::Laid;
use crate::components::{Markup, SummaryList, SummaryRow};
use crate::composed::names;
use crate::error::Failure;
use crate::posted::Asked;
use crate::seat::Seat;

const LOOKED_AT: &str = "the reviews held";

/// Shows them, the newest first.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let laid = Laid::open(&seat, id, LOOKED_AT, sees_reviews).await?;
    let (own, path) = (laid.own, laid.path());
    let title =
        if own { "Your reviews".to_owned() } else { format!("Reviews with {}", laid.given()) };
    let page = seat.page(title, "").back(if own { "/me".to_owned() } else { path.clone() });
    let page = match asked.value("done") {
        "held" => page.done("The review is on the record"),
        "sooner" => page.done("The next review is due sooner"),
        "enablement" => page.done("Enablement has begun"),
        _ => page,
    };
    let person = &laid.readable;
    let mut tell = Tell::new(page).part(due(person, seat.today));
    for way in ways(&seat, &laid) {
        tell = tell.part(way);
    }
    let theirs = if own { "you see".to_owned() } else { format!("{} sees", laid.given()) };
    tell = scored::parts(person, &theirs, own).into_iter().fold(tell, Tell::part);
    tell = tell.part(heading("Reviews held"));
    if person.reviews.held.is_empty() {
        tell = tell.part(paragraph("No review was held yet."));
    }
    for told in person.reviews.held.iter().rev() {
        tell = tell.part(one(&laid, told));
    }
    for programme in person.reviews.enablement.iter().rev() {
        let begun = &programme.begun;
        let words = format!("Enablement from {}", begun.said.from.in_words());
        tell = tell.part(link(&words, &format!("{path}/enablement/{}", laid.called(begun.entry))));
    }
    tell.show()
}

fn due(person: &Person, today: Day) -> Markup {
    person.review_due().map_or_else(
        || paragraph("No review is due: support has ended."),
        |due| {
            let (by, ground) = (due.by.in_words(), due.ground.in_words());
            paragraph(&if due.by < today {
                format!("The next review is late: it was to be held by {by}. {ground}.")
            } else {
                format!("Next review by {by}. {ground}.")
            })
        },
    )
}

fn ways(seat: &Seat, laid: &Laid) -> Vec<Markup> {
    let (role, path, own) = (&seat.actor.role, laid.path(), laid.own);
    let mut ways = Vec::new();
    if super::reviews(&laid.readable, seat) {
        ways.push(link("Hold a review", &format!("{path}/review")));
    }
    if own && role.may(Right::WritePlan) {
        ways.push(link("Ask for a review", &format!("{path}/review/sooner")));
    } else if role.may(Right::Write) {
        ways.push(link("Bring the next review forward", &format!("{path}/review/sooner")));
    }
    if super::reviews(&laid.readable, seat) && laid.readable.reviews.under_way().is_none() {
        ways.push(link("Begin enablement", &format!("{path}/enablement")));
    }
    ways
}

fn one(laid: &Laid, told: &Told<ReviewHeld>) -> Markup {
    let person = &laid.readable;
    let said = &told.said;
    let mut rows = vec![
        SummaryRow::new("Why there was one", said.ground.in_words()),
        SummaryRow::new(
            if laid.own { "How you said it goes" } else { "How they said it goes" },
            said.person.as_str(),
        ),
        SummaryRow::new("How the professional saw it", said.worker.as_str()),
        SummaryRow::new("What followed", said.end.in_words()),
        SummaryRow::new("Why", said.why.as_str()),
    ];
    for met in &said.still_met {
        let outcome = person.plan.outcome(met.outcome);
        let need = outcome.map_or("", |outcome| outcome.written.said.words.as_str());
        rows.push(SummaryRow::new(format!("How it is still met: {need}"), met.how.as_str()));
    }
    rows.push(SummaryRow::new("Risk until the next look", said.risk.in_words()));
    let next = said.next_by.map_or_else(|| "None: support ended".to_owned(), Day::in_words);
    rows.push(SummaryRow::new("Next review by", next));
    let title = format!("{}, with {}", told.on.in_words(), told.author.name);
    let letter = format!("{}/letter/{}", laid.path(), laid.called(told.entry));
    let names = names(&person.letters(), laid.own);
    let name = names.get(&told.entry).map_or("What was decided, as a letter", String::as_str);
    rows.push(SummaryRow::new("In a letter", inline_link(name, &letter)));
    SummaryList::new(rows).card(title).into()
}
