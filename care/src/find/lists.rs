//! Code lists: which SNOMED CT codes make a condition, and which say that it is over.
//!
//! A list is two tables, `lists/<id>.conditions.csv` and `lists/<id>.codes.csv`, both with the
//! list's version in a note at the top.

use std::collections::BTreeMap;

use law::choices;

use crate::record::hash::Hash;

use super::snomed::concept_id;
use super::table::{Problem, Problems, Table, TextFile};

choices! {
    /// What a code in a list says about its condition.
    CodeKind {
        /// The person has it.
        Diagnosis "diagnosis" "diagnosis",
        /// It is over, or has become too mild to count.
        Resolved "resolved" "resolved",
    }
}

/// One version of a code list.
#[derive(Debug)]
pub struct CodeList {
    /// The list's id: the start of its files' names.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its conditions, in the order of the file.
    pub conditions: Vec<Condition>,
    /// Sorted by code.
    meanings: Vec<Meaning>,
    /// SHA-256 of the table of conditions and of the table of codes, as they were read.
    pub digests: [Hash; 2],
}

/// A condition, by our own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Its id, such as `heart_failure`.
    pub id: String,
    /// A name that a resident understands.
    pub name: String,
    /// The tier that criteria choose by, such as `1`.
    pub tier: String,
    /// The part of the body or mind it belongs to.
    pub body_system: String,
}

/// What one code says about one condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meaning {
    /// SNOMED CT concept id.
    pub code: u64,
    /// The condition's place in [`CodeList::conditions`].
    pub condition: usize,
    /// Whether it begins or ends it.
    pub kind: CodeKind,
}

impl CodeList {
    /// Reads a list and checks it: versions that agree, no condition or code twice, check digits.
    pub fn parse(
        id: &str,
        conditions: TextFile<'_>,
        codes: TextFile<'_>,
    ) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let condition_table =
            Table::read(conditions, &["condition", "name", "tier", "body_system"]);
        let code_table = Table::read(codes, &["condition", "code", "kind", "source"]);
        let (condition_table, code_table) = match (condition_table, code_table) {
            (Ok(one), Ok(two)) => (one, two),
            (one, two) => {
                problems.extend(one.err().into_iter().chain(two.err()).flat_map(|all| all.0));
                return Err(Problems(problems));
            }
        };
        let version = agreed_version(codes, &condition_table, &code_table)?;
        let (conditions_read, places) = read_conditions(&condition_table, &mut problems);
        let meanings = read_codes(&code_table, &places, &mut problems);
        for (place, condition) in conditions_read.iter().enumerate() {
            if !meanings.iter().any(|m| m.condition == place && m.kind == CodeKind::Diagnosis) {
                problems.push(conditions.problem(format!(
                    "no code in {} makes the condition ‘{}’",
                    codes.name, condition.id
                )));
            }
        }
        let digests = [Hash::of(conditions.text.as_bytes()), Hash::of(codes.text.as_bytes())];
        let list =
            Self { id: id.to_owned(), version, conditions: conditions_read, meanings, digests };
        Problems::unless(problems, list)
    }

    /// What the list says of a code: nothing, or one meaning for each condition it belongs to.
    pub fn meanings_of(&self, code: u64) -> &[Meaning] {
        let start = self.meanings.partition_point(|meaning| meaning.code < code);
        let length = self.meanings[start..].partition_point(|meaning| meaning.code == code);
        &self.meanings[start..start + length]
    }

    /// Everything the list says, sorted by code.
    pub fn meanings(&self) -> &[Meaning] {
        &self.meanings
    }
}

fn agreed_version(
    codes: TextFile<'_>,
    condition_table: &Table<'_>,
    code_table: &Table<'_>,
) -> Result<String, Problems> {
    let (one, two) = (condition_table.note("version")?, code_table.note("version")?);
    if one == two {
        return Ok(one.to_owned());
    }
    let what = format!("this is version {two} of the list, but its conditions are version {one}");
    Err(codes.problem(what).into())
}

fn read_conditions(
    table: &Table<'_>,
    problems: &mut Vec<Problem>,
) -> (Vec<Condition>, BTreeMap<String, usize>) {
    let mut conditions = Vec::new();
    let mut places = BTreeMap::new();
    for row in &table.rows {
        let read = || {
            Ok(Condition {
                id: row.required(0, "condition")?.to_owned(),
                name: row.required(1, "name")?.to_owned(),
                tier: row.required(2, "tier")?.to_owned(),
                body_system: row.field(3).to_owned(),
            })
        };
        match read() {
            Ok(condition) if places.contains_key(&condition.id) => {
                problems.push(row.problem(format!("‘{}’ is listed twice", condition.id)));
            }
            Ok(condition) => {
                places.insert(condition.id.clone(), conditions.len());
                conditions.push(condition);
            }
            Err(problem) => problems.push(problem),
        }
    }
    (conditions, places)
}

fn read_codes(
    table: &Table<'_>,
    places: &BTreeMap<String, usize>,
    problems: &mut Vec<Problem>,
) -> Vec<Meaning> {
    let mut seen: BTreeMap<(u64, usize), CodeKind> = BTreeMap::new();
    for row in &table.rows {
        let (name, code, kind) = (row.field(0), row.field(1), row.field(2));
        let Some(&condition) = places.get(name) else {
            problems.push(row.problem(format!("‘{name}’ is not one of the list's conditions")));
            continue;
        };
        let Some(kind) = CodeKind::named(kind) else {
            let what = format!("the kind is ‘{kind}’, and must be ‘diagnosis’ or ‘resolved’");
            problems.push(row.problem(what));
            continue;
        };
        match concept_id(code) {
            Ok(code) => {
                if seen.insert((code, condition), kind).is_some() {
                    problems.push(row.problem(format!("{code} is listed twice for ‘{name}’")));
                }
            }
            Err(error) => problems.push(row.problem(format!("‘{code}’: {error}"))),
        }
    }
    seen.into_iter().map(|((code, condition), kind)| Meaning { code, condition, kind }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONDITIONS: &str = "# version: 1\ncondition,name,tier,body_system\n\
        asthma,Asthma,1,lungs\ndiabetes,Diabetes,1,hormones\n";

    fn problems(conditions: &str, codes: &str) -> String {
        let file = |name, text| TextFile { name, text };
        match CodeList::parse("x", file("x.conditions.csv", conditions), file("x.codes.csv", codes))
        {
            Ok(_) => String::new(),
            Err(problems) => problems.to_string(),
        }
    }

    #[test]
    fn a_list_is_checked_as_it_is_read() {
        let head = "# version: 1\ncondition,code,kind,source\n";
        let good = "asthma,195967001,diagnosis,test\ndiabetes,73211009,diagnosis,test\n";
        assert_eq!(problems(CONDITIONS, &format!("{head}{good}")), "");
        let cases = [
            ("asthma,195967002,diagnosis,t\n", "line 5: ‘195967002’: the last digit does not fit"),
            ("asthma,195967001,resolved,t\n", "line 5: 195967001 is listed twice for ‘asthma’"),
            ("gout,90560007,diagnosis,t\n", "line 5: ‘gout’ is not one of the list's conditions"),
            ("asthma,90560007,maybe,t\n", "line 5: the kind is ‘maybe’"),
        ];
        for (line, expected) in cases {
            let said = problems(CONDITIONS, &format!("{head}{good}{line}"));
            assert!(said.contains(expected), "{line}: {said}");
        }
        let said = problems(CONDITIONS, &format!("{head}asthma,195967001,diagnosis,t\n"));
        assert!(said.contains("no code in x.codes.csv makes the condition ‘diabetes’"), "{said}");
        let said =
            problems(CONDITIONS, &format!("{head}{good}").replace("version: 1", "version: 2"));
        assert!(said.contains("version 2 of the list, but its conditions are version 1"), "{said}");
        let twice = format!("{CONDITIONS}asthma,Asthma again,1,\n");
        assert!(problems(&twice, &format!("{head}{good}")).contains("‘asthma’ is listed twice"));
    }
}
