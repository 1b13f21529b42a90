//! Eligibility and the checklist, from the assessment to what is kept of them.

use std::collections::BTreeSet;

use care::assess::eligibility::{decide, gather};
use care::assess::form::Help;
use care::assess::{chc, prompt, strengths};
use care::record::derived::Task;
use care::record::entry::{Audience, EntryNumber};
use care::record::fact::assess::{Named, Prompt, Reply, Voice, YesNo};
use care::record::ids::QuestionId;
use care::who::actor::Refusal;
use law::chc::{Dates, Occasion, Threshold};
use law::day::PartialDay;
use law::eligibility::{
    AdultOutcome, Area, CarerOutcome, CarerWay, Case, Determination, Found, Judgement, Who,
};
use law::working::Status;

use crate::desk::{Desk, draft, form_of};
use crate::place::actor;

/// A professional judges in which ways the person is unable in an outcome.
fn judge(desk: &mut Desk, form: &str, section: &str, ways: &[&str], carer: YesNo) -> EntryNumber {
    let mut judged = draft(form, section, &[("reason", "Seen at breakfast")]);
    let ways: BTreeSet<String> = ways.iter().map(ToString::to_string).collect();
    judged.replies.insert(QuestionId::new("unable"), Reply::Choices(ways));
    if form == "assessment" {
        judged.replies.insert(QuestionId::new("carer-meets"), Reply::YesNo(carer));
    }
    desk.write(&actor("community-nurse"), judged).unwrap()
}

fn found(reason: &str) -> Found {
    Found { found: true, reason: Some(reason.to_owned()), by: None }
}

fn impact(significant: bool) -> Judgement {
    Judgement {
        significant,
        areas: if significant { vec![Area::Dignity, Area::Health] } else { Vec::new() },
        reason: Some("She no longer leaves her chair".to_owned()),
        by: Some("A social-worker".to_owned()),
    }
}

/// The case as it was gathered, for an assessor to complete.
fn gathered(desk: &Desk, who: Who) -> (Case, Vec<EntryNumber>) {
    let worker = actor("social-worker");
    let readable = desk.readable(&worker);
    let register = care::assess::register::OnRegister::default();
    let ground =
        care::assess::Ground { forms: desk.forms, readable: &readable, register: &register };
    let gathered = gather(who, &ground, desk.story.today);
    (gathered.case, gathered.rests_on)
}

fn determine(
    desk: &mut Desk,
    case: Case,
    words: &str,
    rests_on: Vec<EntryNumber>,
) -> Result<(), Refusal> {
    desk.decide(&actor("social-worker"), |person, ground, asking| {
        decide(person, case, words, rests_on, ground, asking)
    })
}

#[test]
fn what_the_team_wrote_becomes_the_case_and_the_judgement_stays_a_persons() {
    let mut desk = Desk::new();
    let nutrition =
        judge(&mut desk, "assessment", "nutrition", &["assistance", "longer"], YesNo::No);
    let hygiene = judge(&mut desk, "assessment", "hygiene", &["distress"], YesNo::Yes);
    judge(&mut desk, "assessment", "toilet", &["able"], YesNo::No);
    let (Case::Adult(mut case), rests_on) = gathered(&desk, Who::Adult) else { panic!() };
    assert_eq!(case.needs.len(), 3);
    assert_eq!(case.needs[0].need.by.as_deref(), Some("A community-nurse"));
    assert!(rests_on.contains(&nutrition) && rests_on.contains(&hygiene));

    // The rule asks for what only a person can judge, and decides nothing before.
    let open = determine(&mut desk, Case::Adult(case.clone()), "", rests_on.clone()).unwrap_err();
    assert!(open.to_string().starts_with("This must be answered first: "), "{open}");
    case.cause = Some(found("Dementia and arthritis"));
    case.wellbeing = Some(impact(true));
    determine(&mut desk, Case::Adult(case), "", rests_on.clone()).unwrap();
    let kept = desk.story.person().decisions.eligibility[0].said.clone();
    assert_eq!(kept.determination, Determination::Eligible);
    assert_eq!(kept.eligible_needs, ["nutrition", "hygiene"]);
    assert_eq!(kept.met_by_carer, ["hygiene"], "met by a carer, and eligible all the same");
    assert_eq!(kept.to_meet, ["nutrition"]);
    assert_eq!(kept.rests_on, rests_on);
    assert!(kept.working.iter().any(|line| line.because.contains("Seen at breakfast")));
    assert!(kept.follows.iter().any(|duty| duty.code == "written-record"));
    assert!(kept.follows.iter().any(|duty| duty.code == "carers-assessment"));
}

#[test]
fn who_is_not_eligible_is_told_what_can_help_instead() {
    let mut desk = Desk::new();
    for section in [
        "nutrition",
        "hygiene",
        "toilet",
        "clothing",
        "home-safe-use",
        "habitable-home",
        "relationships",
        "work-education",
        "community",
        "childcare",
    ] {
        judge(&mut desk, "assessment", section, &["able"], YesNo::No);
    }
    let (Case::Adult(mut case), rests_on) = gathered(&desk, Who::Adult) else { panic!() };
    case.cause = Some(found("A broken wrist"));
    case.wellbeing = Some(impact(false));
    let case = Case::Adult(case);
    let silent = determine(&mut desk, case.clone(), " ", rests_on.clone()).unwrap_err();
    assert!(silent.to_string().contains("what can help instead"), "{silent}");
    assert!(determine(&mut desk, case.clone(), "A frame", vec![999]).is_err(), "no such writing");
    determine(&mut desk, case.clone(), "A perching stool; the lunch club", rests_on).unwrap();
    let kept = desk.story.person().decisions.eligibility[0].said.clone();
    assert_eq!(kept.determination, Determination::NotEligible);
    for role in ["resident", "community-nurse", "finance-officer"] {
        let tried = desk.decide(&actor(role), |person, ground, asking| {
            decide(person, case.clone(), "No", Vec::new(), ground, asking)
        });
        assert!(tried.is_err(), "{role} does not decide it");
    }
}

#[test]
fn a_carer_is_eligible_by_their_health_alone() {
    let mut desk = Desk::new();
    let mut health = draft("carers-assessment", "my-health", &[("at-risk-why", "Her back")]);
    health.replies.insert(QuestionId::new("at-risk"), Reply::YesNo(YesNo::Yes));
    let entry = desk.write(&actor("social-worker"), health).unwrap();
    let (Case::Carer(mut case), rests_on) = gathered(&desk, Who::Carer) else { panic!() };
    assert_eq!(rests_on, [entry]);
    case.necessary_care = Some(found("She lifts him night and day"));
    let health = case.health_at_risk.as_mut().unwrap();
    assert!(health.found);
    health.reason = Some("Her back, by the letter of 3 November".to_owned());
    case.wellbeing = Some(impact(true));
    determine(&mut desk, Case::Carer(case), "", rests_on).unwrap();
    let kept = desk.story.person().decisions.eligibility[0].said.clone();
    assert_eq!(kept.determination, Determination::Eligible);
    assert_eq!(kept.eligible_needs, ["health-at-risk"]);
}

fn prompts(desk: &Desk, of: Prompt) -> usize {
    let all = desk.story.person().assessment.prompted;
    all.iter().filter(|s| s.prompted.said.prompt == of && s.answered.is_none()).count()
}

#[test]
fn the_checklist_is_prompted_by_answers_and_by_conditions_with_needs() {
    // By an answer.
    let mut desk = Desk::new();
    let mut health = draft("assessment", "physical-health", &[]);
    health.replies.insert(QuestionId::new("changed"), Reply::Choice("markedly-worse".to_owned()));
    desk.write(&actor("community-nurse"), health).unwrap();
    assert_eq!(prompts(&desk, Prompt::Chc), 1);

    // By a condition, with needs in three outcomes; neither alone.
    let mut desk = Desk::on_register();
    judge(&mut desk, "assessment", "nutrition", &["assistance"], YesNo::No);
    judge(&mut desk, "assessment", "hygiene", &["assistance"], YesNo::No);
    assert_eq!(prompts(&desk, Prompt::Chc), 0);
    judge(&mut desk, "assessment", "toilet", &["danger"], YesNo::No);
    assert_eq!(prompts(&desk, Prompt::Chc), 1);
    let because = desk.story.person().assessment.prompted[0].prompted.said.because.clone();
    assert!(because.contains("unable in 3 outcomes of daily living"), "{because}");
    assert!(!because.contains("Dementia"), "not everybody who reads it sees the conditions");

    // Not done, with the reason; and the same reason does not ask again.
    let nurse = actor("community-nurse");
    let not = |desk: &mut Desk, why: &str| {
        desk.decide(&nurse, |person, ground, asking| {
            chc::not_done(person, why, vec![Occasion::MayNeed], None, ground, asking)
        })
    };
    assert!(not(&mut desk, " ").unwrap_err().to_string().contains("why no checklist is done"));
    not(&mut desk, "Two weeks after a fall: wait for what she regains").unwrap();
    assert_eq!(prompts(&desk, Prompt::Chc), 0);
    let kept = desk.story.person().decisions.chc[0].said.clone();
    assert_eq!(kept.threshold, None);
    assert!(kept.words.starts_with("Two weeks after a fall"));
    assert_eq!(kept.case.considered_because, [Occasion::MayNeed]);
    desk.write(&nurse, draft("assessment", "home", &[("fire", "Alarm fitted")])).unwrap();
    assert_eq!(prompts(&desk, Prompt::Chc), 0);
    judge(&mut desk, "assessment", "clothing", &["assistance"], YesNo::No);
    assert_eq!(prompts(&desk, Prompt::Chc), 1, "another need is another reason");
}

#[test]
fn a_checklist_is_read_by_the_law_and_kept_with_what_follows() {
    let mut desk = Desk::new();
    let nurse = actor("community-nurse");
    let begun = desk.begin(&nurse, "chc-checklist", "").unwrap();
    let mut agreement = draft("chc-checklist", "agreement", &[]);
    agreement.occasion = Some(begun);
    agreement.replies.insert(QuestionId::new("consent"), Reply::Choice("given".to_owned()));
    agreement.replies.insert(QuestionId::new("involved"), Reply::YesNo(YesNo::Yes));
    desk.write(&nurse, agreement).unwrap();
    let mut domains = draft("chc-checklist", "domains", &[]);
    domains.occasion = Some(begun);
    let mark = |letter: &str| Reply::Choice(letter.to_owned());
    for domain in ["nutrition", "continence", "skin", "mobility"] {
        domains.replies.insert(QuestionId::new(domain), mark("B"));
    }
    let first = desk.write(&nurse, domains.clone()).unwrap();
    let keep = |desk: &mut Desk| {
        desk.decide(&nurse, |person, ground, asking| {
            chc::done(person, begun, Dates::default(), None, "", ground, asking)
        })
    };
    let open = keep(&mut desk).unwrap_err();
    assert!(open.to_string().contains("marks of these domains: Breathing"), "{open}");
    for domain in ["breathing", "communication", "psychological", "drugs", "consciousness"] {
        domains.replies.insert(QuestionId::new(domain), mark("C"));
    }
    domains.replies.insert(QuestionId::new("cognition"), mark("A"));
    domains.replies.insert(QuestionId::new("behaviour"), mark("C"));
    domains.saw = vec![first];
    desk.write(&nurse, domains).unwrap();
    keep(&mut desk).unwrap();
    let kept = desk.story.person().decisions.chc[0].said.clone();
    assert_eq!(kept.threshold, Some(Threshold::Reached), "one A and four B");
    assert!(kept.follows.iter().any(|duty| duty.code == "full-assessment"));
    assert_eq!(kept.occasion, Some(begun));
    assert!(kept.asks.iter().any(|ask| ask.contains("receive")), "{:?}", kept.asks);
    let wrong = desk.decide(&nurse, |person, ground, asking| {
        chc::done(person, first, Dates::default(), None, "", ground, asking)
    });
    assert!(wrong.is_err(), "an entry of another kind is no checklist");
}

#[test]
fn an_advocate_is_thought_of_where_there_is_difficulty_and_nobody_right() {
    let cases = [
        (&["none"][..], None, 0),
        (&["weigh"], Some(YesNo::Yes), 0),
        (&["weigh"], Some(YesNo::No), 1),
        (&["understand", "retain"], Some(YesNo::NotKnown), 1),
    ];
    for (difficulty, somebody, expected) in cases {
        let mut desk = Desk::new();
        let mut written = draft("assessment", "decisions", &[]);
        let codes = difficulty.iter().map(ToString::to_string).collect();
        written.replies.insert(QuestionId::new("difficulty"), Reply::Choices(codes));
        let right = somebody.map(Reply::YesNo);
        written.replies.extend(right.map(|r| (QuestionId::new("somebody-appropriate"), r)));
        desk.write(&actor("social-worker"), written).unwrap();
        assert_eq!(prompts(&desk, Prompt::Advocacy), expected, "{difficulty:?} {somebody:?}");
        let readable = desk.readable(&actor("social-worker"));
        let register = care::assess::register::OnRegister::default();
        let ground =
            care::assess::Ground { forms: desk.forms, readable: &readable, register: &register };
        let reasons = prompt::reasons(Prompt::Advocacy, &ground);
        assert_eq!(reasons.len(), expected);
        assert!(reasons.iter().all(|(because, entry)| because.contains("s67") && *entry > 0));
    }
}

/// Somebody named, with what they are and do.
fn named(name: &str, relation: &str, words: &str) -> Named {
    Named {
        name: name.to_owned(),
        relation: relation.to_owned(),
        words: words.to_owned(),
        ..Named::default()
    }
}

#[test]
fn strengths_are_laid_out_first_and_people_once() {
    let mut desk = Desk::new();
    let worker = actor("social-worker");
    let said = [
        ("services", "Carers at noon"),
        ("own", "I make my tea"),
        ("technology", "A kettle tipper"),
    ];
    let mut eating = draft("assessment", "nutrition", &said);
    eating.voice = Voice::Recorded;
    desk.write(&worker, eating).unwrap();
    judge(&mut desk, "assessment", "nutrition", &["assistance"], YesNo::No);
    let mut out = draft("assessment", "community", &[("community", "The lunch club")]);
    out.voice = Voice::Recorded;
    desk.write(&worker, out).unwrap();
    judge(&mut desk, "assessment", "community", &["danger"], YesNo::No);
    let mut about = draft("assessment", "about-me", &[]);
    about.voice = Voice::Own;
    let people = vec![named("Maria", "daughter", ""), named("Bea", "friend", "Cards on Mondays")];
    about.replies.insert(QuestionId::new("important-people"), Reply::People(people));
    desk.write(&actor("resident"), about).unwrap();
    let mut caring = draft("assessment", "caring", &[]);
    caring.voice = Voice::Recorded;
    let carers = vec![named("maria ", "", "Shops and cooks")];
    caring.replies.insert(QuestionId::new("carers"), Reply::People(carers));
    desk.write(&worker, caring).unwrap();

    let readable = desk.readable(&worker);
    let register = care::assess::register::OnRegister::default();
    let ground =
        care::assess::Ground { forms: desk.forms, readable: &readable, register: &register };
    let met = strengths::met(&ground);
    let helps: Vec<Help> = met[0].by.iter().map(|(help, _)| *help).collect();
    assert_eq!(helps, [Help::Own, Help::Technology, Help::Services]);
    assert!(met[0].lacks_people(), "with food nobody near helps: the plan builds a network");
    assert!(!met[1].lacks_people(), "there is the lunch club");
    let network = strengths::network(&ground);
    let names: Vec<(&str, usize)> =
        network.iter().map(|one| (one.name.as_str(), one.as_what.len())).collect();
    assert_eq!(names, [("Maria", 2), ("Bea", 1)]);
    assert_eq!(network[0].relation, "daughter");
    assert_eq!(network[0].as_what[1].words, "Shops and cooks");
}

#[test]
fn nobody_there_is_a_reason_to_plan_a_network() {
    let mut desk = Desk::new();
    let mut alone = draft("assessment", "isolation", &[]);
    alone.voice = Voice::Own;
    alone.audience = Audience::Everyone;
    alone.replies.insert(QuestionId::new("often"), Reply::Choice("hardly".to_owned()));
    desk.write(&actor("resident"), alone).unwrap();
    assert_eq!(prompts(&desk, Prompt::Network), 1);
    let work = desk.story.derived().work;
    assert!(work.iter().any(|work| work.task == Task::AnswerPrompt));
}

#[test]
fn a_carers_case_is_what_was_judged_of_each_outcome_and_of_their_health() {
    let mut desk = Desk::new();
    let food = judge(&mut desk, "carers-assessment", "nutrition", &["distress"], YesNo::No);
    judge(&mut desk, "assessment", "nutrition", &["danger"], YesNo::No);
    let (Case::Carer(case), rests_on) = gathered(&desk, Who::Carer) else { panic!() };
    let judged: Vec<_> =
        case.needs.iter().map(|need| (need.outcome, need.unable.as_slice())).collect();
    assert_eq!(judged, [(CarerOutcome::Nutrition, &[CarerWay::Distress][..])]);
    assert_eq!(case.needs[0].reason.as_deref(), Some("Seen at breakfast"));
    assert_eq!((case.health_at_risk, rests_on), (None, vec![food]));

    for (said, found) in
        [(YesNo::No, Some(false)), (YesNo::Yes, Some(true)), (YesNo::NotKnown, None)]
    {
        let mut health = draft("carers-assessment", "my-health", &[]);
        health.replies.insert(QuestionId::new("at-risk"), Reply::YesNo(said));
        let mut desk = Desk::new();
        desk.write(&actor("social-worker"), health).unwrap();
        let (Case::Carer(case), _) = gathered(&desk, Who::Carer) else { panic!() };
        assert_eq!(case.health_at_risk.map(|health| health.found), found, "{said:?}");
    }
}

#[test]
fn a_determination_is_of_today_or_before_and_never_of_a_day_to_come() {
    let mut desk = Desk::new();
    judge(&mut desk, "assessment", "nutrition", &["assistance"], YesNo::No);
    judge(&mut desk, "assessment", "hygiene", &["assistance"], YesNo::No);
    let (Case::Adult(mut case), rests_on) = gathered(&desk, Who::Adult) else { panic!() };
    case.cause = Some(found("A stroke"));
    case.wellbeing = Some(impact(true));
    for (days, taken) in [(1, false), (0, true), (-7, true)] {
        let mut case = case.clone();
        case.as_of = desk.story.today.plus_days(days);
        let kept = determine(&mut desk, Case::Adult(case), "", rests_on.clone());
        assert_eq!(kept.is_ok(), taken, "{days} days from today");
    }
    let kept = desk.story.person().decisions.eligibility[0].said.clone();
    // What nobody could check in its source stays marked so, where it is kept.
    let answer = law::eligibility::answer(&Case::Adult(case));
    let duties = answer.outcome.follows.iter();
    let told: Vec<(&str, bool)> =
        duties.map(|duty| (duty.code, duty.rule.status == Status::Unverified)).collect();
    let follows: Vec<(&str, bool)> =
        kept.follows.iter().map(|duty| (duty.code.as_str(), duty.unverified)).collect();
    assert_eq!(follows, told);
    let lines = answer.lines.iter().map(|line| line.rule.status == Status::Unverified);
    assert!(kept.working.iter().map(|line| line.unverified).eq(lines));
}

#[test]
fn a_checklist_keeps_why_it_was_done_and_answers_what_asked_for_it_and_nothing_else() {
    let mut desk = Desk::new();
    let nurse = actor("community-nurse");
    let mut health = draft("assessment", "physical-health", &[]);
    health.replies.insert(QuestionId::new("changed"), Reply::Choice("markedly-worse".to_owned()));
    desk.write(&nurse, health).unwrap();
    let mut alone = draft("assessment", "isolation", &[]);
    alone.voice = Voice::Recorded;
    alone.replies.insert(QuestionId::new("often"), Reply::Choice("hardly".to_owned()));
    desk.write(&nurse, alone).unwrap();

    let begun = desk.begin(&nurse, "chc-checklist", "").unwrap();
    let mut agreement = draft("chc-checklist", "agreement", &[]);
    agreement.occasion = Some(begun);
    let why = ["deterioration", "request"].iter().map(ToString::to_string).collect();
    agreement.replies.insert(QuestionId::new("occasion"), Reply::Choices(why));
    agreement.replies.insert(QuestionId::new("consent"), Reply::Choice("given".to_owned()));
    desk.write(&nurse, agreement).unwrap();
    let form = form_of(&desk, "chc-checklist");
    let place =
        |id: &str| form.questions().find(|(_, q)| q.id.as_str() == id).unwrap().0.id.clone();
    let mut end = draft("chc-checklist", place("copy").as_str(), &[]);
    assert_eq!(place("refer-anyway"), place("copy"));
    end.occasion = Some(begun);
    let reason = "Her nights are not covered by the letters";
    end.replies.insert(QuestionId::new("refer-anyway"), Reply::Text(reason.to_owned()));
    let day = PartialDay::parse("2026-11-20").unwrap();
    end.replies.insert(QuestionId::new("copy"), Reply::Date(day));
    desk.write(&nurse, end).unwrap();
    let mut domains = draft("chc-checklist", "domains", &[]);
    domains.occasion = Some(begun);
    for domain in law::chc::ChecklistDomain::ALL {
        domains.replies.insert(QuestionId::new(domain.code()), Reply::Choice("C".to_owned()));
    }
    desk.write(&nurse, domains).unwrap();
    let received = Some(desk.story.today);
    let dates = Dates { notice_received: received, ..Dates::default() };
    desk.decide(&nurse, |person, ground, asking| {
        chc::done(person, begun, dates, None, "", ground, asking)
    })
    .unwrap();

    let kept = desk.story.person().decisions.chc[0].said.clone();
    assert_eq!(kept.case.dates.notice_received, received);
    assert_eq!(kept.case.considered_because, [Occasion::Deterioration, Occasion::Request]);
    let checklist = kept.case.checklist.unwrap();
    assert_eq!(checklist.copy_given_on.map(|day| day.to_string()).as_deref(), Some("2026-11-20"));
    let anyway = checklist.refer_anyway.unwrap();
    assert_eq!(
        (anyway.reason.as_deref(), anyway.by.as_deref()),
        (Some(reason), Some("A community-nurse"))
    );
    assert_eq!(prompts(&desk, Prompt::Network), 1, "nobody has answered that");
    let all = desk.story.person().assessment.prompted;
    let chc = all.iter().find(|state| state.prompted.said.prompt == Prompt::Chc).unwrap();
    let answered = &chc.answered.as_ref().unwrap().said;
    assert_eq!((answered.done, answered.words.as_str()), (true, "The checklist was done"));
}

#[test]
fn whoever_manages_needs_no_network_and_nothing_said_is_nothing_met() {
    let mut desk = Desk::new();
    judge(&mut desk, "assessment", "toilet", &["able"], YesNo::No);
    let mut eating = draft("assessment", "nutrition", &[("own", "I cook")]);
    eating.voice = Voice::Recorded;
    desk.write(&actor("social-worker"), eating).unwrap();
    let mut wish = draft("assessment", "hygiene", &[("wish", "A bath")]);
    wish.voice = Voice::Recorded;
    desk.write(&actor("social-worker"), wish).unwrap();
    let readable = desk.readable(&actor("social-worker"));
    let register = care::assess::register::OnRegister::default();
    let ground =
        care::assess::Ground { forms: desk.forms, readable: &readable, register: &register };
    let met: Vec<_> = strengths::met(&ground)
        .into_iter()
        .map(|met| (met.outcome.in_words(), met.by.len(), met.unable, met.lacks_people()))
        .collect();
    let (food, toilet) = (AdultOutcome::Nutrition.in_words(), AdultOutcome::Toilet.in_words());
    assert_eq!(met, [(food, 1, None, false), (toilet, 0, Some(false), false)]);
}
