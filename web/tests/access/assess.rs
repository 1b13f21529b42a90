//! The one shared assessment as people use it: told once, each side's words beside the other's, nothing
//! lost when two write at once, forms begun and ended, and what answers call for.

use axum::http::StatusCode;
use care::record::entry::Entry;
use care::record::fact::Fact;
use care::record::ids::PersonId;
use store::stories;

use super::standings::{begun, contact, entry, joined};
use super::world::{Answer, Browser, HERE, TEAM, World, resident, seat, start, stranger};

/// Somebody with a team: a social worker and a nurse; and they sign in themself.
#[derive(Clone)]
pub struct Home {
    pub world: World,
    pub person: PersonId,
    pub social_worker: Browser,
    pub nurse: Browser,
    pub own: Browser,
}

const DAY: i64 = 86_400;
const ABOUT: &str = "q-important-to-me=My+garden&q-important-people-0-name=Rosa\
    &q-important-people-0-relation=sister&q-nobody=no&q-communicate=Speak+slowly";

impl Home {
    pub fn new() -> Self {
        Self::in_world(&World::new(), 1)
    }

    /// The home of the resident of a number, in a world that may have others.
    pub fn in_world(world: &World, number: u32) -> Self {
        world.register(vec![resident(number, HERE)]);
        let home = Self::beside(world, number);
        let Self { world, person, social_worker, nurse, .. } = &home;
        let person = *person;
        world.tell(vec![(
            person,
            vec![
                entry(&stranger(), begun(number)),
                entry(&stranger(), contact(TEAM)),
                entry(&stranger(), joined(social_worker.user, true)),
                entry(&stranger(), joined(nurse.user, false)),
            ],
        )]);
        let run = u8::try_from(number).unwrap();
        world.found(run, start(), vec![(person, HERE.to_owned(), 3)]);
        home
    }

    /// Others who work with the resident of a number, whose home is there already.
    pub fn beside(world: &World, number: u32) -> Self {
        let world = world.clone();
        let person = resident(number, HERE).person;
        let social_worker = world.sign_in(&seat("social-worker"), None);
        let nurse = world.sign_in(&seat("community-nurse"), None);
        let own = world.sign_in(&seat("resident"), Some(person));
        Self { world, person, social_worker, nurse, own }
    }

    pub fn path(&self, part: &str) -> String {
        self.world.at(self.person, part)
    }

    /// A text with what the person’s entries are called, where it says `@3` for the third.
    pub fn spelled(&self, text: &str) -> String {
        self.world.spelled(self.person, text)
    }

    pub fn story(&self) -> Vec<Entry> {
        self.world.store.read(|tx| stories::load(tx, self.person)).unwrap()
    }

    pub async fn page(&self, browser: &Browser, part: &str) -> String {
        // The same user a day later has signed in anew.
        let browser = self.world.again(browser);
        let answer = self.world.get(&self.path(part), &browser).await;
        assert_eq!(answer.status, StatusCode::OK, "{part}: {}", answer.body);
        answer.body
    }

    pub async fn post(&self, browser: &Browser, part: &str, form: &str) -> Answer {
        let browser = self.world.again(browser);
        let answer = self.world.post(&self.path(part), &browser, form).await;
        self.world.wait(1);
        answer
    }

    pub async fn sent(&self, browser: &Browser, part: &str, form: &str) -> String {
        let answer = self.post(browser, part, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{part}: {}", answer.body);
        answer.location().to_owned()
    }

    /// Opens a section: what its form says of itself, to be sent with it.
    pub async fn opened(&self, browser: &Browser, part: &str) -> String {
        hidden(&self.page(browser, part).await)
    }
}

/// What a form says of itself: when it was shown, and what its writer had before them.
pub fn hidden(page: &str) -> String {
    let fields = page.split("<input type=\"hidden\" name=\"").skip(1).filter_map(|rest| {
        let (name, rest) = rest.split_once("\" value=\"")?;
        let value = rest.split('"').next()?;
        ["shown", "saw", "version"].contains(&name).then(|| format!("{name}={value}"))
    });
    // The header's form has none of these.
    fields.collect::<Vec<_>>().join("&")
}

/// Which writings a form's writer had before them.
fn saw(page: &str) -> Vec<&str> {
    let fields = page.split("name=\"saw\" value=\"").skip(1);
    fields.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// The part of a page in which one question stands.
pub fn question<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("id=\"ask-{id}\"")).expect("the question");
    rest.split("id=\"ask-").next().unwrap()
}

/// How many questions a section still asks: those whose field stands open.
pub fn asks(page: &str, id: &str) -> bool {
    let here = question(page, id);
    let field = here.find("name=\"q-").expect("a field");
    !here[..field].contains("<details")
}

#[tokio::test]
async fn what_is_told_once_is_shown_and_not_asked_again() {
    let home = Home::new();
    // Before anybody asks: what was said at the front door is there.
    let first = home.page(&home.social_worker, "form/assessment/what-matters").await;
    assert!(question(&first, "why-now").contains("May I have a rail by the bath?"), "{first}");
    assert!(!asks(&first, "why-now") && asks(&first, "goals"), "{first}");

    let about = home.page(&home.social_worker, "form/assessment/about-me").await;
    assert!(asks(&about, "important-to-me"), "{about}");
    let saved = home.sent(&home.social_worker, "form/assessment/about-me", ABOUT).await;
    assert_eq!(saved, format!("{}?done=saved", home.path("assessment")));

    // The nurse, a day later.
    home.world.wait(DAY);
    let page = home.page(&home.nurse, "assessment").await;
    let (_, network) = page.split_once("People in Amina’s life").expect("a network map");
    let picture = network.split("</svg>").next().unwrap();
    assert!(picture.contains(">Rosa<") && network.contains("<li>Rosa, sister"), "{network}");
    for told in ["My garden", "Rosa (sister)", "Told to social-worker Worker, Social worker"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let about = home.page(&home.nurse, "form/assessment/about-me").await;
    for known in ["important-to-me", "important-people", "nobody", "communicate"] {
        assert!(!asks(&about, known), "{known} is known: {about}");
    }
    assert!(asks(&about, "wellness"), "{about}");
    // She confirms it, and says with whom: they are the person's words.
    let opened = hidden(&about);
    let typed = format!("{ABOUT}&{opened}");
    let refused =
        home.post(&home.nurse, "form/assessment/about-me", &format!("do=still&{typed}")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Say with whom you confirmed it"), "{}", refused.body);
    let with = "&rests-on=At+home%2C+with+her";
    home.sent(&home.nurse, "form/assessment/about-me", &format!("do=still&{typed}{with}")).await;
    let page = home.page(&home.own, "assessment").await;
    assert!(page.contains("Confirmed by community-nurse Worker"), "{page}");
    assert!(page.contains("Your assessment") && page.contains("My garden"), "{page}");
}

#[tokio::test]
async fn a_part_with_nothing_said_is_listed_once_and_opens_to_be_written() {
    let home = Home::new();
    let page = home.page(&home.social_worker, "assessment").await;
    // The register knows the address: nobody has said it, and there it can be read.
    let (_, here) = page.split_once("<section class=\"kith-part kith-read\" id=\"home\"").unwrap();
    let here = here.split("</section>").next().unwrap();
    assert!(here.contains("Known already") && here.contains("From the surgery"), "{here}");
    assert!(!here.contains("own words"), "{here}");
    // Of eating nothing is said: its line in the list leads to where it is written.
    let path = home.path("form/assessment/nutrition");
    assert!(page.contains(&format!("href=\"{path}\"")) && !page.contains("id=\"nutrition\""));
    assert_eq!(page.matches("Eating and drinking").count(), 1, "{page}");
}

#[tokio::test]
async fn what_the_person_says_and_what_a_professional_judges_stand_beside_each_other() {
    let home = Home::new();
    let both = "q-conditions=Asthma&q-falls=2&q-changed=same&q-medicines=self\
                &rests-on=A+visit";
    home.sent(&home.nurse, "form/assessment/physical-health", both).await;
    let written = home.story().into_iter().filter(|e| matches!(e.fact, Fact::SectionWritten(_)));
    assert_eq!(written.count(), 2, "a writing for each side");
    for browser in [&home.own, &home.social_worker] {
        let page = home.page(browser, "assessment").await;
        for told in ["Asthma", "Much the same", "What professionals say"] {
            assert!(page.contains(told), "{told}: {page}");
        }
    }
    // The person writes with their own hand, and cannot write the other side.
    let mine = home.page(&home.own, "form/assessment/physical-health").await;
    assert!(!mine.contains("name=\"q-changed\"") && mine.contains("Much the same"), "{mine}");
    let said = format!("q-conditions=Asthma+and+a+bad+knee&{}", hidden(&mine));
    home.sent(&home.own, "form/assessment/physical-health", &said).await;
    // Nobody writes over that.
    let theirs = home.page(&home.nurse, "form/assessment/physical-health").await;
    assert!(theirs.contains("Asthma and a bad knee"), "{theirs}");
    let over = format!("q-conditions=Only+asthma&q-changed=same&{}", hidden(&theirs));
    home.sent(&home.nurse, "form/assessment/physical-health", &over).await;
    let page = home.page(&home.own, "assessment").await;
    assert!(page.contains("Asthma and a bad knee") && page.contains("Only asthma"), "{page}");
    // What is wrong is said, and asked again.
    let out = format!("do=out&out=changed&why=I+am+worse&{}", hidden(&mine));
    let answer = home.post(&home.own, "form/assessment/physical-health", &out).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "their own words would be lost");
    let mine = home.page(&home.own, "form/assessment/physical-health").await;
    let out = format!(
        "do=out&out=changed&why=I+am+worse&q-conditions=Asthma+and+a+bad+knee&{}",
        hidden(&mine)
    );
    home.sent(&home.own, "form/assessment/physical-health", &out).await;
    let page = home.page(&home.nurse, "assessment").await;
    assert!(page.contains("Out of date") && page.contains("I am worse"), "{page}");
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    let home = Home::new();
    let part = "form/assessment/about-me";
    let (one, two) =
        (home.opened(&home.social_worker, part).await, home.opened(&home.nurse, part).await);
    home.sent(&home.social_worker, part, &format!("q-important-to-me=My+garden&{one}")).await;
    let before = home.story().len();
    // Another question: both are laid together, and it is for her to save them.
    let answer = home.post(&home.nurse, part, &format!("q-wellness=Quiet&{two}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["Somebody else wrote here", "My garden", ">\nQuiet</textarea>"] {
        assert!(answer.body.contains(told), "{told}: {}", answer.body);
    }
    assert_eq!(home.story().len(), before, "nothing is kept yet");
    // The same question: theirs beside hers.
    let answer = home.post(&home.nurse, part, &format!("q-important-to-me=My+cat&{two}")).await;
    let clash = question(&answer.body, "important-to-me");
    for told in ["social-worker Worker wrote this", "My garden", ">\nMy cat</textarea>"] {
        assert!(clash.contains(told), "{told}: {clash}");
    }
    // She takes theirs, adds hers elsewhere, and saves.
    let seen = hidden(&answer.body);
    let (_, take) = clash.split_once("value=\"take.").expect("a button");
    let take = take.split('"').next().unwrap();
    let form = format!("do=take.{take}&q-important-to-me=My+cat&q-wellness=Quiet&{seen}");
    let taken = home.post(&home.nurse, part, &form).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
    assert!(taken.body.contains(">\nMy garden</textarea>"), "{}", taken.body);
    assert_eq!(saw(&taken.body), saw(&answer.body), "still the same before her");
    let both = format!("q-important-to-me=My+garden+and+my+cat&q-wellness=Quiet&{seen}");
    home.sent(&home.nurse, part, &both).await;
    let page = home.page(&home.social_worker, "assessment").await;
    assert!(page.contains("My garden and my cat") && page.contains("Quiet"), "{page}");
}

#[tokio::test]
async fn a_section_sent_twice_is_kept_once_and_nothing_typed_is_lost_when_signed_out() {
    let home = Home::new();
    let part = "form/assessment/physical-health";
    let opened = home.opened(&home.nurse, part).await;
    home.world.wait(5);
    let form = format!("q-conditions=Asthma&q-changed=same&{opened}");
    home.sent(&home.nurse, part, &form).await;
    let kept = home.story().len();
    home.sent(&home.nurse, part, &form).await;
    assert_eq!(home.story().len(), kept, "kept once");

    home.world.wait(DAY);
    let form = "q-getting-about=With+a+%3Cstick%3E&rests-on=A+visit";
    let answer = home.world.post(&home.path(part), &home.nurse, form).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    for told in ["getting about: With a &lt;stick", "A visit"] {
        let said = answer.body.replace("&#60;", "&lt;");
        assert!(said.contains(told), "{told}: {}", answer.body);
    }
}

#[tokio::test]
async fn rows_grow_and_wrong_answers_stay_to_be_mended() {
    let home = Home::new();
    let part = "form/assessment/about-me";
    let rows = "q-important-people-0-name=Rosa&q-important-people-1-name=Tom";
    let more = home.post(&home.nurse, part, &format!("do=add.important-people&{rows}")).await;
    assert_eq!(more.status, StatusCode::OK);
    assert!(more.body.contains("q-important-people-2-name"), "{}", more.body);
    let less = home.post(&home.nurse, part, &format!("do=drop.important-people.0&{rows}")).await;
    assert!(!less.body.contains("\"Rosa\"") && less.body.contains("\"Tom\""), "{}", less.body);
    let health = "form/assessment/physical-health";
    let wrong = home.post(&home.nurse, health, "q-falls=often&q-conditions=Asthma").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["Enter a whole number", "\"often\"", "Asthma"] {
        assert!(wrong.body.contains(told), "{told}: {}", wrong.body);
    }
    // Nobody has to answer.
    let about = "q-important-to-me=Tea&rather-not=important-people&q-nobody=rather-not";
    home.sent(&home.nurse, part, about).await;
    let page = home.page(&home.nurse, part).await;
    assert!(!asks(&page, "important-people") && !asks(&page, "nobody"), "{page}");
    let nothing = home.post(&home.nurse, health, "do=save").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("Nothing here is new"), "{}", nothing.body);
}

#[tokio::test]
async fn a_review_opens_with_last_time_beside_and_copies_across() {
    let home = Home::new();
    let wanted = format!("form=review&why=Yearly&to={TEAM}");
    let there = home.sent(&home.social_worker, "begin", &wanted).await;
    let first = there.split('?').next().unwrap().split("/form/").nth(1).unwrap().to_owned();
    assert!(home.page(&home.own, "assessment").await.contains("Review"));
    let work = home.world.get("/work", &home.world.again(&home.nurse)).await.body;
    assert!(work.contains(&format!("/form/{first}")), "{work}");

    let view = format!("form/{first}/my-view");
    let said = "q-better=I+sleep&q-worse=My+knee&q-support-works=Good\
                &q-goals-0-goal=Walk&q-goals-0-now=Slowly";
    home.sent(&home.social_worker, &view, said).await;
    // It is not finished while something it needs is open.
    let end = home.post(&home.social_worker, &format!("end/{first}"), "ending=finished").await;
    assert_eq!(end.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(end.body.contains("This is not answered yet"), "{}", end.body);
    let ended = "ending=not-needed&words=She+is+in+hospital";
    home.sent(&home.social_worker, &format!("end/{first}"), ended).await;
    let closed = home.page(&home.social_worker, &format!("form/{first}")).await;
    assert!(closed.contains("She is in hospital") && !closed.contains("/my-view\""), "{closed}");

    let there = home.sent(&home.nurse, "begin", &wanted).await;
    let second = there.split('?').next().unwrap().split("/form/").nth(1).unwrap().to_owned();
    let view = format!("form/{second}/my-view");
    let page = home.page(&home.nurse, &view).await;
    let better = question(&page, "better");
    assert!(better.contains("Last time") && better.contains("I sleep"), "{better}");
    let one = home.post(&home.nurse, &view, "do=take.better.last&q-worse=Both+knees").await.body;
    assert!(one.contains(">\nI sleep</textarea>") && one.contains("Both knees"), "{one}");
    let all = home.post(&home.nurse, &view, "do=take-all&q-worse=Both+knees").await.body;
    for told in [">\nI sleep</textarea>", ">\nBoth knees</textarea>", "Slowly"] {
        assert!(all.contains(told), "{told}: {all}");
    }
}

#[tokio::test]
async fn what_answers_call_for_is_shown_with_its_reason_and_answered() {
    let home = Home::new();
    home.sent(&home.social_worker, "form/assessment/about-me", "q-nobody=no").await;
    let page = home.page(&home.nurse, "assessment").await;
    assert!(page.contains("nobody they can turn to"), "{page}");
    assert!(!home.page(&home.own, "assessment").await.contains("To think of"));
    let (_, link) = page.split_once("/prompt/").expect("a link");
    let part = format!("prompt/{}", link.split('"').next().unwrap());
    let silent = home.post(&home.nurse, &part, "what=no&words=").await;
    assert!(silent.body.contains("Say why it is not done"), "{}", silent.body);
    home.sent(&home.nurse, &part, "what=yes&words=A+befriender+comes+on+Mondays").await;
    let page = home.page(&home.social_worker, "assessment").await;
    assert!(!page.contains("To think of") && page.contains("A befriender comes"), "{page}");
    assert!(home.page(&home.nurse, &part).await.contains("It was done"));
}

#[tokio::test]
async fn the_front_door_leads_to_the_assessment_and_anyone_may_raise_a_concern() {
    let home = Home::new();
    let answer = "outcome=assessment&words=We+will+visit";
    let then = home.sent(&home.social_worker, "contact/@2", answer).await;
    assert_eq!(then, format!("{}?done=contact", home.path("assessment")));

    // A nurse does not see safeguarding, and may raise a concern and read what she wrote.
    let wanted = "form=safeguarding-concern&about=Bruises&to=me";
    let there = home.sent(&home.nurse, "begin", wanted).await;
    let part = there.split('?').next().unwrap().rsplit_once("/form/").unwrap().1.to_owned();
    let page = home.page(&home.nurse, &format!("form/{part}")).await;
    assert!(page.contains("Bruises"), "{page}");
    let others = home.page(&home.own, "assessment").await;
    assert!(!others.contains("Bruises"), "not for the person yet: {others}");
    let gp = home.world.sign_in(&seat("gp-practice"), None);
    let hidden = home.world.get(&home.path(&format!("form/{part}")), &gp).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);

    // The person asks for an assessment themself: it is the work of their front door.
    let page = home.page(&home.own, "begin").await;
    assert!(!page.contains("safeguarding-concern") && page.contains("carers-assessment"), "{page}");
    home.sent(&home.own, "begin", "form=carers-assessment&why=I+care+for+Rosa").await;
    let asked = home.story().into_iter().rev().find_map(|entry| match entry.fact {
        Fact::FormBegun(one) => Some(one),
        _ => None,
    });
    assert_eq!(asked.unwrap().team.unwrap().as_str(), "southwark-front-door");
}
