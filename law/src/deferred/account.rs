//! What is owed under an agreement, day by day, and the statements of it.
//!
//! Interest is worked out in whole numbers, in thousand-millionths of a penny. What is owed is
//! stated in whole pence with the fraction dropped for good, to the person's advantage, at each
//! statement. A year has its own number of days, 366 in a leap year.

use serde::{Deserialize, Serialize};

use crate::charging::Problem;
use crate::charging::policy::{InterestBasis, PolicyBook};
use crate::day::Day;
use crate::pence::Pence;

/// From a day on, so much is deferred a week; a week's is added when the week is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Deferral {
    /// The first day.
    pub from: Day,
    /// How much a week.
    pub weekly: Pence,
}

/// A fee that is deferred, or a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entry {
    /// The day.
    pub on: Day,
    /// What it is.
    #[serde(default)]
    pub what: String,
    /// How much.
    pub amount: Pence,
}

/// An agreement and what has happened under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// The day it was made.
    pub opened: Day,
    /// What was owed that morning already.
    #[serde(default)]
    pub opening: Pence,
    /// What the security is worth.
    pub security: Pence,
    /// The most that may be owed for care to be deferred.
    pub equity_limit: Pence,
    /// How interest is added up, if the agreement says so itself; else as the place chose on the day
    /// it was made.
    #[serde(default)]
    pub basis: Option<InterestBasis>,
    /// Whether the person pays the interest separately, as they may ask.
    #[serde(default)]
    pub interest_apart: bool,
    /// What is deferred.
    #[serde(default)]
    pub deferrals: Vec<Deferral>,
    /// Fees that are added to it, besides those of the place's policy.
    #[serde(default)]
    pub fees: Vec<Entry>,
    /// Whether the fees of the place's policy are paid separately.
    #[serde(default)]
    pub fees_apart: bool,
    /// What was paid back.
    #[serde(default)]
    pub payments: Vec<Entry>,
    /// When the council gave notice to stop deferring.
    #[serde(default)]
    pub notice_given: Option<Day>,
    /// When the home was sold.
    #[serde(default)]
    pub sold: Option<Day>,
    /// When the person died.
    #[serde(default)]
    pub died: Option<Day>,
}

const MOST_LINES: usize = 1_000;
/// The longest an account is followed.
const MOST_YEARS: i32 = 50;
/// That, in days.
const LONGEST: i32 = 18_263;

impl Account {
    /// Whether it makes sense up to a day: lists in order and of a size an agreement could have.
    pub fn check(&self, until: Day) -> Result<(), Problem> {
        let wrong = |field: String, problem: String| Err(Problem { field, problem });
        let days = until.epoch_days() - self.opened.epoch_days();
        if !(0..=LONGEST).contains(&days) {
            return wrong(
                "asOf".into(),
                format!(
                    "is {until}: from the day the agreement opened, {}, to fifty years on",
                    self.opened
                ),
            );
        }
        let lists = [
            ("deferrals", self.deferrals.len()),
            ("fees", self.fees.len()),
            ("payments", self.payments.len()),
        ];
        if let Some((name, length)) = lists.into_iter().find(|&(_, length)| length > MOST_LINES) {
            return wrong(name.into(), format!("has {length} lines: at most {MOST_LINES}"));
        }
        for (at, pair) in self.deferrals.windows(2).enumerate() {
            if let [before, after] = pair
                && after.from <= before.from
            {
                let said = format!("is {}, not after the one above it", after.from);
                return wrong(format!("deferrals[{}].from", at + 1), said);
            }
        }
        for (name, entries) in [("fees", &self.fees), ("payments", &self.payments)] {
            if let Some(at) = entries.iter().position(|entry| entry.on < self.opened) {
                let said = format!("is before the agreement opened, {}", self.opened);
                return wrong(format!("{name}[{at}].on"), said);
            }
        }
        Ok(())
    }

    /// The agreement as the place's choices make it whole: how interest is added up, by the choice on
    /// the day it was made; the fee for setting it up that day, unless something was owed before; and
    /// each year the fee for keeping it, by the choice then, until it is due.
    pub(super) fn under(&self, policy: &PolicyBook) -> Self {
        let mut whole = self.clone();
        let at_first = policy.on(self.opened);
        whole.basis.get_or_insert(at_first.deferred_interest_basis);
        if self.fees_apart {
            return whole;
        }
        let mut add = |on: Day, what: &str, amount: Pence| {
            if !amount.is_nothing() {
                whole.fees.push(Entry { on, what: what.to_owned(), amount });
            }
        };
        if self.opening.is_nothing() {
            add(self.opened, "setting up the agreement", at_first.deferred_setup_fee);
        }
        let years = (1..=MOST_YEARS).map(|year| self.opened.plus_months(12 * year));
        for on in years.take_while(|&on| self.due().is_none_or(|due| on < due)) {
            add(on, "keeping the agreement for a year", policy.on(on).deferred_yearly_fee);
        }
        whole
    }

    /// What is deferred in the week that begins on a day; nothing after the home is sold, the
    /// person has died or the council's notice has run out.
    pub(super) fn weekly(&self, week: Day) -> Pence {
        let over = [self.sold, self.died, self.notice_ends()].into_iter().flatten().min();
        if over.is_some_and(|over| week > over) {
            return Pence::ZERO;
        }
        let newest = self.deferrals.iter().rev().find(|deferral| deferral.from <= week);
        newest.map_or(Pence::ZERO, |deferral| deferral.weekly)
    }

    /// The day the council's notice runs out: thirty days after it is given.
    pub fn notice_ends(&self) -> Option<Day> {
        self.notice_given.map(|given| given.plus_days(30))
    }

    /// The day it is due: the day of the sale, or the ninetieth after death, whichever is first.
    pub fn due(&self) -> Option<Day> {
        [self.sold, self.died.map(|died| died.plus_days(90))].into_iter().flatten().min()
    }
}

/// A penny, in the smallest unit that is counted.
const PENNY: i128 = 1_000_000_000;

/// What is owed while it is being followed.
#[derive(Debug, Clone)]
pub(super) struct Running<'a> {
    account: &'a Account,
    /// The day that comes next.
    pub(super) day: Day,
    /// What is owed.
    balance: i128,
    /// Interest that is worked out and not yet added.
    accrued: i128,
    /// Interest that the person pays separately.
    apart: i128,
    month: i32,
    week_day: u8,
    pub(super) moved: Moved,
    pub(super) reached: Reached,
}

/// What moved since the last statement.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moved {
    pub(super) deferred: Pence,
    pub(super) fees: Pence,
    pub(super) paid: Pence,
}

/// The days on which what is owed first came so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reached {
    pub(super) half: Option<Day>,
    pub(super) seventy: Option<Day>,
    pub(super) limit: Option<Day>,
}

const fn whole(amount: i128) -> i128 {
    amount.div_euclid(PENNY)
}

fn pence(whole: i128) -> Pence {
    Pence::new(i64::try_from(whole).unwrap_or(i64::MAX))
}

fn days_in_year(day: Day) -> i128 {
    if Day::new(day.year(), 2, 29).is_some() { 366 } else { 365 }
}

impl<'a> Running<'a> {
    pub(super) fn new(account: &'a Account) -> Self {
        let mut running = Self {
            account,
            day: account.opened,
            balance: i128::from(account.opening.pence()) * PENNY,
            accrued: 0,
            apart: 0,
            month: 1,
            week_day: 0,
            moved: Moved::default(),
            reached: Reached::default(),
        };
        running.look(account.opened);
        running
    }

    /// Whether anything is owed that bears interest.
    pub(super) fn bears_interest(&self) -> bool {
        self.balance > 0
    }

    /// What is owed, interest not yet added included, in whole pence.
    pub(super) fn owed(&self) -> Pence {
        pence(whole(self.balance + self.accrued))
    }

    /// Interest worked out and not yet added, in whole pence.
    pub(super) fn accrued(&self) -> Pence {
        pence(whole(self.accrued))
    }

    /// Follows one day at a rate in hundredths of a percent a year.
    pub(super) fn step(&mut self, rate: i128) {
        let day = self.day;
        let interest = self.balance.max(0) * rate / (10_000 * days_in_year(day));
        if self.account.interest_apart {
            self.apart += interest;
        } else {
            self.accrued += interest;
        }
        let tomorrow = day.plus_days(1);
        self.week_day += 1;
        let week_over = self.week_day == 7;
        let month_over = tomorrow == self.account.opened.plus_months(self.month);
        let add = match self.account.basis.unwrap_or_default() {
            InterestBasis::Daily => true,
            InterestBasis::DailyAddedWeekly => week_over,
            InterestBasis::Monthly => month_over,
        };
        if add {
            self.balance += self.accrued;
            self.accrued = 0;
        }
        if month_over {
            self.month += 1;
        }
        if week_over {
            self.week_day = 0;
            self.defer(day);
        }
        self.enter(day);
        self.look(day);
        self.day = tomorrow;
    }

    /// Defers the week that ends on a day, as far as the equity limit leaves room.
    fn defer(&mut self, day: Day) {
        let asked = self.account.weekly(day.plus_days(-6));
        let limit = i128::from(self.account.equity_limit.pence()) * PENNY;
        let room = pence(whole((limit - self.balance - self.accrued).max(0)));
        let deferred = asked.at_most(room);
        if deferred < asked {
            self.reached.limit.get_or_insert(day);
        }
        self.balance += i128::from(deferred.pence()) * PENNY;
        self.moved.deferred += deferred;
    }

    /// Enters the day's fees and payments; no more is taken than is owed.
    fn enter(&mut self, day: Day) {
        for fee in self.account.fees.iter().filter(|fee| fee.on == day) {
            self.balance += i128::from(fee.amount.pence()) * PENNY;
            self.moved.fees += fee.amount;
        }
        for payment in self.account.payments.iter().filter(|payment| payment.on == day) {
            let owed = pence(whole(self.balance.max(0)));
            let taken = payment.amount.at_most(owed);
            self.balance -= i128::from(taken.pence()) * PENNY;
            self.moved.paid += taken;
        }
    }

    fn look(&mut self, day: Day) {
        let owed = whole(self.balance + self.accrued);
        let security = i128::from(self.account.security.pence());
        if security > 0 && owed * 2 >= security {
            self.reached.half.get_or_insert(day);
        }
        if security > 0 && owed * 10 >= security * 7 {
            self.reached.seventy.get_or_insert(day);
        }
        if owed > 0 && owed >= i128::from(self.account.equity_limit.pence()) {
            self.reached.limit.get_or_insert(day);
        }
    }

    /// Closes a statement: the fraction of a penny is dropped for good, and what moved is handed over
    /// with the balance, the interest added since `opening` and the interest paid separately.
    pub(super) fn close(&mut self, opening: Pence) -> (Pence, Pence, Pence, Moved) {
        let closing = whole(self.balance);
        self.balance = closing * PENNY;
        let apart = whole(self.apart);
        self.apart = 0;
        let moved = std::mem::take(&mut self.moved);
        let closing = pence(closing);
        let interest = closing - opening - moved.deferred - moved.fees + moved.paid;
        (closing, interest, pence(apart), moved)
    }
}
