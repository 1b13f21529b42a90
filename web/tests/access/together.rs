//! Several at once, through the pages: five professionals write one assessment, on each engine, and
//! nothing is lost or silently overwritten; and the second of them is asked nothing that is known.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::StatusCode;
use care::record::fact::Fact;
use care::record::fact::assess::{FormKind, Reply};

use tokio::runtime::Runtime;

use super::assess::{Home, asks, hidden};
use super::engines;
use super::forms::walk;
use super::lists::encoded;
use super::world::{Answer, Browser, World, forms, seat};

/// Five open questions of one section, and who writes there.
const QUESTIONS: [&str; 5] = ["own", "community", "technology", "services", "wish"];
const ROLES: [&str; 5] =
    ["social-worker", "community-nurse", "gp-practice", "team-lead", "care-navigator"];
const PART: &str = "form/assessment/nutrition";

/// What a page's form holds: every box of words as it is filled in, and what the form says of itself.
fn filled(page: &str) -> String {
    let boxes = page.split("<textarea").skip(1).filter_map(|part| {
        let name = part.split("name=\"").nth(1)?.split('"').next()?;
        let text = part.split_once('>')?.1.split("</textarea>").next()?.trim_start();
        (name.starts_with("q-") && !text.is_empty()).then(|| format!("&{name}={}", encoded(text)))
    });
    format!("{}{}", hidden(page), boxes.collect::<String>())
}

/// Saves until it is kept: each time it is not, the page that came back is sent, with both versions
/// laid together, after a look at whether theirs is there. Gives how often somebody else was first.
async fn insists(
    home: &Home,
    browser: &Browser,
    (question, mine): (&str, String),
    opened: String,
) -> usize {
    let path = home.path(PART);
    let mut sent = format!("{opened}&q-{question}={}", encoded(&mine));
    for met in 0..20 {
        let answer: Answer = home.world.post(&path, browser, &sent).await;
        if answer.status == StatusCode::SEE_OTHER {
            return met;
        }
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("Somebody else wrote here"), "{}", answer.body);
        assert!(answer.body.contains(&mine), "what they wrote is lost: {}", answer.body);
        sent = filled(&answer.body);
    }
    panic!("{mine} was never kept");
}

#[test]
fn five_write_one_assessment_at_once_on_each_engine() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for address in engines::addresses() {
        let world = World::changed(&address, &[]);
        // Each another question; then all of them the same one.
        for (number, questions) in [(1, QUESTIONS), (2, ["own"; 5])] {
            at_once(&runtime, &Home::in_world(&world, number), questions);
        }
    }
}

fn at_once(runtime: &Runtime, home: &Home, questions: [&'static str; 5]) {
    let mut writers = Vec::new();
    for (role, question) in ROLES.iter().zip(questions) {
        let browser = home.world.sign_in(&seat(role), None);
        let joined = super::standings::joined(browser.user, false);
        let entry = super::standings::entry(&super::world::stranger(), joined);
        home.world.tell(vec![(home.person, vec![entry])]);
        writers.push((browser, question, format!("From the {role} about {question}")));
    }
    // All have the empty section before them.
    let (home, path) = (Arc::new(home.clone()), home.path(PART));
    let mut tasks = Vec::new();
    for (browser, question, mine) in writers.clone() {
        let opened = hidden(&runtime.block_on(home.world.get(&path, &browser)).body);
        let home = Arc::clone(&home);
        tasks.push(async move { insists(&home, &browser, (question, mine), opened).await });
    }
    let tasks: Vec<_> = tasks.into_iter().map(|task| runtime.spawn(task)).collect();
    let mut met = 0;
    for task in tasks {
        met += runtime.block_on(task).unwrap();
    }
    assert!(met >= 4, "all but the first found somebody there before them");
    // Every version is on the story, and each saw all that it took the place of.
    let story = home.story();
    let written: Vec<_> = story
        .iter()
        .filter_map(|entry| match &entry.fact {
            Fact::SectionWritten(written) => Some((entry, written)),
            _ => None,
        })
        .collect();
    assert_eq!(written.len(), 5);
    for (at, (_, one)) in written.iter().enumerate() {
        let before: BTreeSet<u32> = written[..at].iter().map(|(entry, _)| entry.number).collect();
        let saw: BTreeSet<u32> = one.saw.iter().copied().collect();
        assert!(before.last().is_none_or(|last| saw.contains(last)), "the last before it was seen");
    }
    for (browser, question, mine) in &writers {
        let theirs = written.iter().find(|(entry, _)| entry.author.user == browser.user);
        let (_, theirs) = theirs.expect("everyone’s is kept");
        let id = care::record::ids::QuestionId::new(*question);
        assert_eq!(theirs.replies.get(&id), Some(&Reply::Text(mine.clone())));
    }
    if questions == QUESTIONS {
        // Nothing was answered twice: all five stand, each with who gave it.
        let page = runtime.block_on(home.world.get(&home.path("assessment"), &home.own)).body;
        for ((_, _, mine), role) in writers.iter().zip(ROLES) {
            for told in [mine, &format!("{role} Worker")] {
                assert!(page.contains(told.as_str()), "{told}: {page}");
            }
        }
    }
}

#[tokio::test]
async fn a_second_professional_is_asked_nothing_that_was_told() {
    let (world, forms) = (World::new(), forms(&[]));
    let assessment = forms.of_kind(FormKind::Assessment).unwrap();
    let way = walk(&world, 1, assessment, 0).await;
    // A day later a community nurse opens every part: how many questions stand open before her.
    let home = Home::beside(&world, 1);
    world.wait(86_400);
    let (mut open, mut seen) = (Vec::new(), 0);
    for section in &assessment.sections {
        let part = format!("form/assessment/{}", section.id);
        let page = home.page(&home.nurse, &part).await;
        for one in &section.questions {
            if !page.contains(&format!("id=\"ask-{}\"", one.id)) {
                continue;
            }
            seen += 1;
            if asks(&page, one.id.as_str()) {
                open.push((section.id.to_string(), one.id.to_string()));
            }
        }
    }
    assert!(seen >= way.said.len(), "{seen} of {} questions are shown", way.said.len());
    assert_eq!(open, [], "questions with a current answer that are asked again");
}
