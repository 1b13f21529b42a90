//! What can be checked of the demonstration: its people are such as their stories say.

use std::collections::BTreeSet;

use care::find::search::folded;
use care::record::fact::plan::Agreement;
use care::record::person::Person;
use store::{Store, stories, users};

use super::cast::{self, Tale, Told};
use super::people::{CARER, WITH_A_PLAN};
use super::{Args, Context, NAME, bring_in_charges, build, leave_out, people};
use std::path::{Path, PathBuf};

/// The demo of the journeys: few people, always the same.
fn demo(folder: &Path) -> (Store, Vec<Told>) {
    let policy = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../policy"));
    let url = format!("sqlite:{}", folder.join("demo.sqlite").display());
    let context = Context { db: Some(url.clone()), policy };
    let args = Args { port: 0, residents: 5000, seed: 7, fresh: false };
    build(&args, &context, &url, folder).unwrap();
    let store = Store::open(&url).unwrap();
    let place = crate::place::read(&context, NAME).unwrap();
    let cast = cast::cast(&store).unwrap();
    people::sign_ins(&store, &place, &cast).unwrap();
    bring_in_charges(&args, &context, &url, folder, &cast).unwrap();
    super::stories::tell(&store, &place, &cast).unwrap();
    (store, cast)
}

fn told(cast: &[Told], tale: Tale) -> &Told {
    cast::of(cast, tale).unwrap_or_else(|| panic!("{tale:?} is told of nobody"))
}

#[test]
fn half_a_demo_is_begun_again_and_a_whole_one_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let args = Args { port: 0, residents: 5000, seed: 7, fresh: false };
    let file = folder.path().join("residents-5000-seed-7.sqlite");
    std::fs::write(&file, "whole").unwrap();
    let kept = super::in_a_file_of_its_own(folder.path(), &args);
    assert!(file.exists());
    std::fs::write(kept.building.unwrap(), "").unwrap();
    std::fs::create_dir_all(kept.files.join("fhir")).unwrap();
    super::in_a_file_of_its_own(folder.path(), &args);
    assert!(!file.exists() && !kept.files.exists(), "nothing of it is left");
}

#[test]
fn each_story_is_of_somebody_it_fits_and_those_who_sign_in_are_in_the_middle_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let (store, cast) = demo(folder.path());
    let known = |person| -> Person { store.read(|tx| stories::person(tx, person)).unwrap() };

    // Every story is told, and no two of those told share a name.
    assert_eq!(cast.len(), 9);
    let names: Vec<String> = cast.iter().flat_map(Told::names).map(folded).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");

    // What is written in a plan about an illness is of an illness that the surgery has on record.
    let looked_after = told(&cast, Tale::LookedAfter);
    let words = serde_json::to_string(
        &store
            .read(|tx| stories::load(tx, looked_after.person))
            .unwrap()
            .iter()
            .map(|entry| format!("{:?}", entry.fact))
            .collect::<Vec<_>>(),
    )
    .unwrap();
    assert!(words.contains("Heart failure") && looked_after.lives_with("heart_failure"));
    assert!(looked_after.age >= 60);
    let in_part = told(&cast, Tale::AgreesInPart);
    assert!(in_part.lives_with("osteoporosis") || in_part.lives_with("rheum_ctd"));
    for tale in [Tale::WentIntoHospital, Tale::AfterAFall] {
        assert!(told(&cast, tale).alone, "{tale:?} speaks of somebody who lives alone");
    }
    for one in cast.iter().filter(|one| one.tale != Tale::WentIntoHospital) {
        assert!(!one.lives_with("dementia"), "{:?} does not speak of dementia", one.tale);
    }

    // Who signs in with a plan agreed to it, and has what came since to answer.
    let account = |login: &str| store.read(|tx| users::account_of(tx, login)).unwrap().unwrap();
    let person = account(WITH_A_PLAN).person.unwrap();
    let plan = known(person).plan;
    let (answer, current) = plan.answer().unwrap();
    assert_eq!((answer.said.answer, current), (Agreement::Agrees, false));
    let own = known(told(&cast, Tale::AgreesInPart).person).plan;
    assert_eq!(own.answer().unwrap().0.said.answer, Agreement::InPart);

    // Who looks after them is linked with them, on both stories.
    let carer = account(CARER).person.unwrap();
    for (one, other) in [(person, carer), (carer, person)] {
        let one = known(one);
        assert!(one.carers.holding().any(|link| link.other == Some(other)));
    }
    assert_eq!(told(&cast, Tale::JustInvited).person, account("resident").person.unwrap());
}

#[test]
fn who_looks_after_somebody_has_no_care_of_their_own_to_pay_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("charges.ndjson");
    let line = |id: &str| format!("{{\"id\":\"{id}\",\"case\":{{}}}}\n");
    std::fs::write(&file, ["r1", "r10", "r2"].map(line).concat()).unwrap();
    leave_out(&file, &["r1"]).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), ["r10", "r2"].map(line).concat());
}
