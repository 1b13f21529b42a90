//! `kith deferred`: deferred payments and top-ups.

mod schema;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;

use law::charging;
use law::deferred::{Case, Law};

use crate::commands::cases::{self, CaseArgs, Scheme};
use crate::context::Context;
use crate::policy;

/// Work out a deferred payment: whether it must be offered and how much, what an agreement comes to in
/// six-monthly statements, and whether a top-up may be taken.
///
/// A case is an application, an agreement that was made, a top-up, or more than one of them, in JSON;
/// --schema lists what it may say. How interest is added up and the fees are the policy folder's, in
/// charging.toml.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    cases: CaseArgs,
    /// A file of rates of the council's own, laid over ours; may be given more than once.
    #[arg(long, value_name = "FILE")]
    rates: Vec<PathBuf>,
    /// A file of the council's own rates of interest, laid over ours; may be given more than once.
    #[arg(long, value_name = "FILE")]
    interest: Vec<PathBuf>,
}

/// Answers the case, or the batch.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let charging::Law { rates, policy } = policy::charging(context, &args.rates)?;
    let interest = policy::interest(context, &args.interest)?;
    let scheme = Scheme {
        law: Law { rates, policy, interest },
        schema: |_| schema::schema(),
        answer: |law, case: &Case| law.answer(case).map_err(|why| why.to_string()),
        brief: show::brief,
        explain: show::explain,
    };
    cases::run(&args.cases, &scheme)
}
