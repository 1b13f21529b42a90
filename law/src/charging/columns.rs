//! Many people at the last stage, in columns: many choices about it are tried in one pass over them.
//!
//! A column holds one amount of everybody, in numbers of 32 bits, so that a processor works on several
//! people at once, with the widest registers that the one at hand has: functions that must be built
//! for each kind of processor stand in whoever calls them, hence `inline(always)`. What is done is [`Choices::stage`], as the whole law does it. Whoever does not fit
//! (amounts above [`Small::MOST`]) or is not charged by their means stands beside the columns, and is
//! worked out by the same stage one at a time.
#![expect(clippy::inline_always, reason = "what is built for a processor must stand in its caller")]

use fearless_simd::{Level, Simd, dispatch};

use crate::charging::Compared;
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
    #[inline(always)]
    pub fn of(some: [Small; ABREAST]) -> Self {
        Self(some.map(|small| small.0))
    }

    /// The same amount for everybody.
    #[inline(always)]
    pub fn all(amount: Small) -> Self {
        Self([amount.0; ABREAST])
    }

    /// Each person’s.
    #[inline(always)]
    pub fn each(self) -> [Small; ABREAST] {
        self.0.map(Small)
    }

    #[inline(always)]
    fn each_made(mut self, made: impl Fn(i32) -> i32) -> Self {
        for one in &mut self.0 {
            *one = made(*one);
        }
        self
    }

    #[inline(always)]
    fn with(self, other: Self, both: impl Fn(i32, i32) -> i32) -> Self {
        let mut made = [0; ABREAST];
        for ((made, one), other) in made.iter_mut().zip(self.0).zip(other.0) {
            *made = both(one, other);
        }
        Self(made)
    }
}

#[inline(always)]
fn upper_half(product: u64) -> u32 {
    (product >> 32) as u32
}

// Amounts in range cannot leave 32 bits here; a check at each step would keep the processor from
// doing several people at once.
impl Amount for Abreast {
    const NOTHING: Self = Self([0; ABREAST]);

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        self.with(other, i32::wrapping_add)
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        self.with(other, i32::wrapping_sub)
    }

    #[inline(always)]
    fn or_less(self, other: Self) -> Self {
        self.with(other, i32::min)
    }

    #[inline(always)]
    fn or_more(self, other: Self) -> Self {
        self.with(other, i32::max)
    }

    #[inline(always)]
    fn above(self, bound: Self, then: Self, otherwise: Self) -> Self {
        let is_above = self.with(bound, |one, bound| if one > bound { -1 } else { 0 });
        let then = is_above.with(then, |is_above, then| is_above & then);
        let otherwise = is_above.with(otherwise, |is_above, otherwise| !is_above & otherwise);
        then.with(otherwise, |then, otherwise| then | otherwise)
    }

    /// Without dividing: a product's upper half is the part or one less, and what is then left says
    /// which. No product of amounts in range leaves 64 bits, and what is left is below 20,000.
    #[inline(always)]
    fn part(self, percent: Percent, round: Round) -> Self {
        if percent == Percent::ZERO {
            return Self::NOTHING;
        }
        if percent == Percent::HUNDRED {
            return self;
        }
        let (whole, rest) = (percent.hundredths() / 10_000, percent.hundredths() % 10_000);
        let share = (u64::from(rest) << 32) / 10_000;
        self.each_made(|amount| {
            let amount = amount.cast_unsigned();
            let part = upper_half(u64::from(amount).wrapping_mul(share));
            let left = amount.wrapping_mul(rest).wrapping_sub(part.wrapping_mul(10_000));
            let more = match round {
                Round::Down => u32::from(left >= 10_000),
                Round::Up => u32::from(left > 0) + u32::from(left > 10_000),
            };
            amount.wrapping_mul(whole).wrapping_add(part).wrapping_add(more).cast_signed()
        })
    }

    #[inline(always)]
    fn steps_in(self, amount: Self) -> Self {
        self.with(amount, |step, amount| {
            let (step, amount) = (step.cast_unsigned(), amount.cast_unsigned());
            amount.wrapping_add(step).wrapping_sub(1).checked_div(step).unwrap_or(0).cast_signed()
        })
    }

    #[inline(always)]
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

/// How many ranks are worked out under each choice in turn: they stay near the processor meanwhile.
const AT_ONCE: usize = 64;

/// What so many abreast bring, and what they pay before anything is chosen anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Rank {
    brought: Brought<Abreast>,
    before: Abreast,
}

/// People at the last stage, in ranks of so many abreast: a column for each amount in each.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    ranks: Vec<Rank>,
    people: usize,
}

impl Columns {
    /// Adds somebody who is charged by their means and whose amounts are in range, with what they pay
    /// a week as it is; says whether they were.
    pub fn put(&mut self, last: &Last, before: Pence) -> bool {
        let brought = last.brought.map(Small::new).filter(|_| last.way == Way::Means);
        let small = brought.zip(Small::new(before));
        if let Some((brought, before)) = small {
            self.add(brought, before);
        }
        small.is_some()
    }

    fn add(&mut self, brought: Brought<Small>, before: Small) {
        let at = self.people % ABREAST;
        if at == 0 {
            self.ranks.push(Rank::default());
        }
        if let Some(rank) = self.ranks.last_mut() {
            rank.brought.set(at, brought);
            rank.before.0[at] = before.0;
        }
        self.people += 1;
    }

    /// Adds the people of other columns behind these.
    pub fn join(&mut self, other: &Self) {
        for at in 0..other.people {
            let (rank, at) = (&other.ranks[at / ABREAST], at % ABREAST);
            let one = |column: Abreast| Some(Small(column.0[at]));
            if let Some(brought) = rank.brought.map(one) {
                self.add(brought, Small(rank.before.0[at]));
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

    /// What each of some choices does to everybody.
    pub fn compare(&self, choices: &[Choices]) -> Vec<Compared> {
        let choices: Vec<_> = choices.iter().map(Choices::abreast).collect();
        let people = self.people as u64;
        let mut all = vec![Compared { people, ..Compared::default() }; choices.len()];
        dispatch!(Level::new(), simd => self.compare_with(simd, &choices, &mut all));
        all
    }

    #[inline(always)]
    fn compare_with<S: Simd>(&self, _: S, choices: &[Choices<Abreast>], all: &mut [Compared]) {
        for ranks in self.ranks.chunks(AT_ONCE) {
            for (choices, all) in choices.iter().zip(&mut *all) {
                let mut turn = Turn::default();
                for rank in ranks {
                    let steps = choices.stage(rank.brought);
                    turn.add(rank.before, steps.charge.plus(steps.fee));
                }
                all.join(&turn.sum());
            }
        }
    }

    /// Every step of everybody under some choices, rank by rank, in the place of what was there. The
    /// last rank is filled up with people who bring nothing.
    pub fn steps(&self, choices: &Choices, into: &mut Vec<Steps<Abreast>>) {
        let choices = Choices::abreast(choices);
        into.clear();
        let each = self.ranks.iter().map(|rank| choices.stage(rank.brought));
        dispatch!(Level::new(), _simd => into.extend(each));
    }
}

/// What some choices do to some ranks. Whoever fills up the last rank pays nothing either way, and
/// is in none of these.
#[derive(Debug, Clone, Copy, Default)]
struct Turn {
    more: Abreast,
    less: Abreast,
    newly: Abreast,
    no_longer: Abreast,
    before: [i64; ABREAST],
    after: [i64; ABREAST],
}

impl Turn {
    #[inline(always)]
    fn add(&mut self, before: Abreast, after: Abreast) {
        let (none, one) = (Abreast::NOTHING, Abreast([1; ABREAST]));
        let (pays, paid) = (after.above(none, one, none), before.above(none, one, none));
        self.more = self.more.plus(after.above(before, one, none));
        self.less = self.less.plus(before.above(after, one, none));
        self.newly = self.newly.plus(before.above(none, none, pays));
        self.no_longer = self.no_longer.plus(after.above(none, none, paid));
        // Even of all the people there are, it cannot leave 64 bits.
        for (sum, one) in self.before.iter_mut().zip(before.0) {
            *sum = sum.wrapping_add(one.into());
        }
        for (sum, one) in self.after.iter_mut().zip(after.0) {
            *sum = sum.wrapping_add(one.into());
        }
    }

    fn sum(&self) -> Compared {
        let count = |each: Abreast| each.0.iter().map(|&one| u64::from(one.cast_unsigned())).sum();
        let amount = |each: [i64; ABREAST]| Pence::new(each.iter().sum());
        Compared {
            people: 0,
            more: count(self.more),
            less: count(self.less),
            newly: count(self.newly),
            no_longer: count(self.no_longer),
            before: amount(self.before),
            after: amount(self.after),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::array::uniform16;
    use proptest::prelude::*;

    use super::*;
    use crate::charging::last::Scale;

    proptest! {
        /// A part of a small amount is the part of the amount, up to the greatest of each, beside
        /// whatever others.
        #[test]
        fn parts_are_the_same_in_either_size(
            mut each in uniform16(0..=Small::MOST.pence()),
            hundredths in prop_oneof![0u32..=100_000, Just(0), Just(9_999), Just(10_000), Just(100_000)],
        ) {
            let percent = Percent::parse(&Pence::new(hundredths.into()).to_string()).unwrap();
            // Beside the ends, amounts of which every part is whole.
            let whole = each[2] / 10_000 * 10_000;
            each[..4].copy_from_slice(&[0, Small::MOST.pence(), whole, 10_000]);
            let each = each.map(Pence::new);
            let abreast = Abreast::of(each.map(|pence| Small::new(pence).unwrap()));
            for round in [Round::Down, Round::Up] {
                let part = each.map(|pence| percent.of(pence, round));
                prop_assert_eq!(abreast.part(percent, round).each().map(Small::pence), part);
            }
        }

        /// Capital brings the same income in either size, at the ends of each step too.
        #[test]
        fn capital_brings_the_same_in_either_size(
            mut each in uniform16(0..=Small::MOST.pence()), steps in 0i64..40, step in 0i64..30_000,
        ) {
            let lower = 1_425_000;
            for (at, one) in (0..).zip(&mut each[..3]) {
                *one = lower + (steps * step + at - 1).max(0);
            }
            let scale = [lower, 2_325_000, step, 100].map(Pence::new);
            let [lower, upper, step, per_step] = scale;
            let alone = Scale { lower, upper, step, per_step };
            let [lower, upper, step, per_step] =
                scale.map(|amount| Abreast::all(Small::new(amount).unwrap()));
            let abreast = Scale { lower, upper, step, per_step };
            let each = each.map(Pence::new);
            let income = abreast.income(Abreast::of(each.map(|capital| Small::new(capital).unwrap())));
            prop_assert_eq!(income.each().map(Small::pence), each.map(|capital| alone.income(capital)));
        }
    }
}
