//! The domains and levels of the national tools, by name only. What each level means stands in the
//! tools themselves, which nobody may change or shorten.

use crate::choices;

choices! {
    /// The domains of the Checklist.
    ChecklistDomain {
        Breathing "breathing" "Breathing",
        Nutrition "nutrition" "Nutrition",
        Continence "continence" "Continence",
        Skin "skin" "Skin",
        Mobility "mobility" "Mobility",
        Communication "communication" "Communication",
        Psychological "psychological" "Psychological and emotional needs",
        Cognition "cognition" "Cognition",
        Behaviour "behaviour" "Behaviour",
        Drugs "drugs" "Drug therapies and medication: symptom control",
        Consciousness "consciousness" "Altered states of consciousness",
    }
}

choices! {
    /// The domains of the Decision Support Tool: those of the Checklist, and other needs.
    Domain {
        Breathing "breathing" "Breathing",
        Nutrition "nutrition" "Nutrition",
        Continence "continence" "Continence",
        Skin "skin" "Skin",
        Mobility "mobility" "Mobility",
        Communication "communication" "Communication",
        Psychological "psychological" "Psychological and emotional needs",
        Cognition "cognition" "Cognition",
        Behaviour "behaviour" "Behaviour",
        Drugs "drugs" "Drug therapies and medication: symptom control",
        Consciousness "consciousness" "Altered states of consciousness",
        Other "other" "Other significant care needs",
    }
}

choices! {
    /// The levels of the Checklist.
    Mark {
        C "C" "C (low, or none)",
        B "B" "B (moderate)",
        A "A" "A (high)",
    }
}

choices! {
    /// The levels of the Decision Support Tool, from the least.
    Level {
        NoNeeds "no-needs" "No needs",
        Low "low" "Low",
        Moderate "moderate" "Moderate",
        High "high" "High",
        Severe "severe" "Severe",
        Priority "priority" "Priority",
    }
}

choices! {
    /// Why continuing healthcare is thought of.
    Occasion {
        MayNeed "may-need" "It appears that they may need it",
        NursingHome "nursing-home" "A move into a nursing home",
        Deterioration "deterioration" "They have become markedly worse",
        Review "review" "A review",
        Request "request" "They or their family asked",
    }
}

choices! {
    /// How the person’s agreement stands.
    Consent {
        Given "given" "They agreed",
        BestInterests "best-interests" "Decided in their best interests",
        NotGiven "not-given" "They did not agree",
    }
}

choices! {
    /// Who completed a Fast Track Tool.
    Clinician {
        Doctor "doctor" "A registered medical practitioner",
        Nurse "nurse" "A registered nurse",
        Other "other" "Someone else",
    }
}

choices! {
    /// Where a member of the team works.
    Sector {
        Health "health" "Health",
        SocialCare "social-care" "Social care",
    }
}

choices! {
    /// How a Checklist stands to its threshold, which says only whether a full assessment follows.
    Threshold {
        Reached "reached" "Reached: a full assessment follows",
        NotReached "not-reached" "Not reached",
        Incomplete "incomplete" "Not known yet: domains are not marked",
    }
}

choices! {
    /// Which of the Checklist’s ways to its threshold was taken.
    Way {
        TwoA "two-a" "Two or more domains at A",
        FiveB "five-b" "Five or more domains at B",
        OneAFourB "one-a-four-b" "One domain at A and four at B",
        StarredA "starred-a" "A in a domain that can be a priority",
    }
}

choices! {
    /// What the levels of a Decision Support Tool prompt a team to reason about.
    Pattern {
        ClearRecommendation "clear-recommendation-expected" "A clear recommendation is expected",
        MayShow "may-show-primary-health-need" "The levels together may show a primary health need",
        FourCharacteristics "reason-from-characteristics" "Reason from the four characteristics",
        Incomplete "incomplete" "Not known yet: domains have no level",
    }
}

choices! {
    /// How a date stands.
    Stand {
        Running "running" "Still to come",
        Passed "passed" "Passed",
        Done "done" "Done in time",
        DoneLate "done-late" "Done late",
    }
}

impl ChecklistDomain {
    /// Whether the Decision Support Tool has the level of priority for it: starred in the Checklist.
    pub const fn starred(self) -> bool {
        matches!(self, Self::Breathing | Self::Behaviour | Self::Drugs | Self::Consciousness)
    }
}

impl Domain {
    /// The highest level that the tool has for it. The four of priority are sourced; the others are
    /// from memory.
    pub const fn most(self) -> Level {
        match self {
            Self::Breathing | Self::Behaviour | Self::Drugs | Self::Consciousness => {
                Level::Priority
            }
            Self::Continence | Self::Communication | Self::Psychological => Level::High,
            Self::Nutrition | Self::Skin | Self::Mobility | Self::Cognition | Self::Other => {
                Level::Severe
            }
        }
    }
}
