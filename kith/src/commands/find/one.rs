//! Why one person is found, or not.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use care::find::criterion::Criterion;
use care::find::explain::{Explanation, Record, explain as explained};
use care::find::judge::Candidate;
use care::record::ids::PersonId;
use law::day::{Day, PartialDay};
use serde::Serialize;
use store::{Store, StoreError, register};

use crate::json;
use crate::naming;

/// The explanation, with who it is about and what they said.
#[derive(Serialize)]
struct Answer {
    person: PersonId,
    /// Whether they said no when they were invited: then they are not found again.
    objected: bool,
    /// What the feed itself calls the codes.
    texts: BTreeMap<String, String>,
    #[serde(flatten)]
    explanation: Explanation,
}

/// Explains one person.
pub fn explain(
    out: &mut impl Write,
    store: &Store,
    criterion: &Criterion,
    as_of: Day,
    id: &str,
    json: bool,
) -> anyhow::Result<ExitCode> {
    let answer = store.read(|tx| {
        let systems = naming::systems(tx)?;
        let Some(resident) = naming::resident(tx, &systems, id)? else {
            return Ok::<_, StoreError>(None);
        };
        let person = resident.person;
        let records = register::coded_of(tx, person)?;
        let known = Candidate {
            born: resident.born,
            death: resident.death,
            withdrawn: resident.withdrawn,
            records: &records,
        };
        let objected = super::objected(tx)?.contains(&person);
        let has = |code: u64| records.iter().any(|record| record.code == code);
        let texts = register::code_texts(tx)?
            .into_iter()
            .filter(|(code, _)| has(*code))
            .map(|(code, text)| (code.to_string(), text))
            .collect();
        let explanation = explained(criterion, as_of, known);
        Ok(Some(Answer { person, objected, texts, explanation }))
    })?;
    let Some(answer) = answer else {
        bail!(
            "nobody on the register goes by ‘{id}’: give an NHS number, a person id, or the id of \
             the record in its source system"
        );
    };
    if json {
        json::write(out, &answer)?;
    } else {
        print(out, criterion, &answer)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(out: &mut impl Write, criterion: &Criterion, answer: &Answer) -> std::io::Result<()> {
    let Answer { person, objected, texts, explanation } = answer;
    let shown = |code: &str| match texts.get(code) {
        Some(text) => format!("{code} “{text}”"),
        None => code.to_owned(),
    };
    writeln!(out, "{} ({}, version {})", criterion.title, criterion.id, criterion.version)?;
    let found = match (explanation.found, objected) {
        (true, false) => "is found",
        (true, true) => "would be found, but said no when invited, and is left out",
        (false, _) => "is not found",
    };
    writeln!(out, "On {}, person {person} {found}.", explanation.as_of.in_words())?;
    writeln!(out, "\nWhat is asked:")?;
    for asked in &explanation.asked {
        let sign = if asked.met { "yes" } else { "no " };
        writeln!(out, "  {sign}  {}: {}", asked.what, asked.stands)?;
    }
    writeln!(out, "\nWhat counted:")?;
    for counted in &explanation.counted {
        writeln!(out, "  {} ({})", counted.name, counted.towards)?;
        for Record { code, when } in &counted.records {
            writeln!(out, "    {}, {}", shown(code), date(*when))?;
        }
        if let Some(doubt) = &counted.doubt {
            writeln!(out, "    in doubt: {doubt}")?;
        }
    }
    if explanation.counted.is_empty() {
        writeln!(out, "  nothing")?;
    }
    writeln!(out, "\nWhat was seen and did not count:")?;
    for not in &explanation.not_counted {
        let name = not.name.as_deref().map(|name| format!("{name}: ")).unwrap_or_default();
        writeln!(out, "  {}, {}: {name}{}", shown(&not.code), date(not.when), not.why)?;
    }
    if explanation.not_counted.is_empty() {
        writeln!(out, "  nothing")?;
    }
    Ok(())
}

fn date(when: Option<PartialDay>) -> String {
    when.map_or_else(|| "no date".to_owned(), PartialDay::in_words)
}
