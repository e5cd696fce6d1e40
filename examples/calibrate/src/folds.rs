//! Labelled pages, cut and measured, in folds by site.

use std::thread;

use tamis::internals::Sample;

use crate::align;
use crate::corpus::{Gold, GoldBlock, LabelledPage};
use crate::kinds;
use crate::metrics::score_page;
use crate::tongues;

pub const FOLDS: usize = 5;

/// A labelled page, cut and measured.
pub struct Prepared {
    pub page: LabelledPage,
    pub sample: Sample,
    /// The share of each block that is main content, where the corpus says.
    pub shares: Vec<Option<f32>>,
    /// The acceptable labels of each block, where somebody labelled it.
    pub labels: Vec<Option<Vec<String>>>,
    pub fold: usize,
}

impl Prepared {
    /// Whether it was labelled by what other forests thought of it: it teaches, but nothing is judged by it.
    pub fn is_judged(&self) -> bool {
        matches!(self.page.gold, Gold::Judged { .. })
    }

    /// Whether only what a few snippets settle is known of it.
    pub fn is_sparse(&self) -> bool {
        matches!(self.page.gold, Gold::Snippets { .. }) && self.page.regions.is_none()
    }

    /// Whether its reference text, if it has one, is on the page.
    pub fn is_found(&self) -> bool {
        const LEAST_FOUND: f64 = 0.5;
        let best = score_page(self, &|block| self.shares[block].is_some_and(|share| share >= 0.5));
        best.is_none_or(|best| best.f1 >= LEAST_FOUND)
    }
}

/// A site's fold never changes: it hangs on its host alone.
pub fn fold(host: &str) -> usize {
    (fnv(host, 0) >> 32) as usize % FOLDS
}

/// FNV-1a, from a start that the salt changes.
pub fn fnv(text: &str, salt: u64) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325_u64 ^ salt, step)
}

/// Cuts and measures pages, on two threads; the order stays.
pub fn prepare(mut pages: Vec<LabelledPage>, is_text: bool) -> Vec<Prepared> {
    let second = pages.split_off(pages.len() / 2);
    let work = |pages: Vec<LabelledPage>| {
        pages.into_iter().filter_map(|page| prepare_page(page, is_text)).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let handle = scope.spawn(|| work(second));
        let mut all = work(pages);
        all.extend(handle.join().expect("no page makes the engine panic"));
        all
    })
}

fn prepare_page(page: LabelledPage, is_text: bool) -> Option<Prepared> {
    let sample = if is_text { Sample::text(page.text.as_deref()?) } else { Sample::html(&page.html).ok()? };
    let texts = sample.texts();
    let mut shares = align::align(&texts, &page.gold);
    let labels: Vec<Option<Vec<String>>> = match &page.regions {
        Some(gold) => kinds::align(&texts, gold)
            .into_iter()
            .map(|block| block.map(|block| block.labels.clone()))
            .collect(),
        None => vec![None; texts.len()],
    };
    // Where the corpus has but a few snippets, a reader's labels say more.
    if matches!(page.gold, Gold::Snippets { .. }) {
        for (share, labels) in shares.iter_mut().zip(&labels) {
            let first = labels.as_ref().and_then(|labels| labels.first());
            *share = share.or(first.map(|label| f32::from(u8::from(label == "content"))));
        }
    }
    let fold = fold(&page.host);
    Some(Prepared { page, sample, shares, labels, fold })
}

/// Some of the pages in other languages, block for block; a page that is cut otherwise there is left out.
pub fn translate(pages: &[Prepared], is_text: bool) -> Vec<Prepared> {
    let is_sparse =
        |page: &Prepared| matches!(page.page.gold, Gold::Snippets { .. }) && page.page.regions.is_none();
    let is_whole = |page: &&Prepared| !page.page.is_crop && !is_sparse(page) && page.is_found();
    let copies = pages.iter().filter(is_whole).filter_map(|page| {
        let id = &page.page.id;
        let sample = match &page.page.text {
            Some(text) if is_text => Sample::text(&tongues::translate_text(id, text)?),
            _ => Sample::html(&tongues::translate_html(id, &page.page.html)?).ok()?,
        };
        if sample.texts().len() != page.sample.texts().len() {
            return None;
        }
        let copy = LabelledPage {
            id: id.clone(),
            corpus: page.page.corpus.clone(),
            host: page.page.host.clone(),
            gold: Gold::Judged { text: String::new() },
            is_translated: true,
            ..LabelledPage::default()
        };
        Some(Prepared {
            page: copy,
            sample,
            shares: page.shares.clone(),
            labels: page.labels.clone(),
            fold: page.fold,
        })
    });
    copies.collect()
}

/// The page as a crawler stores it that has cleaned it halfway: plain text from the first block of content to some
/// blocks behind the last. What stands there must be told from content by what it says, not by the menus around it.
pub fn crop(prepared: &Prepared) -> Option<LabelledPage> {
    let is_content = |share: &Option<f32>| share.is_some_and(|share| share >= 0.5);
    let first = prepared.shares.iter().position(is_content)?;
    let last = prepared.shares.iter().rposition(is_content)?;
    // How much is left behind the content differs from page to page, but never for one page.
    let behind = [0, 6, 12, 20, 30][crop_hash(&prepared.page.id) % 5];
    let texts = prepared.sample.texts();
    let kept = first..(last + 1 + behind).min(texts.len());
    if last - first < 2 {
        return None;
    }
    let lines: Vec<String> = texts[kept.clone()].iter().map(|text| align::squash(text)).collect();
    let content = kept.clone().filter(|&block| is_content(&prepared.shares[block]));
    let content: Vec<&str> = content.map(|block| texts[block]).collect();
    let labels = prepared.labels[kept].iter().zip(&lines);
    let regions: Vec<GoldBlock> = labels
        .filter_map(|(labels, text)| Some(GoldBlock { text: text.clone(), labels: labels.clone()? }))
        .collect();
    Some(LabelledPage {
        id: prepared.page.id.clone(),
        corpus: prepared.page.corpus.clone(),
        host: prepared.page.host.clone(),
        text: Some(lines.join("\n") + "\n"),
        gold: Gold::Judged { text: content.join("\n") },
        regions: Some(regions).filter(|regions| !regions.is_empty()),
        is_crop: true,
        ..LabelledPage::default()
    })
}

fn crop_hash(id: &str) -> usize {
    id.bytes().fold(7, |hash: usize, byte| hash.wrapping_mul(31).wrapping_add(usize::from(byte)))
}
