//! A story as a timeline: each entry in plain words, with who wrote it, for whom and when.

mod assessed;
mod planned;

use askama::Template;
use care::record::entry::{Audience, Author, Entry, EntryNumber};
use care::record::fact::{Answer, Communication, Fact, Stated};
use care::record::ids::{PersonId, TeamId, UserId};

use crate::app::{Place, london_day, time_in_words};
use crate::components::{Markup, Timeline, TimelineItem};
use crate::names::EntryNames;

pub use planned::how_far;

/// One entry, ready to be shown.
#[derive(Template)]
#[template(path = "record/entry.html")]
struct EntryView<'a> {
    lines: Vec<(&'static str, String)>,
    words: &'a str,
    corrected: Option<&'a str>,
    audience: Option<&'static str>,
    correct: Option<String>,
}

/// What the timeline needs to know beside the entries.
pub struct Teller<'a> {
    /// The place, for the names of teams and organisations.
    pub place: &'a Place,
    /// What the entries are called.
    pub names: &'a EntryNames,
    /// Whose story, where the reader may correct notes.
    pub corrects: Option<PersonId>,
    /// Who reads it, where it is their own story.
    pub own: Option<UserId>,
}

impl Teller<'_> {
    /// What happened last first. A corrected entry is shown once, with what it said before.
    pub fn timeline(&self, entries: &[Entry]) -> Timeline {
        let mut told: Vec<&Entry> =
            entries.iter().filter(|entry| entry.corrects.is_none()).collect();
        told.sort_by_key(|entry| std::cmp::Reverse((entry.on, entry.number)));
        Timeline::new(told.into_iter().map(|entry| {
            let correction =
                entries.iter().rev().find(|other| other.corrects == Some(entry.number));
            let of = planned::of(&entry.fact, entries);
            self.item(entry, correction, of)
        }))
    }

    fn item(
        &self,
        entry: &Entry,
        correction: Option<&Entry>,
        of: Option<(&'static str, &str)>,
    ) -> TimelineItem {
        let fact = correction.map_or(&entry.fact, |correction| &correction.fact);
        let mut lines = self.lines(fact);
        lines.extend(of.map(|(what, words)| (what, words.to_owned())));
        let view = EntryView {
            lines,
            words: words(fact),
            corrected: correction.map(|_| words(&entry.fact)),
            audience: (entry.audience != Audience::Everyone).then(|| entry.audience.in_words()),
            correct: self.correct_link(entry.number, fact),
        };
        TimelineItem::new(self.title(fact), entry.on, self.by(&entry.author))
            .recorded(london_day(entry.recorded_at))
            .content(Markup::of(&view))
            .id(format!("entry-{}", self.names.called(entry.number)))
    }

    fn by(&self, author: &Author) -> String {
        if self.own == Some(author.user) {
            return "You".to_owned();
        }
        let of = self.place.works_for(&author.role, &author.organisation);
        format!("{}, {}", author.name, of.unwrap_or_else(|| self.place.role_title(&author.role)))
    }

    /// What is said of the person: to them, or to somebody else.
    fn says(&self, own: &'static str, other: &'static str) -> &'static str {
        if self.own.is_some() { own } else { other }
    }

    fn correct_link(&self, number: EntryNumber, fact: &Fact) -> Option<String> {
        let person = self.corrects.filter(|_| matches!(fact, Fact::Note(_)))?;
        Some(format!("/person/{person}/note/{}/correct", self.names.called(number)))
    }

    /// What happened, in a few words.
    pub fn title(&self, fact: &Fact) -> String {
        match fact {
            Fact::Begun(_) => "The record begins".to_owned(),
            Fact::Communication(_) => {
                self.says("How to speak with you", "How to speak with this person").to_owned()
            }
            Fact::Contact(contact) => {
                let urgent = if contact.urgent { ", urgent" } else { "" };
                format!("{} from {}{urgent}", kind_of(contact.contact), contact.route.in_words())
            }
            Fact::ContactOutcome(outcome) => outcome.outcome.in_words().to_owned(),
            Fact::ContactPassedOn(passed) => format!("Passed to {}", self.team(&passed.to)),
            Fact::Invited(_) => "Invited to joined-up care".to_owned(),
            Fact::InvitationAnswered(answered) => match answered.answer {
                Answer::Accepted { .. } => "Said yes to joined-up care".to_owned(),
                Answer::MoreTime { until } => format!("Asked for time until {}", until.in_words()),
                Answer::Objected => "Said no to joined-up care".to_owned(),
            },
            Fact::TeamJoined(joined) if joined.keeper => {
                format!("{} now keeps this record", joined.name)
            }
            Fact::TeamJoined(joined) => format!("{} joined the team", joined.name),
            Fact::TeamLeft(_) => "Left the team".to_owned(),
            Fact::Note(_) => "Note".to_owned(),
            Fact::RecordOpened(_) => "Record opened from outside the team".to_owned(),
            Fact::OpeningReviewed(review) if review.justified => {
                "The opening was looked at: there was a good reason".to_owned()
            }
            Fact::OpeningReviewed(_) => "The opening was looked at: not justified".to_owned(),
            Fact::MeansAsked(_) => "A financial assessment was asked for".to_owned(),
            Fact::MeansStated(stated) => match stated.stated {
                Stated::ByPerson => self
                    .says(
                        "Said what your income and costs are",
                        "Said what their income and costs are",
                    )
                    .to_owned(),
                Stated::ByRepresentative => self
                    .says(
                        "Said what your income and costs are, for you",
                        "Said what the person’s income and costs are, for them",
                    )
                    .to_owned(),
                Stated::AsDraft => "Drafted a financial assessment".to_owned(),
            },
            Fact::ChargeDecided(decided) => {
                let from = decided.from().in_words();
                format!("To pay {} a week from {from}", decided.charge.in_words())
            }
            assessed => assessed::title(assessed, self.place, self.own.is_some()),
        }
    }

    fn lines(&self, fact: &Fact) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        match fact {
            Fact::Begun(begun) if begun.on_register => {
                lines.push(("Known from", "the register of GP surgeries".to_owned()));
            }
            Fact::Begun(_) => lines.push(("Known from", "what we were told".to_owned())),
            Fact::Communication(said) => lines.extend(communication_lines(said)),
            Fact::Contact(contact) => {
                if !contact.from.is_empty() {
                    lines.push(("From", contact.from.clone()));
                }
                lines.push(("For", self.team(&contact.to)));
                lines.push(("Answer by", contact.answer_by.in_words()));
                lines.extend(contact.person_agrees.map(|agrees| {
                    let asks = self.says("Did you agree?", "Does the person agree?");
                    (asks, if agrees { "Yes" } else { "No" }.to_owned())
                }));
            }
            Fact::Invited(invited) => {
                lines.push(("Why", invited.reason.clone()));
                lines.push(("How", invited.how.clone()));
                lines.push(("By", self.team(&invited.team)));
            }
            Fact::RecordOpened(opened) => {
                lines.push(("Open until", time_in_words(opened.until)));
            }
            Fact::MeansAsked(asked) => {
                lines.push(("Told of charges", asked.told_on.in_words()));
                lines.push(("For", self.team(&asked.to)));
                lines.push(("Done by", asked.due.in_words()));
            }
            Fact::ChargeDecided(decided) => {
                lines.push(("The care costs", format!("{} a week", decided.full_cost.in_words())));
            }
            Fact::TeamJoined(joined) => {
                let organisation = self.place.organisation_name(&joined.organisation);
                lines.push((
                    "Role",
                    format!("{}, {organisation}", self.place.role_title(&joined.role)),
                ));
            }
            _ => {}
        }
        lines
    }

    fn team(&self, team: &TeamId) -> String {
        self.place.team_name(team)
    }
}

/// How to speak with a person, as lines.
pub fn communication_lines(said: &Communication) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    lines.extend(said.language.clone().map(|language| ("Language", language)));
    if said.interpreter {
        lines.push(("Interpreter", "Needed".to_owned()));
    }
    if !said.needs.is_empty() {
        lines.push(("What helps", said.needs.clone()));
    }
    if let Some(format) = said.letters {
        lines.push(("Letters in", format.in_words().to_lowercase()));
    }
    if !said.adjustments.is_empty() {
        lines.push(("Reasonable adjustments", said.adjustments.clone()));
    }
    lines
}

fn kind_of(kind: care::record::fact::ContactKind) -> &'static str {
    use care::record::fact::ContactKind;
    match kind {
        ContactKind::Referral => "Request for help",
        ContactKind::Enquiry => "Question",
        ContactKind::Contact => "News",
    }
}

/// The free text of a fact.
fn words(fact: &Fact) -> &str {
    match fact {
        Fact::Contact(contact) => &contact.words,
        Fact::ContactOutcome(outcome) => &outcome.words,
        Fact::ContactPassedOn(passed) => &passed.words,
        Fact::InvitationAnswered(answered) => &answered.words,
        Fact::TeamLeft(left) => &left.words,
        Fact::Note(note) => &note.words,
        Fact::RecordOpened(opened) => &opened.reason,
        Fact::OpeningReviewed(review) => &review.words,
        Fact::MeansAsked(asked) => &asked.words,
        Fact::MeansStated(stated) => &stated.words,
        Fact::ChargeDecided(decided) => &decided.words,
        Fact::Begun(_) | Fact::Communication(_) | Fact::Invited(_) | Fact::TeamJoined(_) => "",
        assessed => assessed::words(assessed),
    }
}
