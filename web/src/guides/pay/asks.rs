//! The questions that a figure leaves open, as whoever pays would ask them.

use law::charging::Ask;

/// A question for the resident; None for what only an officer can answer, or what the page says
/// elsewhere.
pub(super) const fn in_their_words(ask: Ask) -> Option<&'static str> {
    Some(match ask {
        Ask::PartnerBorn => {
            "When was your partner born? You may keep more if your partner is old enough for a \
             State Pension."
        }
        Ask::LoneParentPension => {
            "The law has two amounts that could be right for you, and we used the higher one. Ask \
             the council which one they use."
        }
        Ask::ShareValued => {
            "What would your half of the home sell for by itself? It can be less than half of the \
             price, because few people want to buy half of a home. Ask the council to have it valued."
        }
        Ask::OccupierDiscretion => {
            "Somebody lives in your home. The council may choose not to count it. Ask them, and say \
             why that person needs to live there."
        }
        Ask::OccupiedSince => {
            "Did the person who lives in your home live there before you moved into the care home? \
             If not, ask the council if they will still leave the home out."
        }
        Ask::PartnerAtHome => {
            "Will your partner have enough to live on at home? If not, tell the council."
        }
        Ask::BenefitAfter28Days => {
            "Do you still get this disability benefit? It often stops after 28 days in a care home \
             that the council helps to pay for. Then you would pay less."
        }
        Ask::SavingsCreditAge => {
            "Did you reach State Pension age before 6 April 2016? Then more of your money may be \
             left out."
        }
        Ask::SavingsCreditClaim => {
            "You may be able to get savings credit, which is a part of Pension Credit. Ask the \
             Pension Service."
        }
        Ask::SavingsCreditLow => {
            "You get savings credit, but the money you told us of is less than we would expect. Did \
             you leave something out?"
        }
        Ask::ExpenseWithoutBenefit => {
            "You told us what your illness or disability costs you, but not of a benefit for it. \
             You may be able to get Attendance Allowance or Personal Independence Payment."
        }
        Ask::NearLimit => {
            "Your savings are close to the limit. Tell the council two months before they fall \
             below it, so that help can start in time."
        }
        Ask::DeferredPayment => {
            "You may not have to sell your home now. Ask the council for a deferred payment \
             agreement: they pay, and get the money back when the home is sold later."
        }
        Ask::OtherKind => {
            "You told us of ‘other’ money. What is it? Some kinds of money are left out."
        }
        Ask::ShortStayOver | Ask::TemporaryOver | Ask::NotYetPermanent | Ask::PermanentFrom => {
            "How long will you stay in the care home? Other rules may hold for a longer stay."
        }
        Ask::Admitted => "When did you move into the care home? Some rules count from that day.",
        Ask::Received => "When did you get this money? It may be left out for a time.",
        Ask::ReablementStarted => {
            "When did this help start? The first six weeks of help to get you back on your feet \
             are free."
        }
        Ask::PremiumPensionAge
        | Ask::ToldOn
        | Ask::StartsBeforeTold
        | Ask::EarlierStart
        | Ask::Unverified
        | Ask::NoReturn
        | Ask::ExpenseReason
        | Ask::FirstPartyTopUp
        | Ask::ArrangementFee
        | Ask::LightTouchAgreed
        | Ask::NotDisclosed
        | Ask::RateBelowLaw => return None,
    })
}
