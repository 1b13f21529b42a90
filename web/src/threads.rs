//! Where work is done: away from the threads that answer.

use crate::error::Failure;

/// Runs what may wait on the store or work for long, away from the threads that answer.
pub async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(Failure::broken)?
}
