//! A working with amounts, on a terminal.

use std::io::{self, Write};

use law::working::{Line, Status};

/// A step: the amount, what it is, how it was worked out where that says more, and the rule.
pub fn step(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    said(line, &line.amount.in_words(), out)
}

/// A step whose amount is no money: the formula says it all.
pub fn step_without_amount(line: &Line, out: &mut dyn Write) -> io::Result<()> {
    said(line, "", out)
}

fn said(line: &Line, amount: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {amount:>12}  {}", line.label)?;
    let formula = line.formula.to_string();
    if formula != amount && !formula.is_empty() {
        writeln!(out, "  {:>12}    {formula}", "")?;
    }
    let mark = match line.rule.status {
        Status::Sourced => "",
        Status::Derived => " (worked out)",
        Status::Unverified => " (from memory)",
    };
    writeln!(out, "  {:>12}    {}{mark}", "", line.rule.cite)
}
