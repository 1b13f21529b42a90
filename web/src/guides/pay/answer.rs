//! What might be paid, and why.

use std::collections::BTreeSet;

use axum::response::Response;
use law::charging::{Answer, Ask, Basis, Case, NoAnswer};
use law::day::Day;
use law::pence::Pence;
use law::working::{Line, Part};

use super::case::{MOBILITY, Place, TWELVE_WEEKS, Told, after_twelve_weeks};
use super::questions::names;
use super::{Step as Asked, TITLE, asks};
use crate::app::App;
use crate::ask::{Tell, paragraph};
use crate::components::{InsetText, Markup, WarningText};
use crate::error::Failure;
use crate::forms::Form;
use crate::guides::{
    AnswerPage, Step, Working, ask_council, carried, figure, heading, keep, list, small_heading,
};
use crate::page::{self, PAY, Page};

/// Shows what might be paid; or the first page again, where the law finds something wrong there.
pub(super) fn show(
    app: &App,
    page: Page,
    form: &mut Form,
    told: &Told,
    today: Day,
) -> Result<Response, Failure> {
    let law = &app.place.law;
    let case = told.case(today)?;
    let answer = match law.answer(&case) {
        Ok(answer) => answer,
        Err(NoAnswer::NoRates(_)) => return no_figures(page),
        Err(NoAnswer::Problem(problem)) => {
            form.wrong_form(format!("We could not use this: {problem}"));
            return super::show(Asked::About, &page, form);
        }
    };
    let later = after_twelve_weeks(&case).filter(|_| still_in_twelve_weeks(&case));
    let later = later.and_then(|case| law.answer(&case).ok());
    let later = later.filter(|later| later.charge != answer.charge || later.basis != answer.basis);
    let told_of = Shown { told, answer: &answer, later: later.as_ref() };
    let all: Vec<String> = Asked::ALL.iter().copied().flat_map(names).collect();
    let ways = Asked::that_matter(form).into_iter().map(|step| (step.code(), again(step)));
    page::show(&AnswerPage {
        page: Page { title: "What you might pay".to_owned(), ..page },
        action: PAY,
        carried: carried(form, &all),
        parts: told_of.parts(),
        again: ways.collect(),
    })
}

fn again(step: Asked) -> String {
    match step {
        Asked::About => "About you",
        Asked::Income => "Money coming in",
        Asked::Savings => "Savings",
        Asked::Costs => "Your costs",
        Asked::Care => "Cost of the care",
    }
    .to_owned()
}

/// There are no figures of the law for today: the place has not been given the new year’s.
fn no_figures(page: Page) -> Result<Response, Failure> {
    Tell::new(Page { title: TITLE.to_owned(), ..page })
        .part(paragraph(
            "We cannot work this out today. The amounts change each April, and we do not have this \
             year’s yet. Ask your council’s adult social care team what you might pay.",
        ))
        .show()
}

fn still_in_twelve_weeks(case: &Case) -> bool {
    let from = case.stay.as_ref().and_then(|stay| stay.permanent_from);
    from.is_some_and(|from| case.as_of < from.plus_days(TWELVE_WEEKS))
}

/// What the page is made of.
struct Shown<'a> {
    told: &'a Told,
    answer: &'a Answer,
    /// What it is after the twelve weeks in which a home is left out.
    later: Option<&'a Answer>,
}

impl Shown<'_> {
    fn parts(&self) -> Vec<Markup> {
        let guide = "This is a guide. It is not a decision, and the council may work out another \
                     amount.";
        let mut parts = Vec::new();
        if self.later.is_some() {
            parts.push(paragraph("For the first 12 weeks after you move in to stay:"));
        }
        parts.push(figure(&self.in_short(self.answer)));
        parts.extend(self.why(self.answer));
        if let Some(later) = self.later {
            parts.push(paragraph("After the first 12 weeks, when your home is counted too:"));
            parts.push(figure(&self.in_short(later)));
            parts.extend(self.why(later));
        }
        parts.push(WarningText::new(guide).into());
        parts.extend(self.unverified());
        parts.push(heading("How we worked it out"));
        if self.later.is_some() {
            parts.push(paragraph(
                "This is the working for the first 12 weeks. Amounts are a week’s.",
            ));
        } else {
            parts.push(paragraph("Amounts are for a week, unless it says otherwise."));
        }
        parts.extend(self.working());
        parts.extend(self.changes());
        parts.extend(self.questions());
        parts.push(heading("Ask for a real assessment"));
        parts.push(ask_council(
            "Ask your council’s adult social care team for a financial assessment. They look at your \
             letters, tell you what you must pay, and say why in writing. They cannot make you pay \
             for the time before they told you that you might have to.",
        ));
        parts.push(keep().into());
        parts
    }

    fn cost(&self) -> Option<Pence> {
        self.told.care.as_ref().and_then(|care| care.cost)
    }

    fn at_home(&self) -> bool {
        self.told.about.as_ref().is_some_and(|about| about.place == Place::Home)
    }

    /// The figure.
    fn in_short(&self, answer: &Answer) -> String {
        match (answer.basis, self.cost()) {
            (Basis::FullCostCapital, None) => "You might pay all that your care costs".to_owned(),
            _ if answer.charge.is_nothing() => "You might pay nothing".to_owned(),
            (_, Some(_)) => format!("You might pay {} a week", answer.charge.in_words()),
            (_, None) => {
                let most = answer.charge.in_words();
                format!("You might pay up to {most} a week, and never more than the care costs")
            }
        }
    }

    /// Why, in a sentence or two.
    fn why(&self, answer: &Answer) -> Vec<Markup> {
        let mut why = Vec::new();
        match answer.basis {
            Basis::FullCostCapital => why.push(paragraph(&format!(
                "You have {} in savings and property that count. That is more than the limit, so the \
                 council does not have to help to pay. It can still help you to find care.",
                answer.capital_counted.in_words()
            ))),
            Basis::Means if answer.charge.is_nothing() => why.push(paragraph(&format!(
                "You have {} a week coming in that counts, and you keep at least {}. Nothing is left \
                 over to pay with.",
                answer.income_counted.in_words(),
                answer.allowances.in_words()
            ))),
            Basis::Means => why.push(paragraph(&format!(
                "You have {} a week coming in that counts. You keep {} of it to live on and for your \
                 costs. What you pay comes out of the rest.",
                answer.income_counted.in_words(),
                (answer.income_counted - answer.charge).in_words()
            ))),
            _ => {}
        }
        if let Some(cost) = self.cost() {
            let part = |who: &str, amount: Pence| {
                let told = || format!(" {who} {}", amount.in_words());
                if amount.is_nothing() { String::new() } else { told() + "." }
            };
            let nhs = part("The NHS pays", answer.nhs_pays);
            let council = part("The council would pay", answer.council_pays);
            let rest = format!("The care costs {} a week.{nhs}{council}", cost.in_words());
            why.push(paragraph(&rest));
        }
        why
    }

    /// The figures of the law that nobody could check.
    fn unverified(&self) -> Option<Markup> {
        let all =
            self.answer.unverified().chain(self.later.iter().flat_map(|one| one.unverified()));
        let amounts: BTreeSet<Pence> = all.map(|figure| figure.amount).collect();
        if amounts.is_empty() {
            return None;
        }
        let amounts: Vec<String> = amounts.into_iter().map(Pence::in_words).collect();
        let told = format!(
            "We could not check some of the law’s amounts in an official paper: {}. The real amounts \
             may be a little different.",
            amounts.join(", ")
        );
        Some(InsetText::new(told).into())
    }

    /// The working, part by part.
    fn working(&self) -> Vec<Markup> {
        let parts = [
            (Part::Person, "About you"),
            (Part::Capital, "Your savings and property"),
            (Part::Income, "Your money coming in"),
            (Part::Allowances, "What you keep"),
            (Part::Services, "What the care costs"),
            (Part::Result, "What you might pay"),
        ];
        let mut shown = Vec::new();
        for (part, title) in parts {
            let lines = self.answer.lines.iter().filter(|line| line.part == part);
            let steps: Vec<Step> = lines.filter(|line| self.is_shown(line)).map(step).collect();
            if !steps.is_empty() {
                shown.extend([small_heading(title), Working { steps }.into()]);
            }
        }
        shown
    }

    /// What rests on the cost of care says nothing where that is not known; nor does a benefit of
    /// which only the name was asked.
    fn is_shown(&self, line: &Line) -> bool {
        let all_of_it = self.answer.basis == Basis::FullCostCapital && line.part == Part::Result;
        let named = |code: &str| line.code.strip_prefix("income.") == Some(code);
        let rests_on_cost =
            line.part == Part::Services || (all_of_it && line.code != "result.available");
        let of_no_cost = self.cost().is_none() && rests_on_cost;
        let of_no_amount = MOBILITY.iter().any(|(code, _)| named(code));
        !of_no_cost && !of_no_amount
    }

    /// What would change it.
    fn changes(&self) -> Vec<Markup> {
        let known = |charge: Pence| self.cost().is_some() || charge < Pence::pounds(1_000_000);
        let changes = self.answer.changes.iter().filter(|change| known(change.charge));
        let mut changes: Vec<String> = changes
            .map(|change| {
                let charge = change.charge.in_words();
                format!("If {}, you might pay {charge} a week.", change.when)
            })
            .collect();
        if self.at_home() {
            changes.push(
                "If the care makes you pay for more heating, laundry or other things, tell the \
                 council. It may be taken off."
                    .to_owned(),
            );
        }
        changes.push("If the care is help from the NHS, it is free.".to_owned());
        vec![heading("What would change this"), list(changes)]
    }

    /// What it leaves open.
    fn questions(&self) -> Option<Markup> {
        let asked =
            |answer: &Answer| answer.asks.iter().map(|asked| asked.code).collect::<Vec<_>>();
        let codes: BTreeSet<&str> =
            asked(self.answer).into_iter().chain(self.later.into_iter().flat_map(asked)).collect();
        let asks = Ask::ALL.iter().filter(|ask| codes.contains(ask.code()));
        let words: Vec<&str> = asks.filter_map(|&ask| asks::in_their_words(ask)).collect();
        (!words.is_empty())
            .then(|| Markup::join([heading("Questions to think about"), list(words)]))
    }
}

fn step(line: &Line) -> Step {
    let (figure, formula) = (line.amount.in_words(), line.formula.to_string());
    Step {
        label: line.label.to_string(),
        how: if formula == figure { String::new() } else { formula },
        figure,
        says: line.rule.says.to_owned(),
        cite: line.rule.cite.to_owned(),
    }
}
