//! What is known of the page as a whole: its title, what it says it is, and sums over its blocks.

use std::sync::LazyLock;

use html5ever::local_name;
use memchr::memmem::Finder;
use rustc_hash::FxHashSet;

use super::containers::Containers;
use super::words::words;
use super::{BlockFacts, Put, share};
use crate::lexicon::CUE_KINDS;
use crate::page::Role;
use crate::segment::Segments;
use crate::squash::squash;
use crate::tree::{NodeId, Step, Tree};

/// Only this much of a page's structured data is searched for the types it names.
const SEARCHED_DATA: usize = 1 << 18;

/// What schema.org and Open Graph types say a page is; each with the words that say it.
const TYPES: [(&str, &[&str]); 6] = [
    ("article", &["NewsArticle", "BlogPosting", "\"Article\"", "Report\""]),
    ("product", &["\"Product\"", "schema.org/Product"]),
    ("forum", &["DiscussionForumPosting", "QAPage", "\"Question\""]),
    ("collection", &["ItemList", "CollectionPage", "\"Blog\""]),
    ("faq", &["FAQPage"]),
    ("organization", &["LocalBusiness", "\"Service\"", "\"Organization\""]),
];

/// The words of [`TYPES`], ready to be searched for.
static TYPE_WORDS: LazyLock<Vec<Vec<Finder<'static>>>> =
    LazyLock::new(|| TYPES.iter().map(|(_, words)| words.iter().map(Finder::new).collect()).collect());

/// What is known of the page as a whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageFacts {
    /// What `<title>` or Open Graph calls the page.
    pub title: Option<String>,
    /// The scripts with JSON-LD.
    pub data: Vec<NodeId>,
    title_words: FxHashSet<String>,
    /// The first letters and the lengths of the title's words, a bit each: most other words differ in one of them.
    title_letters: u32,
    title_lengths: u64,
    og_article: bool,
    og_product: bool,
    types: [bool; TYPES.len()],
    articles: f32,
    mains: f32,
    forms: f32,
    tables: f32,
    address: Address,
}

/// What the page's own address says, as far as the page gives it.
#[derive(Clone, Debug, Default)]
struct Address {
    is_known: bool,
    segments: f32,
    /// Words of the last segment: a long one is the title of a text.
    slug_words: f32,
    has_digits: bool,
    words: [bool; ADDRESS_WORDS.len()],
}

/// Words in addresses of pages, by what they lead to.
const ADDRESS_WORDS: [(&str, &[&str]); 7] = [
    (
        "shop_item",
        &["product", "products", "p", "item", "items", "dp", "itm", "produkt", "produit", "producto", "buy"],
    ),
    (
        "shop_list",
        &[
            "collection",
            "collections",
            "category",
            "categories",
            "shop",
            "c",
            "cat",
            "kategorie",
            "browse",
            "store",
            "catalog",
        ],
    ),
    (
        "text",
        &[
            "blog", "news", "article", "articles", "story", "stories", "post", "posts", "magazine",
            "aktuell", "opinion",
        ],
    ),
    (
        "forum",
        &[
            "forum",
            "forums",
            "thread",
            "threads",
            "topic",
            "t",
            "questions",
            "question",
            "viewtopic",
            "showthread",
            "community",
            "discussion",
        ],
    ),
    (
        "docs",
        &[
            "docs",
            "doc",
            "documentation",
            "guide",
            "guides",
            "api",
            "reference",
            "manual",
            "tutorial",
            "help",
            "learn",
            "wiki",
        ],
    ),
    (
        "list",
        &["tag", "tags", "author", "search", "archive", "topics", "jobs", "events", "list", "top", "best"],
    ),
    (
        "service",
        &[
            "services",
            "service",
            "solutions",
            "solution",
            "features",
            "platform",
            "pricing",
            "about",
            "company",
        ],
    ),
];

impl Address {
    fn of(url: &str) -> Address {
        let path =
            url.split_once("://").map_or(url, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        let path = path.split(['?', '#']).next().unwrap_or("");
        let segments: Vec<String> =
            path.split('/').filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
        let is_there =
            |(_, words): &(&str, &[&str])| segments.iter().any(|segment| words.contains(&segment.as_str()));
        Address {
            is_known: true,
            segments: segments.len() as f32,
            slug_words: segments.last().map_or(0, |slug| slug.split(['-', '_']).count()) as f32,
            has_digits: path.bytes().any(|byte| byte.is_ascii_digit()),
            words: ADDRESS_WORDS.each_ref().map(is_there),
        }
    }

    fn put(&self, put: &mut (impl Put + ?Sized)) {
        put("address", "known", f32::from(self.is_known));
        put("address", "segments", self.segments);
        put("address", "slug_words", self.slug_words);
        put("address", "digits", f32::from(self.has_digits));
        for (found, (name, _)) in self.words.into_iter().zip(ADDRESS_WORDS) {
            put("address", name, f32::from(found));
        }
    }
}

impl PageFacts {
    pub fn of_tree(tree: &Tree) -> PageFacts {
        let mut facts = PageFacts::default();
        let mut og_title = None;
        let mut searched = 0;
        for step in tree.walk(NodeId::DOCUMENT) {
            let Step::Enter(id) = step else { continue };
            let Some(name) = tree.html_name(id) else { continue };
            match *name {
                local_name!("title") if facts.title.is_none() => {
                    facts.title = Some(squash(&tree.text_content(id))).filter(|title| !title.is_empty());
                }
                local_name!("meta") => facts.read_meta(tree, id, &mut og_title),
                local_name!("script") => facts.read_script(tree, id, &mut searched),
                local_name!("link") => facts.read_link(tree, id),
                local_name!("article") => facts.articles += 1.0,
                local_name!("main") => facts.mains += 1.0,
                local_name!("form") => facts.forms += 1.0,
                local_name!("table") => facts.tables += 1.0,
                _ => {}
            }
        }
        facts.title = facts.title.or(og_title);
        facts.set_title_words();
        facts
    }

    /// The first line of a plain text stands for its title, if it is short.
    pub fn of_text(segments: &Segments) -> PageFacts {
        const LONGEST_TITLE: usize = 150;
        let first = segments.blocks.first().map(|block| segments.block_text(block));
        let mut facts = PageFacts {
            title: first.filter(|line| line.len() < LONGEST_TITLE).map(str::to_owned),
            ..PageFacts::default()
        };
        facts.set_title_words();
        facts
    }

    fn set_title_words(&mut self) {
        self.title_words = self.title.iter().flat_map(|title| words(title)).map(str::to_lowercase).collect();
        for word in &self.title_words {
            let (letter, length) = letter_and_length(word);
            self.title_letters |= letter;
            self.title_lengths |= length;
        }
    }

    fn read_link(&mut self, tree: &Tree, id: NodeId) {
        let is_canonical =
            tree.attribute(id, &local_name!("rel")).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        let target = tree.attribute(id, &local_name!("href")).filter(|_| is_canonical);
        if let Some(target) = target.filter(|target| target.contains("://")) {
            self.address = Address::of(target);
        }
    }

    fn read_meta(&mut self, tree: &Tree, id: NodeId, og_title: &mut Option<String>) {
        let Some(property) = tree.attribute(id, &local_name!("property")) else { return };
        let Some(content) = tree.attribute(id, &local_name!("content")) else { return };
        match property {
            "og:type" => {
                self.og_article |= content == "article";
                self.og_product |= content.contains("product");
            }
            "og:title" => *og_title = Some(squash(content)),
            "og:url" if !self.address.is_known && content.contains("://") => {
                self.address = Address::of(content)
            }
            _ => {}
        }
    }

    fn read_script(&mut self, tree: &Tree, id: NodeId, searched: &mut usize) {
        let kind = tree.attribute(id, &local_name!("type")).unwrap_or("");
        if !kind.split(';').next().unwrap_or("").trim().eq_ignore_ascii_case("application/ld+json") {
            return;
        }
        self.data.push(id);
        // The weights were made from scripts of exactly this type.
        if kind != "application/ld+json" || *searched > SEARCHED_DATA {
            return;
        }
        for child in tree.children(id) {
            let text = tree.text(child);
            *searched += text.len();
            for (found, words) in self.types.iter_mut().zip(TYPE_WORDS.iter()) {
                *found = *found || words.iter().any(|word| word.find(text.as_bytes()).is_some());
            }
        }
    }

    /// The share of the words of `text` that the title has, and of the title's that `text` has. `room` is room for the
    /// words in lower case.
    pub fn shared_with_title(&self, text: &str, room: &mut String) -> (f32, f32) {
        // A text many times as long as a title is none.
        const LONGEST: usize = 400;
        if self.title_words.is_empty() || text.len() > LONGEST {
            return (0.0, 0.0);
        }
        room.clear();
        let mut ends = Vec::with_capacity(text.len() / 4 + 1);
        for word in words(text) {
            if word.is_ascii() {
                room.push_str(word);
            } else {
                room.push_str(&word.to_lowercase());
            }
            ends.push(room.len());
        }
        room.make_ascii_lowercase();
        let mut known: FxHashSet<&str> = FxHashSet::default();
        known.reserve(ends.len());
        let (mut start, mut shared) = (0, 0);
        for end in ends {
            let word = &room[start..end];
            start = end;
            if known.insert(word) {
                let (letter, length) = letter_and_length(word);
                let may_be = self.title_letters & letter != 0 && self.title_lengths & length != 0;
                shared += usize::from(may_be && self.title_words.contains(word));
            }
        }
        let shared = shared as f32;
        (share(shared, known.len() as f32), share(shared, self.title_words.len() as f32))
    }

    /// Whether the title has this word. `room` is room for its lower-case form.
    pub fn is_in_title(&self, word: &str, room: &mut String) -> bool {
        if !word.is_ascii() {
            return self.title_words.contains(&word.to_lowercase());
        }
        let (letter, length) = letter_and_length(word);
        if self.title_letters & letter == 0 || self.title_lengths & length == 0 {
            return false;
        }
        room.clear();
        room.push_str(word);
        room.make_ascii_lowercase();
        self.title_words.contains(room.as_str())
    }

    pub fn put(&self, containers: &Containers, facts: &[BlockFacts], put: &mut (impl Put + ?Sized)) {
        let page = containers.page();
        put("page", "weight", page.weight);
        put("page", "link_density", page.link_density());
        put("page", "blocks", facts.len() as f32);
        put("page", "paragraph_share", page.paragraph_share());
        put("page", "prose_share", page.prose_share());
        put("page", "prose_blocks", page.prose_blocks);
        put("page", "paragraphs", page.paragraphs);
        put("page", "function_words", page.function_words());
        put("page", "address", page.address());
        put("page", "topics", page.topics());
        put("page", "sentence_ends", page.sentence_ends());
        put("page", "headings", page.headings);
        put("page", "list_items", page.list_items);
        put("page", "code_share", page.code_share());
        put("page", "word_length", share(page.weight, page.words));
        put("page", "prices", page.prices);
        put("page", "longest_block", containers.longest_block);
        put("page", "hidden_share", page.hidden_share());
        put("page", "articles", self.articles);
        put("page", "mains", self.mains);
        put("page", "forms", self.forms);
        put("page", "tables", self.tables);
        put("page", "og_article", f32::from(self.og_article));
        put("page", "og_product", f32::from(self.og_product));
        for (found, (name, _)) in self.types.into_iter().zip(TYPES) {
            put("type", name, f32::from(found));
        }
        self.address.put(put);
        for (kind, name) in CUE_KINDS.into_iter().enumerate() {
            put("page_cues", name, containers.cues[kind]);
        }
    }
}

/// A bit for the first letter of a word, whatever its case, and one for its length.
fn letter_and_length(word: &str) -> (u32, u64) {
    let first = word.bytes().next().unwrap_or_default();
    (1 << (first & 31), 1 << (word.len() & 63))
}

/// Whether a block counts as a paragraph of running text by its role.
pub(crate) fn is_paragraph(role: Role) -> bool {
    matches!(role, Role::Paragraph | Role::Quote | Role::Code)
}
