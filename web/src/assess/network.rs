//! Who is in the person's life: as a picture, and the same as a list. A picture says nothing that the
//! list does not.

use askama::Template;
use care::assess::known::{KnownForm, KnownQuestion};
use care::record::fact::assess::{Named, Reply, Side};
use care::record::fact::carer::LinkSide;
use care::record::person::carers::{Carers, Link};

/// Everybody the person named, with what they are to them.
#[derive(Template)]
#[template(path = "assess/network.html")]
pub struct Network {
    given: String,
    own: bool,
    people: Vec<Somebody>,
}

/// Somebody in the person's life.
struct Somebody {
    name: String,
    relation: String,
    words: Vec<String>,
    /// Whether they help without being paid.
    helps: bool,
    /// Whether they and the person are linked, each with a record of their own.
    linked: bool,
}

/// Somebody where they are drawn.
struct Placed<'a> {
    one: &'a Somebody,
    /// The left edge of their box, and its top.
    x: i64,
    y: i64,
    /// Where the line to them ends.
    line: (i64, i64),
}

const WIDTH: i64 = 760;
const BOX: (i64, i64) = (230, 52);
const STEP: i64 = 72;
const MARGIN: i64 = 16;
/// The longest text in a box, in letters.
const LETTERS: usize = 26;
/// The name under which those are known who help without being paid.
const CARERS: &str = "unpaid-carers";

impl Network {
    /// The people named in the answers that stand, and those linked with the person; None where nobody is.
    pub fn of(known: &KnownForm<'_>, carers: &Carers, given: String, own: bool) -> Option<Self> {
        let mut people: Vec<Somebody> = Vec::new();
        let questions = known.sections.iter().flat_map(|section| &section.questions);
        for question in questions.filter(|known| known.question.side == Side::Person) {
            let Some(Reply::People(named)) = question.current().map(|answer| &answer.reply) else {
                continue;
            };
            for one in named {
                add(&mut people, one, question);
            }
        }
        carers.holding().for_each(|link| link_in(&mut people, link));
        (!people.is_empty()).then_some(Self { given, own, people })
    }

    fn title(&self) -> String {
        if self.own {
            "People in my life".to_owned()
        } else {
            format!("People in {}’s life", self.given)
        }
    }

    fn height(&self) -> i64 {
        let rows = i64::try_from(self.people.len().div_ceil(2)).unwrap_or(1);
        2 * MARGIN + rows * STEP
    }

    /// Where the person stands.
    fn middle(&self) -> (i64, i64) {
        (WIDTH / 2, self.height() / 2)
    }

    fn placed(&self) -> Vec<Placed<'_>> {
        let place = |(number, one): (usize, _)| {
            let number = i64::try_from(number).unwrap_or(0);
            let (left, y) = (number % 2 == 0, MARGIN + number / 2 * STEP + (STEP - BOX.1) / 2);
            let x = if left { MARGIN } else { WIDTH - MARGIN - BOX.0 };
            let end = if left { x + BOX.0 } else { x };
            Placed { one, x, y, line: (end, y + BOX.1 / 2) }
        };
        self.people.iter().enumerate().map(place).collect()
    }
}

/// Adds somebody, or what else is known of them: the same name is the same person.
fn add(people: &mut Vec<Somebody>, one: &Named, known: &KnownQuestion<'_>) {
    let helps = known.question.concept.as_deref() == Some(CARERS);
    let same = |other: &&mut Somebody| other.name.to_lowercase() == one.name.to_lowercase();
    let words = Some(one.words.clone()).filter(|words| !words.is_empty());
    if let Some(other) = people.iter_mut().find(same) {
        if other.relation.is_empty() {
            other.relation.clone_from(&one.relation);
        }
        other.helps |= helps;
        other.words.extend(words.filter(|words| !other.words.contains(words)));
        return;
    }
    people.push(Somebody {
        name: one.name.clone(),
        relation: one.relation.clone(),
        words: words.into_iter().collect(),
        helps,
        linked: false,
    });
}

/// Adds whoever is linked with the person, or marks them where they were named: by the same name, or by
/// their first name.
fn link_in(people: &mut Vec<Somebody>, link: &Link) {
    let name = link.name.to_lowercase();
    let same = |other: &&mut Somebody| {
        let other = other.name.to_lowercase();
        other == name || name.strip_prefix(&other).is_some_and(|rest| rest.starts_with(' '))
    };
    let helps = link.side == LinkSide::CaredFor;
    if let Some(known) = people.iter_mut().find(same) {
        known.linked = true;
        known.helps |= helps;
        return;
    }
    people.push(Somebody {
        name: link.name.clone(),
        relation: if helps { "carer" } else { "is looked after" }.to_owned(),
        words: Vec::new(),
        helps,
        linked: true,
    });
}

impl Somebody {
    /// Everything known of them, in a line.
    fn in_words(&self) -> String {
        let mut words = self.name.clone();
        if !self.relation.is_empty() {
            words = format!("{words}, {}", self.relation);
        }
        if self.helps {
            words += ", helps without being paid";
        }
        if self.linked {
            words += ", linked";
        }
        if !self.words.is_empty() {
            words = format!("{words}: {}", self.words.join("; "));
        }
        words
    }
}

/// A text as long as its box.
pub fn short(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    text.chars().take(LETTERS - 1).chain(['…']).collect()
}
