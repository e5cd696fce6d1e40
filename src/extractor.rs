//! The pipeline: the only place that knows the order of the stages.

use std::sync::Arc;

use markup5ever_rcdom::Handle;
use rustc_hash::FxHashMap;

use crate::budget::Budget;
use crate::dom::DomPage;
use crate::error::Error;
use crate::input::{base, bytes, embedded, rcdom, text};
use crate::label::{Choices, Verdict, find_title, label};
use crate::limits::{Limits, OverLimit};
use crate::measure::{Measures, PageFacts, markup_names, text_names};
use crate::metadata::{Markup, OnDemand, Readable, Subject};
use crate::page::{
    BlockData, BoilerplateKind, Evidence, Explain, KindChoice, Kinds, Page, PathStep, Reasons, Role,
    SourceData,
};
use crate::score::{Focus, Form, Scores, confidence, later_names, probability};
use crate::segment::{Place, Segments, segment};
use crate::tree::{NodeId, Tree};

/// Takes pages apart. Built once per crawl and shared: `Send + Sync`, and one page never changes what comes of
/// another.
///
/// ```
/// use tamis::{Extractor, Focus};
///
/// let extractor = Extractor::builder().focus(Focus::Precision).build();
/// let page = extractor.text("A line of plain text that says something.\n\nAnother one.")?;
/// assert_eq!(page.blocks().len(), 2);
/// # Ok::<(), tamis::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Extractor {
    limits: Limits,
    over: OverLimit,
    focus: Focus,
    content_also: Kinds,
    base_url: Option<String>,
}

/// Settings of an [`Extractor`].
#[derive(Clone, Debug, Default)]
pub struct ExtractorBuilder(Extractor);

impl ExtractorBuilder {
    /// What to refuse or bound.
    pub fn limits(self, limits: Limits) -> Self {
        ExtractorBuilder(Extractor { limits, ..self.0 })
    }

    /// What becomes of a page over a limit.
    pub fn over_limit(self, over: OverLimit) -> Self {
        ExtractorBuilder(Extractor { over, ..self.0 })
    }

    /// Which way to err.
    pub fn focus(self, focus: Focus) -> Self {
        ExtractorBuilder(Extractor { focus, ..self.0 })
    }

    /// Kinds of boilerplate that count as content for this crawl, besides those of earlier calls. Their blocks keep
    /// their labels and scores; [`Page::content`] and its renderings hold them, too, where they stand in the
    /// document, and [`Page::boilerplate`] leaves them out.
    ///
    /// ```
    /// use tamis::{BoilerplateKind, Extractor, Label};
    ///
    /// let html = "<h1>Yeast</h1><p>Yeast is a fungus of one cell that turns sugar into alcohol and gas, which is why
    ///     bread rises and beer foams.</p><footer>© 2024 The Oven. All rights reserved.</footer>";
    /// let extractor = Extractor::builder().content_also([BoilerplateKind::SiteFooter]).build();
    /// let page = extractor.html(html)?;
    /// let footer = page.blocks().last().unwrap();
    /// assert_eq!(footer.label(), Label::Boilerplate(BoilerplateKind::SiteFooter));
    /// assert!(page.content().to_string().ends_with("All rights reserved."));
    /// assert!(page.boilerplate().all(|region| region.kind() != Some(BoilerplateKind::SiteFooter)));
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn content_also(mut self, kinds: impl IntoIterator<Item = BoilerplateKind>) -> Self {
        self.0.content_also.extend(kinds);
        self
    }

    /// The address that pages were fetched from: what relative addresses in them are relative to, unless a page has a
    /// `<base href>`. One that is no absolute address is ignored.
    ///
    /// ```
    /// let extractor = tamis::Extractor::builder().base_url("https://example.org/sea/").build();
    /// let page = extractor.html("<p>The moon pulls at the sea, which makes <a href=tides>tides</a>.")?;
    /// let links: Vec<String> = page.all_links().map(|link| link.url().unwrap().into()).collect();
    /// assert_eq!(links, ["https://example.org/sea/tides"]);
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn base_url(self, url: &str) -> Self {
        ExtractorBuilder(Extractor { base_url: Some(url.to_owned()), ..self.0 })
    }

    /// The extractor.
    pub fn build(self) -> Extractor {
        let limits = self.0.limits.within_reach();
        Extractor { limits, ..self.0 }
    }
}

impl Extractor {
    /// An extractor with default settings.
    pub fn new() -> Extractor {
        Extractor::default()
    }

    /// Begins the settings of an extractor.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// Takes an HTML page apart.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyBytes`], [`Error::TooManyNodes`] and [`Error::TooMuchWork`] over the limits, and others if
    /// [`OverLimit::Refuse`] asks for them.
    ///
    /// ```
    /// let page = tamis::Extractor::new().html("<p>Bread needs flour, water, salt and time.</p>")?;
    /// assert_eq!(page.text(), "Bread needs flour, water, salt and time.");
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn html(&self, html: &str) -> Result<Page, Error> {
        let mut budget = self.budget();
        let html = budget.text(html)?;
        self.of_html(html, budget)
    }

    /// Takes apart a page as it came off the wire: HTML in whatever charset, or plain text.
    ///
    /// The charset is decided as a browser does it: byte order mark, then the parameter of `content_type`, then
    /// what `<meta>` says in the first 1,024 bytes, then detection (see the
    /// [Encoding Standard](https://encoding.spec.whatwg.org/) and the HTML Standard's
    /// [encoding sniffing](https://html.spec.whatwg.org/#encoding-sniffing-algorithm)). Unlike in a browser, bytes that are
    /// valid UTF-8 and more than ASCII are read as UTF-8 whatever is declared, save a few characters that could be
    /// those of a declared encoding of double bytes. Malformed sequences become U+FFFD. Whether it is HTML or plain text, `content_type` decides, or else the first bytes.
    ///
    /// # Errors
    ///
    /// [`Error::NotText`] for bytes that are no text (an image, a PDF, compressed data), and as for
    /// [`html`](Extractor::html).
    ///
    /// ```
    /// let page = tamis::Extractor::new().bytes(b"<p>Caf\xe9 au lait", Some("text/html; charset=iso-8859-1"))?;
    /// assert_eq!(page.text(), "Café au lait");
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn bytes(&self, bytes: &[u8], content_type: Option<&str>) -> Result<Page, Error> {
        let mut budget = self.budget();
        let kept = budget.bytes(bytes.len())?;
        let decoded = bytes::decode(&bytes[..kept], content_type)?;
        if decoded.is_html {
            self.of_html(&decoded.text, budget)
        } else {
            self.of_text(&decoded.text, budget)
        }
    }

    /// Takes a caller's DOM apart, a whole document or any subtree, and leaves it as it was. The page is the one
    /// that [`html`](Extractor::html) gives for the same document; besides it knows the caller's nodes.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyNodes`] and [`Error::TooMuchWork`] over the limits, and others if [`OverLimit::Refuse`] asks for
    /// them.
    pub fn dom(&self, root: &Handle) -> Result<DomPage, Error> {
        let mut budget = self.budget();
        let rcdom::Adopted { mut tree, handles } = rcdom::adopt(root, &mut budget)?;
        budget.spend_nodes(tree.len())?;
        let segments = cut_into_blocks(&mut tree, &mut budget)?;
        let leaves = segments.leaves.clone();
        let leaf_ranges = segments.blocks.iter().map(|block| block.place.leaves()).collect();
        let tree = Arc::new(tree);
        let page = self.of_markup(&tree, segments, budget)?;
        Ok(DomPage::new(page, tree, handles, leaves, leaf_ranges))
    }

    /// Takes a plain text apart: paragraphs by blank lines or one a line, hard-wrapped ones joined, lists,
    /// headings, quoted lines, tables. Every block carries its range of bytes in `text`.
    ///
    /// # Errors
    ///
    /// [`Error::TooManyBytes`] and [`Error::TooMuchWork`] over the limits, and others if [`OverLimit::Refuse`] asks for
    /// them.
    ///
    /// ```
    /// use tamis::Source;
    ///
    /// let text = "Opening hours\n\nThe shop is open from Monday to Friday.";
    /// let page = tamis::Extractor::new().text(text)?;
    /// let last = page.blocks().last().unwrap();
    /// assert_eq!(last.source(), Source::Input(15..text.len()));
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn text(&self, text: &str) -> Result<Page, Error> {
        let mut budget = self.budget();
        let text = budget.text(text)?;
        self.of_text(text, budget)
    }

    fn budget(&self) -> Budget {
        Budget::new(self.limits, self.over)
    }

    /// The steps of work that a page takes.
    #[cfg(feature = "internals")]
    pub(crate) fn work(&self, html: &str) -> Result<u64, Error> {
        let mut budget = self.budget();
        let mut tree = budget.parse(html)?;
        cut_into_blocks(&mut tree, &mut budget)?;
        Ok(budget.work())
    }

    fn of_html(&self, html: &str, mut budget: Budget) -> Result<Page, Error> {
        let mut tree = budget.parse(html)?;
        let segments = cut_into_blocks(&mut tree, &mut budget)?;
        self.of_markup(&Arc::new(tree), segments, budget)
    }

    fn of_text(&self, text: &str, mut budget: Budget) -> Result<Page, Error> {
        budget.spend(text.len() as u64)?;
        let segments = budget.blocks(text::split(text))?;
        let page_facts = PageFacts::of_text(&segments);
        let measures = Measures::of_text(&segments, &page_facts);
        let verdict = self.judge(measures, Form::Text, &page_facts);
        let mut page = verdict.into_page(segments, None, &mut |place| match place {
            Place::Input(range) => SourceData::Input(range.clone()),
            Place::Element { .. } => SourceData::Element(None),
        });
        page.base_url = self.base_url.as_deref().and_then(base::absolute).map(String::from);
        page.truncated = budget.truncated;
        Ok(page)
    }

    fn of_markup(&self, tree: &Arc<Tree>, segments: Segments, mut budget: Budget) -> Result<Page, Error> {
        let page_facts = PageFacts::of_tree(tree);
        let data = Readable::of(tree, &page_facts.data, self.limits.max_data_bytes);
        if data.is_cut {
            budget.cut_data()?;
        }
        let measures = Measures::of_markup(tree, &segments, &page_facts);
        let verdict = self.judge(measures, Form::Markup, &page_facts);
        let markup = Markup { tree: Arc::clone(tree), data: data.scripts, base_url: self.base_url.clone() };
        let mut paths = Paths::new(tree);
        let mut page = verdict.into_page(segments, Some(markup), &mut |place| match place {
            Place::Element { element, .. } => match tree.carrier(*element) {
                Some(carrier) => SourceData::Embedded(paths.step(carrier)),
                None => SourceData::Element(paths.step(*element)),
            },
            Place::Input(range) => SourceData::Input(range.clone()),
        });
        page.path_steps = paths.steps;
        page.base_url = base::base_url(tree, self.base_url.as_deref());
        page.truncated = budget.truncated;
        Ok(page)
    }

    fn judge(&self, measures: Measures, form: Form, page_facts: &PageFacts) -> Judged {
        let scores = Scores::of(&measures, form);
        let cut = scores.cut(&measures, self.focus);
        let (verdicts, choices) = label(&measures.facts, &scores, cut.even, form);
        let title_block = find_title(&measures.facts, &verdicts, page_facts);
        Judged {
            title: page_facts.title.clone(),
            title_block,
            link_densities: measures.facts.iter().map(|facts| facts.link_density).collect(),
            confidence: confidence(cut.expected, form),
            content_also: self.content_also,
            verdicts,
            choices,
            scores,
            form,
        }
    }
}

/// Cuts a page into blocks; if it shows no text of its own, what it carries outside its markup comes along.
pub(crate) fn cut_into_blocks(tree: &mut Tree, budget: &mut Budget) -> Result<Segments, Error> {
    let segments = segment(tree);
    if segments.has_running_text() || !embedded::unfold(tree, budget)? {
        return budget.blocks(segments);
    }
    budget.blocks(segment(tree))
}

/// Takes an HTML page apart with default settings; see [`Extractor::html`].
///
/// # Errors
///
/// As [`Extractor::html`], over the default [`Limits`].
///
/// ```
/// let page = tamis::extract("<nav><a href=/>Home</a> <a href=/shop>Shop</a></nav><p>Lava cools to basalt.")?;
/// for region in page.boilerplate() {
///     println!("{:?} {:.2} {}", region.kind(), region.score(), region.text());
/// }
/// # Ok::<(), tamis::Error>(())
/// ```
pub fn extract(html: &str) -> Result<Page, Error> {
    Extractor::new().html(html)
}

/// A page judged, before it is put together.
struct Judged {
    title: Option<String>,
    title_block: Option<usize>,
    link_densities: Vec<f32>,
    confidence: f32,
    content_also: Kinds,
    verdicts: Vec<Verdict>,
    choices: Choices,
    scores: Scores,
    form: Form,
}

impl Judged {
    fn into_page(
        self,
        segments: Segments,
        markup: Option<Markup>,
        source: &mut dyn FnMut(&Place) -> SourceData,
    ) -> Page {
        let blocks = segments.blocks.iter().zip(&self.verdicts).enumerate();
        let blocks = blocks.map(|(index, (block, verdict))| BlockData {
            text: block.text.clone(),
            label: verdict.label,
            score: probability(self.scores.scores[index]),
            label_score: verdict.sure,
            role: if self.title_block == Some(index) { Role::Title } else { block.role },
            gap: block.gap,
            layout: block.layout,
            link_density: self.link_densities[index],
            hidden: block.hidden,
            spans: block.spans.clone(),
            source: source(&block.place),
        });
        let blocks: Vec<BlockData> = blocks.collect();
        let heading = self.title_block.map(|index| segments.block_text(&segments.blocks[index]).to_owned());
        Page {
            title: heading.or(self.title),
            metadata: OnDemand::of(Subject {
                markup,
                segments: segments.blocks,
                leaves: segments.leaves,
                verdicts: self.verdicts,
                title: self.title_block,
            }),
            blocks,
            text: segments.text,
            spans: segments.spans,
            targets: segments.targets,
            details: segments.details,
            base_url: None,
            path_steps: Vec::new(),
            confidence: self.confidence,
            truncated: Vec::new(),
            content_also: self.content_also,
            reasons: Reasons(Some(Arc::new(Judgement {
                scores: self.scores,
                choices: self.choices,
                form: self.form,
            }))),
        }
    }
}

/// What made a page's verdicts.
#[derive(Debug)]
struct Judgement {
    scores: Scores,
    choices: Choices,
    form: Form,
}

impl Judgement {
    fn names(&self) -> Vec<String> {
        let mut names = match self.form {
            Form::Markup => markup_names(),
            Form::Text => text_names(),
        };
        names.extend(later_names());
        names
    }
}

impl Explain for Judgement {
    fn explain_label(&self, block: usize) -> Option<KindChoice> {
        self.choices.explain(block, &self.scores.row(block), &self.names())
    }

    fn explain(&self, block: usize) -> Vec<Evidence> {
        let names = self.names();
        let row = self.scores.row(block);
        let parts = self.scores.contributions(block);
        let mut evidence: Vec<Evidence> = (names.into_iter().zip(row).zip(parts))
            .filter(|(_, part)| *part != 0.0)
            .map(|((measure, value), contribution)| Evidence { measure, value, contribution })
            .collect();
        let spoken = self.scores.spoken(block);
        if spoken != 0.0 {
            let measure = "lexicon".to_owned();
            evidence.push(Evidence { measure, value: spoken, contribution: -spoken });
        }
        evidence.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        evidence
    }
}

/// The paths of the elements that blocks stand in, each step kept once.
struct Paths<'t> {
    tree: &'t Tree,
    steps: Vec<PathStep>,
    /// The step of every node that has one, by the node's index; [`NONE`](Self::NONE) for all others.
    known: Vec<u32>,
    /// The number of every element among its like, once one of its siblings was asked for; 0 before.
    numbers: Vec<u32>,
}

impl<'t> Paths<'t> {
    const NONE: u32 = u32::MAX;

    fn new(tree: &'t Tree) -> Self {
        Paths { tree, steps: Vec::new(), known: vec![Self::NONE; tree.len()], numbers: vec![0; tree.len()] }
    }

    /// The step of an element, made with those above it when first asked for.
    fn step(&mut self, element: NodeId) -> Option<u32> {
        let tree = self.tree;
        let is_unknown = |id: &NodeId| self.known[id.index()] == Self::NONE;
        let unknown: Vec<NodeId> = tree.ancestors(element).take_while(is_unknown).collect();
        for &id in unknown.iter().rev() {
            let Some(data) = tree.element(id) else { continue };
            let parent = tree.ancestors(id).skip(1).find_map(|above| self.known_step(above));
            let number = self.number(id);
            self.known[id.index()] = self.steps.len() as u32;
            self.steps.push(PathStep { parent, name: data.name.local.clone(), number });
        }
        tree.ancestors(element).find_map(|id| self.known_step(id))
    }

    fn known_step(&self, id: NodeId) -> Option<u32> {
        Some(self.known[id.index()]).filter(|&step| step != Self::NONE)
    }

    /// The number of an element among its siblings of the same name, from 1. All siblings are counted at once,
    /// so that a long list is gone through once and not once an item.
    fn number(&mut self, id: NodeId) -> u32 {
        if self.numbers[id.index()] > 0 {
            return self.numbers[id.index()];
        }
        let Some(parent) = self.tree.parent(id) else { return 1 };
        let mut counts = FxHashMap::default();
        for child in self.tree.children(parent) {
            if let Some(element) = self.tree.element(child) {
                let count = counts.entry(&element.name.local).or_insert(0);
                *count += 1;
                self.numbers[child.index()] = *count;
            }
        }
        self.numbers[id.index()].max(1)
    }
}
