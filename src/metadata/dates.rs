//! Dates as pages write them, in words and numbers of many languages, and as ISO 8601 writes them.

mod calendars;
mod patterns;
mod tokens;

use std::fmt;

pub(super) use patterns::{Found, find, find_all};
pub(super) use tokens::is_month;

/// A date, to the precision of what it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Date {
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31, if the day is known.
    pub day: Option<u8>,
    pub time: Option<Time>,
}

/// A time of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time {
    pub hour: u8,
    pub minute: u8,
    pub second: Option<u8>,
    /// Minutes ahead of UTC, where the page gives them.
    pub offset: Option<i16>,
}

/// In which order a language writes the numbers of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    DayMonth,
    MonthDay,
}

/// No page of the web was published before.
const FIRST_YEAR: u16 = 1990;
/// Later ones are slips of the pen, or what an application writes for "never".
const LAST_YEAR: u16 = 2100;

impl Date {
    /// A day that there is, within the years of the web.
    pub fn of_day(year: u16, month: u8, day: u8) -> Option<Date> {
        let date = Date { day: Some(day), ..Date::of_month(year, month)? };
        (day >= 1 && day <= calendars::days_of_month(year, month)).then_some(date)
    }

    pub fn of_month(year: u16, month: u8) -> Option<Date> {
        let is_valid = (FIRST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month);
        is_valid.then_some(Date { year, month, day: None, time: None })
    }

    /// Whether both may speak of the same day.
    pub fn is_same_day(&self, other: &Date) -> bool {
        (self.year, self.month) == (other.year, other.month)
            && (self.day == other.day || self.day.is_none() || other.day.is_none())
    }

    /// How much is known: month, day, minute, zone.
    pub fn precision(&self) -> u8 {
        let time = self.time.map_or(0, |time| if time.offset.is_some() { 2 } else { 1 });
        u8::from(self.day.is_some()) + time
    }
}

impl Order {
    /// The order that goes with a language tag such as `en-GB`.
    pub fn of(language: Option<&str>) -> Order {
        let tag = language.unwrap_or("").to_ascii_lowercase();
        let is_month_first = tag.is_empty()
            || matches!(tag.split(['-', '_']).next(), Some("en" | "fil"))
                && !["gb", "au", "nz", "ie", "in", "za", "uk", "sg", "hk", "mt", "ke", "ng"]
                    .iter()
                    .any(|region| tag.split(['-', '_']).skip(1).any(|part| part == *region));
        if is_month_first { Order::MonthDay } else { Order::DayMonth }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)?;
        let Some(day) = self.day else { return Ok(()) };
        write!(f, "-{day:02}")?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour, time.minute)?;
        if let Some(second) = time.second {
            write!(f, ":{second:02}")?;
        }
        match time.offset {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(offset) => {
                let sign = if offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, language: &str) -> Option<String> {
        find(text, Some(language)).map(|found| found.date.to_string())
    }

    #[test]
    fn machine_formats_keep_their_precision_and_zone() {
        let iso = |text| read(text, "en").unwrap_or_default();
        assert_eq!(iso("2021-03-04T05:06:07+02:00"), "2021-03-04T05:06:07+02:00");
        assert_eq!(iso("2021-03-04T05:06:07.123Z"), "2021-03-04T05:06:07Z");
        assert_eq!(iso("2021-03-04 05:06"), "2021-03-04T05:06");
        assert_eq!(iso("2021-03-04T05:06:07-0530"), "2021-03-04T05:06:07-05:30");
        assert_eq!(iso("20210304T050607Z"), "2021-03-04T05:06:07Z");
        assert_eq!(iso("20210304"), "2021-03-04");
        assert_eq!(iso("Thu, 04 Mar 2021 05:06:07 GMT"), "2021-03-04T05:06:07Z");
        assert_eq!(iso("Thu Mar 4 05:06:07 CET 2021"), "2021-03-04T05:06:07");
        assert_eq!(iso("Thu Mar  4 05:06:07 UTC 2021"), "2021-03-04T05:06:07Z");
        assert_eq!(iso("2021-03"), "2021-03");
    }

    #[test]
    fn dates_are_read_in_the_words_of_their_language() {
        let days = [
            ("Published on March 4th, 2021 at 5:06 pm", "en", "2021-03-04T17:06"),
            ("Veröffentlicht am 4. März 2021, 17:06 Uhr", "de", "2021-03-04T17:06"),
            ("Publié le 1er août 2021 à 10h30", "fr", "2021-08-01T10:30"),
            ("Publicado el 4 de marzo de 2021", "es", "2021-03-04"),
            ("Pubblicato il 4 marzo 2021", "it", "2021-03-04"),
            ("4 de março de 2021", "pt-BR", "2021-03-04"),
            ("4 maart 2021", "nl", "2021-03-04"),
            ("4 marca 2021 r.", "pl", "2021-03-04"),
            ("4. března 2021", "cs", "2021-03-04"),
            ("4 mars 2021", "sv", "2021-03-04"),
            ("4. marts 2021", "da", "2021-03-04"),
            ("4. desember 2021", "no", "2021-12-04"),
            ("4. maaliskuuta 2021", "fi", "2021-03-04"),
            ("4 martie 2021", "ro", "2021-03-04"),
            ("2021. március 4.", "hu", "2021-03-04"),
            ("4 Μαρτίου 2021", "el", "2021-03-04"),
            ("4 Mart 2021", "tr", "2021-03-04"),
            ("4 марта 2021 г.", "ru", "2021-03-04"),
            ("4 березня 2021", "uk", "2021-03-04"),
            ("٤ مارس ٢٠٢١", "ar", "2021-03-04"),
            ("۱۴ اسفند ۱۳۹۹", "fa", "2021-03-04"),
            ("4 במרץ 2021", "he", "2021-03-04"),
            ("4 मार्च 2021", "hi", "2021-03-04"),
            ("2021年3月4日 17:06", "zh", "2021-03-04T17:06"),
            ("民國110年3月4日", "zh-TW", "2021-03-04"),
            ("令和3年3月4日", "ja", "2021-03-04"),
            ("2021년 3월 4일", "ko", "2021-03-04"),
            ("Ngày 4 tháng 3 năm 2021", "vi", "2021-03-04"),
            ("4 มีนาคม 2564", "th", "2021-03-04"),
            ("4 มี.ค. 2564", "th", "2021-03-04"),
            ("4 Maret 2021", "id", "2021-03-04"),
            ("04.03.2021 · 6 min read", "en", "2021-03-04"),
        ];
        for (text, language, expected) in days {
            assert_eq!(read(text, language).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn the_order_of_numbers_goes_by_language() {
        assert_eq!(read("03/04/2021", "en-US").as_deref(), Some("2021-03-04"));
        assert_eq!(read("03/04/2021", "en-GB").as_deref(), Some("2021-04-03"));
        assert_eq!(read("03/04/2021", "fr").as_deref(), Some("2021-04-03"));
        assert_eq!(read("03.04.21", "de").as_deref(), Some("2021-04-03"));
        assert_eq!(read("25/12/2021", "en-US").as_deref(), Some("2021-12-25"));
        assert_eq!(read("2021/03/04", "ja").as_deref(), Some("2021-03-04"));
    }

    #[test]
    fn numbers_that_are_no_date_give_none() {
        for text in [
            "Version 2.4.1",
            "call 555 0199",
            "31.02.2021",
            "0000-00-00",
            "1970-01-01",
            "3 days ago",
            "12:30",
            "",
        ] {
            assert_eq!(read(text, "en"), None, "{text}");
        }
    }

    #[test]
    fn every_date_of_a_text_is_found() {
        let found = find_all("Published 4 March 2021, updated 5 March 2021 10:00", Some("en"));
        let dates: Vec<String> = found.iter().map(|found| found.date.to_string()).collect();
        assert_eq!(dates, ["2021-03-04", "2021-03-05T10:00"]);
    }
}
