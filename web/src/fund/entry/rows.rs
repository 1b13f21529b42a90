//! Rows of the form's lists.

use law::charging::MOST_LINES;
use serde_json::{Map, Value};

use super::field::Voice;
use super::sections::{List, SECTIONS};
use super::{Base, tree};
use crate::forms::Form;

/// The lists of the form.
pub fn lists() -> impl Iterator<Item = &'static List> {
    SECTIONS.iter().filter_map(|section| section.list)
}

/// A row of the form.
#[derive(Clone, Copy)]
pub struct Row {
    /// Its list.
    pub list: &'static List,
    /// Its number on the page, from 0.
    pub number: usize,
}

/// Rows that are looked for where a form does not say how many it has.
const LOOKED_FOR: usize = 20;

impl List {
    /// Whether it is asked of whoever fills the form in.
    pub fn is_asked(&self, voice: Voice) -> bool {
        self.fields.first().is_some_and(|field| field.is_asked(voice))
    }

    fn count_name(&self) -> String {
        format!("{}-rows", self.name)
    }

    /// The name of the field that says how many rows there are, and how many are shown.
    pub fn count(&'static self, form: &Form, voice: Voice) -> (String, usize) {
        let filled = self.filled(form, voice).last().map_or(0, |last| last + 1);
        let said: usize = form.value(&self.count_name()).parse().unwrap_or(0);
        (self.count_name(), said.max(filled + 1).min(MOST_LINES))
    }

    /// The rows in which something is said.
    pub fn filled(&'static self, form: &Form, voice: Voice) -> Vec<usize> {
        let said: usize = form.value(&self.count_name()).parse().unwrap_or(0);
        let looked_for = said.clamp(LOOKED_FOR, MOST_LINES);
        let is_filled = |number: &usize| !Row { list: self, number: *number }.is_blank(form, voice);
        (0..looked_for).filter(is_filled).collect()
    }
}

impl Row {
    /// The name of one of its fields.
    pub fn field(self, part: &str) -> String {
        format!("{}-{}-{part}", self.list.name, self.number)
    }

    /// What it is called, in the part of the form with this heading.
    pub fn called(self, heading: &str) -> String {
        format!("{heading}, line {}", self.number + 1)
    }

    /// The name of the field that says what evidence was seen.
    pub fn seen(self) -> String {
        self.field("seen")
    }

    fn names(self) -> Vec<String> {
        let fields = self.list.fields.iter();
        let mut names: Vec<String> =
            fields.flat_map(|field| field.names(&self.field(field.name))).collect();
        names.extend([self.field("as"), self.seen()]);
        names
    }

    /// Whether nothing is said in it.
    pub fn is_blank(self, form: &Form, voice: Voice) -> bool {
        let mut asked = self.list.fields.iter().filter(|field| field.is_asked(voice));
        asked.all(|field| field.is_blank(form, &self.field(field.name)))
            && (voice == Voice::Person || form.value(&self.seen()).trim().is_empty())
    }

    /// Which row of what was known before it is.
    pub fn known_as(self, form: &Form) -> Option<usize> {
        form.value(&self.field("as")).parse().ok()
    }

    /// What it was before, unless it has become something else since.
    fn known<'a>(self, form: &Form, known: &'a Value) -> Option<(usize, &'a Value)> {
        let at = self.known_as(form)?;
        let before = tree::get(known, self.list.path)?.get(at)?;
        let first = self.list.fields.first()?;
        let is_same = tree::get(before, first.path).and_then(Value::as_str)
            == Some(form.value(&self.field(first.name)).trim());
        is_same.then_some((at, before))
    }

    /// What it says, and the evidence that was seen for it.
    pub fn read(
        self,
        form: &mut Form,
        voice: Voice,
        known: &Value,
        base: Option<&Base>,
    ) -> (Value, Option<String>) {
        let before = self.known(form, known);
        let mut told = before.map_or_else(|| Value::Object(Map::new()), |(_, row)| row.clone());
        let asked = || self.list.fields.iter().filter(|field| field.is_asked(voice));
        asked().for_each(|field| field.lay(form, &self.field(field.name), &mut told));
        self.list.fields.iter().for_each(|field| field.lay_usual(&mut told));
        asked().for_each(|field| field.require(form, &self.field(field.name), &told));
        let unchanged = before.filter(|(_, row)| **row == told);
        if unchanged.is_none() {
            tree::remove(&mut told, "suppliedBy");
        }
        let seen = match (voice, unchanged) {
            (Voice::Officer, _) => form.optional(&self.seen()),
            (Voice::Person, Some((at, _))) => base.and_then(|base| self.seen_before(base, at)),
            (Voice::Person, None) => None,
        };
        (told, seen)
    }

    /// Whether it says the same as before, and if so as which row.
    pub fn unchanged(self, form: &Form, voice: Voice, known: &Value) -> Option<usize> {
        let (at, before) = self.known(form, known)?;
        let (told, _) = self.read(&mut form.clone(), voice, known, None);
        (told == *before).then_some(at)
    }

    /// The evidence that was seen for a row that was known before.
    pub fn seen_before(self, base: &Base, at: usize) -> Option<String> {
        let list = self.list.evidence?;
        let found = base.seen.iter().find(|seen| seen.list == list && seen.row == at);
        found.map(|seen| seen.what.clone())
    }

    /// Fills it in with what was known.
    pub fn fill(self, form: Form, value: &Value, base: &Base) -> Form {
        let fields = self.list.fields.iter();
        let form =
            fields.fold(form, |form, field| field.fill(form, &self.field(field.name), value));
        let form = form.with(&self.field("as"), self.number.to_string());
        match self.seen_before(base, self.number) {
            Some(seen) => form.with(&self.seen(), seen),
            None => form,
        }
    }

    /// What was typed in it, in words.
    pub fn typed(self, form: &Form) -> String {
        let fields = self.list.fields.iter();
        let typed = fields.map(|field| field.typed(form, &self.field(field.name)));
        let typed = typed.chain([form.value(&self.seen()).trim().to_owned()]);
        typed.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// The form with a row more (`add-income`) or one row less (`drop-income-2`).
pub fn rearranged(form: &Form) -> Option<Form> {
    let what = form.value("do");
    if let Some(list) = what.strip_prefix("add-").and_then(named) {
        let (name, count) = list.count(form, Voice::Officer);
        return Some(form.clone().replaced(&name, (count + 1).min(MOST_LINES).to_string()));
    }
    let (list, number) = what.strip_prefix("drop-")?.rsplit_once('-')?;
    let (list, number) = (named(list)?, number.parse::<usize>().ok()?);
    let (name, count) = list.count(form, Voice::Officer);
    let form = form.clone().replaced(&name, count.saturating_sub(1).to_string());
    let lowest = list.filled(&form, Voice::Officer).last().copied().unwrap_or(0);
    Some(form.without_row(number, lowest, |number| Row { list, number }.names()))
}

fn named(name: &str) -> Option<&'static List> {
    lists().find(|list| list.name == name)
}
