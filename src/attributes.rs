//! Which attributes of a page are kept.

/// Whether an attribute is read, by the tree builder or by any stage. All others are left out of the tree: a stage
/// that reads another one needs its name here.
pub(crate) fn is_read(name: &str) -> bool {
    matches!(
        name,
        // What elements are called.
        "class" | "id" | "role" | "itemprop" | "itemtype" | "aria-label"
            // What is shown of them.
            | "hidden" | "aria-hidden" | "style" | "open" | "href" | "type" | "value" | "start"
            // What the head says, and what is carried outside the markup.
            | "rel" | "name" | "property" | "content" | "data-preloaded"
            // What the tree builder asks for.
            | "encoding" | "shadowrootmode"
    )
}
