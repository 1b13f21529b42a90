//! `kith rates`: the law's figures, with where each was read.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use clap::Subcommand;
use law::deferred::{InterestBook, InterestRate};
use law::rates::{Figure, RateBook, Year};
use law::working::Status;
use serde_json::json;

use crate::context::Context;
use crate::json;
use crate::{columns, policy};

/// The law's figures: what each is, from when, and where it was read.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// The financial year, as 2026-27; all of them, if not given.
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// A file of rates of the council's own, laid over ours; may be given more than once.
    #[arg(long, value_name = "FILE", global = true)]
    rates: Vec<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check that every figure has a source and stands for every day: no gap, no overlap.
    ///
    /// Ends with 2 where a file is at fault, and says how many figures nobody has checked.
    Check,
}

/// Prints the figures, or checks them.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let book = policy::rates(context, &args.rates)?;
    let interest = policy::interest(context, &[])?;
    let mut out = std::io::stdout().lock();
    match &args.what {
        Some(What::Check) => check(&mut out, &book, &interest)?,
        None => print(&mut out, &book, &interest, args)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The figures that begin within a year, each once.
fn figures<'a>(book: &'a RateBook, year: Option<&str>) -> anyhow::Result<Vec<&'a Figure>> {
    if let Some(name) = year
        && !book.years().iter().any(|known| known.name == name)
    {
        let known: Vec<&str> = book.years().iter().map(|year| year.name.as_str()).collect();
        bail!("there is no year ‘{name}’; there is: {}", known.join(", "));
    }
    let spans: Vec<_> = years(book, year).map(|year| (year.from, year.until)).collect();
    let sets = book
        .sets()
        .iter()
        .filter(|set| spans.iter().any(|&(from, until)| from <= set.from && set.from <= until));
    let mut found: Vec<&Figure> = sets.flat_map(law::rates::Rates::figures).collect();
    found.sort_by_key(|figure| (figure.code, figure.from));
    found.dedup_by_key(|figure| (figure.code, figure.from));
    Ok(found)
}

/// The years that are asked for.
fn years<'a>(book: &'a RateBook, year: Option<&str>) -> impl Iterator<Item = &'a Year> {
    book.years().iter().filter(move |known| year.is_none_or(|name| known.name == name))
}

fn print(
    out: &mut impl Write,
    book: &RateBook,
    interest: &InterestBook,
    args: &Args,
) -> anyhow::Result<()> {
    let year = args.year.as_deref();
    let figures = figures(book, year)?;
    let spans: Vec<&Year> = years(book, year).collect();
    let within = |day| spans.iter().any(|year| year.from <= day && day <= year.until);
    let interest: Vec<&InterestRate> =
        interest.rates().filter(|rate| year.is_none() || within(rate.from)).collect();
    if args.json {
        let all =
            json!({ "years": book.years(), "figures": figures, "deferredInterest": interest });
        json::write(out, &all)?;
        return Ok(());
    }
    let figures = figures.iter().map(|figure| row(figure));
    let rows: Vec<Vec<String>> =
        figures.chain(interest.iter().map(|rate| interest_row(rate))).collect();
    columns::write(out, &["Figure", "Amount", "From", "Status", "Source"], &rows)?;
    Ok(())
}

fn row(figure: &Figure) -> Vec<String> {
    let note = if figure.note.is_empty() { String::new() } else { format!(" – {}", figure.note) };
    vec![
        figure.code.code().to_owned(),
        figure.amount.to_string(),
        figure.from.to_string(),
        status(figure.status).to_owned(),
        format!("{}{note}", figure.source),
    ]
}

fn interest_row(rate: &InterestRate) -> Vec<String> {
    vec![
        "deferred-interest".to_owned(),
        format!("{}%", rate.percent),
        rate.from.to_string(),
        status(rate.status).to_owned(),
        rate.source.clone(),
    ]
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Sourced => "sourced",
        Status::Derived => "derived",
        Status::Unverified => "UNVERIFIED",
    }
}

fn check(out: &mut impl Write, book: &RateBook, interest: &InterestBook) -> anyhow::Result<()> {
    let figures = figures(book, None)?;
    let count = |status| figures.iter().filter(|figure| figure.status == status).count();
    let years: Vec<&str> = book.years().iter().map(|year| year.name.as_str()).collect();
    writeln!(
        out,
        "{} figures for {}: every one has a source, and stands for every day.",
        figures.len(),
        years.join(", ")
    )?;
    let (derived, unverified) = (count(Status::Derived), count(Status::Unverified));
    writeln!(
        out,
        "{derived} were worked out from others; {unverified} are from memory or a guess:"
    )?;
    for figure in figures.iter().filter(|figure| figure.status == Status::Unverified) {
        writeln!(out, "  {} from {}: {}", figure.code.code(), figure.from, figure.amount)?;
    }
    if let Some(newest) = interest.rates().last() {
        writeln!(
            out,
            "The newest rate of interest on deferred payments is of the half-year from {}: {}%. Add \
             later ones, with their source, in a file of rates/ whose name begins with \
             deferred-interest.",
            newest.from, newest.percent
        )?;
    }
    Ok(())
}
