//! What each token does in each insertion mode (§ 13.2.6.4 and 13.2.6.5), as html5ever has it.

mod body;
mod ends;
mod foreign;
mod head;
mod tables;

use super::builder::{Builder, Mode, Tag};
use super::kinds::{HTML_POINT, Kind, TEXT_POINT};
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
}
