//! Told once: for each question of a form, what is known already, by whom, since when and from where;
//! and what is left to ask.
//!
//! An answer counts if it stands, is not too old and was not found out of date, and fits the question
//! as it is asked now. On its own question it counts on its own side only: what a professional thinks
//! does not stand for the person's own words. Under a shared concept it counts wherever it was given.

use std::collections::BTreeMap;

use law::day::Day;
use law::eligibility::AdultWay;

use crate::record::entry::EntryNumber;
use crate::record::fact::assess::{Reply, SectionWritten, Side};
use crate::record::ids::{FormId, OrganisationId, QuestionId, RoleId, SectionId};
use crate::record::person::Person;
use crate::record::person::assessment::{Assessment, Given, Place, Writing};

use super::form::{Asked, Decides, Form, Forms, KnownFrom, Outcome, Question, Section, ShownIf};
use super::{Ground, register};

/// A form, with what is known of each of its questions.
#[derive(Debug, Clone)]
pub struct KnownForm<'a> {
    /// The form, in its newest version.
    pub form: &'a Form,
    /// Its sections.
    pub sections: Vec<KnownSection<'a>>,
}

/// A section, with what stands in it.
#[derive(Debug, Clone)]
pub struct KnownSection<'a> {
    /// The section.
    pub section: &'a Section,
    /// The writings that stand in it: of both sides, in the order they were written.
    pub standing: Vec<&'a Writing>,
    /// Its questions.
    pub questions: Vec<KnownQuestion<'a>>,
}

/// A question, with what is known of it.
#[derive(Debug, Clone)]
pub struct KnownQuestion<'a> {
    /// The question.
    pub question: &'a Question,
    /// Whether it is asked, by what is known of the question it hangs on.
    pub shown: bool,
    /// What is known: current before out of date, and of those the newest first.
    pub answers: Vec<KnownAnswer<'a>>,
    /// What was answered the time before: in an earlier occasion of the form, or before it was changed.
    pub last_time: Option<KnownAnswer<'a>>,
}

/// Something known, and where from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAnswer<'a> {
    /// The answer.
    pub reply: Reply,
    /// In the words of the question it was given to.
    pub words: Vec<String>,
    /// Who gave it first.
    pub by: By,
    /// Who confirmed it last, if somebody has.
    pub confirmed: Option<By>,
    /// Where it stands.
    pub from: From<'a>,
    /// Whether it can be relied on unasked.
    pub standing: Currency,
    /// Whether it answers this question, and not only stands beside its answer.
    pub counts: bool,
}

/// Who said something, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Their name; the register, where it is from there.
    pub name: String,
    /// In which role.
    pub role: Option<RoleId>,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// When; not known for a feed.
    pub on: Option<Day>,
}

/// Where something known stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From<'a> {
    /// In a writing of a form: this one, or another that asks for the same.
    Written {
        /// The writing that stands.
        writing: EntryNumber,
        /// The question it answers there.
        question: QuestionId,
        /// The form's title.
        form: &'a str,
        /// The section's title.
        section: &'a str,
        /// Whose side it is on.
        side: Side,
        /// The version of the form it was given to.
        version: u32,
    },
    /// In an entry of another kind: how to speak with the person, or a contact.
    Said(EntryNumber),
    /// On the register.
    Register,
}

/// Whether an answer can be relied on unasked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Currency {
    /// It can.
    Current,
    /// It is too old, since this day.
    Old(Day),
    /// Somebody found it out of date, and said why.
    OutOfDate {
        /// Why.
        why: String,
        /// Who.
        by: String,
        /// When.
        on: Day,
    },
}

impl KnownQuestion<'_> {
    /// The answer that stands for the question now, if there is one.
    pub fn current(&self) -> Option<&KnownAnswer<'_>> {
        self.answers.iter().find(|answer| answer.counts && answer.standing == Currency::Current)
    }

    /// Whether it is to be asked.
    pub fn to_ask(&self) -> bool {
        self.shown && self.current().is_none()
    }
}

impl<'a> KnownForm<'a> {
    /// The questions that have no current answer.
    pub fn to_ask(&self) -> Vec<(&'a Section, &'a Question)> {
        let questions = |known: &KnownSection<'a>| {
            let section = known.section;
            let open = known.questions.iter().filter(|question| question.to_ask());
            open.map(move |known| (section, known.question)).collect::<Vec<_>>()
        };
        self.sections.iter().flat_map(questions).collect()
    }

    /// Those of them without which the form is not finished.
    pub fn unfinished(&self) -> Vec<(&'a Section, &'a Question)> {
        self.to_ask().into_iter().filter(|(_, question)| question.required).collect()
    }

    /// A section.
    pub fn section(&self, id: &SectionId) -> Option<&KnownSection<'a>> {
        self.sections.iter().find(|known| known.section.id == *id)
    }

    /// A question.
    pub fn question(&self, section: &SectionId, id: &QuestionId) -> Option<&KnownQuestion<'a>> {
        self.section(section)?.questions.iter().find(|known| known.question.id == *id)
    }
}

/// What is known of a form for a person, on a day. `occasion` is the entry that began it, where it is
/// filled in anew each time; None before it is begun.
pub fn known<'a>(
    form: &'a Form,
    occasion: Option<EntryNumber>,
    person: &Person,
    ground: &Ground<'a>,
    today: Day,
) -> KnownForm<'a> {
    let mut standing: BTreeMap<(&FormId, &SectionId), Vec<&'a Writing>> = BTreeMap::new();
    for writing in ground.readable.standing() {
        let place = writing.place();
        standing.entry((place.form, place.section)).or_default().push(writing);
    }
    let finder = Finder { form, occasion, person, ground: *ground, today, standing };
    let mut found: BTreeMap<(&SectionId, &QuestionId), Option<Reply>> = BTreeMap::new();
    let mut sections = Vec::new();
    let age = age(person, ground, today);
    for section in &form.sections {
        let of_age = section.until_age.zip(age).is_none_or(|(until, age)| age < until);
        let mut questions = Vec::new();
        for question in &section.questions {
            let hangs_on = |shown: &'a ShownIf| {
                found.get(&(&shown.section, &shown.question)).and_then(Option::as_ref)
            };
            let shown = question.shown_if.as_ref();
            let shown = of_age && shown.is_none_or(|shown| shown.holds(hangs_on(shown)));
            let known = finder.question(section, question, shown);
            let reply = known.answers.iter().find(|answer| answer.counts);
            found.insert((&section.id, &question.id), reply.map(|answer| answer.reply.clone()));
            questions.push(known);
        }
        let standing = ground.readable.standing_in(finder.place(section)).collect();
        sections.push(KnownSection { section, standing, questions });
    }
    KnownForm { form, sections }
}

/// How old the person is, as far as known.
fn age(person: &Person, ground: &Ground<'_>, today: Day) -> Option<u8> {
    match register::known(KnownFrom::Born, person, ground.register)?.reply {
        Reply::Date(born) => born.first().age_on(today),
        _ => None,
    }
}

struct Finder<'a, 'b> {
    form: &'a Form,
    occasion: Option<EntryNumber>,
    person: &'b Person,
    ground: Ground<'a>,
    today: Day,
    /// The writings that stand, by form and section.
    standing: BTreeMap<(&'a FormId, &'a SectionId), Vec<&'a Writing>>,
}

impl<'a> Finder<'a, '_> {
    fn forms(&self) -> &'a Forms {
        self.ground.forms
    }

    fn assessment(&self) -> &'a Assessment {
        self.ground.readable
    }

    fn place(&self, section: &'a Section) -> Place<'a> {
        Place { form: &self.form.id, occasion: self.occasion, section: &section.id }
    }

    fn question(
        &self,
        section: &'a Section,
        question: &'a Question,
        shown: bool,
    ) -> KnownQuestion<'a> {
        let own = Asked {
            form: self.form.id.clone(),
            section: section.id.clone(),
            question: question.id.clone(),
        };
        let mut answers = Vec::new();
        for &writing in self.standing_in(&own) {
            if writing.told.said.occasion == self.occasion {
                let counts = writing.side() == question.side;
                answers.extend(self.written(writing, &own, question, counts));
            }
        }
        // Under a concept also what was said in another form, or another time in this one.
        let concept = question.concept.as_deref().map_or(&[][..], |c| self.forms().concept(c));
        for asked in concept {
            let itself = *asked == own;
            for &writing in self.standing_in(asked) {
                if !(itself && writing.told.said.occasion == self.occasion) {
                    answers.extend(self.written(writing, asked, question, true));
                }
            }
        }
        answers.extend(question.known_from.and_then(|from| self.fact(from, question)));
        // Newest first, and what can be relied on before what cannot; the register has no day.
        answers.sort_by_key(|answer| {
            let on = answer.confirmed.as_ref().map_or(answer.by.on, |by| by.on);
            std::cmp::Reverse((answer.standing == Currency::Current, answer.counts, on))
        });
        let last_time = self.last_time(&own, question);
        KnownQuestion { question, shown, answers, last_time }
    }

    /// The writings that stand in the section of a question, in any occasion.
    fn standing_in<'s>(&'s self, asked: &'s Asked) -> &'s [&'a Writing] {
        self.standing.get(&(&asked.form, &asked.section)).map_or(&[], Vec::as_slice)
    }

    /// An answer in a writing, if it has one to what was asked.
    fn written(
        &self,
        writing: &'a Writing,
        asked: &Asked,
        question: &Question,
        counts: bool,
    ) -> Option<KnownAnswer<'a>> {
        let reply = writing.reply(&asked.question)?;
        let given = writing.given.get(&asked.question)?;
        let first = self.assessment().writing(given.entry).unwrap_or(writing);
        let version = first.told.said.version;
        let (form, section, then) = self.forms().asked(asked, version)?;
        let confirmed = given.confirmed.and_then(|entry| self.assessment().confirmation(entry));
        Some(KnownAnswer {
            reply: reply.clone(),
            words: then.in_words(reply),
            by: by(&first.told),
            confirmed: confirmed.map(by),
            from: From::Written {
                writing: writing.entry(),
                question: asked.question.clone(),
                form: &form.title,
                section: &section.title,
                side: writing.side(),
                version,
            },
            standing: self.currency(
                given,
                confirmed.map_or(first.told.on, |told| told.on),
                question,
            ),
            counts: counts && question.is_answered_by(reply),
        })
    }

    fn currency(&self, given: &Given, since: Day, question: &Question) -> Currency {
        if let Some(told) = given.outdated.and_then(|entry| self.assessment().outdating(entry)) {
            return Currency::OutOfDate {
                why: told.said.why.clone(),
                by: told.author.name.clone(),
                on: told.on,
            };
        }
        self.age(since, question)
    }

    fn age(&self, since: Day, question: &Question) -> Currency {
        let Some(months) = question.good_for_months else { return Currency::Current };
        let until = since.plus_months(i32::from(months));
        if self.today < until { Currency::Current } else { Currency::Old(until) }
    }

    /// What the register, or what was said outside the forms, knows of a question.
    fn fact(&self, from: KnownFrom, question: &Question) -> Option<KnownAnswer<'a>> {
        let fact = register::known(from, self.person, self.ground.register)?;
        let (by, from, standing) = match fact.said {
            Some(said) => (
                By { name: said.by, role: None, organisation: None, on: Some(said.on) },
                From::Said(said.entry),
                self.age(said.on, question),
            ),
            None => {
                let name = "The surgery’s record".to_owned();
                let by = By { name, role: None, organisation: None, on: None };
                (by, From::Register, Currency::Current)
            }
        };
        let words = question.in_words(&fact.reply);
        let counts = question.is_answered_by(&fact.reply);
        Some(KnownAnswer { reply: fact.reply, words, by, confirmed: None, from, standing, counts })
    }

    /// The answer of the time before: of the last occasion before this one, or, in a form that is kept
    /// up to date, the one that was last changed.
    fn last_time(&self, own: &Asked, question: &Question) -> Option<KnownAnswer<'a>> {
        let here = |writing: &&Writing| {
            let said = &writing.told.said;
            said.form == own.form && said.section == own.section && writing.side() == question.side
        };
        let before = self.assessment().writings().rev().filter(here);
        if self.form.each_time {
            let earlier = before.filter(|writing| {
                let occasion = writing.told.said.occasion;
                writing.stands() && self.occasion.is_none_or(|this| occasion < Some(this))
            });
            let mut earlier = earlier.filter(|writing| writing.reply(&own.question).is_some());
            let writing = earlier.next()?;
            return self.written(writing, own, question, false);
        }
        let stands = self.assessment().standing_in(Place {
            form: &own.form,
            occasion: None,
            section: &own.section,
        });
        let now: Vec<Option<&Reply>> = stands
            .filter(|writing| writing.side() == question.side)
            .map(|writing| writing.reply(&own.question))
            .collect();
        let mut changed = before.filter(|writing| !writing.stands());
        let writing = changed.find(|writing| {
            let reply = writing.reply(&own.question);
            reply.is_some() && !now.contains(&reply)
        })?;
        self.written(writing, own, question, false)
    }
}

fn by<T>(told: &crate::record::person::Told<T>) -> By {
    By {
        name: told.author.name.clone(),
        role: Some(told.author.role.clone()),
        organisation: Some(told.author.organisation.clone()),
        on: Some(told.on),
    }
}

/// The outcomes in which somebody is judged unable: by the writings that stand, with one that is about
/// to be written in its place.
pub(super) fn needs<'a>(written: &SectionWritten, ground: &Ground<'a>) -> Vec<&'a str> {
    let mut needs = Vec::new();
    for form in ground.forms.iter() {
        for section in &form.sections {
            let Some(outcome) = section.outcome else { continue };
            let mut asked = section.questions.iter();
            let Some(question) = asked.find(|q| q.decides == Some(Decides::Unable)) else {
                continue;
            };
            let here = written.form == form.id && written.section == section.id;
            let new = here.then(|| written.replies.get(&question.id)).flatten();
            let place = Place { form: &form.id, occasion: None, section: &section.id };
            let mut stands = ground.readable.standing_in(place);
            let unable = new.is_some_and(is_unable)
                || (new.is_none()
                    && stands.any(|writing| writing.reply(&question.id).is_some_and(is_unable)));
            if unable && matches!(outcome, Outcome::Adult(_)) {
                needs.push(outcome.in_words());
            }
        }
    }
    needs
}

/// Whether an answer names a way of being unable.
pub(super) fn is_unable(reply: &Reply) -> bool {
    match reply {
        Reply::Choices(ways) => ways.iter().any(|way| AdultWay::named(way).is_some()),
        _ => false,
    }
}
