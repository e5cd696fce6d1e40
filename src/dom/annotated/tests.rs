use html5ever::serialize::{SerializeOpts, serialize};
use html5ever::tendril::TendrilSink;
use html5ever::{parse_document, tree_builder::TreeBuilderOpts};
use markup5ever_rcdom::{RcDom, SerializableHandle};

use super::*;
use crate::Extractor;
use crate::page::BoilerplateKind::{Metadata, Navigation};

fn parsed(html: &str) -> RcDom {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = html5ever::ParseOpts { tree_builder, ..Default::default() };
    parse_document(RcDom::default(), options).one(html)
}

fn written(root: &Handle) -> String {
    let mut out = Vec::new();
    serialize(&mut out, &SerializableHandle::from(root.clone()), SerializeOpts::default()).unwrap();
    String::from_utf8(out).unwrap()
}

/// The texts below a node, in document order.
fn texts(root: &Handle) -> Vec<Handle> {
    let all = in_order(root, &Labels::default()).into_iter().map(|original| original.node);
    all.filter(|node| matches!(node.data, NodeData::Text { .. })).collect()
}

/// Labels texts by what they say: `c` is content, `n` navigation, `m` metadata.
fn by_letter(root: &Handle) -> Labels {
    let mut labels = Labels::default();
    for node in texts(root) {
        let NodeData::Text { contents } = &node.data else { continue };
        match contents.borrow().trim() {
            "c" => labels.add(&node, Label::Content),
            "n" => labels.add(&node, Label::Boilerplate(Navigation)),
            "m" => labels.add(&node, Label::Boilerplate(Metadata)),
            _ => {}
        }
    }
    labels
}

/// The inside of the body of the annotated copy of a page whose texts are single letters.
fn marked(body: &str) -> String {
    let dom = parsed(&format!("<body>{body}"));
    let html = written(&annotated(&dom.document, &by_letter(&dom.document)));
    let (_, rest) = html.split_once("<body").unwrap();
    rest.strip_suffix("</body></html>").unwrap().to_owned()
}

#[test]
fn the_topmost_element_of_one_label_is_marked() {
    assert_eq!(
        marked("<ul><li>n</li> <li><b>n</b></li></ul><p>c</p>"),
        "><ul data-tamis=\"navigation\"><li>n</li> <li><b>n</b></li></ul><p data-tamis=\"content\">c</p>"
    );
}

#[test]
fn a_page_of_one_label_is_marked_at_its_root() {
    let dom = parsed("<body><p>c</p><p>c</p>");
    let html = written(&annotated(&dom.document, &by_letter(&dom.document)));
    assert_eq!(html, "<html data-tamis=\"content\"><head></head><body><p>c</p><p>c</p></body></html>");
}

#[test]
fn text_beside_that_of_another_label_gets_a_span() {
    assert_eq!(
        marked("<div>c<br>m<i>n</i></div>"),
        "><div><span data-tamis=\"content\">c</span><br><span data-tamis=\"metadata\">m</span>\
         <i data-tamis=\"navigation\">n</i></div>"
    );
}

#[test]
fn elements_without_text_have_no_mark_and_hinder_none() {
    assert_eq!(
        marked("<div><img src=a><p>n</p> <hr></div><p></p><p>c</p>"),
        "><div data-tamis=\"navigation\"><img src=\"a\"><p>n</p> <hr></div><p></p><p data-tamis=\"content\">c</p>"
    );
}

#[test]
fn marks_of_the_page_itself_are_left_out() {
    assert_eq!(
        marked("<p data-tamis=content>n</p><p data-tamis=legal></p><p>c</p>"),
        "><p data-tamis=\"navigation\">n</p><p></p><p data-tamis=\"content\">c</p>"
    );
}

#[test]
fn text_of_several_labels_in_a_formula_gets_no_span() {
    assert_eq!(marked("<math>c<mi>n</mi></math>"), "><math>c<mi data-tamis=\"navigation\">n</mi></math>");
}

#[test]
fn the_contents_of_a_template_are_copied_and_marked() {
    let dom = parsed("<body><template><p>c</p><p>n</p></template>");
    let copy = annotated(&dom.document, &by_letter(&dom.document));
    let all = in_order(&copy, &Labels::default());
    let contents = all.iter().find(|original| original.is_contents).expect("a template's contents");
    assert_eq!(written(&contents.node), "<p data-tamis=\"content\">c</p><p data-tamis=\"navigation\">n</p>");
}

#[test]
fn a_text_by_itself_is_put_into_a_span() {
    let text = Node::new(NodeData::Text { contents: RefCell::new("c".into()) });
    let copy = annotated(&text, &by_letter(&text));
    assert!(matches!(&copy.data, NodeData::Element { name, .. } if name.local == local_name!("span")));
    assert_eq!(written(&copy), "c");
}

#[test]
fn the_callers_dom_is_left_as_it_was_and_shares_no_node_with_the_copy() {
    let dom = parsed(
        "<!DOCTYPE html><!-- c --><nav><a href=/>Home</a></nav><p>Rain falls on the just and the unjust.</p>
         <template><p>More.</p></template><input type=submit value=Go>",
    );
    let before = written(&dom.document);
    let page = Extractor::new().dom(&dom.document).unwrap();
    let copy = page.annotated();
    assert_eq!(written(&dom.document), before);
    let originals: Vec<*const Node> = in_order(&dom.document, &Labels::default())
        .iter()
        .map(|original| Rc::as_ptr(&original.node))
        .collect();
    let copies = in_order(&copy, &Labels::default());
    assert!(copies.iter().all(|copied| !originals.contains(&Rc::as_ptr(&copied.node))));
    drop((dom, page));
    assert!(written(&copy).contains("just and the unjust"));
}

/// The blocks' labels, and beside them the marks above the texts they are made of.
fn labels_and_marks(html: &str) -> Vec<(String, Option<String>)> {
    let dom = parsed(html);
    let page = Extractor::new().dom(&dom.document).unwrap();
    let copy = page.annotated();
    let marks: Vec<(String, Option<String>)> = texts(&copy)
        .iter()
        .map(|text| {
            let NodeData::Text { contents } = &text.data else { unreachable!("texts are texts") };
            let parent = |node: &Handle| {
                let parent = node.parent.take();
                node.parent.set(parent.clone());
                parent.and_then(|parent| parent.upgrade())
            };
            let mark = std::iter::successors(parent(text), parent).find_map(|node| match &node.data {
                NodeData::Element { attrs, .. } => {
                    let attributes = attrs.borrow();
                    let mark = attributes.iter().find(|attribute| &*attribute.name.local == ATTRIBUTE);
                    mark.map(|mark| mark.value.to_string())
                }
                _ => None,
            });
            (contents.borrow().trim().to_owned(), mark)
        })
        .collect();
    let of = |text: &str| marks.iter().find(|(other, _)| other == text).and_then(|(_, mark)| mark.clone());
    page.blocks().map(|block| (block.label().to_string(), of(block.text()))).collect()
}

#[test]
fn every_block_stands_under_a_mark_of_its_label() {
    let found = labels_and_marks(
        "<title>Basalt</title><header><a href=/>The Stone</a></header><nav><a href=/a>Rocks</a> <a href=/b>Lava</a></nav>
         <h1>Basalt</h1>By Ann Ash<br>12 May 2023<p>Basalt is what lava becomes where it cools fast, and the floor of
         every ocean is made of it.</p><p>Where it cools slowly it breaks into columns of six sides.</p>
         <div>Share this<ul><li><a href=/f>Facebook</a><li><a href=/x>Mail</a></ul></div>
         <footer>© 2024 The Stone. All rights reserved.</footer>",
    );
    assert!(found.len() >= 10);
    let is_one_text = found.iter().filter(|(_, mark)| mark.is_some());
    assert!(is_one_text.clone().count() >= 8);
    for (label, mark) in is_one_text {
        assert_eq!(Some(label), mark.as_ref());
    }
}

#[test]
fn a_script_that_carries_the_text_is_marked() {
    let dom = parsed(
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"A first paragraph that says what \
         the article is about, in so many words that it is a text, and not a label of something else.\\n\\nA second one, \
         which says a little more about the same, so that there are two of them, one after the other.\"}</script>
         <nav><a href=/>Home</a> <a href=/a>About us</a> <a href=/b>Contact</a></nav>",
    );
    let page = Extractor::new().dom(&dom.document).unwrap();
    let label = page.blocks().next_back().unwrap().label();
    assert_ne!(page.block(0).unwrap().label(), label);
    let carried = in_order(&page.annotated(), &Labels::default()).into_iter().any(|original| {
        let NodeData::Element { name, attrs, .. } = &original.node.data else { return false };
        name.local == local_name!("head") && attrs.borrow().iter().any(|mark| *mark.value == *label.name())
    });
    assert!(carried, "the head has no text but that of the script");
}

#[test]
fn a_page_nested_100_000_deep_is_copied_and_dropped() {
    let element = |name: LocalName| {
        Node::new(NodeData::Element {
            name: QualName::new(None, ns!(html), name),
            attrs: RefCell::new(Vec::new()),
            template_contents: RefCell::new(None),
            mathml_annotation_xml_integration_point: false,
        })
    };
    let root = Node::new(NodeData::Document);
    let mut innermost = root.clone();
    for depth in 0..100_000 {
        let next = element(if depth % 2 == 0 { local_name!("div") } else { local_name!("b") });
        append(&innermost, next.clone());
        innermost = next;
    }
    let text = "Moss grows on the side of the stone that the sun does not reach, and on the other side, too.";
    append(&innermost, Node::new(NodeData::Text { contents: RefCell::new(text.into()) }));
    drop(innermost);
    let page = Extractor::new().dom(&root).unwrap();
    let copy = page.annotated();
    let nodes = in_order(&copy, &Labels::default());
    assert_eq!(nodes.len(), 100_002);
    // One label all through: the outermost element says it for all.
    let marked = nodes.iter().filter(|original| match &original.node.data {
        NodeData::Element { attrs, .. } => !attrs.borrow().is_empty(),
        _ => false,
    });
    assert_eq!(marked.count(), 1);
    drop(nodes);
    drop(page);
    drop(root);
    drop(copy);
}
