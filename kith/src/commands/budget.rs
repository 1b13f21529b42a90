//! `kith budget`: a personal budget, its working and its statement.

mod schema;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;

use law::budget::{Case, RasBook, Statement, state};
use law::day::Day;
use law::direct_payments::Terms;
use law::working::{Line, Recorder};
use serde::Serialize;

use crate::commands::cases::{self, CaseArgs, Scheme};
use crate::commands::ras;
use crate::context::Context;

/// Work out a personal budget: the table's first figure, what the plan costs, what the person pays
/// and what the council pays.
///
/// A case is the answers to the questions of this place's table, in JSON, with the plan and its
/// costs, what the person pays and what is known about a direct payment; --schema lists what it may
/// say, and `kith ras show` the questions. The table's figure is a starting point and never a limit.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    cases: CaseArgs,
    /// A table of the council's own, instead of those in the policy folder.
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
}

/// Answers the case, or the batch.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let scheme = Scheme {
        law: Budgets {
            tables: ras::tables(context, args.table.as_deref())?,
            terms: ras::terms(context)?,
        },
        schema: |law| schema::schema(&law.tables),
        answer,
        brief: show::brief,
        explain: show::explain,
    };
    cases::run(&args.cases, &scheme)
}

struct Budgets {
    tables: RasBook,
    terms: Terms,
}

/// A statement with its working.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The day it is of.
    as_of: Day,
    #[serde(flatten)]
    statement: Statement,
    /// Where the table was decided.
    source: String,
    /// The working.
    lines: Vec<Line>,
}

fn answer(law: &Budgets, case: &Case) -> Result<Answer, String> {
    let table = match &case.version {
        Some(version) => law.tables.version(version).map_err(|why| format!("version: {why}"))?,
        None => law.tables.on(case.as_of).map_err(|why| format!("asOf: {why}"))?,
    };
    case.check(table).map_err(|problem| problem.to_string())?;
    let mut recorder = Recorder::default();
    let statement = state(case, table, &law.terms, &mut recorder);
    let source = table.source.clone();
    Ok(Answer { as_of: case.as_of, statement, source, lines: recorder.lines })
}
