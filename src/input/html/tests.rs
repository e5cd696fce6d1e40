//! The tree against the one that html5ever's own `RcDom` builds; [`depth`]: what becomes of pages nested too deep.

mod depth;

use std::path::{Path, PathBuf};

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, ns, parse_document};
use markup5ever_rcdom::{Handle, NodeData as RcData, RcDom};
use proptest::prelude::*;

use super::*;
use crate::attributes::is_read;
use crate::tree::{NodeData, NodeId, Step};

/// A node as both trees can tell it, on the way down, or the way back up.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Document,
    Doctype,
    Comment,
    ProcessingInstruction,
    Text(String),
    Element(QualName, Vec<(LocalName, String)>),
    Leave,
}

fn seen_in_arena(tree: &Tree) -> Vec<Seen> {
    let seen = tree.walk(NodeId::DOCUMENT).map(|step| match step {
        Step::Leave(_) => Seen::Leave,
        Step::Enter(id) => match tree.data(id) {
            NodeData::Document => Seen::Document,
            NodeData::Doctype => Seen::Doctype,
            NodeData::Comment => Seen::Comment,
            NodeData::ProcessingInstruction => Seen::ProcessingInstruction,
            NodeData::Text(_) => Seen::Text(tree.text(id).to_owned()),
            NodeData::Element(element) => {
                let attributes = tree.attributes(element);
                let attributes = attributes.map(|(name, value)| (name.clone(), value.to_owned()));
                Seen::Element(element.name.clone(), attributes.collect())
            }
        },
    });
    seen.collect()
}

fn seen_in_rcdom(document: &Handle) -> Vec<Seen> {
    let mut seen = Vec::new();
    // `None` stands for leaving a node. The contents of a template come before its children.
    let mut open = vec![Some(document.clone())];
    while let Some(next) = open.pop() {
        let Some(node) = next else {
            seen.push(Seen::Leave);
            continue;
        };
        open.push(None);
        open.extend(node.children.borrow().iter().rev().cloned().map(Some));
        seen.push(match &node.data {
            RcData::Document => Seen::Document,
            RcData::Doctype { .. } => Seen::Doctype,
            RcData::Comment { .. } => Seen::Comment,
            RcData::ProcessingInstruction { .. } => Seen::ProcessingInstruction,
            RcData::Text { contents } => Seen::Text(contents.borrow().to_string()),
            RcData::Element { name, attrs, template_contents, .. } => {
                open.extend(template_contents.borrow().clone().map(Some));
                let attributes = attrs.borrow();
                // Attributes that no stage reads are not in our tree.
                let is_kept = |a: &&html5ever::Attribute| a.name.ns == ns!() && is_read(&a.name.local);
                let attributes = attributes.iter().filter(is_kept);
                let attributes = attributes.map(|a| (a.name.local.clone(), a.value.to_string()));
                Seen::Element(name.clone(), attributes.collect())
            }
        });
    }
    seen
}

fn options() -> ParseOpts {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    ParseOpts { tree_builder, ..ParseOpts::default() }
}

fn limits(max_depth: u32) -> Limits {
    Limits { max_depth, max_nodes: 100_000_000, ..Limits::default() }
}

/// Deep enough for everything here that is not about depth.
const DEEP: u32 = 1 << 16;

fn parsed(html: &str, max_depth: u32) -> Tree {
    parse(html, &limits(max_depth)).expect("the node limit is far away")
}

/// The first place where the two trees differ, with what comes before it.
fn difference(html: &str) -> Option<String> {
    let ours = seen_in_arena(&parsed(html, DEEP));
    let theirs = seen_in_rcdom(&parse_document(RcDom::default(), options()).one(html).document);
    if ours == theirs {
        return None;
    }
    let at = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
    let around = |seen: &[Seen]| format!("{:?}", &seen[at.saturating_sub(4)..seen.len().min(at + 4)]);
    Some(format!("at {at}: ours\n{}\nRcDom\n{}", around(&ours), around(&theirs)))
}

/// Markup on which parsers differ.
const HAND_PICKED: [&str; 62] = [
    "",
    "text alone",
    "<!doctype html><title>t</title><p>one<p>two",
    "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\"><p>x",
    // Foster parenting: what can't stand in a table goes before it.
    "<table>text<tr><td>cell</td>more</tr>and more</table>after",
    "<table><b>bold<tr><td>cell</b></td></tr></table>",
    "<table><tr><p>para<td>cell<table><div>deep</div><td>inner</table>x</table>",
    "<table><td>a<td>b<tr><th>c</table>",
    "a<table>b<a>c<tr>d<td>e</a>f</table>g",
    "<table><input type=hidden><input type=text><form><tr><td></form>x</table>",
    "<table><caption>cap<p>tion<tr><td>x</caption>y</table>",
    "<table><colgroup><col span=2> <col>text<tbody><tr><td>x</table>",
    "<table><tr><td><select><option>1<td>2</table>",
    "<b><table><td>1</b>2</table>3",
    "<table><script>var a = '<td>';</script><style>td{}</style>x</table>",
    "<p><table><tr><td>in a paragraph</table>after</p>",
    "<table></table><table><a>1</a><a>2",
    // The adoption agency.
    "<b>1<i>2</b>3</i>4",
    "<p>1<b>2<p>3</b>4<p>5",
    "<a href=1>one<div>two<a href=2>three</div>four</a>five",
    "<b><b><b><b><b>x</b>y</b></b></b></b><p>z",
    "<font color=red><p>1<font color=blue>2</p>3<p>4</font>5",
    "<b><div><i><div><u><div></b>x</i>y</u>z",
    "<b>0<div>1<div>2<div>3<div>4<div>5<div>6<div>7<div>8<div>9<div>10</b>x</div>y</div>z",
    "<a><table><td><a>1</a></table>2</a>",
    "<nobr>1<nobr>2<p>3<nobr>4",
    "<em><p><strong><ul><li></em>1</strong><li>2</ul>3",
    "<i><a><b><s><u><div></a>x</i>",
    // Unclosed and misplaced elements.
    "<p>1<p>2<ul><li>a<li>b<ul><li>c</ul><li>d</ul><p>3<div>4<p>5</div>6",
    "<dl><dt>t<dd>d<dt>t2<dd>d2</dl></p>x</br>y",
    "<h1>1<h2>2</h1>3</h2><h3>4<p>5</h4>6",
    "</div></p><br></br><body class=a>x<body class=b id=c><html lang=de>y",
    "<div><span><p>x</span>y</div>z</section>",
    "<form>1<form>2</form>3</form><form id=b>4",
    "<button>1<button>2<p>3</button>4",
    "<pre>\n\nx</pre><textarea>\n\ny</textarea><listing>\nz</listing>",
    "<ruby>a<rb>b<rt>c<rp>d<rtc>e<rt>f</ruby>",
    "<image src=x><hr></hr><input></input><keygen>",
    "x</html>y</body><!-- c -->z<!-- d -->",
    "<head></head> <!-- between --> <body></body> <!-- after --> ",
    "<title>a</title><p>b<title>c</title><meta name=x><link rel=y><base href=z>",
    // Templates, in tables and out of them.
    "<template>a<p>b</template>c",
    "<template><tr><td>1</td></tr></template><table><template><td>2</template><tr><td>3</table>",
    "<template><template>x</template>y<col></template><div><template>z",
    "<head><template><title>t</title>x</template></head><b><template>y</b>z</template>",
    // Foreign elements.
    "<svg viewBox='0 0 1 1'><title>t<b>x</b></title><g><path d=M0/><text>label</text></g></svg>after",
    "<svg><foreignObject><p>html<svg><desc><div>deep</div></desc></svg></foreignObject><p>out",
    "<svg><![CDATA[x<y]]><style>a<b></style><script>1<2</script></svg><![CDATA[z]]>",
    "<svg xlink:href=a xml:lang=b xmlns:xlink=c definitionURL=d/><math definitionurl=e xlink:type=f/>",
    "<math><mi>x<b>y</mi><annotation-xml encoding=text/html><p>z</annotation-xml><mtext><svg/>w",
    "<math><annotation-xml><svg>1</svg><p>2</math>3<svg><lineargradient/><clippath/>",
    "<table><svg><tr><td>x</svg><td>y</table>",
    // Select, frameset, raw text, noscript.
    "<select><option>1<option>2<optgroup label=g><option>3</select><select><div>x<input>y<select>z",
    "<select><p>a<button>b</button><selectedcontent></selectedcontent><option>c<hr><option>d</select>e",
    "<frameset cols=1><frame src=a>text<frameset><frame></frameset><noframes>n</noframes></frameset>x",
    "<head><noscript><link rel=a><style>b{}</style></noscript><noscript><img src=c>d</noscript><body>e",
    "<body><noscript><p>posts<b>of a forum</noscript>x<iframe><p>y</iframe><noembed><b></noembed>",
    "<script><!-- <script> </script> --></script>x<style><!-- </style>y<xmp><b></xmp><plaintext></p>",
    // Characters.
    "&amp;&lt;&nbsp;&notit;&#0;&#x80;&#xD800;&#128512;&bogus;&copy<a href='?a=1&copy=2&amp;b'>x</a>",
    "a\0b<p\0>c</p><div class='\0'>d<svg>\0e</svg><table>\0f</table><!--\0-->",
    "a\rb\r\nc\n\rd<pre>\r\ne</pre><p title='\r\n'>\u{c}f\u{feff}g",
    "<p a=1 a=2 B=3 =4 'c'=5 d>x<!-->y<!--->z<!- w><?pi x?><!doctype late></ p><//>",
];

#[test]
fn hand_picked_markup_makes_the_tree_that_rcdom_makes() {
    for html in HAND_PICKED {
        if let Some(difference) = difference(html) {
            panic!("{html}\n{difference}");
        }
    }
}

/// A text with line breaks of all kinds, longer than a piece, is the same as the whole fed at once; `é` stands
/// across the border of pieces.
#[test]
fn pages_longer_than_a_piece_are_not_cut() {
    for filler in ["x", "é", "xé\r\n", "</p>\r<p>&amp;", "<b a='é'>y</b>"] {
        for shift in 0..4 {
            let page = format!("{}{}", "s".repeat(shift), filler.repeat(2 * PIECE / filler.len() + 3));
            assert_eq!(difference(&page), None, "{filler:?} after {shift}");
        }
    }
}

#[test]
fn attributes_that_come_late_are_added_to_html_and_body() {
    let tree = parsed("<html id=a><body class=b><p>x<body class=c id=d><html id=e role=f>", DEEP);
    let html = tree.first_child(NodeId::DOCUMENT).unwrap();
    let body = tree.children(html).last().unwrap();
    let attributes = |id| {
        let attributes = tree.attributes(tree.element(id).unwrap());
        attributes.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
    };
    assert_eq!(attributes(html), ["id=a", "role=f"]);
    assert_eq!(attributes(body), ["class=b", "id=d"]);
}

#[test]
fn a_page_over_the_node_limit_is_refused() {
    let limits = Limits { max_nodes: 1_000, ..Limits::default() };
    assert!(parse(&"<p>x".repeat(400), &limits).is_ok());
    let refused = parse(&"<p>x".repeat(600), &limits);
    assert_eq!(refused.err(), Some(Error::TooManyNodes { limit: 1_000 }));
}

const NESTING: [&str; 44] = [
    "div",
    "p",
    "span",
    "section",
    "ul",
    "li",
    "dl",
    "dd",
    "h1",
    "h2",
    "form",
    "button",
    "pre",
    "center",
    "address",
    "blockquote",
    "details",
    "b",
    "i",
    "a",
    "font",
    "em",
    "nobr",
    "u",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "object",
    "marquee",
    "applet",
    "ruby",
    "rt",
    "main",
    "nav",
    "article",
    "x-custom",
    "label",
    "fieldset",
    "strong",
];
const SPECIAL: [&str; 18] = [
    "template",
    "svg",
    "g",
    "foreignObject",
    "desc",
    "math",
    "mi",
    "mtext",
    "annotation-xml",
    "select",
    "option",
    "optgroup",
    "html",
    "body",
    "head",
    "frameset",
    "noscript",
    "svg",
];
const VOID: [&str; 8] = ["br", "hr", "img", "input", "col", "wbr", "frame", "meta"];
const RAW: [&str; 8] = ["script", "style", "title", "textarea", "iframe", "noframes", "xmp", "noembed"];

fn attributes() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        6 => Just(""),
        1 => Just(" id=a"),
        1 => Just(" id=b class='c d'"),
        1 => Just(" href=x"),
        1 => Just(" type=hidden"),
        1 => Just(" encoding=text/html"),
    ]
}

fn start_tag(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    (prop::sample::select(names), attributes(), prop::bool::weighted(0.05)).prop_map(
        |(name, more, closed)| {
            let slash = if closed { " /" } else { "" };
            format!("<{name}{more}{slash}>")
        },
    )
}

fn end_tag(names: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(names).prop_map(|name| format!("</{name}>"))
}

/// One piece of tag soup.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        24 => start_tag(&NESTING),
        8 => start_tag(&SPECIAL),
        4 => start_tag(&VOID),
        20 => end_tag(&NESTING),
        6 => end_tag(&SPECIAL),
        1 => end_tag(&VOID),
        1 => end_tag(&RAW),
        3 => (prop::sample::select(&RAW[..]), "[a-z<> /\n]{0,8}").prop_map(|(name, text)| format!("<{name}>{text}</{name}>")),
        14 => "[a-zé ]{1,6}",
        3 => prop::sample::select(&[" ", "\n", "\r\n", "\0", "&amp;", "&#0;", "&nbsp", "]]>"][..]).prop_map(str::to_owned),
        2 => prop::sample::select(&["<!-- c -->", "<!doctype html>", "<![CDATA[d]]>", "<?e>", "</>", "<"][..]).prop_map(str::to_owned),
    ]
}

fn soup(pieces: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), pieces).prop_map(|pieces| pieces.concat())
}

/// Well-nested markup with here and there a stray end tag.
fn nested() -> impl Strategy<Value = String> {
    piece().prop_recursive(8, 60, 6, |inner| {
        (prop::sample::select(&NESTING[..]), attributes(), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, more, children)| format!("<{name}{more}>{}</{name}>", children.concat()))
    })
}

/// Many more with optimisation.
fn cases(debug: u32) -> ProptestConfig {
    let cases = if cfg!(debug_assertions) { debug } else { 30 * debug };
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn tag_soup_makes_the_tree_that_rcdom_makes(html in soup(0..50)) {
        prop_assert_eq!(difference(&html), None);
    }

    #[test]
    fn nested_markup_makes_the_tree_that_rcdom_makes(html in nested()) {
        prop_assert_eq!(difference(&html), None);
    }
}

/// What the tokenizer's states turn on, in any order: ends of comments, scripts in scripts, broken references. None
/// makes `<pre>&#xa`, a line feed without its semicolon: html5ever keeps that one, where the standard drops it.
fn shards() -> impl Strategy<Value = String> {
    const SHARDS: [&str; 62] = [
        "<",
        ">",
        "</",
        "/>",
        "<!",
        "--",
        "-",
        "!",
        "<!--",
        "-->",
        "--!>",
        "<!-->",
        "<!--->",
        "/",
        "=",
        "'",
        "\"",
        " ",
        "\n",
        "\r",
        "\t",
        "\u{c}",
        "\0",
        "&",
        "&amp",
        "&amp;",
        "&#",
        "&#x",
        "&#13;",
        "&no",
        "tit;",
        "12",
        ";",
        "<script",
        "<script>",
        "</script",
        "</SCRIPT>",
        "<style>",
        "</style>",
        "<title>",
        "</title ",
        "<textarea>",
        "</textarea/",
        "<plaintext>",
        "<svg>",
        "</svg>",
        "<![CDATA[",
        "]]>",
        "]",
        "<!doctype",
        "<!DOCTYPE html",
        " public",
        " SYSTEM",
        "<?",
        "<a href",
        " id=",
        "<p class=\"",
        "<pre>",
        "<table>",
        "é",
        "e",
        "B",
    ];
    prop::collection::vec(prop::sample::select(&SHARDS[..]), 0..24).prop_map(|shards| shards.concat())
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn shards_of_markup_make_the_tree_that_rcdom_makes(html in shards()) {
        prop_assert_eq!(difference(&html), None);
    }
}

fn corpus_pages(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/corpus").join(name);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut pages: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    pages.sort();
    pages
}

fn pages_make_the_tree_that_rcdom_makes(corpus: &str) {
    let pages = corpus_pages(corpus);
    if pages.is_empty() {
        eprintln!("skipped: no corpus target/corpus/{corpus}");
        return;
    }
    let step = if std::env::var_os("TAMIS_ALL_PAGES").is_some() { 1 } else { 10 };
    let mut different = Vec::new();
    for page in pages.iter().step_by(step) {
        let bytes = std::fs::read(page).expect("the page was there when the folder was read");
        if let Some(difference) = difference(&String::from_utf8_lossy(&bytes)) {
            different.push(format!("{}\n{difference}", page.display()));
        }
    }
    assert!(different.is_empty(), "{} pages differ, such as\n{}", different.len(), different[0]);
}

/// Needs the development pages of WCXB unpacked in `target/corpus/wcxb-dev`.
#[test]
fn pages_of_wcxb_make_the_tree_that_rcdom_makes() {
    pages_make_the_tree_that_rcdom_makes("wcxb-dev");
}

/// Needs the development pages of trafilatura's evaluation unpacked in `target/corpus/trafeval-dev`.
#[test]
fn pages_of_trafeval_make_the_tree_that_rcdom_makes() {
    pages_make_the_tree_that_rcdom_makes("trafeval-dev");
}
