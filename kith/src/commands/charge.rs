//! `kith charge`: what a person pays towards their care, and why.

mod schema;
mod show;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use law::charging::{Answer, Case, Law};

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
    let law = policy::charging(context, &args.rates)?;
    cases::run(&args.cases, &Charging { law })
}

struct Charging {
    law: Law,
}

impl Scheme for Charging {
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
