//! The rules that a budget cites.

use crate::working::Rule;

pub(super) const POINTS: Rule = Rule::sourced(
    "The council’s resource allocation table",
    "Each answer has points, the same for everybody; points do not decide who is eligible.",
);
pub(super) const INFORMAL: Rule = Rule::unverified(
    "Care Act 2014 s18(7); CSSG ch 11",
    "What a carer is willing and able to do need not be paid for while they do it.",
);
pub(super) const INDICATIVE: Rule = Rule::unverified(
    "CSSG ch 11; R (Savva) v Kensington and Chelsea [2010] EWCA Civ 1209; R (KM) v Cambridgeshire [2012] UKSC 23",
    "The table’s figure is a starting point: it gives way to what the plan really costs, and its reasons must be clear.",
);
pub(super) const COST: Rule = Rule::unverified(
    "Care Act 2014 s26(1)(a)",
    "The budget is what it costs the council to meet the needs it must or chooses to meet.",
);
pub(super) const EXCLUDED: Rule = Rule::unverified(
    "Personal Budget: Exclusion of Costs Regulations 2014 (SI 2014/2840)",
    "Intermediate care and reablement that are free are not part of the budget.",
);
pub(super) const PERSON: Rule = Rule::unverified(
    "Care Act 2014 s26(1)(b)",
    "The statement says what the adult must pay towards it, from the financial assessment.",
);
pub(super) const COUNCIL: Rule =
    Rule::unverified("Care Act 2014 s26(1)(c)", "What the council must pay is the rest.");
pub(super) const PERIOD: Rule = Rule::sourced(
    "CSSG ch 11; the council’s budget statement",
    "A budget for a period counts the days of that period; weeks away in respite are budgeted apart.",
);
