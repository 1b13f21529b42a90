//! What a form that was filled in on one occasion gives to the decision that rests on it: told once in
//! the form, taken over from there.
//!
//! A decision is told to the person, so only what was written for everyone is taken over; and what two
//! people answered differently is settled in the form first, by people.

use law::day::Day;

use crate::record::entry::{Audience, EntryNumber};
use crate::record::fact::assess::{Reply, YesNo};
use crate::record::ids::{QuestionId, SectionId};

use super::Ground;
use super::form::Question;

/// The answers of one occasion.
#[derive(Debug, Clone)]
pub struct Answers<'a> {
    all: Vec<Answer<'a>>,
}

/// One answer, and whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The section it stands in.
    pub section: &'a SectionId,
    /// The question, as it was asked.
    pub question: &'a Question,
    /// The answer.
    pub reply: &'a Reply,
    /// Who wrote it.
    pub by: &'a str,
    /// When.
    pub on: Day,
    confided: bool,
}

/// What there is to take over of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken<T> {
    /// Nobody answered it.
    Nothing,
    /// It was answered for professionals alone.
    Confided,
    /// Two answers stand beside each other.
    Differs,
    /// This.
    Said(T),
}

impl<T> Taken<T> {
    /// What was said, if it can be taken over.
    pub fn said(self) -> Option<T> {
        match self {
            Self::Said(said) => Some(said),
            _ => None,
        }
    }

    /// The same of what was said in another form; nothing where that has none.
    fn and_then<U>(self, change: impl FnOnce(T) -> Option<U>) -> Taken<U> {
        match self {
            Self::Nothing => Taken::Nothing,
            Self::Confided => Taken::Confided,
            Self::Differs => Taken::Differs,
            Self::Said(said) => change(said).map_or(Taken::Nothing, Taken::Said),
        }
    }
}

impl<'a> Answers<'a> {
    /// What stands in a form that an entry began, as far as whoever asks may read it.
    pub fn of(occasion: EntryNumber, ground: &Ground<'a>) -> Self {
        let mut all = Vec::new();
        for writing in ground.readable.standing() {
            let said = &writing.told.said;
            if said.occasion != Some(occasion) {
                continue;
            }
            let Some(form) = ground.forms.version(&said.form, said.version) else { continue };
            all.extend(said.replies.iter().filter_map(|(id, reply)| {
                Some(Answer {
                    section: &said.section,
                    question: form.question(&said.section, id)?,
                    reply,
                    by: writing.told.author.name.as_str(),
                    on: writing.told.on,
                    confided: writing.told.audience != Audience::Everyone,
                })
            }));
        }
        Self { all }
    }

    /// The one answer to a question.
    pub fn one(&self, id: &str) -> Taken<Answer<'a>> {
        let mut answers = self.to(id).peekable();
        if answers.peek().is_none() {
            return Taken::Nothing;
        }
        let open: Vec<&Answer<'a>> = answers.filter(|answer| !answer.confided).collect();
        match open.as_slice() {
            [] => Taken::Confided,
            [.., last] if open.iter().all(|answer| answer.reply == last.reply) => {
                Taken::Said(**last)
            }
            _ => Taken::Differs,
        }
    }

    /// An answer of yes or no; “not known” is none.
    pub fn yes(&self, id: &str) -> Taken<bool> {
        self.one(id).and_then(|answer| match answer.reply {
            Reply::YesNo(YesNo::Yes) => Some(true),
            Reply::YesNo(YesNo::No) => Some(false),
            _ => None,
        })
    }

    /// Everything that was said to a question, in words: where several said something, each under
    /// their name, for words can stand beside each other.
    pub fn words(&self, id: &str) -> Taken<String> {
        let told = |answer: &Answer<'_>| answer.question.in_words(answer.reply).join("; ");
        match self.one(id) {
            Taken::Differs => {
                let open = self.to(id).filter(|answer| !answer.confided);
                let each = open.map(|answer| format!("{} ({})", told(answer), answer.by));
                Taken::Said(each.collect::<Vec<_>>().join("\n"))
            }
            one => one.and_then(|answer| Some(told(&answer)).filter(|text| !text.is_empty())),
        }
    }

    fn to(&self, id: &str) -> impl Iterator<Item = &Answer<'a>> {
        let id = QuestionId::new(id);
        self.all.iter().filter(move |answer| answer.question.id == id)
    }
}
