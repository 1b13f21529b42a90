//! The words of the regulations as one says them to somebody.

use law::eligibility::{Area, Who};

/// An outcome, of an adult or a carer, by its code.
pub fn outcome(code: &str) -> &str {
    match code {
        "nutrition" => "Making food, eating and drinking",
        "hygiene" => "Washing, and keeping clothes clean",
        "toilet" => "Using the toilet",
        "clothing" => "Getting dressed in the right clothes",
        "home-safe-use" => "Moving about at home safely",
        "habitable-home" => "Keeping your home clean and safe to live in",
        "relationships" => "Keeping in touch with family and friends",
        "work-education" => "Work, school, training or volunteering",
        "community" => "Getting out: shops, buses, the doctor, a park",
        "childcare" => "Looking after a child",
        "other-care" => "Looking after other people",
        "recreation" => "Having time for things you like to do",
        "health-at-risk" => "Keeping well yourself",
        other => other,
    }
}

/// A way of being unable, by its code.
pub fn way<'a>(code: &str, otherwise: &'a str) -> &'a str {
    match code {
        "assistance" => "you cannot do it without help",
        "distress" => "you can do it, but it hurts, upsets or frightens you a lot",
        "danger" => "you can do it, but somebody might get hurt",
        "longer" => "you can do it, but it takes you much longer than other people",
        _ => otherwise,
    }
}

/// An area of wellbeing.
pub fn area(area: Area) -> &'static str {
    match area {
        Area::Dignity => "being treated with respect",
        Area::Health => "your health, and how you feel",
        Area::Protection => "being safe from harm",
        Area::Control => "having a say over your day",
        Area::Participation => "work, learning or free time",
        Area::Economic => "money, and being part of things",
        Area::Relationships => "family and friends",
        Area::Accommodation => "where you live",
        Area::Contribution => "doing things for others",
    }
}

/// The three questions of the law.
pub fn questions(who: Who) -> [&'static str; 3] {
    match who {
        Who::Adult => [
            "Do your needs come from an illness or a disability?",
            "Are there two or more things in daily life that you cannot do, or that are very hard?",
            "Does this make a big difference to your wellbeing?",
        ],
        Who::Carer => [
            "Do your needs come from looking after somebody who needs it?",
            "Is your health at risk, or is there something you cannot do because you care?",
            "Does this make a big difference to your wellbeing?",
        ],
    }
}

/// What the council must or may do next, by its code; None for what is no news to the person.
pub fn next(code: &str) -> Option<&'static str> {
    Some(match code {
        "consider-meeting" => {
            "We talk with you about what could help, and write a plan with you. It starts from what \
             you want."
        }
        "ask-wishes" => "We ask if you want the council to help. You can say no.",
        "ordinary-residence" => "We check which council must help. You need not do anything.",
        "power-to-meet" => {
            "The council may still help, even where the law says it need not. Ask us."
        }
        "met-by-carer" => {
            "Somebody who cares for you does some of this now. If they stop, or it gets too much, \
             tell us: then we must look at it again."
        }
        "carers-assessment" => {
            "Whoever looks after you can have an assessment of their own. They only have to ask."
        }
        "nhs-continuing-healthcare" => {
            "If you need a lot of health care, we ask the NHS to look at whether it should pay."
        }
        _ => return None,
    })
}
