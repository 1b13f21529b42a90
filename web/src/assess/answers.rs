//! What is known, on the page: the answer in its words, whose it is, since when, and whether it can still
//! be relied on.

use askama::Template;
use care::assess::known::{By, Currency, From, KnownAnswer, KnownQuestion};
use care::record::entry::Audience;
use care::record::fact::assess::{Side, Voice};

use super::laid::Laid;
use crate::app::Place;
use crate::components::{Colour, Markup, Tag};

/// An answer with who gave it.
#[derive(Template)]
#[template(path = "assess/answer.html")]
struct AnswerView<'a> {
    lines: &'a [String],
    by: String,
    tag: Option<Tag>,
    why: Option<String>,
}

/// What is needed to say who said something.
#[derive(Clone, Copy)]
pub struct Telling<'a> {
    /// The record.
    pub laid: &'a Laid,
    /// The place, for the names of roles and organisations.
    pub place: &'a Place,
}

impl Telling<'_> {
    /// The answers to a question that stand on a side: what counts, or all there is where none does.
    pub fn answers(&self, known: &KnownQuestion<'_>) -> Option<Markup> {
        let shown = known.answers.iter().filter(|answer| answer.standing == Currency::Current);
        let mut shown: Vec<&KnownAnswer<'_>> = shown.collect();
        if shown.is_empty() {
            shown = known.answers.iter().take(1).collect();
        }
        // The same said twice is said once, by whoever said it last.
        let mut said: Vec<&[String]> = Vec::new();
        shown.retain(|answer| {
            let new = !said.contains(&answer.words.as_slice());
            said.push(&answer.words);
            new
        });
        (!shown.is_empty()).then(|| Markup::join(shown.into_iter().map(|one| self.answer(one))))
    }

    /// One answer.
    pub fn answer(&self, answer: &KnownAnswer<'_>) -> Markup {
        let (tag, why) = match &answer.standing {
            Currency::Current => (None, None),
            Currency::Old(since) => (
                Some(Tag::new("Ask again").colour(Colour::Yellow)),
                Some(format!("It was good until {}.", since.in_words())),
            ),
            Currency::OutOfDate { why, by, on } => (
                Some(Tag::new("Out of date").colour(Colour::Red)),
                Some(format!("{by} said on {}: {why}", on.in_words())),
            ),
        };
        let by = match self.readers(answer) {
            Some(readers) => format!("{}. For: {readers}", self.by(answer)),
            None => self.by(answer),
        };
        Markup::of(&AnswerView { lines: &answer.words, by, tag, why })
    }

    /// For whom it was written, where not for everybody.
    fn readers(&self, answer: &KnownAnswer<'_>) -> Option<String> {
        let From::Written { writing, .. } = &answer.from else { return None };
        let audience = self.laid.readable.assessment.writing(*writing)?.told.audience;
        (audience != Audience::Everyone).then(|| audience.in_words().to_lowercase())
    }

    /// Who gave it, when and where.
    fn by(&self, answer: &KnownAnswer<'_>) -> String {
        let on = answer.by.on.map(|on| format!(" on {}", on.in_words())).unwrap_or_default();
        let words = match &answer.from {
            From::Register => "From the surgery’s record. Not yet confirmed".to_owned(),
            From::Said(_) => format!("Said before, and written down by {}{on}", answer.by.name),
            From::Written { writing, side, .. } => {
                let assessment = &self.laid.readable.assessment;
                let voice = assessment.writing(*writing).map(|one| one.told.said.voice);
                match (voice, side) {
                    (Some(Voice::Own), _) if self.laid.own => format!("You wrote this{on}"),
                    (Some(Voice::Own), _) => format!("Written by {}{on}", answer.by.name),
                    (_, Side::Person) => format!("Told to {}{on}", self.who(&answer.by)),
                    (_, Side::Professional) => format!("{}{on}", self.who(&answer.by)),
                }
            }
        };
        if let Some(confirmed) = &answer.confirmed {
            let on = confirmed.on.map(|on| format!(" on {}", on.in_words())).unwrap_or_default();
            return format!("{words}. Confirmed by {}{on}", self.who(confirmed));
        }
        words
    }

    /// Somebody with their role and organisation.
    fn who(&self, by: &By) -> String {
        let role = by.role.as_ref().map(|role| self.place.role_title(role));
        let organisation = by.organisation.as_ref().map(|one| self.place.organisation_name(one));
        let who = [Some(by.name.clone()), role, organisation];
        who.into_iter().flatten().collect::<Vec<String>>().join(", ")
    }
}
