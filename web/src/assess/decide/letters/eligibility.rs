//! The letter that tells somebody whether their needs are eligible, made to be printed: what was
//! decided, why, what can help, and what to do if it is wrong (Care Act 2014 s13(2) and (5)).

use care::record::fact::decision::EligibilityDecided;
use law::eligibility::{Case, Determination, Found, Judgement, Who};

use super::{disagree, disagree_easy, working};
use crate::ask::{heading, list, paragraph};
use crate::assess::decide::basis::{Looked, looked_at};
use crate::assess::decide::words;
use crate::components::{Markup, SummaryList, SummaryRow};
use crate::composed::{Composed, Idea, idea, sentences};

const OMBUDSMAN: &str = "You may also complain to us. If you still do not agree after that, you can go to \
                         the Local Government and Social Care Ombudsman. All of this is free.";

fn who(said: &EligibilityDecided) -> Who {
    match said.case {
        Case::Adult(_) => Who::Adult,
        Case::Carer(_) => Who::Carer,
    }
}

fn title(said: &EligibilityDecided) -> &'static str {
    match who(said) {
        Who::Adult => "What we decided about care and support for you",
        Who::Carer => "What we decided about support for you as a carer",
    }
}

/// What it says.
pub fn compose(said: &EligibilityDecided) -> Composed {
    let mut whole = outcome(said);
    whole.push(heading("Why"));
    whole.push(paragraph(
        "The law asks three questions. The council must help where the answer to all three is yes.",
    ));
    whole.push(why(said));
    let next = said.follows.iter().filter_map(|duty| words::next(&duty.code));
    let mut next: Vec<String> = next.map(str::to_owned).collect();
    next.push(
        "If things change for you, ask for a new assessment. You can ask at any time.".into(),
    );
    whole.extend([heading("What happens next"), list(next)]);
    whole.extend(disagree(OMBUDSMAN));
    whole.push(working(&said.working, "The working, step by step, with the law"));
    Composed { title: title(said).to_owned(), whole, easy: easy(said) }
}

/// The same in easy read.
fn easy(said: &EligibilityDecided) -> Vec<Idea> {
    let about = match who(said) {
        Who::Adult => "We talked with you about what you need.",
        Who::Carer => "We talked with you about caring for somebody.",
    };
    let mut ideas = vec![idea("two people talking", [about, "We have now decided."])];
    let eligible = said.determination == Determination::Eligible;
    if eligible {
        let mut says = vec!["You have needs that the law counts.".to_owned()];
        says.push("These are your needs:".to_owned());
        says.extend(said.eligible_needs.iter().map(|code| format!("{}.", words::outcome(code))));
        ideas.push(idea("a list with ticks", says));
        ideas.push(idea(
            "people round a table",
            ["We will talk with you about what could help.", "We start from what you want."],
        ));
    } else {
        ideas.push(idea(
            "a person at a desk",
            ["The law does not say that we must help you.", "Other things can help you."],
        ));
    }
    if !said.words.is_empty() {
        ideas.push(idea("an open hand", sentences(&said.words)));
    }
    ideas.push(idea("a calendar", ["Things may change for you.", "Then you can ask us again."]));
    ideas.extend(disagree_easy());
    ideas
}

/// What was decided, and what can help.
fn outcome(said: &EligibilityDecided) -> Vec<Markup> {
    let mut parts = Vec::new();
    let eligible = said.determination == Determination::Eligible;
    if eligible {
        parts.push(paragraph(match who(said) {
            Who::Adult => {
                "We looked with you at what you need. You have needs that the law says count. They \
                 are called eligible needs. These are yours:"
            }
            Who::Carer => {
                "We looked with you at what caring does to your life. You have needs that the law \
                 says count. They are called eligible needs. These are yours:"
            }
        }));
        let needs = said.eligible_needs.iter().map(|code| {
            let words = words::outcome(code);
            if said.met_by_carer.contains(code) {
                return format!("{words} (somebody who cares for you helps with this now)");
            }
            words.to_owned()
        });
        parts.push(list(needs));
    } else {
        parts.push(paragraph(
            "We looked with you at what you need. The law’s test is not met, so the law does not say \
             that the council must help with it. We know that this may not be what you hoped for. \
             There are things that can help.",
        ));
    }
    if !said.words.is_empty() {
        parts.push(heading(if eligible { "What we tell you besides" } else { "What can help" }));
        parts.extend(said.words.split("\n\n").map(paragraph));
    }
    parts
}

/// The three questions of the law, each with its answer and the reasons.
fn why(said: &EligibilityDecided) -> Markup {
    let asked = words::questions(who(said));
    let (cause, health, impact) = match &said.case {
        Case::Adult(case) => (&case.cause, None, &case.wellbeing),
        Case::Carer(case) => (&case.necessary_care, case.health_at_risk.as_ref(), &case.wellbeing),
    };
    let effect = effect(&looked_at(&said.case), health);
    let answers = [answered(cause.as_ref()), effect, wellbeing(impact.as_ref())];
    let rows = asked.into_iter().zip(answers).map(|(asked, answer)| SummaryRow::new(asked, answer));
    SummaryList::new(rows).into()
}

/// Decided without: one question that is answered with no decides by itself.
const NOT_NEEDED: &str = "We did not need an answer to this: another answer decided it.";

fn answered(found: Option<&Found>) -> Markup {
    let Some(found) = found else { return paragraph(NOT_NEEDED) };
    paragraph(&with_reason(if found.found { "Yes" } else { "No" }, found.reason.as_ref()))
}

fn with_reason(answer: &str, reason: Option<&String>) -> String {
    match reason.map(|reason| reason.trim()).filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{answer}. {reason}"),
        None => format!("{answer}."),
    }
}

fn effect(looked: &[Looked], health: Option<&Found>) -> Markup {
    let mut parts = Vec::new();
    if let Some(health) = health {
        let says =
            if health.found { "Your health is at risk" } else { "Your health is not at risk" };
        parts.push(paragraph(&with_reason(says, health.reason.as_ref())));
    }
    let (unable, able): (Vec<_>, Vec<_>) = looked.iter().partition(|one| !one.ways.is_empty());
    let unable: Vec<String> = unable
        .into_iter()
        .map(|one| {
            let ways: Vec<&str> =
                one.ways.iter().map(|(code, label)| words::way(code, label)).collect();
            let says = format!("{}: {}", words::outcome(one.code), ways.join("; "));
            with_reason(&says, one.reason.as_ref())
        })
        .collect();
    if !unable.is_empty() {
        parts.extend([paragraph("These are hard for you, or you cannot do them:"), list(unable)]);
    }
    let able: Vec<String> =
        able.into_iter().map(|one| words::outcome(one.code).to_owned()).collect();
    if !able.is_empty() {
        parts.extend([paragraph("These you manage:"), list(able)]);
    }
    if parts.is_empty() { paragraph(NOT_NEEDED) } else { Markup::join(parts) }
}

fn wellbeing(judged: Option<&Judgement>) -> Markup {
    let Some(judged) = judged.filter(|judged| judged.is_made()) else {
        return paragraph(NOT_NEEDED);
    };
    let mut parts = vec![paragraph(&with_reason(
        if judged.significant { "Yes" } else { "No" },
        judged.reason.as_ref(),
    ))];
    if judged.significant {
        parts.push(paragraph("It makes a difference to:"));
        parts.push(list(judged.areas.iter().map(|area| words::area(*area).to_owned())));
    }
    Markup::join(parts)
}
