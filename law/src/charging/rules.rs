//! The rules that a working cites, apart from those that stand in the tables of kinds.

use crate::working::Rule;

pub(crate) const COUNTED: Rule = Rule::sourced(
    "SI 2014/2672 reg 13 to 15",
    "Income is counted after tax, unless the law leaves it out.",
);
pub(crate) const CAPITAL: Rule = Rule::sourced(
    "SI 2014/2672 reg 12",
    "Savings above the upper limit mean paying the full cost; in a care home the council may not then help.",
);
pub(crate) const TARIFF: Rule = Rule::sourced(
    "SI 2014/2672 reg 25",
    "Each £250 of savings above £14,250, or part of £250, counts as £1 a week of income.",
);
pub(crate) const HOME_LIVED_IN: Rule = Rule::sourced(
    "SI 2014/2672 Sch 2",
    "The home that is lived in is left out while the care is not in a care home.",
);
pub(crate) const HOME_RETURN: Rule = Rule::sourced(
    "SI 2014/2672 Sch 2 para 1",
    "The home is left out during a temporary stay, while there is a plan to go back to it.",
);
pub(crate) const TWELVE_WEEKS: Rule = Rule::sourced(
    "SI 2014/2672 Sch 2 para 2",
    "The home is left out for the first twelve weeks of a permanent stay.",
);
pub(crate) const TWELVE_WEEKS_MORE: Rule = Rule::unverified(
    "SI 2014/2672 Sch 2 para 3",
    "The home is left out for twelve weeks more when a relative’s living there ends unexpectedly.",
);
pub(crate) const RELATIVE: Rule = Rule::sourced(
    "SI 2014/2672 Sch 2 para 4",
    "The home is left out while a partner, certain relatives or a child under 18 have lived in it \
     since before the stay.",
);
pub(crate) const DISCRETION: Rule = Rule::sourced(
    "SI 2014/2672 Sch 2; CSSG Annex B",
    "The council may leave something out by its own choice, for a recorded reason.",
);
pub(crate) const LAND_SHARE: Rule = Rule::sourced(
    "SI 2014/2672 reg 24",
    "A share of land or a house counts at what that share would sell for.",
);
pub(crate) const NIGHT: Rule = Rule::sourced(
    "The council’s charging policy",
    "Where no care is given at night, the part of a benefit that is for night care is left out.",
);
pub(crate) const TEMPORARY_BENEFIT: Rule = Rule::unverified(
    "SI 2014/2672 Sch 1; CSSG Annex C",
    "A disability benefit for care is left out during a temporary stay.",
);
pub(crate) const MIG: Rule = Rule::sourced(
    "SI 2014/2672 reg 7",
    "This much income must be left to everyone whose care is not in a care home.",
);
pub(crate) const MIG_UPLIFT: Rule = Rule::sourced(
    "The council’s charging policy; SI 2014/2672 reg 7 is a floor",
    "The council leaves more to people than the law requires.",
);
pub(crate) const PEA: Rule = Rule::sourced(
    "SI 2014/2672 reg 6",
    "This much must be left to everyone in a care home, for their own use.",
);
pub(crate) const DRE: Rule = Rule::sourced(
    "SI 2014/2672 Sch 1 para 4; CSSG Annex C",
    "What a disability costs is kept where a disability benefit is counted.",
);
pub(crate) const DRE_FLAT: Rule = Rule::sourced(
    "The council’s charging policy",
    "The council leaves a standard sum for the costs of a disability; anyone may ask for their own costs instead.",
);
pub(crate) const ASSESSED: Rule = Rule::sourced(
    "Care Act 2014 s14(7) and s17; SI 2014/2672",
    "What is left over after what is kept is the most that can be asked for.",
);
pub(crate) const CHARGE: Rule = Rule::sourced(
    "Care Act 2014 s14 and s17; SI 2014/2672",
    "The council may ask for this much towards your care, and for no more.",
);
pub(crate) const TAPER: Rule = Rule::sourced(
    "The council’s charging policy",
    "The council takes only part of what is left over.",
);
pub(crate) const AT_MOST_COST: Rule =
    Rule::sourced("Care Act 2014 s14(4)", "A charge is never more than the care costs.");
pub(crate) const MAXIMUM: Rule = Rule::sourced(
    "The council’s charging policy",
    "The council never charges more than this a week.",
);
pub(crate) const MINIMUM: Rule = Rule::sourced(
    "The council’s charging policy",
    "The council does not collect a charge smaller than this.",
);
pub(crate) const FULL_COST_REFUSED: Rule = Rule::sourced(
    "Care Act 2014 s17; SI 2014/2672 reg 10",
    "Someone who does not say what they have and what comes in may be charged the full cost.",
);
pub(crate) const LIGHT_TOUCH: Rule = Rule::unverified(
    "SI 2014/2672 reg 10",
    "A shorter look at income and savings is enough for someone who can clearly pay and agrees, or who clearly cannot pay.",
);
pub(crate) const CJD: Rule = Rule::sourced(
    "SI 2014/2672 reg 4",
    "Care for a person with Creutzfeldt-Jakob disease is free.",
);
pub(crate) const FNC: Rule = Rule::sourced(
    "SI 2012/2996 Part 6",
    "The NHS pays the home for nursing care; that part of the fee is never charged.",
);
pub(crate) const TOP_UP: Rule = Rule::sourced(
    "Care Act 2014 s30; SI 2014/2670",
    "Where a dearer place was chosen, someone may pay the difference, on top of the charge.",
);
pub(crate) const NOT_CHARGED: Rule = Rule::sourced(
    "Care Act 2014 s14; the council’s charging policy",
    "The council has chosen not to charge for this.",
);
pub(crate) const TOLD: Rule = Rule::sourced(
    "Care Act 2014 s14 and s17; CSSG ch 8",
    "A charge cannot start before the day of being told that there may be one.",
);
pub(crate) const ARRANGEMENT_FEE: Rule = Rule::sourced(
    "Care Act 2014 s14(1)(b) and s18(3); SI 2014/2672 reg 5",
    "Someone who pays in full may ask the council to arrange care at home, for a fee of what that costs.",
);
