//! What a person pays, from asking for an assessment to the letter; and how little others see of it.

use std::sync::Arc;

use axum::http::StatusCode;
use care::record::fact::{ChargeDecided, Fact, Ground};
use care::record::ids::PersonId;

use super::standings::{begun, decided, entry, joined};
use super::world::{Browser, HERE, World, resident, seat, start, stranger};

/// A form as an officer fills it in: £300 a week, and care of £200.
const MEANS: &str = "from-day=1&from-month=1&from-year=2026&born-day=1&born-month=1&born-year=1950\
    &household=single&setting=home&income-0-kind=state-pension&income-0-amount=300\
    &income-0-every=week&service-0-kind=home-care&service-0-amount=200&service-0-every=week";

struct Finance {
    world: World,
    person: PersonId,
    social_worker: Browser,
    officer: Browser,
    second: Browser,
    own: Browser,
}

impl Finance {
    async fn asked() -> Self {
        let world = World::new();
        let one = resident(1, HERE);
        let person = one.person;
        world.register(vec![one]);
        let social_worker = world.sign_in(&seat("social-worker"), None);
        let (officer, second) = (
            world.sign_in(&seat("finance-officer"), None),
            world.sign_in(&seat("finance-officer"), None),
        );
        let own = world.sign_in(&seat("resident"), Some(person));
        world.tell(vec![(
            person,
            vec![
                entry(&stranger(), begun(1)),
                entry(&stranger(), joined(social_worker.user, true)),
            ],
        )]);
        world.found(1, start(), vec![(person, HERE.to_owned(), 3)]);
        let finance = Self { world, person, social_worker, officer, second, own };
        finance.ask().await;
        finance
    }

    /// Has an assessment asked for, which opens the record to finance until it is decided.
    async fn ask(&self) {
        let told = "told-on-day=1&told-on-month=1&told-on-year=2026&to=southwark-finance\
                    &words=Rings+on+Mondays";
        self.sent(&self.social_worker, "ask", told).await;
    }

    fn path(&self, part: &str) -> String {
        format!("/person/{}/means/{part}", self.person)
    }

    async fn sent(&self, browser: &Browser, part: &str, form: &str) -> String {
        let answer = self.world.post(&self.path(part), browser, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{part}: {}", answer.body);
        answer.location().to_owned()
    }

    /// Drafts and decides, by two officers.
    async fn decide(&self, means: &str) {
        self.sent(&self.officer, "enter", &format!("do=keep&{means}")).await;
        let page = self.page(&self.second).await;
        let (_, link) = page.split_once("means/decide/").expect("a link to decide");
        let decide = format!("decide/{}", link.split('"').next().unwrap());
        self.sent(&self.second, &decide, "words=").await;
    }

    async fn page(&self, browser: &Browser) -> String {
        let path = format!("/person/{}/means", self.person);
        self.world.get(&path, browser).await.body
    }
}

#[tokio::test]
async fn one_drafts_another_decides_and_the_person_reads_why() {
    let finance = Finance::asked().await;
    let work = finance.world.get("/work", &finance.officer).await.body;
    assert!(work.contains("Work out what the person pays"), "{work}");
    let shown = finance
        .world
        .post(&finance.path("enter"), &finance.officer, &format!("do=show&{MEANS}"))
        .await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.body.contains("Minimum income guarantee")
            && shown.body.contains("SI 2014/2672 reg 7")
    );
    assert!(finance.page(&finance.own).await.contains("Nothing has been decided yet"));
    finance
        .sent(&finance.officer, "enter", &format!("do=keep&words=Bank+letter+seen&{MEANS}"))
        .await;

    let page = finance.page(&finance.officer).await;
    assert!(!page.contains("means/decide/"), "whoever drafted it does not decide it: {page}");
    let page = finance.page(&finance.second).await;
    let (_, link) = page.split_once("means/decide/").expect("a link to decide");
    let decide = format!("decide/{}", link.split('"').next().unwrap());
    let own = finance.world.post(&finance.path(&decide), &finance.officer, "words=").await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.body.contains("somebody else must decide it"));
    finance.sent(&finance.second, &decide, "words=Ring+us+if+this+is+wrong").await;
    let again = finance.world.get(&finance.path(&decide), &finance.officer).await;
    assert_eq!(
        again.status,
        StatusCode::SEE_OTHER,
        "a draft decided meanwhile leads to how it stands"
    );

    // £300 less £232.60, the guarantee of 2025-26; and the person was born before April 1951 with an
    // income too high for savings credit, so £7.05 is left out.
    for browser in [&finance.own, &finance.social_worker] {
        let page = finance.page(browser).await;
        assert!(page.contains("£60.35 a week since 1 January 2026"), "{page}");
        assert!(page.contains("Savings credit left out"));
    }
    let letter = finance.world.get(&finance.path("letter"), &finance.own).await.body;
    assert!(
        letter.contains("you pay £60.35 a week") && letter.contains("Ring us if this is wrong")
    );
}

#[tokio::test]
async fn a_letter_about_the_full_cost_shows_no_means_that_it_does_not_go_by() {
    for (answer, why, easy) in [
        (
            "not-disclosed=yes",
            "You did not show us what money you have",
            "did not show us your money",
        ),
        (
            "light-ground=can-pay-in-full&light-agreed=yes",
            "You told us that you can pay all that the care costs",
            "You said that you can pay for all of your care",
        ),
    ] {
        let finance = Finance::asked().await;
        finance.decide(&format!("{MEANS}&{answer}")).await;
        let letter = finance.world.get(&finance.path("letter"), &finance.own).await.body;
        let page = finance.page(&finance.own).await;
        for told in [&letter, &page] {
            assert!(told.contains(why) && told.contains("What the care costs"), "{answer}: {told}");
            for means in ["Minimum income guarantee", "Income that counts", "Left over"] {
                assert!(!told.contains(means), "{answer}: {means}: {told}");
            }
        }
        let path = format!("{}?print=easy-read", finance.path("letter"));
        let letter = finance.world.get(&path, &finance.own).await.body;
        assert!(letter.contains(easy), "{answer}: {letter}");
        let officer = finance.page(&finance.officer).await;
        assert!(officer.contains("the charge does not go by it"), "{officer}");
    }
}

#[tokio::test]
async fn whoever_has_no_business_with_money_sees_none_of_it() {
    let finance = Finance::asked().await;
    finance
        .sent(&finance.officer, "enter", &format!("do=keep&words=Bank+letter+seen&{MEANS}"))
        .await;
    let nurse = finance.world.sign_in(&seat("community-nurse"), None);
    let surgery = finance.world.sign_in(&seat("gp-practice"), None);
    for browser in [&nurse, &surgery] {
        let page = finance.world.get(&format!("/person/{}", finance.person), browser).await;
        assert_eq!(page.status, StatusCode::OK);
        for told in ["financial assessment", "Bank letter", "/means"] {
            assert!(!page.body.contains(told), "{told}");
        }
        let means = finance.world.get(&format!("/person/{}/means", finance.person), browser).await;
        assert_eq!(means.status, StatusCode::NOT_FOUND, "{}", means.body);
    }
    let page = finance.world.get(&format!("/person/{}", finance.person), &finance.own).await.body;
    assert!(page.contains("Drafted a financial assessment"), "the person sees their own: {page}");
}

#[tokio::test]
async fn the_person_says_it_themselves_and_the_officer_starts_from_there() {
    let finance = Finance::asked().await;
    finance
        .sent(&finance.own, "enter", &format!("do=keep&words=My+rent+goes+up+soon&{MEANS}"))
        .await;
    let page = finance.page(&finance.officer).await;
    assert!(page.contains("The person told us what their income and costs are"), "{page}");
    let form = finance.world.get(&finance.path("enter"), &finance.officer).await.body;
    let (_, list) = form.split_once("<optgroup label=\"Pensions\">").expect("kinds under headings");
    let (pensions, _) = list.split_once("</optgroup>").unwrap();
    assert!(pensions.contains(">State Pension<") && !pensions.contains("Earnings"), "{pensions}");
    assert!(form.contains("value=\"300.00\"") && form.contains("value=\"200.00\""), "{form}");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_lost() {
    let finance = Finance::asked().await;
    let before = finance.world.counts().entries;
    let wrong = MEANS.replace("amount=300", "amount=lots");
    let answer = finance
        .world
        .post(&finance.path("enter"), &finance.officer, &format!("do=keep&{wrong}"))
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in [
        "Income, line 1: enter an amount in pounds",
        "href=\"#income-0-amount\"",
        "value=\"lots\"",
        "value=\"200\"",
    ] {
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    assert_eq!(finance.world.counts().entries, before);
}

/// The number of the entry that a form says it opened with.
fn base_of(form: &str) -> &str {
    let (_, rest) =
        form.split_once("name=\"base\" value=\"").expect("a form that opened with means");
    rest.split('"').next().unwrap()
}

#[tokio::test]
async fn every_row_says_who_said_it_and_nobody_can_say_it_for_another() {
    let finance = Finance::asked().await;
    let rent = "&housing-0-kind=rent&housing-0-amount=20";
    finance.sent(&finance.own, "enter", &format!("do=keep&{MEANS}{rent}")).await;
    let form = finance.world.get(&finance.path("enter"), &finance.officer).await.body;
    assert_eq!(form.matches("Said by the person").count(), 2, "{form}");

    // The officer changes the rent and adds a pension; the State Pension stays as the person said it.
    let known = format!("base={}&income-0-as=0&housing-0-as=0", base_of(&form));
    let changed = "&housing-0-kind=rent&housing-0-amount=10&income-1-kind=annuity&income-1-amount=5\
                   &income-1-suppliedBy=the+person";
    let shown = format!("do=show&{known}&{MEANS}{changed}");
    let shown = finance.world.post(&finance.path("enter"), &finance.officer, &shown).await.body;
    assert_eq!(shown.matches("Said by the person").count(), 1, "{shown}");
    assert_eq!(shown.matches("Changed by you").count(), 1, "{shown}");
    finance.sent(&finance.officer, "enter", &format!("do=keep&{known}&{MEANS}{changed}")).await;

    let page = finance.page(&finance.own).await;
    let row = |what: &str| page.split("<tr").skip(1).find(|row| row.contains(what)).unwrap();
    assert!(row("£300.00 a week").contains(">you<"), "{page}");
    for what in ["£10.00 a week", "£5.00 a week"] {
        assert!(row(what).contains("finance-officer Worker"), "{what}: {page}");
    }
}

#[tokio::test]
async fn where_the_years_amounts_are_missing_what_is_told_is_kept_and_waits_for_them() {
    let finance = Finance::asked().await;
    let means = MEANS.replace("from-month=1&from-year=2026", "from-month=6&from-year=2027");
    let missing =
        "The amounts for 1 June 2027 are not here yet: those we have end on 11 April 2027";
    let (path, show) = (finance.path("enter"), format!("do=show&{means}"));
    let shown = finance.world.post(&path, &finance.officer, &show).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains(missing), "{}", shown.body);
    assert!(shown.body.contains("value=\"300\""), "what was typed is still there");

    finance.sent(&finance.own, "enter", &format!("do=keep&{means}")).await;
    finance.sent(&finance.officer, "enter", &format!("do=keep&{means}")).await;
    let page = finance.page(&finance.second).await;
    let (_, link) = page.split_once("means/decide/").expect("a link to decide");
    let decide = finance.path(&format!("decide/{}", link.split('"').next().unwrap()));
    let page = finance.world.get(&decide, &finance.second).await;
    assert!(page.body.contains(missing), "{}", page.body);
    let refused = finance.world.post(&decide, &finance.second, "words=").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
    assert!(refused.body.contains("Nothing is lost: decide when they are"), "{}", refused.body);
    assert!(finance.page(&finance.second).await.contains("means/decide/"), "it waits");
}

#[tokio::test]
async fn what_nobody_has_seen_is_asked_for_until_it_is_seen() {
    let finance = Finance::asked().await;
    let savings = "&capital-0-kind=savings&capital-0-amount=15000&partner-born-day=";
    finance.sent(&finance.officer, "enter", &format!("do=keep&{MEANS}{savings}")).await;
    let pension = "for State Pension, £300.00 a week: your newest letter about it";
    let saved = "for Savings, £15,000.00: statements for the last three months";
    let asks = [
        (&finance.own, "", "What we need from you next"),
        (&finance.officer, "", "What the person is asked for next"),
        (&finance.own, "/please-send", "Please send us"),
    ];
    for (browser, part, heading) in asks {
        let path = format!("/person/{}/means{part}", finance.person);
        let page = finance.world.get(&path, browser).await.body;
        for told in [heading, pension, saved] {
            assert!(page.contains(told), "{told}: {page}");
        }
    }
    // The statement comes, and then the letter.
    let seen = "&capital-0-seen=Bank+statement+to+3+November";
    finance.sent(&finance.officer, "enter", &format!("do=keep&{MEANS}{savings}{seen}")).await;
    let page = finance.page(&finance.own).await;
    assert!(page.contains(pension) && !page.contains(saved), "{page}");
    assert!(page.contains("Bank statement to 3 November"), "{page}");
    let form = finance.world.get(&finance.path("enter"), &finance.officer).await.body;
    assert!(form.contains("value=\"Bank statement to 3 November\""), "{form}");
    let form = finance.world.get(&finance.path("enter"), &finance.own).await.body;
    assert!(form.contains("We have seen: Bank statement to 3 November"), "{form}");

    let all = format!("{seen}&income-0-seen=Award+letter");
    finance.sent(&finance.officer, "enter", &format!("do=keep&{MEANS}{savings}{all}")).await;
    let page = finance.page(&finance.own).await;
    assert!(!page.contains("Please send us"), "{page}");
}

#[tokio::test]
async fn the_officer_reads_what_was_told_and_what_each_table_is_of() {
    let finance = Finance::asked().await;
    let page = finance.page(&finance.officer).await;
    let told = "The person was told on 1 January 2026 that a charge may be made.";
    for words in ["asked for an assessment on", told, "Rings on Mondays"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!finance.page(&finance.own).await.contains("Rings on Mondays"));
    let has = |page: &str, words: &[&str]| {
        for words in words {
            assert!(page.contains(words), "{words}: {page}");
        }
    };

    finance.sent(&finance.own, "enter", &format!("do=keep&{MEANS}")).await;
    has(&finance.page(&finance.officer).await, &["What was last told: no charge rests on it yet"]);
    finance.sent(&finance.officer, "enter", &format!("do=keep&{MEANS}")).await;
    let page = finance.page(&finance.officer).await;
    let draft = "What the draft rests on: nobody has decided it yet";
    has(
        &page,
        &[draft, "Some of it has come: enter what was seen", "In the words that they read:"],
    );
    finance.decide(MEANS).await;
    let page = finance.page(&finance.officer).await;
    has(&page, &["What the last decision rests on", "How £60.35 was worked out"]);
    assert!(!page.contains("brought in"), "{page}");
    assert!(!finance.page(&finance.social_worker).await.contains("Some of it has come"));
    assert!(!finance.page(&finance.own).await.contains("In the words that they read:"));
}

#[tokio::test]
async fn what_was_brought_in_from_old_records_says_so() {
    let finance = Finance::asked().await;
    let Fact::ChargeDecided(kept) = decided(1) else { unreachable!("a charge that was decided") };
    let mut brought = ChargeDecided::clone(&kept);
    brought.ground = Ground::BroughtIn;
    for row in &mut brought.case.income {
        row.supplied_by = None;
    }
    let fact = Fact::ChargeDecided(Arc::new(brought));
    finance.world.tell(vec![(finance.person, vec![entry(&stranger(), fact)])]);
    let page = finance.page(&finance.social_worker).await;
    for words in ["brought in from old records, ", "old records</td>"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn the_working_stands_beside_last_times_line_by_line() {
    let finance = Finance::asked().await;
    finance.decide(MEANS).await;
    finance.ask().await;
    let now = MEANS.replace("amount=300", "amount=310").replace("month=1", "month=2");
    let now = format!("{now}&housing-0-kind=rent&housing-0-amount=4");
    let form = format!("do=show&{now}");
    let shown = finance.world.post(&finance.path("enter"), &finance.officer, &form).await.body;
    finance.sent(&finance.officer, "enter", &format!("do=keep&{now}")).await;
    let page = finance.page(&finance.second).await;
    let (_, link) = page.split_once("means/decide/").expect("a link to decide");
    let path = finance.path(&format!("decide/{}", link.split('"').next().unwrap()));
    let deciding = finance.world.get(&path, &finance.second).await.body;
    for page in [shown, deciding] {
        for told in [
            "£66.35 a week from 1 February 2026",
            "Last time: £60.35 a week from 1 January 2026. The charge is £6.00 more.",
            "State Pension: £10.00 more",
            "Rent: £4.00, new",
        ] {
            assert!(page.contains(told), "{told}: {page}");
        }
        let (_, row) = page.split_once("<td class=\"govuk-table__cell\">State Pension").unwrap();
        let row = row.split("</tr>").next().unwrap();
        let cells = ["£300.00", "£310.00", "£10.00 more"].map(|cell| row.find(cell));
        assert!(cells.is_sorted() && cells[0].is_some(), "{row}");
    }
}

#[tokio::test]
async fn a_first_week_that_changes_says_both_where_it_begins_and_why_it_changed() {
    let finance = Finance::asked().await;
    finance.decide(MEANS).await;
    finance.ask().await;
    let now = MEANS.replace("amount=300", "amount=310").replace("day=1&from", "day=3&from");
    finance.decide(&now).await;
    let weeks = finance.world.get(&finance.path("weeks"), &finance.own).await.body;
    for words in [
        "This is where the charge begins. From 3 January 2026, £70.35 a week, because",
        "1 January 2026 to 4 January 2026 (4 days)",
    ] {
        assert!(weeks.contains(words), "{words}: {weeks}");
    }
}

#[tokio::test]
async fn the_letter_says_why_and_what_would_change_it() {
    let finance = Finance::asked().await;
    finance.decide(MEANS).await;
    let letter = finance.world.get(&finance.path("letter"), &finance.own).await.body;
    for told in [
        "Why this figure",
        "You have £292.95 a week coming in that counts. You keep £232.60 of it",
        "That leaves £60.35. That is what you pay.",
        "This much income must be left to everyone whose care is not in a care home.",
        "What would change it",
        "If your income were £10 a week more, you would pay £70.35 a week.",
        "tell us, and we will work it out again",
        "What we still need from you",
        "If you think this is wrong",
    ] {
        assert!(letter.contains(told), "{told}: {letter}");
    }
}

#[tokio::test]
async fn what_a_disability_costs_is_asked_for_only_where_it_may_come_off() {
    const COSTS: &str = "If you pay for anything because of an illness or disability";
    let finance = Finance::asked().await;
    finance.decide(MEANS).await;
    let letter = finance.world.get(&finance.path("letter"), &finance.own).await.body;
    assert!(letter.contains(COSTS), "at home: {letter}");
    let moved = "admitted-day=1&admitted-month=1&admitted-year=2026\
                 &permanent-from-day=1&permanent-from-month=1&permanent-from-year=2026";
    let stays = MEANS.replace("setting=home", &format!("setting=care-home-permanent&{moved}"));
    let finance = Finance::asked().await;
    finance.decide(&stays.replace("home-care", "care-home")).await;
    let letter = finance.world.get(&finance.path("letter"), &finance.own).await.body;
    assert!(letter.contains("Personal expenses allowance"), "in a care home: {letter}");
    assert!(!letter.contains(COSTS), "in a care home to stay: {letter}");
}

#[tokio::test]
async fn a_row_more_or_less_loses_nothing_that_was_typed() {
    let finance = Finance::asked().await;
    let before = finance.world.counts().entries;
    let half = MEANS.replace("amount=300", "amount=lots").replace("born-day=1&", "");
    let sent = |what: &str| format!("do={what}&{half}&words=Rings+on+Friday&income-0-tax=5");
    let path = finance.path("enter");
    let more = finance.world.post(&path, &finance.officer, &sent("add-income")).await;
    assert_eq!(more.status, StatusCode::OK);
    for kept in ["value=\"lots\"", "value=\"200\"", "Rings on Friday", "income-2-kind"] {
        assert!(more.body.contains(kept), "{kept}: {}", more.body);
    }
    let less = finance.world.post(&path, &finance.officer, &sent("drop-income-0")).await.body;
    assert!(!less.contains("value=\"lots\"") && less.contains("value=\"200\""), "{less}");
    assert_eq!(finance.world.counts().entries, before);
}

#[tokio::test]
async fn the_person_is_asked_only_what_they_know_and_the_rest_stays() {
    let finance = Finance::asked().await;
    let rare = "&top-up-amount=50&premiums=yes&premium-carer=yes&dre-0-kind=laundry&dre-0-amount=6\
                &dre-0-refused=yes&dre-0-reason=Washed+by+the+home&capital-0-kind=savings\
                &capital-0-amount=900&capital-0-left-out=Held+for+a+child";
    finance.sent(&finance.officer, "enter", &format!("do=keep&{MEANS}{rare}")).await;
    let form = finance.world.get(&finance.path("enter"), &finance.own).await.body;
    for asked in
        ["top-up-amount", "premium-carer", "dre-0-refused", "capital-0-left-out", "income-0-seen"]
    {
        assert!(!form.contains(asked), "{asked}: {form}");
    }
    // They say that they have saved more; nothing else is theirs to say.
    let known = format!("base={}&income-0-as=0&dre-0-as=0&capital-0-as=0", base_of(&form));
    let said = "&dre-0-kind=laundry&dre-0-amount=6&capital-0-kind=savings&capital-0-amount=950\
                &top-up-amount=1&capital-0-left-out=Mine";
    finance.sent(&finance.own, "enter", &format!("do=keep&{known}&{MEANS}{said}")).await;
    let form = finance.world.get(&finance.path("enter"), &finance.officer).await.body;
    for kept in ["value=\"50.00\"", "Washed by the home", "Held for a child", "value=\"950.00\""] {
        assert!(form.contains(kept), "{kept}: {form}");
    }
    assert_eq!(form.matches("Said by the person").count(), 1, "the savings: {form}");
}

#[tokio::test]
async fn somebody_with_authority_says_the_means_for_the_person_while_it_holds() {
    let finance = Finance::asked().await;
    let (world, person) = (&finance.world, finance.person);
    let attorney = world.sign_in(&seat("representative"), Some(person));
    let means = format!("/person/{person}/means");
    assert_eq!(world.get(&means, &attorney).await.status, StatusCode::NOT_FOUND);
    let seen = "kind=lpa-property&holder=representative+Worker&scope=money&document=7000-1234\
                &holds-from-day=1&holds-from-month=1&holds-from-year=2026\
                &seen-on-day=20&seen-on-month=11&seen-on-year=2026\
                &registered-on-day=1&registered-on-month=2&registered-on-year=2026";
    let record = format!("/person/{person}/authority/record");
    let recorded = world.post(&record, &finance.social_worker, seen).await;
    assert_eq!(recorded.status, StatusCode::SEE_OTHER, "{}", recorded.body);

    let page = world.get(&means, &attorney).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("Tell us their income, savings and costs"), "{}", page.body);
    finance.sent(&attorney, "enter", &format!("do=keep&{MEANS}")).await;
    let form = world.get(&finance.path("enter"), &finance.officer).await.body;
    assert!(form.contains("representative Worker"), "who said what: {form}");
    for other in ["", "/assessment", "/authority", "/looked"] {
        let path = format!("/person/{person}{other}");
        let answer = world.get(&path, &attorney).await;
        assert!(!answer.body.contains("A note"), "{path} tells no more than money");
    }
    let elsewhere = format!("/contact/{}", PersonId::of_source("test", "another"));
    assert_eq!(world.get(&elsewhere, &attorney).await.status, StatusCode::NOT_FOUND);

    let shown = world.get(&format!("/person/{person}/authority"), &finance.social_worker).await;
    let (_, link) = shown.body.split_once(&format!("/person/{person}/authority/")).unwrap();
    let end = format!("/person/{person}/authority/{}", link.split('"').next().unwrap());
    let ended = "last-day-day=1&last-day-month=11&last-day-year=2026&why=Revoked+by+deed";
    let answer = world.post(&end, &finance.social_worker, ended).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{end}: {}", answer.body);
    assert_eq!(world.get(&means, &attorney).await.status, StatusCode::NOT_FOUND);
}
