//! The rules that direct payments cite.

use crate::working::Rule;

pub(super) const REQUEST: Rule = Rule::unverified(
    "Care Act 2014 s31(1), s32(1)",
    "A direct payment is made to someone who asks for it, or whose authorised person does.",
);
pub(super) const NOMINEE: Rule = Rule::sourced(
    "Care Act 2014 s31(4)",
    "Where the adult names someone to receive the payment, that person must agree.",
);
pub(super) const MANAGE: Rule = Rule::sourced(
    "Care Act 2014 s31(6), s32(8)",
    "Whoever receives the payment can manage it, alone or with whatever help they can get.",
);
pub(super) const APPROPRIATE: Rule = Rule::sourced(
    "Care Act 2014 s31(7), s32(9)",
    "A direct payment is an appropriate way to meet the needs.",
);
pub(super) const AUTHORISED: Rule = Rule::unverified(
    "Care Act 2014 s32(4)",
    "For an adult who lacks capacity, an authorised person: one with powers under the Mental Capacity Act, or one found suitable with the agreement of whoever has them.",
);
pub(super) const BEST_INTERESTS: Rule = Rule::unverified(
    "Care Act 2014 s32(7)",
    "The authorised person will act in the adult’s best interests in arranging the care.",
);
pub(super) const OBJECTS: Rule = Rule::unverified(
    "Mental Capacity Act 2005 s4; CSSG ch 12",
    "What the adult feels and wishes counts, also where they lack capacity.",
);
pub(super) const SCHEDULE_1: Rule = Rule::unverified(
    "SI 2014/2871 reg 2 and Sch 1",
    "No direct payment is made to meet the needs of someone under certain court or licence conditions about drugs or alcohol; the council arranges the care.",
);
pub(super) const FAMILY: Rule = Rule::sourced(
    "SI 2014/2871 reg 3",
    "A partner, or a close relative in the same household, is paid only where the council considers it necessary; this also holds for managing the payment.",
);
pub(super) const FAMILY_ELSEWHERE: Rule =
    Rule::sourced("SI 2014/2871 reg 3; CSSG ch 12", "A relative who lives elsewhere may be paid.");
pub(super) const CARE_HOME: Rule = Rule::unverified(
    "SI 2014/2871 reg 6",
    "A direct payment buys at most four weeks together in a care home in any twelve months; stays less than four weeks apart are added up.",
);
pub(super) const NET: Rule = Rule::sourced(
    "CSSG ch 12; the council’s terms",
    "The payment is made net of what the person pays, who pays their part into the same account; or gross, and the person is billed.",
);
pub(super) const SUFFICIENT: Rule = Rule::unverified(
    "Care Act 2014 s26, s31; CSSG ch 12",
    "The payment must be enough to meet the needs it is for, with the costs of being an employer.",
);
pub(super) const INSTALMENT: Rule = Rule::sourced(
    "The council’s terms (as Hampshire and Lewisham print theirs)",
    "Every four weeks is four weeks’ money; a month is a seventh of a week’s for each of its days, never four weeks.",
);
pub(super) const REVIEW: Rule = Rule::unverified(
    "SI 2014/2871 reg 7",
    "The council reviews the payment once within the first six months, then at most twelve months apart, and when something calls for it.",
);
pub(super) const SURPLUS: Rule = Rule::sourced(
    "The council’s terms (as St Helens and Gateshead print theirs)",
    "Money above so many weeks goes back; what the person overpaid of their own goes back to the person.",
);
