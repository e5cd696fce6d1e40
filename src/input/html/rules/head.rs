//! What each token does before `<body>`: the doctype, `<html>` and `<head>` (§ 13.2.6.4.1 to 6).

use super::Outcome::{Again, Done, SplitText};
use super::{Next, Outcome, Split, Token};
use crate::input::html::builder::{Builder, Entry, Mode, Open, Tag};
use crate::input::html::kinds::{IMPLIED_END_IN_TEMPLATE, Kind, OF_HEAD};
use crate::tree::NodeId;

impl Builder<'_> {
    pub(super) fn initial(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(_, Split::Space) => Done,
            Token::Comment => self.comment_in(NodeId::DOCUMENT),
            _ => {
                self.is_quirky = true;
                Again(Mode::BeforeHtml)
            }
        }
    }

    pub(super) fn before_html(&mut self, token: Token) -> Outcome {
        match token {
            Token::Comment => self.comment_in(NodeId::DOCUMENT),
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(_, Split::Space) => Done,
            Token::Start(tag) if tag.kind == Kind::Html => {
                self.create_root(tag);
                self.mode = Mode::BeforeHead;
                Done
            }
            Token::End(tag) if !matches!(tag.kind, Kind::Head | Kind::Body | Kind::Html | Kind::Br) => Done,
            _ => {
                self.create_root(&Tag::bare(Kind::Html));
                Again(Mode::BeforeHead)
            }
        }
    }

    pub(super) fn before_head(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(_, Split::Space) => Done,
            Token::Comment => self.comment_here(),
            Token::Start(tag) if tag.kind == Kind::Html => self.in_body(token),
            Token::Start(tag) if tag.kind == Kind::Head => {
                self.head = Some(self.open(tag).id);
                self.mode = Mode::InHead;
                Done
            }
            Token::End(tag) if !matches!(tag.kind, Kind::Head | Kind::Body | Kind::Html | Kind::Br) => Done,
            _ => {
                self.head = Some(self.open_phantom(Kind::Head).id);
                Again(Mode::InHead)
            }
        }
    }

    pub(super) fn in_head(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => return SplitText,
            Token::Text(text, Split::Space) => return self.text_here(text),
            Token::Comment => return self.comment_here(),
            Token::Start(tag) => match tag.kind {
                Kind::Html => return self.in_body(token),
                Kind::Base | Kind::Basefont | Kind::Bgsound | Kind::Link | Kind::Meta => {
                    self.insert_void(tag);
                    return Done;
                }
                Kind::Title => return self.open_text(tag, Next::EscapableText),
                Kind::Noframes | Kind::Style => return self.open_text(tag, Next::RawText),
                Kind::Noscript => {
                    self.open(tag);
                    self.mode = Mode::InHeadNoscript;
                    return Done;
                }
                Kind::Script => return self.open_text(tag, Next::Script),
                Kind::Template => {
                    self.formatting.push(Entry::Marker);
                    self.frameset_ok = false;
                    self.mode = Mode::InTemplate;
                    self.template_modes.push(Mode::InTemplate);
                    self.open(tag);
                    return Done;
                }
                Kind::Head => return Done,
                _ => {}
            },
            Token::End(tag) => match tag.kind {
                Kind::Head => {
                    self.pop();
                    self.mode = Mode::AfterHead;
                    return Done;
                }
                Kind::Template => {
                    if self.has_open(Kind::Template) {
                        self.generate_implied_end_tags(IMPLIED_END_IN_TEMPLATE, None);
                        self.pop_until_kind(Kind::Template);
                        self.clear_formatting_to_marker();
                        self.template_modes.pop();
                        self.mode = self.reset_mode();
                    }
                    return Done;
                }
                Kind::Body | Kind::Html | Kind::Br => {}
                _ => return Done,
            },
            _ => {}
        }
        self.pop();
        Again(Mode::AfterHead)
    }

    pub(super) fn in_head_noscript(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => return SplitText,
            Token::Text(_, Split::Space) | Token::Comment => return self.in_head(token),
            Token::Start(tag) => match tag.kind {
                Kind::Html => return self.in_body(token),
                Kind::Basefont | Kind::Bgsound | Kind::Link | Kind::Meta | Kind::Noframes | Kind::Style => {
                    return self.in_head(token);
                }
                Kind::Head | Kind::Noscript => return Done,
                _ => {}
            },
            Token::End(tag) => match tag.kind {
                Kind::Noscript => {
                    self.pop();
                    self.mode = Mode::InHead;
                    return Done;
                }
                Kind::Br => {}
                _ => return Done,
            },
            _ => {}
        }
        self.pop();
        Again(Mode::InHead)
    }

    pub(super) fn after_head(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => return SplitText,
            Token::Text(text, Split::Space) => return self.text_here(text),
            Token::Comment => return self.comment_here(),
            Token::Start(tag) => match tag.kind {
                Kind::Html => return self.in_body(token),
                Kind::Body => {
                    self.open(tag);
                    self.frameset_ok = false;
                    self.mode = Mode::InBody;
                    return Done;
                }
                Kind::Frameset => {
                    self.open(tag);
                    self.mode = Mode::InFrameset;
                    return Done;
                }
                kind if kind.is(OF_HEAD) => {
                    let Some(head) = self.head else { return Done };
                    self.push(Open { id: head, kind: Kind::Head, sets: Kind::Head.sets() });
                    let outcome = self.in_head(token);
                    self.remove_from_stack(head);
                    return outcome;
                }
                Kind::Head => return Done,
                _ => {}
            },
            Token::End(tag) => match tag.kind {
                Kind::Template => return self.in_head(token),
                Kind::Body | Kind::Html | Kind::Br => {}
                _ => return Done,
            },
            _ => {}
        }
        self.open_phantom(Kind::Body);
        Again(Mode::InBody)
    }
}
