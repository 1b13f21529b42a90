//! A deferred payment on a terminal.

use std::io::{self, Write};

use law::deferred::{Answer, Offer, OfferStanding, Standing, ToldBefore, TopUpOutcome};
use law::pence::Pence;

use crate::commands::cases::lines;

/// In a few lines, and the questions.
pub fn brief(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    if let Some(found) = &answer.offer {
        offer(found, out)?;
    }
    if let Some(told) = &answer.told_before {
        told_before(told, out)?;
    }
    if let Some(found) = &answer.standing {
        standing(found, out)?;
    }
    if let Some(found) = &answer.top_up {
        top_up(found, out)?;
    }
    for ask in &answer.asks {
        let mark = if ask.must_answer { "To be answered first" } else { "To be asked" };
        writeln!(out, "{mark}: {}", ask.question)?;
    }
    Ok(())
}

/// The same, after every step.
pub fn explain(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    for line in &answer.lines {
        lines::step(line, out)?;
    }
    writeln!(out)?;
    brief(answer, out)
}

fn offer(offer: &Offer, out: &mut dyn Write) -> io::Result<()> {
    let standing = match offer.standing {
        OfferStanding::MustOffer => "must be offered",
        OfferStanding::MayOffer => "may be offered; the law does not oblige the council",
        OfferStanding::ToBeDecided => "cannot be decided yet",
    };
    writeln!(out, "A deferred payment agreement {standing}.")?;
    let (deferred, limit) = (offer.deferred.in_words(), offer.equity_limit.in_words());
    let (kept, paid) = (offer.kept.in_words(), offer.paid_from_income.in_words());
    writeln!(out, "{deferred} a week is deferred, up to {limit} in all.")?;
    writeln!(out, "The person keeps {kept} a week of their income and pays {paid} from it.")?;
    match offer.weeks {
        Some(weeks) => writeln!(out, "Before interest and fees that lasts {weeks} weeks."),
        None => Ok(()),
    }
}

fn told_before(told: &ToldBefore, out: &mut dyn Write) -> io::Result<()> {
    let interest = match &told.interest {
        Some(rate) => format!("{}% a year, {}", rate.percent, told.basis.in_words()),
        None => "not known to us for this half-year".to_owned(),
    };
    let fee =
        |fee: Pence, how: &str| (!fee.is_nothing()).then(|| format!("{} {how}", fee.in_words()));
    let fees: Vec<String> = [fee(told.setup_fee, "once"), fee(told.yearly_fee, "a year")]
        .into_iter()
        .flatten()
        .collect();
    let fees =
        if fees.is_empty() { "no fees".to_owned() } else { format!("fees {}", fees.join(" and ")) };
    writeln!(out, "To be told before signing: interest {interest}; {fees}.")
}

fn standing(standing: &Standing, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} is owed.", standing.owed.in_words())?;
    for statement in &standing.statements {
        writeln!(
            out,
            "{} to {}: {} + {} deferred + {} interest + {} fees − {} paid = {}; {} may still be deferred",
            statement.from.in_words(),
            statement.until.in_words(),
            statement.opening.in_words(),
            statement.deferred.in_words(),
            statement.interest.in_words(),
            statement.fees.in_words(),
            statement.paid.in_words(),
            statement.closing.in_words(),
            statement.equity_left.in_words()
        )?;
        if !statement.interest_apart.is_nothing() {
            let apart = statement.interest_apart.in_words();
            writeln!(out, "  and {apart} of interest that is paid separately")?;
        }
    }
    writeln!(out, "The next statement is due by {}.", standing.next_statement.in_words())?;
    let days = [
        (standing.half_on, "Half of the security was used on"),
        (standing.seventy_on, "Seven tenths of the security was used on"),
        (standing.limit_on, "The equity limit was reached on"),
        (standing.limit_expected, "As things stand the equity limit will be reached on"),
        (standing.notice_ends, "The council’s notice to stop deferring ends on"),
        (standing.due, "All of it is due on"),
    ];
    for (day, words) in days {
        if let Some(day) = day {
            writeln!(out, "{words} {}.", day.in_words())?;
        }
    }
    Ok(())
}

fn top_up(top_up: &TopUpOutcome, out: &mut dyn Write) -> io::Result<()> {
    let sound = if top_up.sound { "may be taken" } else { "may not be taken as it stands" };
    let (amount, liable) = (top_up.top_up.in_words(), top_up.council_liable.in_words());
    writeln!(out, "A top-up of {amount} a week {sound}.")?;
    writeln!(out, "The council owes the home {liable} a week, whoever pays which part.")
}
