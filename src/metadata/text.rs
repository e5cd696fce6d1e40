//! What a plain text says of itself, as far as it shows: title, byline, dateline, language.

use unicode_segmentation::UnicodeSegmentation;

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

/// The line right above the first byline or dateline: the title of a text that doesn't set its title off. None if it
/// could be something else, as where another such line stands above it.
fn line_above<'p>(blocks: &Blocks<'p>, bylines: &[Byline], datelines: &[Dateline]) -> Option<&'p str> {
    let said = bylines.iter().filter(|byline| byline.zone == Zone::Head && byline.is_said);
    let alone = datelines.iter().filter(|line| line.zone == Zone::Head && line.is_alone);
    let first = said.map(|byline| byline.block).chain(alone.map(|line| line.block)).min()?;
    let above = first.checked_sub(1)?;
    let is_only = !above.checked_sub(1).is_some_and(|other| may_be_title(blocks.text(other)));
    let is_running = |block: usize| blocks.text(block).chars().count() > LONGEST_LINE;
    let is_title = may_be_title(blocks.text(above)) && is_only && !(0..above).any(is_running);
    is_title.then(|| blocks.text(above))
}

/// A longer line is running text, in characters.
const LONGEST_LINE: usize = 160;

/// Whether a line is neither a sentence, nor a list, nor the name of a section, a site or a person.
fn may_be_title(line: &str) -> bool {
    const LEAST_WORDS: usize = 4;
    let line = line.trim();
    let is_sentence = line.ends_with(['.', ':', ';', ',', '。', '：', '；', '，', '،']);
    let is_list = line.contains(['|', '•', '·', '»', '>', '\t', '\n']);
    let is_short = line.unicode_words().take(LEAST_WORDS).count() < LEAST_WORDS;
    !is_sentence && !is_list && !is_short && line.chars().count() <= LONGEST_LINE
}
