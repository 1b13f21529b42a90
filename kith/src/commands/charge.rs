//! `kith charge`: what a person pays towards their care, and why.

mod schema;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;

use law::charging::Case;

use crate::commands::cases::{self, CaseArgs, Scheme};
use crate::context::Context;
use crate::policy;

/// Work out what a person pays towards their care, and show why.
///
/// A case is what is known of one person's means and care on one day, in JSON; --schema lists what it
/// may say. The place's choices are those of the policy folder; `--policy FILE` gives another file of
/// them, and a case may lay its own over them.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    cases: CaseArgs,
    /// A file of rates of the council's own, laid over ours; may be given more than once.
    #[arg(long, value_name = "FILE")]
    rates: Vec<PathBuf>,
}

/// Answers the case, or the batch.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let scheme = Scheme {
        law: policy::charging(context, &args.rates)?,
        schema: |_| schema::schema(),
        answer: |law, case: &Case| law.answer(case).map_err(|why| why.to_string()),
        brief: show::brief,
        explain: show::explain,
    };
    cases::run(&args.cases, &scheme)
}
