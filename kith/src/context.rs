//! What every command is given: where the store, the policy and the working files are.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use store::Store;

/// Options that every command takes.
#[derive(Debug, Args)]
pub struct Context {
    /// The store: `sqlite:PATH` or `postgres://…`. Without it, a file in your data folder.
    #[arg(long, global = true, env = "KITH_DB", value_name = "URL")]
    pub db: Option<String>,
    /// The folder that holds this place's choices: cohorts, places, access.
    #[arg(long, global = true, env = "KITH_POLICY", value_name = "DIR", default_value = "policy")]
    pub policy: PathBuf,
}

impl Context {
    /// Where the store is.
    fn store_url(&self) -> anyhow::Result<String> {
        match &self.db {
            Some(url) => Ok(url.clone()),
            None => Ok(format!("sqlite:{}", data_folder()?.join("kith.sqlite").display())),
        }
    }

    /// Opens the store, bringing it up to date.
    pub fn open_store(&self) -> anyhow::Result<Store> {
        let url = self.store_url()?;
        Ok(Store::open(&url)?)
    }

    /// Reads a file of the policy folder.
    pub fn policy_text(&self, file: &str) -> anyhow::Result<String> {
        read_text(&self.policy.join(file))
    }
}

/// Reads a whole text file, naming it where that fails.
pub fn read_text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| {
        format!("cannot read {}: check that the file is there, or give --policy", path.display())
    })
}

/// The folder of this user's data (`XDG_DATA_HOME`, otherwise `~/.local/share`), made if need be.
pub fn data_folder() -> anyhow::Result<PathBuf> {
    let base = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share")))
        .context("there is no home folder to keep the store in: give --db sqlite:PATH")?;
    let folder = base.join("kith");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the data folder {}", folder.display()))?;
    Ok(folder)
}
