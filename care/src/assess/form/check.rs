//! What a form must be like, beyond what its file can say wrongly: each fault is one sentence.

use std::collections::{BTreeMap, BTreeSet};

use law::chc::ChecklistDomain;

use crate::find::table::{Problem, TextFile};
use crate::record::fact::assess::{FormKind, YesNo};
use crate::record::ids::{QuestionId, SectionId};

use super::{AnswerType, Choice, Form, Question, Section};

/// The faults of one form.
pub(super) fn form(form: &Form) -> Vec<String> {
    let mut faults = Vec::new();
    if form.version == 0 {
        faults.push("the version must be 1 or more".to_owned());
    }
    for (field, text) in
        [("title", &form.title), ("purpose", &form.purpose), ("source", &form.source)]
    {
        if text.trim().is_empty() {
            faults.push(format!("‘{field}’ says nothing: fill it in"));
        }
    }
    if !is_id(form.id.as_str()) {
        faults.push(format!("the id ‘{}’ {ID}", form.id));
    }
    for (at, audience) in form.also_for.iter().enumerate() {
        let wider = *audience <= form.audience;
        if wider || form.also_for[..at].contains(audience) {
            faults.push(format!(
                "‘also-for’ names ‘{}’: name each audience once, and only such as are fewer than ‘{}’",
                audience.code(),
                form.audience.code()
            ));
        }
    }
    if form.sections.is_empty() {
        faults.push("a form has at least one section".to_owned());
    }
    let mut sections: BTreeSet<&SectionId> = BTreeSet::new();
    let mut before: BTreeMap<(&SectionId, &QuestionId), &Question> = BTreeMap::new();
    for section in &form.sections {
        if !is_id(section.id.as_str()) {
            faults.push(format!("the section ‘{}’ {ID}", section.id));
        }
        if !sections.insert(&section.id) {
            faults.push(format!("two sections have the id ‘{}’: rename one", section.id));
        }
        if section.questions.is_empty() {
            faults.push(format!("section ‘{}’ asks nothing", section.id));
        }
        for question in &section.questions {
            faults.extend(of_question(section, question, &before));
            if before.insert((&section.id, &question.id), question).is_some() {
                faults.push(format!(
                    "section ‘{}’ has two questions with the id ‘{}’: rename one",
                    section.id, question.id
                ));
            }
        }
        faults.extend(strengths_first(section));
    }
    faults.extend(own_concepts(form));
    if form.kind == FormKind::Chc {
        faults.extend(checklist(form));
    }
    faults
}

const ID: &str = "must be small letters, digits and hyphens";

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn of_question(
    section: &Section,
    question: &Question,
    before: &BTreeMap<(&SectionId, &QuestionId), &Question>,
) -> Vec<String> {
    let mut faults = Vec::new();
    let name = format!("{}.{}", section.id, question.id);
    if !is_id(question.id.as_str()) {
        faults.push(format!("the question ‘{name}’ {ID}"));
    }
    if question.text.trim().is_empty() {
        faults.push(format!("question ‘{name}’ has no text"));
    }
    if question.text.contains(['{', '}']) || question.hint.contains(['{', '}']) {
        faults.push(format!("question ‘{name}’ has a gap that nothing fills: only a set may have"));
    }
    match &question.answer {
        AnswerType::Choice(choices) | AnswerType::Choices(choices) => {
            faults.extend(of_choices(&name, "choices", choices));
        }
        AnswerType::Table(columns) => faults.extend(of_choices(&name, "columns", columns)),
        _ => {}
    }
    if let Some(shown) = &question.shown_if {
        match before.get(&(&shown.section, &shown.question)) {
            None => faults.push(format!(
                "question ‘{name}’ is shown if ‘{}.{}’, which is not asked before it",
                shown.section, shown.question
            )),
            Some(other) => faults.extend(of_codes(
                &format!("question ‘{name}’ is shown if ‘{}.{}’", shown.section, shown.question),
                &shown.is,
                other,
            )),
        }
        if shown.is.is_empty() {
            faults.push(format!("question ‘{name}’ does not say with which answers it is shown"));
        }
    }
    for prompt in &question.prompts {
        faults.extend(of_codes(&format!("a prompt of ‘{name}’"), &prompt.when, question));
        if prompt.because.trim().is_empty() {
            faults.push(format!("a prompt of ‘{name}’ does not say why"));
        }
    }
    faults
}

fn of_choices(name: &str, what: &str, choices: &[Choice]) -> Vec<String> {
    let mut faults = Vec::new();
    if choices.is_empty() {
        faults.push(format!("question ‘{name}’ has no {what}"));
    }
    let mut seen = BTreeSet::new();
    for choice in choices {
        if !seen.insert(&choice.code) {
            faults
                .push(format!("question ‘{name}’ has two {what} with the code ‘{}’", choice.code));
        }
        if choice.code.is_empty() || choice.label.trim().is_empty() {
            faults.push(format!("question ‘{name}’ has {what} without a code or a label"));
        }
    }
    faults
}

/// Whether codes are answers to a question.
fn of_codes(whose: &str, codes: &[String], question: &Question) -> Vec<String> {
    let known: Vec<&str> = match &question.answer {
        AnswerType::YesNo => YesNo::CODES.to_vec(),
        AnswerType::Choice(choices) | AnswerType::Choices(choices) => {
            choices.iter().map(|choice| choice.code.as_str()).collect()
        }
        _ if codes.is_empty() => return Vec::new(),
        other => {
            return vec![format!(
                "{whose}: a question of the type ‘{}’ has no answers to choose from",
                other.code()
            )];
        }
    };
    let strange = codes.iter().filter(|code| !known.contains(&code.as_str()));
    strange
        .map(|code| format!("{whose}: ‘{code}’ is none of its answers ({})", known.join(", ")))
        .collect()
}

/// Formal support is asked after last, when everything nearer was thought of.
fn strengths_first(section: &Section) -> Option<String> {
    let asked: Vec<&Question> =
        section.questions.iter().filter(|question| question.help.is_some()).collect();
    let late = asked.windows(2).find(|pair| pair[0].help > pair[1].help)?;
    Some(format!(
        "section ‘{}’ asks ‘{}’ after ‘{}’: strengths come first, in the order own, people, community, \
         technology, services",
        section.id, late[1].id, late[0].id
    ))
}

/// One form asks each thing once.
fn own_concepts(form: &Form) -> Vec<String> {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    let mut faults = Vec::new();
    for (section, question) in form.questions() {
        let Some(concept) = question.concept.as_deref() else { continue };
        let name = format!("{}.{}", section.id, question.id);
        if let Some(first) = seen.insert(concept, name.clone()) {
            faults.push(format!("‘{name}’ and ‘{first}’ both ask for ‘{concept}’: ask it once"));
        }
    }
    faults
}

/// The national Checklist has its domains, all of them and each with A, B and C; nothing may be left
/// out of it or added to its marks.
fn checklist(form: &Form) -> Vec<String> {
    let mut faults = Vec::new();
    if !form.fixed {
        faults.push("the checklist is a national form: it says ‘fixed = true’".to_owned());
    }
    let is_mark = |question: &Question| match &question.answer {
        AnswerType::Choice(choices) => {
            choices.iter().map(|choice| choice.code.as_str()).eq(["A", "B", "C"])
        }
        _ => false,
    };
    for &domain in ChecklistDomain::CODES {
        let asked = form.questions().filter(|(_, question)| question.id.as_str() == domain);
        let asked: Vec<&Question> = asked.map(|(_, question)| question).collect();
        match asked.as_slice() {
            [question] if is_mark(question) => {}
            [] => faults.push(format!("the checklist has no question ‘{domain}’")),
            [_] => faults
                .push(format!("‘{domain}’ of the checklist is marked A, B or C, in this order")),
            _ => faults.push(format!("the checklist asks ‘{domain}’ more than once")),
        }
    }
    let marks = form.questions().filter(|(_, question)| is_mark(question)).count();
    if faults.is_empty() && marks != ChecklistDomain::CODES.len() {
        faults.push("the checklist has a domain that the national form has not".to_owned());
    }
    faults
}

/// The faults that show when forms are laid beside each other: one concept, two kinds of answer.
pub(super) fn concepts<'a>(
    forms: impl Iterator<Item = &'a Form>,
    file_of: impl Fn(&'a Form) -> TextFile<'a>,
) -> Vec<Problem> {
    let mut first: BTreeMap<&str, (&Form, &Section, &Question)> = BTreeMap::new();
    let mut problems = Vec::new();
    for form in forms {
        for (section, question) in form.questions() {
            let Some(concept) = question.concept.as_deref() else { continue };
            match first.get(concept) {
                None => {
                    first.insert(concept, (form, section, question));
                }
                Some((other, at, asked)) if !asked.answer.is_like(&question.answer) => {
                    problems.push(file_of(form).problem(format!(
                        "‘{}.{}’ asks for ‘{concept}’ as ‘{}’, and ‘{}.{}’ of ‘{}’ as ‘{}’ or with other \
                         choices: one thing has one kind of answer",
                        section.id,
                        question.id,
                        question.answer.code(),
                        at.id,
                        asked.id,
                        other.id,
                        asked.answer.code(),
                    )));
                }
                Some(_) => {}
            }
        }
    }
    problems
}
