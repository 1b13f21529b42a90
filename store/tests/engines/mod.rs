//! Fresh stores to test on: one of each engine.
//!
//! `PostgreSQL` is started once a test process, in a temporary folder on a UNIX socket, and goes
//! with the process however that ends.

#![allow(dead_code, reason = "each test binary takes what it needs")]

use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use store::Store;

/// Runs a test on a fresh store of each engine.
pub fn each(test: impl Fn(&Store)) {
    for address in addresses() {
        let store = Store::open(&address).expect("a fresh store opens");
        println!("on {:?}", store.kind());
        test(&store);
    }
}

/// The address of a fresh store for each engine that is here.
pub fn addresses() -> Vec<String> {
    let mut addresses = vec!["sqlite::temporary:".to_owned()];
    addresses.extend(postgres());
    addresses
}

/// The address of a fresh database, if a server is installed.
pub fn postgres() -> Option<String> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = SERVER.get_or_init(Server::start).as_ref()?;
    let name = format!("kith{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let mut client = postgres::Client::connect(&server.address("postgres"), postgres::NoTls)
        .expect("the server takes connections");
    client.batch_execute(&format!("create database {name}")).expect("a database is made");
    Some(server.address(&name))
}

struct Server {
    folder: String,
    // Its standard input is the leash: when this process ends, the script reads the end of it.
    _leash: Child,
}

const SCRIPT: &str = r#"
set -e
folder=$(mktemp -d /tmp/kith-postgres.XXXXXX)
trap 'rm -rf "$folder"' EXIT
trap '' INT HUP
initdb -D "$folder/data" -U kith -A trust -E UTF8 --locale=C -N >"$folder/initdb.log" 2>&1
postgres -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off \
    -c max_connections=200 >"$folder/log" 2>&1 </dev/null &
server=$!
tries=0
until pg_isready -q -h "$folder"; do
    tries=$((tries + 1))
    if [ $tries -gt 600 ]; then cat "$folder/log" >&2; exit 1; fi
    sleep 0.1
done
echo "$folder"
cat >/dev/null
kill -QUIT $server
wait $server || true
"#;

impl Server {
    fn start() -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(
                std::env::var_os("KITH_REQUIRE_POSTGRES").is_none(),
                "KITH_REQUIRE_POSTGRES is set and there is no PostgreSQL server here"
            );
            // Past the test harness's capture, so that it is never silent.
            let _ = writeln!(
                std::io::stderr(),
                "LEFT OUT: the PostgreSQL half of the store's tests, as no server is installed \
                 (apt-get install postgresql brings it)"
            );
            return None;
        };
        let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
        let script = format!("PATH='{path}'; export PATH; cd /tmp; {SCRIPT}");
        let mut command = if am_root() {
            // A server refuses to run as root.
            let mut command = Command::new("su");
            command.args(["postgres", "-s", "/bin/sh", "-c", &script]);
            command
        } else {
            let mut command = Command::new("/bin/sh");
            command.args(["-c", &script]);
            command
        };
        let mut leash = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell starts the server");
        let mut folder = String::new();
        BufReader::new(leash.stdout.take().expect("piped")).read_line(&mut folder).expect("text");
        let folder = folder.trim().to_owned();
        assert!(!folder.is_empty(), "the PostgreSQL server did not start");
        Some(Self { folder, _leash: leash })
    }

    fn address(&self, database: &str) -> String {
        format!("postgres://kith@/{database}?host={}", self.folder)
    }
}

fn am_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The folder of the server's programs: the newest of Debian's, or whatever is on the path.
fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian.map(|entry| entry.path().join("bin")).max();
    let path = std::env::var_os("PATH").unwrap_or_default();
    newest
        .into_iter()
        .chain(std::env::split_paths(&path))
        .find(|folder| ["initdb", "postgres"].iter().all(|program| folder.join(program).exists()))
}
