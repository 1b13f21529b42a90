//! What can go wrong in keeping, each with a sentence for the person who runs the system.

/// Why the store could not do what was asked. Unless a case says otherwise, nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A row with this key is already there.
    #[error("this is already in the store ({0}); nothing was changed")]
    Conflict(String),
    /// Others were changing the same rows, and went on doing so through every retry.
    #[error("the store is busy: others are changing the same records; try again in a moment")]
    Busy,
    /// No room on the disk.
    #[error(
        "the disk that holds the store is full: nothing was saved; make room on it and try again"
    )]
    Full,
    /// The store was made by a newer version of the program.
    #[error(
        "this store was made by a newer version of Kith (its form is {found}, this program knows \
         up to {known}); use the newer program"
    )]
    Newer {
        /// The number of the last migration the store has had.
        found: i64,
        /// The number of the last one this program has.
        known: i64,
    },
    /// What is kept cannot be what was put there.
    #[error("the store is damaged: {0}; run ‘kith verify’, and restore from a backup if it agrees")]
    Corrupt(String),
    /// The address of the store is not one.
    #[error("‘{address}’ is not the address of a store: {why}")]
    Address {
        /// As given, without any password.
        address: String,
        /// What is wrong with it.
        why: String,
    },
    /// The store cannot be opened or reached.
    #[error("the store at {address} cannot be opened: {why}")]
    Unreachable {
        /// Where it should be.
        address: String,
        /// What the engine said.
        why: String,
    },
    /// The connection to the database was lost, perhaps while saving.
    #[error(
        "the connection to the database was lost ({0}); what was being saved may or may not have \
         been: look before saving it again"
    )]
    Lost(String),
    /// A text holds a zero byte, which `PostgreSQL` cannot keep and no name or note needs.
    #[error("a text with a zero byte in it cannot be kept; take the byte out and try again")]
    ZeroByte,
    /// A write was begun inside a write, which would wait for itself for ever.
    #[error("a change was begun inside another change; this is a fault in the program")]
    Nested,
    /// Anything else the engine says.
    #[error("the database could not do {doing}: {why}")]
    Engine {
        /// The statement's name, or what was being done.
        doing: String,
        /// What the engine said.
        why: String,
    },
}
