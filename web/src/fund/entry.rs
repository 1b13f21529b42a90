//! A case as a form, and back: rows of income, savings, costs and services.
//!
//! Fields are named after what they hold: `income-0-kind`, `income-0-amount`, `income-0-every`. Rows
//! left empty say nothing; there are always a few more than were filled.

use std::fmt::Display;

use law::charging::CapitalKind;
use law::charging::{
    Capital, Case, Expense, Household, Housing, HousingKind, Income, IncomeKind, Kind, OccupiedBy,
    Person, Row, Service, ServiceKind, Setting, Stay,
};
use law::day::Day;
use law::fraction::Share;
use law::pence::Pence;
use law::period::Every;

use crate::forms::Form;

/// A list of the form: its name, and how many rows it may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// The name its fields begin with.
    pub name: &'static str,
    /// The most rows.
    pub most: usize,
}

/// Income.
pub const INCOME: Rows = Rows { name: "income", most: 20 };
/// Savings and property.
pub const CAPITAL: Rows = Rows { name: "capital", most: 20 };
/// Costs of the home.
pub const HOUSING: Rows = Rows { name: "housing", most: 10 };
/// Costs of a disability.
pub const DRE: Rows = Rows { name: "dre", most: 20 };
/// The care.
pub const SERVICES: Rows = Rows { name: "service", most: 10 };

impl Rows {
    /// The name of a field of a row.
    pub fn field(self, row: usize, part: &str) -> String {
        format!("{}-{row}-{part}", self.name)
    }

    /// How many rows to show: those filled, and two more.
    pub fn shown(self, form: &Form) -> usize {
        (self.filled(form) + 2).min(self.most)
    }

    fn filled(self, form: &Form) -> usize {
        (0..self.most).rev().find(|&row| !self.is_empty(form, row)).map_or(0, |row| row + 1)
    }

    fn is_empty(self, form: &Form, row: usize) -> bool {
        let empty = |part| form.value(&self.field(row, part)).trim().is_empty();
        empty("kind") && empty("amount")
    }
}

/// The settings, as people say them.
pub const SETTINGS: [(Setting, &str, &str); 4] = [
    (Setting::Home, "home", "At home"),
    (Setting::CareHomePermanent, "care-home-permanent", "In a care home, to stay"),
    (Setting::CareHomeTemporary, "care-home-temporary", "In a care home for a time"),
    (Setting::CareHomeShortTerm, "care-home-short-term", "In a care home for at most eight weeks"),
];

/// The households, as people say them.
pub const HOUSEHOLDS: [(Household, &str, &str); 3] = [
    (Household::Single, "single", "Alone, or with people who are not a partner"),
    (Household::Couple, "couple", "With a husband, wife or partner"),
    (Household::LoneParent, "lone-parent", "With children and no partner"),
];

/// Who may live in a home, as people say it.
pub const OCCUPIERS: [(OccupiedBy, &str, &str); 8] = [
    (OccupiedBy::Person, "person", "The person"),
    (OccupiedBy::Nobody, "nobody", "Nobody"),
    (OccupiedBy::Partner, "partner", "Their partner"),
    (OccupiedBy::RelativeSixty, "relative-60-or-over", "A relative of 60 or over"),
    (OccupiedBy::RelativeIncapacitated, "relative-incapacitated", "A relative with a disability"),
    (OccupiedBy::Child, "child-under-18", "A child of theirs under 18"),
    (
        OccupiedBy::FormerPartnerLoneParent,
        "former-partner-lone-parent",
        "A former partner with children",
    ),
    (OccupiedBy::Other, "other", "Somebody else"),
];

/// The case that a form tells, if nothing is wrong with it; what is wrong is noted at its field.
pub fn case_of(form: &mut Form, told_on: Option<Day>) -> Option<Case> {
    let as_of = form.required_date("from", "the first day", "Enter the first day it is for");
    let born = form.required_date("born", "the date of birth", "Enter the date of birth");
    let partner_born = form.date("partner-born", "the partner’s date of birth");
    let setting = named(form, "setting", &SETTINGS, "Choose where the care is");
    let household = named(form, "household", &HOUSEHOLDS, "Choose with whom they live");
    let children = count(form, "children");
    let income = rows(form, INCOME, read_income);
    let capital = rows(form, CAPITAL, read_capital);
    let housing = rows(form, HOUSING, read_housing);
    let dre = rows(form, DRE, read_expense);
    let services = rows(form, SERVICES, read_service);
    let stay = stay(form, setting);
    let (as_of, born, setting, household) = (as_of?, born?, setting?, household?);
    let person =
        Person { born, household, children, partner_born, savings_credit_age: None, cjd: false };
    form.is_sound().then_some(Case {
        as_of,
        setting,
        person,
        premiums: None,
        income,
        capital,
        housing,
        dre,
        services,
        stay,
        top_up: None,
        told_on,
        earlier_start_reason: form.optional("earlier-reason"),
        disclosed: !form.has("disclosed", "no"),
        light_touch: None,
        arranged_by_council: form.has("arranged", "yes"),
        policy: None,
    })
}

fn named<T: Copy>(
    form: &mut Form,
    name: &str,
    known: &[(T, &str, &str)],
    error: &str,
) -> Option<T> {
    let find = |text: &str| known.iter().find(|(_, code, _)| *code == text).map(|&(what, ..)| what);
    form.chosen(name, find, error)
}

fn count(form: &mut Form, name: &str) -> u8 {
    let text = form.value(name).trim().to_owned();
    if text.is_empty() {
        return 0;
    }
    text.parse().unwrap_or_else(|_| {
        form.wrong(name, "Enter how many children as a number, such as 2");
        0
    })
}

fn stay(form: &mut Form, setting: Option<Setting>) -> Option<Stay> {
    if setting.is_none_or(|setting| setting == Setting::Home) {
        return None;
    }
    let error = "Enter the day they moved into the care home";
    let admitted = form.required_date("admitted", "the day they moved in", error)?;
    let permanent_from = form.date("permanent-from", "the day it became permanent");
    Some(Stay {
        admitted,
        permanent_from,
        spouse_passed_half_pension: form.has("half-pension", "yes"),
        plans_to_return: !form.has("plans-to-return", "no"),
        earlier: Vec::new(),
        relative_left: None,
    })
}

fn rows<T>(form: &mut Form, list: Rows, read: fn(&mut Form, usize) -> Option<T>) -> Vec<T> {
    let filled = list.filled(form);
    let wanted: Vec<usize> = (0..filled).filter(|&row| !list.is_empty(form, row)).collect();
    wanted.into_iter().filter_map(|row| read(form, row)).collect()
}

/// An amount as people type it: with or without a pound sign and commas.
fn amount(form: &mut Form, name: &str) -> Option<Pence> {
    let text: String = form.value(name).chars().filter(|c| !matches!(c, '£' | ',' | ' ')).collect();
    let amount = Pence::parse(&text).ok();
    if amount.is_none() {
        form.wrong(name, "Enter an amount in pounds, such as 85.50");
    }
    amount
}

fn kind<R: Row>(form: &mut Form, name: &str) -> Option<Kind<R>> {
    form.chosen(name, |code| Kind::named(code).ok(), "Choose what it is")
}

fn every(form: &mut Form, name: &str) -> Option<Every> {
    let find = |code: &str| Every::ALL.into_iter().find(|every| every.code() == code);
    form.chosen(name, find, "Choose how often")
}

fn read_income(form: &mut Form, row: usize) -> Option<Income> {
    let kind: Option<IncomeKind> = kind(form, &INCOME.field(row, "kind"));
    let amount = amount(form, &INCOME.field(row, "amount"));
    let every = every(form, &INCOME.field(row, "every"));
    let (kind, amount, every) = (kind?, amount?, every?);
    Some(Income { kind, amount, every, tax: Pence::ZERO, share: Share::WHOLE, supplied_by: None })
}

fn read_capital(form: &mut Form, row: usize) -> Option<Capital> {
    let kind: Option<CapitalKind> = kind(form, &CAPITAL.field(row, "kind"));
    let value = amount(form, &CAPITAL.field(row, "amount"));
    let debt = CAPITAL.field(row, "debt");
    let debt =
        if form.value(&debt).trim().is_empty() { Some(Pence::ZERO) } else { amount(form, &debt) };
    let share =
        if form.has(&CAPITAL.field(row, "joint"), "yes") { Share::HALF } else { Share::WHOLE };
    let who = form.value(&CAPITAL.field(row, "lives"));
    let occupied_by = OCCUPIERS.iter().find(|(_, code, _)| *code == who).map(|&(who, ..)| who);
    let (kind, value, debt) = (kind?, value?, debt?);
    Some(Capital {
        kind,
        value,
        share,
        share_value: None,
        debt,
        sale_costs: None,
        occupied_by,
        occupied_since: None,
        received: None,
        disregard: None,
        supplied_by: None,
    })
}

fn read_housing(form: &mut Form, row: usize) -> Option<Housing> {
    let kind: Option<HousingKind> = kind(form, &HOUSING.field(row, "kind"));
    let amount = amount(form, &HOUSING.field(row, "amount"));
    let every = every(form, &HOUSING.field(row, "every"));
    let (kind, amount, every) = (kind?, amount?, every?);
    Some(Housing { kind, amount, every, share: Share::WHOLE, help: None, supplied_by: None })
}

fn read_expense(form: &mut Form, row: usize) -> Option<Expense> {
    let what = form.required(&DRE.field(row, "kind"), "Say what it is for");
    let amount = amount(form, &DRE.field(row, "amount"));
    let every = every(form, &DRE.field(row, "every"));
    let allowed = !form.has(&DRE.field(row, "allowed"), "no");
    let reason = form.optional(&DRE.field(row, "reason"));
    let (what, amount, every) = (what?, amount?, every?);
    Some(Expense { what, amount, every, allowed, reason, supplied_by: None })
}

fn read_service(form: &mut Form, row: usize) -> Option<Service> {
    let kind: Option<ServiceKind> = kind(form, &SERVICES.field(row, "kind"));
    let cost = amount(form, &SERVICES.field(row, "amount"));
    let every = every(form, &SERVICES.field(row, "every"));
    let started = form.date(&SERVICES.field(row, "started"), "the day it started");
    let (kind, cost, every) = (kind?, cost?, every?);
    Some(Service { kind, cost, every, started, fnc: None })
}

/// The rows of a form as they were typed, a line each, to be copied where they could not be kept.
pub fn rows_in_lines(form: &Form) -> String {
    let mut lines = String::new();
    for list in [INCOME, CAPITAL, HOUSING, DRE, SERVICES] {
        for row in (0..list.most).filter(|&row| !list.is_empty(form, row)) {
            let part = |part| form.value(&list.field(row, part)).trim();
            let typed = [part("kind"), part("amount"), part("debt"), part("every"), part("reason")];
            let typed: Vec<&str> = typed.into_iter().filter(|text| !text.is_empty()).collect();
            lines += &typed.join(" ");
            lines.push('\n');
        }
    }
    lines
}

/// A form that tells a case.
pub fn form_of(case: &Case) -> Form {
    let mut form = Form::blank()
        .with("setting", code_of(&SETTINGS, case.setting))
        .with("household", code_of(&HOUSEHOLDS, case.person.household))
        .with(
            "children",
            if case.person.children == 0 {
                String::new()
            } else {
                case.person.children.to_string()
            },
        )
        .with("disclosed", if case.disclosed { "yes" } else { "no" })
        .with("arranged", if case.arranged_by_council { "yes" } else { "" });
    form = with_day(form, "born", Some(case.person.born));
    form = with_day(form, "partner-born", case.person.partner_born);
    if let Some(stay) = &case.stay {
        form = with_day(form, "admitted", Some(stay.admitted));
        form = with_day(form, "permanent-from", stay.permanent_from);
        form = form
            .with("half-pension", if stay.spouse_passed_half_pension { "yes" } else { "" })
            .with("plans-to-return", if stay.plans_to_return { "yes" } else { "no" });
    }
    for (row, income) in case.income.iter().enumerate() {
        form = with_row(form, INCOME, row, income.kind.code, income.amount, income.every);
    }
    for (row, item) in case.capital.iter().enumerate() {
        form = with_row(form, CAPITAL, row, item.kind.code, item.value, Every::Week);
        if !item.debt.is_nothing() {
            form = form.with(&CAPITAL.field(row, "debt"), item.debt.to_string());
        }
        if item.share == Share::HALF {
            form = form.with(&CAPITAL.field(row, "joint"), "yes");
        }
        let lives = item.occupied_by.map_or("", |who| code_of(&OCCUPIERS, who));
        form = form.with(&CAPITAL.field(row, "lives"), lives);
    }
    for (row, cost) in case.housing.iter().enumerate() {
        form = with_row(form, HOUSING, row, cost.kind.code, cost.amount, cost.every);
    }
    for (row, expense) in case.dre.iter().enumerate() {
        form = with_row(form, DRE, row, &expense.what, expense.amount, expense.every)
            .with(&DRE.field(row, "allowed"), if expense.allowed { "yes" } else { "no" })
            .with(&DRE.field(row, "reason"), expense.reason.clone().unwrap_or_default());
    }
    for (row, service) in case.services.iter().enumerate() {
        form = with_row(form, SERVICES, row, service.kind.code, service.cost, service.every);
        form = with_day(form, &SERVICES.field(row, "started"), service.started);
    }
    form
}

fn with_row(form: Form, list: Rows, row: usize, kind: &str, amount: Pence, every: Every) -> Form {
    form.with(&list.field(row, "kind"), kind)
        .with(&list.field(row, "amount"), amount.to_string())
        .with(&list.field(row, "every"), every.code())
}

/// A date in its three boxes.
pub fn with_day(form: Form, name: &str, day: Option<Day>) -> Form {
    let Some(day) = day else { return form };
    let part = |form: Form, part: &str, value: &dyn Display| {
        form.with(&format!("{name}-{part}"), value.to_string())
    };
    let form = part(form, "day", &day.day_of_month());
    let form = part(form, "month", &day.month());
    part(form, "year", &day.year())
}

fn code_of<T: Copy + PartialEq>(known: &[(T, &'static str, &str)], what: T) -> &'static str {
    known.iter().find(|(one, ..)| *one == what).map_or("", |(_, code, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_tells_the_case_that_filled_it() {
        let case: Case = serde_json::from_str(
            r#"{"asOf":"2026-12-01","setting":"care-home-permanent","toldOn":"2026-11-01",
                "person":{"born":"1940-02-03","household":"couple","partnerBorn":"1944-05-06"},
                "income":[{"kind":"state-pension","amount":"241.30","every":"week"},
                          {"kind":"occupational-pension","amount":"400.00","every":"month"}],
                "capital":[{"kind":"savings","value":"12000.00","share":"1/2"},
                           {"kind":"main-home","value":"310000.00","debt":"1000.00","occupiedBy":"partner"}],
                "housing":[{"kind":"rent","amount":"10.00","every":"week"}],
                "dre":[{"what":"laundry","amount":"6.42","every":"week","allowed":false,"reason":"no"}],
                "services":[{"kind":"care-home","cost":"1000.00","every":"week"}],
                "stay":{"admitted":"2026-10-01","permanentFrom":"2026-10-20","spousePassedHalfPension":true}}"#,
        )
        .unwrap();
        let mut form = with_day(form_of(&case), "from", Some(case.as_of));
        let told = case_of(&mut form, case.told_on);
        assert_eq!(told, Some(case), "{form:?}");
    }

    #[test]
    fn what_is_wrong_stands_at_its_field() {
        let mut form = Form::read(
            b"setting=home&household=single&from-day=1&from-month=12&from-year=2026&born-day=3&born-month=2&born-year=1940\
              &income-0-kind=state-pension&income-0-amount=lots&income-0-every=week&income-3-amount=5&income-3-kind=",
        );
        assert_eq!(case_of(&mut form, None), None);
        for field in ["income-0-amount", "income-3-kind", "income-3-every"] {
            assert!(form.problem(field).is_some(), "{field}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let mut form = Form::blank().with("a", "£1,234.50").with("b", "85");
        assert_eq!(amount(&mut form, "a"), Some(Pence::new(123_450)));
        assert_eq!(amount(&mut form, "b"), Some(Pence::pounds(85)));
    }
}
