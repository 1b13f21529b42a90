//! What is left to ask about a direct payment: prompts for reasons. None of them refuses care.

use crate::charging::Asked;

const fn ask(code: &'static str, must_answer: bool, question: &'static str) -> Asked {
    Asked { code, question, must_answer }
}

pub(super) const REQUESTED: Asked = ask(
    "requested",
    false,
    "Has anyone asked for a direct payment? The person must be told that they may.",
);
pub(super) const CAPACITY: Asked =
    ask("capacity", true, "Does the adult have capacity to ask for a direct payment?");
pub(super) const CAN_MANAGE: Asked = ask(
    "can-manage",
    true,
    "Can whoever receives it manage it, alone or with help? What help was offered?",
);
pub(super) const APPROPRIATE: Asked = ask(
    "appropriate",
    true,
    "Is a direct payment an appropriate way to meet the needs? Record why, or why not.",
);
pub(super) const REASON: Asked = ask(
    "refusal-reason",
    true,
    "A condition is not met. Record why, tell the person in writing, and say what would change it.",
);
pub(super) const NOMINEE: Asked =
    ask("nominee-agrees", true, "Does the person who was named agree to receive the payment?");
pub(super) const AUTHORISED: Asked = ask(
    "authorised-person",
    true,
    "Who could receive it for the adult? An attorney or deputy comes first.",
);
pub(super) const ATTORNEY: Asked = ask(
    "attorney-agrees",
    true,
    "Is there an attorney or deputy for these decisions, and do they agree? If there is none, say so.",
);
pub(super) const SUITABLE: Asked =
    ask("suitable", true, "Is the authorised person suitable? Record why.");
pub(super) const BEST_INTERESTS: Asked = ask(
    "best-interests",
    true,
    "Is the council satisfied that the authorised person will act in the adult’s best interests?",
);
pub(super) const CHECK: Asked = ask(
    "criminal-record-check",
    false,
    "The authorised person is neither family nor friend. Was a criminal record check considered?",
);
pub(super) const OBJECTS: Asked = ask(
    "objects",
    true,
    "The adult seems to be against it. What do they want instead, and is it in their best interests?",
);
pub(super) const EXCLUDED: Asked = ask(
    "excluded",
    true,
    "A condition of Schedule 1 was recorded. On what date was it seen, and when does it end? The council arranges the care meanwhile.",
);
pub(super) const NECESSARY: Asked = ask(
    "relative-necessary",
    true,
    "A partner, or a close relative in the same household, would be paid. Is it necessary? Record why, or why not.",
);
pub(super) const CARE_HOME: Asked = ask(
    "care-home-limit",
    true,
    "The stays pass four weeks. The council arranges and pays for the rest itself; who does that, and from which day?",
);
pub(super) const CONTRIBUTION_OVER: Asked = ask(
    "contribution-over-payment",
    false,
    "The person pays all of it themself, so nothing is paid. Do they still want the council to arrange anything?",
);
pub(super) const SUFFICIENT: Asked = ask(
    "sufficient",
    true,
    "Is it enough to buy the care, with the costs of being an employer: tax, pension, insurance, holidays?",
);
pub(super) const REVIEW_OVERDUE: Asked =
    ask("review-overdue", true, "The review is overdue. When will it be held?");
pub(super) const REVIEW_EVENT: Asked = ask(
    "review-event",
    true,
    "Something has happened that calls for a review. When will it be held?",
);
pub(super) const SURPLUS: Asked = ask(
    "surplus-reason",
    false,
    "Why is there money over? Ask first whether care was not found, or is being saved for.",
);
