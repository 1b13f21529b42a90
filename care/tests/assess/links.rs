//! Two people are linked by both, each for themself, and see of each other what each agreed to.

use std::collections::BTreeSet;

use care::assess::authority::{By, Decider};
use care::assess::link::{self, Answer, Consent, Offer};
use care::record::entry::NewEntry;
use care::record::fact::assess::{Prompt, Reply, YesNo};
use care::record::fact::carer::{LinkSide, Share};
use care::record::fact::decision::{Ability, AuthorityKind, AuthorityRecorded, Matter};
use care::record::ids::{LinkId, PersonId};
use care::record::person::Person;
use care::record::person::carers::{DECISION, Link};
use care::who::actor::{Actor, Asking, Refusal};

use crate::decisions::{assess, decide_for, desk, may, record, seen, tested, weighed, worker};
use crate::desk::{Desk, draft, form_of};
use crate::place::{Telling, actor, begun, person_id, promises};

fn maria() -> PersonId {
    PersonId::of_source("test", "maria")
}

/// Rosa and Maria, each with a story of their own.
struct Two {
    rosa: Telling,
    maria: Telling,
    links: u128,
}

fn own(person: PersonId) -> Actor {
    Actor { person: Some(person), ..actor("resident") }
}

fn themself() -> Decider {
    Decider::Person { unwise: false }
}

fn consent(shares: &[Share], by: Decider) -> Consent {
    Consent { shares: shares.iter().copied().collect(), words: "She said yes".to_owned(), by }
}

impl Two {
    fn new() -> Self {
        Self { rosa: Telling::new(), maria: Telling { of: maria(), ..Telling::new() }, links: 0 }
    }

    /// Rosa offers a link, as one side of it.
    fn offer(&mut self, side: LinkSide) -> Result<Link, Refusal> {
        self.links += 1;
        let offer = Offer {
            id: LinkId::from_uuid(uuid::Uuid::from_u128(self.links)),
            code: format!("code-{}", self.links),
            side,
            name: "Maria Okonkwo".to_owned(),
            consent: consent(&[Share::Plan], themself()),
            team: None,
        };
        self.rosa.tell(&own(person_id()), |person, asking| {
            link::offer(person, &offer, begun(), asking)
        })?;
        Ok(self.rosa.person().carers.offered().unwrap().clone())
    }

    /// Maria agrees to an offer, whichever she was given.
    fn agree(&mut self, offer: &Link) -> Result<(), Refusal> {
        let answer = Answer {
            name: "Rosa Okonkwo".to_owned(),
            consent: consent(&[], themself()),
            team: None,
        };
        let rosa = self.rosa.person();
        let mut hers: Vec<NewEntry> = Vec::new();
        self.maria.tell(&own(maria()), |person, asking| {
            let (own, other) = link::agree(person, &rosa, offer, &answer, begun(), asking)?;
            hers = other;
            Ok(own)
        })?;
        self.rosa.write_down(hers);
        Ok(())
    }

    fn end(&mut self, entry: u32) {
        let mut hers: Vec<NewEntry> = Vec::new();
        self.rosa
            .tell(&own(person_id()), |person, asking| {
                let (own, other) = link::end(person, entry, asking)?;
                hers = other;
                Ok(own)
            })
            .unwrap();
        self.maria.write_down(hers);
    }
}

/// How often somebody is to be offered a carer’s assessment of their own.
fn offered_assessments(person: &Person) -> usize {
    let prompted = person.assessment.prompted.iter();
    prompted.filter(|state| state.prompted.said.prompt == Prompt::CarersAssessment).count()
}

#[test]
fn whoever_cares_is_offered_an_assessment_once_whichever_of_the_two_offered_the_link() {
    for (side, rosa, maria) in [(LinkSide::CaredFor, 0, 1), (LinkSide::Carer, 1, 0)] {
        let mut two = Two::new();
        let offer = two.offer(side).unwrap();
        assert_eq!(offered_assessments(&two.rosa.person()), rosa, "{side:?}: by the offer alone");
        two.agree(&offer).unwrap();
        two.end(offer.entry);
        let again = two.offer(side).unwrap();
        two.agree(&again).unwrap();
        let counted = [&two.rosa, &two.maria].map(|story| offered_assessments(&story.person()));
        assert_eq!(counted, [rosa, maria], "{side:?}");
    }
}

/// What happened before a link was offered, and how many assessments are then offered.
type Before<'a> = (&'a str, &'a dyn Fn(&mut Desk) -> u32, usize);

#[test]
fn only_a_carers_assessment_stands_in_the_way_of_offering_one() {
    let worry = |desk: &mut Desk| {
        let begun = desk.begin(&actor("contact-officer"), "contact", "").unwrap();
        let mut contact = draft("contact", "harm", &[]);
        let form = form_of(desk, "contact");
        let signs = form
            .questions()
            .find(|(_, one)| one.prompts.iter().any(|p| p.prompt == Prompt::Safeguarding))
            .unwrap();
        contact.section = signs.0.id.clone();
        contact.audience = form.audience;
        contact.replies.insert(signs.1.id.clone(), Reply::YesNo(YesNo::Yes));
        desk.write(&actor("contact-officer"), contact).unwrap();
        begun
    };
    let own = |desk: &mut Desk| desk.begin(&worker(), "carers-assessment", "").unwrap();
    let other = |desk: &mut Desk| desk.begin(&worker(), "assessment", "").unwrap();
    let before: [Before<'_>; 3] = [
        ("a worry told at the front door", &worry, 1),
        ("an assessment of their own needs", &other, 1),
        ("their assessment as a carer", &own, 0),
    ];
    for (name, happens, offered) in before {
        let mut desk = desk();
        happens(&mut desk);
        let mut two = Two { rosa: desk.story.clone(), ..Two::new() };
        two.offer(LinkSide::Carer).unwrap();
        assert_eq!(offered_assessments(&two.rosa.person()), offered, "{name}");
    }
}

#[test]
fn a_link_is_ended_by_the_person_or_by_those_who_write_their_assessment() {
    let mut two = Two::new();
    let offer = two.offer(LinkSide::CaredFor).unwrap();
    let end = |two: &Two, who: &Actor| {
        let mut story = two.rosa.clone();
        let told =
            |person: &Person, asking: &Asking<'_>| Ok(link::end(person, offer.entry, asking)?.0);
        story.tell(who, told).is_ok()
    };
    assert!(end(&two, &own(person_id())) && end(&two, &worker()));
    assert!(!end(&two, &actor("provider-worker")));
}

#[test]
fn two_are_linked_once_in_each_way() {
    let mut two = Two::new();
    let first = two.offer(LinkSide::CaredFor).unwrap();
    let waits = two.offer(LinkSide::CaredFor).unwrap_err();
    assert!(waits.to_string().contains("take it back first"), "{waits}");
    two.agree(&first).unwrap();
    let second = two.offer(LinkSide::CaredFor).unwrap();
    assert!(two.agree(&second).unwrap_err().to_string().contains("linked already"));
    two.end(second.entry);
    // Each may care for the other.
    let other_way = two.offer(LinkSide::Carer).unwrap();
    two.agree(&other_way).unwrap();
    // A link that has ended is no obstacle to a new one, and an offer taken back tells nobody.
    two.end(first.entry);
    let again = two.offer(LinkSide::CaredFor).unwrap();
    two.agree(&again).unwrap();
    let holding = |story: &Telling| story.person().carers.holding().count();
    assert_eq!((holding(&two.rosa), holding(&two.maria)), (2, 2));
    assert_eq!(two.maria.person().carers.links.len(), 3, "nothing of the offer taken back");
}

#[test]
fn what_is_shared_is_said_again_once_it_is_time_to_ask() {
    let mut two = Two::new();
    let offer = two.offer(LinkSide::CaredFor).unwrap();
    two.agree(&offer).unwrap();
    let share = |two: &mut Two, shares: &[Share]| {
        let consent = consent(shares, themself());
        two.rosa.tell(&own(person_id()), |person, asking| {
            link::share(person, offer.entry, &consent, asking)
        })
    };
    // Agreed on 23 November 2026, it is asked for again a year later: from 28 days before that day,
    // 26 October 2027, the same answer counts.
    two.rosa.days_later(336);
    assert_eq!(two.rosa.today.to_string(), "2027-10-25");
    assert!(share(&mut two, &[Share::Plan]).unwrap_err().to_string().contains("already"));
    let mut later = Two { rosa: two.rosa.clone(), maria: two.maria.clone(), links: two.links };
    share(&mut two, &[Share::Plan, Share::Card]).unwrap();
    later.rosa.days_later(1);
    share(&mut later, &[Share::Plan]).unwrap();
    let link = later.rosa.person().carers.link_in(offer.entry).unwrap().clone();
    assert_eq!(link.consented.to_string(), "2027-10-26");
}

#[test]
fn an_offer_is_answered_by_its_code_in_time_and_never_by_whoever_made_it() {
    let mut two = Two::new();
    let offer = two.offer(LinkSide::CaredFor).unwrap();
    let open = |two: &Two, code: &str, by: &Person, days: i32| {
        let promises = promises();
        let asking = Asking {
            actor: &own(by.id),
            today: two.rosa.today.plus_days(days),
            now: two.rosa.now,
            promises: &promises,
        };
        link::open_offer(&two.rosa.person(), code, by, &asking).is_ok()
    };
    let (rosa, maria) = (two.rosa.person(), two.maria.person());
    for (code, by, days, expected) in [
        ("code-1", &maria, 0, true),
        ("code-1", &maria, 30, true),
        ("code-1", &maria, 31, false),
        ("code-2", &maria, 0, false),
        ("code-1", &rosa, 0, false),
    ] {
        assert_eq!(open(&two, code, by, days), expected, "{code} after {days} days");
    }
    two.agree(&offer).unwrap();
    assert!(!open(&two, "code-1", &maria, 0), "it is answered");
}

/// Somebody found unable to decide on a link, in a matter.
fn unable(matter: Matter) -> (Desk, u32) {
    let mut desk = desk();
    let lacks = assess(&mut desk, &tested(DECISION, matter, &[Ability::Weigh])).unwrap();
    (desk, lacks)
}

fn agrees(desk: &Desk, by: &Decider) -> Result<(), String> {
    let person = desk.story.person();
    link::may_agree(&person, by, desk.story.today).map(drop).map_err(|why| why.to_string())
}

#[test]
fn for_somebody_who_cannot_decide_it_only_who_has_their_welfare_in_hand_agrees() {
    let (mut desk, lacks) = unable(Matter::Information);
    assert!(agrees(&desk, &themself()).is_err(), "it is not put on them");
    // In their best interests: once that decision is on record, and not by another.
    let best = may(&desk, lacks, By::BestInterests).unwrap();
    let why = agrees(&desk, &Decider::For(best.clone())).unwrap_err();
    assert!(why.contains("First record the decision"), "{why}");
    let home = crate::decisions::lacking(&mut desk);
    let home = may(&desk, home, By::BestInterests).unwrap();
    decide_for(&mut desk, &home, &weighed()).unwrap();
    assert!(
        agrees(&desk, &Decider::For(best.clone())).is_err(),
        "the decision was of another matter"
    );
    decide_for(&mut desk, &best, &weighed()).unwrap();
    agrees(&desk, &Decider::For(best)).unwrap();
    // What an attorney decided is not what those who care for them decided, once that has ended.
    let (mut desk, lacks) = unable(Matter::Information);
    let until = Some(desk.story.today);
    let attorney = seen(AuthorityKind::DeputyWelfare, &[Matter::Information]);
    let held = record(&mut desk, AuthorityRecorded { until, ..attorney }).unwrap();
    let lawful = may(&desk, lacks, By::Holder(held)).unwrap();
    decide_for(&mut desk, &lawful, &weighed()).unwrap();
    desk.story.days_later(1);
    let best = may(&desk, lacks, By::BestInterests).unwrap();
    let why = agrees(&desk, &Decider::For(best)).unwrap_err();
    assert!(why.contains("First record the decision"), "{why}");
    // By an attorney: for welfare, not for money.
    for (kind, may_agree) in [(AuthorityKind::LpaProperty, false), (AuthorityKind::LpaHealth, true)]
    {
        let (mut desk, lacks) = unable(Matter::Information);
        let held = record(&mut desk, seen(kind, &[Matter::Information])).unwrap();
        let lawful = may(&desk, lacks, By::Holder(held)).unwrap();
        assert_eq!(agrees(&desk, &Decider::For(lawful)).is_ok(), may_agree, "{kind:?}");
    }
    // It is a matter of who is told what, and of no other.
    let (desk, lacks) = unable(Matter::Contact);
    let lawful = may(&desk, lacks, By::BestInterests).unwrap();
    assert!(agrees(&desk, &Decider::For(lawful)).unwrap_err().contains("who is told what"));
}

#[test]
fn what_was_agreed_for_somebody_shows_nothing_once_they_can_agree_themself() {
    let (mut desk, lacks) = unable(Matter::Information);
    let best = may(&desk, lacks, By::BestInterests).unwrap();
    decide_for(&mut desk, &best, &weighed()).unwrap();
    let offer = Offer {
        id: LinkId::from_uuid(uuid::Uuid::from_u128(9)),
        code: "code-9".to_owned(),
        side: LinkSide::CaredFor,
        name: "Maria Okonkwo".to_owned(),
        consent: consent(&[Share::Plan], Decider::For(best)),
        team: None,
    };
    desk.decide(&worker(), |person, _, asking| link::offer(person, &offer, begun(), asking))
        .unwrap();
    let mut two = Two { rosa: desk.story.clone(), ..Two::new() };
    let link = two.rosa.person().carers.offered().unwrap().clone();
    two.agree(&link).unwrap();
    let shows = |story: &Telling| story.person().shares_with(maria());
    assert_eq!(shows(&two.rosa), Some(BTreeSet::from([Share::Plan])));
    desk.story = two.rosa;
    // Found unable again, it stands as it was agreed for them.
    assess(&mut desk, &tested(DECISION, Matter::Information, &[Ability::Weigh])).unwrap();
    assert_eq!(shows(&desk.story), Some(BTreeSet::from([Share::Plan])));
    assess(&mut desk, &tested(DECISION, Matter::Information, &[])).unwrap();
    assert_eq!(shows(&desk.story), Some(BTreeSet::new()), "they are linked, and nothing is shown");
    let stranger = PersonId::of_source("test", "nobody");
    assert_eq!(desk.story.person().shares_with(stranger), None);
    // Saying the same again is theirs now, however early.
    let again = consent(&[Share::Plan], themself());
    desk.story
        .tell(&own(person_id()), |person, asking| link::share(person, link.entry, &again, asking))
        .unwrap();
    assert_eq!(shows(&desk.story), Some(BTreeSet::from([Share::Plan])));
}

#[test]
fn who_says_that_they_care_for_somebody_is_counted_as_a_carer_while_the_link_is_there() {
    for (side, carer) in [(LinkSide::Carer, true), (LinkSide::CaredFor, false)] {
        let mut two = Two::new();
        let offer = two.offer(side).unwrap();
        assert_eq!(two.rosa.derived().summary.carer, carer, "{side:?}");
        two.end(offer.entry);
        assert!(!two.rosa.derived().summary.carer);
    }
}
