//! What an element does to the flow of text, as the HTML standard's rendering section has it.

use html5ever::{LocalName, local_name};

use crate::page::{Gap, Role};

/// What an element does to the flow of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// Its text runs on in the line.
    Inline,
    /// It starts and ends blocks, set off by this much; its text has this role unless one inside says more.
    Block(Gap, Role),
    /// A line break.
    Break,
    /// A rule between paragraphs.
    Rule,
    /// Nothing in it is ever shown as text.
    Skipped,
}

/// What an HTML element does to the flow of text.
pub(crate) fn flow(name: &LocalName) -> Flow {
    match *name {
        local_name!("p") => Flow::Block(Gap::Paragraph, Role::Paragraph),
        local_name!("h1") => Flow::Block(Gap::Paragraph, Role::Heading(1)),
        local_name!("h2") => Flow::Block(Gap::Paragraph, Role::Heading(2)),
        local_name!("h3") => Flow::Block(Gap::Paragraph, Role::Heading(3)),
        local_name!("h4") => Flow::Block(Gap::Paragraph, Role::Heading(4)),
        local_name!("h5") => Flow::Block(Gap::Paragraph, Role::Heading(5)),
        local_name!("h6") => Flow::Block(Gap::Paragraph, Role::Heading(6)),
        local_name!("li") => Flow::Block(Gap::Line, Role::ListItem),
        local_name!("td") | local_name!("th") => Flow::Block(Gap::Cell, Role::TableCell),
        local_name!("tr") => Flow::Block(Gap::Line, Role::Text),
        local_name!("dt") => Flow::Block(Gap::Line, Role::Term),
        local_name!("dd") => Flow::Block(Gap::Line, Role::Definition),
        local_name!("pre") | local_name!("listing") | local_name!("xmp") | local_name!("plaintext") => {
            Flow::Block(Gap::Paragraph, Role::Code)
        }
        local_name!("blockquote") => Flow::Block(Gap::Paragraph, Role::Quote),
        local_name!("figcaption") | local_name!("caption") => Flow::Block(Gap::Paragraph, Role::Caption),
        local_name!("button")
        | local_name!("label")
        | local_name!("legend")
        | local_name!("option")
        | local_name!("select")
        | local_name!("textarea") => Flow::Block(Gap::Line, Role::Control),
        local_name!("address")
        | local_name!("article")
        | local_name!("aside")
        | local_name!("body")
        | local_name!("center")
        | local_name!("details")
        | local_name!("dialog")
        | local_name!("dir")
        | local_name!("div")
        | local_name!("dl")
        | local_name!("fieldset")
        | local_name!("figure")
        | local_name!("footer")
        | local_name!("form")
        | local_name!("header")
        | local_name!("hgroup")
        | local_name!("html")
        | local_name!("main")
        | local_name!("marquee")
        | local_name!("menu")
        | local_name!("nav")
        | local_name!("noscript")
        | local_name!("ol")
        | local_name!("optgroup")
        | local_name!("search")
        | local_name!("section")
        | local_name!("summary")
        | local_name!("table")
        | local_name!("tbody")
        | local_name!("template")
        | local_name!("tfoot")
        | local_name!("thead")
        | local_name!("ul") => Flow::Block(Gap::Paragraph, Role::Text),
        local_name!("br") => Flow::Break,
        local_name!("hr") => Flow::Rule,
        local_name!("applet")
        | local_name!("audio")
        | local_name!("canvas")
        | local_name!("datalist")
        | local_name!("embed")
        | local_name!("head")
        | local_name!("iframe")
        | local_name!("noembed")
        | local_name!("noframes")
        | local_name!("object")
        | local_name!("script")
        | local_name!("style")
        | local_name!("video") => Flow::Skipped,
        _ => Flow::Inline,
    }
}
