//! A small list and criterion for the tests of this room.

use std::collections::BTreeMap;

use law::day::{Day, PartialDay};

use super::cohorts::Cohorts;
use super::criterion::Criterion;
use super::register::{Clinical, Coded, Death, Gender, Resident, Source, Verification};
use super::table::TextFile;
use crate::record::ids::PersonId;

pub const ASTHMA: u64 = 195_967_001;
pub const ASTHMA_RESOLVED: u64 = 162_660_004;
pub const DIABETES: u64 = 73_211_009;
pub const COPD: u64 = 13_645_005;
/// In two conditions.
pub const DIABETES_AND_COPD: u64 = 44_054_006;
/// In the list, but not in the tier.
pub const GOUT: u64 = 90_560_007;
/// In no list.
pub const OTHER: u64 = 22_298_006;
pub const ALONE: u64 = 105_529_008;

pub const CONDITIONS: &str = "\
# version: 7
condition,name,tier,body_system
asthma,Asthma,1,lungs
diabetes,Diabetes,1,hormones
copd,Lung disease (COPD),1,lungs
gout_2,Gout,2,joints
";

pub const CODES: &str = "\
# version: 7
condition,code,kind,source
asthma,195967001,diagnosis,test
asthma,162660004,resolved,test
diabetes,73211009,diagnosis,test
diabetes,44054006,diagnosis,test
copd,13645005,diagnosis,test
copd,44054006,diagnosis,test
copd,941201000000103,resolved,test
gout_2,90560007,diagnosis,test
";

pub const CRITERION: &str = r#"
id = "two"
version = "1"
title = "Adults with two or more conditions"
reason = "You have two or more long-term conditions."
sources = ["test"]

[ages]
from = 18

[conditions]
title = "two or more long-term conditions"
list = "test"
list-version = "7"
tiers = ["1"]
at-least = 2
"#;

pub const ALONE_CONDITIONS: &str =
    "# version: 1\ncondition,name,tier,body_system\nlives_alone,Living alone,1,\n";
pub const ALONE_CODES: &str =
    "# version: 1\ncondition,code,kind,source\nlives_alone,105529008,diagnosis,test\n";
pub const ALSO_ALONE: &str = r#"
[[also]]
title = "living alone"
list = "alone"
list-version = "1"
at-least = 1
"#;

pub fn criterion(text: &str) -> Criterion {
    let file = |name, text| TextFile { name, text };
    let mut cohorts = Cohorts::parse(&[
        file("lists/test.conditions.csv", CONDITIONS),
        file("lists/test.codes.csv", CODES),
        file("lists/alone.conditions.csv", ALONE_CONDITIONS),
        file("lists/alone.codes.csv", ALONE_CODES),
        file("two.toml", text),
    ]);
    assert_eq!(cohorts.problems, []);
    let criteria: &mut BTreeMap<String, Criterion> = &mut cohorts.criteria;
    criteria.remove("two").unwrap()
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn when(text: &str) -> Option<PartialDay> {
    (!text.is_empty()).then(|| PartialDay::parse(text).unwrap())
}

/// An active record of a code; no date if the text is empty.
pub fn coded(code: u64, onset: &str) -> Coded {
    Coded {
        record: code,
        code,
        onset: when(onset),
        recorded: None,
        clinical: Clinical::Active,
        verification: Verification::Confirmed,
        updated: None,
    }
}

/// Somebody on the register of whom nothing else is known.
pub fn resident(source: &str, id: &str) -> Resident {
    Resident {
        person: PersonId::of_source(source, id),
        source: Source { system: source.to_owned(), id: id.to_owned() },
        updated: None,
        nhs_number: None,
        nhs_verified: false,
        family: String::new(),
        given: String::new(),
        born: None,
        death: Death::Alive,
        gender: Gender::Unknown,
        ethnicity: None,
        language: None,
        interpreter: false,
        address: Vec::new(),
        postcode: None,
        lsoa: None,
        telephone: None,
        practice: None,
        restricted: false,
        withdrawn: false,
    }
}
