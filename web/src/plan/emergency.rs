//! The emergency summary: one side of paper for somebody who comes to the door at night. It only takes
//! over what is on the record, and says who wrote none of it where nobody has.

use axum::extract::Path;
use axum::response::Response;
use care::assess::known;
use care::record::fact::assess::{FormKind, Reply};
use care::record::fact::carer::CardWritten;
use care::record::fact::letter::LetterFormat;
use care::record::ids::PersonId;
use care::record::person::Told;
use care::who::access::Part;

use super::print::{Paper, as_of};
use super::{open, path};
use crate::ask::{heading, list, paragraph};
use crate::assess::Laid;
use crate::carer::card;
use crate::components::{Markup, SummaryList, SummaryRow};
use crate::error::Failure;
use crate::page;
use crate::record::story::communication_lines;
use crate::seat::Seat;

/// What one side holds at the size that it prints in, in quarters of a line.
const SIDE: usize = 54 * 4;
/// How many letters go in a line beside a row's key.
const LINE: usize = 70;
/// How much of one answer is shown at most, in bytes: as much as lets everything fit on one side.
const ROOMS: [usize; 7] = [1200, 700, 490, 350, 280, 210, 140];
/// How many people, and how many of the team, are listed.
const MOST: usize = 6;

/// A part of the summary: its heading, and its rows.
struct Block {
    title: &'static str,
    rows: Vec<(String, String)>,
}

/// What the assessment knows under one of these names.
struct Answers(Vec<(String, Vec<String>, Option<Reply>)>);

impl Answers {
    fn of(seat: &Seat, laid: &Laid) -> Self {
        let register = laid.outside.register();
        let ground = laid.ground(&seat.app.place, &register);
        let Some(form) = seat.app.place.forms.of_kind(FormKind::Assessment) else {
            return Self(Vec::new());
        };
        if !seat.actor.role.sees(Part::Assessment) {
            return Self(Vec::new());
        }
        let known = known::known(form, None, &laid.readable, &ground, seat.today);
        let questions = known.sections.iter().flat_map(|section| &section.questions);
        let answers = questions.filter_map(|question| {
            let concept = question.question.concept.clone()?;
            let answer = question.current()?;
            Some((concept, answer.words.clone(), Some(answer.reply.clone())))
        });
        Self(answers.collect())
    }

    fn row(&self, (key, concept): (&str, &str)) -> Option<(String, String)> {
        let (_, words, _) = self.0.iter().find(|(name, ..)| name == concept)?;
        Some((key.to_owned(), words.join(". ")))
    }

    /// Those who are named under a name, as far as they can be reached.
    fn people(&self, concept: &str) -> Vec<String> {
        let found = self.0.iter().find(|(name, ..)| name == concept);
        let Some((_, _, Some(Reply::People(people)))) = found else { return Vec::new() };
        let reached = people.iter().filter(|one| !one.reach.is_empty());
        reached.map(|one| format!("{}, {}: {}", one.name, one.relation, one.reach)).collect()
    }
}

/// The beginning of a text, where it is longer than there is room for: it says that there is more.
fn in_short(text: &str, room: usize) -> String {
    if text.len() <= room {
        return text.to_owned();
    }
    let cut = &text[..text.floor_char_boundary(room)];
    let cut = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
    format!("{cut} … (more is on the record)")
}

/// How much of each answer can be shown for all to fit on one side beside so many other lines.
fn room(blocks: &[Block], lines: usize) -> usize {
    let fits = |room: &usize| {
        let rows = blocks.iter().flat_map(|block| &block.rows);
        let rows = rows.map(|(_, text)| text.len().min(*room).div_ceil(LINE).max(1) * 4 + 1);
        rows.sum::<usize>() + (blocks.len() + 2) * 8 + lines * 4 <= SIDE
    };
    let least = ROOMS.last().copied().unwrap_or_default();
    ROOMS.iter().copied().find(fits).unwrap_or(least)
}

/// Shows it as it prints.
pub async fn show(seat: Seat, Path(id): Path<PersonId>) -> Result<Response, Failure> {
    let laid = match open(&seat, id).await? {
        Ok(laid) => laid,
        Err(page) => return Ok(page),
    };
    let cards = card::shared_with_team(&seat, id, laid.readable.clone()).await?;
    let answers = Answers::of(&seat, &laid);
    let own = laid.own;
    let blocks = [
        Block { title: "", rows: who(&seat, &laid) },
        Block {
            title: if own { "How to speak with me" } else { "How to speak with them" },
            rows: speak(&seat, &laid, &answers),
        },
        Block {
            title: if own { "What matters to me" } else { "What matters to them" },
            rows: matters(&laid, &answers),
        },
        Block { title: "When things get worse", rows: worse(&answers, &cards) },
    ];
    let ring = ring(&answers, &cards);
    let team = team(&seat, &laid);
    let room = room(&blocks, ring.len() + team.len());
    let mut parts: Vec<Markup> = Vec::new();
    for block in &blocks {
        if !block.title.is_empty() {
            parts.push(heading(block.title));
        }
        let rows = block.rows.iter();
        let rows = rows.map(|(key, text)| SummaryRow::new(key.as_str(), in_short(text, room)));
        parts.push(if block.rows.is_empty() {
            paragraph("Nothing is on the record yet.")
        } else {
            SummaryList::new(rows).into()
        });
    }
    for (title, lines, none) in [
        ("Who to ring", ring, "No number is on the record yet."),
        ("Who works with them", team, "Nobody yet."),
    ] {
        parts.push(heading(title));
        parts.push(if lines.is_empty() { paragraph(none) } else { list(lines) });
    }
    let title = if own {
        "Your emergency summary".to_owned()
    } else {
        format!("Emergency summary: {}", laid.name())
    };
    page::show(&Paper {
        page: seat.page(title, "").back(path(id)),
        forms: Vec::new(),
        format: LetterFormat::Standard,
        tight: true,
        parts,
        as_of: as_of(&seat),
    })
}

/// What to look out for and to do, as far as it is known; and what the carers' cards share.
fn worse(answers: &Answers, cards: &[(String, Told<CardWritten>)]) -> Vec<(String, String)> {
    let known = [
        ("When they are well", "wellness"),
        ("What to watch", "clinical-watch"),
        ("In an emergency", "emergency"),
        ("If who cares for them cannot", "carer-contingency"),
    ];
    let mut worse: Vec<_> = known.into_iter().filter_map(|one| answers.row(one)).collect();
    worse.extend(
        cards.iter().take(2).map(|(name, told)| {
            (format!("If {name} cannot be there"), told.said.must_know.clone())
        }),
    );
    worse
}

/// Whoever can be rung, each once.
fn ring(answers: &Answers, cards: &[(String, Told<CardWritten>)]) -> Vec<String> {
    let steps = cards.iter().flat_map(|(_, told)| &told.said.steps_in);
    let steps = steps.filter(|one| !one.reach.is_empty());
    let steps = steps.map(|one| format!("{}, {}: {}", one.name, one.relation, one.reach));
    let mut ring: Vec<String> = Vec::new();
    let all = answers.people("unpaid-carers").into_iter().chain(steps);
    for one in all.chain(answers.people("important-people")) {
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
        ("How to support them", "how-to-support-me"),
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
        rows.push(("What they want".to_owned(), wants.join(". ")));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(rows: usize, long: usize) -> Vec<Block> {
        let rows =
            |_| Block { title: "", rows: vec![(String::new(), "long words ".repeat(long)); rows] };
        (0..4).map(rows).collect()
    }

    #[test]
    fn the_more_there_is_the_less_of_each_is_shown_and_it_says_so() {
        assert_eq!(room(&blocks(1, 20), 4), 1200);
        assert_eq!(room(&blocks(5, 200), 12), 140);
        let between = room(&blocks(3, 60), 6);
        assert!((140..700).contains(&between), "{between}");
        let text = "word ".repeat(100);
        let short = in_short(&text, 140);
        assert!(short.len() < 180 && short.ends_with("(more is on the record)"), "{short}");
        assert_eq!(in_short("Ring Rosa", 140), "Ring Rosa");
    }
}
