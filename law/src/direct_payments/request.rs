//! What is asked and known about a direct payment.

use serde::{Deserialize, Serialize};

use crate::charging::Problem;
use crate::day::Day;
use crate::pence::Pence;

/// A request and everything around it. What nobody has looked at yet is left out, and is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Request {
    /// When it was asked for.
    pub requested_on: Option<Day>,
    /// Whether the adult has capacity to ask for it.
    pub capacity: Option<bool>,
    /// Whether whoever would receive it can manage it, alone or with help.
    pub can_manage: Option<bool>,
    /// Whether it is an appropriate way to meet the needs.
    pub appropriate: Option<bool>,
    /// Why not, where one of them is not so.
    pub reason: Option<String>,
    /// Where an adult with capacity names someone to receive it.
    pub nominee: Option<Nominee>,
    /// Where an adult lacks capacity.
    pub authorised: Option<Authorised>,
    /// Whether the adult is known to be against it.
    pub objects: bool,
    /// A court or licence condition that rules it out.
    pub excluded: Option<Exclusion>,
    /// Those who would be paid from it and are near to the adult.
    pub relatives: Vec<Relative>,
    /// Stays in a care home bought with it, past and planned.
    pub stays: Vec<CareHomeStay>,
    /// What it costs to meet the needs it is for, a week.
    pub weekly: Pence,
    /// What the person pays, a week.
    pub contribution: Pence,
    /// Net or gross, where it is not as the council's terms say.
    pub paid: Option<Paid>,
    /// How often, where it is not as the council's terms say.
    pub schedule: Option<Schedule>,
    /// Sums paid once at the start.
    pub start_up: Vec<Sum>,
    /// When the first payment was made.
    pub started: Option<Day>,
    /// When it was reviewed.
    pub reviewed: Vec<Day>,
    /// What has happened that calls for a review.
    pub events: Vec<Event>,
    /// The account, where one is looked at.
    pub account: Option<Account>,
}

/// Someone whom the adult names to receive it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Nominee {
    /// Whether they agree; not asked yet, if absent.
    #[serde(default)]
    pub agrees: Option<bool>,
}

/// Someone who would receive it for an adult who lacks capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authorised {
    /// Whether they are an attorney or deputy for these decisions.
    pub attorney_or_deputy: bool,
    /// Whether an attorney or deputy agrees, where there is one and it is another; none where there
    /// is nobody.
    #[serde(default)]
    pub attorney_agrees: Option<bool>,
    /// Whether the council finds them suitable.
    #[serde(default)]
    pub suitable: Option<bool>,
    /// Whether they will act in the adult's best interests.
    #[serde(default)]
    pub best_interests: Option<bool>,
    /// Whether they are family or a friend.
    #[serde(default)]
    pub family_or_friend: bool,
    /// Whether a criminal record check was thought about, for someone who is neither.
    #[serde(default)]
    pub check_considered: bool,
}

/// A condition of Schedule 1, in our own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exclusion {
    /// A drug rehabilitation requirement of a community order or a suspended sentence.
    DrugRehabilitationRequirement,
    /// An alcohol treatment requirement of a community order or a suspended sentence.
    AlcoholTreatmentRequirement,
    /// A release licence with a condition of its own about drugs or alcohol.
    LicenceDrugOrAlcoholCondition,
    /// A youth rehabilitation order with a requirement about drugs or other substances.
    YouthOrderSubstanceRequirement,
    /// A drug treatment and testing order or requirement.
    DrugTreatmentAndTesting,
    /// A Scottish community payback order, probation order or licence with such a requirement.
    ScottishOrderOrLicence,
}

/// How someone is related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relationship {
    /// Husband, wife, civil partner, or living as such: wherever they live.
    Partner,
    /// Parent or parent-in-law.
    Parent,
    /// Son, daughter, son- or daughter-in-law.
    Child,
    /// Stepson or stepdaughter.
    Stepchild,
    /// Brother or sister.
    Sibling,
    /// Aunt or uncle.
    AuntOrUncle,
    /// Grandparent.
    Grandparent,
    /// The partner of one of those relatives.
    RelativesPartner,
    /// A cousin, a grandchild, a friend, a lodger: the regulation does not name them.
    Other,
}

/// What someone would be paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PaidFor {
    /// Care.
    Care,
    /// Managing the payment: its accounts, and the duties of an employer.
    Managing,
}

/// Someone near to the adult who would be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Relative {
    /// How they are related.
    pub relationship: Relationship,
    /// Whether they live in the same household.
    pub same_household: bool,
    /// For what they would be paid.
    pub paid_for: PaidFor,
    /// Whether the council considers it necessary; not decided yet, if absent.
    #[serde(default)]
    pub necessary: Option<bool>,
    /// Why, or why not.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A stay in a care home that the payment buys. Its length is counted in nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CareHomeStay {
    /// The day they moved in.
    pub from: Day,
    /// The day they left.
    pub left: Day,
}

/// Whether what the person pays is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paid {
    /// It is: the person pays it into the account.
    #[default]
    Net,
    /// It is not: the person is billed.
    Gross,
}

/// How often it is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Schedule {
    /// Every four weeks.
    #[default]
    FourWeekly,
    /// Each calendar month, by its days.
    Monthly,
}

/// A sum, and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sum {
    /// What for.
    pub what: String,
    /// How much.
    pub amount: Pence,
}

/// Something that calls for a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A condition of the payment was broken.
    Breach,
    /// The adult lost capacity.
    CapacityLost,
    /// The adult gained capacity.
    CapacityGained,
    /// Someone has raised a concern.
    Concern,
    /// Needs or circumstances changed.
    Change,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// What.
    pub kind: EventKind,
    /// When.
    pub on: Day,
}

/// The account that the payments go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// What is in it.
    pub balance: Pence,
    /// What of it is the person's own, paid in above what they owed.
    #[serde(default)]
    pub overpaid: Pence,
    /// What is owed or set aside: wages, tax, holiday and redundancy pay.
    #[serde(default)]
    pub set_aside: Vec<Sum>,
}

const MOST_LINES: usize = 200;

impl Request {
    /// Whether it makes sense: dates in order, lists of a size a person could have.
    pub fn check(&self, as_of: Day) -> Result<(), Problem> {
        let wrong = |field: String, problem: String| Err(Problem { field, problem });
        let lists = [
            ("relatives", self.relatives.len()),
            ("stays", self.stays.len()),
            ("startUp", self.start_up.len()),
            ("reviewed", self.reviewed.len()),
            ("events", self.events.len()),
            (
                "account.setAside",
                self.account.as_ref().map_or(0, |account| account.set_aside.len()),
            ),
        ];
        if let Some((name, length)) = lists.into_iter().find(|&(_, length)| length > MOST_LINES) {
            return wrong(name.into(), format!("has {length} lines: at most {MOST_LINES}"));
        }
        for (at, stay) in self.stays.iter().enumerate() {
            if stay.left < stay.from {
                let said = format!("is {}, before it began, {}", stay.left, stay.from);
                return wrong(format!("stays[{at}].left"), said);
            }
            let before = at.checked_sub(1).and_then(|before| self.stays.get(before));
            if before.is_some_and(|before| stay.from < before.left) {
                let said = "begins before the one above it has ended; put them in order".to_owned();
                return wrong(format!("stays[{at}].from"), said);
            }
        }
        if let Some(started) = self.started {
            let early = self.reviewed.iter().position(|&day| day < started);
            if let Some(at) = early {
                let said = format!("is before the payment started, {started}");
                return wrong(format!("reviewed[{at}]"), said);
            }
        }
        if let Some(at) = self.reviewed.iter().position(|&day| day > as_of) {
            return wrong(format!("reviewed[{at}]"), format!("is after asOf, {as_of}"));
        }
        if let Some(at) = self.events.iter().position(|event| event.on > as_of) {
            return wrong(format!("events[{at}].on"), format!("is after asOf, {as_of}"));
        }
        if let Some(account) =
            self.account.as_ref().filter(|account| account.overpaid > account.balance)
        {
            return wrong(
                "account.overpaid".into(),
                format!("is {}, more than the balance, {}", account.overpaid, account.balance),
            );
        }
        Ok(())
    }

    /// The request with the budget's own money, where it names none.
    #[must_use]
    pub fn with_money(&self, weekly: Pence, contribution: Pence) -> Self {
        let mut request = self.clone();
        if request.weekly.is_nothing() {
            request.weekly = weekly;
            request.contribution = contribution;
        }
        request
    }
}
