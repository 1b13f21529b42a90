//! Every form of a place, in every version that is kept.

use std::collections::BTreeMap;

use crate::find::table::{Problem, Problems, TextFile};
use crate::record::fact::assess::FormKind;
use crate::record::ids::{FormId, QuestionId, SectionId};
use crate::who::role::Roles;

use super::{Form, Question, Section, check, read};

/// The forms of a place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forms {
    forms: BTreeMap<FormId, BTreeMap<u32, Form>>,
    /// Where each concept is asked after, in any version.
    concepts: BTreeMap<String, Vec<Asked>>,
}

/// Where a question stands: its form, in any version, its section and its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The form.
    pub form: FormId,
    /// The section.
    pub section: SectionId,
    /// The question.
    pub question: QuestionId,
}

impl Forms {
    /// Reads the folder of forms; every fault of every file, each as one sentence.
    pub fn parse(files: &[TextFile<'_>]) -> Result<Self, Problems> {
        let mut forms = Self::default();
        let mut problems = Vec::new();
        let mut from: BTreeMap<(FormId, u32), &str> = BTreeMap::new();
        for file in files {
            match read::form(*file) {
                Ok(form) => {
                    let key = (form.id.clone(), form.version);
                    if let Some(other) = from.insert(key, file.name) {
                        problems.push(file.problem(format!(
                            "version {} of ‘{}’ stands in {other} already: give this one the next \
                             version",
                            form.version, form.id
                        )));
                    }
                    forms.take(form);
                }
                Err(mut found) => problems.append(&mut found.0),
            }
        }
        problems.extend(forms.across(&from));
        if problems.is_empty() { Ok(forms) } else { Err(Problems(problems)) }
    }

    /// Whether no link shares what is answered in a section: as it says, or since its form does not have it
    /// any more.
    pub fn keeps_private(&self, form: &FormId, section: &SectionId) -> bool {
        let section = self.get(form).and_then(|form| form.section(section));
        section.is_none_or(|section| section.private)
    }

    fn take(&mut self, form: Form) {
        for (section, question) in form.questions() {
            if let Some(concept) = &question.concept {
                let asked = Asked {
                    form: form.id.clone(),
                    section: section.id.clone(),
                    question: question.id.clone(),
                };
                let known = self.concepts.entry(concept.clone()).or_default();
                if !known.contains(&asked) {
                    known.push(asked);
                }
            }
        }
        self.forms.entry(form.id.clone()).or_default().insert(form.version, form);
    }

    /// What only shows when the newest forms are laid beside each other.
    fn across(&self, from: &BTreeMap<(FormId, u32), &str>) -> Vec<Problem> {
        let file_of = |form: &Form| {
            let name = from.get(&(form.id.clone(), form.version)).copied().unwrap_or_default();
            TextFile { name, text: "" }
        };
        check::concepts(self.iter(), file_of)
    }

    /// The version of a form to fill in: its newest.
    pub fn get(&self, id: &FormId) -> Option<&Form> {
        self.forms.get(id)?.values().next_back()
    }

    /// A form in the version an answer was given to; its newest, where that is no longer kept.
    pub fn version(&self, id: &FormId, version: u32) -> Option<&Form> {
        let versions = self.forms.get(id)?;
        versions.get(&version).or_else(|| versions.values().next_back())
    }

    /// The newest version of each form, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Form> {
        self.forms.values().filter_map(|versions| versions.values().next_back())
    }

    /// The form of a kind to fill in; the first by id, where a place has several.
    pub fn of_kind(&self, kind: FormKind) -> Option<&Form> {
        self.iter().find(|form| form.kind == kind)
    }

    /// A question as it was asked in a version.
    pub fn asked(&self, at: &Asked, version: u32) -> Option<(&Form, &Section, &Question)> {
        let form = self.version(&at.form, version)?;
        let section = form.section(&at.section)?;
        Some((form, section, section.question(&at.question)?))
    }

    /// What the newest forms name that the place does not have: roles, and conditions of the code
    /// lists. Each is one sentence.
    pub fn strangers(&self, roles: &Roles, is_condition: impl Fn(&str) -> bool) -> Vec<String> {
        let of = |form: &Form| {
            let writers = form.writers.iter().filter(|role| roles.get(role).is_none());
            let writers = writers.map(|role| {
                format!(
                    "the form ‘{}’ names ‘{role}’ among its writers, which is no role in \
                     access/roles.toml",
                    form.id
                )
            });
            let conditions = form.conditions.iter().filter(|id| !is_condition(id));
            let conditions = conditions.map(|id| {
                format!("the form ‘{}’ names the condition ‘{id}’, which no code list has", form.id)
            });
            writers.chain(conditions).collect::<Vec<_>>()
        };
        self.iter().flat_map(of).collect()
    }

    /// Where a concept is asked after.
    pub fn concept(&self, concept: &str) -> &[Asked] {
        self.concepts.get(concept).map_or(&[], Vec::as_slice)
    }
}
