//! Long constants for the patterns.

/// 16 × 64 bytes.
macro_rules! big {
    () => {
        concat!(big!(4), big!(4), big!(4), big!(4))
    };
    (4) => {
        concat!(big!(1), big!(1), big!(1), big!(1))
    };
    (1) => {
        "a value of an attribute that is copied as often as it is opened "
    };
}

/// 64 attributes whose names begin alike.
macro_rules! many {
    ($name:literal) => {
        concat!(many!($name "0"), many!($name "1"), many!($name "2"), many!($name "3"))
    };
    ($name:literal $first:literal) => {
        concat!(
            $name, $first, "0 ", $name, $first, "1 ", $name, $first, "2 ", $name, $first, "3 ", $name, $first, "4 ",
            $name, $first, "5 ", $name, $first, "6 ", $name, $first, "7 ", $name, $first, "8 ", $name, $first, "9 ",
            $name, $first, "a ", $name, $first, "b ", $name, $first, "c ", $name, $first, "d ", $name, $first, "e ",
            $name, $first, "f ",
        )
    };
}

/// 60 nested elements.
macro_rules! spans {
    () => {
        concat!(spans!(1), spans!(1), spans!(1), spans!(1), spans!(1), spans!(1))
    };
    (1) => {
        "<span><span><span><span><span><span><span><span><span><span>"
    };
}
