//! Brings a store's tables to the form this program knows. Forwards only.

use crate::engine::{Script, StoreError, Tx, statements};
use crate::{Store, rebuild};

/// The migrations, in order. A store that somebody uses has had them: add, never change.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "stories", include_str!("../migrations/0001_stories.sql")),
    (2, "register", include_str!("../migrations/0002_register.sql")),
    (5, "accounts", include_str!("../migrations/0005_accounts.sql")),
    (6, "runs", include_str!("../migrations/0006_runs.sql")),
    (7, "front door", include_str!("../migrations/0007_front_door.sql")),
    (8, "charged", include_str!("../migrations/0008_charged.sql")),
    (9, "carers", include_str!("../migrations/0009_carers.sql")),
    (10, "plans", include_str!("../migrations/0010_plans.sql")),
    (11, "practice", include_str!("../migrations/0011_practice.sql")),
    (12, "entry names", include_str!("../migrations/0012_entry_names.sql")),
    (13, "lists", include_str!("../migrations/0013_lists.sql")),
];

/// Which computation the derived rows are made by. Count on with every change to what is derived of the
/// same story (`care::record::derived`): a store whose rows were made by another is made anew when it is
/// opened.
const DERIVATION: i64 = 4;

/// Made first, by hand, since the migrations are counted in it. The one row of `migrating` is the
/// lock: whoever changed it last holds it until they commit. That of `derivation` says by which
/// computation the derived rows were made ([`DERIVATION`]).
const FOUNDATION: &str = "
    create table if not exists migration (number bigint primary key, name text not null);
    create table if not exists migrating (id bigint primary key, times bigint not null);
    insert into migrating (id, times) values (1, 0) on conflict (id) do nothing;
    create table if not exists derivation (id bigint primary key, number bigint not null);
    insert into derivation (id, number) values (1, 0) on conflict (id) do nothing;
";

statements! {
    key TAKE_LOCK = "update migrating set times = times + 1 where id = 1";
    whole MIGRATIONS_HAD = "select number from migration order by number";
    key DERIVED_BY = "select number from derivation where id = 1";
    key SET_DERIVED_BY = "update derivation set number = $1 where id = 1";
    key RECORD_MIGRATION = "insert into migration (number, name) values ($1, $2)";
}

/// The number of the last migration this program has.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |(number, ..)| *number)
}

/// Runs what the store has not had, in the transaction given.
pub(crate) fn migrate(tx: &mut dyn Script) -> Result<(), StoreError> {
    tx.script(FOUNDATION)?;
    tx.execute(TAKE_LOCK, &[])?;
    let tables: &mut dyn Tx = tx;
    let had = tables.all(MIGRATIONS_HAD, &[], |row| row.integer(0))?;
    if let Some(&found) = had.last().filter(|found| **found > newest()) {
        return Err(StoreError::Newer { found, known: newest() });
    }
    for &(number, name, sql) in MIGRATIONS.iter().filter(|(number, ..)| !had.contains(number)) {
        let sql = tx.dialect(sql);
        tx.script(&sql)?;
        tx.execute(RECORD_MIGRATION, &[number.into(), name.into()])?;
    }
    Ok(())
}

/// Makes the derived rows anew, if they were made by another computation than this program's. Broken
/// off, it begins again when the store is next opened.
pub(crate) fn derive_anew(store: &Store) -> Result<(), StoreError> {
    let by = store.read(|tx| tx.one(DERIVED_BY, &[], |row| row.integer(0)))?;
    if by == Some(DERIVATION) {
        return Ok(());
    }
    match rebuild::rebuild(store, &mut |_| {}) {
        Ok(_) => store.write(|tx| tx.execute(SET_DERIVED_BY, &[DERIVATION.into()]).map(drop)),
        // A story that cannot be read is for the check of the store to name, which must open it.
        Err(StoreError::Corrupt(_)) => Ok(()),
        Err(error) => Err(error),
    }
}
