//! The place, read whole from the policy folder and checked: what the pages start from.

use care::who::actor::Promises;
use care::who::role::Roles;
use web::app::Place;

use crate::context::Context;
use crate::policy;

/// Reads everything a place says of itself; the first thing that is wrong is the error.
pub fn read(context: &Context, name: &str) -> anyhow::Result<Place> {
    let places = policy::places(context)?;
    let teams = policy::teams(context, &places)?;
    let cohorts = policy::cohorts(context)?;
    if let Some(problem) = cohorts.problems.first() {
        anyhow::bail!("{problem}");
    }
    let roles = Roles::read(&context.policy_text("access/roles.toml")?)?;
    let forms = policy::forms(context)?;
    let listed = |id: &str| {
        cohorts.lists.values().any(|list| list.conditions.iter().any(|known| known.id == id))
    };
    if let Some(stranger) = forms.strangers(&roles, listed).first() {
        anyhow::bail!("{stranger}");
    }
    Ok(Place {
        name: name.to_owned(),
        teams,
        places,
        roles,
        promises: Promises::read(&context.policy_text("promises.toml")?)?,
        cohorts,
        law: policy::charging(context, &[])?,
        forms,
    })
}
