//! The last stage of charging: from what comes in, what is kept and what the care costs to what is
//! paid.
//!
//! It is a few sums over a few amounts, and the place's choices about it (what is added to the
//! guarantee, the taper, the smallest and the greatest charge, the limit of capital at home) touch
//! nothing before it. So it stands here once, for one person in whole law and for columns of people in
//! a [`sweep`](super::columns): over any number that can be an [`Amount`].

use crate::charging::policy::{Percent, Policy};
use crate::pence::{Pence, Round};
use crate::rates::{Code, Rates};

/// A number that can be an amount of money, or several side by side.
pub trait Amount: Copy {
    /// Nothing.
    const NOTHING: Self;

    /// Both together.
    #[must_use]
    fn plus(self, other: Self) -> Self;

    /// What is left when the other is taken off; it may be below nothing.
    #[must_use]
    fn minus(self, other: Self) -> Self;

    /// The lesser of two.
    #[must_use]
    fn or_less(self, other: Self) -> Self;

    /// The greater of two.
    #[must_use]
    fn or_more(self, other: Self) -> Self;

    /// One amount where this is above a bound, another where it is not.
    #[must_use]
    fn above(self, bound: Self, then: Self, otherwise: Self) -> Self;

    /// So much of an amount that is not below nothing.
    #[must_use]
    fn part(self, percent: Percent, round: Round) -> Self;

    /// How many of these it takes to come to at least so much: both above nothing, or nothing.
    #[must_use]
    fn steps_in(self, amount: Self) -> Self;

    /// So many times as much.
    #[must_use]
    fn by(self, count: Self) -> Self;
}

impl Amount for Pence {
    const NOTHING: Self = Self::ZERO;

    #[inline]
    fn plus(self, other: Self) -> Self {
        self + other
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self - other
    }

    #[inline]
    fn or_less(self, other: Self) -> Self {
        self.min(other)
    }

    #[inline]
    fn or_more(self, other: Self) -> Self {
        self.max(other)
    }

    #[inline]
    fn above(self, bound: Self, then: Self, otherwise: Self) -> Self {
        if self > bound { then } else { otherwise }
    }

    #[inline]
    fn part(self, percent: Percent, round: Round) -> Self {
        percent.of(self, round)
    }

    #[inline]
    fn steps_in(self, amount: Self) -> Self {
        if self.is_nothing() {
            return Self::ZERO;
        }
        Self::new((amount.pence() + self.pence() - 1) / self.pence())
    }

    #[inline]
    fn by(self, count: Self) -> Self {
        self.times(count.pence(), 1, Round::Down)
    }
}

/// The law's scale by which capital is taken to bring an income (reg 25).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale<A = Pence> {
    /// The capital from which it brings any.
    pub lower: A,
    /// That from which it brings no more.
    pub upper: A,
    /// For each so much, or part of it,
    pub step: A,
    /// it brings so much a week.
    pub per_step: A,
}

impl<A: Amount> Scale<A> {
    /// A week's income of some capital.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "built for the processor at hand: see columns")]
    pub fn income(&self, capital: A) -> A {
        let above = capital.or_less(self.upper).minus(self.lower).or_more(A::NOTHING);
        self.per_step.by(self.step.steps_in(above))
    }
}

/// What a person brings to the last stage: a week's amounts, and their capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Brought<A = Pence> {
    /// The capital that counts.
    pub capital: A,
    /// The income that counts, with that of the capital.
    pub income: A,
    /// The guarantee before the place adds to it; in a care home the allowance.
    pub guarantee: A,
    /// What else they keep: housing costs, the costs of a disability.
    pub besides: A,
    /// What the care costs, of which they can be charged for.
    pub cost: A,
    /// What arranging the care would cost them besides, were their capital above the limit.
    pub fee: A,
}

/// A place's choices about the last stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choices<A = Pence> {
    /// The capital above which the care is paid for in full.
    pub limit: A,
    /// What is added to the guarantee, of it.
    pub uplift_percent: Percent,
    /// What is added to the guarantee besides.
    pub uplift_sum: A,
    /// The part of what is left over that is taken.
    pub taper: Percent,
    /// The most that is charged.
    pub most: A,
    /// A charge below this is not collected.
    pub least: A,
}

/// Every step of the last stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Steps<A = Pence> {
    /// What is kept, with what the place adds.
    pub kept: A,
    /// What is left over.
    pub left_over: A,
    /// The part of it that is taken.
    pub taken: A,
    /// No more than the care costs.
    pub within_cost: A,
    /// No more than the most.
    pub at_most: A,
    /// Nothing, where it is too small: the charge by means.
    pub by_means: A,
    /// The charge: that, or the whole cost above the limit.
    pub charge: A,
    /// The fee for arranging, above the limit.
    pub fee: A,
}

impl Choices {
    /// The choices of a policy for care at home: of the limit, the law's or a higher one.
    pub fn at_home(rates: &Rates, policy: &Policy) -> Self {
        let none = policy.maximum_charge.is_nothing();
        Self {
            limit: rates.get(Code::CapitalUpper).max(policy.upper_capital_limit_home),
            uplift_percent: policy.mig_uplift_percent,
            uplift_sum: policy.mig_uplift_sum,
            taper: policy.taper_percent,
            most: if none { Pence::new(i64::MAX) } else { policy.maximum_charge },
            least: policy.minimum_charge,
        }
    }

    /// In a care home a place has none: the law's limit, and all that is left over.
    pub fn in_care_home(rates: &Rates) -> Self {
        Self {
            limit: rates.get(Code::CapitalUpper),
            uplift_percent: Percent::ZERO,
            uplift_sum: Pence::ZERO,
            taper: Percent::HUNDRED,
            most: Pence::new(i64::MAX),
            least: Pence::ZERO,
        }
    }
}

impl Choices {
    /// Whether capital is above the limit.
    pub fn over(&self, capital: Pence) -> bool {
        capital > self.limit
    }
}

impl<A: Amount> Choices<A> {
    /// The stage, step by step.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "built for the processor at hand: see columns")]
    pub fn stage(&self, brought: Brought<A>) -> Steps<A> {
        let Brought { capital, income, guarantee, besides, cost, fee } = brought;
        // The guarantee is a floor, to which the place may add.
        let uplift = guarantee.part(self.uplift_percent, Round::Up).plus(self.uplift_sum);
        let kept = guarantee.plus(uplift).plus(besides);
        let left_over = income.minus(kept).or_more(A::NOTHING);
        let taken = left_over.part(self.taper, Round::Down);
        let within_cost = taken.or_less(cost);
        let at_most = within_cost.or_less(self.most);
        let by_means = self.least.above(at_most, A::NOTHING, at_most);
        Steps {
            kept,
            left_over,
            taken,
            within_cost,
            at_most,
            by_means,
            charge: capital.above(self.limit, cost, by_means),
            fee: capital.above(self.limit, fee, A::NOTHING),
        }
    }
}

/// By what a person's charge is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By their means.
    Means,
    /// In full whatever they have: they do not show it, or agreed to pay.
    InFull,
    /// Not at all: nothing can be charged for, or their benefits show that there is nothing to pay
    /// with, or they have not been told yet.
    Nothing,
}

/// A person at the last stage: what the place's choices about it need to know of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Last<A = Pence> {
    /// What they bring.
    pub brought: Brought<A>,
    /// By what they are charged.
    pub way: Way,
}

impl<A: Amount> Last<A> {
    /// What they pay a week, the fee for arranging included.
    pub fn pays(&self, choices: &Choices<A>) -> A {
        let steps = choices.stage(self.brought);
        let charge = match self.way {
            Way::Means => steps.charge,
            Way::InFull => self.brought.cost,
            Way::Nothing => A::NOTHING,
        };
        charge.plus(steps.fee)
    }
}
