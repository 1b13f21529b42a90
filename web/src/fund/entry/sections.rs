//! The questions, in the order in which an officer works. This table is the whole of the form: it is
//! read, filled in, shown and told again from here.

use care::record::fact::MeansList;
use law::charging::{CapitalKind, HousingKind, IncomeKind, Kind, Row, ServiceKind};
use law::period::Every;

use super::field::Control::{Count, Day, Money, OneOf, Opens, Radios, Share, Text, Tick, YesNo};
use super::field::{Answer, Choices, Field, Voice, few, field};

/// A part of the form.
pub struct Section {
    /// Its name in the page's address.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its heading for the person; None where only an officer is asked.
    pub own: Option<&'static str>,
    /// What to know first.
    pub hint: &'static str,
    /// The same, for the person.
    pub own_hint: &'static str,
    /// Its questions.
    pub fields: &'static [Field],
    /// Its list, if it has one.
    pub list: Option<&'static List>,
    /// What its seldom needed questions are about.
    pub more: &'static str,
    /// The same, for the person.
    pub own_more: &'static str,
}

impl Section {
    /// Its heading for whoever reads it; None where they are not asked.
    pub fn heading(&self, voice: Voice) -> Option<&'static str> {
        match voice {
            Voice::Officer => Some(self.title),
            Voice::Person => self.own,
        }
    }
}

/// A list of the form: rows of the same questions.
pub struct List {
    /// What the names of its fields begin with.
    pub name: &'static str,
    /// Where it stands in the case.
    pub path: &'static str,
    /// What one more of it is called.
    pub one: &'static str,
    /// The questions of a row; the first says what it is.
    pub fields: &'static [Field],
    /// Under which name evidence is seen for it.
    pub evidence: Option<MeansList>,
}

/// Every part of the form.
pub static SECTIONS: [Section; 8] = [
    Section {
        id: "about",
        title: "Who and where",
        own: Some("About you"),
        hint: "",
        own_hint: "",
        fields: &ABOUT,
        list: None,
        more: "More about the person: premiums, savings credit, free care",
        own_more: "",
    },
    Section {
        id: "stay",
        title: "The stay in a care home",
        own: Some("If you are in a care home"),
        hint: "",
        own_hint: "",
        fields: &STAY,
        list: Some(&EARLIER),
        more: "When they moved in, and for how long",
        own_more: "When you moved in, and for how long",
    },
    Section {
        id: "income",
        title: "Income",
        own: Some("Your money coming in"),
        hint: "Benefits, pensions and other money coming in.",
        own_hint: "Benefits, pensions and other money you get. Write what you get after tax. Leave out \
                   what your partner gets.",
        fields: &[],
        list: Some(&INCOME),
        more: "",
        own_more: "",
    },
    Section {
        id: "capital",
        title: "Savings and property",
        own: Some("Your savings and property"),
        hint: "What all of it is worth today. A home belongs here too: debt and who lives there are \
               under “More about this line”.",
        own_hint: "Money in the bank, other savings, and any home or land you own. Write what all of it \
                   is worth today. For a home, say under “More about this line” what is owed on it \
                   and who lives there.",
        fields: &[],
        list: Some(&CAPITAL),
        more: "",
        own_more: "",
    },
    Section {
        id: "housing",
        title: "Costs of the home",
        own: Some("What your home costs"),
        hint: "Rent, mortgage, council tax. Help with them comes off.",
        own_hint: "Rent, mortgage and council tax that you pay.",
        fields: &[],
        list: Some(&HOUSING),
        more: "",
        own_more: "",
    },
    Section {
        id: "dre",
        title: "Costs of a disability",
        own: Some("What your illness or disability costs"),
        hint: "What the illness or disability costs: laundry, heating, special food, equipment. Each is \
               allowed or not, with a reason.",
        own_hint: "What you pay for because of your illness or disability: more laundry or heating, \
                   special food, equipment.",
        fields: &[],
        list: Some(&DRE),
        more: "",
        own_more: "",
    },
    Section {
        id: "service",
        title: "Care and support",
        own: Some("Your care and support"),
        hint: "What the care costs, all of it.",
        own_hint: "What your care costs, if you know. If we arrange your care, we know it already.",
        fields: &[],
        list: Some(&SERVICES),
        more: "",
        own_more: "",
    },
    Section {
        id: "agreements",
        title: "What was told and agreed",
        own: None,
        hint: "",
        own_hint: "",
        fields: &AGREEMENTS,
        list: None,
        more: "Top-up, lighter assessment, means not shown, earlier start",
        own_more: "",
    },
];

static ABOUT: [Field; 12] = [
    field("from", "asOf", Day("the first day"), "From what day is it for?")
        .own("From what day is this so?")
        .needed("Enter the first day it is for"),
    field("born", "person.born", Day("the date of birth"), "Date of birth")
        .own("Your date of birth")
        .needed("Enter the date of birth"),
    field("household", "person.household", Radios(households), "With whom do they live?")
        .own("Who do you live with?")
        .needed("Choose one: alone, with a partner, or with children"),
    field(
        "partner-born",
        "person.partnerBorn",
        Day("the partner’s date of birth"),
        "The partner’s date of birth",
    )
    .own("Your partner’s date of birth, if you have a partner"),
    field("children", "person.children", Count, "How many children they are responsible for")
        .own("How many children do you look after at home?"),
    field("setting", "setting", Radios(settings), "Where is the care?")
        .own("Where is your care?")
        .usually("home"),
    field("premiums", "premiums", Opens, "An officer says which premiums apply")
        .hint("Otherwise they follow from the benefits in payment.")
        .rare(),
    field("premium-disability", "premiums.disability", Tick(true), "Disability premium").rare(),
    field(
        "premium-enhanced",
        "premiums.enhancedDisability",
        Tick(true),
        "Enhanced disability premium",
    )
    .rare(),
    field("premium-carer", "premiums.carer", Tick(true), "Carer premium").rare(),
    field(
        "savings-credit-age",
        "person.savingsCreditAge",
        YesNo("The date of birth tells"),
        "Did they reach State Pension age before 6 April 2016?",
    )
    .rare(),
    field("cjd", "person.cjd", Tick(true), "They have Creutzfeldt-Jakob disease: the care is free")
        .rare(),
];

static STAY: [Field; 5] = [
    field("admitted", "stay.admitted", Day("the day of the move"), "The day they moved in")
        .own("The day you moved in")
        .needed("Enter the day of the move into the care home")
        .rare(),
    field(
        "permanent-from",
        "stay.permanentFrom",
        Day("the day it became permanent"),
        "The day it became permanent (if it has)",
    )
    .own("The day from which you are there to stay (if you are)")
    .rare(),
    field("no-return", "stay.plansToReturn", Tick(false), "They do not plan to go back home")
        .own("I do not plan to go back home")
        .rare(),
    field(
        "half-pension",
        "stay.spousePassedHalfPension",
        Tick(true),
        "At least half of a work pension goes to a husband, wife or civil partner at home",
    )
    .own("I pass at least half of my work pension to my husband, wife or civil partner at home")
    .rare(),
    field(
        "relative-left",
        "stay.relativeLeft",
        Day("the day the relative left"),
        "The day a relative’s living in the home ended unexpectedly",
    )
    .rare(),
];

static EARLIER: List = List {
    name: "earlier",
    path: "stay.earlier",
    one: "earlier stay",
    fields: &[
        field("from", "permanentFrom", Day("the day the earlier stay began"), "Permanent from")
            .needed("Enter the day the earlier stay became permanent"),
        field("left", "left", Day("the day they left"), "Left on")
            .needed("Enter the day they left the earlier home"),
    ],
    evidence: None,
};

const WHAT_IT_IS: &str = "Choose what it is";
const AMOUNT: &str = "Enter an amount in pounds, such as 85.50";

static INCOME: List = List {
    name: "income",
    path: "income",
    one: "income",
    fields: &[
        field("kind", "kind", OneOf(incomes), "What it is").own("What it is").needed(WHAT_IT_IS),
        field("amount", "amount", Money, "Amount (£)").own("Amount (£)").needed(AMOUNT),
        field("every", "every", OneOf(often), "How often").own("How often").usually("week"),
        field("tax", "tax", Money, "Tax paid on it, as often (£)").rare(),
        field("share", "share", Share, "The part that is theirs").hint("Such as 1/2 or 25%").rare(),
    ],
    evidence: Some(MeansList::Income),
};

static CAPITAL: List = List {
    name: "capital",
    path: "capital",
    one: "saving or property",
    fields: &[
        field("kind", "kind", OneOf(capitals), "What it is").own("What it is").needed(WHAT_IT_IS),
        field("amount", "value", Money, "Worth (£)").own("Worth (£)").needed(AMOUNT),
        field("share", "share", Share, "Their share").own("How much of it is yours?"),
        field("debt", "debt", Money, "Owed on it (£)")
            .own("Owed on it, such as a mortgage (£)")
            .rare(),
        field("lives", "occupiedBy", OneOf(occupiers), "Who lives there")
            .own("Who lives there, if it is a home")
            .rare(),
        field(
            "since",
            "occupiedSince",
            Day("the day they came to live there"),
            "Living there since",
        )
        .rare(),
        field(
            "share-value",
            "shareValue",
            Money,
            "What a valuer says their share would sell for (£)",
        )
        .rare(),
        field(
            "sale-costs",
            "saleCosts",
            YesNo("As usual for its kind"),
            "Does selling it cost something?",
        )
        .rare(),
        field(
            "received",
            "received",
            Day("the day it was received"),
            "Received on, or left out since",
        )
        .rare(),
        field("left-out", "disregard.reason", Text, "Left out by the council’s choice, because")
            .needed("Say why the council leaves it out")
            .rare(),
        field(
            "left-out-until",
            "disregard.until",
            Day("the last day it is left out"),
            "Left out until (if there is a last day)",
        )
        .rare(),
    ],
    evidence: Some(MeansList::Capital),
};

static HOUSING: List = List {
    name: "housing",
    path: "housing",
    one: "cost of the home",
    fields: &[
        field("kind", "kind", OneOf(housings), "What it is").own("What it is").needed(WHAT_IT_IS),
        field("amount", "amount", Money, "Amount (£)").own("Amount (£)").needed(AMOUNT),
        field("every", "every", OneOf(often), "How often").own("How often").usually("week"),
        field("help", "help", Money, "Help with it, as often (£)")
            .hint("Left empty, Housing Benefit and Council Tax Reduction in the income come off.")
            .rare(),
        field("share", "share", Share, "The part they must pay").hint("Such as 1/2 or 25%").rare(),
    ],
    evidence: Some(MeansList::Housing),
};

static DRE: List = List {
    name: "dre",
    path: "dre",
    one: "cost of a disability",
    fields: &[
        field("kind", "what", Text, "What for").own("What for").needed("Say what it is for"),
        field("amount", "amount", Money, "Amount (£)").own("Amount (£)").needed(AMOUNT),
        field("every", "every", OneOf(often), "How often").own("How often").usually("week"),
        field("refused", "allowed", Tick(false), "Not allowed"),
        field("reason", "reason", Text, "Reason"),
    ],
    evidence: Some(MeansList::Dre),
};

static SERVICES: List = List {
    name: "service",
    path: "services",
    one: "service",
    fields: &[
        field("kind", "kind", OneOf(services), "What it is").own("What it is").needed(WHAT_IT_IS),
        field("amount", "cost", Money, "Cost (£)").own("Cost (£)").needed(AMOUNT),
        field("every", "every", OneOf(often), "How often").own("How often").usually("week"),
        field("started", "started", Day("the day it started"), "First day of this spell").rare(),
        field("fnc", "fnc", OneOf(bands), "NHS-funded nursing care").rare(),
    ],
    evidence: None,
};

static AGREEMENTS: [Field; 9] = [
    field(
        "told-on",
        "toldOn",
        Day("the day they were told"),
        "When was the person told that a charge may be made?",
    ),
    field(
        "arranged",
        "arrangedByCouncil",
        Tick(true),
        "They pay in full, and asked us to arrange the care",
    ),
    field(
        "earlier-reason",
        "earlierStartReason",
        Text,
        "Why the charge starts before they were told",
    )
    .rare(),
    field("not-disclosed", "disclosed", Tick(false), "They do not show us their means").rare(),
    field(
        "light-ground",
        "lightTouch.ground",
        OneOf(grounds),
        "Why a lighter assessment is enough",
    )
    .needed("Choose why a lighter assessment is enough")
    .rare(),
    field(
        "light-agreed",
        "lightTouch.agreed",
        Tick(true),
        "They agreed to the lighter assessment, and were offered a full one",
    )
    .rare(),
    field("top-up-amount", "topUp.amount", Money, "Top-up for a dearer place (£)")
        .needed(AMOUNT)
        .rare(),
    field("top-up-every", "topUp.every", OneOf(often), "How often the top-up is paid")
        .usually("week")
        .rare(),
    field("top-up-payer", "topUp.payer", OneOf(payers), "Who pays the top-up")
        .usually("third-party")
        .rare(),
];

fn kinds<R: Row>(kinds: impl Iterator<Item = Kind<R>>) -> Choices {
    let answer = |kind: Kind<R>| Answer {
        code: Row::code(&*kind),
        words: Row::in_words(&*kind),
        group: Row::group(&*kind),
    };
    few([("", "Choose")]).into_iter().chain(kinds.map(answer)).collect()
}

fn incomes(_: Voice) -> Choices {
    kinds(IncomeKind::all())
}

fn capitals(_: Voice) -> Choices {
    kinds(CapitalKind::all())
}

fn housings(_: Voice) -> Choices {
    kinds(HousingKind::all())
}

fn services(_: Voice) -> Choices {
    kinds(ServiceKind::all())
}

fn often(_: Voice) -> Choices {
    few(Every::ALL.map(|every| (every.code(), every.in_words())))
}

fn settings(_: Voice) -> Choices {
    few([
        ("home", "At home"),
        ("care-home-permanent", "In a care home, to stay"),
        ("care-home-temporary", "In a care home for a time"),
        ("care-home-short-term", "In a care home for at most eight weeks"),
    ])
}

fn households(_: Voice) -> Choices {
    few([
        ("single", "Alone, or with people who are not a partner"),
        ("couple", "With a husband, wife or partner"),
        ("lone-parent", "With children and no partner"),
    ])
}

fn occupiers(voice: Voice) -> Choices {
    let (me, partner) = match voice {
        Voice::Officer => ("The person", "Their partner"),
        Voice::Person => ("Me", "My partner"),
    };
    few([
        ("", "Not a home, or not known"),
        ("person", me),
        ("nobody", "Nobody"),
        ("partner", partner),
        ("relative-60-or-over", "A relative of 60 or over"),
        ("relative-incapacitated", "A relative with a disability"),
        ("child-under-18", "A child under 18"),
        ("former-partner-lone-parent", "A former partner with children"),
        ("other", "Somebody else"),
    ])
}

fn bands(_: Voice) -> Choices {
    few([
        ("", "As usual for the kind"),
        ("none", "None"),
        ("standard", "Standard rate"),
        ("higher", "High band (since before October 2007)"),
    ])
}

fn grounds(_: Voice) -> Choices {
    few([
        ("", "A full assessment"),
        ("can-pay-in-full", "They can pay the whole cost, and agree"),
        ("small-charge", "The charge is small, and they can clearly pay it"),
        ("benefits-show-nothing", "Their benefits show that they can pay nothing"),
    ])
}

fn payers(_: Voice) -> Choices {
    few([("third-party", "Somebody else"), ("first-party", "The person")])
}
