//! What each token does in tables (§ 13.2.6.4.9 to 15).

use super::Outcome::{Again, Done, SplitText};
use super::{Outcome, Split, Token, is_space};
use crate::input::html::builder::{Builder, Entry, Mode, Tag};
use crate::input::html::kinds::{
    CELL_CONTEXT, IMPLIED_END, Kind, ROW_CONTEXT, TABLE_PART, TABLE_SCOPE, TABLE_STRUCTURE,
};

impl Builder<'_> {
    pub(super) fn in_table(&mut self, token: Token) -> Outcome {
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

    pub(super) fn start_in_table(&mut self, tag: &Tag, token: Token) -> Outcome {
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
    pub(super) fn foster(&mut self, token: Token) -> Outcome {
        self.foster_parenting = true;
        let outcome = self.in_body(token);
        self.foster_parenting = false;
        outcome
    }

    pub(super) fn in_table_text(&mut self, token: Token) -> Outcome {
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

    pub(super) fn in_caption(&mut self, token: Token) -> Outcome {
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

    pub(super) fn in_column_group(&mut self, token: Token) -> Outcome {
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

    pub(super) fn in_table_body(&mut self, token: Token) -> Outcome {
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

    pub(super) fn end_table_body(&mut self) -> Outcome {
        let is_outer = |kind: Kind| matches!(kind, Kind::Table | Kind::Tbody | Kind::Tfoot);
        if !self.any_in_scope(TABLE_SCOPE, |open| is_outer(open.kind)) {
            return Done;
        }
        self.pop_until_current(ROW_CONTEXT);
        self.pop();
        Again(Mode::InTable)
    }

    pub(super) fn in_row(&mut self, token: Token) -> Outcome {
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

    pub(super) fn end_row(&mut self) -> Outcome {
        if !self.in_scope(TABLE_SCOPE, Kind::Tr) {
            return Done;
        }
        self.pop_until_current(CELL_CONTEXT);
        self.pop();
        Again(Mode::InTableBody)
    }

    pub(super) fn in_cell(&mut self, token: Token) -> Outcome {
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
}
