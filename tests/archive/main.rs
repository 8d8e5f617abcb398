//! Stories about the linked archive: small folders of content go in, and what they say about
//! each other comes out. Everything happens in memory.

mod given;
mod links;
mod mentions;
mod stories;
mod vocabulary;
