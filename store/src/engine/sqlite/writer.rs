//! `SQLite`'s one writer: it takes what has queued up, does it in one transaction, commits once,
//! and only then tells each caller. One sync of the disk serves them all.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::Connection;

use super::tx::{SqliteTx, run};
use crate::engine::{StoreError, Tx};

/// How many changes share a commit at most, so that the first of them does not wait for ever.
const GROUP: usize = 256;

/// How many changes may queue before callers wait to queue.
const QUEUE: usize = 1_024;

/// How often to ask again for a file that another process holds; each waits out the busy timeout.
const TRIES: usize = 3;

/// The thread that writes, and the way to it.
pub(crate) struct Writer {
    queue: Option<SyncSender<Work>>,
    thread: Option<JoinHandle<()>>,
}

enum Work {
    /// One change among others.
    Grouped(Box<dyn Job>),
    /// The connection itself, for a while.
    Alone(Loan),
}

/// A change, with the way back to whoever asked for it.
trait Job: Send {
    /// Does it, and says whether what was done is to stand.
    fn work(&mut self, tx: &mut SqliteTx<'_>) -> bool;

    /// Tells the caller what became of it.
    fn answer(self: Box<Self>, fate: Result<(), StoreError>);
}

enum Outcome<T, E> {
    Done(Result<T, E>),
    Panicked(Box<dyn Any + Send>),
}

struct Change<F, T, E> {
    work: F,
    outcome: Option<Outcome<T, E>>,
    caller: SyncSender<Outcome<T, E>>,
}

impl<F, T, E> Job for Change<F, T, E>
where
    F: FnMut(&mut dyn Tx) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn work(&mut self, tx: &mut SqliteTx<'_>) -> bool {
        // A panic is undone with the savepoint, and goes on in the thread that asked.
        let work = &mut self.work;
        let outcome = match catch_unwind(AssertUnwindSafe(|| work(tx))) {
            Ok(done) => Outcome::Done(done),
            Err(panic) => Outcome::Panicked(panic),
        };
        let stands = matches!(outcome, Outcome::Done(Ok(_)));
        self.outcome = Some(outcome);
        stands
    }

    fn answer(self: Box<Self>, fate: Result<(), StoreError>) {
        let outcome = match (fate, self.outcome) {
            (Ok(()), Some(outcome))
            | (Err(_), Some(outcome @ (Outcome::Panicked(_) | Outcome::Done(Err(_))))) => outcome,
            (Ok(()), None) => Outcome::Done(Err(lost_thread().into())),
            (Err(error), _) => Outcome::Done(Err(error.into())),
        };
        // A caller that is gone does not need to know.
        let _ = self.caller.send(outcome);
    }
}

fn lost_thread() -> StoreError {
    StoreError::Lost("the thread that writes has ended".to_owned())
}

impl Writer {
    pub(crate) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (queue, work) = sync_channel(QUEUE);
        let named = thread::Builder::new().name("kith-writer".to_owned());
        let thread = named.spawn(move || serve(connection, &work));
        let thread = thread.map_err(|error| StoreError::Engine {
            doing: "starting the thread that writes".to_owned(),
            why: error.to_string(),
        })?;
        Ok(Self { queue: Some(queue), thread: Some(thread) })
    }

    /// Has the writer do `work`; comes back when it is on the disk, or undone.
    pub(crate) fn write<T, E>(
        &self,
        work: impl FnMut(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (caller, answer) = sync_channel(1);
        self.send(Work::Grouped(Box::new(Change { work, outcome: None, caller })))?;
        match answer.recv() {
            Ok(Outcome::Done(done)) => done,
            Ok(Outcome::Panicked(panic)) => resume_unwind(panic),
            Err(_) => Err(lost_thread().into()),
        }
    }

    /// Borrows the connection when the queue comes to it, for work of many rows on this thread.
    pub(crate) fn borrow(&self) -> Result<Borrowed, StoreError> {
        let (give, take) = sync_channel(1);
        let (give_back, back) = sync_channel(1);
        self.send(Work::Alone(Loan { give, back }))?;
        let connection = take.recv().map_err(|_| lost_thread())?;
        Ok(Borrowed { connection: Some(connection), give_back })
    }

    fn send(&self, work: Work) -> Result<(), StoreError> {
        if self.thread.as_ref().is_some_and(|writer| writer.thread().id() == thread::current().id())
        {
            return Err(StoreError::Nested);
        }
        let queue = self.queue.as_ref().ok_or_else(lost_thread)?;
        queue.send(work).map_err(|_| lost_thread())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        let me = std::thread::current().id();
        // A job may hold the last handle of the store: the writer must not wait for itself.
        if let Some(thread) = self.thread.take().filter(|thread| thread.thread().id() != me) {
            // It ends when the queue is empty; a panic in it has nobody left to hear of it.
            let _ = thread.join();
        }
    }
}

struct Loan {
    give: SyncSender<Connection>,
    back: Receiver<Connection>,
}

/// The writer's connection, which goes back whatever happens.
pub(crate) struct Borrowed {
    connection: Option<Connection>,
    give_back: SyncSender<Connection>,
}

impl std::ops::Deref for Borrowed {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("a loan has its connection until it is dropped")
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            undo(&connection);
            let _ = self.give_back.send(connection);
        }
    }
}

fn undo(connection: &Connection) {
    if !connection.is_autocommit() {
        // If even this fails, the next `begin` says so.
        let _ = run(connection, "rollback", "undoing a change");
    }
}

fn serve(mut connection: Connection, queue: &Receiver<Work>) {
    let mut held = None;
    while let Some(work) = held.take().or_else(|| queue.recv().ok()) {
        match work {
            Work::Grouped(job) => held = group(&connection, job, queue),
            Work::Alone(loan) => match loan.give.send(connection) {
                Err(unwanted) => connection = unwanted.0,
                Ok(()) => match loan.back.recv() {
                    Ok(returned) => connection = returned,
                    // Cannot be: a loan goes back when it is dropped. Without it there is no writer.
                    Err(_) => return,
                },
            },
        }
    }
}

/// Starts a transaction that may write, waiting for other processes.
pub(crate) fn begin(connection: &Connection) -> Result<(), StoreError> {
    let mut tries = 1;
    loop {
        match run(connection, "begin immediate", "beginning a change") {
            Err(StoreError::Busy) if tries < TRIES => tries += 1,
            other => return other,
        }
    }
}

/// Does one change and those that queue up behind it. Gives back work that cannot join them.
fn group(connection: &Connection, first: Box<dyn Job>, queue: &Receiver<Work>) -> Option<Work> {
    if let Err(error) = begin(connection) {
        first.answer(Err(error));
        return None;
    }
    let mut done = Vec::new();
    let mut held = None;
    let mut next = Some(first);
    let mut fate = Ok(());
    while let Some(mut job) = next.take() {
        fate = one(connection, job.as_mut());
        done.push(job);
        if fate.is_ok() && done.len() < GROUP {
            match queue.try_recv() {
                Ok(Work::Grouped(job)) => next = Some(job),
                Ok(alone) => held = Some(alone),
                Err(_) => {}
            }
        }
    }
    let fate = fate.and_then(|()| run(connection, "commit", "saving"));
    undo(connection);
    for job in done {
        job.answer(fate.clone());
    }
    held
}

/// One change in its own savepoint. An error here is the whole group's.
fn one(connection: &Connection, job: &mut dyn Job) -> Result<(), StoreError> {
    run(connection, "savepoint change", "beginning a change")?;
    if !job.work(&mut SqliteTx::new(connection)) {
        if connection.is_autocommit() {
            // The engine gave up the whole transaction (a full disk, for one), and the others' work.
            return Err(StoreError::Engine {
                doing: "saving".to_owned(),
                why: "another change in the same moment failed and undid this one; try again"
                    .to_owned(),
            });
        }
        run(connection, "rollback to change", "undoing a change")?;
    }
    run(connection, "release change", "ending a change")
}
