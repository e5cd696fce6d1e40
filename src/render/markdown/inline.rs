//! Text with inline markup, escaped so that a CommonMark parser gives the text back.

#[cfg(test)]
mod tests;

use super::delimiters::{delimiters, fit_to_code, leave_code};
use super::longest_run;
use crate::page::{Block, ImageData, Mark, Span};
use crate::render::images::Images;
use crate::render::link::Addresses;
use crate::render::notes::Notes;
use crate::render::runs::{Piece, nest, pieces, tidy, trim};

/// Where text stands; it says which characters would be markup.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Context {
    Paragraph,
    Heading,
    Cell,
}

/// Text on its way out.
pub(super) struct Inline {
    context: Context,
    out: String,
    /// White space since the last character, written when another one follows.
    pending: Pending,
    /// The closing delimiters that stand last, one right after the other: what they are and where they end.
    closed: Vec<(usize, &'static str)>,
    /// Where in the text that is being added a character must be escaped for the sake of its line.
    guarded: Option<usize>,
    in_link: bool,
    /// Where the last reference to a note ends, in what is written.
    reference_end: usize,
    /// The dollar signs that were written, and the backslash before the first that is text.
    dollars: usize,
    first_dollar: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    Nothing,
    Space,
    Break,
}

impl Inline {
    pub(super) fn new(context: Context) -> Self {
        Inline {
            context,
            out: String::new(),
            pending: Pending::Nothing,
            closed: Vec::new(),
            guarded: None,
            in_link: false,
            reference_end: usize::MAX,
            dollars: 0,
            first_dollar: None,
        }
    }

    /// The Markdown, without white space at its ends.
    pub(super) fn finish(mut self) -> String {
        // One alone makes no formula.
        if let (1, Some(backslash)) = (self.dollars, self.first_dollar) {
            self.out.remove(backslash);
        }
        self.out
    }

    /// Adds a block with its markup and its images.
    pub(super) fn block(&mut self, block: &Block<'_>, addresses: &Addresses, notes: &Notes) {
        self.marked(block, addresses, notes, block.spans());
    }

    /// Adds a block all of which is important.
    pub(super) fn strong_block(&mut self, block: &Block<'_>, addresses: &Addresses, notes: &Notes) {
        let whole = Span { start: 0, end: block.text().len(), mark: Mark::Strong };
        self.marked(block, addresses, notes, block.spans().chain([whole]));
    }

    fn marked<'p>(
        &mut self,
        block: &Block<'p>,
        addresses: &Addresses,
        notes: &Notes,
        spans: impl Iterator<Item = Span<'p>>,
    ) {
        let text = block.text();
        self.guarded = None;
        let spans = tidy(text, spans.filter(|span| is_writable(span, addresses)));
        let references = references(text, &spans, |mark| notes.reference(block, mark).is_some());
        let label = |span: &Span<'p>| {
            let is_reference = references.binary_search(&(span.start, span.end)).is_ok();
            notes.reference(block, span.mark).filter(|_| is_reference)
        };
        let spans = without_marks_on_references(text, spans, |span| label(span).is_some());
        let spans = nest(text, fit_to_code(text, spans));
        let pieces = pieces(&spans, text.len());
        let delimiters = delimiters(text, &spans, &pieces);
        let mut images = Images::of(block);
        // Inside of code and formulas, which are written when they begin.
        let mut is_whole = false;
        for piece in pieces {
            if let Piece::Open(index) = piece {
                let span = spans[index];
                let own = match span.mark {
                    Mark::Link(target) => Some(target),
                    _ => None,
                };
                while let Some(image) = images.before(span.start, own) {
                    self.image(image, addresses);
                }
            }
            match piece {
                Piece::Open(index) => match spans[index].mark {
                    Mark::Code => {
                        self.code(text, spans[index]);
                        is_whole = true;
                    }
                    Mark::Math { source, display } => {
                        self.math(text, spans[index], source, display);
                        is_whole = true;
                    }
                    mark => match label(&spans[index]) {
                        Some(label) => {
                            self.reference(label);
                            is_whole = true;
                        }
                        None => self.open(mark, delimiters[index]),
                    },
                },
                Piece::Close(index) => match spans[index].mark {
                    Mark::Code | Mark::Math { .. } => is_whole = false,
                    _ if label(&spans[index]).is_some() => is_whole = false,
                    mark => self.close(mark, delimiters[index], addresses),
                },
                Piece::Text(range) if !is_whole => {
                    let mut start = range.start;
                    while let Some((image, at)) = images.until(range.end) {
                        let at = at.max(start);
                        self.escape(text, start, at);
                        // A space around an image stands behind it in the text.
                        if text[at..].starts_with(' ') {
                            self.pending = self.pending.max(Pending::Space);
                        }
                        self.image(image, addresses);
                        start = at;
                    }
                    self.escape(text, start, range.end);
                }
                Piece::Text(_) => {}
            }
        }
        while let Some(image) = images.before(usize::MAX, None) {
            self.image(image, addresses);
        }
    }

    /// Adds a reference to a note.
    fn reference(&mut self, label: &str) {
        self.write_space();
        self.open_bracket();
        self.out.push('^');
        self.out.push_str(label);
        self.out.push(']');
        self.reference_end = self.out.len();
    }

    /// Adds an image, in the link that it stands in.
    pub(super) fn image(&mut self, image: &ImageData, addresses: &Addresses) {
        let Some(source) = addresses.image(&image.source) else { return };
        let target =
            image.link.as_deref().filter(|_| !self.in_link).and_then(|target| addresses.link(target));
        self.write_space();
        if target.is_some() {
            self.open_bracket();
        }
        self.out.push_str("![");
        let guarded = self.guarded.take();
        let alt = image.alt.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        self.escape(&alt, 0, alt.len());
        self.pending = Pending::Nothing;
        self.guarded = guarded;
        self.out.push_str("](");
        write_target(&source, &mut self.out);
        self.out.push(')');
        if let Some(target) = target {
            self.out.push_str("](");
            write_target(&target, &mut self.out);
            self.out.push(')');
        }
    }

    /// Adds text that has no markup.
    pub(super) fn text(&mut self, text: &str) {
        self.guarded = None;
        self.escape(text, 0, text.len());
    }

    pub(super) fn line_break(&mut self) {
        // A heading has but one line.
        let pending = if self.context == Context::Heading { Pending::Space } else { Pending::Break };
        self.pending = self.pending.max(pending);
    }

    fn open(&mut self, mark: Mark<'_>, delimiter: Option<&'static str>) {
        self.write_space();
        if matches!(mark, Mark::Link(_)) {
            self.open_bracket();
            self.in_link = true;
            return;
        }
        let Some(delimiter) = delimiter else {
            return;
        };
        if matches!(mark, Mark::Superscript | Mark::Subscript) {
            return self.out.push_str(delimiter);
        }
        if self.closed.last() == Some(&(self.out.len(), delimiter)) {
            // Side by side, the two would be read as one delimiter of twice the length.
            self.closed.pop();
            self.out.truncate(self.out.len() - delimiter.len());
            return;
        }
        self.out.push_str(delimiter);
    }

    /// Begins a link.
    fn open_bracket(&mut self) {
        // An exclamation mark before it would make it an image.
        if self.out.ends_with('!') {
            self.out.insert(self.out.len() - 1, '\\');
        }
        self.out.push('[');
    }

    fn close(&mut self, mark: Mark<'_>, delimiter: Option<&'static str>, addresses: &Addresses) {
        if let Mark::Link(target) = mark {
            self.in_link = false;
            self.out.push_str("](");
            write_target(&addresses.link(target).unwrap_or_default(), &mut self.out);
            self.out.push(')');
            return;
        }
        match mark {
            Mark::Superscript => return self.out.push_str("</sup>"),
            Mark::Subscript => return self.out.push_str("</sub>"),
            _ => {}
        }
        if let Some(delimiter) = delimiter {
            if self.closed.last().is_some_and(|&(end, _)| end != self.out.len()) {
                self.closed.clear();
            }
            self.out.push_str(delimiter);
            self.closed.push((self.out.len(), delimiter));
        }
    }

    fn code(&mut self, text: &str, span: Span<'_>) {
        let code = &text[span.start..span.end];
        let in_cell = self.context == Context::Cell;
        // Readers of tables disagree on which of the two is escaped. And a paragraph that starts with a link
        // could be read as the definition of one, which knows nothing of code.
        if in_cell && code.contains("\\|") || self.in_link && code.contains("]:") {
            return self.escape(text, span.start, span.end);
        }
        self.write_space();
        self.dollars += code.matches('$').count();
        let fence = "`".repeat(longest_run(code, '`') + 1);
        let padding = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        self.out.push_str(&fence);
        self.out.push_str(padding);
        for c in code.chars() {
            match c {
                '|' if in_cell => self.out.push_str("\\|"),
                c if is_space(c) => self.out.push(' '),
                c => self.out.push(visible(c)),
            }
        }
        self.out.push_str(padding);
        self.out.push_str(&fence);
    }

    /// Adds a formula as TeX, or as its text where that could be read otherwise.
    fn math(&mut self, text: &str, span: Span<'_>, source: &str, display: bool) {
        let digit_follows = text[span.end..].starts_with(|c: char| c.is_ascii_digit());
        // A dollar sign right before would be read with those around the formula.
        let follows_dollar = self.pending == Pending::Nothing && self.out.ends_with('$');
        let Some(source) = tex(source).filter(|_| !digit_follows && !follows_dollar) else {
            return self.escape(text, span.start, span.end);
        };
        self.write_space();
        self.dollars += 2;
        let sign = if display { "$$" } else { "$" };
        self.out.push_str(sign);
        self.out.push_str(&if self.context == Context::Cell {
            source.replace('|', "\\vert ").trim_end().to_owned()
        } else {
            source
        });
        self.out.push_str(sign);
    }

    /// Adds a part of a text, escaped.
    fn escape(&mut self, text: &str, start: usize, end: usize) {
        for (offset, c) in text[start..end].char_indices() {
            let position = start + offset;
            match c {
                '\n' => self.line_break(),
                c if is_space(c) => self.pending = self.pending.max(Pending::Space),
                c => {
                    self.write_space();
                    let rest = &text[position..];
                    if self.is_at_line_start() {
                        self.guarded = line_start_guard(rest).map(|at| position + at);
                    }
                    if c == '$' {
                        self.first_dollar.get_or_insert(self.out.len());
                        self.dollars += 1;
                    }
                    if self.guarded == Some(position) || self.is_markup(c, &rest[c.len_utf8()..]) {
                        self.out.push('\\');
                    }
                    self.out.push(visible(c));
                }
            }
        }
    }

    fn is_at_line_start(&self) -> bool {
        self.context == Context::Paragraph && (self.out.is_empty() || self.out.ends_with('\n'))
    }

    /// Whether a character, with `rest` after it, would be markup anywhere in a line.
    fn is_markup(&self, c: char, rest: &str) -> bool {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '$' => true,
            '&' => rest.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric()),
            // A reference would become a link, or a note.
            '(' | ':' => self.out.len() == self.reference_end,
            '|' => self.context == Context::Cell,
            // Hashes at its end would close a heading.
            '#' => self.context == Context::Heading && rest.chars().next().is_none_or(is_space),
            _ => false,
        }
    }

    fn write_space(&mut self) {
        if !self.out.is_empty() {
            match self.pending {
                Pending::Nothing => {}
                Pending::Space => self.out.push(' '),
                Pending::Break if self.context == Context::Cell => self.out.push_str("<br>"),
                Pending::Break => self.out.push_str("\\\n"),
            }
        }
        self.pending = Pending::Nothing;
    }
}

fn is_writable(span: &Span<'_>, addresses: &Addresses) -> bool {
    match span.mark {
        Mark::Link(target) => addresses.link(target).is_some(),
        Mark::Math { source, .. } => tex(source).is_some(),
        Mark::Gutter => false,
        _ => true,
    }
}

/// The links that can be written as references to notes: where they start and end. Readers disagree on what a bracket
/// right behind a reference makes of it, unless it is another one.
fn references<'p>(
    text: &str,
    spans: &[Span<'p>],
    leads_to_note: impl Fn(Mark<'p>) -> bool,
) -> Vec<(usize, usize)> {
    let ends = |span: &Span<'p>| (span.start, span.end);
    let links: Vec<(usize, usize)> = spans.iter().filter(|span| leads_to_note(span.mark)).map(ends).collect();
    let is_apart = |&(_, end): &(usize, usize)| {
        !text[end..].starts_with('[') || links.binary_search_by_key(&end, |&(start, _)| start).is_ok()
    };
    links.iter().copied().filter(is_apart).collect()
}

/// A reference to a note has no other marks; it is raised anyway.
fn without_marks_on_references<'p>(
    text: &str,
    mut spans: Vec<Span<'p>>,
    is_reference: impl Fn(&Span<'p>) -> bool,
) -> Vec<Span<'p>> {
    let references: Vec<Span<'p>> = spans.iter().copied().filter(|span| is_reference(span)).collect();
    if references.is_empty() {
        return spans;
    }
    // Links are sorted and don't overlap.
    for span in spans.iter_mut().filter(|span| !matches!(span.mark, Mark::Link(_))) {
        leave_code(span, &references);
    }
    spans.retain_mut(|span| {
        if matches!(span.mark, Mark::Link(_)) {
            return true;
        }
        if span.start >= span.end || !trim(text, span) {
            return false;
        }
        let first = references.partition_point(|reference| reference.end <= span.start);
        let inner = references.get(first).filter(|reference| reference.start < span.end);
        let can_be_around = span.mark != Mark::Superscript && !is_whole(span.mark);
        let is_around =
            |inner: &Span<'p>| can_be_around && (span.start, span.end) != (inner.start, inner.end);
        inner.is_none_or(is_around)
    });
    spans
}

/// Whether what is marked is written as a whole.
fn is_whole(mark: Mark<'_>) -> bool {
    matches!(mark, Mark::Code | Mark::Math { .. })
}

/// A formula as it can stand between dollar signs: for a reader who doesn't know of formulas, too, there is no
/// HTML in it, no code and no link. None if that takes more than other spellings.
fn tex(source: &str) -> Option<String> {
    let source = source.trim();
    let is_hard =
        source.contains(|c: char| matches!(c, '$' | '`') || c.is_control()) || source.ends_with('\\');
    let source = source.replace('<', "\\lt ").replace("](", "] (").replace("][", "] [").replace("]:", "] :");
    let source = source.trim_end().to_owned();
    (!is_hard && !source.is_empty() && has_paired_braces(&source)).then_some(source)
}

/// Whether the braces of a formula come in pairs, as readers want them to; those behind a backslash are signs.
fn has_paired_braces(source: &str) -> bool {
    let mut open = 0_usize;
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '{' => open += 1,
            '}' if open == 0 => return false,
            '}' => open -= 1,
            _ => {}
        }
    }
    open == 0
}

/// White space that Markdown doesn't keep.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

/// What a parser makes of a character.
fn visible(c: char) -> char {
    if c == '\0' { '\u{fffd}' } else { c }
}

/// Which character must be escaped, if any, lest a line that starts so become a heading, a list, a quote, a
/// rule, the underline of a heading or of a table's header.
fn line_start_guard(line: &str) -> Option<usize> {
    let mut chars = line.chars();
    let first = chars.next()?;
    let second = chars.next();
    let is_last = second.is_none_or(is_space);
    let is_markup = match first {
        '#' | '>' | '=' | '|' => true,
        '+' => is_last,
        '-' => is_last || matches!(second, Some('-' | ':' | '|')),
        ':' => second == Some('-'),
        _ => return number_guard(line),
    };
    is_markup.then_some(0)
}

/// The full stop or bracket after a number that would start an ordered list.
fn number_guard(line: &str) -> Option<usize> {
    let digits = line.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?;
    let is_item = (1..10).contains(&digits) && rest.chars().next().is_none_or(is_space);
    is_item.then_some(digits)
}

fn write_target(target: &str, out: &mut String) {
    let needs_angles = target.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<'));
    if needs_angles {
        out.push('<');
    }
    for (position, c) in target.char_indices() {
        match c {
            '\\' | '<' | '>' | '|' | '$' | '`' => out.extend(['\\', c]),
            '&' if is_entity(&target[position + 1..]) => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    if needs_angles {
        out.push('>');
    }
}

/// Whether what follows an ampersand makes it an entity.
fn is_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c == '#' || c.is_ascii_alphanumeric());
    name.starts_with(';')
}
