//! What a plain text says of itself, as far as it shows: title, byline, dateline, language.

use super::language::{Spoken, primary};
use super::markup::put;
use super::visible::{Blocks, Byline, Dateline, Zone};
use super::{Direction, Metadata, MetadataField as Field, MetadataSource as Source};

/// What a plain text says of itself.
pub(super) fn metadata(blocks: &Blocks) -> Metadata {
    let mut metadata = Metadata::default();
    let spoken = Spoken::of(blocks.content());
    let language = spoken.tag(None).map(|(tag, _)| tag);
    let near = blocks.near();
    let tag = language.as_deref();
    let bylines = blocks.bylines(&near, tag.map_or("", primary));
    let datelines = blocks.datelines(&near, tag);
    let title = match blocks.title {
        Some(title) => Some(blocks.heading(title)),
        None => line_above(blocks, &bylines, &datelines).map(str::to_owned),
    };
    if title.is_some_and(|title| put(&mut metadata.title, &title)) {
        metadata.set(Field::Title, Source::Heading);
    }
    if let Some(byline) = bylines.into_iter().find(|byline| byline.zone == Zone::Head) {
        metadata.authors = byline.names;
        metadata.set(Field::Authors, Source::Byline);
    }
    let of_change = |wanted: bool| {
        let mut of = datelines
            .iter()
            .filter(|line| line.of_change.unwrap_or(false) == wanted && line.zone == Zone::Head);
        of.find(|line| {
            line.is_alone || line.of_change.is_some() || line.block <= blocks.title.unwrap_or(0) + 3
        })
    };
    if let Some(line) = of_change(false) {
        metadata.published = Some(line.date.to_string());
        metadata.set(Field::Published, Source::Byline);
        metadata.date = metadata.published.clone();
        metadata.set(Field::Date, Source::Byline);
    }
    if let Some(line) = of_change(true) {
        metadata.modified = Some(line.date.to_string());
        metadata.set(Field::Modified, Source::Byline);
    }
    if spoken.has_letters() {
        metadata.direction = Some(if spoken.is_right_to_left() { Direction::Rtl } else { Direction::Ltr });
        metadata.set(Field::Direction, Source::Text);
    }
    if let Some(tag) = language {
        metadata.language = Some(tag);
        metadata.set(Field::Language, Source::Text);
    }
    metadata
}

/// The line right above the first byline or dateline: the title of a text that doesn't set its title off.
fn line_above<'p>(blocks: &Blocks<'p>, bylines: &[Byline], datelines: &[Dateline]) -> Option<&'p str> {
    /// A longer line is running text, in characters.
    const LONGEST: usize = 160;
    /// A shorter one names a section or a site.
    const SHORTEST: usize = 8;
    let said = bylines.iter().filter(|byline| byline.zone == Zone::Head && byline.is_said);
    let alone = datelines.iter().filter(|line| line.zone == Zone::Head && line.is_alone);
    let first = said.map(|byline| byline.block).chain(alone.map(|line| line.block)).min()?;
    let above = first.checked_sub(1)?;
    let is_running = |block: usize| blocks.text(block).chars().count() > LONGEST;
    if (0..=above).any(is_running) {
        return None;
    }
    let text = blocks.text(above).trim();
    let length = text.chars().count();
    let is_sentence = text.ends_with(['.', ':', ';', ',', '。', '：', '；', '，', '،']);
    let is_list = text.contains(['|', '•', '·', '»', '>', '\t', '\n']);
    let has_letters = text.chars().any(char::is_alphabetic);
    (has_letters && length >= SHORTEST && !is_sentence && !is_list).then_some(text)
}
