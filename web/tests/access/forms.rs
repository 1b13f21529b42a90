//! Every form of `policy/forms`, through its pages: begun, filled in along each way that an answer opens,
//! and ended; wrong answers, older versions and a place's own questions.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use care::assess::form::{AnswerType, Form, Forms, Question, Section};
use care::record::fact::Fact;
use care::record::fact::assess::{FormKind, Named, Reply, YesNo};
use care::record::ids::{QuestionId, SectionId};

use super::assess::{Home, asks, hidden, question};
use super::lists::encoded;
use super::standings::entry;
use super::world::{World, forms, policy_text, seat, stranger};

/// One way through a form: what is answered where other questions hang on the answer.
pub struct Way<'a> {
    form: &'a Form,
    number: usize,
    /// What was answered so far.
    pub said: BTreeMap<(&'a SectionId, &'a QuestionId), Reply>,
    /// The questions that hang on another and were asked.
    opened: BTreeSet<(&'a SectionId, &'a QuestionId)>,
    /// Those that were not.
    closed: BTreeSet<(&'a SectionId, &'a QuestionId)>,
}

/// The answers of a question on which others hang: each that opens one, and one that opens none.
fn turns(form: &Form, section: &SectionId, question: &Question) -> Vec<Reply> {
    let hanging = form.questions().filter_map(|(_, child)| child.shown_if.as_ref());
    let here = hanging.filter(|hangs| hangs.section == *section && hangs.question == question.id);
    let opens: BTreeSet<String> = here.flat_map(|hangs| hangs.is.clone()).collect();
    if opens.is_empty() {
        return Vec::new();
    }
    let all: Vec<String> = match &question.answer {
        AnswerType::YesNo => YesNo::ALL.iter().map(|one| one.code().to_owned()).collect(),
        other => other.choices().iter().map(|choice| choice.code.clone()).collect(),
    };
    let codes = opens.iter().chain(all.iter().find(|code| !opens.contains(*code)));
    codes
        .map(|code| match &question.answer {
            AnswerType::YesNo => Reply::YesNo(YesNo::named(code).unwrap()),
            AnswerType::Choice(_) => Reply::Choice(code.clone()),
            _ => Reply::Choices([code.clone()].into()),
        })
        .collect()
}

impl<'a> Way<'a> {
    fn new(form: &'a Form, number: usize) -> Self {
        let (said, opened, closed) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Self { form, number, said, opened, closed }
    }

    /// Whether a question is asked, by what was answered before it.
    fn asked(&mut self, section: &'a Section, question: &'a Question) -> bool {
        let Some(hangs) = &question.shown_if else { return true };
        let here = (&section.id, &question.id);
        let asked = hangs.holds(self.said.get(&(&hangs.section, &hangs.question)));
        let set = if asked { &mut self.opened } else { &mut self.closed };
        set.insert(here);
        asked
    }

    fn reply(&self, section: &Section, question: &Question) -> Reply {
        let turns = turns(self.form, &section.id, question);
        match turns.len() {
            0 => some_reply(question),
            // The last way takes the last turn of each: the one that opens nothing.
            many => turns[self.number.min(many - 1)].clone(),
        }
    }
}

/// Some answer to a question, which can be told apart from others.
fn some_reply(question: &Question) -> Reply {
    let words = format!("Said of {}", question.id);
    match &question.answer {
        AnswerType::Text | AnswerType::LongText => Reply::Text(words),
        AnswerType::YesNo => Reply::YesNo(YesNo::No),
        AnswerType::Choice(choices) => Reply::Choice(choices.last().unwrap().code.clone()),
        AnswerType::Choices(choices) => {
            Reply::Choices(choices.iter().take(2).map(|choice| choice.code.clone()).collect())
        }
        AnswerType::Date => AnswerType::Date.read(&["2026-10-01"]).unwrap().unwrap(),
        AnswerType::Amount => AnswerType::Amount.read(&["20.50"]).unwrap().unwrap(),
        AnswerType::Number => Reply::Number(3),
        AnswerType::Scale => Reply::Scale(7),
        AnswerType::People => Reply::People(vec![Named { name: words, ..Named::default() }]),
        AnswerType::Table(columns) => {
            Reply::Rows(vec![BTreeMap::from([(columns[0].code.clone(), words)])])
        }
    }
}

/// An answer as its fields are sent.
fn fields(question: &Question, reply: &Reply) -> String {
    let name = format!("q-{}", question.id);
    let one = |name: &str, text: &str| format!("&{name}={}", encoded(text));
    match reply {
        Reply::RatherNotSay => one("rather-not", question.id.as_str()),
        Reply::Text(text) => one(&name, text),
        Reply::YesNo(said) => one(&name, said.code()),
        Reply::Choice(code) => one(&name, code),
        Reply::Choices(codes) => codes.iter().map(|code| one(&name, code)).collect(),
        Reply::Date(date) => {
            let day = date.first();
            format!(
                "&{name}-day={}&{name}-month={}&{name}-year={}",
                day.day_of_month(),
                day.month(),
                day.year()
            )
        }
        Reply::Amount(amount) => one(&name, &amount.to_string()),
        Reply::Number(number) => one(&name, &number.to_string()),
        Reply::Scale(place) => one(&name, &place.to_string()),
        Reply::People(people) => {
            let name = format!("{name}-0-name");
            people.iter().map(|one_of| one(&name, &one_of.name)).collect()
        }
        Reply::Rows(rows) => {
            let cells = rows.iter().flatten();
            cells.map(|(code, text)| one(&format!("{name}-0-{code}"), text)).collect()
        }
    }
}

/// How a page writes a text.
fn on_page(text: &str) -> String {
    let escaped = text.replace('&', "&#38;").replace('<', "&#60;").replace('>', "&#62;");
    escaped.replace('"', "&#34;").replace('\'', "&#39;")
}

/// Begins a form through its page, where it is begun there: its part of the address, and the entry.
async fn begin(home: &Home, form: &Form) -> (String, Option<String>) {
    if form.kind == FormKind::Contact || form.kind.is_of_plan() {
        return (form.id.to_string(), None);
    }
    let wanted = format!("form={}&about=One+thing&why=It+is+time&to=me", form.id);
    let there = home.sent(&home.social_worker, "begin", &wanted).await;
    let entry = there.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
    let segment = if form.each_time { entry.clone() } else { form.id.to_string() };
    (segment, Some(entry))
}

/// Fills a form in, section by section, and ends it.
pub async fn walk<'a>(world: &World, person: u32, form: &'a Form, number: usize) -> Way<'a> {
    let home = &Home::in_world(world, person);
    let (segment, entry) = begin(home, form).await;
    let mut way = Way::new(form, number);
    let mut told: Vec<(String, String)> = Vec::new();
    for section in &form.sections {
        let part = format!("form/{segment}/{}", section.id);
        let page = home.page(&home.social_worker, &part).await;
        let mut sent = hidden(&page);
        for one in &section.questions {
            let here = one.shown_if.as_ref().is_some_and(|hangs| hangs.section == section.id);
            let there = page.contains(&format!("name=\"q-{}", one.id));
            let case = format!("{}, {}: ‘{}’", form.id, section.id, one.id);
            if !way.asked(section, one) {
                assert!(here || !there, "{case} is asked, and nothing calls for it");
                continue;
            }
            assert!(there, "{case} is not asked: {page}");
            let reply = way.reply(section, one);
            sent += &fields(one, &reply);
            told.extend(one.in_words(&reply).into_iter().map(|words| (case.clone(), words)));
            way.said.insert((&section.id, &one.id), reply);
        }
        if sent.contains("&q-") || sent.contains("&rather-not") {
            let sent = format!("{sent}&rests-on=A+visit");
            home.sent(&home.social_worker, &part, &sent).await;
        }
    }
    let page = home.page(&home.social_worker, &format!("form/{segment}")).await;
    for (case, words) in told {
        assert!(page.contains(&on_page(&words)), "{case}: ‘{words}’ is not on the page: {page}");
    }
    assert!(!page.contains("Still to ask"), "{}: {page}", form.id);
    if let Some(entry) = entry {
        home.sent(&home.social_worker, &format!("end/{entry}"), "ending=finished").await;
        let page = home.page(&home.social_worker, &format!("form/{segment}")).await;
        assert!(page.contains("It was finished"), "{}: {page}", form.id);
    }
    way
}

#[tokio::test]
async fn every_form_is_begun_filled_in_along_each_way_and_ended() {
    let (world, forms) = (World::new(), forms(&[]));
    let mut person = 0;
    for form in forms.iter() {
        let turns = form.questions().map(|(section, one)| turns(form, &section.id, one).len());
        let ways = turns.max().unwrap_or(0).max(1);
        let (mut opened, mut closed) = (BTreeSet::new(), BTreeSet::new());
        for number in 0..ways {
            person += 1;
            let way = walk(&world, person, form, number).await;
            opened.extend(way.opened);
            closed.extend(way.closed);
        }
        for (section, one) in form.questions().filter(|(_, one)| one.shown_if.is_some()) {
            let here = (&section.id, &one.id);
            assert!(opened.contains(&here), "{}: {here:?} was never asked", form.id);
            assert!(closed.contains(&here), "{}: {here:?} was always asked", form.id);
        }
    }
}

/// What cannot be an answer to a question, and a word of the sentence that says so.
fn wrong(question: &Question) -> (String, &'static str) {
    let name = format!("q-{}", question.id);
    match &question.answer {
        AnswerType::Number => (format!("&{name}=often"), "Enter a whole number"),
        AnswerType::Amount => (format!("&{name}=plenty"), "Enter pounds and pence"),
        AnswerType::Scale => (format!("&{name}=11"), "whole number from 0 to 10"),
        AnswerType::Date => {
            // A month is understood by its name too.
            let day = format!("&{name}-day=31&{name}-month=Feb&{name}-year=2026");
            (day, "must be a real date: February 2026 has 28 days")
        }
        AnswerType::YesNo => (format!("&{name}=perhaps"), "Choose one of the answers"),
        AnswerType::Choice(_) | AnswerType::Choices(_) => {
            (format!("&{name}=made-up"), "Choose from the answers that are there")
        }
        AnswerType::People => (format!("&{name}-0-relation=sister"), "Give each person a name"),
        AnswerType::Text | AnswerType::LongText => {
            (format!("&{name}={}", "x".repeat(20_001)), "too long")
        }
        AnswerType::Table(columns) => {
            let column = &columns[0].code;
            (format!("&{name}-0-{column}={}", "x".repeat(20_001)), "too long")
        }
    }
}

#[tokio::test]
async fn a_wrong_answer_gets_one_sentence_and_keeps_what_was_typed() {
    let (world, forms) = (World::new(), forms(&[]));
    let mut kinds = BTreeSet::new();
    for (number, form) in (1..).zip(forms.iter()) {
        let home = &Home::in_world(&world, number);
        let (segment, _) = begin(home, form).await;
        let before = home.story().len();
        for section in &form.sections {
            let part = format!("form/{segment}/{}", section.id);
            for one in section.questions.iter().filter(|one| one.shown_if.is_none()) {
                // Each kind of answer once in each form.
                if !kinds.insert((form.id.clone(), one.answer.code())) {
                    continue;
                }
                let other = section.questions.iter().find(|other| {
                    other.id != one.id
                        && other.shown_if.is_none()
                        && matches!(other.answer, AnswerType::LongText)
                });
                let kept = other.map(|other| fields(other, &some_reply(other)));
                let (sent, says) = wrong(one);
                let sent = format!("do=save{sent}{}", kept.unwrap_or_default());
                let answer = home.post(&home.social_worker, &part, &sent).await;
                let case = format!("{part}: {}", one.id);
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{case}");
                // Once in the summary at the top, once beside the field.
                let said = answer.body.matches(says).count();
                assert_eq!(said, 2, "{case}: ‘{says}’: {}", answer.body);
                assert!(answer.body.contains("<title>Error:"), "{case}");
                if let Some(other) = other {
                    let typed = format!("Said of {}", other.id);
                    assert!(answer.body.contains(&typed), "{case}: {typed} was lost");
                }
                let typed = sent.split('=').nth(2).unwrap().split('&').next().unwrap();
                let chosen = matches!(
                    one.answer,
                    AnswerType::YesNo
                        | AnswerType::Choice(_)
                        | AnswerType::Choices(_)
                        | AnswerType::Scale
                );
                assert!(chosen || answer.body.contains(typed), "{case}: what was typed is lost");
            }
        }
        assert_eq!(home.story().len(), before, "{}: nothing was kept", form.id);
    }
    let of = |kind: &str| kinds.iter().any(|(_, tried)| *tried == kind);
    for kind in ["text", "long-text", "yes-no", "choice", "choices", "date", "number", "scale"] {
        assert!(of(kind), "no form asks for the kind ‘{kind}’");
    }
}

#[tokio::test]
async fn a_place_asks_its_own_question_and_older_answers_keep_their_words() {
    let older = policy_text("forms/telecare.toml");
    let newer = older
        .replace("version = 1", "version = 2")
        .replacen("text = \"", "text = \"Asked anew: ", 1)
        .replacen(
            "[[section.question]]",
            "[[section.question]]\nid = \"cat-flap\"\ntext = \"Is there a cat flap?\"\n\
             type = \"yes-no\"\n\n[[section.question]]",
            1,
        );
    let own = "id = \"gardens\"\nversion = 1\ntitle = \"Gardens\"\nkind = \"other\"\n\
               purpose = \"What the garden needs.\"\nsource = \"Ours.\"\neach-time = true\n\
               due-days = 5\n[[section]]\nid = \"garden\"\ntitle = \"The garden\"\nvoice = \"own\"\n\
               [[section.question]]\nid = \"grows\"\ntext = \"What grows there?\"\n\
               type = \"long-text\"\nrequired = true\n";
    let changed = [
        ("forms/telecare.toml", newer),
        ("forms/telecare.1.toml", older.clone()),
        ("forms/gardens.toml", own.to_owned()),
    ];
    let world = World::changed("sqlite::temporary:", &changed);
    let forms: Forms = forms(&changed);
    // Given to the older version, and read in its words.
    let telecare = forms.iter().find(|form| form.id.as_str() == "telecare").unwrap();
    assert_eq!(telecare.version, 2);
    let home = &Home::in_world(&world, 1);
    let (segment, _) = begin(home, telecare).await;
    let old = forms.version(&telecare.id, 1).unwrap();
    let (section, one) = old.questions().find(|(_, one)| one.shown_if.is_none()).unwrap();
    let occasion = world.names.of_person(home.person).read(&segment).unwrap();
    let text = format!(
        r#"{{"kind":"section-written","form":"telecare","purpose":"telecare","version":1,
            "occasion":{occasion},"section":"{}","voice":"professional","replies":{{"{}":{}}}}}"#,
        section.id,
        one.id,
        serde_json::to_string(&some_reply(one)).unwrap()
    );
    let fact: Fact = serde_json::from_str(&text).unwrap();
    world.tell(vec![(home.person, vec![entry(&stranger(), fact)])]);
    let page = home.page(&home.social_worker, &format!("form/{segment}")).await;
    let words = one.in_words(&some_reply(one));
    assert!(words.iter().all(|words| page.contains(&on_page(words))), "{words:?}: {page}");
    // The place's own question is asked with the next version, without a build.
    let part = format!("form/{segment}/{}", telecare.sections[0].id);
    let page = home.page(&home.social_worker, &part).await;
    assert!(asks(&page, "cat-flap") && page.contains("Asked anew: "), "{page}");
    home.sent(&home.social_worker, &part, &format!("{}&q-cat-flap=yes", hidden(&page))).await;
    let page = home.page(&home.social_worker, &part).await;
    assert!(question(&page, "cat-flap").contains("Yes"), "{page}");
    // And a form of its own, beside the others.
    assert!(home.page(&home.nurse, "begin").await.contains("What the garden needs."));
    let gardens = forms.iter().find(|form| form.id.as_str() == "gardens").unwrap();
    walk(&world, 2, gardens, 0).await;
}

#[tokio::test]
async fn a_part_is_written_for_fewer_where_its_form_allows_it() {
    let home = Home::new();
    let part = "form/assessment/safety";
    let usual = home.page(&home.social_worker, part).await;
    assert!(usual.contains("Write something for fewer people"), "{usual}");
    let own = home.page(&home.own, part).await;
    assert!(!own.contains("for fewer people"), "the person writes for everybody: {own}");
    // In confidence, of what professionals say: the person's words stay theirs to read.
    let gp = home.world.sign_in(&seat("gp-practice"), None);
    for (whom, nurse_reads) in [("professionals", true), ("safeguarding", false)] {
        let page = home.page(&home.social_worker, &format!("{part}?for={whom}")).await;
        assert!(page.contains("is not for everybody"), "{page}");
        assert!(page.contains("q-visiting") && !page.contains("name=\"q-could-happen\""), "{page}");
        let sent = format!("{}&for={whom}&q-visiting=Said+to+{whom}", hidden(&page));
        home.sent(&home.social_worker, part, &sent).await;
        let said = format!("Said to {whom}");
        for (browser, reads) in [
            (&home.social_worker, true),
            (&home.nurse, nurse_reads),
            (&gp, nurse_reads),
            (&home.own, false),
        ] {
            for page in ["assessment", part] {
                let page = home.page(browser, page).await;
                assert_eq!(page.contains(&said), reads, "{whom}: {page}");
            }
        }
        // It opens again with what stands for these readers.
        let page = home.page(&home.social_worker, &format!("{part}?for={whom}")).await;
        assert!(page.contains(&format!(">\n{said}</textarea>")), "{page}");
    }
    // For everybody stands what was written for everybody.
    let page = home.page(&home.social_worker, part).await;
    assert!(!page.contains(">\nSaid to"), "{page}");
    // A form that does not allow it takes it for all whom it is for.
    let wanted = "form=telecare&why=Falls&to=me";
    let there = home.sent(&home.social_worker, "begin", wanted).await;
    let there = there.split('?').next().unwrap().rsplit_once("/form/").unwrap().1;
    let first = forms(&[]).iter().find(|form| form.id.as_str() == "telecare").unwrap().sections[0]
        .id
        .clone();
    let page =
        home.page(&home.social_worker, &format!("form/{there}/{first}?for=organisation")).await;
    assert!(!page.contains("is not for everybody"), "{page}");
}
