//! The plan in words, for the page and for paper: its outcomes with their actions, what the person said
//! to it, and when it is looked at next.

use askama::Template;
use care::record::entry::EntryNumber;
use care::record::fact::decision::Made;
use care::record::fact::plan::{Agreement, Doer, PlanAnswered, Way};
use care::record::ids::TeamId;
use care::record::person::Told;
use care::record::person::plan::{Action, Outcome};
use care::who::role::Right;

use super::path;
use crate::ask::{heading, paragraph};
use crate::assess::Laid;
use crate::components::{Colour, InsetText, Markup, SummaryList, SummaryRow, Tag};
use crate::forms::capital;
use crate::names::Name;
use crate::seat::Seat;
use crate::story::how_far;

/// What is needed to tell of a plan.
pub struct Telling<'a> {
    /// Who reads it.
    pub seat: &'a Seat,
    /// The record, as they may read it.
    pub laid: &'a Laid,
    /// Whether it leads to where it is changed: not on paper.
    pub ways: bool,
}

#[derive(Template)]
#[template(path = "plan/outcome.html")]
struct OutcomeView<'a> {
    id: Name,
    words: &'a str,
    tag: Option<Tag>,
    list: SummaryList,
    ways: Vec<To<'a>>,
    actions: Vec<Markup>,
}

#[derive(Template)]
#[template(path = "plan/action.html")]
struct ActionView<'a> {
    what: &'a str,
    tags: Vec<Tag>,
    list: SummaryList,
    ways: Vec<To<'a>>,
}

/// A way to where something is changed: its words, what it is about for those who do not see where it
/// stands, and where it leads.
struct To<'a> {
    words: &'static str,
    about: &'a str,
    href: String,
}

impl Telling<'_> {
    /// Whether it leads to where it is changed.
    pub fn writes(&self) -> bool {
        self.ways && self.seat.actor.role.may(Right::WritePlan)
    }

    /// Whether an entry is newer than what the person last answered: they have not agreed to it yet.
    pub fn is_new(&self, entry: EntryNumber) -> bool {
        self.laid.readable.plan.answer().is_some_and(|(told, _)| entry > told.said.seen)
    }

    /// Everything that is worked for, outcome by outcome.
    pub fn outcomes(&self) -> Vec<Markup> {
        let plan = &self.laid.readable.plan;
        let open = plan.open_outcomes();
        let mut parts: Vec<Markup> = open.map(|outcome| self.outcome(outcome)).collect();
        if parts.is_empty() {
            let none = format!("Nothing is written yet of what {} here.", super::wants(self.laid));
            parts.push(paragraph(&none));
        }
        parts
    }

    fn outcome(&self, outcome: &Outcome) -> Markup {
        let said = &outcome.written.said;
        let (id, base) = (self.laid.called(outcome.id), path(self.laid.record.person.id));
        let mut rows = vec![
            SummaryRow::new("About", said.area.in_words()),
            SummaryRow::new("How it is now", said.now.as_str()),
            SummaryRow::new("How it would be", said.hoped.as_str()),
        ];
        if !said.need.is_empty() {
            rows.push(SummaryRow::new("The need behind it", said.need.as_str()));
        }
        let mut ways = Vec::new();
        if self.writes() {
            let mut to = |words, href| ways.push(To { words, about: &said.words, href });
            to("Write what is done for this", format!("{base}/action?outcome={id}"));
            to("Change this", format!("{base}/outcome?of={id}"));
            to("End this", format!("{base}/outcome/{id}/end"));
        }
        let plan = &self.laid.readable.plan;
        let actions =
            plan.serving(outcome.id).filter(|action| self.ways || !action.written.said.draft);
        Markup::of(&OutcomeView {
            id,
            words: &said.words,
            tag: self.is_new(outcome.written.entry).then(new_tag),
            list: SummaryList::new(rows),
            ways,
            actions: actions.map(|action| self.action(action)).collect(),
        })
    }

    fn action(&self, action: &Action) -> Markup {
        let said = &action.written.said;
        let base = format!("{}/action", path(self.laid.record.person.id));
        let mut tags = Vec::new();
        if said.draft {
            tags.push(Tag::new("Draft").colour(Colour::Yellow));
        } else if self.is_new(action.written.entry) {
            tags.push(new_tag());
        }
        let mut rows = vec![
            SummaryRow::new("Who does it", self.doer(&said.doer)),
            SummaryRow::new("Where it comes from", said.source.in_words()),
            SummaryRow::new("By when", action.due().in_words()),
            SummaryRow::new("How we will know", said.known_by.as_str()),
        ];
        if said.draft {
            let by = format!("{} is still writing this.", action.written.author.name);
            rows.push(SummaryRow::new("How far it has come", by));
        } else {
            rows.push(SummaryRow::new("How far it has come", how_far(action)));
        }
        let mut ways = Vec::new();
        if self.writes() {
            let id = self.laid.called(action.id);
            let mut to = |words, href| ways.push(To { words, about: &said.what, href });
            if said.draft {
                to("Finish this draft", format!("{base}?of={id}"));
            } else if action.open() {
                to("Say how far it has come", format!("{base}/{id}"));
                to("Change this", format!("{base}?of={id}"));
            }
        }
        Markup::of(&ActionView { what: &said.what, tags, list: SummaryList::new(rows), ways })
    }

    /// Who does something, in words.
    pub fn doer(&self, doer: &Doer) -> String {
        match doer {
            Doer::Person if self.laid.own => "You".to_owned(),
            Doer::Person => self.laid.given(),
            Doer::User { id, name } if *id == self.seat.actor.user => format!("{name} (you)"),
            Doer::Named(name) | Doer::User { name, .. } => name.clone(),
            Doer::Team(team) => self.team(team),
        }
    }

    fn team(&self, team: &TeamId) -> String {
        self.seat.app.place.team_name(team)
    }

    /// What has ended.
    pub fn ended(&self) -> Vec<Markup> {
        let plan = &self.laid.readable.plan;
        let rows: Vec<SummaryRow> = plan
            .outcomes
            .iter()
            .filter_map(|outcome| {
                let ended = outcome.ended.as_ref()?;
                let on = ended.on.in_words();
                let words = format!("{}, on {on}. {}", ended.said.end.in_words(), ended.said.words);
                Some(SummaryRow::new(outcome.written.said.words.as_str(), words.trim().to_owned()))
            })
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        vec![heading("What has ended"), SummaryList::new(rows).into()]
    }

    /// What the person said to the plan.
    pub fn answered(&self) -> Vec<Markup> {
        let plan = &self.laid.readable.plan;
        let own = self.laid.own;
        let given = self.laid.given();
        let Some((told, current)) = plan.answer() else {
            // Of a plan with nothing in it nobody is asked, and so nobody has failed to answer.
            if own && !plan.can_be_answered() {
                return Vec::new();
            }
            let words = if own {
                "You have not said yet whether you agree with it.".to_owned()
            } else {
                format!("{given} has not said yet whether they agree with it.")
            };
            return vec![InsetText::new(words).into()];
        };
        let mut lines = Vec::new();
        if !current {
            lines.push(paragraph(if own {
                "The plan has changed since you answered. What is new is marked."
            } else {
                "The plan has changed since they answered. What is new is marked."
            }));
        }
        lines.push(paragraph(&self.in_a_sentence(told)));
        if !told.said.words.is_empty() {
            lines.push(paragraph(&format!("‘{}’", told.said.words)));
        }
        vec![InsetText::new(Markup::join(lines)).into()]
    }

    fn in_a_sentence(&self, told: &Told<PlanAnswered>) -> String {
        let said = &told.said;
        let who = match &said.made {
            Made::Person { .. } if self.laid.own => "You".to_owned(),
            Made::Person { .. } => self.laid.given(),
            made => format!("For {}: {}", self.laid.given(), self.whose(made)),
        };
        let answer = match said.answer {
            Agreement::Agrees => "agreed with the plan",
            Agreement::InPart => "agreed with part of the plan",
            Agreement::Disagrees => "did not agree with the plan",
        };
        let way = match said.way {
            Way::Spoken if self.laid.own => {
                "you said it, and it was written down with you".to_owned()
            }
            way => way.in_words().to_lowercase(),
        };
        let mut words = format!("{who} {answer}. {}, on {}", capital(&way), told.on.in_words());
        if said.way != Way::SignedIn {
            words = format!("{words}, kept by {}", told.author.name);
        }
        if !said.with.is_empty() {
            words = format!("{words}. With: {}", said.with);
        }
        format!("{words}.")
    }

    /// Who said it for the person; whose document it rests on is for those who see the decisions.
    fn whose(&self, made: &Made) -> String {
        let known = match made {
            Made::Holder { authority, .. } => self.laid.readable.decisions.authority_in(*authority),
            _ => None,
        };
        match known {
            Some(known) => known.recorded.said.holder.clone(),
            None => "whoever may lawfully decide it".to_owned(),
        }
    }

    /// Who keeps the record, and when the plan is looked at next and why.
    pub fn kept(&self) -> SummaryList {
        let readable = &self.laid.readable;
        let keeper = self.laid.record.person.keeper();
        let keeper = keeper.map_or_else(
            || "Nobody yet".to_owned(),
            |keeper| {
                let place = &self.seat.app.place;
                let role = place.role_title(&keeper.role);
                let organisation = place.organisation_name(&keeper.organisation);
                format!("{}, {role}, {organisation}", keeper.name)
            },
        );
        let next = readable.review_due().map_or_else(
            || "No day is set: there is no plan yet, or support has ended".to_owned(),
            |due| {
                let (by, ground) = (due.by.in_words(), due.ground.in_words());
                let late =
                    if due.by < self.seat.today { "Late: it was to be held by" } else { "By" };
                format!("{late} {by}. {ground}")
            },
        );
        SummaryList::new([
            SummaryRow::new("Who keeps this plan", keeper),
            SummaryRow::new("The next review", next),
        ])
    }
}

/// What marks something that the person has not agreed to yet.
pub fn new_tag() -> Tag {
    Tag::new("New").colour(Colour::Plain)
}
