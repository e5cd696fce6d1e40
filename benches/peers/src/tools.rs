//! What is compared: every extractor with its defaults, HTML in and text out.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::RcDom;

/// A way from a page to its text; `None` where it finds none or fails.
pub struct Tool {
    pub name: &'static str,
    pub run: fn(&str) -> Option<String>,
}

/// Tamis comes first: all others are compared with it.
pub const TOOLS: [Tool; 11] = [
    Tool { name: "tamis", run: tamis },
    Tool { name: "html5ever to RcDom, no more", run: rcdom },
    Tool { name: "dom_smoothie", run: dom_smoothie },
    Tool { name: "legible", run: legible },
    Tool { name: "libreadability", run: libreadability },
    Tool { name: "readability", run: readability },
    // Not right behind the first, which would leave it the tables in the cache.
    Tool { name: "tamis, with metadata", run: tamis_with_metadata },
    Tool { name: "rs-trafilatura", run: rs_trafilatura },
    Tool { name: "trafilatura", run: trafilatura },
    Tool { name: "justext", run: justext },
    Tool { name: "dom-content-extraction", run: dom_content_extraction },
];

fn tamis(html: &str) -> Option<String> {
    Some(tamis::Extractor::new().html(html).ok()?.content().to_string())
}

fn tamis_with_metadata(html: &str) -> Option<String> {
    let page = tamis::Extractor::new().html(html).ok()?;
    std::hint::black_box(page.metadata());
    Some(page.content().to_string())
}

fn rcdom(html: &str) -> Option<String> {
    let dom = html5ever::parse_document(RcDom::default(), Default::default()).one(html);
    std::hint::black_box(dom);
    None
}

fn dom_smoothie(html: &str) -> Option<String> {
    let article = dom_smoothie::Readability::new(html, None, None).ok()?.parse().ok()?;
    Some(article.text_content.to_string())
}

fn legible(html: &str) -> Option<String> {
    Some(legible::parse(html, None, None).ok()?.text_content)
}

fn libreadability(html: &str) -> Option<String> {
    Some(libreadability::extract(html, None).ok()?.text_content)
}

fn readability(html: &str) -> Option<String> {
    let address = url::Url::parse("https://example.org/").ok()?;
    Some(readability::extractor::extract(&mut html.as_bytes(), &address).ok()?.text)
}

fn rs_trafilatura(html: &str) -> Option<String> {
    Some(rs_trafilatura::extract(html).ok()?.content_text)
}

fn trafilatura(html: &str) -> Option<String> {
    Some(trafilatura::extract(html, &trafilatura::Options::default()).ok()?.content_text)
}

fn justext(html: &str) -> Option<String> {
    justext::extract_text_lang(html, "English", &justext::Config::default()).ok()
}

fn dom_content_extraction(html: &str) -> Option<String> {
    let document = dom_content_extraction::scraper::Html::parse_document(html);
    dom_content_extraction::get_content(&document).ok()
}
