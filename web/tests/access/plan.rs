//! The one plan as people use it: everybody with whom it is shared reads the same and writes in it; the
//! person agrees to what they have seen, and nobody does it in their name.

use axum::http::StatusCode;
use care::plan::agree::DECISION;
use care::record::fact::Fact;
use care::record::fact::decision::Made;
use care::record::fact::plan::{Agreement, Doer, PlanAnswered, Way};

use super::assess::Home;
use super::standings::entry;
use super::world::{Browser, Seat, seat, stranger};

const WISH: &str =
    "words=I+want+to+go+to+the+market&area=community&now=I+stay+in&hoped=Twice+a+month";
const BY: &str = "due-day=1&due-month=2&due-year=2027&known-by=She+went";
const NO: &str = "answer=disagrees&words=Not+the+class";

/// Which entry a form says that its writer has seen.
fn seen(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").expect("it says so");
    format!("seen={}", rest.split('"').next().unwrap())
}

impl Home {
    /// What the person wants, with something that they do for it.
    pub async fn with_plan() -> (Self, u32) {
        let home = Self::new();
        home.sent(&home.social_worker, "plan/outcome", WISH).await;
        let outcome = home.last();
        home.step(&home.social_worker, outcome, "what=My+shoes+by+the+door&who=person").await;
        (home, outcome)
    }

    pub fn last(&self) -> u32 {
        self.story().last().unwrap().number
    }

    pub async fn step(&self, by: &Browser, outcome: u32, what: &str) {
        let form = format!("outcome=@{outcome}&source=myself&{BY}&{what}");
        self.sent(by, "plan/action", &form).await;
    }

    pub async fn not_there(&self, by: &Browser, part: &str) {
        let answer = self.world.get(&self.path(part), &self.world.again(by)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{part}: {}", answer.body);
    }

    fn answers(&self) -> Vec<PlanAnswered> {
        let answers = self.story().into_iter().filter_map(|entry| match entry.fact {
            Fact::PlanAnswered(answered) => Some(*answered),
            _ => None,
        });
        answers.collect()
    }
}

#[tokio::test]
async fn a_provider_comes_into_the_team_and_everybody_reads_the_same_plan() {
    let (home, outcome) = Home::with_plan().await;
    // Of no team here: nothing but the person’s team lets them in.
    let elsewhere = Seat { team: None, ..seat("provider-worker") };
    let provider = home.world.sign_in(&elsewhere, None);
    let finance = home.world.sign_in(&seat("finance-officer"), None);
    home.not_there(&provider, "plan").await;
    let login = format!("login={}&agrees=yes", provider.user);
    for (form, told) in [
        ("login=&agrees=yes".to_owned(), "Enter their sign-in name"),
        ("login=nobody&agrees=yes".to_owned(), "Nobody who works here has this sign-in name"),
        (format!("login={}&agrees=yes", home.own.user), "Nobody who works here"),
        (format!("login={}", provider.user), "Ask the person first"),
    ] {
        let again = home.post(&home.social_worker, "team/add", &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(again.body.contains(told), "{told}: {}", again.body);
    }
    let outsider = home.world.sign_in(&seat("social-worker"), None);
    home.not_there(&outsider, "team/add").await;
    let forged = home.post(&outsider, "team/add", &login).await;
    assert_eq!(forged.status, StatusCode::NOT_FOUND, "only the team brings others into it");
    home.sent(&home.social_worker, "team/add", &login).await;

    home.step(&home.nurse, outcome, "what=Perhaps+a+class&who=me&draft=yes").await;
    for reader in [&home.own, &home.nurse, &home.social_worker, &provider] {
        let page = home.page(reader, "plan").await;
        for told in
            ["I want to go to the market", "My shoes by the door", "1 February 2027", "Draft"]
        {
            assert!(page.contains(told), "{told}: {page}");
        }
        let paper = home.page(reader, "plan/print").await;
        assert!(!paper.contains("Perhaps a class"), "a draft is not given out: {paper}");
        assert!(paper.contains("My shoes by the door"), "{paper}");
        let summary = home.page(reader, "plan/emergency").await;
        assert!(summary.contains("Who to ring"), "{summary}");
    }
    home.not_there(&finance, "plan").await;
    home.not_there(&provider, "assessment").await;
    home.not_there(&provider, "plan/answer").await;
    home.step(&provider, outcome, "what=We+walk+with+her&who=me").await;
    let mine = home.page(&provider, "plan").await;
    assert!(mine.contains("What is asked of you"), "{mine}");
    let work = home.world.get("/work", &home.world.again(&provider)).await.body;
    assert!(work.contains(&home.path("plan/action/")), "{work}");
}

#[tokio::test]
async fn the_person_answers_what_they_have_seen_and_nobody_signs_for_them() {
    let (home, outcome) = Home::with_plan().await;
    let page = home.page(&home.own, "plan/answer").await;
    assert!(page.contains("My shoes by the door"), "they read what they answer: {page}");
    assert!(!page.contains("name=\"way\"") && !page.contains("name=\"by\""), "{page}");
    let old = seen(&page);
    home.step(&home.nurse, outcome, "what=A+class+at+nine&who=me").await;
    let stale = home.post(&home.own, "plan/answer", &format!("{NO}&{old}")).await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["The plan has changed since you opened", "A class at nine", "Not the class"] {
        assert!(stale.body.contains(told), "{told}: {}", stale.body);
    }
    assert!(home.answers().is_empty());

    let now = seen(&stale.body);
    let forged = format!("{NO}&{now}&way=signed-in&by=person");
    let forged = home.post(&home.social_worker, "plan/answer", &forged).await;
    assert!(forged.body.contains("Only the person themself"), "{}", forged.body);
    let silent = home.post(&home.own, "plan/answer", &format!("answer=in-part&{now}")).await;
    assert!(silent.body.contains("Write which part, and why"), "{}", silent.body);
    assert!(home.answers().is_empty());
    home.sent(&home.own, "plan/answer", &format!("{NO}&{now}&with=My+daughter")).await;
    let kept = &home.answers()[0];
    assert_eq!((kept.answer, kept.way), (Agreement::Disagrees, Way::SignedIn));
    assert_eq!(kept.with, "My daughter");
    let page = home.page(&home.social_worker, "plan").await;
    assert!(page.contains("did not agree with the plan") && page.contains("Not the class"));
    let work = home.world.get("/work", &home.world.again(&home.social_worker)).await.body;
    assert!(work.contains(&home.path("plan/answer")), "it is talked about: {work}");

    home.step(&home.nurse, outcome, "what=A+class+at+noon&who=me").await;
    let page = home.page(&home.own, "plan").await;
    assert!(page.contains("govuk-tag\">New"), "{page}");
    assert!(page.contains("The plan has changed since you answered"), "{page}");
}

#[tokio::test]
async fn for_somebody_who_cannot_decide_it_only_who_lawfully_may() {
    let (home, _) = Home::with_plan().await;
    let able = |able: bool| format!(r#"{{"able":{able},"seen":"As she spoke"}}"#);
    let (yes, no) = (able(true), able(false));
    let found = format!(
        r#"{{"decision":"{DECISION}","matter":"care","support":"Pictures",
        "abilities":{{"understand":{yes},"retain":{no},"weigh":{yes},"communicate":{yes}}},
        "cause":{{"impairment":"Dementia","how":"She forgets"}},"conclusion":"lacks-capacity",
        "good_until":"2027-05-01"}}"#
    );
    let found = Fact::CapacityAssessed(serde_json::from_str(&found).unwrap());
    home.world.tell(vec![(home.person, vec![entry(&stranger(), found)])]);
    let finding = home.last();
    // The person themself is told so in plain words, and asked nothing that is then refused.
    let own = home.page(&home.own, "plan").await;
    assert!(!own.contains("say whether you agree\""), "{own}");
    let forged = format!("answer=agrees&seen=@{finding}");
    for page in [
        home.page(&home.own, "plan/answer").await,
        home.post(&home.own, "plan/answer", &forged).await.body,
    ] {
        assert!(page.contains("It is still your plan") && page.contains("too hard"), "{page}");
        assert!(!page.contains("capacity") && !page.contains("name=\"answer\""), "{page}");
    }
    let page = home.page(&home.social_worker, "plan/answer").await;
    assert!(page.contains("in the person’s best interests"), "{page}");
    assert!(!page.contains("value=\"person\""), "they are not said to decide it: {page}");
    let base = format!("answer=agrees&way=spoken&{}", seen(&page));
    for by in ["person", "unwise", "@1-interests", "x", ""] {
        let forged =
            home.post(&home.social_worker, "plan/answer", &format!("{base}&by={by}")).await;
        assert_eq!(forged.status, StatusCode::UNPROCESSABLE_ENTITY, "{by}: {}", forged.body);
    }
    assert!(home.answers().is_empty());
    let lawful = format!("{base}&by=@{finding}-interests");
    home.sent(&home.social_worker, "plan/answer", &lawful).await;
    assert_eq!(home.answers()[0].made, Made::BestInterests { capacity: finding });
}

#[tokio::test]
async fn five_write_at_once_and_nothing_is_lost_or_written_over_unseen() {
    let (home, outcome) = Home::with_plan().await;
    let writers: Vec<Browser> =
        (0..5).map(|_| home.world.sign_in(&seat("community-nurse"), None)).collect();
    let form = |at: usize| {
        format!("outcome=@{outcome}&source=health&who=me&{BY}&what=Step+number+{at}+of+five")
    };
    let path = home.path("plan/action");
    let posts: Vec<_> = writers
        .iter()
        .enumerate()
        .map(|(at, writer)| {
            let (world, path, writer) = (home.world.clone(), path.clone(), writer.clone());
            let form = form(at);
            tokio::spawn(async move { world.post(&path, &writer, &form).await.status })
        })
        .collect();
    for post in posts {
        assert_eq!(post.await.unwrap(), StatusCode::SEE_OTHER);
    }
    let page = home.page(&home.own, "plan").await;
    for at in 0..5 {
        assert!(page.contains(&format!("Step number {at} of five")), "{at}: {page}");
    }

    // Two change the same: the later sees what the earlier wrote, and keeps what they typed.
    let part = format!("plan/outcome?of=@{outcome}");
    let opened = seen(&home.page(&home.nurse, &part).await);
    let first = format!("{WISH}+on+Saturdays&{opened}");
    home.sent(&home.social_worker, &part, &first).await;
    let second = "words=I+want+to+see+my+sister&area=relationships&now=Never&hoped=Weekly";
    let conflict = home.post(&home.nurse, &part, &format!("{second}&{opened}")).await;
    assert_eq!(conflict.status, StatusCode::UNPROCESSABLE_ENTITY);
    for told in ["while you were writing", "Twice a month on Saturdays", "I want to see my sister"]
    {
        assert!(conflict.body.contains(told), "{told}: {}", conflict.body);
    }
    home.sent(&home.nurse, &part, &format!("{second}&{}", seen(&conflict.body))).await;
    let page = home.page(&home.own, "plan").await;
    assert!(page.contains("I want to see my sister"), "{page}");
}

#[tokio::test]
async fn whoever_has_written_an_outcome_is_led_on_to_what_is_done_for_it() {
    let (home, _) = Home::with_plan().await;
    let before = home.page(&home.nurse, "plan").await;
    let wish = "words=I+want+to+see+my+sister&area=community&now=Seldom&hoped=Weekly";
    let to = home.sent(&home.nurse, "plan/outcome", wish).await;
    let outcome = home.spelled(&format!("/plan/action?outcome=@{}", home.last()));
    let page = home.world.get(&to, &home.nurse).await.body;
    let (_, rest) = page.split_once("It is in the plan").expect("it is said");
    let first = rest.split("/plan/action?outcome=").nth(1).unwrap();
    assert!(outcome.ends_with(first.split('"').next().unwrap()), "{outcome}: {page}");
    assert!(!before.contains("Write what is done for ‘"), "{before}");
}

/// The timeline of a story as somebody reads it: the lines of each entry.
async fn timeline(home: &Home, browser: &Browser) -> String {
    let page = home.world.get(&format!("/person/{}", home.person), browser).await.body;
    let (_, story) = page.split_once("kith-timeline").expect("a story");
    story.to_owned()
}

#[tokio::test]
async fn ones_own_story_is_told_to_whoever_it_is_about() {
    let (home, _) = Home::with_plan().await;
    let step = home.last();
    let done = format!("plan/action/@{step}");
    home.sent(&home.own, &done, "progress=done&words=I+did+it&seen=@99").await;
    home.sent(&home.nurse, "form/assessment/about-me", "q-important-to-me=My+garden").await;
    home.sent(&home.nurse, "communication", "language=Polish").await;
    let own = timeline(&home, &home.own).await;
    for told in ["You<", "What you want", "in your own words", "How to speak with you"] {
        assert!(own.contains(told), "{told}: {own}");
    }
    let theirs = timeline(&home, &home.nurse).await;
    for told in ["What is wanted", "in their own words", "How to speak with this person"] {
        assert!(theirs.contains(told) && !own.contains(told), "{told}: {theirs}");
    }
    // Both read what it was that is done now.
    for story in [&own, &theirs] {
        let (_, entry) = story.split_once("An action of the plan is done").expect("it is told");
        let entry = entry.split("kith-timeline__title").next().unwrap();
        assert!(entry.contains("To be done:</strong> My shoes by the door"), "{entry}");
    }
}

#[tokio::test]
async fn an_action_is_somebodys_and_says_how_far_it_has_come() {
    let (home, outcome) = Home::with_plan().await;
    let step = home.last();
    let part = format!("plan/action/@{step}");
    for (form, told) in [
        ("", "Choose how far it has come"),
        ("progress=goes-on&words=Once", "Enter the day on which it is looked at next"),
        ("progress=stopped&seen=@99", "Write why it will not be done"),
    ] {
        let again = home.post(&home.social_worker, &part, form).await;
        assert!(again.body.contains(told), "{told}: {}", again.body);
    }
    home.sent(&home.own, &part, "progress=done&words=I+did+it&seen=@99").await;
    assert!(home.page(&home.nurse, "plan").await.contains("I did it"));
    assert!(home.page(&home.nurse, &part).await.contains("This is over"));

    // The person gives nobody work by filling in a form; they ask.
    let team = format!("outcome=@{outcome}&source=council&who={}&{BY}&what=Come", home.nurse.user);
    let forged = home.post(&home.own, "plan/action", &team).await;
    assert!(forged.body.contains("ask your team for the rest"), "{}", forged.body);
    let nobody = format!("outcome=@{outcome}&source=council&who=team&team=no-such&{BY}&what=Come");
    let nobody = home.post(&home.nurse, "plan/action", &nobody).await;
    assert!(nobody.body.contains("Choose which team does it"), "{}", nobody.body);
    home.step(&home.nurse, outcome, "what=A+visit&who=team&team=southwark-walworth-team").await;
    let doer = home.story().into_iter().rev().find_map(|entry| match entry.fact {
        Fact::ActionWritten(written) => Some(written.doer),
        _ => None,
    });
    assert!(matches!(doer, Some(Doer::Team(_))));

    let end = format!("plan/outcome/@{outcome}/end");
    assert!(home.page(&home.nurse, &end).await.contains("1 thing is still to be done"));
    let silent = home.post(&home.nurse, &end, "end=no-longer").await;
    assert!(silent.body.contains("Write why it is no longer wanted"), "{}", silent.body);
    home.sent(&home.own, &end, "end=no-longer&words=I+would+rather+read").await;
    let page = home.page(&home.nurse, "plan").await;
    assert!(page.contains("What has ended") && page.contains("I would rather read"), "{page}");
}
