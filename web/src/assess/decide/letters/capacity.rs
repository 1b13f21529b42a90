//! The letter that tells somebody whether they can make one decision, and why that is thought.

use care::record::fact::decision::{Ability, CapacityAssessed, Conclusion};

use super::{COURT, disagree, disagree_easy, rows};
use crate::ask::{heading, list, paragraph};
use crate::components::Markup;
use crate::composed::{Composed, Idea, idea, sentences};

/// What it says.
pub fn compose(said: &CapacityAssessed) -> Composed {
    let title = "Can you make this decision?".to_owned();
    Composed { title, whole: whole(said), easy: easy(said) }
}

fn whole(said: &CapacityAssessed) -> Vec<Markup> {
    let mut parts = vec![paragraph(&format!(
        "We looked with you at whether you can make this decision: {}.",
        said.decision
    ))];
    let unable = said.abilities.values().any(|shown| !shown.able);
    parts.push(paragraph(match (said.conclusion, unable) {
        (Conclusion::Lacks, _) => {
            "We think that you cannot make this decision at the moment. This is about this one decision. \
             All others are still yours."
        }
        (Conclusion::Has, true) => {
            "Something stands in your way, but it is not an illness or injury of the mind or brain. So \
             the decision is yours. We will help with what stands in the way."
        }
        (Conclusion::Has, false) => {
            "You can make this decision. It is yours, even if others would decide differently."
        }
    }));
    parts.push(heading("Why we think so"));
    let mut lines = vec![("What we did to help", said.support.clone())];
    lines.extend(said.abilities.iter().map(|(ability, shown)| {
        let says = if shown.able { "Yes" } else { "No" };
        (asked(*ability), format!("{says}. {}", shown.seen))
    }));
    if let Some(cause) = &said.cause {
        lines.push(("What causes it", format!("{}. {}", cause.impairment, cause.how)));
    }
    lines.push(("What else to know", said.words.clone()));
    parts.push(rows(lines));
    parts.push(heading("What happens next"));
    parts.push(list(match said.good_until {
        Some(until) => vec![
            "Somebody who has the legal power to decide this for you does. If nobody has, the people \
             who care for you decide what is best for you."
                .to_owned(),
            "They must start from what you want, and what you wanted before.".to_owned(),
            format!("We look at this again before {}, or sooner if you get better.", until.in_words()),
        ],
        None => vec!["Tell us what you decide, when you are ready. We write it down.".to_owned()],
    }));
    parts.extend(disagree(COURT));
    parts
}

/// The same in easy read.
fn easy(said: &CapacityAssessed) -> Vec<Idea> {
    let mut about =
        vec!["We talked with you about a decision.".to_owned(), "It is about this:".to_owned()];
    about.extend(sentences(&said.decision));
    let mut ideas = vec![idea("two people talking", about)];
    ideas.push(match said.conclusion {
        Conclusion::Lacks => idea(
            "a person and a question mark",
            [
                "We think you cannot decide this now.",
                "This is about this one decision.",
                "All others are still yours.",
            ],
        ),
        Conclusion::Has => {
            idea("a person with a tick", ["You can decide this.", "It is up to you."])
        }
    });
    ideas.push(idea(
        "helping hands",
        ["This is what we did to help:"]
            .map(str::to_owned)
            .into_iter()
            .chain(sentences(&said.support)),
    ));
    for (ability, shown) in &said.abilities {
        let mut says = vec![asked(*ability).to_owned()];
        says.push(if shown.able { "Yes." } else { "No." }.to_owned());
        says.extend(sentences(&shown.seen));
        ideas.push(idea(if shown.able { "a tick" } else { "a cross" }, says));
    }
    ideas.push(match said.good_until {
        Some(until) => idea(
            "people round a table",
            [
                "Others now decide this for you.".to_owned(),
                "They must start from what you want.".to_owned(),
                format!("We look at this again before {}.", until.in_words()),
            ],
        ),
        None => idea("a pen", ["Tell us what you decide.", "We write it down."]),
    });
    ideas.extend(disagree_easy());
    ideas
}

fn asked(ability: Ability) -> &'static str {
    match ability {
        Ability::Understand => "Do you understand what matters here?",
        Ability::Retain => "Can you keep it in mind long enough?",
        Ability::Weigh => "Can you think it through, for and against?",
        Ability::Communicate => "Can you tell us what you decide?",
    }
}
