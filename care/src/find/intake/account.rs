//! The account of an import: every item read is taken, left or rejected, and counted once.

use std::collections::BTreeMap;

/// What taking an item did to the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It says what the register says already, or older news.
    Unchanged,
    /// It replaced what the register said.
    Changed,
    /// It was not there before.
    New,
}

/// Counts for one type of resource. All are numbers of items: lines, or entries of a Bundle.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Read.
    pub read: u64,
    /// Taken, and new.
    pub new: u64,
    /// Taken, and it changed what was there.
    pub changed: u64,
    /// Taken, and it said nothing new.
    pub unchanged: u64,
    /// Not needed.
    pub left: u64,
    /// Needed, and could not be taken.
    pub rejected: u64,
    /// With a warning, whatever became of them.
    pub warned: u64,
}

impl Tally {
    /// Taken, in whatever way.
    pub fn taken(&self) -> u64 {
        self.new + self.changed + self.unchanged
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: &Self) {
        self.read += other.read;
        self.new += other.new;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.left += other.left;
        self.rejected += other.rejected;
        self.warned += other.warned;
    }
}

/// The counts of an import by type of resource, and why items were left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// By FHIR resource type; `?` for what could not be told.
    pub kinds: BTreeMap<String, Tally>,
    /// Why items were left: how many by type and reason.
    pub left: BTreeMap<(String, String), u64>,
}

impl Account {
    /// The counts of a type, to be added to.
    pub fn of(&mut self, kind: &str) -> &mut Tally {
        if !self.kinds.contains_key(kind) {
            self.kinds.insert(kind.to_owned(), Tally::default());
        }
        self.kinds.entry(kind.to_owned()).or_default()
    }

    /// Counts an item taken that had been read.
    pub fn taken(&mut self, kind: &str, how: How, items: u64) {
        let tally = self.of(kind);
        match how {
            How::New => tally.new += items,
            How::Changed => tally.changed += items,
            How::Unchanged => tally.unchanged += items,
        }
    }

    /// Counts an item left that had been read.
    pub fn left(&mut self, kind: &str, why: &str) {
        self.of(kind).left += 1;
        *self.left.entry((kind.to_owned(), why.to_owned())).or_default() += 1;
    }

    /// All types together.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        self.kinds.values().for_each(|tally| total.add(tally));
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_adds_up_kind_by_kind() {
        let one = |n: u64| Tally {
            read: n,
            new: n + 1,
            changed: n + 2,
            unchanged: n + 4,
            left: n + 8,
            rejected: n + 16,
            warned: n + 32,
        };
        let mut account = Account::default();
        *account.of("Patient") = one(100);
        *account.of("Condition") = one(200);
        let total = account.total();
        assert_eq!(
            total,
            Tally {
                read: 300,
                new: 302,
                changed: 304,
                unchanged: 308,
                left: 316,
                rejected: 332,
                warned: 364,
            }
        );
        assert_eq!(total.taken(), 302 + 304 + 308);
        for how in [How::New, How::Changed, How::Unchanged] {
            account.taken("Patient", how, 5);
        }
        let patients = one(100);
        let more = Tally {
            new: patients.new + 5,
            changed: patients.changed + 5,
            unchanged: patients.unchanged + 5,
            ..patients
        };
        assert_eq!(*account.of("Patient"), more);
        account.left("Patient", "not needed");
        account.left("Patient", "not needed");
        let why = ("Patient".to_owned(), "not needed".to_owned());
        assert_eq!((account.left[&why], account.of("Patient").left), (2, more.left + 2));
    }

    #[test]
    fn the_account_balances() {
        let mut account = Account::default();
        account.of("Patient").read += 3;
        account.taken("Patient", How::New, 1);
        account.left("Patient", "not needed");
        let outcomes = |total: Tally| total.taken() + total.left + total.rejected;
        assert_eq!(outcomes(account.total()), 2, "one has no outcome yet");
        account.of("Patient").rejected += 1;
        assert_eq!(outcomes(account.total()), account.total().read);
    }
}
