//! The stack of open elements (§ 13.2.4.2).

use super::{Builder, Mode, Open, Tag};
use crate::input::html::kinds::{FORMATTING, IMPLIED_END, Kind, SCOPE, SPECIAL};
use crate::tree::NodeId;

impl Builder<'_> {
    pub fn push(&mut self, open: Open) {
        self.note_opened(open);
        self.stack.push(open);
    }

    pub(super) fn insert_open(&mut self, at: usize, open: Open) {
        self.note_opened(open);
        self.stack.insert(at, open);
    }

    pub fn pop(&mut self) -> Option<Open> {
        let open = self.stack.pop()?;
        self.note_closed(open);
        Some(open)
    }

    fn note_opened(&mut self, open: Open) {
        self.open_kinds[open.kind as usize] += 1;
        self.formatting_open += u32::from(open.sets & FORMATTING != 0);
    }

    fn note_closed(&mut self, open: Open) {
        self.open_kinds[open.kind as usize] -= 1;
        self.formatting_open -= u32::from(open.sets & FORMATTING != 0);
    }

    pub fn truncate_stack(&mut self, length: usize) {
        while self.stack.len() > length {
            self.pop();
        }
    }

    pub(super) fn remove_at(&mut self, at: usize) {
        let open = self.stack.remove(at);
        self.note_closed(open);
        self.steps += (self.stack.len() - at) as u64;
    }

    pub fn remove_from_stack(&mut self, id: NodeId) {
        if let Some(at) = self.stack_position(id) {
            self.remove_at(at);
        }
    }

    /// Where an element is on the stack, searched from the end.
    pub(super) fn stack_position(&mut self, id: NodeId) -> Option<usize> {
        let at = self.stack.iter().rposition(|open| open.id == id);
        self.steps += (self.stack.len() - at.unwrap_or(0)) as u64;
        at
    }

    pub(super) fn is_open(&mut self, id: NodeId) -> bool {
        self.stack_position(id).is_some()
    }

    pub fn current(&self) -> Option<Open> {
        self.stack.last().copied()
    }

    pub fn current_is(&self, kind: Kind) -> bool {
        self.current().is_some_and(|open| open.kind == kind)
    }

    pub fn current_is_in(&self, sets: u32) -> bool {
        self.current().is_some_and(|open| open.sets & sets != 0)
    }

    /// Whether an HTML element of this kind is open anywhere.
    pub fn has_open(&self, kind: Kind) -> bool {
        self.open_kinds[kind as usize] > 0
    }

    /// Whether an element is in scope that is one of those sought.
    pub fn any_in_scope(&mut self, scope: u32, is_sought: impl Fn(&Open) -> bool) -> bool {
        for open in self.stack.iter().rev() {
            self.steps += 1;
            if is_sought(open) {
                return true;
            }
            if open.sets & scope != 0 {
                return false;
            }
        }
        false
    }

    pub fn in_scope(&mut self, scope: u32, kind: Kind) -> bool {
        self.has_open(kind) && self.any_in_scope(scope, |open| open.kind == kind)
    }

    pub fn paragraph_in_button_scope(&mut self) -> bool {
        // A button bounds this scope, too.
        if !self.has_open(Kind::P) {
            return false;
        }
        for open in self.stack.iter().rev() {
            self.steps += 1;
            match open.kind {
                Kind::P => return true,
                Kind::Button => return false,
                _ if open.sets & SCOPE != 0 => return false,
                _ => {}
            }
        }
        false
    }

    pub fn generate_implied_end_tags(&mut self, set: u32, except: Option<Kind>) {
        while self.current().is_some_and(|open| open.sets & set != 0 && Some(open.kind) != except) {
            self.pop();
        }
    }

    /// Pops elements until the current one is in the set.
    pub fn pop_until_current(&mut self, set: u32) {
        while self.current().is_some_and(|open| open.sets & set == 0) {
            self.pop();
        }
    }

    /// Pops elements until one that is sought was popped.
    pub fn pop_until(&mut self, is_sought: impl Fn(&Open) -> bool) {
        while let Some(open) = self.pop() {
            if is_sought(&open) {
                return;
            }
        }
    }

    pub fn pop_until_kind(&mut self, kind: Kind) {
        self.pop_until(|open| open.kind == kind);
    }

    pub fn close_paragraph(&mut self) {
        self.generate_implied_end_tags(IMPLIED_END, Some(Kind::P));
        self.pop_until_kind(Kind::P);
    }

    pub fn close_paragraph_in_button_scope(&mut self) {
        if self.paragraph_in_button_scope() {
            self.close_paragraph();
        }
    }

    pub fn close_cell(&mut self) {
        self.generate_implied_end_tags(IMPLIED_END, None);
        self.pop_until(|open| matches!(open.kind, Kind::Td | Kind::Th));
        self.clear_formatting_to_marker();
    }

    /// Whether an open element is HTML and has the name of a tag.
    pub fn has_name(&self, open: &Open, tag: &Tag) -> bool {
        open.kind == tag.kind && (tag.kind != Kind::Other || self.tree.html_name(open.id) == Some(&tag.name))
    }

    /// Any other end tag.
    pub fn end_tag_in_body(&mut self, tag: &Tag) {
        let mut found = None;
        for (at, open) in self.stack.iter().enumerate().rev() {
            self.steps += 1;
            if self.has_name(open, tag) {
                found = Some(at);
                break;
            }
            if open.sets & SPECIAL != 0 {
                return;
            }
        }
        let Some(at) = found else { return };
        self.generate_implied_end_tags(IMPLIED_END, Some(tag.kind).filter(|kind| *kind != Kind::Other));
        self.truncate_stack(at);
    }

    /// The mode that goes with the elements that are open.
    pub fn reset_mode(&mut self) -> Mode {
        for (at, open) in self.stack.iter().enumerate().rev() {
            self.steps += 1;
            match open.kind {
                Kind::Td | Kind::Th if at > 0 => return Mode::InCell,
                Kind::Tr => return Mode::InRow,
                Kind::Tbody | Kind::Thead | Kind::Tfoot => return Mode::InTableBody,
                Kind::Caption => return Mode::InCaption,
                Kind::Colgroup => return Mode::InColumnGroup,
                Kind::Table => return Mode::InTable,
                Kind::Template => return self.template_modes.last().copied().unwrap_or(Mode::InTemplate),
                Kind::Head if at > 0 => return Mode::InHead,
                Kind::Body => return Mode::InBody,
                Kind::Frameset => return Mode::InFrameset,
                Kind::Html => return if self.head.is_some() { Mode::AfterHead } else { Mode::BeforeHead },
                _ => {}
            }
        }
        Mode::InBody
    }
}
