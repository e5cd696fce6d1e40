//! Metadata is found out when it is first asked for: most crawls keep the content of most pages alone.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::visible::Blocks;
use super::{Metadata, markup, text};
use crate::label::Verdict;
use crate::segment::Segment;
use crate::tree::{NodeId, Tree};

/// A page's metadata, or what it is found out from; copies of a page share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct OnDemand(Arc<State>);

#[derive(Debug, Default)]
struct State {
    metadata: OnceLock<Metadata>,
    /// Gone once the metadata is known.
    subject: Mutex<Option<Subject>>,
}

/// What metadata is found out from, besides the text of the page.
#[derive(Debug)]
pub(crate) struct Subject {
    /// None of plain text.
    pub markup: Option<Markup>,
    pub segments: Vec<Segment>,
    /// The text nodes that blocks are made of; empty for plain text.
    pub leaves: Vec<NodeId>,
    pub verdicts: Vec<Verdict>,
    /// The block that is the title.
    pub title: Option<usize>,
}

/// What a page with markup says besides its blocks.
#[derive(Debug)]
pub(crate) struct Markup {
    pub tree: Arc<Tree>,
    /// The scripts whose JSON-LD is read.
    pub data: Vec<NodeId>,
    /// The address that the caller knows the page by.
    pub base_url: Option<String>,
}

impl OnDemand {
    pub fn of(subject: Subject) -> OnDemand {
        OnDemand(Arc::new(State { metadata: OnceLock::new(), subject: Mutex::new(Some(subject)) }))
    }

    pub fn known(metadata: Metadata) -> OnDemand {
        OnDemand(Arc::new(State { metadata: OnceLock::from(metadata), subject: Mutex::default() }))
    }

    /// The metadata of the page that has this text.
    pub fn get(&self, text: &str) -> &Metadata {
        self.0.metadata.get_or_init(|| {
            let subject = self.0.subject.lock().unwrap_or_else(PoisonError::into_inner).take();
            subject.map_or_else(Metadata::default, |subject| subject.metadata(text))
        })
    }
}

impl Subject {
    fn metadata(&self, text: &str) -> Metadata {
        let blocks = Blocks {
            tree: self.markup.as_ref().map(|markup| &*markup.tree),
            text,
            segments: &self.segments,
            leaves: &self.leaves,
            verdicts: &self.verdicts,
            title: self.title,
        };
        match &self.markup {
            Some(Markup { tree, data, base_url }) => {
                markup::metadata(tree, &blocks, data, base_url.as_deref())
            }
            None => text::metadata(&blocks),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use crate::{Extractor, Page};

    #[test]
    fn all_threads_and_copies_of_a_page_find_the_same() {
        let html = "<html lang=en><title>Tides</title><meta name=author content='Ada Moor'><h1>Tides</h1>\
            <p>The moon pulls at the sea, and the sea follows it around the earth, twice a day on most coasts.";
        let page = Extractor::new().html(html).unwrap();
        let (copy, said) = (page.clone(), Extractor::new().html(html).unwrap().metadata().clone());
        assert_eq!(said.authors, ["Ada Moor"]);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| assert_eq!((page.metadata(), copy.metadata()), (&said, &said)));
            }
        });
    }

    #[test]
    fn a_page_can_be_sent_and_shared_before_its_metadata_is_known() {
        fn is_shared<T: Send + Sync + Clone>() {}
        is_shared::<Page>();
        is_shared::<Extractor>();
    }

    #[test]
    fn what_metadata_is_found_out_from_is_gone_with_it() {
        let page = Extractor::new().html("<p>The moon pulls at the sea.").unwrap();
        assert!(page.metadata.0.subject.lock().unwrap().is_some());
        page.metadata();
        assert!(page.metadata.0.subject.lock().unwrap().is_none());
    }
}
