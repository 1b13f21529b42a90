//! A working as tables: what each line is, how it came about, and how much.

use askama::Template;
use care::record::fact::KeptLine;
use law::charging::Answer;
use law::pence::Pence;
use law::working::{Line, Part, Status};

use crate::ask::paragraph;
use crate::components::{Cell, InsetText, Markup, Table};

/// How one line came about: its formula, and the rule.
#[derive(Template)]
#[template(
    source = r#"{{ label }}{% if !formula.is_empty() %}<span class="kith-step">{{ formula }}</span>{% endif %}<span class="kith-step">{{ says }}{% if !says.is_empty() %} {% endif %}({{ cite }})</span>"#,
    ext = "html"
)]
struct Step<'a> {
    label: &'a str,
    formula: String,
    says: &'a str,
    cite: &'a str,
}

fn row(step: &Step<'_>, amount: Pence) -> [Cell; 2] {
    [Cell::new(Markup::of(step)), Cell::number(amount.in_words())]
}

/// The formula, where it says more than the amount.
fn formula(text: String, amount: Pence) -> String {
    if text == amount.in_words() { String::new() } else { text }
}

/// A working that was just worked out: a table for each part.
pub fn tables(lines: &[Line]) -> Vec<Markup> {
    let mut parts = Vec::new();
    for part in [Part::Capital, Part::Income, Part::Allowances, Part::Services, Part::Result] {
        let mut table =
            Table::new([Cell::new("What"), Cell::new("Amount").numeric()]).caption(heading(part));
        let mut any = false;
        for line in lines.iter().filter(|line| line.part == part) {
            let formula = formula(line.formula.to_string(), line.amount);
            let (says, cite) = (line.rule.says, line.rule.cite);
            table = table.row(row(&Step { label: &line.label, formula, says, cite }, line.amount));
            any = true;
        }
        if any {
            parts.push(table.into());
        }
    }
    parts
}

/// A working as it was kept with a decision.
pub fn kept(lines: &[KeptLine]) -> Markup {
    let mut table = Table::new([Cell::new("What"), Cell::new("Amount").numeric()])
        .caption("How it was worked out");
    for line in lines {
        let formula = formula(line.formula.clone(), line.amount);
        table = table.row(row(
            &Step { label: &line.label, formula, says: "", cite: &line.cite },
            line.amount,
        ));
    }
    table.into()
}

/// What an answer comes to, in a sentence or two, and what it leaves to ask.
pub fn summary(answer: &Answer, last: Option<Pence>) -> Vec<Markup> {
    let mut text = format!(
        "{} a week from {}. The care costs {}; the council pays {}.",
        answer.charge.in_words(),
        answer.as_of.in_words(),
        answer.full_cost.in_words(),
        answer.council_pays.in_words()
    );
    if let Some(last) = last {
        text = format!("{text} Last time: {} a week.", last.in_words());
    }
    let mut parts: Vec<Markup> = vec![InsetText::new(text).into()];
    for ask in &answer.asks {
        let before = if ask.must_answer { "To be answered first: " } else { "To be asked: " };
        parts.push(paragraph(&format!("{before}{}", ask.question)));
    }
    let unverified: Vec<&str> = answer
        .rests_on
        .iter()
        .filter(|figure| figure.status == Status::Unverified)
        .map(|figure| figure.code)
        .collect();
    if !unverified.is_empty() {
        let figures = unverified.join(", ");
        parts.push(paragraph(&format!("Figures nobody has checked yet: {figures}.")));
    }
    parts
}

fn heading(part: Part) -> &'static str {
    match part {
        Part::Person => "The person",
        Part::Capital => "Savings and property",
        Part::Income => "Income, a week",
        Part::Allowances => "What is kept, a week",
        Part::Services => "What the care costs, a week",
        Part::Result => "What is paid, a week",
    }
}
