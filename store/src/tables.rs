//! Every table, for backups. A test compares this list with the tables there are.

use crate::engine::{Reach, Statement};

/// A table and its columns.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// Those of the primary key first.
    pub(crate) columns: &'static [&'static str],
    pub(crate) key: usize,
    /// All its rows, in the order of the key.
    pub(crate) rows: &'static Statement,
    /// One of its rows, if it has any.
    pub(crate) any: &'static Statement,
}

/// Lists tables as `name [key columns] [other columns]`.
macro_rules! tables {
    ($($name:ident [$first:ident $(, $key:ident)*] [$($column:ident),* $(,)?];)+) => {
        /// The tables of a backup.
        pub(crate) const TABLES: &[Table] = &[$(Table {
            name: stringify!($name),
            columns: &[stringify!($first), $(stringify!($key),)* $(stringify!($column),)*],
            key: [stringify!($first), $(stringify!($key),)*].len(),
            rows: &Statement {
                name: concat!("ROWS_OF_", stringify!($name)),
                sql: concat!(
                    "select ", stringify!($first), $(", ", stringify!($key),)*
                    $(", ", stringify!($column),)* " from ", stringify!($name),
                    " order by ", stringify!($first), $(", ", stringify!($key),)*
                ),
                reach: Reach::Whole,
            },
            any: &Statement {
                name: concat!("ANY_OF_", stringify!($name)),
                sql: concat!("select 1 from ", stringify!($name), " limit 1"),
                reach: Reach::Whole,
            },
        }),+];
    };
}

tables! {
    entry [person_id, number] [
        on_date, recorded_at, user_id, user_name, role, organisation, audience, corrects, kind,
        version, body, body_hash, hash,
    ];
    story [person_id] [length, head];
    summary [person_id] [
        stage, keeper, objected, begun_on, last_on, identity, born, nhs_number,
        offer, carer, plan, risk,
    ];
    work [person_id, entry, task] [due, urgent, team, user_id];
    member [person_id, user_id] [since, keeper];
    access [person_id, number] [
        at, user_id, user_name, role, organisation, what, reason, hash,
    ];
    access_log [person_id] [length, head];
    search [user_id, at, number] [user_name, role, organisation, what, shown];
    account [user_id] [
        login, name, password, active, created_at, signed_in_at, person_id,
    ];
    seat [user_id, role, organisation, from_day] [team, until_day];
    run [run_id] [
        criterion, version, reason, digest, as_of, register_version, run_at, registered, adults,
        found, objected, summary,
    ];
    found [person_id, run_id] [practice, neighbourhood, network, fewer, evidence];
    resident [person_id] [
        system, source_id, updated, nhs_number, nhs_claimed, nhs_verified, family, given, sort_key,
        born, death, gender, ethnicity, language, interpreter, address, postcode, lsoa, telephone,
        practice, restricted, withdrawn, content,
    ];
    coded [person_id] [born, death, practice, withdrawn, records];
    resident_name [token, person_id] [];
    described_name [token, person_id] [];
    person_alias [person_id] [stands_for, updated];
    practice [ods] [name, updated];
    organisation_ref [name] [ods, elsewhere];
    code_text [code] [shown];
    practice_note [note_id] [
        written_on, user_id, user_name, role, organisation, theme, title, situation, done, learned,
        withdrawn_on, withdrawn_by,
    ];
    practice_word [token, note_id] [];
    entry_names [id] [secret];
    register_state [id] [version];
    import_run [run_id] [started_at, ended_at, source, account];
}

/// Tables in which a new store already has rows.
pub(crate) const BEGUN: &[&str] = &["register_state"];

/// The statements of the list.
pub(crate) fn statements() -> impl Iterator<Item = &'static Statement> {
    TABLES.iter().flat_map(|table| [table.rows, table.any])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{Store, StoreError};

    /// What the program knows of its own form; and sessions, since nobody is to find themselves
    /// signed in again by a restore.
    const LEFT: [&str; 4] = ["migration", "migrating", "derivation", "session"];

    /// One text makes the tables of both engines, so it is enough to ask the one that can be asked
    /// so easily.
    const COLUMNS: &Statement = &Statement {
        name: "COLUMNS",
        sql: "select m.name, c.name, c.pk from sqlite_master m, pragma_table_info(m.name) c
            where m.type = 'table' and m.name not like 'sqlite%' order by m.name, c.cid",
        reach: Reach::Whole,
    };

    #[test]
    fn a_backup_knows_every_table_and_every_column() {
        let store = Store::open("sqlite::temporary:").unwrap();
        let mut there: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
        let asked: Result<(), StoreError> = store.read(|tx| {
            tx.query(COLUMNS, &[], &mut |row| {
                let column = (row.text(1)?.to_owned(), row.integer(2)?);
                there.entry(row.text(0)?.to_owned()).or_default().push(column);
                Ok(())
            })
        });
        asked.unwrap();
        for left in LEFT {
            assert!(there.remove(left).is_some(), "{left} is not a table");
        }
        for table in TABLES {
            let columns = there.remove(table.name).unwrap_or_default();
            let mut names: Vec<_> = columns.iter().map(|(name, _)| name.as_str()).collect();
            let mut listed = table.columns.to_vec();
            names.sort_unstable();
            listed.sort_unstable();
            assert_eq!(names, listed, "columns of {}", table.name);
            let mut key: Vec<_> = columns.iter().filter(|(_, place)| *place > 0).collect();
            key.sort_by_key(|(_, place)| *place);
            let key: Vec<_> = key.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(key, table.columns[..table.key], "the key of {}", table.name);
        }
        assert!(there.is_empty(), "tables that no backup would hold: {:?}", there.keys());
    }
}
