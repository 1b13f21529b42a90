//! Which figures there are.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal $words:literal,)+) => {
        /// A figure of the law, named.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// As files and workings spell it.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// What it is, within a sentence.
            pub const fn in_words(self) -> &'static str {
                match self { $(Self::$name => $words,)+ }
            }
        }
    };
}

codes! {
    /// For each child in the household the adult is responsible for: reg 7(1)(b).
    MigChild = "mig-child" "minimum income guarantee: each child",
    /// A single person of 18 to 24: reg 7(2)(a).
    MigSingleYoung = "mig-single-18-to-24" "minimum income guarantee: single, 18 to 24",
    /// A single person from 25 to pension age: reg 7(2)(b).
    MigSingle = "mig-single-25-to-pension-age" "minimum income guarantee: single, 25 to pension age",
    /// A single person of pension age: reg 7(2)(c).
    MigSinglePension = "mig-single-pension-age" "minimum income guarantee: single, pension age",
    /// A lone parent: reg 7(3).
    MigLoneParent = "mig-lone-parent" "minimum income guarantee: lone parent",
    /// Each of a couple below pension age: reg 7(4)(a).
    MigCouple = "mig-couple-working-age" "minimum income guarantee: each of a couple below pension age",
    /// Each of a couple of whom one has reached pension age: reg 7(4)(b).
    MigCouplePension = "mig-couple-pension-age" "minimum income guarantee: each of a couple, one of pension age",
    /// Disability premium, single: reg 7(5)(a).
    MigDisability = "mig-disability-single" "minimum income guarantee: disability premium, single",
    /// Enhanced disability premium, single: reg 7(5)(b).
    MigEnhanced = "mig-enhanced-disability-single" "minimum income guarantee: enhanced disability premium, single",
    /// Disability premium, couple: reg 7(6)(a).
    MigDisabilityCouple = "mig-disability-couple" "minimum income guarantee: disability premium, couple",
    /// Enhanced disability premium, couple: reg 7(6)(b).
    MigEnhancedCouple = "mig-enhanced-disability-couple" "minimum income guarantee: enhanced disability premium, couple",
    /// Carer premium: reg 7(7).
    MigCarer = "mig-carer" "minimum income guarantee: carer premium",
    /// Personal expenses allowance in a care home: reg 6.
    Pea = "pea" "personal expenses allowance",
    /// Capital up to this counts for nothing.
    CapitalLower = "capital-lower-limit" "lower limit of savings",
    /// Capital above this and the council may not pay towards a care home.
    CapitalUpper = "capital-upper-limit" "upper limit of savings",
    /// The step of capital that makes tariff income.
    TariffStep = "tariff-step" "tariff income: each step of savings",
    /// The weekly income of each step, or part of one.
    TariffPerStep = "tariff-per-step" "tariff income: a week for each step",
    /// The most savings credit that is left out, single.
    SavingsCreditSingle = "savings-credit-disregard-single" "savings credit left out at most, single",
    /// The most savings credit that is left out, couple.
    SavingsCreditCouple = "savings-credit-disregard-couple" "savings credit left out at most, couple",
    /// What is left out of a war widow's and a Nazi victim's pension.
    WarPension = "war-pension-disregard" "left out of a war widow’s or Nazi victim’s pension",
    /// What is left out of a lodger's payment, before half of the rest.
    Lodger = "lodger-disregard" "left out of what a lodger pays",
    /// Equipment and minor adaptations up to this are free: reg 3.
    FreeEquipment = "free-equipment-limit" "limit of free equipment and small adaptations",
    /// What a person may keep a week under a deferred payment agreement.
    DpaAllowance = "dpa-income-allowance" "income kept under a deferred payment agreement",
    /// NHS-funded nursing care.
    FncStandard = "fnc-standard" "NHS-funded nursing care",
    /// NHS-funded nursing care, for people on the high band since before October 2007.
    FncHigher = "fnc-higher" "NHS-funded nursing care, high band",
    /// Standard minimum guarantee of pension credit, single.
    GuaranteeSingle = "pension-credit-guarantee-single" "Pension Credit guarantee, single",
    /// Standard minimum guarantee of pension credit, couple.
    GuaranteeCouple = "pension-credit-guarantee-couple" "Pension Credit guarantee, couple",
    /// Savings credit threshold, single.
    ThresholdSingle = "savings-credit-threshold-single" "savings credit threshold, single",
    /// Savings credit threshold, couple.
    ThresholdCouple = "savings-credit-threshold-couple" "savings credit threshold, couple",
    /// Attendance allowance higher, DLA care highest, PIP daily living enhanced.
    DisabilityHigher = "disability-benefit-higher" "disability benefits for care, higher rate",
    /// Attendance allowance lower, DLA care middle, PIP daily living standard.
    DisabilityLower = "disability-benefit-lower" "disability benefits for care, lower rate",
    /// DLA care lowest; DLA mobility lower and PIP mobility standard are the same.
    DlaCareLowest = "dla-care-lowest" "disability benefits for care, lowest rate",
    /// DLA mobility higher, PIP mobility enhanced.
    MobilityHigher = "mobility-higher" "disability benefits for mobility, higher rate",
    /// New State Pension, full.
    NewStatePension = "new-state-pension" "new State Pension, full",
    /// Basic State Pension, full.
    BasicStatePension = "basic-state-pension" "basic State Pension, full",
    /// Severe disability addition of pension credit, one person.
    SevereDisability = "pension-credit-severe-disability" "Pension Credit, severe disability addition",
    /// Carer addition of pension credit.
    CarerAddition = "pension-credit-carer" "Pension Credit, carer addition",
    /// Carer's Allowance.
    CarersAllowance = "carers-allowance" "Carer’s Allowance",
}

impl Code {
    /// How many there are.
    pub const COUNT: usize = Self::ALL.len();

    /// Its place in a table of all.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The figure with a code.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.code() == code)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = Cow::<str>::deserialize(deserializer)?;
        Self::named(&code).ok_or_else(|| {
            serde::de::Error::custom(format!("‘{code}’ is not the code of a figure"))
        })
    }
}

/// The figures that a result rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RatesUsed(u64);

impl RatesUsed {
    /// Notes that a figure was used.
    pub fn note(&mut self, code: Code) {
        self.0 |= 1 << code.index();
    }

    /// Whether any figure is in both.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds what another result rests on.
    pub fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Those that were used, in the order of [`Code::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Code> {
        Code::ALL.iter().copied().filter(move |code| self.0 >> code.index() & 1 == 1)
    }
}

const _: () = assert!(Code::COUNT <= 64, "RatesUsed has a bit for each figure");
