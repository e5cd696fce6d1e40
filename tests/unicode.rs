//! Characters of all kinds: positions stand between them, and none is lost.

use proptest::prelude::*;
use tamis::{Extractor, Page, Source};

const PIECES: [&str; 34] = [
    "\u{0}",
    "\u{1}",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{301}",
    "e\u{301}",
    "\u{344}",
    "\u{489}",
    "\u{61c}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{2028}",
    "\u{202e}",
    "\u{2060}",
    "\u{2067}",
    "\u{3000}",
    "\u{e000}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "👩\u{200d}👧",
    "🇩🇪",
    "👍🏽",
    "1\u{fe0f}\u{20e3}",
    "ภาษาไทย",
    "ភាសាខ្មែរ",
    "漢字かな",
    "한국어",
    "שלום",
];
const AROUND: [&str; 12] =
    ["<p>", "<b>", "</b>", "<a href=x>", "</a>", "<br>", "<pre>", "</pre>", " ", "word", ". ", "\n"];

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![3 => prop::sample::select(&PIECES[..]), 2 => prop::sample::select(&AROUND[..])];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Letters and digits, of which none may be lost.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn check(page: &Page) -> Result<(), TestCaseError> {
    for block in page.blocks() {
        let range = block.text_range();
        prop_assert_eq!(page.text().get(range.clone()), Some(block.text()));
        for span in block.spans() {
            prop_assert!(block.text().get(span.start..span.end).is_some(), "{:?} in {:?}", span, block);
        }
    }
    // Whatever is written out of it stands between characters, too.
    prop_assert!(page.content_markdown().len() + page.content_html().len() < usize::MAX);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn positions_stand_between_characters(input in pieces()) {
        let extractor = Extractor::new();
        check(&extractor.html(&input)?)?;
        let page = extractor.text(&input)?;
        check(&page)?;
        for block in page.blocks() {
            let Source::Input(range) = block.source() else { panic!("a block of plain text has a range") };
            prop_assert!(input.get(range.clone()).is_some(), "{:?} cuts a character", range);
        }
    }

    #[test]
    fn no_letter_is_lost(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..20)) {
        let text = pieces.concat();
        let extractor = Extractor::new();
        let shown: String = extractor.html(&format!("<p>{text}"))?.blocks().map(|block| letters(block.text())).collect();
        prop_assert_eq!(shown, letters(&text));
        let shown: String = extractor.text(&text)?.blocks().map(|block| letters(block.text())).collect();
        prop_assert_eq!(shown, letters(&text));
    }
}

/// Two charsets in one page: what the declared one can't read is replaced, and the rest is kept.
#[test]
fn a_page_of_mixed_charsets_keeps_what_its_charset_reads() -> Result<(), tamis::Error> {
    let page = Extractor::new()
        .bytes(b"<meta charset=utf-8><p>caf\xc3\xa9 caf\xe9 \x83e th\xc3\xa9", Some("text/html"))?;
    assert_eq!(page.text(), "café caf\u{fffd} \u{fffd}e thé");
    Ok(())
}

/// Composed and decomposed letters, and a Thai text without a space, stay as they are written.
#[test]
fn text_is_kept_as_it_is_written() -> Result<(), tamis::Error> {
    for text in [
        "cafe\u{301} café",
        "ภาษาไทยเขียนติดกัน",
        "ខ្មែរសរសេរជាប់គ្នា",
        "👨\u{200d}👩\u{200d}👧 🇫🇷",
        "\u{202e}abc\u{202c}",
    ] {
        assert_eq!(Extractor::new().html(&format!("<p>{text}</p>"))?.text(), text);
        assert_eq!(Extractor::new().text(text)?.text(), text);
    }
    Ok(())
}
