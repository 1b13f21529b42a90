//! Workings: how a result explains itself, line by line.
//!
//! A rule runs over a [`Trace`]. With [`Silent`] nothing is built and nothing is paid; with
//! [`Recorder`] each step leaves a [`Line`] that names its amount, its formula, the inputs it rests
//! on and the law that says so. The page, the letter, the terminal and the tests show the same lines.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use crate::day::Day;
use crate::pence::Pence;
use crate::words::{Words, words};

/// How far a figure or a rule can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Read in the place that is named.
    Sourced,
    /// Worked out from what was read; the working is beside it.
    Derived,
    /// From memory or a guess: to be checked before anyone relies on it.
    Unverified,
}

/// A rule of law, or a place's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The instrument and its paragraph, as a lawyer would cite it.
    pub cite: &'static str,
    /// What it says, in one plain sentence.
    pub says: &'static str,
    /// How far we have read it ourselves.
    pub status: Status,
}

impl Rule {
    /// A rule that we read where it is cited.
    pub(crate) const fn sourced(cite: &'static str, says: &'static str) -> Self {
        Self { cite, says, status: Status::Sourced }
    }

    /// A rule from memory: to be checked before anyone relies on it.
    pub(crate) const fn unverified(cite: &'static str, says: &'static str) -> Self {
        Self { cite, says, status: Status::Unverified }
    }
}

/// Which part of a working a line belongs to, in the order in which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Who the person is, and what follows from that.
    Person,
    /// What they have saved or own.
    Capital,
    /// What they have coming in.
    Income,
    /// What must be left to them.
    Allowances,
    /// What their care costs.
    Services,
    /// What comes of it.
    Result,
}

/// A value that a line rests on, as data: written out when it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An amount: `424.90`.
    Amount(Pence),
    /// A day: `2026-06-01`.
    Day(Day),
    /// Anything else.
    Text(Cow<'static, str>),
}

impl From<Pence> for Value {
    fn from(amount: Pence) -> Self {
        Self::Amount(amount)
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Self::Day(day)
    }
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(amount) => amount.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a line rests on, and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Where it stands: `income[1].amount`, `rates: tariff-step`, `policy: taper-percent`, or the
    /// code of an earlier line.
    pub name: Words,
    /// Its value.
    pub value: Value,
    /// Who supplied it.
    pub by: Cow<'static, str>,
}

/// One step of a working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// A stable code, for programs: `income.universal-credit`.
    pub code: Cow<'static, str>,
    /// Where it belongs.
    pub part: Part,
    /// What it is, in plain English.
    pub label: Cow<'static, str>,
    /// The amount: a week's, unless the label says otherwise.
    pub amount: Pence,
    /// How it was worked out, with its figures: `£424.90 × 12 ÷ 52`.
    pub formula: Words,
    /// What it rests on.
    pub inputs: Vec<Input>,
    /// The rule.
    pub rule: Rule,
}

impl Input {
    /// A figure of the law.
    pub fn rate(code: &'static str, value: Pence) -> Self {
        Self { name: words!["rates: ", code], value: value.into(), by: "the law".into() }
    }

    /// A choice of the place.
    pub fn policy(name: &'static str, value: impl Into<Value>) -> Self {
        let by = "the council’s policy".into();
        Self { name: words!["policy: ", name], value: value.into(), by }
    }

    /// What an earlier line came to.
    pub fn line(code: &'static str, value: Pence) -> Self {
        Self { name: code.into(), value: value.into(), by: "worked out above".into() }
    }

    /// What the case says.
    pub fn case(name: impl Into<Words>, value: impl Into<Value>) -> Self {
        Self::said(name, value, None)
    }

    /// What the case says, by whoever said so; by the case, if nobody is named.
    pub(crate) fn said(
        name: impl Into<Words>,
        value: impl Into<Value>,
        by: Option<&String>,
    ) -> Self {
        let by = by.map_or(Cow::Borrowed("the case"), |by| by.clone().into());
        Self { name: name.into(), value: value.into(), by }
    }
}

impl Line {
    /// A step that came to an amount under a rule; its formula is the amount, until one is given.
    pub fn new(
        part: Part,
        code: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        amount: Pence,
        rule: Rule,
    ) -> Self {
        Self {
            code: code.into(),
            part,
            label: label.into(),
            amount,
            formula: amount.into(),
            inputs: Vec::new(),
            rule,
        }
    }

    /// With how it was worked out.
    #[must_use]
    pub fn worked(mut self, formula: impl Into<Words>) -> Self {
        self.formula = formula.into();
        self
    }

    /// With something that it rests on.
    #[must_use]
    pub fn resting_on(mut self, input: Input) -> Self {
        self.inputs.push(input);
        self
    }
}

/// One step of a working that finds something other than an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable code, for programs: `outcome.nutrition`.
    pub code: Cow<'static, str>,
    /// What was looked at, in plain English.
    pub label: Cow<'static, str>,
    /// What was found: `Unable`, `2 of the 10 outcomes`.
    pub finding: Cow<'static, str>,
    /// Why, in the words of whoever judged it, or as it follows from the lines above.
    pub because: String,
    /// What it rests on.
    pub inputs: Vec<Input>,
    /// The rule.
    pub rule: Rule,
}

/// A question that a result of no amount leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// A stable code.
    pub code: &'static str,
    /// The field of the case that it asks after.
    pub about: Cow<'static, str>,
    /// The question, in plain English.
    pub question: Cow<'static, str>,
    /// Whether the result may not be relied on until it is answered.
    pub must_answer: bool,
}

impl Finding {
    /// A finding that rests on nothing yet.
    pub(crate) fn new(
        code: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        finding: impl Into<Cow<'static, str>>,
        because: impl Into<String>,
        rule: Rule,
    ) -> Self {
        Self {
            code: code.into(),
            label: label.into(),
            finding: finding.into(),
            because: because.into(),
            inputs: Vec::new(),
            rule,
        }
    }

    /// With an input.
    pub(crate) fn resting_on(mut self, input: Input) -> Self {
        self.inputs.push(input);
        self
    }
}

impl Question {
    /// One that must be answered.
    pub(crate) fn must(
        code: &'static str,
        about: impl Into<Cow<'static, str>>,
        question: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { code, about: about.into(), question: question.into(), must_answer: true }
    }

    /// One that should be.
    pub(crate) fn may(
        code: &'static str,
        about: impl Into<Cow<'static, str>>,
        question: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { must_answer: false, ..Self::must(code, about, question) }
    }
}

/// Where the steps of a rule go.
pub trait Trace<L = Line> {
    /// Takes a step; the silent trace never calls `line`.
    fn step(&mut self, line: impl FnOnce() -> L);
}

/// Keeps nothing, and costs nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl<L> Trace<L> for Silent {
    #[inline]
    fn step(&mut self, _: impl FnOnce() -> L) {}
}

/// Keeps every step.
#[derive(Debug, Clone)]
pub struct Recorder<L = Line> {
    /// The steps, in the order in which they were taken.
    pub lines: Vec<L>,
}

impl<L> Default for Recorder<L> {
    fn default() -> Self {
        // Most workings have a dozen or two.
        Self { lines: Vec::with_capacity(24) }
    }
}

impl<L> Trace<L> for Recorder<L> {
    fn step(&mut self, line: impl FnOnce() -> L) {
        self.lines.push(line());
    }
}
