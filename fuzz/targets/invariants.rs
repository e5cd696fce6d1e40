//! What holds for every page, whatever it was made of.

#[path = "../../tests/rendered_safely/faults.rs"]
mod faults;

use std::cell::RefCell;

use tamis::{Error, Extractor, Focus, Limits, OverLimit, Page, PlainText, Source};

thread_local! {
    /// Sees every page of a run: what it makes of one must not depend on the others.
    static SEASONED: RefCell<Extractor> = RefCell::new(Extractor::new());
}

/// The page that `take_apart` makes, twice of an extractor that has seen many pages, and once of a new one.
pub fn page_of(take_apart: impl Fn(&Extractor) -> Result<Page, Error>) -> Option<Page> {
    let (first, again) = SEASONED.with_borrow(|seasoned| (take_apart(seasoned), take_apart(seasoned)));
    assert_eq!(first, again, "another page the second time");
    assert_eq!(first, take_apart(&Extractor::new()), "another page of a new extractor");
    for cut in tight() {
        if let Ok(page) = take_apart(&cut) {
            holds(&page);
        }
    }
    let page = first.ok()?;
    holds(&page);
    Some(page)
}

/// Extractors that cut every page, and keep much or little.
fn tight() -> [Extractor; 2] {
    let few = Limits {
        max_bytes: 200,
        max_depth: 16,
        max_nodes: 40,
        max_attributes: 2,
        max_blocks: 5,
        max_data_bytes: 60,
        max_data_depth: 2,
        ..Limits::default()
    };
    let deep = Limits { max_depth: 16, max_blocks: 8, ..Limits::default() };
    let builder = Extractor::builder().over_limit(OverLimit::Cut).base_url("https://page.example/a/b?c");
    [
        builder.clone().limits(few).focus(Focus::Recall).build(),
        builder.limits(deep).focus(Focus::Precision).build(),
    ]
}

fn holds(page: &Page) {
    blocks_cover(page);
    regions_agree(page);
    figures_are_shares(page);
    details_agree(page);
    survives_json(page);
    is_written_safely(page);
}

fn blocks_cover(page: &Page) {
    let mut end = 0;
    for (index, block) in page.blocks().enumerate() {
        let range = block.text_range();
        assert_eq!(block.index(), index);
        assert!(page.text()[end..range.start].trim().is_empty(), "text between blocks");
        assert_eq!(&page.text()[range.clone()], block.text());
        assert!(!block.text().trim().is_empty(), "an empty block");
        for span in block.spans() {
            assert!(span.start < span.end && block.text().get(span.start..span.end).is_some(), "{span:?}");
        }
        end = range.end;
    }
    assert!(page.text()[end..].trim().is_empty(), "text after the last block");
}

fn regions_agree(page: &Page) {
    let (mut next, mut last) = (0, None);
    for region in page.regions() {
        assert_eq!(region.block_range().start, next);
        assert!(region.blocks().all(|block| block.label() == region.label()));
        assert_ne!(last, Some(region.label()), "two regions of one label touch");
        last = Some(region.label());
        next = region.block_range().end;
    }
    assert_eq!(next, page.blocks().len());
}

fn figures_are_shares(page: &Page) {
    let is_share = |value: f32| (0.0..=1.0).contains(&value);
    assert!(is_share(page.confidence()));
    for block in page.blocks() {
        assert!(is_share(block.score()) && is_share(block.label_score()) && is_share(block.link_density()));
    }
    // The reasons take longer than the page.
    for block in page.blocks().take(1).chain(page.blocks().nth(7)) {
        assert!(page.explain(block.index()).iter().all(|part| part.contribution.is_finite()));
        page.explain_label(block.index());
    }
}

/// Links, images and tables stand in blocks of theirs.
fn details_agree(page: &Page) {
    for link in page.all_links() {
        assert_eq!(&link.block().text()[link.range()], link.text());
        link.url();
    }
    for image in page.all_images() {
        if let (Some(block), Some(offset)) = (image.block(), image.offset()) {
            assert!(block.text().is_char_boundary(offset), "an image stands in a character");
        }
        image.url();
    }
    for table in page.all_tables() {
        assert!(!table.blocks().is_empty() && !table.rows().is_empty());
    }
}

fn is_written_safely(page: &Page) {
    let html = page.labelled_html(|_| true);
    let faults = faults::faults_of_html(&html);
    assert!(faults.is_empty(), "{faults:?} in {html}");
    page.labelled_markdown(|_| true);
    for (link_notes, line_per_block) in [(true, false), (false, true)] {
        page.content_text(PlainText { link_notes, line_per_block });
    }
}

fn survives_json(page: &Page) {
    let json = serde_json::to_string(page).expect("a page is written");
    let read: Page = serde_json::from_str(&json).expect("what was written is read");
    assert!(read == *page, "another page after JSON");
    assert_eq!(read.content().to_string(), page.content().to_string());
    assert_eq!(read.content_markdown(), page.content_markdown());
    assert_eq!(read.content_html(), page.content_html());
}

/// Of plain text the ranges of all blocks follow each other and leave out nothing that can be seen.
#[allow(dead_code)]
pub fn ranges_cover(text: &str, page: &Page) {
    let mut end = 0;
    for block in page.blocks() {
        let Source::Input(range) = block.source() else { panic!("a block of plain text has a range") };
        assert!(range.start >= end && range.start < range.end);
        assert!(text.get(range.clone()).is_some(), "a range cuts a character");
        assert!(is_unseen(&text[end..range.start]), "{:?} is in no block", &text[end..range.start]);
        end = range.end;
    }
    if page.blocks().len() == 0 {
        assert!(!text.contains(char::is_alphanumeric), "text without a block");
    } else if page.truncated().is_empty() {
        assert!(is_unseen(&text[end..]), "{:?} is in no block", &text[end..]);
    }
}

#[allow(dead_code)]
fn is_unseen(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
    })
}
