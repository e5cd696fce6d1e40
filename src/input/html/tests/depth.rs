//! What becomes of pages nested too deep.

use std::time::{Duration, Instant};

use super::super::builder::SLACK;
use super::*;

/// Elements around the deepest one, itself counted.
fn depth_of(tree: &Tree) -> u32 {
    let (mut depth, mut deepest) = (0, 0);
    for step in tree.walk(NodeId::DOCUMENT) {
        match step {
            Step::Enter(id) if tree.element(id).is_some() => depth += 1,
            Step::Leave(id) if tree.element(id).is_some() => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn words(tree: &Tree) -> Vec<String> {
    tree.text_content(NodeId::DOCUMENT).split_whitespace().map(str::to_owned).collect()
}

/// The limit, and by what counts of elements are divided: smaller pages without optimisation.
const MAX_DEPTH: u32 = if cfg!(debug_assertions) { 64 } else { 512 };
const SLOWER: usize = if cfg!(debug_assertions) { 20 } else { 1 };

/// So much may be the machine's doing. Only pages as large as with optimisation tell more: quadratic ones take
/// seconds.
const HICCUP: Duration = Duration::from_millis(200);

/// Makes pages of `count` and of four times `count` copies of `opening`, each numbered (`#` is the number) and
/// followed by its number as text. They must be no deeper than the limit, keep all text in order, and take
/// roughly linear time.
fn stays_shallow_and_linear(opening: &str, count: usize) {
    // Enough that even the shorter page is bounded most of the time.
    let count = (count / SLOWER / 4).max(4 * MAX_DEPTH as usize);
    let page = |count: usize| -> String {
        (0..count).map(|n| format!("{} {n} ", opening.replace('#', &n.to_string()))).collect()
    };
    let pages = [count, 4 * count].map(|count| (page(count), count));
    let mut times = [Duration::MAX; 2];
    // Other programs run on this machine too: the best of a few tries counts.
    for _ in 0..5 {
        for ((page, count), time) in pages.iter().zip(&mut times) {
            let start = Instant::now();
            let tree = parsed(page, MAX_DEPTH);
            *time = start.elapsed().min(*time);
            let depth = depth_of(&tree);
            assert!(depth <= MAX_DEPTH + SLACK, "{count} × {opening}: depth {depth}");
            let numbers = words(&tree).into_iter().map(|word| word.parse());
            assert!(numbers.eq((0..*count).map(Ok)), "{count} × {opening}: text lost or moved");
        }
        if times[1] < 10 * times[0] + HICCUP {
            return;
        }
    }
    let [short, long] = times;
    panic!("{count} × {opening} take {short:?}, four times as many {long:?}");
}

#[test]
fn nested_divs_are_bounded() {
    stays_shallow_and_linear("<div>", 400_000);
}

#[test]
fn nested_lists_are_bounded() {
    stays_shallow_and_linear("<ul><li>", 65_000);
}

#[test]
fn nested_formatting_is_bounded() {
    for (opening, count) in [
        ("<b>", 100_000),
        ("<b id=#>", 20_000),
        ("<a><div>", 20_000),
        ("<a href=#><b id=#><div>", 10_000),
        ("<font><font color=#>", 20_000),
        ("<nobr><i>", 20_000),
        ("<b><div><div><div><div><div><div><div><div><div><div></b>", 8_000),
        ("<i id=#><b><div><div><div></i>", 8_000),
        ("<b><i><u><s><div><p></b></i><div></u>", 8_000),
    ] {
        stays_shallow_and_linear(opening, count);
    }
}

/// Formatting elements that are not closed are opened anew in every paragraph, all of them.
#[test]
fn formatting_reopened_in_every_paragraph_is_bounded() {
    for (opening, count) in
        [("<p><b id=#>", 8_000), ("<p><font color=#><i>", 4_000), ("<li><a><b id=#>", 4_000)]
    {
        stays_shallow_and_linear(opening, count);
    }
}

/// What was opened once and is opened anew in every paragraph ends where there is too much of it.
#[test]
fn formatting_is_closed_where_its_copies_are_most_of_the_page() {
    let formatting: String = (0..20).map(|n| format!("<b id={n}>")).collect();
    let paragraphs = if cfg!(debug_assertions) { 10_000 } else { 100_000 };
    for open in ["<p>x", "<p><i id=1>x", "<a href=x><b><div>x</a>"] {
        let html = formatting.clone() + &open.repeat(paragraphs);
        let tree = parsed(&html, MAX_DEPTH);
        let tags = html.matches('<').count();
        let most = tags + paragraphs + (1 << 16) + html.len() / 128 + (1 << 14);
        assert!(tree.len() < most, "{open}: {} nodes of {tags} tags", tree.len());
        let letters: usize = words(&tree).iter().map(String::len).sum();
        assert_eq!(letters, paragraphs, "{open}");
    }
}

#[test]
fn nested_tables_are_bounded() {
    for (opening, count) in [
        ("<table><td>", 50_000),
        ("<table><tr><td><div>", 40_000),
        ("<table><tr><td><b id=#>", 20_000),
        ("<table><caption>", 40_000),
        ("<div><table><td><ul><li><p>", 20_000),
    ] {
        stays_shallow_and_linear(opening, count);
    }
}

#[test]
fn other_nested_elements_are_bounded() {
    for (opening, count) in [
        ("<svg><g>", 50_000),
        ("<svg><foreignObject><div>", 20_000),
        ("<math><mtext>", 20_000),
        ("<math><mrow>", 50_000),
        ("<button>", 50_000),
        ("<button><div>", 50_000),
        ("<template>", 50_000),
        ("<template><div>", 20_000),
        ("<object><b>", 20_000),
        ("<marquee><font>", 20_000),
        ("<form><fieldset>", 20_000),
        ("<select><option>", 20_000),
        ("<ruby><rt>", 20_000),
        ("<h1><h2>", 20_000),
        ("<x-a><x-b>", 50_000),
        ("<optgroup>", 50_000),
    ] {
        stays_shallow_and_linear(opening, count);
    }
}

/// Formatting opened on a shallow place is reopened by text on a deep one.
#[test]
fn formatting_reopened_in_the_depth_is_bounded() {
    let formatting: String = (0..MAX_DEPTH - 12).map(|n| format!("<b id={n}>")).collect();
    for blocks in ["<div>", "<ul><li>", "<section><div>", "<template><div>"] {
        for last in ["", "<br>", "<p>", "<img>", "<i>"] {
            let html = format!("<p>{formatting}</p>{}{last} 0 ", blocks.repeat(MAX_DEPTH as usize));
            let tree = parsed(&html, MAX_DEPTH);
            let depth = depth_of(&tree);
            assert!(depth <= MAX_DEPTH + SLACK, "{blocks}{last}: depth {depth}");
            assert_eq!(words(&tree), ["0"]);
        }
    }
}

/// The limit is met exactly: a page just as deep keeps its tree.
#[test]
fn a_page_as_deep_as_the_limit_is_left_alone() {
    // `html` and `body` stand around.
    let html = "<div>".repeat(MAX_DEPTH as usize - 2) + "x";
    assert_eq!(depth_of(&parsed(&html, MAX_DEPTH)), MAX_DEPTH);
    assert_eq!(seen_in_arena(&parsed(&html, MAX_DEPTH)), seen_in_arena(&parsed(&html, DEEP)));
}

/// Soup in which every text is a word of its own, without elements that drop what stands in them (`frameset`,
/// `head`) or read it otherwise (`title` in `svg` is no `title`).
fn numbered_soup() -> impl Strategy<Value = String> {
    const NAMES: [&str; 9] =
        ["template", "svg", "g", "desc", "select", "option", "noscript", "mtext", "math"];
    let piece = prop_oneof![
        30 => start_tag(&NESTING),
        6 => start_tag(&NAMES),
        2 => start_tag(&["br", "hr", "img", "wbr"]),
        8 => end_tag(&NESTING),
        2 => end_tag(&NAMES),
        20 => Just(String::new()),
    ];
    prop::collection::vec((piece, 1..4_usize), 0..200).prop_map(|pieces| {
        let pieces = pieces.into_iter().enumerate().map(|(number, (piece, times))| match &*piece {
            "" => format!(" {number} "),
            _ => piece.repeat(times),
        });
        pieces.collect()
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_limit_bounds_depth_and_loses_no_text(html in numbered_soup(), limit in 16..40_u32) {
        let bounded = parsed(&html, limit);
        prop_assert!(depth_of(&bounded) <= limit + SLACK, "depth {}", depth_of(&bounded));
        let (mut kept, mut all) = (words(&bounded), words(&parsed(&html, DEEP)));
        kept.sort();
        all.sort();
        prop_assert_eq!(kept, all);
    }
}
