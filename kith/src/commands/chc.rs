//! `kith chc`: what the national tools of NHS continuing healthcare prompt. It decides nothing.

use std::io::{self, Write};
use std::process::ExitCode;

use law::chc::{
    self, Answer, Case, ChecklistDomain, Clinician, Consent, Domain, Level, Mark, Occasion, Sector,
};
use serde_json::{Map, Value, json};

use crate::commands::cases::schema::{DIALECT, day, object};
use crate::commands::cases::{self, CaseArgs, Scheme, findings};

/// Read a Checklist, a Decision Support Tool or a Fast Track Tool of NHS continuing healthcare: what
/// it prompts, which dates run, what is not recorded yet.
///
/// A case is what was marked in the national forms, in JSON; --schema lists what it may say. Only the
/// integrated care board decides.
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
        answer: |(), case: &Case| Ok(chc::answer(case)),
        brief,
        explain,
    };
    cases::run(&args.cases, &scheme)
}

fn brief(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let outcome = &answer.outcome;
    writeln!(out, "{}", outcome.note)?;
    if let Some(reading) = &outcome.checklist {
        writeln!(out, "Checklist: {}.", reading.threshold.in_words())?;
    }
    if let Some(reading) = &outcome.decision_support {
        writeln!(out, "Decision Support Tool: {}.", reading.pattern.in_words())?;
    }
    if let Some(reading) = outcome.fast_track {
        let said = if reading.sufficient { "sufficient by itself" } else { "not sufficient yet" };
        writeln!(out, "Fast Track Tool: {said}.")?;
    }
    for clock in &outcome.clocks {
        let stand = clock.stand.in_words().to_lowercase();
        writeln!(out, "{}: {} ({stand})", clock.label, clock.day.in_words())?;
    }
    findings::questions(&outcome.asks, out)
}

fn explain(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    findings::steps(&answer.lines, out)?;
    writeln!(out)?;
    brief(answer, out)?;
    let rules = answer.outcome.prompts.iter().map(|prompt| &prompt.rule);
    findings::next("\nWhat to do or to think of", rules, out)?;
    writeln!(out, "\nThe forms, to be completed as they are")?;
    for form in answer.outcome.forms {
        writeln!(out, "  {form}")?;
    }
    Ok(())
}

/// JSON Schema 2020-12 of a case.
fn schema() -> Value {
    let (day, flag) = (day(), json!({ "type": "boolean" }));
    let mut schema = object(
        &["asOf"],
        &json!({
            "asOf": day,
            "consideredBecause": { "type": "array", "items": { "enum": Occasion::CODES } },
            "inAcuteHospital": flag,
            "section117": flag,
            "checklist": checklist(),
            "checklistNotDone": reasoned(),
            "decisionSupport": decision_support(),
            "fastTrack": object(&["clinician", "completedOn"], &json!({
                "clinician": { "enum": Clinician::CODES },
                "completedOn": day, "receivedOn": day, "careBegan": day,
            })),
            "dates": object(&[], &json!({
                "noticeReceived": day, "decided": day, "told": day, "careBegan": day, "lastReview": day,
            })),
        }),
    );
    schema["$schema"] = DIALECT.into();
    schema["title"] = "A case of NHS continuing healthcare".into();
    schema
}

fn checklist() -> Value {
    let marks = ChecklistDomain::CODES.iter().map(|&code| (code, json!({ "enum": Mark::CODES })));
    object(
        &["levels"],
        &json!({
            "levels": levels(marks),
            "completedOn": day(),
            "by": { "type": "string" },
            "consent": { "enum": Consent::CODES },
            "personInvolved": { "type": "boolean" },
            "copyGivenOn": day(),
            "referAnyway": reasoned(),
        }),
    )
}

fn decision_support() -> Value {
    let text = json!({ "type": "string" });
    let domain = |&domain: &Domain| {
        let up_to = Level::ALL.iter().filter(|&&level| level <= domain.most());
        let codes: Vec<&str> = up_to.map(|level| level.code()).collect();
        (domain.code(), json!({ "enum": codes }))
    };
    let member = json!({ "profession": text, "sector": { "enum": Sector::CODES } });
    object(
        &["levels"],
        &json!({
            "levels": levels(Domain::ALL.iter().map(domain)),
            "team": { "type": "array", "items": object(&["profession", "sector"], &member) },
            "councilTookPart": { "type": "boolean" },
            "disagreement": text,
            "nature": text,
            "intensity": text,
            "complexity": text,
            "unpredictability": text,
        }),
    )
}

fn levels(levels: impl Iterator<Item = (&'static str, Value)>) -> Value {
    let levels: Map<String, Value> = levels.map(|(code, value)| (code.to_owned(), value)).collect();
    object(&[], &Value::Object(levels))
}

fn reasoned() -> Value {
    object(&[], &json!({ "reason": { "type": "string" }, "by": { "type": "string" } }))
}
