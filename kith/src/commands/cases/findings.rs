//! A working without amounts, on a terminal.

use std::io::{self, Write};

use law::working::{Finding, Question, Rule, Status};

/// Every step: what was looked at, what was found, why, who said so, the rule.
pub fn steps(lines: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    for line in lines {
        writeln!(out, "{}: {}", line.label, line.finding)?;
        if !line.because.trim().is_empty() {
            writeln!(out, "    {}", line.because)?;
        }
        for input in &line.inputs {
            writeln!(out, "    {} = {}, said by {}", input.name, input.value, input.by)?;
        }
        writeln!(out, "    {}", cited(&line.rule))?;
    }
    Ok(())
}

/// What to do next, each with its rule.
pub fn next<'a>(
    heading: &str,
    rules: impl Iterator<Item = &'a Rule>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rules = rules.peekable();
    if rules.peek().is_some() {
        writeln!(out, "{heading}")?;
    }
    for rule in rules {
        writeln!(out, "  {} ({})", rule.says, cited(rule))?;
    }
    Ok(())
}

/// The questions that are left open.
pub fn questions(asks: &[Question], out: &mut dyn Write) -> io::Result<()> {
    for ask in asks {
        let mark = if ask.must_answer { "To be answered first" } else { "To be asked" };
        writeln!(out, "{mark}: {} ({})", ask.question, ask.about)?;
    }
    Ok(())
}

fn cited(rule: &Rule) -> String {
    match rule.status {
        Status::Sourced => rule.cite.to_owned(),
        Status::Derived => format!("{}; worked out", rule.cite),
        Status::Unverified => format!("{}; NOT CHECKED", rule.cite),
    }
}
