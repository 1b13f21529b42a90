//! Many people at the last stage, in columns: another choice about it is one pass over them.
//!
//! A column holds one amount of everybody, in numbers of 32 bits, so that a processor works on several
//! people at once. What is done is [`Choices::stage`], as the whole law does it. Whoever does not fit
//! (amounts above [`Small::MOST`]) or is not charged by their means stands beside the columns, and is
//! worked out by the same stage one at a time.

use crate::charging::last::{Amount, Brought, Choices, Last, Steps, Way};
use crate::charging::policy::Percent;
use crate::pence::{Pence, Round};

/// An amount in 32 bits: nothing to [`Small::MOST`], and sums of a few such.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Small(i32);

impl Small {
    /// The most that goes into a column, £1,342,177.28: a guarantee of that, with ten times as much
    /// added (the greatest percentage there is) and costs as high, is still far from 32 bits.
    pub const MOST: Pence = Pence::new(1 << 27);

    /// An amount, if it is in range.
    pub fn new(amount: Pence) -> Option<Self> {
        let fits = amount >= Pence::ZERO && amount <= Self::MOST;
        i32::try_from(amount.pence()).ok().filter(|_| fits).map(Self)
    }

    /// The amount, or the nearest in range.
    fn nearest(amount: Pence) -> Self {
        Self::new(amount.or_nothing().at_most(Self::MOST)).unwrap_or_default()
    }

    /// Nothing.
    pub const NOTHING: Self = Self(0);

    /// What some amounts come to.
    pub fn sum(amounts: &[Self]) -> Pence {
        let mut sum = 0_i64;
        for amount in amounts {
            // Even of all the people there are, it cannot leave 64 bits.
            sum = sum.wrapping_add(i64::from(amount.0));
        }
        Pence::new(sum)
    }

    /// In how many places two columns stand to one another as said.
    #[inline]
    pub fn count(one: &[Self], other: &[Self], there: impl Fn(Self, Self) -> bool) -> u64 {
        let mut count = 0_u32;
        for (&one, &other) in one.iter().zip(other) {
            count = count.wrapping_add(u32::from(there(one, other)));
        }
        count.into()
    }

    /// As an amount.
    pub fn pence(self) -> Pence {
        Pence::new(self.0.into())
    }
}

/// Amounts in 32 bits of people side by side, for a processor to work on together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Abreast([i32; ABREAST]);

/// How many people stand abreast.
pub const ABREAST: usize = 16;

impl Abreast {
    /// The amounts of some people.
    #[inline]
    pub fn of(some: [Small; ABREAST]) -> Self {
        Self(some.map(|small| small.0))
    }

    /// The same amount for everybody.
    #[inline]
    pub fn all(amount: Small) -> Self {
        Self([amount.0; ABREAST])
    }

    /// Each person’s.
    #[inline]
    pub fn each(self) -> [Small; ABREAST] {
        self.0.map(Small)
    }

    #[inline]
    fn with(self, other: Self, both: impl Fn(i32, i32) -> i32) -> Self {
        let mut made = [0; ABREAST];
        for ((made, one), other) in made.iter_mut().zip(self.0).zip(other.0) {
            *made = both(one, other);
        }
        Self(made)
    }
}

// Amounts in range cannot leave 32 bits here; a check at each step would keep the processor from
// doing several people at once.
impl Amount for Abreast {
    const NOTHING: Self = Self([0; ABREAST]);

    #[inline]
    fn plus(self, other: Self) -> Self {
        self.with(other, i32::wrapping_add)
    }

    #[inline]
    fn minus(self, other: Self) -> Self {
        self.with(other, i32::wrapping_sub)
    }

    #[inline]
    fn or_less(self, other: Self) -> Self {
        self.with(other, i32::min)
    }

    #[inline]
    fn or_more(self, other: Self) -> Self {
        self.with(other, i32::max)
    }

    #[inline]
    fn above(self, bound: Self, then: Self, otherwise: Self) -> Self {
        let is_above = self.with(bound, |one, bound| if one > bound { -1 } else { 0 });
        let then = is_above.with(then, |is_above, then| is_above & then);
        let otherwise = is_above.with(otherwise, |is_above, otherwise| !is_above & otherwise);
        then.with(otherwise, |then, otherwise| then | otherwise)
    }

    /// By whole ten-thousandths and what is left of them, so that no product leaves 32 bits.
    #[inline]
    fn part(self, percent: Percent, round: Round) -> Self {
        let parts = percent.hundredths();
        if parts == 0 {
            return Self::NOTHING;
        }
        if parts == Percent::HUNDRED.hundredths() {
            return self;
        }
        let over = if round == Round::Up { 9_999 } else { 0 };
        Self(self.0.map(|amount| {
            let amount = amount.cast_unsigned();
            let (whole, left) = (amount / 10_000, amount % 10_000);
            let of_left = left.wrapping_mul(parts).wrapping_add(over) / 10_000;
            whole.wrapping_mul(parts).wrapping_add(of_left).cast_signed()
        }))
    }

    #[inline]
    fn steps_in(self, amount: Self) -> Self {
        self.with(amount, |step, amount| {
            let (step, amount) = (step.cast_unsigned(), amount.cast_unsigned());
            amount.wrapping_add(step).wrapping_sub(1).checked_div(step).unwrap_or(0).cast_signed()
        })
    }

    #[inline]
    fn by(self, count: Self) -> Self {
        self.with(count, i32::saturating_mul)
    }
}

impl<A> Brought<A> {
    /// What is brought, each amount made into another.
    fn map<B>(self, to: impl Fn(A) -> Option<B>) -> Option<Brought<B>> {
        Some(Brought {
            capital: to(self.capital)?,
            income: to(self.income)?,
            guarantee: to(self.guarantee)?,
            besides: to(self.besides)?,
            cost: to(self.cost)?,
            fee: to(self.fee)?,
        })
    }
}

impl Brought<Abreast> {
    fn set(&mut self, at: usize, brought: Brought<Small>) {
        self.capital.0[at] = brought.capital.0;
        self.income.0[at] = brought.income.0;
        self.guarantee.0[at] = brought.guarantee.0;
        self.besides.0[at] = brought.besides.0;
        self.cost.0[at] = brought.cost.0;
        self.fee.0[at] = brought.fee.0;
    }
}

impl Choices<Abreast> {
    /// The choices for amounts in range. What is out of it is as good as the end of it: nobody in the
    /// columns has more, and a least charge is only compared with.
    pub fn abreast(choices: &Choices) -> Self {
        let least = i32::try_from(choices.least.pence()).unwrap_or(i32::MAX);
        let all = |amount| Abreast::all(Small::nearest(amount));
        Self {
            limit: all(choices.limit),
            uplift_percent: choices.uplift_percent,
            uplift_sum: all(choices.uplift_sum),
            taper: choices.taper,
            most: all(choices.most),
            least: Abreast::all(Small(least)),
        }
    }
}

/// How many people are worked out before what they pay is looked at: what fits near the processor.
const AT_ONCE: usize = 64 * ABREAST;

/// People at the last stage, in ranks of so many abreast: a column for each amount in each.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    ranks: Vec<Brought<Abreast>>,
    people: usize,
}

impl Columns {
    /// Adds somebody who is charged by their means and whose amounts are in range; says whether they
    /// were.
    pub fn put(&mut self, last: &Last) -> bool {
        let small = last.brought.map(Small::new).filter(|_| last.way == Way::Means);
        if let Some(brought) = small {
            self.add(brought);
        }
        small.is_some()
    }

    fn add(&mut self, brought: Brought<Small>) {
        let at = self.people % ABREAST;
        if at == 0 {
            self.ranks.push(Brought::default());
        }
        if let Some(rank) = self.ranks.last_mut() {
            rank.set(at, brought);
        }
        self.people += 1;
    }

    /// Adds the people of other columns behind these.
    pub fn join(&mut self, other: &Self) {
        for at in 0..other.people {
            let one = |column: Abreast| Some(Small(column.0[at % ABREAST]));
            if let Some(brought) = other.ranks[at / ABREAST].map(one) {
                self.add(brought);
            }
        }
    }

    /// How many people.
    pub fn len(&self) -> usize {
        self.people
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.people == 0
    }

    /// What everybody pays under some choices, some people at a time, in their order.
    pub fn pay(&self, choices: &Choices, mut take: impl FnMut(&[Small])) {
        let choices = Choices::abreast(choices);
        let mut paid = [Small::NOTHING; AT_ONCE];
        let mut left = self.people;
        for ranks in self.ranks.chunks(AT_ONCE / ABREAST) {
            for (paid, rank) in paid.as_chunks_mut::<ABREAST>().0.iter_mut().zip(ranks) {
                let steps = choices.stage(*rank);
                *paid = steps.charge.plus(steps.fee).each();
            }
            // The last rank may not be full.
            let here = left.min(ranks.len() * ABREAST);
            take(&paid[..here]);
            left -= here;
        }
    }

    /// Every step of everybody under some choices, rank by rank, in the place of what was there.
    pub fn steps(&self, choices: &Choices, into: &mut Vec<Steps<Abreast>>) {
        let choices = Choices::abreast(choices);
        into.clear();
        into.extend(self.ranks.iter().map(|rank| choices.stage(*rank)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A part of a small amount is the part of the amount, up to the greatest of each.
        #[test]
        fn parts_are_the_same_in_either_size(pence in 0..=Small::MOST.pence(), hundredths in 0u32..=100_000) {
            let percent = Percent::parse(&Pence::new(hundredths.into()).to_string()).unwrap();
            for pence in [pence, Small::MOST.pence()] {
                let abreast = Abreast::all(Small::new(Pence::new(pence)).unwrap());
                for round in [Round::Down, Round::Up] {
                    let part = percent.of(Pence::new(pence), round);
                    prop_assert_eq!(abreast.part(percent, round).each().map(Small::pence), [part; ABREAST]);
                }
            }
        }
    }
}
