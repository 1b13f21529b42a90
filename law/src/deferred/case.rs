//! A case of a deferred payment: an application, an agreement that was made, a top-up; and its answer.

use serde::{Deserialize, Serialize};

use crate::charging::policy::{InterestBasis, PolicyBook};
use crate::charging::{Asked, Problem};
use crate::day::Day;
use crate::deferred::account::Account;
use crate::deferred::interest::{InterestBook, InterestRate, NoInterestRate};
use crate::deferred::offer::{Application, Offer, offer};
use crate::deferred::statement::{Standing, follow};
use crate::deferred::top_up::{TopUpAgreement, TopUpOutcome, top_up};
use crate::pence::Pence;
use crate::rates::{NoRates, RateBook};
use crate::working::{Line, Recorder};

/// What is known on one day: at least one of the three.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// The day.
    pub as_of: Day,
    /// Somebody asks for an agreement, or should be offered one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<Application>,
    /// One was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Account>,
    /// Somebody pays, or would pay, for a dearer place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_up: Option<TopUpAgreement>,
}

/// The law's figures, the place's choices and the rates of interest, through time.
#[derive(Debug, Clone)]
pub struct Law {
    /// The figures.
    pub rates: RateBook,
    /// The choices: how interest is added up, and the fees.
    pub policy: PolicyBook,
    /// The interest.
    pub interest: InterestBook,
}

/// What a person is told before they sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ToldBefore {
    /// The interest on the day of the case; none, where the half-year's is not known to us.
    pub interest: Option<InterestRate>,
    /// How it is added up.
    pub basis: InterestBasis,
    /// What setting the agreement up costs, once.
    pub setup_fee: Pence,
    /// What keeping it costs, a year.
    pub yearly_fee: Pence,
}

/// What comes of a case, with its working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The day it is of.
    pub as_of: Day,
    /// Of the application: whether one must be offered, and how much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// Of the application: what the person is told before they sign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_before: Option<ToldBefore>,
    /// Of the agreement: its statements, what is owed, and what is ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Of the top-up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_up: Option<TopUpOutcome>,
    /// What all of it leaves to ask.
    pub asks: Vec<Asked>,
    /// The working.
    pub lines: Vec<Line>,
}

/// Why a case has no answer, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// Something in the case.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// No figures for its day.
    #[error("asOf: {0}")]
    NoRates(#[from] NoRates),
    /// No interest for a day of the agreement.
    #[error("agreement: {0}")]
    NoInterestRate(#[from] NoInterestRate),
}

const INTEREST: Asked = Asked {
    code: "interest-unknown",
    question: "What is the interest this half-year? The person must be told before they sign, and we \
               do not know it: add the rate, with its source.",
    must_answer: true,
};

impl Law {
    /// What comes of a case.
    pub fn answer(&self, case: &Case) -> Result<Answer, NoAnswer> {
        let Case { as_of, application, agreement, top_up: on_top } = case;
        if application.is_none() && agreement.is_none() && on_top.is_none() {
            let problem = "is missing, and so are agreement and topUp: give at least one".into();
            return Err(Problem { field: "application".into(), problem }.into());
        }
        let mut recorder = Recorder::default();
        let mut asks: Vec<Asked> = Vec::new();
        let mut told_before = None;
        let offer = match application {
            None => None,
            Some(application) => {
                let told = self.told_before(*as_of);
                asks.extend(told.interest.is_none().then_some(INTEREST));
                told_before = Some(told);
                Some(offer(application, self.rates.on(*as_of)?, &mut recorder))
            }
        };
        let standing = match agreement {
            None => None,
            Some(account) => {
                account.check(*as_of).map_err(|problem| Problem {
                    field: if problem.field == "asOf" {
                        problem.field
                    } else {
                        format!("agreement.{}", problem.field)
                    },
                    problem: problem.problem,
                })?;
                Some(follow(account, *as_of, &self.policy, &self.interest, &mut recorder)?)
            }
        };
        let top_up = on_top.as_ref().map(|agreement| top_up(agreement, &mut recorder));
        let of_each = [
            offer.as_ref().map(|offer| &offer.asks),
            standing.as_ref().map(|standing| &standing.asks),
            top_up.as_ref().map(|top_up| &top_up.asks),
        ];
        for ask in of_each.into_iter().flatten().flatten() {
            if !asks.contains(ask) {
                asks.push(*ask);
            }
        }
        let lines = recorder.lines;
        Ok(Answer { as_of: *as_of, offer, told_before, standing, top_up, asks, lines })
    }

    fn told_before(&self, day: Day) -> ToldBefore {
        let policy = self.policy.on(day);
        ToldBefore {
            interest: self.interest.on(day).ok().cloned(),
            basis: policy.deferred_interest_basis,
            setup_fee: policy.deferred_setup_fee,
            yearly_fee: policy.deferred_yearly_fee,
        }
    }
}
