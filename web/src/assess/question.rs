//! A question on the page of its section: what is known beside it, and the field where it is asked.

use askama::Template;
use care::assess::form::{Question, Section, ShownIf};
use care::assess::known::{From, KnownAnswer, KnownQuestion, KnownSection};
use care::record::fact::assess::{Side, YesNo};
use care::record::ids::QuestionId;

use super::answers::Telling;
use super::field::{self, Shown, name, offers_rather_not};
use crate::components::{Button, Checkboxes, Choice, Details, Markup};
use crate::forms::Form;

/// The field in which a writer says what they looked at and found still right.
pub const STILL: &str = "still";

/// A question with what is known of it.
#[derive(Template)]
#[template(path = "assess/question.html")]
struct QuestionView<'a> {
    id: &'a str,
    heading: Option<&'a str>,
    only_if: Option<String>,
    beside: Option<Beside>,
    known: Option<Markup>,
    field: Option<Markup>,
    still: Option<Markup>,
}

/// What stands beside a field: last time's answer, or what somebody else wrote meanwhile.
struct Beside {
    title: String,
    what: Markup,
    take: Button,
}

/// The questions of a section, for whoever writes it.
pub struct Sheet<'a> {
    /// The section with what is known.
    pub known: &'a KnownSection<'a>,
    /// What is filled in.
    pub form: &'a Form,
    /// Where its buttons send the form.
    pub to: &'a str,
    /// The sides that whoever asks can write.
    pub writes: &'a [Side],
    /// Who says what.
    pub telling: Telling<'a>,
    /// Whether last time's answers stand beside: the form is filled in anew each time.
    pub anew: bool,
    /// The questions that somebody else answered meanwhile, and not alike; with who.
    pub clash: &'a [(QuestionId, String)],
}

impl Sheet<'_> {
    /// The questions of a side.
    pub fn questions(&self, side: Side) -> Vec<Markup> {
        let of_side = |known: &&KnownQuestion<'_>| known.question.side == side;
        let asked: Vec<&KnownQuestion<'_>> = self.known.questions.iter().filter(of_side).collect();
        let mut shown = Vec::new();
        for known in &asked {
            if !self.writes.contains(&side) {
                shown.extend(self.read_only(known));
            } else if self.parent_in(&asked, known).is_none() {
                let children = asked.iter().copied().filter(|child| {
                    let parent = self.parent_in(&asked, child);
                    parent.is_some_and(|parent| parent.question.id == known.question.id)
                });
                shown.extend(self.question(known, &children.collect::<Vec<_>>()));
            }
        }
        shown
    }

    /// The questions that they may say they would rather not answer.
    pub fn rather_not(&self) -> Option<Details> {
        let open = |known: &&KnownQuestion<'_>| {
            let question = known.question;
            question.side == Side::Person
                && self.writes.contains(&Side::Person)
                && !offers_rather_not(question)
                && (known.to_ask() || self.form.has(field::RATHER_NOT, question.id.as_str()))
        };
        let questions = self.known.questions.iter().filter(open);
        let choices: Vec<Choice> = questions
            .map(|known| Choice::new(known.question.id.as_str(), known.question.text.as_str()))
            .collect();
        if choices.is_empty() {
            return None;
        }
        let legend = "Nobody has to answer. What is ticked is not asked again.";
        let boxes = Checkboxes::new(field::RATHER_NOT, legend, choices).small().filled(self.form);
        let summary = if self.telling.laid.own {
            "Questions you would rather not answer"
        } else {
            "Questions they would rather not answer"
        };
        let details = Details::new(summary, Markup::from(boxes));
        let ticked = self.form.values(field::RATHER_NOT).next().is_some();
        Some(if ticked { details.open() } else { details })
    }

    /// The question under one of whose answers another is shown: both are still open, and only one
    /// answer calls for it.
    fn parent_in<'k>(
        &self,
        asked: &[&'k KnownQuestion<'k>],
        known: &KnownQuestion<'_>,
    ) -> Option<&'k KnownQuestion<'k>> {
        let shown_if = known.question.shown_if.as_ref()?;
        let here = shown_if.section == self.known.section.id && shown_if.is.len() == 1;
        if !here || !known.answers.is_empty() || known.last_time.is_some() {
            return None;
        }
        let parent = asked.iter().find(|parent| parent.question.id == shown_if.question)?;
        let open = parent.answers.is_empty() && parent.last_time.is_none();
        (open && parent.question.shown_if.is_none()).then_some(*parent)
    }

    fn read_only(&self, known: &KnownQuestion<'_>) -> Option<Markup> {
        let answers = self.telling.answers(known)?;
        Some(Markup::of(&QuestionView {
            id: known.question.id.as_str(),
            heading: Some(&known.question.text),
            only_if: None,
            beside: None,
            known: Some(answers),
            field: None,
            still: None,
        }))
    }

    fn question(
        &self,
        known: &KnownQuestion<'_>,
        children: &[&KnownQuestion<'_>],
    ) -> Option<Markup> {
        let question = known.question;
        let typed = self.is_filled(question);
        let hangs = question.shown_if.as_ref().filter(|_| !known.shown);
        let elsewhere = hangs.is_some_and(|hangs| hangs.section != self.known.section.id);
        if elsewhere && known.answers.is_empty() && !typed {
            return None;
        }
        let clash = self.clash.iter().find(|(id, _)| *id == question.id);
        let wrong = self.form.problem(&name(question)).is_some();
        let beside = self.beside(known, clash.map(|(_, who)| who.as_str()));
        let answered = beside.is_none() && !known.answers.is_empty();
        let label = if answered { "What is right now" } else { question.text.as_str() };
        let shown = Shown { question, label, to: self.to };
        let mut asked = field::show(&shown, self.form, self.revealed(children));
        if answered && !typed {
            asked = Markup::join([asked, Self::take(known.answers.first()?, known).into()]);
        }
        let opens = known.to_ask() || clash.is_some() || wrong || beside.is_some();
        let asked = match (opens, hangs) {
            (true, _) => asked,
            (false, Some(hangs)) if known.answers.is_empty() && !self.is_answered(hangs) => asked,
            (false, Some(_)) if known.answers.is_empty() => {
                Details::new(format!("Only if that changes: {}", question.text), asked).into()
            }
            (false, _) => Details::new("Change or add to this", asked).into(),
        };
        let stale = answered && known.to_ask() && typed;
        Some(Markup::of(&QuestionView {
            id: question.id.as_str(),
            heading: answered.then_some(question.text.as_str()),
            only_if: hangs
                .filter(|_| known.answers.is_empty())
                .and_then(|hangs| self.only_if(hangs)),
            known: if answered { self.telling.answers(known) } else { None },
            beside,
            field: Some(asked),
            still: stale.then(|| {
                let choice = Choice::new(question.id.as_str(), "This is still right");
                let choice = choice.chosen(self.form.has(STILL, question.id.as_str()));
                let id = format!("still-{}", question.id);
                Checkboxes::without_legend(STILL, [choice]).id(&id).small().into()
            }),
        }))
    }

    /// The questions that are shown under an answer of another: by the answers they hang on.
    fn revealed(&self, children: &[&KnownQuestion<'_>]) -> Vec<(String, Markup)> {
        let mut revealed: Vec<(String, Vec<Markup>)> = Vec::new();
        for child in children {
            let question = child.question;
            let when = question.shown_if.as_ref().and_then(|hangs| hangs.is.first());
            let Some(when) = when else { continue };
            let shown = Shown { question, label: &question.text, to: self.to };
            let asked = field::show(&shown, self.form, Vec::new());
            match revealed.iter_mut().find(|(code, _)| code == when) {
                Some((_, questions)) => questions.push(asked),
                None => revealed.push((when.clone(), vec![asked])),
            }
        }
        revealed.into_iter().map(|(code, questions)| (code, Markup::join(questions))).collect()
    }

    /// What stands beside the field: what somebody else wrote meanwhile, or last time's answer.
    fn beside(&self, known: &KnownQuestion<'_>, clash: Option<&str>) -> Option<Beside> {
        if let Some(who) = clash {
            let theirs = known.answers.first()?;
            let take = Self::take(theirs, known);
            let title = format!("{who} wrote this while you were writing");
            return Some(Beside { title, what: self.telling.answer(theirs), take });
        }
        let last = known.last_time.as_ref().filter(|_| self.anew && known.answers.is_empty())?;
        let words = [Markup::from("Copy across "), hidden(&known.question.text)];
        let button = Button::new(Markup::join(words));
        Some(Beside {
            title: "Last time".to_owned(),
            what: self.telling.answer(last),
            take: button.secondary().sends("do", format!("take.{}.last", known.question.id)),
        })
    }

    /// The button that puts an answer in the field.
    fn take(answer: &KnownAnswer<'_>, known: &KnownQuestion<'_>) -> Button {
        let words = Markup::join([Markup::from("Use this answer "), hidden(&known.question.text)]);
        let from = source(&answer.from);
        Button::new(words).secondary().sends("do", format!("take.{}.{from}", known.question.id))
    }

    fn is_filled(&self, question: &Question) -> bool {
        field::is_filled(question, self.form)
            || self.form.has(field::RATHER_NOT, question.id.as_str())
    }

    fn is_answered(&self, hangs: &ShownIf) -> bool {
        let mut questions = self.known.questions.iter();
        questions.any(|known| known.question.id == hangs.question && known.current().is_some())
    }

    fn only_if(&self, hangs: &ShownIf) -> Option<String> {
        let section: &Section = self.known.section;
        let parent = section.question(&hangs.question).filter(|_| hangs.section == section.id)?;
        Some(format!("Only if the answer to ‘{}’ is: {}", parent.text, labels(parent, &hangs.is)))
    }
}

/// Where an answer stands, as the button that copies it says.
pub fn source(from: &From<'_>) -> String {
    match from {
        From::Written { writing, .. } => writing.to_string(),
        From::Said(_) => "said".to_owned(),
        From::Register => "register".to_owned(),
    }
}

/// Answers by their codes, in the words of a question.
fn labels(question: &Question, codes: &[String]) -> String {
    let label = |code: &String| {
        let choices = question.answer.choices();
        let known = choices.iter().find(|choice| choice.code == *code);
        let plain = YesNo::named(code).map(YesNo::in_words);
        known.map_or_else(|| plain.unwrap_or(code).to_owned(), |choice| choice.label.clone())
    };
    codes.iter().map(label).collect::<Vec<_>>().join(", or: ")
}

/// Words for those who hear a button alone.
fn hidden(text: &str) -> Markup {
    #[derive(Template)]
    #[template(source = r#"<span class="govuk-visually-hidden">{{ text }}</span>"#, ext = "html")]
    struct Hidden<'a> {
        text: &'a str,
    }
    Markup::of(&Hidden { text })
}
