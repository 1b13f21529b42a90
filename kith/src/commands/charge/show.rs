//! A charge on a terminal.

use std::io::{self, Write};

use law::charging::Answer;
use law::working::{Part, Status};

use crate::commands::cases::lines;

/// The charge in a few lines.
pub fn brief(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} a week, on {}", answer.charge.in_words(), answer.as_of.in_words())?;
    let council = answer.council_pays.in_words();
    writeln!(out, "The care costs {}; the council pays {council}.", answer.full_cost.in_words())?;
    questions(answer, out)
}

/// The charge with every step.
pub fn explain(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let mut part = None;
    for line in &answer.lines {
        if part != Some(line.part) {
            part = Some(line.part);
            writeln!(out, "\n{}", heading(line.part))?;
        }
        lines::step(line, out)?;
    }
    writeln!(out)?;
    brief(answer, out)?;
    if !answer.changes.is_empty() {
        writeln!(out, "\nWhat would change it")?;
        for change in &answer.changes {
            writeln!(out, "  If {}: {} a week", change.when, change.charge.in_words())?;
        }
    }
    writeln!(out, "\nThe figures it rests on")?;
    for figure in &answer.rests_on {
        let amount = figure.amount.in_words();
        let mark = match figure.status {
            Status::Sourced => "",
            Status::Derived => " (worked out)",
            Status::Unverified => " (NOT CHECKED)",
        };
        writeln!(out, "  {amount:>12}  {}{mark}: {}", figure.code, figure.source)?;
    }
    Ok(())
}

fn questions(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    for ask in &answer.asks {
        let mark = if ask.must_answer { "To be answered first" } else { "To be asked" };
        writeln!(out, "{mark}: {}", ask.question)?;
    }
    Ok(())
}

/// A part's heading, as the letter has it.
fn heading(part: Part) -> &'static str {
    match part {
        Part::Person => "About you",
        Part::Capital => "Savings and property",
        Part::Income => "Income, a week",
        Part::Allowances => "What you keep, a week",
        Part::Services => "What the care costs, a week",
        Part::Result => "What you pay, a week",
    }
}
