//! A working as tables: what each line is, how it came about, and how much; beside last time's where
//! there was one.

use std::borrow::Cow;

use askama::Template;
use care::record::fact::{ChargeDecided, KeptLine};
use law::charging::{Answer, RestsOn};
use law::pence::Pence;
use law::working::{Line, Part};

use super::why::in_words;
use crate::ask::{list, paragraph};
use crate::components::{Cell, InsetText, Markup, Table};

/// The parts of a working, in the order in which they are read.
const PARTS: [Part; 6] =
    [Part::Person, Part::Capital, Part::Income, Part::Allowances, Part::Services, Part::Result];

/// Lines that only add up others: a change of theirs explains nothing.
const TOTALS: [&str; 4] =
    ["capital.counted", "income.counted", "result.available", "result.charge"];

/// Lines of the result that say what could be asked for by what somebody has.
const OF_MEANS: [&str; 5] =
    ["result.available", "result.taper", "result.cost", "result.maximum", "result.minimum"];

/// A line of a working, whether it was just worked out or kept with a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step<'a> {
    part: Part,
    code: &'a str,
    label: &'a str,
    amount: Pence,
    formula: Cow<'a, str>,
    says: &'a str,
    cite: &'a str,
}

impl<'a> Step<'a> {
    fn new(line: &'a Line) -> Self {
        Self {
            part: line.part,
            code: &line.code,
            label: &line.label,
            amount: line.amount,
            formula: Cow::Owned(line.formula.to_string()),
            says: line.rule.says,
            cite: line.rule.cite,
        }
    }

    /// A line as it was kept, with what its rule says where that is known.
    fn kept(line: &'a KeptLine, says: &'a str) -> Self {
        let part = match line.code.split('.').next() {
            Some("capital") => Part::Capital,
            Some("income") => Part::Income,
            Some("allowance" | "housing" | "dre") => Part::Allowances,
            Some("service") => Part::Services,
            Some("result") => Part::Result,
            _ => Part::Person,
        };
        let (code, label) = (line.code.as_str(), line.label.as_str());
        Self {
            part,
            code,
            label,
            amount: line.amount,
            formula: Cow::Borrowed(&line.formula),
            says,
            cite: &line.cite,
        }
    }

    /// Whether it is about what the care costs, and not about what somebody has.
    fn is_of_cost(&self) -> bool {
        match self.part {
            Part::Services => true,
            Part::Result => !OF_MEANS.contains(&self.code),
            Part::Person | Part::Capital | Part::Income | Part::Allowances => false,
        }
    }

    fn cell(&self) -> Cell {
        /// How one line came about: its formula, and the rule.
        #[derive(Template)]
        #[template(
            source = r#"{{ label }}{% if !formula.is_empty() %}<span class="kith-how">{{ formula }}</span>{% endif %}<span class="kith-how">{{ says }}{% if !says.is_empty() %} {% endif %}({{ cite }})</span>"#,
            ext = "html"
        )]
        struct How<'a> {
            label: &'a str,
            formula: &'a str,
            says: &'a str,
            cite: &'a str,
        }
        let &Self { label, says, cite, .. } = self;
        // The formula, where it says more than the amount.
        let sum = self.formula.strip_suffix(" a week").unwrap_or(&self.formula);
        let formula = if sum == self.amount.in_words() { "" } else { &self.formula };
        Cell::new(Markup::of(&How { label, formula, says, cite }))
    }
}

/// A line now and last time: one of them may not be there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pair<'a> {
    now: Option<Step<'a>>,
    last: Option<Step<'a>>,
}

impl<'a> Pair<'a> {
    fn step(&self) -> Option<&Step<'a>> {
        self.now.as_ref().or(self.last.as_ref())
    }

    fn difference(&self) -> String {
        match (&self.now, &self.last) {
            (Some(now), Some(last)) => difference(now.amount, last.amount),
            (Some(_), None) => "new".to_owned(),
            (None, _) => "no longer".to_owned(),
        }
    }

    /// The difference, with the amount where there is nothing beside it.
    fn change(&self) -> String {
        match (&self.now, &self.last) {
            (Some(now), None) => format!("{}, new", now.amount.in_words()),
            (None, Some(last)) => format!("no longer {}", last.amount.in_words()),
            _ => self.difference(),
        }
    }

    /// Whether it comes to something else: what came to nothing and is no longer there does not.
    fn has_changed(&self) -> bool {
        let amount =
            |step: &Option<Step<'_>>| step.as_ref().map_or(Pence::ZERO, |step| step.amount);
        amount(&self.now) != amount(&self.last)
    }
}

fn difference(now: Pence, last: Pence) -> String {
    match now - last {
        Pence::ZERO => "the same".to_owned(),
        more if more > Pence::ZERO => format!("{} more", more.in_words()),
        less => format!("{} less", (-less).in_words()),
    }
}

/// Puts lines beside those of last time: first those that are called the same, then those that at
/// least mean the same. Costs of a disability all mean the same, so only their names tell them apart.
fn beside<'a>(now: &[Step<'a>], last: &[Step<'a>]) -> Vec<Pair<'a>> {
    let mut left: Vec<Option<Step<'a>>> = last.iter().cloned().map(Some).collect();
    let mut take = |is_it: &dyn Fn(&Step<'a>) -> bool| {
        left.iter_mut().find(|step| step.as_ref().is_some_and(is_it)).and_then(Option::take)
    };
    let mut pairs: Vec<Pair<'a>> = now
        .iter()
        .map(|now| {
            let last = take(&|last| last.code == now.code && last.label == now.label);
            Pair { now: Some(now.clone()), last }
        })
        .collect();
    for pair in &mut pairs {
        if let (Some(now), None) = (&pair.now, &pair.last)
            && now.code != "dre.item"
        {
            pair.last = take(&|last| last.code == now.code);
        }
    }
    pairs.extend(left.into_iter().flatten().map(|step| Pair { now: None, last: Some(step) }));
    pairs
}

/// What is said to an officer before a working: it is made to be read by the person.
pub const IN_THEIR_WORDS: &str = "How it is worked out, in the words that the person reads:";

/// A working that was just worked out, beside that of the last decision if there is one.
pub fn tables(lines: &[Line], last: Option<&ChargeDecided>) -> Vec<Markup> {
    let now: Vec<Step<'_>> = lines.iter().map(Step::new).collect();
    let Some(last) = last else {
        return in_parts(
            &now,
            |step| step.part,
            &["What", "Amount"],
            |step| vec![step.cell(), Cell::number(step.amount.in_words())],
        );
    };
    let kept: Vec<Step<'_>> = of_last(last);
    let pairs = beside(&now, &kept);
    let part = |pair: &Pair<'_>| pair.step().map_or(Part::Result, |step| step.part);
    in_parts(&pairs, part, &["What", "Last time", "Now", "Difference"], |pair| {
        let amount = |step: &Option<Step<'_>>| {
            let amount = step.as_ref().map(|step| step.amount.in_words());
            Cell::number(amount.unwrap_or_else(|| "–".to_owned()))
        };
        let what = pair.step().map_or_else(|| Cell::new(""), Step::cell);
        vec![what, amount(&pair.last), amount(&pair.now), Cell::number(pair.difference())]
    })
}

/// The lines of the last decision.
fn of_last(last: &ChargeDecided) -> Vec<Step<'_>> {
    last.working.iter().map(|line| Step::kept(line, "")).collect()
}

/// A working as it was kept with a decision: as far as the charge goes by it. Where the same means still
/// come to the same, `answer` has what each rule says, in a sentence.
pub fn kept(decided: &ChargeDecided, answer: Option<&Answer>) -> Vec<Markup> {
    let says = |kept: &KeptLine| {
        let found = answer?.lines.iter().find(|line| line.code == kept.code);
        found.filter(|line| line.rule.cite == kept.cite).map(|line| line.rule.says)
    };
    let steps = decided.working.iter();
    let steps = steps.map(|line| Step::kept(line, says(line).unwrap_or_default()));
    let counts = |step: &Step<'_>| decided.basis.goes_by_means() || step.is_of_cost();
    let steps: Vec<Step<'_>> = steps.filter(counts).collect();
    in_parts(
        &steps,
        |step| step.part,
        &["What", "Amount"],
        |step| vec![step.cell(), Cell::number(step.amount.in_words())],
    )
}

/// A table of what stands beside each other; on a narrow screen it stands under what it is about.
pub fn beside_each_other(table: Table) -> Markup {
    #[derive(Template)]
    #[template(source = r#"<div class="kith-beside">{{ table }}</div>"#, ext = "html")]
    struct Beside {
        table: Table,
    }
    Markup::of(&Beside { table })
}

/// A table for each part of a working that has lines.
fn in_parts<T>(
    lines: &[T],
    part_of: impl Fn(&T) -> Part,
    heads: &[&'static str],
    cells: impl Fn(&T) -> Vec<Cell>,
) -> Vec<Markup> {
    let mut tables = Vec::new();
    for part in PARTS {
        let mut of_part = lines.iter().filter(|line| part_of(line) == part).peekable();
        if of_part.peek().is_none() {
            continue;
        }
        let heads = heads.iter().enumerate().map(|(at, head)| {
            let head = Cell::new(*head);
            if at == 0 { head } else { head.numeric() }
        });
        let table = Table::new(heads).caption(heading(part));
        let table = of_part.fold(table, |table, line| table.row(cells(line)));
        tables.push(beside_each_other(table));
    }
    tables
}

/// What an answer comes to, what it was last time and which lines changed it.
pub fn summary(answer: &Answer, last: Option<&ChargeDecided>) -> Vec<Markup> {
    let now = answer.charge;
    let text = format!(
        "{} a week from {}. The care costs {}; the council pays {}.",
        now.in_words(),
        answer.as_of.in_words(),
        answer.full_cost.in_words(),
        answer.council_pays.in_words()
    );
    let mut parts: Vec<Markup> = vec![InsetText::new(text).into()];
    let Some(last) = last else { return parts };
    let then =
        format!("Last time: {} a week from {}.", last.charge.in_words(), last.from().in_words());
    let text = if now == last.charge {
        format!("{then} The charge is the same.")
    } else {
        format!("{then} The charge is {}.", difference(now, last.charge))
    };
    parts.push(paragraph(&text));
    let lines = changed(answer, last);
    if !lines.is_empty() {
        parts.push(paragraph("What changed:"));
        parts.push(list(lines));
    }
    parts
}

/// The lines that are not as they were, in words.
fn changed(answer: &Answer, last: &ChargeDecided) -> Vec<String> {
    let now: Vec<Step<'_>> = answer.lines.iter().map(Step::new).collect();
    let pairs = beside(&now, &of_last(last));
    let mut changed: Vec<_> = pairs
        .iter()
        .filter(|pair| pair.has_changed())
        .filter_map(|pair| Some((pair.step()?, pair.change())))
        .filter(|(step, _)| !TOTALS.contains(&step.code))
        .collect();
    changed.sort_by_key(|(step, _)| step.part);
    changed.into_iter().map(|(step, how)| format!("{}: {how}", step.label)).collect()
}

/// The questions that an answer leaves an officer, and the figures nobody has checked.
pub fn left_open(answer: &Answer) -> Vec<Markup> {
    let mut parts = Vec::new();
    for ask in &answer.asks {
        let before = if ask.must_answer { "To be answered first: " } else { "To be asked: " };
        parts.push(paragraph(&format!("{before}{}", ask.question)));
    }
    let in_words =
        |figure: &RestsOn| format!("{} ({})", in_words(figure.code), figure.amount.in_words());
    let unverified: Vec<String> = answer.unverified().map(in_words).collect();
    if !unverified.is_empty() {
        let figures = unverified.join("; ");
        parts.push(paragraph(&format!("Figures nobody has checked yet: {figures}.")));
    }
    parts
}

const fn heading(part: Part) -> &'static str {
    match part {
        Part::Person => "The person",
        Part::Capital => "Savings and property",
        Part::Income => "Money coming in, a week",
        Part::Allowances => "What you keep, a week",
        Part::Services => "What the care costs, a week",
        Part::Result => "What you pay, a week",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(code: &'static str, label: &'static str, pence: i64) -> Step<'static> {
        let part = Part::Allowances;
        Step {
            part,
            code,
            label,
            amount: Pence::new(pence),
            formula: Cow::Borrowed(""),
            says: "",
            cite: "",
        }
    }

    #[test]
    fn lines_stand_beside_what_they_were_last_time() {
        let now = [
            step("income.state-pension", "State Pension", 24_130),
            step("dre.item", "Disability cost, heating", 500),
            step("dre.item", "Disability cost, laundry", 642),
            step("housing.rent", "Rent", 1_000),
        ];
        let last = [
            step("dre.item", "Disability cost, laundry", 700),
            step("income.state-pension", "State Pension: left out", 23_025),
            step("capital.savings", "Savings", 10),
        ];
        let told: Vec<(&str, String)> = beside(&now, &last)
            .into_iter()
            .map(|pair| (pair.step().unwrap().label, pair.difference()))
            .collect();
        let expected = [
            ("State Pension", "£11.05 more"),
            ("Disability cost, heating", "new"),
            ("Disability cost, laundry", "£0.58 less"),
            ("Rent", "new"),
            ("Savings", "no longer"),
        ];
        assert_eq!(told, expected.map(|(label, how)| (label, how.to_owned())));
    }
}
