//! Whom a name on the command line means.

use anyhow::{Context as _, bail};
use care::find::register::Resident;
use care::find::search::SearchQuery;
use care::record::ids::{NhsNumber, PersonId};
use care::who::actor::Actor;
use law::day::Day;
use store::engine::Tx;
use store::{Store, StoreError, register, users};
use web::app::Place;

/// How many past imports are looked through for the names of feeds.
const IMPORTS: u32 = 1_000;

/// The names of the feeds whose records are on the register.
pub fn systems(tx: &mut dyn Tx) -> Result<Vec<String>, StoreError> {
    let mut systems: Vec<String> =
        register::last_imports(tx, IMPORTS)?.into_iter().map(|import| import.source).collect();
    systems.sort();
    systems.dedup();
    Ok(systems)
}

/// The resident meant: by NHS number, by id here, or by id in one of the feeds.
pub fn resident(
    tx: &mut dyn Tx,
    systems: &[String],
    id: &str,
) -> Result<Option<Resident>, StoreError> {
    if let Ok(person) = id.parse::<PersonId>() {
        let person = register::person_of(tx, person)?;
        if let Some(resident) = register::resident(tx, person)? {
            return Ok(Some(resident));
        }
    }
    if let Ok(number) = NhsNumber::parse(id) {
        let query = SearchQuery { number: Some(number), ..SearchQuery::default() };
        let page = register::search(tx, &query, 1, None)?;
        if let Some(resident) = page.residents.into_iter().next() {
            return Ok(Some(resident));
        }
    }
    for system in systems {
        let person = register::person_of(tx, PersonId::of_source(system, id))?;
        if let Some(resident) = register::resident(tx, person)? {
            return Ok(Some(resident));
        }
    }
    Ok(None)
}

/// The user of a login, in the seat they hold on a day.
pub fn actor(store: &Store, place: &Place, login: &str, today: Day) -> anyhow::Result<Actor> {
    let found = store.read::<_, StoreError>(|tx| {
        let Some(account) = users::account_of(tx, login)? else { return Ok(None) };
        Ok(Some(web::seat::actor(tx, place, account.user, today)?))
    })?;
    let Some(held) = found else {
        bail!("nobody signs in as ‘{login}’: `kith users list` shows who does");
    };
    held.with_context(|| format!("‘{login}’ holds no role today: `kith users` gives one"))
}
