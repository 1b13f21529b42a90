//! Told once: what is known is shown with who said it and when, and nothing known is asked again.

use std::collections::BTreeSet;

use care::assess::form::KnownFrom;
use care::assess::known::{Currency, From};
use care::assess::register::OnRegister;
use care::assess::write::{Draft, confirm, mark_outdated};
use care::find::front_door::{self, Said};
use care::record::fact::assess::{Ending, Reply, Side, Voice};
use care::record::fact::{ContactKind, Route};
use care::record::ids::{QuestionId, SectionId, TeamId};
use care::record::person::assessment::Writing;

use law::day::{PartialDay, Precision};

use crate::desk::{Desk, a_year_on, draft, form_of};
use crate::place::{actor, begun};

/// The questions of a form, counted.
fn count(desk: &Desk, form: &str) -> usize {
    form_of(desk, form).questions().count()
}

/// A social worker has filled in the whole assessment.
fn assessed() -> Desk {
    let mut desk = Desk::on_register();
    desk.fill_in(&actor("social-worker"), "assessment", None);
    desk
}

#[test]
fn what_the_register_and_the_front_door_know_is_not_asked() {
    let mut desk = Desk::on_register();
    desk.story
        .tell(&actor("contact-officer"), |person, asking| {
            let said = Said {
                contact: ContactKind::Referral,
                route: Route::Myself,
                from: String::new(),
                words: "I fell on Sunday and am afraid to go out".to_owned(),
                urgent: false,
                person_agrees: Some(true),
                to: TeamId::new("n1"),
                change: None,
            };
            front_door::record(person, said, begun(), asking)
        })
        .unwrap();
    let worker = actor("social-worker");
    let asked = desk.to_ask(&worker, "assessment", None);
    for known in [
        "home.address",
        "physical-health.conditions",
        "what-matters.why-now",
        "decisions.language",
        "decisions.interpreter",
    ] {
        assert!(!asked.iter().any(|name| name == known), "{known} is known");
    }
    assert!(asked.iter().any(|name| name == "home.lives-with"));
    desk.known(&worker, "assessment", None, |known| {
        let at = |section: &str, question: &str| {
            known.question(&SectionId::new(section), &QuestionId::new(question)).unwrap()
        };
        let why = at("what-matters", "why-now").current().unwrap();
        assert_eq!(why.words, ["I fell on Sunday and am afraid to go out"]);
        assert_eq!((why.by.name.as_str(), &why.from), ("A contact-officer", &From::Said(2)));
        let address = at("home", "address").current().unwrap();
        assert_eq!(address.words, ["2 High Street", "SE1 1AA"]);
        assert_eq!(address.from, From::Register);
    });
}

#[test]
fn a_second_professional_is_asked_nothing_that_has_a_current_answer() {
    let mut desk = assessed();
    desk.story.days_later(1);
    let nurse = actor("community-nurse");
    assert_eq!(desk.to_ask(&nurse, "assessment", None), Vec::<String>::new());

    // Other forms ask only what no form has asked: of telecare, only what it is for.
    let telecare = desk.to_ask(&nurse, "telecare", None);
    assert!(telecare.iter().all(|name| name.starts_with("wanted.")), "{telecare:?}");
    assert_eq!(count(&desk, "telecare") - telecare.len(), 9, "{telecare:?}");
    let therapy = desk.to_ask(&nurse, "occupational-therapy", None);
    let own: Vec<&String> = therapy.iter().filter(|name| name.starts_with("me.")).collect();
    assert_eq!(own, ["me.day"], "of what the person says, only what is new");
    assert!(!therapy.iter().any(|name| name.starts_with("home.")), "{therapy:?}");

    // She sees who said it, and when.
    desk.known(&nurse, "telecare", None, |known| {
        let falls = known.question(&SectionId::new("person"), &QuestionId::new("falls")).unwrap();
        let answer = falls.current().unwrap();
        assert_eq!(answer.by.name, "A social-worker");
        assert_eq!(answer.by.on.unwrap().to_string(), "2026-11-23");
        let From::Written { form, section, side, version, .. } = &answer.from else { panic!() };
        assert_eq!((*form, *section), ("Assessment", "My physical health"));
        assert_eq!((*side, *version), (Side::Person, 1));
    });
    // What she then answers is known in the assessment, and to the next form.
    desk.fill_in(&nurse, "occupational-therapy", None);
    assert_eq!(desk.to_ask(&nurse, "occupational-therapy", None), Vec::<String>::new());
    assert_eq!(desk.to_ask(&actor("social-worker"), "assessment", None), Vec::<String>::new());
}

#[test]
fn what_has_grown_old_is_asked_and_what_keeps_is_not() {
    let mut desk = assessed();
    a_year_on(&mut desk);
    let nurse = actor("community-nurse");
    let asked: BTreeSet<String> = desk.to_ask(&nurse, "assessment", None).into_iter().collect();
    assert!(asked.contains("home.lives-with") && asked.contains("physical-health.falls"));
    for keeps in ["about-me.important-to-me", "decisions.language", "home.address", "home.tenure"] {
        assert!(!asked.contains(keeps), "{keeps} keeps for longer");
    }
    // It is still shown, as what it is.
    let place = (SectionId::new("home"), QuestionId::new("lives-with"));
    let writing = desk.known(&nurse, "assessment", None, |known| {
        let question = known.question(&place.0, &place.1).unwrap();
        assert_eq!(question.answers.len(), 1);
        assert!(matches!(question.answers[0].standing, Currency::Old(_)));
        let From::Written { writing, .. } = question.answers[0].from else { panic!() };
        writing
    });
    // A nurse who hears that it is still so confirms it, for every form and everybody.
    desk.decide(&nurse, |person, ground, asking| {
        confirm(person, writing, BTreeSet::from([place.1.clone()]), "With Rosa", ground, asking)
    })
    .unwrap();
    let now = desk.to_ask(&actor("social-worker"), "assessment", None);
    assert!(!now.contains(&"home.lives-with".to_owned()));
    assert_eq!(asked.len() - now.len(), 1, "only what was confirmed");
    desk.known(&nurse, "telecare", None, |known| {
        let id = (SectionId::new("person"), QuestionId::new("lives-with"));
        let answer = known.question(&id.0, &id.1).unwrap().current().unwrap();
        assert_eq!(answer.by.name, "A social-worker");
        assert_eq!(answer.confirmed.as_ref().unwrap().name, "A community-nurse");
    });
}

#[test]
fn what_is_marked_out_of_date_is_asked_again_with_the_reason() {
    let mut desk = assessed();
    let nurse = actor("community-nurse");
    let worker = actor("social-worker");
    let id = QuestionId::new("lives-with");
    let writing = desk
        .readable(&nurse)
        .standing()
        .find(|writing| writing.reply(&id).is_some())
        .unwrap()
        .entry();
    desk.decide(&nurse, |_, ground, asking| {
        let which = BTreeSet::from([id.clone()]);
        mark_outdated(writing, which, "Her daughter has moved in", ground, asking)
    })
    .unwrap();
    assert_eq!(desk.to_ask(&worker, "assessment", None), ["home.lives-with"]);
    assert_eq!(desk.to_ask(&worker, "telecare", None)[0], "person.lives-with");
    desk.known(&worker, "assessment", None, |known| {
        let answers = &known.question(&SectionId::new("home"), &id).unwrap().answers;
        let Currency::OutOfDate { why, by, .. } = &answers[0].standing else { panic!() };
        assert_eq!((why.as_str(), by.as_str()), ("Her daughter has moved in", "A community-nurse"));
    });
    // To leave it as it is does not bring it up to date; to confirm it does.
    let old = desk.readable(&worker).writing(writing).unwrap().told.said.replies.clone();
    let mut again = draft("assessment", "home", &[]);
    again.voice = Voice::Recorded;
    again.saw = vec![writing];
    again.replies = old;
    again.replies.insert(QuestionId::new("suits-me"), Reply::Text("The stairs".to_owned()));
    let mut left = again.clone();
    left.replies.insert(QuestionId::new("adapted"), Reply::Text("A rail".to_owned()));
    let written = desk.write(&worker, left).unwrap();
    assert_eq!(desk.to_ask(&worker, "assessment", None), ["home.lives-with"]);
    again.saw = vec![written];
    again.still_so = BTreeSet::from([id]);
    desk.write(&worker, again).unwrap();
    assert_eq!(desk.to_ask(&worker, "assessment", None), Vec::<String>::new());
}

#[test]
fn a_review_opens_with_last_times_answers() {
    let mut desk = assessed();
    let worker = actor("social-worker");
    let first = desk.begin(&worker, "review", "").unwrap();
    // What the assessment knows, the review does not ask.
    let asked = desk.to_ask(&worker, "review", Some(first));
    for known in
        ["my-view.goals-now", "changed.carers", "changed.falls", "professional-view.changed"]
    {
        assert!(!asked.contains(&known.to_owned()), "{known}");
    }
    desk.fill_in(&worker, "review", Some(first));
    desk.end(&worker, first, Ending::Finished).unwrap();
    desk.story.days_later(200);
    let second = desk.begin(&worker, "review", "").unwrap();
    let nurse = actor("community-nurse");
    desk.known(&nurse, "review", Some(second), |known| {
        let better =
            known.question(&SectionId::new("my-view"), &QuestionId::new("better")).unwrap();
        assert!(better.to_ask(), "how it is now is asked each time");
        let last = better.last_time.as_ref().unwrap();
        assert_eq!(last.words, ["As we spoke of it"]);
        assert_eq!(last.by.on.unwrap().to_string(), "2026-11-23");
        assert!(!last.counts);
    });
    // Before the first there was none.
    desk.known(&nurse, "review", Some(first), |known| {
        let better =
            known.question(&SectionId::new("my-view"), &QuestionId::new("better")).unwrap();
        assert!(better.current().is_some() && better.last_time.is_none());
    });
}

#[test]
fn a_professionals_view_does_not_stand_for_the_persons_own_words() {
    let mut desk = Desk::new();
    let nurse = actor("community-nurse");
    let view = draft("assessment", "about-me", &[("important-to-me", "Her cat, I think")]);
    desk.write(&nurse, view).unwrap();
    let asked = desk.to_ask(&nurse, "assessment", None);
    assert!(asked.contains(&"about-me.important-to-me".to_owned()));
    let mut own = draft("assessment", "about-me", &[("important-to-me", "My garden")]);
    own.voice = Voice::Own;
    desk.write(&actor("resident"), own).unwrap();
    desk.known(&nurse, "assessment", None, |known| {
        let id = (SectionId::new("about-me"), QuestionId::new("important-to-me"));
        let question = known.question(&id.0, &id.1).unwrap();
        assert_eq!(question.current().unwrap().words, ["My garden"]);
        assert_eq!(question.answers.len(), 2, "both stand, side by side");
    });
}

#[test]
fn what_was_said_in_confidence_is_known_only_to_whom_it_was_said() {
    let mut desk = Desk::new();
    let nurse = actor("community-nurse");
    let mut quiet = draft("assessment", "home", &[("fire", "The son smokes in bed")]);
    quiet.audience = care::record::entry::Audience::Organisation;
    desk.write(&nurse, quiet).unwrap();
    let asks =
        |who: &str| desk.to_ask(&actor(who), "assessment", None).contains(&"home.fire".to_owned());
    assert!(!asks("community-nurse"));
    assert!(asks("social-worker") && asks("resident"), "they are not told that it is known");
}

#[test]
fn the_plan_asks_again_nothing_that_was_told_and_of_work_only_until_one_is_of_an_age() {
    let mut desk = assessed();
    let nurse = actor("community-nurse");
    let of_work = |asked: &[String]| asked.iter().any(|name| name == "work.wish");
    let today = desk.story.today;
    for (years, asked_of_work) in [(66, true), (67, false), (90, false)] {
        let born = PartialDay::new(today.plus_months(-12 * years), Precision::Day);
        desk.resident.as_mut().unwrap().born = Some(born);
        let asked = desk.to_ask(&nurse, "plan", None);
        assert_eq!(of_work(&asked), asked_of_work, "{years}: {asked:?}");
        assert!(asked.iter().any(|name| name == "getting-worse.signs"), "{asked:?}");
        assert!(!asked.iter().any(|name| name == "carers.if-not-there"), "it was told: {asked:?}");
    }
    desk.resident.as_mut().unwrap().born = None;
    assert!(of_work(&desk.to_ask(&nurse, "plan", None)), "where nothing is known of their age");
}

#[test]
fn an_answer_is_current_to_the_day_before_it_has_grown_old() {
    let mut desk = assessed();
    let nurse = actor("community-nurse");
    let asks = |desk: &Desk| {
        let asked = desk.to_ask(&nurse, "assessment", None);
        asked.contains(&"home.lives-with".to_owned())
    };
    // Told on 23 November 2026, and good for a year.
    desk.story.days_later(364);
    assert_eq!((desk.story.today.to_string().as_str(), asks(&desk)), ("2027-11-22", false));
    desk.story.days_later(1);
    assert!(asks(&desk));
}

#[test]
fn what_the_register_says_of_conditions_is_their_names() {
    let desk = Desk::on_register();
    desk.known(&actor("social-worker"), "assessment", None, |known| {
        let id = (SectionId::new("physical-health"), QuestionId::new("conditions"));
        assert_eq!(known.question(&id.0, &id.1).unwrap().current().unwrap().words, ["Dementia"]);
    });
}

#[test]
fn the_answer_before_is_the_one_that_was_last_changed() {
    let mut desk = Desk::new();
    let worker = actor("social-worker");
    let mut saw = Vec::new();
    let mut says = |desk: &mut Desk, suits: &str, adapted: &str| {
        let mut home = draft("assessment", "home", &[("suits-me", suits), ("adapted", adapted)]);
        home.voice = Voice::Recorded;
        home.saw.clone_from(&saw);
        saw = vec![desk.write(&worker, home).unwrap()];
    };
    let before = |desk: &Desk| {
        desk.known(&worker, "assessment", None, |known| {
            let at = |id: &str| {
                let id = (SectionId::new("home"), QuestionId::new(id));
                let last = known.question(&id.0, &id.1).unwrap().last_time.as_ref();
                last.map(|answer| answer.words.join(" "))
            };
            (at("suits-me"), at("adapted"))
        })
    };
    let said = |words: &str| Some(words.to_owned());
    says(&mut desk, "Well", "A rail");
    assert_eq!(before(&desk), (None, None));
    // Elsewhere a question of the same id was answered, and changed; a professional has a view.
    let mut seen = draft("assessment", "home", &[("suits-me", "The stairs are steep")]);
    let first = desk.write(&actor("community-nurse"), seen.clone()).unwrap();
    seen = draft("assessment", "home", &[("suits-me", "The stairs are steep, and dark")]);
    seen.saw = vec![first];
    desk.write(&actor("community-nurse"), seen).unwrap();
    assert_eq!(before(&desk), (None, None), "another’s view is not what was said before");
    says(&mut desk, "Well", "A rail and a ramp");
    assert_eq!(before(&desk), (None, said("A rail")));
    let other = draft("assessment", "nutrition", &[("own", "I cook")]);
    desk.write(&worker, Draft { voice: Voice::Recorded, ..other }).unwrap();
    for words in ["I wash", "I bathe"] {
        let mut hygiene = draft("assessment", "hygiene", &[("own", words)]);
        hygiene.voice = Voice::Recorded;
        let stands = desk.readable(&worker);
        let here = stands.standing().filter(|one| one.place().section.as_str() == "hygiene");
        hygiene.saw = here.map(Writing::entry).collect();
        desk.write(&worker, hygiene).unwrap();
    }
    desk.known(&worker, "assessment", None, |known| {
        let id = (SectionId::new("nutrition"), QuestionId::new("own"));
        let food = known.question(&id.0, &id.1).unwrap();
        assert_eq!((food.answers.len(), &food.last_time), (1, &None), "told once, and not before");
    });
    says(&mut desk, "Badly", "A rail and a ramp");
    assert_eq!(before(&desk), (said("Well"), said("A rail")));
    says(&mut desk, "Well", "A rail and a ramp");
    assert_eq!(before(&desk), (said("Badly"), said("A rail")), "back again");
}

#[test]
fn a_question_that_hangs_on_another_is_asked_once_that_is_answered_so() {
    for (code, asked) in [("self", false), ("reminders", true), ("cannot", true)] {
        let mut desk = Desk::new();
        let mut health = draft("assessment", "physical-health", &[]);
        health.voice = Voice::Recorded;
        health.replies.insert(QuestionId::new("medicines"), Reply::Choice(code.to_owned()));
        desk.write(&actor("social-worker"), health).unwrap();
        let to_ask = desk.to_ask(&actor("social-worker"), "assessment", None);
        assert_eq!(to_ask.iter().any(|id| id.ends_with("medicines-words")), asked, "{code}");
    }
}

#[test]
fn what_can_be_relied_on_stands_before_what_was_said_later_and_is_so_no_more() {
    let mut desk = Desk::new();
    let (worker, nurse) = (actor("social-worker"), actor("community-nurse"));
    let lives = |form: &str, section: &str, code: &str| {
        let mut written = draft(form, section, &[]);
        written.voice = Voice::Recorded;
        let reply = Reply::Choice(code.to_owned());
        written.replies.insert(QuestionId::new("lives-with"), reply);
        written
    };
    desk.write(&worker, lives("assessment", "home", "alone")).unwrap();
    desk.story.days_later(1);
    let begun = desk.begin(&nurse, "telecare", "").unwrap();
    let mut telecare = lives("telecare", "person", "family");
    telecare.occasion = Some(begun);
    let later = desk.write(&nurse, telecare).unwrap();
    desk.decide(&nurse, |_, ground, asking| {
        let which = BTreeSet::from([QuestionId::new("lives-with")]);
        mark_outdated(later, which, "They have left", ground, asking)
    })
    .unwrap();
    desk.known(&worker, "assessment", None, |known| {
        let id = (SectionId::new("home"), QuestionId::new("lives-with"));
        let answers = &known.question(&id.0, &id.1).unwrap().answers;
        let said: Vec<&str> = answers.iter().map(|answer| answer.words[0].as_str()).collect();
        assert_eq!(said, ["I live alone", "With family"]);
    });
}

#[test]
fn how_to_speak_with_somebody_is_known_where_it_was_said_and_not_where_it_was_left_empty() {
    let told = |needs: &str| {
        let mut desk = Desk::new();
        let said = care::record::fact::Communication {
            language: None,
            interpreter: false,
            needs: needs.to_owned(),
            adjustments: "A quiet room".to_owned(),
            letters: None,
        };
        desk.story
            .tell(&actor("social-worker"), |person, asking| {
                care::who::writing::communication(person, &said, begun(), asking)
            })
            .unwrap();
        let person = desk.story.person();
        let known = |from| care::assess::register::known(from, &person, &OnRegister::default());
        [KnownFrom::Communication, KnownFrom::Adjustments]
            .map(|from| known(from).map(|fact| fact.reply))
    };
    let words = |words: &str| Some(Reply::Text(words.to_owned()));
    assert_eq!(told("Large print"), [words("Large print"), words("A quiet room")]);
    assert_eq!(told(""), [None, words("A quiet room")]);
}
