//! Six-monthly statements of an agreement, and what is ahead of it.

use serde::Serialize;

use crate::charging::Asked;
use crate::charging::policy::PolicyBook;
use crate::day::Day;
use crate::deferred::account::{Account, Reached, Running};
use crate::deferred::interest::{InterestBook, InterestRate, NoInterestRate};
use crate::deferred::rules;
use crate::pence::{Pence, Round};
use crate::working::{Input, Line, Part, Status, Trace};

/// What happened in six months, or in what has passed of them. All are sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// The first day.
    pub from: Day,
    /// The last.
    pub until: Day,
    /// What was owed when it began.
    pub opening: Pence,
    /// What was deferred.
    pub deferred: Pence,
    /// Interest that was added.
    pub interest: Pence,
    /// Fees that were added.
    pub fees: Pence,
    /// What was paid back.
    pub paid: Pence,
    /// What is owed: the opening, what was added, less what was paid.
    pub closing: Pence,
    /// Interest worked out by the last day and not yet added.
    pub accrued: Pence,
    /// Interest of these months that the person pays separately.
    pub interest_apart: Pence,
    /// What may still be deferred.
    pub equity_left: Pence,
}

/// Where an agreement stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// Each statement, the oldest first; the last may be of less than six months.
    pub statements: Vec<Statement>,
    /// What is owed, interest not yet added included.
    pub owed: Pence,
    /// The part of the security that is used, in hundredths of a percent.
    pub used: Option<i64>,
    /// The day half of the security was first used.
    pub half_on: Option<Day>,
    /// The day seven tenths of it was first used.
    pub seventy_on: Option<Day>,
    /// The day the equity limit was reached.
    pub limit_on: Option<Day>,
    /// The day it will be, as things stand: an estimate, at the last rate known.
    pub limit_expected: Option<Day>,
    /// When the next statement is due.
    pub next_statement: Day,
    /// When the council's notice to stop deferring runs out.
    pub notice_ends: Option<Day>,
    /// When all of it is due.
    pub due: Option<Day>,
    /// The rates of interest it rests on.
    pub rests_on: Vec<InterestRate>,
    /// What is left to ask.
    pub asks: Vec<Asked>,
}

const fn ask(code: &'static str, must_answer: bool, question: &'static str) -> Asked {
    Asked { code, question, must_answer }
}

const REVALUE: Asked = ask(
    "revalue",
    true,
    "Half of the security is used. When was it last valued? Value it again, and regularly from now on.",
);
const SEVENTY: Asked = ask(
    "review-seventy",
    true,
    "Seven tenths of the security is used. Is deferring still right for the person? Look at it with them.",
);
const LIMIT: Asked = ask(
    "limit-reached",
    true,
    "The equity limit is reached and no more is deferred. How is the care paid from now on? It does not stop.",
);
const UNVERIFIED: Asked = ask(
    "unverified-rate",
    false,
    "The interest rests on a rate we could not check. Read the OBR’s report before the statement goes.",
);
const DUE: Asked = ask(
    "due",
    true,
    "The agreement is due. Has the estate or the seller’s solicitor been told what is owed?",
);

/// Follows an agreement to the end of a day, with the fees and the way of adding interest up that the
/// place chose where the agreement does not say. It must have passed [`Account::check`].
pub fn follow<T: Trace>(
    account: &Account,
    until: Day,
    policy: &PolicyBook,
    book: &InterestBook,
    trace: &mut T,
) -> Result<Standing, NoInterestRate> {
    let account = &account.under(policy);
    let mut running = Running::new(account);
    let mut statements: Vec<Statement> = Vec::new();
    let mut rests_on: Vec<InterestRate> = Vec::new();
    let mut opening = account.opening;
    // Six months from its first day a statement is over and the next begins.
    let mut over = account.opened;
    while running.day <= until {
        let from = running.day;
        over = from.plus_months(6);
        let last = over.plus_days(-1).min(until);
        let before = rests_on.len();
        run(&mut running, last, book, &mut rests_on)?;
        let (closing, interest, interest_apart, moved) = running.close(opening);
        let statement = Statement {
            from,
            until: last,
            opening,
            deferred: moved.deferred,
            interest,
            fees: moved.fees,
            paid: moved.paid,
            closing,
            accrued: running.accrued(),
            interest_apart,
            equity_left: (account.equity_limit - closing).or_nothing(),
        };
        // The last rate of the months before still held when these began.
        let rates = rests_on.get(before.saturating_sub(1)..).unwrap_or_default();
        lines(account, &statement, statements.len(), rates, trace);
        statements.push(statement);
        opening = closing;
    }
    let limit_expected = if running.reached.limit.is_some() {
        None
    } else {
        let newest = book.on(until).ok().or(rests_on.last());
        expected(&running, newest.map_or(0, InterestRate::parts))
    };
    let reached = running.reached;
    let asks = asks(account, until, reached, &rests_on);
    let owed = running.owed();
    days(account, reached, owed, trace);
    Ok(Standing {
        statements,
        owed,
        used: owed.pence().saturating_mul(10_000).checked_div(account.security.pence()),
        half_on: reached.half,
        seventy_on: reached.seventy,
        limit_on: reached.limit,
        limit_expected,
        next_statement: over,
        notice_ends: account.notice_ends(),
        due: account.due(),
        rests_on,
        asks,
    })
}

/// Follows to the end of a day, and notes each rate that was needed.
fn run(
    running: &mut Running<'_>,
    last: Day,
    book: &InterestBook,
    rests_on: &mut Vec<InterestRate>,
) -> Result<(), NoInterestRate> {
    while running.day <= last {
        let rate = if running.bears_interest() {
            let rate = book.on(running.day)?;
            if rests_on.last() != Some(rate) {
                rests_on.push(rate.clone());
            }
            rate.parts()
        } else {
            0
        };
        running.step(rate);
    }
    Ok(())
}

fn asks(account: &Account, until: Day, reached: Reached, rests_on: &[InterestRate]) -> Vec<Asked> {
    let unverified = rests_on.iter().any(|rate| rate.status == Status::Unverified);
    let questions = [
        (reached.half.is_some(), REVALUE),
        (reached.seventy.is_some(), SEVENTY),
        (reached.limit.is_some(), LIMIT),
        (unverified, UNVERIFIED),
        (account.due().is_some_and(|due| due <= until), DUE),
    ];
    questions.into_iter().filter(|(when, _)| *when).map(|(_, ask)| ask).collect()
}

/// The day the limit would be reached if all went on as it is, within fifty years.
fn expected(running: &Running<'_>, rate: i128) -> Option<Day> {
    let mut ahead = running.clone();
    for _ in 0..18_263 {
        ahead.step(rate);
        if ahead.reached.limit.is_some() {
            return ahead.reached.limit;
        }
    }
    None
}

fn lines<T: Trace>(
    account: &Account,
    statement: &Statement,
    at: usize,
    rates: &[InterestRate],
    trace: &mut T,
) {
    let until = statement.until;
    let code = |part: &str| format!("deferred.statements[{at}].{part}");
    trace.step(|| {
        let label =
            format!("Deferred from {} to {} (a sum)", statement.from.in_words(), until.in_words());
        Line::new(Part::Services, code("deferred"), label, statement.deferred, rules::WEEKLY)
    });
    trace.step(|| {
        let interest = statement.interest + statement.interest_apart;
        let each: Vec<String> =
            rates.iter().map(|rate| format!("{}% a year", rate.percent)).collect();
        let formula = if each.is_empty() {
            "nothing was owed that bears interest".to_owned()
        } else {
            let basis = account.basis.unwrap_or_default().in_words();
            format!("each day’s, at {}, {basis}", each.join(", then "))
        };
        let rule = if statement.interest_apart.is_nothing() {
            rules::INTEREST
        } else {
            rules::INTEREST_APART
        };
        let mut line = Line::new(
            Part::Services,
            code("interest"),
            format!("Interest to {} (a sum)", until.in_words()),
            interest,
            rule,
        )
        .worked(formula);
        for rate in rates {
            line = line.resting_on(Input {
                name: format!("interest from {}", rate.from).into(),
                value: rate.percent.to_string().into(),
                by: rate.source.clone().into(),
            });
        }
        line
    });
    if !statement.fees.is_nothing() {
        trace.step(|| {
            let here =
                account.fees.iter().filter(|fee| statement.from <= fee.on && fee.on <= until);
            let each: Vec<String> = here
                .map(|fee| {
                    let on = fee.on.in_words();
                    format!("{} on {on} {}", fee.amount.in_words(), fee.what).trim_end().to_owned()
                })
                .collect();
            Line::new(Part::Services, code("fees"), "Fees (a sum)", statement.fees, rules::FEES)
                .worked(each.join(" + "))
        });
    }
    trace.step(|| {
        let label = format!("Owed on {} (a sum)", until.in_words());
        Line::new(Part::Result, code("closing"), label, statement.closing, rules::STATEMENT).worked(
            format!(
                "{} + {} deferred + {} interest + {} fees − {} paid",
                statement.opening.in_words(),
                statement.deferred.in_words(),
                statement.interest.in_words(),
                statement.fees.in_words(),
                statement.paid.in_words()
            ),
        )
    });
    trace.step(|| {
        let label = "What may still be deferred (a sum)";
        let left = statement.equity_left;
        Line::new(Part::Result, code("equity-left"), label, left, rules::EQUITY)
    });
}

/// The days that what is owed has come to, and the day it is due.
fn days<T: Trace>(account: &Account, reached: Reached, owed: Pence, trace: &mut T) {
    let security = account.security;
    let half = security.times(1, 2, Round::Up);
    let seventy = security.times(7, 10, Round::Up);
    let rows = [
        (reached.half, "half", "Half of the security", half, rules::REVALUE),
        (
            reached.seventy,
            "seventy",
            "Seven tenths of the security",
            seventy,
            rules::REVIEW_SEVENTY,
        ),
        (reached.limit, "limit", "The equity limit", account.equity_limit, rules::EQUITY),
    ];
    for (day, code, label, amount, rule) in rows {
        if let Some(day) = day {
            trace.step(|| {
                let label = format!("{label}, reached on {} (a sum)", day.in_words());
                Line::new(Part::Result, format!("deferred.{code}"), label, amount, rule)
            });
        }
    }
    if let Some(due) = account.due() {
        trace.step(|| {
            let label =
                format!("Due on {}, with interest until it is paid (a sum)", due.in_words());
            Line::new(Part::Result, "deferred.due", label, owed, rules::DUE)
        });
    }
}
