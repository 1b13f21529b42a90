//! Whether a deferred payment agreement must be offered, how much it may reach, and how much is
//! deferred a week.

use serde::{Deserialize, Serialize};

use crate::charging::{Asked, RestsOn};
use crate::deferred::rules;
use crate::direct_payments::{Condition, Met};
use crate::fraction::Share;
use crate::pence::{Pence, Round};
use crate::rates::{Code, Rates};
use crate::working::{Input, Line, Part, Status, Trace};

/// Where the needs are met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// In a care home.
    CareHome,
    /// In supported living.
    SupportedLiving,
    /// Anywhere else.
    Other,
}

/// What is known. What nobody has looked at yet is left out, and is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Application {
    /// Where the needs are met.
    pub setting: Setting,
    /// What the person has besides the home.
    #[serde(default)]
    pub other_capital: Option<Pence>,
    /// Whether the home is left out of the financial assessment.
    #[serde(default)]
    pub home_disregarded: Option<bool>,
    /// Whether the council can have a first legal charge.
    #[serde(default)]
    pub first_charge: Option<bool>,
    /// Whether everybody who must has agreed to the terms.
    #[serde(default)]
    pub terms_agreed: Option<bool>,
    /// What the home is worth, all of it.
    #[serde(default)]
    pub value: Pence,
    /// The person's part of it.
    #[serde(default = "whole")]
    pub share: Share,
    /// Other debts secured on the person's part.
    #[serde(default)]
    pub other_debts: Pence,
    /// What the care home costs a week, a top-up under the agreement included.
    #[serde(default)]
    pub weekly_cost: Pence,
    /// The person's income a week that counts.
    #[serde(default)]
    pub income: Pence,
    /// How much of it the person wants to keep, where it is less than they may.
    #[serde(default)]
    pub keeps: Option<Pence>,
    /// What others pay a week: the NHS for nursing, a third party.
    #[serde(default)]
    pub others_pay: Pence,
}

fn whole() -> Share {
    Share::WHOLE
}

/// What the conditions come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Every condition is met: the council must offer it.
    MustOffer,
    /// The duty does not reach so far; the council may offer it.
    MayOffer,
    /// Something is not known yet.
    ToBeDecided,
}

/// What comes of an application. Amounts are a week's, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
    /// What the conditions come to.
    pub standing: Standing,
    /// Each condition.
    pub conditions: Vec<Condition>,
    /// What the person's part of the home is worth (a sum).
    pub security: Pence,
    /// The most that may be owed for care to be deferred (a sum).
    pub equity_limit: Pence,
    /// What the person keeps of their income.
    pub kept: Pence,
    /// What the person pays from it.
    pub paid_from_income: Pence,
    /// What is deferred.
    pub deferred: Pence,
    /// How many whole weeks the equity limit lasts, before interest and fees; none where nothing is
    /// deferred.
    pub weeks: Option<i64>,
    /// The figures it rests on.
    pub rests_on: Vec<RestsOn>,
    /// What is left to ask.
    pub asks: Vec<Asked>,
}

const fn ask(code: &'static str, must_answer: bool, question: &'static str) -> Asked {
    Asked { code, question, must_answer }
}

const CAPITAL: Asked = ask("other-capital", true, "What has the person besides the home?");
const DISREGARDED: Asked =
    ask("home-disregarded", true, "Is the home left out of the financial assessment?");
const FIRST_CHARGE: Asked = ask(
    "first-charge",
    true,
    "Can the council have a first legal charge? Who else owns or has a claim on the home?",
);
const TERMS: Asked = ask(
    "terms-agreed",
    true,
    "Has the person agreed to the terms, and been told the interest and the fees before signing?",
);
const MAY: Asked = ask(
    "may-offer",
    true,
    "The law does not oblige the council to offer this one. Will it do so all the same? Record why, or why not.",
);
const KEEPS_MORE: Asked = ask(
    "keeps-more",
    false,
    "The person asked to keep more of their income than the agreement allows; the most was used.",
);
const KEEPS_LESS: Asked = ask(
    "keeps-less-than-allowance",
    true,
    "The person asked to keep less than the personal expenses allowance, which must be left to them; that was used.",
);
const EQUITY_NONE: Asked = ask(
    "no-equity",
    true,
    "Nothing can be deferred on this security. Is the value right, and is there other security?",
);

const UNVERIFIED: Asked = ask(
    "unverified-rate",
    false,
    "This rests on a figure we could not check. Read it in the year’s circular before the offer goes.",
);

/// Works out the offer with the figures of the day.
pub fn offer<T: Trace>(application: &Application, rates: &Rates, trace: &mut T) -> Offer {
    let mut asks = Vec::new();
    let (standing, conditions) = standing(application, rates, &mut asks);
    let security = application.share.of(application.value, Round::Down);
    let equity_limit = equity_limit(security, application.other_debts, rates, trace);
    if equity_limit.is_nothing() && !application.value.is_nothing() {
        asks.push(EQUITY_NONE);
    }
    let kept = kept(application, rates, &mut asks, trace);
    let paid_from_income = application.income - kept;
    let deferred =
        (application.weekly_cost - application.others_pay - paid_from_income).or_nothing();
    trace.step(|| {
        let label = "Deferred, a week";
        Line::new(Part::Result, "deferred.weekly", label, deferred, rules::WEEKLY)
            .worked(format!(
                "{} − {} from income − {} from others, not below nothing",
                application.weekly_cost.in_words(),
                paid_from_income.in_words(),
                application.others_pay.in_words()
            ))
            .resting_on(Input::case("weeklyCost", application.weekly_cost))
            .resting_on(Input::case("othersPay", application.others_pay))
    });
    let weeks = equity_limit.pence().checked_div(deferred.pence());
    let rests_on: Vec<RestsOn> =
        FIGURES.into_iter().map(|code| RestsOn::from(rates.figure(code))).collect();
    if rests_on.iter().any(|figure| figure.status == Status::Unverified) {
        asks.push(UNVERIFIED);
    }
    Offer {
        standing,
        conditions,
        security,
        equity_limit,
        kept,
        paid_from_income,
        deferred,
        weeks,
        rests_on,
        asks,
    }
}

/// The figures of the law that an offer rests on.
const FIGURES: [Code; 4] = [Code::CapitalUpper, Code::CapitalLower, Code::DpaAllowance, Code::Pea];

fn standing(
    application: &Application,
    rates: &Rates,
    asks: &mut Vec<Asked>,
) -> (Standing, Vec<Condition>) {
    let upper = rates.get(Code::CapitalUpper);
    let known = |value: Option<bool>| match value {
        Some(true) => Met::Yes,
        Some(false) => Met::No,
        None => Met::NotKnown,
    };
    let rows = [
        (
            "care-home",
            known(Some(application.setting == Setting::CareHome)),
            rules::CARE_HOME,
            None,
        ),
        (
            "other-capital",
            known(application.other_capital.map(|capital| capital <= upper)),
            rules::CAPITAL,
            Some(CAPITAL),
        ),
        (
            "home-counted",
            known(application.home_disregarded.map(|disregarded| !disregarded)),
            rules::HOME_COUNTED,
            Some(DISREGARDED),
        ),
        ("first-charge", known(application.first_charge), rules::SECURITY, Some(FIRST_CHARGE)),
        ("terms-agreed", known(application.terms_agreed), rules::TERMS, Some(TERMS)),
    ];
    let mut conditions = Vec::with_capacity(rows.len());
    for (code, met, rule, question) in rows {
        if let Some(question) = question.filter(|_| met == Met::NotKnown) {
            asks.push(question);
        }
        conditions.push(Condition { code, met, rule });
    }
    let any = |met| conditions.iter().any(|condition| condition.met == met);
    let standing = if any(Met::No) {
        asks.push(MAY);
        Standing::MayOffer
    } else if any(Met::NotKnown) {
        Standing::ToBeDecided
    } else {
        Standing::MustOffer
    };
    (standing, conditions)
}

/// Nine tenths of the security, less the lower capital limit and other debts; a fraction of a penny
/// is dropped, so that the limit is never passed.
pub fn equity_limit<T: Trace>(
    security: Pence,
    other_debts: Pence,
    rates: &Rates,
    trace: &mut T,
) -> Pence {
    let lower = rates.get(Code::CapitalLower);
    let tenths = security.times(9, 10, Round::Down);
    let limit = (tenths - lower - other_debts).or_nothing();
    trace.step(|| {
        let label = "The most that may be deferred (a sum)";
        Line::new(Part::Result, "deferred.equity-limit", label, limit, rules::EQUITY)
            .worked(format!(
                "{} × 90% − {} − {} of other debts, not below nothing",
                security.in_words(),
                lower.in_words(),
                other_debts.in_words()
            ))
            .resting_on(Input::case("value", security))
            .resting_on(Input::rate(Code::CapitalLower.code(), lower))
            .resting_on(Input::case("otherDebts", other_debts))
    });
    limit
}

/// What the person keeps: at most the allowance, at least the personal expenses allowance, never
/// more than there is.
fn kept<T: Trace>(
    application: &Application,
    rates: &Rates,
    asks: &mut Vec<Asked>,
    trace: &mut T,
) -> Pence {
    let (most, least) = (rates.get(Code::DpaAllowance), rates.get(Code::Pea));
    let wanted = application.keeps.unwrap_or(most);
    if wanted > most {
        asks.push(KEEPS_MORE);
    }
    if wanted < least {
        asks.push(KEEPS_LESS);
    }
    let kept = wanted.at_most(most).max(least).at_most(application.income);
    trace.step(|| {
        let label = "Kept of the income, a week";
        Line::new(Part::Allowances, "deferred.kept", label, kept, rules::ALLOWANCE)
            .worked(format!(
                "{}, from {} to {}, and no more than {}",
                wanted.in_words(),
                least.in_words(),
                most.in_words(),
                application.income.in_words()
            ))
            .resting_on(Input::rate(Code::DpaAllowance.code(), most))
            .resting_on(Input::rate(Code::Pea.code(), least))
            .resting_on(Input::case("income", application.income))
    });
    kept
}
