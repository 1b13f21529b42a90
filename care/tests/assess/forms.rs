//! Forms are data: those that ship are read and whole, and what is wrong with one is said in a sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use care::assess::form::{AnswerType, Asked, Choice, Form, Forms, Help, Outcome, Question};
use care::find::table::TextFile;
use care::record::entry::Audience;
use care::record::fact::assess::{FormKind, Named, Reply, Side};
use care::record::ids::{FormId, QuestionId, SectionId};
use law::eligibility::{AdultOutcome, CarerOutcome};

use crate::place::roles;

/// The forms that ship, with any others laid beside them.
pub fn forms_with(others: &[(&str, &str)]) -> Result<Forms, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policy/forms");
    let mut texts: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (format!("forms/{name}"), fs::read_to_string(path).unwrap())
        })
        .collect();
    texts.extend(others.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    let files: Vec<TextFile<'_>> =
        texts.iter().map(|(name, text)| TextFile { name, text }).collect();
    Forms::parse(&files).map_err(|problems| problems.to_string())
}

pub fn forms() -> Forms {
    forms_with(&[]).unwrap()
}

pub fn form<'a>(forms: &'a Forms, id: &str) -> &'a Form {
    forms.get(&FormId::new(id)).unwrap()
}

#[test]
fn the_forms_that_ship_are_read_and_there_is_one_of_each_kind() {
    let forms = forms();
    let kinds: BTreeSet<FormKind> = forms.iter().map(|form| form.kind).collect();
    let all: BTreeSet<FormKind> =
        FormKind::ALL.iter().copied().filter(|kind| *kind != FormKind::Other).collect();
    assert_eq!(kinds, all);
    let list = include_str!("../../../policy/cohorts/lists/long-term-conditions.conditions.csv");
    let listed = |id: &str| list.lines().any(|line| line.starts_with(&format!("{id},")));
    assert_eq!(forms.strangers(&roles(), listed), Vec::<String>::new());
    let none = forms.strangers(&roles(), |id| listed(id) && id != "dementia");
    assert_eq!(
        none,
        ["the form ‘chc-checklist’ names the condition ‘dementia’, which no code list has"]
    );
    for form in forms.iter() {
        assert!(!form.basis.is_empty(), "{} names what it rests on", form.id);
        // What is asked in the person's own words is asked in the first person.
        let own = form.questions().filter(|(_, question)| question.side == Side::Person);
        for (section, question) in own {
            let text = format!(" {} ", question.text.to_lowercase().replace(['?', ',', ':'], " "));
            let first = [" i ", " my ", " me ", " myself "].iter().any(|word| text.contains(word));
            let plain = [
                "People ",
                "Please ",
                "Also ",
                "Pain",
                "What has ",
                "Who ",
                "Whom ",
                "What went ",
                "An ordinary ",
                "Children ",
                "Alarms ",
                "What worries",
                "Since when",
                "What is good",
                "Groups",
                "What should happen",
            ];
            let known = plain.iter().any(|start| question.text.starts_with(start));
            assert!(first || known, "{}.{}: {}", section.id, question.id, question.text);
        }
    }
}

#[test]
fn the_assessment_looks_at_the_whole_person_and_at_every_outcome() {
    let forms = forms();
    let assessment = form(&forms, "assessment");
    let about = assessment.section(&SectionId::new("about-me")).unwrap();
    let headings = [
        "important-to-me",
        "important-people",
        "communicate",
        "wellness",
        "please-do",
        "support-me",
        "also",
    ];
    for heading in headings {
        assert!(about.question(&QuestionId::new(heading)).is_some(), "About Me: {heading}");
    }
    assert_eq!(about.side, Side::Person);
    for id in [
        "what-matters",
        "physical-health",
        "mental-health",
        "home",
        "money",
        "isolation",
        "caring",
        "technology",
        "safety",
        "decisions",
    ] {
        assert!(assessment.section(&SectionId::new(id)).is_some(), "{id}");
    }
    for &outcome in AdultOutcome::ALL {
        let section = assessment
            .sections
            .iter()
            .find(|section| section.outcome == Some(Outcome::Adult(outcome)))
            .unwrap_or_else(|| panic!("no section asks after {}", outcome.in_words()));
        let helps: Vec<Help> = section.questions.iter().filter_map(|q| q.help).collect();
        assert_eq!(helps, Help::ALL, "{}: strengths first, services last", section.id);
    }
    let carers = form(&forms, "carers-assessment");
    for &outcome in CarerOutcome::ALL {
        let asked = carers.sections.iter().any(|s| s.outcome == Some(Outcome::Carer(outcome)));
        assert!(asked, "no section asks after {}", outcome.in_words());
    }
}

#[test]
fn safeguarding_is_not_for_every_eye_and_the_checklist_is_not_for_changing() {
    let forms = forms();
    for id in ["safeguarding-concern", "safeguarding-enquiry"] {
        assert_eq!(form(&forms, id).audience, Audience::Professionals);
    }
    let text = include_str!("../../../policy/forms/chc-checklist.toml");
    let cases = [
        (text.replacen("fixed = true\n", "", 1), "it says ‘fixed = true’"),
        (text.replacen("id = \"skin\"", "id = \"skins\"", 1), "has no question ‘skin’"),
        (
            text.replacen("  { code = \"B\", label = \"B (moderate)\" },\n", "", 1),
            "‘breathing’ of the checklist is marked A, B or C",
        ),
    ];
    for (text, fault) in cases {
        let file = TextFile { name: "forms/chc-checklist.toml", text: &text };
        let said = Forms::parse(&[file]).unwrap_err().to_string();
        assert!(said.contains(fault), "{said}");
    }
}

const SMALL: &str = r#"
id = "small"
version = 1
title = "Small"
kind = "other"
purpose = "To try things with."
source = "Invented."
due-days = 1

[[set]]
id = "both"
[[set.question]]
id = "more"
text = "More of {this}"
type = "text"

[[section]]
id = "one"
title = "One"
voice = "own"
this = "it"
uses = ["both"]

[[section.question]]
id = "first"
text = "Do I?"
type = "yes-no"
concept = "do-i"

[[section.question]]
id = "second"
text = "What I do"
type = "text"
shown-if = { question = "first", is = ["yes"] }
"#;

#[test]
fn what_is_wrong_with_a_form_is_said_in_one_sentence_each() {
    assert!(forms_with(&[("forms/small.toml", SMALL)]).is_ok());
    let cases = [
        ("version = 1\n", "", "missing field `version`"),
        ("version = 1", "version = 0", "the version must be 1 or more"),
        ("title = \"Small\"", "title = \" \"", "‘title’ says nothing"),
        ("id = \"small\"", "id = \"tiny\"", "must stand in tiny.toml"),
        ("id = \"second\"", "id = \"first\"", "has two questions with the id ‘first’"),
        ("id = \"second\"", "id = \"Two!\"", "must be small letters, digits and hyphens"),
        (
            "question = \"first\"",
            "question = \"fist\"",
            "is shown if ‘one.fist’, which is not asked before it",
        ),
        (
            "is = [\"yes\"]",
            "is = [\"maybe\"]",
            "‘maybe’ is none of its answers (yes, no, not-known)",
        ),
        ("is = [\"yes\"]", "is = []", "does not say with which answers"),
        ("type = \"yes-no\"", "type = \"yesno\"", "is of the type ‘yesno’; there is: text, "),
        ("type = \"yes-no\"", "type = \"choice\"", "has no choices"),
        ("uses = [\"both\"]", "uses = [\"all\"]", "uses the set ‘all’, which is not in this file"),
        ("text = \"Do I?\"", "text = \"Do {this}?\"", "has a gap that nothing fills"),
        ("concept = \"do-i\"", "concept = \"falls-last-year\"", "one thing has one kind of answer"),
        ("due-days = 1", "due-days = 1\ndue-day = 2", "unknown field `due-day`"),
        (
            "voice = \"own\"",
            "voice = \"own\"\noutcome = \"flying\"",
            "‘flying’ is no outcome; there is: nutrition, ",
        ),
    ];
    for (right, wrong, fault) in cases {
        assert!(SMALL.contains(right), "{right}");
        let text = SMALL.replacen(right, wrong, 1);
        let said = forms_with(&[("forms/small.toml", &text)]).unwrap_err();
        assert!(said.contains(fault), "{wrong}: {said}");
        assert!(said.contains("forms/small.toml") && said.lines().count() <= 2, "{said}");
    }
    let twice = forms_with(&[("forms/small.toml", SMALL), ("forms/more/small.toml", SMALL)]);
    assert!(twice.unwrap_err().contains("version 1 of ‘small’ stands in forms/small.toml already"));
    let late = SMALL.replacen("type = \"yes-no\"\n", "type = \"yes-no\"\nhelp = \"services\"\n", 1);
    let late = late.replacen("id = \"second\"\n", "id = \"second\"\nhelp = \"own\"\n", 1);
    let said = forms_with(&[("forms/small.toml", &late)]).unwrap_err();
    assert!(said.contains("strengths come first"), "{said}");
}

#[test]
fn a_place_adds_a_question_by_a_file_and_older_answers_keep_their_words() {
    let newer =
        SMALL.replacen("version = 1", "version = 2", 1).replacen("What I do", "What I do now", 1)
            + "\n[[section.question]]\nid = \"third\"\ntext = \"My third\"\ntype = \"date\"\n";
    let forms = forms_with(&[("forms/small.1.toml", SMALL), ("forms/small.toml", &newer)]).unwrap();
    let id = FormId::new("small");
    assert_eq!(forms.get(&id).unwrap().version, 2);
    let at = |question: &str| Asked {
        form: id.clone(),
        section: SectionId::new("one"),
        question: QuestionId::new(question),
    };
    let text =
        |question: &str, version| forms.asked(&at(question), version).map(|(.., q)| q.text.clone());
    assert_eq!(text("second", 1).as_deref(), Some("What I do"));
    assert_eq!(text("second", 2).as_deref(), Some("What I do now"));
    assert_eq!(text("more", 1).as_deref(), Some("More of it"));
    assert_eq!((text("third", 1), text("third", 2).as_deref()), (None, Some("My third")));
    // A version that is no longer kept is read in the words of the newest.
    assert_eq!(text("second", 9).as_deref(), Some("What I do now"));
}

/// A section, a question, what is posted, and how it reads or why it is refused.
type Posted = (
    &'static str,
    &'static str,
    &'static [&'static str],
    Result<Option<&'static str>, &'static str>,
);

#[test]
fn answers_are_read_checked_and_read_back_in_words() {
    let forms = forms();
    let assessment = form(&forms, "assessment");
    let ask = |section: &str, question: &str| {
        assessment.question(&SectionId::new(section), &QuestionId::new(question)).unwrap()
    };
    let cases: [Posted; 12] = [
        ("what-matters", "why-now", &["  I fell  "], Ok(Some("I fell"))),
        ("what-matters", "why-now", &["  "], Ok(None)),
        ("what-matters", "why-now", &["rather-not-say"], Ok(Some("Would rather not say"))),
        ("home", "lives-with", &["alone"], Ok(Some("I live alone"))),
        ("home", "lives-with", &["a cat"], Err("Choose from the answers")),
        (
            "work-education",
            "now",
            &["volunteering", "paid-work"],
            Ok(Some("Paid work, Volunteering")),
        ),
        ("physical-health", "falls", &["3"], Ok(Some("3"))),
        ("physical-health", "falls", &["-3"], Err("whole number")),
        ("physical-health", "pain", &["10"], Ok(Some("10 of 10"))),
        ("physical-health", "pain", &["11"], Err("from 0 to 10")),
        ("money", "enough", &["not-known"], Ok(Some("Not known"))),
        ("money", "enough", &["perhaps"], Err("Choose one")),
    ];
    for (section, question, posted, expected) in cases {
        let question = ask(section, question);
        let read = question.answer.read(posted);
        match expected {
            Ok(words) => {
                let reply = read.unwrap();
                let said = reply.as_ref().map(|reply| question.in_words(reply).join(", "));
                assert_eq!(said.as_deref(), words, "{posted:?}");
                assert!(reply.is_none_or(|reply| question.is_answered_by(&reply)));
            }
            Err(why) => assert!(read.unwrap_err().contains(why), "{posted:?}"),
        }
    }
    let when = &ask("physical-health", "falls").answer;
    assert_eq!(*when, AnswerType::Number);
    assert!(!ask("physical-health", "falls").is_answered_by(&Reply::Text("often".to_owned())));
    let date = AnswerType::Date.read(&["2019-03"]).unwrap().unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), r#"{"date":"2019-03"}"#);
}

fn code(code: &str) -> Choice {
    Choice { code: code.to_owned(), label: format!("The {code} one") }
}

#[test]
fn people_and_rows_are_checked_line_by_line_and_read_back_whole() {
    let question = |answer: AnswerType| {
        let forms = forms();
        let known = form(&forms, "assessment").questions().next().unwrap().1.clone();
        Question { answer, ..known }
    };
    let columns = || vec![code("what"), code("when")];
    let row = |cells: &[(&str, &str)]| -> BTreeMap<String, String> {
        cells.iter().map(|(column, text)| ((*column).to_owned(), (*text).to_owned())).collect()
    };
    let named = |name: &str, relation: &str, reach: &str, words: &str| Named {
        name: name.to_owned(),
        relation: relation.to_owned(),
        reach: reach.to_owned(),
        words: words.to_owned(),
    };
    let people = question(AnswerType::People);
    for (one, words) in [
        (named(" Maria ", "", "", ""), "Maria"),
        (named("Maria", "daughter", "", ""), "Maria (daughter)"),
        (named("Maria", "", "020 7946 0000", ""), "Maria; to reach: 020 7946 0000"),
        (
            named("Maria", "daughter", "020 7946 0000", "shops"),
            "Maria (daughter): shops; to reach: 020 7946 0000",
        ),
    ] {
        let kept = people.answer.check(Reply::People(vec![Named::default(), one])).unwrap();
        assert_eq!(people.in_words(&kept.unwrap()), [words]);
    }
    let nameless = people.answer.check(Reply::People(vec![named("", "daughter", "", "")]));
    assert!(nameless.unwrap_err().contains("Give each person a name"));
    assert_eq!(people.answer.check(Reply::People(vec![Named::default()])), Ok(None));

    let table = question(AnswerType::Table(columns()));
    let rows = vec![row(&[("what", " Bath "), ("when", "")]), row(&[("when", " ")])];
    let kept = table.answer.check(Reply::Rows(rows)).unwrap().unwrap();
    assert_eq!(table.in_words(&kept), ["The what one: Bath"]);
    let strange = table.answer.check(Reply::Rows(vec![row(&[("why", "Because")])]));
    assert!(strange.unwrap_err().contains("no column ‘why’"));
    // As many lines as fit, and not one more.
    let lines = |count: usize| {
        let many = vec![named("Maria", "", "", ""); count];
        let rows = vec![row(&[("what", "Bath")]); count];
        (
            people.answer.check(Reply::People(many)).is_ok(),
            table.answer.check(Reply::Rows(rows)).is_ok(),
        )
    };
    let most = (1..200).take_while(|count| lines(*count).0).last().unwrap();
    assert_eq!((lines(most), lines(most + 1)), ((true, true), (false, false)));
    let said = people.answer.check(Reply::People(vec![named("Maria", "", "", ""); most + 1]));
    assert!(said.unwrap_err().contains(&format!("keep it to {most}")));

    let choices = question(AnswerType::Choices(vec![code("b"), code("a")]));
    let several = |codes: &[&str]| Reply::Choices(codes.iter().map(ToString::to_string).collect());
    assert_eq!(choices.in_words(&several(&["a", "b", "z"])), ["The b one", "The a one", "z"]);
    for (codes, taken) in [(&["a", "b"][..], true), (&["a", "z"], false)] {
        assert_eq!(choices.answer.check(several(codes)).is_ok(), taken, "{codes:?}");
    }
    for (pence, taken) in [(-1, false), (0, true), (1, true)] {
        let amount = Reply::Amount(law::pence::Pence::new(pence));
        assert_eq!(AnswerType::Amount.check(amount).is_ok(), taken, "{pence}");
    }
}

#[test]
fn one_thing_is_asked_with_one_kind_of_answer() {
    let kinds = [
        AnswerType::Text,
        AnswerType::LongText,
        AnswerType::YesNo,
        AnswerType::Date,
        AnswerType::Choice(vec![code("a"), code("b")]),
        AnswerType::Choice(vec![code("a"), code("c")]),
        AnswerType::Choices(vec![code("a"), code("b")]),
    ];
    for (at, one) in kinds.iter().enumerate() {
        for (other_at, other) in kinds.iter().enumerate() {
            // Words are words, however long; everything else is like itself alone.
            let alike = at == other_at || (at < 2 && other_at < 2);
            assert_eq!(one.is_like(other), alike, "{one:?} and {other:?}");
        }
    }
}

#[test]
fn further_faults_of_a_form_are_said() {
    let second = "id = \"second\"\ntext = \"What I do\"\ntype = \"text\"";
    let typed = |kind: &str| second.replace("\"text\"", &format!("\"{kind}\""));
    let cases = [
        (
            "due-days = 1",
            "due-days = 1\naudience = \"professionals\"\nalso-for = [\"everyone\"]",
            "‘also-for’ names ‘everyone’",
        ),
        (
            "due-days = 1",
            "due-days = 1\nalso-for = [\"organisation\", \"organisation\"]",
            "name each audience once",
        ),
        (second, &typed("table"), "question ‘one.second’ has no columns"),
        (
            second,
            &format!("{}\ncolumns = [{{ code = \"a\", label = \" \" }}]", typed("table")),
            "columns without a code or a label",
        ),
        (
            second,
            &format!("{}\ncolumns = [{{ code = \"\", label = \"A\" }}]", typed("table")),
            "columns without a code or a label",
        ),
        (
            second,
            &format!("{second}\nchoices = [{{ code = \"a\", label = \"A\" }}]"),
            "choices belong to ‘choice’ and ‘choices’",
        ),
        (
            second,
            &format!("{second}\ncolumns = [{{ code = \"a\", label = \"A\" }}]"),
            "columns to ‘table’",
        ),
        (
            second,
            &format!(
                "{second}\nprompts = [{{ prompt = \"network\", when = [\"yes\"], because = \"So\" }}]"
            ),
            "has no answers to choose from",
        ),
        (second, &format!("{second}\nconcept = \"do-i\""), "both ask for ‘do-i’: ask it once"),
    ];
    for (from, to, fault) in cases {
        assert!(SMALL.contains(from), "{from}");
        let said = forms_with(&[("forms/small.toml", &SMALL.replace(from, to))]).unwrap_err();
        assert!(said.contains(fault), "{fault}: {said}");
    }
    // Two questions may ask after strengths of one kind; one nearer never comes later.
    let helps = |first: &str, then: &str| {
        let first = format!("id = \"first\"\nhelp = \"{first}\"");
        let then = format!("{second}\nhelp = \"{then}\"");
        let text = SMALL.replace("id = \"first\"", &first).replace(second, &then);
        forms_with(&[("forms/small.toml", &text)]).map(drop)
    };
    assert_eq!((helps("own", "own"), helps("own", "services")), (Ok(()), Ok(())));
    assert!(helps("services", "own").unwrap_err().contains("strengths come first"));
    // Without an answer to hang on, a prompt is for whatever is said.
    let any = format!("{second}\nprompts = [{{ prompt = \"network\", because = \"So\" }}]");
    forms_with(&[("forms/small.toml", &SMALL.replace(second, &any))]).unwrap();
}
