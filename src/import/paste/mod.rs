//! Pasted text becomes drafts.
