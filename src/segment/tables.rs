//! Tables of data and tables that lay out a page: in the latter a cell is no cell but a part of the page.

use html5ever::local_name;

use super::element::{Flow, flow};
use crate::tree::{Element, NodeId, Step, Tree};

/// Cells and blocks inside the cells of one table.
#[derive(Default)]
struct TableCount {
    cells: u32,
    blocks: u32,
    has_headers: bool,
    has_table: bool,
}

impl TableCount {
    fn lays_out(&self) -> bool {
        let holds_texts = self.blocks > self.cells || self.cells < 2;
        self.has_table || (holds_texts && !self.has_headers)
    }
}

/// The tables that lay out the page, in the order of their ids: they hold other tables, or whole texts in their
/// cells, and no header cells.
pub(super) fn layout_tables(tree: &Tree) -> Vec<NodeId> {
    let is_table = |element: &Element| element.html_name() == Some(&local_name!("table"));
    if !tree.elements().any(is_table) {
        return Vec::new();
    }
    let mut layout = Vec::new();
    let mut open: Vec<(NodeId, TableCount)> = Vec::new();
    for step in tree.walk(NodeId::DOCUMENT) {
        match step {
            Step::Enter(id) => count_into_table(tree, id, &mut open),
            Step::Leave(id) => {
                if open.last().is_none_or(|(table, _)| *table != id) {
                    continue;
                }
                if open.pop().is_some_and(|(_, table)| table.lays_out()) {
                    layout.push(id);
                }
            }
        }
    }
    layout.sort_unstable();
    layout
}

fn count_into_table(tree: &Tree, id: NodeId, open: &mut Vec<(NodeId, TableCount)>) {
    let Some(name) = tree.html_name(id) else { return };
    if *name == local_name!("table") {
        if let Some((_, outer)) = open.last_mut() {
            outer.has_table = true;
        }
        open.push((id, TableCount::default()));
        return;
    }
    let Some((_, table)) = open.last_mut() else { return };
    match *name {
        local_name!("td") => table.cells += 1,
        local_name!("th") | local_name!("caption") => {
            table.cells += 1;
            table.has_headers = true;
        }
        local_name!("tr") | local_name!("tbody") | local_name!("thead") | local_name!("tfoot") => {}
        _ => table.blocks += u32::from(matches!(flow(name), Flow::Block(..))),
    }
}
