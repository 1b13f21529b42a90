//! The copy for the person of what was said of a risk.

use care::record::fact::decision::{Made, RiskTalked};
use care::record::person::decisions::Decisions;

use super::{TALK, rows};
use crate::ask::{heading, paragraph};
use crate::assess::decide::made::whose;
use crate::assess::decide::risk::view_in_words;
use crate::components::Markup;
use crate::composed::{Composed, Idea, idea, sentences};

/// What it says.
pub fn compose(said: &RiskTalked, decisions: &Decisions) -> Composed {
    let title = "What we said about a risk".to_owned();
    Composed { title, whole: whole(said, decisions), easy: easy(said, decisions) }
}

fn chosen_by(said: &RiskTalked, decisions: &Decisions) -> String {
    match &said.made {
        Made::Person { .. } => "You chose this".to_owned(),
        made => format!("This was chosen for you by {}", whose(made, decisions)),
    }
}

fn whole(said: &RiskTalked, decisions: &Decisions) -> Vec<Markup> {
    let by = chosen_by(said, decisions);
    vec![
        paragraph(&format!("We talked with you about this: {}.", said.decision)),
        rows([
            ("What could happen", said.what.clone()),
            ("What it is worth to you", said.worth.clone()),
            ("How you see it", view_in_words(&said.person)),
            ("How we see it", view_in_words(&said.professional)),
            ("What is done about it", said.done.clone()),
            (by.as_str(), said.choice.clone()),
        ]),
        heading("What happens next"),
        paragraph(&format!("We talk about it again by {}. {TALK}", said.review_by.in_words())),
    ]
}

/// The same in easy read.
fn easy(said: &RiskTalked, decisions: &Decisions) -> Vec<Idea> {
    let by = format!("{}:", chosen_by(said, decisions));
    let (yours, ours) = (view_in_words(&said.person), view_in_words(&said.professional));
    let ideas = [
        ("two people talking", "We talked with you about this:", said.decision.as_str()),
        ("a warning sign", "This could happen:", &said.what),
        ("a heart", "This is why it matters to you:", &said.worth),
        ("your face", "This is how you see it:", &yours),
        ("another face", "This is how we see it:", &ours),
        ("helping hands", "This is what we do about it:", &said.done),
        ("a tick", &by, &said.choice),
    ];
    let ideas = ideas.into_iter().filter(|(_, _, words)| !words.is_empty());
    let mut ideas: Vec<Idea> = ideas
        .map(|(picture, first, words)| {
            idea(picture, std::iter::once(first.to_owned()).chain(sentences(words)))
        })
        .collect();
    let again = format!("We talk about it again by {}.", said.review_by.in_words());
    ideas.push(idea("a calendar", [again, "You can change your mind. Tell us.".to_owned()]));
    ideas
}
