//! `kith cohorts`: the criteria by which people are found, and the code lists they rest on.

use std::io::Write;
use std::process::ExitCode;

use care::find::cohorts::Cohorts;
use care::find::criterion::{Ages, Criterion};
use clap::Subcommand;
use serde_json::json;

use crate::context::Context;
use crate::json;
use crate::{columns, policy};

/// Look at the criteria by which people are found.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check every criterion and code list: versions, duplicates, names, check digits.
    ///
    /// Ends with 1 if anything is wrong.
    Check {
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Checks the criteria and lists.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let What::Check { json } = args.what;
    let cohorts = policy::cohorts(context)?;
    let mut out = std::io::stdout().lock();
    if json {
        json::write(&mut out, &as_json(&cohorts))?;
    } else {
        print(&mut out, &cohorts)?;
    }
    Ok(if cohorts.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn as_json(cohorts: &Cohorts) -> serde_json::Value {
    let criterion = |criterion: &Criterion| {
        json!({
            "criterion": criterion.id,
            "version": criterion.version,
            "title": criterion.title,
            "ages": { "from": criterion.ages.from, "to": criterion.ages.to },
            "conditions": criterion.conditions_looked_at(),
            "codes": criterion.codes_known(),
            "lists": criterion.lists().collect::<std::collections::BTreeMap<_, _>>(),
            "digest": criterion.digest.to_string(),
        })
    };
    json!({
        "criteria": cohorts.criteria.values().map(criterion).collect::<Vec<_>>(),
        "lists": cohorts.lists.values().map(|list| json!({
            "list": list.id,
            "version": list.version,
            "conditions": list.conditions.len(),
            "entries": list.meanings().len(),
        })).collect::<Vec<_>>(),
        "problems": cohorts.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

fn print(out: &mut impl Write, cohorts: &Cohorts) -> std::io::Result<()> {
    let row = |criterion: &Criterion| {
        vec![
            criterion.id.clone(),
            criterion.version.clone(),
            ages_in_words(criterion.ages),
            criterion.conditions_looked_at().to_string(),
            columns::grouped(criterion.codes_known() as u64),
        ]
    };
    let rows: Vec<Vec<String>> = cohorts.criteria.values().map(row).collect();
    columns::write(out, &["Criterion", "Version", "Ages", "Conditions", "Codes"], &rows)?;
    writeln!(out)?;
    let rows: Vec<Vec<String>> = cohorts
        .lists
        .values()
        .map(|list| {
            let entries = columns::grouped(list.meanings().len() as u64);
            vec![list.id.clone(), list.version.clone(), list.conditions.len().to_string(), entries]
        })
        .collect();
    columns::write(out, &["List", "Version", "Conditions", "Entries"], &rows)?;
    writeln!(out)?;
    if cohorts.problems.is_empty() {
        return writeln!(out, "Nothing is wrong.");
    }
    for problem in &cohorts.problems {
        writeln!(out, "{problem}")?;
    }
    Ok(())
}

fn ages_in_words(ages: Ages) -> String {
    match (ages.from, ages.to) {
        (None, None) => "all".to_owned(),
        (Some(from), None) => format!("{from} or over"),
        (None, Some(to)) => format!("{to} or under"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}
