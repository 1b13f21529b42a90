//! What a decision on a case comes to, as it is kept: by whoever decides it, an import, or an April.

use law::charging::{Asks, Case, Law, NoAnswer, Week, Worked, assess_over_time};
use law::day::Day;

use crate::record::fact::{ChargeDecided, ChargeTurn, Ground, KeptLine};
use crate::who::actor::Refusal;

/// A decision, and the questions it leaves open.
pub(super) struct Settled {
    pub(super) decided: ChargeDecided,
    pub(super) asks: Asks,
}

/// Decides on a case, if nothing stands in the way.
pub(super) fn settled(ground: Ground, case: Case, law: &Law) -> Result<Settled, Refusal> {
    let worked = law.worked(&case).map_err(|why| unworkable(&why))?;
    let asks = worked.outcome.asks;
    if let Some(ask) = asks.iter().find(|ask| ask.must()) {
        return Err(Refusal::NotNow(format!("This must be answered first: {}", ask.text())));
    }
    let later = turns(&case, law).map_err(|why| unworkable(&why))?;
    let decided = decision(ground, case, later, &worked, &law.policy.version);
    Ok(Settled { decided, asks })
}

/// Why a case cannot be worked out, to whoever decides.
pub(super) fn unworkable(why: &NoAnswer) -> Refusal {
    match why {
        NoAnswer::NoRates(none) => {
            Refusal::NotNow(format!("{}. Nothing is lost: decide when they are.", none.in_words()))
        }
        NoAnswer::Problem(problem) => Refusal::missing("case", problem.to_string()),
    }
}

fn decision(
    ground: Ground,
    case: Case,
    later: Vec<ChargeTurn>,
    worked: &Worked<'_>,
    policy: &str,
) -> ChargeDecided {
    let line = |line: &law::working::Line| KeptLine {
        code: line.code.to_string(),
        label: line.label.to_string(),
        amount: line.amount,
        formula: line.formula.to_string(),
        cite: line.rule.cite.to_owned(),
    };
    ChargeDecided {
        ground,
        follows: None,
        case,
        charge: worked.outcome.charge,
        later,
        full_cost: worked.outcome.full_cost,
        basis: worked.outcome.basis,
        policy: policy.to_owned(),
        working: worked.lines.iter().map(line).collect(),
        unverified: worked.unverified().map(|figure| figure.code.code().to_owned()).collect(),
        words: String::new(),
        letter: None,
    }
}

/// When the charge of a case changes by itself, until the end of the financial year whose figures it
/// rests on.
fn turns(case: &Case, law: &Law) -> Result<Vec<ChargeTurn>, NoAnswer> {
    let from = case.as_of;
    let weeks = assess_over_time(law, std::slice::from_ref(case), from, year_end(law, from))?;
    let mut turns = Vec::new();
    let mut last = None;
    for stretch in weeks.into_iter().flat_map(|Week { stretches, .. }| stretches) {
        if last.is_some_and(|charge| charge != stretch.weekly) {
            turns.push(ChargeTurn { from: stretch.from, charge: stretch.weekly, why: stretch.why });
        }
        last = Some(stretch.weekly);
    }
    Ok(turns)
}

fn year_end(law: &Law, day: Day) -> Day {
    let mut years = law.rates.years().iter();
    years.find(|year| year.from <= day && day <= year.until).map_or(day, |year| year.until)
}
