//! `kith access`: what each role sees and may do, role by role.

use std::io::Write;
use std::process::ExitCode;

use care::who::role::{Part, Right, Roles};

use crate::context::Context;

/// Print what each role sees and may do, as the place's policy says.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the table.
pub fn run(_: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let roles = Roles::read(&context.policy_text("access/roles.toml")?)?;
    let mut out = std::io::stdout().lock();
    for role in roles.iter() {
        let sees = Part::ALL.iter().filter(|part| role.sees(**part)).map(|part| part.in_words());
        let may = Right::ALL.iter().filter(|right| role.may(**right)).map(|right| right.in_words());
        writeln!(out, "{} ({})", role.title, role.id)?;
        writeln!(out, "  reaches: {}", role.reach.in_words())?;
        writeln!(out, "  sees:    {}", sees.collect::<Vec<_>>().join(", "))?;
        writeln!(out, "  may:     {}", may.collect::<Vec<_>>().join(", "))?;
        for (matter, parts) in &role.sees_in {
            let parts = parts.iter().map(|part| part.in_words()).collect::<Vec<_>>().join(", ");
            let matter = matter.in_words().to_lowercase();
            writeln!(out, "  sees, with authority about {matter}: {parts}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
