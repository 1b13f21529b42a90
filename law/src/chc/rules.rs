//! The rules that the prompts rest on. “Framework” is the National Framework for NHS continuing
//! healthcare and NHS-funded nursing care (2022).

use crate::working::Rule;

pub(super) const CONSIDER: Rule = Rule::sourced(
    "SI 2012/2996 Part 6; Framework",
    "Do a Checklist where the person may need continuing healthcare, or record why not.",
);
pub(super) const NOT_DONE: Rule =
    Rule::sourced("Framework", "A choice not to do a Checklist is recorded with its reasons.");
pub(super) const HOSPITAL: Rule = Rule::unverified(
    "Framework",
    "Where possible the Checklist waits until the person has had time to recover out of hospital.",
);
pub(super) const AFTER_CARE: Rule = Rule::unverified(
    "Mental Health Act 1983 s117; Framework",
    "What is owed as after-care is not continuing healthcare for the same condition.",
);
pub(super) const MARK: Rule = Rule::sourced(
    "Checklist (Department of Health and Social Care, on GOV.UK)",
    "Eleven domains are marked A, B or C; what each means stands in the form, which may not be changed.",
);
pub(super) const THRESHOLD: Rule = Rule::sourced(
    "Checklist; Framework",
    "A full assessment follows two A, or five B, or one A with four B, or one A in a starred domain.",
);
pub(super) const FULL_ASSESSMENT: Rule = Rule::sourced(
    "Framework",
    "Ask the integrated care board for a full assessment. The threshold is low on purpose: reaching it does not mean that the NHS will pay.",
);
pub(super) const BELOW: Rule = Rule::unverified(
    "Framework",
    "Tell the person that they may ask the integrated care board to look again, and then complain.",
);
pub(super) const REFER_ANYWAY: Rule = Rule::unverified(
    "Framework",
    "A practitioner may ask for a full assessment below the threshold, and says why.",
);
pub(super) const COPY: Rule = Rule::unverified(
    "Framework",
    "Give the person, or whoever acts for them, a copy of the Checklist.",
);
pub(super) const LEVEL: Rule = Rule::unverified(
    "Decision Support Tool (Department of Health and Social Care, on GOV.UK)",
    "Twelve domains have a level, up to that domain’s highest; when in doubt, the higher. What each means stands in the form, which may not be changed.",
);
pub(super) const CLEAR: Rule = Rule::sourced(
    "Decision Support Tool; Framework",
    "With one priority, or two or more severe, a clear recommendation is expected of the team.",
);
pub(super) const MAY_SHOW: Rule = Rule::unverified(
    "Decision Support Tool; Framework",
    "One severe with needs in several other domains, or several at high or moderate, may show a primary health need; several is read here as three or more.",
);
pub(super) const CHARACTERISTICS: Rule = Rule::unverified(
    "Framework",
    "The team reasons from the nature, intensity, complexity and unpredictability of all the needs together. Levels are never added up.",
);
pub(super) const TEAM: Rule = Rule::unverified(
    "SI 2012/2996 Part 6; Framework",
    "The team has two health professions, or one health professional and one who assesses for social care.",
);
pub(super) const COUNCIL: Rule = Rule::unverified(
    "SI 2012/2996 Part 6; Framework",
    "The council is consulted and takes part where it can.",
);
pub(super) const DISAGREEMENT: Rule = Rule::unverified(
    "Framework",
    "What the team cannot agree on is noted, with the higher level; a dispute between the NHS and the council must not delay care.",
);
pub(super) const RECOMMENDATION: Rule = Rule::unverified(
    "SI 2012/2996 Part 6; Framework",
    "The integrated care board departs from the team’s recommendation only in exceptional circumstances, with reasons.",
);
pub(super) const FAST_TRACK: Rule = Rule::sourced(
    "SI 2012/2996 Part 6; Framework paras 240 to 269",
    "The tool of an appropriate clinician is sufficient by itself: the integrated care board accepts it and acts, without Checklist or Decision Support Tool.",
);
pub(super) const FAST_TRACK_CARE: Rule =
    Rule::unverified("Framework", "The care of a fast track is in place within 48 hours.");
pub(super) const DECISION: Rule = Rule::sourced(
    "Framework",
    "The integrated care board normally decides within 28 days of the Checklist or other notice; a target, not a deadline in statute.",
);
pub(super) const REFUND: Rule = Rule::unverified(
    "Framework",
    "If the decision is late and the NHS is to pay, it refunds what was paid from day 29.",
);
pub(super) const REVIEW: Rule = Rule::unverified(
    "Framework",
    "The care is reviewed within 3 months, then at least every 12 months; the package is looked at first.",
);
pub(super) const ASK_FOR_REVIEW: Rule = Rule::unverified(
    "Framework",
    "The person has 6 months from being told to ask for a review: first local resolution, then NHS England, then the Ombudsman.",
);
