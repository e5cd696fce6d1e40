//! Where images stand among the blocks.

use super::{Cutter, PendingImage, images};
use crate::page::{ImageData, ImagePlace, MarkData};
use crate::segment::Place;
use crate::tree::NodeId;

impl Cutter<'_> {
    pub(super) fn image(&mut self, id: NodeId) {
        let Some(shown) = images::shown(self.tree, id) else { return };
        let link = self.marks.iter().rev().find_map(|open| match &open.mark {
            MarkData::Link(target) => Some(&self.out.targets[target.start as usize..target.end as usize]),
            _ => None,
        });
        let images::Shown { source, alt, width, height } = shown;
        let link = link.map(str::to_owned);
        let block = self.out.blocks.len() as u32;
        let mut image = ImageData { block, place: ImagePlace::Before, source, alt, width, height, link };
        if let Some(open) = &self.open {
            image.place = ImagePlace::Inside(self.out.text.len() as u32 - open.text.start);
            self.out.details.images.push(image);
            return;
        }
        // One that is loaded late often stands twice.
        if self.images.last().is_some_and(|before| before.image.source == image.source) {
            return;
        }
        let shared = std::mem::replace(&mut self.shared, self.contexts.len());
        self.images.push(PendingImage { image, element: self.context().element, shared });
    }

    /// White space that ended the open block, of this length now, is gone: images behind it stand at its end.
    pub(super) fn keep_images_inside(&mut self, length: u32) {
        let block = self.out.blocks.len() as u32;
        for image in self.out.details.images.iter_mut().rev().take_while(|image| image.block == block) {
            if let ImagePlace::Inside(offset) = &mut image.place {
                *offset = (*offset).min(length);
            }
        }
    }

    /// Gives each image between two blocks to that one with which it is deeper in the page, the second of equals.
    /// The depth towards the first falls from image to image and that towards the second rises, so that the
    /// images stay in order.
    pub(super) fn settle_images(&mut self, next: Option<NodeId>) {
        let mut after = if next.is_some() { self.shared } else { 0 };
        let mut befores: Vec<usize> = Vec::with_capacity(self.images.len());
        for pending in &self.images {
            befores.push(befores.last().map_or(pending.shared, |&least| least.min(pending.shared)));
        }
        let mut settled = Vec::with_capacity(self.images.len());
        let blocks = self.out.blocks.len();
        for (mut pending, before) in std::mem::take(&mut self.images).into_iter().zip(befores).rev() {
            let previous = self.out.blocks.last().filter(|_| next.is_none() || before > after);
            let of = previous.map_or(next, |block| match block.place {
                Place::Element { element, .. } => Some(element),
                Place::Input(_) => None,
            });
            let is_same = of == Some(pending.element);
            let image = &mut pending.image;
            (image.block, image.place) = match previous {
                Some(block) if is_same => {
                    (blocks as u32 - 1, ImagePlace::Inside(block.text.end - block.text.start))
                }
                Some(_) => (blocks as u32 - 1, ImagePlace::After),
                None if is_same => (blocks as u32, ImagePlace::Inside(0)),
                None => (blocks as u32, ImagePlace::Before),
            };
            after = after.min(pending.shared);
            settled.push(pending.image);
        }
        self.out.details.images.extend(settled.into_iter().rev());
    }
}
