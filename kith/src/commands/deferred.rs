//! `kith deferred`: deferred payments and top-ups.

mod schema;
mod show;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use law::charging;
use law::deferred::{Answer, Case, Law};

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
    cases::run(&args.cases, &Deferred { law: Law { rates, policy, interest } })
}

struct Deferred {
    law: Law,
}

impl Scheme for Deferred {
    type Case = Case;
    type Answer = Answer;

    fn schema(&self) -> serde_json::Value {
        schema::schema()
    }

    fn answer(&self, case: &Case) -> Result<Answer, String> {
        self.law.answer(case).map_err(|why| why.to_string())
    }

    fn brief(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        show::brief(answer, out)
    }

    fn explain(&self, answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
        show::explain(answer, out)
    }
}
