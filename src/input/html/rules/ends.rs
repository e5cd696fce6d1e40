//! What each token does in templates and framesets, and behind the page (§ 13.2.6.4.16 to 23).

use super::Outcome::{Again, Done, SplitText};
use super::{Outcome, Split, Token};
use crate::input::html::builder::{Builder, Mode};
use crate::input::html::kinds::{Kind, OF_HEAD};
use crate::tree::NodeId;

impl Builder<'_> {
    pub(super) fn in_template(&mut self, token: Token) -> Outcome {
        let mode = match token {
            Token::Text(..) | Token::Comment => return self.in_body(token),
            Token::Start(tag) => match tag.kind {
                kind if kind.is(OF_HEAD) => return self.in_head(token),
                Kind::Caption | Kind::Colgroup | Kind::Tbody | Kind::Tfoot | Kind::Thead => Mode::InTable,
                Kind::Col => Mode::InColumnGroup,
                Kind::Tr => Mode::InTableBody,
                Kind::Td | Kind::Th => Mode::InRow,
                _ => Mode::InBody,
            },
            Token::End(tag) if tag.kind == Kind::Template => return self.in_head(token),
            Token::EndOfPage if self.has_open(Kind::Template) => {
                self.pop_until_kind(Kind::Template);
                self.clear_formatting_to_marker();
                self.template_modes.pop();
                self.mode = self.reset_mode();
                return Again(self.mode);
            }
            Token::End(_) | Token::EndOfPage | Token::Nul => return Done,
        };
        self.template_modes.pop();
        self.template_modes.push(mode);
        Again(mode)
    }

    pub(super) fn after_body(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(_, Split::Space) => self.in_body(token),
            Token::Comment => {
                let html = self.stack.first().map_or(NodeId::DOCUMENT, |html| html.id);
                self.comment_in(html)
            }
            Token::Start(tag) if tag.kind == Kind::Html => self.in_body(token),
            Token::End(tag) if tag.kind == Kind::Html => {
                self.mode = Mode::AfterAfterBody;
                Done
            }
            Token::EndOfPage => Done,
            _ => Again(Mode::InBody),
        }
    }

    pub(super) fn in_frameset(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => return SplitText,
            Token::Text(text, Split::Space) => return self.text_here(text),
            Token::Comment => return self.comment_here(),
            Token::Start(tag) => match tag.kind {
                Kind::Html => return self.in_body(token),
                Kind::Frameset => {
                    self.open(tag);
                }
                Kind::Frame => {
                    self.insert_void(tag);
                }
                Kind::Noframes => return self.in_head(token),
                _ => {}
            },
            Token::End(tag) if tag.kind == Kind::Frameset && self.stack.len() > 1 => {
                self.pop();
                if !self.current_is(Kind::Frameset) {
                    self.mode = Mode::AfterFrameset;
                }
            }
            _ => {}
        }
        Done
    }

    pub(super) fn after_frameset(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(text, Split::Space) => self.text_here(text),
            Token::Comment => self.comment_here(),
            Token::Start(tag) if tag.kind == Kind::Html => self.in_body(token),
            Token::Start(tag) if tag.kind == Kind::Noframes => self.in_head(token),
            Token::End(tag) if tag.kind == Kind::Html => {
                self.mode = Mode::AfterAfterFrameset;
                Done
            }
            _ => Done,
        }
    }

    pub(super) fn after_after_body(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(_, Split::Space) => self.in_body(token),
            Token::Comment => self.comment_in(NodeId::DOCUMENT),
            Token::Start(tag) if tag.kind == Kind::Html => self.in_body(token),
            Token::EndOfPage => Done,
            _ => Again(Mode::InBody),
        }
    }

    pub(super) fn after_after_frameset(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(_, Split::Space) => self.in_body(token),
            Token::Comment => self.comment_in(NodeId::DOCUMENT),
            Token::Start(tag) if tag.kind == Kind::Html => self.in_body(token),
            Token::Start(tag) if tag.kind == Kind::Noframes => self.in_head(token),
            _ => Done,
        }
    }
}
