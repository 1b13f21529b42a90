//! A few stories for the demonstration, told by the same decisions that the pages make.

use std::sync::Arc;

use anyhow::Context as _;
use care::find::front_door::{self, Said};
use care::find::invitation::{self, Found, Reply};
use care::find::register::Resident;
use care::find::search::folded;
use care::fund::means::{self, Statement};
use care::record::entry::{Audience, NewEntry};
use care::record::fact::letter::LetterFormat;
use care::record::fact::{
    Begun, ChargeDecided, Communication, ContactKind, EvidenceSeen, Identity, MeansList, Outcome,
    Route,
};
use care::record::ids::{PersonId, RoleId, TeamId};
use care::record::person::Person;
use care::who::actor::{Actor, Asking, Refusal};
use care::who::{team, writing};
use law::charging::{Basis, CapitalTreat, Case, Row as _, Setting};
use law::day::{Day, PartialDay};
use law::pence::Pence;
use store::engine::Tx;
use store::stories;
use store::{Store, StoreError, register, runs};
use web::app::{Place, london_day};

use super::cast::{self, Tale, Told};
use super::people::{self, TEAM, WORKERS};
use crate::clock;

/// Tells the stories, from some weeks ago until today.
pub fn tell(store: &Store, place: &Place, cast: &[Told]) -> anyhow::Result<()> {
    let teller = Teller { store, place, surgery: cast::surgery(cast)? };
    for told in cast {
        teller.tells(told)?;
    }
    teller.pays_for_care(cast)?;
    teller.not_on_the_register()
}

/// The team that works out what people pay.
const FINANCE_TEAM: &str = "lewisham-finance";
/// Its borough.
const FINANCE_BOROUGH: &str = "Lewisham";

/// How many of those who pay are looked at for the stories.
const CHARGED: u32 = 400;

pub(super) struct Teller<'a> {
    pub(super) store: &'a Store,
    pub(super) place: &'a Place,
    /// Where the surgery's sign-in works.
    surgery: String,
}

type Decided = Result<Vec<NewEntry>, Refusal>;

impl Teller<'_> {
    fn tells(&self, told: &Told) -> anyhow::Result<()> {
        let person = told.person;
        match told.tale {
            Tale::LookedAfter => self.looked_after(told),
            Tale::WentIntoHospital => self.went_into_hospital(person),
            Tale::AfterAFall => self.after_a_fall(person),
            Tale::AgreesInPart => self.agrees_in_part(person),
            Tale::WorksWell => self.works_well(person),
            Tale::NeedsTime => self.needs_time(person),
            Tale::SaidNo => self.said_no(person),
            Tale::JustInvited => self.just_invited(person),
            Tale::LateToAnswer => self.late_to_answer(person),
        }
    }

    /// The resident who signs in: invited last week, not answered yet.
    fn just_invited(&self, person: PersonId) -> anyhow::Result<()> {
        self.invite(person, "social-worker", 6, "By letter")
    }

    /// Said yes; three people of three organisations work with them.
    fn works_well(&self, person: PersonId) -> anyhow::Result<()> {
        self.invite(person, "surgery", 40, "At the surgery")?;
        self.at(33, "surgery", person, |person, _, asking| {
            invitation::answer(
                person,
                Reply::Yes,
                "I am tired of telling everyone the same things.",
                asking,
            )
        })?;
        for (ago, login) in [(30, "social-worker"), (29, "nurse"), (20, "navigator")] {
            self.at(ago, login, person, |person, _, asking| {
                team::join(person, asking.actor, false, asking)
            })?;
        }
        self.at(28, "nurse", person, |person, begun, asking| {
            let said = Communication {
                language: Some("English".to_owned()),
                interpreter: false,
                needs: "Speak on the left side: hears better there. Large print for letters."
                    .to_owned(),
                adjustments: "Visits after 10am, when the inhaler has worked.".to_owned(),
                letters: Some(LetterFormat::Large),
            };
            writing::communication(person, &said, begun, asking)
        })?;
        self.note(27, "nurse", person, Audience::Everyone, "First visit at home. Breathing is worse on the stairs and in the cold. Wants most of all to get back to the allotment.")?;
        self.note(19, "navigator", person, Audience::Everyone, "Went together to the allotment. The water tap is near the gate, and the bench is in the sun. A neighbour drives there on Saturdays from now on.")?;
        self.note(
            12,
            "social-worker",
            person,
            Audience::Professionals,
            "A relative telephoned, worried about money, and asked that we do not say so.",
        )?;
        self.note(
            3,
            "nurse",
            person,
            Audience::Everyone,
            "Uses the spacer well now; slept through four nights of seven. The surgery looks at the inhaler next week.",
        )
    }

    fn said_no(&self, person: PersonId) -> anyhow::Result<()> {
        self.invite(person, "social-worker", 25, "By telephone")?;
        self.at(25, "social-worker", person, |person, _, asking| {
            invitation::answer(
                person,
                Reply::No,
                "I manage, thank you. My daughter sees to things.",
                asking,
            )
        })
    }

    fn needs_time(&self, person: PersonId) -> anyhow::Result<()> {
        self.invite(person, "surgery", 12, "At the surgery")?;
        let until = clock::today().plus_days(20);
        self.at(9, "surgery", person, |person, _, asking| {
            invitation::answer(person, Reply::Later(until), "After my eye operation.", asking)
        })
    }

    /// Invited, and nobody has asked again: late on the list.
    fn late_to_answer(&self, person: PersonId) -> anyhow::Result<()> {
        self.invite(person, "nurse", 30, "By letter")
    }

    /// A referral from hospital, passed on and answered; an assessment is promised.
    fn after_a_fall(&self, person: PersonId) -> anyhow::Result<()> {
        self.at(5, "hospital", person, |person, begun, asking| {
            let said = Said {
                contact: ContactKind::Referral,
                route: Route::Hospital,
                from: "Ward 7, King’s College Hospital".to_owned(),
                words: "Came in after a fall in the kitchen; nothing broken. Lives alone. Says the bath is the trouble. Going home tomorrow.".to_owned(),
                urgent: false,
                person_agrees: Some(true),
                to: TeamId::new("lewisham-front-door"),
                change: None,
            };
            front_door::record(person, said, begun, asking)
        })?;
        self.at(4, "front-door", person, |person, _, asking| {
            let contact = person.contacts.last().map_or(0, |state| state.contact.entry);
            front_door::pass_on(
                person,
                contact,
                TeamId::new(TEAM),
                "The neighbourhood team is at this surgery on Tuesdays.",
                asking,
            )
        })?;
        self.at(3, "social-worker", person, |person, _, asking| {
            let contact = person.contacts.last().map_or(0, |state| state.contact.entry);
            front_door::answer(
                person,
                contact,
                Outcome::Assessment,
                "Telephoned. We will come on Friday and look at the bath together.",
                asking,
            )
        })
    }

    /// Two of those who pay already: one told of a change, and an officer has drafted what follows; the
    /// other waits for an officer.
    fn pays_for_care(&self, told_of: &[Told]) -> anyhow::Result<()> {
        let paying = self.paying(told_of)?;
        // A very small borough may have nobody who pays by their means.
        let Some(((drafted, decided), others)) = paying.split_first() else { return Ok(()) };
        let waiting = others.iter().filter(|(_, said)| saves_at_home(said));
        let Some((waiting, _)) = waiting.max_by_key(|(_, said)| for_savings(said)) else {
            return Ok(());
        };
        self.ask_means(
            *drafted,
            12,
            "Writes that the work pension went up, and sent the payment slip.",
        )?;
        self.draft(*drafted, changed(decided.case.clone(), clock::today()))?;
        self.ask_means(
            *waiting,
            4,
            "Rang: there is less in the savings account than in the spring.",
        )
    }

    /// Those near who pay by their means and of whom no other story is told; first whoever has a work
    /// pension, which is what goes up.
    fn paying(&self, told_of: &[Told]) -> anyhow::Result<Vec<(PersonId, Arc<ChargeDecided>)>> {
        let mut paying = Vec::new();
        for person in self.store.read(|tx| stories::charged(tx, None, CHARGED))? {
            let resident = self.store.read(|tx| register::resident(tx, person))?;
            let Some(resident) = resident.filter(|one| self.is_near(one)) else { continue };
            let name = format!("{} {}", resident.given, resident.family);
            let mut told = told_of.iter().flat_map(Told::names);
            if told.any(|told| folded(&name) == folded(told)) {
                continue;
            }
            let means = self.store.read(|tx| stories::person(tx, person))?.means;
            let Some(told) = means.decided.into_iter().next() else { continue };
            if told.said.charge > Pence::ZERO && told.said.basis == Basis::Means {
                paying.push((person, Arc::clone(&told.said)));
            }
        }
        paying.sort_by_key(|(_, said)| work_pension(&said.case).is_none());
        Ok(paying)
    }

    /// Drafts what somebody's means are now. The demo starts also in a year whose figures nobody has added
    /// yet: then it waits.
    fn draft(&self, person: PersonId, case: Case) -> anyhow::Result<()> {
        if self.place.law.rates.on(case.as_of).is_err() {
            return Ok(());
        }
        self.at(3, people::OFFICER, person, |person, _, asking| {
            let slip = work_pension(&case).map(|row| EvidenceSeen {
                list: MeansList::Income,
                row,
                what: "Payment slip of this month".to_owned(),
            });
            let before = person.means.decided.last().map(|told| &told.said.case);
            let words = "The work pension went up. Nothing else has changed.";
            let statement = Statement { case, seen: slip.into_iter().collect(), words, before };
            means::draft(person, statement, &self.place.law, asking)
        })
    }

    /// Whether somebody's surgery is in the borough of the team that works out what people pay.
    fn is_near(&self, resident: &Resident) -> bool {
        let practice = resident.practice.as_deref().and_then(|ods| self.place.places.practice(ods));
        practice.is_some_and(|practice| practice.borough == FINANCE_BOROUGH)
    }

    /// Asks for a financial assessment of somebody, as whoever keeps their record.
    fn ask_means(&self, person: PersonId, ago: i64, words: &str) -> anyhow::Result<()> {
        let told_on = london_day(clock::days_ago(ago));
        self.at(ago, "social-worker", person, |person, _, asking| {
            team::join(person, asking.actor, true, asking)
        })?;
        self.at(ago, "social-worker", person, |person, begun, asking| {
            means::ask(person, told_on, words, TeamId::new(FINANCE_TEAM), begun, asking)
        })
    }

    /// Somebody whom no surgery has sent: her neighbour came to the front door.
    fn not_on_the_register(&self) -> anyhow::Result<()> {
        let person = PersonId::from_uuid(clock::new_id());
        self.at(1, "front-door", person, |person, _, asking| {
            let begun = front_door::describe(Identity {
                given: "Miriam".to_owned(),
                family: "Castle-Osei".to_owned(),
                born: PartialDay::parse("1944").ok(),
                address: vec!["Flat 9, 2 Osier Gardens".to_owned(), "London".to_owned()],
                telephone: Some("020 7946 0123".to_owned()),
                ..Identity::default()
            })?;
            let said = Said {
                contact: ContactKind::Enquiry,
                route: Route::Family,
                from: "Her neighbour, Mrs Haddad, flat 10".to_owned(),
                words: "Has not seen her at the bins for a week; she answers the door but not for long. Who could call on her?".to_owned(),
                urgent: true,
                person_agrees: None,
                to: TeamId::new("lewisham-front-door"),
                change: None,
            };
            front_door::record(person, said, begun, asking)
        })
    }

    fn note(
        &self,
        ago: i64,
        login: &str,
        person: PersonId,
        audience: Audience,
        text: &str,
    ) -> anyhow::Result<()> {
        self.at(ago, login, person, |person, begun, asking| {
            writing::note(person, text, audience, begun, asking)
        })
    }

    pub(super) fn invite(
        &self,
        person: PersonId,
        login: &str,
        ago: i64,
        how: &str,
    ) -> anyhow::Result<()> {
        let found = self.store.read::<_, StoreError>(|tx| {
            let mut found = None;
            for one in runs::found_of(tx, person)? {
                if let Some(run) =
                    runs::run(tx, one.run)?.filter(|run| run.criterion == "three-conditions")
                {
                    found = Some((run, one.evidence));
                }
            }
            Ok(found)
        })?;
        let (run, evidence) = found.context("the demo invites somebody whom no run found")?;
        let evidence = serde_json::from_str(&evidence)?;
        let found = Found {
            run: run.id,
            criterion: run.criterion,
            version: run.version,
            reason: run.reason,
            as_of: run.as_of,
            evidence,
        };
        self.at(ago, login, person, |person, begun, asking| {
            invitation::invite(person, found, how, TeamId::new(TEAM), begun, asking)
        })
    }

    /// Lets a worker decide something, so many days ago.
    pub(super) fn at(
        &self,
        days_ago: i64,
        login: &str,
        id: PersonId,
        decide: impl FnOnce(&Person, Begun, &Asking<'_>) -> Decided,
    ) -> anyhow::Result<()> {
        let (_, begun) = self.store.read(|tx| known(tx, id))?;
        self.by(days_ago, &self.actor(login, begun.1.as_deref())?, id, decide)
    }

    /// Lets somebody decide something, so many days ago.
    pub(super) fn by(
        &self,
        days_ago: i64,
        actor: &Actor,
        id: PersonId,
        decide: impl FnOnce(&Person, Begun, &Asking<'_>) -> Decided,
    ) -> anyhow::Result<()> {
        let (person, begun) = self.store.read(|tx| known(tx, id))?;
        let new = decide(&person, begun.0, &self.asking(actor, days_ago))?;
        let last = person.last;
        self.store.write::<_, StoreError>(move |tx| {
            stories::append(tx, id, last, &new)?;
            Ok(())
        })?;
        Ok(())
    }

    /// What somebody who decides is told, so many days ago.
    pub(super) fn asking<'b>(&'b self, actor: &'b Actor, days_ago: i64) -> Asking<'b> {
        let now = clock::days_ago(days_ago);
        Asking { actor, today: london_day(now), now, promises: &self.place.promises }
    }

    /// A resident who is signed in.
    pub(super) fn resident(
        &self,
        login: &str,
        name: &str,
        person: PersonId,
    ) -> anyhow::Result<Actor> {
        let role = self.place.roles.get(&RoleId::new("resident"));
        Ok(Actor {
            user: people::user(login),
            name: name.to_owned(),
            role: role.context("there is no role ‘resident’")?.clone(),
            organisation: care::record::ids::OrganisationId::new("resident"),
            team: None,
            practices: Vec::new(),
            person: Some(person),
            represents: None,
            acts_in: std::collections::BTreeSet::new(),
            took_over: std::collections::BTreeSet::new(),
        })
    }

    pub(super) fn actor(&self, login: &str, practice: Option<&str>) -> anyhow::Result<Actor> {
        let worker = WORKERS.iter().find(|worker| worker.login == login);
        let worker = worker.with_context(|| format!("the demo has no worker ‘{login}’"))?;
        let role = self.place.roles.get(&RoleId::new(worker.role));
        let organisation = if worker.organisation.is_empty() {
            practice.unwrap_or("")
        } else {
            worker.organisation
        };
        let other = worker.organisation.is_empty() && organisation != self.surgery;
        let (user, name) = if other {
            (people::user(&format!("{login} {organisation}")), self.other_gp(organisation)?)
        } else {
            (people::user(login), worker.name)
        };
        Ok(Actor {
            user,
            name: name.to_owned(),
            role: role.with_context(|| format!("there is no role ‘{}’", worker.role))?.clone(),
            organisation: care::record::ids::OrganisationId::new(organisation),
            team: worker.team.map(TeamId::new),
            practices: Vec::new(),
            person: None,
            represents: None,
            acts_in: std::collections::BTreeSet::new(),
            took_over: std::collections::BTreeSet::new(),
        })
    }

    /// Who writes for a surgery where nobody signs in: somebody of its own.
    fn other_gp(&self, practice: &str) -> anyhow::Result<&'static str> {
        let practices = self.place.practices_of(&TeamId::new(TEAM), clock::today());
        let place = practices.iter().position(|one| one == practice);
        let name = place.and_then(|place| people::OTHER_GPS.get(place));
        name.copied().with_context(|| format!("the demo has no GP for the surgery {practice}"))
    }
}

/// Means as they are from the week of a day, with a little more coming in.
fn changed(case: Case, today: Day) -> Case {
    let mut case = Case { as_of: today.sunday().plus_days(-6), ..case };
    let pension = work_pension(&case).or(case.income.len().checked_sub(1));
    if let Some(income) = pension.and_then(|at| case.income.get_mut(at)) {
        income.amount += Pence::new(640);
    }
    case
}

/// Whether somebody lives at home and has savings.
fn saves_at_home(said: &ChargeDecided) -> bool {
    let mut capital = said.case.capital.iter();
    said.case.setting == Setting::Home && capital.any(|one| one.kind.treat == CapitalTreat::Counted)
}

/// The income that their savings are taken to bring.
fn for_savings(said: &ChargeDecided) -> Option<Pence> {
    let tariff = said.working.iter().find(|line| line.code == "income.tariff");
    tariff.map(|line| line.amount)
}

/// Where a work pension stands among the income.
fn work_pension(case: &Case) -> Option<usize> {
    case.income.iter().position(|income| income.kind.code() == "occupational-pension")
}

/// A person's story so far, what would begin it, and their surgery.
pub(super) fn known(
    tx: &mut dyn Tx,
    id: PersonId,
) -> Result<(Person, (Begun, Option<String>)), StoreError> {
    let person = stories::person(tx, id)?;
    let resident = register::resident(tx, id)?;
    let practice = resident.as_ref().and_then(|resident| resident.practice.clone());
    let identity = resident.map(|resident| resident.identity());
    let on_register = identity.is_some();
    Ok((person, (Begun { identity: identity.unwrap_or_default(), on_register }, practice)))
}
