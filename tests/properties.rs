//! What holds for every input, whatever it says and however broken it is.

use std::fmt::Write;
use std::rc::Rc;

use proptest::prelude::*;
use tamis::html5ever::serialize::{SerializeOpts, TraversalScope, serialize};
use tamis::html5ever::tendril::TendrilSink;
use tamis::html5ever::tree_builder::TreeBuilderOpts;
use tamis::html5ever::{ParseOpts, parse_document};
use tamis::rcdom::{Handle, NodeData, RcDom, SerializableHandle};
use tamis::{Block, DomPage, Error, Extractor, Focus, Limits, Page, Source};

fn cases(debug: u32) -> ProptestConfig {
    let cases = if cfg!(debug_assertions) { debug } else { 10 * debug };
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

// ---- inputs ----

/// Text that a page carries outside its markup, long enough to be taken for its text.
const EMBEDDED: &str = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"A first paragraph \
     that says what the article is about, in so many words that it is a text, and not a label of something else.\\n\\n\
     A second one, which says a little more about the same, so that there are two of them, one after the other.\"}</script>";

/// Texts with what tends to break text handling: marks on their own, joiners, wide and invisible characters.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-z]{1,9}( [a-z]{1,9}){0,12}[.!?,:]?",
        2 => "[A-Z][a-z]{1,6} [0-9]{1,4}",
        1 => "[а-яё]{2,8}( [а-яё]{2,8}){0,4}\\.",
        1 => "[一-龥]{2,12}。",
        1 => "[\u{621}-\u{64a}]{2,7}( [\u{621}-\u{64a}]{2,7}){0,3}",
        1 => prop::sample::select(&[
            "Share", "Cookie settings", "Home", "Leave a reply", "© 2024", "Read more", "\u{301}", "a\u{ad}b",
            "\u{feff}", "\u{200d}", "👩‍👩‍👧", "&amp;", "&lt;b>", "|", "\u{a0}", "\u{2028}", "\u{202e}x",
        ][..]).prop_map(str::to_owned),
    ]
}

const AROUND: [&str; 40] = [
    "div",
    "p",
    "h1",
    "h2",
    "h5",
    "ul",
    "ol",
    "li",
    "nav",
    "header",
    "footer",
    "main",
    "article",
    "aside",
    "section",
    "blockquote",
    "pre",
    "code",
    "table",
    "tr",
    "td",
    "th",
    "a",
    "b",
    "em",
    "sup",
    "del",
    "span",
    "button",
    "form",
    "label",
    "select",
    "option",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "template",
    "noscript",
];

fn attributes() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        8 => Just(""),
        1 => Just(" class='comment-list'"),
        1 => Just(" id=cookie-banner"),
        1 => Just(" class='share related newsletter'"),
        1 => Just(" href='/a?b=c(d)'"),
        1 => Just(" href='javascript:void(0)'"),
        1 => Just(" style='display:none'"),
        1 => Just(" role=navigation hidden"),
        1 => Just(" start=-2147483648 value=2147483647"),
    ]
}

/// A page of nested elements, with tags missing and in the wrong place here and there.
fn markup() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        10 => words(),
        1 => prop::sample::select(&AROUND[..]).prop_map(|name| format!("<{name}>")),
        1 => prop::sample::select(&AROUND[..]).prop_map(|name| format!("</{name}>")),
        1 => prop::sample::select(&[
            "<br>", "<hr>", "<img alt=x>", "<input type=submit value='Send it'>", "<!-- c -->", " ", "\n\n", "\t",
            "<script>var a='<p>';</script>", "<style>p{}</style>", "<svg><text>t</text></svg>", "<br><br>",
            "<title>Title</title>", "<textarea>\n t</textarea>", "<meta property='og:title' content='T'>",
            "<math><mi>x</mi></math>", "\0", EMBEDDED, "<iframe>f</iframe>", "&#0;",
        ][..]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        (prop::sample::select(&AROUND[..]), attributes(), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, more, inside)| format!("<{name}{more}>{}</{name}>", inside.concat()))
    })
}

/// Lines of plain text with the marks that plain text uses for structure.
fn plain_text() -> impl Strategy<Value = String> {
    let mark = prop::sample::select(
        &[
            "", "", "", "", "", "- ", "* ", "1. ", "23) ", "> ", "> > ", "# ", "    ", "\t", "| ", "```",
            "~~~", "• ", "===", "---", " | ", "a) ", "· ", "+ ",
        ][..],
    );
    let end =
        prop::sample::select(&["\n", "\n", "\n", "\n\n", "\r\n", "\r", "\u{2028}", "\u{c}", " \n", ""][..]);
    let line = (mark, prop::option::weighted(0.85, words()), end)
        .prop_map(|(mark, words, end)| format!("{mark}{}{end}", words.unwrap_or_default()));
    prop::collection::vec(line, 0..40).prop_map(|lines| lines.concat())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[<>/a-d =\"'!&#;\\-\n\r\t\0\u{85}\u{2028}é\u{301}\u{feff}]{0,200}"]
}

fn extractors() -> impl Strategy<Value = Extractor> {
    prop::sample::select(&[Focus::Precision, Focus::Balanced, Focus::Recall][..])
        .prop_map(|focus| Extractor::builder().focus(focus).build())
}

// ---- what holds ----

/// Blocks stand in the text of the page in order, and regions tile the blocks.
fn blocks_and_regions_cover_the_page(page: &Page) -> Result<(), TestCaseError> {
    let mut end = 0;
    for (index, block) in page.blocks().enumerate() {
        let range = block.text_range();
        prop_assert_eq!(block.index(), index);
        prop_assert_eq!(page.text()[end..range.start].trim(), "", "text between blocks");
        prop_assert_eq!(&page.text()[range.clone()], block.text());
        prop_assert!(!block.text().trim().is_empty(), "block {} is empty", index);
        end = range.end;
    }
    prop_assert_eq!(page.text()[end..].trim(), "", "text after the last block");

    let mut next = 0;
    let mut last = None;
    for region in page.regions() {
        prop_assert_eq!(region.block_range().start, next);
        prop_assert!(!region.block_range().is_empty());
        prop_assert!(region.blocks().all(|block| block.label() == region.label()));
        prop_assert_ne!(last, Some(region.label()), "two regions of one label touch");
        last = Some(region.label());
        next = region.block_range().end;
    }
    prop_assert_eq!(next, page.blocks().len());
    Ok(())
}

fn is_share(value: f32) -> bool {
    (0.0..=1.0).contains(&value)
}

fn figures_are_shares(page: &Page) -> Result<(), TestCaseError> {
    prop_assert!(is_share(page.confidence()), "confidence {}", page.confidence());
    for block in page.blocks() {
        prop_assert!(is_share(block.score()), "{:?}", block);
        prop_assert!(is_share(block.label_score()), "{:?} {}", block, block.label_score());
        prop_assert!(is_share(block.link_density()), "{:?} {}", block, block.link_density());
        let explained = page.explain(block.index());
        prop_assert!(explained.iter().all(|part| part.contribution.is_finite()));
        let sizes = explained.iter().map(|part| part.contribution.abs());
        prop_assert!(sizes.is_sorted_by(|a, b| a >= b), "largest part first");
        for span in block.spans() {
            prop_assert!(span.start < span.end, "{:?} in {:?}", span, block);
            prop_assert!(block.text().get(span.start..span.end).is_some(), "{:?} in {:?}", span, block);
        }
    }
    for region in page.regions() {
        prop_assert!(is_share(region.score()), "{:?}", region);
    }
    Ok(())
}

/// A page that went through JSON is the same page, and every form of its content can be written.
fn json_and_rendering_work(page: &Page) -> Result<(), TestCaseError> {
    let json = serde_json::to_string(page).expect("a page is written");
    let read: Page = serde_json::from_str(&json).expect("what was written is read");
    prop_assert!(read == *page, "another page after JSON: {}", json);
    // A page from JSON lays out its link targets anew; the second time nothing is left to change.
    prop_assert_eq!(&serde_json::to_string(&read).expect("a page is written"), &json);

    let mut content = String::new();
    write!(content, "{}", page.content()).expect("a string takes all");
    prop_assert_eq!(&read.content().to_string(), &content);
    let markdown = page.content_markdown();
    let html = page.content_html();
    if page.content().is_empty() {
        prop_assert_eq!((content.trim(), markdown.trim(), html.trim()), ("", "", ""));
    } else {
        prop_assert!(!content.trim().is_empty() && !markdown.trim().is_empty() && !html.trim().is_empty());
    }
    Ok(())
}

fn holds(page: &Page) -> Result<(), TestCaseError> {
    blocks_and_regions_cover_the_page(page)?;
    figures_are_shares(page)?;
    json_and_rendering_work(page)
}

/// The ranges of the blocks follow each other and leave out nothing but white space.
fn ranges_cover(text: &str, page: &Page) -> Result<(), TestCaseError> {
    let mut end = 0;
    for block in page.blocks() {
        let Source::Input(range) = block.source() else {
            return Err(TestCaseError::fail("a block of plain text has a range of the input"));
        };
        prop_assert!(range.start >= end && range.start < range.end, "{:?} after {}", range, end);
        let left_out = text.get(end..range.start);
        prop_assert!(left_out.is_some() && text.get(range.clone()).is_some(), "{:?} cuts a character", range);
        prop_assert!(left_out.is_some_and(is_unseen), "{:?} is in no block", left_out);
        end = range.end;
    }
    if page.blocks().len() == 0 {
        // Rulers, bullets and fences belong to a block, but make none.
        prop_assert!(!text.contains(char::is_alphanumeric), "{:?} has no block", text);
        return Ok(());
    }
    prop_assert!(is_unseen(&text[end..]), "{:?} is in no block", &text[end..]);
    Ok(())
}

/// White space, or a byte order mark, a null or the like, which say as little.
fn is_unseen(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'))
}

fn parsed(html: &str) -> RcDom {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    parse_document(RcDom::default(), ParseOpts { tree_builder, ..ParseOpts::default() }).one(html)
}

fn serialized(dom: &RcDom) -> Vec<u8> {
    let mut out = Vec::new();
    let options = SerializeOpts { traversal_scope: TraversalScope::ChildrenOnly(None), ..Default::default() };
    serialize(&mut out, &SerializableHandle::from(dom.document.clone()), options)
        .expect("a vector takes all");
    out
}

/// All nodes below one, itself included, in document order.
fn nodes_below(root: &Handle) -> Vec<Handle> {
    let mut nodes = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(node) = open.pop() {
        open.extend(node.children.borrow().iter().rev().cloned());
        if let NodeData::Element { template_contents, .. } = &node.data {
            open.extend(template_contents.borrow().clone());
        }
        nodes.push(node);
    }
    nodes
}

/// The text that a reader sees of a node, as far as the pages made here go.
fn text_of(root: &Handle) -> String {
    const UNSEEN: [&str; 6] = ["script", "style", "head", "iframe", "svg", "noframes"];
    let mut text = String::new();
    let mut open = vec![root.clone()];
    while let Some(node) = open.pop() {
        match &node.data {
            NodeData::Text { contents } => text.push_str(&shown(&contents.borrow())),
            NodeData::Element { name, .. } if UNSEEN.contains(&&*name.local) => continue,
            NodeData::Element { name, attrs, .. } if &*name.local == "input" => {
                let attributes = attrs.borrow();
                let value = attributes.iter().find(|attribute| &*attribute.name.local == "value");
                text.push_str(&value.map(|value| shown(&value.value)).unwrap_or_default());
            }
            NodeData::Element { template_contents, .. } => open.extend(template_contents.borrow().clone()),
            _ => {}
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    text
}

/// The label that a copy marks a node with.
fn mark(node: &Handle) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    let attributes = attrs.borrow();
    let mark = attributes.iter().find(|attribute| &*attribute.name.local == DomPage::LABEL_ATTRIBUTE);
    mark.map(|mark| mark.value.to_string())
}

fn is_span(node: &Handle) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if &*name.local == "span")
}

/// The characters of a text that show.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{feff}' | '\u{2060}')).collect()
}

/// Of text outside the markup the node is the script that carries it, and its text is no page text.
fn is_embedded(block: &Block<'_>) -> bool {
    matches!(block.source(), Source::Embedded(_))
}

/// Blocks and regions are made of nodes of the caller's tree, and of no text but theirs.
fn nodes_are_the_callers(dom: &RcDom, page: &DomPage) -> Result<(), TestCaseError> {
    let all = nodes_below(&dom.document);
    let text_of = |nodes: &[Handle]| -> String { nodes.iter().map(text_of).collect() };
    let is_callers = |node: &Handle| all.iter().any(|other| Rc::ptr_eq(node, other));
    for block in page.blocks() {
        let nodes = page.nodes(block);
        prop_assert!(!nodes.is_empty(), "{:?} has no nodes", block);
        prop_assert!(nodes.iter().all(is_callers), "{:?}", block);
        if is_embedded(&block) {
            continue;
        }
        prop_assert_eq!(text_of(&nodes), shown(block.text()), "{:?}", block);
    }
    for region in page.regions() {
        let nodes = page.region_nodes(&region);
        prop_assert!(nodes.iter().all(is_callers), "{:?}", region);
        if region.blocks().any(|block| is_embedded(&block)) {
            continue;
        }
        prop_assert_eq!(text_of(&nodes), shown(region.text()), "{:?}", region);
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(128))]

    /// Whatever the input, as HTML or as text, a page comes out, and all of it holds together.
    #[test]
    fn any_text_makes_a_page(text in any_text(), extractor in extractors()) {
        holds(&extractor.html(&text)?)?;
        let page = extractor.text(&text)?;
        ranges_cover(&text, &page)?;
        holds(&page)?;
    }

    #[test]
    fn markup_makes_a_page(html in markup(), extractor in extractors()) {
        let page = extractor.html(&html)?;
        holds(&page)?;
        prop_assert_eq!(extractor.html(&html)?, page, "the same page twice");
    }

    #[test]
    fn plain_text_makes_a_page(text in plain_text(), extractor in extractors()) {
        let page = extractor.text(&text)?;
        ranges_cover(&text, &page)?;
        holds(&page)?;
        prop_assert_eq!(extractor.text(&text)?, page, "the same page twice");
    }

    /// Bytes that are no text are refused, others make a page; none do harm.
    #[test]
    fn any_bytes_are_refused_or_make_a_page(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        content_type in prop::option::of(prop::sample::select(&[
            "text/html", "text/html; charset=utf-16le", "text/plain; charset=shift_jis", "text/plain",
            "application/xhtml+xml;charset=\"gb18030\"", "image/png", "", ";=", "text/html; charset=nonsense",
        ][..])),
    ) {
        match Extractor::new().bytes(&bytes, content_type) {
            Ok(page) => holds(&page)?,
            Err(error) => prop_assert!(matches!(error, Error::NotText { .. }), "{:?}", error),
        }
    }

    /// HTML in bytes is read as the same HTML in a string. (Null bytes alone are taken for binary data.)
    #[test]
    fn bytes_of_utf_8_are_the_string(html in markup().prop_map(|html| html.replace('\0', ""))) {
        let of_bytes = Extractor::new().bytes(html.as_bytes(), Some("text/html; charset=utf-8"))?;
        prop_assert_eq!(of_bytes, Extractor::new().html(html.strip_prefix('\u{feff}').unwrap_or(&html))?);
    }

    /// On simple pages every word is in the blocks, in order, and nothing else is.
    #[test]
    fn all_visible_text_is_in_the_blocks(
        paragraphs in prop::collection::vec((prop::sample::select(&[
            "p", "div", "li", "h2", "td", "pre", "nav", "footer", "button", "label", "dd", "b", "a href=x", "section", "summary",
        ][..]), words().prop_map(|words| words.replace(['&', '<'], "")), prop::bool::ANY), 0..20),
    ) {
        let mut html = String::from("<!doctype html><title>Not shown</title><body>");
        let mut visible = String::new();
        for (tag, words, is_nested) in &paragraphs {
            let name = tag.split(' ').next().unwrap_or(tag);
            let (open, close) = if *is_nested { ("<div><span>", "</span></div>") } else { ("", "") };
            // A table of one cell each, as a cell can't stand alone.
            let (table, end) = if name == "td" { ("<table><tr>", "</table>") } else { ("", "") };
            write!(html, "{table}<{tag}>{open}{words}{close}</{name}>{end}").expect("a string takes all");
            visible.push_str(words);
        }
        let page = Extractor::new().html(&html)?;
        let blocks: String = page.blocks().map(|block| shown(block.text())).collect();
        prop_assert_eq!(blocks, shown(&visible));
    }
}

proptest! {
    #![proptest_config(cases(64))]

    /// A caller's DOM makes the page that its HTML makes, stays as it was, and gives its own nodes back.
    #[test]
    fn a_dom_makes_the_page_that_its_html_makes(html in markup()) {
        let extractor = Extractor::new();
        let dom = parsed(&html);
        let before = serialized(&dom);
        let page = extractor.dom(&dom.document)?;
        prop_assert_eq!(serialized(&dom), before, "the caller's tree was changed");
        nodes_are_the_callers(&dom, &page)?;
        prop_assert_eq!(page.into_page(), extractor.html(&html)?);
    }

    /// A subtree of a caller's DOM has the text that stands in it.
    #[test]
    fn an_annotated_copy_holds_what_the_dom_holds_and_no_mark_inside_another(html in markup()) {
        let dom = parsed(&html);
        let before = serialized(&dom);
        let page = Extractor::new().dom(&dom.document).expect("within limits");
        let copy = page.annotated();
        prop_assert_eq!(serialized(&dom), before);
        prop_assert_eq!(text_of(&copy), text_of(&dom.document));
        let spans = nodes_below(&copy).iter().filter(|node| is_span(node) && mark(node).is_some()).count();
        let were_spans = nodes_below(&dom.document).iter().filter(|node| is_span(node)).count();
        let all_spans = nodes_below(&copy).iter().filter(|node| is_span(node)).count();
        let added = all_spans - were_spans;
        prop_assert!(added <= spans);
        prop_assert_eq!(nodes_below(&copy).len(), nodes_below(&dom.document).len() + added);
        let labels: Vec<String> = page.blocks().map(|block| block.label().to_string()).collect();
        for node in nodes_below(&copy) {
            let Some(label) = mark(&node) else { continue };
            prop_assert!(labels.contains(&label), "{} is no block's label", label);
            prop_assert_eq!(nodes_below(&node).iter().filter(|inner| mark(inner).is_some()).count(), 1);
        }
    }

    #[test]
    fn a_part_of_a_dom_makes_a_page(html in markup(), choice in any::<prop::sample::Index>()) {
        let dom = parsed(&html);
        let nodes = nodes_below(&dom.document);
        let page = Extractor::new().dom(choice.get(&nodes))?;
        holds(&page)?;
        nodes_are_the_callers(&dom, &page)?;
    }

    /// Lower limits refuse a page or make one that holds together as well.
    #[test]
    fn limits_refuse_or_bound(html in markup(), max_bytes in 0..2_000_usize, max_nodes in 0..200_usize, max_depth in 0..40_u32) {
        let extractor = Extractor::builder().limits(Limits { max_bytes, max_nodes, max_depth, ..Limits::default() }).build();
        match extractor.html(&html) {
            Ok(page) => {
                prop_assert!(html.len() <= max_bytes);
                holds(&page)?;
            }
            Err(Error::TooManyBytes { bytes, limit }) => {
                prop_assert_eq!((bytes, limit), (html.len(), max_bytes));
                prop_assert!(bytes > limit);
            }
            Err(error) => prop_assert_eq!(error, Error::TooManyNodes { limit: max_nodes }),
        }
    }
}

/// A link that is cut by blocks, and one without text, have targets that a page from JSON keeps otherwise; it is
/// the same page all the same.
#[test]
fn a_cut_link_and_an_empty_one_survive_json() -> Result<(), TestCaseError> {
    for html in ["<a href=/whole><div>first</div>second</a>", "<a href=/empty></a><a href=/full>text</a>"] {
        json_and_rendering_work(&tamis::extract(html)?)?;
    }
    Ok(())
}

/// Where a page shows no text, the one that its structured data carries is used, of a DOM as well.
#[test]
fn embedded_text_comes_of_html_and_of_a_dom() -> Result<(), TestCaseError> {
    let html = format!("<title>A page</title><body><div id=app></div>{EMBEDDED}");
    let dom = parsed(&html);
    let page = Extractor::new().dom(&dom.document)?;
    prop_assert!(
        page.blocks().any(|block| is_embedded(&block) && block.text().starts_with("A first paragraph"))
    );
    nodes_are_the_callers(&dom, &page)?;
    prop_assert_eq!(page.into_page(), Extractor::new().html(&html)?);
    Ok(())
}
