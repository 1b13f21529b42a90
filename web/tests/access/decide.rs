//! Deciding on eligibility as people do it: on what the team found, with a person's judgement, told in a
//! letter that its reader understands.

use axum::http::StatusCode;
use care::record::entry::Audience;
use care::record::fact::Fact;
use care::record::fact::assess::Reply;
use care::record::fact::decision::EligibilityDecided;
use care::record::ids::QuestionId;

use super::assess::Home;
use super::standings::entry_for;

const PAGE: &str = "eligibility";
const LETTER: &str = "eligibility/letter";
const IMPACT: &str = "significant=yes&areas=dignity&areas=health\
    &significant-why=She+no+longer+leaves+her+chair";

impl Home {
    fn decided(&self) -> Vec<EligibilityDecided> {
        let decided = self.story().into_iter().filter_map(|entry| match entry.fact {
            Fact::EligibilityDecided(decided) => Some(*decided),
            _ => None,
        });
        decided.collect()
    }

    async fn refused(&self, part: &str, form: &str) -> String {
        let answer = self.post(&self.social_worker, part, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{part}: {}", answer.body);
        answer.body
    }

    /// The last judgement once more, for professionals alone, and with another reason.
    fn confide(&self, why: &str) {
        let last =
            self.story().into_iter().rfind(|one| matches!(one.fact, Fact::SectionWritten(_)));
        let mut last = last.unwrap();
        let Fact::SectionWritten(written) = &mut last.fact else { panic!() };
        written.replies.insert(QuestionId::new("reason"), Reply::Text(why.to_owned()));
        let confided = entry_for(&last.author, Audience::Professionals, last.fact);
        self.world.tell(vec![(self.person, vec![confided])]);
    }

    /// The nurse judges one outcome.
    async fn judge(&self, section: &str, way: &str, more: &str) {
        let form = format!("q-unable={way}&q-reason=Seen+at+breakfast&{more}");
        self.sent(&self.nurse, &format!("form/assessment/{section}"), &form).await;
    }
}

/// Which entry the form says that its writer has seen.
fn seen(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"seen\" value=\"").expect("it says so");
    format!("seen={}", rest.split('"').next().unwrap())
}

#[tokio::test]
async fn the_team_finds_a_person_judges_and_the_letter_says_why() {
    let home = Home::new();
    let nothing = home.page(&home.social_worker, PAGE).await;
    assert!(nothing.contains("Nobody has judged yet"), "{nothing}");
    home.judge("nutrition", "assistance", "q-carer-meets=no").await;
    home.judge("hygiene", "distress", "q-carer-meets=yes").await;

    let page = home.page(&home.social_worker, PAGE).await;
    for told in
        ["Managing and maintaining nutrition", "Why: Seen at breakfast", "community-nurse Worker"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(page.contains("Not decided yet") && page.contains("SI 2015/313 reg 2(1)"), "{page}");
    let chosen = page.split("<input").filter(|rest| rest.contains("name=\"significant\""));
    assert!(chosen.clone().count() == 2, "{page}");
    for choice in chosen {
        assert!(
            !choice.split('>').next().unwrap().contains("checked"),
            "nothing judges it for them"
        );
    }
    let seen = seen(&page);

    // Neither without the cause nor without reasons; each is said at its field, and nothing is kept.
    let silent = home.refused(PAGE, &seen).await;
    for field in ["#cause", "#significant"] {
        assert!(silent.contains(&format!("href=\"{field}\"")), "{field}: {silent}");
    }
    let bare = format!("cause=yes&significant=yes&{seen}");
    let bare = home.refused(PAGE, &bare).await;
    for field in ["#cause-why", "#significant-why", "#areas"] {
        assert!(bare.contains(&format!("href=\"{field}\"")), "{field}: {bare}");
    }
    let judged = format!("cause=yes&cause-why=A+stroke&{IMPACT}&{seen}");
    let shown = home.post(&home.social_worker, PAGE, &format!("do=show&{judged}")).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.body.contains("Some needs are eligible"), "{}", shown.body);
    assert!(home.decided().is_empty(), "shown, and not decided");

    let to = home.sent(&home.social_worker, PAGE, &judged).await;
    assert_eq!(to, format!("{}?done=decided", home.path(LETTER)));
    let decided = home.decided();
    assert_eq!(decided[0].eligible_needs, ["nutrition", "hygiene"]);
    assert_eq!(decided[0].to_meet, ["nutrition"], "the carer meets the other");
    for reader in [&home.own, &home.nurse, &home.social_worker] {
        let letter = home.page(reader, LETTER).await;
        for told in [
            "These are yours",
            "Making food, eating and drinking: you cannot do it without help. Seen at breakfast",
            "somebody who cares for you helps with this now",
            "Yes. A stroke",
            "Yes. She no longer leaves her chair",
            "being treated with respect",
            "If you do not agree",
            "Ombudsman",
            "Whoever looks after you can have an assessment of their own",
        ] {
            assert!(letter.contains(told), "{told}: {letter}");
        }
    }
    let there = home.page(&home.own, "assessment").await;
    assert!(there.contains(&home.path(LETTER)), "the person finds it: {there}");
    assert!(!there.contains("Decide on eligibility"), "{there}");
}

#[tokio::test]
async fn who_is_not_eligible_is_told_what_can_help_and_what_they_can_do() {
    let home = Home::new();
    let outcomes = law::eligibility::AdultOutcome::ALL.iter().map(|outcome| outcome.code());
    for (at, outcome) in outcomes.enumerate() {
        // One need alone is not enough for the law.
        let way = if at == 0 { "longer" } else { "able" };
        home.judge(outcome, way, "q-any=yes").await;
    }
    let page = home.page(&home.social_worker, PAGE).await;
    let judged = format!("cause=yes&cause-why=A+broken+wrist&{IMPACT}&{}", seen(&page));
    let silent = home.refused(PAGE, &format!("{judged}&words=+")).await;
    assert!(silent.contains("Write what can help instead"), "{silent}");
    let words = "words=The+lunch+club+on+Mondays%0D%0A%0D%0AA+perching+stool+from+the+Red+Cross";
    home.sent(&home.social_worker, PAGE, &format!("{judged}&{words}")).await;
    let letter = home.page(&home.own, LETTER).await;
    for told in [
        "The law’s test is not met",
        "What can help",
        "The lunch club on Mondays",
        "A perching stool",
        "it takes you much longer",
        "These you manage",
        "The council may still help",
        "ask for a new assessment",
        "If you do not agree",
    ] {
        assert!(letter.contains(told), "{told}: {letter}");
    }
    assert!(!letter.contains("These are yours"), "{letter}");
    // An earlier letter stays to be read when there is a later one.
    let page = home.page(&home.social_worker, PAGE).await;
    let again = format!("cause=yes&cause-why=Both+wrists&{IMPACT}&words=As+before&{}", seen(&page));
    home.sent(&home.social_worker, PAGE, &again).await;
    let letter = home.page(&home.own, LETTER).await;
    assert!(letter.contains("Both wrists") && !letter.contains("A broken wrist"), "{letter}");
    let all = home.page(&home.own, "letters").await;
    let earlier = all.rsplit_once("/letter/").expect("a link to the earlier one").1;
    let earlier = format!("letter/{}", earlier.split('"').next().unwrap());
    assert!(home.page(&home.own, &earlier).await.contains("A broken wrist"));
    for other in ["1", "99", "x"] {
        let part = home.path(&format!("letter/{other}"));
        let answer = home.world.get(&part, &home.own).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{other}");
    }
}

#[tokio::test]
async fn nobody_decides_on_what_they_have_not_read() {
    let home = Home::new();
    home.judge("nutrition", "assistance", "").await;
    home.judge("hygiene", "distress", "").await;
    let page = home.page(&home.social_worker, PAGE).await;
    let judged = format!("cause=yes&cause-why=A+stroke&{IMPACT}");
    let form = format!("{judged}&{}", seen(&page));
    home.judge("toilet", "danger", "").await;
    let late = home.refused(PAGE, &form).await;
    assert!(late.contains("Somebody wrote in the assessment after you opened"), "{late}");
    assert!(late.contains("Managing toilet needs") && late.contains("A stroke"), "{late}");
    assert!(home.decided().is_empty());
    home.sent(&home.social_worker, PAGE, &format!("{judged}&{}", seen(&late))).await;
    assert_eq!(home.decided()[0].eligible_needs, ["nutrition", "hygiene", "toilet"]);
}

#[tokio::test]
async fn a_reason_that_was_given_in_confidence_is_not_passed_on() {
    let home = Home::new();
    home.judge("nutrition", "assistance", "").await;
    home.judge("hygiene", "danger", "").await;
    home.confide("Her son takes the soap");
    let page = home.page(&home.social_worker, PAGE).await;
    assert!(page.contains("not written for the person to read"), "{page}");
    assert!(!page.contains("Her son takes the soap"), "{page}");
    let judged = format!("cause=yes&cause-why=A+stroke&{IMPACT}&{}", seen(&page));
    let open = home.refused(PAGE, &judged).await;
    assert!(open.contains("href=\"#reason-hygiene\""), "{open}");
    let why = "reason-hygiene=You+slipped+in+the+bath&reason-nutrition=Never+mind";
    home.sent(&home.social_worker, PAGE, &format!("{judged}&{why}")).await;
    let letter = home.page(&home.own, LETTER).await;
    assert!(letter.contains("You slipped in the bath"), "{letter}");
    assert!(!letter.contains("Her son takes the soap"), "{letter}");
    assert!(!letter.contains("Never mind"), "a reason that was given stays its author’s: {letter}");
    let kept = serde_json::to_string(&home.decided()[0]).unwrap();
    assert!(!kept.contains("Her son"), "{kept}");
    assert!(kept.contains("why, in the words of social-worker Worker"), "{kept}");
}

#[tokio::test]
async fn a_carer_is_decided_on_by_their_own_form() {
    let home = Home::new();
    let health = "q-at-risk=yes&q-at-risk-why=Her+back";
    home.sent(&home.social_worker, "form/carers-assessment/my-health", health).await;
    let page = home.page(&home.social_worker, PAGE).await;
    assert!(page.contains("eligible for support as a carer?"), "their form alone was judged");
    let part = format!("{PAGE}?who=carer");
    assert!(page.contains(&home.path(&part)), "{page}");
    let judged = format!(
        "cause=yes&cause-why=She+lifts+him&health=yes&health-why=Her+back&{IMPACT}&{}",
        seen(&page)
    );
    home.sent(&home.social_worker, &part, &judged).await;
    assert_eq!(home.decided()[0].eligible_needs, ["health-at-risk"]);
    let letter = home.page(&home.own, LETTER).await;
    for told in ["support for you as a carer", "Keeping well yourself", "Your health is at risk"] {
        assert!(letter.contains(told), "{told}: {letter}");
    }
    // Signed out while writing: what was typed can be copied.
    home.world.wait(86_400);
    let typed = "cause-why=She+lifts+him&reason-other-care=Two+children";
    let out = home.world.post(&home.path(&part), &home.social_worker, typed).await;
    assert_eq!(out.status, StatusCode::UNAUTHORIZED);
    for told in ["She lifts him", "other care: Two children"] {
        assert!(out.body.contains(told), "{told}: {}", out.body);
    }
}
