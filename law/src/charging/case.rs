//! A case: what is known of one person's means and care on one day.

use serde::{Deserialize, Serialize};

use crate::charging::kinds::{CapitalKind, HousingKind, IncomeKind, ServiceKind};
use crate::charging::policy::Change;
use crate::day::Day;
use crate::fraction::Share;
use crate::pence::Pence;
use crate::period::Every;

/// Where the care is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// At home, or anywhere that is not a care home.
    Home,
    /// In a care home, to stay.
    CareHomePermanent,
    /// In a care home for a time, with a plan to go home: unlikely to pass 52 weeks.
    CareHomeTemporary,
    /// In a care home for at most eight weeks.
    CareHomeShortTerm,
}

/// With whom the person lives, as the guarantee sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Household {
    /// Neither partner nor children of theirs.
    Single,
    /// With a husband, wife or partner.
    Couple,
    /// With children, and no partner.
    LoneParent,
}

/// A case. Amounts are pounds and pence in quotes; a name that is not here is an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Case {
    /// The day the assessment is of.
    pub as_of: Day,
    /// Where the care is given.
    pub setting: Setting,
    /// Who.
    pub person: Person,
    /// The premiums, where someone has looked; else they follow from the benefits in payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub premiums: Option<Premiums>,
    /// What comes in, after tax.
    #[serde(default)]
    pub income: Vec<Income>,
    /// What is saved or owned.
    #[serde(default)]
    pub capital: Vec<Capital>,
    /// What the home costs.
    #[serde(default)]
    pub housing: Vec<Housing>,
    /// What the disability costs.
    #[serde(default)]
    pub dre: Vec<Expense>,
    /// The care, and what the council pays for it.
    #[serde(default)]
    pub services: Vec<Service>,
    /// The stay in a care home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stay: Option<Stay>,
    /// What someone pays above the council's rate for a place that was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_up: Option<TopUp>,
    /// The day the person was told that a charge may be made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_on: Option<Day>,
    /// An officer's reason for charging before that day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_start_reason: Option<String>,
    /// Whether the person lets the council see their means.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub disclosed: bool,
    /// A lighter assessment, where the regulations allow one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light_touch: Option<LightTouch>,
    /// Whether a person who pays in full has asked the council to arrange their care at home.
    #[serde(default, skip_serializing_if = "is_no")]
    pub arranged_by_council: bool,
    /// Choices of policy for this case alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Change>,
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
fn is_yes(value: &bool) -> bool {
    *value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
fn is_no(value: &bool) -> bool {
    !*value
}

/// The person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Person {
    /// When they were born.
    pub born: Day,
    /// With whom they live.
    pub household: Household,
    /// How many children in the household they are responsible for.
    #[serde(default)]
    pub children: u8,
    /// When their partner was born.
    #[serde(default)]
    pub partner_born: Option<Day>,
    /// Whether they reached State Pension age before 6 April 2016, where the date of birth alone
    /// does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub savings_credit_age: Option<bool>,
    /// Whether they have Creutzfeldt-Jakob disease: their care is free (reg 4).
    #[serde(default, skip_serializing_if = "is_no")]
    pub cjd: bool,
}

/// The premiums of the guarantee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Premiums {
    /// Disability premium.
    pub disability: bool,
    /// Enhanced disability premium; it is added to the other.
    pub enhanced_disability: bool,
    /// Carer premium.
    pub carer: bool,
}

/// Money coming in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Income {
    /// What it is.
    pub kind: IncomeKind,
    /// How much.
    pub amount: Pence,
    /// How often.
    pub every: Every,
    /// The tax paid on it, as often.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub tax: Pence,
    /// The part of it that is the person's.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub share: Share,
    /// Who said so; the case, if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied_by: Option<String>,
}

fn whole() -> Share {
    Share::WHOLE
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
fn is_nothing(amount: &Pence) -> bool {
    amount.is_nothing()
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field over by reference")]
fn is_whole(share: &Share) -> bool {
    share.is_whole()
}

/// Who lives in the home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OccupiedBy {
    /// Nobody.
    Nobody,
    /// The person themself.
    #[serde(alias = "self")]
    Person,
    /// Their partner.
    #[serde(alias = "spouse")]
    Partner,
    /// A former partner who is a lone parent.
    FormerPartnerLoneParent,
    /// A relative of 60 or over.
    #[serde(
        rename = "relative-60-or-over",
        alias = "relative-over-60",
        alias = "relative-60",
        alias = "relative-aged-60"
    )]
    RelativeSixty,
    /// A relative who is incapacitated.
    RelativeIncapacitated,
    /// A child of theirs under 18.
    #[serde(rename = "child-under-18")]
    Child,
    /// Someone else.
    Other,
}

/// Something saved or owned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Capital {
    /// What it is.
    pub kind: CapitalKind,
    /// What all of it is worth today.
    pub value: Pence,
    /// The part of it that is the person's.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub share: Share,
    /// What the person's share of land or a house would sell for, where someone has valued it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_value: Option<Pence>,
    /// What is owed on it.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub debt: Pence,
    /// Whether selling it costs something, where that is not as usual for its kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sale_costs: Option<bool>,
    /// Who lives there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupied_by: Option<OccupiedBy>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occupied_since: Option<Day>,
    /// When it was received, or the disregard began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Day>,
    /// Until when the council leaves it out by its own choice, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disregard: Option<Discretion>,
    /// Who said so; the case, if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied_by: Option<String>,
}

/// Something the council leaves out by its own choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Discretion {
    /// The last day, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// Why.
    pub reason: String,
}

/// A cost of the home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Housing {
    /// What it is.
    pub kind: HousingKind,
    /// How much.
    pub amount: Pence,
    /// How often.
    pub every: Every,
    /// The part of it the person must pay.
    #[serde(default = "whole", skip_serializing_if = "is_whole")]
    pub share: Share,
    /// Help with it, as often. Where none is named, Housing Benefit and Council Tax Reduction
    /// among the income are taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Pence>,
    /// Who said so; the case, if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied_by: Option<String>,
}

/// A cost of a disability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expense {
    /// What for.
    pub what: String,
    /// How much.
    pub amount: Pence,
    /// How often.
    pub every: Every,
    /// Whether it is allowed.
    pub allowed: bool,
    /// Why, or why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who said so; the case, if nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplied_by: Option<String>,
}

/// Which rate of NHS-funded nursing care is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fnc {
    /// None.
    None,
    /// The standard rate.
    Standard,
    /// The high band, for people on it since before October 2007.
    Higher,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Service {
    /// What it is.
    pub kind: ServiceKind,
    /// What it costs, all of it.
    pub cost: Pence,
    /// How often; equipment is bought once and needs none.
    #[serde(default = "each_week")]
    pub every: Every,
    /// The first day of this spell of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<Day>,
    /// NHS-funded nursing care, where it is not as usual for the kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fnc: Option<Fnc>,
}

fn each_week() -> Every {
    Every::Week
}

/// A stay in a care home.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Stay {
    /// The day the person moved in.
    pub admitted: Day,
    /// The day from which they are there to stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permanent_from: Option<Day>,
    /// Whether they pass at least half of their pension to a husband, wife or civil partner who
    /// lives elsewhere.
    #[serde(default)]
    pub spouse_passed_half_pension: bool,
    /// Whether they plan to go back home, or are selling it to buy another to go back to.
    #[serde(default = "yes")]
    pub plans_to_return: bool,
    /// Earlier permanent stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierStay>,
    /// When a qualifying relative's living in the home ended unexpectedly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relative_left: Option<Day>,
}

/// A permanent stay that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EarlierStay {
    /// Its first day as permanent.
    pub permanent_from: Day,
    /// The day they left.
    pub left: Day,
}

/// Who pays a top-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payer {
    /// Someone else.
    ThirdParty,
    /// The person, which the law allows only in the twelve weeks, under a deferred payment
    /// agreement, or for after-care.
    FirstParty,
}

/// An agreed top-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TopUp {
    /// How much.
    pub amount: Pence,
    /// How often.
    pub every: Every,
    /// Who pays it.
    pub payer: Payer,
}

/// Why a lighter assessment is enough (reg 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LightTouchGround {
    /// The person shows that they can pay the whole cost, and agrees.
    CanPayInFull,
    /// The charge is small, the person clearly can meet it, and agrees.
    SmallCharge,
    /// Their benefits show that they can pay nothing.
    BenefitsShowNothing,
}

/// A lighter assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LightTouch {
    /// Why.
    pub ground: LightTouchGround,
    /// Whether the person agreed, and was offered a full one.
    pub agreed: bool,
}

/// What is wrong with a case that was read, in one sentence that names the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} {problem}")]
pub struct Problem {
    /// Where.
    pub field: String,
    /// What, and what is allowed.
    pub problem: String,
}

/// The most lines that each list of a case may have.
pub const MOST_LINES: usize = 1_000;

impl Case {
    /// Whether the case makes sense: dates in order, lists of a size a person could have.
    pub fn check(&self) -> Result<(), Problem> {
        let problem =
            |field: &str, problem: String| Err(Problem { field: field.to_owned(), problem });
        let (born, as_of) = (self.person.born, self.as_of);
        match born.age_on(as_of) {
            None => return problem("person.born", format!("is {born}, after asOf, {as_of}")),
            Some(age) if age < 18 => {
                let said =
                    "the charge for an adult begins at 18; use a date on or after the birthday";
                return problem(
                    "person.born",
                    format!("is {born}, so the person is {age} on {as_of}: {said}"),
                );
            }
            Some(_) => {}
        }
        if self.person.children > 20 {
            return problem("person.children", format!("is {}: at most 20", self.person.children));
        }
        if let Some(partner) = self.person.partner_born.filter(|&partner| partner > as_of) {
            return problem("person.partnerBorn", format!("is {partner}, after asOf, {as_of}"));
        }
        let lists = [
            ("income", self.income.len()),
            ("capital", self.capital.len()),
            ("housing", self.housing.len()),
            ("dre", self.dre.len()),
            ("services", self.services.len()),
        ];
        if let Some((name, length)) = lists.into_iter().find(|&(_, length)| length > MOST_LINES) {
            return problem(name, format!("has {length} lines: at most {MOST_LINES}"));
        }
        self.check_stay()?;
        if let Some(Err(fault)) = self
            .policy
            .as_ref()
            .map(|change| crate::charging::policy::Policy::default().with(change).check())
        {
            return problem("policy:", fault.to_string());
        }
        Ok(())
    }

    fn check_stay(&self) -> Result<(), Problem> {
        let Some(stay) = &self.stay else { return Ok(()) };
        let problem =
            |field: &str, problem: String| Err(Problem { field: field.to_owned(), problem });
        if let Some(from) = stay.permanent_from.filter(|&from| from < stay.admitted) {
            let said = format!("is {from}, before stay.admitted, {}", stay.admitted);
            return problem("stay.permanentFrom", said);
        }
        for (at, earlier) in stay.earlier.iter().enumerate() {
            if earlier.left < earlier.permanent_from {
                let said =
                    format!("is {}, before it began, {}", earlier.left, earlier.permanent_from);
                return problem(&format!("stay.earlier[{at}].left"), said);
            }
            if stay.permanent_from.is_some_and(|from| earlier.left > from) {
                let said = format!("is {}, after this stay became permanent", earlier.left);
                return problem(&format!("stay.earlier[{at}].left"), said);
            }
        }
        Ok(())
    }
}
