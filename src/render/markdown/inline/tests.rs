use crate::render::sample::{Sample, block, cell, markdown_of, paragraph};

fn line(text: &str) -> String {
    markdown_of(&[paragraph(text)])
}

fn marked(sample: Sample) -> String {
    markdown_of(&[sample])
}

#[test]
fn markup_characters_are_escaped() {
    assert_eq!(line("a*b_c`d`[e]~f~ \\ g"), r"a\*b\_c\`d\`\[e\]\~f\~ \\ g");
}

#[test]
fn no_html_comes_through() {
    assert_eq!(line("a <b onclick=x>c</b> <!-- d"), r"a \<b onclick=x>c\</b> \<!-- d");
}

#[test]
fn entities_are_escaped_and_other_ampersands_are_not() {
    assert_eq!(line("&amp; &#65; R&D a & b"), r"\&amp; \&#65; R\&D a & b");
}

#[test]
fn what_would_start_another_block_is_escaped() {
    let lines = ["# a", "> a", "+ a", "- a", "---", "=== a", ":-:", "| a", "+", "-"];
    for text in lines {
        assert_eq!(line(text), format!("\\{text}"));
    }
    assert_eq!(line("1. a"), r"1\. a");
    assert_eq!(line("12) a"), r"12\) a");
}

#[test]
fn what_only_looks_like_a_block_start_is_left_alone() {
    for text in ["1.5 litres", "1234567890. a", "-5 degrees", "+49 30", "a # b", "a - b", "a > b", "(a) b"] {
        assert_eq!(line(text), text);
    }
}

#[test]
fn hashes_at_the_end_of_a_heading_are_text() {
    assert_eq!(marked(block("heading2", "C #")), r"## C \#");
    assert_eq!(marked(block("heading2", "1. C")), "## 1. C");
}

#[test]
fn spans_become_delimiters_without_their_white_space() {
    let sample = paragraph("a bold it gone x2").span(1, 7, "strong").span(7, 10, "emphasis");
    let sample = sample.span(10, 14, "deleted").span(16, 17, "superscript");
    assert_eq!(marked(sample), "a **bold** *it* ~~gone~~ x<sup>2</sup>");
}

#[test]
fn emphasis_that_could_not_be_read_back_is_left_out() {
    assert_eq!(marked(paragraph("a(b)c").span(1, 4, "emphasis")), "a(b)c");
    assert_eq!(marked(paragraph("abc").span(1, 2, "emphasis")), "a*b*c");
    assert_eq!(marked(paragraph("a b€c").span(2, 6, "strong")), "a b€c");
}

#[test]
fn emphasis_beside_strong_has_another_delimiter() {
    let sample = paragraph("a b c").span(0, 5, "strong").span(4, 5, "emphasis");
    assert_eq!(marked(sample), "**a b _c_**");
}

#[test]
fn crossing_spans_come_out_well_nested() {
    let sample = paragraph("one two three").span(0, 7, "deleted").span(4, 13, "strong");
    assert_eq!(marked(sample), "~~one **two**~~ **three**");
}

#[test]
fn code_has_a_fence_that_is_not_in_it() {
    assert_eq!(marked(paragraph("a `b` <c>").span(2, 9, "code")), "a `` `b` <c> ``");
    assert_eq!(marked(paragraph("a|b").span(0, 3, "code")), "`a|b`");
    assert_eq!(marked(cell("a|b").row().span(0, 3, "code")), "| |\n| --- |\n| `a\\|b` |");
}

#[test]
fn a_link_cuts_code_and_emphasis_leaves_it() {
    let sample = paragraph("f(Bar, baz)").span(0, 11, "code").link(2, 5, "/bar").span(7, 10, "emphasis");
    assert_eq!(marked(sample), "`f(`[`Bar`](/bar)`, baz)`");
}

#[test]
fn link_targets_are_escaped() {
    let targets = [
        ("/a_b", "/a_b"),
        ("a b", "<a b>"),
        ("/a_(b)", "</a_(b)>"),
        ("a>b\\", r"a\>b\\"),
        ("?a=1&b=2", "?a=1&b=2"),
        ("javascript&colon;x", "javascript&amp;colon;x"),
    ];
    for (target, written) in targets {
        assert_eq!(marked(paragraph("a").link(0, 1, target)), format!("[a]({written})"));
    }
}

#[test]
fn links_that_could_run_something_leave_their_text() {
    for target in ["javascript:x", " java\tscript:x", "\u{1}javascript:x"] {
        assert_eq!(marked(paragraph("a [b]").link(0, 5, target)), r"a \[b\]");
    }
}

#[test]
fn an_exclamation_mark_makes_no_image_of_a_link() {
    assert_eq!(marked(paragraph("Go!here").link(3, 7, "/a")), r"Go\![here](/a)");
}
