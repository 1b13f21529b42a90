//! The people of the demonstration who have a plan: what they told, what they want, who does what for it,
//! and what came of it.

use std::collections::{BTreeMap, BTreeSet};

use care::assess::Ground;
use care::assess::authority::Decider;
use care::assess::register::OnRegister;
use care::assess::write::{Draft, NotWritten, write};
use care::find::front_door;
use care::find::invitation::{self, Reply as Answer};
use care::plan::{action, agree, meeting, outcome};
use care::record::entry::{Audience, EntryNumber};
use care::record::fact::assess::{Named, Reply, Voice};
use care::record::fact::letter::{LetterFormat, LetterRoute};
use care::record::fact::plan::{Agreement, Area, Basis, Doer, Progress, Source, Way};
use care::record::fact::review::{Attained, Change, ReviewEnd, Risk, Score};
use care::record::fact::{ContactKind, Route};
use care::record::ids::{FormId, PersonId, QuestionId, SectionId, TeamId};
use care::record::person::assessment::Assessment;
use care::review::hold::{Held, hold};
use care::review::score;
use care::who::actor::{Actor, Refusal};
use care::who::letters::{self, Giving};
use care::who::team;
use store::stories;

use super::people::{TEAM, user};
use super::stories::Teller;
use crate::clock;

/// Something that a person wants, as it is written down.
pub struct Wish {
    pub area: Area,
    pub words: &'static str,
    pub need: &'static str,
    pub now: &'static str,
    pub hoped: &'static str,
}

/// What is done for it: by whom, and by when in days from then.
pub struct Step {
    pub wish: usize,
    pub what: &'static str,
    pub source: Source,
    pub by: By,
    pub days: i32,
    pub known_by: &'static str,
}

/// Whose a step is.
pub enum By {
    /// A worker's, by their sign-in name.
    Worker(&'static str, &'static str),
    /// The person's own.
    Person,
    /// Somebody's in the person's life.
    Named(&'static str),
    /// A team's.
    Team(&'static str),
}

impl By {
    fn doer(&self) -> Doer {
        match self {
            Self::Worker(login, name) => Doer::User { id: user(login), name: (*name).to_owned() },
            Self::Person => Doer::Person,
            Self::Named(name) => Doer::Named((*name).to_owned()),
            Self::Team(team) => Doer::Team(TeamId::new(*team)),
        }
    }
}

/// A part of a form, as it is written down.
pub struct Writing {
    pub form: &'static str,
    pub section: &'static str,
    pub voice: Voice,
    pub rests_on: &'static str,
    pub replies: Vec<(&'static str, Reply)>,
}

/// An answer in words.
pub fn text(question: &'static str, words: &str) -> (&'static str, Reply) {
    (question, Reply::Text(words.to_owned()))
}

/// What is said in somebody's words, and written down for them.
pub fn recorded(
    form: &'static str,
    section: &'static str,
    replies: Vec<(&'static str, Reply)>,
) -> Writing {
    let rests_on = "At home, over tea";
    Writing { form, section, voice: Voice::Recorded, rests_on, replies }
}

impl Teller<'_> {
    /// Was reviewed two months ago, at high risk; went into hospital the day before yesterday, so the next
    /// review has come forward by itself.
    pub fn went_into_hospital(&self, person: PersonId) -> anyhow::Result<()> {
        self.said_yes(person, 150, "If it keeps me out of hospital.")?;
        self.join(person, 140, &["nurse", "social-worker", "provider"])?;
        let wishes = [Wish {
            area: Area::Home,
            words: "To stay in my own flat, and not be a burden to my son",
            need: "Two falls since the spring; forgets the evening tablets",
            now: "Help every morning; nobody in the evening",
            hoped: "No fall, and the tablets taken",
        }];
        let steps = [
            Step {
                wish: 0,
                what: "Come every morning: washing, breakfast, tablets",
                source: Source::Council,
                by: By::Worker("provider", "Blessing Ofori"),
                days: 200,
                known_by: "The visits are written down",
            },
            Step {
                wish: 0,
                what: "Ring at eight in the evening about the tablets",
                source: Source::Family,
                by: By::Named("My son"),
                days: 200,
                known_by: "The box is empty in the morning",
            },
            Step {
                wish: 0,
                what: "A falls detector that calls the centre",
                source: Source::Technology,
                by: By::Worker("nurse", "Declan O’Rourke"),
                days: 30,
                known_by: "It was tried out together",
            },
        ];
        self.section(person, 138, "social-worker", &recorded("assessment", "about-me", vec![
            text("important-to-me", "My own front door, my chair by the window, and church on the radio on Sundays."),
            text("please-do", "Please say who you are each time. Please don’t talk to my son as if I were not there."),
        ]))?;
        let (outcomes, actions) = self.plan(person, 130, &wishes, &steps)?;
        self.when_it_gets_worse(person)?;
        self.agree(person, 125, Agreement::Agrees, "Yes, as long as it is the same carer.", "")?;
        self.score(person, 125, &[(outcomes[0], -1, -1)], 5)?;
        self.done(
            person,
            105,
            "nurse",
            actions[2],
            "Fitted, and tried out: the centre rang back in a minute.",
        )?;
        self.score(person, 70, &[(outcomes[0], 0, -1)], 6)?;
        self.review(person, 70, Risk::High)?;
        let review = self.last(person)?;
        self.at(68, "social-worker", person, |person, _, asking| {
            let how = Giving {
                format: LetterFormat::Standard,
                route: LetterRoute::ReadAloud,
                on: asking.today,
                words: "Read together; a copy is behind the clock.".to_owned(),
            };
            letters::give(person, review, &how, asking)
        })?;
        self.at(2, "hospital", person, |person, begun, asking| {
            let said = front_door::Said {
                contact: ContactKind::Contact,
                route: Route::Hospital,
                from: "Ward 7, King’s College Hospital".to_owned(),
                words: "Came in last night with a chest infection. Going home next week, weaker than before.".to_owned(),
                urgent: false,
                person_agrees: Some(true),
                to: TeamId::new(TEAM),
                change: Some(Change::Admitted),
            };
            front_door::record(person, said, begun, asking)
        })
    }

    fn when_it_gets_worse(&self, person: PersonId) -> anyhow::Result<()> {
        self.section(
            person,
            128,
            "nurse",
            &recorded(
                "plan",
                "staying-well",
                vec![text(
                    "helps",
                    "The same face in the morning. A proper breakfast. The wireless.",
                )],
            ),
        )?;
        self.section(person, 128, "nurse", &recorded("plan", "getting-worse", vec![
            text("signs", "I go quiet, I leave my tea, and I mix up day and night."),
            text("then", "One person at a time, and my glasses on. A new place in the night makes it worse."),
            ("call", Reply::People(vec![Named {
                name: "My son".to_owned(),
                relation: "Son".to_owned(),
                reach: "020 7946 0142".to_owned(),
                words: "Any hour".to_owned(),
            }])),
        ]))?;
        self.section(person, 127, "nurse", &Writing {
            form: "plan",
            section: "getting-worse",
            voice: Voice::Professional,
            rests_on: "Talked over with the surgery",
            replies: vec![text("response", "New confusion: ring the community nurses, who look for an infection the same day. After a fall with a knock to the head: 999.")],
        })
    }

    /// Agrees with part of the plan, and says in their own words with what not.
    pub fn agrees_in_part(&self, person: PersonId) -> anyhow::Result<()> {
        self.said_yes(person, 30, "My mother did not have this. I will try it.")?;
        self.join(person, 26, &["social-worker", "navigator"])?;
        let wishes = [Wish {
            area: Area::Work,
            words: "To go back to the repair café two mornings a week",
            need: "Pain in the bones and joints by midday; cannot stand for long",
            now: "Has not been since March",
            hoped: "Two mornings, sitting down for the small repairs",
        }];
        let steps = [
            Step {
                wish: 0,
                what: "Ask the café about a seat at the front bench",
                source: Source::Myself,
                by: By::Person,
                days: 20,
                known_by: "They have said yes or no",
            },
            Step {
                wish: 0,
                what: "Go to the pain class at the library",
                source: Source::Community,
                by: By::Worker("navigator", "Thi Lan Pham"),
                days: 25,
                known_by: "Was there four times",
            },
        ];
        self.plan(person, 20, &wishes, &steps)?;
        self.section(person, 19, "social-worker", &recorded("plan", "staying-well", vec![text(
            "helps",
            "Something to mend. Warmth on the sore places at night, and a walk before it stiffens.",
        )]))?;
        let words = "The café, yes. Not the class: I am not sitting in a ring with strangers.";
        self.agree(person, 12, Agreement::InPart, words, "")?;
        self.list_for_meeting(person, 1, "What else helps with the pain, if not a class?")
    }

    /// Found, asked, and glad of it.
    pub fn said_yes(&self, person: PersonId, ago: i64, words: &str) -> anyhow::Result<()> {
        self.invite(person, "surgery", ago + 8, "At the surgery")?;
        self.at(ago, "surgery", person, |person, _, asking| {
            invitation::answer(person, Answer::Yes, words, asking)
        })
    }

    /// The first keeps the record, and brings the others in.
    pub fn join(&self, person: PersonId, ago: i64, logins: &[&str]) -> anyhow::Result<()> {
        for login in logins {
            let joins = self.actor(login, None)?;
            self.at(ago, "social-worker", person, |person, _, asking| {
                team::join(person, &joins, false, asking)
            })?;
        }
        Ok(())
    }

    pub fn section(
        &self,
        person: PersonId,
        ago: i64,
        login: &str,
        writing: &Writing,
    ) -> anyhow::Result<()> {
        self.write_section(person, ago, &self.actor(login, None)?, writing)
    }

    pub fn write_section(
        &self,
        person: PersonId,
        ago: i64,
        actor: &Actor,
        writing: &Writing,
    ) -> anyhow::Result<()> {
        let entries = self.store.read(|tx| stories::load(tx, person))?;
        let readable = Assessment::of(&entries);
        let register = OnRegister { resident: None, practice: None, conditions: &[] };
        let forms = &self.place.forms;
        let ground = Ground { forms, readable: &readable, register: &register };
        let form = FormId::new(writing.form);
        let replies = writing.replies.iter();
        let replies = replies.map(|(question, reply)| (QuestionId::new(*question), reply.clone()));
        let draft = Draft {
            version: forms.get(&form).map_or(1, |form| form.version),
            form,
            occasion: None,
            section: SectionId::new(writing.section),
            voice: writing.voice,
            replies: replies.collect::<BTreeMap<_, _>>(),
            still_so: BTreeSet::new(),
            rests_on: writing.rests_on.to_owned(),
            saw: Vec::new(),
            audience: Audience::Everyone,
        };
        self.by(ago, actor, person, |person, begun, asking| {
            write(person, draft, begun, &ground, asking).map_err(|why| match why {
                NotWritten::Refused(refusal) => refusal,
                NotWritten::Conflict(_) => Refusal::NotNow("somebody wrote meanwhile".to_owned()),
            })
        })
    }

    /// Writes outcomes and what is done for them; gives the entries of both.
    pub fn plan(
        &self,
        person: PersonId,
        ago: i64,
        wishes: &[Wish],
        steps: &[Step],
    ) -> anyhow::Result<(Vec<EntryNumber>, Vec<EntryNumber>)> {
        let (mut outcomes, mut actions) = (Vec::new(), Vec::new());
        for wish in wishes {
            let wanted = outcome::Wanted {
                of: None,
                words: wish.words.to_owned(),
                area: wish.area,
                need: wish.need.to_owned(),
                now: wish.now.to_owned(),
                hoped: wish.hoped.to_owned(),
            };
            self.at(ago, "social-worker", person, |person, _, asking| {
                outcome::write(person, &wanted, asking)
            })?;
            outcomes.push(self.last(person)?);
        }
        for step in steps {
            let wanted = |today: law::day::Day| action::Wanted {
                of: None,
                outcome: outcomes[step.wish],
                what: step.what.to_owned(),
                source: step.source,
                doer: step.by.doer(),
                due: today.plus_days(step.days),
                known_by: step.known_by.to_owned(),
                draft: false,
            };
            self.at(ago, "social-worker", person, |person, _, asking| {
                action::write(person, &wanted(asking.today), asking)
            })?;
            actions.push(self.last(person)?);
        }
        Ok((outcomes, actions))
    }

    pub fn agree(
        &self,
        person: PersonId,
        ago: i64,
        answer: Agreement,
        words: &str,
        with: &str,
    ) -> anyhow::Result<()> {
        self.at(ago, "social-worker", person, |person, _, asking| {
            let said = agree::Said {
                seen: person.last,
                answer,
                words: words.to_owned(),
                way: Way::Spoken,
                with: with.to_owned(),
                decider: Decider::Person { unwise: false },
            };
            agree::answer(person, &said, asking)
        })
    }

    pub fn done(
        &self,
        person: PersonId,
        ago: i64,
        login: &str,
        done: EntryNumber,
        words: &str,
    ) -> anyhow::Result<()> {
        self.at(ago, login, person, |person, _, asking| {
            action::moved(person, done, Progress::Done, words, person.last, asking)
        })
    }

    /// How each outcome stands, as the person and the worker see it.
    pub fn score(
        &self,
        person: PersonId,
        ago: i64,
        scores: &[(EntryNumber, i8, i8)],
        wellbeing: u8,
    ) -> anyhow::Result<()> {
        let point = |points: i8| Attained::try_from(points).ok();
        let scores = scores.iter().map(|&(outcome, person, worker)| Score {
            outcome,
            person: point(person),
            worker: point(worker),
        });
        let scores: Vec<Score> = scores.collect();
        self.at(ago, "social-worker", person, |person, _, asking| {
            score::score(person, &scores, Some(wellbeing), asking)
        })
    }

    pub fn review(&self, person: PersonId, ago: i64, risk: Risk) -> anyhow::Result<()> {
        self.at(ago, "social-worker", person, |person, _, asking| {
            let held = Held {
                person: "The mornings are good. The evenings are long.".to_owned(),
                worker: "No fall since the detector. The evening tablets are still forgotten once or twice a week.".to_owned(),
                end: ReviewEnd::Same,
                why: "It works, and somebody coming in the evening too is not wanted.".to_owned(),
                still_met: Vec::new(),
                risk,
                next_by: None,
                seen: person.last,
            };
            hold(person, &held, asking)
        })
    }

    pub fn list_for_meeting(&self, person: PersonId, ago: i64, why: &str) -> anyhow::Result<()> {
        // On the Tuesday of next week.
        let on = clock::today().sunday().plus_days(9);
        self.at(ago, "social-worker", person, |person, _, asking| {
            meeting::list(person, TeamId::new(TEAM), on, why, Basis::Agreed, asking)
        })
    }

    fn last(&self, person: PersonId) -> anyhow::Result<EntryNumber> {
        Ok(self.store.read(|tx| stories::person(tx, person))?.last)
    }
}
