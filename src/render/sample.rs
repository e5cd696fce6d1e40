//! Small pages for the tests of this room.

use serde_json::{Value, json};

use crate::page::Page;

/// A block of main content, to be given what a test needs.
#[derive(Clone, Debug)]
pub(super) struct Sample(Value);

pub(super) fn block(role: &str, text: &str) -> Sample {
    Sample(json!({
        "text": text, "label": "content", "score": 1.0, "label_score": 1.0, "role": role, "gap": "paragraph",
        "layout": {}, "link_density": 0.0, "spans": [], "source": {"element": null},
    }))
}

impl Sample {
    pub(super) fn gap(mut self, gap: &str) -> Self {
        self.0["gap"] = gap.into();
        self
    }

    /// Makes it boilerplate.
    pub(super) fn skipped(mut self) -> Self {
        self.0["label"] = "other".into();
        self
    }

    pub(super) fn quotes(mut self, depth: u8) -> Self {
        self.0["layout"]["quote_depth"] = depth.into();
        self
    }

    /// Puts it in that many lists.
    pub(super) fn lists(mut self, depth: u8) -> Self {
        self.0["layout"]["list_depth"] = depth.into();
        self
    }

    /// Makes it start an item.
    pub(super) fn item(mut self) -> Self {
        self.0["layout"]["starts_item"] = true.into();
        self
    }

    /// Makes it start an item of that number.
    pub(super) fn number(mut self, number: i32) -> Self {
        self.0["layout"]["ordinal"] = number.into();
        self.item()
    }

    /// Makes it start a table row.
    pub(super) fn row(mut self) -> Self {
        self.0["layout"]["starts_row"] = true.into();
        self
    }

    pub(super) fn header(mut self) -> Self {
        self.0["layout"]["header_cell"] = true.into();
        self
    }

    pub(super) fn span(self, start: usize, end: usize, mark: &str) -> Self {
        self.push_span(json!({"start": start, "end": end, "mark": mark}))
    }

    pub(super) fn link(self, start: usize, end: usize, target: &str) -> Self {
        self.push_span(json!({"start": start, "end": end, "mark": "link", "target": target}))
    }

    fn push_span(mut self, span: Value) -> Self {
        if let Some(spans) = self.0["spans"].as_array_mut() {
            spans.push(span);
        }
        self
    }
}

pub(super) fn page(blocks: &[Sample]) -> Page {
    let blocks: Vec<&Value> = blocks.iter().map(|block| &block.0).collect();
    let form = json!({"title": null, "confidence": 1.0, "blocks": blocks}).to_string();
    serde_json::from_str(&form).expect("a page in its serialised form")
}

pub(super) fn paragraph(text: &str) -> Sample {
    block("paragraph", text)
}

/// The first block of an item of an unordered list.
pub(super) fn item(depth: u8, text: &str) -> Sample {
    block("list_item", text).lists(depth).item()
}

pub(super) fn cell(text: &str) -> Sample {
    block("table_cell", text).gap("cell")
}

pub(super) fn text_of(blocks: &[Sample]) -> String {
    page(blocks).content().to_string()
}

pub(super) fn markdown_of(blocks: &[Sample]) -> String {
    page(blocks).content_markdown()
}

pub(super) fn html_of(blocks: &[Sample]) -> String {
    page(blocks).content_html()
}
