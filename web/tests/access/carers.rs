//! Carers: linked with whom they care for only by both, each seeing what the other agreed to and nothing
//! else, on every page; their card; found and helped by their own record.

use axum::http::StatusCode;
use care::record::entry::Audience;
use care::record::fact::plan::Doer;
use care::record::fact::{Fact, Note};
use care::record::ids::{PersonId, TeamId};
use store::stories;
use web::names::Name;

use super::routes::TRIES;
use super::standings::{begun, contact, entry, entry_for, joined, planned};
use super::world::{Answer, Browser, HERE, TEAM, World, resident, seat, stranger};

/// A carer and the person they care for, each with a sign-in; and somebody who works with the latter.
struct Pair {
    world: World,
    carer: PersonId,
    cared_for: PersonId,
    as_carer: Browser,
    as_cared_for: Browser,
    social_worker: Browser,
}

const CARD: &str = "looks-after=My+mother&steps-0-name=Ife&steps-0-relation=sister\
    &steps-0-telephone=020+7946+0000&must-know=Insulin+at+eight&key=Under+the+blue+pot";

impl Pair {
    fn new() -> Self {
        let world = World::new();
        let (carer, cared_for) = (resident(1, HERE), resident(2, HERE));
        let ids = (carer.person, cared_for.person);
        world.register(vec![carer, cared_for]);
        let social_worker = world.sign_in(&seat("social-worker"), None);
        let told = |words: &str| Fact::Note(Note { words: words.to_owned() });
        let secret = entry_for(&stranger(), Audience::Professionals, told("A note about her"));
        world.tell(vec![(
            ids.1,
            vec![
                entry(&stranger(), begun(2)),
                entry(&stranger(), contact(TEAM)),
                entry(&stranger(), joined(social_worker.user, true)),
                entry(&stranger(), told("A note about the stairs")),
                secret,
            ],
        )]);
        Self {
            as_carer: world.sign_in(&seat("resident"), Some(ids.0)),
            as_cared_for: world.sign_in(&seat("resident"), Some(ids.1)),
            carer: ids.0,
            cared_for: ids.1,
            social_worker,
            world,
        }
    }

    async fn get(&self, by: &Browser, of: PersonId, part: &str) -> Answer {
        self.world.get(&format!("/person/{of}/{part}"), &self.world.again(by)).await
    }

    async fn page(&self, by: &Browser, of: PersonId, part: &str) -> String {
        let answer = self.get(by, of, part).await;
        assert_eq!(answer.status, StatusCode::OK, "{part}: {}", answer.body);
        answer.body
    }

    async fn post(&self, by: &Browser, of: PersonId, part: &str, form: &str) -> Answer {
        let path = format!("/person/{of}/{part}");
        let answer = self.world.post(&path, &self.world.again(by), form).await;
        self.world.wait(1);
        answer
    }

    async fn sent(&self, by: &Browser, of: PersonId, part: &str, form: &str) {
        let answer = self.post(by, of, part, form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{part}: {}", answer.body);
    }

    fn length(&self, of: PersonId) -> usize {
        self.world.store.read(|tx| stories::load(tx, of)).unwrap().len()
    }

    /// The carer offers a link; the code.
    async fn offer(&self, shares: &str) -> String {
        let form = format!("side=carer&name=Rosa&{shares}");
        self.sent(&self.as_carer, self.carer, "caring/offer", &form).await;
        let page = self.page(&self.as_carer, self.carer, "caring").await;
        let (_, code) = page.split_once("this code: ").expect("a code");
        code.split('.').next().unwrap().replace(' ', "+")
    }

    async fn link(&self, carer: &str, cared_for: &str) {
        let code = self.offer(carer).await;
        let form = format!("do=agree&code={code}&{cared_for}");
        self.sent(&self.as_cared_for, self.cared_for, "caring/code", &form).await;
    }

    /// The address of the page on which the cared-for changes or ends the link.
    async fn theirs(&self) -> String {
        let page = self.page(&self.as_cared_for, self.cared_for, "caring").await;
        let (_, rest) = page.split_once("/caring/").expect("a link to change it");
        let mut parts = std::iter::once(rest).chain(rest.split("/caring/").skip(1));
        format!("caring/{}", parts.find_map(called).unwrap())
    }
}

/// What the entry is called that an address ends in, if it ends in one.
fn called(rest: &str) -> Option<Name> {
    rest.split('"').next()?.parse().ok()
}

#[tokio::test]
async fn a_link_is_made_by_both_and_shows_what_each_agreed_to() {
    let pair = Pair::new();
    let about = "q-important-to-me=My+garden&q-nobody=no";
    pair.sent(&pair.as_cared_for, pair.cared_for, "form/assessment/about-me", about).await;
    let before = pair.length(pair.cared_for);
    let code = pair.offer("shares=team&shares=card").await;
    assert_eq!(pair.length(pair.cared_for), before, "an offer is on the carer’s own story alone");
    let hidden = pair.get(&pair.as_carer, pair.cared_for, "shared").await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND, "nothing is shown before both agree");

    let form = format!("code={code}");
    let asked = pair.post(&pair.as_cared_for, pair.cared_for, "caring/code", &form).await.body;
    for told in
        ["Amina Family1 says that they look after you", "My emergency card", "Agree to the link"]
    {
        assert!(asked.contains(told), "{told}: {asked}");
    }
    assert!(!asked.contains("Secret Street"), "{asked}");
    assert_eq!(pair.length(pair.cared_for), before, "to look is not to agree");
    let agreed = format!("do=agree&code={code}&shares=assessment");
    pair.sent(&pair.as_cared_for, pair.cared_for, "caring/code", &agreed).await;

    let shared = pair.page(&pair.as_carer, pair.cared_for, "shared").await;
    for told in ["What Amina Family2 shares with you", "In their own words", "My garden"] {
        assert!(shared.contains(told), "{told}: {shared}");
    }
    for hidden in
        ["A note about", "Secret Street", "rail by the bath", "Who works with them", "NHS number"]
    {
        assert!(!shared.contains(hidden), "{hidden}: {shared}");
    }
    let looked = pair.page(&pair.as_cared_for, pair.cared_for, "looked").await;
    assert!(looked.contains("what is shared through a link"), "{looked}");
    let other = pair.page(&pair.as_cared_for, pair.carer, "shared").await;
    assert!(
        other.contains("Who works with them") && !other.contains("Their assessment"),
        "{other}"
    );

    // A code works once.
    let again = pair.post(&pair.as_cared_for, pair.cared_for, "caring/code", &agreed).await;
    assert!(again.body.contains("This code does not work"), "{}", again.body);
    // The network map knows the carer.
    let map = pair.page(&pair.social_worker, pair.cared_for, "assessment").await;
    assert!(map.contains("Amina Family1, carer, helps without being paid, linked"), "{map}");
}

#[tokio::test]
async fn no_page_of_the_other_is_open_but_the_one_and_it_closes_at_once() {
    let pair = Pair::new();
    let all = "shares=communication&shares=team&shares=assessment&shares=card";
    pair.link(all, all).await;
    let views = pair.world.counts();
    for one in TRIES.iter().filter(|one| one.path.contains("{person}")) {
        let anyone = one.path.starts_with("/contact/");
        if one.path == "/person/{person}/shared" || anyone {
            continue;
        }
        for (by, of) in [(&pair.as_carer, pair.cared_for), (&pair.as_cared_for, pair.carer)] {
            let (by, path) = (pair.world.again(by), one.at(of));
            let answer = match one.form {
                None => pair.world.get(&path, &by).await,
                Some(form) => pair.world.post(&path, &by, form).await,
            };
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}: {}", one.path, answer.body);
        }
    }
    assert_eq!(pair.world.counts(), views, "nothing was seen or written");
    let shared = |of| {
        pair.get(if of == pair.carer { &pair.as_cared_for } else { &pair.as_carer }, of, "shared")
    };
    assert_eq!(shared(pair.carer).await.status, StatusCode::OK);

    // What is no longer agreed to is no longer seen.
    let theirs = pair.theirs().await;
    pair.sent(&pair.as_cared_for, pair.cared_for, &theirs, "shares=team").await;
    let page = shared(pair.cared_for).await.body;
    assert!(page.contains("Who works with them") && !page.contains("Their assessment"), "{page}");
    // One ends it: neither sees anything of the other from then on.
    pair.sent(&pair.as_cared_for, pair.cared_for, &theirs, "do=end").await;
    for of in [pair.carer, pair.cared_for] {
        assert_eq!(shared(of).await.status, StatusCode::NOT_FOUND);
    }
    let page = pair.page(&pair.as_carer, pair.carer, "caring").await;
    assert!(page.contains("the link ended on 22 November 2026"), "{page}");
}

#[tokio::test]
async fn who_is_linked_reads_and_writes_the_plan_where_the_person_agreed_to_it() {
    let pair = Pair::new();
    let outcome = u32::try_from(pair.length(pair.cared_for)).unwrap() + 1;
    let mut facts: Vec<Fact> = planned(outcome).into_iter().take(2).collect();
    facts.extend(planned(outcome).into_iter().skip(1).take(1).map(|fact| match fact {
        Fact::ActionWritten(mut action) => {
            action.doer = Doer::Team(TeamId::new(TEAM));
            Fact::ActionWritten(action)
        }
        other => other,
    }));
    let facts = facts.into_iter().map(|fact| entry(&stranger(), fact)).collect();
    pair.world.tell(vec![(pair.cared_for, facts)]);
    pair.link("", "shares=team").await;
    assert_eq!(
        pair.get(&pair.as_carer, pair.cared_for, "shared/plan").await.status,
        StatusCode::NOT_FOUND,
        "the plan is not shared"
    );
    let page = pair.page(&pair.as_carer, pair.cared_for, "shared").await;
    assert!(!page.contains("allotment"), "{page}");

    let change = pair.theirs().await;
    pair.sent(&pair.as_cared_for, pair.cared_for, &change, "shares=plan").await;
    let page = pair.page(&pair.as_carer, pair.cared_for, "shared").await;
    for told in ["To get to the allotment", "Drive her there", "Maria. Nothing has been said"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let ask = pair.page(&pair.as_carer, pair.cared_for, "shared/plan").await;
    let (_, seen) = ask.split_once("name=\"seen\" value=\"").unwrap();
    let seen = seen.split('"').next().unwrap();
    let (theirs, ours) = (outcome + 1, outcome + 2);
    let action = |entry: u32| pair.world.spelled(pair.cared_for, &format!("action-@{entry}"));
    assert!(ask.contains(&action(theirs)) && !ask.contains(&action(ours)));
    let write = |about: String, words: &'static str| {
        let form = format!("seen={seen}&of={about}&words={words}");
        let pair = &pair;
        async move {
            let answer = pair.post(&pair.as_carer, pair.cared_for, "shared/plan", &form).await;
            let kept = answer.status == StatusCode::SEE_OTHER;
            assert!(!kept || answer.location().ends_with("/shared?done=told"));
            answer.status
        }
    };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    assert_eq!(write(format!("action-@{ours}"), "No").await, refused, "a team says so itself");
    assert_eq!(write(format!("outcome-@{outcome}"), "").await, refused);
    let done = format!("action-@{theirs}");
    assert_eq!(write(done, "Went+twice").await, StatusCode::SEE_OTHER);
    assert_eq!(write(format!("outcome-@{outcome}"), "Ring+her").await, StatusCode::SEE_OTHER);
    let told = pair.page(&pair.as_carer, pair.cared_for, "shared?done=told").await;
    assert!(told.contains("What you wrote is in the plan"), "{told}");
    let plan = pair.page(&pair.social_worker, pair.cared_for, "plan").await;
    for told in ["Went twice", "Ring her", "resident Worker"] {
        assert!(plan.contains(told), "{told}: {plan}");
    }
    let person = pair.world.store.read(|tx| stories::person(tx, pair.cared_for)).unwrap();
    assert!(
        person.team.iter().all(|member| member.user != pair.as_carer.user),
        "no more than that"
    );

    // What they agreed to they can take back at any time.
    pair.sent(&pair.as_cared_for, pair.cared_for, &change, "shares=team").await;
    let length = pair.length(pair.cared_for);
    let late = write(format!("outcome-@{outcome}"), "Again").await;
    assert_eq!((late, pair.length(pair.cared_for)), (StatusCode::NOT_FOUND, length));
}

#[tokio::test]
async fn codes_that_do_not_work_say_no_more_than_that() {
    let pair = Pair::new();
    let code = pair.offer("").await;
    for (by, of, form) in [
        // Not one of ours; one's own; nothing at all.
        (&pair.as_cared_for, pair.cared_for, "code=ABCDE+23456".to_owned()),
        (&pair.as_carer, pair.carer, format!("do=agree&code={code}")),
        (&pair.as_cared_for, pair.cared_for, "code=".to_owned()),
    ] {
        let (before, answer) = (pair.length(of), pair.post(by, of, "caring/code", &form).await);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(!answer.body.contains("Family1 says"), "{}", answer.body);
        assert_eq!(pair.length(of), before);
    }
    // Somebody who writes it down for the person says what the person said.
    let form = format!("do=agree&code={code}&words=");
    let silent = pair.post(&pair.social_worker, pair.cared_for, "caring/code", &form).await;
    assert!(silent.body.contains("Write what the person said"), "{}", silent.body);
    // After its last day it is no longer good.
    pair.world.wait(31 * 86_400);
    let form = format!("do=agree&code={code}");
    let late = pair.post(&pair.as_cared_for, pair.cared_for, "caring/code", &form).await;
    assert!(late.body.contains("This code does not work"), "{}", late.body);
    // It can be taken back, and another offered.
    let page = pair.page(&pair.as_carer, pair.carer, "caring").await;
    let entry = page.split("/caring/").skip(1).filter_map(called).last().unwrap();
    pair.sent(&pair.as_carer, pair.carer, &format!("caring/{entry}"), "do=end").await;
    pair.offer("").await;
}

#[tokio::test]
async fn a_restricted_record_shares_nothing_and_a_private_answer_stays_private() {
    let pair = Pair::new();
    pair.link("shares=assessment&shares=card", "shares=assessment").await;
    let private = "q-emergency-plan=yes&q-private=I+am+at+the+end+of+my+strength";
    pair.sent(&pair.as_carer, pair.carer, "form/carers-assessment/sharing", private).await;
    let health = "q-health=I+sleep+badly";
    pair.sent(&pair.as_carer, pair.carer, "form/carers-assessment/my-health", health).await;
    let shared = pair.page(&pair.as_cared_for, pair.carer, "shared").await;
    assert!(shared.contains("I sleep badly"), "{shared}");
    assert!(!shared.contains("end of my strength"), "{shared}");
    pair.world.tamper("update resident set restricted = 1");
    for (by, of) in [(&pair.as_cared_for, pair.carer), (&pair.as_carer, pair.cared_for)] {
        assert_eq!(pair.get(by, of, "shared").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_card_is_the_carers_and_shown_to_the_others_team_as_they_agree() {
    let pair = Pair::new();
    pair.sent(
        &pair.as_carer,
        pair.carer,
        "form/carers-assessment/my-caring",
        "q-cares-for-0-name=Rosa&q-hours=40",
    )
    .await;
    pair.sent(
        &pair.as_carer,
        pair.carer,
        "form/carers-assessment/going-on",
        "q-not-there=Insulin+at+eight",
    )
    .await;
    let form = pair.page(&pair.as_carer, pair.carer, "card/write").await;
    for told in ["value=\"Rosa\"", ">\nInsulin at eight</textarea>"] {
        assert!(form.contains(told), "what was told once is there: {told}: {form}");
    }
    let nothing = pair.post(&pair.as_carer, pair.carer, "card/write", "looks-after=+").await.body;
    let (summary, fields) = nothing.split_once("</h1>").unwrap();
    for (field, said) in [
        ("looks-after", "Enter whom you look after"),
        ("steps-0-name", "Enter who steps in"),
        ("must-know", "Write what has to be done and known"),
    ] {
        let link = format!("href=\"#{field}\"");
        assert!(summary.contains(&link) && summary.contains(said), "{field}: {summary}");
        assert!(fields.contains(&format!("id=\"{field}-error\"")), "{field}: {fields}");
    }
    let silent = "looks-after=Rosa&must-know=x&steps-0-name=Ife";
    let silent = pair.post(&pair.as_carer, pair.carer, "card/write", silent).await;
    assert!(silent.body.contains("Enter the telephone number"), "{}", silent.body);
    // Whatever is left out is said at once, each at its own field.
    let third = "steps-0-name=Ife&steps-0-telephone=020&steps-2-name=Kemi";
    let third = pair.post(&pair.as_carer, pair.carer, "card/write", third).await.body;
    for field in ["#looks-after", "#steps-2-telephone", "#must-know"] {
        assert!(third.contains(&format!("href=\"{field}\"")), "{field}: {third}");
    }
    assert!(!third.contains("href=\"#steps-0-"), "{third}");
    let offer = pair.post(&pair.as_carer, pair.carer, "caring/offer", "").await.body;
    for field in ["#side", "#name"] {
        assert!(offer.contains(&format!("href=\"{field}\"")), "{field}: {offer}");
    }
    pair.sent(&pair.as_carer, pair.carer, "card/write", CARD).await;
    let page = pair.page(&pair.as_carer, pair.carer, "card").await;
    let (card, rest) = page.split_once("kith-card-page").unwrap();
    assert!(card.contains("020 7946 0000") && rest.contains("Under the blue pot"), "{page}");
    assert!(!card.contains("blue pot"), "a card can be lost: {card}");

    pair.link("shares=team", "").await;
    let caring = pair.page(&pair.social_worker, pair.cared_for, "caring").await;
    assert!(caring.contains("Amina Family1 looks after Amina"), "{caring}");
    let theirs = pair.theirs().await;
    let card = format!("{theirs}/card");
    let page = pair.page(&pair.social_worker, pair.cared_for, &card).await;
    assert!(page.contains("does not share a card") && !page.contains("Ife"), "{page}");
    let own = pair.page(&pair.as_carer, pair.carer, "caring").await;
    let own = own.split("/caring/").skip(1).filter_map(called).last().unwrap();
    let own = format!("caring/{own}");
    pair.sent(&pair.as_carer, pair.carer, &own, "shares=card").await;
    let page = pair.page(&pair.social_worker, pair.cared_for, &card).await;
    assert!(page.contains("Ife") && page.contains("Under the blue pot"), "{page}");
    let looked = pair.page(&pair.as_carer, pair.carer, "looked").await;
    assert!(looked.contains("the emergency card"), "the carer sees who looked: {looked}");
    // The person cared for has their own page for it; a role without the part has none.
    let not_theirs = pair.get(&pair.as_cared_for, pair.cared_for, &card).await;
    assert_eq!(not_theirs.status, StatusCode::NOT_FOUND);
    assert!(pair.page(&pair.as_cared_for, pair.carer, "shared").await.contains("Ife"));
}

#[tokio::test]
async fn a_carer_is_found_helped_and_counted_by_their_own_record() {
    let pair = Pair::new();
    let named = "q-important-to-me=Tea&q-nobody=no";
    pair.sent(&pair.social_worker, pair.cared_for, "form/assessment/about-me", named).await;
    // Somebody is named as caring: to offer them an assessment is the team's work …
    let caring = "q-carers-0-name=Maria&q-carers-0-relation=daughter";
    pair.sent(&pair.social_worker, pair.cared_for, "form/assessment/caring", caring).await;
    let work =
        || async { pair.world.get("/work", &pair.world.again(&pair.social_worker)).await.body };
    let offered = "Say what comes of a prompt";
    assert!(work().await.contains(offered), "{}", work().await);
    // … also where the person is not eligible for anything.
    let page = pair.page(&pair.social_worker, pair.cared_for, "eligibility").await;
    let (_, seen) = page.split_once("name=\"seen\" value=\"").unwrap();
    let seen = seen.split('"').next().unwrap();
    let no = format!("cause=no&cause-why=Moving+house&words=A+van&seen={seen}");
    pair.sent(&pair.social_worker, pair.cared_for, "eligibility", &no).await;
    assert!(work().await.contains(offered), "{}", work().await);

    // The carer offers a link, and is offered an assessment of their own, on their own record.
    pair.offer("").await;
    let desk = pair.world.sign_in(&seat("contact-officer"), None);
    let desk = pair.world.get("/work", &desk).await.body;
    assert!(desk.contains("Say what comes of a prompt: Amina Family1"), "{desk}");
    assert!(!work().await.contains("Carers in touch"), "not in touch yet");
    pair.sent(&pair.as_carer, pair.carer, "begin", "form=carers-assessment&why=Tired").await;
    let figures = work().await;
    let (_, count) = figures.split_once("Carers in touch with us").expect("they are counted");
    assert!(count.split("</tr>").next().unwrap().contains(">1<"), "{count}");
    let found =
        pair.world.get("/search?q=Family1", &pair.world.again(&pair.social_worker)).await.body;
    assert!(found.contains(&pair.carer.to_string()), "{found}");
}

/// The decision that a link is.
const LINKING: &str = care::assess::link::DECISION;

impl Pair {
    fn tell(&self, fact: &str) -> u32 {
        let fact: Fact = serde_json::from_str(fact).unwrap_or_else(|why| panic!("{why}: {fact}"));
        self.world.tell(vec![(self.cared_for, vec![entry(&stranger(), fact)])]);
        self.world.wait(1);
        u32::try_from(self.length(self.cared_for)).unwrap()
    }

    /// Whether the cared-for can decide on a link was assessed, as a matter of something.
    fn assessed(&self, matter: &str, able: bool) -> u32 {
        let seen = |able: bool| format!(r#"{{"able":{able},"seen":"At the table"}}"#);
        let (yes, last) = (seen(true), seen(able));
        let lacks = r#""cause":{"impairment":"Dementia","how":"She loses it"},
            "conclusion":"lacks-capacity","good_until":"2027-02-01""#;
        let conclusion = if able { r#""conclusion":"has-capacity""# } else { lacks };
        self.tell(&format!(
            r#"{{"kind":"capacity-assessed","decision":"{LINKING}","matter":"{matter}","support":"Pictures",
            "abilities":{{"understand":{yes},"retain":{last},"weigh":{yes},"communicate":{yes}}},
            {conclusion}}}"#
        ))
    }

    fn authority(&self, kind: &str, scope: &str, days: &str) -> u32 {
        self.tell(&format!(
            r#"{{"kind":"authority-recorded","authority":"{kind}","holder":"Ada Okonkwo",
            "scope":["{scope}"],"from":"2026-01-01","document":"7000-1234","seen_on":"2026-11-01"{days}}}"#
        ))
    }

    /// What is asked at the worker's desk of whoever has a code.
    async fn asked_by_code(&self, code: &str) -> String {
        let form = format!("code={code}");
        self.post(&self.social_worker, self.cared_for, "caring/code", &form).await.body
    }

    /// Agrees for the cared-for at the worker's desk, by somebody: what came of it.
    async fn agreed_by(&self, code: &str, by: &str) -> Answer {
        let form = format!("do=agree&code={code}&by={by}&words=She+may+see+it&shares=team");
        self.post(&self.social_worker, self.cared_for, "caring/code", &form).await
    }
}

const REGISTERED: &str = r#","registered_on":"2026-02-01""#;

#[tokio::test]
async fn nobody_agrees_to_a_link_for_somebody_without_lawful_authority_for_it() {
    let pair = Pair::new();
    let code = pair.offer("shares=team").await;
    let attorney = pair.authority("lpa-health", "information", REGISTERED);
    let able = pair.assessed("information", true);
    let refused = async |by: &str, why: &str| {
        let before = pair.length(pair.cared_for);
        let answer = pair.agreed_by(&code, by).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{by}: {}", answer.body);
        assert!(answer.body.contains(why), "{by}, {why}: {}", answer.body);
        assert_eq!(pair.length(pair.cared_for), before, "{by}");
    };
    // For one who can decide it, nobody does.
    refused(&format!("@{able}-@{attorney}"), "nobody decides it for them").await;
    let page = pair.asked_by_code(&code).await;
    assert!(!page.contains("Who agrees for them"), "{page}");

    // Found unable: neither they nor who writes down what they said.
    let found = pair.assessed("information", false);
    let own = format!("do=agree&code={code}&shares=team&by=@{found}-@{attorney}");
    let own = pair.post(&pair.as_cared_for, pair.cared_for, "caring/code", &own).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.body.contains("you cannot decide this at the moment"), "{}", own.body);
    for (by, why) in [("", "keep what they say as their wishes"), ("person", "as their wishes")] {
        refused(by, why).await;
    }
    let offer = "side=cared-for&name=Rosa&shares=team&words=Yes";
    let offer = pair.post(&pair.social_worker, pair.cared_for, "caring/offer", offer).await;
    assert!(offer.body.contains("as their wishes"), "nor by an offer of theirs: {}", offer.body);
    // By an earlier finding; without what is on record; where an attorney decides.
    refused(&format!("@{able}-@{attorney}"), "nobody decides it for them").await;
    refused(&format!("@{found}-@99"), "no such entry").await;
    refused(&format!("@{found}-@{found}"), "no such entry").await;
    refused(&format!("@{found}-interests"), "Ada Okonkwo decides this").await;
    let over = format!("{REGISTERED},\"until\":\"2026-06-01\"");
    for (kind, scope, days, why) in [
        ("lpa-health", "information", "", "does not hold on"),
        ("lpa-health", "residence", REGISTERED, "does not reach to"),
        ("deputy-welfare", "information", over.as_str(), "does not hold on"),
        ("lpa-property", "information", REGISTERED, "who has their money in hand"),
        ("deputy-property", "information", "", "who has their money in hand"),
        ("appointee", "benefits", "", "does not reach to"),
    ] {
        let authority = pair.authority(kind, scope, days);
        refused(&format!("@{found}-@{authority}"), why).await;
    }
    // A finding in another matter is not one in this, whatever the attorney's scope.
    let care = pair.authority("lpa-health", "care", REGISTERED);
    let elsewhere = pair.assessed("care", false);
    refused(&format!("@{elsewhere}-@{care}"), "assess capacity for it as that").await;
    refused(&format!("@{found}-@{attorney}"), "assessed again since").await;
    let hidden = pair.get(&pair.as_carer, pair.cared_for, "shared").await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_may_lawfully_agrees_for_somebody_until_they_can_themself() {
    let pair = Pair::new();
    let code = pair.offer("").await;
    let attorney = pair.authority("lpa-health", "information", REGISTERED);
    let found = pair.assessed("information", false);
    let page = pair.asked_by_code(&code).await;
    let choice = format!("value=\"@{found}-@{attorney}\"");
    let choice = pair.world.spelled(pair.cared_for, &choice);
    for told in ["Who agrees for them?", "Ada Okonkwo, lasting power of attorney", &choice] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let agreed = pair.agreed_by(&code, &format!("@{found}-@{attorney}")).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.body);
    let shared = async || pair.page(&pair.as_carer, pair.cared_for, "shared").await;
    assert!(shared().await.contains("Who works with them"));
    let own = pair.page(&pair.as_cared_for, pair.cared_for, "caring").await;
    assert!(own.contains("Ada Okonkwo (lasting power of attorney"), "{own}");

    // Able again, it is theirs: until they agree, the other sees nothing.
    pair.assessed("information", true);
    assert!(shared().await.contains("They share nothing at present"));
    let theirs = pair.theirs().await;
    let for_them = format!("shares=team&by=@{found}-@{attorney}&words=Still");
    let for_them = pair.post(&pair.social_worker, pair.cared_for, &theirs, &for_them).await;
    assert_eq!(for_them.status, StatusCode::UNPROCESSABLE_ENTITY);
    pair.sent(&pair.as_cared_for, pair.cared_for, &theirs, "shares=team").await;
    assert!(shared().await.contains("Who works with them"));
    // To end it is never a matter of capacity.
    pair.assessed("information", false);
    let page = pair.page(&pair.as_cared_for, pair.cared_for, &theirs).await;
    assert!(page.contains("End the link now") && !page.contains("name=\"shares\""), "{page}");
    pair.sent(&pair.as_cared_for, pair.cared_for, &theirs, "do=end").await;
    let closed = pair.get(&pair.as_carer, pair.cared_for, "shared").await;
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn where_nobody_holds_authority_a_link_rests_on_best_interests_on_record() {
    let pair = Pair::new();
    let code = pair.offer("").await;
    let found = pair.assessed("information", false);
    let by = format!("@{found}-interests");
    let page = pair.asked_by_code(&code).await;
    assert!(page.contains("First record the decision in their best interests"), "{page}");
    let early = pair.agreed_by(&code, &by).await;
    assert!(early.body.contains("First record the decision"), "{}", early.body);
    let made = "wishes=She+likes+her+visits&consulted=Her+son&options=To+link+or+not\
        &least=She+sees+the+team+alone&decided=Linked&somebody=yes&deprives=no&seen=@99\
        &review-by-day=1&review-by-month=2&review-by-year=2027";
    let made = format!("by={by}&{made}");
    pair.sent(&pair.social_worker, pair.cared_for, &format!("decision/@{found}"), &made).await;
    let agreed = pair.agreed_by(&code, &by).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.body);
    let shared = pair.page(&pair.as_carer, pair.cared_for, "shared").await;
    assert!(shared.contains("Who works with them"), "{shared}");
}
