//! What another choice does to people, added up.

use crate::pence::Pence;

/// What some people pay a week before and after another choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Compared {
    /// How many people.
    pub people: u64,
    /// Who pay more than before.
    pub more: u64,
    /// Who pay less.
    pub less: u64,
    /// Who pay nothing before, and do after.
    pub newly: u64,
    /// Who pay before, and nothing after.
    pub no_longer: u64,
    /// What they pay together before.
    pub before: Pence,
    /// What they pay together after.
    pub after: Pence,
}

impl Compared {
    /// Takes in a person, by what they pay before and after.
    pub fn add(&mut self, before: Pence, after: Pence) {
        self.people += 1;
        self.more += u64::from(after > before);
        self.less += u64::from(after < before);
        self.newly += u64::from(before.is_nothing() && !after.is_nothing());
        self.no_longer += u64::from(after.is_nothing() && !before.is_nothing());
        self.before += before;
        self.after += after;
    }

    /// Takes in others.
    pub fn join(&mut self, other: &Self) {
        self.people += other.people;
        self.more += other.more;
        self.less += other.less;
        self.newly += other.newly;
        self.no_longer += other.no_longer;
        self.before += other.before;
        self.after += other.after;
    }

    /// What they pay together after, less what they pay before.
    pub fn change(&self) -> Pence {
        self.after - self.before
    }
}
