//! Top-ups: paying more for a place one has chosen (Care Act 2014 s30; SI 2014/2670).

use serde::{Deserialize, Serialize};

use crate::charging::{Asked, Payer};
use crate::deferred::rules;
use crate::pence::Pence;
use crate::working::{Input, Line, Part, Trace};

/// Why the person may pay their own top-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstPartyGround {
    /// In the twelve weeks in which the home is left out.
    TwelveWeeks,
    /// Under a deferred payment agreement.
    DeferredPayment,
    /// For after-care under section 117 of the Mental Health Act.
    AfterCare,
}

/// A part that the written agreement must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// How much the top-up is.
    Amount,
    /// What the budget is: what the council would usually pay.
    Budget,
    /// To whom it is paid.
    PaidTo,
    /// How often.
    Frequency,
    /// When it is reviewed.
    Reviews,
    /// What happens if it stops.
    IfItStops,
    /// What happens when the home's price goes up.
    PriceRises,
    /// What happens when the payer's means change.
    MeansChange,
}

impl Term {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Amount,
        Self::Budget,
        Self::PaidTo,
        Self::Frequency,
        Self::Reviews,
        Self::IfItStops,
        Self::PriceRises,
        Self::MeansChange,
    ];
}

/// What is known of a top-up. Amounts are a week's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TopUpAgreement {
    /// What the chosen home costs.
    pub fee: Pence,
    /// What the budget has for such a place.
    pub budget: Pence,
    /// What the person pays by their assessment.
    #[serde(default)]
    pub charge: Pence,
    /// Who pays the top-up.
    pub payer: Payer,
    /// Why, where it is the person.
    #[serde(default)]
    pub ground: Option<FirstPartyGround>,
    /// Whether a suitable place at the budget is to be had.
    #[serde(default)]
    pub place_at_budget: Option<bool>,
    /// Whether the person chose the dearer one.
    #[serde(default)]
    pub chosen: Option<bool>,
    /// Whether the payer is able and willing for as long as the stay is likely to last.
    #[serde(default)]
    pub able_and_willing: Option<bool>,
    /// What the written agreement has in it.
    #[serde(default)]
    pub written: Vec<Term>,
}

/// What comes of it. Amounts are a week's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TopUpOutcome {
    /// What is paid on top; nothing where no suitable place at the budget is to be had.
    pub top_up: Pence,
    /// What the council is liable to the home for: the whole fee.
    pub council_liable: Pence,
    /// What the council pays of it in the end.
    pub council_pays: Pence,
    /// What the written agreement lacks.
    pub missing: Vec<Term>,
    /// Whether the top-up may be taken as it stands.
    pub sound: bool,
    /// What is left to ask.
    pub asks: Vec<Asked>,
}

const fn ask(code: &'static str, must_answer: bool, question: &'static str) -> Asked {
    Asked { code, question, must_answer }
}

const NO_PLACE: Asked = ask(
    "no-place-at-budget",
    true,
    "No suitable place at the budget is to be had, so nobody may be asked to pay on top. The budget must cover one that is.",
);
const PLACE: Asked =
    ask("place-at-budget", true, "Is there at least one suitable place to be had at the budget?");
const CHOSEN: Asked = ask("chosen", true, "Did the person choose the dearer place?");
const ABLE: Asked = ask(
    "able-and-willing",
    true,
    "Is the payer able and willing to pay for as long as the stay is likely to last?",
);
const GROUND: Asked = ask(
    "first-party-top-up",
    true,
    "The person pays this themself. The law allows it only in the twelve weeks, with a deferred payment agreement, or for after-care. Which is it?",
);
const WRITTEN: Asked =
    ask("written-agreement", true, "The written agreement lacks some of what it must have.");

/// Looks at a top-up.
pub fn top_up<T: Trace>(agreement: &TopUpAgreement, trace: &mut T) -> TopUpOutcome {
    let mut asks = Vec::new();
    let over = (agreement.fee - agreement.budget).or_nothing();
    let no_place = agreement.place_at_budget == Some(false);
    let top_up = if no_place { Pence::ZERO } else { over };
    let missing: Vec<Term> =
        Term::ALL.into_iter().filter(|term| !agreement.written.contains(term)).collect();
    if !over.is_nothing() {
        let first_party = agreement.payer == Payer::FirstParty;
        let questions = [
            (no_place, NO_PLACE),
            (agreement.place_at_budget.is_none(), PLACE),
            (!no_place && agreement.chosen != Some(true), CHOSEN),
            (!no_place && agreement.able_and_willing != Some(true), ABLE),
            (!no_place && first_party && agreement.ground.is_none(), GROUND),
            (!no_place && !missing.is_empty(), WRITTEN),
        ];
        asks.extend(questions.into_iter().filter(|(when, _)| *when).map(|(_, ask)| ask));
    }
    trace.step(|| {
        let label = "On top of the budget, a week";
        let rule = if agreement.ground.is_some() { rules::FIRST_PARTY } else { rules::TOP_UP };
        Line::new(Part::Result, "top-up.amount", label, top_up, rule)
            .worked(format!("{} − {}", agreement.fee.in_words(), agreement.budget.in_words()))
            .resting_on(Input::case("fee", agreement.fee))
            .resting_on(Input::case("budget", agreement.budget))
    });
    trace.step(|| {
        let label = "What the council owes the home, a week";
        Line::new(Part::Result, "top-up.liable", label, agreement.fee, rules::LIABLE)
    });
    TopUpOutcome {
        top_up,
        council_liable: agreement.fee,
        council_pays: (agreement.fee - top_up - agreement.charge).or_nothing(),
        sound: asks.is_empty(),
        missing,
        asks,
    }
}
