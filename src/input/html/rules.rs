//! What each token does in each insertion mode (§ 13.2.6.4 and 13.2.6.5), as html5ever has it.

use super::builder::{Builder, Entry, Mode, Space, Tag};
use super::kinds::{
    BLOCK, BREAKOUT, CELL_CONTEXT, ENDED_IN_SCOPE, FORMATTING, HEADING, HTML_POINT, IMPLIED_END,
    IMPLIED_END_IN_TEMPLATE, Kind, LIST, OF_HEAD, ROW_CONTEXT, SCOPE, SPECIAL, TABLE_PART, TABLE_SCOPE,
    TABLE_STRUCTURE, TEXT_POINT,
};
use crate::tree::NodeId;

/// How the page goes on behind a start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    Markup,
    /// Text up to the end tag, with character references.
    EscapableText,
    /// Text up to the end tag.
    RawText,
    Script,
    /// Nothing but text.
    Plaintext,
}

/// A token, as the rules see it.
#[derive(Clone, Copy, Debug)]
enum Token<'t> {
    Start(&'t Tag),
    End(&'t Tag),
    Text(&'t str, Split),
    Nul,
    Comment,
    EndOfPage,
}

/// Whether a text was split at white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Split {
    Not,
    Space,
    NoSpace,
}

/// What came of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Then(Next),
    /// White space matters here: the text is to be split at it.
    SplitText,
    /// The token is to be looked at again, in this mode.
    Again(Mode),
}
use Outcome::{Again, Done, SplitText};

fn is_space(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

impl Builder<'_> {
    pub fn process_start(&mut self, tag: &Tag) -> Next {
        self.ignores_line_feed = false;
        match self.process(Token::Start(tag)) {
            Outcome::Then(next) => next,
            _ => Next::Markup,
        }
    }

    pub fn end_tag(&mut self, tag: &Tag) {
        self.bounds.note_end(tag.kind);
        self.process_end(tag);
    }

    pub fn process_end(&mut self, tag: &Tag) {
        self.ignores_line_feed = false;
        self.process(Token::End(tag));
    }

    pub fn text(&mut self, text: &str) {
        let ignores_line_feed = std::mem::take(&mut self.ignores_line_feed);
        let mut rest = text.strip_prefix('\n').filter(|_| ignores_line_feed).unwrap_or(text);
        while !rest.is_empty() {
            if self.process(Token::Text(rest, Split::Not)) != SplitText {
                return;
            }
            let starts_with_space = rest.as_bytes()[0].is_ascii_whitespace();
            let end = rest.bytes().position(|byte| byte.is_ascii_whitespace() != starts_with_space);
            let (run, more) = rest.split_at(end.unwrap_or(rest.len()));
            self.process(Token::Text(run, if starts_with_space { Split::Space } else { Split::NoSpace }));
            rest = more;
        }
    }

    pub fn nul(&mut self) {
        self.ignores_line_feed = false;
        self.process(Token::Nul);
    }

    pub fn comment(&mut self) {
        self.ignores_line_feed = false;
        self.process(Token::Comment);
    }

    pub fn doctype(&mut self, is_quirky: bool) {
        self.ignores_line_feed = false;
        if self.mode == Mode::Initial {
            self.append_doctype();
            self.is_quirky = is_quirky;
            self.mode = Mode::BeforeHtml;
        }
    }

    pub fn end_of_page(&mut self) {
        self.ignores_line_feed = false;
        self.process(Token::EndOfPage);
    }

    fn process(&mut self, token: Token) -> Outcome {
        self.steps += 1;
        loop {
            let outcome =
                if self.is_foreign(token) { self.in_foreign(token) } else { self.step(self.mode, token) };
            match outcome {
                Again(mode) => self.mode = mode,
                outcome => return outcome,
            }
        }
    }

    /// Whether a token is for the rules of foreign content.
    fn is_foreign(&self, token: Token) -> bool {
        if !self.is_in_foreign() || matches!(token, Token::EndOfPage) {
            return false;
        }
        let Some(current) = self.current() else { return false };
        let is_text = matches!(token, Token::Text(..) | Token::Nul);
        let start = match token {
            Token::Start(tag) => Some(tag.kind),
            _ => None,
        };
        if current.sets & TEXT_POINT != 0 {
            let is_html = start.is_some_and(|kind| !matches!(kind, Kind::Mglyph | Kind::Malignmark));
            return !(is_text || is_html);
        }
        if current.sets & HTML_POINT != 0 {
            return !(is_text || start.is_some());
        }
        if current.sets & super::kinds::ANNOTATION != 0 && (is_text || start.is_some()) {
            return start != Some(Kind::Svg) && !self.holds_html(current);
        }
        true
    }

    fn step(&mut self, mode: Mode, token: Token) -> Outcome {
        match mode {
            Mode::Initial => self.initial(token),
            Mode::BeforeHtml => self.before_html(token),
            Mode::BeforeHead => self.before_head(token),
            Mode::InHead => self.in_head(token),
            Mode::InHeadNoscript => self.in_head_noscript(token),
            Mode::AfterHead => self.after_head(token),
            Mode::InBody => self.in_body(token),
            Mode::Text => self.in_text(token),
            Mode::InTable => self.in_table(token),
            Mode::InTableText => self.in_table_text(token),
            Mode::InCaption => self.in_caption(token),
            Mode::InColumnGroup => self.in_column_group(token),
            Mode::InTableBody => self.in_table_body(token),
            Mode::InRow => self.in_row(token),
            Mode::InCell => self.in_cell(token),
            Mode::InTemplate => self.in_template(token),
            Mode::AfterBody => self.after_body(token),
            Mode::InFrameset => self.in_frameset(token),
            Mode::AfterFrameset => self.after_frameset(token),
            Mode::AfterAfterBody => self.after_after_body(token),
            Mode::AfterAfterFrameset => self.after_after_frameset(token),
        }
    }

    // ---- before the body ----

    fn initial(&mut self, token: Token) -> Outcome {
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

    fn before_html(&mut self, token: Token) -> Outcome {
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

    fn before_head(&mut self, token: Token) -> Outcome {
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

    fn in_head(&mut self, token: Token) -> Outcome {
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

    fn in_head_noscript(&mut self, token: Token) -> Outcome {
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

    fn after_head(&mut self, token: Token) -> Outcome {
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
                    self.push(super::builder::Open { id: head, kind: Kind::Head, sets: Kind::Head.sets() });
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

    // ---- the body ----

    fn in_body(&mut self, token: Token) -> Outcome {
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

    fn start_in_body(&mut self, tag: &Tag, token: Token) -> Outcome {
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
    fn start_item(&mut self, tag: &Tag) {
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

    fn insert_void_in_line(&mut self, tag: &Tag) {
        self.reconstruct_formatting();
        self.insert_void(tag);
        self.frameset_ok = false;
    }

    fn end_in_body(&mut self, tag: &Tag, token: Token) -> Outcome {
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

    fn end_form(&mut self) {
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
    fn open_text(&mut self, tag: &Tag, next: Next) -> Outcome {
        self.open(tag);
        self.original_mode = self.mode;
        self.mode = Mode::Text;
        Outcome::Then(next)
    }

    fn in_text(&mut self, token: Token) -> Outcome {
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

    fn text_here(&mut self, text: &str) -> Outcome {
        self.insert_text(text);
        Done
    }

    fn comment_here(&mut self) -> Outcome {
        self.insert_comment();
        Done
    }

    fn comment_in(&mut self, parent: NodeId) -> Outcome {
        self.append_comment(parent);
        Done
    }

    fn is_hidden_input(&self, tag: &Tag) -> bool {
        let kind = self.attributes.value_of(tag.attributes, &html5ever::local_name!("type"));
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"))
    }

    // ---- tables ----

    fn in_table(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(..) | Token::Nul => {
                if self.current_is_in(TABLE_PART) {
                    self.original_mode = self.mode;
                    return Again(Mode::InTableText);
                }
                self.foster(token)
            }
            Token::Comment => self.comment_here(),
            Token::Start(tag) => self.start_in_table(tag, token),
            Token::End(tag) => match tag.kind {
                Kind::Table => {
                    if self.in_scope(TABLE_SCOPE, Kind::Table) {
                        self.pop_until_kind(Kind::Table);
                        self.mode = self.reset_mode();
                    }
                    Done
                }
                Kind::Template => self.in_head(token),
                Kind::Body | Kind::Html => Done,
                kind if kind.is(TABLE_STRUCTURE) => Done,
                _ => self.foster(token),
            },
            Token::EndOfPage => self.in_body(token),
        }
    }

    fn start_in_table(&mut self, tag: &Tag, token: Token) -> Outcome {
        match tag.kind {
            Kind::Caption => {
                self.pop_until_current(TABLE_SCOPE);
                self.formatting.push(Entry::Marker);
                self.open(tag);
                self.mode = Mode::InCaption;
                Done
            }
            Kind::Colgroup => {
                self.pop_until_current(TABLE_SCOPE);
                self.open(tag);
                self.mode = Mode::InColumnGroup;
                Done
            }
            Kind::Col => {
                self.pop_until_current(TABLE_SCOPE);
                self.open_phantom(Kind::Colgroup);
                Again(Mode::InColumnGroup)
            }
            Kind::Tbody | Kind::Tfoot | Kind::Thead => {
                self.pop_until_current(TABLE_SCOPE);
                self.open(tag);
                self.mode = Mode::InTableBody;
                Done
            }
            Kind::Td | Kind::Th | Kind::Tr => {
                self.pop_until_current(TABLE_SCOPE);
                self.open_phantom(Kind::Tbody);
                Again(Mode::InTableBody)
            }
            Kind::Table => {
                if self.in_scope(TABLE_SCOPE, Kind::Table) {
                    self.pop_until_kind(Kind::Table);
                    return Again(self.reset_mode());
                }
                Done
            }
            Kind::Style | Kind::Script | Kind::Template => self.in_head(token),
            Kind::Input if self.is_hidden_input(tag) => {
                self.insert_void(tag);
                Done
            }
            Kind::Form => {
                if self.form.is_none() && !self.has_open(Kind::Template) {
                    self.form = Some(self.insert_void(tag).id);
                }
                Done
            }
            _ => self.foster(token),
        }
    }

    /// What can't stand in a table goes before it.
    fn foster(&mut self, token: Token) -> Outcome {
        self.foster_parenting = true;
        let outcome = self.in_body(token);
        self.foster_parenting = false;
        outcome
    }

    fn in_table_text(&mut self, token: Token) -> Outcome {
        match token {
            Token::Nul => return Done,
            Token::Text(text, _) => {
                self.table_text.push_str(text);
                return Done;
            }
            _ => {}
        }
        let text = std::mem::take(&mut self.table_text);
        if !is_space(&text) {
            self.foster(Token::Text(&text, Split::Not));
        } else if !text.is_empty() {
            self.insert_text(&text);
        }
        Again(self.original_mode)
    }

    fn in_caption(&mut self, token: Token) -> Outcome {
        let ends = match token {
            Token::Start(tag) => tag.kind.is(TABLE_STRUCTURE),
            Token::End(tag) => match tag.kind {
                Kind::Table | Kind::Caption => true,
                Kind::Body | Kind::Html => return Done,
                kind if kind.is(TABLE_STRUCTURE) => return Done,
                _ => false,
            },
            _ => false,
        };
        if !ends {
            return self.in_body(token);
        }
        if !self.in_scope(TABLE_SCOPE, Kind::Caption) {
            return Done;
        }
        self.generate_implied_end_tags(IMPLIED_END, None);
        self.pop_until_kind(Kind::Caption);
        self.clear_formatting_to_marker();
        match token {
            Token::End(tag) if tag.kind == Kind::Caption => {
                self.mode = Mode::InTable;
                Done
            }
            _ => Again(Mode::InTable),
        }
    }

    fn in_column_group(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => return SplitText,
            Token::Text(text, Split::Space) => return self.text_here(text),
            Token::Comment => return self.comment_here(),
            Token::EndOfPage => return self.in_body(token),
            Token::Start(tag) => match tag.kind {
                Kind::Html => return self.in_body(token),
                Kind::Col => {
                    self.insert_void(tag);
                    return Done;
                }
                Kind::Template => return self.in_head(token),
                _ => {}
            },
            Token::End(tag) => match tag.kind {
                Kind::Colgroup => {
                    if self.current_is(Kind::Colgroup) {
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    return Done;
                }
                Kind::Col => return Done,
                Kind::Template => return self.in_head(token),
                _ => {}
            },
            _ => {}
        }
        if !self.current_is(Kind::Colgroup) {
            return Done;
        }
        self.pop();
        Again(Mode::InTable)
    }

    fn in_table_body(&mut self, token: Token) -> Outcome {
        match token {
            Token::Start(tag) => match tag.kind {
                Kind::Tr => {
                    self.pop_until_current(ROW_CONTEXT);
                    self.open(tag);
                    self.mode = Mode::InRow;
                    return Done;
                }
                Kind::Th | Kind::Td => {
                    self.pop_until_current(ROW_CONTEXT);
                    self.open_phantom(Kind::Tr);
                    return Again(Mode::InRow);
                }
                kind if kind.is(TABLE_STRUCTURE) => return self.end_table_body(),
                _ => {}
            },
            Token::End(tag) => match tag.kind {
                kind @ (Kind::Tbody | Kind::Tfoot | Kind::Thead) => {
                    if self.in_scope(TABLE_SCOPE, kind) {
                        self.pop_until_current(ROW_CONTEXT);
                        self.pop();
                        self.mode = Mode::InTable;
                    }
                    return Done;
                }
                Kind::Table => return self.end_table_body(),
                Kind::Body | Kind::Html => return Done,
                kind if kind.is(TABLE_STRUCTURE) => return Done,
                _ => {}
            },
            _ => {}
        }
        self.in_table(token)
    }

    fn end_table_body(&mut self) -> Outcome {
        let is_outer = |kind: Kind| matches!(kind, Kind::Table | Kind::Tbody | Kind::Tfoot);
        if !self.any_in_scope(TABLE_SCOPE, |open| is_outer(open.kind)) {
            return Done;
        }
        self.pop_until_current(ROW_CONTEXT);
        self.pop();
        Again(Mode::InTable)
    }

    fn in_row(&mut self, token: Token) -> Outcome {
        match token {
            Token::Start(tag) => match tag.kind {
                Kind::Th | Kind::Td => {
                    self.pop_until_current(CELL_CONTEXT);
                    self.open(tag);
                    self.mode = Mode::InCell;
                    self.formatting.push(Entry::Marker);
                    return Done;
                }
                kind if kind.is(TABLE_STRUCTURE) => return self.end_row(),
                _ => {}
            },
            Token::End(tag) => match tag.kind {
                Kind::Tr => {
                    if self.end_row() != Done {
                        self.mode = Mode::InTableBody;
                    }
                    return Done;
                }
                Kind::Table => return self.end_row(),
                kind @ (Kind::Tbody | Kind::Tfoot | Kind::Thead) => {
                    return if self.in_scope(TABLE_SCOPE, kind) { self.end_row() } else { Done };
                }
                Kind::Body | Kind::Html => return Done,
                kind if kind.is(TABLE_STRUCTURE) => return Done,
                _ => {}
            },
            _ => {}
        }
        self.in_table(token)
    }

    fn end_row(&mut self) -> Outcome {
        if !self.in_scope(TABLE_SCOPE, Kind::Tr) {
            return Done;
        }
        self.pop_until_current(CELL_CONTEXT);
        self.pop();
        Again(Mode::InTableBody)
    }

    fn in_cell(&mut self, token: Token) -> Outcome {
        match token {
            Token::Start(tag) if tag.kind.is(TABLE_STRUCTURE) => {
                if !self.any_in_scope(TABLE_SCOPE, |open| matches!(open.kind, Kind::Td | Kind::Th)) {
                    return Done;
                }
                self.close_cell();
                return Again(Mode::InRow);
            }
            Token::End(tag) => match tag.kind {
                kind @ (Kind::Td | Kind::Th) => {
                    if self.in_scope(TABLE_SCOPE, kind) {
                        self.generate_implied_end_tags(IMPLIED_END, None);
                        self.pop_until_kind(kind);
                        self.clear_formatting_to_marker();
                        self.mode = Mode::InRow;
                    }
                    return Done;
                }
                Kind::Body | Kind::Html | Kind::Caption | Kind::Col | Kind::Colgroup => return Done,
                kind @ (Kind::Table | Kind::Tbody | Kind::Tfoot | Kind::Thead | Kind::Tr) => {
                    if !self.in_scope(TABLE_SCOPE, kind) {
                        return Done;
                    }
                    self.close_cell();
                    return Again(Mode::InRow);
                }
                _ => {}
            },
            _ => {}
        }
        self.in_body(token)
    }

    // ---- templates, and what comes behind the body ----

    fn in_template(&mut self, token: Token) -> Outcome {
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

    fn after_body(&mut self, token: Token) -> Outcome {
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

    fn in_frameset(&mut self, token: Token) -> Outcome {
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

    fn after_frameset(&mut self, token: Token) -> Outcome {
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

    fn after_after_body(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(_, Split::Space) => self.in_body(token),
            Token::Comment => self.comment_in(NodeId::DOCUMENT),
            Token::Start(tag) if tag.kind == Kind::Html => self.in_body(token),
            Token::EndOfPage => Done,
            _ => Again(Mode::InBody),
        }
    }

    fn after_after_frameset(&mut self, token: Token) -> Outcome {
        match token {
            Token::Text(_, Split::Not) => SplitText,
            Token::Text(_, Split::Space) => self.in_body(token),
            Token::Comment => self.comment_in(NodeId::DOCUMENT),
            Token::Start(tag) if tag.kind == Kind::Html => self.in_body(token),
            Token::Start(tag) if tag.kind == Kind::Noframes => self.in_head(token),
            _ => Done,
        }
    }

    // ---- SVG and MathML ----

    fn in_foreign(&mut self, token: Token) -> Outcome {
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
    fn has_look(&self, tag: &Tag) -> bool {
        use html5ever::local_name;
        let looks = [local_name!("color"), local_name!("face"), local_name!("size")];
        looks.iter().any(|name| self.attributes.value_of(tag.attributes, name).is_some())
    }

    fn space_of_current(&self) -> Space {
        let element = self.current().and_then(|open| self.tree.element(open.id));
        match element.map(|element| &element.name.ns) {
            Some(&html5ever::ns!(svg)) => Space::Svg,
            Some(&html5ever::ns!(mathml)) => Space::MathMl,
            _ => Space::Html,
        }
    }

    fn end_in_foreign(&mut self, tag: &Tag, token: Token) -> Outcome {
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
