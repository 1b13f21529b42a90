//! The questions, in the words of whoever is asked.

use law::charging::{HousingKind, IncomeKind};

use super::Step;
use super::case::{self, HELP, HOUSING, INCOMES, MOBILITY, Place};
use crate::ask::paragraph;
use crate::components::{
    Checkboxes, Choice, DateInput, Heading, InsetText, Markup, Radios, Select, TextInput,
};
use crate::forms::Form;
use crate::guides::{date_names, hidden, pounds, small_heading, together};

const EVERY: [(&str, &str); 5] = [
    ("week", "Every week"),
    ("fortnight", "Every 2 weeks"),
    ("four-weeks", "Every 4 weeks"),
    ("month", "Every month"),
    ("year", "Every year"),
];

/// The names of the fields of a page.
pub(super) fn names(step: Step) -> Vec<String> {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let paid = |code: &str| [format!("amount-{code}"), format!("every-{code}")];
    match step {
        Step::About => {
            let mut names = owned(&["where", "household", "children-couple", "children-alone"]);
            names.extend(["moved-in", "born", "partner-born"].into_iter().flat_map(date_names));
            names
        }
        Step::Income => {
            let codes = INCOMES.iter().flat_map(|(_, _, codes)| codes.iter().copied());
            let mut names = owned(&["income", "pass-half"]);
            names.extend(codes.flat_map(paid));
            names
        }
        Step::Savings => owned(&[
            "savings",
            "home",
            "home-value",
            "home-debt",
            "home-share",
            "home-who",
            "property",
            "property-value",
            "property-debt",
        ]),
        Step::Costs => HOUSING.into_iter().chain(["dre"]).flat_map(paid).collect(),
        Step::Care => owned(&["care-cost", "nursing"]),
    }
}

/// What to know first.
pub(super) fn before() -> Vec<Markup> {
    vec![
        paragraph(
            "This guide shows what you might pay towards your care, and why. It takes about 10 \
             minutes. It helps to have your last benefit and pension letters with you.",
        ),
        paragraph(
            "We do not ask your name, and we keep none of your answers. If you fill this in for \
             somebody else, answer as if you were them.",
        ),
        InsetText::new("This is a guide, not a decision. Only your council can decide.").into(),
    ]
}

/// The questions of a page.
pub(super) fn parts(step: Step, form: &Form) -> Vec<Markup> {
    match step {
        Step::About => about(form),
        Step::Income => income(form),
        Step::Savings => savings(form),
        Step::Costs => costs(form),
        Step::Care => care(form),
    }
}

fn about(form: &Form) -> Vec<Markup> {
    let moved = DateInput::new("moved-in", "When did you move in to stay?")
        .hint("Leave this empty if you have not moved yet.")
        .filled(form);
    let places = [
        Choice::of(Place::Home)
            .hint("In your own home, with family, or in sheltered or supported housing"),
        Choice::of(Place::Stay).reveals(moved),
        Choice::of(Place::Short),
        Choice::of(Place::Time),
    ];
    let partner = DateInput::new("partner-born", "When was your partner born?")
        .hint("What you keep may depend on it. Leave it empty if you do not know.")
        .filled(form);
    let couple = Markup::join([partner.into(), children("children-couple", form)]);
    let households = [
        Choice::new("single", "On my own, or with people who are not my partner or my children"),
        Choice::new("couple", "With my husband, wife, civil partner or partner").reveals(couple),
        Choice::new("lone-parent", "With my children, and no partner")
            .reveals(children("children-alone", form)),
    ];
    vec![
        Radios::new("where", "Where will you have your care?", places)
            .heading(Heading::Medium)
            .filled(form)
            .into(),
        DateInput::new("born", "What is your date of birth?")
            .heading(Heading::Medium)
            .hint("For example, 27 3 1946")
            .filled(form)
            .into(),
        Radios::new("household", "Who do you live with?", households)
            .heading(Heading::Medium)
            .hint("If you move to a care home: who did you live with before?")
            .filled(form)
            .into(),
    ]
}

fn children(name: &str, form: &Form) -> Markup {
    TextInput::new(name, "How many children do you look after at home?")
        .hint("Children you get Child Benefit for, or could. Leave this empty if there are none.")
        .width(2)
        .numeric()
        .filled(form)
        .into()
}

fn income(form: &Form) -> Vec<Markup> {
    let stays = Place::named(form.value("where")) == Some(Place::Stay);
    let mut parts = vec![
        paragraph(
            "Tick what you get, and write how much you get after tax. Do not add your partner’s \
             money. If you get none of these, tick nothing.",
        ),
        paragraph(
            "You need not tell us about wages, Child Benefit or Winter Fuel Payment. They are left \
             out.",
        ),
    ];
    for (id, legend, codes) in INCOMES {
        if stays && codes == HELP {
            continue;
        }
        let kinds = codes.iter().filter_map(|code| IncomeKind::named(code).ok());
        let choice = |kind: IncomeKind| {
            let choice = Choice::new(kind.code, kind.label);
            let choice = match kind.code {
                "universal-credit" => choice.hint("Without the parts for rent and for children"),
                "occupational-pension" | "personal-pension" => choice.hint("After tax"),
                _ => choice,
            };
            choice.reveals(paid(kind.code, kind.label, form))
        };
        let mut choices: Vec<Choice> = kinds.map(choice).collect();
        if id == "disability" {
            choices.extend(MOBILITY.map(|(code, label)| Choice::new(code, label)));
        }
        let group = Checkboxes::new("income", legend, choices).id(id);
        parts.push(group.heading(Heading::Medium).filled(form).into());
    }
    if stays && form.value("household") == "couple" {
        let question = "Will at least half of your work or private pension go to your husband, wife \
                        or civil partner at home?";
        parts.push(yes_or_no("pass-half", question, None, form));
    }
    parts
}

/// How much, and how often.
fn paid(code: &str, label: &str, form: &Form) -> Markup {
    let of = format!(", {label}");
    let amount = pounds(format!("amount-{code}"), hidden("How much, in pounds", &of));
    let first = Choice::new("", "Choose how often");
    let rest = EVERY.into_iter().map(|(every, text)| Choice::new(every, text));
    let choices = std::iter::once(first).chain(rest);
    let every = Select::new(format!("every-{code}"), hidden("How often", &of), choices);
    Markup::join([amount.filled(form).into(), every.filled(form).into()])
}

fn yes_or_no(name: &str, question: &str, more: Option<Markup>, form: &Form) -> Markup {
    let yes = Choice::new("yes", "Yes");
    let yes = if let Some(more) = more { yes.reveals(more) } else { yes };
    Radios::new(name, question, [yes, Choice::new("no", "No")])
        .heading(Heading::Medium)
        .filled(form)
        .into()
}

fn savings(form: &Form) -> Vec<Markup> {
    let stays = Place::named(form.value("where")) == Some(Place::Stay);
    let all = pounds("savings", "How much do you have in savings, in pounds?")
        .heading(Heading::Medium)
        .hint(
            "Add up money in the bank, cash, ISAs, Premium Bonds and shares. If you share an \
             account, count your half. If you have none, write 0.",
        )
        .filled(form);
    let mut parts = vec![all.into()];
    if stays {
        parts.push(yes_or_no("home", "Do you own your home?", Some(home(form)), form));
    } else {
        parts.push(paragraph("We do not count the home you live in, or will go back to."));
    }
    let other = Markup::join([
        pounds("property-value", "What would your part of it sell for, in pounds?")
            .filled(form)
            .into(),
        pounds("property-debt", "How much is left to pay on it, in pounds?")
            .hint("A mortgage or a loan. Leave this empty if there is none.")
            .filled(form)
            .into(),
    ]);
    let question = "Do you own any other house, flat or land?";
    parts.push(yes_or_no("property", question, Some(other), form));
    parts
}

fn home(form: &Form) -> Markup {
    let shares = [
        Choice::new("alone", "No, it is all mine"),
        Choice::new("half", "Yes, with one other person"),
    ];
    let who = case::OCCUPIERS.map(|(code, text, _)| Choice::new(code, text));
    Markup::join([
        pounds("home-value", "What would it sell for, in pounds?").filled(form).into(),
        pounds("home-debt", "How much is left to pay on it, in pounds?")
            .hint("A mortgage or a loan. Leave this empty if there is none.")
            .filled(form)
            .into(),
        Radios::new("home-share", "Do you own it with somebody else?", shares).filled(form).into(),
        Radios::new("home-who", "Who lives there?", who)
            .hint("Choose the first that is true. Do not count yourself.")
            .filled(form)
            .into(),
    ])
}

fn costs(form: &Form) -> Vec<Markup> {
    let asked =
        |code: &str, label: &str| Markup::join([small_heading(label), paid(code, label, form)]);
    let kinds = HOUSING.iter().filter_map(|code| HousingKind::named(code).ok());
    vec![
        paragraph("Leave empty what you do not pay. If you share a cost, write your part of it."),
        together("What you pay for your home", kinds.map(|kind| asked(kind.code, kind.label))),
        together(
            "What your illness or disability costs you",
            [
                paragraph(
                    "Add up what you must spend because of it: for example more heating, laundry, \
                     special food, a cleaner, or a taxi to see the doctor.",
                ),
                asked("dre", "All of these together"),
            ],
        ),
    ]
}

fn care(form: &Form) -> Vec<Markup> {
    let mut parts = Vec::new();
    let place = Place::named(form.value("where"));
    if place.is_some_and(|place| place != Place::Home) {
        let choices = [
            Choice::new("yes", "Yes, it has nurses"),
            Choice::new("no", "No"),
            Choice::new("not-sure", "I do not know"),
        ];
        let question = "Is it a nursing home?";
        let nursing = Radios::new("nursing", question, choices)
            .heading(Heading::Medium)
            .hint("The NHS pays for part of the care in a nursing home.");
        parts.push(nursing.filled(form).into());
    }
    let cost = pounds("care-cost", "What does all your care cost a week, in pounds?")
        .heading(Heading::Medium)
        .hint("Leave this empty if you do not know. You never pay more than the care costs.");
    parts.push(cost.filled(form).into());
    parts
}
