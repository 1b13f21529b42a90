//! Workings: how a result explains itself, line by line.
//!
//! A rule runs over a [`Trace`]. With [`Silent`] nothing is built and nothing is paid; with
//! [`Recorder`] each step leaves a [`Line`] that names its amount, its formula, the inputs it rests
//! on and the law that says so. The page, the letter, the terminal and the tests show the same lines.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::pence::Pence;

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

/// What a line rests on, and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Where it stands: `income[1].amount`, `rates: tariff-step`, `policy: taper-percent`, or the
    /// code of an earlier line.
    pub name: Cow<'static, str>,
    /// Its value.
    pub value: String,
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
    pub formula: String,
    /// What it rests on.
    pub inputs: Vec<Input>,
    /// The rule.
    pub rule: Rule,
}

impl Input {
    /// A figure of the law.
    pub fn rate(code: &'static str, value: Pence) -> Self {
        Self {
            name: format!("rates: {code}").into(),
            value: value.to_string(),
            by: "the law".into(),
        }
    }

    /// A choice of the place.
    pub fn policy(name: &'static str, value: &impl ToString) -> Self {
        Self {
            name: format!("policy: {name}").into(),
            value: value.to_string(),
            by: "the council’s policy".into(),
        }
    }

    /// What an earlier line came to.
    pub fn line(code: impl Into<Cow<'static, str>>, value: Pence) -> Self {
        Self { name: code.into(), value: value.to_string(), by: "worked out above".into() }
    }

    /// What the case says.
    pub fn case(name: impl Into<Cow<'static, str>>, value: &impl ToString) -> Self {
        Self { name: name.into(), value: value.to_string(), by: "the case".into() }
    }
}

/// Where the steps of a rule go.
pub trait Trace {
    /// Takes a step; the silent trace never calls `line`.
    fn step(&mut self, line: impl FnOnce() -> Line);
}

/// Keeps nothing, and costs nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Trace for Silent {
    #[inline]
    fn step(&mut self, _: impl FnOnce() -> Line) {}
}

/// Keeps every step.
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    /// The steps, in the order in which they were taken.
    pub lines: Vec<Line>,
}

impl Trace for Recorder {
    fn step(&mut self, line: impl FnOnce() -> Line) {
        self.lines.push(line());
    }
}
