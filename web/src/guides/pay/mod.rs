//! What might I pay for my care? Five short pages, then the figure and its working.

mod answer;
mod asks;
mod case;
mod questions;

use axum::extract::State;
use axum::response::Response;
use law::choices;
use law::day::Day;

use super::{AskPage, STEP, TO, carried};
use crate::app::{App, london_day};
use crate::error::Failure;
use crate::forms::Form;
use crate::page::{PAY, Page};
use crate::posted::Posted;
use crate::visitor::Visitor;
use case::{Place, Told};

const TITLE: &str = Step::About.in_words();

choices! {
    /// A page of questions.
    Step {
        About "about" "What might I pay for care?",
        Income "income" "Your money coming in",
        Savings "savings" "Your savings",
        Costs "costs" "What your home and your health cost you",
        Care "care" "What the care costs",
    }
}

impl Step {
    /// Those that matter: someone in a care home to stay has no home to pay for.
    fn that_matter(form: &Form) -> Vec<Self> {
        let place = Place::named(form.value("where"));
        let matters = |step: &Self| *step != Self::Costs || place != Some(Place::Stay);
        Self::ALL.iter().copied().filter(matters).collect()
    }
}

/// The first page.
pub async fn ask(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    show(Step::About, &app.gate.page(&visitor, TITLE), &Form::blank())
}

/// A page that was sent: the next one, or the answer.
pub async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let page = app.gate.page(&visitor, TITLE);
    let today = london_day(app.gate.now());
    let steps = Step::that_matter(&form);
    if let Some(to) = Step::named(form.value(TO)).filter(|to| steps.contains(to)) {
        return show(to, &page, &form);
    }
    let sent = Step::named(form.value(STEP)).filter(|sent| steps.contains(sent));
    let sent = sent.unwrap_or(Step::About);
    let upto = steps.iter().position(|step| *step == sent).unwrap_or(0);
    match told(&mut form, &steps[..=upto], today) {
        Err(step) => show(step, &page, &form),
        Ok(told) => match steps.get(upto + 1) {
            Some(next) => show(*next, &page, &form),
            None => answer::show(&app, page, &mut form, &told, today),
        },
    }
}

/// What was told on these pages; or the first of them with something wrong.
fn told(form: &mut Form, steps: &[Step], today: Day) -> Result<Told, Step> {
    let mut told = Told::default();
    for step in steps {
        match step {
            Step::About => told.about = case::about(form, today),
            Step::Income => told.income = Some(case::income(form)),
            Step::Savings => told.savings = case::savings(form),
            Step::Costs => told.costs = Some(case::costs(form)),
            Step::Care => told.care = case::care(form),
        }
        if !form.is_sound() {
            return Err(*step);
        }
    }
    Ok(told)
}

/// Shows one page of questions, with what was answered on the others carried along.
fn show(step: Step, page: &Page, form: &Form) -> Result<Response, Failure> {
    let steps = Step::that_matter(form);
    let at = steps.iter().position(|one| *one == step).unwrap_or(0);
    let others: Vec<String> =
        Step::ALL.iter().copied().filter(|one| *one != step).flat_map(questions::names).collect();
    let first = step == Step::About;
    let ask = AskPage {
        page: Page { title: step.in_words().to_owned(), ..page.clone() },
        action: PAY,
        caption: (!first).then(|| format!("{TITLE} Step {} of {}", at + 1, steps.len())),
        step: step.code(),
        carried: carried(form, &others),
        before: if first { questions::before() } else { Vec::new() },
        parts: questions::parts(step, form),
        button: if at + 1 == steps.len() { "Show what I might pay" } else { "Continue" },
        back: at.checked_sub(1).map(|before| steps[before].code()),
    };
    ask.show(form)
}
