//! A personal budget on a terminal.

use std::io::{self, Write};

use law::budget::Stage;
use law::direct_payments::{Outcome, Standing};
use law::working::{Line, Part};

use super::Answer;
use crate::commands::cases::lines;

/// The statement in a few lines.
pub fn brief(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let statement = &answer.statement;
    let stage = match statement.stage {
        Stage::Indicative => "a first figure, before the plan is costed",
        Stage::Final => "what the plan costs",
    };
    let budget = statement.budget.in_words();
    writeln!(out, "{budget} a week, on {}: {stage}", answer.as_of.in_words())?;
    let (person, council) = (statement.person_pays.in_words(), statement.council_pays.in_words());
    writeln!(out, "The person pays {person}; the council pays {council}.")?;
    if let Some(gap) = statement.gap.filter(|gap| !gap.is_nothing()) {
        let reason = statement.gap_reason.as_deref().unwrap_or("no reason is recorded");
        let table = statement.indicative.in_words();
        writeln!(out, "The table gave {table}, a gap of {}: {reason}.", gap.in_words())?;
    }
    if let Some(period) = &statement.period {
        writeln!(
            out,
            "Over {} days, {} of them in respite: {} ({} and {}).",
            period.days,
            period.respite_days,
            period.budget.in_words(),
            period.person_pays.in_words(),
            period.council_pays.in_words()
        )?;
    }
    if let Some(outcome) = &statement.direct_payment {
        direct_payment(outcome, out)?;
    }
    let invented = if statement.invented { " (INVENTED)" } else { "" };
    writeln!(out, "Table {}{invented}: {}", statement.allocation.version, answer.source)?;
    let more = statement.direct_payment.iter().flat_map(|outcome| &outcome.asks);
    for ask in statement.asks.iter().chain(more) {
        let mark = if ask.must_answer { "To be answered first" } else { "To be asked" };
        writeln!(out, "{mark}: {}", ask.question)?;
    }
    Ok(())
}

fn direct_payment(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let standing = match outcome.standing {
        Standing::MustBeMade => "must be made",
        Standing::ToBeDecided => "cannot be decided yet",
        Standing::ConditionNotMet => "is not made: a condition is not met",
        Standing::Excluded => "is not made for now; the council arranges the care",
        Standing::NotRequested => "has not been asked for",
    };
    let payment = &outcome.payment;
    write!(out, "A direct payment {standing}.")?;
    if matches!(outcome.standing, Standing::MustBeMade | Standing::ToBeDecided) {
        let next = payment.next;
        write!(
            out,
            " It would be {} a week: {} from {} to {}.",
            payment.weekly.in_words(),
            next.amount.in_words(),
            next.from.in_words(),
            next.until.in_words()
        )?;
    }
    writeln!(out)
}

/// The statement with every step.
pub fn explain(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let mut above = "";
    for line in &answer.lines {
        let heading = heading(line);
        if above != heading {
            above = heading;
            writeln!(out, "\n{heading}")?;
        }
        step(line, out)?;
    }
    writeln!(out)?;
    brief(answer, out)
}

/// Lines whose formula says it all: points, nights and days are no money.
const NO_MONEY: [&str; 4] =
    ["points.", "direct-payment.care-home", "direct-payment.relatives", "direct-payment.review"];

fn step(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    if NO_MONEY.iter().any(|start| line.code.starts_with(start)) {
        lines::step_without_amount(line, out)
    } else {
        lines::step(line, out)
    }
}

/// What a line stands under.
fn heading(line: &Line) -> &'static str {
    if line.code.starts_with("direct-payment.") {
        return "The direct payment";
    }
    match line.part {
        Part::Person => "What you need help with",
        Part::Capital => "Savings and property",
        Part::Income => "Income, a week",
        Part::Allowances => "What you keep, a week",
        Part::Services => "What the plan costs, a week",
        Part::Result => "The budget",
    }
}
