//! What Markdown and HTML keep of a page, element by element.

use tamis::{Extractor, Image, Label, Page, PlainText};

const TEXT: &str = "<p>The harbour falls dry twice a day, and the boats lie in the mud until the water comes back, \
     which takes six hours and a quarter, as everybody in the village knows.</p>";

/// A page of an article of which `html` is a part.
fn page(html: &str) -> Page {
    let html = format!("<body><article><h1>Tides</h1>{TEXT}{html}{TEXT}</article>");
    Extractor::new().html(&html).expect("a small page")
}

/// What stands between the two texts around.
fn between(written: &str) -> &str {
    let (_, rest) = written.split_once("village knows.").expect("the first text");
    let (part, _) = rest.rsplit_once("The harbour falls").expect("the second text");
    part.trim_start_matches("</p>").trim_end_matches("<p>").trim()
}

/// A page all of which is main content: how it is labelled does not matter here.
fn content_page(html: &str) -> Page {
    let mut form = serde_json::to_value(page(html)).expect("a page is written");
    for block in form["blocks"].as_array_mut().expect("a list of blocks") {
        block["label"] = "content".into();
    }
    serde_json::from_str(&form.to_string()).expect("what was written is read")
}

fn markdown(html: &str) -> String {
    between(&content_page(html).content_markdown()).to_owned()
}

fn html(source: &str) -> String {
    between(&content_page(source).content_html()).to_owned()
}

#[test]
fn images_stand_where_they_stood() {
    let source = "<p>Boats <img src=a.png alt='a *boat*'> and mud.</p><p><img src=b.png alt=Mud width=300 height=200></p>";
    assert_eq!(markdown(source), "Boats ![a \\*boat\\*](a.png) and mud.\n\n![Mud](b.png)");
    assert_eq!(
        html(source),
        "<p>Boats <img src=\"a.png\" alt=\"a *boat*\"> and mud.</p>\n<p><img src=\"b.png\" alt=\"Mud\" width=\"300\" height=\"200\"></p>"
    );
}

#[test]
fn figures_keep_image_and_caption_together() {
    let source = "<figure><a href=big.png><img src=a.png alt=Boats></a><figcaption>Boats in the mud</figcaption></figure>";
    assert_eq!(markdown(source), "[![Boats](a.png)](big.png)\n\nBoats in the mud");
    assert_eq!(
        html(source),
        "<figure>\n<p><a href=\"big.png\"><img src=\"a.png\" alt=\"Boats\"></a></p>\n<figcaption>Boats in the mud</figcaption>\n</figure>"
    );
}

fn sources(html: &str) -> Vec<String> {
    page(html).all_images().map(|image| image.source().to_owned()).collect()
}

#[test]
fn images_that_load_late_have_their_own_address() {
    assert_eq!(sources("<img src='data:image/gif;base64,R0' data-src=a.png>"), ["a.png"]);
    assert_eq!(sources("<img src=spacer.gif srcset='a.png 300w, b.png 900w, c.png 600w'>"), ["b.png"]);
    assert_eq!(sources("<img src='data:x' class=lazy><noscript><img src=a.png></noscript>"), ["a.png"]);
    assert_eq!(sources("<img data-src=a.png><noscript><img src='a.png?w=1'></noscript>"), ["a.png"]);
    assert_eq!(
        sources("<picture><source srcset='a.webp 1x, b.webp 2x'><img src='data:x'></picture>"),
        ["b.webp"]
    );
}

#[test]
fn images_that_count_readers_are_left_out() {
    assert_eq!(sources("<img src=https://c.example/p?x=1 width=1 height=1><img src=/i/pixel.gif>"), [""; 0]);
}

#[test]
fn an_image_belongs_to_the_block_that_is_nearer_in_the_page() {
    let html = "<article><h1>Tides</h1><p>The harbour falls dry twice a day, and the boats lie in the mud until the \
         water comes back.</p></article><footer><div><img src=logo.png></div><p>© 2024 The Harbour</p></footer>";
    let page = tamis::extract(html).expect("a small page");
    let block = page.all_images().next().as_ref().and_then(Image::block).expect("a page with text");
    assert_eq!(block.text(), "© 2024 The Harbour");
}

#[test]
fn code_has_its_language_and_no_line_numbers() {
    let fenced = "```rust\nlet a = 1;\nlet b = 2;\n```";
    for source in [
        "<pre><code class='language-rust'>let a = 1;\nlet b = 2;</code></pre>",
        "<pre class='sourceCode rust'><code>let a = 1;\nlet b = 2;</code></pre>",
        "<div class='highlight highlight-source-rust'><pre>let a = 1;\nlet b = 2;</pre><button>Copy</button></div>",
        "<pre><code class='hljs rust'>let a = 1;\nlet b = 2;<button class=copy-button>Copy</button></code></pre>",
        "<pre class='brush: rust; toolbar: false'>let a = 1;\nlet b = 2;</pre>",
        "<pre data-lang=rust><span class=lineno>1 </span>let a = 1;\n<span class=lineno>2 </span>let b = 2;</pre>",
        "<div class=highlight><pre class=chroma><code data-lang=rust><span class=line><span class=ln>1</span><span>let a = 1;\n</span></span><span class=line><span class=ln>2</span><span>let b = 2;\n</span></span></code></pre></div>",
    ] {
        let written = markdown(source);
        assert!(written.starts_with(fenced), "{written} of {source}");
    }
    assert_eq!(
        html("<pre><code class='language-c++'>a &lt; b;</code></pre>"),
        "<pre><code class=\"language-c++\">a &lt; b;</code></pre>"
    );
}

#[test]
fn a_lone_button_in_preformatted_text_is_no_gutter() {
    for html in ["<code><pre><button>a a</pre></code>", "<h2><button><pre>a a</pre></button></h2>"] {
        let page = Extractor::new().html(html).unwrap();
        assert_eq!(page.content().to_string(), "a a");
        assert_eq!(page.content_markdown().trim(), "```\na a\n```");
        assert!(page.content_html().contains("a a"));
    }
}

#[test]
fn a_table_of_line_numbers_and_code_is_code() {
    let source = "<table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre>1\n2</pre></div></td>\
         <td class=code><pre class='language-rust'>let a = 1;\nlet b = 2;</pre></td></tr></table>";
    assert_eq!(markdown(source), "```rust\nlet a = 1;\nlet b = 2;\n```");
}

#[test]
fn lists_keep_their_start_and_tasks() {
    let source = "<ol start=3><li>Pull<li>Push</ol><ul><li><input type=checkbox checked> Done<li><label><input type=checkbox> Open</label></ul>";
    let written = markdown(source);
    assert!(written.contains("3. Pull\n4. Push"), "{written}");
    assert!(written.contains("- [x] Done\n- [ ] Open"), "{written}");
    let written = html(source);
    assert!(written.contains("<li><input type=\"checkbox\" disabled checked> Done</li>"), "{written}");
}

#[test]
fn spans_of_tables_are_flattened_in_markdown_and_kept_in_html() {
    let source = "<table><tr><th rowspan=2>Bay<th colspan=2>Metres<tr><th>Least<th>Most<tr><td>Fundy<td><td>16</table>";
    assert_eq!(
        markdown(source),
        "| Bay | Metres | |\n| --- | --- | --- |\n| | Least | Most |\n| Fundy | | 16 |"
    );
    assert_eq!(
        html(source),
        "<table>\n<tr><th rowspan=\"2\">Bay</th><th colspan=\"2\">Metres</th></tr>\n<tr><th>Least</th><th>Most</th></tr>\n\
         <tr><td>Fundy</td><td></td><td>16</td></tr>\n</table>"
    );
}

#[test]
fn what_stands_in_a_cell_stays_in_it() {
    let source =
        "<table><tr><th>Name<th>Parts<tr><td>Boat<td><ul><li>hull<li>mast</ul><tr><td>Cart<td>wheels</table>";
    assert_eq!(
        markdown(source),
        "| Name | Parts |\n| --- | --- |\n| Boat | hull<br>mast |\n| Cart | wheels |"
    );
}

#[test]
fn two_tables_stay_two() {
    let source = "<table><tr><td>a<td>b</table><table><tr><td>c<td>d</table>";
    assert_eq!(page(source).all_tables().count(), 2);
    assert_eq!(markdown(source).matches("| --- | --- |").count(), 2);
}

#[test]
fn formulas_are_tex_where_the_page_keeps_it() {
    let katex = "<p>It is <span class=katex><span class=katex-mathml><math><semantics><msup><mi>x</mi><mn>2</mn></msup>\
         <annotation encoding='application/x-tex'>x^2 &lt; 3</annotation></semantics></math></span>\
         <span class=katex-html aria-hidden=true><span>x2</span></span></span> metres.</p>";
    assert_eq!(markdown(katex), "It is $x^2 \\lt  3$ metres.");
    let latexml = "<p>It is <math alttext='a_b' display=block><mi>ab</mi></math> metres.</p>";
    assert_eq!(markdown(latexml), "It is $$a_b$$ metres.");
    assert_eq!(markdown(&html(latexml)), "It is $$a_b$$ metres.");
    let mathjax =
        "<p>It is <span class=MathJax><span>x2</span></span><script type='math/tex'>x^2</script> metres.</p>";
    assert_eq!(markdown(mathjax), "It is $x^2$ metres.");
    assert_eq!(markdown("<p>It costs $5 or $6, and one $7.</p>"), "It costs \\$5 or \\$6, and one \\$7.");
    assert_eq!(markdown("<p>It costs $5, and no more.</p>"), "It costs $5, and no more.");
}

#[test]
fn formulas_without_source_are_tex_by_their_mathml() {
    for (mathml, tex) in [
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", "\\frac{a}{b}"),
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mn>1</mn>", "x^2+1"),
        ("<msub><mi>x</mi><mrow><mi>i</mi><mo>−</mo><mn>1</mn></mrow></msub>", "x_{i-1}"),
        ("<msqrt><mn>2</mn><mi>π</mi><mi>r</mi></msqrt>", "\\sqrt{2\\pi r}"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "\\sqrt[3]{x}"),
        ("<mi>sin</mi><mo>\u{2061}</mo><mi>x</mi><mo>≤</mo><mn>1</mn>", "\\sin x\\le1"),
        (
            "<munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>k</mi>",
            "\\sum_{k=1}^nk",
        ),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "\\overline{x}"),
        ("<mo>{</mo><mi>x</mi><mo>}</mo><mtext>if 5 %</mtext>", "\\{x\\}\\text{if 5 \\%}"),
        (
            "<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable>",
            "\\begin{matrix}1 & 0 \\\\ 0 & 1\\end{matrix}",
        ),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
    ] {
        let source = format!("<p>It is <math>{mathml}</math> metres.</p>");
        assert_eq!(markdown(&source), format!("It is ${tex}$ metres."));
        assert_eq!(markdown(&html(&source)), format!("It is ${tex}$ metres."));
    }
    let deep = format!("<p>It is <math>{}<mi>x</mi></math> metres.</p>", "<mrow>".repeat(400));
    assert_eq!(markdown(&deep), "It is x metres.");
}

#[test]
fn rules_terms_and_small_marks_are_kept() {
    let source = "<p>Ebb.</p><hr><p>Flood<sup>2</sup> and H<sub>2</sub>O, <s>not</s>.</p>";
    assert_eq!(markdown(source), "Ebb.\n\n---\n\nFlood<sup>2</sup> and H<sub>2</sub>O, ~~not~~.");
    assert_eq!(markdown("<dl><dt>Ebb<dd>It falls.</dl>"), "**Ebb**\n\nIt falls.");
    assert_eq!(markdown("<p>a<br>b</p>"), "a\\\nb");
}

#[test]
fn addresses_are_absolute_against_the_base() {
    let html = format!(
        "<head><base href='/sea/'></head><article>{TEXT}<p><a href=tides#top>tides</a> <img src=a.png alt=A></p></article>"
    );
    let page =
        Extractor::builder().base_url("https://example.org/x/y").build().html(&html).expect("a small page");
    let links: Vec<_> = page.all_links().filter_map(|link| Some(link.url()?.into_owned())).collect();
    assert_eq!(links, ["https://example.org/sea/tides#top"]);
    let images: Vec<_> = page.all_images().filter_map(|image| Some(image.url()?.into_owned())).collect();
    assert_eq!(images, ["https://example.org/sea/a.png"]);
    assert!(page.labelled_markdown(|_| true).contains("](https://example.org/sea/tides#top)"));
    assert!(page.labelled_html(|_| true).contains("src=\"https://example.org/sea/a.png\""));
}

#[test]
fn headings_keep_their_levels_and_quotes_and_lists_their_depth() {
    assert_eq!(markdown("<h2>Ebb</h2><h5>Mud</h5><p>Deep.</p>"), "## Ebb\n\n##### Mud\n\nDeep.");
    assert_eq!(
        markdown("<blockquote><p>Ebb.</p><blockquote><p>Mud.</p></blockquote></blockquote>"),
        "> Ebb.\n>\n> > Mud."
    );
    let nested = "<ol><li>Pull<ul><li>rope<li>chain<ol><li>deep</ol></ul><li>Push</ol>";
    assert_eq!(markdown(nested), "1. Pull\n   - rope\n   - chain\n     1. deep\n2. Push");
    assert_eq!(
        markdown("<table><tr><td><p>One cell lays out the page, and is no table for its reader.</p></table>"),
        "One cell lays out the page, and is no table for its reader."
    );
}

#[test]
fn what_markdown_would_read_is_escaped() {
    let source = "<p>2*3*4, _under_, [x](y), &lt;b&gt; and `a`</p><p># no heading</p><p>1. no item</p><p>+ none, either</p>";
    assert_eq!(
        markdown(source),
        "2\\*3\\*4, \\_under\\_, \\[x\\](y), \\<b> and \\`a\\`\n\n\\# no heading\n\n1\\. no item\n\n\\+ none, either"
    );
    assert_eq!(markdown("<p><code>a`b</code></p>"), "``a`b``");
}

#[test]
fn plain_text_has_its_links_as_notes_and_a_line_a_block_on_request() {
    let source = "<p>The <a href='https://example.org/moon'>moon</a> and the <a href='https://example.org/sun'>sun</a>.</p>\
         <ul><li>Ebb<li>Flood</ul><table><tr><th>Bay<th>Metres<tr><td>Fundy<td>16</table><pre>a\n  b</pre>";
    let page = content_page(source);
    let text = page.content().to_string();
    let part = "The moon and the sun.\n\n- Ebb\n- Flood\n\nBay\tMetres\nFundy\t16\n\na\n  b\n\n";
    assert!(text.contains(part), "{text}");
    let noted = page.content_text(PlainText { link_notes: true, ..PlainText::default() });
    assert!(noted.contains("The moon [1] and the sun [2]."), "{noted}");
    assert!(noted.ends_with("\n\n[1] https://example.org/moon\n[2] https://example.org/sun"), "{noted}");
    let lines = page.content_text(PlainText { line_per_block: true, ..PlainText::default() });
    assert!(lines.contains("\nThe moon and the sun.\nEbb\nFlood\nBay\nMetres\nFundy\n16\na b\n"), "{lines}");
}

#[test]
fn images_links_and_tables_are_data_with_the_region_each_stands_in() {
    let html = format!(
        "<body><nav><ul><li><a href=/home>Home</a><li><a href=/sea>Sea</a><li><a href=/wind>Wind</a></ul></nav><main><article>\
         <h1>Tides</h1>{TEXT}<p>The <a href=/moon>moon</a> pulls at the sea, and the sea follows it around the earth, day after day.</p>\
         <figure><img src=/moon.jpg alt='The moon'></figure>{TEXT}<table><tr><th>Bay<th>Metres<tr><td>Fundy<td>16</table>{TEXT}\
         </article></main><footer><p>© 2024 The Shore. All rights reserved. <a href=/imprint>Imprint</a></p></footer>"
    );
    let extractor = Extractor::builder().base_url("https://example.org/").build();
    let page = extractor.html(&html).expect("a small page");
    let links: Vec<_> = page.links().filter_map(|link| Some(link.url()?.into_owned())).collect();
    assert_eq!(links, ["https://example.org/moon"]);
    let all: Vec<_> = page.all_links().map(|link| (link.text(), link.label().is_content())).collect();
    assert_eq!(all, [("Home", false), ("Sea", false), ("Wind", false), ("moon", true), ("Imprint", false)]);
    let images: Vec<_> = page.images().map(|image| (image.alt(), image.label())).collect();
    assert_eq!(images, [("The moon", Some(Label::Content))]);
    let tables: Vec<_> = page.tables().collect();
    let [table] = &tables[..] else { panic!("{} tables", tables.len()) };
    assert_eq!(table.label(), Label::Content);
    assert_eq!((table.rows().len(), table.rows()[1][1].text.as_str()), (2, "16"));
}

#[test]
fn a_table_of_many_spans_stays_small() {
    let head: String = (0..1_000).map(|_| "<td rowspan=60000>a").collect();
    let rows = "<tr><td>b".repeat(2_000);
    let page = content_page(&format!("<table><tr>{head}{rows}</table>"));
    let source = head.len() + rows.len();
    assert!(page.content_markdown().len() < 40 * source);
    assert!(page.content_html().len() < 40 * source);
}

#[test]
fn footnotes_are_notes_in_markdown() {
    let source = "<p>The moon pulls<sup><a href='#fn1' id=ref1>[1]</a></sup>: and the <em>sun<a href='#fn2'><sup>*</sup></a></em> too.</p>\
         <hr><ol><li id=fn1><p>Newton said so. <a href='#ref1'>back</a></p><ul><li>twice</ul></li><li id=fn2>Less.</li></ol>";
    let expected = "The moon pulls[^1]\\: and the *sun[^n2]* too.\n\n---\n\n\
         [^1]: Newton said so. [back](#ref1)\n\n    - twice\n\n[^n2]: Less.";
    assert_eq!(markdown(source), expected);
}

#[test]
fn a_raised_link_to_a_section_makes_no_note_of_it() {
    let source = "<h2 id=top>Ebb</h2><p>It falls.<sup><a href='#top'>top</a></sup></p>";
    assert_eq!(markdown(source), "## Ebb\n\nIt falls.[<sup>top</sup>](#top)");
    let page = page("<p>It falls.<sup><a href='#all'>1</a></sup></p><div id=all></div>");
    assert!(page.blocks().all(|block| block.note().is_none()));
}

#[test]
fn an_image_behind_the_space_that_ends_a_block_stands_at_its_end() {
    let page = tamis::extract("<pre>By Ada Moor <img src=a.png alt=b></pre>").unwrap();
    let image = page.all_images().next().expect("an image");
    let length = image.block().map(|block| block.text().len());
    assert_eq!((image.offset(), length), (Some(11), Some(11)));
}
