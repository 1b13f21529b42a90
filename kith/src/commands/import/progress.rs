//! Progress, told on a terminal only.

use std::io::{IsTerminal, Write};

use care::record::moment::Moment;

use crate::clock;
use crate::columns::grouped;

/// Tells how far an import is, five times a second.
pub struct Progress {
    size: u64,
    told: Option<Moment>,
    shown: bool,
}

impl Progress {
    /// Tells on standard error, if that is a terminal; otherwise nothing.
    pub fn on_terminal(size: u64) -> Self {
        Self { size, told: std::io::stderr().is_terminal().then(clock::now), shown: false }
    }

    /// So many bytes are behind us, and so many items.
    pub fn tell(&mut self, bytes: u64, items: u64) {
        let Some(told) = self.told else { return };
        let now = clock::now();
        if now.microseconds() - told.microseconds() < 200_000 {
            return;
        }
        self.told = Some(now);
        self.shown = true;
        let percent = (bytes.min(self.size) * 100).checked_div(self.size).unwrap_or(100);
        let (done, all) = (bytes >> 20, self.size >> 20);
        eprint!("\r{percent:3}%  {done} of {all} MB, {} items read ", grouped(items));
        let _ = std::io::stderr().flush();
    }

    /// Takes the line away.
    pub fn end(&mut self) {
        if self.shown {
            eprint!("\r{:60}\r", "");
        }
    }
}
