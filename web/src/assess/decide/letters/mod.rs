//! The letters that tell somebody what was found or decided: whether their needs are eligible, whether
//! they can make a decision, what was decided by them or for them, continuing healthcare, and what was
//! said of a risk.

mod capacity;
mod chc;
mod eligibility;
mod made;
mod risk;

use care::record::entry::EntryNumber;
use care::record::fact::decision::KeptFinding;
use care::record::fact::letter::LetterKind;
use care::record::person::letters::Letter;
use care::record::person::{Person, Told};

use crate::ask::{heading, paragraph};
use crate::components::{Details, Markup, SummaryList, SummaryRow, Table};
use crate::composed::{Composed, Idea, idea};

/// What the letter about a decision says; None where it is of another room.
pub fn compose(readable: &Person, letter: &Letter<'_>) -> Option<Composed> {
    fn said<T>(all: &[Told<T>], entry: EntryNumber) -> Option<&T> {
        all.iter().find(|told| told.entry == entry).map(|told| &told.said)
    }
    let (decisions, entry) = (&readable.decisions, letter.entry);
    Some(match letter.kind {
        LetterKind::Eligibility => eligibility::compose(said(&decisions.eligibility, entry)?),
        LetterKind::Capacity => capacity::compose(said(&decisions.capacity, entry)?),
        LetterKind::Decision => made::compose(said(&decisions.made, entry)?, decisions),
        LetterKind::Chc => chc::compose(said(&decisions.chc, entry)?),
        LetterKind::Risk => risk::compose(said(&decisions.risks, entry)?, decisions),
        LetterKind::Assessment | LetterKind::Carer | LetterKind::Charge | LetterKind::Review => {
            return None;
        }
    })
}

fn rows<'a>(rows: impl IntoIterator<Item = (&'a str, String)>) -> Markup {
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    SummaryList::new(rows.map(|(key, value)| SummaryRow::new(key, value))).into()
}

const COURT: &str = "If it cannot be settled, the Court of Protection can decide. You can ask it yourself, \
                     and you may get help to pay for a lawyer.";
const TALK: &str = "You can change your mind at any time, and tell us.";

/// What to do about a decision that seems wrong, and who then settles it.
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

/// The same in easy read.
fn disagree_easy() -> [Idea; 2] {
    [
        idea(
            "a person thinking",
            ["Do you think this is wrong?", "Tell us.", "We will look at it again."],
        ),
        idea(
            "a friend beside you",
            [
                "A friend can help you to tell us.",
                "You can ask us for an advocate.",
                "An advocate helps you to say what you want.",
                "It is free.",
            ],
        ),
    ]
}

/// The working as it was kept, for whoever wants to check it.
fn working(lines: &[KeptFinding], title: &str) -> Markup {
    let table = Table::new(["What is looked at", "Found", "Why", "Rule"])
        .hidden_caption("The working, step by step")
        .first_is_header()
        .stacks();
    let table = lines.iter().fold(table, |table, line| {
        table.row([line.label.clone(), line.finding.clone(), line.because.clone(), cited(line)])
    });
    Details::new(title, table).into()
}

/// The rule of a line, and whether anybody has read it.
fn cited(line: &KeptFinding) -> String {
    if line.unverified {
        format!("{} (not yet checked against the law’s own words)", line.cite)
    } else {
        line.cite.clone()
    }
}
