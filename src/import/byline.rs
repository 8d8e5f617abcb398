//! Who wrote it: persons (and the house) in a byline.
