//! The ways in, one file each: every one but `base` ends in a [`Tree`](crate::tree::Tree) or in plain text lines.

pub mod base;
pub mod bytes;
pub mod embedded;
pub mod html;
pub mod rcdom;
pub mod text;
