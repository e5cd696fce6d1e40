//! A caller's DOM, taken apart: the page, and the caller's own nodes of every block and region.

mod annotated;

use std::ops::{Deref, Range};
use std::sync::Arc;

use markup5ever_rcdom::Handle;

use crate::page::{Block, Page, Region};
use crate::tree::{NodeId, Tree};

/// What [`Extractor::dom`](crate::Extractor::dom) gives: a [`Page`] that also knows the caller's nodes.
///
/// The caller's tree is left as it was; the handles are the caller's own, so a crawler can highlight, cut or
/// keep what they stand for.
///
/// ```
/// use tamis::html5ever::tendril::TendrilSink;
/// use tamis::{Extractor, html5ever, rcdom};
///
/// let dom = html5ever::parse_document(rcdom::RcDom::default(), Default::default())
///     .one("<body><p>Rain is expected in the north, and wind in the south.</p>");
/// let page = Extractor::new().dom(&dom.document)?;
/// let block = page.block(0).unwrap();
/// assert_eq!(page.nodes(block).len(), 1);
/// # Ok::<(), tamis::Error>(())
/// ```
#[derive(Clone)]
pub struct DomPage {
    page: Page,
    tree: Arc<Tree>,
    handles: Vec<Handle>,
    /// The text nodes of all blocks, and each block's part of them.
    leaves: Vec<NodeId>,
    leaf_ranges: Vec<Range<u32>>,
}

impl DomPage {
    pub(crate) fn new(
        page: Page,
        tree: Arc<Tree>,
        handles: Vec<Handle>,
        leaves: Vec<NodeId>,
        leaf_ranges: Vec<Range<u32>>,
    ) -> DomPage {
        DomPage { page, tree, handles, leaves, leaf_ranges }
    }

    /// The attribute that [`annotated`](DomPage::annotated) marks elements with: `data-tamis`.
    pub const LABEL_ATTRIBUTE: &'static str = annotated::ATTRIBUTE;

    /// A copy of the caller's DOM that says of every text what it is. The caller's own stays as it was.
    ///
    /// An element whose text is of one label all through carries `data-tamis="LABEL"`, where `LABEL` is the label's
    /// [name](crate::Label::name), such as `content` or `site_footer`; only the topmost such element does, so each
    /// mark is (a part of) one region. Where text of one label stands right beside that of another, such as a date
    /// in the middle of a heading's box, the text is put into a `<span data-tamis="LABEL">` of its own. So all text
    /// of every block is below exactly one mark, with two exceptions: text inside MathML that is not of one label all
    /// through, and text of several labels that the page carries outside its markup (a script or `<meta>` that
    /// carries text of one label is marked like any other element). Elements without text have no mark, and marks that
    /// were on the page before are left out.
    ///
    /// What is copied is the node that the page was made of, with all below it: nothing is moved or left out, however
    /// deep it nests. It takes time in proportion to the size of the DOM. The copy is gone with its root, whatever
    /// other handles into it are kept, as `rcdom` has it.
    ///
    /// ```
    /// use tamis::html5ever::serialize::{SerializeOpts, serialize};
    /// use tamis::html5ever::tendril::TendrilSink;
    /// use tamis::{Extractor, html5ever, rcdom};
    ///
    /// let html = "<nav><a href=/>Home</a> <a href=/news>News</a></nav>
    ///     <p>Snow falls where the air is cold enough all the way down to the ground.</p>";
    /// let dom = html5ever::parse_document(rcdom::RcDom::default(), Default::default()).one(html);
    /// let page = Extractor::new().dom(&dom.document)?;
    ///
    /// let mut out = Vec::new();
    /// serialize(&mut out, &rcdom::SerializableHandle::from(page.annotated()), SerializeOpts::default()).unwrap();
    /// let html = String::from_utf8(out).unwrap();
    /// assert!(html.contains(r#"<p data-tamis="content">Snow falls"#));
    /// # Ok::<(), tamis::Error>(())
    /// ```
    pub fn annotated(&self) -> Handle {
        let mut labels = annotated::Labels::default();
        for (block, leaves) in self.page.blocks().zip(&self.leaf_ranges) {
            let leaves = &self.leaves[leaves.start as usize..leaves.end as usize];
            let nodes = leaves.iter().map(|&leaf| self.tree.carrier(leaf).unwrap_or(leaf));
            for node in nodes.filter_map(|node| self.handles.get(node.index())) {
                labels.add(node, block.label());
            }
        }
        // The first handle is the root's own.
        annotated::annotated(&self.handles[0], &labels)
    }

    /// The page itself, without the caller's nodes.
    pub fn into_page(self) -> Page {
        self.page
    }

    /// The caller's nodes that make up a block: the topmost ones that hold nothing of any other block. Of text that
    /// the page carries outside its markup it is the element that carries it.
    pub fn nodes(&self, block: Block<'_>) -> Vec<Handle> {
        self.topmost(block.index()..block.index() + 1)
    }

    /// The caller's nodes that make up a region: the topmost ones that hold nothing of any other region.
    pub fn region_nodes(&self, region: &Region<'_>) -> Vec<Handle> {
        self.topmost(region.block_range())
    }

    fn topmost(&self, blocks: Range<usize>) -> Vec<Handle> {
        let Some(first) = self.leaf_ranges.get(blocks.start) else { return Vec::new() };
        let end = blocks
            .end
            .checked_sub(1)
            .and_then(|last| self.leaf_ranges.get(last))
            .map_or(first.start, |last| last.end);
        let own = &self.leaves[first.start as usize..end as usize];
        // The text right before and after: nodes that hold it, too, are too large.
        let before = (first.start as usize).checked_sub(1).map(|index| self.leaves[index]);
        let after = self.leaves.get(end as usize).copied();
        let mut nodes: Vec<NodeId> = Vec::new();
        for &leaf in own {
            let path = self.path(leaf);
            let shared = |other: Option<NodeId>| {
                let other = other.map(|other| self.path(other)).unwrap_or_default();
                // The document is shared by all.
                path.iter().zip(&other).take_while(|(a, b)| a == b).count().max(1)
            };
            let topmost = path.get(shared(before).max(shared(after))).copied().unwrap_or(leaf);
            if nodes.last() != Some(&topmost) {
                nodes.push(topmost);
            }
        }
        let own = |node: NodeId| self.tree.carrier(node).unwrap_or(node);
        let mut nodes: Vec<NodeId> = nodes.into_iter().map(own).collect();
        nodes.dedup();
        nodes.into_iter().filter_map(|node| self.handles.get(node.index()).cloned()).collect()
    }

    /// The nodes from the document down to `node`.
    fn path(&self, node: NodeId) -> Vec<NodeId> {
        let mut path: Vec<NodeId> = self.tree.ancestors(node).collect();
        path.reverse();
        path
    }
}

impl Deref for DomPage {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl std::fmt::Debug for DomPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DomPage").field("page", &self.page).finish_non_exhaustive()
    }
}
