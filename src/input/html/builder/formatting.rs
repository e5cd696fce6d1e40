//! The list of active formatting elements (§ 13.2.4.3), and the adoption agency (§ 13.2.6.4.7).

use super::{Builder, Child, Entry, Open, Space, Tag};
use crate::input::html::kinds::{Kind, SCOPE, SPECIAL};
use crate::tree::NodeId;

impl Builder<'_> {
    /// Where an element is in the list.
    pub(super) fn formatting_position(&mut self, id: NodeId) -> Option<usize> {
        self.steps += self.formatting.len() as u64;
        self.formatting.iter().position(|entry| matches!(entry, Entry::Element(open, _) if open.id == id))
    }

    /// Where the last entry of a kind is, behind the last marker.
    pub(super) fn last_formatting(&mut self, kind: Kind) -> Option<usize> {
        for (at, entry) in self.formatting.iter().enumerate().rev() {
            self.steps += 1;
            match entry {
                Entry::Marker => return None,
                Entry::Element(open, _) if open.kind == kind => return Some(at),
                Entry::Element(..) => {}
            }
        }
        None
    }

    pub fn clear_formatting_to_marker(&mut self) {
        while let Some(Entry::Element(..)) = self.formatting.pop() {}
    }

    pub(super) fn is_marker_or_open(&mut self, at: usize) -> bool {
        match &self.formatting[at] {
            Entry::Marker => true,
            Entry::Element(open, _) => {
                let id = open.id;
                self.is_open(id)
            }
        }
    }

    /// Opens formatting elements again that were closed along with a block (§ 13.2.4.3).
    pub fn reconstruct_formatting(&mut self) {
        let Some(last) = self.formatting.len().checked_sub(1) else { return };
        if self.is_marker_or_open(last) {
            return;
        }
        let mut first = last;
        while first > 0 && !self.is_marker_or_open(first - 1) {
            first -= 1;
        }
        if !self.bounds.can_copy() {
            self.bounds.note_too_deep();
            self.formatting.truncate(first);
            return;
        }
        for at in first..=last {
            self.bounds.note_copy();
            let Entry::Element(_, tag) = &self.formatting[at] else { continue };
            let tag = tag.clone();
            let open = self.open(&tag);
            self.formatting[at] = Entry::Element(open, tag);
        }
    }

    /// Opens a formatting element; of more than three alike the first is forgotten.
    pub fn open_formatting(&mut self, tag: &Tag) {
        let (mut alike, mut first) = (0, None);
        for (at, entry) in self.formatting.iter().enumerate().rev() {
            let Entry::Element(open, other) = entry else { break };
            self.steps += 1;
            if open.kind == tag.kind && self.attributes.are_same(tag.attributes, other.attributes) {
                (alike, first) = (alike + 1, Some(at));
            }
        }
        if let Some(first) = first.filter(|_| alike >= 3) {
            self.formatting.remove(first);
        }
        let open = self.open(tag);
        self.attributes.keep(tag.attributes);
        self.formatting.push(Entry::Element(open, tag.clone()));
    }

    /// A link in a link ends the outer one.
    pub fn end_link_around(&mut self) {
        let Some(at) = self.last_formatting(Kind::A) else { return };
        let Entry::Element(link, _) = self.formatting[at] else { return };
        self.adoption_agency(Kind::A);
        if let Some(at) = self.formatting_position(link.id) {
            self.formatting.remove(at);
        }
        self.remove_from_stack(link.id);
    }

    /// What becomes of a formatting element that ends where it should not (§ 13.2.6.4.7, "adoption agency algorithm").
    pub fn adoption_agency(&mut self, kind: Kind) {
        if let Some(current) = self.current().filter(|current| current.kind == kind) {
            if self.formatting_position(current.id).is_none() {
                self.pop();
                return;
            }
        }
        for _ in 0..8 {
            let Some(list_at) = self.last_formatting(kind) else {
                return self.end_tag_in_body(&Tag::bare(kind));
            };
            let Entry::Element(element, tag) = self.formatting[list_at].clone() else { return };
            let Some(stack_at) = self.stack_position(element.id) else {
                self.formatting.remove(list_at);
                return;
            };
            if !self.any_in_scope(SCOPE, |open| open.id == element.id) {
                return;
            }
            self.steps += (self.stack.len() - stack_at) as u64;
            let is_special = |open: &Open| open.sets & SPECIAL != 0;
            let Some(block_at) = self.stack[stack_at..].iter().position(is_special) else {
                self.truncate_stack(stack_at);
                self.formatting.remove(list_at);
                return;
            };
            let block_at = stack_at + block_at;
            let furthest_block = self.stack[block_at];
            let common_ancestor = self.stack[stack_at.saturating_sub(1)];
            let (last, behind) = self.move_blocks_out(element, furthest_block, block_at);
            self.tree.detach(last);
            self.insert_at(self.place(Some(common_ancestor)), Child::Node(last));
            self.bounds.note_copy();
            let copy = self.create(&tag, Space::Html);
            self.tree.move_children(furthest_block.id, copy.id);
            self.append(furthest_block.id, Child::Node(copy.id));
            let entry = Entry::Element(copy, tag);
            match behind.and_then(|behind| self.formatting_position(behind)) {
                None => {
                    if let Some(at) = self.formatting_position(element.id) {
                        self.formatting[at] = entry;
                    }
                }
                Some(at) => {
                    self.formatting.insert(at + 1, entry);
                    if let Some(old) = self.formatting_position(element.id) {
                        self.formatting.remove(old);
                    }
                }
            }
            self.remove_from_stack(element.id);
            if let Some(at) = self.stack_position(furthest_block.id) {
                self.insert_open(at + 1, copy);
            }
        }
    }

    /// The inner loop of the adoption agency: what stands between the formatting element and the block is made anew
    /// around the block. Gives the outermost node made, and the one whose entry the new one of the formatting element
    /// comes behind, if there is one.
    pub(super) fn move_blocks_out(
        &mut self,
        element: Open,
        furthest_block: Open,
        block_at: usize,
    ) -> (NodeId, Option<NodeId>) {
        let mut last = furthest_block.id;
        let mut behind = None;
        let mut at = block_at;
        let mut count = 0;
        loop {
            count += 1;
            at -= 1;
            let node = self.stack[at];
            if node.id == element.id {
                return (last, behind);
            }
            let in_list = self.formatting_position(node.id);
            let Some(list_at) = in_list.filter(|_| count <= 3) else {
                if let Some(list_at) = in_list {
                    self.formatting.remove(list_at);
                }
                self.remove_at(at);
                continue;
            };
            let Entry::Element(_, tag) = self.formatting[list_at].clone() else { continue };
            self.bounds.note_copy();
            let copy = self.create(&tag, Space::Html);
            self.stack[at] = copy;
            self.formatting[list_at] = Entry::Element(copy, tag);
            if last == furthest_block.id {
                behind = Some(copy.id);
            }
            self.tree.detach(last);
            self.append(copy.id, Child::Node(last));
            last = copy.id;
        }
    }
}
