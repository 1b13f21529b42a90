//! A desk at which people of several roles write one person's assessment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use care::assess::form::{AnswerType, Form, Forms, Question, Section};
use care::assess::known::{KnownForm, known};
use care::assess::register::{Condition, OnRegister};
use care::assess::write::{Draft, NotWritten, write};
use care::assess::{Ground, begin};
use care::find::register::{Death, Gender, Resident, Source};
use care::record::entry::{Audience, Entry, EntryNumber, NewEntry};
use care::record::fact::assess::{Ending, Named, Reply, Side, Voice, YesNo};
use care::record::ids::{FormId, QuestionId, SectionId};
use care::record::person::Person;
use care::record::person::assessment::Assessment;
use care::who::access::{Relationship, Subject, may_read};
use care::who::actor::{Actor, Asking, Refusal};

use crate::forms::forms;
use crate::place::{Telling, begun, day, person_id};

/// The forms that ship, read once.
static FORMS: LazyLock<Forms> = LazyLock::new(forms);

pub struct Desk {
    pub story: Telling,
    pub forms: &'static Forms,
    pub resident: Option<Resident>,
    pub conditions: Vec<Condition>,
}

impl Desk {
    pub fn new() -> Self {
        Self { story: Telling::new(), forms: &FORMS, resident: None, conditions: Vec::new() }
    }

    /// As [`Desk::new`], with the person on the register of residents.
    pub fn on_register() -> Self {
        let conditions =
            vec![Condition { id: "dementia".to_owned(), name: "Dementia".to_owned(), since: None }];
        Self { resident: Some(resident()), conditions, ..Self::new() }
    }

    /// The assessment as somebody may read it.
    pub fn readable(&self, actor: &Actor) -> Assessment {
        let entries = self.story.entries.iter();
        let mine: Vec<Entry> = entries.filter(|entry| reads(actor, entry)).cloned().collect();
        Assessment::of(&mine)
    }

    /// Lets somebody decide something on what they may read.
    pub fn decide(
        &mut self,
        actor: &Actor,
        decide: impl FnOnce(&Person, &Ground<'_>, &Asking<'_>) -> Result<Vec<NewEntry>, Refusal>,
    ) -> Result<(), Refusal> {
        let readable = self.readable(actor);
        let register = OnRegister {
            resident: self.resident.as_ref(),
            practice: None,
            conditions: &self.conditions,
        };
        let ground = Ground { forms: self.forms, readable: &readable, register: &register };
        self.story.tell(actor, |person, asking| decide(person, &ground, asking))
    }

    pub fn write(&mut self, actor: &Actor, draft: Draft) -> Result<EntryNumber, NotWritten> {
        let mut conflict = None;
        let outcome = self.decide(actor, |person, ground, asking| {
            write(person, draft, begun(), ground, asking).or_else(|why| match why {
                NotWritten::Refused(refusal) => Err(refusal),
                NotWritten::Conflict(both) => {
                    conflict = Some(both);
                    Ok(Vec::new())
                }
            })
        });
        match (outcome, conflict) {
            (Err(refusal), _) => Err(NotWritten::Refused(refusal)),
            (Ok(()), Some(conflict)) => Err(NotWritten::Conflict(conflict)),
            (Ok(()), None) => {
                let all = self.story.person().assessment;
                Ok(all.writings().next_back().unwrap().entry())
            }
        }
    }

    /// What is known of a form, as somebody may read it, for a function to look at.
    pub fn known<T>(
        &self,
        actor: &Actor,
        form: &str,
        occasion: Option<EntryNumber>,
        look: impl FnOnce(&KnownForm<'_>) -> T,
    ) -> T {
        let readable = self.readable(actor);
        let register = OnRegister {
            resident: self.resident.as_ref(),
            practice: None,
            conditions: &self.conditions,
        };
        let ground = Ground { forms: self.forms, readable: &readable, register: &register };
        let form = self.forms.get(&FormId::new(form)).unwrap();
        look(&known(form, occasion, &self.story.person(), &ground, self.story.today))
    }

    /// The questions that somebody opening a form would have to ask.
    pub fn to_ask(&self, actor: &Actor, form: &str, occasion: Option<EntryNumber>) -> Vec<String> {
        self.known(actor, form, occasion, |known| {
            let name = |(s, q): (&Section, &Question)| format!("{}.{}", s.id, q.id);
            known.to_ask().into_iter().map(name).collect()
        })
    }

    /// Answers everything in a form that is to be asked, section by section and side by side, as
    /// somebody would who sits with the person.
    pub fn fill_in(&mut self, actor: &Actor, form: &str, occasion: Option<EntryNumber>) {
        for _ in 0..4 {
            let asked = self.known(actor, form, occasion, |known| {
                let name = |(s, q): (&Section, &Question)| (s.id.clone(), q.id.clone(), q.side);
                known.to_ask().into_iter().map(name).collect::<Vec<_>>()
            });
            let places: BTreeSet<(SectionId, Side)> =
                asked.iter().map(|(section, _, side)| (section.clone(), *side)).collect();
            for (section, side) in places {
                let here = asked.iter().filter(|(s, _, on)| *s == section && *on == side);
                let ids: Vec<QuestionId> = here.map(|(_, id, _)| id.clone()).collect();
                let draft = self.draft_more(actor, form, occasion, &section, side, &ids);
                self.write(actor, draft).unwrap();
            }
        }
    }

    fn draft_more(
        &self,
        actor: &Actor,
        form: &str,
        occasion: Option<EntryNumber>,
        section: &SectionId,
        side: Side,
        ids: &[QuestionId],
    ) -> Draft {
        let form = self.forms.get(&FormId::new(form)).unwrap();
        let readable = self.readable(actor);
        let place = care::record::person::assessment::Place { form: &form.id, occasion, section };
        let standing = readable.standing_in(place).find(|writing| writing.side() == side);
        let mut draft = Draft {
            voice: if side == Side::Person { Voice::Recorded } else { Voice::Professional },
            audience: form.audience,
            ..draft(form.id.as_str(), section.as_str(), &[])
        };
        draft.occasion = occasion;
        if let Some(writing) = standing {
            draft.saw = vec![writing.entry()];
            draft.replies = writing.told.said.replies.clone();
        }
        for id in ids {
            let question = form.question(section, id).unwrap();
            draft.replies.insert(id.clone(), some_reply(question));
        }
        draft
    }

    pub fn begin(
        &mut self,
        actor: &Actor,
        form: &str,
        about: &str,
    ) -> Result<EntryNumber, Refusal> {
        let begin = begin::Begin {
            form: FormId::new(form),
            about: about.to_owned(),
            why: String::new(),
            owner: begin::Owner::User(actor.user),
            due: None,
        };
        self.decide(actor, |person, ground, asking| {
            begin::begin(person, begin, begun(), ground, asking)
        })?;
        Ok(self.story.person().assessment.begun.last().unwrap().begun.entry)
    }

    pub fn end(&mut self, actor: &Actor, begun: EntryNumber, how: Ending) -> Result<(), Refusal> {
        self.decide(actor, |person, ground, asking| {
            begin::end(person, begun, how, "As we agreed", ground, asking)
        })
    }
}

/// Whether somebody may read an entry.
pub fn reads(actor: &Actor, entry: &Entry) -> bool {
    let subject = Subject {
        person: person_id(),
        practice: Some("G85001".to_owned()),
        in_touch: true,
        members: Vec::new(),
        teams: BTreeMap::new(),
        restricted: false,
    };
    let by = match actor.person {
        Some(_) => Relationship::Myself,
        None => Relationship::Member,
    };
    may_read(actor, &subject, by, entry)
}

/// A draft by a professional with answers of plain words.
pub fn draft(form: &str, section: &str, replies: &[(&str, &str)]) -> Draft {
    Draft {
        form: FormId::new(form),
        version: 1,
        occasion: None,
        section: SectionId::new(section),
        voice: Voice::Professional,
        replies: replies
            .iter()
            .map(|(id, text)| (QuestionId::new(*id), Reply::Text((*text).to_owned())))
            .collect(),
        still_so: BTreeSet::new(),
        rests_on: "A visit at home".to_owned(),
        saw: Vec::new(),
        audience: Audience::Everyone,
    }
}

/// Some answer to a question: the one that says the least.
pub fn some_reply(question: &Question) -> Reply {
    match &question.answer {
        AnswerType::Text | AnswerType::LongText => Reply::Text("As we spoke of it".to_owned()),
        AnswerType::YesNo => {
            let calm = |said: &&YesNo| quiet(question, &Reply::YesNo(**said));
            Reply::YesNo(*YesNo::ALL.iter().find(calm).unwrap())
        }
        AnswerType::Choice(choices) => {
            let mut replies = choices.iter().map(|choice| Reply::Choice(choice.code.clone()));
            replies.find(|reply| quiet(question, reply)).unwrap()
        }
        AnswerType::Choices(choices) => Reply::Choices(BTreeSet::from([choices[0].code.clone()])),
        AnswerType::Date => AnswerType::Date.read(&["2026-10-01"]).unwrap().unwrap(),
        AnswerType::Amount => AnswerType::Amount.read(&["20.00"]).unwrap().unwrap(),
        AnswerType::Number => Reply::Number(1),
        AnswerType::Scale => Reply::Scale(3),
        AnswerType::People => {
            Reply::People(vec![Named { name: "Maria".to_owned(), ..Named::default() }])
        }
        AnswerType::Table(columns) => {
            Reply::Rows(vec![BTreeMap::from([(columns[0].code.clone(), "Something".to_owned())])])
        }
    }
}

/// Whether an answer calls for nothing.
fn quiet(question: &Question, reply: &Reply) -> bool {
    !question.prompts.iter().any(|prompt| prompt.holds(reply))
}

pub fn form_of<'a>(desk: &'a Desk, id: &str) -> &'a Form {
    desk.forms.get(&FormId::new(id)).unwrap()
}

fn resident() -> Resident {
    Resident {
        person: person_id(),
        source: Source { system: "emis".to_owned(), id: "r1".to_owned() },
        updated: None,
        nhs_number: None,
        nhs_verified: false,
        family: "Okonkwo-O’Brien".to_owned(),
        given: "Rosa".to_owned(),
        born: None,
        death: Death::Alive,
        gender: Gender::Female,
        ethnicity: None,
        language: Some("Igbo".to_owned()),
        interpreter: true,
        address: vec!["2 High Street".to_owned()],
        postcode: Some("SE1 1AA".to_owned()),
        lsoa: None,
        telephone: Some("020 7946 0000".to_owned()),
        practice: Some("G85001".to_owned()),
        restricted: false,
        withdrawn: false,
    }
}

pub fn a_year_on(desk: &mut Desk) {
    let days = (day("2027-12-24").epoch_days()) - desk.story.today.epoch_days();
    desk.story.days_later(days);
}
