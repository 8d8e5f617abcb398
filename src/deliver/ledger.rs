//! The addresses that were published before, as the site itself lists them.

use std::collections::BTreeSet;

use super::audit::judge::page_address;
use super::audit::look::NOT_FOUND;

/// Where the list stands in a site.
pub const FILE: &str = "permalinks.txt";

/// Reads a list: one address a line, relative to the site's root. What follows a space or a tab
/// is about the address, and a line that begins with `#` is about the list.
pub fn parse(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split([' ', '\t']).next())
        .map(|address| address.trim_start_matches('/').to_owned())
        .filter(|address| !address.is_empty())
        .collect()
}

/// The addresses of a site without a list: those of its pages.
pub fn of_files<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    paths
        .filter(|path| path.ends_with(".html") && **path != *NOT_FOUND)
        .map(|path| page_address(path).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_address_a_line() {
        let text = "# addresses\n/2021/04/quad/\t2021-04-14\ntopics/quad/\n\n";
        let addresses: Vec<_> = super::parse(text).into_iter().collect();
        assert_eq!(addresses, ["2021/04/quad/", "topics/quad/"]);
    }
}
