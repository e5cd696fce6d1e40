//! An annotated page as HTML with a style for every label and a legend.

use std::fmt::Write as _;
use std::io::{self, Write};

use tamis::html5ever::serialize::{Serialize, SerializeOpts, Serializer, TraversalScope, serialize};
use tamis::html5ever::{Attribute, QualName, ns};
use tamis::rcdom::{Handle, NodeData};
use tamis::{BoilerplateKind, DomPage, Label};

/// A hue for every label, in degrees; kinds that are often neighbours are far apart.
const HUES: [(Label, u16); 14] = {
    use BoilerplateKind::*;
    [
        (Label::Content, 130),
        (Label::Boilerplate(Metadata), 185),
        (Label::Boilerplate(Navigation), 225),
        (Label::Boilerplate(SiteHeader), 265),
        (Label::Boilerplate(SiteFooter), 290),
        (Label::Boilerplate(Related), 35),
        (Label::Boilerplate(Comments), 60),
        (Label::Boilerplate(Social), 205),
        (Label::Boilerplate(Subscription), 320),
        (Label::Boilerplate(Advertisement), 0),
        (Label::Boilerplate(Notice), 48),
        (Label::Boilerplate(Controls), 165),
        (Label::Boilerplate(Legal), 15),
        (Label::Boilerplate(Other), 90),
    ]
};

/// Elements that a name can't be put in front of without breaking what they are.
const UNNAMED: &str =
    ":not(html, body, table, thead, tbody, tfoot, tr, colgroup, select, optgroup, option, textarea)";

/// Writes the page's annotated copy.
pub fn write(out: &mut impl Write, page: &DomPage) -> io::Result<()> {
    let legend = legend(page);
    let tinted = Tinted { root: page.annotated(), style: style(&legend), legend };
    serialize(out, &tinted, SerializeOpts::default())
}

/// A document on its way out.
struct Tinted {
    root: Handle,
    style: String,
    legend: Vec<Entry>,
}

/// A line of the legend.
struct Entry {
    label: Label,
    hue: u16,
    regions: usize,
    blocks: usize,
}

enum Step {
    Enter(Handle),
    Leave(QualName),
}

impl Serialize for Tinted {
    /// Without recursion: pages nest deeper than a stack reaches.
    fn serialize<S: Serializer>(&self, out: &mut S, _: TraversalScope) -> io::Result<()> {
        let mut open = vec![Step::Enter(self.root.clone())];
        while let Some(step) = open.pop() {
            match step {
                Step::Enter(node) => match &node.data {
                    NodeData::Element { name, attrs, .. } if is_shown(name, &attrs.borrow()) => {
                        let name = shown_as(name);
                        let attributes = attrs.borrow();
                        let kept = attributes.iter().filter(|attribute| !is_script(attribute));
                        out.start_elem(name.clone(), kept.map(|kept| (&kept.name, &*kept.value)))?;
                        if is_html(&name, "head") {
                            self.write_head(out)?;
                        }
                        open.push(Step::Leave(name));
                        open_inside(&mut open, &node);
                    }
                    NodeData::Element { .. } => {}
                    NodeData::Document => open_inside(&mut open, &node),
                    NodeData::Doctype { name, .. } => out.write_doctype(name)?,
                    NodeData::Text { contents } => out.write_text(&contents.borrow())?,
                    NodeData::Comment { contents } => out.write_comment(contents)?,
                    NodeData::ProcessingInstruction { target, contents } => {
                        out.write_processing_instruction(target, contents)?;
                    }
                },
                Step::Leave(name) => {
                    if is_html(&name, "body") {
                        self.write_legend(out)?;
                    }
                    out.end_elem(name)?;
                }
            }
        }
        Ok(())
    }
}

/// Puts what is inside a node on the stack, last first, so that it comes off in document order.
fn open_inside(open: &mut Vec<Step>, node: &Handle) {
    open.extend(node.children.borrow().iter().rev().cloned().map(Step::Enter));
    if let NodeData::Element { template_contents, .. } = &node.data {
        open.extend(template_contents.borrow().clone().map(Step::Enter));
    }
}

impl Tinted {
    /// What has to stand first: the charset, within the first 1,024 bytes, and the styles.
    fn write_head<S: Serializer>(&self, out: &mut S) -> io::Result<()> {
        element(out, "meta", &[("charset", "utf-8")], "")?;
        element(out, "style", &[], &self.style)
    }

    fn write_legend<S: Serializer>(&self, out: &mut S) -> io::Result<()> {
        start(out, "div", &[("id", "tamis-legend")])?;
        for Entry { label, hue, regions, blocks } in &self.legend {
            let style =
                format!("display: block; border-left: 1em solid hsl({hue}, 70%, 45%); padding-left: .4em");
            let text = format!("{label}: regions {regions}, blocks {blocks}");
            element(out, "span", &[("style", &style)], &text)?;
        }
        out.end_elem(html_name("div"))
    }
}

/// The labels that the page has, in the order of the documentation.
fn legend(page: &DomPage) -> Vec<Entry> {
    let entries = HUES.iter().map(|&(label, hue)| {
        let regions = page.regions().filter(|region| region.label() == label);
        let (regions, blocks) = regions
            .fold((0, 0), |(regions, blocks), region| (regions + 1, blocks + region.block_range().len()));
        Entry { label, hue, regions, blocks }
    });
    entries.filter(|entry| entry.blocks > 0).collect()
}

fn style(legend: &[Entry]) -> String {
    let mut style = String::from(
        "#tamis-legend { all: initial; position: fixed; right: 8px; bottom: 8px; z-index: 2147483647; \
         background: #fff; color: #000; border: 1px solid #000; padding: 6px; font: 12px/1.5 sans-serif }\n",
    );
    for Entry { label, hue, .. } in legend {
        let mark = format!("[{}=\"{label}\"]", DomPage::LABEL_ATTRIBUTE);
        // Writing to a string can't fail.
        let _ = writeln!(
            style,
            "{mark} {{ background: hsla({hue}, 80%, 60%, .25) !important; \
             outline: 1px solid hsl({hue}, 70%, 45%) !important; outline-offset: -1px }}\n\
             {mark}{UNNAMED}::before {{ content: \"{label}\" !important; all: initial; display: inline-block; \
             background: hsl({hue}, 70%, 35%); color: #fff; font: 10px/1.3 sans-serif; padding: 0 3px; \
             margin-right: 3px; vertical-align: top; align-self: start; justify-self: start }}"
        );
    }
    style
}

/// Scripts and frames do or fetch something; a `<meta>` may say another charset than the one that is written, go
/// elsewhere, or forbid the styles.
fn is_shown(name: &QualName, attributes: &[Attribute]) -> bool {
    match &*name.local {
        "script" | "iframe" | "frame" | "object" | "embed" => false,
        "meta" => !attributes.iter().any(|it| matches!(&*it.name.local, "charset" | "http-equiv")),
        _ => true,
    }
}

/// A browser with scripting shows nothing of `<noscript>`.
fn shown_as(name: &QualName) -> QualName {
    if is_html(name, "noscript") { html_name("div") } else { name.clone() }
}

fn is_script(attribute: &Attribute) -> bool {
    // Browsers take no notice of white space and control characters here.
    let scheme = || {
        attribute.value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(11).collect::<String>()
    };
    attribute.name.local.starts_with("on") || scheme().eq_ignore_ascii_case("javascript:")
}

fn is_html(name: &QualName, local: &str) -> bool {
    name.ns == ns!(html) && &*name.local == local
}

fn html_name(local: &str) -> QualName {
    QualName::new(None, ns!(html), local.into())
}

fn start<S: Serializer>(out: &mut S, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
    let attributes: Vec<_> =
        attributes.iter().map(|(name, value)| (QualName::new(None, ns!(), (*name).into()), *value)).collect();
    out.start_elem(html_name(name), attributes.iter().map(|(name, value)| (name, *value)))
}

fn element<S: Serializer>(
    out: &mut S,
    name: &str,
    attributes: &[(&str, &str)],
    text: &str,
) -> io::Result<()> {
    start(out, name, attributes)?;
    out.write_text(text)?;
    out.end_elem(html_name(name))
}
