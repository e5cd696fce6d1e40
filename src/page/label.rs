//! What a block or a region of a page is for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a block or region is: main content, or boilerplate of some kind.
///
/// ```
/// use tamis::{BoilerplateKind, Label};
///
/// assert_eq!("site_footer".parse(), Ok(Label::Boilerplate(BoilerplateKind::SiteFooter)));
/// assert_eq!(Label::Content.to_string(), "content");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Label {
    /// What the page is for: its title, text, lists, tables, code, captions, posts, product description.
    Content,
    /// Anything else, named by its function for the reader.
    Boilerplate(BoilerplateKind),
}

/// The kinds of boilerplate, by their function for a reader of the page, not by position or markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum BoilerplateKind {
    /// About the content, not of it: author, date, reading time, tags, photo credit, poster lines of a forum.
    Metadata,
    /// Ways to other places of the site: menus, breadcrumbs, pagination, tables of contents.
    Navigation,
    /// The site's masthead: name, logo text, slogan, account, cart and hotline line.
    SiteHeader,
    /// The site's closing matter: address, imprint, legal links, copyright line.
    SiteFooter,
    /// Teasers and links to other content: related, most read, latest, next article, other products.
    Related,
    /// Readers' comments, the form for them, and the rules they are under.
    Comments,
    /// Share, follow, like; lists of social networks.
    Social,
    /// Asks for a lasting tie: newsletter, feed, push, membership, paywall, donation, app.
    Subscription,
    /// Ads, sponsored items, affiliate boxes, job ads, coupons, house ads.
    Advertisement,
    /// Technical or consent notes: cookie banner, age gate, "enable JavaScript", loading and error text.
    Notice,
    /// Interface text: search boxes, filters, buttons, form labels, options.
    Controls,
    /// Disclaimers, disclosures, terms and rights notes that stand with the content.
    Legal,
    /// Boilerplate that is none of these.
    Other,
}

/// The text is no name of a [`Label`] or [`BoilerplateKind`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no label is called {0:?}")]
pub struct UnknownLabel(String);

impl BoilerplateKind {
    /// All kinds, in the order they are listed in the documentation.
    pub const ALL: [BoilerplateKind; 13] = [
        BoilerplateKind::Metadata,
        BoilerplateKind::Navigation,
        BoilerplateKind::SiteHeader,
        BoilerplateKind::SiteFooter,
        BoilerplateKind::Related,
        BoilerplateKind::Comments,
        BoilerplateKind::Social,
        BoilerplateKind::Subscription,
        BoilerplateKind::Advertisement,
        BoilerplateKind::Notice,
        BoilerplateKind::Controls,
        BoilerplateKind::Legal,
        BoilerplateKind::Other,
    ];

    /// The names of all kinds, in the same order.
    pub(crate) const NAMES: [&str; BoilerplateKind::ALL.len()] = {
        let mut names = [""; BoilerplateKind::ALL.len()];
        let mut kind = 0;
        while kind < names.len() {
            names[kind] = BoilerplateKind::ALL[kind].name();
            kind += 1;
        }
        names
    };

    /// The stable name: snake case, as serde and `Display` write it.
    pub const fn name(self) -> &'static str {
        match self {
            BoilerplateKind::Metadata => "metadata",
            BoilerplateKind::Navigation => "navigation",
            BoilerplateKind::SiteHeader => "site_header",
            BoilerplateKind::SiteFooter => "site_footer",
            BoilerplateKind::Related => "related",
            BoilerplateKind::Comments => "comments",
            BoilerplateKind::Social => "social",
            BoilerplateKind::Subscription => "subscription",
            BoilerplateKind::Advertisement => "advertisement",
            BoilerplateKind::Notice => "notice",
            BoilerplateKind::Controls => "controls",
            BoilerplateKind::Legal => "legal",
            BoilerplateKind::Other => "other",
        }
    }
}

impl Label {
    /// The stable name: `content`, or that of the kind.
    pub fn name(self) -> &'static str {
        match self {
            Label::Content => "content",
            Label::Boilerplate(kind) => kind.name(),
        }
    }

    /// Whether this is main content.
    pub fn is_content(self) -> bool {
        self == Label::Content
    }

    /// The kind of boilerplate; `None` for main content.
    pub fn kind(self) -> Option<BoilerplateKind> {
        match self {
            Label::Content => None,
            Label::Boilerplate(kind) => Some(kind),
        }
    }
}

impl fmt::Display for BoilerplateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for BoilerplateKind {
    type Err = UnknownLabel;

    fn from_str(name: &str) -> Result<Self, UnknownLabel> {
        let kind = Self::ALL.into_iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| UnknownLabel(name.to_owned()))
    }
}

impl FromStr for Label {
    type Err = UnknownLabel;

    fn from_str(name: &str) -> Result<Self, UnknownLabel> {
        match name {
            "content" => Ok(Label::Content),
            _ => name.parse().map(Label::Boilerplate),
        }
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for BoilerplateKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for BoilerplateKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}
