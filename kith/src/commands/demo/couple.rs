//! Two people of the demonstration who sign in: one has a plan that three organisations wrote with them, and
//! the other looks after them, and has written in it since.

use std::collections::BTreeSet;

use anyhow::Context as _;
use care::assess::Ground;
use care::assess::authority::Decider;
use care::assess::begin::{self, Begin, Owner};
use care::assess::card::{self, Card};
use care::assess::link::{self, Answer, Consent, Offer};
use care::assess::register::OnRegister;
use care::plan::carer;
use care::record::fact::assess::{Named, Reply, Voice};
use care::record::fact::carer::{LinkSide, Share};
use care::record::fact::plan::{Agreement, Area, Source};
use care::record::ids::{FormId, LinkId, PersonId, TeamId};
use care::record::person::assessment::Assessment;
use care::who::actor::Actor;
use store::{StoreError, stories};

use super::cast::{Partner, Told};
use super::people::{CARER, TEAM, WITH_A_PLAN, spouse};
use super::plans::{By, Step, Wish, Writing, text};
use super::stories::{Teller, known};
use crate::clock;

/// What the person wants.
const CHOIR_AND_SHOP: [Wish; 2] = [
    Wish {
        area: Area::Community,
        words: "To sing with the choir again on Thursdays",
        need: "Gets breathless on the way, and does not trust the lift at the library on Catford Road",
        now: "Has not been since May",
        hoped: "Goes three Thursdays out of four",
    },
    Wish {
        area: Area::Health,
        words: "To walk to the shop for my own paper without stopping twice",
        need: "Heart failure: breathless, swollen ankles",
        now: "Stops at every bench",
        hoped: "Stops once, and knows when to ring the nurse",
    },
];

/// What is done for it.
const FOR_CHOIR_AND_SHOP: [Step; 5] = [
    Step {
        wish: 0,
        what: "Drive there and back on Thursdays",
        source: Source::Community,
        by: By::Named("Mr Lind, who sings bass"),
        days: 14,
        known_by: "Was at the choir",
    },
    Step {
        wish: 0,
        what: "Go along the first two times",
        source: Source::Community,
        by: By::Worker("navigator", "Thi Lan Pham"),
        days: 21,
        known_by: "Knows two people there",
    },
    Step {
        wish: 1,
        what: "Weigh every morning, and write it on the chart",
        source: Source::Myself,
        by: By::Person,
        days: 56,
        known_by: "The chart is filled in",
    },
    Step {
        wish: 1,
        what: "Look at the tablets with the surgery, and teach the warning signs",
        source: Source::Health,
        by: By::Worker("nurse", "Declan O’Rourke"),
        days: 30,
        known_by: "Can say when to ring",
    },
    Step {
        wish: 1,
        what: "A handrail by the front steps",
        source: Source::Council,
        by: By::Team(TEAM),
        days: 40,
        known_by: "It is there",
    },
];

/// The code by which the two were linked: used up long ago.
const CODE: &str = "SINGS24680";

/// The form of a carer's own assessment.
const FORM: &str = "carers-assessment";

impl Teller<'_> {
    /// Has a plan, agreed seven weeks ago: the first look is due. Since then the one who looks after them and
    /// the nurse have written in it, so that it is theirs to answer anew.
    pub fn looked_after(&self, told: &Told) -> anyhow::Result<()> {
        let person = told.person;
        self.said_yes(person, 75, "I would like it written down once, and not told five times.")?;
        self.join(person, 70, &["social-worker", "nurse", "navigator"])?;
        self.tells_about_themselves(person)?;
        let (outcomes, actions) = self.plan(person, 58, &CHOIR_AND_SHOP, &FOR_CHOIR_AND_SHOP)?;
        self.stays_well(told)?;
        let with = told.partner.as_ref().map_or(String::new(), |partner| {
            format!("{}, my {}", partner.name, spouse(partner.gender))
        });
        self.agree(person, 52, Agreement::Agrees, "Yes. The choir first.", &with)?;
        let scores = [(outcomes[0], -2, -2), (outcomes[1], -1, -2)];
        self.score(person, 52, &scores, 4)?;
        for (ago, login, action, words) in [
            (40, "navigator", actions[1], "Went along twice. They know the conductor from before."),
            (
                30,
                "nurse",
                actions[3],
                "Tablets changed with the surgery. Rang on Monday when the ankles were worse: just right.",
            ),
        ] {
            self.done(person, ago, login, action, words)?;
        }
        self.join(person, 30, &["voluntary"])?;
        if let Some(partner) = &told.partner {
            self.looks_after(told, partner)?;
            let carer = self.resident(CARER, &partner.name, partner.person)?;
            self.by(9, &carer, told.person, |person, _, asking| {
                let what = "I fill the tablet box on Sundays, and look at the ankles at night.";
                carer::offer(person, outcomes[1], what, asking)
            })?;
        }
        self.section(person, 6, "nurse", &Writing {
            form: "plan",
            section: "getting-worse",
            voice: Voice::Professional,
            rests_on: "Our visit on Tuesday, and what the heart failure clinic wrote",
            replies: vec![text("response", "Two kilos more in three days, or more breathless: ring the community nurses the same day, 8 to 8. Chest pain, or cannot breathe lying down: ring 999.")],
        })?;
        self.list_for_meeting(person, 2, "The handrail has not come: who can hurry it?")
    }

    fn tells_about_themselves(&self, person: PersonId) -> anyhow::Result<()> {
        let own = |form, section, replies| Writing {
            form,
            section,
            voice: Voice::Recorded,
            rests_on: "At home, over tea",
            replies,
        };
        self.section(person, 66, "social-worker", &own("assessment", "about-me", vec![
            text("important-to-me", "The choir on Thursdays, my tomatoes, and ringing my sister on Sundays."),
            text("please-do", "Please ring before you come. Please don’t move things in the kitchen: I know where they are."),
        ]))?;
        self.section(
            person,
            66,
            "social-worker",
            &own(
                "assessment",
                "what-matters",
                vec![
                    text("going-well", "We cook together most days, and the neighbours look in."),
                    text(
                        "worries",
                        "Falling outside with nobody there, and being a weight at home.",
                    ),
                ],
            ),
        )?;
        self.section(person, 64, "nurse", &own("assessment", "physical-health", vec![
            text("conditions-effect", "I am out of breath by the second bench. My ankles swell by the evening, worse when it is hot."),
            text("getting-about", "Indoors I walk without help. Outdoors with a stick, to the bus stop and no further."),
        ]))
    }

    /// What stands in the plan beside the outcomes.
    fn stays_well(&self, told: &Told) -> anyhow::Result<()> {
        let person = told.person;
        let own = |section, replies| Writing {
            form: "plan",
            section,
            voice: Voice::Recorded,
            rests_on: "Written down together at the kitchen table",
            replies,
        };
        self.section(person, 56, "social-worker", &own("staying-well", vec![
            text("helps", "Singing. A short walk before it gets hot. No salt at the table. Tablets at eight, with the radio news."),
        ]))?;
        let Some(partner) = &told.partner else { return Ok(()) };
        let spouse = spouse(partner.gender);
        self.section(
            person,
            55,
            "nurse",
            &own(
                "getting-worse",
                vec![
                    text(
                        "signs",
                        "My shoes are tight before noon, I sleep in the chair, and I stop humming.",
                    ),
                    text("then", "Sit me up, open the window, speak calmly. Do not lay me flat."),
                    (
                        "call",
                        Reply::People(vec![Named {
                            name: partner.name.clone(),
                            relation: format!("My {spouse}"),
                            reach: "020 7946 0117".to_owned(),
                            words: "Knows my tablets".to_owned(),
                        }]),
                    ),
                ],
            ),
        )?;
        let given = first(&partner.given);
        self.section(person, 55, "social-worker", &Writing {
            rests_on: "Said by both of them",
            ..own("carers", vec![
                text("carers-get", &format!("{given} has Wednesday afternoons off: somebody of Carers’ Circle sits with me.")),
                text("if-not-there", "I can manage a day if somebody does the tablets and supper. Not a night."),
                ("steps-in", Reply::People(vec![Named {
                    name: "Mr Lind".to_owned(),
                    relation: "Friend from the choir".to_owned(),
                    reach: "020 7946 0110".to_owned(),
                    words: "Has a key".to_owned(),
                }])),
            ])
        })?;
        self.section(person, 54, "social-worker", &Writing {
            form: "plan",
            section: "carers",
            voice: Voice::Professional,
            rests_on: "Agreed with Carers’ Circle",
            replies: vec![text("arranged", "Carers’ Circle sends somebody the same day, also at weekends. If nobody can: the council’s duty team.")],
        })
    }

    /// Is linked with the one they look after, as both agree; has an emergency card, and has begun an
    /// assessment of their own.
    fn looks_after(&self, told: &Told, partner: &Partner) -> anyhow::Result<()> {
        let id = LinkId::from_uuid(clock::new_id());
        let consent = |shares: &[Share]| Consent {
            shares: shares.iter().copied().collect::<BTreeSet<_>>(),
            words: String::new(),
            by: Decider::Person { unwise: false },
        };
        let team = Some(TeamId::new(TEAM));
        let carer = self.resident(CARER, &partner.name, partner.person)?;
        self.own_assessment(told, partner, &carer)?;
        self.by(24, &carer, partner.person, |person, begun, asking| {
            let offer = Offer {
                id,
                code: CODE.to_owned(),
                side: LinkSide::Carer,
                name: told.name.clone(),
                consent: consent(&[Share::Card]),
                team: team.clone(),
            };
            link::offer(person, &offer, begun, asking)
        })?;
        self.agrees_to_the_link(
            told,
            partner,
            &Answer {
                name: partner.name.clone(),
                consent: consent(&[Share::Communication, Share::Team, Share::Plan]),
                team,
            },
        )?;
        self.by(22, &carer, partner.person, |person, begun, asking| {
            let card = Card {
                looks_after: told.name.clone(),
                steps_in: vec![Named {
                    name: "Mr Lind".to_owned(),
                    relation: "Friend from the choir".to_owned(),
                    reach: "020 7946 0110".to_owned(),
                    words: String::new(),
                }],
                must_know: "Tablets at eight and six, from the box on the shelf. No salt. Sleeps sitting up.".to_owned(),
                key: "Mr Lind has one".to_owned(),
                team: Some(TeamId::new(TEAM)),
            };
            card::write(person, &card, begun, asking)
        })
    }

    /// The one looked after answers the offer by its code: both stories say so.
    fn agrees_to_the_link(
        &self,
        told: &Told,
        partner: &Partner,
        answer: &Answer,
    ) -> anyhow::Result<()> {
        let actor = self.resident(WITH_A_PLAN, &told.name, told.person)?;
        let (one, begun) = self.store.read(|tx| known(tx, told.person))?;
        let two = self.store.read(|tx| stories::person(tx, partner.person))?;
        let offer = two.carers.offered().context("the demo’s carer has offered no link")?;
        let asking = self.asking(&actor, 23);
        let (own, others) = link::agree(&one, &two, offer, answer, begun.0, &asking)?;
        let pair = [(told.person, one.last, own), (partner.person, two.last, others)];
        self.store.write::<_, StoreError>(move |tx| {
            for (person, last, new) in &pair {
                stories::append(tx, *person, *last, new)?;
            }
            Ok(())
        })?;
        Ok(())
    }

    /// Begun online, and a part of it written.
    fn own_assessment(&self, told: &Told, partner: &Partner, carer: &Actor) -> anyhow::Result<()> {
        let readable = Assessment::default();
        let register = OnRegister { resident: None, practice: None, conditions: &[] };
        let ground = Ground { forms: &self.place.forms, readable: &readable, register: &register };
        self.by(25, carer, partner.person, |person, begun, asking| {
            let wanted = Begin {
                form: FormId::new(FORM),
                about: String::new(),
                why: "I am tired, and I would like to know what there is.".to_owned(),
                owner: Owner::Team(TeamId::new(TEAM)),
                due: None,
            };
            begin::begin(person, wanted, begun, &ground, asking)
        })?;
        self.write_section(
            partner.person,
            24,
            carer,
            &Writing {
                form: FORM,
                section: "my-caring",
                voice: Voice::Own,
                rests_on: "",
                replies: vec![
                    (
                        "cares-for",
                        Reply::People(vec![Named {
                            name: told.name.clone(),
                            relation: format!("My {}", spouse(told.gender)),
                            reach: String::new(),
                            words: "Tablets, supper, and the stairs to bed".to_owned(),
                        }]),
                    ),
                    ("hours", Reply::Number(35)),
                    text("good", "We still laugh at the same jokes."),
                ],
            },
        )
    }
}

/// The first of somebody's given names: what they are called.
fn first(given: &str) -> &str {
    given.split(' ').next().unwrap_or(given)
}
