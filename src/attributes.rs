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
            // Pictures, and what stands in for them until they are loaded.
            | "src" | "srcset" | "alt" | "width" | "height"
            | "data-src" | "data-original" | "data-lazy-src" | "data-lazy" | "data-full-src" | "data-hi-res-src"
            | "data-url" | "data-srcset" | "data-lazy-srcset" | "data-original-set"
            // Tables, code, tasks, formulas.
            | "colspan" | "rowspan" | "data-lang" | "data-language" | "checked" | "alttext" | "display"
            // Language, dates, structured data.
            | "lang" | "dir" | "datetime" | "http-equiv" | "itemscope" | "typeof"
            // What the tree builder asks for.
            | "encoding" | "shadowrootmode"
    )
}
