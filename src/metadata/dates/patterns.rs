//! The orders in which the parts of a date stand.

use std::ops::Range;

use super::tokens::{Gap, Kind, Token, Unit, has_digits, tokens};
use super::{Date, Order, Time, calendars};
use crate::beginning::beginning;

/// A date in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub date: Date,
    /// Where it stands, in bytes, its time included.
    pub range: Range<usize>,
    /// What it is if its day and month stand in the order that its language does not write them in.
    pub in_other_order: Option<Date>,
}

/// A longer text is read only this far, in bytes.
const LONGEST: usize = 2_000;

/// The first date of a text in `language`, a language tag.
pub fn find(text: &str, language: Option<&str>) -> Option<Found> {
    Reader::new(text, language).next()
}

/// All dates of a text.
pub fn find_all(text: &str, language: Option<&str>) -> Vec<Found> {
    Reader::new(text, language).collect()
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    order: Order,
    is_persian: bool,
    is_thai: bool,
}

impl Reader {
    fn new(text: &str, language: Option<&str>) -> Reader {
        let primary = language.and_then(|tag| tag.split(['-', '_']).next()).map(str::to_ascii_lowercase);
        let primary = primary.as_deref();
        let text = beginning(text, LONGEST);
        Reader {
            tokens: if has_digits(text) { tokens(text, primary) } else { Vec::new() },
            at: 0,
            order: Order::of(language),
            is_persian: primary == Some("fa"),
            is_thai: primary == Some("th"),
        }
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn gap(&self, at: usize) -> Gap {
        self.tokens.get(at).map_or(Gap::Other, |token| token.gap)
    }

    /// The date that begins with the piece at `at`, and how many pieces it has.
    fn date_at(&self, at: usize) -> Option<(Date, usize)> {
        // Within a longer number, as of a version or a telephone, there is none.
        if at > 0
            && matches!(self.gap(at), Gap::Dot | Gap::Plus)
            && matches!(self.kind(at - 1), Some(Kind::Number(..)))
        {
            return None;
        }
        self.with_units(at)
            .or_else(|| self.compact(at))
            .or_else(|| self.year_last(at))
            .or_else(|| self.year_first(at))
            .or_else(|| self.numbers(at))
            .or_else(|| self.day_month_name(at))
            .or_else(|| self.month_name_day(at))
            .or_else(|| self.month_alone(at))
    }

    /// 2021年3月4日, 令和3年3月4日, 4 tháng 3 năm 2021
    fn with_units(&self, at: usize) -> Option<(Date, usize)> {
        let (era, from) = match self.kind(at)? {
            Kind::Era(era) => (era, at + 1),
            _ => (0, at),
        };
        let year_month_day = || {
            let year = self.number(from, Unit::Year)?;
            let month = u8::try_from(self.number(from + 2, Unit::Month)?).ok()?;
            let year = u16::try_from(year).ok()?.checked_add(era)?;
            let day = self.number(from + 4, Unit::Day).and_then(|day| u8::try_from(day).ok());
            match day {
                Some(day) => Some((Date::of_day(year, month, day)?, from + 6 - at)),
                None => Some((Date::of_month(year, month)?, from + 4 - at)),
            }
        };
        let vietnamese = || {
            let (day, _) = self.plain(at)?;
            let Kind::Unit(Unit::Month) = self.kind(at + 1)? else { return None };
            let (month, _) = self.plain(at + 2)?;
            let (year, 4) = self.plain(at + 3)? else { return None };
            Some((Date::of_day(year as u16, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?, 4))
        };
        year_month_day().or_else(vietnamese)
    }

    /// Jan 28 15:28:56 CET 2020, as C and Java print it. The zone's name is not read.
    fn year_last(&self, at: usize) -> Option<(Date, usize)> {
        let month @ Kind::Month(_) = self.kind(at)? else { return None };
        let (day, 1 | 2) = self.plain(at + 1)? else { return None };
        let (time, end) = self.clock(at + 2)?;
        let end = if self.kind(end) == Some(Kind::Word) { end + 1 } else { end };
        let (year, 4) = self.plain(end)? else { return None };
        Some((Date { time: Some(time), ..self.named(year, month, day)? }, end + 1 - at))
    }

    /// The number at `at` if its unit follows.
    fn number(&self, at: usize, unit: Unit) -> Option<u32> {
        let (value, _) = self.plain(at)?;
        (self.kind(at + 1)? == Kind::Unit(unit)).then_some(value)
    }

    fn plain(&self, at: usize) -> Option<(u32, u8)> {
        match self.kind(at)? {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    /// 20210304
    fn compact(&self, at: usize) -> Option<(Date, usize)> {
        let (value, 8) = self.plain(at)? else { return None };
        let date = Date::of_day((value / 10_000) as u16, (value / 100 % 100) as u8, (value % 100) as u8)?;
        Some((date, 1))
    }

    /// 2021-03-04, 2021/3/4, 2021. 3. 4., 2021 March 4
    fn year_first(&self, at: usize) -> Option<(Date, usize)> {
        let (year, 4) = self.plain(at)? else { return None };
        if let Some(Kind::Month(month)) = self.kind(at + 1) {
            let (day, 1 | 2) = self.plain(at + 2)? else { return None };
            return Some((self.day(year, month.into(), day)?, 3));
        }
        let (month, 1 | 2) = self.plain(at + 1)? else { return None };
        let gap = self.gap(at + 1);
        if !matches!(gap, Gap::Dot | Gap::Slash | Gap::Hyphen) {
            return None;
        }
        match self.plain(at + 2) {
            Some((day, 1 | 2)) if self.gap(at + 2) == gap => Some((self.day(year, month, day)?, 3)),
            _ if gap == Gap::Hyphen && self.tokens[at + 1].range.len() == 2 => {
                Some((Date::of_month(year as u16, month as u8)?, 2))
            }
            _ => None,
        }
    }

    /// A day in whatever calendar its year belongs to.
    fn day(&self, year: u32, month: u32, day: u32) -> Option<Date> {
        let (year, month, day) =
            (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        if self.is_persian && (1300..1500).contains(&year) {
            let (year, month, day) = calendars::from_solar(year, month, day)?;
            return Date::of_day(year, month, day);
        }
        Date::of_day(self.common_year(year), month, day)
    }

    fn common_year(&self, year: u16) -> u16 {
        // The Buddhist era.
        if self.is_thai && (2500..2600).contains(&year) { year - 543 } else { year }
    }

    /// 4.3.2021, 03/04/2021, 04-03-21
    fn numbers(&self, at: usize) -> Option<(Date, usize)> {
        let (first, 1 | 2) = self.plain(at)? else { return None };
        let (second, 1 | 2) = self.plain(at + 1)? else { return None };
        let (year, digits) = self.plain(at + 2)?;
        let gap = self.gap(at + 1);
        if gap != self.gap(at + 2) || !matches!(gap, Gap::Dot | Gap::Slash | Gap::Hyphen) {
            return None;
        }
        // A further number: a version, an address.
        if self.plain(at + 3).is_some() && self.gap(at + 3) == gap {
            return None;
        }
        let year = match digits {
            4 => year,
            // Two digits need a form that nothing else has.
            2 if gap != Gap::Hyphen && self.tokens[at + 1].range.len() == 2 => 2000 + year,
            _ => return None,
        };
        let day_first = || self.day(year, second, first);
        let month_first = || self.day(year, first, second);
        let date = match self.order {
            Order::MonthDay if gap != Gap::Dot => month_first().or_else(day_first),
            _ => day_first().or_else(month_first),
        };
        Some((date?, 3))
    }

    /// 4 March 2021, 4. März 2021
    fn day_month_name(&self, at: usize) -> Option<(Date, usize)> {
        let (day, 1 | 2) = self.plain(at)? else { return None };
        if matches!(self.gap(at + 1), Gap::Other | Gap::Colon | Gap::Plus) {
            return None;
        }
        let month = self.kind(at + 1)?;
        let year = self.year_at(at + 2)?;
        Some((self.named(year, month, day)?, 3))
    }

    /// March 4, 2021
    fn month_name_day(&self, at: usize) -> Option<(Date, usize)> {
        let month = self.kind(at)?;
        let (day, 1 | 2) = self.plain(at + 1)? else { return None };
        let year = self.year_at(at + 2)?;
        if matches!(self.gap(at + 1), Gap::Other | Gap::Colon | Gap::Plus) {
            return None;
        }
        Some((self.named(year, month, day)?, 3))
    }

    fn year_at(&self, at: usize) -> Option<u32> {
        let (year, digits) = self.plain(at)?;
        if matches!(self.gap(at), Gap::Other | Gap::Colon | Gap::Plus) {
            return None;
        }
        match digits {
            4 => Some(year),
            // What goes on with a colon is a time.
            2 if !(self.plain(at + 1).is_some() && self.gap(at + 1) == Gap::Colon) && year < 50 => {
                Some(2000 + year)
            }
            _ => None,
        }
    }

    fn named(&self, year: u32, month: Kind, day: u32) -> Option<Date> {
        let (year, day) = (u16::try_from(year).ok()?, u8::try_from(day).ok()?);
        match month {
            Kind::Month(month) => Date::of_day(self.common_year(year), month, day),
            Kind::SolarMonth(month) => {
                let (year, month, day) = calendars::from_solar(year, month, day)?;
                Date::of_day(year, month, day)
            }
            _ => None,
        }
    }

    /// March 2021
    fn month_alone(&self, at: usize) -> Option<(Date, usize)> {
        let Kind::Month(month) = self.kind(at)? else { return None };
        let (year, 4) = self.plain(at + 1)? else { return None };
        if !matches!(self.gap(at + 1), Gap::Space | Gap::Dot) {
            return None;
        }
        Some((Date::of_month(self.common_year(year as u16), month)?, 2))
    }

    /// The time that follows a date, and the piece behind it.
    fn time_at(&self, date_end: usize) -> (Option<Time>, usize) {
        // "at", "um", "kl."
        const MOST_WORDS: usize = 2;
        let mut at = date_end;
        while at < date_end + MOST_WORDS && matches!(self.kind(at), Some(Kind::Word | Kind::Tee)) {
            at += 1;
        }
        let Some((time, end)) = self.clock(at) else { return (None, date_end) };
        (Some(time), end)
    }

    fn clock(&self, at: usize) -> Option<(Time, usize)> {
        let follows_tee = at > 0 && self.kind(at - 1) == Some(Kind::Tee);
        if let Some((value, 6)) = self.plain(at).filter(|_| follows_tee) {
            let time = time_of(value / 10_000, value / 100 % 100, Some(value % 100))?;
            return Some(self.with_zone(time, at + 1));
        }
        let (mut hour, 1 | 2) = self.plain(at)? else { return None };
        let (minute, mut end) = match self.kind(at + 1)? {
            // 10h30
            Kind::Clock if self.gap(at + 1) == Gap::None || self.gap(at + 1) == Gap::Space => {
                (self.plain(at + 2)?, at + 3)
            }
            Kind::Number(minute, digits) if self.gap(at + 1) == Gap::Colon => ((minute, digits), at + 2),
            Kind::Number(minute, digits)
                if self.gap(at + 1) == Gap::Dot && self.kind(at + 2) == Some(Kind::Clock) =>
            {
                ((minute, digits), at + 2)
            }
            _ => return None,
        };
        let (minute, 2) = minute else { return None };
        let mut second = None;
        if let Some((value, 2)) = self.plain(end).filter(|_| self.gap(end) == Gap::Colon) {
            second = Some(value);
            end += 1;
            // A fraction of the second.
            if self.plain(end).is_some() && self.gap(end) == Gap::Dot {
                end += 1;
            }
        }
        match self.kind(end) {
            Some(Kind::AfterNoon) if hour < 12 => (hour, end) = (hour + 12, end + 1),
            Some(Kind::Before) if hour == 12 => (hour, end) = (0, end + 1),
            Some(Kind::AfterNoon | Kind::Before | Kind::Clock) => end += 1,
            _ => {}
        }
        Some(self.with_zone(time_of(hour, minute, second)?, end))
    }

    fn with_zone(&self, time: Time, at: usize) -> (Time, usize) {
        if self.kind(at) == Some(Kind::Zulu) {
            return (Time { offset: Some(0), ..time }, at + 1);
        }
        let sign = match self.gap(at) {
            Gap::Plus => 1,
            Gap::Hyphen => -1,
            _ => return (time, at),
        };
        let (minutes, end) = match (self.plain(at), self.plain(at + 1)) {
            (Some((hours, 2)), Some((minutes, 2))) if self.gap(at + 1) == Gap::Colon => {
                (hours * 60 + minutes, at + 2)
            }
            (Some((both, 4)), _) => (both / 100 * 60 + both % 100, at + 1),
            (Some((hours, 2)), _) => (hours * 60, at + 1),
            _ => return (time, at),
        };
        if minutes > 14 * 60 {
            return (time, at);
        }
        (Time { offset: Some(sign * minutes as i16), ..time }, end)
    }
}

fn time_of(hour: u32, minute: u32, second: Option<u32>) -> Option<Time> {
    let is_valid = hour < 24 && minute < 60 && second.is_none_or(|second| second < 61);
    is_valid.then_some(Time {
        hour: hour as u8,
        minute: minute as u8,
        second: second.map(|second| second as u8),
        offset: None,
    })
}

impl Iterator for Reader {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        while self.at < self.tokens.len() {
            let start = self.at;
            let Some((mut date, count)) = self.date_at(start) else {
                self.at += 1;
                continue;
            };
            let is_in_order = self.numbers(start).is_some_and(|(numbers, _)| numbers == date);
            let swapped = date.day.filter(|&day| is_in_order && day != date.month);
            let in_other_order = swapped.and_then(|day| Date::of_day(date.year, day, date.month));
            let mut end = start + count;
            if date.day.is_some() && date.time.is_none() {
                (date.time, end) = self.time_at(end);
            }
            self.at = end;
            // Every pattern has at least one piece.
            let range = self.tokens[start].range.start..self.tokens[end - 1].range.end;
            let in_other_order = in_other_order.map(|other| Date { time: date.time, ..other });
            return Some(Found { date, range, in_other_order });
        }
        None
    }
}
