//! My work: what is due for me and for my team, the people I work with, how my area stands.

use askama::Template;
use axum::response::Response;
use care::record::derived::{Stage, Task};
use care::record::entry::Entry;
use care::record::fact::Fact;
use care::record::fact::review::Risk;
use care::record::ids::PersonId;
use care::who::role::Right;
use law::day::Day;
use store::engine::Tx;
use store::lists::{self, Whom};
use store::runs;
use store::work::{self, Due, Owner};
use store::{StoreError, stories, users};

use self::news::News;
use crate::app::Place;
use crate::assess::hand;
use crate::components::{Button, Cell, Colour, Details, Markup, Table, Tag};
use crate::error::Failure;
use crate::find::found::standing;
use crate::forms::capital;
use crate::letter::waiting;
use crate::owner::{self, Line as Owned};
use crate::page::{self, Page};
use crate::plan;
use crate::posted::Asked;
use crate::reading;
use crate::record::person::stage_tag;
use crate::seat::Seat;
use crate::whom::Namesakes;

pub mod area;
pub mod news;

/// How many lines one list shows.
const LINES: usize = 200;
/// What is due after so many days is out of the way, where it can be opened.
const FAR_OFF: i32 = 182;
/// How many people one list shows.
const PEOPLE: u32 = 100;

#[derive(Template)]
#[template(path = "work/work.html")]
struct WorkPage {
    page: Page,
    area: Option<String>,
    lists: Vec<List>,
    figures: Option<Table>,
    /// Whether the user leads an area, of which there is a page.
    leads: bool,
    contact: Markup,
}

struct List {
    title: String,
    empty: &'static str,
    lines: Option<Markup>,
    /// What is far off, out of the way.
    later: Option<Details>,
}

impl List {
    fn new(title: impl Into<String>, empty: &'static str, lines: &[Line]) -> Self {
        Self { title: title.into(), empty, lines: under_each_other(lines), later: None }
    }

    /// With what is due after a day.
    fn later(self, after: Day, lines: &[Line]) -> Self {
        let summary = format!("Due after {}: {}", after.in_words(), lines.len());
        Self { later: under_each_other(lines).map(|lines| Details::new(summary, lines)), ..self }
    }
}

#[derive(Template)]
#[template(path = "work/lines.html")]
struct Lines<'a> {
    lines: &'a [Line],
}

/// Lines of work under each other; none where there are none.
fn under_each_other(lines: &[Line]) -> Option<Markup> {
    (!lines.is_empty()).then(|| Markup::of(&Lines { lines }))
}

struct Line {
    href: String,
    what: String,
    due: String,
    tags: Vec<Tag>,
    /// What it comes from; who had it before; why nobody has it.
    why: Vec<String>,
    /// How somebody is found who does it.
    way: Option<String>,
}

/// Who is told, and whose names several people on the page have.
struct Telling<'a> {
    seat: &'a Seat,
    names: Namesakes,
}

/// Everything the page rests on.
struct Work {
    mine: Vec<Owned>,
    /// What teams have to do for people whose record the user keeps, and none of them may see it.
    unseen: Vec<work::Line>,
    team: Vec<Owned>,
    /// What nobody owns, and the user is there for.
    unowned: Vec<Owned>,
    people: Vec<(Whom, Stage)>,
    /// What others wrote about these people since the user last looked.
    news: Vec<News>,
    stages: Vec<(Option<Stage>, u32)>,
    /// How many letters the team has to give.
    letters: u32,
    /// How many people of the area are known to care for somebody.
    carers: u32,
    /// Whose names were not yet written down today as seen here.
    unlogged: Vec<PersonId>,
}

/// Shows the work.
pub async fn show(seat: Seat, Asked(asked): Asked) -> Result<Response, Failure> {
    if !seat.works() {
        return Err(Failure::NotFound);
    }
    let work = seat.read(read).await?;
    // Before anything is shown, and only where it has not been written down today: a list that is looked at
    // all day takes no turn from those who write.
    if !work.unlogged.is_empty() {
        let seen = work.unlogged.clone();
        let write = move |tx: &mut dyn Tx, seat: &Seat| {
            reading::write_names_seen(tx, seat, reading::IN_WORK, seen.iter().copied())
        };
        seat.write(write).await?;
    }
    let page = seat.page("My work", "/work");
    let page = match asked.value("done") {
        "reviewed" => page.done("What you found is on the record"),
        "decided" => page.done("What the person pays is decided"),
        "contact" => page.done("The contact is up to date"),
        "handed" => page.done("It is handed over, and on the list of whoever does it now"),
        "given" => page.done("It is on record that the letter was given"),
        _ => page,
    };
    let team = seat.actor.team.as_ref().map(|team| seat.app.place.team_name(team));
    let telling = Telling { seat: &seat, names: Namesakes::of(work.whoms()) };
    let owned = |lines: &[&Owned]| -> Vec<Line> {
        lines.iter().map(|one| owned_line(&telling, one)).collect()
    };
    let far_off = seat.today.plus_days(FAR_OFF);
    let (mine, later) = parted(&work.mine, far_off);
    let mine = List::new("For you", "Nothing is due for you.", &owned(&mine));
    let mut all = vec![mine.later(far_off, &owned(&later))];
    if !work.news.is_empty() {
        let news: Vec<Line> = work.news.iter().map(|news| news_line(&telling, news)).collect();
        let title = match news.len() {
            news::PEOPLE => "New since you last looked: the newest",
            _ => "New since you last looked",
        };
        all.push(List::new(title, "", &news));
    }
    if !work.unowned.is_empty() {
        let unowned: Vec<&Owned> = work.unowned.iter().collect();
        all.push(List::new("Nobody has this", "", &owned(&unowned)));
    }
    if !work.unseen.is_empty() {
        let unseen = work.unseen.iter().map(|one| unseen_line(&telling, one));
        all.push(List::new("Only you are told of this", "", &unseen.collect::<Vec<_>>()));
    }
    if let (Some(team), true) = (&team, seat.actor.role.may(Right::SeeWork)) {
        let (soon, later) = parted(&work.team, far_off);
        let lines = team_lines(&telling, &work, &soon);
        let list = List::new(format!("For {team}"), "Nothing is due for your team.", &lines);
        all.push(list.later(far_off, &owned(&later)));
    }
    let people: Vec<Line> = work.people.iter().map(|one| person_line(&telling, one)).collect();
    let none = "You are in nobody’s team yet.";
    all.push(List::new("People whose team you are in", none, &people));
    let figures =
        seat.actor.role.may(Right::SeeFound).then(|| figures(&seat, &work.stages, work.carers));
    page::show(&WorkPage {
        page,
        area: team,
        lists: all,
        figures,
        leads: seat.actor.role.may(Right::FindOwner),
        contact: Button::link("Record a contact", "/contact").secondary().into(),
    })
}

fn read(tx: &mut dyn Tx, seat: &Seat) -> Result<Work, StoreError> {
    let mine = owner::work_of(tx, seat, &Owner::User(seat.actor.user), LINES)?;
    let team = match &seat.actor.team {
        Some(team) if seat.actor.role.may(Right::SeeWork) => {
            owner::work_of(tx, seat, &Owner::Team(team.clone()), LINES)?
        }
        _ => Vec::new(),
    };
    let mut unowned = owner::unowned(tx, seat, LINES)?;
    // A lead of a team in which nobody else sits has its work on one list.
    unowned.retain(|one| team.iter().all(|other| other.due != one.due));
    let (mut people, mut days) = (Vec::new(), Vec::new());
    for (whom, stage, last) in lists::people_of_user(tx, seat.actor.user, PEOPLE)? {
        let stage = reading::stage_told(tx, seat, whom.person, stage)?;
        days.push((last, whom.clone()));
        people.push((whom, stage));
    }
    let news = news::newest(tx, seat, days)?;
    let mut stages: Vec<(Option<Stage>, u32)> = Vec::new();
    if seat.actor.role.may(Right::SeeFound) {
        for criterion in
            seat.app.place.cohorts.criteria.keys().filter(|id| *id == "three-conditions")
        {
            let Some(run) = runs::latest(tx, criterion)? else { continue };
            for one in standing(tx, seat, run.id, &seat.actor.practices)? {
                let stage = match one.stage {
                    Some(stage) => Some(reading::stage_told(tx, seat, one.person, stage)?),
                    None => None,
                };
                match stages.iter_mut().find(|(known, _)| *known == stage) {
                    Some((_, sum)) => *sum += 1,
                    None => stages.push((stage, 1)),
                }
            }
        }
    }
    let unseen = unseen(tx, seat, &people)?;
    let (letters, carers) = (letters(tx, seat)?, carers(tx, seat)?);
    let mut work = Work {
        mine,
        unseen,
        team,
        unowned,
        people,
        news,
        stages,
        letters,
        carers,
        unlogged: Vec::new(),
    };
    let seen = work.whoms().map(|whom| whom.person);
    work.unlogged = reading::names_unseen(tx, seat, reading::IN_WORK, seen)?;
    Ok(work)
}

impl Work {
    /// Everybody whom it names; some more than once.
    fn whoms(&self) -> impl Iterator<Item = &Whom> {
        let owned = self.mine.iter().chain(&self.team).chain(&self.unowned).map(|one| &one.whom);
        let unseen = self.unseen.iter().map(|one| &one.whom);
        owned.chain(unseen).chain(self.people.iter().map(|(whom, _)| whom))
    }
}

/// How many letters the team has to give: they have a list of their own, since there can be very many.
fn letters(tx: &mut dyn Tx, seat: &Seat) -> Result<u32, StoreError> {
    match &seat.actor.team {
        Some(team) if seat.actor.role.may(Right::SeeWork) => waiting::counted(tx, seat, team),
        _ => Ok(0),
    }
}

/// How many carers are in touch in the area: counted by their own records.
fn carers(tx: &mut dyn Tx, seat: &Seat) -> Result<u32, StoreError> {
    let mut carers = 0;
    if seat.actor.role.may(Right::SeeFound) {
        for practice in &seat.actor.practices {
            carers += lists::carers_in(tx, practice)?;
        }
    }
    Ok(carers)
}

/// What is due by a day, and what after it.
fn parted(lines: &[Owned], day: Day) -> (Vec<&Owned>, Vec<&Owned>) {
    lines.iter().partition(|one| one.due.due <= day)
}

fn team_lines(telling: &Telling<'_>, work: &Work, soon: &[&Owned]) -> Vec<Line> {
    let letters = (work.letters > 0).then(|| Line {
        href: "/letters".to_owned(),
        what: format!("Letters to give: {}", work.letters),
        due: String::new(),
        why: Vec::new(),
        way: None,
        tags: Vec::new(),
    });
    let meets = work.team.iter().any(|one| one.due.task == Task::TalkAtMeeting);
    let meetings = (meets && telling.seat.actor.role.may(Right::Review)).then(|| Line {
        href: "/meetings".to_owned(),
        what: "Meetings: who is on the list".to_owned(),
        due: String::new(),
        why: Vec::new(),
        way: None,
        tags: Vec::new(),
    });
    let lines = soon.iter().map(|one| owned_line(telling, one));
    letters.into_iter().chain(meetings).chain(lines).collect()
}

/// What teams have to do for people whose record is restricted and kept by whoever asks, where nobody
/// of that team may see it: otherwise nobody would be reminded.
fn unseen(
    tx: &mut dyn Tx,
    seat: &Seat,
    people: &[(Whom, Stage)],
) -> Result<Vec<work::Line>, StoreError> {
    let mut unseen = Vec::new();
    for (whom, _) in people.iter().filter(|(whom, _)| whom.restricted) {
        let team = stories::person(tx, whom.person)?.team;
        if !team.iter().any(|member| member.keeper && member.user == seat.actor.user) {
            continue;
        }
        let mut seated = Vec::new();
        for member in &team {
            let seats = users::seats(tx, member.user, seat.today)?;
            seated.extend(seats.into_iter().filter_map(|seat| seat.team));
        }
        let lines = work::about(tx, whom.person)?.into_iter();
        // The keeper does not look at their own opening.
        let lines = lines.filter(|line| !owner::is_look(&line.due));
        let sees = |line: &work::Line| line.due.team.as_ref().is_none_or(|it| seated.contains(it));
        unseen.extend(lines.filter(|line| !sees(line)));
    }
    Ok(unseen)
}

fn line(telling: &Telling<'_>, due: &Due, whom: &Whom) -> Line {
    let seat = telling.seat;
    let (person, name, named) = (whom.person, telling.names.name(whom), seat.due_called(due));
    let href = match due.task {
        Task::AnswerContact => format!("/person/{person}/contact/{named}"),
        Task::AskForAnswer => format!("/person/{person}/answer"),
        Task::NameKeeper => format!("/person/{person}/team"),
        Task::ReviewOpening => format!("/person/{person}/opening/{named}"),
        Task::AssessMeans | Task::DecideCharge => format!("/person/{person}/means"),
        Task::FillForm | Task::AskAgain => format!("/person/{person}/form/{named}"),
        Task::AnswerPrompt => format!("/person/{person}/prompt/{named}"),
        Task::Review => format!("/person/{person}/begin?form=review"),
        Task::DoAction
        | Task::AskOfAction
        | Task::FinishDraft
        | Task::AgreePlan
        | Task::TalkOfPlan
        | Task::ScoreStart
        | Task::PlanContingency => {
            plan::href(person, due.task, named).unwrap_or_else(|| format!("/person/{person}/plan"))
        }
        Task::HoldReview => format!("/person/{person}/review"),
        Task::AskConsent => format!("/person/{person}/caring/{named}"),
        Task::ReviewAuthority => format!("/person/{person}/authority"),
        Task::TalkAtMeeting => format!("/person/{person}/meeting/{named}"),
        Task::SeeMessage => format!("/person/{person}/message/{named}"),
        Task::TellOfWeek => format!("/person/{person}/enablement/{named}/week"),
        Task::EndEnablement => format!("/person/{person}/enablement/{named}"),
        Task::AssessCapacity | Task::ReviewDecision => {
            format!("/person/{person}/decision/{named}")
        }
        Task::TalkOfRisk => format!("/person/{person}/risk?again={named}"),
        Task::ThinkOfChc => format!("/person/{person}/chc"),
        Task::SendLetter => format!("/person/{person}/letter/{named}"),
        Task::ReviewCard => format!("/person/{person}/card"),
    };
    let late = due.due < seat.today;
    let at_risk = due.risk == Some(Risk::High);
    let tags = [
        (due.urgent, "Urgent", Colour::Red),
        (late, "Late", Colour::Yellow),
        (at_risk, "High risk", Colour::Grey),
    ];
    let tags = tags.into_iter().filter(|(is, ..)| *is);
    let tags = tags.map(|(_, text, colour)| Tag::new(text).colour(colour)).collect();
    let when = if due.due == seat.today {
        "due today".to_owned()
    } else {
        format!("due {}", due.due.in_words())
    };
    Line {
        href,
        what: format!("{}: {name}", due.task.in_words()),
        due: when,
        tags,
        why: Vec::new(),
        way: None,
    }
}

/// As [`line`], with what it comes from, who had it before, and why nobody has it.
fn owned_line(telling: &Telling<'_>, one: &Owned) -> Line {
    let seat = telling.seat;
    let place = &seat.app.place;
    let mut why = vec![because(place, &one.due, &one.entry)];
    for pair in one.held.windows(2) {
        if let [before, after] = pair {
            why.push(format!(
                "{} had it from {} until {}. {}",
                place.team_name(&before.team),
                before.from.in_words(),
                after.from.plus_days(-1).in_words(),
                after.why
            ));
        }
    }
    why.extend(one.handed.iter().cloned());
    if one.due.task == Task::DecideCharge && one.entry.author.user == seat.actor.user {
        why.push("You drafted it, so somebody else decides.".to_owned());
    }
    why.extend(one.nobody.iter().map(|nobody| format!("{nobody} Find somebody who takes it.")));
    let way = hand_over(seat, &one.due).filter(|_| one.nobody.is_some());
    Line { why, way, ..line(telling, &one.due, &one.whom) }
}

/// Where a piece of work is handed over to somebody else, where it is one that can be.
fn hand_over(seat: &Seat, due: &Due) -> Option<String> {
    (due.task == Task::FillForm).then(|| hand::path(due.person, seat.due_called(due)))
}

/// What something due comes from, without what is said there: that is for the record. An action of the plan
/// is named, since somebody may have several to do.
fn because(place: &Place, due: &Due, entry: &Entry) -> String {
    let (who, on) = (&entry.author.name, entry.on.in_words());
    match &entry.fact {
        Fact::ActionWritten(_) if due.task == Task::HoldReview => {
            format!("This is the first review of the plan that was begun on {on}.")
        }
        Fact::Contact(contact) => {
            format!("Somebody got in touch on {on}: {}.", contact.route.in_words())
        }
        Fact::Invited(_) => format!("{who} invited them on {on}."),
        Fact::RecordOpened(_) => format!("{who} opened the record on {on}."),
        Fact::MeansAsked(_) => format!("{who} asked for it on {on}."),
        Fact::MeansStated(_) => format!("{who} drafted it on {on}."),
        Fact::FormBegun(begun) => {
            let known = place.forms.version(&begun.form, begun.version);
            let title = known.map_or(begun.purpose.in_words(), |form| form.title.as_str());
            format!("{title}. {who} asked for it on {on}.")
        }
        Fact::FormEnded(_) => format!("{who} finished the last one on {on}."),
        Fact::SectionWritten(_) => format!("It was written on {on}."),
        Fact::Prompted(prompted) => {
            format!("{}. What was written on {on} calls for it.", prompted.prompt.in_words())
        }
        Fact::ActionWritten(action) => format!("‘{}’", action.what),
        Fact::OutcomeWritten(_) => format!("{who} wrote in the plan on {on}."),
        Fact::PlanAnswered(answered) => {
            format!("Said of the plan on {on}: ‘{}’", answered.answer.in_words())
        }
        Fact::ReviewHeld(_) => format!("{who} held the last review on {on}."),
        Fact::ReviewBroughtForward(sooner) => format!("{}.", sooner.change.in_words()),
        Fact::MeetingListed(_) => format!("{who} put them on the list on {on}."),
        Fact::MessageSent(_) => format!("{who} wrote on {on}."),
        Fact::EnablementBegun(_) => format!("It began on {on}."),
        Fact::RiskTalked(_) => format!("{who} talked about it with them on {on}."),
        Fact::CapacityAssessed(_) => format!("{who} looked at it on {on}."),
        _ => format!("It comes from what {who} wrote on {on}."),
    }
}

/// As [`line`], with the team whose work it is.
fn unseen_line(telling: &Telling<'_>, one: &work::Line) -> Line {
    let (seat, line) = (telling.seat, line(telling, &one.due, &one.whom));
    let team = one.due.team.as_ref().map(|team| seat.app.place.team_name(team)).unwrap_or_default();
    let what = format!("{}. The record is restricted: nobody of {team} can see it", line.what);
    Line { what, ..line }
}

/// What is new about a person, and where it stands.
fn news_line(telling: &Telling<'_>, news: &News) -> Line {
    let seat = telling.seat;
    let (place, names) = (&seat.app.place, seat.names(news.whom.person));
    let why = news.entries.iter().map(|entry| news::told(place, &names, entry));
    Line {
        href: format!("/person/{}", news.whom.person),
        what: telling.names.name(&news.whom),
        due: String::new(),
        tags: Vec::new(),
        why: why.collect(),
        way: None,
    }
}

fn person_line(telling: &Telling<'_>, (whom, stage): &(Whom, Stage)) -> Line {
    Line {
        href: format!("/person/{}", whom.person),
        what: telling.names.name(whom),
        due: String::new(),
        tags: vec![stage_tag(*stage)],
        why: Vec::new(),
        way: None,
    }
}

fn figures(seat: &Seat, stages: &[(Option<Stage>, u32)], carers: u32) -> Table {
    let mut table = Table::new([Cell::new(capital(seat.here())), Cell::new("People").numeric()])
        .hidden_caption("How the people found stand")
        .first_is_header();
    let total: u32 = stages.iter().map(|(_, count)| count).sum();
    let of = |wanted: Option<Stage>| -> u32 {
        stages.iter().filter(|(stage, _)| *stage == wanted).map(|(_, count)| count).sum()
    };
    table = table.row([Cell::new("Found"), Cell::number(total)]);
    table = table.row([Cell::new("Not yet invited"), Cell::number(of(None))]);
    for stage in Stage::ALL {
        let count = of(Some(*stage));
        if count > 0 {
            table = table.row([Cell::new(stage.in_words()), Cell::number(count)]);
        }
    }
    if carers > 0 {
        table = table.row([Cell::new("Carers in touch with us"), Cell::number(carers)]);
    }
    table
}
