//! Forms as data: sections of questions, in versions, from the folder `policy/forms`.
//!
//! An answer keeps the version of the form it was given to, so an older version stays in the folder
//! as long as its answers are to be read in the words they were asked in.

use law::choices;
use law::eligibility::{AdultOutcome, CarerOutcome};

use crate::record::entry::Audience;
use crate::record::fact::assess::{FormKind, Prompt, Reply, Side, YesNo};
use crate::record::ids::{FormId, QuestionId, RoleId, SectionId};

mod answer;
mod book;
mod check;
mod read;

pub use book::{Asked, Forms};

/// A form, in one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its id.
    pub id: FormId,
    /// Its version; the highest is the one to fill in.
    pub version: u32,
    /// Its title.
    pub title: String,
    /// What it is for, as a kind.
    pub kind: FormKind,
    /// What it is for, in plain words for whoever fills it in.
    pub purpose: String,
    /// What it rests on: law, guidance, a standard.
    pub basis: Vec<String>,
    /// Who wrote it, and from what.
    pub source: String,
    /// The roles that usually write it. Others may, where they have the right to.
    pub writers: Vec<RoleId>,
    /// Whether it is filled in anew each time, such as for each decision or each concern; otherwise
    /// there is one for the person, kept up to date.
    pub each_time: bool,
    /// For whom its sections are, unless a writer says otherwise.
    pub audience: Audience,
    /// For whom else a professional may write in it: for fewer than those it is usually for.
    pub also_for: Vec<Audience>,
    /// Within how many days of being asked for it is promised.
    pub due_days: u16,
    /// After how many months it is reviewed, if it is.
    pub review_months: Option<u16>,
    /// Whether a place may not change it: a national form.
    pub fixed: bool,
    /// Conditions of the register, by their ids in the code lists, with which it is thought of.
    pub conditions: Vec<String>,
    /// Its sections, in order.
    pub sections: Vec<Section>,
}

/// A section of a form: what is written, confirmed and read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its id in the form.
    pub id: SectionId,
    /// Its title.
    pub title: String,
    /// The heading it stands under with others.
    pub group: Option<String>,
    /// What stands above its questions.
    pub lead: String,
    /// Whose words it asks for, first of all.
    pub side: Side,
    /// Whether no link of a carer shares what is answered in it.
    pub private: bool,
    /// The outcome of the eligibility regulations it is about, by its code in `law::eligibility`.
    pub outcome: Option<Outcome>,
    /// The age from which nothing of it is asked; at any age, where none is said.
    pub until_age: Option<u8>,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

/// An outcome of the eligibility regulations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An adult's (reg 2(2)).
    Adult(AdultOutcome),
    /// A carer's (reg 3(2)(b)).
    Carer(CarerOutcome),
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id in the section.
    pub id: QuestionId,
    /// What is asked; in the first person where it is for the person's own words.
    pub text: String,
    /// What helps to answer it.
    pub hint: String,
    /// On which side its answer stands.
    pub side: Side,
    /// What kind of answer it takes.
    pub answer: AnswerType,
    /// Whether the form is not finished without it.
    pub required: bool,
    /// When it is asked; always, where nothing stands here.
    pub shown_if: Option<ShownIf>,
    /// The name under which its answer is known to every other form.
    pub concept: Option<String>,
    /// What the register or the front door may know of it already.
    pub known_from: Option<KnownFrom>,
    /// For how many months an answer can be relied on unasked; None for good.
    pub good_for_months: Option<u16>,
    /// Where the help comes from that it asks after: own strengths first, services last.
    pub help: Option<Help>,
    /// What it gives to the decision on eligibility.
    pub decides: Option<Decides>,
    /// What its answers can call for.
    pub prompts: Vec<PromptWhen>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerType {
    /// A line of words.
    Text,
    /// Words at length.
    LongText,
    /// Yes, no or not known.
    YesNo,
    /// One of these.
    Choice(Vec<Choice>),
    /// Any of these.
    Choices(Vec<Choice>),
    /// A day, as far as known.
    Date,
    /// An amount of money.
    Amount,
    /// A whole number.
    Number,
    /// A place on a scale from 0 to 10.
    Scale,
    /// People: name, what they are to the person, how to reach them.
    People,
    /// Rows of a table with these columns.
    Table(Vec<Choice>),
}

/// One choice, or one column of a table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// As stored and posted.
    pub code: String,
    /// In plain words.
    pub label: String,
}

/// The answer to another question on which it hangs whether this one is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownIf {
    /// The section of that question.
    pub section: SectionId,
    /// The question.
    pub question: QuestionId,
    /// The answers with which this one is asked, by their codes.
    pub is: Vec<String>,
}

/// An answer that calls for something to be thought of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptWhen {
    /// What is to be thought of.
    pub prompt: Prompt,
    /// With which answers, by their codes; with any that says something, where none is named.
    pub when: Vec<String>,
    /// Why, in plain words.
    pub because: String,
}

choices! {
    /// What is known without asking the person.
    KnownFrom {
        /// The name on the register.
        Name "name" "name",
        Born "born" "date of birth",
        /// The address.
        Address "address" "address",
        Telephone "telephone" "telephone number",
        /// The GP practice.
        Practice "practice" "GP surgery",
        /// The conditions that the surgery has coded.
        Conditions "conditions" "conditions",
        /// The language the person would rather speak.
        Language "language" "language",
        /// Whether an interpreter is needed.
        Interpreter "interpreter" "interpreter",
        /// What helps to speak with the person.
        Communication "communication" "what helps when speaking with them",
        Adjustments "adjustments" "reasonable adjustments",
        Contact "contact" "what was said at the front door",
    }
}

choices! {
    /// Where help comes from, in the order in which it is thought of.
    Help {
        /// What the person does.
        Own "own" "What I do myself",
        People "people" "What family and friends do",
        Community "community" "What the community offers",
        Technology "technology" "What technology and equipment do",
        /// What formal support does.
        Services "services" "What services do",
    }
}

choices! {
    /// What an answer gives to a decision on eligibility.
    Decides {
        /// In which ways the person is unable to achieve the outcome, judged as if no carer helped.
        Unable "unable" "in which ways the person is unable",
        Reason "reason" "why",
        /// Whether a carer is willing and able to meet the need.
        CarerMeets "carer-meets" "whether a carer meets it",
    }
}

impl Form {
    /// The section of this id.
    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// The question of this id in a section.
    pub fn question(&self, section: &SectionId, question: &QuestionId) -> Option<&Question> {
        self.section(section)?.question(question)
    }

    /// Every question with its section, in order.
    pub fn questions(&self) -> impl Iterator<Item = (&Section, &Question)> {
        self.sections.iter().flat_map(|section| section.questions.iter().map(move |q| (section, q)))
    }
}

impl Section {
    /// The question of this id.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == *id)
    }
}

impl ShownIf {
    /// Whether an answer is one with which the question is asked.
    pub fn holds(&self, reply: Option<&Reply>) -> bool {
        reply.is_some_and(|reply| says_one_of(reply, &self.is))
    }
}

impl PromptWhen {
    /// Whether an answer calls for it.
    pub fn holds(&self, reply: &Reply) -> bool {
        if self.when.is_empty() { says_something(reply) } else { says_one_of(reply, &self.when) }
    }
}

/// Whether an answer is one of these codes, or has one of them.
fn says_one_of(reply: &Reply, codes: &[String]) -> bool {
    match reply {
        Reply::YesNo(said) => codes.iter().any(|code| code == said.code()),
        Reply::Choice(said) => codes.contains(said),
        Reply::Choices(said) => codes.iter().any(|code| said.contains(code)),
        _ => false,
    }
}

/// Whether an answer says something: not ‘no’, not ‘not known’, and not that they would rather not.
fn says_something(reply: &Reply) -> bool {
    match reply {
        Reply::RatherNotSay => false,
        Reply::YesNo(said) => *said == YesNo::Yes,
        Reply::Text(text) => !text.is_empty(),
        Reply::Choices(said) => !said.is_empty(),
        Reply::People(people) => !people.is_empty(),
        Reply::Rows(rows) => !rows.is_empty(),
        _ => true,
    }
}

impl Outcome {
    /// Its code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Adult(outcome) => outcome.code(),
            Self::Carer(outcome) => outcome.code(),
        }
    }

    /// In plain words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Adult(outcome) => outcome.in_words(),
            Self::Carer(outcome) => outcome.in_words(),
        }
    }
}
