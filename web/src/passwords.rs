//! Passwords: hashed slowly, and checked a few at a time.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::Failure;
use crate::threads::off_thread;

/// Longest wait for a turn to have a password checked.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Checks passwords, a few at a time.
pub struct Passwords {
    turns: Arc<Semaphore>,
    decoy: Arc<str>,
}

/// Argon2id with OWASP's parameters: 19 MiB of memory, 2 passes, 1 lane.
fn argon2() -> Result<Argon2<'static>, Failure> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(Failure::broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// A password as it is kept: a PHC string. Takes tens of milliseconds.
pub fn hash_password(password: &str) -> Result<String, Failure> {
    let hash = argon2()?.hash_password(password.as_bytes()).map_err(Failure::broken)?;
    Ok(hash.to_string())
}

impl Passwords {
    /// Ready to check, two at a time.
    pub fn new() -> Result<Self, Failure> {
        let decoy = hash_password("nobody has this account")?.into();
        Ok(Self { turns: Arc::new(Semaphore::new(2)), decoy })
    }

    /// Whether the password is the one that was hashed. Without a hash it is not, after the same
    /// work.
    pub async fn check(&self, password: String, hash: Option<String>) -> Result<bool, Failure> {
        let turn = Arc::clone(&self.turns).acquire_owned();
        let turn = tokio::time::timeout(LONGEST_WAIT, turn).await.map_err(|_| Failure::Busy)?;
        let turn = turn.map_err(Failure::broken)?;
        let decoy = Arc::clone(&self.decoy);
        off_thread(move || {
            let _turn = turn;
            let known = hash.is_some();
            let text = hash.as_deref().unwrap_or(&decoy);
            let hash = PasswordHash::new(text).map_err(Failure::broken)?;
            let right = argon2()?.verify_password(password.as_bytes(), &hash).is_ok();
            Ok(known && right)
        })
        .await
    }
}
