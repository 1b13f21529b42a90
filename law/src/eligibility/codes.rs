//! The closed lists of SI 2015/313 and of Care Act 2014 s1(2). Their order is no ranking.

use crate::choices;

choices! {
    /// Whose needs are looked at.
    Who {
        Adult "adult" "An adult",
        Carer "carer" "A carer",
    }
}

choices! {
    /// The outcomes of an adult (reg 2(2)).
    AdultOutcome {
        Nutrition "nutrition" "Managing and maintaining nutrition",
        Hygiene "hygiene" "Maintaining personal hygiene",
        Toilet "toilet" "Managing toilet needs",
        Clothing "clothing" "Being appropriately clothed",
        HomeSafeUse "home-safe-use" "Using the home safely",
        HabitableHome "habitable-home" "Keeping the home habitable",
        Relationships "relationships" "Family and other personal relationships",
        WorkEducation "work-education" "Work, training, education or volunteering",
        Community "community" "Using necessary facilities and services nearby",
        Childcare "childcare" "Caring responsibilities for a child",
    }
}

choices! {
    /// The outcomes of a carer (reg 3(2)(b)).
    CarerOutcome {
        Childcare "childcare" "Caring responsibilities for a child",
        OtherCare "other-care" "Caring for other people",
        HabitableHome "habitable-home" "Keeping the home habitable",
        Nutrition "nutrition" "Managing and maintaining nutrition",
        Relationships "relationships" "Family and other significant relationships",
        WorkEducation "work-education" "Work, training, education or volunteering",
        Community "community" "Using necessary facilities and services nearby",
        Recreation "recreation" "Recreation",
    }
}

choices! {
    /// The ways in which an adult can be unable to achieve an outcome (reg 2(3)).
    AdultWay {
        Assistance "assistance" "Cannot do it without assistance, or not even with it",
        Distress "distress" "Can, but it causes significant pain, distress or anxiety",
        Danger "danger" "Can, but it endangers or may endanger someone’s health or safety",
        Longer "longer" "Can, but it takes significantly longer than would be expected",
    }
}

choices! {
    /// The ways in which a carer can be: taking longer is not among them (reg 3(3)).
    CarerWay {
        Assistance "assistance" "Cannot do it without assistance",
        Distress "distress" "Can, but it causes significant pain, distress or anxiety",
        Danger "danger" "Can, but it endangers or may endanger someone’s health or safety",
    }
}

choices! {
    /// The areas of wellbeing (Care Act 2014 s1(2)).
    Area {
        Dignity "dignity" "Personal dignity and respect",
        Health "health" "Physical and mental health and emotional wellbeing",
        Protection "protection" "Protection from abuse and neglect",
        Control "control" "Control over day-to-day life",
        Participation "participation" "Taking part in work, education, training or recreation",
        Economic "economic" "Social and economic wellbeing",
        Relationships "relationships" "Domestic, family and personal relationships",
        Accommodation "accommodation" "Suitability of where they live",
        Contribution "contribution" "Contribution to society",
    }
}

choices! {
    /// Whether a limb of the test is met.
    Limb {
        Met "met" "Met",
        NotMet "not-met" "Not met",
        NotKnown "not-known" "Not known yet",
    }
}

choices! {
    /// What a case comes to.
    Determination {
        Eligible "eligible" "Some needs are eligible",
        NotEligible "not-eligible" "No need is eligible",
        Undecided "undecided" "Not decided yet: something that must be judged was not",
    }
}

impl Limb {
    /// Met or not, where it is known.
    pub(super) fn of(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Met,
            Some(false) => Self::NotMet,
            None => Self::NotKnown,
        }
    }
}

impl Determination {
    /// All limbs must be met; one that is not met decides alone, whatever is not known.
    pub(super) fn of(limbs: [Limb; 3]) -> Self {
        if limbs.contains(&Limb::NotMet) {
            Self::NotEligible
        } else if limbs.contains(&Limb::NotKnown) {
            Self::Undecided
        } else {
            Self::Eligible
        }
    }
}
