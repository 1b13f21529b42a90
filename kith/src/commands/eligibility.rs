//! `kith eligibility`: whether someone's needs are eligible, and why.

use std::io::{self, Write};
use std::process::ExitCode;

use law::eligibility::{
    self, AdultOutcome, AdultWay, Answer, Area, CarerOutcome, CarerWay, Case, Determination,
};
use serde_json::{Value, json};

use crate::commands::cases::schema::{DIALECT, day, object};
use crate::commands::cases::{self, CaseArgs, Scheme, findings};

/// Determine whether an adult's or a carer's needs are eligible under the Care Act, and show why.
///
/// A case is what an assessor found and judged, in JSON; --schema lists what it may say. Whether the
/// impact on wellbeing is significant is a judgement with reasons: without one the case stays
/// undecided.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    cases: CaseArgs,
}

/// Answers the case, or the batch.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let scheme = Scheme {
        law: (),
        schema: |()| schema(),
        answer: |(), case: &Case| Ok(eligibility::answer(case)),
        brief,
        explain,
    };
    cases::run(&args.cases, &scheme)
}

fn brief(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let outcome = &answer.outcome;
    writeln!(out, "{}, on {}.", outcome.determination.in_words(), outcome.as_of.in_words())?;
    let (unable, needed) = (outcome.unable, outcome.needed);
    writeln!(out, "Outcomes that cannot be achieved: {unable}; needed: {needed}.")?;
    if outcome.determination == Determination::Eligible {
        writeln!(out, "Eligible needs: {}.", outcome.eligible_needs.join(", "))?;
    }
    if !outcome.met_by_carer.is_empty() {
        writeln!(out, "Of these a carer meets: {}.", outcome.met_by_carer.join(", "))?;
    }
    findings::questions(&outcome.asks, out)
}

fn explain(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    findings::steps(&answer.lines, out)?;
    writeln!(out)?;
    brief(answer, out)?;
    let rules = answer.outcome.follows.iter().map(|duty| &duty.rule);
    findings::next("\nWhat follows", rules, out)
}

/// JSON Schema 2020-12 of a case.
fn schema() -> Value {
    json!({
        "$schema": DIALECT,
        "title": "An eligibility case",
        "oneOf": [adult(), carer()],
    })
}

fn adult() -> Value {
    let mut need = need(AdultOutcome::CODES, AdultWay::CODES);
    need["properties"]["carerMeets"] = json!({
        "type": "boolean",
        "description": "A carer is willing and able to meet it; judged after, and apart from, the need.",
    });
    json!({
        "title": "Of an adult",
        "type": "object",
        "required": ["asOf", "who"],
        "additionalProperties": false,
        "properties": {
            "asOf": day(),
            "who": { "const": "adult" },
            "cause": found("The needs come from a physical or mental impairment or illness."),
            "outcomes": { "type": "array", "items": need },
            "wellbeing": wellbeing(),
        },
    })
}

fn carer() -> Value {
    json!({
        "title": "Of a carer",
        "type": "object",
        "required": ["asOf", "who"],
        "additionalProperties": false,
        "properties": {
            "asOf": day(),
            "who": { "const": "carer" },
            "necessaryCare": found("The needs come from giving necessary care to an adult."),
            "healthAtRisk": found("The carer's physical or mental health is deteriorating or at risk."),
            "outcomes": { "type": "array", "items": need(CarerOutcome::CODES, CarerWay::CODES) },
            "wellbeing": wellbeing(),
        },
    })
}

fn need(outcomes: &[&str], ways: &[&str]) -> Value {
    json!({
        "type": "object",
        "required": ["outcome", "unable"],
        "additionalProperties": false,
        "properties": {
            "outcome": { "enum": outcomes },
            "unable": {
                "type": "array",
                "items": { "enum": ways },
                "description": "The ways in which they are unable, as if no carer helped; none, if able.",
            },
            "reason": { "type": "string" },
            "fluctuates": { "type": "boolean" },
            "period": { "type": "string", "description": "Over what period it was looked at." },
            "by": { "type": "string" },
        },
    })
}

fn found(what: &str) -> Value {
    let mut found = object(
        &["found"],
        &json!({
            "found": { "type": "boolean" },
            "reason": { "type": "string" },
            "by": { "type": "string" },
        }),
    );
    found["description"] = what.into();
    found
}

fn wellbeing() -> Value {
    json!({
        "type": "object",
        "description": "A professional judgement, with reasons and areas.",
        "required": ["significant"],
        "additionalProperties": false,
        "properties": {
            "significant": { "type": "boolean" },
            "areas": { "type": "array", "items": { "enum": Area::CODES } },
            "reason": { "type": "string" },
            "by": { "type": "string" },
        },
    })
}
