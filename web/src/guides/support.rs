//! Could I get support? For an adult who needs help, or for somebody who cares for one. It says what
//! the law looks at; whether somebody is eligible only an assessment can say.

use axum::extract::State;
use axum::response::Response;
use law::day::Day;
use law::eligibility::{
    AdultCase, AdultNeed, AdultOutcome, AdultWay, Answer, CarerCase, CarerOutcome, CarerWay, Case,
    Found, Limb, Need, Who,
};
use law::working::Finding;

use super::{
    AnswerPage, AskPage, STEP, Step, TO, Working, ask_council, carried, figure, heading, keep, list,
};
use crate::app::{App, london_day};
use crate::ask::{inline_link, paragraph};
use crate::components::{Checkboxes, Choice, Heading, InsetText, Markup, Radios, WarningText};
use crate::error::Failure;
use crate::forms::Form;
use crate::page::{self, NHS, PAY, Page, SUPPORT};
use crate::posted::Posted;
use crate::visitor::Visitor;

const TITLE: &str = "Could I get support?";
const WHO: &str = "who";
const NEEDS: &str = "needs";

/// The first page.
pub async fn ask(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    ask_who(app.gate.page(&visitor, TITLE), &Form::blank())
}

/// A page that was sent: the next one, or what the law looks at.
pub async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let page = app.gate.page(&visitor, TITLE);
    if form.value(TO) == WHO {
        return ask_who(page, &form);
    }
    let Some(who) = form.chosen("who", Who::named, "Choose what is true for you") else {
        return ask_who(page, &form);
    };
    if form.value(TO) == NEEDS || form.value(STEP) != NEEDS {
        return ask_needs(page, &form, who);
    }
    match case(&mut form, who, london_day(app.gate.now())) {
        Some(case) => show(page, &form, who, &law::eligibility::answer(&case)),
        None => ask_needs(page, &form, who),
    }
}

fn ask_who(page: Page, form: &Form) -> Result<Response, Failure> {
    let choices = [
        Choice::new(Who::Adult.code(), "I find some things hard to do, and may need help"),
        Choice::new(
            Who::Carer.code(),
            "I look after somebody: a relative, a friend or a neighbour",
        ),
    ];
    let ask = AskPage {
        page,
        action: SUPPORT,
        caption: None,
        step: WHO,
        carried: carried(form, &names(&[Who::Adult, Who::Carer])),
        before: vec![
            paragraph(
                "This guide shows what the law looks at when somebody asks the council for support. \
                 It takes about 5 minutes. We do not ask your name, and we keep none of your answers.",
            ),
            paragraph("If you fill this in for somebody else, answer as if you were them."),
            InsetText::new("This is a guide, not a decision. Only your council can decide.").into(),
        ],
        parts: vec![
            Radios::new("who", "What is true for you?", choices)
                .heading(Heading::Medium)
                .filled(form)
                .into(),
        ],
        button: "Continue",
        back: None,
    };
    ask.show(form)
}

/// The names of the questions for some.
fn names(whose: &[Who]) -> Vec<String> {
    let mut names = vec!["cause".to_owned(), "hard".to_owned(), "impact".to_owned()];
    for who in whose {
        match who {
            Who::Adult => names.extend(AdultOutcome::CODES.iter().map(|code| way_name(code))),
            Who::Carer => {
                names.push("health".to_owned());
                names.extend(CarerOutcome::CODES.iter().map(|code| way_name(code)));
            }
        }
    }
    names.sort();
    names.dedup();
    names
}

fn way_name(outcome: &str) -> String {
    format!("ways-{outcome}")
}

fn ask_needs(page: Page, form: &Form, who: Who) -> Result<Response, Failure> {
    let title = match who {
        Who::Adult => "What is hard for you?",
        Who::Carer => "What is hard because you care for somebody?",
    };
    let ask = AskPage {
        page: Page { title: title.to_owned(), ..page },
        action: SUPPORT,
        caption: Some(format!("{TITLE} Step 2 of 2")),
        step: NEEDS,
        carried: carried(form, &["who".to_owned()]),
        before: Vec::new(),
        parts: match who {
            Who::Adult => adult_questions(form),
            Who::Carer => carer_questions(form),
        },
        button: "Show what the law looks at",
        back: Some(WHO),
    };
    ask.show(form)
}

fn adult_questions(form: &Form) -> Vec<Markup> {
    let ways = AdultWay::ALL.iter().map(|&way| (way.code(), adult_way(way))).collect::<Vec<_>>();
    let hard = AdultOutcome::ALL.iter().map(|&one| hard(one.code(), adult_words(one), &ways, form));
    vec![
        yes_or_no(
            "cause",
            "Do you have an illness, a disability, or a problem with your mind or memory?",
            "You need no letter from a doctor. Being frail from old age counts too.",
            form,
        ),
        Checkboxes::new("hard", "Which of these are hard for you?", hard)
            .heading(Heading::Medium)
            .hint(
                "Answer as if nobody helped you. If you have good days and bad days, think of both. \
                 If none of these is hard for you, tick nothing.",
            )
            .filled(form)
            .into(),
        impact("Does this make a big difference to your life?", form),
    ]
}

fn carer_questions(form: &Form) -> Vec<Markup> {
    let ways = CarerWay::ALL.iter().map(|&way| (way.code(), carer_way(way))).collect::<Vec<_>>();
    let hard = CarerOutcome::ALL.iter().map(|&one| hard(one.code(), carer_words(one), &ways, form));
    vec![
        yes_or_no(
            "cause",
            "Do you do things for an adult that they cannot do for themself?",
            "They need not get any help from the council.",
            form,
        ),
        yes_or_no(
            "health",
            "Is your own health getting worse because you care for them, or might it?",
            "Your body or your mind: for example a bad back, no sleep, or feeling very low.",
            form,
        ),
        Checkboxes::new("hard", "Which of these are hard for you because you care?", hard)
            .heading(Heading::Medium)
            .hint("If none of these is hard for you, tick nothing.")
            .filled(form)
            .into(),
        impact("Does caring make a big difference to your life?", form),
    ]
}

/// One thing that may be hard, and in which way.
fn hard(code: &str, text: &str, ways: &[(&str, &str)], form: &Form) -> Choice {
    let ways = ways.iter().map(|&(way, text)| Choice::new(way, text));
    let asked = Checkboxes::new(way_name(code), "Tick all that are true", ways).small();
    Choice::new(code, text).reveals(asked.filled(form))
}

fn yes_or_no(name: &str, question: &str, hint: &str, form: &Form) -> Markup {
    Radios::new(name, question, [Choice::new("yes", "Yes"), Choice::new("no", "No")])
        .heading(Heading::Medium)
        .hint(hint)
        .filled(form)
        .into()
}

fn impact(question: &str, form: &Form) -> Markup {
    let choices = [("yes", "Yes"), ("no", "No"), ("not-sure", "I am not sure")]
        .map(|(c, t)| Choice::new(c, t));
    Radios::new("impact", question, choices)
        .heading(Heading::Medium)
        .hint("For example to your health, your safety, your family, or what you can do in a day.")
        .filled(form)
        .into()
}

const fn adult_words(outcome: AdultOutcome) -> &'static str {
    match outcome {
        AdultOutcome::Nutrition => "Making food, eating and drinking",
        AdultOutcome::Hygiene => "Washing, and keeping clothes clean",
        AdultOutcome::Toilet => "Using the toilet",
        AdultOutcome::Clothing => "Getting dressed in the right clothes",
        AdultOutcome::HomeSafeUse => "Moving about at home safely",
        AdultOutcome::HabitableHome => "Keeping the home clean and safe to live in",
        AdultOutcome::Relationships => "Keeping in touch with family and friends",
        AdultOutcome::WorkEducation => "Work, school, training or volunteering",
        AdultOutcome::Community => "Getting out: shops, buses, the doctor, a park",
        AdultOutcome::Childcare => "Looking after a child",
    }
}

const fn adult_way(way: AdultWay) -> &'static str {
    match way {
        AdultWay::Assistance => "I cannot do it without help, or not even with help",
        AdultWay::Distress => "I can do it, but it hurts, upsets or frightens me a lot",
        AdultWay::Danger => "I can do it, but somebody might get hurt",
        AdultWay::Longer => "I can do it, but it takes me much longer than other people",
    }
}

const fn carer_words(outcome: CarerOutcome) -> &'static str {
    match outcome {
        CarerOutcome::Childcare => "Looking after a child",
        CarerOutcome::OtherCare => "Looking after other people",
        CarerOutcome::HabitableHome => "Keeping my home clean and safe to live in",
        CarerOutcome::Nutrition => "Making food, eating and drinking",
        CarerOutcome::Relationships => "Keeping in touch with family and friends",
        CarerOutcome::WorkEducation => "Work, school, training or volunteering",
        CarerOutcome::Community => "Getting out: shops, buses, the doctor, a park",
        CarerOutcome::Recreation => "Having time for things I like to do",
    }
}

const fn carer_way(way: CarerWay) -> &'static str {
    match way {
        CarerWay::Assistance => "I cannot do it without help",
        CarerWay::Distress => "I can do it, but it hurts, upsets or frightens me a lot",
        CarerWay::Danger => "I can do it, but somebody might get hurt",
    }
}

/// The case as the law reads it; None where something is wrong with an answer.
fn case(form: &mut Form, who: Who, as_of: Day) -> Option<Case> {
    let cause = answered(form, "cause", "Choose yes or no");
    let health = match who {
        Who::Adult => None,
        Who::Carer => answered(form, "health", "Choose if your health is getting worse, or might"),
    };
    let told = match who {
        Who::Adult => {
            let mut needs = Vec::new();
            for &outcome in AdultOutcome::ALL {
                let named = (outcome.code(), adult_words(outcome));
                let need = need(form, outcome, named, AdultWay::named);
                needs.push(AdultNeed { need, carer_meets: false });
            }
            Case::Adult(AdultCase { as_of, cause, needs, wellbeing: None })
        }
        Who::Carer => {
            let mut needs = Vec::new();
            for &outcome in CarerOutcome::ALL {
                let named = (outcome.code(), carer_words(outcome));
                needs.push(need(form, outcome, named, CarerWay::named));
            }
            let (necessary_care, health_at_risk) = (cause, health);
            Case::Carer(CarerCase { as_of, necessary_care, health_at_risk, needs, wellbeing: None })
        }
    };
    let known = |code: &str| ["yes", "no", "not-sure"].contains(&code).then_some(());
    form.chosen("impact", known, "Choose if it makes a big difference to your life");
    form.is_sound().then_some(told)
}

fn answered(form: &mut Form, name: &str, error: &str) -> Option<Found> {
    let known = |code: &str| ["yes", "no"].contains(&code).then(|| code == "yes");
    let found = form.chosen(name, known, error)?;
    Some(Found { found, reason: None, by: Some("you".to_owned()) })
}

fn need<O, W>(
    form: &mut Form,
    outcome: O,
    (code, words): (&str, &str),
    named: impl Fn(&str) -> Option<W>,
) -> Need<O, W> {
    let mut unable = Vec::new();
    if form.has("hard", code) {
        let name = way_name(code);
        unable.extend(form.values(&name).filter_map(named));
        if unable.is_empty() {
            form.wrong(&name, format!("{words}: tick what is true"));
        }
    }
    let by = Some("you".to_owned());
    Need { outcome, unable, reason: None, fluctuates: false, period: None, by }
}

fn show(page: Page, form: &Form, who: Who, answer: &Answer) -> Result<Response, Failure> {
    let outcome = &answer.outcome;
    let mut parts = vec![
        figure(in_short(outcome.cause, outcome.effect)),
        paragraph(why(who, outcome.cause, outcome.effect)),
        paragraph(match form.value("impact") {
            "yes" => {
                "You told us that it makes a big difference to your life. The council must look at \
                 that too, so tell them how, with examples."
            }
            _ => {
                "The council must also look at how big a difference it makes to your life. That is \
                 for a trained person to judge, who talks with you first."
            }
        }),
        WarningText::new(
            "This is a guide. It is not a decision: only the council can decide, after an \
             assessment.",
        )
        .into(),
        heading("What the law looks at"),
    ];
    // What can be done without help is no step of the answer; nor is what nobody has judged yet.
    let told = ["cause", "healthAtRisk", "necessaryCare", "outcomes"];
    let shown = answer.lines.iter().filter(|line| {
        let hard = line.code.strip_prefix("outcome.").is_some_and(|code| form.has("hard", code));
        hard || told.iter().any(|code| *code == line.code)
    });
    let steps = shown.map(|line| Step {
        label: label(who, line),
        figure: found(&line.finding).to_owned(),
        says: line.rule.says.to_owned(),
        how: line.because.clone(),
        cite: line.rule.cite.to_owned(),
    });
    parts.push(Working { steps: steps.collect() }.into());
    parts.extend([
        heading("Ask for an assessment"),
        ask_council(match who {
            Who::Adult => {
                "Ask your council’s adult social care team for a care needs assessment. They must \
                 do one if it looks as if you may need care and support, whatever this page says."
            }
            Who::Carer => {
                "Ask your council’s adult social care team for a carer’s assessment. They must do \
                 one if it looks as if you may need support, whatever this page says, and even if \
                 the person you care for wants no help."
            }
        }),
        heading("What would help"),
        list(next(who)),
        keep().into(),
    ]);
    let mut all = names(&[Who::Adult, Who::Carer]);
    all.push("who".to_owned());
    page::show(&AnswerPage {
        page: Page { title: "What the council would look at".to_owned(), ..page },
        action: SUPPORT,
        carried: carried(form, &all),
        parts,
        again: vec![(WHO, "Who it is for".to_owned()), (NEEDS, "What is hard".to_owned())],
    })
}

/// What was looked at, in the words in which it was asked.
fn label(who: Who, line: &Finding) -> String {
    let outcome = line.code.strip_prefix("outcome.").unwrap_or_default();
    let words = match who {
        Who::Adult => AdultOutcome::named(outcome).map(adult_words),
        Who::Carer => CarerOutcome::named(outcome).map(carer_words),
    };
    let words = words.or(match (line.code.as_ref(), who) {
        ("cause", _) => Some("An illness or a disability"),
        ("necessaryCare", _) => Some("Care that somebody needs"),
        ("healthAtRisk", _) => Some("Your own health at risk"),
        ("outcomes", Who::Adult) => {
            Some("Two or more things you cannot do, or not safely and well")
        }
        ("outcomes", Who::Carer) => Some("Your health at risk, or something you cannot do"),
        _ => None,
    });
    words.map_or_else(|| line.label.to_string(), str::to_owned)
}

/// What was found, in plain words.
fn found(finding: &str) -> &str {
    match finding {
        "Met" => "Yes",
        "Not met" => "No",
        "Unable" => "Hard for you",
        other => other,
    }
}

fn in_short(cause: Limb, effect: Limb) -> &'static str {
    if [cause, effect] == [Limb::Met, Limb::Met] {
        "You may be able to get support. Ask for an assessment."
    } else {
        "The council may not have to give you support. You can still ask."
    }
}

fn why(who: Who, cause: Limb, effect: Limb) -> &'static str {
    match (who, cause, effect) {
        (Who::Adult, Limb::Met, Limb::Met) => {
            "You told us of an illness or disability, and of two or more things that you cannot do, \
             or not safely and well. The law looks for both."
        }
        (Who::Adult, Limb::Met, _) => {
            "The law looks for two or more things that you cannot do, or not safely and well. You \
             told us of fewer. Think of your worst days too, and of what others do for you."
        }
        (Who::Adult, ..) => {
            "The law looks for needs that come from an illness or a disability. You told us that you \
             have none. If you find daily life hard, ask all the same: the council can give you \
             advice."
        }
        (Who::Carer, Limb::Met, Limb::Met) => {
            "You told us that you give care somebody needs, and that it is bad for your health or \
             keeps you from other things. The law looks for both."
        }
        (Who::Carer, Limb::Met, _) => {
            "The law looks for harm to your health, or for something that you cannot do because you \
             care. You told us of neither. If that changes, ask."
        }
        (Who::Carer, ..) => {
            "The law looks at care that somebody cannot do without. You told us that you give none. \
             If you help somebody in other ways, ask all the same: the council can give you advice."
        }
    }
}

fn next(who: Who) -> Vec<Markup> {
    let about = match who {
        Who::Adult => "Write down what is hard on a bad day, and bring it with you.",
        Who::Carer => "Write down what you do in a week, day and night, and bring it with you.",
    };
    let other = match who {
        Who::Adult => "If somebody looks after you, they can have an assessment of their own.",
        Who::Carer => "The person you care for can have an assessment of their own.",
    };
    vec![
        about.into(),
        other.into(),
        Markup::join(["See ".into(), inline_link("what you might pay for care", PAY), ".".into()]),
        Markup::join([
            "If the needs come from being ill, see ".into(),
            inline_link("if the NHS could pay", NHS),
            ".".into(),
        ]),
    ]
}
