//! What stands in a plan beside the outcomes: everybody with whom it is shared writes their part, each part
//! with its author and day, told once; and wishes for the end of life are read by fewer.

use super::assess::Home;
use super::world::{Browser, Seat, seat};

impl Home {
    /// A provider's worker in the person's team.
    async fn with_provider(&self) -> Browser {
        let provider = self.world.sign_in(&Seat { team: None, ..seat("provider-worker") }, None);
        let login = format!("login={}&agrees=yes", provider.user);
        self.sent(&self.social_worker, "team/add", &login).await;
        provider
    }

    /// Writes in a part of the plan, as its page was opened.
    pub async fn part(&self, by: &Browser, part: &str, said: &str) -> String {
        let opened = self.opened(by, part).await;
        self.sent(by, part, &format!("{opened}&do=save&rests-on=A+visit&{said}")).await
    }

    pub async fn work_of(&self, who: &Browser) -> String {
        self.world.get("/work", &self.world.again(who)).await.body
    }
}

#[tokio::test]
async fn everybody_writes_their_part_of_the_plan_and_reads_it_and_wishes_are_for_fewer() {
    let (home, _) = Home::with_plan().await;
    let provider = home.with_provider().await;
    let there = home.part(&home.own, "form/plan/staying-well", "q-helps=A+walk+each+day").await;
    assert!(there.ends_with("/plan?done=saved"), "{there}");
    home.part(&home.nurse, "form/plan/getting-worse", "q-signs=She+stops+eating").await;
    home.part(
        &provider,
        "form/plan/getting-worse",
        "q-signs=She+stops+eating&q-response=Ring+our+night+line",
    )
    .await;
    let wishes = "q-say=yes&q-matters=Music+in+the+room";
    home.part(&home.own, "form/end-of-life/wishes", wishes).await;

    let told = ["A walk each day", "She stops eating", "Ring our night line", "Told to"];
    for reader in [&home.own, &home.nurse, &home.social_worker, &provider] {
        let theirs = reader.user == provider.user;
        for page in ["plan", "plan/print", "plan/print?print=large"] {
            let shown = home.page(reader, page).await;
            for told in told {
                assert!(shown.contains(told), "{page}: {told}: {shown}");
            }
            assert_eq!(shown.contains("Music in the room"), !theirs, "{page}: {shown}");
            let nothing = shown.contains("Nothing is written here yet");
            assert_eq!(nothing, page == "plan", "paper has what is written: {shown}");
        }
        let summary = home.page(reader, "plan/emergency").await;
        for told in &told[1..3] {
            assert!(summary.contains(told), "{told}: {summary}");
        }
        assert_eq!(summary.contains("Music in the room"), !theirs, "{summary}");
    }
    home.not_there(&provider, "form/end-of-life/wishes").await;
    let finance = home.world.sign_in(&seat("finance-officer"), None);
    home.not_there(&finance, "form/plan/staying-well").await;

    // It begins with the plan: nobody asks for it by a day.
    let begin = home.page(&home.social_worker, "begin").await;
    assert!(
        !begin.contains("value=\"plan\"") && !begin.contains("value=\"end-of-life\""),
        "{begin}"
    );
    let assessment = home.page(&home.social_worker, "assessment").await;
    assert!(!assessment.contains("/form/plan"), "it stands in the plan: {assessment}");
    // What the person wrote with their own hand is changed by nobody else.
    let kept = home.page(&home.social_worker, "form/plan/staying-well").await;
    assert!(kept.contains("A walk each day"), "{kept}");
}

#[tokio::test]
async fn where_a_carer_is_named_their_being_away_is_planned_for_and_that_is_somebodys_work() {
    let (home, _) = Home::with_plan().await;
    let line = home.path("form/plan/carers");
    assert!(!home.work_of(&home.social_worker).await.contains(&line));
    let named = "q-carers-0-name=Maria&q-carers-0-relation=daughter&q-carers-0-reach=07700+900123";
    home.part(&home.nurse, "form/assessment/caring", named).await;
    assert!(home.work_of(&home.social_worker).await.contains(&line), "the keeper plans for it");

    let planned = "q-if-not-there=Her+son+comes&q-carers-get=A+break+each+month";
    home.part(&home.social_worker, "form/plan/carers", planned).await;
    assert!(!home.work_of(&home.social_worker).await.contains(&line));
    let summary = home.page(&home.own, "plan/emergency").await;
    assert!(summary.contains("Her son comes") && summary.contains("07700 900123"), "{summary}");
    // Told in the plan, it is not asked again in the assessment.
    let asked = home.page(&home.nurse, "form/assessment/caring").await;
    assert!(asked.contains("Her son comes"), "{asked}");

    let out = format!("do=out&out=if-not-there&why=He+moved+away&{planned}");
    let opened = home.opened(&home.nurse, "form/plan/carers").await;
    home.sent(&home.nurse, "form/plan/carers", &format!("{opened}&{out}")).await;
    assert!(home.work_of(&home.social_worker).await.contains(&line), "it is planned for anew");
}

#[tokio::test]
async fn how_things_stand_at_the_start_is_said_by_each_and_the_review_shows_before_and_after() {
    let (home, outcome) = Home::with_plan().await;
    let provider = home.with_provider().await;
    let scores = home.path("plan/scores");
    let asked = "at the start";
    assert!(!home.page(&home.own, "plan").await.contains(asked), "nobody has agreed yet");
    let seen = home.last();
    home.sent(&home.own, "plan/answer", &format!("answer=agrees&seen=@{seen}")).await;
    for reader in [&home.own, &home.social_worker] {
        let page = home.page(reader, "plan").await;
        assert!(page.contains(asked) && page.contains(&scores), "{page}");
    }
    home.not_there(&provider, "plan/scores").await;
    assert!(!home.page(&provider, "plan").await.contains(&scores));

    let nothing = home.post(&home.own, "plan/scores", "wellbeing=").await;
    assert!(nothing.body.contains("Say how at least one outcome stands"), "{}", nothing.body);
    let page = home.page(&home.own, "plan/scores").await;
    assert!(!page.contains("-worker\""), "nobody scores in the other’s name: {page}");
    let own = format!("score-@{outcome}-person=-2&score-@{outcome}-worker=2&wellbeing=4");
    home.sent(&home.own, "plan/scores", &own).await;
    let worker = format!("score-@{outcome}-worker=-1");
    home.sent(&home.social_worker, "plan/scores", &worker).await;
    for reader in [&home.own, &home.social_worker] {
        assert!(!home.page(reader, "plan").await.contains(asked), "it is asked once");
    }

    let review = home.page(&home.social_worker, "review").await;
    for told in ["Last time: Much less than hoped", "Last time: Less than hoped", "Last time: 4."] {
        assert!(review.contains(told), "{told}: {review}");
    }
    let kept = format!(
        "person=Well&worker=Well&why=It+works&risk=low&end=same&seen=@{}&score-@{outcome}-person=1",
        home.last()
    );
    home.sent(&home.social_worker, "review", &kept).await;
    let page = home.page(&home.own, "reviews").await;
    for told in ["Much less than hoped (-2)", "More than hoped (1)", "Less than hoped (-1)"] {
        assert!(page.contains(told), "{told}: {page}");
    }
}

#[tokio::test]
async fn nobody_there_becomes_an_action_of_the_plan_with_one_click_and_stands_until_then() {
    let (home, outcome) = Home::with_plan().await;
    let about = "q-important-people-0-name=Rosa&q-nobody=no&q-communicate=Slowly";
    home.part(&home.social_worker, "form/assessment/about-me", about).await;
    let prompted = home.story().into_iter().find(|entry| entry.fact.kind() == "prompted").unwrap();
    let (way, prompt) = (
        format!("plan/action?network=@{}", prompted.number),
        format!("prompt/@{}", prompted.number),
    );
    for page in ["plan", &prompt] {
        let page = home.page(&home.social_worker, page).await;
        assert!(page.contains(&home.path(&way)), "{page}");
    }
    for reader in [&home.own, &home.with_provider().await] {
        assert!(!home.page(reader, "plan").await.contains("network="), "it is of the assessment");
    }
    let form = home.page(&home.social_worker, &way).await;
    for filled in ["Find people and groups nearby", "value=\"community\" checked"] {
        assert!(form.contains(filled), "{filled}: {form}");
    }
    let step = |draft: &str| {
        format!(
            "outcome=@{outcome}&what=Lunch+club&source=community&who=me&due-day=1&due-month=2\
             &due-year=2027&known-by=She+went{draft}"
        )
    };
    home.sent(&home.social_worker, &way, &step("&draft=yes")).await;
    assert!(
        home.work_of(&home.social_worker).await.contains(&home.path(&prompt)),
        "a draft answers nothing"
    );
    home.sent(&home.social_worker, &way, &step("")).await;
    assert!(!home.work_of(&home.social_worker).await.contains(&home.path(&prompt)));
    let page = home.page(&home.social_worker, "plan").await;
    assert!(!page.contains("network=") && page.contains("Lunch club"), "{page}");
    let page = home.page(&home.social_worker, &prompt).await;
    assert!(page.contains("In the plan: Lunch club"), "{page}");
}
