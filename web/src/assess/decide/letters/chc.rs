//! The letter about NHS continuing healthcare: what a checklist says, or why none was done.

use care::record::fact::decision::ChcConsidered;
use law::chc::Threshold;

use super::{disagree, disagree_easy, working};
use crate::ask::{heading, list, paragraph};
use crate::components::Markup;
use crate::composed::{Composed, Idea, idea, sentences};

const NHS: &str = "You can ask for a checklist, or for it to be looked at again. You can complain to your \
                   integrated care board, and after that to the Parliamentary and Health Service \
                   Ombudsman. All of this is free.";

/// What it says.
pub fn compose(said: &ChcConsidered) -> Composed {
    let title = "Could the NHS pay for your care?".to_owned();
    Composed { title, whole: whole(said), easy: easy(said) }
}

fn whole(said: &ChcConsidered) -> Vec<Markup> {
    let mut parts = vec![paragraph(
        "Some people with great health needs have all their care paid by the NHS. This is called NHS \
         continuing healthcare. A checklist shows who should be looked at for it.",
    )];
    parts.push(paragraph(match said.threshold {
        Some(Threshold::Reached) => {
            "We did the checklist with you. It says that you should have a full assessment. This does \
             not mean yet that the NHS will pay."
        }
        Some(_) => {
            "We did the checklist with you. By its marks, a full assessment does not follow."
        }
        None => "We did not do a checklist. This is why:",
    }));
    if !said.words.is_empty() {
        parts.extend(said.words.split("\n\n").map(paragraph));
    }
    if let Some(reason) = anyway(said) {
        parts.push(paragraph(&format!("We ask for a full assessment all the same: {reason}")));
    }
    parts.push(heading("What happens next"));
    let mut next: Vec<String> =
        said.follows.iter().filter_map(|duty| chc_next(&duty.code)).map(str::to_owned).collect();
    next.extend(said.again_by.map(|day| format!("We come back to this by {}.", day.in_words())));
    next.push("If your health gets worse, tell us: we look at this again.".to_owned());
    parts.push(list(next));
    parts.extend(disagree(NHS));
    parts.push(working(&said.working, "The working, step by step, with the rules"));
    parts
}

/// What follows of a checklist, as one says it to the person; None for what is no news to them.
fn chc_next(code: &str) -> Option<&'static str> {
    Some(match code {
        "full-assessment" | "refer-anyway" => {
            "We send the checklist to the NHS integrated care board. A team looks at your needs with you, \
             and the board decides. It should tell you within 28 days."
        }
        "ask-again" => "You can ask the integrated care board to look at the checklist again.",
        "copy-to-person" => "We give you a copy of the checklist.",
        "checklist-not-done" => "You can ask for a checklist at any time.",
        _ => return None,
    })
}

/// Why a full assessment is asked for whatever the marks say, where it is.
fn anyway(said: &ChcConsidered) -> Option<&String> {
    said.case.checklist.as_ref()?.refer_anyway.as_ref()?.reason.as_ref()
}

/// The same in easy read.
fn easy(said: &ChcConsidered) -> Vec<Idea> {
    let mut ideas = vec![idea(
        "a nurse beside somebody’s bed",
        [
            "Some people need a lot of health care.",
            "For some of them the NHS pays for all of it.",
            "A list of questions shows who may get this.",
        ],
    )];
    ideas.push(match said.threshold {
        Some(Threshold::Reached) => idea(
            "a list with ticks",
            [
                "We went through the questions with you.",
                "The NHS should now look at your needs.",
                "It is not sure yet that the NHS will pay.",
            ],
        ),
        Some(_) => idea(
            "a list",
            [
                "We went through the questions with you.",
                "By your answers the NHS need not look further now.",
            ],
        ),
        None => idea("a list", ["We did not go through the questions with you.", "This is why:"]),
    });
    if !said.words.is_empty() {
        ideas.push(idea("two people talking", sentences(&said.words)));
    }
    if let Some(reason) = anyway(said) {
        let first = "We ask the NHS to look further all the same:".to_owned();
        ideas.push(idea("an open hand", std::iter::once(first).chain(sentences(reason))));
    }
    let again = said.again_by.map(|day| format!("We come back to this by {}.", day.in_words()));
    let worse = ["Does your health get worse?", "Tell us. We look at this again."];
    ideas.push(idea("a calendar", again.into_iter().chain(worse.map(str::to_owned))));
    ideas.extend(disagree_easy());
    ideas
}
