//! Everything that was decided with or for somebody, on one page: what stands, who decides, what is
//! looked at again and when; and for those who work with them, the ways to decide more.

use axum::extract::Path;
use axum::response::Response;
use care::record::fact::assess::{FormKind, Prompt};
use care::record::fact::decision::{Conclusion, Made};
use care::record::ids::PersonId;
use care::record::person::Person;
use care::record::person::assessment::PromptState;
use care::who::role::Right;

use super::made::whose;
use super::works_here;
use crate::ask::{Tell, heading, inline_link, link, paragraph};
use crate::assess::laid::{Laid, may_see, may_write};
use crate::assess::others::because;
use crate::components::{InsetText, Markup, SummaryList, SummaryRow};
use crate::error::Failure;
use crate::page::Page;
use crate::posted::Asked;
use crate::seat::Seat;

const LOOKED_AT: &str = "what was decided";

/// Shows it.
pub async fn show(
    seat: Seat,
    Path(id): Path<PersonId>,
    Asked(asked): Asked,
) -> Result<Response, Failure> {
    let has = |person: &Person, seat: &Seat| {
        let acts = seat.actor.represents == Some(person.id) && seat.decides_care();
        acts || (person.begun.is_some() && may_see(FormKind::Capacity, seat))
    };
    let laid = Laid::open(&seat, id, LOOKED_AT, has).await?;
    let acts = seat.actor.represents == Some(id);
    let title = match (laid.own, acts) {
        (true, _) => "Your decisions".to_owned(),
        (_, true) => format!("Decisions for {}", laid.given()),
        _ => format!("Decisions of {}", laid.given()),
    };
    let back = match (laid.own, acts) {
        (false, true) => None,
        _ => Some(format!("{}/assessment", laid.path())),
    };
    let page = seat.page(title, "");
    let page = back.into_iter().fold(page, Page::back);
    let page = match asked.value("done") {
        "capacity" => page.done("The finding is on record. The letter about it is below"),
        "decided" => page.done("The decision is on record. The letter about it is below"),
        "chc" => page.done("It is on record. The letter about it is below"),
        "risk" => page.done("The talk is on record. The copy for the person is below"),
        _ => page,
    };
    let works = works_here(&laid.readable, &seat);
    let mut tell = Tell::new(page).part(paragraph(lead(laid.own, acts)));
    if works {
        tell = ways(&seat, &laid).into_iter().fold(tell, Tell::part);
    }
    let may = |right| works && seat.actor.role.may(right);
    let parts = advocacy(&seat, &laid)
        .into_iter()
        .chain(decisions(&laid, may(Right::AssessCapacity)))
        .chain(risks(&laid, may(Right::WriteAssessment)))
        .chain(others(&seat, &laid));
    parts.fold(tell, Tell::part).show()
}

fn lead(own: bool, acts: bool) -> &'static str {
    match (own, acts) {
        (true, _) => {
            "You decide for yourself. Somebody else decides only where you cannot make that one \
             decision, and then only what you would want or what is best for you. If you do not agree \
             with something here, tell us."
        }
        (_, true) => {
            "You see what your authority is about, while it holds and is needed. The person decides \
             everything that they can. When a decision is due, those who work with them ask you, and \
             write down what you decide."
        }
        _ => {
            "A person decides for themself unless it is shown, for one decision at one time, that they \
             cannot. Then whoever has lawful authority decides, or it is decided in their best \
             interests. Each thing below is looked at again on its day."
        }
    }
}

fn ways(seat: &Seat, laid: &Laid) -> Vec<Markup> {
    let (path, role) = (laid.path(), &seat.actor.role);
    let mut ways = Vec::new();
    let mut way = |open: bool, text: &str, part: &str| {
        if open {
            ways.push(link(text, &format!("{path}/{part}")));
        }
    };
    let assesses = role.may(Right::AssessCapacity);
    way(assesses, "Assess whether they can make a decision", "begin?form=capacity");
    way(role.may(Right::WriteAssessment), "Talk about a risk", "risk");
    way(may_write(FormKind::Chc, seat), "NHS continuing healthcare", "chc");
    way(role.may(Right::DecideEligibility), "Decide on eligibility", "eligibility");
    way(true, "Who may act for the person", "authority");
    for begun in laid.readable.assessment.begun.iter().filter(|one| one.ended.is_none()) {
        let (said, entry) = (&begun.begun.said, begun.begun.entry);
        let known = laid.readable.decisions.capacity.iter();
        let found = known.clone().any(|told| told.said.occasion == Some(entry));
        if said.purpose == FormKind::Capacity && assesses && !found {
            let text = format!("Record what this comes to: {}", said.about);
            ways.push(link(&text, &format!("{path}/capacity/{}", laid.called(entry))));
        }
    }
    ways
}

/// What is to be thought of: an independent advocate.
fn advocacy(seat: &Seat, laid: &Laid) -> Vec<Markup> {
    let prompted = laid.readable.assessment.prompted.iter();
    let open = prompted
        .filter(|one| one.prompted.said.prompt == Prompt::Advocacy && one.answered.is_none());
    let answers = |one: &&PromptState| !laid.own && may_write(one.prompted.said.purpose, seat);
    let mut parts = Vec::new();
    for one in open.filter(answers) {
        let text = format!("{}. {}", Prompt::Advocacy.in_words(), because(one));
        parts.push(InsetText::new(text).into());
        let href = format!("{}/prompt/{}", laid.path(), laid.called(one.prompted.entry));
        parts.push(link("Say what comes of it", &href));
    }
    parts
}

/// Each decision: whether the person can make it, and what was decided.
fn decisions(laid: &Laid, may_decide: bool) -> Vec<Markup> {
    let decisions = &laid.readable.decisions;
    let path = laid.path();
    let mut parts = vec![heading("Decisions, one by one")];
    for found in decisions.capacity.iter().rev() {
        let said = &found.said;
        let last = decisions.capacity_for(&said.decision);
        if last.is_none_or(|last| last.entry != found.entry) {
            continue;
        }
        let letter = format!("{path}/letter/{}", laid.called(found.entry));
        let mut decided = Vec::new();
        let made = decisions.made.iter().rev().find(|made| {
            let same = care::record::person::decisions::same_decision;
            same(&made.said.decision, &said.decision)
        });
        let stands = |made: &care::record::person::Told<_>| made.entry > found.entry;
        if let Some(made) = made {
            let by = format!("{}. By {}", made.said.decided, whose(&made.said.made, decisions));
            let letter = format!("{path}/letter/{}", laid.called(made.entry));
            decided.push(paragraph(&by));
            decided.push(inline_link(&format!("The letter: {}", said.decision), &letter));
        }
        if may_decide && !made.is_some_and(stands) {
            let href = format!("{path}/decision/{}", laid.called(found.entry));
            decided.push(paragraph("Not decided since."));
            decided.push(link(&format!("Record what is decided: {}", said.decision), &href));
        }
        let review = made.and_then(|made| made.said.review_by);
        let again = [said.good_until.filter(|_| said.conclusion == Conclusion::Lacks), review];
        let again = again.into_iter().flatten().min();
        let finding = format!("{}, on {}", said.conclusion.in_words(), found.on.in_words());
        let letter = inline_link(&format!("The letter on that: {}", said.decision), &letter);
        let found = Markup::join([paragraph(&finding), letter]);
        let mut rows = vec![SummaryRow::new("What was found", found)];
        rows.push(SummaryRow::new("What was decided", Markup::join(decided)));
        rows.extend(
            again.map(|day| SummaryRow::new("Looked at again", format!("By {}", day.in_words()))),
        );
        parts.push(SummaryList::new(rows).card(said.decision.as_str()).into());
    }
    if parts.len() == 1 {
        parts.push(paragraph("No decision was looked at in this way."));
    }
    parts
}

fn risks(laid: &Laid, may_talk: bool) -> Vec<Markup> {
    let path = laid.path();
    let mut parts = vec![heading("Risks that were talked about")];
    for told in laid.readable.decisions.open_risks() {
        let said = &told.said;
        let by = match said.made {
            Made::Person { .. } => "Their own choice".to_owned(),
            _ => format!("By {}", whose(&said.made, &laid.readable.decisions)),
        };
        let copy = format!("{path}/letter/{}", laid.called(told.entry));
        let mut again = vec![paragraph(&format!("By {}", said.review_by.in_words()))];
        if may_talk {
            let href = format!("{path}/risk?again={}", laid.called(told.entry));
            again.push(link(&format!("Talk about it again: {}", said.decision), &href));
        }
        let copy = inline_link(&format!("The copy: {}", said.decision), &copy);
        let chosen = Markup::join([paragraph(&format!("{}. {by}.", said.choice)), copy]);
        let rows = [
            SummaryRow::new("What is chosen", chosen),
            SummaryRow::new("Talk again", Markup::join(again)),
        ];
        parts.push(SummaryList::new(rows).card(said.decision.as_str()).into());
    }
    if parts.len() == 1 {
        parts.push(paragraph("None so far."));
    }
    parts
}

/// What has letters of its own kind: continuing healthcare, and eligibility.
fn others(seat: &Seat, laid: &Laid) -> Vec<Markup> {
    let (path, decisions) = (laid.path(), &laid.readable.decisions);
    let mut parts = Vec::new();
    if let Some(told) = decisions.chc.last() {
        let what = match told.said.threshold {
            Some(threshold) => format!("The checklist’s threshold: {}", threshold.in_words()),
            None => "No checklist was done; the reason is kept".to_owned(),
        };
        parts.push(heading("NHS continuing healthcare"));
        parts.push(paragraph(&format!("{what} ({}).", told.on.in_words())));
        if let Some(day) = told.said.again_by {
            parts.push(paragraph(&format!("Followed up by {}.", day.in_words())));
        }
        let words = "The letter on continuing healthcare";
        parts.push(link(words, &format!("{path}/letter/{}", laid.called(told.entry))));
    }
    if !decisions.eligibility.is_empty() && may_see(FormKind::Assessment, seat) {
        parts.push(heading("Care and support"));
        let words = "What was decided on eligibility";
        parts.push(link(words, &format!("{path}/eligibility/letter")));
    }
    if seat.actor.represents.is_some() && may_see(FormKind::Assessment, seat) {
        parts.push(link("The assessment", &format!("{path}/assessment")));
    }
    parts
}
