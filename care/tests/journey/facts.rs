//! Facts are kept for ever: what was once written must be read by every later version.
//!
//! A line of this table is never changed, only added to.

use care::record::fact::Fact;

pub const WRITTEN: &[(&str, &str)] = &[
    (
        "begun",
        r#"{"kind":"begun","identity":{"given":"Zoë","family":"D’Souza","born":"1950-03","nhs_number":"9990000018","address":["Flat 2","1 High Street"],"postcode":"SE1 1AA"},"on_register":true}"#,
    ),
    (
        "communication",
        r#"{"kind":"communication","language":"Somali","interpreter":true,"needs":"A call before a letter"}"#,
    ),
    (
        "contact",
        r#"{"kind":"contact","contact":"referral","route":"gp","from":"Dr Mensah","words":"Falls","urgent":true,"person_agrees":false,"to":"front-door","answer_by":"2026-11-23","changed":{"change":"admitted","review_by":"2026-12-07"}}"#,
    ),
    (
        "contact-outcome",
        r#"{"kind":"contact-outcome","contact":2,"outcome":"assessment","words":"We will visit","keeper_by":"2026-11-30"}"#,
    ),
    (
        "contact-passed-on",
        r#"{"kind":"contact-passed-on","contact":2,"to":"n1","words":"They know her"}"#,
    ),
    (
        "invited",
        r#"{"kind":"invited","run":"00000000-0000-7000-8000-000000000001","criterion":"three-conditions","version":"1","reason":"three or more","as_of":"2026-11-01","evidence":[{"condition":"copd","label":"COPD","code":"13645005","when":"2019"}],"how":"letter","team":"n1","ask_by":"2026-12-07"}"#,
    ),
    (
        "invitation-answered",
        r#"{"kind":"invitation-answered","answer":"accepted","keeper_by":"2026-11-30","words":"Yes please"}"#,
    ),
    (
        "invitation-answered",
        r#"{"kind":"invitation-answered","answer":"more-time","until":"2027-01-10"}"#,
    ),
    ("invitation-answered", r#"{"kind":"invitation-answered","answer":"objected","words":"No"}"#),
    (
        "team-joined",
        r#"{"kind":"team-joined","user":"00000000-0000-7000-8000-000000000002","name":"Ann Lee","role":"social-worker","organisation":"lewisham","keeper":true}"#,
    ),
    ("team-left", r#"{"kind":"team-left","user":"00000000-0000-7000-8000-000000000002"}"#),
    ("note", r#"{"kind":"note","words":"Likes to be called Bea"}"#),
    (
        "record-opened",
        r#"{"kind":"record-opened","reason":"Brought in by ambulance","until":"2026-11-23T17:30:00.000000Z","tell":"n1","review_by":"2026-11-26"}"#,
    ),
    ("opening-reviewed", r#"{"kind":"opening-reviewed","opening":3,"justified":true}"#),
    (
        "means-asked",
        r#"{"kind":"means-asked","told_on":"2026-11-20","words":"Told at the visit","to":"finance","due":"2026-12-07"}"#,
    ),
    (
        "means-stated",
        r#"{"kind":"means-stated","stated":"as-draft","case":{"asOf":"2026-12-01","setting":"home","person":{"born":"1955-01-01","household":"single","children":0,"partnerBorn":null},"income":[{"kind":"state-pension","amount":"300.00","every":"week"}],"capital":[],"housing":[],"dre":[],"services":[{"kind":"home-care","cost":"200.00","every":"week"}],"toldOn":"2026-11-20"},"decide":["finance","2026-11-28"]}"#,
    ),
    (
        "charge-decided",
        r#"{"kind":"charge-decided","ground":{"draft":3},"case":{"asOf":"2026-12-01","setting":"home","person":{"born":"1955-01-01","household":"single","children":0,"partnerBorn":null},"income":[{"kind":"state-pension","amount":"300.00","every":"week"}],"capital":[],"housing":[],"dre":[],"services":[{"kind":"home-care","cost":"200.00","every":"week"}],"toldOn":"2026-11-20"},"charge":"58.55","later":[{"from":"2027-01-04","charge":"60.00","why":["pension-age"]}],"full_cost":"200.00","basis":"means","policy":"1","working":[{"code":"income.savings-credit-left-out","label":"Savings credit left out","amount":"-7.05","formula":"the whole limit","cite":"CSSG Annex C"},{"code":"result.charge","label":"What you pay a week","amount":"58.55","formula":"£58.55","cite":"Care Act 2014 s14"}],"unverified":["mig-carer"]}"#,
    ),
    (
        "form-begun",
        r#"{"kind":"form-begun","form":"capacity","purpose":"capacity","version":1,"about":"Whether to go home","why":"Ready to leave hospital","user":"00000000-0000-7000-8000-000000000002","due":"2026-11-30"}"#,
    ),
    (
        "form-ended",
        r#"{"kind":"form-ended","purpose":"assessment","begun":4,"ending":"finished","words":"Read over together","review_by":"2027-11-23"}"#,
    ),
    (
        "section-written",
        r#"{"kind":"section-written","form":"assessment","purpose":"assessment","version":1,"occasion":4,"section":"about-me","voice":"recorded","replies":{"a":"rather-not-say","b":{"text":"My garden"},"c":{"yes-no":"not-known"},"d":{"choice":"alone"},"e":{"choices":["able","danger"]},"f":{"date":"2019-03"},"g":{"amount":"20.50"},"h":{"number":3},"i":{"scale":7},"j":{"people":[{"name":"Maria","relation":"daughter","words":"Shops"},{"name":"Ife"}]},"k":{"rows":[{"goal":"Walk","why":"Air"}]}},"rests_on":"A visit","saw":[5,7],"team":"n1","good_until":"2027-11-23"}"#,
    ),
    (
        "section-written",
        r#"{"kind":"section-written","form":"review","purpose":"review","version":1,"section":"changed","voice":"recorded","replies":{"words":{"text":"Falls at night"}}}"#,
    ),
    (
        "section-written",
        r#"{"kind":"section-written","form":"safeguarding-concern","purpose":"safeguarding-concern","version":1,"section":"concern","voice":"professional","replies":{"words":{"text":"Money is missing"}}}"#,
    ),
    (
        "section-confirmed",
        r#"{"kind":"section-confirmed","purpose":"assessment","written":6,"questions":["falls"],"words":"With Bea","good_until":"2027-11-23"}"#,
    ),
    (
        "section-outdated",
        r#"{"kind":"section-outdated","purpose":"assessment","written":6,"why":"She has moved","ask_by":"2026-12-07"}"#,
    ),
    (
        "prompted",
        r#"{"kind":"prompted","purpose":"assessment","prompt":"carers-assessment","about":"Maria","because":"Named as a carer","team":"n1","due":"2026-11-28"}"#,
    ),
    (
        "prompt-answered",
        r#"{"kind":"prompt-answered","purpose":"assessment","prompted":7,"done":true,"words":"Offered; she will think"}"#,
    ),
    (
        "eligibility-decided",
        r#"{"kind":"eligibility-decided","case":{"asOf":"2026-11-23","who":"carer","necessaryCare":{"found":true,"reason":"She lifts him"},"healthAtRisk":{"found":true,"reason":"Her back","by":"Ann Lee"},"outcomes":[],"wellbeing":{"significant":true,"areas":["dignity","health"],"reason":"She no longer goes out","by":"Ann Lee"}},"determination":"eligible","eligible_needs":["health-at-risk"],"met_by_carer":["hygiene"],"to_meet":["health-at-risk"],"working":[{"code":"necessaryCare","label":"The needs come from giving necessary care","finding":"Met","because":"She lifts him","cite":"SI 2015/313 reg 3(1)"},{"code":"outcomes","label":"Outcomes","finding":"Met","cite":"SI 2015/313 reg 3(3)","unverified":true}],"follows":[{"code":"written-record","says":"Give a written record.","cite":"Care Act 2014 s13(2)"},{"code":"consider-meeting","says":"Consider what could be done.","cite":"Care Act 2014 s13(4)","unverified":true}],"rests_on":[2],"words":"With the plan"}"#,
    ),
    (
        "chc-considered",
        r#"{"kind":"chc-considered","case":{"asOf":"2026-11-23","consideredBecause":["may-need"],"inAcuteHospital":false,"section117":false,"checklistNotDone":{"reason":"Wait","by":"Ben"},"dates":{}},"threshold":"not-reached","occasion":4,"working":[],"follows":[],"asks":["When did the board receive it?"],"words":"Wait"}"#,
    ),
    (
        "capacity-assessed",
        r#"{"kind":"capacity-assessed","decision":"Whether to move","matter":"residence","support":"Pictures","abilities":{"understand":{"able":true,"seen":"Named both"},"retain":{"able":false,"seen":"Lost it"},"weigh":{"able":true,"seen":"Compared"},"communicate":{"able":true,"seen":"Spoke"}},"cause":{"impairment":"Dementia","how":"Forgets within a minute"},"conclusion":"lacks-capacity","good_until":"2027-02-01","occasion":3,"words":"Mornings are better"}"#,
    ),
    (
        "authority-recorded",
        r#"{"kind":"authority-recorded","authority":"lpa-health","holder":"Ada Okonkwo","scope":["care","residence"],"limits":"With her sister","from":"2026-01-01","until":"2027-06-30","document":"7000-1234-5678","seen_on":"2026-11-20","registered_on":"2025-12-01"}"#,
    ),
    (
        "authority-ended",
        r#"{"kind":"authority-ended","authority":5,"last_day":"2026-12-01","why":"Revoked"}"#,
    ),
    (
        "decision-made",
        r#"{"kind":"decision-made","decision":"Whether to move","matter":"residence","decided":"Grove Lane","made":{"by":"holder","capacity":3,"authority":5},"interests":{"wishes":"Her piano","consulted":"Her daughter","options":"Home; Grove Lane","least":"The piano comes","deprives":true}}"#,
    ),
    (
        "decision-made",
        r#"{"kind":"decision-made","decision":"Whether to have carers","matter":"care","decided":"No","made":{"by":"person","unwise":true}}"#,
    ),
    (
        "risk-talked",
        r#"{"kind":"risk-talked","decision":"Whether to go out alone","what":"She could lose her way","worth":"Her church","person":{"likelihood":"unlikely","words":"Fifty years"},"professional":{"likelihood":"likely","harm":"serious","words":"Twice in October"},"done":"A card","choice":"Sundays","made":{"by":"best-interests","capacity":3},"review_by":"2026-12-20","again":7}"#,
    ),
    (
        "outcome-written",
        r#"{"kind":"outcome-written","of":4,"words":"To get to the allotment again","area":"community","need":"Gets breathless on hills","now":"Has not been since May","hoped":"There once a week","agree_by":"2026-12-07"}"#,
    ),
    (
        "outcome-ended",
        r#"{"kind":"outcome-ended","outcome":4,"end":"no-longer","words":"I would rather paint"}"#,
    ),
    (
        "action-written",
        r#"{"kind":"action-written","outcome":4,"what":"Drive her there on Thursdays","source":"family","doer":{"named":"Maria, her daughter"},"due":"2026-12-10","known_by":"She was there","draft":true,"agree_by":"2026-12-07"}"#,
    ),
    (
        "action-written",
        r#"{"kind":"action-written","of":5,"outcome":4,"what":"Breathing exercises","source":"health","doer":{"user":{"id":"00000000-0000-7000-8000-000000000002","name":"Ann Lee"}},"due":"2026-12-10","known_by":"Two flights of stairs","agree_by":"2026-12-07"}"#,
    ),
    (
        "action-moved",
        r#"{"kind":"action-moved","action":5,"progress":"goes-on","next":"2027-01-10","words":"One flight so far"}"#,
    ),
    ("action-moved", r#"{"kind":"action-moved","action":5,"progress":"done"}"#),
    (
        "plan-answered",
        r#"{"kind":"plan-answered","seen":6,"answer":"in-part","words":"Not the pendant","way":"spoken","with":"Maria","made":{"by":"person"},"talk_by":"2026-12-07"}"#,
    ),
    (
        "meeting-listed",
        r#"{"kind":"meeting-listed","team":"n1","on":"2026-12-01","why":"Three falls","basis":"agreed"}"#,
    ),
    (
        "meeting-heard",
        r#"{"kind":"meeting-heard","listed":7,"there":"Dr Mensah, GP; Ann Lee, council","decided":"See her together"}"#,
    ),
    (
        "message-sent",
        r#"{"kind":"message-sent","to":"00000000-0000-7000-8000-000000000002","name":"Ann Lee","words":"Can you be there on Tuesday?","answer_by":"2026-11-26"}"#,
    ),
    (
        "message-sent",
        r#"{"kind":"message-sent","team":"front-door","words":"Yes, on Tuesday","answers":9,"answer_by":"2026-11-27"}"#,
    ),
    ("message-seen", r#"{"kind":"message-seen","message":9,"words":"Yes"}"#),
    (
        "outcomes-scored",
        r#"{"kind":"outcomes-scored","scores":[{"outcome":4,"person":-1,"worker":0}],"wellbeing":6}"#,
    ),
    (
        "review-brought-forward",
        r#"{"kind":"review-brought-forward","change":"carer-ill","words":"Maria has flu","by":"2026-12-07"}"#,
    ),
    (
        "review-held",
        r#"{"kind":"review-held","ground":"first","person":"Better","worker":"Walks further","end":"less","why":"Does her own shopping","still_met":[{"outcome":4,"how":"Goes by bus"}],"risk":"low","next_by":"2027-11-23"}"#,
    ),
    (
        "enablement-begun",
        r#"{"kind":"enablement-begun","outcomes":[4],"team":"n1","from":"2026-11-23","until":"2027-01-04","quarters":28}"#,
    ),
    (
        "enablement-week",
        r#"{"kind":"enablement-week","begun":8,"week":"2026-11-25","quarters":26,"words":"Makes her own breakfast"}"#,
    ),
    (
        "enablement-ended",
        r#"{"kind":"enablement-ended","begun":8,"end":"no-support","quarters":0,"next":"Nothing more is needed"}"#,
    ),
    ("communication", r#"{"kind":"communication","interpreter":false,"letters":"easy-read"}"#),
    (
        "form-ended",
        r#"{"kind":"form-ended","purpose":"carers-assessment","begun":4,"ending":"finished","letter":{"team":"n1","due":"2026-11-28"}}"#,
    ),
    (
        "letter-given",
        r#"{"kind":"letter-given","letter":"charge","about":7,"format":"large","route":"read-aloud","words":"With her son"}"#,
    ),
    (
        "carer-link",
        r#"{"kind":"carer-link","link":"00000000-0000-7000-8000-000000000009","said":{"what":"offered","side":"carer","name":"Rosa","code":"ABCDE23456","shares":["team","card"],"until":"2026-12-23","words":"She may know"}}"#,
    ),
    (
        "carer-link",
        r#"{"kind":"carer-link","link":"00000000-0000-7000-8000-000000000009","said":{"what":"agreed","side":"cared-for","other":"00000000-0000-7000-8000-000000000003","name":"Maria","shares":["assessment"]}}"#,
    ),
    (
        "carer-link",
        r#"{"kind":"carer-link","link":"00000000-0000-7000-8000-000000000009","said":{"what":"shares","shares":["team"],"made":{"by":"best-interests","capacity":3}}}"#,
    ),
    (
        "carer-link",
        r#"{"kind":"carer-link","link":"00000000-0000-7000-8000-000000000009","said":{"what":"made","other":"00000000-0000-7000-8000-000000000004"}}"#,
    ),
    (
        "carer-link",
        r#"{"kind":"carer-link","link":"00000000-0000-7000-8000-000000000009","said":{"what":"shares","shares":["communication"]}}"#,
    ),
    (
        "carer-link",
        r#"{"kind":"carer-link","link":"00000000-0000-7000-8000-000000000009","said":{"what":"ended","by_person":true}}"#,
    ),
    (
        "card-written",
        r#"{"kind":"card-written","looks_after":"My mother","steps_in":[{"name":"Ife","relation":"sister","reach":"020 7946 0000"}],"must_know":"Insulin at eight","key":"Under the blue pot","review_by":"2027-05-23","team":"n1"}"#,
    ),
    (
        "risk-talked",
        r#"{"kind":"risk-talked","decision":"Whether to go out alone","what":"She could lose her way","person":{"words":"Fifty years"},"professional":{"words":"Twice in October"},"done":"A card","choice":"Sundays","made":{"by":"person","unwise":true},"review_by":"2026-12-20","letter":{"team":"n1","due":"2026-11-28"}}"#,
    ),
    (
        "decision-made",
        r#"{"kind":"decision-made","decision":"Whether to move","matter":"residence","decided":"I stay","made":{"by":"person"},"letter":{"due":"2026-11-28"}}"#,
    ),
    (
        "form-handed-over",
        r#"{"kind":"form-handed-over","purpose":"telecare","begun":4,"user":"00000000-0000-7000-8000-000000000002","name":"Ann Lee","why":"Ben has left"}"#,
    ),
    (
        "form-handed-over",
        r#"{"kind":"form-handed-over","purpose":"telecare","begun":4,"team":"n1","why":"Ann is away"}"#,
    ),
    (
        "letter-given",
        r#"{"kind":"letter-given","letter":"capacity","about":5,"format":"easy-read","route":"read-aloud"}"#,
    ),
];

#[test]
fn what_was_written_is_read_and_written_the_same() {
    for (kind, text) in WRITTEN {
        let fact: Fact =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!(fact.kind(), *kind);
        assert_eq!(serde_json::to_string(&fact).unwrap(), *text);
        assert_eq!(Fact::read(kind, text).unwrap(), fact, "by its kind");
        assert_eq!(Fact::read("note", text).unwrap(), fact, "the text says what it is");
    }
}
