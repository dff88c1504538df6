//! A refresh rate as understood, and those that stand in no vocabulary.

use std::borrow::Cow;

use super::words::Unit;
use super::{TABLE, parse};

/// What kind of promise a refresh rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// At fixed intervals.
    Periodic,
    /// All the time.
    Continuous,
    /// When something changes or someone asks.
    AsNeeded,
    /// At no fixed times.
    Irregular,
    /// "Periodically", "regularly": now and then, nobody knows when.
    Unspecific,
    /// Kept as it was.
    Historical,
    /// Published once.
    OneTime,
    /// No update is planned.
    NotPlanned,
    /// The value sends the reader to the description.
    SeeDescription,
    /// The value says that the rate is not known, or is empty.
    Unknown,
    /// The value says that the question does not apply: "N/A".
    NotApplicable,
    /// Two readings are possible: "biannual".
    Ambiguous,
    /// Not a refresh rate that we can read.
    Unparsed,
}

impl Class {
    pub(super) fn named(name: &str) -> Self {
        match name {
            "periodic" => Self::Periodic,
            "continuous" => Self::Continuous,
            "as-needed" => Self::AsNeeded,
            "irregular" => Self::Irregular,
            "unspecific" => Self::Unspecific,
            "historical" => Self::Historical,
            "one-time" => Self::OneTime,
            "not-planned" => Self::NotPlanned,
            "see-description" => Self::SeeDescription,
            "unknown" => Self::Unknown,
            "not-applicable" => Self::NotApplicable,
            "ambiguous" => Self::Ambiguous,
            _ => Self::Unparsed,
        }
    }

    /// Whether no further update is to be expected.
    #[must_use]
    pub fn is_static(self) -> bool {
        matches!(self, Self::Historical | Self::OneTime | Self::NotPlanned)
    }
}

/// A refresh rate as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// What kind of promise it is.
    pub class: Class,
    /// The ISO 8601 repetition, such as `R/P1M`. Of two readings the main one.
    pub iso: Option<Cow<'static, str>>,
    /// The mean period in days.
    pub days: Option<f64>,
    /// The period of the other reading, in days.
    pub alternative_days: Option<f64>,
    /// The data is on time while its age in days is below this. Of two readings the longer one counts.
    pub max_age_days: Option<u32>,
    /// For messages: "monthly", "every 8 years".
    pub label: Cow<'static, str>,
}

impl Rate {
    pub(super) fn of_class(class: Class, label: &'static str) -> Self {
        Self {
            class,
            iso: None,
            days: None,
            alternative_days: None,
            max_age_days: None,
            label: Cow::Borrowed(label),
        }
    }

    /// One short form for every rate: an ISO repetition, `as-needed`, `continuous`, `static`, `unstated` or `unclear`.
    #[must_use]
    pub fn canonical(&self) -> &str {
        match self.class {
            Class::Periodic | Class::Ambiguous => self.iso.as_deref().unwrap_or("unclear"),
            Class::Continuous => self.iso.as_deref().unwrap_or("continuous"),
            Class::AsNeeded | Class::Irregular => "as-needed",
            Class::Historical | Class::OneTime | Class::NotPlanned => "static",
            Class::Unknown => "unstated",
            Class::Unspecific | Class::NotApplicable | Class::SeeDescription | Class::Unparsed => {
                "unclear"
            }
        }
    }

    /// The main reading of an ambiguous label, for slots whose vocabulary fixes it (ISO 19115 `biannually`).
    #[must_use]
    pub fn settled(mut self) -> Self {
        if self.class == Class::Ambiguous && self.iso.is_some() {
            let iso = self.iso.clone().unwrap_or_default();
            if let Some(row) = TABLE
                .by_iso
                .get(iso.as_ref())
                .and_then(|at| TABLE.rate(*at))
            {
                return row;
            }
            self.class = Class::Periodic;
            self.alternative_days = None;
        }
        self
    }

    /// Whether the rate promises updates at intervals that can be reckoned.
    #[must_use]
    pub fn is_periodic(&self) -> bool {
        matches!(self.class, Class::Periodic | Class::Ambiguous) && self.days.is_some()
    }
}

/// The rate of one update in so many units.
pub(super) fn period(count: u16, unit: Unit) -> Rate {
    let (count, unit) = match (count, unit) {
        (n, Unit::Minute) if n % 60 == 0 => return period(n / 60, Unit::Hour),
        (n, Unit::Hour) if n % 24 == 0 => return period(n / 24, Unit::Day),
        (30, Unit::Day) => (1, Unit::Month),
        (60, Unit::Day) => (2, Unit::Month),
        (90, Unit::Day) => (3, Unit::Month),
        (120, Unit::Day) => (4, Unit::Month),
        (180, Unit::Day) => (6, Unit::Month),
        (365, Unit::Day) => (1, Unit::Year),
        (n, Unit::Day) if n % 7 == 0 => (n / 7, Unit::Week),
        (n, Unit::Month) if n % 12 == 0 => (n / 12, Unit::Year),
        (n, Unit::Quarter) => return period(n.saturating_mul(3), Unit::Month),
        (n, Unit::Decade) => (n.saturating_mul(10), Unit::Year),
        other => other,
    };
    let (iso, days, name) = match unit {
        Unit::Minute => (format!("R/PT{count}M"), 1.0 / 1440.0, "minute"),
        Unit::Hour => (format!("R/PT{count}H"), 1.0 / 24.0, "hour"),
        Unit::Day => (format!("R/P{count}D"), 1.0, "day"),
        Unit::Week => (format!("R/P{count}W"), 7.0, "week"),
        Unit::Month | Unit::Quarter => (format!("R/P{count}M"), 30.4375, "month"),
        Unit::Year | Unit::Decade => (format!("R/P{count}Y"), 365.25, "year"),
    };
    if let Some(rate) = TABLE
        .by_iso
        .get(iso.as_str())
        .and_then(|at| TABLE.rate(*at))
    {
        return rate;
    }
    let plural = if count == 1 { "" } else { "s" };
    measured(
        days * f64::from(count),
        iso,
        format!("every {count} {name}{plural}"),
    )
}

/// The rate of so many updates in one unit.
pub(super) fn times(count: u16, unit: Unit) -> Rate {
    let count = count.max(1);
    let (in_unit, finer, days, letter, name) = match unit {
        Unit::Minute | Unit::Hour => (60, Unit::Minute, 1.0 / 24.0, "H", "hour"),
        Unit::Day => (24, Unit::Hour, 1.0, "D", "day"),
        Unit::Week if count == 5 => return parse("weekdays"),
        Unit::Week => (7, Unit::Day, 7.0, "W", "week"),
        Unit::Month => (0, Unit::Day, 30.4375, "M", "month"),
        Unit::Quarter => return times(count.saturating_mul(4), Unit::Year),
        Unit::Year => (12, Unit::Month, 365.0, "Y", "year"),
        Unit::Decade => (10, Unit::Year, 3652.0, "Y", "decade"),
    };
    if count == 1 {
        return period(1, unit);
    }
    if in_unit > 0 && in_unit % count == 0 {
        return period(in_unit / count, finer);
    }
    let iso = format!("R/P0.{:02.0}{letter}", (100.0 / f64::from(count)).floor());
    let iso = iso.replace("0.50", "0.5");
    if let Some(rate) = TABLE
        .by_iso
        .get(iso.as_str())
        .and_then(|at| TABLE.rate(*at))
    {
        return rate;
    }
    measured(
        days / f64::from(count),
        iso,
        format!("{count} times a {name}"),
    )
}

/// A rate that is not in the table; its grace is a tenth of the period, 2 to 60 days.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` saturates; a period is positive"
)]
pub(super) fn measured(days: f64, iso: String, label: String) -> Rate {
    let grace = (days / 10.0).ceil().clamp(2.0, 60.0);
    let max_age = if days < 0.5 { 2.0 } else { days.ceil() + grace };
    Rate {
        class: Class::Periodic,
        iso: Some(Cow::Owned(iso)),
        days: Some(days),
        alternative_days: None,
        max_age_days: Some(max_age as u32),
        label: Cow::Owned(label),
    }
}
