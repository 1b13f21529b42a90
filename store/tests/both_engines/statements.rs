//! Every SQL statement of the program, on both engines: it can be prepared, and it reaches no
//! further than it says.

use std::collections::BTreeSet;

use crate::engines::addresses;
use crate::people::peopled;
use store::Store;
use store::engine::Reach;

/// Tables that stay small however many people there are.
const SMALL: [&str; 4] = ["migration", "migrating", "derivation", "register_state"];

/// Indexes that hold only the few rows that are asked for.
const PARTIAL: [&str; 2] = ["summary_carer", "summary_objected"];

#[test]
fn every_statement_runs_on_both_engines_and_none_reads_all_people_by_accident() {
    for address in addresses() {
        let store = Store::open(&address).unwrap();
        peopled(&store, 20, 9);
        store.analyze().unwrap();
        let mut problems = Vec::new();
        for statement in store::statements() {
            let plan = match store.explain(statement) {
                Ok(plan) => plan,
                Err(error) => {
                    problems.push(format!("{}: {error}", statement.name));
                    continue;
                }
            };
            let scanned: Vec<&String> = plan.iter().filter(|line| reads_all(line)).collect();
            if statement.reach == Reach::Key && !scanned.is_empty() {
                problems.push(format!("{} reads a whole table: {plan:?}", statement.name));
            }
        }
        assert!(problems.is_empty(), "on {:?}:\n{}", store.kind(), problems.join("\n"));
    }
}

/// Whether a line of a plan goes through a whole table, or a whole index.
fn reads_all(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '-', '>']);
    let table = line.strip_prefix("SCAN ").or_else(|| {
        // PostgreSQL was told to avoid it where it can.
        line.strip_prefix("Seq Scan on ")
    });
    let Some(table) = table.and_then(|rest| rest.split(' ').next()) else { return false };
    if PARTIAL.iter().any(|index| line.ends_with(&format!("INDEX {index}"))) {
        return false;
    }
    let derived = table.starts_with('(') || ["CONSTANT", "next"].contains(&table);
    !derived && !SMALL.contains(&table)
}

#[test]
fn every_statement_is_in_the_shared_dialect() {
    let forbidden = [
        " for update",
        "ilike",
        "interval ",
        "any(",
        "array[",
        "::",
        " returning *",
        "now()",
        "current_timestamp",
        "random()",
        "autoincrement",
        "serial",
        "temp table",
        "pragma",
    ];
    let mut problems = BTreeSet::new();
    for statement in store::statements() {
        let text = statement.sql.to_lowercase();
        for word in forbidden.iter().filter(|word| text.contains(**word)) {
            problems.insert(format!("{} uses ‘{word}’", statement.name));
        }
    }
    assert!(problems.is_empty(), "{problems:?}");
}
