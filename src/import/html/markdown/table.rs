//! Tables of data become GFM tables; tables that only arrange a page are taken apart.

use crate::import::html::tree::{NodeId, Tree};

/// Cells longer than this hold running text, which no table line can.
const LONGEST_CELL: usize = 700;
/// More columns than anyone reads; also bounds what a hostile `colspan` may cost.
const MOST_COLUMNS: usize = 60;

/// The rows of a table, each a list of cells with the columns they span; `None` if the table
/// only arranges other blocks.
pub fn rows(tree: &Tree, table: NodeId) -> Option<Vec<Vec<Cell>>> {
    if matches!(tree.attribute(table, "role"), Some("presentation" | "none")) {
        return None;
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for node in tree.descendants(table) {
        match tree.name(node) {
            Some("tr") => rows.push(Vec::new()),
            Some("td" | "th") => {
                let columns = tree
                    .attribute(node, "colspan")
                    .and_then(|span| span.trim().parse::<usize>().ok())
                    .unwrap_or(1)
                    .clamp(1, MOST_COLUMNS);
                let length: usize = tree
                    .descendants(node)
                    .filter_map(|inner| tree.own_text(inner))
                    .map(str::len)
                    .sum();
                if length > LONGEST_CELL {
                    return None;
                }
                rows.last_mut()?.push(Cell { node, columns });
            }
            // What no cell of a line can hold.
            Some(
                "table" | "ul" | "ol" | "dl" | "pre" | "blockquote" | "h1" | "h2" | "h3" | "h4"
                | "h5" | "h6" | "figure" | "article" | "section" | "hr" | "form",
            ) => return None,
            _ => {}
        }
    }
    rows.retain(|row| !row.is_empty());
    let width = rows.iter().map(|row| width(row)).max().unwrap_or(0);
    let cells: usize = rows.iter().map(Vec::len).sum();
    let is_full = rows.len() * width <= 4 * cells + 100;
    (rows.len() >= 2 && (2..=MOST_COLUMNS).contains(&width) && is_full).then_some(rows)
}

/// One cell of a table.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    pub node: NodeId,
    /// How many columns it spans.
    pub columns: usize,
}

fn width(row: &[Cell]) -> usize {
    row.iter().map(|cell| cell.columns).sum()
}

/// The table as lines; rows without any text are left out. `None` if less than two rows or
/// columns are left.
pub fn lines(rows: &[Vec<(String, usize)>]) -> Option<String> {
    let kept: Vec<_> = rows
        .iter()
        .filter(|row| row.iter().any(|(text, _)| !text.is_empty()))
        .collect();
    let width = kept
        .iter()
        .map(|row| row.iter().map(|(_, columns)| columns).sum::<usize>())
        .max()
        .unwrap_or(0);
    if kept.len() < 2 || width < 2 {
        return None;
    }
    let mut out = String::new();
    for (at, row) in kept.into_iter().enumerate() {
        let mut cells = 0;
        out.push('|');
        for (text, columns) in row {
            for part in [" ", text, " |"] {
                out.push_str(part);
            }
            cells += columns;
            out.push_str(&"  |".repeat(columns - 1));
        }
        out.push_str(&"  |".repeat(width.saturating_sub(cells)));
        out.push('\n');
        if at == 0 {
            out.push('|');
            out.push_str(&" --- |".repeat(width));
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    Some(out)
}
