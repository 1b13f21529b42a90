//! The rules that deferred payments and top-ups cite.

use crate::working::Rule;

pub(super) const CARE_HOME: Rule = Rule::sourced(
    "SI 2014/2671 reg 2; CSSG ch 9",
    "It must be offered where needs are to be met in a care home; for supported living it may be.",
);
pub(super) const CAPITAL: Rule = Rule::sourced(
    "SI 2014/2671 reg 2; CSSG ch 9",
    "What the person has besides the home is at or below the upper capital limit.",
);
pub(super) const HOME_COUNTED: Rule = Rule::sourced(
    "SI 2014/2671 reg 2; SI 2014/2672 Sch 2",
    "The person owns a home, and it is not left out of their assessment.",
);
pub(super) const SECURITY: Rule = Rule::sourced(
    "SI 2014/2671 reg 4",
    "The council can have adequate security: a first legal charge that the Land Registry would enter.",
);
pub(super) const TERMS: Rule = Rule::sourced(
    "SI 2014/2671 reg 4; CSSG ch 9",
    "The person, and anyone whose rights the charge would override, agrees to the terms in writing.",
);
pub(super) const EQUITY: Rule = Rule::sourced(
    "SI 2014/2671 reg 5; CSSG ch 9",
    "No more is deferred than nine tenths of what the security is worth, less the lower capital limit and other debts secured on it.",
);
pub(super) const ALLOWANCE: Rule = Rule::sourced(
    "SI 2014/2671 reg 6; CSSG ch 9",
    "The person may keep so much of their income, with the personal expenses allowance in it; they may choose to keep less.",
);
pub(super) const WEEKLY: Rule = Rule::sourced(
    "Care Act 2014 s34; CSSG ch 9",
    "What is deferred each week is what the care costs, less what the person pays from their income and what others pay.",
);
pub(super) const INTEREST: Rule = Rule::sourced(
    "SI 2014/2671 reg 9",
    "Interest is at most the gilt rate of the half-year + 0.15%, and the person is told before they sign.",
);
pub(super) const INTEREST_APART: Rule = Rule::sourced(
    "SI 2014/2671 reg 9(2)",
    "The interest is added to what is deferred, unless the person asks to pay it separately.",
);
pub(super) const FEES: Rule = Rule::unverified(
    "Care Act 2014 s35(1); SI 2014/2671 reg 10",
    "Fees are no more than what the agreement costs the council.",
);
pub(super) const STATEMENT: Rule = Rule::sourced(
    "CSSG ch 9 (as Central Bedfordshire and Cheshire West print it)",
    "A statement at least every six months: what was deferred, interest, fees, what is owed and what equity is left.",
);
pub(super) const REVALUE: Rule = Rule::unverified(
    "CSSG ch 9",
    "When half of the security is used it is valued again, and regularly after that.",
);
pub(super) const REVIEW_SEVENTY: Rule = Rule::unverified(
    "CSSG ch 9",
    "When seven tenths of the security is used, the council and the person look at whether deferring is still right.",
);
pub(super) const DUE: Rule = Rule::unverified(
    "SI 2014/2671 reg 7",
    "It is due when the home is sold, or 90 days after death, whichever is first.",
);
pub(super) const TOP_UP: Rule = Rule::unverified(
    "Care Act 2014 s30; SI 2014/2670 reg 3 and 5; CSSG Annex A",
    "A dearer place that the person chose is paid above the budget by someone able and willing, under a written agreement.",
);
pub(super) const FIRST_PARTY: Rule = Rule::unverified(
    "SI 2014/2670 reg 5; CSSG Annex A",
    "The person themself may pay it only in the twelve weeks, under a deferred payment agreement, or for after-care.",
);
pub(super) const LIABLE: Rule = Rule::unverified(
    "CSSG Annex A",
    "The council is liable for the whole of the home’s fee, whoever pays which part.",
);
