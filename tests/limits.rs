//! Every limit: what happens to a page that meets it, by default and otherwise.

use tamis::html5ever::tendril::TendrilSink;
use tamis::html5ever::{ParseOpts, parse_document};
use tamis::rcdom::RcDom;
use tamis::{Error, Extractor, Limits, OverLimit, Page, Truncation};

fn extractor(limits: Limits, over: OverLimit) -> Extractor {
    Extractor::builder().limits(limits).over_limit(over).build()
}

fn html(limits: Limits, over: OverLimit, html: &str) -> Result<Page, Error> {
    extractor(limits, over).html(html)
}

/// A text that carries its words in structured data alone.
fn embedded(depth: usize) -> String {
    let (open, close) = ("{\"a\":".repeat(depth), "}".repeat(depth));
    let words = "words of a text that is long enough to be one, ".repeat(8);
    format!("<body><script type=application/ld+json>{open}{{\"articleBody\":\"{words}\"}}{close}</script>")
}

#[test]
fn an_ordinary_page_meets_no_limit() -> Result<(), Error> {
    let page =
        html(Limits::default(), OverLimit::Refuse, "<h1>Tea</h1><p class=a id=b>Boil the <b>water</b>.")?;
    assert!(page.truncated().is_empty());
    Ok(())
}

#[test]
fn bytes_are_refused_or_cut_at_a_character() -> Result<(), Error> {
    let limits = Limits { max_bytes: 8, ..Limits::default() };
    let error = Error::TooManyBytes { bytes: 12, limit: 8 };
    for over in [OverLimit::CutHarmless, OverLimit::Refuse] {
        assert_eq!(html(limits, over, "<p>abcdéf-x"), Err(error.clone()));
        assert_eq!(extractor(limits, over).text("abcdéfgéi-").err(), Some(error.clone()));
        assert_eq!(extractor(limits, over).bytes(b"<p>abcdefghi", None).err(), Some(error.clone()));
    }
    let cut = extractor(limits, OverLimit::Cut);
    let page = cut.html("<p>abcdéf-x")?;
    assert_eq!((page.text(), page.truncated()), ("abcd", &[Truncation::Bytes { kept: 8, of: 12 }][..]));
    assert_eq!(cut.text("abcdefgéi-")?.text(), "abcdefg");
    assert_eq!(cut.bytes(b"<p>abcdefghi", None)?.text(), "abcde");
    Ok(())
}

#[test]
fn depth_loses_no_text() -> Result<(), Error> {
    let page = "<p>a\n".to_owned() + &"<div>".repeat(100) + "b";
    let limits = Limits { max_depth: 20, ..Limits::default() };
    let cut = html(limits, OverLimit::CutHarmless, &page)?;
    assert_eq!((cut.text(), cut.truncated()), ("a\nb", &[Truncation::Depth { byte: Some(5 + 18 * 5) }][..]));
    assert_eq!(html(limits, OverLimit::Refuse, &page), Err(Error::TooDeep { limit: 20 }));
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(&*page);
    let of_dom = extractor(limits, OverLimit::CutHarmless).dom(&dom.document)?;
    assert_eq!((of_dom.text(), of_dom.truncated()), ("a\nb", &[Truncation::Depth { byte: None }][..]));
    Ok(())
}

#[test]
fn nodes_are_refused_or_the_page_ends_there() -> Result<(), Error> {
    let page = "<p>words".repeat(100_000);
    let limits = Limits { max_nodes: 1_000, ..Limits::default() };
    for over in [OverLimit::CutHarmless, OverLimit::Refuse] {
        assert_eq!(html(limits, over, &page), Err(Error::TooManyNodes { limit: 1_000 }));
    }
    let cut = html(limits, OverLimit::Cut, &page)?;
    assert!(cut.text().starts_with("words\nwords") && cut.text().len() < page.len() / 2);
    assert!(matches!(cut.truncated(), [Truncation::Nodes { byte: Some(byte) }] if *byte < page.len() / 2));
    Ok(())
}

#[test]
fn attributes_over_the_limit_are_left_out() -> Result<(), Error> {
    let limits = Limits { max_attributes: 2, ..Limits::default() };
    // The third says that the paragraph is hidden.
    let page = "<p id=a class=b hidden>words";
    let cut = html(limits, OverLimit::CutHarmless, page)?;
    assert!(cut.blocks().all(|block| !block.is_hidden()) && cut.blocks().len() == 1);
    assert_eq!(cut.truncated(), [Truncation::Attributes { byte: Some(2) }]);
    assert_eq!(html(limits, OverLimit::Refuse, page), Err(Error::TooManyAttributes { limit: 2 }));
    let enough = Limits { max_attributes: 3, ..limits };
    assert!(html(enough, OverLimit::Refuse, page)?.blocks().all(|block| block.is_hidden()));
    Ok(())
}

#[test]
fn blocks_over_the_limit_are_left_out() -> Result<(), Error> {
    let limits = Limits { max_blocks: 2, ..Limits::default() };
    let kept = [Truncation::Blocks { kept: 2, of: 3 }];
    let page = html(limits, OverLimit::CutHarmless, "<p>a <b>b</b><p>c <i>d</i><p>e <u>f</u>")?;
    assert_eq!((page.text(), page.truncated()), ("a b\nc d", &kept[..]));
    let page = extractor(limits, OverLimit::Cut).text("One line.\n\nAnother line.\n\nA third.")?;
    assert_eq!((page.text(), page.truncated()), ("One line.\nAnother line.", &kept[..]));
    let refused = html(limits, OverLimit::Refuse, "<p>a<p>b<p>c");
    assert_eq!(refused, Err(Error::TooManyBlocks { blocks: 3, limit: 2 }));
    Ok(())
}

#[test]
fn structured_data_over_the_limits_is_passed_over() -> Result<(), Error> {
    let page = embedded(10);
    assert!(html(Limits::default(), OverLimit::Refuse, &page)?.text().starts_with("words of a text"));
    for limits in [
        Limits { max_data_bytes: 100, ..Limits::default() },
        Limits { max_data_depth: 5, ..Limits::default() },
    ] {
        let cut = html(limits, OverLimit::CutHarmless, &page)?;
        assert_eq!((cut.text(), cut.truncated()), ("", &[Truncation::Data][..]));
        assert!(matches!(html(limits, OverLimit::Refuse, &page), Err(Error::TooMuchData { .. })));
    }
    Ok(())
}

#[test]
fn structured_data_of_metadata_is_bounded_too() -> Result<(), Error> {
    let page = "<p>words<script type=application/ld+json>{\"@type\":\"Article\",\"a\":0,\"author\":\"Ada Moor\"}</script>";
    assert_eq!(html(Limits::default(), OverLimit::Refuse, page)?.metadata().authors, ["Ada Moor"]);
    let limits = Limits { max_data_bytes: 20, ..Limits::default() };
    let cut = html(limits, OverLimit::CutHarmless, page)?;
    assert_eq!((cut.metadata().authors.len(), cut.truncated()), (0, &[Truncation::Data][..]));
    assert!(matches!(html(limits, OverLimit::Refuse, page), Err(Error::TooMuchData { .. })));
    Ok(())
}

#[test]
fn work_is_bounded_whatever_is_to_be_done() {
    for over in [OverLimit::CutHarmless, OverLimit::Cut, OverLimit::Refuse] {
        let limits = Limits { max_work: 100_000, ..Limits::default() };
        let error = Some(Error::TooMuchWork { limit: 100_000 });
        assert_eq!(html(limits, over, &"<p>words".repeat(1_000)).err(), error);
        assert_eq!(html(limits, over, &"x".repeat(200_000)).err(), error);
        assert_eq!(extractor(limits, over).text(&"words\n\n".repeat(1_000)).err(), error);
        assert!(html(limits, over, "<p>words").is_ok());
    }
}

/// The least work that lets a page in.
fn work_of(page: &str) -> u64 {
    let (mut low, mut high) = (0, 1 << 32);
    while low < high {
        let middle = low + (high - low) / 2;
        let limits = Limits { max_work: middle, ..Limits::default() };
        match html(limits, OverLimit::CutHarmless, page) {
            Ok(_) => high = middle,
            Err(_) => low = middle + 1,
        }
    }
    low
}

#[test]
fn work_is_the_same_each_time_and_grows_with_the_page() {
    let page = "<div><p>words and <b>words</b></div>";
    let (one, again) = (work_of(&page.repeat(20)), work_of(&page.repeat(20)));
    assert_eq!(one, again);
    let eight = work_of(&page.repeat(160));
    assert!((7 * one..9 * one).contains(&eight), "{one}, eight times as much {eight}");
}

#[test]
fn what_was_cut_goes_through_json() -> Result<(), Error> {
    let limits = Limits { max_blocks: 2, max_depth: 16, max_attributes: 1, ..Limits::default() };
    let page =
        html(limits, OverLimit::CutHarmless, &("<p class=a id=b>a".to_owned() + &"<div>a".repeat(40)))?;
    assert_eq!(page.truncated().len(), 3);
    let json = serde_json::to_string(&page).expect("a page is written");
    let read: Page = serde_json::from_str(&json).expect("what was written is read");
    assert!(read == page && read.truncated() == page.truncated());
    Ok(())
}
