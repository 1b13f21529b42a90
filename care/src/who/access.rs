//! Who may see what: decided here and nowhere else, by role, organisation, team and relationship
//! to the person, entry by entry.
//!
//! Three questions, in this order. May this user open this record ([`may_open`])? Which parts of it
//! does their role see (its [`Role`](super::role::Role))? May they read this entry ([`may_read`])?

use std::collections::{BTreeMap, BTreeSet};

use law::choices;
use law::day::Day;

use crate::record::entry::{Audience, Author, Entry, EntryNumber};
use crate::record::fact::Fact;
use crate::record::fact::assess::FormKind;
use crate::record::fact::carer::{CardWritten, Share};
use crate::record::fact::decision::{AuthorityKind, Matter};
use crate::record::fact::plan::MessageSent;
use crate::record::ids::{FormId, PersonId, SectionId, TeamId, UserId};
use crate::record::moment::Moment;
use crate::record::person::{Opening, Person, Told};

use super::actor::Actor;
use super::role::{Part, Reach, Right};

/// What access needs to know of a person: from the register, and from derived rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The person.
    pub person: PersonId,
    /// The GP practice where they are registered.
    pub practice: Option<String>,
    /// Whether they were found, invited or in touch: the caseload of their area.
    pub in_touch: bool,
    /// The users in their team.
    pub members: Vec<UserId>,
    /// The teams that own something due about them, each with the first entry that such work comes
    /// from; but not those told to look at an opening.
    pub teams: BTreeMap<TeamId, EntryNumber>,
    /// Whether the record is restricted to their own team.
    pub restricted: bool,
}

choices! {
    /// Why a record may be opened.
    Relationship {
        /// It is their own.
        Myself "myself" "this is your own record",
        /// They act for the person, with authority that is on record and holds today.
        Represents "represents" "you have authority to act for this person",
        Member "member" "you are in this person’s team",
        /// The person is a patient of their surgery.
        Practice "practice" "this person is registered at your surgery",
        Area "area" "this person is in touch with us, in your team’s area",
        /// Their team owns something due about the person.
        Work "work" "your team has work to do for this person",
        /// They gave a reason, which still holds.
        Reason "reason" "you opened this record and gave a reason",
    }
}

/// Whether a record may be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Yes, and why.
    Yes(Relationship),
    /// Only after giving a reason, which the record's keeper is told.
    WithReason,
    /// No; and that the person exists is not confirmed.
    No,
}

/// Whether somebody works with a person, and how: all that lists and searches show rests on this.
pub fn relationship(actor: &Actor, subject: &Subject) -> Option<Relationship> {
    if actor.person == Some(subject.person) {
        return Some(Relationship::Myself);
    }
    if !actor.role.works() {
        return None;
    }
    if subject.members.contains(&actor.user) {
        return Some(Relationship::Member);
    }
    if subject.restricted {
        return None;
    }
    let covered = subject.practice.as_ref().is_some_and(|practice| actor.covers(practice));
    match actor.role.reach {
        Reach::Practice if covered => Some(Relationship::Practice),
        Reach::Area if covered && subject.in_touch => Some(Relationship::Area),
        // Last: it shows less than the others (`may_read`).
        _ => work_since(actor, subject).map(|_| Relationship::Work),
    }
}

/// The entry that the work of somebody's team about a person comes from, where there is any.
pub fn work_since(actor: &Actor, subject: &Subject) -> Option<EntryNumber> {
    subject.teams.get(actor.team.as_ref()?).copied()
}

/// Whether a user may open a person's record now. `person` is what the story adds up to, so that a
/// reason given a while ago still holds.
pub fn may_open(actor: &Actor, subject: &Subject, person: &Person, now: Moment) -> Access {
    if actor.role.reach == Reach::Represents {
        let may = !acts_in(actor, person, now.utc_day()).is_empty();
        return if may { Access::Yes(Relationship::Represents) } else { Access::No };
    }
    match relationship(actor, subject) {
        // A reason shows more than work does, and is looked at afterwards.
        Some(Relationship::Work) if person.open_to(actor.user, now) => {
            return Access::Yes(Relationship::Reason);
        }
        Some(relationship) => return Access::Yes(relationship),
        None => {}
    }
    // A restricted record hides that it is there: an address could put a life at risk.
    if subject.restricted || !actor.role.may(Right::OpenWithReason) {
        return Access::No;
    }
    if reviews(actor, person) {
        return Access::Yes(Relationship::Work);
    }
    if person.open_to(actor.user, now) {
        return Access::Yes(Relationship::Reason);
    }
    Access::WithReason
}

/// The matters in which a user acts for a person on a day: the record holds their authority, under their
/// name, registered where it must be, in date, and of use.
///
/// An attorney for health and welfare decides only what the person cannot (Mental Capacity Act 2005
/// s11(7)(a)): so in a matter in which the person was last found to lack capacity, while that can be
/// relied on. A deputy for welfare decides nothing in a matter in which the person has capacity (s20(1)).
pub fn acts_in(actor: &Actor, person: &Person, on: Day) -> BTreeSet<Matter> {
    if actor.represents != Some(person.id) {
        return BTreeSet::new();
    }
    let decisions = &person.decisions;
    let may = |matter: Matter| {
        decisions.holding(matter, on).any(|authority| {
            let said = &authority.recorded.said;
            let of_use = match said.authority {
                AuthorityKind::LpaHealth => decisions.lacks_in(matter, on),
                AuthorityKind::DeputyWelfare => !decisions.has_in(matter),
                // Whoever restricts somebody decides nothing by that.
                AuthorityKind::Liberty => false,
                _ => true,
            };
            of_use && said.holder.trim().eq_ignore_ascii_case(actor.name.trim())
        })
    };
    Matter::ALL.iter().copied().filter(|matter| may(*matter)).collect()
}

/// Whether a user acts for a person in matters of money on a day.
pub fn represents_in_money(actor: &Actor, person: &Person, on: Day) -> bool {
    let matters = acts_in(actor, person, on);
    [Matter::Money, Matter::Benefits].iter().any(|matter| matters.contains(matter))
}

/// Whether an entry concerns somebody who acts for the person: by what their authority is about.
fn concerns(actor: &Actor, entry: &Entry) -> bool {
    let sees = |part: Part| {
        let parts = actor.acts_in.iter().filter_map(|matter| actor.role.sees_in.get(matter));
        parts.into_iter().any(|parts| parts.contains(&part))
    };
    if entry.audience != Audience::Everyone {
        return false;
    }
    match &entry.fact {
        fact if fact.is_of_means() => sees(Part::Means),
        Fact::Communication(_) => sees(Part::Communication),
        Fact::CapacityAssessed(assessed) => actor.acts_in.contains(&assessed.matter),
        Fact::DecisionMade(made) => actor.acts_in.contains(&made.matter),
        // Their own authority; nobody else’s is theirs to know.
        Fact::AuthorityRecorded(theirs) => {
            theirs.holder.trim().eq_ignore_ascii_case(actor.name.trim())
        }
        fact => match fact.of_form() {
            // What is gathered about capacity may be about them: they read what was found.
            Some(FormKind::Capacity | FormKind::BestInterests | FormKind::Contact) | None => false,
            Some(kind) => !kind.is_safeguarding() && part_of_form(kind).is_some_and(sees),
        },
    }
}

/// Whether it is for this user to look at why somebody else opened the record: the team that was
/// told, where nobody else keeps the record.
fn reviews(actor: &Actor, person: &Person) -> bool {
    let told = |opening: &Opening| {
        let opener = opening.opened.author.user;
        let kept = person.keeper().is_some_and(|keeper| keeper.user != opener);
        let team = opening.opened.said.tell.as_ref();
        !opening.reviewed && !kept && opener != actor.user && team == actor.team.as_ref()
    };
    actor.role.may(Right::ReviewOpenings)
        && actor.team.is_some()
        && person.openings.iter().any(told)
}

/// Whether somebody to whom the record is open by a relationship may read one entry of it.
///
/// What tells of money, what was assessed and what tells of abuse is only for roles that see it, and
/// for the person.
///
/// Anyone may record a contact for any team, also their own: it opens the record, but not what was
/// written before it for fewer than everyone (docs/decisions/0008).
pub fn may_read(
    actor: &Actor,
    subject: &Subject,
    relationship: Relationship,
    entry: &Entry,
) -> bool {
    let since = match relationship {
        Relationship::Work => work_since(actor, subject).unwrap_or(0),
        _ => 0,
    };
    let before = entry.number < since
        && entry.audience != Audience::Everyone
        && entry.author.user != actor.user;
    // Whoever acts for the person reads what their authority is about, and no more.
    if relationship == Relationship::Represents && !concerns(actor, entry) {
        return false;
    }
    let own = entry.author.user == actor.user;
    // Whoever raised a concern may read what they wrote.
    let form = own || sees_form(actor, entry);
    let plan = own || sees_plan(actor, entry);
    !before
        && sees_money(actor, entry)
        && form
        && plan
        && is_for(actor, subject.person, entry.audience, &entry.author)
}

/// Whether lists may tell somebody of what comes from an entry, such as something due: by the part of
/// the page it belongs to, and by whom it is for. That they wrote it is not enough: what others did
/// since, which they may not read, would be told by what becomes of the line.
pub fn may_be_told(actor: &Actor, entry: &Entry) -> bool {
    let safeguards =
        entry.audience != Audience::Safeguarding || actor.role.sees(Part::Safeguarding);
    sees_money(actor, entry)
        && sees_form(actor, entry)
        && sees_plan(actor, entry)
        && safeguards
        && is_for(actor, entry.person, entry.audience, &entry.author)
}

fn sees_money(actor: &Actor, entry: &Entry) -> bool {
    !entry.fact.is_of_means() || actor.role.sees(Part::Means)
}

fn sees_form(actor: &Actor, entry: &Entry) -> bool {
    entry.fact.of_form().and_then(part_of_form).is_none_or(|part| actor.role.sees(part))
}

/// The plan is for those with whom it is shared; what professionals made of it for those who see the
/// assessment, and a message for whoever it is to.
fn sees_plan(actor: &Actor, entry: &Entry) -> bool {
    let role = &actor.role;
    (!entry.fact.is_of_plan() || role.sees(Part::Plan))
        && (!entry.fact.is_about_plan()
            || role.sees(Part::Assessment)
            || matches!(&entry.fact, Fact::MessageSent(sent) if is_to(actor, sent)))
}

/// Whether a message is to this user, or to their team, or one whose work theirs has by now.
pub fn is_to(actor: &Actor, sent: &MessageSent) -> bool {
    let theirs =
        |team: &TeamId| actor.team.as_ref() == Some(team) || actor.took_over.contains(team);
    sent.to == Some(actor.user) || sent.team.as_ref().is_some_and(theirs)
}

/// What a person agreed that whoever asks may see of them: a carer, or somebody cared for, who is linked
/// with them. None where they are not linked, or the record is restricted. It opens one page and no
/// other ([`may_open`] knows nothing of it), and of the story only [`may_read_shared`].
pub fn shared_with(actor: &Actor, subject: &Subject, person: &Person) -> Option<BTreeSet<Share>> {
    let other = actor.person.filter(|_| actor.role.reach == Reach::Myself)?;
    person.shares_with(other).filter(|_| !subject.restricted)
}

/// Whether an entry is among what a person shares with somebody they are linked with: nothing of a section
/// that its form keeps `private`.
pub fn may_read_shared(
    shares: &BTreeSet<Share>,
    private: impl Fn(&FormId, &SectionId) -> bool,
    entry: &Entry,
) -> bool {
    let part = match &entry.fact {
        Fact::Communication(_) => Share::Communication,
        Fact::TeamJoined(_) | Fact::TeamLeft(_) => Share::Team,
        Fact::CardWritten(_) => Share::Card,
        Fact::SectionWritten(written) if private(&written.form, &written.section) => return false,
        Fact::SectionWritten(_) | Fact::SectionConfirmed(_) | Fact::SectionOutdated(_)
            if matches!(entry.fact.of_form(), Some(FormKind::Assessment | FormKind::Carer)) =>
        {
            Share::Assessment
        }
        Fact::EligibilityDecided(_) => Share::Assessment,
        Fact::OutcomeWritten(_)
        | Fact::OutcomeEnded(_)
        | Fact::ActionWritten(_)
        | Fact::ActionMoved(_) => Share::Plan,
        _ => return false,
    };
    entry.audience == Audience::Everyone && shares.contains(&part)
}

/// The carer's emergency card, for those who work with the person cared for: while both are linked and
/// the carer agrees to it.
pub fn card_for(carer: &Person, cared_for: PersonId) -> Option<&Told<CardWritten>> {
    let shares = carer.shares_with(cared_for)?;
    carer.carers.card.as_ref().filter(|_| shares.contains(&Share::Card))
}

/// The part of the page in which the sections of a form stand, where not every role sees it: what is
/// said at the front door does not wait for the assessment.
pub fn part_of_form(kind: FormKind) -> Option<Part> {
    match kind {
        FormKind::Contact => None,
        FormKind::Plan => Some(Part::Plan),
        kind if kind.is_safeguarding() => Some(Part::Safeguarding),
        _ => Some(Part::Assessment),
    }
}

/// Whether an entry for an audience is for this user, who works with the person.
pub fn is_for(actor: &Actor, person: PersonId, audience: Audience, author: &Author) -> bool {
    let own = actor.person == Some(person);
    match audience {
        Audience::Everyone => true,
        // Who wrote it may read it, also about themselves.
        Audience::Professionals => !own || author.user == actor.user,
        Audience::Safeguarding => {
            !own && (actor.role.sees(Part::Safeguarding) || author.user == actor.user)
        }
        Audience::Organisation => !own && author.organisation == actor.organisation,
    }
}
