//! One command, one file: its arguments, what it prints, and the wiring.

mod access;
mod borough;
mod budget;
mod cases;
mod charge;
mod chc;
mod cohorts;
mod deferred;
mod demo;
mod eligibility;
mod find;
mod import;
mod keeping;
mod places;
mod ras;
mod rates;
mod serve;
mod simulate;
mod uprate;
mod users;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::context::Context;

// A command joins the program in three lines: its module, its case, its arm.

/// Joined-up health and social care for a place.
#[derive(Debug, Parser)]
#[command(name = "kith", version, propagate_version = true)]
pub struct Arguments {
    #[command(flatten)]
    context: Context,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Access(access::Args),
    Backup(keeping::BackupArgs),
    Borough(borough::Args),
    Budget(budget::Args),
    Charge(charge::Args),
    Chc(chc::Args),
    Cohorts(cohorts::Args),
    Deferred(deferred::Args),
    Demo(demo::Args),
    Eligibility(eligibility::Args),
    Find(find::Args),
    Import(import::Args),
    Places(places::Args),
    Rates(rates::Args),
    Ras(ras::Args),
    Rebuild(keeping::RebuildArgs),
    Restore(keeping::RestoreArgs),
    Serve(serve::Args),
    Simulate(simulate::Args),
    Uprate(uprate::Args),
    Users(users::Args),
    Verify(keeping::VerifyArgs),
}

/// Runs what was asked for.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { context, command } = arguments;
    match command {
        Command::Access(args) => access::run(&args, &context),
        Command::Backup(args) => keeping::backup(&args, &context),
        Command::Borough(args) => borough::run(&args, &context),
        Command::Budget(args) => budget::run(&args, &context),
        Command::Charge(args) => charge::run(&args, &context),
        Command::Chc(args) => chc::run(&args),
        Command::Cohorts(args) => cohorts::run(&args, &context),
        Command::Deferred(args) => deferred::run(&args, &context),
        Command::Demo(args) => demo::run(&args, &context),
        Command::Eligibility(args) => eligibility::run(&args),
        Command::Find(args) => find::run(&args, &context),
        Command::Import(args) => import::run(args, &context),
        Command::Places(args) => places::run(&args, &context),
        Command::Rates(args) => rates::run(&args, &context),
        Command::Ras(args) => ras::run(&args, &context),
        Command::Rebuild(args) => keeping::rebuild(&args, &context),
        Command::Restore(args) => keeping::restore(&args, &context),
        Command::Serve(args) => serve::run(&args, &context),
        Command::Simulate(args) => simulate::run(&args, &context),
        Command::Uprate(args) => uprate::run(&args, &context),
        Command::Users(args) => users::run(args, &context),
        Command::Verify(args) => keeping::verify(&args, &context),
    }
}
