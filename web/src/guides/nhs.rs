//! Could the NHS pay? When to ask for a checklist for NHS continuing healthcare, and whom. What the
//! checklist’s marks mean is for those who fill it in (`law::chc`): nothing here reads or adds marks.

use axum::extract::State;
use axum::response::Response;
use law::chc::ChecklistDomain;

use super::{AnswerPage, AskPage, TO, carried, figure, heading, keep, list};
use crate::app::App;
use crate::ask::{inline_link, paragraph};
use crate::components::{Checkboxes, Choice, Heading, InsetText, Markup, Radios, WarningText};
use crate::error::Failure;
use crate::forms::Form;
use crate::page::{self, NHS, PAY, Page, SUPPORT};
use crate::posted::Posted;
use crate::visitor::Visitor;

const TITLE: &str = "Could the NHS pay for care?";
const FIRST: &str = "questions";

/// Answers that are yes, no, or neither.
const ANSWERS: [(&str, &str); 3] = [("yes", "Yes"), ("no", "No"), ("not-sure", "I am not sure")];

/// Where the person is.
const PLACES: [(&str, &str); 4] = [
    ("home", "At home"),
    ("hospital", "In hospital"),
    ("care-home", "In a care home without nurses"),
    ("nursing-home", "In a nursing home"),
];

/// How far it has come.
const DONE: [(&str, &str); 5] = [
    ("none", "No, nobody has"),
    ("not-sure", "I am not sure"),
    ("waiting", "Yes, and there will be a full assessment"),
    ("below", "Yes, but they said that there will be no full assessment"),
    ("refused", "Yes, and after a full assessment the NHS said no"),
];

/// The first page.
pub async fn ask(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    questions(app.gate.page(&visitor, TITLE), &Form::blank())
}

/// The answers that were sent: what to ask, and whom.
pub async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Posted(mut form): Posted,
) -> Result<Response, Failure> {
    let page = app.gate.page(&visitor, TITLE);
    if form.value(TO) == FIRST {
        return questions(page, &form);
    }
    let one_of = |codes: &'static [(&str, &str)]| {
        move |code: &str| codes.iter().any(|(one, _)| *one == code).then_some(())
    };
    form.chosen("end", one_of(&ANSWERS), "Choose if the person is getting worse quickly");
    form.chosen("place", one_of(&PLACES), "Choose where the person is now");
    form.chosen("after-care", one_of(&ANSWERS), "Choose if the person was held in hospital");
    form.chosen("done", one_of(&DONE), "Choose if somebody has filled in a checklist");
    if form.is_sound() { show(page, &form) } else { questions(page, &form) }
}

fn names() -> Vec<String> {
    ["end", "place", "need", "after-care", "done"].map(str::to_owned).to_vec()
}

fn radios(name: &str, question: &str, answers: &[(&str, &str)], form: &Form) -> Radios {
    let choices = answers.iter().map(|&(code, text)| Choice::new(code, text));
    Radios::new(name, question, choices).heading(Heading::Medium).filled(form)
}

fn questions(page: Page, form: &Form) -> Result<Response, Failure> {
    let needs = ChecklistDomain::ALL.iter().map(|&one| Choice::new(one.code(), in_words(one)));
    let after_care = "Was the person ever held in hospital under the Mental Health Act?";
    let ask = AskPage {
        page,
        action: NHS,
        caption: None,
        step: FIRST,
        carried: Vec::new(),
        before: vec![
            paragraph(
                "Some people need care mainly because they are ill. Then the NHS may pay for all of \
                 it, at home or in a care home, however much money they have. This is called NHS \
                 continuing healthcare.",
            ),
            paragraph(
                "This guide helps you to know when to ask, and whom. We do not ask your name, and we \
                 keep none of your answers. “The person” is whoever needs the care: you, or somebody \
                 else.",
            ),
            InsetText::new("This is a guide, not a decision. Only the NHS can decide.").into(),
        ],
        parts: vec![
            radios(
                "end",
                "Is the person very ill, getting worse quickly, and perhaps near the end of life?",
                &ANSWERS,
                form,
            )
            .into(),
            radios("place", "Where is the person now?", &PLACES, form).into(),
            Checkboxes::new("need", "With which of these do they need a lot of help?", needs)
                .heading(Heading::Medium)
                .hint("Tick all that are true. If none is, tick nothing.")
                .filled(form)
                .into(),
            radios("after-care", after_care, &ANSWERS, form)
                .hint("This is sometimes called being sectioned.")
                .into(),
            radios(
                "done",
                "Has a nurse, doctor or social worker filled in an NHS checklist about the person?",
                &DONE,
                form,
            )
            .hint("The NHS continuing healthcare checklist. They should have asked first.")
            .into(),
        ],
        button: "Show what to ask",
        back: None,
    };
    ask.show(form)
}

/// What a domain of the Checklist is about. What the marks mean is not said: that stands in the form.
const fn in_words(domain: ChecklistDomain) -> &'static str {
    match domain {
        ChecklistDomain::Breathing => "Breathing",
        ChecklistDomain::Nutrition => "Eating and drinking",
        ChecklistDomain::Continence => "Going to the toilet",
        ChecklistDomain::Skin => "Wounds, sores or other skin problems",
        ChecklistDomain::Mobility => "Moving about, or falls",
        ChecklistDomain::Communication => "Making themselves understood",
        ChecklistDomain::Psychological => "Feeling very sad, worried or upset",
        ChecklistDomain::Cognition => "Memory, or understanding what is going on",
        ChecklistDomain::Behaviour => "Behaviour that may hurt them or others",
        ChecklistDomain::Drugs => "Medicines, or pain and other symptoms",
        ChecklistDomain::Consciousness => "Fits, or blackouts",
    }
}

fn show(page: Page, form: &Form) -> Result<Response, Failure> {
    let mut parts = vec![figure(in_short(form)), paragraph(first(form))];
    parts.push(
        WarningText::new("This is a guide. It is not a decision: only the NHS can decide.").into(),
    );
    parts.push(heading("Whom to ask"));
    parts.push(list(whom(form)));
    parts.push(heading("What happens then"));
    parts.push(list(then(form)));
    if form.value("after-care") != "no" {
        parts.push(heading("Care after a stay in hospital under the Mental Health Act"));
        parts.push(paragraph(
            "Some people who were held in hospital must get free care for their mental health when \
             they come out. This is called section 117 after-care. Ask the hospital or the council \
             if it is owed. Nobody may charge for it.",
        ));
    }
    if ["care-home", "nursing-home", "hospital"].contains(&form.value("place")) {
        parts.push(heading("If the NHS does not pay for everything"));
        parts.push(paragraph(
            "The NHS may still pay a part to a nursing home, for the care that a nurse gives there. \
             This is called NHS-funded nursing care. Ask for it too.",
        ));
    }
    parts.push(Markup::join([heading("Until then"), list(meanwhile())]));
    parts.push(keep().into());
    page::show(&AnswerPage {
        page: Page { title: "What you can ask the NHS".to_owned(), ..page },
        action: NHS,
        carried: carried(form, &names()),
        parts,
        again: vec![(FIRST, "Your answers".to_owned())],
    })
}

fn in_short(form: &Form) -> &'static str {
    match (form.value("end"), form.value("done")) {
        ("yes", _) => "Ask today for the fast track.",
        (_, "waiting") => "Ask when the full assessment will be.",
        (_, "below" | "refused") => "You can ask the NHS to look again.",
        _ if form.values("need").next().is_some() => "Ask for a checklist.",
        _ if form.value("place") == "nursing-home" => "Ask for a checklist.",
        _ => "You need not ask now. Ask if things change.",
    }
}

fn first(form: &Form) -> &'static str {
    match (form.value("end"), form.value("done")) {
        ("yes", _) => {
            "When somebody is getting worse quickly and may be near the end of life, a doctor or \
             nurse can fill in a short form called the Fast Track Pathway Tool. No checklist is \
             needed. The NHS must act on it at once."
        }
        (_, "waiting") => {
            "The NHS should normally decide within 28 days of the checklist. If it takes longer, ask \
             why. If the NHS then pays, ask it to give back what was paid after the 28 days."
        }
        (_, "below") => {
            "The checklist is only a first look. Ask for a copy. If you think that it is wrong, ask \
             the NHS integrated care board to look at it again. If they do not, you can complain."
        }
        (_, "refused") => {
            "You can ask the NHS integrated care board to look again within 6 months of being told. \
             After that you can ask NHS England, and then the Ombudsman. It is free."
        }
        _ if form.values("need").next().is_some() => {
            "A checklist is a short form that a nurse, doctor or social worker fills in with the \
             person. It shows if there must be a full assessment. It is easy to pass on purpose, so \
             passing does not mean that the NHS will pay."
        }
        _ if form.value("place") == "nursing-home" => {
            "Somebody should think of a checklist for everyone who moves to a nursing home."
        }
        _ => {
            "You told us of nothing with which the person needs a lot of help. You can still ask for a \
             checklist at any time. Ask if they get worse, or before they move to a nursing home."
        }
    }
}

fn whom(form: &Form) -> Vec<Markup> {
    let mut whom: Vec<Markup> = Vec::new();
    match form.value("place") {
        "hospital" => whom.push(
            "Ask the nurse in charge of the ward, or the team that helps people to leave hospital. \
             The checklist is often done after the person has had time to get better at home or \
             somewhere else. Ask who will do it, and when."
                .into(),
        ),
        "care-home" | "nursing-home" => {
            whom.push("Ask the manager of the care home, or the nurse who visits.".into());
        }
        _ => whom.push("Ask the doctor’s surgery, or the nurse who visits.".into()),
    }
    if form.value("end") == "yes" {
        whom.push("A doctor or nurse who looks after the person can do the fast track.".into());
    }
    whom.push("Ask a social worker, if the person has one.".into());
    whom.push(
        "Ask the NHS integrated care board of the place where the person’s doctor is. It has a team \
         for continuing healthcare."
            .into(),
    );
    whom
}

fn then(form: &Form) -> Vec<&'static str> {
    let mut then = vec![
        "They must ask the person first. If the person cannot say, others decide what is best for \
         them.",
        "You can be there, and say what a bad day is like. Bring notes, and a list of medicines.",
        "They must tell you in writing what comes of it. Ask for a copy of every form.",
    ];
    if form.value("end") != "yes" && form.value("done") != "refused" {
        then.push(
            "If there is a full assessment, two or more people from health and social care look at \
             all the needs together. The NHS should normally decide within 28 days.",
        );
    }
    then
}

fn meanwhile() -> Vec<Markup> {
    vec![
        "Nobody should be left without care while others talk about who pays.".into(),
        Markup::join([
            "See ".into(),
            inline_link("what you might pay", PAY),
            " if the NHS does not.".into(),
        ]),
        Markup::join([
            "See ".into(),
            inline_link("if you could get support from the council", SUPPORT),
            ".".into(),
        ]),
    ]
}
