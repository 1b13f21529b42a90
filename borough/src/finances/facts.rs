//! The table of facts behind invented finances.
//!
//! Ours, without a source: made to look like the people an inner London council supports, so that
//! every branch of the charging rules is walked. Rates of benefits and pensions are not here; they are
//! the law's figures of the day.

use care::fund::SupportReason;
use law::charging::Setting;

/// How many in a thousand people of an age and a kind of need are supported.
pub(super) struct Supported {
    /// From this age …
    pub from: u8,
    /// … whatever else is so,
    pub anyone: u64,
    /// for each long-term condition with a national register besides,
    pub each_condition: u64,
    /// and with one of [`BRINGS_SUPPORT`].
    pub need: u64,
}

/// By age, the oldest first.
pub(super) const SUPPORTED: [Supported; 5] = [
    Supported { from: 85, anyone: 125, each_condition: 30, need: 330 },
    Supported { from: 75, anyone: 48, each_condition: 16, need: 230 },
    Supported { from: 66, anyone: 22, each_condition: 10, need: 150 },
    Supported { from: 45, anyone: 2, each_condition: 3, need: 220 },
    Supported { from: 18, anyone: 1, each_condition: 2, need: 220 },
];

/// Conditions that bring support by themselves, with its reason; the first that someone has.
pub(super) const BRINGS_SUPPORT: [(&str, SupportReason); 6] = [
    ("learning_disability", SupportReason::LearningDisability),
    ("dementia", SupportReason::MemoryAndCognition),
    ("cerebral_palsy", SupportReason::Physical),
    ("parkinsons", SupportReason::Physical),
    ("multiple_sclerosis", SupportReason::Physical),
    ("smi", SupportReason::MentalHealth),
];

/// Why people without one of those are supported, by weight: under pension age, and from it.
pub(super) const OTHER_REASONS: [(SupportReason, [u32; 2]); 4] = [
    (SupportReason::Physical, [620, 850]),
    (SupportReason::MentalHealth, [250, 40]),
    (SupportReason::Sensory, [60, 60]),
    (SupportReason::Social, [70, 50]),
];

/// How many in a thousand have no reason on record.
pub(super) const NO_REASON: u64 = 15;

/// Where people are cared for, by weight: in a household of their own under pension age, and from it.
/// Those who already live in a care home stay there.
pub(super) const SETTINGS: [(Setting, [u32; 2]); 4] = [
    (Setting::Home, [870, 765]),
    (Setting::CareHomePermanent, [80, 165]),
    (Setting::CareHomeTemporary, [30, 45]),
    (Setting::CareHomeShortTerm, [20, 25]),
];

/// A table of a distribution: its value at each twentieth of the people, with the hundredth below the
/// first and above the last, in pence. Between them it is drawn straight.
pub(super) type Quantiles = [i64; 21];

/// An occupational pension a week: log-normal, its median £62, its spread 0.95.
pub(super) const PENSION: Quantiles = [
    680, 1_299, 1_835, 2_316, 2_787, 3_267, 3_767, 4_299, 4_874, 5_502, 6_200, 6_986, 7_887, 8_941,
    10_203, 11_767, 13_792, 16_596, 20_948, 29_582, 56_519,
];

/// Savings: log-normal with a long tail, its median £4,200, its spread 1.9; a hundredth of the people
/// have more than the last.
pub(super) const SAVINGS: Quantiles = [
    5_054, 18_449, 36_793, 58_617, 84_875, 116_597, 155_073, 201_975, 259_536, 330_795, 420_000,
    533_261, 679_675, 873_374, 1_137_531, 1_512_902, 2_078_361, 3_009_346, 4_794_394, 9_561_277,
    34_902_567,
];

/// How many in a thousand have an occupational pension, from pension age; savings of any size; a home
/// of their own, under pension age and from it.
pub(super) const HAS_PENSION: u64 = 560;
pub(super) const HAS_SAVINGS: u64 = 880;
pub(super) const OWNS_HOME: [u64; 2] = [60, 420];

/// A disability benefit, by weight: none, lower, higher; under pension age, and from it.
pub(super) const BENEFIT: [[u32; 3]; 2] = [[140, 360, 500], [230, 330, 440]];

/// How many in a thousand of working age have the mobility part besides.
pub(super) const HAS_MOBILITY: u64 = 450;

/// Universal Credit with the element for limited capability, and Employment and Support Allowance with
/// the support component, a month and a fortnight; how many in a thousand have the first.
pub(super) const UNIVERSAL_CREDIT: i64 = 85_430;
pub(super) const SUPPORT_ALLOWANCE: i64 = 29_110;
pub(super) const ON_UNIVERSAL_CREDIT: u64 = 640;

/// Rent and council tax a month, from and to, in pence; how many tenants in a thousand have help with
/// each, and by how much of it, in a hundred.
pub(super) const RENT: [i32; 2] = [52_000, 98_000];
pub(super) const COUNCIL_TAX: [i32; 2] = [9_000, 18_000];
pub(super) const HAS_HELP: u64 = 780;
pub(super) const HELP_PERCENT: [i32; 2] = [60, 100];

/// What homes are worth, in pounds, from and to.
pub(super) const HOME_VALUE: [i32; 2] = [280_000, 720_000];

/// What care costs a week, in pence, from and to: at home, and in a care home.
pub(super) const HOME_CARE: [i32; 2] = [6_000, 62_000];
pub(super) const CARE_HOME: [i32; 2] = [78_000, 168_000];

/// Costs of a disability: what for, and how much a week, in pence, from and to.
pub(super) const EXPENSES: [(&str, [i32; 2]); 6] = [
    ("extra laundry", [250, 900]),
    ("extra heating", [400, 1_600]),
    ("continence products", [300, 1_200]),
    ("community alarm", [300, 750]),
    ("special diet", [400, 1_500]),
    ("gardening", [500, 1_400]),
];

/// How many in a thousand people who live in a care home are supported by the council.
pub(super) const IN_CARE_HOME: u64 = 640;

/// How many in a thousand keep their means to themselves.
pub(super) const DOES_NOT_DISCLOSE: u64 = 15;

/// How many in a thousand care-home residents still have a disability benefit in payment.
pub(super) const BENEFIT_STILL_PAID: u64 = 250;

/// How many in a thousand with a low income in old age claim Pension Credit.
pub(super) const CLAIMS_PENSION_CREDIT: u64 = 720;

/// How many in a thousand people in an owned home share it with a relative whom the law names.
pub(super) const RELATIVE_AT_HOME: u64 = 80;

/// How many in a thousand have equipment besides, or reablement instead.
pub(super) const HAS_EQUIPMENT: u64 = 120;
pub(super) const IN_REABLEMENT: u64 = 35;
