//! The memory that `Limits` states: the peak of a process that takes pages apart which take the most.
#![cfg(target_os = "linux")]

use std::fs;

use tamis::{Extractor, Limits};

/// Kibibytes that the process has held at most since the last call of `forget_peak`.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells the peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

/// Whether the system lets a process do so.
fn forget_peak() -> bool {
    fs::write("/proc/self/clear_refs", "5").is_ok()
}

/// What the documentation of `Limits` says, in kibibytes.
fn stated(bytes: usize, is_text: bool, nodes: usize, blocks: usize, data: usize) -> u64 {
    let data = (96 * data).min(192 << 20);
    let a_byte = if is_text { 56 } else { 28 };
    (a_byte * bytes + 128 * nodes + 6 * 1024 * blocks + data) as u64 / 1024 + 16 * 1024
}

#[test]
fn no_page_takes_more_memory_than_is_stated() {
    let extractor = Extractor::new();
    let limits = Limits { max_blocks: 5_000, ..Limits::default() };
    let bounded = Extractor::builder().limits(limits).build();
    // Word lists and weights are made by the first page and the first text.
    extractor.html("<p>words").and_then(|_| extractor.text("words")).expect("two small pages");
    // Every one is told with its nodes and blocks, or more.
    let bytes: usize = if cfg!(debug_assertions) { 1 << 19 } else { 4 << 20 };
    let alphabet = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
    for (unit, nodes, is_text) in [
        (format!("<p {alphabet}>x"), 2, false),
        (format!("<b {alphabet}><p>x"), 5, false),
        ("<p>x".to_owned(), 2, false),
        ("<div>".to_owned(), 1, false),
        ("<p>words and words and words".to_owned(), 2, false),
        ("<a href=x>x</a> ".to_owned(), 3, false),
        ("words ".to_owned(), 1, false),
        ("{\"\":0},".to_owned(), 0, false),
        ("0,".to_owned(), 0, false),
        ("{\"a\":[".to_owned(), 0, false),
        ("x\n".to_owned(), 0, true),
        ("words and more words\n\n".to_owned(), 0, true),
    ] {
        let is_data = unit.ends_with([',', '[']);
        let before = if is_data { "<script type=application/ld+json>[" } else { "" };
        let input = before.to_owned() + &unit.repeat(bytes / unit.len());
        if !forget_peak() {
            eprintln!("skipped: the peak of memory can't be reset here");
            return;
        }
        let before = peak();
        let page = if is_text { bounded.text(&input) } else { bounded.html(&input) };
        let grown = peak() - before;
        // A page over the limit on nodes is refused when it has them.
        let nodes = (nodes * (input.len() / unit.len())).min(Limits::default().max_nodes);
        let blocks = page.as_ref().map_or(0, |page| page.blocks().len());
        let most = stated(input.len(), is_text, nodes, blocks, if is_data { input.len() } else { 0 });
        assert!(grown <= most, "{unit:?}: {grown} KiB, stated {most}");
    }
}
