//! Nobody decides for a person who can decide, nor without authority in scope, on record and in date,
//! whichever way round somebody tries it through the pages; and what the person is told.

use axum::http::StatusCode;
use care::record::entry::{Audience, Entry};
use care::record::fact::Fact;
use care::record::fact::assess::Reply;
use care::record::fact::decision::{Conclusion, DecisionMade, Made};
use care::record::ids::QuestionId;

use super::assess::Home;
use super::standings::entry_for;
use super::world::{Browser, seat};

const MOVE: &str = "Whether+to+move+to+a+care+home";
const DAY: i64 = 86_400;
/// Every field that somebody might make up.
const FORGED: &str = "conclusion=lacks-capacity&able-understand=no&caused=yes&matter=residence\
    &impairment=Old+age&how=Somehow&good-until-day=1&good-until-month=2&good-until-year=2027&seen=@99";
const INTERESTS: &str = "wishes=Not+without+my+piano&consulted=Her+daughter&options=Home+or+Grove+Lane\
    &least=Grove+Lane+takes+the+piano&decided=Grove+Lane&somebody=yes&deprives=no&seen=@99\
    &review-by-day=1&review-by-month=2&review-by-year=2027";

impl Home {
    /// Begins a form about a decision: the entry that began it.
    async fn begun(&self, form: &str, about: &str) -> String {
        let form = format!("form={form}&about={about}&to=me");
        let to = self.sent(&self.social_worker, "begin", &form).await;
        let entry = to.rsplit('/').next().unwrap().split('?').next().unwrap();
        entry.to_owned()
    }

    /// Fills a capacity form in; the abilities that are there, and what causes that one is not.
    async fn filled(&self, about: &str, retains: &str, causes: &str) -> String {
        let form = self.begun("capacity", about).await;
        let section = |name: &str| format!("form/{form}/{name}");
        let worker = &self.social_worker;
        self.sent(worker, &section("support"), "q-help=Pictures+and+her+daughter").await;
        let able = ["understand", "weigh", "communicate"]
            .map(|ability| format!("q-{ability}=yes&q-{ability}-seen=She+told+me"))
            .join("&");
        let retain = format!("{able}&q-retain={retains}&q-retain-seen=Lost+within+a+minute");
        self.sent(worker, &section("functional"), &retain).await;
        let cause = format!("q-impairment=Dementia&q-causes={causes}&q-causes-why=She+loses+it");
        self.sent(worker, &section("cause"), &cause).await;
        form
    }

    /// What helped, written in a form once more, for professionals alone.
    fn confide_help(&self, form: &str, help: &str) {
        let is_help = |entry: &Entry| match &entry.fact {
            Fact::SectionWritten(written) => written.section.as_str() == "support",
            _ => false,
        };
        let mut last = self.story().into_iter().rfind(is_help).unwrap();
        let Fact::SectionWritten(written) = &mut last.fact else { panic!() };
        written.occasion = self.world.names.of_person(self.person).read(form);
        written.replies.insert(QuestionId::new("help"), Reply::Text(help.to_owned()));
        let confided = entry_for(&last.author, Audience::Professionals, last.fact);
        self.world.tell(vec![(self.person, vec![confided])]);
    }

    /// Records a finding about where to live: its entry.
    async fn found(&self, about: &str, retains: &str) -> u32 {
        let form = self.filled(about, retains, "yes").await;
        self.sent(&self.social_worker, &format!("capacity/{form}"), FORGED).await;
        let found = self.story().into_iter().rev();
        let mut found = found.filter(|one| matches!(one.fact, Fact::CapacityAssessed(_)));
        found.next().unwrap().number
    }

    async fn authority(&self, kind: &str, holder: &str, scope: &str, until: &str) -> u32 {
        let form = format!(
            "kind={kind}&holder={holder}&scope={scope}&document=7000-1234{until}\
             &holds-from-day=1&holds-from-month=1&holds-from-year=2026\
             &seen-on-day=20&seen-on-month=11&seen-on-year=2026\
             &registered-on-day=1&registered-on-month=2&registered-on-year=2026"
        );
        self.sent(&self.social_worker, "authority/record", &form).await;
        self.story().last().unwrap().number
    }

    fn conclusions(&self) -> Vec<Conclusion> {
        let found = self.story().into_iter().filter_map(|entry| match entry.fact {
            Fact::CapacityAssessed(found) => Some(found.conclusion),
            _ => None,
        });
        found.collect()
    }

    fn made(&self) -> Vec<DecisionMade> {
        let made = self.story().into_iter().filter_map(|entry| match entry.fact {
            Fact::DecisionMade(made) => Some(*made),
            _ => None,
        });
        made.collect()
    }

    /// Tries to decide on a finding, and is refused with these words; nothing is kept.
    async fn may_not(&self, finding: u32, by: &str, why: &str) {
        let before = self.made().len();
        let form = format!("by={by}&unwise=no&{INTERESTS}");
        let answer = self.post(&self.social_worker, &format!("decision/@{finding}"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{by}: {}", answer.body);
        assert!(answer.body.contains(why), "{by}, {why}: {}", answer.body);
        assert_eq!(self.made().len(), before, "{by}");
    }
}

#[tokio::test]
async fn the_conclusion_is_worked_out_from_the_form_whatever_is_sent() {
    let home = Home::new();
    let form = home.begun("capacity", MOVE).await;
    let part = format!("capacity/{form}");
    let open = home.page(&home.social_worker, &part).await;
    assert!(open.contains("Not known yet") && !open.contains("Record this finding"), "{open}");
    let early = home.post(&home.social_worker, &part, FORGED).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(home.conclusions().is_empty(), "a forged finding is none");

    home.found(MOVE, "yes").await;
    home.found("Whether+to+see+a+dentist", "no").await;
    let other = home.filled("Whether+to+phone", "no", "no").await;
    home.sent(&home.social_worker, &format!("capacity/{other}"), FORGED).await;
    assert_eq!(home.conclusions(), [Conclusion::Has, Conclusion::Lacks, Conclusion::Has]);
    // It can be relied on until a day, which is asked for.
    let lacks = home.filled("Whether+to+go+out", "no", "yes").await;
    let part = format!("capacity/{lacks}");
    let page = home.page(&home.social_worker, &part).await;
    for told in ["lacks capacity for this decision now", "No. Lost within a minute", "Dementia"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let bare = home.post(&home.social_worker, &part, &format!("matter=care&seen={seen}")).await;
    assert!(bare.body.contains("Say until when this can be relied on"), "{}", bare.body);
    // Nor is anything recorded on what was written after the page was opened.
    let support = format!("form/{lacks}/support");
    let had = home.opened(&home.nurse, &support).await;
    home.sent(&home.nurse, &support, &format!("{had}&q-help=Nothing+at+all")).await;
    let until = "good-until-day=1&good-until-month=2&good-until-year=2027";
    let late = format!("matter=care&{until}&seen={seen}");
    let late = home.post(&home.social_worker, &part, &late).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.body.contains("Somebody wrote in the assessment after you opened"),
        "{}",
        late.body
    );
}

#[tokio::test]
async fn what_was_written_in_confidence_is_not_told_with_a_finding() {
    let home = Home::new();
    let form = home.filled(MOVE, "no", "yes").await;
    let other = home.begun("capacity", "Whether+to+sing").await;
    home.confide_help(&other, "Her son was sent out");
    let page = home.page(&home.social_worker, &format!("capacity/{other}")).await;
    assert!(page.contains("written for professionals alone"), "{page}");
    assert!(!page.contains("Her son was sent out"), "{page}");
    let tried = home.post(&home.social_worker, &format!("capacity/{other}"), FORGED).await;
    assert_eq!(tried.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Beside what everybody may read, it changes nothing.
    home.confide_help(&form, "Her son was sent out");
    home.sent(&home.social_worker, &format!("capacity/{form}"), FORGED).await;
    let finding = home.story();
    let finding = finding.iter().rfind(|one| matches!(one.fact, Fact::CapacityAssessed(_)));
    let finding = finding.unwrap().number;
    let letter = home.page(&home.own, &format!("letter/@{finding}")).await;
    for told in ["cannot make this decision at the moment", "Pictures and her daughter", "Court"] {
        assert!(letter.contains(told), "{told}: {letter}");
    }
    assert!(!letter.contains("Her son"), "{letter}");
}

#[tokio::test]
async fn nobody_is_recorded_as_deciding_for_somebody_who_can() {
    let home = Home::new();
    let attorney = home.authority("lpa-health", "Ada+Okonkwo", "residence", "").await;
    let has = home.found(MOVE, "yes").await;
    let page = home.page(&home.social_worker, &format!("decision/@{has}")).await;
    assert!(page.contains("can make this decision") && !page.contains("name=\"by\""), "{page}");
    let theirs = "The person has capacity for this decision: nobody decides it for them";
    home.may_not(has, &format!("@{has}-interests"), theirs).await;
    home.may_not(has, &format!("@{has}-@{attorney}"), theirs).await;
    // Neither by an entry that is no finding.
    for nothing in [1, attorney, 99] {
        let path = format!("decision/@{nothing}");
        let form = format!("by=best-interests&{INTERESTS}");
        let answer = home.post(&home.social_worker, &path, &form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    // Unwise, and theirs.
    let own = "decided=I+stay+at+home&unwise=yes";
    home.sent(&home.social_worker, &format!("decision/@{has}"), own).await;
    assert_eq!(home.made()[0].made, Made::Person { unwise: true });
    let list = home.page(&home.own, "decisions").await;
    assert!(list.contains("I stay at home") && !list.contains("Record what is decided"), "{list}");

    // Found unable, and able in the same matter since.
    let lacks = home.found("Whether+to+stay+with+her+sister", "no").await;
    home.page(&home.social_worker, &format!("decision/@{lacks}")).await;
    home.may_not(lacks, "person", "keep what they say as their wishes").await;
    home.found("Whether+to+sleep+upstairs", "yes").await;
    home.may_not(lacks, &format!("@{lacks}-@{attorney}"), "assess this decision again").await;
    // And what was found does not hold for ever.
    let lacks = home.found("Whether+to+rent+a+room", "no").await;
    home.world.wait(80 * DAY);
    home.may_not(lacks, &format!("@{lacks}-interests"), "no longer be relied on").await;
    assert_eq!(home.made().len(), 1);
}

#[tokio::test]
async fn who_decides_has_authority_in_scope_on_record_and_in_date() {
    let home = Home::new();
    let lacks = home.found(MOVE, "no").await;
    let other = home.authority("lpa-health", "Ada+Okonkwo", "treatment", "").await;
    home.may_not(lacks, &format!("@{lacks}-@{other}"), "does not reach to").await;
    let money = home.authority("lpa-property", "Ada+Okonkwo", "money", "").await;
    home.may_not(lacks, &format!("@{lacks}-@{money}"), "does not reach to").await;
    let over = "&until-day=1&until-month=6&until-year=2026";
    let over = home.authority("deputy-welfare", "Ada+Okonkwo", "residence", over).await;
    home.may_not(lacks, &format!("@{lacks}-@{over}"), "does not hold on").await;
    home.may_not(lacks, &format!("@{lacks}-@{lacks}"), "no such entry").await;
    home.may_not(lacks, &format!("@{lacks}-@99"), "no such entry").await;
    home.may_not(lacks, "@99-interests", "no such entry").await;
    home.may_not(lacks, "anybody", "Choose who decides").await;
    home.may_not(lacks, "", "Choose who decides").await;
    let silent = INTERESTS.replace("wishes=Not+without+my+piano", "wishes=");
    let silent = format!("by=@{lacks}-interests&{silent}");
    let silent = home.post(&home.social_worker, &format!("decision/@{lacks}"), &silent).await;
    assert!(silent.body.contains("Write what the person wants"), "{}", silent.body);
    let deprives = INTERESTS.replace("deprives=no", "deprives=yes");
    let deprives = format!("by=@{lacks}-interests&{deprives}");
    let locked = home.post(&home.social_worker, &format!("decision/@{lacks}"), &deprives).await;
    assert!(locked.body.contains("needs an authorisation"), "{}", locked.body);

    // Nor is another decision a way to this one.
    let elsewhere = home.found("Whether+to+go+out", "no").await;
    home.may_not(lacks, &format!("@{elsewhere}-interests"), "Choose who decides").await;

    let good = home.authority("lpa-health", "Ada+Okonkwo", "residence", "").await;
    home.may_not(lacks, &format!("@{lacks}-interests"), "Ada Okonkwo decides this").await;
    let page = home.page(&home.social_worker, &format!("decision/@{lacks}")).await;
    assert!(page.contains(&home.spelled(&format!("value=\"@{lacks}-@{good}\""))), "{page}");
    assert!(!page.contains(&home.spelled(&format!("value=\"@{lacks}-@{money}\""))), "{page}");
    let form = format!("by=@{lacks}-@{good}&{INTERESTS}");
    let form = form.replace("somebody=yes", "somebody=no");
    home.sent(&home.social_worker, &format!("decision/@{lacks}"), &form).await;
    assert_eq!(home.made()[0].made, Made::Holder { capacity: lacks, authority: good });
    let story = home.story();
    let advocate = |fact: &Fact| matches!(fact, Fact::Prompted(one) if one.because.contains("37"));
    assert!(story.iter().any(|one| advocate(&one.fact)), "an advocate is thought of");
    let made = story.iter().find(|one| matches!(one.fact, Fact::DecisionMade(_))).unwrap().number;
    let letter = home.page(&home.own, &format!("letter/@{made}")).await;
    for told in ["Ada Okonkwo", "7000-1234", "Not without my piano", "Grove Lane", "by 1 February"]
    {
        assert!(letter.contains(told), "{told}: {letter}");
    }
    let work = home.world.get("/work", &home.world.again(&home.social_worker)).await.body;
    for told in ["Look again at what was decided for the person", "Look again whether the person"] {
        assert!(work.contains(told), "{told}: {work}");
    }
    // Authority that has ended does not outlive its end.
    let ended = "last-day-day=1&last-day-month=11&last-day-year=2026&why=Revoked";
    home.sent(&home.social_worker, &format!("authority/@{good}/end"), ended).await;
    home.may_not(lacks, &format!("@{lacks}-@{good}"), "does not hold on").await;
}

#[tokio::test]
async fn what_the_best_interests_form_says_is_not_asked_again() {
    let home = Home::new();
    let lacks = home.found(MOVE, "no").await;
    let form = home.begun("best-interests", MOVE).await;
    let wishes = "q-now=I+want+my+piano&q-before=I+always+said+so&voice=recorded";
    home.sent(&home.social_worker, &format!("form/{form}/my-wishes"), wishes).await;
    let page = home.page(&home.social_worker, &format!("decision/@{lacks}")).await;
    assert!(page.contains("I want my piano") && !page.contains("name=\"wishes\""), "{page}");
    assert!(page.contains("name=\"consulted\""), "what it leaves open is asked: {page}");
    let form = format!("by=@{lacks}-interests&{INTERESTS}");
    home.sent(&home.social_worker, &format!("decision/@{lacks}"), &form).await;
    let interests = home.made()[0].interests.clone().unwrap();
    assert!(interests.wishes.contains("I always said so"), "not what was forged: {interests:?}");
    assert_eq!(interests.consulted, "Her daughter");
}

async fn sees(home: &Home, browser: &Browser, part: &str) -> String {
    let answer = home.world.get(&home.path(part), &home.world.again(browser)).await;
    if answer.status == StatusCode::OK { answer.body } else { String::new() }
}

#[tokio::test]
async fn who_acts_for_somebody_sees_what_their_authority_is_about_and_while_it_is_of_use() {
    let home = Home::new();
    let attorney = home.world.sign_in(&seat("representative"), Some(home.person));
    let name = "representative+Worker";
    let about = "q-important-to-me=My+garden&q-communicate=Speak+slowly";
    home.sent(&home.social_worker, "form/assessment/about-me", about).await;
    home.authority("lpa-property", "Somebody+Else", "money", "").await;
    let shut = async |why: &str| {
        for part in ["decisions", "assessment", "authority", "letter/@99", "means", ""] {
            let shown = sees(&home, &attorney, part).await;
            assert!(shown.is_empty(), "{why}: {part} {shown}");
        }
    };
    shut("nothing on record").await;
    home.authority("lpa-health", name, "residence", "").await;
    shut("the person decides").await;
    home.found("Whether+to+have+tea", "yes").await;
    shut("and was found to").await;
    let lacks = home.found(MOVE, "no").await;
    let page = sees(&home, &attorney, "decisions").await;
    assert!(page.contains("Whether to move to a care home"), "{page}");
    for no in ["Assess whether", "Record what is decided", "Talk about a risk"] {
        assert!(!page.contains(no), "{no}: {page}");
    }
    assert!(sees(&home, &attorney, &format!("letter/@{lacks}")).await.contains("cannot make"));
    assert!(sees(&home, &attorney, "assessment").await.contains("My garden"));
    assert!(sees(&home, &attorney, "means").await.is_empty(), "not their money");
    let authority = sees(&home, &attorney, "authority").await;
    assert!(!authority.contains("Somebody Else"), "nor who else acts: {authority}");
    let all = [sees(&home, &attorney, "").await, page];
    assert!(all.iter().all(|page| !page.contains("May I have a rail")), "nor the story");
    for part in [format!("decision/@{lacks}"), "risk".to_owned(), "chc".to_owned()] {
        assert!(sees(&home, &attorney, &part).await.is_empty(), "{part}");
    }
    // Later than it can be relied on, it is not of use any more.
    home.world.wait(80 * DAY);
    shut("the finding is too old").await;
}

#[tokio::test]
async fn continuing_healthcare_is_answered_with_a_reason_or_a_checklist() {
    let home = Home::new();
    let silent = home.post(&home.social_worker, "chc", "occasions=may-need&reason=+").await;
    assert!(silent.body.contains("Say why no checklist is done"), "{}", silent.body);
    let again = "again-by-day=1&again-by-month=2&again-by-year=2027";
    let none = format!("occasions=may-need&reason=She+is+well+again&{again}");
    home.sent(&home.social_worker, "chc", &none).await;
    let letter = home.story().last().unwrap().number;
    let letter = home.page(&home.own, &format!("letter/@{letter}")).await;
    assert!(letter.contains("She is well again") && letter.contains("You can ask for a checklist"));

    let form = home.begun("chc-checklist", "").await;
    let part = format!("chc/{form}");
    let page = home.page(&home.social_worker, &part).await;
    assert!(page.contains("To be answered in the form first"), "{page}");
    let early = home.post(&home.social_worker, &part, &format!("{again}&seen=@99")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let agreed = "q-occasion=may-need&q-consent=given&q-involved=yes";
    home.sent(&home.social_worker, &format!("form/{form}/agreement"), agreed).await;
    let marks: Vec<String> = law::chc::ChecklistDomain::ALL
        .iter()
        .map(|one| format!("q-{}={}", one.code(), if one.starred() { "C" } else { "A" }))
        .collect();
    home.sent(&home.social_worker, &format!("form/{form}/domains"), &marks.join("&")).await;
    let page = home.page(&home.social_worker, &part).await;
    assert!(page.contains("Reached: a full assessment follows"), "{page}");
    home.sent(&home.social_worker, &part, &format!("{again}&seen=@99")).await;
    let letter = home.story();
    let letter = letter.iter().rfind(|one| matches!(one.fact, Fact::ChcConsidered(_))).unwrap();
    let letter = home.page(&home.own, &format!("letter/@{}", letter.number)).await;
    assert!(letter.contains("you should have a full assessment"), "{letter}");
    let work = home.world.get("/work", &home.world.again(&home.social_worker)).await.body;
    assert!(work.contains("Follow up NHS continuing healthcare"), "{work}");
}

#[tokio::test]
async fn a_risk_is_kept_as_a_conversation_and_chosen_by_who_may() {
    let home = Home::new();
    home.sent(&home.own, "form/assessment/safety", "q-could-happen=I+know+the+way").await;
    let page = home.page(&home.social_worker, "risk").await;
    assert!(page.contains("I know the way"), "said once: {page}");
    let nothing = home.post(&home.social_worker, "risk", "").await.body;
    for field in ["decision", "what", "person", "professional", "done", "choice", "review-by-day"] {
        assert!(nothing.contains(&format!("href=\"#{field}\"")), "{field}: {nothing}");
    }
    let talk = |by: &str, decision: &str| {
        format!(
            "decision={decision}&what=She+could+get+lost&person=I+know+the+way&person-likelihood=unlikely\
             &professional=She+was+brought+home&professional-harm=serious&done=A+card&choice=I+go\
             &by={by}&review-by-day=1&review-by-month=2&review-by-year=2027"
        )
    };
    let refused = async |by: &str, decision: &str, why: &str| {
        let answer = home.post(&home.social_worker, "risk", &talk(by, decision)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{by}");
        assert!(answer.body.contains(why), "{by}: {}", answer.body);
    };
    refused("", "To+go+out", "Choose who decides").await;
    refused("@3-interests", "To+go+out", "no such entry").await;
    let lacks = home.found(MOVE, "no").await;
    refused(&format!("@{lacks}-interests"), "To+go+out", "assessed for another decision").await;
    refused("unwise", MOVE, "keep what they say as their wishes").await;
    home.sent(&home.social_worker, "risk", &talk("unwise", "To+go+out")).await;
    let first = home.story().last().unwrap().number;
    let again = home.page(&home.social_worker, &format!("risk?again=@{first}")).await;
    assert!(again.contains("Last time") && again.contains("She was brought home"), "{again}");
    let letter = home.page(&home.own, &format!("letter/@{first}")).await;
    for told in ["I know the way", "Unlikely", "She was brought home", "You chose this"] {
        assert!(letter.contains(told), "{told}: {letter}");
    }
    let next = format!("risk?again=@{first}");
    home.sent(&home.social_worker, &next, &talk("person", "To+go+out")).await;
    let list = home.page(&home.own, "decisions").await;
    assert_eq!(list.matches("Their own choice").count(), 1, "the last talk stands: {list}");
}
