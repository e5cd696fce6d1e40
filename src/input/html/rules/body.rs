//! What each token does in `<body>`, and in elements that hold nothing but text (§ 13.2.6.4.7 and 8).

use super::Outcome::{Again, Done};
use super::{Next, Outcome, Token, is_space};
use crate::input::html::builder::{Builder, Entry, Mode, Space, Tag};
use crate::input::html::kinds::{
    BLOCK, ENDED_IN_SCOPE, FORMATTING, HEADING, IMPLIED_END, Kind, LIST, OF_HEAD, SCOPE, SPECIAL,
    TABLE_STRUCTURE,
};

impl Builder<'_> {
    pub(super) fn in_body(&mut self, token: Token) -> Outcome {
        match token {
            Token::Nul => Done,
            Token::Text(text, _) => {
                self.reconstruct_formatting();
                if self.frameset_ok && !is_space(text) {
                    self.frameset_ok = false;
                }
                self.text_here(text)
            }
            Token::Comment => self.comment_here(),
            Token::Start(tag) => self.start_in_body(tag, token),
            Token::End(tag) => self.end_in_body(tag, token),
            Token::EndOfPage if !self.template_modes.is_empty() => self.in_template(token),
            Token::EndOfPage => Done,
        }
    }

    pub(super) fn start_in_body(&mut self, tag: &Tag, token: Token) -> Outcome {
        match tag.kind {
            kind if kind.is(BLOCK) => {
                self.close_paragraph_in_button_scope();
                self.open(tag);
            }
            Kind::A => {
                self.end_link_around();
                self.reconstruct_formatting();
                self.open_formatting(tag);
            }
            Kind::Nobr => {
                self.reconstruct_formatting();
                if self.in_scope(SCOPE, Kind::Nobr) {
                    self.adoption_agency(Kind::Nobr);
                    self.reconstruct_formatting();
                }
                self.open_formatting(tag);
            }
            kind if kind.is(FORMATTING) => {
                self.reconstruct_formatting();
                self.open_formatting(tag);
            }
            Kind::Li | Kind::Dd | Kind::Dt => self.start_item(tag),
            kind if kind.is(HEADING) => {
                self.close_paragraph_in_button_scope();
                if self.current_is_in(HEADING) {
                    self.pop();
                }
                self.open(tag);
            }
            kind if kind.is(OF_HEAD) => return self.in_head(token),
            Kind::Area | Kind::Br | Kind::Embed | Kind::Img | Kind::Keygen | Kind::Wbr => {
                self.insert_void_in_line(tag)
            }
            Kind::Image => {
                self.insert_void_in_line(&Tag { name: Kind::Img.name(), kind: Kind::Img, ..tag.clone() })
            }
            Kind::Pre | Kind::Listing => {
                self.close_paragraph_in_button_scope();
                self.open(tag);
                self.ignores_line_feed = true;
                self.frameset_ok = false;
            }
            Kind::Form => {
                let in_template = self.has_open(Kind::Template);
                if self.form.is_none() || in_template {
                    self.close_paragraph_in_button_scope();
                    let form = self.open(tag);
                    if !in_template {
                        self.form = Some(form.id);
                    }
                }
            }
            Kind::Plaintext => {
                self.close_paragraph_in_button_scope();
                self.open(tag);
                return Outcome::Then(Next::Plaintext);
            }
            Kind::Button => {
                if self.in_scope(SCOPE, Kind::Button) {
                    self.generate_implied_end_tags(IMPLIED_END, None);
                    self.pop_until_kind(Kind::Button);
                }
                self.reconstruct_formatting();
                self.open(tag);
                self.frameset_ok = false;
            }
            Kind::Applet | Kind::Marquee | Kind::Object => {
                self.reconstruct_formatting();
                self.open(tag);
                self.formatting.push(Entry::Marker);
                self.frameset_ok = false;
            }
            Kind::Table => {
                if !self.is_quirky {
                    self.close_paragraph_in_button_scope();
                }
                self.open(tag);
                self.frameset_ok = false;
                self.mode = Mode::InTable;
            }
            Kind::Input => {
                if self.in_scope(SCOPE, Kind::Select) {
                    self.pop_until_kind(Kind::Select);
                }
                self.reconstruct_formatting();
                self.insert_void(tag);
                self.frameset_ok &= self.is_hidden_input(tag);
            }
            Kind::Param | Kind::Source | Kind::Track => {
                self.insert_void(tag);
            }
            Kind::Hr => {
                self.close_paragraph_in_button_scope();
                if self.in_scope(SCOPE, Kind::Select) {
                    self.generate_implied_end_tags(IMPLIED_END, None);
                }
                self.insert_void(tag);
                self.frameset_ok = false;
            }
            Kind::Textarea => {
                self.frameset_ok = false;
                let outcome = self.open_text(tag, Next::EscapableText);
                self.ignores_line_feed = true;
                return outcome;
            }
            Kind::Xmp => {
                self.close_paragraph_in_button_scope();
                self.reconstruct_formatting();
                self.frameset_ok = false;
                return self.open_text(tag, Next::RawText);
            }
            Kind::Iframe => {
                self.frameset_ok = false;
                return self.open_text(tag, Next::RawText);
            }
            Kind::Noembed => return self.open_text(tag, Next::RawText),
            Kind::Select => {
                if self.in_scope(SCOPE, Kind::Select) {
                    self.pop_until_kind(Kind::Select);
                } else {
                    self.reconstruct_formatting();
                    self.open(tag);
                    self.frameset_ok = false;
                }
            }
            Kind::Option | Kind::Optgroup => {
                if self.in_scope(SCOPE, Kind::Select) {
                    let except = (tag.kind == Kind::Option).then_some(Kind::Optgroup);
                    self.generate_implied_end_tags(IMPLIED_END, except);
                } else if self.current_is(Kind::Option) {
                    self.pop();
                }
                self.reconstruct_formatting();
                self.open(tag);
            }
            Kind::Rb | Kind::Rtc => {
                if self.in_scope(SCOPE, Kind::Ruby) {
                    self.generate_implied_end_tags(IMPLIED_END, None);
                }
                self.open(tag);
            }
            Kind::Rp | Kind::Rt => {
                if self.in_scope(SCOPE, Kind::Ruby) {
                    self.generate_implied_end_tags(IMPLIED_END, Some(Kind::Rtc));
                }
                self.open(tag);
            }
            Kind::Math => {
                self.reconstruct_formatting();
                self.insert_foreign(tag, Space::MathMl);
            }
            Kind::Svg => {
                self.reconstruct_formatting();
                self.insert_foreign(tag, Space::Svg);
            }
            Kind::Html => {
                if let Some(html) = self.stack.first().filter(|_| !self.has_open(Kind::Template)) {
                    self.add_missing_attributes(html.id, tag);
                }
            }
            Kind::Body => {
                let body = self.stack.get(1).filter(|open| open.kind == Kind::Body).map(|body| body.id);
                if let Some(body) = body.filter(|_| !self.has_open(Kind::Template)) {
                    self.frameset_ok = false;
                    self.add_missing_attributes(body, tag);
                }
            }
            Kind::Frameset => {
                let body = self.stack.get(1).filter(|open| open.kind == Kind::Body).map(|body| body.id);
                if let Some(body) = body.filter(|_| self.frameset_ok) {
                    self.tree.detach(body);
                    self.truncate_stack(1);
                    self.open(tag);
                    self.mode = Mode::InFrameset;
                }
            }
            Kind::Frame | Kind::Head => {}
            kind if kind.is(TABLE_STRUCTURE) => {}
            _ => {
                self.reconstruct_formatting();
                self.open(tag);
            }
        }
        Done
    }

    /// `<li>`, `<dd>` or `<dt>`: ends the item before.
    pub(super) fn start_item(&mut self, tag: &Tag) {
        self.frameset_ok = false;
        let is_of_list = tag.kind == Kind::Li;
        let mut to_close = None;
        for open in self.stack.iter().rev() {
            self.steps += 1;
            let closes = match open.kind {
                Kind::Li => is_of_list,
                Kind::Dd | Kind::Dt => !is_of_list,
                _ => false,
            };
            if closes {
                to_close = Some(open.kind);
                break;
            }
            if open.sets & SPECIAL != 0 && !matches!(open.kind, Kind::Address | Kind::Div | Kind::P) {
                break;
            }
        }
        if let Some(kind) = to_close {
            self.generate_implied_end_tags(IMPLIED_END, Some(kind));
            self.pop_until_kind(kind);
        }
        self.close_paragraph_in_button_scope();
        self.open(tag);
    }

    pub(super) fn insert_void_in_line(&mut self, tag: &Tag) {
        self.reconstruct_formatting();
        self.insert_void(tag);
        self.frameset_ok = false;
    }

    pub(super) fn end_in_body(&mut self, tag: &Tag, token: Token) -> Outcome {
        match tag.kind {
            kind if kind.is(ENDED_IN_SCOPE) => {
                if self.in_scope(SCOPE, kind) {
                    self.generate_implied_end_tags(IMPLIED_END, None);
                    self.pop_until_kind(kind);
                }
            }
            kind if kind.is(FORMATTING) => self.adoption_agency(kind),
            Kind::P => {
                if !self.paragraph_in_button_scope() {
                    self.open_phantom(Kind::P);
                }
                self.close_paragraph();
            }
            kind @ (Kind::Li | Kind::Dd | Kind::Dt) => {
                let scope = if kind == Kind::Li { SCOPE | LIST } else { SCOPE };
                if self.in_scope(scope, kind) {
                    self.generate_implied_end_tags(IMPLIED_END, Some(kind));
                    self.pop_until_kind(kind);
                }
            }
            kind if kind.is(HEADING) => {
                if self.any_in_scope(SCOPE, |open| open.sets & HEADING != 0) {
                    self.generate_implied_end_tags(IMPLIED_END, None);
                    self.pop_until(|open| open.sets & HEADING != 0);
                }
            }
            Kind::Template => return self.in_head(token),
            Kind::Body => {
                if self.in_scope(SCOPE, Kind::Body) {
                    self.mode = Mode::AfterBody;
                }
            }
            Kind::Html => {
                if self.in_scope(SCOPE, Kind::Body) {
                    return Again(Mode::AfterBody);
                }
            }
            Kind::Form => self.end_form(),
            kind @ (Kind::Applet | Kind::Marquee | Kind::Object) => {
                if self.in_scope(SCOPE, kind) {
                    self.generate_implied_end_tags(IMPLIED_END, None);
                    self.pop_until_kind(kind);
                    self.clear_formatting_to_marker();
                }
            }
            Kind::Br => self.insert_void_in_line(&Tag::bare(Kind::Br)),
            _ => self.end_tag_in_body(tag),
        }
        Done
    }

    pub(super) fn end_form(&mut self) {
        if self.has_open(Kind::Template) {
            if self.in_scope(SCOPE, Kind::Form) {
                self.generate_implied_end_tags(IMPLIED_END, None);
                self.pop_until_kind(Kind::Form);
            }
            return;
        }
        let Some(form) = self.form.take() else { return };
        if self.any_in_scope(SCOPE, |open| open.id == form) {
            self.generate_implied_end_tags(IMPLIED_END, None);
            self.remove_from_stack(form);
        }
    }

    /// Opens an element that holds nothing but text.
    pub(super) fn open_text(&mut self, tag: &Tag, next: Next) -> Outcome {
        self.open(tag);
        self.original_mode = self.mode;
        self.mode = Mode::Text;
        Outcome::Then(next)
    }

    pub(super) fn in_text(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(text, _) => self.text_here(text),
            Token::EndOfPage => {
                self.pop();
                Again(self.original_mode)
            }
            Token::End(_) => {
                self.pop();
                self.mode = self.original_mode;
                Done
            }
            // Nothing else stands in text.
            Token::Start(_) | Token::Nul | Token::Comment => Done,
        }
    }

    pub(super) fn is_hidden_input(&self, tag: &Tag) -> bool {
        let kind = self.attributes.value_of(tag.attributes, &html5ever::local_name!("type"));
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"))
    }
}
