//! From what was answered to a case of the law.

use law::charging::{
    Capital, CapitalKind, Case, Expense, Household, Housing, HousingKind, Income, IncomeKind,
    OccupiedBy, Person, Service, ServiceKind, Setting, Stay,
};
use law::choices;
use law::day::Day;
use law::fraction::Share;
use law::pence::Pence;
use law::period::Every;

use crate::error::Failure;
use crate::forms::Form;

/// Kinds of income that people have, under the heading under which they look for them.
pub(super) const INCOMES: [(&str, &str, &[&str]); 5] = [
    (
        "pensions",
        "Pensions",
        &[
            "state-pension",
            "pension-credit-guarantee",
            "savings-credit",
            "occupational-pension",
            "personal-pension",
            "annuity",
            "war-widows-pension",
        ],
    ),
    (
        "disability",
        "Money because of illness or disability",
        &[
            "attendance-allowance-lower",
            "attendance-allowance-higher",
            "pip-daily-living-standard",
            "pip-daily-living-enhanced",
            "dla-care-lowest",
            "dla-care-middle",
            "dla-care-highest",
            "industrial-injuries-disablement-benefit",
        ],
    ),
    (
        "benefits",
        "Other benefits",
        &[
            "universal-credit",
            "employment-and-support-allowance",
            "esa-support-group",
            "income-support",
            "jobseekers-allowance",
            "carers-allowance",
        ],
    ),
    ("help", "Help with your rent or council tax", HELP),
    ("more", "Other money", &["rent-received", "lodger", "other"]),
];

/// Help with the costs of a home, which matters only where there are any.
pub(super) const HELP: &[&str] =
    &["housing-benefit", "universal-credit-housing", "council-tax-reduction"];

/// Benefits of which only the name matters: how much they are is left out.
pub(super) const MOBILITY: [(&str, &str); 2] = [
    ("pip-mobility-standard", "Personal Independence Payment (PIP), mobility part"),
    ("dla-mobility-lower", "Disability Living Allowance (DLA), mobility part"),
];

/// What a home may cost, in the order in which it is asked.
pub(super) const HOUSING: [&str; 4] = ["rent", "mortgage", "service-charge", "council-tax"];

/// Who may live in the home of somebody who has moved: code, words, and what the law calls them.
pub(super) const OCCUPIERS: [(&str, &str, OccupiedBy); 7] = [
    ("nobody", "Nobody", OccupiedBy::Nobody),
    ("partner", "My husband, wife, civil partner or partner", OccupiedBy::Partner),
    ("child", "My child, who is under 18", OccupiedBy::Child),
    ("relative-60", "A relative who is 60 or older", OccupiedBy::RelativeSixty),
    ("relative-ill", "A relative who is ill or disabled", OccupiedBy::RelativeIncapacitated),
    (
        "former-partner",
        "My former partner, who brings up a child alone",
        OccupiedBy::FormerPartnerLoneParent,
    ),
    ("other", "Somebody else", OccupiedBy::Other),
];

/// Stands for the cost of care that is not known: more than anyone could be asked for.
const UNKNOWN_COST: Pence = Pence::MOST;
/// Twelve weeks, in which a home is left out.
pub(super) const TWELVE_WEEKS: i32 = 12 * 7;

choices! {
    /// Where the care is given.
    Place {
        Home "home" "At home",
        Stay "care-home" "In a care home, to stay",
        Short "care-home-short" "In a care home, for 8 weeks or less",
        Time "care-home-time" "In a care home, for more than 8 weeks, and then home",
    }
}

impl Place {
    const fn setting(self) -> Setting {
        match self {
            Self::Home => Setting::Home,
            Self::Stay => Setting::CareHomePermanent,
            Self::Short => Setting::CareHomeShortTerm,
            Self::Time => Setting::CareHomeTemporary,
        }
    }
}

/// Everything that was told, page by page.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) about: Option<About>,
    pub(super) income: Option<Incomes>,
    pub(super) savings: Option<Vec<Capital>>,
    pub(super) costs: Option<Costs>,
    pub(super) care: Option<Care>,
}

/// Where, and who.
#[derive(Debug)]
pub(super) struct About {
    pub(super) place: Place,
    moved_in: Option<Day>,
    person: Person,
}

/// What comes in.
#[derive(Debug)]
pub(super) struct Incomes {
    kinds: Vec<Income>,
    passes_half: bool,
}

/// What the home and the disability cost.
#[derive(Debug, Default)]
pub(super) struct Costs {
    housing: Vec<Housing>,
    disability: Vec<Expense>,
}

/// What the care costs a week, if that is known.
#[derive(Debug)]
pub(super) struct Care {
    pub(super) cost: Option<Pence>,
    nursing: bool,
}

/// The first page.
pub(super) fn about(form: &mut Form, today: Day) -> Option<About> {
    let place = form.chosen("where", Place::named, "Choose where you will have your care");
    let moved_in = (place == Some(Place::Stay))
        .then(|| form.date("moved-in", "the day you moved in"))
        .flatten();
    if moved_in.is_some_and(|day| day > today) {
        form.wrong_date("moved-in", "The day you moved in must be today or before");
    }
    let born = form.required_date("born", "your date of birth", "Enter your date of birth");
    if let Some(born) = born {
        match born.age_on(today) {
            None => form.wrong_date("born", "Your date of birth must be in the past"),
            Some(age) if age < 18 => {
                form.wrong_date("born", "This guide is for people who are 18 or older");
            }
            Some(age) if age > 120 => form.wrong_date("born", "Check the year you were born"),
            Some(_) => {}
        }
    }
    let named = |code: &str| match code {
        "single" => Some(Household::Single),
        "couple" => Some(Household::Couple),
        "lone-parent" => Some(Household::LoneParent),
        _ => None,
    };
    let household = form.chosen("household", named, "Choose who you live with")?;
    let couple = household == Household::Couple;
    let partner_born =
        couple.then(|| form.date("partner-born", "your partner’s date of birth")).flatten();
    if partner_born.is_some_and(|day| day > today) {
        form.wrong_date("partner-born", "Your partner’s date of birth must be in the past");
    }
    let children = match household {
        Household::Single => 0,
        Household::Couple => children(form, "children-couple"),
        Household::LoneParent => children(form, "children-alone"),
    };
    let person = Person {
        born: born?,
        household,
        children,
        partner_born,
        savings_credit_age: None,
        cjd: false,
    };
    Some(About { place: place?, moved_in, person })
}

fn children(form: &mut Form, name: &str) -> u8 {
    let number = |text: &str| text.parse().ok().filter(|&number| number <= 20);
    let read = |text: &str| number(text).ok_or("Write how many children as a number, like 2");
    form.parsed(name, read).unwrap_or(0)
}

/// An amount of money, as people write it: `£1,234.50`; of `what` it is one.
fn amount(form: &mut Form, name: &str, what: &str) -> Option<Pence> {
    form.parsed(name, |text| {
        let plain: String =
            text.chars().filter(|letter| !matches!(letter, '£' | ',' | ' ' | '\u{a0}')).collect();
        let wrong = || format!("{what}: write the amount in pounds, like 120 or 120.50");
        Pence::parse(&plain).map_err(|_| wrong())
    })
}

/// As [`amount`], with this error if it is empty.
fn required_amount(form: &mut Form, name: &str, what: &str, error: &str) -> Option<Pence> {
    let found = amount(form, name, what);
    if found.is_none() && form.problem(name).is_none() {
        form.wrong(name, error);
    }
    found
}

fn every(form: &mut Form, code: &str, label: &str) -> Option<Every> {
    let named = |code: &str| Every::ALL.into_iter().find(|every| every.code() == code);
    form.chosen(&format!("every-{code}"), named, &format!("{label}: choose how often"))
}

/// The page about income.
pub(super) fn income(form: &mut Form) -> Incomes {
    let mut kinds = Vec::new();
    for code in INCOMES.iter().flat_map(|(_, _, codes)| codes.iter()) {
        let Some(kind) = IncomeKind::named(code).ok().filter(|_| form.has("income", code)) else {
            continue;
        };
        let label = kind.label;
        let missing = format!("{label}: write how much you get");
        let amount = required_amount(form, &format!("amount-{code}"), label, &missing);
        let every = every(form, code, label);
        if let (Some(amount), Some(every)) = (amount, every) {
            let (tax, share) = (Pence::ZERO, Share::WHOLE);
            kinds.push(Income { kind, amount, every, tax, share, supplied_by: None });
        }
    }
    // They are left out, so nobody is asked how much; but they show that somebody is disabled.
    for kind in MOBILITY.iter().filter_map(|(code, _)| IncomeKind::named(code).ok()) {
        if form.has("income", kind.code) {
            let (amount, every) = (Pence::ZERO, Every::Week);
            let (tax, share) = (Pence::ZERO, Share::WHOLE);
            kinds.push(Income { kind, amount, every, tax, share, supplied_by: None });
        }
    }
    Incomes { kinds, passes_half: form.has("pass-half", "yes") }
}

/// The page about savings.
pub(super) fn savings(form: &mut Form) -> Option<Vec<Capital>> {
    let missing = "Write how much you have in savings. If you have none, write 0";
    let mut capital = Vec::new();
    if let Some(savings) = required_amount(form, "savings", "Your savings", missing) {
        capital.push(owned("savings", savings, Pence::ZERO)?);
    }
    if Place::named(form.value("where")) == Some(Place::Stay) {
        form.chosen("home", yes_or_no, "Choose if you own your home");
        if form.has("home", "yes") {
            capital.extend(home(form));
        }
    }
    form.chosen("property", yes_or_no, "Choose if you own any other house, flat or land");
    if form.has("property", "yes") {
        let value = required_amount(
            form,
            "property-value",
            "Your other property",
            "Write what it would sell for",
        );
        let debt = amount(form, "property-debt", "What is left to pay on it").unwrap_or_default();
        capital.extend(value.and_then(|value| owned("property", value, debt)));
    }
    Some(capital)
}

fn yes_or_no(answer: &str) -> Option<bool> {
    match answer {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn home(form: &mut Form) -> Option<Capital> {
    let value =
        required_amount(form, "home-value", "Your home", "Write what your home would sell for");
    let debt = amount(form, "home-debt", "What is left to pay on your home").unwrap_or_default();
    let named = |code: &str| match code {
        "alone" => Some(Share::WHOLE),
        "half" => Some(Share::HALF),
        _ => None,
    };
    let share = form.chosen("home-share", named, "Choose if you own it with somebody else");
    let named = |code: &str| OCCUPIERS.iter().find(|one| one.0 == code).map(|one| one.2);
    let who = form.chosen("home-who", named, "Choose who lives there");
    let home = owned("main-home", value?, debt)?;
    Some(Capital { share: share?, occupied_by: Some(who?), ..home })
}

fn owned(code: &str, value: Pence, debt: Pence) -> Option<Capital> {
    Some(Capital {
        kind: CapitalKind::named(code).ok()?,
        value,
        share: Share::WHOLE,
        share_value: None,
        debt,
        sale_costs: None,
        occupied_by: None,
        occupied_since: None,
        received: None,
        disregard: None,
        supplied_by: None,
    })
}

/// The page about costs.
pub(super) fn costs(form: &mut Form) -> Costs {
    let mut costs = Costs::default();
    for kind in HOUSING.iter().filter_map(|code| HousingKind::named(code).ok()) {
        if let Some((amount, every)) = paid(form, kind.code, kind.label) {
            let share = Share::WHOLE;
            costs.housing.push(Housing {
                kind,
                amount,
                every,
                share,
                help: None,
                supplied_by: None,
            });
        }
    }
    if let Some((amount, every)) = paid(form, "dre", "The costs of your illness or disability") {
        costs.disability.push(Expense {
            what: "all you told us of".to_owned(),
            amount,
            every,
            allowed: true,
            reason: None,
            supplied_by: None,
        });
    }
    costs
}

/// A cost that may be left empty.
fn paid(form: &mut Form, code: &str, label: &str) -> Option<(Pence, Every)> {
    let amount = amount(form, &format!("amount-{code}"), label)?;
    if amount.is_nothing() {
        return None;
    }
    Some((amount, every(form, code, label)?))
}

/// The page about the care.
pub(super) fn care(form: &mut Form) -> Option<Care> {
    let home = Place::named(form.value("where")) == Some(Place::Home);
    let answer = |code: &str| ["yes", "no", "not-sure"].contains(&code).then(|| code == "yes");
    let nursing = if home {
        Some(false)
    } else {
        form.chosen("nursing", answer, "Choose if it is a nursing home")
    };
    let cost = amount(form, "care-cost", "The cost of your care");
    if cost.is_some_and(Pence::is_nothing) {
        form.wrong("care-cost", "Write what the care costs, or leave this empty");
    }
    Some(Care { cost, nursing: nursing? })
}

impl Told {
    /// The case on a day.
    pub(super) fn case(&self, today: Day) -> Result<Case, Failure> {
        let missing = || Failure::broken("a guide was answered before it was asked");
        let about = self.about.as_ref().ok_or_else(missing)?;
        let income = self.income.as_ref().ok_or_else(missing)?;
        let care = self.care.as_ref().ok_or_else(missing)?;
        let costs = self.costs.as_ref();
        let kind = match (about.place, care.nursing) {
            (Place::Home, _) => "home-care",
            (_, true) => "nursing-home",
            (_, false) => "care-home",
        };
        let service = Service {
            kind: ServiceKind::named(kind).map_err(Failure::broken)?,
            cost: care.cost.unwrap_or(UNKNOWN_COST),
            every: Every::Week,
            started: None,
            fnc: None,
        };
        Ok(Case {
            as_of: today,
            setting: about.place.setting(),
            person: about.person.clone(),
            premiums: None,
            income: income.kinds.clone(),
            capital: self.savings.clone().unwrap_or_default(),
            housing: costs.map(|costs| costs.housing.clone()).unwrap_or_default(),
            dre: costs.map(|costs| costs.disability.clone()).unwrap_or_default(),
            services: vec![service],
            stay: stay(about, income, today),
            top_up: None,
            // It is a guide to what comes after the council has told them.
            told_on: Some(today),
            earlier_start_reason: None,
            disclosed: true,
            light_touch: None,
            arranged_by_council: false,
            policy: None,
        })
    }
}

fn stay(about: &About, income: &Incomes, today: Day) -> Option<Stay> {
    if about.place == Place::Home {
        return None;
    }
    let from = about.moved_in.unwrap_or(today);
    Some(Stay {
        admitted: from,
        permanent_from: (about.place == Place::Stay).then_some(from),
        spouse_passed_half_pension: income.passes_half,
        plans_to_return: true,
        earlier: Vec::new(),
        relative_left: None,
    })
}

/// The same case when the twelve weeks in which a home is left out have passed.
pub(super) fn after_twelve_weeks(case: &Case) -> Option<Case> {
    let mut after = case.clone();
    let stay = after.stay.as_mut().filter(|stay| stay.permanent_from.is_some())?;
    let from = case.as_of.plus_days(-TWELVE_WEEKS);
    (stay.admitted, stay.permanent_from) = (from, Some(from));
    Some(after)
}
