//! What a plain text says of itself, as far as it shows: title, byline, dateline, language.

use super::language::{Spoken, primary};
use super::markup::put;
use super::visible::{Blocks, Zone};
use super::{Direction, Metadata, MetadataField as Field, MetadataSource as Source};

/// What a plain text says of itself.
pub(super) fn metadata(blocks: &Blocks) -> Metadata {
    let mut metadata = Metadata::default();
    let spoken = Spoken::of(blocks.content());
    let language = spoken.tag(None).map(|(tag, _)| tag);
    if let Some(title) = blocks.title {
        if put(&mut metadata.title, &blocks.heading(title)) {
            metadata.set(Field::Title, Source::Heading);
        }
    }
    let near = blocks.near();
    let tag = language.as_deref();
    let bylines = blocks.bylines(&near, tag.map_or("", primary));
    if let Some(byline) = bylines.into_iter().find(|byline| byline.zone == Zone::Head) {
        metadata.authors = byline.names;
        metadata.set(Field::Authors, Source::Byline);
    }
    let datelines = blocks.datelines(&near, tag);
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
