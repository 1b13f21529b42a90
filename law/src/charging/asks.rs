//! Questions that a result leaves open: an officer answers them before the figure is relied on.

use serde::Serialize;

macro_rules! asks {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $must:literal, $text:literal;)+) => {
        /// A question.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Ask { $($(#[$doc])* $name,)+ }

        impl Ask {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// A stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The question, in plain English.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// Whether the charge may not begin until it is answered.
            pub const fn must(self) -> bool {
                match self { $(Self::$name => $must,)+ }
            }
        }
    };
}

asks! {
    /// Nobody was told yet.
    ToldOn = "told-on", true,
        "When was the person told that a charge may be made? A charge cannot start before that day.";
    /// The charge would start before the person was told.
    StartsBeforeTold = "starts-before-told", true,
        "The person was told after this day. Start the charge from the day they were told, or record \
         why it starts before.";
    /// An officer starts the charge earlier all the same.
    EarlierStart = "earlier-start-reason", false,
        "The charge starts before the person was told, for a recorded reason. Does a second person agree?";
    /// A figure is from memory.
    Unverified = "unverified-rate", false,
        "This rests on a figure we could not check. Read it in the year’s circular before the letter goes.";
    /// A couple without the partner's date of birth.
    PartnerBorn = "partner-born", false,
        "When was the partner born? The rate for a couple depends on the older of the two.";
    /// A premium for working age, given to someone older.
    PremiumPensionAge = "premium-at-pension-age", false,
        "Disability premiums are for people below pension age. Is it right that this person gets one?";
    /// A lone parent of pension age.
    LoneParentPension = "lone-parent-pension-age", false,
        "The law names one rate for lone parents and another for pension age. The higher was used; is that right?";
    /// A share of land without a valuation.
    ShareValued = "share-valuation", false,
        "What would the person’s share of the property sell for by itself? A valuer should say; a part \
         of the whole price was used.";
    /// The relative moved in later, or someone else lives there.
    OccupierDiscretion = "occupier-discretion", false,
        "Someone lives in the home whom the law does not name. Will the council leave the home out of \
         account? Record the reason.";
    /// Nobody said since when the relative lives there.
    OccupiedSince = "occupied-since", false,
        "Did the relative live in the home before the person went into the care home?";
    /// Nobody said when it was received.
    Received = "received", false,
        "When was this money received? It is left out for a time from that day.";
    /// A stay without its first day.
    Admitted = "admitted", false,
        "When did the person move into the care home? Some parts of the law count from that day.";
    /// The permanent stay has no first day as such.
    PermanentFrom = "permanent-from", false,
        "From what day is the stay permanent? The twelve weeks in which the home is left out begin then.";
    /// Assessed as permanent before it was.
    NotYetPermanent = "not-yet-permanent", false,
        "On this day the stay was not yet permanent, so it was worked out as temporary. Is that right?";
    /// A short stay beyond its limit.
    ShortStayOver = "short-stay-over", false,
        "The stay is longer than a short stay may be, so it was worked out as temporary. Is it now temporary?";
    /// A temporary stay beyond 52 weeks.
    TemporaryOver = "temporary-over-52-weeks", false,
        "The stay has passed 52 weeks. Is it still temporary, and why?";
    /// A temporary resident who will not return.
    NoReturn = "no-plan-to-return", false,
        "The person does not plan to go home, so the home was counted. Is the stay in truth permanent?";
    /// The partner at home must be left with enough.
    PartnerAtHome = "partner-at-home", false,
        "Does the partner at home keep the basic income they are entitled to?";
    /// A disability benefit that should have stopped.
    BenefitAfter28Days = "benefit-after-28-days", false,
        "This benefit usually stops after 28 days in a care home the council helps to pay for. Is it still paid?";
    /// Savings credit was not in payment, and age alone does not tell.
    SavingsCreditAge = "savings-credit-age", false,
        "Did the person reach State Pension age before 6 April 2016? If so, part of their income is left out.";
    /// Savings credit is not in payment, and might be.
    SavingsCreditClaim = "savings-credit-claim", false,
        "This person may be entitled to savings credit, which would not raise their charge by as much. \
         Will they claim it?";
    /// Savings credit in payment although the income is below the threshold.
    SavingsCreditLow = "savings-credit-threshold", false,
        "Savings credit is in payment, but the income is below where it begins. Is an income missing?";
    /// A cost refused without a reason.
    ExpenseReason = "dre-reason", false,
        "Why is this cost of the disability not allowed? The person must be told.";
    /// Costs of a disability without a benefit for it.
    ExpenseWithoutBenefit = "dre-without-benefit", false,
        "Costs of a disability were allowed, and no disability benefit is counted. Should one be claimed?";
    /// The first-party top-up may not be lawful.
    FirstPartyTopUp = "first-party-top-up", true,
        "The person pays this top-up themself. The law allows it only in the twelve weeks, with a \
         deferred payment agreement, or for after-care. Which is it?";
    /// Reablement without its first day.
    ReablementStarted = "reablement-started", false,
        "When did this reablement start? Its first six weeks are free.";
    /// An arrangement fee is due.
    ArrangementFee = "arrangement-fee", false,
        "Has the person been told the fee for arranging their care?";
    /// Light touch without agreement.
    LightTouchAgreed = "light-touch-agreed", true,
        "Has the person agreed to the lighter assessment, and been offered a full one?";
    /// Means were not shown.
    NotDisclosed = "not-disclosed", false,
        "The person has not shown their means, so the full cost is charged. Were they told what that \
         means, and given time?";
    /// Close to the limit.
    NearLimit = "near-upper-limit", false,
        "Savings will soon fall to the upper limit. Has the person been asked to get in touch two months before?";
    /// The home makes a deferred payment possible.
    DeferredPayment = "deferred-payment", false,
        "The home is counted and other savings are below the limit. Has a deferred payment agreement been offered?";
    /// Kinds that the table does not know.
    OtherKind = "other-kind", false,
        "An income or saving was entered as ‘other’. Does the law leave any of it out?";
    /// A place rate below the law's.
    RateBelowLaw = "own-rate-below-law", false,
        "The council’s own rate is below the law’s, so the law’s was used. Correct the policy.";
}

/// The questions of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asks(u64);

const _: () = assert!(Ask::ALL.len() <= 64, "Asks has a bit for each question");

impl Asks {
    /// Adds a question.
    pub fn add(&mut self, ask: Ask) {
        self.0 |= 1 << (ask as u8);
    }

    /// Whether a question is among them.
    pub fn has(self, ask: Ask) -> bool {
        self.0 >> (ask as u8) & 1 == 1
    }

    /// Those asked.
    pub fn iter(self) -> impl Iterator<Item = Ask> {
        Ask::ALL.iter().copied().filter(move |&ask| self.has(ask))
    }
}

/// A question as programs read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// Its code.
    pub code: &'static str,
    /// The question.
    pub question: &'static str,
    /// Whether the charge may not begin until it is answered.
    pub must_answer: bool,
}

impl From<Ask> for Asked {
    fn from(ask: Ask) -> Self {
        Self { code: ask.code(), question: ask.text(), must_answer: ask.must() }
    }
}
