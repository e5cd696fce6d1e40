//! How a block stood on the page: its role, what set it off, the marked-up runs inside it.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a block is in the structure of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Role {
    /// The title of the page, as it stands on the page.
    Title,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// An item of a list, or a further block of one.
    ListItem,
    /// A cell of a table.
    TableCell,
    /// A row of a table drawn in plain text.
    TableRow,
    /// Preformatted text: kept verbatim, with its line breaks.
    Code,
    /// Quoted text.
    Quote,
    /// The caption of a figure or table.
    Caption,
    /// A term of a definition list.
    Term,
    /// The definition of a term.
    Definition,
    /// A button, an option, a label of a form.
    Control,
    /// Text that no element says more of.
    #[default]
    Text,
}

impl Role {
    /// The stable name: snake case, headings with their level (`heading2`).
    pub fn name(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Heading(0 | 1) => "heading1",
            Role::Heading(2) => "heading2",
            Role::Heading(3) => "heading3",
            Role::Heading(4) => "heading4",
            Role::Heading(5) => "heading5",
            Role::Heading(_) => "heading6",
            Role::Paragraph => "paragraph",
            Role::ListItem => "list_item",
            Role::TableCell => "table_cell",
            Role::TableRow => "table_row",
            Role::Code => "code",
            Role::Quote => "quote",
            Role::Caption => "caption",
            Role::Term => "term",
            Role::Definition => "definition",
            Role::Control => "control",
            Role::Text => "text",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The text is no name of a [`Role`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no role is called {0:?}")]
pub struct UnknownRole(String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        const PLAIN: [Role; 12] = [
            Role::Title,
            Role::Paragraph,
            Role::ListItem,
            Role::TableCell,
            Role::TableRow,
            Role::Code,
            Role::Quote,
            Role::Caption,
            Role::Term,
            Role::Definition,
            Role::Control,
            Role::Text,
        ];
        let headings = (1..=6).map(Role::Heading);
        let role = PLAIN.into_iter().chain(headings).find(|role| role.name() == name);
        role.ok_or_else(|| UnknownRole(name.to_owned()))
    }
}

impl Serialize for Role {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

/// What sets a block off from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Gap {
    /// Nothing but inline space: the two stand on one line.
    Space,
    /// They are cells of one table row.
    Cell,
    /// A line break.
    Line,
    /// The start of a new paragraph, list, table or section.
    #[default]
    Paragraph,
}

/// Where a block stands in lists, quotes and tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Layout {
    /// How many block quotes are around it.
    #[serde(skip_serializing_if = "is_default")]
    pub quote_depth: u8,
    /// How many lists are around it.
    #[serde(skip_serializing_if = "is_default")]
    pub list_depth: u8,
    /// Its number, if it is the first block of an item of an ordered list.
    #[serde(skip_serializing_if = "is_default")]
    pub ordinal: Option<i32>,
    /// Whether it is the first block of its list item.
    #[serde(skip_serializing_if = "is_default")]
    pub starts_item: bool,
    /// Whether it is the first block of its table row.
    #[serde(skip_serializing_if = "is_default")]
    pub starts_row: bool,
    /// Whether it stands in a header cell.
    #[serde(skip_serializing_if = "is_default")]
    pub header_cell: bool,
    /// Whether its task is done, if it is the first block of an item that is one of a list of tasks.
    #[serde(skip_serializing_if = "is_default")]
    pub task: Option<bool>,
    /// Whether a rule sets it off from what is before.
    #[serde(skip_serializing_if = "is_default")]
    pub after_rule: bool,
}

impl Layout {
    pub(crate) fn is_default(&self) -> bool {
        is_default(self)
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A run of a block's text that inline markup sets apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span<'p> {
    /// First byte of the run in the block's text.
    pub start: usize,
    /// End of the run in the block's text.
    pub end: usize,
    /// What the markup says.
    pub mark: Mark<'p>,
}

/// What inline markup says about a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mark<'p> {
    /// A link, with its target as the page writes it.
    Link(&'p str),
    /// Emphasis: `em`, `i`, `cite`, `dfn`, `var`.
    Emphasis,
    /// Importance: `strong`, `b`.
    Strong,
    /// Code: `code`, `kbd`, `samp`, `tt`.
    Code,
    /// Struck out: `s`, `del`, `strike`.
    Deleted,
    /// Superscript.
    Superscript,
    /// Subscript.
    Subscript,
    /// A formula, which the page also gives in the notation of TeX.
    Math {
        /// The formula in TeX.
        source: &'p str,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// What highlighters show beside code: line numbers, a button. Markdown and HTML leave it out.
    Gutter,
}

/// A [`Span`] as the page holds it: the range counts in the text of the whole page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SpanData {
    pub range: Range<u32>,
    pub mark: MarkData,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MarkData {
    /// The range of the target in the string of all link targets.
    Link(Range<u32>),
    Emphasis,
    Strong,
    Code,
    Deleted,
    Superscript,
    Subscript,
    /// The range of the source in the string of all link targets, and whether it stands on a line of its own.
    Math(Range<u32>, bool),
    Gutter,
}

impl SpanData {
    /// The span as a caller sees it, for a block whose text starts at `start`.
    pub fn view<'p>(&self, start: u32, targets: &'p str) -> Span<'p> {
        let text = |range: &Range<u32>| &targets[range.start as usize..range.end as usize];
        Span {
            start: (self.range.start - start) as usize,
            end: (self.range.end - start) as usize,
            mark: match &self.mark {
                MarkData::Link(target) => Mark::Link(text(target)),
                MarkData::Emphasis => Mark::Emphasis,
                MarkData::Strong => Mark::Strong,
                MarkData::Code => Mark::Code,
                MarkData::Deleted => Mark::Deleted,
                MarkData::Superscript => Mark::Superscript,
                MarkData::Subscript => Mark::Subscript,
                MarkData::Math(source, display) => Mark::Math { source: text(source), display: *display },
                MarkData::Gutter => Mark::Gutter,
            },
        }
    }
}
