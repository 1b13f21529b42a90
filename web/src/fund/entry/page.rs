//! The form on the page: its parts, and beside each row who said it and what was seen.

use askama::Template;
use care::fund::supplied::THE_PERSON;
use serde_json::Value;

use super::field::{Field, Voice};
use super::rows;
use super::sections::{List, SECTIONS, Section};
use super::{Base, tree};
use crate::components::{Details, Markup, Row, Rows, TextInput};
use crate::forms::Form;

/// The form, for whoever fills it in.
pub struct Sheet<'a> {
    /// What it is filled in with.
    pub form: &'a Form,
    /// Who fills it in.
    pub voice: Voice,
    /// What it opened with.
    pub base: Option<&'a Base>,
    /// Where it is sent.
    pub action: &'a str,
}

/// A part of the form.
#[derive(Template)]
#[template(path = "fund/section.html")]
struct Part<'a> {
    id: &'a str,
    title: &'a str,
    hint: &'a str,
    fields: Vec<Markup>,
    parts: Vec<Markup>,
}

impl Sheet<'_> {
    /// The parts of the form that are asked: their names in the address, and their headings.
    pub fn contents(&self) -> Vec<(&'static str, &'static str)> {
        let heading = |section: &Section| Some((section.id, section.heading(self.voice)?));
        SECTIONS.iter().filter_map(heading).collect()
    }

    /// The form, part by part.
    pub fn parts(&self) -> Vec<Markup> {
        let known = self.base.and_then(|base| serde_json::to_value(&base.case).ok());
        let known = known.unwrap_or_default();
        let part = |section: &'static Section| {
            Some(self.part(section, section.heading(self.voice)?, &known))
        };
        SECTIONS.iter().filter_map(part).collect()
    }

    fn part(&self, section: &'static Section, title: &str, known: &Value) -> Markup {
        let (hint, about_more) = match self.voice {
            Voice::Officer => (section.hint, section.more),
            Voice::Person => (section.own_hint, section.own_more),
        };
        let list = section.list.filter(|list| list.is_asked(self.voice));
        let rows = list.map(|list| self.rows(list, section.id, title, known));
        let shown = |rare: bool| {
            let fields = self.asked(section.fields).filter(move |field| field.rare == rare);
            fields.map(|field| self.show(field, field.name))
        };
        let fields: Vec<Markup> = shown(false).collect();
        let (mut parts, mut more) = (Vec::new(), shown(true).collect::<Vec<_>>());
        // A list beside nothing but what is seldom needed is seldom needed too.
        if fields.is_empty() && !more.is_empty() {
            more.extend(rows);
        } else {
            parts.extend(rows);
        }
        if !more.is_empty() {
            let details = Details::new(about_more, Markup::join(more));
            let open = self.is_open(section, list);
            parts.push(if open { details.open() } else { details }.into());
        }
        Markup::of(&Part { id: section.id, title, hint, fields, parts })
    }

    /// Whether what is seldom needed stands open: something is said there, or likely to be.
    fn is_open(&self, section: &Section, list: Option<&'static List>) -> bool {
        let stays = section.id == "stay" && self.form.value("setting").starts_with("care-home");
        let mut rare = self.asked(section.fields).filter(|field| field.rare);
        stays
            || rare.any(|field| self.is_said(field, field.name))
            || list.is_some_and(|list| list.count(self.form, self.voice).1 > 1)
    }

    fn rows(&self, list: &'static List, id: &str, title: &str, known: &Value) -> Markup {
        let count = list.count(self.form, self.voice);
        let rows = (0..count.1).map(|number| self.row(rows::Row { list, number }, title, known));
        let add = (format!("add-{}", list.name), format!("Add another {}", list.one));
        Rows::new(count.clone(), rows, add, format!("{}#{id}", self.action)).into()
    }

    fn asked<'f>(&self, fields: &'f [Field]) -> impl Iterator<Item = &'f Field> + use<'f> {
        let voice = self.voice;
        fields.iter().filter(move |field| field.is_asked(voice))
    }

    fn show(&self, field: &Field, name: &str) -> Markup {
        field.show(self.form, name, self.voice)
    }

    /// Whether something is said at a field, or is wrong with it.
    fn is_said(&self, field: &Field, name: &str) -> bool {
        !field.is_blank(self.form, name) || self.form.problem(name).is_some()
    }

    fn row(&self, row: rows::Row, title: &str, known: &Value) -> Row {
        let shown = |rare: bool| {
            let fields = self.asked(row.list.fields).filter(move |field| field.rare == rare);
            fields.map(|field| (field, row.field(field.name)))
        };
        let more: Vec<Markup> = shown(true).map(|(field, name)| self.show(field, &name)).collect();
        let open = shown(true).any(|(field, name)| self.is_said(field, &name));
        let details = (!more.is_empty()).then(|| {
            let details = Details::new("More about this line", Markup::join(more));
            if open { details.open() } else { details }
        });
        let mut fields: Vec<Markup> =
            shown(false).map(|(field, name)| self.show(field, &name)).collect();
        if row.list.evidence.is_some() && self.voice == Voice::Officer {
            let seen = TextInput::new(row.seen(), "Evidence seen").filled(self.form);
            fields.push(seen.into());
        }
        let blank = row.is_blank(self.form, self.voice);
        let shown = Row::new(row.called(title), fields)
            .known_as(row.known_as(self.form).map(|at| (row.field("as"), at)))
            .said(if blank { None } else { self.said(row, known) })
            .more(details);
        if blank { shown } else { shown.drop(format!("drop-{}-{}", row.list.name, row.number)) }
    }

    /// Who said a row, and for the person what was seen of it.
    fn said(&self, row: rows::Row, known: &Value) -> Option<String> {
        row.list.evidence?;
        let Some(at) = row.unchanged(self.form, self.voice, known) else {
            let changed = row.known_as(self.form).is_some();
            return changed.then(|| "Changed by you".to_owned());
        };
        let before = tree::get(known, row.list.path)?.get(at)?;
        let by = tree::get(before, "suppliedBy").and_then(Value::as_str)?;
        let seen = self.base.and_then(|base| row.seen_before(base, at));
        Some(match (self.voice, by, seen) {
            (Voice::Officer, by, _) => format!("Said by {by}"),
            (Voice::Person, by, None) => format!("Said by {}", you(by)),
            (Voice::Person, by, Some(seen)) => {
                format!("Said by {}. We have seen: {seen}", you(by))
            }
        })
    }
}

fn you(by: &str) -> &str {
    if by == THE_PERSON { "you" } else { by }
}
