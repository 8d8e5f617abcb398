//! The widths a picture is published in, so that a phone loads no more than it shows.

use super::address::Address;
use crate::content::article::Asset;

/// In pixels: a phone, a page's text on a sharp screen, a front page.
const WIDTHS: [usize; 3] = [480, 960, 1440];

/// Whether a picture is worked on before it is published; others are copied as they are.
pub fn is_worked_on(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default();
    ["png", "jpg", "jpeg"]
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// The widths below its own that a picture is published in: those that spare enough to matter.
pub fn narrower(asset: &Asset) -> impl Iterator<Item = usize> {
    let own = match asset.size {
        Some((width, _)) if is_worked_on(&asset.path) => width,
        _ => 0,
    };
    WIDTHS.into_iter().filter(move |width| width * 5 <= own * 4)
}

/// The `srcset` of a picture seen from `root`; empty where there is one width only.
pub fn srcset(asset: &Asset, address: &Address, root: &str) -> String {
    let mut narrower = narrower(asset).peekable();
    let (Some((own, _)), Some(_)) = (asset.size, narrower.peek()) else {
        return String::new();
    };
    let candidate = |address: &Address, width: usize| {
        // Spaces and commas stand between candidates.
        let path = address.as_str().replace(' ', "%20").replace(',', "%2C");
        format!("{root}{path} {width}w")
    };
    let mut candidates: Vec<String> = narrower
        .map(|width| candidate(&Address::narrower(address, width), width))
        .collect();
    candidates.push(candidate(address, own));
    candidates.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_comes_in_widths_below_its_own() {
        let at = |path: &str, width| {
            let asset = Asset {
                path: path.to_owned(),
                size: Some((width, 100)),
            };
            let address = Address::file(path);
            srcset(&asset, &address, "../")
        };
        assert_eq!(
            at("a/map of, b.png", 1200),
            "../a/map%20of%2C%20b-480w.png 480w, ../a/map%20of%2C%20b-960w.png 960w, \
             ../a/map%20of%2C%20b.png 1200w"
        );
        assert_eq!(at("a/map.png", 500), "");
        assert_eq!(at("a/map.svg", 1200), "");
    }
}
