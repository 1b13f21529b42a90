//! `kith users`: who may sign in, and in which seat.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::Context as _;
use care::record::ids::{OrganisationId, PersonId, RoleId, TeamId, UserId};
use care::who::role::Role;
use clap::Subcommand;
use law::day::Day;
use store::users::{self, Account, Seat};
use store::{Store, StoreError, register, stories};

use crate::context::Context;
use crate::{clock, columns, place};

/// See and change who may sign in.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Everyone who may or might sign in.
    List,
    /// Add somebody, with a seat. The password is read from standard input, so that it stays out
    /// of the shell's history.
    Add {
        /// What they type to sign in.
        login: String,
        /// Their name.
        #[arg(long)]
        name: String,
        /// Their role, from `access/roles.toml`.
        #[arg(long)]
        role: String,
        /// The organisation they work for: its ODS code or short name. A resident, or who acts for one,
        /// works for none.
        #[arg(long)]
        organisation: Option<String>,
        /// The team they act in.
        #[arg(long)]
        team: Option<String>,
        /// The person they are, for a resident's own sign-in; for a representative, whom they act for.
        #[arg(long)]
        person: Option<PersonId>,
    },
    /// Give somebody another seat from today; the one they hold ends yesterday.
    Move {
        /// Their login.
        login: String,
        /// The new role.
        #[arg(long)]
        role: String,
        /// The new organisation.
        #[arg(long)]
        organisation: Option<String>,
        /// The new team.
        #[arg(long)]
        team: Option<String>,
    },
    /// Set a password, read from standard input; every session of theirs ends.
    Password {
        /// Their login.
        login: String,
    },
    /// Close an account: they are signed out at once, and may not sign in.
    Close {
        /// Their login.
        login: String,
    },
    /// Open a closed account again.
    Reopen {
        /// Their login.
        login: String,
    },
}

/// The fewest characters of a password (NCSC: length before complexity).
const PASSWORD_MIN: usize = 12;

/// Sees or changes who may sign in.
pub fn run(args: Args, context: &Context) -> anyhow::Result<ExitCode> {
    let store = context.open_store()?;
    match args.what {
        What::List => list(&store)?,
        What::Add { login, name, role, organisation, team, person } => {
            let login = login.trim().to_lowercase();
            anyhow::ensure!(!login.is_empty(), "a login needs at least one character");
            let (role, seat) = seat(context, role, organisation, team)?;
            require_person(&store, &role, person)?;
            let password = read_password()?;
            let account = Account {
                user: UserId::from_uuid(clock::new_id()),
                login: login.clone(),
                name,
                password: Some(password),
                active: true,
                signed_in_at: None,
                person,
            };
            let now = clock::now();
            let added = store.write(move |tx| {
                users::add(tx, &account, now)?;
                users::add_seat(tx, account.user, &seat)
            });
            match added {
                Err(StoreError::Conflict(_)) => anyhow::bail!("the login ‘{login}’ is taken"),
                added => added?,
            }
            println!("{login} may sign in.");
        }
        What::Move { login, role, organisation, team } => {
            let (role, seat) = seat(context, role, organisation, team)?;
            let Account { user, person, .. } = find(&store, &login)?;
            require_person(&store, &role, person)?;
            let yesterday = seat.from.plus_days(-1);
            store.write::<_, StoreError>(move |tx| {
                users::end_seats(tx, user, yesterday)?;
                users::add_seat(tx, user, &seat)
            })?;
            println!("{login} has moved.");
        }
        What::Password { login } => {
            let user = find(&store, &login)?.user;
            let password = read_password()?;
            store.write::<_, StoreError>(move |tx| {
                users::set_password(tx, user, &password)?;
                users::end_sessions_of(tx, user).map(drop)
            })?;
            println!("{login} has a new password, and is signed out everywhere.");
        }
        What::Close { login } => set_active(&store, &login, false)?,
        What::Reopen { login } => set_active(&store, &login, true)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn set_active(store: &Store, login: &str, active: bool) -> anyhow::Result<()> {
    let user = find(store, login)?.user;
    store.write::<_, StoreError>(move |tx| users::set_active(tx, user, active))?;
    let now = if active { "may sign in again" } else { "may not sign in, and is signed out" };
    println!("{login} {now}.");
    Ok(())
}

fn find(store: &Store, login: &str) -> anyhow::Result<Account> {
    let login = login.trim().to_lowercase();
    let found = store.read(|tx| users::account_of(tx, &login))?;
    found.with_context(|| format!("nobody has the login ‘{login}’; see kith users list"))
}

/// A seat from today, if the place has its role, organisation and team; with its role.
fn seat(
    context: &Context,
    role: String,
    organisation: Option<String>,
    team: Option<String>,
) -> anyhow::Result<(Role, Seat)> {
    let place = place::read(context, "")?;
    let id = RoleId::new(role);
    let role = place.roles.get(&id);
    let role = role.with_context(|| format!("there is no role ‘{id}’ in access/roles.toml"))?;
    let organisation = match organisation {
        Some(_) if !role.works() => {
            anyhow::bail!("{id} works for no organisation: leave --organisation out")
        }
        // Nobody else is in it.
        None if !role.works() => OrganisationId::new(id.as_str()),
        Some(organisation) => OrganisationId::new(organisation),
        None => anyhow::bail!("say for which organisation {id} works: --organisation"),
    };
    let known = place.teams.organisation(&organisation).is_some()
        || place.places.practice(organisation.as_str()).is_some()
        || !role.works();
    anyhow::ensure!(known, "the place has no organisation or practice ‘{organisation}’");
    let team = team.map(TeamId::new);
    if let Some(team) = &team {
        anyhow::ensure!(place.teams.team(team).is_some(), "the place has no team ‘{team}’");
    }
    let seat = Seat { role: id, organisation, team, from: clock::today(), until: None };
    Ok((role.clone(), seat))
}

/// Whoever does not work here is a person that we know, or acts for one; whoever works here signs in as
/// nobody but themself.
fn require_person(store: &Store, role: &Role, person: Option<PersonId>) -> anyhow::Result<()> {
    match (role.works(), person) {
        (true, None) => Ok(()),
        (true, Some(_)) => anyhow::bail!("{} works here: leave --person out", role.id),
        (false, None) => anyhow::bail!("say who they are, or for whom they act: --person"),
        (false, Some(person)) => {
            let known = store.read::<_, StoreError>(|tx| {
                let on_register = register::resident(tx, person)?.is_some();
                Ok(on_register || stories::person(tx, person)?.begun.is_some())
            })?;
            anyhow::ensure!(known, "we know nobody with the id {person}: look at it again");
            Ok(())
        }
    }
}

fn read_password() -> anyhow::Result<String> {
    eprintln!("Type the password and press Enter:");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the password")?;
    let password = line.trim_end_matches(['\r', '\n']);
    anyhow::ensure!(
        password.chars().count() >= PASSWORD_MIN,
        "a password needs at least {PASSWORD_MIN} characters: three words do well"
    );
    web::passwords::hash_password(password)
        .map_err(|_| anyhow::anyhow!("the password cannot be hashed on this machine"))
}

fn list(store: &Store) -> anyhow::Result<()> {
    let today: Day = clock::today();
    let mut rows = Vec::new();
    for account in store.read(users::accounts)? {
        let seats = store.read(|tx| users::seats(tx, account.user, today))?;
        let seat = seats.first().map_or_else(
            || "no seat today".to_owned(),
            |seat| {
                let team = seat.team.as_ref().map_or_else(String::new, |team| format!(", {team}"));
                format!("{}, {}{team}", seat.role, seat.organisation)
            },
        );
        let last =
            account.signed_in_at.map_or_else(|| "never".to_owned(), |at| at.utc_day().to_string());
        let state = if account.active { "open" } else { "closed" };
        rows.push(vec![account.login, account.name, seat, state.to_owned(), last]);
    }
    let mut out = std::io::stdout().lock();
    columns::write(&mut out, &["Login", "Name", "Seat", "Account", "Last sign-in"], &rows)?;
    out.flush()?;
    Ok(())
}
