//! One form's file, read: what it says, laid out as a [`Form`]; what is wrong with it, in sentences.

use std::collections::BTreeMap;

use law::eligibility::{AdultOutcome, CarerOutcome};
use serde::Deserialize;

use crate::find::table::{Problem, Problems, TextFile};
use crate::record::entry::Audience;
use crate::record::fact::assess::{FormKind, Prompt, Side};
use crate::record::ids::{FormId, QuestionId, RoleId, SectionId};

use super::{
    AnswerType, Choice, Decides, Form, Help, KnownFrom, Outcome, PromptWhen, Question, Section,
    ShownIf, check,
};

/// For how many months an answer is good where nothing is said.
const GOOD_FOR_MONTHS: u16 = 12;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct FormText {
    id: FormId,
    version: u32,
    title: String,
    kind: FormKind,
    purpose: String,
    source: String,
    #[serde(default)]
    basis: Vec<String>,
    #[serde(default)]
    writers: Vec<RoleId>,
    #[serde(default)]
    each_time: bool,
    #[serde(default = "everyone")]
    audience: Audience,
    #[serde(default)]
    also_for: Vec<Audience>,
    due_days: u16,
    review_months: Option<u16>,
    good_for_months: Option<u16>,
    #[serde(default)]
    fixed: bool,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    set: Vec<SetText>,
    section: Vec<SectionText>,
}

fn everyone() -> Audience {
    Audience::Everyone
}

/// Questions that several sections ask, each of its own matter.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct SetText {
    id: String,
    question: Vec<QuestionText>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct SectionText {
    id: SectionId,
    title: String,
    group: Option<String>,
    #[serde(default)]
    lead: String,
    voice: Side,
    /// Whether no link shares what is answered in it.
    #[serde(default)]
    private: bool,
    outcome: Option<String>,
    /// What stands for `{this}` in the questions of the sets.
    #[serde(default)]
    this: String,
    good_for_months: Option<u16>,
    until_age: Option<u8>,
    #[serde(default)]
    question: Vec<QuestionText>,
    /// The sets whose questions follow …
    #[serde(default)]
    uses: Vec<String>,
    /// … and when they are asked, where not always.
    uses_if: Option<ShownIfText>,
}

#[derive(Deserialize, Clone)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct QuestionText {
    id: QuestionId,
    text: String,
    #[serde(default)]
    hint: String,
    r#type: String,
    #[serde(default)]
    choices: Vec<Choice>,
    #[serde(default)]
    columns: Vec<Choice>,
    voice: Option<Side>,
    #[serde(default)]
    required: bool,
    shown_if: Option<ShownIfText>,
    concept: Option<String>,
    known_from: Option<KnownFrom>,
    good_for_months: Option<u16>,
    help: Option<Help>,
    decides: Option<Decides>,
    #[serde(default)]
    prompts: Vec<PromptText>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct ShownIfText {
    section: Option<SectionId>,
    question: QuestionId,
    is: Vec<String>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct PromptText {
    prompt: Prompt,
    #[serde(default)]
    when: Vec<String>,
    because: String,
}

/// Reads one file.
pub(super) fn form(file: TextFile<'_>) -> Result<Form, Problems> {
    let text: FormText = toml::from_str(file.text).map_err(|error| {
        let line = error.span().map(|span| {
            let before = file.text.get(..span.start).unwrap_or_default();
            before.lines().count().max(1) as u64
        });
        let what = error.message().replace('\n', "; ");
        Problems(vec![Problem { file: file.name.to_owned(), line, what }])
    })?;
    let mut reading = Reading { file, problems: Vec::new() };
    let form = reading.form(text);
    let mut problems = reading.problems;
    problems.extend(check::form(&form).into_iter().map(|what| file.problem(what)));
    if problems.is_empty() { Ok(form) } else { Err(Problems(problems)) }
}

struct Reading<'a> {
    file: TextFile<'a>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn wrong(&mut self, what: String) {
        self.problems.push(self.file.problem(what));
    }

    fn form(&mut self, text: FormText) -> Form {
        let stem = self.file.name.rsplit('/').next().unwrap_or_default();
        let stem = stem.strip_suffix(".toml").unwrap_or(stem);
        if stem != text.id.as_str() && stem != format!("{}.{}", text.id, text.version) {
            self.wrong(format!(
                "the form ‘{}’ must stand in {}.toml, or in {}.{}.toml as an older version",
                text.id, text.id, text.id, text.version
            ));
        }
        let mut sets: BTreeMap<String, Vec<QuestionText>> = BTreeMap::new();
        for set in text.set {
            if let Some(twice) = sets.insert(set.id.clone(), set.question) {
                drop(twice);
                self.wrong(format!("there are two sets named ‘{}’: rename one", set.id));
            }
        }
        let good_for = text.good_for_months.unwrap_or(GOOD_FOR_MONTHS);
        let kind = text.kind;
        let mut sections = Vec::new();
        for section in text.section {
            sections.push(self.section(section, &sets, kind, good_for));
        }
        Form {
            id: text.id,
            version: text.version,
            title: text.title,
            kind,
            purpose: text.purpose,
            basis: text.basis,
            source: text.source,
            writers: text.writers,
            each_time: text.each_time,
            audience: text.audience,
            also_for: text.also_for,
            due_days: text.due_days,
            review_months: text.review_months,
            fixed: text.fixed,
            conditions: text.conditions,
            sections,
        }
    }

    fn section(
        &mut self,
        text: SectionText,
        sets: &BTreeMap<String, Vec<QuestionText>>,
        kind: FormKind,
        good_for: u16,
    ) -> Section {
        let good_for = text.good_for_months.unwrap_or(good_for);
        let outcome = text.outcome.as_deref().and_then(|code| self.outcome(code, kind, &text.id));
        let code = text.outcome.as_deref().unwrap_or_default();
        let fill = |words: &str| words.replace("{this}", &text.this).replace("{outcome}", code);
        let mut asked: Vec<QuestionText> = text.question;
        for set in &text.uses {
            match sets.get(set) {
                Some(questions) => asked.extend(questions.iter().cloned().map(|mut question| {
                    question.shown_if = question.shown_if.or_else(|| text.uses_if.clone());
                    question.text = fill(&question.text);
                    question.hint = fill(&question.hint);
                    question.concept = question.concept.map(|concept| fill(&concept));
                    for prompt in &mut question.prompts {
                        prompt.because = fill(&prompt.because);
                    }
                    question
                })),
                None => self.wrong(format!(
                    "section ‘{}’ uses the set ‘{set}’, which is not in this file",
                    text.id
                )),
            }
        }
        let mut questions = Vec::new();
        for question in asked {
            questions.extend(self.question(question, &text.id, text.voice, good_for));
        }
        Section {
            id: text.id,
            title: text.title,
            group: text.group,
            lead: text.lead,
            side: text.voice,
            private: text.private,
            outcome,
            until_age: text.until_age,
            questions,
        }
    }

    fn outcome(&mut self, code: &str, kind: FormKind, section: &SectionId) -> Option<Outcome> {
        let (outcome, allowed) = match kind {
            FormKind::Carer => (CarerOutcome::named(code).map(Outcome::Carer), CarerOutcome::CODES),
            _ => (AdultOutcome::named(code).map(Outcome::Adult), AdultOutcome::CODES),
        };
        if outcome.is_none() {
            self.wrong(format!(
                "section ‘{section}’: ‘{code}’ is no outcome; there is: {}",
                allowed.join(", ")
            ));
        }
        outcome
    }

    fn question(
        &mut self,
        text: QuestionText,
        section: &SectionId,
        side: Side,
        good_for: u16,
    ) -> Option<Question> {
        let answer = self.answer(&text, section)?;
        let good_for = text.good_for_months.unwrap_or(good_for);
        Some(Question {
            side: text.voice.unwrap_or(side),
            answer,
            shown_if: text.shown_if.map(|shown| ShownIf {
                section: shown.section.unwrap_or_else(|| section.clone()),
                question: shown.question,
                is: shown.is,
            }),
            prompts: text
                .prompts
                .into_iter()
                .map(|PromptText { prompt, when, because }| PromptWhen { prompt, when, because })
                .collect(),
            id: text.id,
            text: text.text,
            hint: text.hint,
            required: text.required,
            concept: text.concept,
            known_from: text.known_from,
            good_for_months: (good_for > 0).then_some(good_for),
            help: text.help,
            decides: text.decides,
        })
    }

    fn answer(&mut self, text: &QuestionText, section: &SectionId) -> Option<AnswerType> {
        let choices = text.choices.clone();
        let answer = match text.r#type.as_str() {
            "text" => AnswerType::Text,
            "long-text" => AnswerType::LongText,
            "yes-no" => AnswerType::YesNo,
            "choice" => AnswerType::Choice(choices),
            "choices" => AnswerType::Choices(choices),
            "date" => AnswerType::Date,
            "amount" => AnswerType::Amount,
            "number" => AnswerType::Number,
            "scale" => AnswerType::Scale,
            "people" => AnswerType::People,
            "table" => AnswerType::Table(text.columns.clone()),
            other => {
                self.wrong(format!(
                    "question ‘{section}.{}’ is of the type ‘{other}’; there is: text, long-text, \
                     yes-no, choice, choices, date, amount, number, scale, people, table",
                    text.id
                ));
                return None;
            }
        };
        let stray = match answer {
            AnswerType::Choice(_) | AnswerType::Choices(_) => !text.columns.is_empty(),
            AnswerType::Table(_) => !text.choices.is_empty(),
            _ => !text.choices.is_empty() || !text.columns.is_empty(),
        };
        if stray {
            self.wrong(format!(
                "question ‘{section}.{}’: choices belong to ‘choice’ and ‘choices’, columns to \
                 ‘table’, and neither to ‘{}’",
                text.id, text.r#type
            ));
        }
        Some(answer)
    }
}
