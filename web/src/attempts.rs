//! Attempts to sign in, counted: so many, then a pause.

use std::collections::HashMap;
use std::hash::Hash as StdHash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use care::record::hash::Hash;
use care::record::moment::Moment;

use crate::address::Address;
use crate::error::Failure;

/// Attempts to sign in that have failed lately, by sign-in name and by address.
#[derive(Debug, Default)]
pub struct Attempts {
    counts: Mutex<(Counts<Hash>, Counts<IpAddr>)>,
}

/// Attempts are counted over so many seconds from the first.
const WINDOW_SECONDS: i64 = 15 * 60;
/// Failures for one sign-in name before a pause.
const PER_LOGIN: u32 = 10;
/// Failures from one address before a pause: a whole surgery may share one.
const PER_ADDRESS: u32 = 100;
/// Names or addresses kept in mind. Beyond it the oldest is forgotten.
const MOST_KEYS: usize = 20_000;

/// Counts by key: when the first was, and how many since.
#[derive(Debug)]
struct Counts<K>(HashMap<K, (Moment, u32)>);

impl<K> Default for Counts<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Copy + Eq + StdHash> Counts<K> {
    /// Minutes to wait, if there were too many.
    fn wait(&mut self, key: K, most: u32, now: Moment) -> Option<u32> {
        let (first, count) = *self.0.get(&key)?;
        let seconds = (first.plus_seconds(WINDOW_SECONDS).microseconds() - now.microseconds())
            .div_euclid(1_000_000);
        if seconds < 0 {
            self.0.remove(&key);
            return None;
        }
        (count >= most).then(|| u32::try_from(seconds / 60 + 1).unwrap_or(u32::MAX))
    }

    fn add(&mut self, key: K, now: Moment) {
        if self.0.len() >= MOST_KEYS && !self.0.contains_key(&key) {
            self.0.retain(|_, (first, _)| first.plus_seconds(WINDOW_SECONDS) > now);
            if self.0.len() >= MOST_KEYS
                && let Some(oldest) = self.0.iter().min_by_key(|(_, (first, _))| *first)
            {
                let oldest = *oldest.0;
                self.0.remove(&oldest);
            }
        }
        self.0.entry(key).or_insert((now, 0)).1 += 1;
    }
}

impl Attempts {
    /// Counts an attempt, or refuses it. Counted first, so that many at once do not slip through.
    pub fn begin(&self, login: &str, from: Address, now: Moment) -> Result<(), Failure> {
        let login = login_key(login);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let (logins, addresses) = &mut *counts;
        let by_login = logins.wait(login, PER_LOGIN, now);
        let by_address = addresses.wait(from.0, PER_ADDRESS, now);
        if let Some(minutes) = by_login.max(by_address) {
            return Err(Failure::TooMany { minutes });
        }
        logins.add(login, now);
        addresses.add(from.0, now);
        Ok(())
    }

    /// Forgets the attempts of someone who got it right.
    pub fn succeeded(&self, login: &str, from: Address) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let (logins, addresses) = &mut *counts;
        logins.0.remove(&login_key(login));
        if let Some((_, count)) = addresses.0.get_mut(&from.0) {
            *count = count.saturating_sub(1);
        }
    }
}

/// A sign-in name as a key: of one size, and no name in memory.
fn login_key(login: &str) -> Hash {
    Hash::of(login.to_lowercase().as_bytes())
}
