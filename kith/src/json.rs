//! JSON, as every command prints it that is asked for it.

use std::io::Write;

use serde::Serialize;

/// Writes a value so that a person can read it too, and ends the line.
pub fn write(mut out: &mut (impl Write + ?Sized), value: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}
