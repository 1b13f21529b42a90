//! Whatever a case says, the form says too.

use care::record::fact::MeansList;
use law::charging::policy::{Change, Percent};
use law::charging::{
    Capital, CapitalKind, Discretion, EarlierStay, Expense, Fnc, Household, Housing, HousingKind,
    Income, IncomeKind, Kind, LightTouch, LightTouchGround, OccupiedBy, Payer, Person, Premiums,
    Row as KindRow, Service, ServiceKind, Setting, Stay, TopUp,
};
use law::fraction::Share;
use law::pence::Pence;
use law::period::Every;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::components::ErrorSummary;

fn amount() -> impl Strategy<Value = Pence> {
    prop_oneof![Just(Pence::ZERO), Just(Pence::MOST), (1i64..40_000_000).prop_map(Pence::new)]
}

fn every() -> impl Strategy<Value = Every> {
    select(Every::ALL.to_vec())
}

fn share() -> impl Strategy<Value = Share> {
    (0u32..=12, 1u32..=12)
        .prop_map(|(top, bottom)| Share::new(top.min(bottom), bottom).unwrap_or(Share::WHOLE))
}

fn kind<R: KindRow>(all: impl Iterator<Item = Kind<R>>) -> impl Strategy<Value = Kind<R>> {
    select(all.collect::<Vec<_>>())
}

fn day(from: i16, to: i16) -> impl Strategy<Value = Day> {
    (from..to, 1i8..13, 1i8..29).prop_map(|(year, month, day)| Day::new(year, month, day).unwrap())
}

fn recent() -> impl Strategy<Value = Day> {
    day(2016, 2022)
}

fn words() -> impl Strategy<Value = String> {
    select(vec!["extra laundry", "a & b <c>", "“hers”, half", "no"]).prop_map(str::to_owned)
}

fn by() -> impl Strategy<Value = Option<String>> {
    option::of(select(vec!["the person", "Samuel Turner"]).prop_map(str::to_owned))
}

prop_compose! {
    fn income()(kind in kind(IncomeKind::all()), amount in amount(), every in every(),
                tax in amount(), share in share(), supplied_by in by()) -> Income {
        Income { kind, amount, every, tax, share, supplied_by }
    }
}

fn occupiers() -> impl Strategy<Value = OccupiedBy> {
    select(vec![
        OccupiedBy::Nobody,
        OccupiedBy::Person,
        OccupiedBy::Partner,
        OccupiedBy::FormerPartnerLoneParent,
        OccupiedBy::RelativeSixty,
        OccupiedBy::RelativeIncapacitated,
        OccupiedBy::Child,
        OccupiedBy::Other,
    ])
}

prop_compose! {
    fn discretion()(until in option::of(recent()), reason in words()) -> Discretion {
        Discretion { until, reason }
    }
}

prop_compose! {
    fn capital()(kind in kind(CapitalKind::all()), value in amount(), share in share(),
                 share_value in option::of(amount()), debt in amount(),
                 sale_costs in option::of(any::<bool>()), occupied_by in option::of(occupiers()),
                 occupied_since in option::of(recent()), received in option::of(recent()),
                 disregard in option::of(discretion()), supplied_by in by()) -> Capital {
        Capital { kind, value, share, share_value, debt, sale_costs, occupied_by, occupied_since,
                  received, disregard, supplied_by }
    }
}

prop_compose! {
    fn housing()(kind in kind(HousingKind::all()), amount in amount(), every in every(),
                 share in share(), help in option::of(amount()), supplied_by in by()) -> Housing {
        Housing { kind, amount, every, share, help, supplied_by }
    }
}

prop_compose! {
    fn expense()(what in words(), amount in amount(), every in every(), allowed in any::<bool>(),
                 reason in option::of(words()), supplied_by in by()) -> Expense {
        Expense { what, amount, every, allowed, reason, supplied_by }
    }
}

prop_compose! {
    fn service()(kind in kind(ServiceKind::all()), cost in amount(), every in every(),
                 started in option::of(recent()),
                 fnc in option::of(select(vec![Fnc::None, Fnc::Standard, Fnc::Higher]))) -> Service {
        Service { kind, cost, every, started, fnc }
    }
}

prop_compose! {
    fn stay()(admitted in recent(), permanent in option::of(0i32..400), passed in any::<bool>(),
              plans_to_return in any::<bool>(), earlier in vec(day(2010, 2015), 0..3),
              relative_left in option::of(recent())) -> Stay {
        let earlier = earlier.into_iter().map(|permanent_from| {
            EarlierStay { permanent_from, left: permanent_from.plus_days(30) }
        });
        Stay { admitted, permanent_from: permanent.map(|days| admitted.plus_days(days)),
               spouse_passed_half_pension: passed, plans_to_return, earlier: earlier.collect(),
               relative_left }
    }
}

prop_compose! {
    fn person()(born in day(1925, 2000), partner_born in option::of(day(1925, 2000)),
                household in select(vec![Household::Single, Household::Couple, Household::LoneParent]),
                children in 0u8..21, savings_credit_age in option::of(any::<bool>()),
                cjd in any::<bool>()) -> Person {
        Person { born, household, children, partner_born, savings_credit_age, cjd }
    }
}

prop_compose! {
    fn top_up()(amount in amount(), every in every(),
                payer in select(vec![Payer::ThirdParty, Payer::FirstParty])) -> TopUp {
        TopUp { amount, every, payer }
    }
}

prop_compose! {
    fn light_touch()(ground in select(vec![LightTouchGround::CanPayInFull,
                        LightTouchGround::SmallCharge, LightTouchGround::BenefitsShowNothing]),
                     agreed in any::<bool>()) -> LightTouch {
        LightTouch { ground, agreed }
    }
}

prop_compose! {
    fn premiums()(disability in any::<bool>(), enhanced_disability in any::<bool>(),
                  carer in any::<bool>()) -> Premiums {
        Premiums { disability, enhanced_disability, carer }
    }
}

fn settings() -> impl Strategy<Value = Setting> {
    select(vec![
        Setting::Home,
        Setting::CareHomePermanent,
        Setting::CareHomeTemporary,
        Setting::CareHomeShortTerm,
    ])
}

prop_compose! {
    fn case()(
        (as_of, setting, person, premiums) in
            (day(2022, 2027), settings(), person(), option::of(premiums())),
        (income, capital, housing, dre, services) in
            (vec(income(), 0..30), vec(capital(), 0..5), vec(housing(), 0..4), vec(expense(), 0..4),
             vec(service(), 0..4)),
        (stay, top_up, told_on, earlier_start_reason) in
            (option::of(stay()), option::of(top_up()), option::of(recent()), option::of(words())),
        (disclosed, light_touch, arranged_by_council) in
            (any::<bool>(), option::of(light_touch()), any::<bool>()),
    ) -> Case {
        Case { as_of, setting, person, premiums, income, capital, housing, dre, services, stay,
               top_up, told_on, earlier_start_reason, disclosed, light_touch, arranged_by_council,
               policy: None }
    }
}

/// The form as the page would send it: with how many rows each list has.
fn as_sent(base: &Base) -> Form {
    let lists = rows::lists();
    lists.fold(opened(base), |form, list| {
        let rows = serde_json::to_value(&base.case).unwrap();
        let rows = tree::get(&rows, list.path).and_then(Value::as_array).map_or(0, Vec::len);
        form.with(&format!("{}-rows", list.name), (rows + 1).to_string())
    })
}

fn seen_of(case: &Case) -> Vec<EvidenceSeen> {
    let last = |(list, rows): (MeansList, usize)| {
        let what = "Bank statement to 3 November".to_owned();
        Some(EvidenceSeen { list, row: rows.checked_sub(1)?, what })
    };
    let lists = [(MeansList::Income, case.income.len()), (MeansList::Dre, case.dre.len())];
    lists.into_iter().filter_map(last).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Everything but who said it, which nobody can claim in a form, and choices of policy.
    #[test]
    fn a_form_says_all_that_a_case_says(case in case()) {
        let mut case = case;
        case.income.iter_mut().for_each(|row| row.supplied_by = None);
        case.capital.iter_mut().for_each(|row| row.supplied_by = None);
        case.housing.iter_mut().for_each(|row| row.supplied_by = None);
        case.dre.iter_mut().for_each(|row| row.supplied_by = None);
        let seen = seen_of(&case);
        let base = Base { entry: 7, case: case.clone(), seen: seen.clone() };
        let mut form = as_sent(&base);
        let told = read(&mut form, Voice::Officer, None);
        prop_assert_eq!(told, Some(Entered { case, seen }), "{:?}", form);
    }

    /// Whoever opens it and changes nothing loses nothing: not even what they are not asked.
    #[test]
    fn a_form_sent_as_it_opened_changes_nothing(case in case()) {
        let taper_percent = Some(Percent::parse("80").unwrap());
        let case = Case { policy: Some(Change { taper_percent, ..Change::default() }), ..case };
        let seen = seen_of(&case);
        let base = Base { entry: 7, case: case.clone(), seen: seen.clone() };
        let whole = Entered { case, seen };
        for voice in [Voice::Officer, Voice::Person] {
            let mut form = as_sent(&base);
            let told = read(&mut form, voice, Some(&base));
            prop_assert_eq!(told.as_ref(), Some(&whole), "{:?} {:?}", voice, form);
        }
    }

    /// A person's form has no fields for what they are not asked; nothing of it is lost, or theirs to
    /// say.
    #[test]
    fn nobody_says_what_they_are_not_asked(case in case()) {
        let base = Base { entry: 7, seen: seen_of(&case), case };
        let mut form = as_sent(&base)
            .replaced("premium-carer", "yes")
            .replaced("told-on-year", "2001")
            .replaced("capital-0-left-out", "because I say so")
            .replaced("income-0-seen", "my word");
        let told = read(&mut form, Voice::Person, Some(&base));
        prop_assert_eq!(told, Some(Entered { case: base.case.clone(), seen: base.seen.clone() }));
    }
}

fn form(text: &str) -> Form {
    Form::read(text.as_bytes())
}

const WHO: &str = "from-day=1&from-month=12&from-year=2026&born-day=3&born-month=2&born-year=1940\
                   &household=single&setting=home";

#[test]
fn what_is_wrong_stands_at_its_field_in_the_order_of_the_page() {
    let wrong = [
        ("", "from"),
        ("income-0-kind=state-pension&income-0-amount=lots", "income-0-amount"),
        ("income-3-amount=5", "income-3-kind"),
        ("income-0-share=1/2", "income-0-kind"),
        (
            "capital-0-kind=savings&capital-0-amount=5&capital-0-left-out-until-year=2027",
            "capital-0-left-out-until",
        ),
        (
            "capital-0-kind=savings&capital-0-amount=5&capital-0-left-out-until-day=1&capital-0-left-out-until-month=2&capital-0-left-out-until-year=2027",
            "capital-0-left-out",
        ),
        ("no-return=yes", "admitted"),
        ("earlier-0-from-day=1&earlier-0-from-month=2&earlier-0-from-year=2020", "earlier-0-left"),
        ("light-agreed=yes", "light-ground"),
        ("top-up-payer=first-party", "top-up-amount"),
        ("household=castle", "household"),
    ];
    for (said, field) in wrong {
        let who = if said.is_empty() { "" } else { WHO };
        let mut form = form(&format!("{said}&{who}"));
        assert_eq!(read(&mut form, Voice::Officer, None), None, "{said}");
        assert!(form.problem(field).is_some(), "{said}: {form:?}");
    }
    let mut empty = form("income-0-amount=5");
    assert_eq!(read(&mut empty, Voice::Officer, None), None);
    let summary = ErrorSummary::of(&empty).unwrap().to_string();
    let places = ["#from-day", "#born-day", "#household", "#income-0-kind"]
        .map(|place| summary.find(place).unwrap_or_else(|| panic!("{place}: {summary}")));
    assert!(places.is_sorted(), "{summary}");
}

#[test]
fn what_the_law_finds_wrong_stands_at_its_field() {
    let wrong = [
        ("born-year=2020&born-day=1&born-month=1", "born"),
        ("children=21", "children"),
        ("partner-born-day=1&partner-born-month=1&partner-born-year=2027", "partner-born"),
        (
            "admitted-day=2&admitted-month=1&admitted-year=2026&permanent-from-day=1&permanent-from-month=1&permanent-from-year=2026",
            "permanent-from",
        ),
        (
            "admitted-day=2&admitted-month=1&admitted-year=2026&earlier-0-from-day=1&earlier-0-from-month=2&earlier-0-from-year=2020&earlier-0-left-day=1&earlier-0-left-month=1&earlier-0-left-year=2020",
            "earlier-0-left",
        ),
    ];
    for (said, field) in wrong {
        let mut form = form(&format!("{said}&{WHO}"));
        assert_eq!(read(&mut form, Voice::Officer, None), None, "{said}");
        assert!(form.problem(field).is_some(), "{said}: {form:?}");
    }
}

#[test]
fn a_row_is_taken_out_with_all_that_belongs_to_it_and_one_is_added() {
    let rows = "income-0-kind=state-pension&income-0-amount=1&income-0-as=0&income-0-seen=letter\
        &income-1-kind=annuity&income-1-amount=2&income-1-every=month&income-1-as=1&income-rows=3&words=x";
    let less = rearranged(&form(&format!("{rows}&do=drop-income-0"))).unwrap();
    let told = [
        "income-0-kind",
        "income-0-amount",
        "income-0-every",
        "income-0-as",
        "income-0-seen",
        "income-1-kind",
        "income-rows",
        "words",
    ]
    .map(|name| less.value(name).to_owned());
    assert_eq!(told, ["annuity", "2", "month", "1", "", "", "2", "x"]);
    let more = rearranged(&form(&format!("{rows}&do=add-income"))).unwrap();
    assert_eq!((more.value("income-rows"), more.value("income-1-amount")), ("4", "2"));
    for other in ["keep", "add-castles", "drop-income-x", "drop-castles-1", ""] {
        assert!(rearranged(&form(&format!("{rows}&do={other}"))).is_none(), "{other}");
    }
}
