//! Names for the parts of an archive: indices into lists that never change once made.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
        )]
        pub struct $name(u32);

        impl $name {
            /// The id of the `index`-th item.
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("an archive has fewer than 2^32 items"))
            }

            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// An article; ids are in the order of the archive, newest first.
    ArticleId
);
id!(
    /// A term of any taxonomy.
    TermId
);
id!(
    /// An undated page.
    PageId
);

/// Anything a link can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Node {
    Article(ArticleId),
    Term(TermId),
    Page(PageId),
}
