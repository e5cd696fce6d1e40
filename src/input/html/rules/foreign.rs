//! What each token does in SVG and MathML (§ 13.2.6.5).

use super::Outcome::Done;
use super::{Outcome, Token, is_space};
use crate::input::html::builder::{Builder, Space, Tag};
use crate::input::html::kinds::{BREAKOUT, Kind};

impl Builder<'_> {
    pub(super) fn in_foreign(&mut self, token: Token) -> Outcome {
        match token {
            Token::Nul => self.text_here("\u{fffd}"),
            Token::Text(text, _) => {
                if self.frameset_ok && !is_space(text) {
                    self.frameset_ok = false;
                }
                self.text_here(text)
            }
            Token::Comment => self.comment_here(),
            Token::Start(tag) => {
                let breaks_out = tag.kind.is(BREAKOUT) || tag.kind == Kind::Font && self.has_look(tag);
                if breaks_out {
                    self.pop_foreign();
                    return self.step(self.mode, token);
                }
                self.insert_foreign(tag, self.space_of_current());
                Done
            }
            Token::End(tag) if matches!(tag.kind, Kind::Br | Kind::P) => {
                self.pop_foreign();
                self.step(self.mode, token)
            }
            Token::End(tag) => self.end_in_foreign(tag, token),
            Token::EndOfPage => Done,
        }
    }

    /// Whether a `<font>` says how text looks: then it is one of HTML.
    pub(super) fn has_look(&self, tag: &Tag) -> bool {
        use html5ever::local_name;
        let looks = [local_name!("color"), local_name!("face"), local_name!("size")];
        looks.iter().any(|name| self.attributes.value_of(tag.attributes, name).is_some())
    }

    pub(super) fn space_of_current(&self) -> Space {
        let element = self.current().and_then(|open| self.tree.element(open.id));
        match element.map(|element| &element.name.ns) {
            Some(&html5ever::ns!(svg)) => Space::Svg,
            Some(&html5ever::ns!(mathml)) => Space::MathMl,
            _ => Space::Html,
        }
    }

    pub(super) fn end_in_foreign(&mut self, tag: &Tag, token: Token) -> Outcome {
        for at in (1..self.stack.len()).rev() {
            self.steps += 1;
            let open = self.stack[at];
            let is_first = at + 1 == self.stack.len();
            if !is_first && open.kind != Kind::Foreign {
                return self.step(self.mode, token);
            }
            let name = self.tree.element(open.id).map(|element| &element.name.local);
            if name.is_some_and(|name| name.eq_ignore_ascii_case(&tag.name)) {
                self.truncate_stack(at);
                return Done;
            }
        }
        Done
    }
}
