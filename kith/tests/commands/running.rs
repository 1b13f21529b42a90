//! The program, run as somebody at a command line runs it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

/// The policy that ships.
pub fn policy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy")
}

/// What came of a command.
#[derive(Debug)]
pub struct Answered {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Answered {
    /// The same, where it ended with this code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }

    /// What was printed, as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{}{}", self.out, self.err))
    }

    /// What was printed, as JSON line by line.
    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// A command that is to be run: with the policy that ships and no store, where nothing else is said.
pub struct Kith {
    command: Command,
    input: String,
}

pub fn kith(arguments: &[&str]) -> Kith {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kith"));
    command.args(arguments).env("KITH_POLICY", policy()).env_remove("KITH_DB");
    Kith { command, input: String::new() }
}

impl Kith {
    /// With the policy in this folder.
    pub fn by(mut self, policy: &Path) -> Self {
        self.command.env("KITH_POLICY", policy);
        self
    }

    /// With the store at this address.
    pub fn with(mut self, store: &str) -> Self {
        self.command.env("KITH_DB", store);
        self
    }

    /// From this folder.
    pub fn from(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// On this day.
    pub fn on(mut self, day: &str) -> Self {
        self.command.env("KITH_NOW", format!("{day}T10:00:00Z"));
        self
    }

    /// With this to read.
    pub fn given(mut self, input: &str) -> Self {
        self.input.push_str(input);
        self
    }

    pub fn run(mut self) -> Answered {
        self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().unwrap();
        // Who reads no input may have gone already.
        let _ = child.stdin.take().unwrap().write_all(self.input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Answered {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Begins it and kills it after so many milliseconds: whether it was still at work.
    pub fn killed_after(mut self, wait: u64) -> bool {
        let mut child = self.command.stdout(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(wait));
        let at_work = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        at_work
    }
}

/// A folder of one's own, with a store in it.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The store's address.
    pub fn store(&self) -> String {
        format!("sqlite:{}", self.path("kith.sqlite").display())
    }

    /// A command with this store.
    pub fn kith(&self, arguments: &[&str]) -> Kith {
        kith(arguments).with(&self.store())
    }

    /// Lets somebody sign in, since before any test begins.
    pub fn add_user(&self, login: &str, role: &str, organisation: &str, team: &str) {
        let seat = ["--role", role, "--organisation", organisation, "--team", team];
        let add = [&["users", "add", login, "--name", "Samuel Turner"][..], &seat].concat();
        self.kith(&add).on("2025-01-01").given("a long enough password\n").run().ended(0);
    }
}
