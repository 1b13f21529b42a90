//! The guides for everyone: what they work out, and that they keep nothing.

use std::sync::{Arc, Mutex};

use axum::http::Method;
use store::engine::{Reach, Statement, Tx};
use store::{StoreError, engine};

use super::world::{Answer, World};

/// Forms that anyone may send, and that change nothing.
pub const PATHS: [&str; 3] = ["/what-might-i-pay", "/could-i-get-support", "/could-the-nhs-pay"];

/// Somebody who is not signed in: what their browser was given with the first page.
struct Passer {
    cookie: String,
    token: String,
}

impl Passer {
    async fn come(world: &World, path: &str) -> Self {
        let page = world.send(Method::GET, path, "", "").await;
        assert_eq!(page.status, 200, "{path}");
        let cookie = page.headers["set-cookie"].to_str().unwrap();
        let (_, rest) = page.body.split_once("name=\"form-token\" value=\"").unwrap();
        Self {
            cookie: cookie.split(';').next().unwrap().to_owned(),
            token: rest.split('"').next().unwrap().to_owned(),
        }
    }

    async fn post(&self, world: &World, path: &str, form: &str) -> Answer {
        let body = format!("form-token={}&{form}", self.token);
        world.send(Method::POST, path, &self.cookie, &body).await
    }
}

/// The example of the officers' command line, as far as the page asks for it: half of a pension of £60
/// is passed on there, so £30 is told here.
pub const AT_HOME: &str = "step=care&where=home&born-day=1&born-month=5&born-year=1986\
    &household=single&income=universal-credit&amount-universal-credit=%C2%A3424.90\
    &every-universal-credit=month&income=pip-daily-living-enhanced\
    &amount-pip-daily-living-enhanced=114.60&every-pip-daily-living-enhanced=week\
    &income=occupational-pension&amount-occupational-pension=30&every-occupational-pension=week\
    &savings=18,436.00&property=no&amount-rent=10&every-rent=week&amount-dre=6.42&every-dre=week\
    &care-cost=391.95";

/// To stay in a care home, with a home that nobody lives in; the cost is not known.
const CARE_HOME: &str = "step=care&where=care-home&born-day=17&born-month=5&born-year=1941\
    &household=single&income=state-pension&amount-state-pension=800&every-state-pension=four-weeks\
    &savings=9000&home=yes&home-value=310000&home-share=alone&home-who=nobody&property=no&nursing=no";

pub const SUPPORT: &str = "step=needs&who=adult&cause=yes&hard=toilet&ways-toilet=assistance\
    &hard=nutrition&ways-nutrition=longer&impact=yes";

pub const NHS: &str = "end=no&place=hospital&need=breathing&after-care=no&done=none";

#[tokio::test]
async fn what_might_be_paid_is_worked_out_and_explained() {
    let world = World::new();
    let path = "/what-might-i-pay";
    let passer = Passer::come(&world, path).await;
    // 98.05 of Universal Credit, 114.60 of PIP, 30.00 of pension and 17.00 for savings (18,436 −
    // 14,250, in steps of 250) are 259.65. What is kept: 120.40, the premiums of 51.55 and 25.15,
    // 10.00 of rent and 6.42 of costs, together 213.52.
    let answer = passer.post(&world, path, AT_HOME).await;
    for part in [
        "You might pay £46.13 a week",
        "The care costs £391.95 a week. The council would pay £345.82.",
        "It is not a decision",
        "£259.65",
        "£424.90",
        "SI 2014/2672",
        "What would change this",
        "Ask for a real assessment",
    ] {
        assert!(answer.body.contains(part), "{part} in {}", answer.body);
    }
    // The same without the cost: the least of what is left over and the cost, which is not known.
    let unknown = AT_HOME.replace("391.95", "");
    let answer = passer.post(&world, path, &unknown).await;
    let most = "You might pay up to £46.13 a week, and never more than the care costs";
    assert!(answer.body.contains(most), "{}", answer.body);
    assert!(!answer.body.contains("000,000"), "no cost is made up: {}", answer.body);
    // The home is left out for twelve weeks, and counts after.
    let answer = passer.post(&world, path, CARE_HOME).await;
    for part in ["For the first 12 weeks", "You might pay up to £", "all that your care costs"] {
        assert!(answer.body.contains(part), "{part} in {}", answer.body);
    }
    let early = answer.body.find("You might pay up to £").unwrap();
    assert!(early < answer.body.find("You might pay all that your care costs").unwrap());
    assert!(!answer.body.contains("000,000"), "{}", answer.body);
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_shown_at_its_page_with_the_rest_kept() {
    let world = World::new();
    let path = "/what-might-i-pay";
    let passer = Passer::come(&world, path).await;
    for (from, to, error, heading) in [
        ("1986", "2020", "This guide is for people who are 18 or older", "What might I pay"),
        ("amount-rent=10", "amount-rent=ten", "Rent: write the amount in pounds", "What your home"),
        ("18,436.00", "", "Write how much you have in savings", "Your savings"),
        ("every-universal-credit=month", "x=y", "Universal Credit: choose how often", "Your money"),
        ("391.95", "0", "Write what the care costs", "What the care costs"),
    ] {
        let answer = passer.post(&world, path, &AT_HOME.replace(from, to)).await;
        assert_eq!(answer.status, 422, "{error}");
        for part in ["There is a problem", error, &format!("<title>Error: {heading}")] {
            assert!(answer.body.contains(part), "{part} in {}", answer.body);
        }
        let kept = answer.body.contains("value=\"114.60\"");
        assert!(kept, "the rest is carried along: {}", answer.body);
    }
    let hostile = AT_HOME.replace("391.95", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
    let answer = passer.post(&world, path, &hostile).await;
    assert!(!answer.body.contains("<script>alert"), "{}", answer.body);
}

#[tokio::test]
async fn the_other_guides_say_what_to_ask_and_decide_nothing() {
    let world = World::new();
    let cases = [
        ("/could-i-get-support", SUPPORT, "You may be able to get support"),
        (
            "/could-i-get-support",
            "step=needs&who=adult&cause=yes&hard=toilet&ways-toilet=danger&impact=yes",
            "You can still ask",
        ),
        (
            "/could-i-get-support",
            "step=needs&who=carer&cause=yes&health=yes&impact=no",
            "carer’s assessment",
        ),
        ("/could-the-nhs-pay", NHS, "Ask for a checklist."),
        ("/could-the-nhs-pay", "end=yes&place=home&after-care=no&done=none", "fast track"),
        ("/could-the-nhs-pay", "end=no&place=home&after-care=yes&done=none", "section 117"),
    ];
    for (path, form, says) in cases {
        let passer = Passer::come(&world, path).await;
        let answer = passer.post(&world, path, form).await;
        assert_eq!(answer.status, 200, "{form}");
        assert!(answer.body.contains(says), "{says} in {}", answer.body);
        assert!(answer.body.contains("It is not a decision"), "{form}");
        assert!(!answer.body.contains("You are eligible"), "{form}");
    }
}

/// What is written to the log, whole.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_that_is_typed_is_kept_or_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let world = World::new();
    let _logging = tracing::subscriber::set_default(subscriber);
    tracing::info!("the log is heard");
    let forms = [
        ("/what-might-i-pay", AT_HOME),
        ("/what-might-i-pay", CARE_HOME),
        ("/what-might-i-pay", "step=about&born-day=31&born-month=2&born-year=1986"),
        ("/could-i-get-support", SUPPORT),
        ("/could-the-nhs-pay", NHS),
    ];
    for (path, form) in forms {
        let passer = Passer::come(&world, path).await;
        let before = rows(&world);
        let answer = passer.post(&world, path, form).await;
        assert_eq!(rows(&world), before, "{path} wrote to the store");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
        assert!(!answer.headers.contains_key("set-cookie"), "{path} sets a cookie");
    }
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(said.contains("the log is heard"), "{said}");
    for typed in ["424.90", "18,436", "310000", "1986", "toilet", "breathing", "savings"] {
        assert!(!said.contains(typed), "{typed} is in the log: {said}");
    }
}

/// How many rows each table has.
fn rows(world: &World) -> Vec<(String, i64)> {
    let names = "select name from sqlite_master where type = 'table' order by name";
    let statement = Statement { name: "TABLES", sql: names, reach: Reach::Whole };
    let read = |tx: &mut dyn Tx| {
        tx.all(&statement, &[], |row: &engine::Row<'_>| row.text(0).map(str::to_owned))
    };
    let names: Vec<String> = world.store.read::<_, StoreError>(read).unwrap();
    assert!(names.len() > 5, "the store has tables: {names:?}");
    let count = |name: String| {
        let sql: &'static str = Box::leak(format!("select count(*) from \"{name}\"").into());
        let number = world.number(&Statement { name: "ROWS", sql, reach: Reach::Whole });
        (name, number)
    };
    names.into_iter().map(count).collect()
}
