//! The images inside of a block's text, on the way through it.

use crate::page::{Block, ImageData, ImagePlace};

/// The images inside of a text that are still to come.
pub(super) struct Images<'p> {
    rest: &'p [ImageData],
    length: usize,
}

impl<'p> Images<'p> {
    pub(super) fn of(block: &Block<'p>) -> Self {
        let images = block.image_data();
        let start = images.partition_point(|image| image.place == ImagePlace::Before);
        let end = images.partition_point(|image| image.place != ImagePlace::After);
        Images { rest: &images[start..end], length: block.text().len() }
    }

    fn next_offset(&self) -> Option<usize> {
        match self.rest.first()?.place {
            ImagePlace::Inside(offset) => Some((offset as usize).min(self.length)),
            _ => None,
        }
    }

    /// The next image at `position` or before it, unless it is inside of the link that begins there.
    pub(super) fn before(&mut self, position: usize, link: Option<&str>) -> Option<&'p ImageData> {
        let offset = self.next_offset().filter(|&offset| offset <= position)?;
        let (image, rest) = self.rest.split_first()?;
        if offset == position && link.is_some() && image.link.as_deref() == link {
            return None;
        }
        self.rest = rest;
        Some(image)
    }

    /// The next image before `end`, and where it stands.
    pub(super) fn until(&mut self, end: usize) -> Option<(&'p ImageData, usize)> {
        let offset = self.next_offset().filter(|&offset| offset < end)?;
        let (image, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some((image, offset))
    }
}
