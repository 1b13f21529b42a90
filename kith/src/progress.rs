//! Progress of long work, told on a terminal only.

use std::io::{IsTerminal, Write};

use care::record::moment::Moment;

use crate::clock;

/// Tells how far something is, five times a second.
pub struct Progress {
    told: Option<Moment>,
    shown: bool,
}

impl Progress {
    /// Tells on standard error, if that is a terminal; otherwise nothing.
    pub fn on_terminal() -> Self {
        Self { told: std::io::stderr().is_terminal().then(clock::now), shown: false }
    }

    /// Shows a line in the place of the last, if it is time.
    pub fn tell(&mut self, line: impl FnOnce() -> String) {
        let Some(told) = self.told else { return };
        let now = clock::now();
        if now.microseconds() - told.microseconds() < 200_000 {
            return;
        }
        self.told = Some(now);
        self.shown = true;
        eprint!("\r{:60}", line());
        let _ = std::io::stderr().flush();
    }

    /// Takes the line away.
    pub fn end(&mut self) {
        if self.shown {
            eprint!("\r{:60}\r", "");
        }
    }
}
