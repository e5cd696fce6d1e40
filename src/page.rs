//! What comes out: the page as blocks in document order, each labelled, and regions of alike blocks.

mod details;
mod form;
mod kinds;
mod label;
mod layout;
mod links;
mod source;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use details::Cell;
pub(crate) use details::{Details, ImageData, ImagePlace, NoteData, is_language};
pub(crate) use form::BLOCK_SEPARATOR;
pub(crate) use kinds::Kinds;
pub use label::{BoilerplateKind, Label, UnknownLabel};
pub use layout::{Gap, Layout, Mark, Role, Span, UnknownRole};
pub(crate) use layout::{MarkData, SpanData};
pub use links::{Image, Link, Table, TableCell};
pub use source::{ElementPath, Source};
pub(crate) use source::{PathStep, SourceData};

use crate::limits::Truncation;
use crate::metadata::{Metadata, OnDemand};
use crate::render::{self, Addresses, PlainText};

/// A page, taken apart: one string holds its text, blocks are ranges of it, and every visible text of the
/// input is in exactly one block, in document order.
///
/// A page owns what it holds, is `Send + Sync + Clone`, and goes through serde both ways; only
/// [`explain`](Page::explain) and [`explain_label`](Page::explain_label) are lost there.
///
/// ```
/// let page = tamis::extract("<title>Tea</title><body><nav><a href=/>Home</a></nav><h1>Tea</h1><p>Boil the water first.")?;
/// let texts: Vec<&str> = page.blocks().map(|block| block.text()).collect();
/// assert_eq!(texts, ["Home", "Tea", "Boil the water first."]);
/// # Ok::<(), tamis::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub(crate) text: String,
    pub(crate) blocks: Vec<BlockData>,
    pub(crate) spans: Vec<SpanData>,
    /// The targets of all links, one after the other.
    pub(crate) targets: String,
    /// The elements that blocks stand in, and those above them; parents come first.
    pub(crate) path_steps: Vec<PathStep>,
    pub(crate) details: Details,
    /// What relative addresses are relative to.
    pub(crate) base_url: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) metadata: OnDemand,
    pub(crate) confidence: f32,
    /// The kinds of boilerplate that count as content, too.
    pub(crate) content_also: Kinds,
    pub(crate) reasons: Reasons,
    pub(crate) truncated: Vec<Truncation>,
}

/// A block as the page holds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BlockData {
    pub text: Range<u32>,
    pub label: Label,
    /// Probability of main content.
    pub score: f32,
    /// How sure the label is, 0 to 1.
    pub label_score: f32,
    pub role: Role,
    pub gap: Gap,
    pub layout: Layout,
    pub link_density: f32,
    pub hidden: bool,
    pub spans: Range<u32>,
    pub source: SourceData,
}

/// What made the verdicts, kept so that a block can be explained later. Two pages of the same verdicts are
/// the same page, whatever is still known of the reasons.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reasons(pub Option<Arc<dyn Explain>>);

/// A finished scoring that can say what moved a block.
pub(crate) trait Explain: fmt::Debug + Send + Sync {
    fn explain(&self, block: usize) -> Vec<Evidence>;
    fn explain_label(&self, block: usize) -> Option<KindChoice>;
}

impl PartialEq for Reasons {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

/// One measure's part in a verdict; see [`Page::explain`] and [`Page::explain_label`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Evidence {
    /// The name of the measure, such as `link_density` or `cue.newsletter`.
    pub measure: String,
    /// What it measured on this block.
    pub value: f32,
    /// How far it moved the block, in log-odds: towards main content, or the kind that was chosen, if positive, away
    /// from it if negative.
    pub contribution: f32,
}

/// Why a block of boilerplate is of its kind and no other; see [`Page::explain_label`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct KindChoice {
    /// The kind that was chosen.
    pub kind: BoilerplateKind,
    /// The kind that the block would have had instead.
    pub runner_up: BoilerplateKind,
    /// By how much the page as a whole is labelled better with the one than with the other, in log-odds; never less
    /// than 0.
    pub margin: f32,
    /// What spoke for the kind and against the runner-up, largest part first. The contributions add up to `margin`.
    ///
    /// Besides measures by their names there may be, for either kind, `lexicon.cue.KIND` (how strongly the block's
    /// words are a cue of it, 1 to 3), `lexicon.topic.KIND` (how many of its words speak of it) and, in plain text,
    /// `lexicon.heading.KIND` (it stands under a heading that is such a cue); `neighbours`, what the kinds of the
    /// blocks around it had to say; and `prior`, what is true of every block.
    pub evidence: Vec<Evidence>,
}

/// Two pages are the same if they say the same: where link targets are kept does not matter.
impl PartialEq for Page {
    fn eq(&self, other: &Page) -> bool {
        fn spans(page: &Page) -> impl Iterator<Item = Span<'_>> {
            page.spans.iter().map(|span| span.view(0, &page.targets))
        }
        self.text == other.text
            && self.blocks == other.blocks
            && spans(self).eq(spans(other))
            && self.path_steps == other.path_steps
            && self.details == other.details
            && self.base_url == other.base_url
            && self.title == other.title
            && self.metadata() == other.metadata()
            && self.confidence == other.confidence
            && self.content_also == other.content_also
            && self.truncated == other.truncated
    }
}

impl Page {
    /// The blocks, in document order.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = Block<'_>> + ExactSizeIterator + Clone {
        (0..self.blocks.len()).map(|index| Block { page: self, index })
    }

    /// The block at `index`, if there is one.
    pub fn block(&self, index: usize) -> Option<Block<'_>> {
        (index < self.blocks.len()).then_some(Block { page: self, index })
    }

    /// The regions: maximal runs of blocks of one label. Together they cover the page without gaps.
    pub fn regions(&self) -> impl Iterator<Item = Region<'_>> {
        let mut start = 0;
        self.blocks.chunk_by(|a, b| a.label == b.label).map(move |run| {
            let blocks = start..start + run.len();
            start = blocks.end;
            Region { page: self, blocks }
        })
    }

    /// The regions that are not main content, less those of the kinds that
    /// [count as content, too](crate::ExtractorBuilder::content_also): every block of the page is either in
    /// [`content`](Page::content) or here.
    pub fn boilerplate(&self) -> impl Iterator<Item = Region<'_>> {
        self.regions().filter(|region| !self.is_kept(region.label()))
    }

    /// The regions of one kind of boilerplate, whether that kind counts as content or not.
    ///
    /// ```
    /// use tamis::BoilerplateKind;
    ///
    /// let page = tamis::extract("<p>A long enough text, with a comma and a full stop.</p>")?;
    /// assert_eq!(page.boilerplate_of(BoilerplateKind::Comments).count(), 0);
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn boilerplate_of(&self, kind: BoilerplateKind) -> impl Iterator<Item = Region<'_>> {
        self.regions().filter(move |region| region.kind() == Some(kind))
    }

    /// The kinds of boilerplate that count as content on this page, as
    /// [`ExtractorBuilder::content_also`](crate::ExtractorBuilder::content_also) was told.
    pub fn content_also(&self) -> impl Iterator<Item = BoilerplateKind> {
        self.content_also.iter()
    }

    /// Whether blocks of this label are part of [`content`](Page::content).
    fn is_kept(&self, label: Label) -> bool {
        label.kind().is_none_or(|kind| self.content_also.contains(kind))
    }

    /// The main content, and the blocks of all kinds that
    /// [count as content, too](crate::ExtractorBuilder::content_also), in document order. It displays as plain text:
    /// paragraphs apart, list items and table rows a line each, cells of a row apart by a tab, code verbatim.
    pub fn content(&self) -> Content<'_> {
        Content { page: self }
    }

    /// The [`content`](Page::content) as plain text: as [`content`](Page::content) displays it, or with the links, or a line a
    /// block.
    ///
    /// ```
    /// use tamis::PlainText;
    ///
    /// let page = tamis::extract("<article><p>Where the tide is highest it is used by <a href=/plants>power plants</a>, \
    ///     of which there are few, and the oldest stands at the mouth of the Rance.</p></article>")?;
    /// let text = page.content_text(PlainText { link_notes: true, ..PlainText::default() });
    /// assert!(text.ends_with("power plants [1], of which there are few, and the oldest stands at the mouth of the Rance.\n\n[1] /plants"));
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn content_text(&self, options: PlainText) -> String {
        options.write(self.content().blocks(), &self.addresses())
    }

    /// The [`content`](Page::content) as Markdown: [CommonMark] with the tables, struck out text, tasks and formulas (`$…$`) of
    /// [GFM]. A parser that knows of these gives back the texts of the blocks, character by character but for white
    /// space, and besides the alternative texts of images and the sources of formulas. There is no HTML in it but
    /// `<sup>`, `<sub>` and, in cells, `<br>`, without attributes, whatever the page holds.
    ///
    /// Terms of definition lists are bold, their definitions follow. Cells that span several rows or columns stand in
    /// the first of them. Line numbers beside code are left out. Addresses are absolute where it is known what they
    /// are relative to, and links that could run a script only leave their text.
    ///
    /// [CommonMark]: https://spec.commonmark.org/
    /// [GFM]: https://github.github.com/gfm/
    pub fn content_markdown(&self) -> String {
        render::markdown(self.content().blocks(), &self.addresses())
    }

    /// The [`content`](Page::content) as HTML that can be put into any page. It is well formed, and has no more than these
    /// elements and attributes, whatever the page holds:
    ///
    /// - `h1` to `h6`, `p`, `br`, `hr`, `blockquote`, `pre`, `figure` and `figcaption`,
    /// - `ul`, `ol` (`start`), `li`, `input` (`type="checkbox"`, `disabled`, `checked`), `dl`, `dt`, `dd`,
    /// - `table`, `tr`, `th` and `td` (`colspan`, `rowspan`),
    /// - `a` (`href`: `http`, `https`, `mailto`, `tel` or relative), `em`, `strong`, `del`, `sup`, `sub`,
    ///   `code` (`class="language-…"`),
    /// - `img` (`src`: `http`, `https` or relative; `alt`, `width`, `height`),
    /// - `math` (`display`) with `semantics`, `mtext`, `annotation` (`encoding`) around the text of a formula and its
    ///   source in TeX.
    ///
    /// Addresses are absolute where it is known what they are relative to. Taken apart again it has the same content.
    pub fn content_html(&self) -> String {
        render::html(self.content().blocks(), &self.addresses())
    }

    /// The regions whose labels `keep` takes, as Markdown, each behind a comment with the name of its label:
    /// `<!-- tamis: navigation -->`.
    ///
    /// ```
    /// let page = tamis::extract("<nav><a href=/>Home</a> <a href=/shop>Shop</a></nav><p>Lava cools to basalt, and \
    ///     basalt breaks into columns of six sides.</p>")?;
    /// let markdown = page.labelled_markdown(|label| !label.is_content());
    /// assert_eq!(markdown.matches("<!-- tamis: ").count(), page.boilerplate().count());
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn labelled_markdown(&self, keep: impl Fn(Label) -> bool) -> String {
        render::labelled_markdown(self, keep, &self.addresses())
    }

    /// The regions whose labels `keep` takes, as HTML like that of [`content_html`](Page::content_html), each in a
    /// `<div data-tamis="navigation">` with the name of its label.
    pub fn labelled_html(&self, keep: impl Fn(Label) -> bool) -> String {
        render::labelled_html(self, keep, &self.addresses())
    }

    /// The addresses of the page, made absolute where it is known what they are relative to.
    fn addresses(&self) -> Addresses {
        Addresses::new(self.base_url.as_deref())
    }

    /// The text of the whole page: all blocks in order, a line apart.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The title of the page: that of its main heading, or what `<title>` says.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// What the page says of itself: title, authors, dates, language and the like, each with its source.
    ///
    /// It is found out when it is first asked for, which takes about a tenth of the time that the page took before. What it is
    /// found out from, the page keeps until then: about three bytes a byte of its HTML, besides the one that a page takes
    /// anyway. Who keeps many pages asks them first, or keeps what is needed of them.
    ///
    /// ```
    /// let page = tamis::extract("<meta name=description content='Why seas rise.'><p>The moon pulls at the sea.</p>")?;
    /// assert_eq!(page.metadata().description.as_deref(), Some("Why seas rise."));
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn metadata(&self) -> &Metadata {
        self.metadata.get(&self.text)
    }

    /// How much the extraction can be relied on, 0 to 1; 0 if there is no main content.
    ///
    /// It is the mean word F1 of pages that were taken apart with the same expectation and that the weights were not made from, so
    /// that of pages with 0.8 about a fifth of the words are wrong or missing. Under another
    /// [`Focus`](crate::Focus) than `Balanced` it is read off the same line.
    pub fn confidence(&self) -> f32 {
        self.confidence
    }

    /// What was cut from the page, as it was over one of the [`Limits`](crate::Limits); of ordinary pages nothing. See
    /// [`OverLimit`](crate::OverLimit).
    ///
    /// ```
    /// use tamis::Truncation;
    ///
    /// let page = tamis::extract(&"<div>".repeat(1_000))?;
    /// assert_eq!(page.truncated(), [Truncation::Depth { byte: Some(510 * 5) }]);
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn truncated(&self) -> &[Truncation] {
        &self.truncated
    }

    /// What moved the score of the block at `index`, largest part first. Empty if there is no such block, and
    /// for a page that came back through serde.
    ///
    /// ```
    /// let page = tamis::extract("<p>One paragraph of text, and nothing else around it.</p>")?;
    /// assert!(!page.explain(0).is_empty());
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn explain(&self, index: usize) -> Vec<Evidence> {
        match &self.reasons.0 {
            Some(reasons) if index < self.blocks.len() => reasons.explain(index),
            _ => Vec::new(),
        }
    }

    /// Why the block at `index` is of its kind of boilerplate rather than of the next best one. `None` for main
    /// content, which [`explain`](Page::explain) explains, if there is no such block, and for a page that came back
    /// through serde.
    ///
    /// Kinds are decided along the page (see [`regions`](Page::regions)): a change from one to another has a price, so
    /// a block may be of a kind for its neighbours' sake.
    ///
    /// ```
    /// let page = tamis::extract(
    ///     "<nav><a href=/>Home</a> <a href=/shop>Shop</a></nav>
    ///      <p>Lava that cools fast turns to basalt, and lava that cools slowly, deep down, to granite.</p>",
    /// )?;
    /// let why = page.explain_label(0).unwrap();
    /// println!("{} rather than {}, by {:.1}", why.kind, why.runner_up, why.margin);
    /// for part in why.evidence.iter().take(3) {
    ///     println!("{:+.2}  {} = {}", part.contribution, part.measure, part.value);
    /// }
    /// # assert_eq!(Some(why.kind), page.block(0).unwrap().label().kind());
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn explain_label(&self, index: usize) -> Option<KindChoice> {
        self.reasons.0.as_ref()?.explain_label(index)
    }
}

/// A block of a page: the smallest piece of text that is labelled.
#[derive(Clone, Copy)]
pub struct Block<'p> {
    page: &'p Page,
    index: usize,
}

impl<'p> Block<'p> {
    fn data(&self) -> &'p BlockData {
        &self.page.blocks[self.index]
    }

    /// Its place among the blocks of the page, from 0.
    pub fn index(&self) -> usize {
        self.index
    }

    /// Its text. White space is collapsed, but for code, which keeps its line breaks.
    pub fn text(&self) -> &'p str {
        let Range { start, end } = self.data().text;
        &self.page.text[start as usize..end as usize]
    }

    /// Where its text stands in [`Page::text`], in bytes.
    pub fn text_range(&self) -> Range<usize> {
        let Range { start, end } = self.data().text;
        start as usize..end as usize
    }

    /// What it is.
    pub fn label(&self) -> Label {
        self.data().label
    }

    /// Whether it is part of [`Page::content`]: its label is main content, or a kind that
    /// [counts as content, too](crate::ExtractorBuilder::content_also).
    pub fn is_kept(&self) -> bool {
        self.page.is_kept(self.label())
    }

    /// The probability, 0 to 1, that it is main content.
    pub fn score(&self) -> f32 {
        self.data().score
    }

    /// How sure its label is, 0 to 1: for content the same as [`score`](Block::score).
    pub fn label_score(&self) -> f32 {
        self.data().label_score
    }

    /// What it is in the structure of the text.
    pub fn role(&self) -> Role {
        self.data().role
    }

    /// What sets it off from the block before it.
    pub fn gap(&self) -> Gap {
        self.data().gap
    }

    /// Where it stands in lists, quotes and tables.
    pub fn layout(&self) -> Layout {
        self.data().layout
    }

    /// The share, 0 to 1, of its text that stands in links.
    pub fn link_density(&self) -> f32 {
        self.data().link_density
    }

    /// Whether the page's markup hides it at first: `hidden`, `aria-hidden`, `display:none`, `<template>`.
    pub fn is_hidden(&self) -> bool {
        self.data().hidden
    }

    /// The runs of its text that inline markup sets apart, by their starts; outer ones come first.
    pub fn spans(&self) -> impl Iterator<Item = Span<'p>> + use<'p> {
        let page = self.page;
        let BlockData { text, spans, .. } = self.data();
        page.spans[spans.start as usize..spans.end as usize]
            .iter()
            .map(move |span| span.view(text.start, &page.targets))
    }

    /// The cell it stands in, if it is in a table of data (and not in one that lays out the page).
    pub fn cell(&self) -> Option<Cell> {
        self.page.details.cell_of(self.index)
    }

    /// The language of its code, as the page names it: that of `class="language-rust"` is `rust`.
    pub fn code_language(&self) -> Option<&'p str> {
        self.page.details.language_of(self.index)
    }

    pub(crate) fn addresses(&self) -> Addresses {
        self.page.addresses()
    }

    /// The anchor of the footnote that it is of: what links to the note lead to, behind their `#`.
    pub fn note(&self) -> Option<&'p str> {
        self.page.details.note_of(self.index).map(|note| note.anchor.as_str())
    }

    pub(crate) fn note_data(&self) -> Option<&'p NoteData> {
        self.page.details.note_of(self.index)
    }

    /// The images that belong to it, in order.
    pub(crate) fn image_data(&self) -> &'p [ImageData] {
        self.page.details.images_of(self.index)
    }

    /// Where it comes from.
    pub fn source(&self) -> Source<'p> {
        self.data().source.view(&self.page.path_steps)
    }
}

impl fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block")
            .field("index", &self.index)
            .field("label", &self.label())
            .field("score", &self.score())
            .field("role", &self.role())
            .field("text", &self.text())
            .finish()
    }
}

/// A maximal run of blocks of one label.
#[derive(Clone)]
pub struct Region<'p> {
    page: &'p Page,
    blocks: Range<usize>,
}

impl<'p> Region<'p> {
    /// What it is.
    pub fn label(&self) -> Label {
        // A region is a run of at least one block.
        self.page.blocks[self.blocks.start].label
    }

    /// The kind of boilerplate; `None` for main content.
    pub fn kind(&self) -> Option<BoilerplateKind> {
        self.label().kind()
    }

    /// How sure its label is, 0 to 1: the mean over its blocks, weighted by their lengths.
    pub fn score(&self) -> f32 {
        let run = &self.page.blocks[self.blocks.clone()];
        let length = |block: &BlockData| (block.text.end - block.text.start) as f32;
        let total: f32 = run.iter().map(length).sum();
        let sum: f32 = run.iter().map(|block| block.label_score * length(block)).sum();
        if total > 0.0 { sum / total } else { 0.0 }
    }

    /// Which blocks it is made of.
    pub fn block_range(&self) -> Range<usize> {
        self.blocks.clone()
    }

    /// Its blocks.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = Block<'p>> + ExactSizeIterator + Clone + use<'p> {
        let page = self.page;
        self.blocks.clone().map(move |index| Block { page, index })
    }

    /// Its text: its blocks, a line apart.
    pub fn text(&self) -> &'p str {
        let run = &self.page.blocks[self.blocks.clone()];
        match run {
            [] => "",
            [first, ..] => &self.page.text[first.text.start as usize..run[run.len() - 1].text.end as usize],
        }
    }
}

impl fmt::Debug for Region<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Region")
            .field("label", &self.label())
            .field("blocks", &self.blocks)
            .field("score", &self.score())
            .field("text", &self.text())
            .finish()
    }
}

/// The main content of a page, with what counts as content, too; displays as plain text.
#[derive(Clone, Copy, Debug)]
pub struct Content<'p> {
    page: &'p Page,
}

impl<'p> Content<'p> {
    /// Its blocks, in document order.
    pub fn blocks(&self) -> impl Iterator<Item = Block<'p>> + Clone + use<'p> {
        self.page.blocks().filter(|block| block.is_kept())
    }

    /// Whether the page has no main content, and nothing that counts as content, too.
    pub fn is_empty(&self) -> bool {
        self.blocks().next().is_none()
    }
}

impl fmt::Display for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render::plain(self.blocks(), &mut Block::text, f)
    }
}

#[cfg(test)]
mod tests;
