//! The letter that tells somebody what was decided at their review, how each need is still met where
//! support becomes less, and when the next one is (Care Act 2014 s27; statutory guidance 13.35, from
//! memory).

use care::record::entry::EntryNumber;
use care::record::fact::review::{ReviewEnd, ReviewHeld};
use care::record::person::Person;
use law::day::Day;

use crate::ask::{heading, list, paragraph};
use crate::components::{Markup, SummaryList, SummaryRow};
use crate::composed::{Composed, Idea, idea, sentences};

/// What the letter about a review says.
pub fn compose(readable: &Person, entry: EntryNumber) -> Option<Composed> {
    let held = readable.reviews.held.iter().find(|told| told.entry == entry)?;
    let said = &held.said;
    let mut whole = vec![
        paragraph(&format!(
            "We looked at your plan with you on {}. This is what we decided.",
            held.on.in_words()
        )),
        SummaryList::new([
            SummaryRow::new("What you said", said.person.as_str()),
            SummaryRow::new("How we saw it", said.worker.as_str()),
            SummaryRow::new("What was decided", decided(said.end)),
            SummaryRow::new("Why", said.why.as_str()),
        ])
        .into(),
    ];
    let met = still_met(readable, said);
    if !met.is_empty() {
        whole.push(heading("How each of your needs is still met"));
        let rows = met.iter().map(|(need, how)| SummaryRow::new(need.as_str(), how.as_str()));
        whole.push(SummaryList::new(rows).into());
    }
    whole.extend(next(said));
    whole.extend([
        heading("If you think this is wrong"),
        paragraph(
            "Tell us, or ask somebody to tell us for you. We look at it again with you. You can ask for \
             an advocate: somebody who helps you to say what you want, and who does not work for us. It \
             is free.",
        ),
    ]);
    let title = "What we decided at your review".to_owned();
    Some(Composed { title, whole, easy: easy(readable, held.on, said) })
}

/// What was decided, to the person.
fn decided(end: ReviewEnd) -> &'static str {
    match end {
        ReviewEnd::Same => "Your plan goes on as it is.",
        ReviewEnd::More => "You get more support, or other support.",
        ReviewEnd::Less => "You get less support.",
        ReviewEnd::Ends => "Your support comes to its end.",
    }
}

/// Each need of which it was written how it is still met, in the person's words, and how.
fn still_met(person: &Person, said: &ReviewHeld) -> Vec<(String, String)> {
    let met = said.still_met.iter().filter_map(|met| {
        let outcome = person.plan.outcome(met.outcome)?;
        Some((outcome.written.said.words.clone(), met.how.clone()))
    });
    met.collect()
}

fn next(said: &ReviewHeld) -> Vec<Markup> {
    let next = said.next_by.map_or_else(
        || "No other review is planned, since your support has ended.".to_owned(),
        |by| format!("We look at your plan with you again by {}.", by.in_words()),
    );
    let sooner = "If things change, ask for a review. You can ask at any time.".to_owned();
    vec![heading("What happens next"), list([next, sooner])]
}

/// The same in easy read.
fn easy(person: &Person, on: Day, said: &ReviewHeld) -> Vec<Idea> {
    let mut ideas = vec![
        idea(
            "two people talking",
            [
                "We looked at your plan with you.".to_owned(),
                format!("That was on {}.", on.in_words()),
            ],
        ),
        idea("a tick", [decided(said.end)]),
        idea(
            "a person thinking",
            std::iter::once("This is why:".to_owned()).chain(sentences(&said.why)),
        ),
    ];
    for (need, how) in still_met(person, said) {
        let mut says =
            vec![format!("You want this: {need}"), "This is how we make sure of it:".into()];
        says.extend(sentences(&how));
        ideas.push(idea("an open hand", says));
    }
    ideas.push(match said.next_by {
        Some(by) => idea(
            "a calendar",
            [format!("We talk with you again by {}.", by.in_words()), "You can ask sooner.".into()],
        ),
        None => idea("a calendar", ["Your support has ended.", "If things change, ask us again."]),
    });
    ideas.extend([
        idea(
            "a person with a question",
            ["Do you think this is wrong?", "Tell us.", "We will look at it again."],
        ),
        idea(
            "a friend beside you",
            ["A friend can help you to tell us.", "You can ask us for an advocate.", "It is free."],
        ),
    ]);
    ideas
}
