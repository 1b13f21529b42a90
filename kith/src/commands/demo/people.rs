//! Who can sign in to the demonstration: three residents, and one of each kind of worker, in one
//! neighbourhood.

use care::find::register::Gender;
use care::record::ids::{OrganisationId, PersonId, RoleId, TeamId, UserId};
use store::users::{self, Account, Seat};
use store::{Store, StoreError};
use uuid::Uuid;
use web::app::Place;
use web::gate::DemoSignIn;
use web::passwords::hash_password;

use super::cast::{self, Tale, Told};
use crate::clock;

/// Everyone's password: it protects nothing real.
pub const PASSWORD: &str = "kith-demo-only";

/// The team of that neighbourhood.
pub const TEAM: &str = "lewisham-central-team";

/// Somebody who works in the demonstration.
pub struct Worker {
    pub login: &'static str,
    pub name: &'static str,
    pub role: &'static str,
    /// The organisation; empty for the surgery.
    pub organisation: &'static str,
    pub team: Option<&'static str>,
    pub does: &'static str,
}

/// The workers. Their names are invented.
pub const WORKERS: &[Worker] = &[
    Worker {
        login: "social-worker",
        name: "Amara Nwosu",
        role: "social-worker",
        organisation: "lewisham-council",
        team: Some(TEAM),
        does: "Sees the people found in her neighbourhood, invites them, and works with them.",
    },
    Worker {
        login: "nurse",
        name: "Declan O’Rourke",
        role: "community-nurse",
        organisation: "RJ2",
        team: Some(TEAM),
        does: "Works on the same records as the social worker, for the community trust.",
    },
    Worker {
        login: "surgery",
        name: "Dr Priya Raman",
        role: "gp-practice",
        organisation: "",
        team: None,
        does: "Sees the people found at her surgery, and refers people to the front door.",
    },
    Worker {
        login: "front-door",
        name: "Kwame Boateng",
        role: "contact-officer",
        organisation: "lewisham-council",
        team: Some("lewisham-front-door"),
        does: "Answers whoever comes, and passes on what others should answer.",
    },
    Worker {
        login: "duty",
        name: "Marcia Bennett",
        role: "social-worker",
        organisation: "lewisham-council",
        team: Some("lewisham-front-door"),
        does: "On duty at Lewisham’s front door: has what nobody owns, and finds it somebody.",
    },
    Worker {
        login: "duty-southwark",
        name: "Tomasz Zielinski",
        role: "social-worker",
        organisation: "southwark-council",
        team: Some("southwark-front-door"),
        does: "On duty at Southwark’s front door: has what nobody owns, and finds it somebody.",
    },
    Worker {
        login: "duty-lambeth",
        name: "Yetunde Bakare",
        role: "social-worker",
        organisation: "lambeth-council",
        team: Some("lambeth-front-door"),
        does: "On duty at Lambeth’s front door: has what nobody owns, and finds it somebody.",
    },
    Worker {
        login: "navigator",
        name: "Thi Lan Pham",
        role: "care-navigator",
        organisation: "good-neighbours",
        team: Some("good-neighbours-links"),
        does: "Helps people find clubs, advice and company. Sees only those she works with.",
    },
    Worker {
        login: "team-lead",
        name: "Grace Adeyemi",
        role: "team-lead",
        organisation: "lewisham-council",
        team: Some(TEAM),
        does: "Sees what is due and late in the neighbourhood, and why records were opened.",
    },
    Worker {
        login: "hospital",
        name: "Joanna Kowalska",
        role: "hospital-discharge",
        organisation: "RJZ",
        team: Some("kch-discharge"),
        does: "Meets people on the ward; has to give a reason to open a record.",
    },
    Worker {
        login: "provider",
        name: "Blessing Ofori",
        role: "provider-worker",
        organisation: "hearthside-care",
        team: None,
        does: "Comes to people’s homes in the mornings; sees their plan, and writes in it.",
    },
    Worker {
        login: "voluntary",
        name: "Mark Ellery",
        role: "voluntary-worker",
        organisation: "carers-circle",
        team: Some("carers-circle-support"),
        does: "Gives carers a break; sees the plans of those he works with.",
    },
    Worker {
        login: OFFICER,
        name: "Samuel Turner",
        role: "finance-officer",
        organisation: "lewisham-council",
        team: Some("lewisham-finance"),
        does: "Works out what people pay, and drafts it for his colleague to decide.",
    },
    Worker {
        login: "finance-check",
        name: "Farah Siddiqui",
        role: "finance-officer",
        organisation: "lewisham-council",
        team: Some("lewisham-finance"),
        does: "Looks at what her colleague drafted, and decides what the person pays.",
    },
];

/// Who works out what people pay.
pub const OFFICER: &str = "finance";

/// The login of the resident who was only invited.
const RESIDENT: &str = "resident";
/// The login of the resident with a plan.
pub const WITH_A_PLAN: &str = "resident-plan";
/// The login of who looks after them.
pub const CARER: &str = "carer";

/// The residents who sign in: their login, who they are, and their story in a line.
fn residents(cast: &[Told]) -> Vec<(&'static str, &str, PersonId, &'static str, String)> {
    let mut residents = Vec::new();
    if let Some(told) = cast::of(cast, Tale::JustInvited) {
        let story = "Was invited last week: looks why, and answers.".to_owned();
        residents.push((RESIDENT, told.name.as_str(), told.person, "Resident", story));
    }
    let looked_after = cast::of(cast, Tale::LookedAfter);
    let pair = looked_after.and_then(|told| Some((told, told.partner.as_ref()?)));
    if let Some((told, partner)) = pair {
        let story = "Has a plan with a nurse and a social worker: reads what is new, and answers.";
        residents.push((
            WITH_A_PLAN,
            &told.name,
            told.person,
            "Resident with a plan",
            story.to_owned(),
        ));
        let story = format!("Looks after {}: reads that plan, and writes in it.", told.name);
        residents.push((CARER, &partner.name, partner.person, "Carer", story));
    }
    residents
}

/// What somebody calls whom they are married to.
pub const fn spouse(gender: Gender) -> &'static str {
    match gender {
        Gender::Female => "wife",
        Gender::Male => "husband",
        Gender::Other | Gender::Unknown => "partner",
    }
}

/// Makes the accounts that are not there yet, and says who can sign in: residents first.
pub fn sign_ins(store: &Store, place: &Place, cast: &[Told]) -> anyhow::Result<Vec<DemoSignIn>> {
    let today = clock::today();
    let mut sign_ins = Vec::new();
    let shown = |login: &str, name: &str, role: String, does: &str| DemoSignIn {
        name: name.to_owned(),
        role,
        does: does.to_owned(),
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
    };
    for (login, name, person, role, story) in residents(cast) {
        let seat = Seat {
            role: RoleId::new("resident"),
            organisation: OrganisationId::new("resident"),
            team: None,
            from: today,
            until: None,
        };
        keep(store, login, name, Some(person), seat)?;
        sign_ins.push(shown(login, name, role.to_owned(), &story));
    }
    let surgery = cast::surgery(cast)?;
    for worker in WORKERS {
        let organisation =
            if worker.organisation.is_empty() { surgery.as_str() } else { worker.organisation };
        let organisation = OrganisationId::new(organisation);
        let role = RoleId::new(worker.role);
        let seat = Seat {
            role: role.clone(),
            organisation: organisation.clone(),
            team: worker.team.map(TeamId::new),
            from: today,
            until: None,
        };
        keep(store, worker.login, worker.name, None, seat)?;
        let title =
            format!("{}, {}", place.role_title(&role), place.organisation_name(&organisation));
        sign_ins.push(shown(worker.login, worker.name, title, worker.does));
    }
    Ok(sign_ins)
}

/// The GPs of the neighbourhood's other surgeries: invented, and nobody signs in as them.
pub const OTHER_GPS: &[&str] = &[
    "Dr Helen Asante",
    "Dr Imran Qureshi",
    "Dr Marta Zielińska",
    "Dr Owen Pritchard",
    "Dr Sunita Rao",
    "Dr Tomás Herrera",
    "Dr Ngozi Umeh",
    "Dr Fiona Campbell",
    "Dr Yusuf Demir",
    "Dr Li Wen Tan",
    "Dr Patrick Lindqvist",
    "Dr Adwoa Sarpong",
];

/// The user of a login: always the same.
pub fn user(login: &str) -> UserId {
    let digest = care::record::hash::Hash::of(login.as_bytes());
    let mut bytes = [0u8; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    UserId::from_uuid(Uuid::new_v8(bytes))
}

fn keep(
    store: &Store,
    login: &str,
    name: &str,
    person: Option<PersonId>,
    seat: Seat,
) -> anyhow::Result<()> {
    let there = store.read(|tx| users::account_of(tx, login))?;
    if there.is_some() {
        return Ok(());
    }
    let password = hash_password(PASSWORD)
        .map_err(|_| anyhow::anyhow!("the demo’s password cannot be hashed on this machine"))?;
    let account = Account {
        user: user(login),
        login: login.to_owned(),
        name: name.to_owned(),
        password: Some(password),
        active: true,
        signed_in_at: None,
        person,
    };
    let at = clock::now();
    store.write::<_, StoreError>(move |tx| {
        users::add(tx, &account, at)?;
        users::add_seat(tx, account.user, &seat)
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use care::who::role::Roles;

    use super::*;
    use crate::commands::places::is_told_all;

    #[test]
    fn what_nobody_owns_is_somebodys_in_every_borough_of_the_demo() {
        let policy = concat!(env!("CARGO_MANIFEST_DIR"), "/../policy");
        let read = |name: &str| std::fs::read_to_string(format!("{policy}/{name}")).unwrap();
        let roles = Roles::read(&read("access/roles.toml")).unwrap();
        let teams: toml::Table = toml::from_str(&read("places/teams.toml")).unwrap();
        let fallbacks = teams["fallback"].as_array().unwrap();
        assert!(!fallbacks.is_empty());
        for team in fallbacks.iter().map(|one| one["team"].as_str().unwrap()) {
            let there = WORKERS.iter().filter(|one| one.team == Some(team));
            let mut roles = there.filter_map(|one| roles.get(&RoleId::new(one.role)));
            assert!(roles.any(is_told_all), "{team}");
        }
    }
}
