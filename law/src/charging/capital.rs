//! Capital: what of it counts, and the income it is taken to bring.

use std::borrow::Cow;

use crate::charging::asks::Ask;
use crate::charging::case::Capital;
use crate::charging::kinds::CapitalTreat;
use crate::charging::last::Scale;
use crate::charging::rules;
use crate::charging::sitting::Sitting;
use crate::pence::{Pence, Round};
use crate::rates::Code;
use crate::words::{Piece, Words, words};
use crate::working::{Input, Line, Part, Rule, Trace};

/// What the capital comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Means {
    /// What counts, in all.
    pub(super) counted: Pence,
    /// The weekly income it is taken to bring; nothing where it is above the limit.
    pub(super) tariff: Pence,
    /// The upper limit that holds here.
    pub(super) limit: Pence,
    /// Whether the capital is above it.
    pub(super) over: bool,
}

/// Why something counts for nothing, or not in full.
pub(super) struct LeftOut {
    pub(super) rule: Rule,
    pub(super) why: &'static str,
}

impl<T: Trace> Sitting<'_, T> {
    /// All capital, its tariff income, and whether it is above the limit.
    pub(super) fn means(&mut self) -> Means {
        let case = self.case;
        let mut counted = Pence::ZERO;
        let mut home_counted = false;
        for (at, item) in case.capital.iter().enumerate() {
            let amount = self.item(at, item);
            home_counted |= item.kind.treat == CapitalTreat::MainHome && !amount.is_nothing();
            counted += amount;
        }
        let limit = self.upper_limit();
        let over = self.choices.over(counted);
        self.step(|| {
            let label =
                if over { "Savings that count: above the limit" } else { "Savings that count" };
            Line::new(Part::Capital, "capital.counted", label, counted, rules::CAPITAL)
                .resting_on(Input::rate(Code::CapitalUpper.code(), limit))
        });
        self.ask_around(counted, limit, home_counted);
        let tariff = if over { Pence::ZERO } else { self.tariff(counted) };
        Means { counted, tariff, limit, over }
    }

    /// In a care home the law's limit; elsewhere a council may set a higher one.
    fn upper_limit(&mut self) -> Pence {
        self.used.note(Code::CapitalUpper);
        self.choices.limit
    }

    fn ask_around(&mut self, counted: Pence, limit: Pence, home_counted: bool) {
        // Two months of a self-funder's care is a few thousand pounds.
        let near = counted > limit && counted - limit <= Pence::pounds(5_000);
        if near {
            self.ask(Ask::NearLimit);
        }
        if home_counted && self.regime.in_care_home() && counted > limit {
            self.ask(Ask::DeferredPayment);
        }
    }

    /// What one thing adds.
    fn item(&mut self, at: usize, item: &Capital) -> Pence {
        let value = worth(item);
        let left_out = self.left_out(item);
        let counted = if left_out.is_some() { Pence::ZERO } else { value };
        if item.kind.other {
            self.ask(Ask::OtherKind);
        }
        if left_out.is_none() && value_is_guessed(item) {
            self.ask(Ask::ShareValued);
        }
        self.step(|| {
            let rule = left_out.as_ref().map_or(item.kind.rule, |left| left.rule);
            let label = match &left_out {
                Some(left) => Cow::Owned([item.kind.label, ": left out, ", left.why].concat()),
                None => Cow::Borrowed(item.kind.label),
            };
            let by = item.supplied_by.as_ref();
            Line::new(Part::Capital, item.kind.line, label, counted, rule)
                .worked(value_in_words(item, value, left_out.is_some()))
                .resting_on(Input::said(words!["capital[", at, "].value"], item.value, by))
        });
        counted
    }

    /// Why an item counts for nothing on this day, if it does.
    fn left_out(&mut self, item: &Capital) -> Option<LeftOut> {
        let day = self.day();
        if let Some(choice) = &item.disregard
            && choice.until.is_none_or(|until| day <= until)
        {
            return Some(LeftOut { rule: rules::DISCRETION, why: "by the council’s choice" });
        }
        let by_law = |why| Some(LeftOut { rule: item.kind.rule, why });
        match item.kind.treat {
            CapitalTreat::Counted | CapitalTreat::Notional | CapitalTreat::Property => None,
            CapitalTreat::Disregarded => {
                let in_force = item.kind.from.is_none_or(|from| from <= day);
                if in_force { by_law("by law") } else { None }
            }
            CapitalTreat::ForWeeks => {
                let Some(received) = item.received else {
                    self.ask(Ask::Received);
                    return None;
                };
                let days = i32::from(item.kind.weeks.unwrap_or(0)) * 7;
                if day < received.plus_days(days) { by_law("for a time") } else { None }
            }
            CapitalTreat::MainHome => self.home_left_out(item),
        }
    }

    /// A pound a week for each £250, or part of it, above the lower limit (reg 25).
    fn tariff(&mut self, counted: Pence) -> Pence {
        let lower = self.rate(Code::CapitalLower);
        // A higher local limit at home does not lengthen the law's scale.
        let upper = self.rate(Code::CapitalUpper);
        let step = self.rate(Code::TariffStep);
        let per_step = self.rate(Code::TariffPerStep);
        let tariff = Scale { lower, upper, step, per_step }.income(counted);
        self.step(|| {
            let scaled = counted.at_most(upper);
            let formula = if counted > lower {
                words!["(", scaled, " − ", lower, ") ÷ ", step, ", rounded up, × ", per_step]
            } else {
                words![counted, " is not above ", lower]
            };
            Line::new(
                Part::Income,
                "income.tariff",
                "Income that savings are taken to bring (tariff income)",
                tariff,
                rules::TARIFF,
            )
            .worked(formula)
            .resting_on(Input::line("capital.counted", counted))
            .resting_on(Input::rate(Code::CapitalLower.code(), lower))
            .resting_on(Input::rate(Code::TariffStep.code(), step))
        });
        tariff
    }
}

/// Market value, less a tenth for selling, less what is owed, by the person's share (reg 20, 24).
fn worth(item: &Capital) -> Pence {
    if let Some(valued) = item.share_value {
        return valued;
    }
    let tenth = if has_sale_costs(item) { item.value.times(1, 10, Round::Up) } else { Pence::ZERO };
    item.share.of((item.value - tenth - item.debt).or_nothing(), Round::Down)
}

fn has_sale_costs(item: &Capital) -> bool {
    item.sale_costs.unwrap_or(item.kind.sale)
}

/// Whether a share of land was taken as a part of the whole price, which may be too much.
fn value_is_guessed(item: &Capital) -> bool {
    let land = matches!(item.kind.treat, CapitalTreat::MainHome | CapitalTreat::Property);
    land && !item.share.is_whole() && item.share_value.is_none()
}

fn value_in_words(item: &Capital, value: Pence, left_out: bool) -> Words {
    if item.share_value.is_some() && !left_out {
        return words!["valued at ", value, " (", rules::LAND_SHARE.cite, ")"];
    }
    let part = !item.share.is_whole();
    let plain = !part && item.debt.is_nothing() && !has_sale_costs(item);
    match (left_out, plain || item.share_value.is_some()) {
        (true, true) => return words![value, " left out"],
        (false, true) => return item.value.into(),
        (_, false) => {}
    }
    let mut text: Vec<Piece> = Vec::with_capacity(8);
    if part {
        text.push("(".into());
    }
    text.push(item.value.into());
    if has_sale_costs(item) {
        text.push(" − 10%".into());
    }
    if !item.debt.is_nothing() {
        text.extend([" − ".into(), item.debt.into(), " owed".into()]);
    }
    if part {
        text.extend([") × ".into(), item.share.into()]);
    }
    if left_out {
        text.extend([" = ".into(), value.into(), ", left out".into()]);
    }
    text.into()
}
