//! The letters that tell somebody what was found or decided, made to be printed: whether they can make a
//! decision, what was decided for them or by them, continuing healthcare, and what was said of a risk.

use axum::extract::Path;
use axum::response::Response;
use care::record::entry::{Author, EntryNumber};
use care::record::fact::decision::{
    Ability, CapacityAssessed, ChcConsidered, Conclusion, DecisionMade, Interests, KeptFinding,
    Made, RiskTalked,
};
use care::record::ids::PersonId;
use care::record::person::decisions::Decisions;
use care::record::person::{Person, Told};
use law::chc::Threshold;
use law::day::Day;

use super::made::whose;
use super::risk::view_in_words;
use crate::ask::{Tell, heading, list, paragraph};
use crate::assess::laid::Laid;
use crate::components::{Details, Markup, SummaryList, SummaryRow, Table};
use crate::error::Failure;
use crate::seat::Seat;

const LOOKED_AT: &str = "the letter about a decision";

/// What a letter is about.
enum About<'a> {
    Capacity(&'a Told<CapacityAssessed>),
    Decision(&'a Told<DecisionMade>),
    Chc(&'a Told<ChcConsidered>),
    Risk(&'a Told<RiskTalked>),
}

impl<'a> About<'a> {
    fn find(decisions: &'a Decisions, entry: EntryNumber) -> Option<Self> {
        fn of<T>(all: &[Told<T>], entry: EntryNumber) -> Option<&Told<T>> {
            all.iter().find(|told| told.entry == entry)
        }
        of(&decisions.capacity, entry)
            .map(Self::Capacity)
            .or_else(|| of(&decisions.made, entry).map(Self::Decision))
            .or_else(|| of(&decisions.chc, entry).map(Self::Chc))
            .or_else(|| of(&decisions.risks, entry).map(Self::Risk))
    }

    fn written(&self) -> (&Author, Day) {
        match self {
            Self::Capacity(told) => (&told.author, told.on),
            Self::Decision(told) => (&told.author, told.on),
            Self::Chc(told) => (&told.author, told.on),
            Self::Risk(told) => (&told.author, told.on),
        }
    }

    fn title(&self) -> &'static str {
        match self {
            Self::Capacity(_) => "Can you make this decision?",
            Self::Decision(told) => match told.said.made {
                Made::Person { .. } => "What you decided",
                _ => "What was decided for you",
            },
            Self::Chc(_) => "Could the NHS pay for your care?",
            Self::Risk(_) => "What we said about a risk",
        }
    }
}

/// Shows one.
pub async fn show(
    seat: Seat,
    Path((id, entry)): Path<(PersonId, EntryNumber)>,
) -> Result<Response, Failure> {
    let has = move |person: &Person, _: &Seat| About::find(&person.decisions, entry).is_some();
    let laid = match Laid::open(&seat, id, LOOKED_AT, has).await? {
        Ok(laid) => laid,
        Err(page) => return Ok(page),
    };
    let decisions = &laid.readable.decisions;
    let about = About::find(decisions, entry).ok_or(Failure::NotFound)?;
    let (author, on) = about.written();
    let organisation = seat.app.place.organisation_name(&author.organisation);
    let page = seat.page(about.title(), "").back(format!("{}/decisions", laid.path()));
    let mut parts = vec![
        paragraph(&format!("{organisation}, {}", on.in_words())),
        paragraph(&format!("Dear {},", laid.name())),
    ];
    parts.extend(match &about {
        About::Capacity(told) => capacity(&told.said),
        About::Decision(told) => decision(&told.said, decisions),
        About::Chc(told) => chc(&told.said),
        About::Risk(told) => risk(&told.said, decisions),
    });
    parts.push(paragraph(&format!("{}, {organisation}", author.name)));
    if let About::Chc(told) = &about {
        parts.push(working(&told.said.working));
    }
    parts.into_iter().fold(Tell::new(page), Tell::part).show()
}

fn rows<'a>(rows: impl IntoIterator<Item = (&'a str, String)>) -> Markup {
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    SummaryList::new(rows.map(|(key, value)| SummaryRow::new(key, value))).into()
}

fn capacity(said: &CapacityAssessed) -> Vec<Markup> {
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
    let plain = |ability: Ability| match ability {
        Ability::Understand => "Do you understand what matters here?",
        Ability::Retain => "Can you keep it in mind long enough?",
        Ability::Weigh => "Can you think it through, for and against?",
        Ability::Communicate => "Can you tell us what you decide?",
    };
    let mut lines = vec![("What we did to help", said.support.clone())];
    lines.extend(said.abilities.iter().map(|(ability, shown)| {
        let says = if shown.able { "Yes" } else { "No" };
        (plain(*ability), format!("{says}. {}", shown.seen))
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

const COURT: &str = "If it cannot be settled, the Court of Protection can decide. You can ask it yourself, \
                     and you may get help to pay for a lawyer.";
const NHS: &str = "You can ask for a checklist, or for it to be looked at again. You can complain to your \
                   integrated care board, and after that to the Parliamentary and Health Service \
                   Ombudsman. All of this is free.";
const TALK: &str = "You can change your mind at any time, and tell us.";

fn disagree(and_then: &str) -> [Markup; 4] {
    [
        heading("If you do not agree"),
        paragraph(
            "Tell us why: we will look at it again, and you may ask for somebody else to look.",
        ),
        paragraph(and_then),
        paragraph(
            "You need not do it alone. A friend or somebody from your family can speak for you, or ask \
             us for an advocate: somebody who helps you to say what you want.",
        ),
    ]
}

fn decision(said: &DecisionMade, decisions: &Decisions) -> Vec<Markup> {
    let Some(interests) = &said.interests else {
        return theirs(said);
    };
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

fn chc(said: &ChcConsidered) -> Vec<Markup> {
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
    let anyway = said.case.checklist.as_ref().and_then(|one| one.refer_anyway.as_ref());
    if let Some(reason) = anyway.and_then(|one| one.reason.as_ref()) {
        parts.push(paragraph(&format!("We ask for a full assessment all the same: {reason}")));
    }
    parts.push(heading("What happens next"));
    let mut next: Vec<String> =
        said.follows.iter().filter_map(|duty| chc_next(&duty.code)).map(str::to_owned).collect();
    next.extend(said.again_by.map(|day| format!("We come back to this by {}.", day.in_words())));
    next.push("If your health gets worse, tell us: we look at this again.".to_owned());
    parts.push(list(next));
    parts.extend(disagree(NHS));
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

fn risk(said: &RiskTalked, decisions: &Decisions) -> Vec<Markup> {
    let by = match &said.made {
        Made::Person { .. } => "You chose this".to_owned(),
        made => format!("This was chosen for you by {}", whose(made, decisions)),
    };
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

/// The working as it was kept, for whoever wants to check it.
fn working(lines: &[KeptFinding]) -> Markup {
    let table = Table::new(["What is looked at", "Found", "Why", "Rule"])
        .hidden_caption("The working, step by step")
        .first_is_header()
        .scrolls();
    let table = lines.iter().fold(table, |table, line| {
        table.row([
            line.label.clone(),
            line.finding.clone(),
            line.because.clone(),
            super::told::cited(line),
        ])
    });
    Details::new("The working, step by step, with the rules", table).into()
}
