//! Small pages for the tests of this room.

use serde_json::{Value, json};

use crate::page::Page;

/// A block of main content, to be given what a test needs.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    block: Value,
    images: Vec<Value>,
}

pub(super) fn block(role: &str, text: &str) -> Sample {
    let block = json!({
        "text": text, "label": "content", "score": 1.0, "label_score": 1.0, "role": role, "gap": "paragraph",
        "layout": {}, "link_density": 0.0, "spans": [], "source": {"element": null},
    });
    Sample { block, images: Vec::new() }
}

impl Sample {
    pub(super) fn gap(mut self, gap: &str) -> Self {
        self.block["gap"] = gap.into();
        self
    }

    /// Makes it boilerplate.
    pub(super) fn skipped(mut self) -> Self {
        self.block["label"] = "other".into();
        self
    }

    pub(super) fn quotes(mut self, depth: u8) -> Self {
        self.block["layout"]["quote_depth"] = depth.into();
        self
    }

    /// Puts it in that many lists.
    pub(super) fn lists(mut self, depth: u8) -> Self {
        self.block["layout"]["list_depth"] = depth.into();
        self
    }

    /// Makes it start an item.
    pub(super) fn item(mut self) -> Self {
        self.block["layout"]["starts_item"] = true.into();
        self
    }

    /// Makes it start an item of that number.
    pub(super) fn number(mut self, number: i32) -> Self {
        self.block["layout"]["ordinal"] = number.into();
        self.item()
    }

    /// Makes it start a table row.
    pub(super) fn row(mut self) -> Self {
        self.block["layout"]["starts_row"] = true.into();
        self
    }

    pub(super) fn header(mut self) -> Self {
        self.block["layout"]["header_cell"] = true.into();
        self
    }

    pub(super) fn span(self, start: usize, end: usize, mark: &str) -> Self {
        self.push_span(json!({"start": start, "end": end, "mark": mark}))
    }

    pub(super) fn link(self, start: usize, end: usize, target: &str) -> Self {
        self.push_span(json!({"start": start, "end": end, "mark": "link", "target": target}))
    }

    pub(super) fn math(self, start: usize, end: usize, source: &str) -> Self {
        self.push_span(json!({"start": start, "end": end, "mark": "math", "target": source}))
    }

    /// Gives it an image: `before` it, `after` it or `inside` at an offset.
    pub(super) fn image(mut self, place: Value, source: &str, alt: &str) -> Self {
        self.images.push(json!({"place": place, "source": source, "alt": alt}));
        self
    }

    /// Puts a link around its last image.
    pub(super) fn linked(mut self, target: &str) -> Self {
        if let Some(image) = self.images.last_mut() {
            image["link"] = target.into();
        }
        self
    }

    /// Puts it in a cell of the page's first table.
    pub(super) fn spanning(mut self, row: u32, column: u32, rows: u32, columns: u32) -> Self {
        self.block["cell"] =
            json!({"table": 0, "row": row, "column": column, "rows": rows, "columns": columns});
        self
    }

    /// Makes it a note.
    pub(super) fn note(mut self, anchor: &str) -> Self {
        self.block["note"] = json!({"anchor": anchor});
        self
    }

    pub(super) fn language(mut self, name: &str) -> Self {
        self.block["language"] = name.into();
        self
    }

    /// Makes it a task.
    pub(super) fn task(mut self, done: bool) -> Self {
        self.block["layout"]["task"] = done.into();
        self
    }

    /// Puts a rule before it.
    pub(super) fn ruled(mut self) -> Self {
        self.block["layout"]["after_rule"] = true.into();
        self
    }

    pub(super) fn labelled(mut self, label: &str) -> Self {
        self.block["label"] = label.into();
        self
    }

    fn push_span(mut self, span: Value) -> Self {
        if let Some(spans) = self.block["spans"].as_array_mut() {
            spans.push(span);
        }
        self
    }
}

pub(super) fn page(blocks: &[Sample]) -> Page {
    let images = blocks.iter().enumerate().flat_map(|(index, block)| {
        block.images.iter().cloned().map(move |mut image| {
            image["block"] = index.into();
            image
        })
    });
    let images: Vec<Value> = images.collect();
    let blocks: Vec<&Value> = blocks.iter().map(|block| &block.block).collect();
    let form = json!({"title": null, "confidence": 1.0, "blocks": blocks, "images": images}).to_string();
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
