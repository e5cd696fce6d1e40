//! Whatever a page holds, nothing that is written for it runs a script, loads a style or leaves its place.

#[path = "rendered_safely/faults.rs"]
mod faults;

use faults::{faults_of_html, is_safe_address};
use pulldown_cmark::{Event, Options, Parser, Tag};
use tamis::{Extractor, Page};

/// A paragraph that makes a page have content.
const TEXT: &str = "<p>The harbour falls dry twice a day, and the boats lie in the mud until the water comes back, \
     which takes six hours and a quarter, as everybody in the village knows.</p>";

/// Own attempts at what attackers put into pages, in the kinds that the cheat sheets list.
const ATTACKS: [&str; 64] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src=javascript:alert(1) alt=x>",
    "<img src=' &#14; javascript:alert(1)' alt=x>",
    "<img src=`javascript:alert(1)`>",
    "<img alt='\"><script>alert(1)</script>' src=a.png>",
    "<img alt='](javascript:alert(1)) [x' src=a.png>",
    "<img alt='x' src='a.png\" onerror=\"alert(1)'>",
    "<img src='a.png) <script>alert(1)</script>' alt=x>",
    "<img alt=x srcset='javascript:alert(1) 2x, data:text/html,x 3x'>",
    "<img data-src='javascript:alert(1)' src=b.png alt=x>",
    "<img src='data:image/svg+xml,<svg onload=alert(1)>' alt=x>",
    "<img src=vbscript:x alt=x width='1\" onload=\"x'>",
    "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<math><semantics><mi>x</mi><annotation encoding=application/x-tex>x<script>alert(1)</script></annotation></semantics></math>",
    "<math alttext='$ <script>alert(1)</script> $'><mi>formula</mi></math>",
    "<math alttext='[x](javascript:alert(1))'><mi>formula</mi></math>",
    "<math alttext='a</annotation><img src=x onerror=alert(1)>'><mi>formula</mi></math>",
    "<math alttext='`<b>`'><mi>formula</mi></math>",
    "<math><annotation-xml encoding=text/html><img src=x onerror=alert(1)></annotation-xml></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src=x onerror=alert(1)>'></table></mtext></math>",
    "<a href=javascript:alert(1)>go there</a>",
    "<a href=' JaVaScRiPt:alert(1)'>go there</a>",
    "<a href='java&#10;script:alert(1)'>go there</a>",
    "<a href='java&Tab;script:alert(1)'>go there</a>",
    "<a href='&#1;javascript:alert(1)'>go there</a>",
    "<a href='&#x6A;avascript&colon;alert(1)'>go there</a>",
    "<a href='javascript&amp;colon;alert(1)'>go there</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>go there</a>",
    "<a href='vbscript:msgbox(1)'>go there</a>",
    "<a href='view-source:x'>a</a> <a href='file:///etc/passwd'>b</a> <a href='blob:x'>c</a>",
    "<a href='x\" onclick=\"alert(1)'>go there</a>",
    "<a href='x> <script>alert(1)</script>'>go there</a>",
    "<a href='x) <b onclick=alert(1)>'>go there</a>",
    "<a href='\\)<img src=x onerror=alert(1)>'>go there</a>",
    "<a href=x onclick=alert(1) style='background:url(javascript:alert(1))'>go there</a>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt; said the text</p>",
    "<p>&amp;lt;script&amp;gt;alert(1) said the text</p>",
    "<p>[go there](javascript:alert(1)) said the text</p>",
    "<p>![x](javascript:alert(1)) said the text</p>",
    "<p>&lt;javascript:alert(1)> said the text</p>",
    "<p>[x]: javascript:alert(1)</p><p>[x] said the text</p>",
    "<p>[^x]: &lt;img src=x onerror=alert(1)> said the text</p>",
    "<p>--> &lt;script>alert(1)&lt;/script> said the text &lt;!--</p>",
    "<pre>```\n&lt;script>alert(1)&lt;/script>\n````</pre>",
    "<pre class='language-x\"><script>alert(1)</script>'>some code</pre>",
    "<pre><code class='language-```'>some code</code></pre>",
    "<pre data-lang='x\n<script>alert(1)</script>'>some code</pre>",
    "<p>text <code>`&lt;script>alert(1)&lt;/script>`</code> text</p>",
    "<table><tr><td>`a|b`&lt;script><td>|&lt;img src=x onerror=alert(1)><tr><td>c<td>`</table>",
    "<table><tr><td onclick=alert(1) colspan='2\" onload=\"x' rowspan=-1>a<td>b</table>",
    "<style>p{background:url(javascript:alert(1))}</style><p style='color:red'>styled text</p>",
    "<iframe src=javascript:alert(1)></iframe><object data=x></object><embed src=x><applet code=x></applet>",
    "<form action=javascript:alert(1)><input type=submit value='Send' formaction=javascript:alert(1)><button>b</button></form>",
    "<input type=image src=javascript:alert(1)><input type=checkbox onfocus=alert(1) autofocus>",
    "<base href='javascript:alert(1)//'><a href=x>go there</a>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'><link rel=stylesheet href=javascript:alert(1)>",
    "<video src=x onerror=alert(1)><source src=x></video><audio onerror=alert(1) src=x></audio>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>x</p></noscript>",
    "<template><img src=x onerror=alert(1)>template text</template><details open ontoggle=alert(1)>more</details>",
    "<ul><li onclick=alert(1)><input type=checkbox onclick=alert(1) checked>a task</ul>",
];

/// What is wrong with Markdown, as a reader of CommonMark alone and one of all extensions sees it.
fn faults_of_markdown(markdown: &str, comments: usize) -> Vec<String> {
    let mut faults = Vec::new();
    let github = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_MATH;
    for options in [Options::empty(), github, Options::all()] {
        let mut comments_left = comments;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::InlineHtml(html)
                    if matches!(&*html, "<sup>" | "</sup>" | "<sub>" | "</sub>" | "<br>") => {}
                Event::Html(html) if comments_left > 0 && html.starts_with("<!-- tamis: ") => {
                    comments_left -= 1
                }
                Event::Html(html) | Event::InlineHtml(html) => faults.push(html.to_string()),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })
                    if !is_safe_address(&dest_url) =>
                {
                    faults.push(dest_url.to_string());
                }
                _ => {}
            }
        }
    }
    faults
}

fn pages() -> impl Iterator<Item = (String, Page)> {
    let extractors = [
        Extractor::new(),
        Extractor::builder().base_url("https://page.example/a/b").build(),
        Extractor::builder().base_url("javascript:alert(1)//").build(),
    ];
    ATTACKS.iter().flat_map(move |attack| {
        let around = [
            format!("<article>{TEXT}{attack}{TEXT}</article>"),
            format!("<article>{TEXT}<ul><li>{attack}<li>{TEXT}</ul><blockquote>{attack}{TEXT}</blockquote></article>"),
            format!("<article>{TEXT}<table><tr><th>{attack}<th>a header<tr><td>a cell<td>{attack}</table></article>"),
            format!("<article>{TEXT}<h2>A heading {attack}</h2>{TEXT}<figure>{attack}<figcaption>{attack} caption</figcaption></figure></article>"),
        ];
        let extractors = extractors.clone();
        around.into_iter().flat_map(move |html| {
            let page = |extractor: &Extractor| extractor.html(&html).expect("a small page");
            let pages: Vec<Page> = extractors.iter().map(page).collect();
            pages.into_iter().map(move |page| (html.clone(), page)).collect::<Vec<_>>()
        })
    })
}

#[test]
fn html_of_hostile_pages_runs_nothing() {
    for (source, page) in pages() {
        for html in [page.content_html(), page.labelled_html(|_| true)] {
            let faults = faults_of_html(&html);
            assert!(faults.is_empty(), "{faults:?} in {html}\nof {source}");
        }
    }
}

#[test]
fn markdown_of_hostile_pages_holds_no_html_and_no_running_link() {
    for (source, page) in pages() {
        let faults = faults_of_markdown(&page.content_markdown(), 0);
        assert!(faults.is_empty(), "{faults:?} in {}\nof {source}", page.content_markdown());
        let labelled = page.labelled_markdown(|_| true);
        let faults = faults_of_markdown(&labelled, page.regions().count());
        assert!(faults.is_empty(), "{faults:?} in {labelled}\nof {source}");
    }
}

#[test]
fn the_attacks_are_in_what_is_written() {
    let shown = pages().filter(|(_, page)| page.content_html().contains("said the text")).count();
    assert!(shown > 0, "hostile texts are to be written, not to be left out");
}
