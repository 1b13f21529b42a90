//! The rules that eligibility rests on, each in one plain sentence.

use crate::working::Rule;

pub(super) const CAUSE: Rule = Rule::sourced(
    "SI 2015/313 reg 2(1)",
    "The needs must arise from, or be related to, a physical or mental impairment or illness; no diagnosis is needed.",
);
pub(super) const ADULT_UNABLE: Rule = Rule::sourced(
    "SI 2015/313 reg 2(3)",
    "Being unable in any one of four ways is enough: without assistance, with significant pain, distress or anxiety, with danger to someone, or taking significantly longer.",
);
pub(super) const ADULT_EFFECT: Rule = Rule::sourced(
    "SI 2015/313 reg 2(1) and (2)",
    "Because of the needs the adult must be unable to achieve two or more of the ten outcomes.",
);
pub(super) const FLUCTUATES: Rule = Rule::sourced(
    "SI 2015/313 reg 2(4)",
    "Needs that come and go are looked at over whatever period is needed to judge them rightly.",
);
pub(super) const CARER_BLIND: Rule = Rule::sourced(
    "SI 2015/313 reg 2; SCIE, determining eligibility",
    "Needs are judged as if no carer helped; what a carer is willing and able to meet is recorded after.",
);
pub(super) const ADULT_CONSEQUENCE: Rule = Rule::sourced(
    "SI 2015/313 reg 2(1); Care Act 2014 s1(2)",
    "There must be, or be likely to be, a significant impact on wellbeing: a professional judgement with reasons, which nothing computes.",
);
pub(super) const ADULT_ALL: Rule = Rule::sourced(
    "Care Act 2014 s13(1); SI 2015/313 reg 2",
    "Needs are eligible when all three limbs are met.",
);

pub(super) const NECESSARY_CARE: Rule = Rule::sourced(
    "SI 2015/313 reg 3(1)",
    "The needs must arise from providing necessary care for an adult, whether or not the adult’s own needs are eligible.",
);
pub(super) const CARER_HEALTH: Rule = Rule::sourced(
    "SI 2015/313 reg 3(2)(a)",
    "It is enough that the carer’s physical or mental health is deteriorating, or is at risk of it.",
);
pub(super) const CARER_UNABLE: Rule = Rule::unverified(
    "SI 2015/313 reg 3(3)",
    "Being unable in any one of three ways is enough: without assistance, with significant pain, distress or anxiety, or with danger to someone; taking longer is not among them.",
);
pub(super) const CARER_EFFECT: Rule = Rule::sourced(
    "SI 2015/313 reg 3(2)",
    "Either the carer’s health is at risk, or they cannot achieve any one of the eight outcomes.",
);
pub(super) const CARER_CONSEQUENCE: Rule = Rule::sourced(
    "SI 2015/313 reg 3(1); Care Act 2014 s1(2)",
    "There must be, or be likely to be, a significant impact on the carer’s wellbeing: a professional judgement with reasons, which nothing computes.",
);
pub(super) const CARER_ALL: Rule = Rule::sourced(
    "Care Act 2014 s13(1); SI 2015/313 reg 3",
    "A carer’s needs are eligible when all three limbs are met.",
);

pub(super) const WRITTEN_RECORD: Rule = Rule::sourced(
    "Care Act 2014 s13(2)",
    "Give the person a written record of the determination and the reasons for it.",
);
pub(super) const ADULT_MEETING: Rule = Rule::sourced(
    "Care Act 2014 s13(3)",
    "Consider what could be done to meet the eligible needs.",
);
pub(super) const ADULT_WISHES: Rule =
    Rule::sourced("Care Act 2014 s13(3)", "Ask whether the person wants the council to meet them.");
pub(super) const ADULT_RESIDENCE: Rule = Rule::sourced(
    "Care Act 2014 s13(3)",
    "Establish whether the person is ordinarily resident in the council’s area.",
);
pub(super) const CARER_MEETING: Rule = Rule::unverified(
    "Care Act 2014 s13(4)",
    "Consider what could be done to meet the carer’s eligible needs.",
);
pub(super) const CARER_RESIDENCE: Rule = Rule::unverified(
    "Care Act 2014 s13(4)",
    "Establish whether the adult who is cared for is ordinarily resident in the council’s area.",
);
pub(super) const ADVICE: Rule = Rule::sourced(
    "Care Act 2014 s13(5)",
    "Give written advice and information on what can meet or reduce the needs, and what can prevent or delay needs.",
);
pub(super) const POWER: Rule = Rule::unverified(
    "Care Act 2014 s19",
    "The council may still meet needs that are not eligible.",
);
pub(super) const MET_BY_CARER: Rule = Rule::unverified(
    "Care Act 2014 s18(7)",
    "The council need not meet an eligible need while a carer is meeting it; the need stays eligible.",
);
pub(super) const CARERS_ASSESSMENT: Rule = Rule::unverified(
    "Care Act 2014 s10",
    "Offer the carer an assessment of their own: it is owed whatever its likely result.",
);
pub(super) const NHS: Rule = Rule::unverified(
    "SI 2014/2827 reg 7",
    "If it appears that the person may be eligible for NHS continuing healthcare, refer them to the integrated care board.",
);
