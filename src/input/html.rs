//! HTML → [`Tree`]: our own tokens ([`tokens`]) and tree construction ([`builder`], [`rules`]), by the HTML standard as
//! html5ever has it, step by step. A test compares the trees with those of html5ever on whole corpora and on generated markup.
//!
//! Scripting is off, so that what stands in `<noscript>` is parsed: some forums keep their posts only there.

use html5ever::{LocalName, local_name};

use crate::error::Error;
use crate::limits::Limits;
use crate::tree::Tree;

mod attributes;
mod bounds;
mod builder;
mod doctype;
mod kinds;
mod names;
mod raw;
mod references;
mod rules;
mod tokens;

use builder::Builder;
use tokens::Tokens;

/// The node limit is asked whenever so many bytes were read.
const PIECE: usize = 1 << 16;

/// What a page cost to parse, and what of it the bounds on the way changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parsing {
    /// Steps of the tokenizer and the tree builder, as [`Limits::max_work`] counts them.
    pub work: u64,
    /// The byte of the input where parsing stopped, as there were too many nodes.
    pub stopped_at: Option<usize>,
    /// The byte of the input where attributes or the end of a name were left out first.
    pub attributes_cut_at: Option<usize>,
    /// The byte of the input where an element was first closed for standing too deep.
    pub too_deep_at: Option<usize>,
}

/// Parses a document as a browser without scripting does, but for the bounds on what could take too long.
pub fn parse(html: &str, limits: &Limits) -> Result<Tree, Error> {
    parse_within(html, limits, false).map(|(tree, _)| tree)
}

/// The same, and what it took. With `cuts_nodes`, a page of too many nodes ends where they are used up.
pub fn parse_within(html: &str, limits: &Limits, cuts_nodes: bool) -> Result<(Tree, Parsing), Error> {
    // Texts are ranges of `u32`.
    const LONGEST: usize = (u32::MAX / 4) as usize;
    if html.len() > LONGEST {
        return Err(Error::TooManyBytes { bytes: html.len(), limit: LONGEST });
    }
    let page = tokens::normal(html);
    let mut tokens = Tokens::new(&page, limits.max_attributes, Builder::new(&page, limits.max_depth));
    let mut parsing = Parsing::default();
    let mut next_check = PIECE;
    loop {
        let is_at_end = !tokens.next();
        if tokens.position() < next_check && !is_at_end {
            continue;
        }
        next_check = tokens.position() + PIECE;
        parsing.work = tokens.builder.steps + tokens.position() as u64;
        if parsing.work > limits.max_work {
            return Err(Error::TooMuchWork { limit: limits.max_work });
        }
        if tokens.builder.tree.len() > limits.max_nodes {
            if !cuts_nodes {
                return Err(Error::TooManyNodes { limit: limits.max_nodes });
            }
            parsing.stopped_at = Some(tokens.position());
            break;
        }
        if is_at_end {
            break;
        }
    }
    tokens.builder.end_of_page();
    let bounds = &tokens.builder.bounds;
    let cuts = [tokens.first_cut(), bounds.attributes_cut_at];
    parsing.attributes_cut_at = cuts.into_iter().flatten().min();
    parsing.too_deep_at = bounds.too_deep_at;
    Ok((tokens.builder.tree, parsing))
}

/// The elements without an end tag, obsolete ones included.
pub fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("basefont")
            | local_name!("bgsound")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("frame")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("keygen")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

#[cfg(test)]
mod tests;
