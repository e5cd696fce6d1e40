//! The serialised form of a [`Page`]. What can be told from the blocks (`content`, `regions`) is written for
//! the reader's sake and not read back.

use std::ops::Range;

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::limits::Truncation;
use crate::metadata::{Metadata, OnDemand};

use super::{
    BlockData, BoilerplateKind, Cell, Gap, ImageData, ImagePlace, Label, Layout, MarkData, NoteData, Page,
    PathStep, Reasons, Role, SourceData, SpanData,
};

/// What stands between two blocks in [`Page::text`].
pub(crate) const BLOCK_SEPARATOR: char = '\n';

#[derive(Serialize, Deserialize)]
struct BlockForm<'p> {
    #[serde(borrow)]
    text: std::borrow::Cow<'p, str>,
    label: Label,
    score: f32,
    label_score: f32,
    role: Role,
    gap: Gap,
    #[serde(default, skip_serializing_if = "Layout::is_default")]
    layout: Layout,
    link_density: f32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    hidden: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    spans: Vec<SpanForm>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cell: Option<Cell>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<NoteData>,
    source: SourceForm,
}

#[derive(Serialize, Deserialize)]
struct SpanForm {
    start: u32,
    end: u32,
    mark: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SourceForm {
    Input(u32, u32),
    Element(Option<u32>),
    Embedded(Option<u32>),
}

#[derive(Serialize, Deserialize)]
struct StepForm<'p>(Option<u32>, #[serde(borrow)] std::borrow::Cow<'p, str>, u32);

#[derive(Serialize)]
struct RegionForm<'p> {
    label: Label,
    blocks: (usize, usize),
    score: f32,
    text: &'p str,
}

#[derive(Deserialize)]
struct PageForm<'p> {
    title: Option<String>,
    #[serde(default)]
    metadata: Metadata,
    confidence: f32,
    #[serde(default)]
    content_also: Vec<BoilerplateKind>,
    #[serde(borrow)]
    blocks: Vec<BlockForm<'p>>,
    #[serde(default, borrow)]
    elements: Vec<StepForm<'p>>,
    #[serde(default)]
    images: Vec<ImageData>,
    #[serde(default)]
    base_url: Option<String>,
    #[serde(default)]
    truncated: Vec<Truncation>,
}

/// Spans and their names; links and formulas carry a text besides.
const MARKS: [(&str, MarkData); 7] = [
    ("emphasis", MarkData::Emphasis),
    ("strong", MarkData::Strong),
    ("code", MarkData::Code),
    ("deleted", MarkData::Deleted),
    ("superscript", MarkData::Superscript),
    ("subscript", MarkData::Subscript),
    ("gutter", MarkData::Gutter),
];

impl Serialize for Page {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (has_kinds, has_images) = (!self.content_also.is_empty(), !self.details.images.is_empty());
        let more = [has_kinds, has_images, self.base_url.is_some(), !self.truncated.is_empty()];
        let fields = 7 + more.into_iter().filter(|has| *has).count();
        let mut form = serializer.serialize_struct("Page", fields)?;
        form.serialize_field("title", &self.title)?;
        form.serialize_field("metadata", self.metadata())?;
        form.serialize_field("content", &self.content().to_string())?;
        form.serialize_field("confidence", &self.confidence)?;
        if has_kinds {
            let kinds: Vec<BoilerplateKind> = self.content_also.iter().collect();
            form.serialize_field("content_also", &kinds)?;
        }
        let blocks: Vec<_> =
            self.blocks.iter().enumerate().map(|(index, block)| self.block_form(index, block)).collect();
        form.serialize_field("blocks", &blocks)?;
        let regions: Vec<_> = self
            .regions()
            .map(|region| RegionForm {
                label: region.label(),
                blocks: (region.block_range().start, region.block_range().end),
                score: region.score(),
                text: region.text(),
            })
            .collect();
        form.serialize_field("regions", &regions)?;
        let steps: Vec<_> = self
            .path_steps
            .iter()
            .map(|step| StepForm(step.parent, (&*step.name).into(), step.number))
            .collect();
        form.serialize_field("elements", &steps)?;
        if has_images {
            form.serialize_field("images", &self.details.images)?;
        }
        if let Some(base_url) = &self.base_url {
            form.serialize_field("base_url", base_url)?;
        }
        if !self.truncated.is_empty() {
            form.serialize_field("truncated", &self.truncated)?;
        }
        form.end()
    }
}

impl<'de> Deserialize<'de> for Page {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = PageForm::deserialize(deserializer)?;
        let mut page = Page {
            title: form.title,
            metadata: OnDemand::known(form.metadata),
            confidence: form.confidence,
            content_also: form.content_also.into_iter().collect(),
            base_url: form.base_url,
            truncated: form.truncated,
            reasons: Reasons::default(),
            ..Page::default()
        };
        for (index, StepForm(parent, name, number)) in form.elements.into_iter().enumerate() {
            // Parents come first; anything else could lead a path in a circle.
            let parent = parent.filter(|&parent| (parent as usize) < index);
            page.path_steps.push(PathStep { parent, name: (&*name).into(), number });
        }
        for block in form.blocks {
            page.push_block(block).map_err(serde::de::Error::custom)?;
        }
        page.set_images(form.images).map_err(serde::de::Error::custom)?;
        Ok(page)
    }
}

impl Page {
    fn block_form(&self, index: usize, block: &BlockData) -> BlockForm<'_> {
        let text = &self.text[block.text.start as usize..block.text.end as usize];
        let spans = &self.spans[block.spans.start as usize..block.spans.end as usize];
        BlockForm {
            text: text.into(),
            label: block.label,
            score: block.score,
            label_score: block.label_score,
            role: block.role,
            gap: block.gap,
            layout: block.layout,
            link_density: block.link_density,
            hidden: block.hidden,
            spans: spans.iter().map(|span| self.span_form(span, block.text.start)).collect(),
            cell: self.details.cell_of(index),
            language: self.details.language_of(index).map(str::to_owned),
            note: self.details.note_of(index).cloned(),
            source: match &block.source {
                SourceData::Input(range) => SourceForm::Input(range.start, range.end),
                SourceData::Element(step) => SourceForm::Element(*step),
                SourceData::Embedded(step) => SourceForm::Embedded(*step),
            },
        }
    }

    fn span_form(&self, span: &SpanData, start: u32) -> SpanForm {
        let text = |range: &Range<u32>| self.targets[range.start as usize..range.end as usize].to_owned();
        let (mark, target) = match &span.mark {
            MarkData::Link(target) => ("link", Some(text(target))),
            MarkData::Math(source, false) => ("math", Some(text(source))),
            MarkData::Math(source, true) => ("display_math", Some(text(source))),
            other => {
                let name = MARKS.iter().find(|(_, mark)| mark == other).map_or("", |(name, _)| name);
                (name, None)
            }
        };
        SpanForm {
            start: span.range.start - start,
            end: span.range.end - start,
            mark: mark.to_owned(),
            target,
        }
    }

    fn push_block(&mut self, form: BlockForm<'_>) -> Result<(), String> {
        if !self.blocks.is_empty() {
            self.text.push(BLOCK_SEPARATOR);
        }
        let start = self.text.len() as u32;
        self.text.push_str(&form.text);
        let first_span = self.spans.len() as u32;
        for span in form.spans {
            let fits = form.text.get(span.start as usize..span.end as usize).is_some();
            if !fits {
                return Err(format!("span {}..{} is not inside its block", span.start, span.end));
            }
            let span = self.span_data(span, start)?;
            self.spans.push(span);
        }
        let index = self.blocks.len() as u32;
        self.details.cells.extend(form.cell.map(|cell| (index, cell)));
        self.details.languages.extend(form.language.map(|language| (index, language)));
        self.details.notes.extend(form.note.map(|note| (index, note)));
        self.blocks.push(BlockData {
            text: start..self.text.len() as u32,
            label: form.label,
            score: form.score,
            label_score: form.label_score,
            role: form.role,
            gap: form.gap,
            layout: form.layout,
            link_density: form.link_density,
            hidden: form.hidden,
            spans: first_span..self.spans.len() as u32,
            source: match form.source {
                SourceForm::Input(start, end) => SourceData::Input(start..end),
                SourceForm::Element(step) => SourceData::Element(step),
                SourceForm::Embedded(step) => SourceData::Embedded(step),
            },
        });
        Ok(())
    }

    /// Takes images over, in whatever order they come.
    fn set_images(&mut self, mut images: Vec<ImageData>) -> Result<(), String> {
        images.sort_by_key(|image| (image.block, image.place));
        let is_inside = |image: &&ImageData| match (self.block(image.block as usize), image.place) {
            (Some(block), ImagePlace::Inside(offset)) => block.text().is_char_boundary(offset as usize),
            (Some(_), _) => true,
            (None, place) => self.blocks.is_empty() && place == ImagePlace::Before,
        };
        if let Some(image) = images.iter().find(|image| !is_inside(image)) {
            return Err(format!("the image {:?} is not inside a block", image.source));
        }
        self.details.images = images;
        Ok(())
    }

    fn span_data(&mut self, form: SpanForm, start: u32) -> Result<SpanData, String> {
        let mark = match form.target {
            Some(target) => {
                let from = self.targets.len() as u32;
                self.targets.push_str(&target);
                let target = from..self.targets.len() as u32;
                match &*form.mark {
                    "math" => MarkData::Math(target, false),
                    "display_math" => MarkData::Math(target, true),
                    _ => MarkData::Link(target),
                }
            }
            None => {
                let known = MARKS.iter().find(|(name, _)| *name == form.mark);
                known
                    .map(|(_, mark)| mark.clone())
                    .ok_or_else(|| format!("no mark is called {:?}", form.mark))?
            }
        };
        Ok(SpanData { range: form.start + start..form.end + start, mark })
    }
}
