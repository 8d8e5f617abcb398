//! The addresses that were published before, as the site itself lists them.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use ureq::Agent;

use super::audit::judge::page_address;
use super::audit::look::NOT_FOUND;
use super::error::DeliverError;

/// Where the list stands in a site.
pub const FILE: &str = "permalinks.txt";

/// A list of a million addresses has about this many bytes.
const LARGEST: u64 = 64 << 20;

/// Reads the list in a file, or at an address of the web: that of the published site.
pub fn read(place: &str) -> Result<BTreeSet<String>, DeliverError> {
    let is_address = place.starts_with("https://") || place.starts_with("http://");
    let text = if is_address {
        fetch(place).map_err(|error| error.to_string())
    } else {
        fs::read_to_string(place).map_err(|error| error.to_string())
    };
    text.map(|text| parse(&text))
        .map_err(|reason| DeliverError::NoLedger {
            place: place.to_owned(),
            reason,
        })
}

fn fetch(url: &str) -> Result<String, ureq::Error> {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .user_agent(concat!("briefbook/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut answer = agent.get(url).call()?;
    answer
        .body_mut()
        .with_config()
        .limit(LARGEST)
        .read_to_string()
}

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
