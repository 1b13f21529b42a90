//! The emergency summary: one side of paper for somebody who comes to the door at night. It only takes
//! over what is on the record: of the plan first what to do when things get worse, if a carer cannot come,
//! and what is wished for the end of life.

use axum::extract::Path;
use axum::response::Response;
use care::assess::known;
use care::record::fact::assess::{FormKind, Named, Reply};
use care::record::fact::carer::CardWritten;
use care::record::fact::letter::LetterFormat;
use care::record::ids::PersonId;
use care::record::person::Told;
use care::who::role::Part;

use super::one_side::{Block, Side, cut};
use super::print::{Paper, as_of};
use super::{open, path, sections};
use crate::assess::{Laid, may_see};
use crate::carer::card;
use crate::error::Failure;
use crate::page;
use crate::seat::Seat;
use crate::story::communication_lines;

/// How many people, and how many of the team, are listed.
const MOST: usize = 6;
/// How much of the name of somebody, or of a line about them, is shown, in bytes.
const NAME: usize = 60;

/// What the plan and the assessment know under one of these names: what the plan says comes first.
struct Answers(Vec<(String, Vec<String>, Reply)>);

impl Answers {
    fn of(seat: &Seat, laid: &Laid) -> Self {
        let register = laid.outside.register();
        let ground = laid.ground(&seat.app.place, &register);
        let assessment = seat.app.place.forms.of_kind(FormKind::Assessment);
        let assessment = assessment.filter(|form| may_see(form.kind, seat));
        let mut answers = Vec::new();
        for form in sections::forms(seat).into_iter().chain(assessment) {
            let known = known::known(form, None, &laid.readable, &ground, seat.today);
            let questions = known.sections.iter().flat_map(|section| &section.questions);
            answers.extend(questions.filter_map(|question| {
                let concept = question.question.concept.clone()?;
                let answer = question.current()?;
                Some((concept, answer.words.clone(), answer.reply.clone()))
            }));
        }
        Self(answers)
    }

    fn row(&self, (key, concept): (&str, &str)) -> Option<(String, String)> {
        let (_, words, _) = self.0.iter().find(|(name, ..)| name == concept)?;
        Some((key.to_owned(), words.join(". ")))
    }

    /// Those who are named under a name, as far as they can be reached.
    fn people(&self, concept: &str) -> Vec<String> {
        let found = self.0.iter().find(|(name, ..)| name == concept);
        let Some((_, _, Reply::People(people))) = found else { return Vec::new() };
        let reached = people.iter().filter(|one| !one.reach.is_empty());
        reached.map(reach_of).collect()
    }
}

/// Shows it as it prints.
pub async fn show(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let laid = open(&seat, id).await?;
    let cards = card::shared_with_team(&seat, id, laid.readable.clone()).await?;
    let answers = Answers::of(&seat, &laid);
    let own = laid.own;
    let mut side = Side::new([
        Block::rows("", who(&seat, &laid)).needed(),
        Block::rows(
            if own { "How to speak with me" } else { "How to speak with them" },
            speak(&seat, &laid, &answers),
        )
        .needed(),
        Block::rows("When things get worse", worse(&answers, &cards, own)).needed(),
        Block::lines("Who to ring", &ring(&answers, &cards), "No number is on the record yet.")
            .needed(),
        Block::rows(
            if own { "What matters to me" } else { "What matters to them" },
            matters(&laid, &answers),
        ),
        Block::lines(
            if own { "Who works with me" } else { "Who works with them" },
            &team(&seat, &laid),
            "Nobody yet.",
        ),
    ]);
    side.fit();
    let title = if own {
        "Your emergency summary".to_owned()
    } else {
        format!("Emergency summary: {}", cut(&laid.name(), NAME))
    };
    page::show(&Paper {
        page: seat.page(title, "").back(path(id)),
        forms: Vec::new(),
        format: LetterFormat::Standard,
        tight: true,
        parts: side.parts(),
        as_of: as_of(&seat),
    })
}

/// What to look out for and to do: what the plan says of it, then what the assessment and the carers'
/// cards say.
fn worse(
    answers: &Answers,
    cards: &[(String, Told<CardWritten>)],
    own: bool,
) -> Vec<(String, String)> {
    let say = |mine, theirs| if own { mine } else { theirs };
    let row = |one| answers.row(one);
    let mut worse: Vec<_> = [
        (say("When I get worse", "When they get worse"), "signs-of-worse"),
        ("What helps then", "helps-when-worse"),
        ("What is done then", "done-when-worse"),
        (say("If my carer cannot come", "If their carer cannot come"), "carer-contingency"),
        ("What is arranged for that", "contingency-arranged"),
        ("At the end of life", "end-of-life-matters"),
        ("Where, and with whom", "end-of-life-where"),
        (say("What I do not want", "What they do not want"), "end-of-life-not-wanted"),
        ("Documents about that", "end-of-life-documents"),
        ("In an emergency", "emergency"),
    ]
    .into_iter()
    .filter_map(row)
    .collect();
    worse.extend(cards.iter().take(2).map(|(name, told)| {
        let key = format!("If {} cannot come", cut(name, NAME / 2));
        (key, told.said.must_know.clone())
    }));
    worse.extend(
        [
            (say("When I am well", "When they are well"), "wellness"),
            ("What to watch", "clinical-watch"),
        ]
        .into_iter()
        .filter_map(row),
    );
    worse
}

/// Somebody, and how to reach them: a long name leaves room for the number.
fn reach_of(one: &Named) -> String {
    let (name, relation) = (cut(&one.name, NAME / 2), cut(&one.relation, NAME / 2));
    format!("{name}, {relation}: {}", cut(&one.reach, NAME))
}

/// Whoever can be rung, each once.
fn ring(answers: &Answers, cards: &[(String, Told<CardWritten>)]) -> Vec<String> {
    let steps = cards.iter().flat_map(|(_, told)| &told.said.steps_in);
    let steps = steps.filter(|one| !one.reach.is_empty());
    let steps = steps.map(reach_of);
    let mut ring: Vec<String> = Vec::new();
    let first = answers.people("call-when-worse").into_iter();
    let all = first.chain(answers.people("unpaid-carers")).chain(answers.people("carer-steps-in"));
    for one in all.chain(steps).chain(answers.people("important-people")) {
        if !ring.contains(&one) {
            ring.push(one);
        }
    }
    ring.truncate(MOST);
    ring
}

fn who(seat: &Seat, laid: &Laid) -> Vec<(String, String)> {
    let identity = laid.identity();
    let mut rows = vec![("Name".to_owned(), laid.name())];
    rows.extend(identity.born.map(|born| ("Born".to_owned(), born.in_words())));
    rows.extend(identity.nhs_number.map(|number| ("NHS number".to_owned(), number.spaced())));
    let mut address = identity.address.clone();
    address.extend(identity.postcode.clone());
    if !address.is_empty() {
        rows.push(("Lives at".to_owned(), address.join(", ")));
    }
    rows.extend(identity.telephone.clone().map(|number| ("Telephone".to_owned(), number)));
    let practice = laid.record.resident.as_ref().and_then(|one| one.practice.as_deref());
    let practice = practice.map(|ods| seat.app.place.practice_name(ods));
    rows.extend(practice.map(|name| ("GP surgery".to_owned(), name)));
    rows
}

fn speak(seat: &Seat, laid: &Laid, answers: &Answers) -> Vec<(String, String)> {
    let sees = seat.actor.role.sees(Part::Communication);
    let said = laid.readable.communication.as_ref().filter(|_| sees);
    let lines = said.map(|told| communication_lines(&told.said)).unwrap_or_default();
    let mut rows: Vec<(String, String)> = lines
        .into_iter()
        .filter(|(key, _)| *key != "Letters in")
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    rows.extend(answers.row(("What helps", "how-i-communicate")));
    rows
}

fn matters(laid: &Laid, answers: &Answers) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = [
        ("What is important", "important-to-me"),
        ("Please do, and please do not", "please-do"),
        (if laid.own { "How to support me" } else { "How to support them" }, "how-to-support-me"),
    ]
    .into_iter()
    .filter_map(|one| answers.row(one))
    .collect();
    let wants: Vec<String> = laid
        .readable
        .plan
        .open_outcomes()
        .map(|outcome| outcome.written.said.words.clone())
        .collect();
    if !wants.is_empty() {
        let key = if laid.own { "What I want" } else { "What they want" };
        rows.push((key.to_owned(), wants.join(". ")));
    }
    rows
}

/// The keeper and the others of the team.
fn team(seat: &Seat, laid: &Laid) -> Vec<String> {
    let place = &seat.app.place;
    let mut team: Vec<_> = laid.record.person.team.iter().collect();
    team.sort_by_key(|member| !member.keeper);
    let line = |member: &&care::record::person::Member| {
        let keeps = if member.keeper { ", keeps the plan" } else { "" };
        let organisation = place.organisation_name(&member.organisation);
        format!("{}, {organisation}{keeps}", member.name)
    };
    team.iter().take(MOST).map(line).collect()
}
