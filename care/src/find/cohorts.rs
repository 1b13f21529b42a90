//! The folder of criteria and lists, read as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::criterion::Criterion;
use super::lists::CodeList;
use super::table::{Problem, Problems, TextFile};

const CONDITIONS: &str = ".conditions.csv";
const CODES: &str = ".codes.csv";

/// The whole folder of criteria and lists.
#[derive(Debug, Default)]
pub struct Cohorts {
    /// The criteria that could be read, by id.
    pub criteria: BTreeMap<String, Criterion>,
    /// The lists that could be read, by id.
    pub lists: BTreeMap<String, Arc<CodeList>>,
    /// What is wrong with the others.
    pub problems: Vec<Problem>,
}

impl Cohorts {
    /// Reads the folder: each file by its path in it, such as `older-alone.toml` or
    /// `lists/living-alone.codes.csv`. Files of other kinds are passed over.
    pub fn parse(files: &[TextFile<'_>]) -> Self {
        let mut cohorts = Self::default();
        cohorts.read_lists(files);
        for file in files.iter().filter(|file| is_a(file.name, "toml")) {
            match Criterion::parse(*file, &cohorts.lists) {
                Ok(criterion) => {
                    cohorts.criteria.insert(criterion.id.clone(), criterion);
                }
                Err(problems) => cohorts.problems.extend(problems.0),
            }
        }
        cohorts
    }

    fn read_lists(&mut self, files: &[TextFile<'_>]) {
        let name_of = |file: &TextFile<'_>, ending: &str| {
            let name = file.name.rsplit('/').next()?.strip_suffix(ending)?;
            Some(name.to_owned())
        };
        let find = |id: &str, ending: &str| {
            files.iter().copied().find(|file| name_of(file, ending).as_deref() == Some(id))
        };
        let ids: BTreeSet<String> = files
            .iter()
            .filter_map(|file| name_of(file, CONDITIONS).or_else(|| name_of(file, CODES)))
            .collect();
        for id in ids {
            match (find(&id, CONDITIONS), find(&id, CODES)) {
                (Some(conditions), Some(codes)) => match CodeList::parse(&id, conditions, codes) {
                    Ok(list) => {
                        self.lists.insert(id, Arc::new(list));
                    }
                    Err(problems) => self.problems.extend(problems.0),
                },
                (Some(lone), None) => {
                    self.problems.push(lone.problem(format!("beside it, {id}{CODES} is missing")));
                }
                (None, Some(lone)) => {
                    let what = format!("beside it, {id}{CONDITIONS} is missing");
                    self.problems.push(lone.problem(what));
                }
                (None, None) => {}
            }
        }
    }

    /// The criterion of this id. What is wrong elsewhere in the folder is no hindrance.
    pub fn criterion(&self, id: &str) -> Result<&Criterion, NoCriterion> {
        self.criteria.get(id).ok_or_else(|| {
            let file = format!("{id}.toml");
            let ends = |problem: &&Problem| problem.file.rsplit('/').next() == Some(&file);
            let own: Vec<Problem> = self.problems.iter().filter(ends).cloned().collect();
            if own.is_empty() {
                let known: Vec<&str> = self.criteria.keys().map(String::as_str).collect();
                NoCriterion::Unknown { id: id.to_owned(), known: known.join(", ") }
            } else {
                // A list that could not be read is the cause behind a criterion that misses it.
                let lists = self.problems.iter().filter(|p| is_a(&p.file, "csv")).cloned();
                NoCriterion::Unreadable(Problems(own.into_iter().chain(lists).collect()))
            }
        })
    }
}

/// Why a criterion cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoCriterion {
    /// There is none of that id.
    #[error("there is no criterion ‘{id}’; there is: {known}")]
    Unknown {
        /// What was asked for.
        id: String,
        /// What there is.
        known: String,
    },
    /// It is there, but cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Problems),
}

fn is_a(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::testing::{CODES, CONDITIONS, CRITERION};

    fn check(criterion: &str) -> String {
        let cohorts = Cohorts::parse(&[
            TextFile { name: "lists/test.conditions.csv", text: CONDITIONS },
            TextFile { name: "lists/test.codes.csv", text: CODES },
            TextFile { name: "two.toml", text: criterion },
        ]);
        cohorts.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_criterion_is_checked_as_it_is_read() {
        assert_eq!(check(CRITERION), "");
        let cases = [
            ("id = \"two\"", "id = \"three\"", "must be named three.toml"),
            ("version = \"1\"", "version = \" \"", "‘version’ is empty"),
            ("list-version = \"7\"", "list-version = \"6\"", "it was made for version 6"),
            ("list = \"test\"", "list = \"other\"", "there is no readable list ‘other’"),
            ("tiers = [\"1\"]", "tiers = [\"9\"]", "has no tier ‘9’"),
            ("tiers = [\"1\"]", "include = [\"gout\"]", "has no condition ‘gout’"),
            ("at-least = 2", "at-least = 0", "asks for at least 0 of 3 conditions"),
            ("at-least = 2", "at-least = 4", "asks for at least 4 of 3 conditions"),
            ("from = 18", "from = 18\nto = 17", "nobody is at least 18 and at most 17"),
            // Those of one clause do not count towards another.
            (
                "at-least = 2",
                "at-least = 2\n[[also]]\ntitle = \"gout\"\nlist = \"test\"\nlist-version = \"7\"\n\
                 include = [\"gout_2\"]\nat-least = 2",
                "‘gout’ asks for at least 2 of 1 conditions",
            ),
            ("sources = [\"test\"]", "sources = []", "‘sources’ is empty"),
            ("at-least = 2", "at-leats = 2", "unknown field `at-leats`"),
        ];
        for (from, to, expected) in cases {
            let text = CRITERION.replace(from, to);
            assert_ne!(text, CRITERION, "{from}");
            let said = check(&text);
            assert!(said.starts_with("two.toml: ") && said.contains(expected), "{to}: {said}");
        }
    }

    #[test]
    fn somebody_of_one_age_is_looked_for_and_a_list_may_be_as_long_as_it_can_be_counted() {
        assert_eq!(check(&CRITERION.replace("from = 18", "from = 18\nto = 18")), "");
        let longest = |conditions: usize| {
            let lines =
                |line: &dyn Fn(usize) -> String| (0..conditions).map(line).collect::<String>();
            let names = lines(&|at| format!("one_{at},One {at},1,\n"));
            let codes = lines(&|at| format!("one_{at},195967001,diagnosis,test\n"));
            let names = format!("# version: 7\ncondition,name,tier,body_system\n{names}");
            let codes = format!("# version: 7\ncondition,code,kind,source\n{codes}");
            let cohorts = Cohorts::parse(&[
                TextFile { name: "lists/test.conditions.csv", text: &names },
                TextFile { name: "lists/test.codes.csv", text: &codes },
                TextFile { name: "two.toml", text: CRITERION },
            ]);
            cohorts.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(longest(128), "");
        assert!(longest(129).contains("it looks at 129 conditions; the most is 128"));
        let cohorts = Cohorts::parse(&[
            TextFile { name: "lists/test.conditions.csv", text: CONDITIONS },
            TextFile { name: "lists/test.codes.csv", text: CODES },
            TextFile { name: "two.toml", text: CRITERION },
        ]);
        // Of the list’s seven codes one is of another tier.
        assert_eq!(cohorts.criterion("two").unwrap().codes_known(), 6);
    }

    #[test]
    fn a_broken_draft_beside_it_does_not_stop_a_criterion() {
        let cohorts = Cohorts::parse(&[
            TextFile { name: "lists/test.conditions.csv", text: CONDITIONS },
            TextFile { name: "lists/test.codes.csv", text: CODES },
            TextFile { name: "lists/lone.codes.csv", text: CODES },
            TextFile { name: "two.toml", text: CRITERION },
            TextFile { name: "draft.toml", text: "id = " },
        ]);
        assert!(cohorts.criterion("two").is_ok());
        let draft = cohorts.criterion("draft").unwrap_err().to_string();
        assert!(draft.starts_with("draft.toml: "), "{draft}");
        let lone = "lists/lone.codes.csv: beside it, lone.conditions.csv is missing";
        assert!(draft.contains(lone), "{draft}");
        let unknown = cohorts.criterion("frail").unwrap_err().to_string();
        assert_eq!(unknown, "there is no criterion ‘frail’; there is: two");
    }

    #[test]
    fn the_digest_tells_every_change_apart() {
        let digest = |criterion: &str, codes: &str| {
            let cohorts = Cohorts::parse(&[
                TextFile { name: "lists/test.conditions.csv", text: CONDITIONS },
                TextFile { name: "lists/test.codes.csv", text: codes },
                TextFile { name: "two.toml", text: criterion },
            ]);
            cohorts.criterion("two").unwrap().digest
        };
        let one = digest(CRITERION, CODES);
        assert_eq!(one, digest(CRITERION, CODES));
        assert_ne!(one, digest(&CRITERION.replace("at-least = 2", "at-least = 3"), CODES));
        assert_ne!(one, digest(CRITERION, &format!("{CODES}copd,40956001,resolved,test\n")));
    }
}
