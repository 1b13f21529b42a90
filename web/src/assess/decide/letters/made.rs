//! The letter that tells somebody what was decided: by them, or for them and why.

use care::record::fact::decision::{DecisionMade, Interests, Made};
use care::record::person::decisions::Decisions;

use super::{COURT, TALK, disagree, disagree_easy, rows};
use crate::ask::{heading, list, paragraph};
use crate::assess::decide::made::whose;
use crate::components::Markup;
use crate::composed::{Composed, Idea, idea, sentences};

/// What it says.
pub fn compose(said: &DecisionMade, decisions: &Decisions) -> Composed {
    let Some(interests) = &said.interests else {
        let title = "What you decided".to_owned();
        return Composed { title, whole: theirs(said), easy: theirs_easy(said) };
    };
    Composed {
        title: "What was decided for you".to_owned(),
        whole: whole(said, interests, decisions),
        easy: easy(said, interests, decisions),
    }
}

fn whole(said: &DecisionMade, interests: &Interests, decisions: &Decisions) -> Vec<Markup> {
    let mut parts = vec![
        paragraph(&format!("This decision had to be made: {}.", said.decision)),
        paragraph(&format!("This was decided: {}", said.decided)),
    ];
    let whose = match &said.made {
        Made::Holder { .. } => format!(
            "It was decided by {}. The law gives them the power to decide this when you cannot.",
            whose(&said.made, decisions)
        ),
        _ => "Nobody has the legal power to decide this for you. So the people who care for you decided \
              what is best for you."
            .to_owned(),
    };
    parts.push(paragraph(&whose));
    parts.push(heading("Why"));
    parts.push(reasons(interests));
    let mut next = Vec::new();
    next.extend(said.review_by.map(|day| format!("We look at this again by {}.", day.in_words())));
    if interests.deprives {
        next.push(
            "You will not be free to leave. This needs an authorisation by law, and we have seen one. You \
             can ask a court to look at it."
                .to_owned(),
        );
    }
    if interests.nobody_to_ask {
        next.push("We think of an advocate for you: somebody who is on your side only.".to_owned());
    }
    next.push("If you become able to decide this yourself, you do.".to_owned());
    parts.extend([heading("What happens next"), list(next)]);
    parts.extend(disagree(COURT));
    parts
}

fn theirs(said: &DecisionMade) -> Vec<Markup> {
    let unwise = matches!(said.made, Made::Person { unwise: true });
    let mut parts = vec![
        paragraph(&format!("This decision was yours to make: {}.", said.decision)),
        paragraph(&format!("You decided: {}", said.decided)),
    ];
    if unwise {
        let text =
            "Others would have decided differently, and told you why. It is still your decision.";
        parts.push(paragraph(text));
    }
    parts.extend([heading("If you change your mind"), paragraph(TALK)]);
    parts
}

fn reasons(interests: &Interests) -> Markup {
    rows([
        ("What you want, and wanted before", interests.wishes.clone()),
        ("Who was asked", interests.consulted.clone()),
        ("What the choices were", interests.options.clone()),
        ("Why this one, and how it leaves you most free", interests.least.clone()),
    ])
}

/// What was decided for the person, in easy read.
fn easy(said: &DecisionMade, interests: &Interests, decisions: &Decisions) -> Vec<Idea> {
    let mut ideas = about(said, "This was decided:");
    ideas.push(match &said.made {
        Made::Holder { .. } => idea(
            "a person with a paper",
            [
                "This person decided it for you:".to_owned(),
                format!("{}.", whose(&said.made, decisions)),
                "The law lets them.".to_owned(),
            ],
        ),
        _ => idea(
            "people round a table",
            ["The people who care for you decided it.", "They looked for what is best for you."],
        ),
    });
    for (picture, first, words) in [
        ("a heart", "This is what you want, and wanted before:", &interests.wishes),
        ("two people talking", "We asked these people:", &interests.consulted),
        ("two roads", "These were the choices:", &interests.options),
        ("an open door", "This is why:", &interests.least),
    ] {
        ideas.push(idea(picture, std::iter::once(first.to_owned()).chain(sentences(words))));
    }
    if interests.deprives {
        ideas.push(idea(
            "a closed door",
            [
                "You will not be free to leave.",
                "A paper by law allows this. We have seen it.",
                "You can ask a court to look at it.",
            ],
        ));
    }
    let again = said.review_by.map(|day| format!("We look at this again by {}.", day.in_words()));
    let able = "If you can decide this yourself later, you do.".to_owned();
    ideas.push(idea("a calendar", again.into_iter().chain([able])));
    ideas.extend(disagree_easy());
    ideas
}

/// What the person decided, in easy read.
fn theirs_easy(said: &DecisionMade) -> Vec<Idea> {
    let mut ideas = about(said, "You decided:");
    if matches!(said.made, Made::Person { unwise: true }) {
        ideas.push(idea(
            "two people talking",
            ["Others would decide differently.", "It is still up to you."],
        ));
    }
    ideas.push(idea("a pen", ["You can change your mind.", "Tell us at any time."]));
    ideas
}

fn about(said: &DecisionMade, decided: &str) -> Vec<Idea> {
    let begin = |first: &str, words: &str| {
        std::iter::once(first.to_owned()).chain(sentences(words)).collect::<Vec<_>>()
    };
    vec![
        idea("a question mark", begin("This letter is about a decision:", &said.decision)),
        idea("a tick", begin(decided, &said.decided)),
    ]
}
