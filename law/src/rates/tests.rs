use super::*;
use crate::day::Day;
use crate::pence::Pence;
use crate::working::Status;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn the_book_that_comes_with_the_program_has_every_figure_for_every_day() {
    let book = RateBook::built_in().unwrap();
    let mut at = day("2022-04-11");
    while at <= day("2027-04-11") {
        let rates = book.on(at).unwrap();
        assert!(rates.from <= at && at <= rates.until);
        at = at.plus_days(1);
    }
    assert!(book.on(day("2022-04-10")).is_err());
    let error = book.on(day("2027-04-12")).unwrap_err().to_string();
    assert!(error.contains("2027-04-12") && error.contains("--rates"), "{error}");
}

#[test]
fn each_figure_changes_on_its_own_day() {
    let book = RateBook::built_in().unwrap();
    let on = |text, code| book.on(day(text)).unwrap().get(code).to_string();
    assert_eq!(on("2025-04-06", Code::Pea), "30.15");
    assert_eq!(on("2025-04-07", Code::Pea), "30.65");
    assert_eq!(on("2025-03-31", Code::FncStandard), "235.88");
    assert_eq!(on("2025-04-01", Code::FncStandard), "254.06");
}

#[test]
fn a_place_corrects_a_figure_and_adds_one_in_mid_year() {
    let own = r#"
        year = "2026-27"
        from = "2026-04-06"
        until = "2027-04-11"
        [[figure]]
        code = "mig-child"
        amount = "107.00"
        per = "week"
        source = "LAC(DHSC)(2026)2, read by the council"
        status = "sourced"
        [[figure]]
        code = "fnc-standard"
        amount = "270.00"
        per = "week"
        from = "2026-10-01"
        source = "DHSC, September 2026"
        status = "sourced"
    "#;
    let book = RateBook::with(&[("own.toml", own)]).unwrap();
    let before = book.on(day("2026-09-30")).unwrap();
    assert_eq!(before.get(Code::MigChild), Pence::parse("107.00").unwrap());
    assert_eq!(before.figure(Code::MigChild).status, Status::Sourced);
    assert_eq!(before.get(Code::FncStandard), Pence::parse("267.68").unwrap());
    let after = book.on(day("2026-10-01")).unwrap();
    assert_eq!(after.get(Code::FncStandard), Pence::parse("270.00").unwrap());
}

#[test]
fn a_fault_is_named() {
    let faults = |own: &str| {
        let faults = RateBook::with(&[("own.toml", own)]).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    let head = "year = \"2027-28\"\nfrom = \"2027-04-12\"\nuntil = \"2028-04-09\"\n";
    let one = |code: &str, source: &str| {
        format!(
            "[[figure]]\ncode = \"{code}\"\namount = \"1.00\"\nper = \"week\"\nsource = \"{source}\"\nstatus = \"sourced\"\n"
        )
    };
    for (own, said) in [
        (format!("{head}{}", one("pea", "x")), "mig-child has no figure from 2027-04-12"),
        (format!("{head}{}", one("pea", " ")), "pea from 2027-04-12 has no source"),
        (format!("{head}{}", one("pae", "x")), "‘pae’ is not the code of a figure"),
        (format!("{head}{0}{0}", one("pea", "x")), "pea from 2027-04-12 is given twice"),
        (head.replace("04-12", "05-12") + &one("pea", "x"), "leaves a gap after 2026-27"),
        (head.replace("2027-04-12", "2027-04-02") + &one("pea", "x"), "overlaps 2026-27"),
        ("year = 3".to_owned(), "own.toml: "),
    ] {
        let found = faults(&own);
        assert!(found.contains(said), "{said}: {found}");
    }
}
