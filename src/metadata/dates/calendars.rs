//! Arithmetic of calendars.

/// The length of a month of the Gregorian calendar.
pub fn days_of_month(year: u16, month: u8) -> u8 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The number of a day, counted on from any fixed one (Howard Hinnant, *chrono-Compatible Low-Level Date
/// Algorithms*: the year begins in March, so that a leap day is its last).
pub fn day_number(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day
}

/// A date of the Iranian solar calendar in the Gregorian one. The leap years are those of the 33-year cycle, which
/// is right from 1343 to 1472 (1964 to 2093).
pub fn from_solar(year: u16, month: u8, day: u8) -> Option<(u16, u8, u8)> {
    let is_valid = (1343..=1472).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !is_valid {
        return None;
    }
    let (year, month) = (i32::from(year), i32::from(month));
    // Eight leap days in 33 years, the year before 1376 among them, as 1375 is one.
    let leap_days = |year: i32| (8 * year + 21).div_euclid(33);
    let days_before = if month <= 7 { (month - 1) * 31 } else { 186 + (month - 7) * 30 };
    // The first of Farvardin 1376 was the 21st of March 1997.
    let since = 365 * (year - 1376) + leap_days(year) - leap_days(1376) + days_before + i32::from(day) - 1;
    let number = day_number(1997, 3, 21) + since;
    let mut gregorian = u16::try_from(year + 621).ok()?;
    if day_number(i32::from(gregorian) + 1, 1, 1) <= number {
        gregorian += 1;
    }
    let month = (1..=12).rev().find(|&month| day_number(gregorian.into(), month, 1) <= number)?;
    let day = number - day_number(gregorian.into(), month, 1) + 1;
    Some((gregorian, month as u8, day as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_iranian_new_year_is_in_march() {
        for (solar, gregorian) in [
            ((1376, 1, 1), (1997, 3, 21)),
            ((1399, 1, 1), (2020, 3, 20)),
            ((1399, 12, 30), (2021, 3, 20)),
            ((1400, 1, 1), (2021, 3, 21)),
            ((1403, 1, 1), (2024, 3, 20)),
            ((1403, 12, 30), (2025, 3, 20)),
            ((1402, 10, 11), (2024, 1, 1)),
        ] {
            let (year, month, day) = solar;
            assert_eq!(from_solar(year, month, day), Some(gregorian), "{solar:?}");
        }
    }

    #[test]
    fn days_follow_each_other_over_the_end_of_a_month() {
        assert_eq!(day_number(2020, 3, 1) - day_number(2020, 2, 28), 2);
        assert_eq!(day_number(2021, 1, 1) - day_number(2020, 12, 31), 1);
    }
}
