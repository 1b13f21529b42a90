//! What the person is asked for next: papers for what nobody has seen evidence of, and the questions
//! that the working leaves open, in plain words.

use askama::Template;
use care::record::fact::EvidenceSeen;
use law::charging::{Ask, Asked, Case, Law};

use super::entry::{Base, Voice};
use super::rests;
use crate::components::Markup;

/// The heading of it for an officer.
pub const FOR_THE_PERSON: &str = "What the person is asked for next";

/// What the person is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Next {
    /// Papers to send: what for, and which.
    pub papers: Vec<(String, &'static str)>,
    /// Questions to answer.
    pub questions: Vec<&'static str>,
}

impl Next {
    /// What follows from the means as they are known.
    pub fn of(base: &Base, law: &Law) -> Self {
        let asks = law.answer(&base.case).map(|answer| answer.asks).unwrap_or_default();
        Self::from(&base.case, &base.seen, &asks)
    }

    /// What follows from means, the evidence seen, and the questions of their working.
    pub fn from(case: &Case, seen: &[EvidenceSeen], asks: &[Asked]) -> Self {
        let unseen = rests::rows(case, seen).into_iter().filter(|row| row.seen.is_none());
        let papers = unseen
            .filter_map(|row| Some((format!("{}, {}", row.what, row.amount), row.wants?)))
            .collect();
        let asked = asks
            .iter()
            .filter_map(|asked| Ask::ALL.iter().copied().find(|ask| ask.code() == asked.code));
        Self { papers, questions: asked.filter_map(in_their_words).collect() }
    }

    /// Whether nothing is asked.
    pub fn is_nothing(&self) -> bool {
        self.papers.is_empty() && self.questions.is_empty()
    }

    /// As lists under this heading: to the person, or to an officer, who reads what the person is asked.
    pub fn list(&self, heading: &str, voice: Voice) -> Option<Markup> {
        #[derive(Template)]
        #[template(path = "fund/next.html")]
        struct List<'a> {
            heading: &'a str,
            for_officer: bool,
            next: &'a Next,
        }
        let for_officer = voice == Voice::Officer;
        (!self.is_nothing()).then(|| Markup::of(&List { heading, for_officer, next: self }))
    }
}

/// A question in the words of whoever pays; None for what only an officer can answer.
const fn in_their_words(ask: Ask) -> Option<&'static str> {
    Some(match ask {
        Ask::PartnerBorn => "When was your partner born?",
        Ask::OccupierDiscretion => {
            "Who lives in your home, and why do they need to? We may be able to leave the home out."
        }
        Ask::OccupiedSince => {
            "Did the person who lives in your home live there before you moved into the care home?"
        }
        Ask::Received => "When did you get this money? It may be left out for a time.",
        Ask::Admitted => "When did you move into the care home?",
        Ask::PermanentFrom | Ask::NotYetPermanent => {
            "Are you in the care home to stay, and if so from what day?"
        }
        Ask::ShortStayOver | Ask::TemporaryOver => {
            "How long do you think you will stay in the care home?"
        }
        Ask::NoReturn => "Do you plan to go back home?",
        Ask::PartnerAtHome => "Does your partner have enough to live on at home?",
        Ask::BenefitAfter28Days => {
            "Do you still get your disability benefit? It often stops after 28 days in a care home."
        }
        Ask::SavingsCreditAge => "Did you reach State Pension age before 6 April 2016?",
        Ask::SavingsCreditClaim => {
            "Will you ask the Pension Service whether you can get savings credit? It is part of \
             Pension Credit, and you may be better off with it."
        }
        Ask::SavingsCreditLow => {
            "You get savings credit, but less other money than we would expect. Have you left any \
             out?"
        }
        Ask::ExpenseWithoutBenefit => {
            "Do you get Attendance Allowance or Personal Independence Payment? If not, would you \
             like help to claim it?"
        }
        Ask::OtherKind => "What is the ‘other’ money you told us of? Some kinds are left out.",
        Ask::ReablementStarted => {
            "When did the help to get you back on your feet start? Its first six weeks are free."
        }
        Ask::LightTouchAgreed => {
            "Do you agree to a short assessment? You can have a full one if you like."
        }
        Ask::NotDisclosed => {
            "You have not shown us what money you have, so you would pay the full cost. Would you \
             like to show us now?"
        }
        Ask::NearLimit => {
            "Your savings are close to the limit. Please tell us two months before they fall to it, \
             so that help can start in time."
        }
        Ask::DeferredPayment => {
            "Would you like to know how to pay later, when your home is sold? It is called a \
             deferred payment agreement."
        }
        Ask::FirstPartyTopUp
        | Ask::ToldOn
        | Ask::StartsBeforeTold
        | Ask::EarlierStart
        | Ask::Unverified
        | Ask::PremiumPensionAge
        | Ask::LoneParentPension
        | Ask::ShareValued
        | Ask::ExpenseReason
        | Ask::ArrangementFee
        | Ask::RateBelowLaw => return None,
    })
}
