//! `kith demo`: an invented borough, served on this machine.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Parser;
use store::{Store, register};
use web::address::Reached;
use web::gate::DemoSignIn;

use self::cast::Told;
use super::{Arguments, serve};
use crate::context::{Context, data_folder};

mod cast;
mod couple;
mod people;
mod plans;
mod stories;
#[cfg(test)]
mod tests;

/// Build and serve an invented borough, to look around in.
///
/// Everyone in it is invented. It is made by the same steps as a real place: coded records are
/// imported as FHIR, a criterion finds people, and some of them already have a story. The second
/// start goes on with what is there; --fresh begins again.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port on 127.0.0.1.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// How many residents: 1,000 to 2,000,000.
    #[arg(long, value_name = "N", default_value_t = 30_000)]
    residents: u32,
    /// The number all chance comes from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Throw away the last demo, and begin again.
    #[arg(long)]
    fresh: bool,
}

const NAME: &str = "South East London";

/// Builds what is not there yet, and serves it.
pub fn run(args: &Args, context: &Context) -> anyhow::Result<ExitCode> {
    let KeptDemo { url, files, building } = where_to_keep(context, args)?;
    let store = Store::open(&url)?;
    let empty = store.read(register::version)? == 0;
    if empty {
        if let Some(building) = &building {
            std::fs::write(building, "")?;
        }
        drop(store);
        build(args, context, &url, &files)?;
    }
    let store = Arc::new(Store::open(&url)?);
    let place = crate::place::read(context, NAME)?;
    let cast = cast::cast(&store)?;
    let sign_ins = people::sign_ins(&store, &place, &cast)?;
    if empty {
        bring_in_charges(args, context, &url, &files, &cast)?;
        stories::tell(&store, &place, &cast)?;
        std::fs::remove_dir_all(&files)
            .with_context(|| format!("cannot remove the folder {}", files.display()))?;
        building.map_or(Ok(()), std::fs::remove_file)?;
    }
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let shown = sign_ins.clone();
    let app = serve::app(context, store, NAME, Reached::Loopback, sign_ins)?;
    serve::serve(app, listen, |address| print(&shown, address))?;
    Ok(ExitCode::SUCCESS)
}

fn print(sign_ins: &[DemoSignIn], address: SocketAddr) {
    if sign_ins.iter().all(|one| one.login != people::WITH_A_PLAN) {
        println!(
            "\nIn so small a borough not everybody is there who could sign in: nobody fits their story."
        );
        println!("With `--residents 5000` or more somebody does.");
    }
    println!("\nEveryone in this borough is invented. You can sign in as:\n");
    let widest = sign_ins.iter().map(|one| one.login.len()).max().unwrap_or(0);
    println!("  {:widest$}  Who they are", "Name");
    for one in sign_ins {
        println!("  {:widest$}  {}, {}", one.login, one.name, one.role);
    }
    println!("\nThe password is always: {}", people::PASSWORD);
    println!("\nOpen http://{address} in a browser. Stop with Ctrl-C.");
}

/// Where a demo is kept.
struct KeptDemo {
    /// The address of its store.
    url: String,
    /// The folder of the files that are made on the way: away once it is built.
    files: PathBuf,
    /// A file that is there while a demo of our own is being built, so that half of one is begun again.
    building: Option<PathBuf>,
}

/// The store: the one given, otherwise a file of its own in the data folder.
fn where_to_keep(context: &Context, args: &Args) -> anyhow::Result<KeptDemo> {
    let folder = data_folder()?.join("demo");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    Ok(match &context.db {
        Some(url) => {
            let files = folder.join(format!("{}.files", std::process::id()));
            KeptDemo { url: url.clone(), files, building: None }
        }
        None => in_a_file_of_its_own(&folder, args),
    })
}

/// A file for so many residents of this seed. What is asked to be made anew, or was left half built, is
/// thrown away.
fn in_a_file_of_its_own(folder: &Path, args: &Args) -> KeptDemo {
    let file = folder.join(format!("residents-{}-seed-{}.sqlite", args.residents, args.seed));
    let (building, files) = (file.with_extension("building"), file.with_extension("files"));
    if args.fresh || building.exists() {
        for end in ["", "-wal", "-shm"] {
            let mut name = file.clone().into_os_string();
            name.push(end);
            let _ = std::fs::remove_file(name);
        }
        let _ = std::fs::remove_dir_all(&files);
    }
    let url = format!("sqlite:{}", file.display());
    KeptDemo { url, files, building: Some(building) }
}

/// Makes the borough by the commands that a real place would use.
fn build(args: &Args, context: &Context, url: &str, files: &Path) -> anyhow::Result<()> {
    let out = files.join("fhir").display().to_string();
    let (residents, seed) = (args.residents.to_string(), args.seed.to_string());
    step(context, url, &["borough", "--residents", &residents, "--seed", &seed, "--out", &out])?;
    step(context, url, &["import", "fhir", &out])?;
    step(context, url, &["find", "--brief"])?;
    step(context, url, &["find", "--brief", "--criterion", "older-alone"])
}

/// What people pay already, brought in as a place would from the system it had before. Who looks after
/// somebody in a story has no care of their own to pay for.
fn bring_in_charges(
    args: &Args,
    context: &Context,
    url: &str,
    files: &Path,
    cast: &[Told],
) -> anyhow::Result<()> {
    let file = files.join("charges.ndjson");
    let out = file.display().to_string();
    let (residents, seed) = (args.residents.to_string(), args.seed.to_string());
    let people = ["borough", "--residents", &residents, "--seed", &seed, "--finances", &out];
    let partners = cast.iter().filter_map(|told| told.partner.as_ref());
    let partners: Vec<&str> = partners.map(|one| one.source_id.as_str()).collect();
    step(context, url, &people)?;
    leave_out(&file, &partners)?;
    step(context, url, &["import", "charges", &out, "--as", people::OFFICER])
}

/// Takes the lines about some people out of a file of charges.
fn leave_out(charges: &Path, people: &[&str]) -> anyhow::Result<()> {
    let out: Vec<String> = people.iter().map(|id| format!("{{\"id\":\"{id}\",")).collect();
    let lines = std::fs::read_to_string(charges)?;
    let kept =
        lines.split_inclusive('\n').filter(|line| out.iter().all(|one| !line.starts_with(one)));
    Ok(std::fs::write(charges, kept.collect::<String>())?)
}

/// One command, as a person would type it.
fn step(context: &Context, url: &str, words: &[&str]) -> anyhow::Result<()> {
    println!("\n$ kith {}", words.join(" "));
    let policy = context.policy.display().to_string();
    let before = ["kith", "--db", url, "--policy", &policy];
    let arguments = Arguments::try_parse_from(before.iter().chain(words))?;
    super::run(arguments).map(drop)
}
